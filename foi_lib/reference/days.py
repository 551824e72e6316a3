"""One kind of date out of the many that tables, letters and callers hold."""

from __future__ import annotations

from datetime import date, datetime

from foi_lib.errors import FoiError

FIRST_YEAR, LAST_YEAR = 2004, 2100  # a request of 2004 could be answered in 2005; one-off holidays to come cannot be known


def plain_date(day: date | str | None, what: str) -> date | None:
    """A `datetime.date` out of a date, a timestamp or an ISO string; None for what is missing (pandas' missing values too) and for a
    year outside 2004 to 2100, when nobody could ask: a misread date. Raises FoiError for what is no date, naming it as `what`."""
    if day is None or type(day).__name__ == "NAType":  # pandas.NA answers no comparison
        return None
    if day == "" or day != day:  # NaN and NaT are not equal to themselves
        return None
    if isinstance(day, str):
        try:
            day = date.fromisoformat(day[:10])
        except ValueError:
            raise FoiError(f"{what} {day!r} is not a date: write it as 2018-01-24, or leave it out where it is not known") from None
    if isinstance(day, datetime):
        day = day.date()
    if not isinstance(day, date):
        raise FoiError(f"{what} {day!r} is not a date: give a datetime.date, or None where it is not known")
    return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
