"""Counts by council, year, kind and region; lists of incidents."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import synthetic as t
from foi_lib.analysis import counts as k
from foi_lib.analysis import grid as g

PEOPLE = ["Ashby", "Beech", "Cedar", "Dale", "Elm", "Fern"]


def league(*rows: dict, people: list[dict] | None = None, measure: str = "breach_count") -> k.League:
    asked = t.responses(
        *(people or [t.response(p, tier="single", region="North", population=100_000, population_year=2017) for p in PEOPLE])
    )
    table = t.answers(*rows)
    return k.league(g.grid(asked, table, t.QUESTIONS), table, asked, measure)


def test_everyone_asked_stands_in_the_table_as_what_it_is() -> None:
    people = [t.response(p) for p in PEOPLE[:-1]] + [t.response("Fern", "no_reply")]
    found = league(
        t.answer("Ashby", 0),
        t.answer("Beech", 7),
        t.refusal("Cedar"),
        t.refusal("Dale", outcome="neither_confirmed_nor_denied"),
        t.refusal("Elm", outcome="not_held"),
        people=people,
    ).table
    assert list(zip(found["rank"], found["authority"], found["figure"], strict=True)) == [
        ("1", "Beech", "7"),
        ("2", "Ashby", "0"),
        ("–", "Cedar", "withheld"),
        ("–", "Dale", "neither confirmed nor denied"),
        ("–", "Elm", "not held"),
        ("–", "Fern", "no reply"),
    ]


def test_what_cannot_be_compared_is_shown_with_its_figure_and_reason_but_no_rank() -> None:
    found = league(t.answer("Ashby", 3), t.answer("Beech", 4), t.answer("Cedar", 90, partial_period=True)).table.set_index("authority")
    row = found.loc["Cedar"]
    assert (row["rank"], row["figure"], row["note"]) == ("–", "not comparable", "90 (2017 (part)): the period had not ended")
    assert pd.isna(row["low"])


def test_hedges_and_doubts_stand_beside_the_figure() -> None:
    found = league(t.answer("Ashby", 2, qualifier="known", needs_review=True)).table
    assert found["note"].iloc[0] == "“known” in the letter; to be reviewed"


def test_a_sender_that_nobody_knows_is_not_ranked() -> None:
    assert league(t.answer("Ashby", 3), t.answer("Stranger", 99)).comparison.n == 1


def test_rates_use_exact_figures_and_known_populations_only() -> None:
    people = [
        t.response("Ashby", population=50_000, population_year=2017),
        t.response("Beech"),
        t.response("Cedar", population=50_000, population_year=2017),
    ]
    found = league(t.answer("Ashby", 5), t.answer("Beech", 5), t.answer("Cedar", None, outcome="suppressed", low=1, high=4), people=people)
    rates = found.table.set_index("authority")["per_100k"]
    assert rates["Ashby"] == 10
    assert rates[["Beech", "Cedar"]].isna().all()
    assert k.population_note(found) == "Residents: mid-year estimates of 2017."


def test_money_has_no_rate() -> None:
    assert league(t.answer("Ashby", 500, "compensation_paid_gbp", fy=2021), measure="compensation_paid_gbp").table["per_100k"].isna().all()


def test_spread_is_of_exact_figures() -> None:
    rows = league(
        *(t.answer(p, v) for p, v in zip(PEOPLE, [0, 2, 4, 6, 100], strict=False)),
        t.answer("Fern", None, outcome="suppressed", low=1, high=4),
    ).ranked
    found = k.spread(rows)
    assert (found.n, found.median, found.lower, found.upper, found.most, found.intervals) == (5, 4, 2, 6, 100, 1)
    assert len(found.answer_ids) == 5


def test_a_median_of_two_is_not_shown() -> None:
    people = [t.response("Ashby", tier="upper"), t.response("Beech", tier="upper"), *(t.response(p, tier="lower") for p in PEOPLE[2:])]
    rows = [t.answer(p, v) for p, v in zip(PEOPLE, [1, 3, 10, 20, 30], strict=False)]
    found = k.by_kind(league(*rows, people=people), "tier").set_index("tier")
    assert found.loc["upper", ["n", "of", "median", "total"]].tolist() == [2, 2, "–", "4"]
    assert found.loc["lower", ["n", "of", "median", "total"]].tolist() == [3, 4, "20", "60"]


def test_change_over_time_uses_only_councils_with_every_year() -> None:
    """In one library data set the fall is 24.8% with all councils and 17.8% with the same ones: the change must be told of the same."""
    rows = [
        t.answer("Ashby", 10, fy=2021),
        t.answer("Ashby", 8, fy=2022),
        t.answer("Beech", 10, fy=2021),
        t.answer("Beech", 9, fy=2022),
        t.answer("Cedar", 50, fy=2021),
    ]
    found, _ = k.series(t.answers(*rows), "breach_count", asked=3)
    assert list(found["low"]) == [70, 17]
    assert list(found["matched_low"]) == [20, 17]
    assert list(found["matched_n"]) == [2, 2]
    change = k.changes(t.answers(*rows), "breach_count", asked=3)
    assert list(zip(change["authority"], change["change"], strict=True)) == [("Beech", -1), ("Ashby", -2)]


def test_a_series_is_not_mixed_of_kinds_of_year() -> None:
    rows = [t.answer("Ashby", 1, fy=2021), t.answer("Beech", 2, fy=2021), t.answer("Cedar", 99)]
    found, comparison = k.series(t.answers(*rows), "breach_count", asked=3)
    assert list(found["period"]) == ["2021/22"]
    assert list(comparison.left_out["authority"]) == ["Cedar"]


def test_listed_incidents_and_those_without_a_category() -> None:
    listed = t.many(40)["incidents"]
    found = k.incidents_by(listed, "category").set_index("category")
    assert found["incidents"].sum() == len(listed)
    assert found.loc["not stated", "incidents"] == listed["category"].isna().sum() > 0


MAIN = [
    ("breaches come first", [t.answer("Ashby", 1), t.answer("Ashby", 1, "cyber_incident_count")], "breach_count"),
    (
        "what nobody gave yields to what somebody gave",
        [t.refusal("Ashby"), t.answer("Ashby", 1, "cyber_incident_count")],
        "cyber_incident_count",
    ),
    ("a measure of the request's own", [t.answer("Ashby", 1, "potholes", kind="count")], "potholes"),
    ("money is no count", [t.answer("Ashby", 9, "compensation_paid_gbp", fy=2021)], "breach_count"),
    ("nothing at all", [], "breach_count"),
]


@pytest.mark.parametrize(("why", "rows", "expected"), MAIN, ids=[m[0] for m in MAIN])
def test_main_measure(why: str, rows: list[dict], expected: str) -> None:
    answers = t.answers(*rows)
    assert k.main_measure(g.grid(t.responses(t.response("Ashby")), answers, t.QUESTIONS), answers) == expected


def test_a_question_answered_in_another_measure_still_says_who_did_what() -> None:
    found = league(t.answer("Ashby", 5, "potholes", question="1"), t.refusal("Beech"), measure="potholes").table
    assert dict(zip(found["authority"], found["figure"], strict=True))["Beech"] == "withheld"
