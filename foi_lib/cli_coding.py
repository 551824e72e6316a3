"""`foi review export --blind` and `compare`: a second person keys the same answers without seeing the first reading; how far they agree."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from foi_lib import paths
from foi_lib.errors import FoiError

Request = Annotated[str, typer.Argument(metavar="REQUEST", help="Name of a folder in data/raw.")]
DataDir = Annotated[Path, typer.Option("--data-dir", help="The folder that holds raw/ and processed/.", show_default=True)]
Councils = Annotated[list[str] | None, typer.Option("--council", help="Only this council's letters (may be given again).")]


def register(review: typer.Typer) -> None:
    """Hang the command on `foi review`."""
    review.command("compare")(compare)


def blind(request: str, coder: str, council: str, out: Path | None, data_dir: Path) -> None:
    """Write the sheet of one coder (`foi review export --blind`)."""
    if not coder:
        raise FoiError("--blind needs --coder: who keys them, such as --coder ada")
    from foi_lib.dataset import load
    from foi_lib.reports.blind import write_blind

    folder = paths.request_dir(request, data_dir)
    path, rows = write_blind(load(folder.name, data_dir), folder, coder, [council] if council else None, out)
    print(f"{paths.shown(path)}: {rows:,} rows to fill in, none of them with what anybody has read")


def compare(
    request: Request,
    council: Councils = None,
    most: Annotated[int, typer.Option("--most", min=0, help="How many disagreements to print.")] = 20,
    data_dir: DataDir = Path("data"),
) -> None:
    """Say how far those who read the same letters agree, and list what there is to settle.

    \b
    foi review compare data-breaches-2018
    foi review compare data-breaches-2018 --council "Rutland County Council" --most 100

    The readers are the program, whoever keyed answers.csv, and each coder with a sheet in the coding folder.
    """
    from foi_lib.analysis import agreement
    from foi_lib.dataset import load

    data = load(paths.request_dir(request, data_dir).name, data_dir)
    answers, coding = data.answers, data.coding
    if council:
        slugs = {str(data.council(name)["slug"]) for name in council}
        answers, coding = answers[answers["slug"].isin(slugs)], coding[coding["slug"].isin(slugs)]
    for line in agreement.findings(answers, coding):
        print(line)
    for row in agreement.agreement(answers, coding).to_dict("records"):
        kappa = "" if row["kappa"] != row["kappa"] else f", kappa {row['kappa']:.2f}"
        note = f" ({row['note']})" if isinstance(row["note"], str) else ""
        sure = "" if row["interval"] == "–" else f", 95% interval {row['interval']}"
        print(f"  {row['first']} and {row['second']}: {row['field']:<11}{row['agree']}{sure}{kappa}{note}")
    listed = agreement.disagreements(answers, coding)
    if len(listed):
        print(f"To be settled: {len(listed):,}")
    for row in listed.head(most).to_dict("records"):
        part = f", {row['breakdown']}" if isinstance(row["breakdown"], str) else ""
        name = f"{row['answer_id']}  " if row["answer_id"] else ""
        print(f"  {name}{row['authority']}, question {row['question']} ({row['period']}{part}): {row['differ']}")
        print(f"      {row['first']}: {row['said']}; {row['second']}: {row['also_said']}")
    if len(listed) > most:
        print(f"… and {len(listed) - most:,} more (--most {len(listed)})")
    waiting = data.problems[data.problems["what"] == "coding_file"]
    for row in waiting.to_dict("records"):
        print(f"{row['file']}: {row['reason']}")
