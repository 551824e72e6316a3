"""What is claimed of the program's accuracy: from decisions alone, by field and by doubt, and nothing where they are few."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis import synthetic as t
from foi_lib.analysis import accuracy as a
from foi_lib.analysis import checked as log
from foi_lib.frames import make_frame

NOTHING: dict[str, Any] = dict.fromkeys(("outcome", "value", "low", "high"))


def machine(**read: Any) -> dict[str, Any]:
    return {f"machine_{name}": read.get(name) for name in NOTHING}


def figure(value: float | None, outcome: str | None = None) -> dict[str, Any]:
    return {"outcome": outcome or ("nil" if value == 0 else "disclosed"), "value": value, "low": value, "high": value}


class Made:
    """Answers of one council, and what people decided about them."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.decisions: list[dict[str, Any]] = []

    def answer(self, read: float | None, doubt: str = "", **cells: Any) -> str:
        name, fy = f"a{len(self.rows):02d}", 2000 + len(self.rows)
        self.rows.append({**t.answer("Ashby", read, fy=fy), "answer_id": name, "review_reasons": doubt, "needs_review": bool(doubt),
                          **machine(**figure(read)), "sha256": "s1", **cells})  # fmt: skip
        return name

    def decide(self, decision: str, name: str | None, person: dict[str, Any] | None = None, state: str = "applied", **cells: Any) -> None:
        row = next((row for row in self.rows if row["answer_id"] == name), {})
        about = {key: row.get(key) for key in ("question", "measure", "period_start", "period_end", "breakdown", "sha256", "quote")}
        read = {key: row.get(key) for key in machine()}
        if row and state == "applied":
            row |= {"decision": decision, "decided_by": cells.get("who", "AB"), "decided_on": "2025-02-03", "needs_review": False}
            row |= {"source": "correction", **(person or NOTHING | {"outcome": "unanswered"})} if decision in ("correct", "reject") else {}
        self.decisions.append({"decision_id": f"d{len(self.decisions)}", "request": "test", "line": len(self.decisions) + 2, "state": state,
                               "decision": decision, "authority": "Ashby", "answer_id": name, "who": "AB", "when": "2025-02-03",
                               **about, **read, **(person or NOTHING), **cells})  # fmt: skip

    @property
    def answers(self) -> pd.DataFrame:
        return make_frame("answers", self.rows)

    @property
    def table(self) -> pd.DataFrame:
        return make_frame("decisions", self.decisions)

    @property
    def found(self) -> list[a.Checked]:
        return a.checked(self.answers, self.table)


@pytest.fixture
def made() -> Made:
    """Ten answers, eight checked: five confirmed; a wrong figure in doubt, a wrong outcome and a figure that is none without a doubt."""
    made = Made()
    for n in range(5):
        name = made.answer(n + 1, "figure_in_prose" if n < 2 else "")
        made.decide("confirm", name, figure(n + 1))
    made.decide("correct", made.answer(60, "figure_in_prose; table_cells_run_together"), figure(6))
    made.decide("correct", made.answer(0), {**NOTHING, "outcome": "not_held"})
    made.decide("reject", made.answer(2017))
    made.answer(8)
    made.answer(9, "figure_in_prose")
    return made


def line(table: pd.DataFrame, name: str) -> dict[str, Any]:
    (row,) = table[table.iloc[:, 0] == name].to_dict("records")
    return row


def test_by_field(made: Made) -> None:
    table = a.by_field(made.found)
    whole = line(table, "the whole answer")
    assert (whole["n"], whole["of"], whole["right"], whole["interval"]) == (5, 8, "5 of 8 (62.5%)", "30.6% to 86.3%")
    assert whole["wrong_answer_ids"] == "a05; a06; a07"
    assert (line(table, "the outcome")["n"], line(table, "the outcome")["of"]) == (6, 7)  # a rejection judges no outcome
    assert (line(table, "the figure")["n"], line(table, "the figure")["of"]) == (5, 7)
    assert (line(table, "what was read is an answer at all")["n"], line(table, "what was read is an answer at all")["of"]) == (7, 8)


