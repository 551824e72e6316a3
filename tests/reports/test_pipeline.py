"""A whole build: what is written, what is left alone, who failed; the same bytes from the same data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from foi_lib.errors import FoiError
from foi_lib.frames import make_frame
from foi_lib.reports import Failure
from foi_lib.reports.pipeline import build, write
from foi_lib.reports.run import Job, Ran
from foi_lib.reports.tables import table_html

from .made import Data, response, small, text_row


class Counted:
    """An engine that makes notebooks of one table, counts what it ran, and fails where it is told to."""

    def __init__(self, fails: str = "", answer: str | None = None) -> None:
        self.ran: list[str] = []
        self.fails, self.answer = fails, answer

    def __call__(self, jobs: Sequence[Job], processes: int) -> Iterator[Ran]:
        for job in reversed(jobs):  # in no order of ours
            self.ran.append(job.target)
            if job.target == self.fails:
                yield Ran(job, failure=Failure(job.target, "x = 1 / 0", "ZeroDivisionError: division by zero"))
                continue
            frame = small().answers[["authority", "slug", "value", "low", "high", "unit", "answer_id"]]
            table = table_html(frame if self.answer is None else frame.assign(answer_id=self.answer), f"Of {job.parameters.get('council')}")
            cells = [nbformat.v4.new_markdown_cell("# A question?"), nbformat.v4.new_code_cell("x = 1")]
            cells[1].outputs = [nbformat.v4.new_output("display_data", {"text/html": table})]
            yield Ran(job, nbformat.v4.new_notebook(cells=cells))


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("02_breaches", "council"):
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# A question?")]), folder / f"{name}.ipynb")
    return folder


def made(tmp_path: Path, notebooks: Path, engine: Counted, data: Data | None = None, where: str = "reports", **options: object):
    return build("made-up", tmp_path / "data", tmp_path / where, notebooks_dir=notebooks, engine=engine, data=data or small(), **options)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_everything_is_written(tmp_path: Path, notebooks: Path) -> None:
    result = made(tmp_path, notebooks, Counted())
    slugs = list(small().responses["slug"])
    wanted = {
        "02_breaches.html",
        "index.html",
        "made-up.xlsx",
        "changes.csv",
        *(f"right-of-reply/{s}.html" for s in slugs),
        *(f"letters/{s}.html" for s in slugs),
        *(f"councils/{s}.html" for s in slugs),
    }
    assert set(result.written) == wanted
    assert (result.failed, result.exit_code) == ([], 0)
    assert set(files(tmp_path / "reports")) == {f"made-up/{name}" for name in wanted} | {"made-up/manifest.json", "index.html"}


def test_two_builds_give_the_same_bytes(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted(), where="one")
    made(tmp_path, notebooks, Counted(), where="two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_a_second_build_runs_nothing(tmp_path: Path, notebooks: Path) -> None:
    first = made(tmp_path, notebooks, Counted())
    before = files(tmp_path / "reports")
    engine = Counted()
    again = made(tmp_path, notebooks, engine)
    assert (engine.ran, again.written) == ([], [])
    assert set(again.up_to_date) == set(first.written)
    assert files(tmp_path / "reports") == before


@pytest.mark.parametrize("what", ["data", "notebook", "edited", "removed", "personal", "force"])
def test_what_makes_it_run_again(tmp_path: Path, notebooks: Path, what: str) -> None:
    made(tmp_path, notebooks, Counted())
    data, options = small(), {}
    page = tmp_path / "reports" / "made-up" / "02_breaches.html"
    if what == "data":
        data.hash = "f" * 64
    elif what == "notebook":
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Another?")]), notebooks / "02_breaches.ipynb")
    elif what == "edited":
        page.write_text(page.read_text() + "<!-- edited -->")
    elif what == "removed":
        page.unlink()
    else:
        options = {"show_personal_data": True} if what == "personal" else {"force": True}
    engine = Counted()
    made(tmp_path, notebooks, engine, data, **options)
    assert "02_breaches.html" in engine.ran
    assert page.is_file()
    assert b"edited" not in page.read_bytes()


def test_nothing_to_do_makes_no_page(tmp_path: Path, notebooks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, notebooks, Counted())
    monkeypatch.setattr("foi_lib.reports.letters.letter_page", lambda *_: pytest.fail("a page was made"))
    assert made(tmp_path, notebooks, Counted()).written == []


def test_new_words_of_the_request_reach_the_index(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted())
    data = small()
    data.request.description = "Told anew."
    assert "index.html" in made(tmp_path, notebooks, Counted(), data).written
    assert "Told anew." in (tmp_path / "reports" / "made-up" / "index.html").read_text()


def test_a_reply_of_an_unknown_sender_has_its_letter_and_its_row(tmp_path: Path, notebooks: Path) -> None:
    data = small()
    row = response("x", "answered", files="unknown-1.txt", sha256="0" * 64) | {"authority": None, "slug": "unknown-1"}
    data.responses = pd.concat([data.responses, make_frame("responses", [row])], ignore_index=True)
    text = text_row("x", "Dear Sir, we had 6.") | {"file": "unknown-1.txt", "slug": "unknown-1", "authority": None}
    data.texts = pd.concat([data.texts, make_frame("texts", [text])], ignore_index=True)
    result = made(tmp_path, notebooks, Counted(), data)
    assert "letters/unknown-1.html" in result.written
    assert "councils/unknown-1.html" not in result.written
    page = (tmp_path / "reports" / "made-up" / "index.html").read_text()
    assert "Sender not known (unknown-1)" in page
    assert "2 of 4 councils answered" in page, "nobody knows which council it is"


def test_a_failing_report_is_told_and_the_others_go_on(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted())
    data = small()
    data.hash = "e" * 64
    data.answers.loc[data.answers["answer_id"] == "a0000000001", "note"] = "looked at again"
    result = made(tmp_path, notebooks, Counted("councils/ambleford-council.html"), data)
    assert result.exit_code == 1
    assert result.failed == [Failure("councils/ambleford-council.html", "x = 1 / 0", "ZeroDivisionError: division by zero")]
    folder = tmp_path / "reports" / "made-up"
    assert not (folder / "councils" / "ambleford-council.html").exists(), "a report of older data must not stay"
    assert "02_breaches.html" in result.written
    assert "ZeroDivisionError" in (folder / "index.html").read_text()
    assert 'href="councils/ambleford-council.html"' not in (folder / "index.html").read_text()
    mended = made(tmp_path, notebooks, Counted(), data)
    assert mended.exit_code == 0
    assert (folder / "councils" / "ambleford-council.html").is_file()


def test_a_failing_report_made_alone_leaves_no_older_page(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted())
    name = "councils/ambleford-council.html"
    result = made(tmp_path, notebooks, Counted(name), councils=["ambleford-council"], force=True)
    assert [f.target for f in result.failed] == [name]
    assert not (tmp_path / "reports" / "made-up" / name).exists()


def test_a_figure_that_names_no_row_fails_its_report(tmp_path: Path, notebooks: Path) -> None:
    result = made(tmp_path, notebooks, Counted(answer="a9999999999"))
    assert {f.error for f in result.failed} == {"a figure with no evidence: 'a9999999999' names no row of the data"}


def chart(**told: object) -> nbformat.NotebookNode:
    metadata = {"image/svg+xml": {"alt": "x", "foi_behind": {"ids": [], "slugs": [], "bare": [], "title": "T", **told}}} if told else {}
    return nbformat.v4.new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": "x"}, metadata=metadata)


FRAME = pd.DataFrame({"a": [1, 2]}).to_html()
OURS = table_html(small().answers[["outcome"]])
OUTPUTS = [
    ("a chart of rows that there are", chart(ids=["a0000000001"], slugs=["ambleford-council"]), None),
    ("a chart whose row names nothing", chart(bare=["Ambleford Council, 2017"]), "in the chart 'T': Ambleford Council, 2017"),
    ("a chart of a row that there is not", chart(ids=["a9"]), "'a9' names no row"),
    ("a chart of a council that there is not", chart(slugs=["nowhere"]), "'nowhere' names no council"),
    ("a picture made elsewhere", chart(), "a picture with no evidence"),
    ("a bare DataFrame", nbformat.v4.new_output("display_data", {"text/html": FRAME}), "'1' in a table of the notebook's own"),
    ("its Markdown", nbformat.v4.new_output("display_data", {"text/markdown": "|a|\n|-|\n|1|"}), "'1' in a table of the notebook's own"),
    ("a table of words", nbformat.v4.new_output("display_data", {"text/markdown": "|a|\n|-|\n|b|"}), None),
    ("a DataFrame after one of ours", nbformat.v4.new_output("display_data", {"text/html": OURS + FRAME}),
     "'1' in a table of the notebook's own"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "output", "error"), OUTPUTS, ids=[o[0] for o in OUTPUTS])
def test_no_chart_or_table_with_a_figure_that_leads_nowhere_is_rendered(
    tmp_path: Path, notebooks: Path, why: str, output: nbformat.NotebookNode, error: str | None
) -> None:
    def engine(jobs: Sequence[Job], processes: int) -> Iterator[Ran]:
        for job in jobs:
            cells = [nbformat.v4.new_markdown_cell("# A question?"), nbformat.v4.new_code_cell("x", outputs=[output])]
            yield Ran(job, nbformat.v4.new_notebook(cells=cells))

    result = build("made-up", tmp_path / "data", tmp_path / "reports", notebooks_dir=notebooks, engine=engine, data=small())
    if error is None:
        assert result.failed == []
    else:
        assert {f.cell for f in result.failed} == {"rendering"}
        assert all(error in f.error for f in result.failed), result.failed
        assert result.exit_code == 1


def test_a_row_without_evidence_stops_the_build(tmp_path: Path, notebooks: Path) -> None:
    data = small()
    data.answers.loc[4, ["source_note", "source_url"]] = None
    with pytest.raises(FoiError, match="row a0000000005"):
        made(tmp_path, notebooks, Counted(), data)
    assert not (tmp_path / "reports").exists()


def test_one_council_alone(tmp_path: Path, notebooks: Path) -> None:
    engine = Counted()
    result = made(tmp_path, notebooks, engine, councils=["ambleford-council"])
    assert engine.ran == ["councils/ambleford-council.html"]
    assert "02_breaches.html" not in result.written


def test_a_council_that_is_gone_takes_its_pages_along(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted())
    data = small()
    data.responses, data.hash = data.responses[data.responses["slug"] != "dunholt-city-council"], "d" * 64
    result = made(tmp_path, notebooks, Counted(), data)
    assert result.removed == [f"{kind}/dunholt-city-council.html" for kind in ("councils", "letters", "right-of-reply")]
    assert not (tmp_path / "reports" / "made-up" / "letters" / "dunholt-city-council.html").exists()


def test_what_changed_is_told_and_kept(tmp_path: Path, notebooks: Path) -> None:
    from foi_lib.reports.changes import read_log

    folder = tmp_path / "reports" / "made-up"
    made(tmp_path, notebooks, Counted())
    assert read_log(folder) == []
    assert "What changed" not in (folder / "index.html").read_text()
    data = small()
    data.hash = "d" * 64
    data.answers.loc[0, "value"] = 7.0
    data.answers.loc[1, "source"] = "correction"
    data.answers.loc[1, ["value", "low", "high"]] = 5.0
    data.answers = data.answers.drop(index=[3])
    data.answers = pd.concat([data.answers, data.answers.loc[[4]].assign(answer_id="a0000000009", question="2")])
    data.provisions = data.provisions.iloc[:0]
    made(tmp_path, notebooks, Counted(), data)
    log = read_log(folder)
    assert [(r["build"], r["answer_id"], r["change"], r["before"], r["after"], r["reason"]) for r in log] == [
        ("1", "a0000000001", "changed", "answered 6", "answered 7", "data changed"),
        ("1", "a0000000002", "changed", "answered 4", "answered 5", "correction"),
        ("1", "a0000000004", "withdrawn", "neither confirmed nor denied", "", "data changed, or a correction"),
        ("1", "a0000000009", "added", "", "answered 1,234", "facts keyed by hand"),
    ]
    page = (folder / "index.html").read_text()
    assert "What changed since the build before" in page
    made(tmp_path, notebooks, Counted(), data, force=True)
    assert (read_log(folder), (folder / "index.html").read_text()) == (log, page), "nothing changed: nothing is added, and the page stays"


def test_links_lead_somewhere(tmp_path: Path, notebooks: Path) -> None:
    """Every link within the reports leads to a file that is there, and, where it names a place, to that place."""
    from selectolax.lexbor import LexborHTMLParser

    made(tmp_path, notebooks, Counted())
    folder = tmp_path / "reports"
    pages = {path: LexborHTMLParser(path.read_text()) for path in folder.rglob("*.html")}
    ids = {path: {node.attributes["id"] for node in tree.css("[id]")} for path, tree in pages.items()}
    count = 0
    for path, tree in pages.items():
        for a in tree.css("a[href]"):
            href = a.attributes["href"] or ""
            if href.startswith("http"):
                continue
            file, _, place = href.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path.name}: {href}"
            assert not place or place in ids[target], f"{path.name}: {href}"
            count += 1
    assert count > 50


def test_write_leaves_the_old_file_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "page.html"
    write(page, "old")
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(page, "new")
    assert page.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]


def test_manifest_names_no_place_of_this_machine(tmp_path: Path, notebooks: Path) -> None:
    made(tmp_path, notebooks, Counted())
    for name, content in files(tmp_path / "reports").items():
        assert str(tmp_path).encode() not in content, name
    assert json.loads((tmp_path / "reports" / "made-up" / "manifest.json").read_text())["site"]["asked"] == 4
