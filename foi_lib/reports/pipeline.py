"""Everything of a request, rendered: what must be made, what is up to date, who failed; each file written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports import BuildResult, Failure
from foi_lib.reports.changes import FILE, compare, figures_of, last_build, log_text, read_log
from foi_lib.reports.clean import Links
from foi_lib.reports.evidence import Case
from foi_lib.reports.page import Site, site_of
from foi_lib.reports.run import Engine, Job, run
from foi_lib.reports.words import is_missing

MANIFEST = "manifest.json"
COUNCIL = "council.ipynb"
# statuses for which a council's own report has something to say
Progress = Callable[[str, int, int], None]


@dataclass(slots=True)
class Plan:
    """The files that a request should have, each with the key of what it is made from."""

    keys: dict[str, str]
    jobs: dict[str, Job]
    figures: dict[str, frozenset[str]] = field(default_factory=dict)  # rows that a page shows, once it is made


def build(
    request: str,
    data_dir: str | Path = "data",
    reports_dir: str | Path = "reports",
    councils: Sequence[str] | None = None,
    force: bool = False,
    show_personal_data: bool = False,
    progress: Progress | None = None,
    *,
    notebooks_dir: str | Path | None = None,
    processes: int | None = None,
    engine: Engine | None = None,
    data: Any = None,
) -> BuildResult:
    """Render a request into `reports_dir/<request>/`.

    In: the request's name; `councils` (names, slugs or codes) makes the reports of those only, beside the index and the workbook;
    `force` makes everything afresh; `show_personal_data` leaves nothing masked; `progress(what, done, total)` is called as reports are
    done; `data` a Dataset in place of the one that is loaded. Out: what was written, up to date, failed, and removed. A figure without
    evidence raises `FoiError` naming the row, and nothing is written.
    """
    if data is None:
        from foi_lib.dataset import load

        data = load(request, data_dir)
    case = Case(data, show_personal_data)
    case.check()
    notebooks = _notebooks(notebooks_dir)
    site = _site(data, notebooks, show_personal_data)
    folder = Path(reports_dir) / site.request
    plan = _plan(case, site, notebooks, data_dir, councils)
    before = _read_manifest(folder)
    result = BuildResult()
    whole = _digest(plan.keys, _asked(data.request), sorted(notebooks))
    if (
        not force
        and councils is None
        and before.get("whole") == whole
        and all(_untouched(folder, n, e) for n, e in before["files"].items())
    ):
        result.up_to_date = sorted(before["files"])
        return result
    stale = [name for name in plan.keys if force or not _fresh(folder, name, plan.keys[name], before)]
    _run_notebooks(case, site, plan, [name for name in stale if name in plan.jobs], folder, result, progress, processes, engine)
    failed = {f.target for f in result.failed}
    for name, entry in before.get("files", {}).items():  # what stands from the build before
        if name not in plan.figures and name not in failed and (name in plan.jobs or councils is not None) and (folder / name).is_file():
            plan.figures[name] = frozenset(entry.get("figures", ()))
    reports = {_slug(name): shown for name, shown in plan.figures.items() if name.startswith("councils/")}
    log = _log(case, site, folder, before)
    _write_pages(case, site, reports, log, folder, result, force)
    result.up_to_date += [name for name in plan.jobs if name not in stale]
    _remove_left_over(folder, before, result, everything=councils is None)
    _finish(case, folder, site, plan, result, before, whole if councils is None and not result.failed else "")
    return result


def _notebooks(folder: str | Path | None) -> dict[str, Path]:
    """The report notebooks: numbered ones compare councils, council.ipynb is one council's."""
    root = Path(folder) if folder is not None else Path(__file__).resolve().parents[2] / "notebooks"
    found = {path.name: path for path in sorted(root.glob("[0-9][0-9]_*.ipynb"))}
    if (root / COUNCIL).is_file():
        found[COUNCIL] = root / COUNCIL
    if not found:
        raise FoiError(f"no report notebooks in {root}: there should be {COUNCIL} and numbered ones such as 02_breaches.ipynb")
    return found


def _site(data: Any, notebooks: Mapping[str, Path], personal: bool) -> Site:
    from foi_lib import __version__

    comparative = tuple((f"{Path(name).stem}.html", _title(path)) for name, path in notebooks.items() if name != COUNCIL)
    return site_of(data, __version__, personal, comparative, f"{data.request.name}.xlsx")


