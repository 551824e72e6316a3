"""The statutory clock. Every date below was counted by hand on a calendar; the count stands beside it, holidays in square brackets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.reference import bank_holidays, due_date, is_working_day, working_days

# received, regime, due, how it was counted
VECTORS = [
    ("2018-01-14", "FOIA", "2018-02-09", "a Sunday: Monday 15 January is day 1; 15-19, 22-26, 29-2, 5-9"),
    ("2018-01-12", "FOIA", "2018-02-09", "the Friday before it: Monday 15 January is day 1 again"),
    ("2017-12-22", "FOIA", "2018-01-25", "[25, 26 Dec, 1, 2 Jan] 27-29 =3, 3-5 =6, 8-12 =11, 15-19 =16, 22-25"),
    ("2023-12-29", "FOIA", "2024-01-30", "2 January counts everywhere: [1, 2] 3-5 =3, 8-12 =8, 15-19 =13, 22-26 =18, 29, 30"),
    ("2023-03-01", "FOIA", "2023-03-30", "St Patrick's Day: 2, 3 =2, 6-10 =7, 13-16 =11 [17] 20-24 =16, 27-30"),
    ("2023-03-01", "FOISA", "2023-03-29", "17 March is a working day in Scotland: 2, 3 =2, 6-10 =7, 13-17 =12, 20-24 =17, 27-29"),
    ("2023-06-30", "FOIA", "2023-07-31", "the Boyne: 3-7 =5, 10, 11 [12] 13, 14 =9, 17-21 =14, 24-28 =19, 31"),
    ("2023-06-30", "FOISA", "2023-07-28", "12 July is a working day in Scotland: 3-7, 10-14, 17-21, 24-28"),
    ("2023-04-17", "FOIA", "2023-05-17", "the coronation: 18-21 =4, 24-28 =9 [1] 2-5 =13 [8] 9-12 =17, 15-17"),
    ("2023-04-17", "FOISA", "2023-05-17", "the coronation was a Scottish bank holiday too, and so is 1 May"),
    ("2022-09-01", "FOIA", "2022-09-30", "the Queen's funeral: 2 =1, 5-9 =6, 12-16 =11 [19] 20-23 =15, 26-30"),
    ("2022-09-01", "FOISA", "2022-09-30", "the same in Scotland"),
    ("2022-05-16", "FOIA", "2022-06-15", "the jubilee: 17-20 =4, 23-27 =9, 30-1 =12 (no holiday on 30 May) [2, 3] 6-10 =17, 13-15"),
    ("2018-03-16", "FOIA", "2018-04-18", "17 March a Saturday, so [19]; 20-23 =4, 26-29 =8 [30, 2] 3-6 =12, 9-13 =17, 16-18"),
    ("2018-03-16", "FOISA", "2018-04-16", "19-23 =5, 26-29 =9 [Good Friday] 2-6 =14 (Easter Monday is a working day), 9-13 =19, 16"),
    ("2014-12-01", "FOIA", "2014-12-31", "received on the day kept for St Andrew: 2-5 =4, 8-12 =9, 15-19 =14, 22-24 =17, 29-31"),
    ("2014-12-02", "FOIA", "2015-01-05", "a day later: 3-5 =3, 8-12 =8, 15-19 =13, 22-24 =16, 29-31 =19 [1, 2] 5"),
    ("2023-07-28", "FOIA", "2023-08-29", "both August holidays: 31-4 =5 [7] 8-11 =9, 14-18 =14, 21-25 =19 [28] 29"),
    ("2023-07-28", "FOISA", "2023-08-28", "the Scottish one only: 31-4 =5 [7] 8-11 =9, 14-18 =14, 21-25 =19, 28"),
    ("2026-06-01", "FOIA", "2026-06-30", "a Scottish one-off, 15 June 2026: 2-5 =4, 8-12 =9 [15] 16-19 =13, 22-26 =18, 29, 30"),
]


@pytest.mark.parametrize(("received", "regime", "due", "why"), VECTORS, ids=[f"{v[0]} {v[1]}" for v in VECTORS])
def test_due_date(received: str, regime: str, due: str, why: str) -> None:
    assert due_date(date.fromisoformat(received), regime) == date.fromisoformat(due), why


def test_substitute_days_when_christmas_and_new_year_fall_on_a_weekend() -> None:
    # 2021/22: 25 December a Saturday, 26 a Sunday, 1 January a Saturday, 2 January a Sunday: 27, 28 December, 3, 4 January instead.
    # 21-24 December =4, 29-31 =7, 5-7 January =10, 10-14 =15, 17-21 =20
    assert due_date(date(2021, 12, 20), "FOIA") == date(2022, 1, 21)
    assert not any(is_working_day(date(2021, 12, day), "FOISA") for day in (25, 26, 27, 28))
    assert not any(is_working_day(date(2022, 1, day), "FOIA") for day in (1, 2, 3, 4))


@pytest.mark.parametrize(("uk", "scotland"), [("EIR", "EISR"), ("FOIA", "FOISA")])
@pytest.mark.parametrize(
    ("day", "in_uk", "in_scotland"),
    [
        ((2024, 1, 2), False, False),  # 2 January: Scotland
        ((2020, 3, 17), False, True),  # St Patrick's Day: Northern Ireland
        ((2022, 7, 12), False, True),  # the Boyne: Northern Ireland
        ((2020, 7, 13), False, True),  # the same, kept on a Monday
        ((2022, 11, 30), False, False),  # St Andrew's Day: Scotland
        ((2020, 5, 8), False, False),  # VE Day: the early May holiday moved
        ((2020, 5, 4), True, True),  # … and so 4 May was a working day
        ((2022, 9, 19), False, False),  # the Queen's funeral
        ((2023, 5, 8), False, False),  # the coronation
        ((2024, 4, 1), False, True),  # Easter Monday: not in Scotland
        ((2024, 3, 29), False, False),  # Good Friday
        ((2024, 3, 28), True, True),  # Maundy Thursday
        ((2011, 4, 29), False, False),  # the royal wedding
        ((2012, 6, 5), False, False),  # the diamond jubilee
        ((2023, 8, 7), False, False),  # summer holiday of Scotland
        ((2023, 8, 28), False, True),  # summer holiday of the rest
    ],
)
def test_working_days_of_each_regime(
    uk: str, scotland: str, day: tuple[int, int, int], in_uk: bool, in_scotland: bool,
) -> None:  # fmt: skip
    assert is_working_day(date(*day), uk) is in_uk
    assert is_working_day(date(*day), scotland) is in_scotland


@pytest.mark.parametrize(
    ("received", "responded", "days", "why"),
    [
        ("2018-01-14", "2018-02-09", 20, "Sunday to the twentieth day: in time"),
        ("2018-01-14", "2018-02-12", 21, "a day late"),
        ("2024-03-04", "2024-03-04", 0, "a reply on the day of receipt"),
        ("2024-03-04", "2024-03-05", 1, "the next working day is day 1"),
        ("2024-03-01", "2024-03-03", 0, "Friday to Sunday: no working day has passed"),
        ("2024-03-28", "2024-04-02", 1, "over Easter: Good Friday and Easter Monday do not count"),
        ("2018-02-09", "2018-01-14", None, "a reply dated before the receipt: one of the dates is wrong, so the number is unknown"),
        (None, "2018-01-24", None, "no date of receipt"),
        ("2018-01-14", None, None, "no date of reply"),
        ("", "2018-01-24", None, "an empty cell"),
        ("1998-01-14", "2018-01-24", None, "before anybody could ask: a misread year"),
        ("2018-01-14", "2204-01-24", None, "a misread year"),
    ],
)
def test_working_days(received: str | None, responded: str | None, days: int | None, why: str) -> None:
    assert working_days(received, responded, "FOIA") == days, why


def test_the_nation_does_not_change_what_the_act_says() -> None:
    # A Welsh council's clock stops on 12 July; a UK body's office in Scotland does so under FOIA as well.
    for nation in (None, "England", "Wales", "Scotland", "Northern Ireland"):
        assert due_date(date(2023, 6, 30), "FOIA", nation) == date(2023, 7, 31)
        assert working_days(date(2023, 6, 30), date(2023, 7, 31), "FOISA", nation) == 21


def test_dates_of_every_make_are_taken() -> None:
    assert due_date(datetime(2018, 1, 14, 23, 59)) == due_date(pd.Timestamp("2018-01-14")) == due_date("2018-01-14") == date(2018, 2, 9)
    assert due_date(None) is None and due_date(pd.NaT) is None and due_date(float("nan")) is None
    assert due_date(pd.NA) is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: due_date(date(2018, 1, 14), "DPA"), "regime 'DPA' is not known"),
        (lambda: due_date("14/01/18"), "'14/01/18' is not a date"),
        (lambda: working_days(date(2018, 1, 14), "31 April 2018"), "'31 April 2018' is not a date"),
        (lambda: due_date(20180114), "is not a date"),
    ],
)
def test_what_is_no_date_is_said_in_one_line(call: object, words: str) -> None:
    with pytest.raises(FoiError, match=words) as caught:
        call()  # type: ignore[operator]
    assert "\n" not in str(caught.value)


DAYS = st.dates(date(2005, 1, 1), date(2035, 12, 31))
REGIMES = st.sampled_from(["FOIA", "FOISA", "EIR", "EISR"])


@given(DAYS, REGIMES)
def test_the_due_date_is_the_twentieth_working_day(received: date, regime: str) -> None:
    due = due_date(received, regime)
    assert due is not None and is_working_day(due, regime)
    assert working_days(received, due, regime) == 20
    assert working_days(received, due - timedelta(days=1), regime) == 19


@given(DAYS, st.integers(0, 400), REGIMES)
def test_the_count_agrees_with_numpy(received: date, after: int, regime: str) -> None:
    responded = received + timedelta(days=after)
    closed = sorted(day for year in range(received.year, responded.year + 1) for day in bank_holidays(regime, year))
    # numpy counts [begin, end): from the day after receipt to the day after the reply
    expected = np.busday_count(received + timedelta(days=1), responded + timedelta(days=1), holidays=closed) if after else 0
    assert working_days(received, responded, regime) == expected


@given(DAYS)
def test_scotland_never_waits_longer(received: date) -> None:
    scotland, uk = due_date(received, "FOISA"), due_date(received, "FOIA")
    assert scotland is not None and uk is not None and scotland <= uk
    assert due_date(received, "EIR") == uk and due_date(received, "EISR") == scotland
