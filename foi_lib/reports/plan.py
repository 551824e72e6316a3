"""What a build should make, of what, and why: a page is made again when one of the things that it is made from has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports.evidence import Case
from foi_lib.reports.files import digest, sha
from foi_lib.reports.page import Site
from foi_lib.reports.run import Job
from foi_lib.reports.words import is_missing

COUNCIL = "council.ipynb"
# what of a page's making has changed, in words
WHY = {
    "program": "foi_lib, or what it builds on, changed",
    "notebook": "its notebook changed",
    "parameters": "its parameters changed",
    "data": "the data changed",
    "rows": "the rows that it reads changed",
    "request": "the request, or who was asked, changed",
    "masks": "what is masked changed",
}
# a council's notebook that opens data in another way than `notebook.start` may read anything
_READS_MORE = re.compile(r"\b(?:load|open|read_\w+|Dataset|Path)\s*\(")


@dataclass(slots=True)
class Plan:
    """The notebooks' pages that a request should have: the job of each, and what it is made from (name → hash)."""

    jobs: dict[str, Job]
    made: dict[str, dict[str, str]]
    frames: dict[str, str]  # what stands around a page's cells: it can be changed without running the notebook
    rows: dict[str, str]  # each council's rows
    slices: dict[str, list[str]]
    reports: frozenset[str] = frozenset()  # slugs of the councils that have a report: one made now, or one that stands
    figures: dict[str, frozenset[str]] = field(default_factory=dict)  # rows that a page shows, once it is made
    sha256: dict[str, str] = field(default_factory=dict)  # of every file that the build made or left

    def entry(self, target: str, found: str) -> dict[str, Any]:
        """What the manifest keeps of a page."""
        kept: dict[str, Any] = {"sha256": found}
        if target in self.jobs:
            kept |= {"made": self.made[target], "frame": self.frames[target]}
        if target in self.figures:
            kept["figures"] = sorted(self.figures[target])
        return kept

    def why(self, target: str, before: Mapping[str, Any], folder: Path, force: bool = False) -> str:
        """Why a page must be made by its notebook; nothing where it need not."""
        entry = before.get("files", {}).get(target)
        if force:
            return "asked for by --force"
        if entry is None or not (folder / target).is_file():
            return "it is not there yet"
        if entry.get("sha256") != sha(folder / target):
            return "somebody changed the file"
        was, now = entry.get("made", {}), self.made[target]
        changed = [name for name in (*WHY, *sorted({*was, *now} - set(WHY))) if was.get(name) != now.get(name)]
        reasons = [WHY.get(name, name) for name in changed]
        if "rows" in changed:
            whose = [slug for slug in self.slices[target] if before.get("rows", {}).get(slug) != self.rows.get(slug)]
            reasons = [f"{reason}: {', '.join(whose)}" if reason == WHY["rows"] and whose else reason for reason in reasons]
        return "; ".join(reasons)


def notebooks_in(folder: str | Path | None) -> dict[str, Path]:
    """The report notebooks: numbered ones compare councils, council.ipynb is one council's."""
    root = Path(folder) if folder is not None else Path(__file__).resolve().parents[2] / "notebooks"
    found = {path.name: path for path in sorted(root.glob("[0-9][0-9]_*.ipynb"))}
    if (root / COUNCIL).is_file():
        found[COUNCIL] = root / COUNCIL
    if not found:
        raise FoiError(f"no report notebooks in {root}: there should be {COUNCIL} and numbered ones such as 02_breaches.ipynb")
    return found


def everything(data: Any, notebooks: Mapping[str, Path], personal: bool) -> str:
    """A hash over all that a whole build is made from: quick, to see that there is nothing to do."""
    return digest(program(), str(data.hash), asked(data.request), [(name, cells(path)) for name, path in notebooks.items()], personal)


def make_plan(
    case: Case, site: Site, notebooks: Mapping[str, Path], data_dir: str | Path, councils: Sequence[str] | None, standing: frozenset[str]
) -> Plan:
    """The notebook pages that are wanted; `councils` narrows it down to the reports of these, beside those that are `standing`."""
    from foi_lib.analysis.slices import beside, digests
    from foi_lib.paths import find_data_dir

    places = {"request": site.request, "data_dir": str(find_data_dir(data_dir).resolve()), "as_of": ""}
    wanted = None if councils is None else {str(case.data.council(c)["slug"]) for c in councils}
    rows = [row for row in case.rows("responses") if COUNCIL in notebooks and not is_missing(row["authority"])]
    having = {str(row["slug"]) for row in rows if wanted is None or row["slug"] in wanted or row["slug"] in standing}
    plan = Plan({}, {}, {}, digests(case.data), {}, frozenset(having))
    request = digest(asked(case.data.request), sorted(case.places), sorted(having), site.personal_data)
    for name, path in notebooks.items():
        if name != COUNCIL and wanted is None:
            target = f"{path.stem}.html"
            plan.jobs[target] = Job(target, path, places)
            plan.frames[target] = digest(asdict(site))
            plan.made[target] = _made(plan.jobs[target]) | {"data": plan.frames[target], "request": request}
    if not rows:
        return plan
    reads_more = _READS_MORE.search(_code(notebooks[COUNCIL])) is not None
    known, kin = case.people_named(), beside(case.data)
    for row in rows:
        slug = str(row["slug"])
        if wanted is not None and slug not in wanted:
            continue
        target = f"councils/{slug}.html"
        slugs = kin.get(slug, [slug])
        plan.slices[target] = slugs
        plan.jobs[target] = Job(target, notebooks[COUNCIL], {"council": str(row["authority"]), **places})
        plan.frames[target] = digest(asdict(site))
        plan.made[target] = _made(plan.jobs[target]) | {
            "rows": digest([plan.rows.get(one) for one in slugs], str(case.data.hash) if reads_more else ""),
            "request": request, "masks": digest(sorted(set().union(*(known.get(one, ()) for one in slugs)))),
        }  # fmt: skip
    return plan


def _made(job: Job) -> dict[str, str]:
    return {"program": program(), "notebook": cells(job.notebook), "parameters": digest({**job.parameters, "data_dir": ""})}


def asked(request: Any) -> dict[str, Any]:
    """What the pages tell of a request, without where it lies."""
    return {key: value for key, value in asdict(request).items() if key != "folder"}


def _code(notebook: Path) -> str:
    found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return "\n".join("".join(cell["source"]) for cell in found if cell["cell_type"] == "code")


def cells(notebook: Path) -> str:
    """What a notebook says: its cells' kinds, tags and sources, not its outputs."""
    found = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return digest([[c["cell_type"], c.get("metadata", {}).get("tags", []), "".join(c["source"])] for c in found])


@cache
def program() -> str:
    """A hash of our own files, and of the versions of what makes the pages."""
    from importlib.metadata import version

    root = Path(__file__).resolve().parents[1]
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith("."))
    own = [(p.relative_to(root).as_posix(), sha(p)) for p in files]
    return digest(own, [version(name) for name in ("pandas", "matplotlib", "seaborn", "nbconvert", "papermill", "jinja2", "XlsxWriter")])