@cache
def _title(path: Path) -> str:
    """A short name for the way about: the notebook's metadata "short_title", else its file name in words."""
    cells = json.loads(path.read_text(encoding="utf-8"))
    return str(cells.get("metadata", {}).get("short_title") or path.stem.split("_", 1)[-1].replace("_", " ").capitalize())


def _plan(case: Case, site: Site, notebooks: Mapping[str, Path], data_dir: str | Path, councils: Sequence[str] | None) -> Plan:
    """The notebook pages that are wanted."""
    from foi_lib.paths import find_data_dir

    places = {"request": site.request, "data_dir": str(find_data_dir(data_dir).resolve()), "as_of": ""}
    jobs: dict[str, Job] = {}
    wanted = None if councils is None else {str(case.data.council(c)["slug"]) for c in councils}
    for name, path in notebooks.items():
        if name != COUNCIL and wanted is None:
            jobs[f"{path.stem}.html"] = Job(f"{path.stem}.html", path, places)
    if COUNCIL in notebooks:
        for row in case.rows("responses"):
            if not is_missing(row["authority"]) and (wanted is None or row["slug"] in wanted):
                target = f"councils/{row['slug']}.html"
                jobs[target] = Job(target, notebooks[COUNCIL], {"council": str(row["authority"]), **places})
    base = _digest(_program(), asdict(site))
    keys = {name: _digest(base, _cells(job.notebook), {**job.parameters, "data_dir": ""}) for name, job in jobs.items()}
    return Plan(keys, jobs)


def _run_notebooks(
    case: Case, site: Site, plan: Plan, names: Sequence[str], folder: Path, result: BuildResult, progress: Progress | None,
    processes: int | None, engine: Engine | None,
) -> None:  # fmt: skip
    from foi_lib.reports.render import render_notebook

    reports = frozenset(_slug(n) for n in plan.jobs if n.startswith("councils/"))
    for n, ran in enumerate(run([plan.jobs[name] for name in names], processes, engine), 1):
        target = ran.job.target
        if ran.failure is None:
            try:
                slug = _slug(target) if target.startswith("councils/") else None
                links = Links(case.evidence, "../" if slug else "", reports, case.mask, case.names)
                ways = [(f"../letters/{slug}.html", "What it said: the letter view"), (f"../index.html#{slug}", "All councils")]
                html = render_notebook(
                    ran.notebook, site, links, name=ran.job.notebook.name, here=target, parameters=ran.job.parameters,
                    council_links=ways if slug else (), title=str(ran.job.parameters["council"]) if slug else None,
                )  # fmt: skip
                write(folder / target, html)
                plan.figures[target] = frozenset(links.ids)
                result.written.append(target)
            except FoiError as error:
                ran.failure = Failure(target, "rendering", str(error))
        if ran.failure is not None:
            result.failed.append(ran.failure)
            (folder / target).unlink(missing_ok=True)  # a page of other data must not stand for this one
        if progress:
            progress(target, n, len(names))
    result.failed.sort(key=lambda f: f.target)
    result.written.sort()


def _log(case: Case, site: Site, folder: Path, before: Mapping[str, Any]) -> list[dict[str, str]]:
    """The log of changes with those of this build at its end."""
    log = read_log(folder)
    if "answers" not in before:
        return log
    rows = compare(before["answers"], figures_of(case), before.get("program") == _program())
    number = str(int(log[-1]["build"]) + 1) if log else "1"
    return log + [{"build": number, "as_of": site.as_of, "data": site.data_hash[:12], **row} for row in rows]


def _slug(target: str) -> str:
    return Path(target).stem


