"""How far two readings agree: kappa against published examples, what is compared with what, and what is left to settle."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import synthetic as t
from foi_lib.analysis import agreement as a
from foi_lib.frames import make_frame


def crossed(table: list[list[int]]) -> tuple[list[str], list[str]]:
    """Two readers' categories from the table of how often each pair was given."""
    pairs = [(str(r), str(c)) for r, row in enumerate(table) for c, count in enumerate(row) for _ in range(count)]
    return [one for one, _ in pairs], [other for _, other in pairs]


@pytest.mark.parametrize(
    ("table", "observed", "expected", "kappa"),
    [
        # Cohen 1960, his worked example, 200 cases: proportions .44 .07 .09 / .05 .20 .05 / .01 .03 .06
        ([[88, 14, 18], [10, 40, 10], [2, 6, 12]], 0.70, 0.41, 0.492),
        # Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions (3rd edition), table 18.1: 100 patients
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.89, 0.66, 0.676),
        ([[5, 0], [0, 5]], 1.0, 0.5, 1.0),
        ([[0, 5], [5, 0]], 0.0, 0.5, -1.0),  # worse than chance
    ],
)
def test_kappa_of_published_examples(table: list[list[int]], observed: float, expected: float, kappa: float) -> None:
    found = a.kappa(*crossed(table))
    assert (found.observed, found.expected) == (pytest.approx(observed), pytest.approx(expected))
    assert found.value == pytest.approx(kappa, abs=0.0005)


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [([], [], "nothing was read by both"), (["nil"] * 9, ["nil"] * 9, "both gave one and the same outcome throughout")],
)
def test_kappa_that_is_not_defined_says_so(one: list[str], other: list[str], why: str) -> None:
    found = a.kappa(one, other)
    assert (found.value, found.why) == (None, why)


def test_one_reader_with_one_category_is_chance_and_no_error() -> None:
    assert a.kappa(["nil"] * 4, ["nil", "nil", "nil", "withheld"]).value == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_kappa_is_the_same_from_either_side_and_in_any_order(pairs: list[tuple[str, str]]) -> None:
    one, other = [list(side) for side in zip(*pairs, strict=True)]
    found = a.kappa(one, other)
    assert found.value == a.kappa(other, one).value
    assert found.value == a.kappa(one[::-1], other[::-1]).value
    if found.value is not None:
        assert -1 <= found.value <= 1
        assert (found.value == 1) == (one == other)


def read(*said: Any) -> pd.DataFrame:
    """What the program read of one council: a figure for each financial year from 2000, or an outcome."""
    return t.answers(*(_row(value, fy=2000 + n) for n, value in enumerate(said)))


def _row(said: Any, **cells: Any) -> dict[str, Any]:
    return t.refusal("Ashby", outcome=said, **cells) if isinstance(said, str) else t.answer("Ashby", said, **cells)


def keyed(coder: str, *said: Any, more: tuple[dict[str, Any], ...] = ()) -> pd.DataFrame:
    """The same as a person keyed it, row by row of `read`; None where the row was not keyed; `more` about what no answer is about."""
    known = set(make_frame("coding", []).columns)
    rows = [{**_row(value, fy=2000 + n), "answer_id": f"a{n:010x}"} for n, value in enumerate(said) if value is not None] + list(more)
    told = [
        {**{name: value for name, value in row.items() if name in known}, "coder": coder, "line": line,
         "item": row.get("answer_id") or f"k{row['question']}{row['period_start']}"}
        for line, row in enumerate(rows, 2)
    ]  # fmt: skip
    return make_frame("coding", told)


def by_field(table: pd.DataFrame, one: str = "the program", other: str = "ada") -> dict[str, dict[str, Any]]:
    return {r["field"]: r for r in table.to_dict("records") if (r["first"], r["second"]) == (one, other)}


def test_agreement_field_by_field() -> None:
    """Eight answers: one figure differs, one refusal is read as a nil."""
    table = by_field(a.agreement(read(1, 2, 3, 4, 5, 6, "withheld", "withheld"), keyed("ada", 1, 2, 3, 4, 5, 66, "withheld", 0)))
    assert (table["outcome"]["n"], table["outcome"]["of"], table["outcome"]["agree"]) == (7, 8, "7 of 8 (87.5%)")
    assert table["outcome"]["interval"] == "52.9% to 97.8%"
    assert table["outcome"]["kappa"] == pytest.approx((7 / 8 - 38 / 64) / (1 - 38 / 64))  # 6×6 + 2×1 + 0×1 of 64 by chance
    # the refusal that both saw has no figure: it is no agreement about one
    assert (table["figure"]["n"], table["figure"]["of"]) == (5, 7)
    assert (table["period"]["n"], table["period"]["of"]) == (7, 7)
    assert (table["provisions"]["of"], table["provisions"]["agree"]) == (0, "–")


