"""What is counted: the table of measures, which of them may be compared, and the ICO's categories of incident."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from foi_lib.errors import FoiError
from foi_lib.reference.tables import cells, table


@dataclass(frozen=True, slots=True)
class Measure:
    """`kind`: count, money or details … (the kinds of question); `comparable_group`: measures of one group may be put side by side."""

    name: str
    label: str
    kind: str
    unit: str | None
    definition: str
    comparable_group: str | None
    why_apart: str
    source: str


@dataclass(frozen=True, slots=True)
class IncidentCategory:
    """A category of the ICO's data security incident trends. `cyber`: the ICO counts it among cyber incidents."""

    name: str
    cyber: bool
    definition: str
    source: str


@cache
def _measures() -> dict[str, Measure]:
    return {
        row["name"]: Measure(row["name"], row["label"], row["kind"], row["unit"] or None, row["definition"],
                             row["comparable_group"] or None, row["why_apart"], row["source"])
        for row in table("measures")
    }  # fmt: skip


def measures() -> tuple[Measure, ...]:
    """Every measure that the project knows, in the table's order."""
    return tuple(_measures().values())


def measure(name: str) -> Measure:
    """The measure of that name; FoiError where the table has none (a request may define its own in request.yaml)."""
    try:
        return _measures()[name]
    except KeyError:
        raise FoiError(f"measure {name!r} is not known: write one of {', '.join(_measures())}, or define it in request.yaml") from None


def comparable(a: str, b: str) -> tuple[bool, str]:
    """Whether figures of two measures may be ranked or added together, and why (not).

    A measure that a request defines for itself is comparable with itself alone: the table knows nothing of it.
    """
    if a not in _measures() or b not in _measures():
        return a == b, f"both are {a}" if a == b else f"{a} and {b} are different measures: nothing says that they count the same thing"
    first, second = measure(a), measure(b)
    if first.comparable_group and first.comparable_group == second.comparable_group:
        return True, f"both are {first.label.lower()}" if first == second else f"{first.label} and {second.label} count the same thing"
    if first == second:
        return False, f"{first.label}: {first.why_apart}"
    return False, f"{first.label} and {second.label} are different measures: {first.why_apart}; {second.why_apart}"


@cache
def incident_categories() -> tuple[IncidentCategory, ...]:
    """The ICO's categories, in the table's order."""
    return tuple(
        IncidentCategory(row["name"], row["cyber"] == "true", row["definition"], row["source"]) for row in table("incident_categories")
    )


@cache
def _patterns() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    return tuple(
        (row["name"], tuple(re.compile(words, re.IGNORECASE) for words in cells(row["patterns"]))) for row in table("incident_categories")
    )


def categorise(description: str) -> str | None:
    """The one category that the words of an incident's description fit; None where none does, or where two fit equally well."""
    scores = {name: sum(bool(pattern.search(description)) for pattern in patterns) for name, patterns in _patterns() if patterns}
    best = max(scores.values(), default=0)
    winners = [name for name, score in scores.items() if score == best]
    return winners[0] if best and len(winners) == 1 else None
