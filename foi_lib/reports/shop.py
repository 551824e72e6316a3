"""Where a build's pages are made: in forks of a warm process, in this process with any other engine, or on a cluster. The same bytes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from foi_lib.reports.press import INDEX, Press
from foi_lib.reports.run import Engine, Job, Ran, default_engine, how_many, run
from foi_lib.reports.warm import Nursery, ran, warm_forks

_BATCH = 25  # pages of letters that one fork makes
Told = Mapping[str, Any]
Made = dict[str, tuple[str, bool]]  # page → its hash, and whether it was written


class Shop(Protocol):
    """Makes pages, by a press."""

    press: Press

    def notebooks(self, jobs: Sequence[Job]) -> Iterator[Ran]:
        """Run these, and make their pages."""
        ...

    def pages(self, alone: Sequence[str], names: Sequence[str], told: Told) -> Made:
        """Make the pages that need no notebook; those of `alone` take long."""
        ...


@contextlib.contextmanager
def open_shop(press: Press, jobs: int, processes: int | None, engine: Engine | None, cluster: str | None = None) -> Iterator[Shop]:
    """The shop for so many notebooks."""
    if cluster is not None and jobs:
        from foi_lib.reports.cluster import ClusterShop

        with ClusterShop(press, cluster) as away:
            yield away
    elif jobs and (engine or default_engine()) is warm_forks:
        with Nursery(how_many(jobs, processes), press) as nursery:
            yield Forks(press, nursery)
    else:
        yield Here(press, processes, engine)


def told_for(batch: Sequence[str], told: Told) -> dict[str, Any]:
    """As much as these pages need to be told."""
    if INDEX in batch:
        return dict(told)
    slugs = {Path(name).stem for name in batch}
    return {"reports": {slug: shown for slug, shown in told["reports"].items() if slug in slugs}, "failed": [], "log": []}


class Here:
    """Notebooks by any engine, pages in this process."""

    def __init__(self, press: Press, processes: int | None = None, engine: Engine | None = None) -> None:
        self.press, self.processes, self.engine = press, processes, engine

    def notebooks(self, jobs: Sequence[Job]) -> Iterator[Ran]:
        """As `Shop.notebooks`."""
        for done in run(jobs, self.processes, self.engine):
            yield done if done.notebook is None else ran(done.job, self.press.page(done.job.target, done.notebook))

    def pages(self, alone: Sequence[str], names: Sequence[str], told: Told) -> Made:
        """As `Shop.pages`."""
        return {name: (found, written) for name, (found, written) in self.press.pages([*alone, *names], told).items()}


class Forks:
    """Both in forks of the warm process."""

    def __init__(self, press: Press, nursery: Nursery) -> None:
        self.press, self.nursery = press, nursery

    def notebooks(self, jobs: Sequence[Job]) -> Iterator[Ran]:
        """As `Shop.notebooks`."""
        for job in jobs:
            self.nursery.ask(target=job.target, notebook=str(job.notebook.resolve()), parameters=dict(job.parameters))
        for task, said in self.nursery.results():
            yield ran(self.press.jobs[task["target"]], said)

    def pages(self, alone: Sequence[str], names: Sequence[str], told: Told) -> Made:
        """As `Shop.pages`."""
        batches = [[name] for name in alone] + [list(names[n : n + _BATCH]) for n in range(0, len(names), _BATCH)]
        for batch in batches:
            self.nursery.ask(pages=batch, shown=told_for(batch, told), seconds=3600, memory=0)
        made: Made = {}
        for task, said in self.nursery.results():
            # what a fork could not make, a plain attempt makes or tells of
            done = said["pages"] if "pages" in said else self.press.pages(task["pages"], told)
            made |= {name: (found, written) for name, (found, written) in done.items()}
        return made
