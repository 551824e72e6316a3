"""Which keyed row stands beside which row of the letter."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.merge import agree, merge

Y1, Y2 = ("2021-04-01", "2022-03-31"), ("2022-04-01", "2023-03-31")


def row(value: float | None = None, of: tuple[str | None, str | None] = Y1, outcome: str = "", **more: Any) -> dict[str, Any]:
    base = {"question": "1", "measure": "breach_count", "breakdown": None, "period_start": of[0], "period_end": of[1], "value": value,
            "low": value, "high": value, "outcome": outcome or ("nil" if value == 0 else "disclosed"), "provisions": [], "source": "letter",
            "review_reasons": [], "needs_review": False}  # fmt: skip
    return {**base, **more}


def keyed(value: float | None = None, of: tuple[str | None, str | None] = Y1, outcome: str = "", **more: Any) -> dict[str, Any]:
    return row(value, of, outcome, source="keyed", **more)


@pytest.mark.parametrize(
    ("letter", "hand", "beside"),
    [
        ([row(6.0)], [keyed(6.0)], [6.0]),
        ([row(6.0, Y1), row(7.0, Y2)], [keyed(7.0, Y2), keyed(6.0, Y1)], [6.0, 7.0]),  # whatever the order
        ([row(6.0, question="Q1.")], [keyed(6.0)], [6.0]),  # labels as people write them
        ([row(6.0, (None, None))], [keyed(6.0)], [6.0]),  # the letter does not say which year
        ([row(6.0)], [keyed(6.0, (None, None))], [6.0]),
        ([row(6.0, ("2021-04-01", None))], [keyed(6.0)], [6.0]),  # "2021 to date"
        ([row(6.0, breakdown="known")], [keyed(6.0)], [6.0]),  # one figure: its label need not be keyed
        ([row(6.0, breakdown="A"), row(7.0, breakdown="B")], [keyed(7.0, breakdown="b ")], [None, 7.0]),
        ([row(6.0, breakdown="A"), row(7.0, breakdown="B")], [keyed(7.0)], [None, None]),  # a total? a part? not for us to guess
        ([row(6.0), row(7.0)], [keyed(7.0)], [None, 7.0]),  # said twice: beside the one that agrees
        ([row(6.0, measure="incident_count")], [keyed(6.0)], [None]),  # another thing
        ([row(6.0, Y1)], [keyed(6.0, Y2)], [None]),  # another year
    ],
)  # fmt: skip
def test_pairs(letter: list[dict[str, Any]], hand: list[dict[str, Any]], beside: list[float | None]) -> None:
    merged = merge(letter, hand, letter_was_read=True)
    assert [one.get("keyed_value") for one in merged if one["source"] == "letter"] == beside
    alone = [one for one in merged if one["source"] == "keyed"]
    assert len(alone) == len(hand) - sum(value is not None for value in beside)
    assert all(one["review_reasons"] == ["keyed_not_in_letter"] for one in alone)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (row(6.0), keyed(6.004), True),  # half a penny
        (row(6.0), keyed(6.01), False),
        (row(None, outcome="withheld"), keyed(None, outcome="not_held"), False),
        (row(None, outcome="withheld", provisions=["s31", "s40(2)"]), keyed(None, outcome="withheld", provisions=["s40(2)", "s31"]), True),
        (row(None, outcome="withheld", provisions=["s31"]), keyed(None, outcome="withheld", provisions=["s12"]), False),
        (row(None, outcome="withheld", provisions=["s31"]), keyed(None, outcome="withheld"), True),  # not keyed
        (row(None, outcome="suppressed", low=1.0, high=4.0), keyed(None, outcome="suppressed", low=0.0, high=4.0), False),
        (row(0.0), keyed(None, outcome="nil"), False),
    ],
)  # fmt: skip
def test_agreement(one: dict[str, Any], other: dict[str, Any], same: bool) -> None:
    assert agree(one, other) is same


FIGURES, PERIODS = st.none() | st.sampled_from([0.0, 1.0, 6.0]), st.sampled_from([Y1, Y2, (None, None)])
ROWS = st.lists(
    st.builds(
        row, FIGURES, PERIODS, st.sampled_from(["", "withheld", "unanswered"]),
        question=st.sampled_from(["1", "2"]), breakdown=st.sampled_from([None, "A", "B"]),
    ),
    max_size=5,
)  # fmt: skip


@given(ROWS, ROWS)
def test_nothing_that_was_keyed_or_read_is_lost(letter: list[dict[str, Any]], hand: list[dict[str, Any]]) -> None:
    for one in hand:
        one["source"] = "keyed"
    kept = [one for one in letter if one["outcome"] != "unanswered"]
    merged = merge(letter, hand, letter_was_read=True)
    assert [one for one in merged if one["source"] == "letter" and one["outcome"] != "unanswered"] == kept
    for one in hand:
        alone = any(other is one for other in merged)
        beside = any(other.get("keyed_outcome") == one["outcome"] and other.get("keyed_value") == one["value"] for other in merged)
        assert alone or beside
