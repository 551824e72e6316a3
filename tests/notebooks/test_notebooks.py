"""Every notebook runs top to bottom for any request, says what is wrong in one line, and holds nothing but its own outputs."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from analysis import synthetic as t

from foi_lib.errors import FoiError
from foi_lib.frames import make_frame
from notebooks.on_disk import write
from notebooks.running import NAMES, NOTEBOOKS, Run, cells, run


def empty() -> dict[str, pd.DataFrame]:
    """Five councils asked, and not one answer."""
    return {"responses": t.responses(*(t.response(f"Council {i}", "no_reply") for i in range(5)))}


def refused() -> dict[str, pd.DataFrame]:
    """Three councils, and nothing but refusals."""
    rows = [
        t.refusal("Ashby"),
        t.refusal("Beech", outcome="neither_confirmed_nor_denied"),
        t.refusal("Cedar", "compensation_paid_gbp", "cost_limit"),
    ]
    return {"responses": t.responses(*(t.response(n) for n in ("Ashby", "Beech", "Cedar"))), "answers": t.answers(*rows)}


def strangers() -> dict[str, pd.DataFrame]:
    """A reply of a sender that nobody knows, beside one of a council that is known."""
    people = t.responses(t.response("Ashby"), {**t.response("Unknown authority (x.pdf)"), "authority_code": None})
    return {"responses": people, "answers": t.answers(t.answer("Ashby", 3), t.answer("Unknown authority (x.pdf)", 99))}


CASES = {"few": lambda: t.many(12), "one": lambda: t.many(1), "no-answers": empty, "only-refusals": refused, "strangers": strangers}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for name, make in CASES.items():
        write(folder, name, make())
    return folder


@cache
def opened(name: str, request: str, data_dir: Path) -> Run:
    parameters = {"request": request, "data_dir": str(data_dir)}
    if name == "council":
        parameters["council"] = {"no-answers": "Council 0", "only-refusals": "Ashby", "strangers": "Ashby"}.get(
            request, "Council 000 of Example"
        )
    return run(name, **parameters)


@pytest.mark.parametrize("request_name", CASES)
@pytest.mark.parametrize("name", NAMES)
def test_runs_top_to_bottom(name: str, request_name: str, data_dir: Path) -> None:
    shown = opened(name, request_name, data_dir)
    assert shown.error is None
    text = shown.text() + shown.text("text/markdown") + shown.text("text/plain")
    assert "Fictional example" in text
    assert "nan" not in re.findall(r"\w+", text.replace("Nan", "nan"))
    if name not in ("explore", "review"):  # these are for JupyterLab alone
        assert re.findall(r'data-bare="([^"]+)"', shown.text()) == [], "a report with a row that leads nowhere is not made"
    assert "<few>" not in shown.text("text/markdown")  # a request's title is text, not markup
    assert "99" not in re.findall(r"\d+", shown.text("text/markdown"))  # what a stranger said is no finding


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_runs_for_four_hundred_councils(name: str, tmp_path: Path) -> None:
    write(tmp_path, "many", t.many(400))
    assert opened(name, "many", tmp_path).error is None


class Evidence(HTMLParser):
    """The ids that a table's figures point to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.figures = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        found = [*(have.get("data-answer") or "").split(), *(have.get("data-answers") or "").split()]
        self.ids |= set(found)
        self.figures += bool(found)


@pytest.mark.parametrize("name", [n for n in NAMES if n != "explore"])
def test_figures_point_to_rows_that_there_are(name: str, data_dir: Path) -> None:
    tables = t.many(12)
    known = {*tables["answers"]["answer_id"], *tables["incidents"]["incident_id"]}
    seen = Evidence()
    seen.feed(opened(name, "few", data_dir).text())
    assert seen.ids <= known
    assert seen.figures >= (0 if name in ("05_quality", "review") else 5)


