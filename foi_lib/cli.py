"""The command `foi`. Thin: each command brings what it needs when it is called, so that `foi --help` is quick."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foi_lib import cli_import, cli_review, paths
from foi_lib.errors import FoiError

if TYPE_CHECKING:
    from foi_lib.letters.model import Letter
    from foi_lib.request import Request

OK, SOME_FAILED, USAGE = 0, 1, 2

app = typer.Typer(
    name="foi",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="""Read public bodies' replies to Freedom of Information requests; make tables and reports whose every figure leads back
to its words.

\b
  foi parse letter.txt                  what one letter says
  foi ingest data-breaches-2018         a request's letters into tables, in data/processed
  foi report                            every request in data/raw into reports, in reports/
  foi review list data-breaches-2018    what a person should look at first, and decide
  foi new data-breaches-2024            start a request; foi import brings in what others kept

\b
Exit codes: 0 all done; 1 something could not be read or rendered (the rest was); 2 the command or a file of the
request (request.yaml, authorities.csv) is not right: one line on standard error says what, where, and what would be.""",
)

DataDir = Annotated[Path, typer.Option("--data-dir", help="The folder that holds raw/ and processed/.", show_default=True)]
ReportsDir = Annotated[Path | None, typer.Option("--reports-dir", help="Where reports go. [default: reports/ beside the data folder]")]
Force = Annotated[bool, typer.Option("--force", help="Do it again even where nothing has changed.")]
Requests = Annotated[
    list[str] | None, typer.Argument(metavar="REQUEST", help="Names of folders in data/raw, or paths of such folders. [default: all]")
]


def _version(wanted: bool) -> None:
    if wanted:
        from foi_lib import __version__

        print(f"foi {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    pass


@app.command()
def parse(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Letters, in any format that foi reads.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a file, in order, a line each, on standard output.")] = False,
    request: Annotated[Path | None, typer.Option("--request", metavar="DIR", help="The request folder whose questions were asked.")] = None,
) -> None:
    """Read letters, and print what they say.

    \b
    foi parse rutland.txt
    foi parse --json letters/*.txt > letters.jsonl
    foi parse --json --request data/raw/data-breaches-2018 rutland.txt

    Without --request the questions are found in the letter. Exits 1 where a file could not be read: its object has "problems" and no
    answers, and the other files are read all the same.
    """
    asked = None
    if request is not None:
        from foi_lib.request import load_request

        asked = load_request(request)
    code = OK
    with _progress("Reading", off=sys.stdout.isatty()) as step:
        for n, file in enumerate(files):
            step(file.name, n, len(files))
            letter = _parse(file, asked)
            if letter.problems and not letter.answers:
                code = SOME_FAILED
                print(f"foi: {file}: {'; '.join(letter.problems)}", file=sys.stderr)
            print(json.dumps(letter.to_dict(), allow_nan=False) if as_json else _summary(letter), flush=True)
    raise typer.Exit(code)


def _parse(file: Path, asked: Request | None) -> Letter:
    """One file as a Letter; what goes wrong with it stands in its problems."""
    from foi_lib.documents import read_document
    from foi_lib.letters import read_letter
    from foi_lib.letters.model import Letter

    try:
        document = read_document(file)
        if not document.text.strip():
            return Letter(str(file), document.text, problems=list(document.problems) or ["no text in it"])
        return read_letter(document, asked.questions if asked else None, extra_authorities=asked.own_authorities if asked else ())
    except FoiError as error:
        return Letter(str(file), "", problems=[str(error)])
    except Exception as error:  # a fault of ours must cost one file, not the run
        if os.environ.get("FOI_DEBUG"):
            raise
        return Letter(str(file), "", problems=[f"the reader failed: {type(error).__name__}: {' '.join(str(error).split())}"])


def _summary(letter: Letter) -> str:
    """The letter for a person at a terminal."""
    head = [letter.authority or "authority not found", letter.regime, letter.reference and f"ref. {letter.reference}"]
    dates = [letter.received_on and f"received {letter.received_on}", letter.responded_on and f"replied {letter.responded_on}"]
    lines = [letter.file, "  " + ", ".join(part for part in head + dates if part)]
    lines += [f"  problem: {problem}" for problem in letter.problems]
    for answer in letter.answers:
        figure = "" if answer.value is None else f" {answer.value:,.15g}"
        if answer.value is None and answer.high is not None:
            figure = f" {answer.low or 0:,.15g} to {answer.high:,.15g}"
        period = "/".join(day for day in (answer.period_start, answer.period_end) if day)
        law = f" ({', '.join(answer.provisions)})" if answer.provisions else ""
        doubt = f"   [look: {', '.join(answer.review_reasons)}]" if answer.needs_review else ""
        quote = " ".join(answer.quote.split())
        words = f'   "{quote[:60]}{"…" if len(quote) > 60 else ""}"' if quote else ""
        about = " ".join(part for part in (answer.measure, answer.breakdown, period) if part)
        lines.append(f"  {answer.question:<6} {about:<48} {answer.outcome}{figure}{law}{words}{doubt}")
    if letter.incidents:
        lines.append(f"  {len(letter.incidents)} incidents listed")
    if letter.unread:
        lines.append("  not read: " + ", ".join(one.text for one in letter.unread))
    return "\n".join(lines)


@app.command()
def ingest(
    requests: Requests = None,
    data_dir: DataDir = Path("data"),
    force: Force = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 where any file or row could not be read.")] = False,
) -> None:
    """Read requests' letters and hand-keyed figures into tables.

    \b
    foi ingest                            every request in data/raw
    foi ingest data-breaches-2018 --force

    The tables go to data/processed/REQUEST, as Parquet and CSV with a data dictionary. What could not be read is listed in problems.csv,
    and the rest goes on. Where no file of the request has changed, nothing is done.
    """
    _, problems, code = _ingest(_folders(requests, data_dir), data_dir, force)
    raise typer.Exit(code or (SOME_FAILED if strict and problems else OK))


@app.command()
def report(
    requests: Requests = None,
    data_dir: DataDir = Path("data"),
    reports_dir: ReportsDir = None,
    council: Annotated[list[str] | None, typer.Option("--council", help="Only this council's report (may be given again).")] = None,
    force: Force = False,
    show_personal_data: Annotated[
        bool, typer.Option("--show-personal-data", help="Do not mask officers' names, e-mail and telephone numbers. Not for sharing.")
    ] = False,
) -> None:
    """Make the tables where need be, and render the reports.

    \b
    foi report                            every request in data/raw
    foi report data-breaches-2018
    foi report data-breaches-2018 --council "Rutland County Council"

    Open reports/REQUEST/index.html. Only what has changed is made again.
    """
    done, _, code = _ingest(_folders(requests, data_dir), data_dir, False)
    from foi_lib.reports import build

    where = paths.reports_dir(data_dir, reports_dir)
    for name in done:
        try:
            with _progress(f"Rendering {name}") as step:
                result = build(
                    name, paths.find_data_dir(data_dir), where, councils=council or None, force=force,
                    show_personal_data=show_personal_data, progress=step,
                )  # fmt: skip
        except FoiError as error:
            _complain(error)
            code = USAGE
            continue
        for failure in result.failed:
            print(f"foi: {name}: {failure.target}: {failure.error} (in the cell: {failure.cell})", file=sys.stderr)
            code = code or SOME_FAILED
        counts = {"written": len(result.written), "up to date": len(result.up_to_date), "failed": len(result.failed)}
        told = [f"{count} {what}" for what, count in counts.items() if count]
        print(f"{paths.shown(where / name / 'index.html')}: {', '.join(told) or 'nothing to do'}")
        if result.draft:
            print(f"draft: {result.draft} See: foi review list {name}")
    raise typer.Exit(code)


cli_import.register(app)
cli_review.register(app)


def _folders(requests: Sequence[str] | None, data_dir: Path) -> list[Path]:
    """The request folders meant; an unknown name is a FoiError that names the nearest known ones."""
    if requests:
        return [paths.request_dir(name, data_dir) for name in dict.fromkeys(requests)]
    raw = paths.raw_dir(data_dir)
    if not raw.is_dir():
        raise FoiError(f"{raw}: no such folder; run foi where data/raw is, or give --data-dir")
    folders = sorted(path for path in raw.iterdir() if path.is_dir() and not path.name.startswith("."))
    for folder in folders:
        if not (folder / "request.yaml").is_file():
            print(f"foi: {folder}: passed over, as it has no request.yaml", file=sys.stderr)
    found = [folder for folder in folders if (folder / "request.yaml").is_file()]
    if not found:
        raise FoiError(f"{raw}: no request there; a request is a folder with a request.yaml (see the README)")
    return found


def _ingest(folders: Sequence[Path], data_dir: Path, force: bool) -> tuple[list[str], int, int]:
    """Make tables; what became of each request is told on standard output. Gives names, the number of problems, and the exit code."""
    from foi_lib.ingest import ingest as make_tables

    names: list[str] = []
    problems = 0
    code = OK
    for folder in folders:
        try:
            with _progress(f"Reading {folder.name}") as step:
                done = make_tables(folder, paths.processed_dir(folder.name, data_dir), force=force, progress=step)
        except FoiError as error:
            _complain(error)
            code = USAGE
            continue
        rows = ", ".join(f"{done.rows[table]} {table}" for table in ("responses", "answers"))
        plural = "s" if done.problems != 1 else ""
        told = f", {done.problems} problem{plural}: see {paths.shown(done.folder / 'problems.csv')}" if done.problems else ""
        print(f"{paths.shown(done.folder)}: {'made' if done.fresh else 'up to date'} ({rows}{told})")
        names.append(done.request)
        problems += done.problems
    return names, problems, code


Step = Callable[[str, int, int], None]


@contextmanager
def _progress(title: str, off: bool = False) -> Iterator[Step]:
    """A progress bar on standard error, where that is a terminal; else nothing. `step(what, done, of)` moves it."""
    if off or not sys.stderr.isatty():
        yield lambda what, done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    title_and_file = TextColumn("{task.description}"), TextColumn("{task.fields[what]}")
    columns = (title_and_file[0], BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), title_and_file[1])
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, what="")
        yield lambda what, done, of: bar.update(task, completed=done, total=of, what=what)


def _complain(error: Exception) -> None:
    print(f"foi: {error}", file=sys.stderr)


def main() -> None:
    """The door of the command; a FoiError is one line and exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal that cannot show £ must not stop the run
    try:
        app(prog_name="foi")
    except FoiError as error:
        _complain(error)
        raise SystemExit(USAGE) from None
    except BrokenPipeError:
        # `foi parse … | head`: whoever read has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(OK) from None


if __name__ == "__main__":
    main()
