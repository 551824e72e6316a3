"""The commands of `foi review`: what to look at, and what a person decides. Thin, as `cli` is; the checks are in `foi_lib.review`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from foi_lib import cli_coding, paths
from foi_lib.errors import FoiError

if TYPE_CHECKING:
    import pandas as pd

    from foi_lib.review import Review

SOME_FAILED = 1
review = typer.Typer(
    name="review",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Look at what headlines hang on, and decide: confirm, correct, add, reject or exclude.

\b
  foi review list data-breaches-2018                        what to look at first
  foi review confirm data-breaches-2018 a1b2c3d4e5 --who AB
  foi review correct data-breaches-2018 a1b2c3d4e5 --value 8 --who AB --why "the table's total"
  foi review export data-breaches-2018 review.xlsx          decide in a spreadsheet; foi review import reads it back

Each decision is one line of the request's corrections.csv, which git keeps. It holds as long as the words that it was made on are
the same, however the program reads them; where they changed, both readings are shown. A later decision takes an earlier one's place.""",
)

Request = Annotated[str, typer.Argument(metavar="REQUEST", help="Name of a folder in data/raw.")]
Answer = Annotated[str, typer.Argument(metavar="ANSWER", help="The answer's name (a1b2c3d4e5), as foi review list prints it.")]
Who = Annotated[str, typer.Option("--who", envvar="FOI_WHO", help="Who decides: a name or initials.")]
When = Annotated[str, typer.Option("--when", metavar="DATE", help="The day of the decision. [default: today]")]
Why = Annotated[str, typer.Option("--why", help="The reason, as readers of the report will see it.")]
Outcome = Annotated[str | None, typer.Option("--outcome", help="What kind of answer it is: disclosed, nil, withheld, …")]
Value = Annotated[str | None, typer.Option("--value", help="The figure: 1234, £1,234.50.")]
Low = Annotated[str | None, typer.Option("--low", help="The least that it can be, where it is a range.")]
High = Annotated[str | None, typer.Option("--high", help="The most that it can be.")]
Qualifier = Annotated[str | None, typer.Option("--qualifier", help="The hedge in the words: known, approximately; none takes one away.")]
DataDir = Annotated[Path, typer.Option("--data-dir", help="The folder that holds raw/ and processed/.", show_default=True)]


def register(app: typer.Typer) -> None:
    """Hang the commands on `foi`."""
    cli_coding.register(review)
    app.add_typer(review)