MISTAKES = [
    (
        "council",
        {"council": "Counsil 000 of Exampel", "request": "few"},
        "no council 'Counsil 000 of Exampel' in request 'few'; did you mean 'Council 000 of Example'",
    ),
    (
        "council",
        {"council": "Council 000 of Example"},
        "council 'Council 000 of Example' is in few and one: say which, as the parameter request",
    ),
    ("council", {"council": " ", "request": ""}, "parameter council is empty"),
    ("council", {"council": "Ashbie"}, "no council 'Ashbie' in any request of .*; did you mean .*'Ashby'"),
    ("02_breaches", {"request": "fwe"}, "no request 'fwe' in .*; did you mean 'few'|known: few"),
    ("03_compensation", {"request": "few", "as_of": "31/3/2018"}, "parameter as_of = '31/3/2018' is no date; write it as 2018-03-31"),
    ("04_refusals", {"reqeust": "few"}, "unknown parameter 'reqeust'; did you mean 'request'"),
    ("01_responses", {"request": "few", "council": "Ashby"}, "unknown parameter 'council'"),
]


@pytest.mark.parametrize(("name", "parameters", "message"), MISTAKES, ids=[f"{m[0]}-{i}" for i, m in enumerate(MISTAKES)])
def test_a_mistake_stops_with_one_line_that_names_the_nearest(name: str, parameters: dict[str, str], message: str, data_dir: Path) -> None:
    shown = run(name, data_dir=str(data_dir), **parameters)
    assert isinstance(shown.error, FoiError)
    assert re.search(message, str(shown.error)), str(shown.error)
    assert "\n" not in str(shown.error)
    assert len(shown.error._render_traceback_()) == 1
    assert not shown.bundles


def test_a_number_where_text_belongs_is_told(data_dir: Path) -> None:
    shown = run("02_breaches", request=2018, data_dir=str(data_dir))  # type: ignore[arg-type]
    assert "parameter request = 2018: text was expected" in str(shown.error)


def test_a_council_is_found_in_the_request_that_has_it(data_dir: Path) -> None:
    shown = run("council", council="Cedar", data_dir=str(data_dir))
    assert shown.error is None
    assert shown.bundles[0]["text/markdown"] == "# Cedar"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_is_short_and_asks_the_readers_questions(name: str) -> None:
    found = cells(name)
    tagged = [c for c in found if "parameters" in c["metadata"].get("tags", [])]
    assert len(tagged) == 1
    for line in "".join(tagged[0]["source"]).splitlines():
        assert re.fullmatch(r'\w+: str = "[^"]*"  # [^"]+', line), line  # typed, with a default and a comment that papermill can show
    headings = [line for c in found if c["cell_type"] == "markdown" for line in "".join(c["source"]).splitlines() if line.startswith("## ")]
    assert headings
    if name != "explore":
        assert all(h.endswith("?") for h in headings), headings
    for cell in found:
        assert sum(len(line.strip()) > 1 for line in "".join(cell["source"]).splitlines()) <= 15, "what grows goes into foi_lib"


@pytest.mark.parametrize("name", NAMES)
def test_git_holds_no_time_place_or_error(name: str) -> None:
    text = (NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8")
    assert not re.search(r'"(papermill|execution|start_time|duration)"|Traceback|ename|at 0x[0-9a-f]{6}', text)
    assert not any(f"{folder}/" in text for folder in (NOTEBOOKS.parent, Path.home()))


@pytest.mark.slow
def test_papermill_by_itself(tmp_path: Path, data_dir: Path) -> None:
    """As the README tells it, without our command: it works, it helps, and it fails with one line."""
    papermill = [sys.executable, "-m", "papermill"]
    notebook = str(NOTEBOOKS / "council.ipynb")

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*papermill, *arguments], capture_output=True, text=True, cwd=tmp_path, timeout=120)

    told = call("--help-notebook", notebook).stdout
    assert all(re.search(rf"{p}: str \(default .*\)\s+\S", told) for p in ("council", "request", "data_dir", "as_of")), told
    common = ["--no-progress-bar", "-p", "data_dir", str(data_dir)]
    good = call(notebook, "good.ipynb", "-p", "council", "Cedar", *common)
    assert good.returncode == 0, good.stderr
    bad = call(notebook, "bad.ipynb", "-p", "concil", "Cedar", *common)
    assert bad.returncode != 0
    assert bad.stderr.strip().splitlines()[-1] == "FoiError: unknown parameter 'concil'; did you mean 'council'?"


def test_an_empty_table_of_every_kind_is_no_request_without_tables(tmp_path: Path) -> None:
    """A request whose tables are all empty (nobody known was asked) is opened too."""
    write(tmp_path, "bare", {"responses": make_frame("responses", [])})
    for name in [n for n in NAMES if n != "council"]:
        assert run(name, request="bare", data_dir=str(tmp_path)).error is None, name
