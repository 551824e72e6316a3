"""Everything of a request, rendered: what must be made, what is up to date, who failed; each file written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path
from typing import Any

from foi_lib.reports import BuildResult, Failure
from foi_lib.reports.changes import FILE, compare, figures_of, log_text, read_log
from foi_lib.reports.draft import draft_of
from foi_lib.reports.evidence import Case
from foi_lib.reports.files import put, put_json, sha, write
from foi_lib.reports.page import Site, site_of
from foi_lib.reports.plan import COUNCIL, Plan, everything, make_plan, notebooks_in, program
from foi_lib.reports.press import INDEX, LETTERS, REPLIES, Press
from foi_lib.reports.run import Engine
from foi_lib.reports.shop import Shop, open_shop
from foi_lib.stages import stage

__all__ = ["MANIFEST", "build", "write"]

MANIFEST = "manifest.json"
Progress = Callable[[str, int, int], None]


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
    dry_run: bool = False,
    cluster: str | None = None,
) -> BuildResult:
    """Render a request into `reports_dir/<request>/`.

    In: the request's name; `councils` (names, slugs or codes) makes the reports of those only, beside the index and the workbook;
    `force` makes everything afresh; `show_personal_data` leaves nothing masked; `progress(what, done, total)` is called as reports are
    done; `data` a Dataset in place of the one that is loaded; `dry_run` writes nothing and says under `planned` what would be made, and
    why; `cluster` the address of a dask scheduler whose workers run the notebooks. Out: what was written, up to date, failed, and
    removed. A figure without evidence raises `FoiError` naming the row, and nothing is written.
    """
    if data is None:
        from foi_lib.dataset import load

        with stage(f"{request}: tables loaded"):
            data = load(request, data_dir)
    notebooks = notebooks_in(notebooks_dir)
    folder = Path(reports_dir) / str(data.request.name)
    before = _read_manifest(folder)
    whole = everything(data, notebooks, show_personal_data)
    result = BuildResult()
    if not force and councils is None and before.get("whole") == whole and _untouched(folder, before["files"]):
        result.up_to_date, result.draft = sorted(before["files"]), str(before.get("site", {}).get("draft", ""))
        return result
    with stage(f"{request}: evidence checked"):
        case = Case(data, show_personal_data)
        case.check()
    with stage(f"{request}: changes found"):
        site = _site(data, notebooks, show_personal_data)
        result.draft = site.draft
        plan = make_plan(case, site, notebooks, data_dir, councils, _standing(folder, before))
        stale = {target: why for target in plan.jobs if (why := plan.why(target, before, folder, force))}
    if dry_run:
        result.planned = sorted(stale.items())
        result.up_to_date = sorted(plan.jobs.keys() - stale.keys())
        return result
    press = Press(case, site, plan.jobs, plan.reports, folder, force)
    with open_shop(press, len(stale), processes, engine, cluster) as shop:
        with stage(f"{request}: {len(stale)} notebooks run and rendered"):
            _run_notebooks(shop, plan, list(stale), result, progress)
        with stage(f"{request}: other pages made"):
            _keep_standing(folder, plan, before, result, narrowed=councils is not None)
            log = _log(case, site, folder, before)
            _make_pages(shop, plan, case, site, before, log, result)
    _remove_left_over(folder, before, result, everything=councils is None)
    _finish(case, folder, site, plan, result, before, whole if councils is None and not result.failed else "")
    return result


def _site(data: Any, notebooks: Mapping[str, Path], personal: bool) -> Site:
    from foi_lib import __version__

    comparative = tuple((f"{Path(name).stem}.html", _title(path)) for name, path in notebooks.items() if name != COUNCIL)
    return site_of(data, __version__, personal, comparative, f"{data.request.name}.xlsx", draft_of(data))


@cache
def _title(path: Path) -> str:
    """A short name for the way about: the notebook's metadata "short_title", else its file name in words."""
    cells = json.loads(path.read_text(encoding="utf-8"))
    return str(cells.get("metadata", {}).get("short_title") or path.stem.split("_", 1)[-1].replace("_", " ").capitalize())