@review.command("list")
def list_(
    request: Request,
    most: Annotated[int, typer.Option("--most", min=1, help="How many answers to print.")] = 20,
    council: Annotated[str, typer.Option("--council", help="Only this council's answers.")] = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Print what to look at first: the answers that headline figures hang on most, and that are most in doubt.

    \b
    foi review list data-breaches-2018
    foi review list data-breaches-2018 --council "Rutland County Council" --most 100
    """
    opened = _open(request, data_dir)
    print(opened.settling.text)
    for line in _open_decisions(opened):
        print(line)
    rows = opened.queue
    if council:
        rows = rows[rows["slug"] == opened.book.data.council(council)["slug"]]
    for row in rows.head(most).to_dict("records"):
        print("\n".join(_lines(row)))
    if len(rows) > most:
        print(f"… and {len(rows) - most:,} more (--most {len(rows)})")


@review.command()
def confirm(
    request: Request,
    answers: Annotated[list[str], typer.Argument(metavar="ANSWER...", help="Names of answers, as foi review list prints them.")],
    who: Who,
    why: Why = "",
    when: When = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Say that answers are right as they stand.

    \b
    foi review confirm data-breaches-2018 a1b2c3d4e5 a5e4d3c2b1 --who AB
    """
    opened = _open(request, data_dir)
    made = [opened.decision(answer, "confirm", who, _day(when), why=why) for answer in dict.fromkeys(answers)]  # all, before any is written
    for one in made:
        _record(opened, one)


@review.command()
def correct(
    request: Request, answer: Answer, who: Who, outcome: Outcome = None, value: Value = None, low: Low = None, high: High = None,
    qualifier: Qualifier = None, why: Why = "", when: When = "", data_dir: DataDir = Path("data"),
) -> None:  # fmt: skip
    """Say what an answer is, in the place of what stands.

    \b
    foi review correct data-breaches-2018 a1b2c3d4e5 --value 8 --who AB --why "the table's total"
    foi review correct data-breaches-2018 a1b2c3d4e5 --outcome suppressed --low 1 --high 4 --who AB
    foi review correct data-breaches-2018 a1b2c3d4e5 --outcome withheld --who AB
    """
    opened = _open(request, data_dir)
    told = _told(outcome, value, low, high)
    _record(opened, opened.decision(answer, "correct", who, _day(when), qualifier=qualifier, why=why, **told))


@review.command()
def add(
    request: Request,
    council: Annotated[str, typer.Argument(metavar="COUNCIL", help="Name, slug or code.")],
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="The question's label in request.yaml.")],
    who: Who, outcome: Outcome = None, value: Value = None, low: Low = None, high: High = None, qualifier: Qualifier = None,
    period: Annotated[str, typer.Option("--period", help="2017, 2021/22, … [default: the question's own, if it has one]")] = "",
    measure: Annotated[str, typer.Option("--measure", help="What is counted. [default: the question's own]")] = "",
    breakdown: Annotated[str, typer.Option("--breakdown", help="The part that the figure is for.")] = "",
    quote: Annotated[str, typer.Option("--quote", help="The words in the council's letter that it stands in.")] = "",
    why: Why = "", when: When = "", data_dir: DataDir = Path("data"),
) -> None:  # fmt: skip
    """Add an answer that the program missed.

    \b
    foi review add data-breaches-2018 Rutland 1 --value 6 --quote "six breaches" --who AB
    foi review add data-breaches-2018 Rutland 1 --value 6 --why "telephone note of 3 February" --who AB
    """
    opened = _open(request, data_dir)
    made = opened.addition(
        council, question, who, _day(when), measure=measure, period=period, breakdown=breakdown, quote=quote, qualifier=qualifier, why=why,
        **_told(outcome, value, low, high),
    )  # fmt: skip
    _record(opened, made)


@review.command()
def reject(
    request: Request, answer: Answer, who: Who, why: Why, outcome: Outcome = None, when: When = "", data_dir: DataDir = Path("data")
) -> None:
    """Say that a figure is no answer at all (a page number, say): it leaves the figures, and stays to be seen.

    \b
    foi review reject data-breaches-2018 a1b2c3d4e5 --who AB --why "the number of a page"
    """
    opened = _open(request, data_dir)
    _record(opened, opened.decision(answer, "reject", who, _day(when), outcome=outcome, why=why))


@review.command()
def exclude(request: Request, answer: Answer, who: Who, why: Why, when: When = "", data_dir: DataDir = Path("data")) -> None:
    """Leave an answer out of comparisons, with a reason that the report gives; the figure itself stays.

    \b
    foi review exclude data-breaches-2018 a1b2c3d4e5 --who AB --why "counts schools too"
    """
    opened = _open(request, data_dir)
    _record(opened, opened.decision(answer, "exclude", who, _day(when), why=why))


