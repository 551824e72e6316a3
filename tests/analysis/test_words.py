"""Numbers and periods in British English."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.analysis import words as w
from foi_lib.letters.model import OUTCOMES

CASES = [
    (w.number(12745), "12,745"),
    (w.number(0), "0"),
    (w.number(None), "–"),
    (w.number(24.75), "24.75"),
    (w.number(-3), "−3"),
    (w.number(-0.004), "0"),
    (w.number(10750, "GBP"), "£10,750"),
    (w.number(51099.25, "GBP"), "£51,099.25"),
    (w.number(-5, "GBP"), "−£5"),
    (w.number(float("nan"), "GBP"), "–"),
    (w.number(81200.5, "GBP"), "£81,200.50"),
    (w.number(12.25, "percent"), "12.2%"),
    (w.number(math.inf), "–"),
    (w.interval(6, 6), "6"),
    (w.interval(1, 4), "1 to 4"),
    (w.interval(5, math.inf), "at least 5"),
    (w.interval(None, 9), "at most 9"),
    (w.interval(0, 0, "GBP"), "£0"),
    (w.interval(None, None), "–"),
    (w.interval(1, 4, "GBP"), "£1 to £4"),
    (w.plural(1, "council"), "1 council"),
    (w.plural(0, "council"), "0 councils"),
    (w.plural(2, "reply", "replies"), "2 replies"),
    (w.percent(1, 3), "33.3%"),
    (w.percent(0, 0), "–"),
    (w.percent(0, 5), "0.0%"),
    (w.join([]), ""),
    (w.join(["a"]), "a"),
    (w.join(["a", "b"]), "a and b"),
    (w.join(["a", "b", "c"]), "a, b and c"),
    (w.some(list("abcdefgh")), "a, b, c, d, e and 3 more"),
    (w.some(list("abcdef")), "a, b, c, d, e and f"),
    (w.day("2018-01-24"), "24 January 2018"),
    (w.day(None), "date not known"),
    (w.outcome("neither_confirmed_nor_denied"), "neither confirmed nor denied"),
    (w.outcome(None), "–"),
    (w.instead("disclosed"), "answered, without a figure"),
    (w.instead("withheld"), "withheld"),
    (w.measure_name("breach_count"), "data breaches"),
    (w.measure_name("ico_reported_count"), "breaches reported to the ICO"),
    (w.measure_name("potholes_count"), "potholes"),
    (w.tier("lower"), "district council"),
    (w.tier("police force"), "police force"),
]


@pytest.mark.parametrize(("said", "expected"), CASES)
def test_words(said: str, expected: str) -> None:
    assert said == expected


PERIODS = [
    (("calendar_year", "2017-01-01", "2017-12-31"), "2017"),
    (("financial_year", "2021-04-01", "2022-03-31"), "2021/22"),
    (("financial_year", "1999-04-01", "2000-03-31"), "1999/00"),
    (("financial_year", "2023-04-01", "2024-03-31", True), "2023/24 (part)"),
    (("month", "2017-08-01", "2017-08-31"), "August 2017"),
    (("range", "2021-04-01", "2024-03-31"), "2021/22 to 2023/24"),
    (("range", "2015-01-01", "2017-12-31"), "2015 to 2017"),
    (("range", "2017-02-03", "2017-09-05"), "3 February 2017 to 5 September 2017"),
    (("open", "2017-02-03", None), "from 3 February 2017"),
    (("day", "2017-02-03", "2017-02-03"), "3 February 2017"),
    (("unstated", None, None), "period not stated"),
    (("financial_year", None, "2022-03-31"), "to 31 March 2022"),
    (("range", "2021-04-01", "2022-03-31"), "2021/22"),
    (("academic_year", "2021-09-01", "2022-08-31"), "2021/22 (academic)"),
    (("financial_year", "2023-04-01", "2024-03-05", True), "1 April 2023 to 5 March 2024 (part)"),
    (("open", "2017-02-03", None, True), "from 3 February 2017 (part)"),
]


@pytest.mark.parametrize(("cells", "expected"), PERIODS)
def test_periods(cells: tuple, expected: str) -> None:
    assert w.period(*cells) == expected


def test_every_outcome_has_words() -> None:
    assert set(OUTCOMES) <= set(w.OUTCOME_WORDS)


def test_sentences_and_tables_name_a_period_and_a_figure_alike() -> None:
    from foi_lib.reports import words as pages

    for cells, expected in PERIODS:
        kind, start, end, partial = (*cells, False)[:4]
        row = {"period_kind": kind, "period_start": start, "period_end": end, "partial_period": partial}
        assert pages.period(row) == (expected if expected != w.UNSTATED else "")
    for low, high in ((6, 6), (1, 4), (5, None), (None, 9), (5, math.inf)):
        assert pages.figure({"low": low, "high": high, "unit": "GBP"}) == w.interval(low, high, "GBP")


@given(st.integers(-(10**9), 10**9))
def test_a_number_reads_back(value: int) -> None:
    assert int(w.number(value).replace(",", "").replace("−", "-")) == value
