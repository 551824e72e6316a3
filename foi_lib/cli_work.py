"""The commands that make things: `foi ingest`, `foi report`, `foi watch`. Thin, as `cli` is."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from foi_lib import paths
from foi_lib.errors import FoiError
from foi_lib.terminal import complain, progress, told_stages

OK, SOME_FAILED, USAGE = 0, 1, 2

DataDir = Annotated[Path, typer.Option("--data-dir", help="The folder that holds raw/ and processed/.", show_default=True)]
ReportsDir = Annotated[Path | None, typer.Option("--reports-dir", help="Where reports go. [default: reports/ beside the data folder]")]
Force = Annotated[bool, typer.Option("--force", help="Do it again even where nothing has changed.")]
Requests = Annotated[
    list[str] | None, typer.Argument(metavar="REQUEST", help="Names of folders in data/raw, or paths of such folders. [default: all]")
]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Say on standard error how long each stage took.")]
Cluster = Annotated[
    str | None, typer.Option("--cluster", metavar="ADDRESS", help="Do the work on a dask cluster: its scheduler, as tcp://host:8786.")
]
Personal = Annotated[
    bool, typer.Option("--show-personal-data", help="Do not mask officers' names, e-mail and telephone numbers. Not for sharing.")
]


def register(app: typer.Typer) -> None:
    """Hang the commands on `foi`."""
    for command in (ingest, report, watch):
        app.command()(command)


def ingest(
    requests: Requests = None,
    data_dir: DataDir = Path("data"),
    force: Force = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 where any file or row could not be read.")] = False,
    cluster: Cluster = None,
    verbose: Verbose = False,
) -> None:
    """Read requests' letters and hand-keyed figures into tables.

    \b
    foi ingest                            every request in data/raw
    foi ingest data-breaches-2018 --force
    foi ingest --cluster tcp://host:8786  letters are read by a cluster's workers

    The tables go to data/processed/REQUEST, as Parquet and CSV with a data dictionary. What could not be read is listed in problems.csv,
    and the rest goes on. Where no file of the request has changed, nothing is done; a letter that has been read once is not read again.
    """
    with told_stages(verbose):
        _, problems, code = _ingest(_folders(requests, data_dir), data_dir, force, cluster)
    raise typer.Exit(code or (SOME_FAILED if strict and problems else OK))


def report(
    requests: Requests = None,
    data_dir: DataDir = Path("data"),
    reports_dir: ReportsDir = None,
    council: Annotated[list[str] | None, typer.Option("--council", help="Only this council's report (may be given again).")] = None,
    force: Force = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Make nothing; say which reports would be made, and why.")] = False,
    show_personal_data: Personal = False,
    cluster: Cluster = None,
    verbose: Verbose = False,
) -> None:
    """Make the tables where need be, and render the reports.

    \b
    foi report                            every request in data/raw
    foi report data-breaches-2018
    foi report data-breaches-2018 --council "Rutland County Council"
    foi report --dry-run                  what would be made, and why

    Open reports/REQUEST/index.html. Only what has changed is made again: a new letter costs its council's report, those of the councils
    that are set beside it, and the reports that compare all.
    """
    folders = _folders(requests, data_dir)
    options: dict[str, Any] = {"councils": council or None, "force": force, "show_personal_data": show_personal_data, "cluster": cluster}
    with told_stages(verbose):
        code = _plan(folders, data_dir, reports_dir, options) if dry_run else _report(folders, data_dir, reports_dir, options)
    raise typer.Exit(code)


def watch(
    requests: Requests = None,
    data_dir: DataDir = Path("data"),
    reports_dir: ReportsDir = None,
    show_personal_data: Personal = False,
    verbose: Verbose = False,
) -> None:
    """Keep the reports up to date: as files are dropped into a request's folder, its tables and reports are made. Ctrl-C ends it.

    \b
    foi watch                             every request in data/raw
    foi watch data-breaches-2018
    """
    from foi_lib.watching import changed_folders

    folders = _folders(requests, data_dir)
    options: dict[str, Any] = {"show_personal_data": show_personal_data}
    with told_stages(verbose), contextlib.suppress(KeyboardInterrupt):
        for changed in changed_folders(folders):
            _report(changed or folders, data_dir, reports_dir, options)
            if not changed:
                print(f"watching {', '.join(paths.shown(folder) for folder in folders)} (Ctrl-C ends)")
            sys.stdout.flush()


def _report(folders: Sequence[Path], data_dir: Path, reports_dir: Path | None, options: dict[str, Any]) -> int:
    """Tables and reports; what became of each request is told on standard output. Gives the exit code."""
    done, _, code = _ingest(folders, data_dir, False, options.get("cluster"))
    from foi_lib.reports import build

    where = paths.reports_dir(data_dir, reports_dir)
    for name in done:
        try:
            with progress(f"Rendering {name}") as step:
                result = build(name, paths.find_data_dir(data_dir), where, progress=step, **options)
        except FoiError as error:
            complain(error)
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
    return code


def _plan(folders: Sequence[Path], data_dir: Path, reports_dir: Path | None, options: dict[str, Any]) -> int:
    """What `_report` would make, and why, on standard output. Tables that are not up to date are made aside, and thrown away."""
    from foi_lib.dataset import load
    from foi_lib.ingest import ingest as make_tables
    from foi_lib.ingest import is_up_to_date, readings_file
    from foi_lib.reports import build

    code = OK
    for folder in folders:
        with tempfile.TemporaryDirectory(prefix="foi-plan-") as scratch:
            try:
                tables, data = paths.processed_dir(folder.name, data_dir), None
                if not is_up_to_date(folder, tables):
                    print(f"{paths.shown(tables)}: would be made: a file of the request, or foi_lib, changed")
                    aside = Path(scratch) / "processed" / folder.name
                    with progress(f"Reading {folder.name}") as step:
                        make_tables(folder, aside, progress=step, readings=readings_file(tables))
                    data = load(folder.name, scratch, refresh=False)
                where = paths.reports_dir(data_dir, reports_dir)
                result = build(folder.name, paths.find_data_dir(data_dir), where, data=data, dry_run=True, **options)
            except FoiError as error:
                complain(error)
                code = USAGE
                continue
        for target, why in result.planned:
            print(f"{paths.shown(where / folder.name / target)}: {why}")
        all_of = len(result.planned) + sum(name.endswith(".html") for name in result.up_to_date)
        told = f"{len(result.planned)} of {all_of} would be made" if result.planned else "nothing to do"
        print(f"{paths.shown(where / folder.name)}: {told}")
    return code


def _ingest(folders: Sequence[Path], data_dir: Path, force: bool, cluster: str | None = None) -> tuple[list[str], int, int]:
    """Make tables; what became of each request is told on standard output. Gives names, the number of problems, and the exit code."""
    from foi_lib.ingest import ingest as make_tables

    hands = None
    if cluster is not None:
        from foi_lib.cluster import reading

        hands = reading(cluster)
    names: list[str] = []
    problems = 0
    code = OK
    for folder in folders:
        try:
            with progress(f"Reading {folder.name}") as step:
                done = make_tables(folder, paths.processed_dir(folder.name, data_dir), force=force, progress=step, hands=hands)
        except FoiError as error:
            complain(error)
            code = USAGE
            continue
        rows = ", ".join(f"{done.rows[table]} {table}" for table in ("responses", "answers"))
        plural = "s" if done.problems != 1 else ""
        told = f", {done.problems} problem{plural}: see {paths.shown(done.folder / 'problems.csv')}" if done.problems else ""
        print(f"{paths.shown(done.folder)}: {'made' if done.fresh else 'up to date'} ({rows}{told})")
        names.append(done.request)
        problems += done.problems
    return names, problems, code


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