def _write_pages(
    case: Case,
    site: Site,
    reports: Mapping[str, frozenset[str]],
    log: Sequence[Mapping[str, str]],
    folder: Path,
    result: BuildResult,
    force: bool,
) -> None:
    """The pages that need no notebook: quick to make, so made each time, and written where they differ."""
    from foi_lib.reports.index import index_page
    from foi_lib.reports.letters import letter_page
    from foi_lib.reports.reply import reply_page
    from foi_lib.reports.workbook import workbook

    failed = [(f.target, f.error) for f in result.failed]
    pages: dict[str, str | bytes] = {FILE: log_text(log)}
    for slug in dict.fromkeys(str(row["slug"]) for row in case.rows("responses")):
        pages[f"letters/{slug}.html"] = letter_page(case, slug, site, reports.get(slug))
        pages[f"right-of-reply/{slug}.html"] = reply_page(case, slug, site)
    pages["index.html"] = index_page(case, site, frozenset(reports), failed, last_build(log))
    if site.workbook:
        pages[site.workbook] = workbook(case, site)
    for name, content in pages.items():
        changed = force or not _same(folder / name, content)
        if changed:
            write(folder / name, content)
        (result.written if changed else result.up_to_date).append(name)


def write(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all: beside its place first, then into it in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    raw = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _same(path: Path, content: str | bytes) -> bool:
    raw = content.encode("utf-8") if isinstance(content, str) else content
    return path.is_file() and path.read_bytes() == raw


def _fresh(folder: Path, name: str, key: str, before: Mapping[str, Any]) -> bool:
    """Whether a page is there, untouched, and made from the same things."""
    entry = before.get("files", {}).get(name)
    return bool(entry) and entry.get("key") == key and _untouched(folder, name, entry)


def _untouched(folder: Path, name: str, entry: Mapping[str, Any]) -> bool:
    return (folder / name).is_file() and entry.get("sha256") == _sha(folder / name)


def _asked(request: Any) -> dict[str, Any]:
    """What the pages tell of a request, without where it lies."""
    return {key: value for key, value in asdict(request).items() if key != "folder"}


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_manifest(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("files"), dict) else {}


def _remove_left_over(folder: Path, before: Mapping[str, Any], result: BuildResult, everything: bool) -> None:
    """Pages of councils and notebooks that are no longer there."""
    if not everything:
        return
    now = {*result.written, *result.up_to_date}
    for name in sorted(before.get("files", {})):
        path = folder / name
        if name not in now and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            path.unlink()
            result.removed.append(name)


def _finish(case: Case, folder: Path, site: Site, plan: Plan, result: BuildResult, before: Mapping[str, Any], whole: str) -> None:
    """The manifest, and the small page that lists all requests."""
    from foi_lib.reports.index import top_page

    wanted = {*result.written, *result.up_to_date}
    files = {name: entry for name, entry in before.get("files", {}).items() if name not in result.removed and name not in wanted}
    for name in sorted(wanted):
        files[name] = {"key": plan.keys.get(name, ""), "sha256": _sha(folder / name)}
        if name in plan.figures:
            files[name]["figures"] = sorted(plan.figures[name])
    for failure in result.failed:
        files.pop(failure.target, None)
    about = asdict(replace(site, comparative=())) | {"replied": site.replied}
    _put_json(
        folder / MANIFEST,
        {
            "site": about,
            "whole": whole,
            "program": _program(),
            "failed": [asdict(f) for f in result.failed],
            "files": files,
            "answers": figures_of(case),
        },
    )
    sites = [_read_manifest(path.parent).get("site") for path in sorted(folder.parent.glob(f"*/{MANIFEST}"))]
    listed = sorted((s for s in sites if s), key=lambda s: (bool(s["fictional"]), s["title"], s["request"]))
    page = top_page(listed)
    if not _same(folder.parent / "index.html", page):
        write(folder.parent / "index.html", page)


def _put_json(path: Path, value: Any) -> None:
    text = json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if not _same(path, text):
        write(path, text)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _cells(notebook: Path) -> str:
    """What a notebook says: its cells' kinds, tags and sources, not its outputs."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return _digest([[c["cell_type"], c.get("metadata", {}).get("tags", []), "".join(c["source"])] for c in cells])


@cache
def _program() -> str:
    """A hash of our own files, and of the versions of what makes the pages."""
    from importlib.metadata import version

    root = Path(__file__).resolve().parents[1]
    files = sorted(p for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts and not p.name.startswith("."))
    own = [(p.relative_to(root).as_posix(), _sha(p)) for p in files]
    return _digest(own, [version(name) for name in ("pandas", "matplotlib", "seaborn", "nbconvert", "papermill", "jinja2", "XlsxWriter")])
