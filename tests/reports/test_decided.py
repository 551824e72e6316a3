"""Where a person and the program read differently, every page shows both; a draft says so on every page."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from foi_lib.analysis import decided
from foi_lib.frames import make_frame
from foi_lib.reports.clean import Links, clean
from foi_lib.reports.draft import draft_of
from foi_lib.reports.evidence import Case
from foi_lib.reports.index import index_page
from foi_lib.reports.letters import letter_page
from foi_lib.reports.page import site_of
from foi_lib.reports.reply import reply_page
from foi_lib.reports.tables import table_html
from foi_lib.reports.workbook import workbook

from .made import Data, small

SLUG = "ambleford-council"
SIGNED = {"decided_by": "AB", "decided_on": "2024-03-01", "decision_why": "the table's total", "decision_id": "d1"}
READ = {"machine_outcome": "disclosed", "machine_value": 6.0, "machine_low": 6.0, "machine_high": 6.0}
EIGHT = {"outcome": "disclosed", "value": 8.0, "low": 8.0, "high": 8.0, "source": "correction"}
NONE = {"outcome": "unanswered", "value": None, "low": None, "high": None, "source": "correction"}
# what was decided about the first answer, which the program reads as 6; what is said beside it, and in a sentence
CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "corrected": ({**EIGHT, **READ, **SIGNED, "decision": "correct"}, "program: 6",
                  "Corrected by AB on 1 March 2024: the table's total. The program reads 6."),
    "confirmed": ({**READ, **SIGNED, "decision": "confirm", "decision_why": None}, "", "Confirmed by AB on 1 March 2024."),
    "rejected": ({**NONE, **READ, **SIGNED, "decision": "reject"}, "rejected; program: 6",
                 "Rejected by AB on 1 March 2024: the table's total. The program reads 6."),
    "excluded": ({**READ, **SIGNED, "decision": "exclude"}, "", "Left out of comparisons by AB on 1 March 2024: the table's total."),
    "added": ({**EIGHT, **SIGNED, "decision": "add"}, "program: nothing",
              "Added by AB on 1 March 2024: the table's total. The program reads nothing there."),
    "corrected, and keyed before": (
        {**EIGHT, **SIGNED, "keyed_outcome": "disclosed", "keyed_value": 7.0, "decision": "correct"}, "keyed: 7",
        "Corrected by AB on 1 March 2024: the table's total. Keyed by hand was 7."),
    "untouched": (READ, "", ""),
}  # fmt: skip
CONFLICT = {
    "decision_id": "d1", "request": "made-up", "line": 2, "state": "conflict", "decision": "correct", "authority": "Ambleford Council",
    "question": "1", "machine_outcome": "disclosed", "machine_value": 5.0, "outcome": "disclosed", "value": 8.0, "low": 8.0, "high": 8.0,
    "who": "AB", "when": "2024-03-01", "answer_id": "a0000000001", "now_outcome": "disclosed", "now_value": 6.0,
    "note": "the words it was made on have changed",
}  # fmt: skip


def made(changes: dict[str, Any], decisions: list[dict[str, Any]] | None = None) -> Data:
    data = small()
    rows = data.answers.to_dict("records")
    rows[0] |= {"unit": "count", **changes}
    data.answers = make_frame("answers", [{k: None if v is None or pd.isna(v) else v for k, v in row.items()} for row in rows])
    data.decisions = make_frame("decisions", decisions or [])
    return data


def pages(data: Data) -> dict[str, str]:
    case, site = Case(data), site_of(data, "0", False)
    case.check()
    table = clean(table_html(data.answers[["authority", "slug", "value", "low", "high", "outcome", "answer_id"]]), Links(case.evidence))
    return {
        "index": index_page(case, site, frozenset()), "letter": letter_page(case, SLUG, site, None), "reply": reply_page(case, SLUG, site),
        "table": table,
    }  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_both_readings_are_shown_on_every_page(name: str) -> None:
    changes, beside, told = CASES[name]
    data = made(changes)
    row = data.answers.iloc[0]
    assert (decided.beside(row), decided.told(row)) == (beside, told)
    shown = pages(data)
    escaped = told.replace("'", "&#39;")
    for page in ("letter", "reply") if name != "rejected" else ("letter",):  # a rejected figure is none that we mean to publish
        assert escaped in " ".join(shown[page].split()), page
    for page in ("index", "table"):
        assert not beside or f"({beside})" in shown[page] or f"({beside.removeprefix('rejected; ')})" in shown[page], page
        assert ("foi-beside" in shown[page].replace(".foi-beside", "")) == bool(beside), page
    if name == "rejected":
        assert "rejected</span>" in shown["index"]


def test_tables_of_councils_say_what_a_person_decided() -> None:
    from foi_lib.analysis import council, counts
    from foi_lib.analysis.grid import grid

    for name, note, said in (
        ("corrected", "corrected by a person (program: 6)", "Corrected by AB on 1 March 2024: the table's total. The program reads 6."),
        ("untouched", "", None),
    ):
        data = made({**CASES[name][0], "kind": "count"})
        table = grid(data.responses, data.answers, data.request.questions)
        league = counts.league(table, data.answers, data.responses, "breach_count").table
        assert league.set_index("slug").loc[SLUG, "note"] == note
        answered = council.answered(data.answers, table, SLUG)
        assert ("decided" in answered) == (said is not None)
        if said:
            assert answered["decided"].iloc[0] == said


def test_a_conflict_is_shown_with_both_everywhere_and_listed() -> None:
    data = made({**READ, "needs_review": True, "review_reasons": "correction_conflict"}, [CONFLICT])
    shown = pages(data)
    for page in ("index", "table"):
        assert "(AB: 8, in conflict)" in shown[page], page
    for page in ("letter", "reply"):
        assert "On 1 March 2024 AB decided: 8; the words have changed since." in shown[page], page
    assert 'id="decisions"' in shown["index"] and "the words it was made on have changed (line 2 of corrections.csv)" in shown["index"]
    assert "1 decision by people" in shown["index"]
    both = decided.side_by_side(data.answers, data.decisions)
    assert both[["in the tables", "the program", "the person", "by"]].values.tolist() == [["6", "6", "8", "AB"]]
    assert decided.to_look_at(data.decisions)[["the person", "the program now", "by"]].values.tolist() == [["8", "6", "AB"]]


def test_decisions_without_object_and_unusable_ones_are_listed() -> None:
    gone = {**CONFLICT, "state": "without_object", "answer_id": None, "decision": "reject", "now_outcome": None, "now_value": None}
    unusable = {"decision_id": "u1", "request": "made-up", "line": 3, "state": "unusable", "note": "who is empty"}
    data = made({}, [gone, unusable, {**CONFLICT, "decision_id": "d3", "state": "superseded"}])
    page = pages(data)["index"]
    assert "without object: what it is about is no longer there" in page and "who is empty (line 3 of corrections.csv)" in page
    assert "superseded" not in page and "3 decisions by people" in page
    assert decided.sentence(data.decisions) == [
        "3 decisions by 1 person are on record.", "2 of them do not hold, and want a look.",
    ]  # fmt: skip
    assert decided.tally(data.decisions)["decisions"].tolist() == [1, 1, 1]


def test_without_decisions_nothing_is_said_of_them() -> None:
    shown = pages(made(READ))
    assert "decisions by people" not in shown["index"] and 'id="decisions"' not in shown["index"]
    assert decided.sentence(small().decisions) == [
        "Nobody has decided on any answer yet: every figure is as the program read it, or as it was keyed."
    ]


def test_the_workbook_has_both_readings_and_every_decision() -> None:
    data = made(CASES["corrected"][0], [{**CONFLICT, "state": "applied"}])
    book = openpyxl.load_workbook(io.BytesIO(workbook(Case(data), site_of(data, "0", False, draft="12 answers are left."))))
    heads = [cell.value for cell in book["Answers"][1]]
    row = dict(zip(heads, [cell.value for cell in book["Answers"][2]], strict=True))
    assert (row["value"], row["machine_value"], row["decided_by"]) == (8, 6, "AB")
    assert [cell.value for cell in book["Decisions"][2]][:5] == ["d1", "made-up", 2, "applied", "correct"]
    assert "DRAFT: 12 answers are left." in [cell.value for cell in book["Cover"]["A"]]


def test_a_draft_says_so_on_every_page() -> None:
    data = made({})
    for draft, marked in (("2 answers are left.", True), ("", False)):
        case, site = Case(data), site_of(data, "0", False, draft=draft)
        for page in (index_page(case, site, frozenset()), letter_page(case, SLUG, site, None), reply_page(case, SLUG, site)):
            assert ("<strong>DRAFT</strong> 2 answers are left." in page) == marked


@pytest.mark.parametrize(
    ("rule", "decide", "left"),
    [
        ("", [], None), ("all", [], 4), ("all", [0, 1], 2), ("doubtful", [], 1), ("doubtful", [0], None), ("all", [0, 1, 2, 3], None),
    ],
)  # fmt: skip
def test_reports_are_a_draft_until_the_request_s_own_rule_is_met(
    rule: str, decide: list[int], left: int | None, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from foi_lib.analysis import queue

    rests = pd.DataFrame(
        [("all", f"a{n}", 0.2, False, n == 3) for n in range(4)], columns=["headline", "answer_id", "influence", "named", "joins"]
    )
    answers = pd.DataFrame({"answer_id": [f"a{n}" for n in range(4)], "decision": None, "needs_review": [True, False, False, False]})
    answers.loc[decide, ["decision", "needs_review"]] = ["confirm", False]
    rests["joins"] = False
    monkeypatch.setattr(queue, "headlines", lambda *_: rests)
    monkeypatch.setattr("foi_lib.notebook.Book.grid", None)
    monkeypatch.setattr("foi_lib.notebook.Book.answers", answers)
    monkeypatch.setattr("foi_lib.notebook.Book.responses", None)
    data = small()
    data.request.check_headlines = rule  # type: ignore[attr-defined]
    said = draft_of(data)
    assert (said == "") if left is None else said.startswith(f"{left} answer")
