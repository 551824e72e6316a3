"""Numbers, days and periods in British English: one way for sentences, tables, charts and pages.

Ground floor: imports nothing but the standard library, so that every room may speak alike.
"""

from __future__ import annotations

import math
import re
from typing import Any

MINUS = "\u2212"
NONE = "–"  # what a table shows where there is nothing to compute: 0/0 is not 0%
MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def is_missing(value: Any) -> bool:
    """True for None, NaN, NA, NaT and the empty string."""
    if value is None:
        return True
    if isinstance(value, str):
        return value == ""
    if isinstance(value, (int, float)):
        return bool(value != value)
    if isinstance(value, (list, tuple, dict, set)):
        return False
    return str(value) in ("<NA>", "NaT") or bool(value != value)


def number(value: Any, unit: Any = None) -> str:
    """A number as British readers write it: 12,745; £81,200.50; 39.6%; two decimals at most (a percentage one). Missing or without
    end is "–"."""
    if is_missing(value) or not math.isfinite(float(value)):
        return NONE
    amount, unit = float(value), "" if is_missing(unit) else str(unit)
    text = f"{abs(amount):,.{1 if unit == 'percent' else 2}f}"
    if unit != "GBP" or text.endswith(".00"):  # pence have both their digits
        text = text.rstrip("0").rstrip(".")
    sign = MINUS if amount < 0 and text.strip("0,.") else ""
    return f"{sign}£{text}" if unit == "GBP" else f"{sign}{text}%" if unit == "percent" else f"{sign}{text}"


def interval(low: Any, high: Any, unit: Any = None) -> str:
    """A figure known exactly ("6"), between two ends ("1 to 4"), or from one end only ("at least 5", "at most 4"); "–" for neither."""
    if not is_missing(high) and math.isinf(float(high)):
        high = None
    if is_missing(low):
        return NONE if is_missing(high) else f"at most {number(high, unit)}"
    if is_missing(high):
        return f"at least {number(low, unit)}"
    return number(low, unit) if float(low) == float(high) else f"{number(low, unit)} to {number(high, unit)}"


def day(iso: Any) -> str:
    """ "24 January 2018" from "2018-01-24"; "January 2018" from "2018-01"; anything else as it stands; "" where there is none."""
    text = "" if is_missing(iso) else str(iso)
    if m := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?", text):
        return (f"{int(m[3])} " if m[3] else "") + f"{MONTHS[int(m[2]) - 1]} {m[1]}"
    return text


def period(kind: Any, start: Any, end: Any, partial: Any = False) -> str:
    """A period's name: "2017", "2021/22", "August 2017", "1 April 2021 to 31 July 2024"; "(part)" where it had not ended; "" for none.

    A whole calendar or financial year is named by its dates, however `kind` calls it; an academic year says that it is one.
    """
    first, last = ("" if is_missing(end_) else str(end_) for end_ in (start, end))
    tail = " (part)" if not is_missing(partial) and bool(partial) else ""
    if not first and not last:
        return ""
    if not last:
        return f"from {day(first)}{tail}"
    if not first:
        return f"to {day(last)}{tail}"
    ends, years = (first[5:], last[5:]), (int(first[:4]), int(last[:4]))
    if ends == ("01-01", "12-31"):
        told = first[:4] if years[0] == years[1] else f"{first[:4]} to {last[:4]}"
    elif ends == ("04-01", "03-31") and years[0] < years[1]:
        told = _split_year(years[0]) + (f" to {_split_year(years[1] - 1)}" if years[1] > years[0] + 1 else "")
    elif kind == "academic_year" and years[1] == years[0] + 1:
        told = f"{_split_year(years[0])} (academic)"
    elif kind == "month" and first[:7] == last[:7]:
        told = day(first[:7])
    else:
        told = day(first) if first == last else f"{day(first)} to {day(last)}"
    return told + tail


def _split_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"