def _run_notebooks(shop: Shop, plan: Plan, names: Sequence[str], result: BuildResult, progress: Progress | None) -> None:
    """Make the pages of these notebooks. One that fails does not stop the others."""
    if progress and names:
        progress("", 0, len(names))
    for n, ran in enumerate(shop.notebooks([plan.jobs[name] for name in names]), 1):
        target = ran.job.target
        if ran.page is not None:
            plan.sha256[target], plan.figures[target] = ran.page
            result.written.append(target)
        else:
            result.failed.append(ran.failure or Failure(target, "", "nothing came of it"))
            (shop.press.folder / target).unlink(missing_ok=True)  # a page of other data must not stand for this one
        if progress:
            progress(target, n, len(names))
    result.failed.sort(key=lambda f: f.target)


def _keep_standing(folder: Path, plan: Plan, before: Mapping[str, Any], result: BuildResult, narrowed: bool) -> None:
    """What stands from the build before."""
    failed = {f.target for f in result.failed}
    for name, entry in before.get("files", {}).items():
        if name not in plan.figures and name not in failed and (name in plan.jobs or narrowed) and (folder / name).is_file():
            plan.figures[name] = frozenset(entry.get("figures", ()))
            plan.sha256[name] = entry["sha256"]


def _make_pages(
    shop: Shop, plan: Plan, case: Case, site: Site, before: Mapping[str, Any], log: Sequence[Mapping[str, str]], result: BuildResult
) -> None:
    """The pages that need no notebook, each time, and written where they differ; and new heads for reports that stand."""
    made = set(result.written)
    reframed = [
        name for name in plan.jobs if name in plan.sha256 and name not in made and _frame(before, name) != plan.frames[name]
    ]  # fmt: skip
    slugs = list(dict.fromkeys(str(row["slug"]) for row in case.rows("responses")))
    alone = [INDEX, *([site.workbook] if site.workbook else [])]
    names = [*reframed, *(f"{kind}{slug}.html" for slug in slugs for kind in (LETTERS, REPLIES))]
    told = {
        "reports": {Path(name).stem: sorted(shown) for name, shown in plan.figures.items() if name.startswith("councils/")},
        "failed": [[f.target, f.error] for f in result.failed], "log": list(log),
    }  # fmt: skip
    for name, (found, written) in shop.pages(alone, names, told).items():
        plan.sha256[name] = found
        (result.written if written else result.up_to_date).append(name)
    text = log_text(log)
    plan.sha256[FILE] = sha(text)
    (result.written if put(shop.press.folder / FILE, text, shop.press.force) else result.up_to_date).append(FILE)
    known = {*result.written, *result.up_to_date}
    result.up_to_date += [name for name in plan.jobs if name in plan.sha256 and name not in known]
    result.written.sort()


def _frame(before: Mapping[str, Any], name: str) -> Any:
    return before.get("files", {}).get(name, {}).get("frame")


def _standing(folder: Path, before: Mapping[str, Any]) -> frozenset[str]:
    """Slugs of the councils whose report is there."""
    return frozenset(Path(name).stem for name in before.get("files", {}) if name.startswith("councils/") and (folder / name).is_file())


def _log(case: Case, site: Site, folder: Path, before: Mapping[str, Any]) -> list[dict[str, str]]:
    """The log of changes with those of this build at its end."""
    log = read_log(folder)
    if "answers" not in before:
        return log
    rows = compare(before["answers"], figures_of(case), before.get("program") == program())
    number = str(int(log[-1]["build"]) + 1) if log else "1"
    return log + [{"build": number, "as_of": site.as_of, "data": site.data_hash[:12], **row} for row in rows]


def _untouched(folder: Path, files: Mapping[str, Any]) -> bool:
    """Whether all files of the build before are there as it left them."""
    return all((folder / name).is_file() and entry.get("sha256") == sha(folder / name) for name, entry in files.items())


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
    files |= {name: plan.entry(name, plan.sha256[name]) for name in sorted(wanted)}
    for failure in result.failed:
        files.pop(failure.target, None)
    told: dict[str, Any] = {"site": asdict(replace(site, comparative=())) | {"replied": site.replied}, "whole": whole, "program": program()}
    told |= {"failed": [asdict(f) for f in result.failed], "files": files, "answers": figures_of(case), "rows": plan.rows}
    put_json(folder / MANIFEST, told)
    sites: list[dict[str, Any] | None] = [_read_manifest(path.parent).get("site") for path in sorted(folder.parent.glob(f"*/{MANIFEST}"))]
    listed = sorted((s for s in sites if s), key=lambda s: (bool(s["fictional"]), s["title"], s["request"]))
    put(folder.parent / "index.html", top_page(listed))
