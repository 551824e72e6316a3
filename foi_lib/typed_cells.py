"""Cells as people type them, and as spreadsheets leave them: numbers, days, short dates made of "1.2".

What is certain is read; anything else is a `ValueError` that says what stands there and what would be right.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBER = re.compile(r"[-−]?£?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_COMMA_NUMBER = re.compile(r"[-−]?£?(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}")  # 1.234,50, as half of Europe's spreadsheets save it
_DATE_LIKE = re.compile(
    r"\d{1,4}[-/. ]?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:[-/. ,]*\d{2,4})?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[-/. ,]*\d{1,4}(?:[-/. ,]+\d{2,4})?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"[\d\s.,:/£$€%()+\-–eE]*\d[\d\s.,:/£$€%()+\-–eE]*")
_FORMULA = re.compile(r"\s*[=+\-@\t\r\n＝＋－＠]")


def number(cell: str, decimal_comma: bool = False) -> float:
    """A number as people write it: 1234, 1,234, £1,234.50; with `decimal_comma` also 1.234,50. Not below nought, and finite."""
    text = cell.strip()
    if decimal_comma and _COMMA_NUMBER.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[-+]?\d+(?:[.,]\d+)?[eE][-+]?\d+", text):
        raise ValueError(f"{cell!r} is a number that a spreadsheet has rounded; write all its digits")
    if _DATE_LIKE.fullmatch(text):
        raise ValueError(f"{cell!r} is a date, which a spreadsheet made of a number; write the number's digits")
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"{cell!r} is not a number; write digits only, such as 1234 or 1234.50 (words go under outcome or qualifier)")
    found = float(text.replace(",", "").replace("£", "").replace("−", "-"))
    if not math.isfinite(found):
        raise ValueError(f"{cell!r} is too large")
    if found < 0:
        raise ValueError(f"{cell!r} is below nought: counts and sums paid are not")
    return found


def is_day(text: str) -> bool:
    """Whether it is a day as 2018-01-24, and one that there was."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


def moment(cell: str) -> tuple[str, str]:
    """A day (2018-01-24) or a moment (2018-01-24T10:20), as ISO text; and what had to be mended, or "".

    A spreadsheet's 24/01/2018 (day first, as in the United Kingdom), 24.01.2018, 24-Jan-18 and 43124 (its count of days) are read too.
    """
    text = " ".join(cell.split())
    if is_day(text):
        return text, ""
    if re.fullmatch(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?", text):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            raise ValueError(f"{cell!r} is not a date; write year-month-day, e.g. 2018-01-24") from None
        return text.replace(" ", "T", 1), ""
    clock = re.search(r" (\d{1,2}:\d\d)(:\d\d)?$", text)
    found = _spreadsheet_day(text[: clock.start()] if clock else text)
    if found is None:
        raise ValueError(f"{cell!r} is not a date; write year-month-day, e.g. 2018-01-24")
    read = found.isoformat() + (f"T{clock[1]:0>5}" if clock else "")
    return read, f"{cell!r} was read as {read}"


def _spreadsheet_day(text: str) -> date | None:
    try:
        if m := re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})", text):
            day, month, year = int(m[1]), int(m[2]), int(m[3])
            day, month = (month, day) if month > 12 >= day else (day, month)
            return date(year + 2000 if year < 100 else year, month, day)
        if m := re.fullmatch(r"(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{2}|\d{4})", text):
            year = int(m[3])
            return date(year + 2000 if year < 100 else year, _MONTHS.index(m[2].lower()) + 1, int(m[1]))
        if re.fullmatch(r"[3-6]\d{4}(\.\d+)?", text):  # 1982 to 2091, as days since 30 December 1899
            return date(1899, 12, 30) + timedelta(days=int(float(text)))
    except ValueError:
        pass
    return None


def two_numbers(cell: str) -> tuple[int, int] | None:
    """The two numbers that a spreadsheet made a short date of: "02-Jan", "Jan-02" and "2-Jan" are 2 and 1, "Dec-11" is 12 and 11;
    None where the cell is no short date. Which of the two came first is not known."""
    if m := re.fullmatch(r"(\d{1,2})[- ]([A-Za-z]{3})", cell.strip()):
        first, name = int(m[1]), m[2]
    elif m := re.fullmatch(r"([A-Za-z]{3})[- ](\d{1,2})", cell.strip()):
        first, name = int(m[2]), m[1]
    elif m := re.fullmatch(r"(\d{2})/(\d{2})/(\d{4})", cell.strip()):
        return int(m[1]), int(m[2])
    else:
        return None
    return (first, _MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else None


def is_at_risk(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula, a number or a date, and alter it."""
    plain = text.strip().lstrip("'").strip()
    if _FORMULA.match(text.lstrip("'")) or plain.upper() in ("TRUE", "FALSE"):
        return True
    return bool(_NUMERIC.fullmatch(plain) or _DATE_LIKE.fullmatch(plain))


def guard(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would alter it; `unguard` takes it away."""
    return f"'{text}" if is_at_risk(text) else text


def unguard(cell: str) -> str:
    """The text that `guard` was given; a cell that a person wrote without the apostrophe is itself."""
    return cell[1:] if cell.startswith("'") and is_at_risk(cell) else cell
