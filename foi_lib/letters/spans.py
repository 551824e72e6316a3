"""A stretch of time, and the makers of years, quarters and months."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with its place in the text; dates are ISO strings, `end` is None where it is open."""

    kind: str
    start: str | None
    end: str | None
    partial: bool = False
    begin: int = 0  # place of the words
    stop: int = 0
    month_only: int | None = None  # a month with no year beside it: to be joined with a column's year
    assumed: bool = False  # its end has no year of its own, or it is not certain which quarter is meant
    quarter_only: int | None = None  # a quarter with no year beside it

    @property
    def dates(self) -> tuple[str | None, str | None]:
        return self.start, self.end


def month_end(year: int, month: int) -> str:
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def calendar_year(year: int) -> Period:
    return Period("calendar_year", f"{year}-01-01", f"{year}-12-31")


def financial_year(first: int) -> Period:
    """1 April to 31 March."""
    return Period("financial_year", f"{first}-04-01", f"{first + 1}-03-31")


def month_of(year: int, month: int) -> Period:
    return Period("month", f"{year}-{month:02}-01", month_end(year, month))


def quarter_of(year: Period, quarter: int) -> Period:
    """A quarter of a financial year (its first is April to June) or of a calendar year, where it may yet be one of the financial year."""
    first = int((year.start or "")[:4])
    financial = year.kind == "financial_year"
    month = 3 * quarter + 1 if financial else 3 * quarter - 2
    first, month = (first + 1, 1) if month > 12 else (first, month)
    return replace(year, kind="quarter", start=f"{first}-{month:02}-01", end=month_end(first, month + 2), partial=False, assumed=not financial)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_QUARTER = r"(?:\bQ(?:uarter|tr)?\.?\s?(?P<a>[1-4])|\b(?P<b>[1-4])(?:st|nd|rd|th)\s(?:quarter|qtr)|\b(?P<c>first|second|third|fourth)\squarter)\b"
QUARTER_BEFORE = re.compile(_QUARTER + r"(?:\s?\([^()\n]{0,16}\))?\s?[,:-]?\s?(?:of\s|in\s)?(?:the\s)?(?:financial year\s)?$", re.I)
QUARTER_AFTER = re.compile(r"\s?[,–-]?\s?\(?" + _QUARTER, re.I)
_QUARTER_ALONE = re.compile(r"\W*" + _QUARTER + r"(?:\s?\([^()\n]{0,24}\))?\W*$", re.I)


def which_quarter(m: re.Match[str]) -> int:
    return int(m["a"] or m["b"] or _ORDINALS[m["c"].lower()])


def quarter_named(text: str) -> int | None:
    """The quarter that a head names with no year ("Q1", "2nd quarter (Jul-Sep)"); None where it names none."""
    m = _QUARTER_ALONE.match(text) if "q" in text.lower() else None
    return which_quarter(m) if m else None
