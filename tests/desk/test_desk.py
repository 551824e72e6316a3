"""The desk without a browser: what it shows, what it keeps, what it says when something is not right."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import foi_lib as foi
from foi_lib.dataset import Dataset
from foi_lib.desk import open_desk, view
from foi_lib.desk import sitting as s
from foi_lib.desk.widgets import Desk
from foi_lib.errors import FoiError
from foi_lib.notebook import Book
from foi_lib.reports.evidence import Case

EXAMPLE = "example-round-robin"
HARM = "<script>alert(1)</script><img src=x onerror=alert(2)>"


@pytest.fixture
def raw(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example with one letter, in which somebody has put markup; nobody has decided anything in this session."""
    folder = tmp_path / "data" / "raw" / EXAMPLE
    (folder / "letters").mkdir(parents=True)
    for name in ("request.yaml", "authorities.csv", "letters/wexcombe-council.txt"):
        shutil.copy(root / "data" / "raw" / EXAMPLE / name, folder / name)
    letter = folder / "letters" / "wexcombe-council.txt"
    text = letter.read_text("utf-8").replace("Canal Street", f"Canal Street {HARM}\nofficer.name@wexcombe.example")
    text = text.replace("Please see the answer to 1 above.", "Please see the answer to 1 above, or ask officer.name@wexcombe.example.")
    letter.with_name("wexcombe-council <b>.txt").write_text(text, "utf-8")
    letter.unlink()
    (folder / "answers.csv").write_text(
        "authority,question,period,value,source_note,source_url\n"
        f"Wexcombe Council,5,2024/25,3,a note of {HARM},https://x.example/?a=1&b=2\n"
        "Eskerby City Council,1,2024/25,3,by telephone,\n",
        "utf-8",
    )
    monkeypatch.setitem(s._remembered, "who", "")
    return folder


@pytest.fixture
def data(raw: Path) -> Dataset:
    return foi.load(EXAMPLE, raw.parent.parent)


@pytest.fixture
def desk(data: Dataset, raw: Path) -> Desk:
    return open_desk(Book(data, "2025-07-31"), raw.parent.parent, "Ada")


