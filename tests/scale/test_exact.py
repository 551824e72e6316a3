"""Two builds of the same inputs are the same bytes, with any number of processes, in any order, at once or letter by letter."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from factory import make_request

from foi_lib.ingest import ingest
from foi_lib.reading_hands import several
from foi_lib.reports import build
from foi_lib.reports.warm import available

pytestmark = pytest.mark.slow
COUNCILS = 30  # enough that several processes read


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def few_notebooks(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One comparing notebook and the council's: the others are made by the same code."""
    folder = tmp_path_factory.mktemp("notebooks")
    for name in ("02_breaches.ipynb", "council.ipynb"):
        shutil.copy(root / "notebooks" / name, folder)
    return folder


@pytest.mark.skipif(not available(), reason="this system does not fork safely")
def test_the_same_bytes_whatever_the_processes_and_the_order(tmp_path: Path, few_notebooks: Path) -> None:
    """One run with one process; one with three, in which the letters come one after another and their councils are rebuilt alone."""
    raw = make_request(tmp_path / "one" / "data" / "raw" / "made", COUNCILS)
    ingest(raw, hands=several(1))
    first = build("made", tmp_path / "one" / "data", tmp_path / "one" / "reports", notebooks_dir=few_notebooks, processes=1)

    shutil.copytree(raw, tmp_path / "two" / "data" / "raw" / "made")
    letters = sorted((tmp_path / "two" / "data" / "raw" / "made" / "letters").iterdir())
    late = [path.rename(tmp_path / path.name) for path in letters[3:5]]
    made = []
    for n in range(3):
        if n:
            late[n - 1].rename(letters[3].with_name(late[n - 1].name))
        ingest(tmp_path / "two" / "data" / "raw" / "made", hands=several(3))
        made.append(build("made", tmp_path / "two" / "data", tmp_path / "two" / "reports", notebooks_dir=few_notebooks, processes=3))
    assert [one.failed for one in (first, *made)] == [[], [], [], []]

    one, two = (files(tmp_path / name / "data" / "processed" / "made") for name in ("one", "two"))
    assert one == two and {Path(name).suffix for name in one} == {".parquet", ".csv", ".json", ".yaml"}
    one, two = (files(tmp_path / name / "reports") for name in ("one", "two"))
    grown = {"made/changes.csv", "made/manifest.json", "made/index.html"}  # tell what changed from build to build
    assert one.keys() == two.keys()
    assert [name for name in one if name not in grown and one[name] != two[name]] == []
    assert {Path(name).suffix for name in one.keys() - grown} == {".html", ".xlsx"}


def test_a_new_letter_costs_its_council_and_those_beside_it(tmp_path: Path, few_notebooks: Path) -> None:
    """By what a dry run says; and a dry run makes nothing."""
    from foi_lib.analysis.slices import beside
    from foi_lib.dataset import load

    raw = make_request(tmp_path / "data" / "raw" / "made", COUNCILS)
    letter = sorted((raw / "letters").iterdir())[4]
    letter.rename(tmp_path / letter.name)
    ingest(raw)
    where = {"data_dir": tmp_path / "data", "reports_dir": tmp_path / "reports", "notebooks_dir": few_notebooks}

    def nothing_runs(jobs, processes):  # type: ignore[no-untyped-def]
        import nbformat

        from foi_lib.reports.run import Ran

        yield from (Ran(job, nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# x")])) for job in jobs)

    assert build("made", engine=nothing_runs, **where).failed == []
    assert build("made", dry_run=True, **where).planned == []
    (tmp_path / letter.name).rename(letter)
    ingest(raw)
    data = load("made", tmp_path / "data")
    slug = str(data.texts.loc[data.texts["file"] == letter.name, "slug"].iloc[0])
    before = files(tmp_path / "reports")
    planned = dict(build("made", dry_run=True, **where).planned)
    expected = {f"councils/{one}.html" for one, slugs in beside(data).items() if slug in slugs}
    assert planned.keys() == {"02_breaches.html"} | expected
    assert planned[f"councils/{slug}.html"].startswith(f"the rows that it reads changed: {slug}")
    assert 1 <= len(expected) <= 12  # of 30
    assert files(tmp_path / "reports") == before


def test_a_councils_notebook_sees_no_other_rows(tmp_path: Path) -> None:
    """What the key of its report is taken over is all that `notebook.start` gives it."""
    from foi_lib.analysis.slices import TABLES, beside, cut, digests
    from foi_lib.dataset import load

    ingest(make_request(tmp_path / "data" / "raw" / "made", COUNCILS))
    data = load("made", tmp_path / "data")
    whole, kin = digests(data), beside(data)
    assert len(kin) == COUNCILS and max(map(len, kin.values())) == 6
    for slug in list(kin)[:8]:
        part = cut(data, slug)
        assert digests(part) == {one: whole[one] for one in kin[slug]}
        assert set(part.responses["slug"]) == set(kin[slug])
        assert all(len(getattr(part, name)) < len(getattr(data, name)) for name in ("answers", "texts", "responses"))
    frames = {name for name, value in vars(data).items() if hasattr(value, "columns")}
    assert frames == set(TABLES)  # a table that is added is cut too
