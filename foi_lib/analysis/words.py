"""Numbers, periods and outcomes as a reader of British English expects them. Every sentence of a notebook is built from these."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import pandas as pd

from foi_lib import wording
from foi_lib.wording import MINUS, NONE, interval, number

__all__ = [
    "MINUS", "NONE", "OUTCOME_WORDS", "amount", "day", "instead", "interval", "join", "measure_name", "number", "of", "outcome", "percent",
    "period", "plural", "some", "tier", "verb",
]  # fmt: skip
UNSTATED = "period not stated"

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


def amount(value: float | int | None, unit: str | None = None) -> str:
    """A figure in its unit: `unit` is GBP, percent, or anything that needs no sign."""
    return number(value, unit)


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
    return wording.day(iso) or "date not known"


def period(kind: object, start: object, end: object, partial: object = False) -> str:
    """A period's name (see `foi_lib.wording.period`); "period not stated" where there is none."""
    return wording.period(kind, start, end, partial) or UNSTATED


def outcome(name: object) -> str:
    """An outcome in words; a missing one is "–"."""
    return NONE if name is None or pd.isna(name) else OUTCOME_WORDS.get(str(name), str(name))


def instead(name: object) -> str:
    """What stands in place of a figure: the outcome in words; of one that was answered, that there is no figure in it."""
    return f"{outcome(name)}, without a figure" if name == "disclosed" else outcome(name)


def measure_name(name: object) -> str:
    """A measure in words, out of the table of measures: "data breaches"; a request's own by its name, without underscores."""
    return "figure" if name is None or pd.isna(name) else _measure(str(name))


@lru_cache(1024)
def _measure(name: str) -> str:
    from foi_lib.reference import measures  # a table, read on first use

    label = next((m.label for m in measures() if m.name == name), name.removesuffix("_gbp").removesuffix("_count").replace("_", " "))
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
