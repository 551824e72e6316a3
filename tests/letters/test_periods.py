"""Periods as letters write them. One row a case; the last word of a row says why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.periods import MONTHS, academic, find_periods, full_year, whole
from foi_lib.letters.spans import month_end

CASES = [
    ("in 2017", [("2017-01-01", "2017-12-31", "calendar_year")], "plain year"),
    ("2021/22: 4", [("2021-04-01", "2022-03-31", "financial_year")], "slash"),
    ("2021-22 191", [("2021-04-01", "2022-03-31", "financial_year")], "hyphen"),
    ("2021 – 2022", [("2021-04-01", "2022-03-31", "financial_year")], "spaced dash, four digits"),
    ("2018-2019", [("2018-04-01", "2019-03-31", "financial_year")], "four digits"),
    ("17/18 seven", [("2017-04-01", "2018-03-31", "financial_year")], "two digits"),
    ("2014/152015/16", [("2014-04-01", "2015-03-31", "financial_year"), ("2015-04-01", "2016-03-31", "financial_year")], "run together"),
    ("2014/15,2015/16", [("2014-04-01", "2015-03-31", "financial_year"), ("2015-04-01", "2016-03-31", "financial_year")], "comma glued"),
    ("01/03/16 - present day (09/05/17)", [("2016-03-01", "2017-05-09", "range")], "the present day named"),
    ("2022 (to 30 November)", [("2022-01-01", "2022-11-30", "range")], "a year cut short by a day with no year"),
    ("Apr-21 12", [("2021-04-01", "2021-04-30", "month")], "a month with two figures of its year"),
    ("2020 - 1", [("2020-01-01", "2020-12-31", "calendar_year")], "a year and its one"),
    ("FY11-12:", [("2011-04-01", "2012-03-31", "financial_year")], "FY glued"),
    ("FY23", [("2022-04-01", "2023-03-31", "financial_year")], "FY names the year that ends"),
    ("2006/7 One", [("2006-04-01", "2007-03-31", "financial_year")], "one digit"),
    ("2022 -23 127", [("2022-04-01", "2023-03-31", "financial_year")], "stray space"),
    ("1999/2000 and 2000/01", [("1999-04-01", "2000-03-31", "financial_year"), ("2000-04-01", "2001-03-31", "financial_year")], "century"),
    ("April 2019- March 2020", [("2019-04-01", "2020-03-31", "financial_year")], "months of a financial year"),
    ("1 April 2022 to 31 March 2023", [("2022-04-01", "2023-03-31", "financial_year")], "days of a financial year"),
    ("1stJanuary 2020 to 31stDecember 2020", [("2020-01-01", "2020-12-31", "calendar_year")], "ordinals glued to months"),
    ("1 Sept 2021 – 31 Aug 2022", [("2021-09-01", "2022-08-31", "range")], "academic by its days"),
    ("6 April 2022 to 5 April 2023", [("2022-04-06", "2023-04-05", "range")], "tax year"),
    ("June 2018 to May 2019", [("2018-06-01", "2019-05-31", "range")], "odd twelve months"),
    ("between January and June 2021", [("2021-01-01", "2021-06-30", "range")], "first month without a year"),
    ("November – February 2013", [("2012-11-01", "2013-02-28", "range")], "over the new year"),
    ("October 2011", [("2011-10-01", "2011-10-31", "month")], "month"),
    ("08/2017", [("2017-08-01", "2017-08-31", "month")], "month in digits"),
    ("29 February 2024", [("2024-02-29", "2024-02-29", "day")], "leap day"),
    ("31 April 2020", [("2020-04-30", "2020-04-30", "day")], "a day that no April has"),
    ("14/01/18", [("2018-01-14", "2018-01-14", "day")], "day first"),
    ("30.06.2019", [("2019-06-30", "2019-06-30", "day")], "dots"),
    ("09-02-2018", [("2018-02-09", "2018-02-09", "day")], "hyphens"),
    ("2019-05-07", [("2019-05-07", "2019-05-07", "day")], "ISO"),
    ("year ending 31 March 2016", [("2015-04-01", "2016-03-31", "financial_year")], "year ending"),
    ("since 1 January 2021", [("2021-01-01", None, "open")], "since"),
    ("2019, 2020 and 2021", [(f"{y}-01-01", f"{y}-12-31", "calendar_year") for y in (2019, 2020, 2021)], "a list is no range"),
    ("2012: 289; 2013: 301", [(f"{y}-01-01", f"{y}-12-31", "calendar_year") for y in (2012, 2013)], "several on one line"),
    ("2019 - 884", [("2019-01-01", "2019-12-31", "calendar_year")], "a dash before a figure makes no range"),
    ("2021 =0", [("2021-01-01", "2021-12-31", "calendar_year")], "equals"),
    ("the Data Protection Act 1998 and the Freedom of Information Act 2000", [], "years of Acts"),
    ("it may take 20 days", [], "may the verb"),
    ("£2,019.50 and 2019.5 hours", [], "sums that look like years"),
    ("the last five years", [], "relative: no dates in the text"),
    ("1900-1901 files", [], "a year out of reach"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CASES, ids=[why for *_, why in CASES])
def test_periods(text: str, expected: list[tuple[str, str | None, str]], why: str) -> None:
    assert [(p.start, p.end, p.kind) for p in find_periods(text) if p.start] == expected


@pytest.mark.parametrize(
    ("text", "start", "why"),
    [
        ("2023-date (March 2024)", "2023-01-01", "open, then the month it runs to"),
        ("2023/24 to date", "2023-04-01", "to date"),
        ("2022 (to date).", "2022-01-01", "in brackets"),
        ("January 2020 to present", "2020-01-01", "present"),
        ("2018 onwards", "2018-01-01", "onwards"),
    ],
)
def test_open_ends_are_partial(text: str, start: str, why: str) -> None:
    period = find_periods(text)[0]
    assert (period.start, period.partial) == (start, True)
    assert period.end is None or period.end.startswith("2024-03")


def test_end_named_in_brackets() -> None:
    (period,) = find_periods("2024/25 (up to 30 November 2024)")
    assert (period.start, period.end, period.partial) == ("2024-04-01", "2024-11-30", True)


def test_month_without_a_year_waits_for_one() -> None:
    assert [(p.month_only, p.start) for p in find_periods("April | May | June")] == [(4, None), (5, None), (6, None)]


def test_academic_years_where_the_words_say_so() -> None:
    (period,) = find_periods("2021/22")
    moved = academic(period, "In the academic year 2021/22")
    assert (moved.kind, moved.start, moved.end) == ("academic_year", "2021-09-01", "2022-08-31")
    assert academic(period, "In the financial year 2021/22") == period


def test_whole_runs_from_first_to_last() -> None:
    span = whole(find_periods("2019/20, 2020/21 and 2021/22"))
    assert span is not None and span.dates == ("2019-04-01", "2022-03-31")
    assert whole([]) is None


@pytest.mark.parametrize(("text", "year"), [("99", 1999), ("70", 1970), ("69", 2069), ("05", 2005), ("2017", 2017)])
def test_two_digit_years(text: str, year: int) -> None:
    assert full_year(text) == year


WORDS = st.sampled_from(
    [
        "2019",
        "2021/22",
        "17/18",
        "FY24",
        "1 April",
        "March",
        "2020",
        "to",
        "and",
        "-",
        "–",
        "(",
        ")",
        "£",
        "31/12/2019",
        "may",
        "since",
        "\n",
    ]
)
TEXT = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=20).map(" ".join), st.lists(WORDS, max_size=20).map("".join))


@given(TEXT)
def test_places_are_ordered_and_inside(text: str) -> None:
    at = 0
    for period in find_periods(text):
        assert at <= period.begin < period.stop <= len(text)
        at = period.stop
        assert period.start is None or period.end is None or period.start <= period.end


@given(st.integers(1990, 2039), st.sampled_from(["/", "-", "–", " - "]), st.booleans())
def test_every_financial_year_is_read(year: int, joiner: str, long: bool) -> None:
    last = str(year + 1) if long else f"{(year + 1) % 100:02}"
    (period,) = find_periods(f"in {year}{joiner}{last} there were")
    assert period.dates == (f"{year}-04-01", f"{year + 1}-03-31")


@given(st.integers(1990, 2039), st.sampled_from(sorted(set(MONTHS) - {"may"})))
def test_every_month_is_read(year: int, month: str) -> None:
    (period,) = find_periods(f"{month.title()} {year}")
    assert period.dates == (f"{year}-{MONTHS[month]:02}-01", month_end(year, MONTHS[month]))
