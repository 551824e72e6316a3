"""Figures are compared, ranked and added only when measure, period and completeness agree; the rest is apart, with its reason."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import synthetic as t
from foi_lib.analysis import comparability as c
from foi_lib.analysis import joint
from foi_lib.analysis.figures import months
from foi_lib.joint_letters import answers_for

BASE = [t.answer("Ashby", 5), t.answer("Beech", 7), t.answer("Cedar", 9)]
# what one more answer of Dale says, and the reason why it stands apart
APART = [
    ("a financial year beside calendar years", t.answer("Dale", 3, fy=2017), "covers a financial year (2017/18), not a calendar year"),
    ("another calendar year", t.answer("Dale", 3, period_start="2016-01-01", period_end="2016-12-31"), "covers 2016, not 2017"),
    ("a year to date", t.answer("Dale", 3, partial_period=True), "the period had not ended"),
    (
        "half a year",
        t.answer("Dale", 3, period_kind="range", period_start="2017-01-01", period_end="2017-06-30"),
        "covers a stretch of 6 months (1 January 2017 to 30 June 2017), not a calendar year",
    ),
    (
        "three years in one",
        t.answer("Dale", 30, period_kind="range", period_start="2015-01-01", period_end="2017-12-31"),
        "covers a stretch of 36 months (2015 to 2017), not a calendar year",
    ),
    ("no period", t.answer("Dale", 3, period_kind="unstated", period_start=None, period_end=None), "the period is open or not stated"),
    ("an open end", t.answer("Dale", 3, period_kind="open", period_end=None), "the period is open or not stated"),
    ("a row of a breakdown", t.answer("Dale", 3, breakdown="Housing"), "a part of the whole (Housing), not a total"),
    (
        "a sum of ours",
        t.answer("Dale", 3, derived_by="sum of 12 months"),
        "worked out (sum of 12 months), not a figure that the letter states",
    ),
]


@pytest.mark.parametrize(("why", "row", "reason"), APART, ids=[a[0] for a in APART])
def test_what_differs_stands_apart_with_its_reason(why: str, row: dict, reason: str) -> None:
    found = c.compare(t.answers(*BASE, row), "breach_count", asked=4)
    assert sorted(found.rows["authority"]) == ["Ashby", "Beech", "Cedar"]
    assert list(zip(found.left_out["authority"], found.left_out["reason"], strict=True)) == [("Dale", reason)]
    assert c.total(found.rows, 4).text == "21"


def test_in_a_series_too_stretches_of_two_lengths_stay_apart() -> None:
    def stretch(who: str, first: int, last: int) -> dict:
        return t.answer(who, 9, period_kind="range", period_start=f"{first}-04-01", period_end=f"{last}-03-31")

    rows = [stretch("Ashby", 2015, 2018), stretch("Ashby", 2018, 2021), stretch("Beech", 2015, 2018), stretch("Cedar", 2016, 2018)]
    found = c.compare(t.answers(*rows), "breach_count", asked=3, years=True)
    assert found.n == 2
    assert list(found.left_out["reason"]) == ["covers 24 months, not 36"]


def test_another_measure_is_never_added() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 400, "incident_count")), "breach_count", asked=4)
    assert c.total(found.rows, 4).low == 21
    assert not len(found.left_out)  # another question's answer is not a gap in this one


def test_dates_say_the_kind_of_period_however_it_is_written() -> None:
    rows = [t.answer("Ashby", 5, fy=2017), t.answer("Beech", 7, period_kind="range", period_start="2017-04-01", period_end="2018-03-31")]
    found = c.compare(t.answers(*rows), "breach_count", asked=2)
    assert found.n == 2
    assert found.basis is not None
    assert found.basis.period == "2017/18"


def test_the_whole_by_name_is_no_part() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 3, breakdown="Total")), "breach_count", asked=4)
    assert found.n == 4


NAMES = [
    ("names what is counted", "Data breaches", True),
    ("names it more fully", "Number of personal data breaches recorded", True),
    ("a department", "Housing", False),
    ("another measure", "Breaches reported to the ICO", False),
    ("a cause", "Lost paper", False),
]


@pytest.mark.parametrize(("why", "label", "whole"), NAMES, ids=[n[0] for n in NAMES])
def test_a_lone_label_that_names_the_measure_is_the_whole(why: str, label: str, whole: bool) -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 3, breakdown=label)), "breach_count", asked=4)
    assert found.n == (4 if whole else 3)


def test_a_label_among_others_is_a_part_whatever_it_says() -> None:
    rows = [t.answer("Dale", 3, breakdown="Data breaches"), t.answer("Dale", 9, breakdown="Near misses")]
    assert c.compare(t.answers(*BASE, *rows), "breach_count", asked=4).n == 3


def test_parts_beside_a_whole_are_no_gap() -> None:
    rows = [t.answer("Ashby", 2, breakdown="Housing"), t.answer("Ashby", 3, breakdown="Tax")]
    found = c.compare(t.answers(*BASE, *rows), "breach_count", asked=3)
    assert (len(found.left_out), len(found.to_explain)) == (2, 0)


def test_most_councils_decide_the_period_and_of_equals_the_latest() -> None:
    two = [t.answer("Ashby", 1, fy=2021), t.answer("Ashby", 2, fy=2022), t.answer("Beech", 3, fy=2021), t.answer("Beech", 4, fy=2022)]
    latest = c.compare(t.answers(*two), "breach_count", asked=2)
    most = c.compare(t.answers(*two, t.answer("Cedar", 9, fy=2021)), "breach_count", asked=3)
    asked_for = c.compare(t.answers(*two), "breach_count", asked=2, period=("2021-04-01", "2022-03-31"))
    assert [f.basis.period for f in (latest, most, asked_for) if f.basis] == ["2022/23", "2021/22", "2021/22"]
    # other years of councils that are compared are no gap; a council with another year only is one
    assert not len(latest.to_explain)
    later = c.compare(t.answers(*two, t.answer("Cedar", 9, fy=2019)), "breach_count", asked=3)
    assert list(later.to_explain["reason"]) == ["covers 2019/20, not 2022/23"]


def test_a_suppressed_figure_is_an_interval_and_its_sum_a_range() -> None:
    rows = [
        *BASE,
        t.answer("Dale", None, outcome="suppressed", low=1, high=4),
        t.answer("Elm", None, outcome="suppressed", low=5, high=None),
    ]
    closed, opened = (c.total(c.compare(t.answers(*r), "breach_count", asked=5).rows, 5) for r in (rows[:4], rows))
    assert (closed.low, closed.high, closed.text) == (22, 25, "22 to 25")
    assert (opened.low, opened.high, opened.text) == (27, math.inf, "at least 27")


def test_fewer_than_ten_has_no_lower_end_but_nil() -> None:
    found = c.figures(t.answers(t.answer("Ashby", None, outcome="suppressed", low=None, high=9)))
    assert list(found["figure"]) == ["0 to 9"]


def test_a_stated_nil_counts_and_a_refusal_does_not() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 0), t.refusal("Elm")), "breach_count", asked=5)
    assert (found.n, c.total(found.rows, 5).low, found.text) == (4, 21, "4 of 5")


def test_a_nil_without_a_number_is_nought() -> None:
    assert list(c.figures(t.answers(t.answer("Dale", None, outcome="nil")))["low"]) == [0.0]


def test_no_figure_of_text_or_of_a_list() -> None:
    rows = t.answers(
        t.answer("Ashby", None, "breach_details", outcome="disclosed", kind="details"), t.answer("Beech", 5, kind="percentage")
    )
    assert not len(c.figures(rows))


def test_a_figure_given_jointly_counts_once() -> None:
    place = {"sha256": "f" * 64, "start": 100, "end": 102}
    rows = t.answers(
        t.answer("Beech", 40, **place), t.answer("Ashby", 40, **place), t.answer("Cedar", 40, sha256="f" * 64, start=300, end=302)
    )
    found = c.compare(rows, "breach_count", asked=3)
    assert c.total(found.rows, 3).low == 80
    assert list(found.left_out["reason"]) == ["given jointly with Ashby; counted once"]


def test_a_letter_that_answers_for_two_gives_one_figure() -> None:
    """Two files, no place in common: the letter says for whom it speaks, and the figures agree."""
    rows = t.answers(t.answer("Beech Council", 40), t.answer("Ashby Council", 40), t.answer("Cedar Council", 40))
    people = t.responses(*(t.response(n) for n in ("Ashby Council", "Beech Council", "Cedar Council")))
    texts = pd.DataFrame(
        {
            "slug": ["ashby-council", "cedar-council"],
            "file": ["a.txt", "c.txt"],
            "text": ["Dear Sir.\nThis is a joint response of Ashby and Beech Councils.\n1. 40", "Cedar Council\nWe write for both. 40"],
        }
    )
    marked = joint.mark(rows, texts, people)
    found = c.compare(marked, "breach_count", asked=3)
    assert c.total(found.rows, 3).low == 80
    assert dict(zip(found.rows["authority"], found.rows["jointly_with"], strict=True)) == {
        "Ashby Council": "Beech Council",
        "Cedar Council": "",
    }
    assert list(found.left_out["reason"]) == ["given jointly with Ashby Council; counted once"]
    differ = c.compare(joint.mark(rows.assign(low=[41.0, 40, 40], high=[41.0, 40, 40]), texts, people), "breach_count", asked=3)
    assert differ.n == 3, "two councils whose figures differ did not give one"


SPEAKS = [
    ("says so", "This response is given on behalf of Ashby District Council and Beech Borough Council.", True),
    ("a shared service", "Our shared legal service answers for Ashby and Beech.", True),
    ("over two lines", "This is a joint\nreply of Ashby and\nBeech.", True),
    ("no word of being joint", "Ashby District Council shares a border with Beech Borough Council.", False),
    ("names itself only", "I write on behalf of Ashby District Council.", False),
    ("names the other in another sentence", "I write on behalf of Ashby District Council. Please ask Beech Borough Council.", False),
    ("names a third that nobody asked", "On behalf of Ashby and Elmhurst.", False),
]


@pytest.mark.parametrize(("why", "text", "expected"), SPEAKS, ids=[s[0] for s in SPEAKS])
def test_whom_a_letter_answers_for(why: str, text: str, expected: bool) -> None:
    others = ["Ashby District Council", "Beech Borough Council", "Cedar City Council"]
    assert answers_for(text, others[0], others) == (["Beech Borough Council"] if expected else [])


def test_a_keyed_figure_whose_note_says_joint_counts_once() -> None:
    told = {"source": "keyed", "source_url": "https://news.example/1", "start": None, "note": "one joint figure for Ashby and Beech"}
    rows = t.answers(t.answer("Beech", 40, **told), t.answer("Ashby", 40, **told), t.answer("Cedar", 40, **{**told, "note": None}))
    assert c.total(c.compare(rows, "breach_count", asked=3).rows, 3).low == 80


NIL = {"period_kind": "range", "period_start": "2021-04-01", "period_end": "2024-03-31"}


def test_a_nil_stated_for_years_is_a_nil_in_each() -> None:
    others = [t.answer(p, v, fy=year) for p, v in (("Ashby", 5), ("Beech", 7)) for year in (2021, 2022, 2023)]
    rows = t.answers(*others, t.answer("Dale", 0, **NIL))
    found = c.compare(rows, "breach_count", asked=3)
    assert (found.n, c.total(found.rows, 3).low, len(found.left_out[found.left_out["authority"] == "Dale"])) == (3, 12, 0)
    mine = found.rows[found.rows["authority"] == "Dale"].iloc[0]
    assert (mine["figure"], mine["period"], mine["derived_by"]) == ("0", "2023/24", "nil stated for 2021/22 to 2023/24")
    over = c.compare(rows, "breach_count", asked=3, years=True)
    assert list(over.rows[over.rows["authority"] == "Dale"]["period"]) == ["2021/22", "2022/23", "2023/24"]
    assert len(c.total(over.rows, 3).answer_ids) == 7, "one answer, three nils"


NOT_SPREAD = [
    ("another figure than nil", t.answer("Dale", 3, **NIL), []),
    ("fewer than five is no nil", t.answer("Dale", None, outcome="suppressed", low=0, high=4, **NIL), []),
    ("a nil that had not ended", t.answer("Dale", 0, partial_period=True, **NIL), []),
    ("a nil that covers a part of the year", t.answer("Dale", 0, **{**NIL, "period_end": "2023-12-31"}), []),
    ("a nil for a part of the council", t.answer("Dale", 0, breakdown="Housing", **NIL), []),
    ("nil for the years", t.answer("Dale", 0, **NIL), ["0"]),
]


@pytest.mark.parametrize(("why", "row", "expected"), NOT_SPREAD, ids=[n[0] for n in NOT_SPREAD])
def test_what_is_spread_over_years_and_what_is_not(why: str, row: dict, expected: list[str]) -> None:
    rows = t.answers(t.answer("Ashby", 5, fy=2023), t.answer("Beech", 7, fy=2023), row)
    found = c.compare(rows, "breach_count", asked=3)
    assert list(found.rows[found.rows["authority"] == "Dale"]["figure"]) == expected
    assert ("Dale" in set(found.left_out["authority"])) is not bool(expected)


def test_a_councils_own_figure_speaks_before_its_nil_for_years() -> None:
    rows = t.answers(t.answer("Ashby", 5, fy=2023), t.answer("Beech", 7, fy=2023), t.answer("Beech", 0, **NIL))
    found = c.compare(rows, "breach_count", asked=2)
    assert sorted(found.rows["figure"]) == ["5", "7"]


def test_keyed_figures_without_a_place_are_not_taken_for_joint() -> None:
    rows = t.answers(t.answer("Beech", 40, source="keyed"), t.answer("Ashby", 40, source="keyed"))
    assert c.compare(rows, "breach_count", asked=2).n == 2


def test_two_figures_for_one_period_are_both_apart() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 3), t.answer("Dale", 4)), "breach_count", asked=4)
    assert found.n == 3
    assert list(found.left_out["reason"]) == ["two figures for the same period: 3 and 4"] * 2


def test_the_same_figure_said_twice_counts_once() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Dale", 3), t.answer("Dale", 3)), "breach_count", asked=4)
    assert (found.n, c.total(found.rows, 4).low) == (4, 24)
    assert list(found.left_out["reason"]) == ["the same figure, said twice"]


def test_the_main_question_speaks_where_two_share_a_measure() -> None:
    found = c.compare(t.answers(*BASE, t.answer("Ashby", 2, question="1a")), "breach_count", asked=3)
    assert c.total(found.rows, 3).low == 21
    assert list(found.left_out["reason"]) == ["answers question 1a, not question 1"]


RANKS = [
    ("plain", [(9, 9), (7, 7), (5, 5)], ["1", "2", "3"]),
    ("equals share a rank", [(9, 9), (7, 7), (7, 7), (5, 5)], ["1", "2=", "2=", "4"]),
    ("a suppressed figure apart from the others has its rank", [(9, 9), (1, 4), (0, 0)], ["1", "2", "3"]),
    ("one that overlaps leaves the rank open", [(3, 3), (1, 4), (0, 0)], ["1–2", "1–2", "3"]),
    ("two suppressed figures", [(1, 4), (1, 4)], ["1–2", "1–2"]),
    ("no upper end", [(100, 100), (5, math.inf)], ["1–2", "1–2"]),
]


@pytest.mark.parametrize(("why", "pairs", "expected"), RANKS, ids=[r[0] for r in RANKS])
def test_ranks(why: str, pairs: list[tuple[float, float]], expected: list[str]) -> None:
    assert c.ranks([{"low": low, "high": high} for low, high in pairs]) == expected


@given(st.lists(st.integers(0, 20).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, low + 5))), max_size=8), st.randoms())
def test_any_true_figures_have_ranks_within_those_told(pairs: list[tuple[int, int]], dice: object) -> None:
    """Whatever the suppressed figures really are, the true ranks lie in the ranges told."""
    told = c.ranks([{"low": low, "high": high} for low, high in pairs])
    true = [dice.randint(low, high) for low, high in pairs]  # type: ignore[attr-defined]
    for i, text in enumerate(told):
        ends = text.replace("=", "").split("–")
        rank = 1 + sum(v > true[i] for v in true)
        assert int(ends[0]) <= rank <= int(ends[-1])


@settings(max_examples=20)
@given(st.lists(st.sampled_from(APART), max_size=6))
def test_every_figure_is_compared_or_left_out_with_a_reason(extra: list[tuple[str, dict, str]]) -> None:
    rows = t.answers(*BASE, *({**row, "authority": f"X{i}", "slug": f"x{i}"} for i, (_, row, _) in enumerate(extra)))
    found = c.compare(rows, "breach_count", asked=20)
    ids = [*found.rows["answer_id"], *found.left_out["answer_id"]]
    assert sorted(ids) == sorted(rows["answer_id"])
    assert found.left_out["reason"].str.len().gt(5).all()


def test_nothing_at_all() -> None:
    found = c.compare(t.answers(), "breach_count", asked=0)
    assert (found.n, found.basis, c.total(found.rows, 0).text, list(found.left_out.columns)) == (0, None, "–", c.LEFT_OUT)


MONTHS = [
    ("2017-01-01", "2017-12-31", 12),
    ("2016-01-01", "2016-12-31", 12),
    ("2017-02-01", "2017-02-28", 1),
    ("2021-04-01", "2024-03-31", 36),
    ("2017-05-05", "2017-05-05", 0),
    ("2017-01-01", None, None),
]


@pytest.mark.parametrize(("start", "end", "expected"), MONTHS)
def test_months(start: str, end: str | None, expected: int | None) -> None:
    assert months(start, end) == expected
