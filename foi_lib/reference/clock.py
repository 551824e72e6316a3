"""The statutory clock: 20 working days, and which days do not count.

FOIA 2000 s.10(6): a working day is any day but a Saturday, a Sunday, Christmas Day, Good Friday or a day that is a bank holiday
under the Banking and Financial Dealings Act 1971 in *any* part of the United Kingdom. The EIR 2004 take the same meaning (reg. 2(1)).
FOISA 2002 s.73 and the EI(S)R 2004 (reg. 2(1)) leave out Christmas Day and the Scottish bank holidays only.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from foi_lib.errors import FoiError
from foi_lib.reference.days import plain_date

TIME_LIMIT = 20  # working days: FOIA s.10(1), FOISA s.10(1), EIR reg. 5(2), EISR reg. 5(2)(a)
ALL_UK = ("ENG", "WLS", "SCT", "NIR")
PLACES = {"FOIA": ALL_UK, "EIR": ALL_UK, "FOISA": ("SCT",), "EISR": ("SCT",)}


@cache
def _holidays(place: str, year: int) -> frozenset[date]:
    import holidays  # 0.1 s: only when a clock is asked for

    return frozenset(holidays.country_holidays("GB", subdiv=place, years=year))


@cache
def bank_holidays(regime: str, year: int) -> frozenset[date]:
    """The year's bank holidays that the regime leaves out. Christmas Day and Good Friday, which FOIA s.10(6) names beside them,
    are bank holidays or common-law holidays of every part of the country in the `holidays` package, and so among them."""
    return frozenset(day for place in PLACES[_regime(regime)] for day in _holidays(place, year))


def is_working_day(day: date, regime: str = "FOIA") -> bool:
    """Whether the day counts towards the 20 days under the regime ("FOIA", "EIR", "FOISA", "EISR")."""
    return day.weekday() < 5 and day not in bank_holidays(regime, day.year)


def due_date(received: date | str | None, regime: str = "FOIA", nation: str | None = None) -> date | None:
    """The last day of the 20 working days that follow the date of receipt; None where that date is not known (as in `working_days`).

    Dates are `datetime.date` or ISO strings. The first working day after receipt is day 1, so a request received on a Sunday is due
    on the same day as one received on the Friday before. `nation` is taken so that callers need not choose: the Act alone decides
    which bank holidays count (the clock of a Welsh council stops on 12 July as well).
    """
    _regime(regime)
    day = plain_date(received, "received")
    if day is None:
        return None
    left = TIME_LIMIT
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day, regime)
    return day


def working_days(
    received: date | str | None, responded: date | str | None, regime: str = "FOIA", nation: str | None = None,
) -> int | None:  # fmt: skip
    """Working days after the day of receipt up to and including the day of the reply: 20 or fewer is in time.

    A reply on the day of receipt is 0. A reply on a day that is no working day has the count of the working day before it.
    None, which is "unknown", where either date is missing or lies outside 2004 to 2100 (nobody could ask before 2005: the year is
    misread), and where the reply is dated before the receipt: one of the two dates is then wrong. Raises FoiError for what is no date.
    """
    _regime(regime)
    first, last = plain_date(received, "received"), plain_date(responded, "responded")
    if first is None or last is None or last < first:
        return None
    return sum(is_working_day(first + timedelta(days=n), regime) for n in range(1, (last - first).days + 1))


def _regime(regime: str) -> str:
    if regime not in PLACES:
        raise FoiError(f"regime {regime!r} is not known: write one of {', '.join(PLACES)}")
    return regime
