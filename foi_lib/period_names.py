"""Periods as people type them into our own files (request.yaml, answers.csv): strict forms, and an error for any other.

Letters' periods are read by `foi_lib.letters`; here a form that could mean two things is refused, never guessed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

FORMS = "'2017', '2021/22', '2021/22-2023/24', '2015-2017', '2017-08', '2017-01-01/2017-12-31', '2024-01-01/' (open end) or 'all'"


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: `kind` out of `PERIOD_KINDS`, ISO dates, both included; None where open or unstated."""

    kind: str = "unstated"
    start: str | None = None
    end: str | None = None
    name: str = ""


def calendar_year(year: int) -> Period:
    """1 January to 31 December."""
    return Period("calendar_year", f"{year}-01-01", f"{year}-12-31", str(year))


def financial_year(year: int) -> Period:
    """1 April to 31 March of the next year, as public bodies of the United Kingdom keep their books."""
    return Period("financial_year", f"{year}-04-01", f"{year + 1}-03-31", f"{year}/{(year + 1) % 100:02d}")


def spell(start: str | None, end: str | None) -> Period:
    """The period between two ISO dates, named by its kind where it is a whole year or month."""
    if start is None or end is None:
        return Period("unstated" if start is None and end is None else "open", start, end, f"{start or ''}/{end or ''}".strip("/"))
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    if last < first:
        raise ValueError(f"ends ({end}) before it begins ({start})")
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return calendar_year(first.year)
    if (first.month, first.day, last.month, last.day) == (4, 1, 3, 31) and last.year == first.year + 1:
        return financial_year(first.year)
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and last.day == monthrange(last.year, last.month)[1]:
        return Period("month", start, end, start[:7])
    return Period("day" if first == last else "range", start, end, f"{start}/{end}")


def join(periods: tuple[Period, ...]) -> Period:
    """The stretch from the first to the last of several periods; one is itself, none is unstated."""
    if not periods:
        return Period()
    if len(periods) == 1:
        return periods[0]
    starts, ends = [p.start for p in periods], [p.end for p in periods]
    start = min((s for s in starts if s), default=None) if None not in starts else None
    end = max((e for e in ends if e), default=None) if None not in ends else None
    joined = spell(start, end)
    return Period(joined.kind, joined.start, joined.end, f"{periods[0].name} to {periods[-1].name}")


def _financial(first: str, second: str) -> Period:
    year = int(first)
    if int(second) % 100 != (year + 1) % 100 or (len(second) == 4 and int(second) != year + 1):
        raise ValueError(f"financial year {first}/{second} does not run from one year to the next")
    return financial_year(year)


def parse_period(text: str) -> Period:
    """Read one period; `ValueError` says what is wrong and which forms there are. "" is unstated."""
    words = re.sub(r"\s+", " ", text.strip().lower()).replace("–", "-")
    said_financial = words.startswith("financial ")
    words = re.sub(r"^(?:calendar|financial)(?: year)? ", "", words)
    if words in ("", "all", "unstated"):
        return Period()
    iso = r"\d{4}-\d\d-\d\d"
    if m := re.fullmatch(rf"({iso})? ?(?:/|to) ?({iso})?", words):
        for day in m.groups():
            if day:
                date.fromisoformat(day)
        return spell(m[1], m[2])
    if re.fullmatch(iso, words):
        return spell(words, words)
    if m := re.fullmatch(r"(\d{4})-(\d\d) ?(?:/|to) ?(\d{4})-(\d\d)", words):
        return spell(f"{m[1]}-{m[2]}-01", f"{m[3]}-{m[4]}-{monthrange(int(m[3]), int(m[4]))[1]:02d}")
    if m := re.fullmatch(r"(\d{4})/(\d{2}|\d{4}) ?(?:-|to) ?(\d{4})/(\d{2}|\d{4})", words):
        first, last = _financial(m[1], m[2]), _financial(m[3], m[4])
        return Period(spell(first.start, last.end).kind, first.start, last.end, f"{first.name}-{last.name}")
    if m := re.fullmatch(r"(\d{4})[/-](\d{2}|\d{4})", words):
        if "/" in words or said_financial:
            return _financial(m[1], m[2])
        if len(m[2]) == 4:
            first, last = calendar_year(int(m[1])), calendar_year(int(m[2]))
            return Period(spell(first.start, last.end).kind, first.start, last.end, f"{m[1]}-{m[2]}")
        if 1 <= int(m[2]) <= 12 and int(m[2]) != (int(m[1]) + 1) % 100:
            return spell(f"{words}-01", f"{words}-{monthrange(int(m[1]), int(m[2]))[1]:02d}")
        # "2011-12" is December 2011 and also 2011/12: the two differ by a factor of twelve, so ask
        raise ValueError(f"{text!r} could be a month or a financial year: write {m[1]}/{m[2]} for the year, or the first and last day")
    if re.fullmatch(r"(?:19|20)\d\d", words):
        if said_financial:
            raise ValueError(f"{text!r}: a financial year has two, as in 'financial {words}/{(int(words) + 1) % 100:02d}'")
        return calendar_year(int(words))
    raise ValueError(f"{text!r} is not a period; write {FORMS}")
