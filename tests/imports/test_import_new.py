# ruff: noqa: E501
"""`foi new` and the request.yaml that imports write: it loads at once, whatever was put into it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.imports.asking import Asked, find_questions, quoted, request_yaml
from foi_lib.imports.new import new_request
from foi_lib.letters.model import QUESTION_KINDS
from foi_lib.reference import measures
from foi_lib.request import load_request


def test_a_new_request_loads_at_once(tmp_path: Path) -> None:
    folder = new_request("data-breaches-2024", tmp_path, "2025-03-31")
    request = load_request(folder)
    assert (request.title, str(request.as_of), request.authorities) == ("Data breaches 2024", "2025-03-31", ())
    assert [q.measure for q in request.questions] == ["breach_count", "compensation_paid_gbp"] and (folder / "letters").is_dir()
    text = (folder / "request.yaml").read_text("utf-8")
    assert all(f"{name}" in text for name in (*QUESTION_KINDS, *(one.name for one in measures())))  # what may be written stands there
    assert max(map(len, text.splitlines())) <= 140
    taken_up = text.replace("authorities: []\n", "authorities:\n").replace("#   - ", "  - ")
    (folder / "request.yaml").write_text(taken_up.replace("# sent_on", "sent_on"), encoding="utf-8")
    assert load_request(folder).authorities == ("Eastleigh Borough Council", "Rutland County Council")  # the comments are right too


@pytest.mark.parametrize("name", ["", "..", "../x", "a/b", "A b", "é", "x" * 81, "-a", "a-", ".a", "con*", "a\nb"])
def test_names_that_will_not_do(tmp_path: Path, name: str) -> None:
    with pytest.raises(FoiError, match="cannot be a request's name") as error:
        new_request(name, tmp_path, "2025-03-31")
    assert "\n" not in str(error.value) and not list(tmp_path.iterdir())
    better = re.search(r"such as (\S+)$", str(error.value))
    assert better is None or new_request(better[1], tmp_path, "2025-03-31").is_dir()


def test_nothing_is_made_over_a_request(tmp_path: Path) -> None:
    folder = new_request("a", tmp_path, "2025-03-31")
    (folder / "request.yaml").write_text("mine", encoding="utf-8")
    with pytest.raises(FoiError, match="there is such a request already"):
        new_request("a", tmp_path, "2025-03-31")
    assert (folder / "request.yaml").read_text("utf-8") == "mine"


@given(st.text())
def test_any_text_is_one_yaml_text(text: str) -> None:
    told = yaml.safe_load(f"title: {quoted(text)}\nas_of: 1")
    assert isinstance(told["title"], str) and set(told) == {"title", "as_of"}
    assert [c for c in told["title"] if c.isalnum()] == [c for c in text if c.isalnum()]


HOSTILE = 'x"\n- {a: !!python/object/apply:os.system [ls]} # &a *a %TAG'


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    text = request_yaml("a", HOSTILE, HOSTILE, "2025-03-31", [Asked("1", HOSTILE), Asked(HOSTILE, "b")])
    (tmp_path / "request.yaml").write_text(text, encoding="utf-8")
    request = load_request(tmp_path)
    assert request.title == request.questions[0].text == request.questions[1].label == " ".join(HOSTILE.split())


SENT = [
    ("1. How many data breaches were there in 2023?\n\n2. Please list them.\n", [("1", "breach_count", ["2023"]), ("2", "breach_details", [])]),
    ("Please tell me how many laptops were lost in 2021/22.\n", [("1", "other", ["2021/22"])]),
    ("I would like to know:\n\na) the number of data breaches in 2023\nb) the compensation paid in 2023/24\n",
     [("a", "breach_count", ["2023"]), ("b", "compensation_paid_gbp", ["2023/24"])]),
    ("1. How many data breaches were there in 2023?\n   a) How many of these were reported to the Information Commissioner?\n",
     [("1", "breach_count", ["2023"]), ("1.a", "ico_reported_count", [])]),
    ("1. How many breaches of data protection between 1 April 2021 and 30 June 2021?\n", [("1", "breach_count", ["2021-04-01/2021-06-30"])]),
    ("", []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), SENT, ids=range(len(SENT)))
def test_questions_of_a_message(tmp_path: Path, body: str, wanted: list[tuple[str, str, list[str]]]) -> None:
    found = find_questions(f"Dear Wexcombe Council,\n\n{body}\nYours faithfully,\n\nJo Example\n")
    assert [(one.label, one.measure, one.periods) for one in found] == wanted
    (tmp_path / "request.yaml").write_text(request_yaml("a", "b", "c", "2025-03-31", found or [Asked("1", "x")]), encoding="utf-8")
    assert [q.label for q in load_request(tmp_path).questions] == ([label for label, *_ in wanted] or ["1"])
