"""What does not add up is told, with the reckoning, and no figure is touched."""

from __future__ import annotations

import pandas as pd
import pytest

from foi_lib.checks import run_checks
from foi_lib.frames import empty_frame, make_frame

WHOSE = {"request": "r", "authority": "Wexcombe Council", "authority_code": "X2", "slug": "wexcombe-council"}
Y2021, Y2022 = ("2021-04-01", "2022-03-31"), ("2022-04-01", "2023-03-31")


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


def test_nothing_to_check() -> None:
    assert len(run_checks(empty_frame("answers"), empty_frame("incidents"))) == 0