def test_below_five_only_counts_are_given() -> None:
    table = by_field(a.agreement(read(1, 2, 3, 4), keyed("ada", 1, 2, 3, 44)))
    assert (table["figure"]["agree"], table["figure"]["interval"]) == ("3 of 4", "–")
    assert pd.isna(table["outcome"]["kappa"])
    assert "no kappa" in table["outcome"]["note"]
    assert a.findings(read(1), keyed("ada", 1)) == ["Only 1 answer was read by the program and the coder ada: too few for a share."]


def test_one_outcome_throughout_has_no_kappa() -> None:
    table = by_field(a.agreement(read(1, 2, 3, 4, 5, 6), keyed("ada", 1, 2, 3, 4, 5, 6)))
    assert table["outcome"]["agree"] == "6 of 6 (100.0%)"
    assert pd.isna(table["outcome"]["kappa"])
    assert table["outcome"]["note"] == "no kappa: both gave one and the same outcome throughout"


def test_what_only_one_has_is_counted_and_listed_and_is_no_agreement() -> None:
    missed = t.answer("Ashby", 7, fy=2020)
    answers, coding = read(1, 2, 3, 4, 5, 6), keyed("ada", 1, 2, None, 4, 5, 6, more=(missed,))
    assert by_field(a.agreement(answers, coding))["outcome"]["note"].endswith("1 answer only of the program; 1 answer only of ada")
    listed = a.disagreements(answers, coding).to_dict("records")
    assert [(r["period"], r["differ"], r["said"], r["also_said"]) for r in listed] == [
        ("2002/03", "only one has it", "3", "nothing"), ("2020/21", "only one has it", "nothing", "7"),
    ]  # fmt: skip


def test_a_question_that_a_coder_was_not_given_is_not_missing() -> None:
    answers = pd.concat([read(1, 2), t.answers(t.answer("Beech", 9), t.refusal("Ashby", "cyber_incident_count"))])
    answers["answer_id"] = [f"a{n:010x}" for n in range(len(answers))]
    assert a.disagreements(answers, keyed("ada", 1, 2)).empty


def test_a_question_that_the_program_said_nothing_of_is_missing() -> None:
    """It read the whole letter: a coder was given some questions."""
    unseen = t.answer("Ashby", 5, "cyber_incident_count")
    (row,) = a.disagreements(read(1, 2), keyed("ada", 1, 2, more=(unseen,))).to_dict("records")
    assert (row["question"], row["said"], row["also_said"]) == ("2", "nothing", "5")


def test_the_program_is_held_to_what_it_read_not_to_what_a_person_made_of_it() -> None:
    corrected = read(1, 22).assign(machine_outcome=[None, "nil"], machine_value=[float("nan"), 0.0])
    table = by_field(a.agreement(corrected, keyed("ada", 1, 22)))
    assert (table["figure"]["n"], table["figure"]["of"]) == (1, 2)
    (row,) = a.disagreements(corrected, keyed("ada", 1, 22)).to_dict("records")
    assert (row["differ"], row["said"], row["also_said"]) == ("outcome, figure", "nil: 0", "answered: 22")


def test_people_are_held_against_each_other_and_against_answers_csv() -> None:
    coding = pd.concat([keyed("answers.csv", 1, 2), keyed("ada", 1, 3), keyed("bob", None, 3)])
    found = a.readings(read(1, 2), coding)
    assert a.pairs(found) == [
        ("the program", "answers.csv"), ("the program", "ada"), ("the program", "bob"), ("answers.csv", "ada"), ("answers.csv", "bob"),
        ("ada", "bob"),
    ]  # fmt: skip


def test_a_period_is_compared_where_there_is_a_figure() -> None:
    """A refusal is of the question: whoever keyed it need not have said for which years."""
    other = t.refusal("Ashby", fy=2000) | {"period_start": None, "period_end": None, "period_kind": None, "answer_id": "a0000000000"}
    coding = keyed("ada", more=(other,))
    assert by_field(a.agreement(read("withheld"), coding))["period"]["of"] == 0
    wrong = t.answer("Ashby", 1, fy=1999) | {"answer_id": "a0000000000"}
    (row,) = a.disagreements(read(1), keyed("ada", more=(wrong,))).to_dict("records")
    assert (row["differ"], row["said"], row["also_said"]) == ("period", "1, 2000/01", "1, 1999/00")


def test_nothing_read_twice_says_so() -> None:
    assert a.findings(read(1), make_frame("coding", [])) == ["No answer was read twice: nobody keyed what another, or the program, read."]
    assert a.agreement(read(), make_frame("coding", [])).empty