def test_by_doubt_with_the_silent_errors(made: Made) -> None:
    table = a.by_doubt(made.found, made.answers)
    plain, prose = line(table, "no doubt named"), line(table, "figure in prose")
    assert next(iter(table["doubt"])) == "no doubt named"
    assert (plain["given"], plain["n"], plain["of"], plain["right"]) == (6, 3, 5, "3 of 5 (60.0%)")
    assert plain["wrong_answer_ids"] == "a06; a07"
    assert (prose["given"], prose["n"], prose["of"], prose["right"], prose["interval"]) == (4, 2, 3, "2 of 3", "–")  # too few for a share
    assert line(table, "table cells run together")["wrong"] == 1  # an answer with two doubts counts under both
    assert [one.answer_id for one in a.silent_errors(made.found)] == ["a06", "a07"]


def test_in_words(made: Made) -> None:
    assert a.findings(made.found, made.answers, made.table) == [
        "This rests on 8 of 10 answers that the program read and a person then checked.",
        "The program was right in 5 of 8 (62.5%), 95% interval 30.6% to 86.3%; they were chosen for checking, not by lot.",
        "Among 5 checked answers without a named doubt, people found 2 silent errors.",
    ]


def test_nothing_is_claimed_from_few_or_none() -> None:
    few = Made()
    few.answer(1)
    none = "No person has checked the one answer that the program read: nothing here says how often it is right."
    assert a.findings(few.found, few.answers, few.table) == [none]
    assert a.by_field(few.found).empty
    few.decide("confirm", few.answer(2, "figure_in_prose"), figure(2))
    told = a.findings(few.found, few.answers, few.table)
    assert told[1] == "It was right in 1 of 1: too few to say how often it is right."
    assert "silent errors are not known" in told[2]
    assert not any("%" in str(cell) for cell in a.by_field(few.found)["right"])


def test_a_missed_answer_counts_against_what_was_found_and_is_no_silent_misreading(made: Made) -> None:
    made.decide("add", None, figure(3), question="4", sha256="s1", quote="three claims")
    assert (line(a.by_field(made.found), "an answer that is in the letter was found")["n"],) == (7,)
    assert line(a.by_field(made.found), "an answer that is in the letter was found")["of"] == 8  # the rejected one is in no letter
    assert line(a.by_field(made.found), "the whole answer")["of"] == 9
    assert len(a.silent_errors(made.found)) == 2
    assert line(a.by_doubt(made.found, made.answers), "no doubt named")["of"] == 5  # as before: it bears no doubt, nor none
    assert "1 answer was missed, and added by a person." in a.findings(made.found, made.answers, made.table)


def test_words_put_under_another_period_are_one_error_of_period() -> None:
    """Rejected where they stood and added where they belong: nothing was missed, and the figure is right."""
    one = Made()
    name = one.answer(7)
    one.decide("reject", name)
    stood = one.decisions[0]
    moved = {key: stood[key] for key in ("question", "measure", "sha256", "quote")}
    one.decide("add", None, figure(7), **moved, period_start="2016-01-01", period_end="2016-12-31")
    (found,) = one.found
    assert found.what == "filed"
    assert {name for name, right in found.right.items() if not right} == {"period"}
    assert line(a.by_field(one.found), "the period")["wrong"] == 1
    assert "missed" not in " ".join(a.findings(one.found, one.answers, one.table))


def test_the_same_words_of_another_file_are_other_words() -> None:
    one = Made()
    one.decide("reject", one.answer(7))
    stood = one.decisions[0]
    one.decide("add", None, figure(7), **{key: stood[key] for key in ("question", "measure", "quote")}, sha256="s2")
    assert [found.what for found in one.found] == ["reject", "add"]


