"""What does not add up is told, with the reckoning, and no figure is touched."""

from __future__ import annotations

import time

import pandas as pd
import pytest

from foi_lib.checks import run_checks
from foi_lib.frames import empty_frame, make_frame

WHOSE = {"request": "r", "authority": "Wexcombe Council", "authority_code": "X2", "slug": "wexcombe-council"}
Y2021, Y2022 = ("2021-04-01", "2022-03-31"), ("2022-04-01", "2023-03-31")

_STARTS = ["2021-04-01", "2021-07-01", "2021-10-01", "2022-01-01", "2022-04-01"]
_ENDS = ["2021-06-30", "2021-09-30", "2021-12-31", "2022-03-31"]
QUARTERS = [{"value": v, "of": of, "period_kind": "quarter"} for v, of in zip((7.0, 8.0, 9.0, 7.0), zip(_STARTS, _ENDS))]  # noqa: B905


def answers(*rows: dict[str, object]) -> pd.DataFrame:
    full = []
    for n, row in enumerate(rows):
        start, end = row.pop("of", Y2021)  # type: ignore[misc]
        base = {**WHOSE, "answer_id": f"a{n}", "question": "1", "measure": "breach_count", "outcome": "disclosed", "source": "letter",
                "needs_review": False, "period_kind": "financial_year", "period_start": start, "period_end": end}  # fmt: skip
        full.append({**base, **row})
    return make_frame("answers", full)


@pytest.mark.parametrize(
    ("rows", "check", "message"),
    [
        ([{"value": 15.0, "breakdown": "A"}, {"value": 24.0, "breakdown": "B"}, {"value": 133.0, "breakdown": "Total"}],
         "rows_against_total", "15 + 24 = 39, but the total stated is 133"),
        ([{"value": 15.0, "breakdown": "A"}, {"value": 24.0, "breakdown": "B"}, {"value": 39.0}], None, ""),  # it adds up
        ([{"value": 15.0, "breakdown": "A"}, {"value": 133.0}], None, ""),  # one part is not a breakdown
        ([{"value": 6.0}, {"value": 7.0}], "answered_twice", "answered with 6 and 7"),
        ([{"value": 6.0}, {"value": 6.0}], None, ""),  # said twice, and the same
        ([{"value": 6.0}, {"value": 7.0, "of": Y2022}], None, ""),
        ([{"value": 32.0}, {"value": 359.0, "of": Y2022}], "own_earlier_figure", "32 in the year from 2021, 359 from 2022"),
        ([{"value": 0.0}, {"value": 9.0, "of": Y2022}], None, ""),  # small numbers leap
        ([{"value": 2000.0, "unit": "GBP"}, {"value": 79200.0, "unit": "GBP", "of": Y2022}], None, ""),  # payments do, too
        ([{"value": 32.0}, {"value": 359.0, "of": ("2023-04-01", "2024-03-31")}], None, ""),  # not the year after
        ([{"value": 6.0, "needs_review": True, "review_reasons": "differs_from_keyed", "keyed_outcome": "nil", "keyed_value": 0.0}],
         "differs_from_keyed", "read in the letter: disclosed 6; keyed by hand: nil 0"),
        ([{"value": 30.0}, {"value": 55.0, "of": Y2022}, {"value": 86.0, "of": (Y2021[0], Y2022[1]), "period_kind": "range"}],
         "years_against_whole", "30 + 55 = 85 for the years, but 86 for the whole period"),
        ([{"value": 30.0}, {"value": 86.0, "of": (Y2021[0], Y2022[1]), "period_kind": "range"}], None, ""),  # a year is missing
        ([{"value": 30.0}, {"value": 56.0, "of": Y2022}, {"value": 86.0, "of": (Y2021[0], Y2022[1]), "period_kind": "range"}], None, ""),
        ([{"value": 30.0}, *QUARTERS], "quarters_against_whole", "7 + 8 + 9 + 7 = 31 for the quarters, but 30 for the whole period"),
        ([{"value": 31.0}, *QUARTERS], None, ""),
        ([{"value": 30.0}, *QUARTERS[:3]], None, ""),  # a quarter is missing
    ],
)  # fmt: skip
def test_each_check(rows: list[dict[str, object]], check: str | None, message: str) -> None:
    table = answers(*(dict(row) for row in rows))
    before = table.copy(deep=True)
    found = run_checks(table)
    pd.testing.assert_frame_equal(table, before)
    assert found["check"].tolist() == ([check] if check else [])
    if check:
        assert message in found["message"].iloc[0] and "a0" in found["answer_ids"].iloc[0]


@pytest.mark.parametrize(("stated", "told"), [(2.0, 0), (6.0, 1)])
def test_a_list_against_the_number_stated(stated: float, told: int) -> None:
    kinds = ["breach", "breach", "incident"]
    listed = [{**WHOSE, "incident_id": f"i{n}", "kind": kind, "source": "letter"} for n, kind in enumerate(kinds)]
    found = run_checks(answers({"value": stated}), make_frame("incidents", listed))
    assert len(found) == told
    if told:
        assert found["message"].iloc[0] == "6 stated, 2 listed as breach"


