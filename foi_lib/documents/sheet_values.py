"""Values of spreadsheet cells as the sheet shows them: percentages, money, dates and months, and no noise of binary fractions."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache


def shown(value: object, form: str = "General") -> str:
    """A value as text. `form` is the cell's number format; figures are never rounded by it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, form)
    if isinstance(value, dt.datetime):
        if value.time() == dt.time(0):
            return _date(value.date(), form)
        return value.isoformat(" ", "seconds").removesuffix(":00")
    if isinstance(value, dt.date):
        return _date(value, form)
    if isinstance(value, dt.time):
        return value.isoformat("seconds").removesuffix(":00") if value.second == 0 else value.isoformat("seconds")
    return str(value)


@lru_cache(maxsize=1000)
def _traits(form: str) -> tuple[bool, str, bool, str]:
    """Of a number format: percentage, currency sign, thousands separator, date parts."""
    first = form.split(";", 1)[0]
    money = re.search(r"\[\$([£$€])|([£€])|\"([£$€])\"|\\?(\$)(?!-)", first)
    sign = next((part for part in money.groups() if part), "") if money else ""
    bare = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", first).lower()
    return "%" in bare, sign, "#,#" in bare or "0,0" in bare, "".join(part for part in "dmyhs" if part in bare)


def _number(value: int | float, form: str) -> str:
    percent, sign, thousands, _ = _traits(form)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if percent:
        return f"{_plain(value * 100, thousands)}%"
    if sign:
        words = _plain(abs(value), thousands)
        whole, dot, rest = words.partition(".")
        return f"{'-' if value < 0 else ''}{sign}{whole}{dot}{rest if len(rest) != 1 else rest + '0'}"
    return _plain(value, thousands)


def _plain(value: int | float, thousands: bool) -> str:
    if isinstance(value, float):
        rounded = float(f"{value:.12g}")  # 0.1 + 0.2 is 0.3
        if rounded.is_integer() and abs(rounded) < 1e15:
            value = int(rounded)
        else:
            words = f"{rounded:.12f}".rstrip("0").rstrip(".") if 1e-6 <= abs(rounded) < 1e15 else repr(rounded)
            whole, dot, rest = words.partition(".")
            return f"{int(whole):,}{dot}{rest}" if thousands and whole.lstrip("-").isdigit() and int(whole) else words
    return f"{value:,}" if thousands else str(value)


def _date(value: dt.date, form: str) -> str:
    """A date; a month or a year where the sheet shows no more, for then no more is meant."""
    parts = _traits(form)[3]
    if "y" in parts and "d" not in parts:
        return f"{value:%B} {value.year}" if "m" in parts else str(value.year)
    return value.isoformat()