def test_a_doubt_that_a_decision_brought_is_none_of_the_readings(made: Made) -> None:
    made.rows[6] |= {"review_reasons": "correction_conflict"}
    assert [one.answer_id for one in a.silent_errors(made.found)] == ["a06", "a07"]


@pytest.mark.parametrize("state", ["superseded", "conflict", "without_object", "unusable"])
def test_a_decision_that_does_not_hold_judges_nothing(made: Made, state: str) -> None:
    before = len(made.found)
    made.decide("correct", "a08", figure(80), state=state)
    assert len(made.found) == before
    told = " ".join(a.findings(made.found, made.answers, made.table))
    assert ("not counted" in told) == (state != "superseded")


def test_what_was_keyed_and_what_was_excluded_are_no_judgement_of_the_program(made: Made) -> None:
    before = len(made.found)
    keyed = made.answer(5, source="keyed", sha256=None, **dict.fromkeys(machine()))
    made.decide("confirm", keyed, figure(5), machine_outcome="disclosed", machine_value=5.0)
    made.decide("exclude", "a08", figure(8))
    assert len(made.found) == before


def test_the_program_is_judged_by_what_it_read_then(made: Made) -> None:
    """Corrected then; today the reader has learnt it: that is no proof of how it reads letters that nobody has corrected."""
    before = line(a.by_field(made.found), "the figure")
    made.decide("correct", made.answer(5), figure(50), state="agrees")
    made.rows[-1] |= machine(**figure(50))
    after = line(a.by_field(made.found), "the figure")
    assert (after["of"], after["n"]) == (before["of"] + 1, before["n"])


def test_the_log_says_of_each_answer_who_checked_it_and_when(made: Made) -> None:
    coding = make_frame("coding", [{"item": "a08", "answer_id": "a08", "coder": "ada", "line": 2, "request": "test", "authority": "Ashby",
                                    "slug": "ashby", "question": "1", "outcome": "disclosed"}])  # fmt: skip
    entries = log.log(made.answers, coding)
    rows = {row["answer_id"]: row for row in entries.to_dict("records")}
    assert (rows["a00"]["checked"], rows["a00"]["by"], rows["a00"]["checked_on"]) == ("confirmed", "AB", "2025-02-03")
    assert (rows["a05"]["checked"], rows["a05"]["said"]) == ("corrected", "6")
    assert (rows["a07"]["checked"], rows["a07"]["said"]) == ("rejected", "question not answered")
    assert (rows["a08"]["checked"], rows["a08"]["keyed by"]) == ("not checked", "ada")  # a second reading is no check
    assert rows["a09"]["doubt"] == "figure in prose"
    assert log.findings(entries) == [
        "8 of 10 answers have been checked by a person (AB, on 3 February 2025).", "2 answers rest on one reading that nobody has checked.",
    ]  # fmt: skip
    (one,) = log.by_question(entries).to_dict("records")
    told = ("answers", "checked", "not checked", "of these in doubt", "keyed by hand too")
    assert tuple(one[name] for name in told) == (10, 8, 2, 1, 1)


def test_a_check_that_no_longer_fits_is_no_check(made: Made) -> None:
    made.rows[8] |= {"needs_review": True, "review_reasons": "correction_conflict"}
    made.rows[0] |= {"needs_review": True, "review_reasons": "correction_conflict"}
    entries = log.log(made.answers, make_frame("coding", []))
    assert list(entries.set_index("answer_id").loc[["a00", "a08"], "checked"]) == ["to be checked again"] * 2
    assert log.findings(entries)[-1] == "2 checks no longer fit what the letter says."


def test_a_silence_that_nobody_looked_at_is_nothing_to_check() -> None:
    silent = Made()
    silent.answer(None, outcome="unanswered", machine_outcome="unanswered")
    assert log.log(silent.answers, make_frame("coding", [])).empty
    assert log.findings(log.log(silent.answers, make_frame("coding", []))) == ["There is no answer to check."]