@pytest.mark.parametrize(
    ("anchor", "told"),
    [
        ({}, 1),
        ({"value": 32.0}, 0),  # the same figure
        ({"authority_code": "X1"}, 0),  # another's
        ({"period_start": "2020-04-01"}, 0),
        ({"measure": "compensation_paid"}, 0),
        ({"authority_code": None, "authority": "(22 councils)"}, 0),  # a group is no council
    ],
)
def test_a_figure_against_a_published_one(anchor: dict[str, object], told: int) -> None:
    base = {"request": "r", "investigation": "Survey", "authority": "Wexcombe Council", "authority_code": "X2", "measure": "data_incidents",
            "period_start": Y2021[0], "period_end": Y2021[1], "value": 317.0, "source_url": "https://news.example/1"}  # fmt: skip
    found = run_checks(answers({"value": 32.0}), published=make_frame("published", [{**base, **anchor}]))
    assert found["message"].tolist() == ["32 here, but Survey published 317 (https://news.example/1)"] * told


def council(n: int, *values: float, **cells: object) -> list[dict[str, object]]:
    """Answers of council n: its figures for 2021/22, 2022/23 …"""
    who = {"authority": f"Council {n:02d}", "slug": f"council-{n:02d}", "kind": "count", **cells}
    years = [(f"{2021 + i}-04-01", f"{2022 + i}-03-31") for i in range(len(values))]
    return [{**who, "answer_id": f"a{n}-{i}", "value": v, "of": of} for i, (v, of) in enumerate(zip(values, years, strict=True))]


def across(*councils: list[dict[str, object]]) -> list[tuple[str, str, str]]:
    found = run_checks(answers(*(row for rows in councils for row in rows)))
    return list(found[["check", "slug", "message"]].itertuples(index=False, name=None))


ORDINARY = [12, 14, 15, 17, 18, 20, 23, 26]


def test_a_figure_far_from_the_others() -> None:
    usual = [council(n, v) for n, v in enumerate(ORDINARY)]
    assert across(*usual) == []
    assert across(*usual, council(9, 180)) == [
        ("far_from_others", "council-09", "180 for 2021/22; half of 9 councils lie from 15 to 23"),
    ]
    assert across(*usual[:6], council(9, 180)) == [], "of seven nobody is far"
    assert across(*usual, council(9, 180, partial_period=True)) == [], "half a year is compared with none of these"
    assert across(*usual, council(9, 180, breakdown="Housing")) == []
    assert [row[:2] for row in across(*(council(n, 3) for n in range(8)), council(9, 90))] == [("far_from_others", "council-09")]


def test_one_value_of_many_councils() -> None:
    same = [council(n, v) for n, v in enumerate([25, 12, 25, 17, 25, 30])]
    assert across(*same) == [("same_value", "council-00", "25 for 2021/22 is the figure of 3 councils: Council 00, Council 02, Council 04")]
    assert across(*(council(n, v) for n, v in enumerate([25, 12, 25, 17, 31, 30]))) == []
    assert across(*(council(n, v) for n, v in enumerate([4, 4, 4, 4]))) == [], "small numbers are often alike"
    many = [20 + n for n in range(40)]
    assert across(*(council(n, v) for n, v in enumerate(many))) == []
    many[5] = many[6] = many[7]
    assert [row[0] for row in across(*(council(n, v) for n, v in enumerate(many)))] == ["same_value"], "three rows on end"
    many = [20 + n for n in range(40)]
    many[5] = many[17] = many[30]
    assert across(*(council(n, v) for n, v in enumerate(many))) == [], "three of forty, here and there, is chance"


def test_councils_with_all_the_same_figures() -> None:
    told = across(council(1, 12, 40, 7), council(2, 12, 40, 7), council(3, 11, 41, 8))
    assert told == [("perhaps_joint", "council-01", "Council 01 and Council 02 gave the same 3 figures: one joint answer, or a copy?")]
    assert across(council(1, 0, 0, 0), council(2, 0, 0, 0)) == []
    assert across(council(1, 12, 40), council(2, 12, 40)) == [], "two figures may be alike by chance"
    place = {"sha256": "f" * 64, "start": 5}
    assert across(council(1, 12, 40, 7, **place), council(2, 12, 40, 7, **place)) == [], "known to be joint: it counts once"


def test_a_letter_that_answers_for_a_silent_council_too() -> None:
    people = [{**WHOSE, "authority": f"{n} Council", "slug": n.lower(), "status": "answered"} for n in ("Ashby", "Beech")]
    texts = pd.DataFrame({"slug": ["ashby"], "file": ["a.txt"], "text": ["This is a joint reply of Ashby and Beech Councils."]})
    for status, told in (("no_reply", 1), ("answered", 0)):
        people[1]["status"] = status
        found = run_checks(empty_frame("answers"), texts=texts, responses=make_frame("responses", people))
        assert found["message"].tolist() == ["its letter says that it answers for Beech Council too, of which we hold no answer"] * told


def test_four_hundred_councils_are_checked_at_once() -> None:
    rows = [row for n in range(400) for row in council(n, *(n * k % 97 + 10 for k in range(1, 6)))]
    table = answers(*rows)
    began = time.process_time()
    run_checks(table)
    assert time.process_time() - began < 2, "a second here is ten for a request of ten questions"


def test_nothing_to_check() -> None:
    assert len(run_checks(empty_frame("answers"), empty_frame("incidents"))) == 0
