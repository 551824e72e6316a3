"""The commands that make request folders: `foi new`, and `foi import` for what other programs and people kept. Thin, as `cli` is."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from foi_lib import paths
from foi_lib.errors import FoiError
from foi_lib.terminal import progress

if TYPE_CHECKING:
    from foi_lib.imports.columns import Layout
    from foi_lib.imports.whatdotheyknow import Imported

SOME_FAILED = 1
DataDir = Annotated[Path, typer.Option("--data-dir", help="The folder that holds raw/ and processed/.", show_default=True)]
Name = Annotated[str, typer.Option("--request", metavar="NAME", help="The request's folder in data/raw, made where it is not there.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="Of a new request: the date that reports speak of. [default: today]")]

imports = typer.Typer(
    name="import",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Bring in what other programs and people kept: a batch of WhatDoTheyKnow, a tracker sheet.

\b
  foi import whatdotheyknow batch.zip
  foi import sheet tracker.xlsx --request data-breaches-2024

What is in the request's folder already is never written over.""",
)


def register(app: typer.Typer) -> None:
    """Hang the commands on `foi`."""
    app.command("new")(new)
    app.add_typer(imports)


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The folder's name: small letters, digits and hyphens.")],
    title: Annotated[str, typer.Option("--title", help="What the request is about. [default: the name]")] = "",
    as_of: AsOf = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Start an empty request: a folder in data/raw with a commented request.yaml, and a place for the letters.

    \b
    foi new data-breaches-2024
    foi new data-breaches-2024 --title "Data breaches at borough councils in 2024" --as-of 2025-03-31
    """
    from foi_lib.imports.new import new_request

    folder = new_request(name, paths.raw_dir(data_dir), _day(as_of), title)
    print(f"{paths.shown(folder)}: made. Write what you asked into request.yaml, put the replies into letters/, and run: foi report {name}")


@imports.command("whatdotheyknow")
def whatdotheyknow(
    batch: Annotated[Path, typer.Argument(metavar="BATCH.zip", help="The batch as downloaded, or the folder it was unpacked to.")],
    name: Name = "",
    data_dir: DataDir = Path("data"),
) -> None:
    """Bring in a batch of requests from WhatDoTheyKnow Pro.

    \b
    foi import whatdotheyknow batch-17-data_breaches-export.zip
    foi import whatdotheyknow newer.zip --request data-breaches

    Makes the request's folder: the questions out of the message sent, everyone asked, the messages that came back with the days on
    which they were sent, and what the site says of each request. Again with a newer download, it adds what is new and leaves
    everything else as it is, your changes of request.yaml too. Exits 1 where something in the download could not be brought in.
    """
    from foi_lib.imports.whatdotheyknow import import_batch

    with progress("Bringing in") as step:
        done = import_batch(batch, paths.raw_dir(data_dir), name, step)
    print(_told(done))
    _fail(done.problems)


@imports.command("sheet")
def sheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The tracker: CSV, XLSX, XLS or ODS.")],
    name: Name = "",
    as_of: AsOf = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show how the columns were understood, and write nothing.")] = False,
    data_dir: DataDir = Path("data"),
) -> None:
    """Bring in a tracker sheet: one row a council and a column a question, or one row an answer.

    \b
    foi import sheet tracker.xlsx --dry-run
    foi import sheet tracker.xlsx --request data-breaches-2024

    Shows what each column was taken for, and adds the answers to the request's answers.csv. A request that is not there yet is made,
    with the sheet's questions. What is keyed already stays: where the sheet says something else, that is told, and exits 1.
    """
    from foi_lib.imports.sheet import import_sheet

    done = import_sheet(file, paths.raw_dir(data_dir), name, _day(as_of), dry_run)
    for layout in done.layouts:
        print(_layout(file.name, layout))
    for note in done.notes:
        print(f"  {note}")
    there = f", {done.same} there already" if done.same else ""
    if not dry_run:
        print(f"{paths.shown(done.folder / 'answers.csv')}: {done.added} row(s) added{there}")
        print(f"  {'see whether the questions are right in request.yaml; ' if done.made else ''}next: foi report {done.folder.name}")
    _fail(done.problems)


def _layout(file: str, layout: Layout) -> str:
    """How a sheet was understood, as a table."""
    shape = "one row an answer" if layout.long else "one row a council, a column a question"
    name = f", sheet {layout.sheet.name!r}" if layout.sheet.name else ""
    rows = [("column", "heading", "read as"), *((one.letter, _short(one.heading, 44), one.said) for one in layout.columns)]
    rows += [("", f"question {one.label}", f"{_short(one.text, 60)}  [{one.measure}]") for one in layout.found]
    widths = [max(len(row[n]) for row in rows) for n in (0, 1)]
    lines = [f"  {letter:<{widths[0]}}  {heading:<{widths[1]}}  {said}" for letter, heading, said in rows]
    return "\n".join([f"{file}{name}: {shape}; headings in row {layout.header + 1}", *lines])


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _told(done: Imported) -> str:
    """What an import did, for a person at a terminal."""
    counts = f"{done.requests} requests, {done.replied} with messages back, {done.new} new file(s)"
    counts += f", {done.same} there already" if done.same else ""
    lines = [f"{paths.shown(done.folder)}: {'made' if done.made else 'added to'} ({counts})"]
    if done.questions:
        lines.append("  questions found in the message sent; see whether they are right in request.yaml:")
        lines += [f"    {one.label:<4} {one.text[:96]}{'…' if len(one.text) > 96 else ''}  [{one.measure}]" for one in done.questions]
    lines += [f"  {note}" for note in done.notes]
    return "\n".join([*lines, f"  next: foi report {done.folder.name}"])


def _fail(problems: list[str]) -> None:
    """One line each on standard error, and exit code 1 where there are any."""
    for problem in problems:
        print(f"foi: {problem}", file=sys.stderr)
    if problems:
        raise typer.Exit(SOME_FAILED)


def _day(text: str) -> str:
    """A day as typed; today where none is, since whoever starts a request speaks of it from then on."""
    if not text:
        return date.today().isoformat()
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise FoiError(f"--as-of {text!r} is not a date; write it as year-month-day, e.g. 2025-03-31") from None