def rows(raw: Path) -> list[dict[str, str]]:
    with (raw / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def go(desk: Desk, question: str, start: str) -> None:
    """Look at the answer to a question for a period."""
    rows = desk.sitting.rows
    desk.sitting.go(next(str(row["answer_id"]) for row in rows if (row["question"], row["period_start"]) == (question, start)))


def test_what_is_decided_is_kept_and_the_desk_goes_on(desk: Desk, raw: Path) -> None:
    sitting = desk.sitting
    assert sitting.queued == [str(row["answer_id"]) for row in sitting.rows[: len(sitting.queued)]]  # the queue comes first
    go(desk, "2", "2022-04-01")
    first = sitting.row
    assert sitting.accept() == "Wexcombe Council, question 2: accepted by Ada. Kept in corrections.csv."
    assert sitting.row is not first
    go(desk, "1", "2022-04-01")
    sitting.correct("suppressed", "1 to 4", "the   note\nsays so")
    sitting.reject("it is the year")
    kept = rows(raw)
    assert [row["decision"] for row in kept] == ["confirm", "correct", "reject"]
    assert (kept[1]["outcome"], kept[1]["low"], kept[1]["high"], kept[1]["why"]) == ("suppressed", "1", "4", "the note says so")
    assert all(row["who"] == "Ada" and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", row["when"]) for row in kept)
    again = foi.load(EXAMPLE, raw.parent.parent)
    assert list(again.decisions["state"]) == ["applied"] * 3


def test_who_is_remembered_while_the_kernel_runs(desk: Desk, data: Dataset, raw: Path) -> None:
    desk.who.value = "  Ben   B. "
    assert open_desk(Book(data, "2025-07-31"), raw.parent.parent).who.value == "Ben B."


@pytest.mark.parametrize(
    ("outcome", "figure", "why", "message"),
    [
        ("", "many", "x", "'many' is not a number"),
        ("", "", "x", "outcome is empty"),
        ("withheld", "6", "x", "outcome 'withheld' has a figure beside it"),
        ("suppressed", "4 to 1", "x", "they should rise"),
        ("", "1 to 4", "x", "choose which, as the outcome"),
        ("", "31", " ", "say why, in a few words"),
        ("", "25", "x", "confirm it"),
    ],
)
def test_a_mistake_is_one_line_and_keeps_nothing(desk: Desk, raw: Path, outcome: str, figure: str, why: str, message: str) -> None:
    go(desk, "2", "2022-04-01")
    desk.buttons["Correct"].click()
    desk.outcome.value, desk.figure.value, desk.why.value = outcome, figure, why
    desk.save.click()
    told = re.sub(r"<[^>]+>", "", desk.status.value).replace("&#x27;", "'")
    assert message in told and "\n" not in told
    assert "foi-open" in desk.form._dom_classes and desk.figure.value == figure  # what was typed is still there
    assert not (raw / "corrections.csv").exists()


def test_a_decision_is_for_the_answer_on_the_screen_and_the_fields_as_they_stood(desk: Desk, raw: Path) -> None:
    """The script's message carries all: a letter typed last is not lost, and a key pressed twice decides on nothing unseen."""
    go(desk, "2", "2022-04-01")
    first = str(desk.sitting.row["answer_id"])
    told = {"act": "save", "answer": first, "who": "Ben", "outcome": 0, "figure": "31", "why": "the note"}
    desk.buttons["Correct"].click()
    desk.commit.value = json.dumps({"n": 1, **told})
    assert "corrected by Ben" in desk.status.value
    assert desk.heard.value == "<span>1</span>"
    desk.commit.value = json.dumps({"n": 2, **told, "act": "accept"})
    assert "nothing was decided on it" in desk.status.value
    desk.commit.value = "not the script's"
    desk.commit.value = json.dumps({"n": 3, **told, "act": "drop"})
    assert [(row["decision"], row["value"], row["who"]) for row in rows(raw)] == [("correct", "31", "Ben")]


def test_nothing_is_kept_in_nobodys_name_or_without_a_place(desk: Desk, data: Dataset, raw: Path) -> None:
    desk.who.value = " "
    with pytest.raises(FoiError, match="say first who decides"):
        desk.sitting.accept()
    shutil.rmtree(raw)
    lone = open_desk(Book(data, "2025-07-31"), raw.parent.parent, "Ada")
    lone.buttons["Accept"].click()
    assert "has no folder in data/raw: a decision cannot be kept" in lone.status.value
    assert not raw.exists()


def test_before_the_first_and_after_the_last(desk: Desk) -> None:
    desk.buttons["Previous"].click()
    assert "This is the first answer." in desk.status.value
    for _ in desk.sitting.rows:
        desk.buttons["Next"].click()
    assert "This is the last answer." in desk.status.value
    assert f"Answer {len(desk.sitting.rows)} of {len(desk.sitting.rows)}" in desk.where.value


def test_one_answer_can_be_asked_for(desk: Desk) -> None:
    name = str(desk.sitting.rows[7]["answer_id"])
    desk.sitting.go(name)
    assert desk.sitting.at == 7
    with pytest.raises(FoiError, match="no answer 'a1' in request"):
        desk.sitting.go("a1")


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


def test_no_letter_source_or_name_becomes_markup_and_people_are_masked(desk: Desk, data: Dataset) -> None:
    desk.who.value = HARM
    shown = []
    for _ in desk.sitting.rows:
        desk.buttons["Accept"].click()
        shown += [desk.letter.value, desk.reading.value, desk.status.value, desk.where.value]
    desk.buttons["Correct"].click()
    desk.figure.value = HARM
    desk.save.click()
    shown.append(desk.status.value)
    tags = Tags()
    tags.feed("".join(shown))
    assert not tags.seen & {"script", "img", "style", "iframe", "b"}
    assert not any(name.startswith("on") for name in tags.attributes)
    assert "&lt;script&gt;" in "".join(shown)
    assert "officer.name@" not in "".join(shown)


def test_the_words_looked_at_are_marked_once_among_the_others(desk: Desk, data: Dataset) -> None:
    case = Case(data)
    for row in desk.sitting.rows:
        html = view.letter_html(case, row)
        if row["source"] == "keyed":
            assert "No letter of it is held here" in html
        else:
            assert html.count(f'id="{view.HERE}"') == 1
            assert 'class="here"' in html and 'class="read"' in html


def test_of_a_long_letter_the_part_around_the_words_is_shown(data: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    row = next(row for row in data.answers.to_dict("records") if row["question"] == "4.1")
    whole = view.letter_html(Case(data), row)
    monkeypatch.setattr(view, "AROUND", 200)
    part = view.letter_html(Case(data), row)
    assert len(part) < len(whole) / 2
    assert part.count("only the part around these words is shown") == 2
    (marked,) = re.findall(r'<mark class="here"[^>]*>(?:<span[^>]*></span>)?([^<]*)</mark>', part)
    assert marked == row["quote"]


def test_the_reading_shows_machine_and_person_and_why_to_look(data: Dataset, raw: Path, desk: Desk) -> None:
    go(desk, "2", "2022-04-01")
    desk.sitting.correct("", "31", "the letter's note")
    again = foi.load(EXAMPLE, raw.parent.parent)
    (row,) = again.answers[again.answers["decision"] == "correct"].to_dict("records")
    html = view.reading_html(Case(again), row)
    assert "<strong>31</strong>" in html and "answered: 25" in html and "correct by Ada" in html
    assert "measure differs" in html
    desk.sitting.at = 0
    desk.show()
    assert "highest figure for data breaches" in desk.reading.value  # what hangs on the answer that the queue puts first


def test_a_request_without_answers_opens(data: Dataset, raw: Path) -> None:
    data.answers = data.answers.iloc[:0]
    empty = open_desk(Book(data, "2025-07-31"), raw.parent.parent, "Ada")
    empty.buttons["Accept"].click()
    assert "There are no answers." in empty.where.value
    with pytest.raises(FoiError, match="no answer to decide on"):
        empty.sitting.accept()


def test_opening_the_package_does_not_bring_widgets() -> None:
    code = "import sys, foi_lib, foi_lib.desk, foi_lib.reports; print('ipywidgets' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "False"
