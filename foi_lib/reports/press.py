"""From an executed notebook, or from the data, to a page on disk: what a build does for each page, in whatever process."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.errors import FoiError
from foi_lib.reports.changes import last_build
from foi_lib.reports.clean import Links
from foi_lib.reports.evidence import Case
from foi_lib.reports.files import put, sha, write
from foi_lib.reports.page import Site
from foi_lib.reports.run import Job

if TYPE_CHECKING:
    from foi_lib.reports.render import About

LETTERS, REPLIES, INDEX = "letters/", "right-of-reply/", "index.html"


@dataclass
class Press:
    """What all pages of a build share. `folder`: where they go."""

    case: Case
    site: Site
    jobs: dict[str, Job]
    reports: frozenset[str]  # slugs of the councils that have a report
    folder: Path
    force: bool = False

    def warm(self) -> None:
        """Pay once, before the forks, for what the first page of a process costs."""
        import nbformat

        from foi_lib.reports.render import About, render_notebook
        from foi_lib.reports.shell import load

        output = nbformat.v4.new_output("display_data", {"text/html": "<p>x</p>", "text/markdown": "x"})
        for path in sorted({job.notebook for job in self.jobs.values()}):  # their code is the same on every page
            with contextlib.suppress(Exception):  # what is wrong with a notebook is told where it is run
                notebook = load(path)
                notebook.cells.append(nbformat.v4.new_code_cell("x = 1", outputs=[output]))
                links = Links(self.case.evidence, "", self.reports, self.case.mask, self.case.names)
                render_notebook(notebook, self.site, links, About(path.name, "x"))

    def page(self, target: str, notebook: Any) -> dict[str, Any]:
        """Make and write the page of a notebook; gives its `sha256` and the `figures` on it, or a `failure`."""
        import nbformat

        from foi_lib.reports.render import render_notebook

        try:
            links = Links(self.case.evidence, _prefix(target), self.reports, self.case.mask, self.case.names)
            html = render_notebook(nbformat.from_dict(notebook), self.site, links, self._about(target))
            write(self.folder / target, html, wait=False)
        except FoiError as error:
            return {"failure": ["rendering", str(error)]}
        return {"sha256": sha(html), "figures": sorted(links.ids)}

    def _about(self, target: str) -> About:
        """What a notebook's page says beside its cells."""
        from foi_lib.reports.render import About

        job = self.jobs[target]
        name, told = job.notebook.name, job.parameters
        if "council" not in told:
            return About(name, target, parameters=told)
        slug = Path(target).stem
        ways = [(f"../{LETTERS}{slug}.html", "What it said: the letter view"), (f"../{INDEX}#{slug}", "All councils")]
        return About(name, target, str(told["council"]), told, ways)

    def pages(self, names: Sequence[str], told: Mapping[str, Any]) -> dict[str, Any]:
        """Make pages that need no notebook, and write those that differ; gives for each its hash, and whether it was written.

        `told`: the figures that each council's report shows (`reports`), the reports that `failed`, and the `log` of changes.
        """
        made = {}
        for name in names:
            content = self._content(name, told)
            made[name] = [sha(content), put(self.folder / name, content, self.force, wait=name == INDEX)]
        return made

    def _content(self, name: str, told: Mapping[str, Any]) -> str | bytes:
        from foi_lib.reports.index import index_page
        from foi_lib.reports.letters import letter_page
        from foi_lib.reports.reply import reply_page
        from foi_lib.reports.workbook import workbook

        shown, slug = told["reports"], Path(name).stem
        if name in self.jobs:
            return self._reframed(name)
        if name.startswith(LETTERS):
            return letter_page(self.case, slug, self.site, frozenset(shown[slug]) if slug in shown else None)
        if name.startswith(REPLIES):
            return reply_page(self.case, slug, self.site)
        if name == INDEX:
            return index_page(self.case, self.site, frozenset(shown), [(t, e) for t, e in told["failed"]], last_build(told["log"]))
        return workbook(self.case, self.site)

    def _reframed(self, target: str) -> str:
        """A notebook's page as it stands, with today's head, banner and foot: nothing that its notebook reads has changed."""
        from foi_lib.reports.render import around, body_of

        return around(body_of((self.folder / target).read_text(encoding="utf-8")), self.site, _prefix(target), self._about(target))


def _prefix(target: str) -> str:
    return "../" * target.count("/")
