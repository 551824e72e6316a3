"""What commands show at a terminal: progress with counts and time left, and how long each stage took; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Step = Callable[[str, int, int], None]


@contextmanager
def progress(title: str, off: bool = False) -> Iterator[Step]:
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


def complain(error: Exception) -> None:
    """An error as one line."""
    print(f"foi: {error}", file=sys.stderr)


@contextmanager
def told_stages(wanted: bool) -> Iterator[None]:
    """With `wanted`, each stage of the work is told on standard error when it is done, with the seconds that it took."""
    from foi_lib import stages

    def tell(name: str, seconds: float) -> None:
        print(f"foi: {name}: {seconds:.1f} s", file=sys.stderr, flush=True)

    if not wanted:
        yield
        return
    stages.listeners.append(tell)
    try:
        yield
    finally:
        stages.listeners.remove(tell)
