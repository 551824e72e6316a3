"""Periods as letters write them: "2021/22", "2023-date (March 2024)", "1 Sept 2021 – 31 Aug 2022", "FY11-12".

Our own, since general date parsers read `2021/22` as a day in November and `FY23` as a day of this month, in silence.
Every mention keeps its place. What is relative ("the past five years") is no period: it has no dates in the text.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from foi_lib import quick
from foi_lib.letters.paired import JOINED
from foi_lib.letters.spans import QUARTER_AFTER, QUARTER_BEFORE, Period, financial_year, month_end, quarter_of, which_quarter

MONTHS = {
    name: n
    for n, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_YEAR = r"(?:19[89]\d|20[0-4]\d)"
_DASH = r"[-–—‐‑]"
_ATOM = quick.compile(
    rf"""
    (?P<dmy>(?<![\d/.,£-])(?P<d3>[0-3]?\d)(?P<sep>[/.-])(?P<m3>[01]?\d)(?P=sep)(?P<y3>{_YEAR}|\d\d)(?![\d/]))
  | (?P<run>(?<![\d.,£/-])(?P<r1>[0-3]\d[01]\d\d\d)\s?(?:-|–|to)\s?(?P<r2>[0-3]\d[01]\d\d\d)(?![\d.,/-]))
  | (?P<iso>(?<!\d)(?P<yi>{_YEAR})-(?P<mi>[01]\d)-(?P<di>[0-3]\d)(?!\d))
  | (?P<dm>(?<![\d.,£=])(?<!=\s)(?P<d1>[0-3]?\d)\s{{0,2}}(?:st|nd|rd|th)?\s{{0,2}}(?:of\s)?(?P<m1>{_MONTH})\b\.?(?:,?\s{{0,3}}(?P<y1>{_YEAR})(?!\d|/\d|{_DASH}\d\d(?!\d)|{_DASH}(?:19|20)\d\d))?)
  | (?P<md>\b(?P<m2>{_MONTH})\.?\s{{0,3}}(?P<d2>[0-3]?\d)(?!\d)\s?(?:st|nd|rd|th)?\b(?:,?\s{{0,3}}(?P<y2>{_YEAR})(?!\d|/\d|{_DASH}\d\d(?!\d)|{_DASH}(?:19|20)\d\d))?)
  | (?P<my>\b(?P<m4>{_MONTH})\.?,?[\s-]{{0,3}}(?P<y4>{_YEAR})(?!\d))
  | (?P<my3>\b(?P<m7>{_MONTH})\.?[-/'’](?P<y7>[0-4]\d)(?![\w/-]|[.,]\d))
  | (?P<my2>(?<![\d/.,£-])(?P<m6>[01]?\d)/(?P<y6>{_YEAR})(?![\d/]))
  | (?P<fy>(?:\bF\.?Y\.?\s?)?(?:(?<![\d/.,£])|(?<=\d\d[/-]\d\d)|(?<=\d\d[/-]\d\d,))(?P<fa>{_YEAR})\s?(?:/--/|/|{_DASH})\s?(?P<fb>{_YEAR}|\d\d?)(?!\d(?!\d\d\d[/-]\d\d)|,\d\d\d(?!\d)|\.\d|/\d|\s?%))
  | (?P<fy2>(?:\bF\.?Y\.?\s?)?(?<![\d/.,£-])(?P<fc>\d\d)(?:/|-)(?P<fd>\d\d)(?![\d/-]|,\d\d\d(?!\d)|\.\d))
  | (?P<fy1>\bF\.?Y\.?\s?(?P<fe>{_YEAR}|\d\d)(?!\d))
  | (?P<y>(?<![\d,.£/#-])(?P<y5>{_YEAR})(?![\d,]\d|\d|\.\d|/\d|%))
  | (?P<m>\b(?P<m5>{_MONTH})\b)
    """,
    re.I | re.X,
)
_LINK = re.compile(
    rf"\s*,?\s*(?:{_DASH}|to|until|till|up to|through to|through|and|/)\s*(?:the end of\s|end of\s|end\s|and including\s|including\s)?",
    re.I,
)
_OPEN = re.compile(
    rf"\s*,?\s*\(?\s*(?:(?:{_DASH}|to|until|till|up to)\s*(?:the\s)?(?:present day|present|to date|date|current|now|today)\b|onwards?\b|(?:/\s?)?(?:year|spend|so far)?\s?to date\b|part year\b|YTD\b|so far\b)\)?",
    re.I,
)
_NAMED_END = re.compile(r"\s*\((?:as (?:at|of) )?", re.I)
_CUT_RANGE = re.compile(rf"\s?{_DASH}\s?\d{{1,2}}(?:st|nd|rd|th)?\s[A-Z][a-z]+\s\d")
_UP_TO = re.compile(r"\s*\((?:up to(?: and including)?|to|until|as at)\s(?:the end of\s|end of\s|end\s)?", re.I)
_OPENING = re.compile(r"\b(?:since\s*(?:the\s)?(?:start of\s|beginning of\s)?|from\s*)$", re.I)
_OPENING_WORDS = ("since", "the", "of", "from")  # nothing else ends it
_BETWEEN = re.compile(r"\b(?:between|from)\s*(?:the\s)?$", re.I)
_STATUTE = re.compile(
    r"\b(?:Act|Acts|ACT|REGULATIONS|Regulations|Regulation|Rules|Order|Directive|Regs|Scheme|Code|Bill|EI\(S\)Rs?|EIRs?|FOIA|FOISA|DPA|GDPR)\)?,?\s*(?:\(Scotland\)\s*)?(?:of\s)?$"
)
_WAS = re.compile(r"\b(?:(?:it|figure|total|number|count) (?:was|is)|there (?:were|was))\s$", re.I)
_ENDING = re.compile(r"\b(?:year|years|12 months|twelve months)\s*(?:to|ending|ended|end)\s*(?:the end of\s|on\s|at\s)?$", re.I)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # "31 April": the last day of that month was meant
        if 1 <= month <= 12 and 1 <= day <= 31:
            return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
        return None


def full_year(text: str) -> int:
    year = int(text)
    return year if year > 99 else 2000 + year if year < 70 else 1900 + year


@dataclass(slots=True)
class _Atom:
    kind: str  # day, month, year, fy, years (a range of years in one token), monthname, daymonth
    begin: int
    stop: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_year: int | None = None

    def first_day(self, year: int | None = None) -> str | None:
        y = self.year or year
        if y is None:
            return None
        if self.kind == "fy":
            return f"{y}-04-01"
        return _iso(y, self.month or 1, self.day or 1)

    def last_day(self, year: int | None = None) -> str | None:
        y = self.year or year
        if y is None:
            return None
        if self.kind == "fy":
            return f"{y + 1}-03-31"
        if self.kind == "years":
            return f"{self.last_year}-12-31"
        if self.day:
            return _iso(y, self.month or 1, self.day)
        return month_end(y, self.month) if self.month else f"{y}-12-31"


def _month(text: str) -> int:
    return MONTHS[text.lower().rstrip(".")]


_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+$", re.I)


def _weekday(text: str, begin: int) -> int:
    """Where a day's mention begins, with the day of the week before it."""
    m = _WEEKDAY.search(text, max(0, begin - 12), begin) if text[max(0, begin - 3) : begin].rstrip(", ").endswith(("y", "Y")) else None
    return m.start() if m else begin


_MONTH_YY = re.compile(rf"\b{_MONTH}\.?[-/'’](?P<yy>[0-4]\d)(?![\w/-]|[.,]\d)", re.I)


@lru_cache(maxsize=256)
def _short_years(line: str) -> bool:
    """Is "Dec-12" in this line December 2012, and not December and its 12? Where a figure stands beside it, or years run on."""
    found = list(_MONTH_YY.finditer(line))
    years = {int(m["yy"]) for m in found}
    beside = re.sub(r"\([^()]*\)", "", _MONTH_YY.sub("", line))
    if len(found) > 1:
        return max(years) - min(years) <= 1
    return bool(re.search(r"\d", beside)) and len(line) < 200


def _atom(found: re.Match[str], text: str) -> _Atom | None:
    g, which, (a, b) = found.group, found.lastgroup, found.span()
    if which == "dmy":
        day, month = int(g("d3")), int(g("m3"))
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        return _Atom("day", _weekday(text, a), b, full_year(g("y3")), month, day)
    if which == "run":
        first, last = g("r1"), g("r2")
        if not all(1 <= int(r[:2]) <= 31 and 1 <= int(r[2:4]) <= 12 for r in (first, last)):
            return None
        return _Atom("run", a, b, full_year(first[4:]), int(first[2:4]), int(first[:2]), int(last))
    if which == "iso":
        month = int(g("mi"))
        return _Atom("day", a, b, int(g("yi")), month, int(g("di"))) if 1 <= month <= 12 else None
    if which == "dm":
        if not 1 <= int(g("d1")) <= 31:
            return None
        return _Atom("day" if g("y1") else "daymonth", _weekday(text, a), b, int(g("y1")) if g("y1") else None, _month(g("m1")), int(g("d1")))
    if which == "md":
        if not 1 <= int(g("d2")) <= 31:
            return None
        return _Atom("day" if g("y2") else "daymonth", _weekday(text, a), b, int(g("y2")) if g("y2") else None, _month(g("m2")), int(g("d2")))
    if which == "my":
        return _Atom("month", a, b, int(g("y4")), _month(g("m4")))
    if which == "my3":
        month = _month(g("m7"))
        if _short_years(text):
            return _Atom("month", a, b, full_year(g("y7")), month)
        return _Atom("monthname", a, found.end("m7"), None, month)
    if which == "my2":
        month = int(g("m6"))
        return _Atom("month", a, b, int(g("y6")), month) if 1 <= month <= 12 else None
    if which == "fy":
        first, second = int(g("fa")), g("fb")
        if len(second) == 1 and text[found.end("fa") : found.start("fb")] not in ("/", "-", "–"):
            return _Atom("year", found.start("fa"), found.end("fa"), first)  # "2020 - 1": a year and its figure
        last = int(second) if len(second) == 4 else first // 10 * 10 + int(second) if len(second) == 1 else first // 100 * 100 + int(second)
        if len(second) == 2 and last < first:
            last += 100
        if last == first + 1:
            return _Atom("fy", a, b, first)
        if last > first and len(second) == 4:
            return _Atom("years", a, b, first, last_year=last)
        return _Atom("year", found.start("fa"), found.end("fa"), first)  # "2019 - 58": a year and its figure
    if which == "fy2":
        first, last = int(g("fc")), int(g("fd"))
        if (first + 1) % 100 != last or (found.group().find("/") < 0 and not g("fy2").upper().startswith("F")):
            return None
        return _Atom("fy", a, b, full_year(g("fc")))
    if which == "fy1":
        last = full_year(g("fe"))
        return _Atom("fy", a, b, last - 1)  # "FY23" is the year that ends in 2023
    if which == "y":
        if _STATUTE.search(text, max(0, a - 40), a) or _WAS.search(text, max(0, a - 20), a):
            return None  # "in 2014/15 it was 2027": a figure
        return _Atom("year", a, b, int(g("y5")))
    if which == "m":
        word = g("m5")
        # "may" the verb, "march" the verb: months only where they stand capitalised, and "May" not before a verb
        if word.lower() == "may" and quick.match(r"\s+(?:not|be|or|have|also|wish|contact|apply|i|we|you)\b", text[b : b + 12], re.I):
            return None
        if not word[0].isupper():
            return None
        return _Atom("monthname", a, b, None, _month(word))
    return None


def _single(atom: _Atom) -> Period | None:
    a, b, year = atom.begin, atom.stop, atom.year
    if atom.kind == "fy" and year:
        return Period("financial_year", f"{year}-04-01", f"{year + 1}-03-31", begin=a, stop=b)
    if atom.kind == "years" and year and atom.last_year:
        return Period("range", f"{year}-01-01", f"{atom.last_year}-12-31", begin=a, stop=b)
    if atom.kind == "year" and year:
        return Period("calendar_year", f"{year}-01-01", f"{year}-12-31", begin=a, stop=b)
    if atom.kind == "month" and year and atom.month:
        return Period("month", f"{year}-{atom.month:02}-01", month_end(year, atom.month), begin=a, stop=b)
    if atom.kind == "day":
        day = atom.first_day()
        return Period("day", day, day, begin=a, stop=b) if day else None
    if atom.kind == "run":  # "010415 - 310316"
        last = f"{atom.last_year:06}"
        start, end = atom.first_day(), _iso(full_year(last[4:]), int(last[2:4]), int(last[:2]))
        return Period(_kind_of(start, end), start, end, begin=a, stop=b) if start and end and start <= end else None
    if atom.kind == "monthname":
        return Period("unstated", None, None, begin=a, stop=b, month_only=atom.month)
    return None


def _join(first: _Atom, second: _Atom) -> Period | None:
    """A range of two atoms: the first may lack its year or month."""
    if second.kind in ("monthname", "daymonth") and first.year is None:
        return None
    if first.kind == "daymonth" and second.kind in ("daymonth", "fy") and first.year is None and second.kind == "daymonth":
        return None
    year = second.year or first.year
    start_year = first.year or second.year
    if first.year is None and second.year and first.month and second.month and first.month > second.month:
        start_year = second.year - 1  # "November – February 2013"
    start, end = first.first_day(start_year), second.last_day(year)
    if not start or not end or start > end:
        return None
    kind = "range"
    if first.kind == "fy" and second.kind == "fy":
        kind = "range"
    return Period(_kind_of(start, end, kind), start, end, begin=first.begin, stop=second.stop, assumed=second.year is None)


def _kind_of(start: str, end: str, default: str = "range") -> str:
    if start[5:] == "01-01" and end[5:] == "12-31" and start[:4] == end[:4]:
        return "calendar_year"
    if start[5:] == "04-01" and end[5:] == "03-31" and int(end[:4]) == int(start[:4]) + 1:
        return "financial_year"
    return default


_LINE = 2_000  # characters: what is as short as a line is asked for by several steps, and kept


def find_periods(text: str, begin: int = 0, stop: int | None = None) -> list[Period]:
    """Every mention of a period in `text[begin:stop]`, in order, with its place; linear in the text's length."""
    stop = len(text) if stop is None else stop
    if begin == 0 and stop == len(text) <= _LINE:
        return list(_of_line(text))
    return _find(text, begin, stop)


@lru_cache(maxsize=4096)
def _of_line(text: str) -> tuple[Period, ...]:
    return tuple(_find(text, 0, len(text)))


def _find(text: str, begin: int, stop: int) -> list[Period]:
    atoms = [a for m in _ATOM.finditer(text, begin, stop) if (a := _atom(m, text))]
    found: list[Period] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        nxt = atoms[i + 1] if i + 1 < len(atoms) else None
        period: Period | None = None
        used = 1
        if nxt is not None and nxt.begin - atom.stop <= 24:
            gap = text[atom.stop : nxt.begin]
            link = _LINK.fullmatch(gap)
            if link:
                word = gap.strip(" ,").lower()
                joined = None
                if (
                    atom.kind == "daymonth"
                    and nxt.kind == "daymonth"
                    and i + 2 < len(atoms)
                    and atoms[i + 2].kind == "fy"
                    and atoms[i + 2].begin - nxt.stop <= 3
                ):
                    joined, used = _tax_year(atom, nxt, atoms[i + 2]), 3
                elif word.startswith("and") and not _BETWEEN.search(text, max(begin, atom.begin - 14), atom.begin):
                    joined = None  # a list, not a range
                elif word == "/" and not (atom.kind == nxt.kind == "day"):
                    joined = None
                elif (
                    not (atom.kind == "year" and nxt.kind in ("day", "daymonth", "month") and word in ("-", "–", "—"))
                    or nxt.kind == "month"
                ):
                    joined = _join(atom, nxt)
                    used = 2
                if joined:
                    period = joined
                else:
                    used = 1
        if period is None:
            used = 1
            period = _single(atom)
            if period is None:
                i += 1
                continue
        period = _ends(text, period, begin, stop, atoms, i + used, used == 1)
        previous = found[-1] if found else None
        if (
            previous
            and period.kind == "financial_year"
            and period.start
            and previous.start
            and previous.start[4:] == "-04-06"
            and re.fullmatch(r"\s*(?:,|and|&|;)\s*(?:and\s)?", text[previous.stop : period.begin])
        ):
            # "(6 April to 5 April 2022/23, 2023/24 and 2024/25)": the days hold for the whole list
            first = int(period.start[:4])
            period = replace(period, kind="range", start=f"{first}-04-06", end=f"{first + 1}-04-05")
        found.append(period)
        i += used
        while i < len(atoms) and atoms[i].begin < period.stop:
            i += 1
    return found


def _tax_year(first: _Atom, second: _Atom, year: _Atom) -> Period | None:
    """ "6th April – 5th April 2022/2023": days named once for a year of two numbers."""
    if year.year is None:
        return None
    start, end = first.first_day(year.year), second.last_day(year.year + 1)
    if not start or not end:
        return None
    return Period(_kind_of(start, end), start, end, begin=first.begin, stop=year.stop)


def _ends(text: str, period: Period, begin: int, stop: int, atoms: list[_Atom], following: int, single: bool) -> Period:
    """An open or a cut-short end, and "year ending": what stands round the mention."""
    after = _OPEN.match(text, period.stop, min(stop, period.stop + 40))
    if after and period.start:
        kind = "open" if period.kind in ("range", "day", "month") else period.kind
        if kind == "calendar_year" and text.startswith("/", period.stop):  # "2022/to date": a year of two numbers
            return replace(financial_year(int(period.start[:4])), end=None, partial=True, begin=period.begin, stop=after.end())
        named = _NAMED_END.match(text, after.end(), min(stop, after.end() + 8))
        if named and following < len(atoms) and atoms[following].begin == named.end():  # "to the present day (9 May 2017)"
            last = atoms[following].last_day()
            if last and last >= period.start:
                return replace(period, kind="range", end=last, partial=True, stop=atoms[following].stop)
        return replace(period, end=None, partial=True, kind=kind, stop=after.end())
    until = _UP_TO.match(text, period.stop, min(stop, period.stop + 40))
    if until and following < len(atoms) and atoms[following].begin == until.end() and period.start:
        last = atoms[following].last_day() or atoms[following].last_day(int(period.start[:4]))
        if last and last < period.start and period.kind == "financial_year":
            last = atoms[following].last_day(int(period.start[:4]) + 1)
        if last and last >= period.start:
            closed = atoms[following].stop
            return replace(period, end=last, partial=True, kind="range", stop=closed + text.startswith(")", closed))
    before = text[max(begin, period.begin - 34) : period.begin]
    if period.kind in ("day", "month") and period.end and _ENDING.search(before):
        last_day = date.fromisoformat(period.end)
        if (last_day.month, last_day.day) in ((2, 29),):
            last_day = last_day.replace(day=28)
        first = date.fromordinal(last_day.replace(year=last_day.year - 1).toordinal() + 1)
        if last_day.day == calendar.monthrange(last_day.year, last_day.month)[1]:
            first = date(last_day.year - 1 + (last_day.month == 12), last_day.month % 12 + 1, 1)
        return replace(period, kind=_kind_of(first.isoformat(), period.end), start=first.isoformat())
    if single and period.kind in ("financial_year", "calendar_year") and "q" in text[max(begin, period.begin - 40) : period.stop + 18].lower():
        quarter = QUARTER_BEFORE.search(text, max(begin, period.begin - 40), period.begin)
        if quarter:
            return replace(quarter_of(period, which_quarter(quarter)), begin=quarter.start())
        quarter = QUARTER_AFTER.match(text, period.stop, min(stop, period.stop + 18))
        if quarter:
            return replace(quarter_of(period, which_quarter(quarter)), stop=quarter.end())
    if period.kind == "day" and _CUT_RANGE.match(text, period.stop, min(stop, period.stop + 24)):
        return replace(period, assumed=True)  # "1 May 2023 – 30 April 20024": its end is not to be read
    if not single or JOINED in text[period.begin : period.stop]:
        return period  # "from April 2013 to March 2014" has its end
    if period.start and period.kind in ("calendar_year", "financial_year", "day", "month") and _opens(before):
        return replace(period, end=None, kind="open")
    return period


def _opens(before: str) -> bool:
    """Do the words before a date say that it begins there, and no end follows?"""
    return before.rstrip().lower().endswith(_OPENING_WORDS) and bool(_OPENING.search(before))


@cache
def _context() -> dict[str, quick.Guarded]:
    return {
        "academic": quick.compile(r"\bacademic\b|\bschool year", re.I),
        "financial": quick.compile(r"\b(?:financial|fiscal|tax|budget)\s+years?\b|\bpolicy year|\bF/?Y\b", re.I),
    }


def academic(period: Period, context: str) -> Period:
    """The same years as academic ones (1 September to 31 August) where the words around say so."""
    if period.kind == "financial_year" and period.start and _context()["academic"].search(context):
        first = int(period.start[:4])
        return replace(period, kind="academic_year", start=f"{first}-09-01", end=None if period.end is None else f"{first + 1}-08-31")
    return period


def whole(periods: Iterable[Period]) -> Period | None:
    """The stretch from the first to the last of several periods; None where there is none with dates."""
    dated = [p for p in periods if p.start and p.kind != "day"] or [p for p in periods if p.start]
    if not dated:
        return None
    if len(dated) == 1:
        return dated[0]
    start = min(p.start for p in dated if p.start)
    ends = [p.end for p in dated]
    end = None if any(e is None for e in ends) else max(e for e in ends if e)
    kind = _kind_of(start, end) if end else "open"
    return Period(kind, start, end, any(p.partial for p in dated), dated[0].begin, dated[-1].stop)
