"""Numbers, periods and outcomes as a reader of British English expects them. Every sentence of a notebook is built from these."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date

import pandas as pd

OUTCOME_WORDS = {
    "disclosed": "answered",
    "nil": "nil",
    "suppressed": "suppressed",
    "partly_withheld": "partly withheld",
    "withheld": "withheld",
    "neither_confirmed_nor_denied": "neither confirmed nor denied",
    "not_held": "not held",
    "already_accessible": "said to be published elsewhere",
    "cost_limit": "refused: cost limit",
    "vexatious_or_repeated": "refused: vexatious or repeated",
    "clarification_sought": "clarification sought",
    "not_applicable": "“not applicable”",
    "unanswered": "question not answered",
    "unclear": "unclear: needs a person",
    "no_reply": "no reply",
    "unreadable": "reply not readable",
    "not_recorded": "not in our source",
}
MINUS = "\u2212"
NONE = "–"  # what a table shows where there is nothing to compute: 0/0 is not 0%


def number(value: float | int | None, decimals: int = 0) -> str:
    """`12745` → "12,745"; a whole number never shows decimals, a missing one is "–"."""
    if value is None or pd.isna(value):
        return NONE
    if decimals == 0 and float(value) != int(value):
        decimals = 1
    text = f"{abs(float(value)):,.{decimals}f}"
    return (MINUS if value < 0 and float(text.replace(",", "")) else "") + text


def gbp(value: float | int | None) -> str:
    """Pounds, with pence only where there are any: "£10,750", "£51,099.25"."""
    if value is None or pd.isna(value):
        return NONE
    whole = round(float(value), 2) == int(value)
    return (MINUS if value < 0 else "") + f"£{abs(float(value)):,.{0 if whole else 2}f}"


def amount(value: float | int | None, unit: str | None = None) -> str:
    """A figure in its unit: `unit` is GBP, percent, or anything that needs no sign."""
    if unit == "GBP":
        return gbp(value)
    return number(value) + ("%" if unit == "percent" and value is not None and not pd.isna(value) else "")


def interval(low: float | None, high: float | None, unit: str | None = None) -> str:
    """A figure known exactly ("6"), between two ends ("1 to 4"), or from one end only ("at least 5")."""
    if low is None or pd.isna(low):
        return NONE if high is None or pd.isna(high) else f"at most {amount(high, unit)}"
    if high is None or pd.isna(high) or math.isinf(high):
        return f"at least {amount(low, unit)}"
    return amount(low, unit) if low == high else f"{amount(low, unit)} to {amount(high, unit)}"


def plural(n: float | int, one: str, many: str | None = None) -> str:
    """`plural(1, "council")` → "1 council"; `plural(2, "authority", "authorities")` → "2 authorities"."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def verb(n: int, one: str, many: str) -> str:
    """The form that agrees with n: `verb(1, "was", "were")` → "was"."""
    return one if n == 1 else many


def of(n: int, total: int) -> str:
    """`of(3, 12)` → "3 of 12"."""
    return f"{number(n)} of {number(total)}"


def percent(n: float, total: float, decimals: int = 1) -> str:
    """A share recomputed from its own two numbers; "–" for 0/0."""
    return NONE if not total else f"{100 * n / total:.{decimals}f}%"


def join(items: Sequence[str]) -> str:
    """`["a", "b", "c"]` → "a, b and c"."""
    items = list(items)
    return "".join(items) if len(items) < 2 else f"{', '.join(items[:-1])} and {items[-1]}"


def some(items: Sequence[str], most: int = 6) -> str:
    """A list in words that stays short: the first few, then how many more."""
    items = list(items)
    return join(items) if len(items) <= most else join([*items[: most - 1], f"{len(items) - most + 1} more"])


def day(iso: object) -> str:
    """`"2018-01-24"` → "24 January 2018"; "date not known" where there is none."""
    if iso is None or pd.isna(iso) or not str(iso):
        return "date not known"
    found = date.fromisoformat(str(iso)[:10])
    return f"{found.day} {found:%B %Y}"


def period(kind: object, start: object, end: object, partial: object = False) -> str:
    """A period's name: "2017", "2021/22", "August 2017", "1 April 2021 to 31 March 2024"; "(part)" where it had not ended."""
    first = None if start is None or pd.isna(start) else date.fromisoformat(str(start))
    last = None if end is None or pd.isna(end) else date.fromisoformat(str(end))
    tail = " (part)" if partial is not None and not pd.isna(partial) and bool(partial) else ""
    if first is None and last is None:
        return "period not stated"
    if first is None:
        return f"to {day(last)}{tail}"
    if kind == "calendar_year":
        return f"{first.year}{tail}"
    if kind in ("financial_year", "academic_year"):
        return f"{first.year}/{(first.year + 1) % 100:02d}{tail}"
    if kind == "month":
        return f"{first:%B %Y}{tail}"
    if last is None:
        return f"from {day(first)}{tail}"
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):  # several calendar years
        return f"{first.year} to {last.year}{tail}"
    if (first.month, first.day, last.month, last.day) == (4, 1, 3, 31):  # several financial years
        return (
            f"{period('financial_year', f'{first.year}-04-01', None)} to {period('financial_year', f'{last.year - 1}-04-01', None)}{tail}"
        )
    if first == last:
        return f"{day(first)}{tail}"
    return f"{day(first)} to {day(last)}{tail}"


def outcome(name: object) -> str:
    """An outcome in words; a missing one is "–"."""
    return NONE if name is None or pd.isna(name) else OUTCOME_WORDS.get(str(name), str(name))


def measure_name(name: object) -> str:
    """A measure in words, out of the table of measures: "data breaches"; a request's own by its name, without underscores."""
    from foi_lib.reference import measures  # a table, read on first use

    if name is None or pd.isna(name):
        return "figure"
    label = next((m.label for m in measures() if m.name == name), str(name).removesuffix("_gbp").removesuffix("_count").replace("_", " "))
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def tier(name: object) -> object:
    """A kind of council in words; a kind that is not in the table stays as it is."""
    return TIERS.get(str(name), name)


# As in the authorities' table: who does what in local government differs by tier, so figures do.
TIERS = {
    "single": "single-tier council",
    "lower": "district council",
    "upper": "county council",
    "combined": "combined authority",
    "strategic": "strategic authority",
}