@review.command("export")
def export_(
    request: Request,
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="The sheet to write: .xlsx (with lists) or .csv.")] = None,
    council: Annotated[str, typer.Option("--council", help="Only this council's answers.")] = "",
    most: Annotated[int | None, typer.Option("--most", min=1, help="Only the first so many. [default: all that wait]")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Every answer, not only those that wait for a decision.")] = False,
    is_blind: Annotated[bool, typer.Option("--blind", help="A sheet for a second coder: questions, and nothing that was read.")] = False,
    coder: Annotated[str, typer.Option("--coder", help="With --blind: who keys them; it names the file.")] = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Write what is to be looked at as a sheet, to decide in a spreadsheet; or a blind sheet, for a second person to key the same answers.

    \b
    foi review export data-breaches-2018 review.xlsx --most 50
    foi review export data-breaches-2018 --blind --coder ada

    A blind sheet is data/raw/REQUEST/coding/CODER.xlsx, to be filled in where it lies. What is keyed in it is compared (foi review compare)
    with the program's reading, with answers.csv and with other coders' sheets, and never becomes an answer.
    """
    if is_blind and (most or everything):
        raise FoiError("--blind takes neither --most nor --all: which answers these are hangs on what was read")
    if is_blind:
        return cli_coding.blind(request, coder, council, file, data_dir)
    if coder:
        raise FoiError("--coder goes with --blind")
    if file is None:
        raise FoiError("export: say which file to write, such as review.xlsx")
    from foi_lib.review_sheet import export_sheet

    count = export_sheet(_open(request, data_dir), file, council, most, everything)
    print(f"{paths.shown(file)}: {count:,} answers. Fill in the columns from decision on, and then: foi review import {request} {file}")


@review.command("import")
def import_(
    request: Request,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The sheet that foi review export wrote, filled in.")],
    who: Annotated[str, typer.Option("--who", envvar="FOI_WHO", help="Who decided, for rows that do not say.")] = "",
    when: When = "",
    returned: Annotated[Path | None, typer.Option("--returned", help="Where wrong rows go. [default: beside the sheet]")] = None,
    data_dir: DataDir = Path("data"),
) -> None:
    """Record the decisions of a sheet. Rows that are not right come back in a sheet of their own, with the reasons.

    \b
    foi review import data-breaches-2018 review.xlsx --who AB

    Mend what came back and import that sheet; rows that were recorded are not recorded twice. Exits 1 where any row came back.
    """
    from foi_lib.review_sheet import import_sheet

    done = import_sheet(_open(request, data_dir), file, who, _day(when), returned)
    told = {"recorded": len(done.recorded), "decided so before": done.again, "without a decision": done.empty, "not right": done.wrong}
    print(", ".join(f"{count:,} {what}" for what, count in told.items() if count) or "no rows")
    if done.returned is not None:
        print(f"{paths.shown(done.returned)}: the rows that are not right, with the reasons in the last column")
        raise typer.Exit(SOME_FAILED)


def _open(request: str, data_dir: Path) -> Review:
    from foi_lib.review import open_review

    return open_review(paths.request_dir(request, data_dir).name, data_dir)


def _day(when: str) -> str:
    return when or date.today().isoformat()


def _told(outcome: str | None, value: str | None, low: str | None, high: str | None) -> dict[str, Any]:
    """Outcome and figure as typed."""
    from foi_lib.typed_cells import number

    told: dict[str, Any] = {"outcome": outcome}
    for name, cell in (("value", value), ("low", low), ("high", high)):
        try:
            told[name] = None if cell is None else number(cell)
        except ValueError as error:
            raise FoiError(f"--{name} {error}") from None
    return told


def _record(opened: Review, made: Any) -> None:
    from foi_lib.decision import reading, spelt

    name = opened.record(made)
    person = made.person or reading(made.outcome, None, None, None)
    said = " ".join(part for part in (person[0], spelt(person)) if part)
    when = "" if made.period in ("", "unstated") else f", {made.period}"
    print(f"{name}: {made.decision} {made.authority}, question {made.question}{when}{f': {said}' if said else ''}")


def _lines(row: dict[str, Any]) -> list[str]:
    """One answer of the queue, for a terminal."""
    import pandas as pd

    figure = row["outcome"] if pd.isna(row["figure"]) else f"{row['outcome']} {row['figure']}"
    told = [f"{row['answer_id']}  {row['authority']}, question {row['question']} ({row['what was asked']}, {row['period']}): {figure}"]
    if not pd.isna(row["hangs on it"]):
        told.append(f"            {row['hangs on it']}")
    if not pd.isna(row["doubt"]):
        told.append(f"            in doubt: {str(row['doubt']).replace('_', ' ')}")
    return told


def _open_decisions(opened: Review) -> list[str]:
    """What became of earlier decisions that somebody should know of."""
    from foi_lib.decision import known as present

    known: pd.DataFrame = opened.book.data.decisions
    words = {"conflict": "in conflict (its words have changed)", "without_object": "without object", "unusable": "unusable"}
    out = []
    for state, said in words.items():
        rows = known[known["state"] == state]
        for row in (present(one) for one in rows.head(5).to_dict("records")):
            about = f"{row['decision'] or 'a row about'} {row['authority'] or 'no authority'}, question {row['question'] or 'not stated'}"
            out.append(f"{row['decision_id']}: {said}: {about} (line {row['line']}): {row['note']}")
        if len(rows) > 5:
            out.append(f"… and {len(rows) - 5} more {said}: see decisions.csv")
    return out

