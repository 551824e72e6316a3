"""What the factory's rooms pass to each other."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from .periods import Period


@dataclass
class Asked:
    """A question: its label in the request, what it asks, and over which years."""

    label: str
    text: str
    measure: str  # out of the project's measures; "other" where the measure is not one of them
    kind: str
    gist: str
    noun: tuple[str, str]
    years: tuple[Period, ...]
    own_words: bool = True  # the years are in its own words; otherwise they stand in an earlier question
    parent: str | None = None  # label of the question it belongs to

    def span(self) -> Period:
        """The period of an answer that does not split it."""
        from .periods import UNSTATED, whole

        if self.kind in ("yes_no", "text") or not self.own_words:
            return UNSTATED
        return whole(self.years)


@dataclass
class Said:
    """An answer as written, and its labels. `block` answers need lines of their own."""

    text: str
    labels: list[dict[str, Any]]
    block: bool = False
    table: bool = False
    incidents: list[dict[str, Any]] = field(default_factory=list)
    refusal: bool = False


@dataclass
class Style:
    """A letter's habits, drawn once and kept to."""

    rng: Random
    regime: str
    domain: str
    year_style: str
    joiner: str
    layout: str
    count_style: str
    money_style: str
    zero: str
    cite_style: str
    traits: set[str] = field(default_factory=set)
    annex: str | None = None  # a provision that is only named in an annex

    def mark(self, kind: str, name: str) -> None:
        """Note a feature that the letter shows, for coverage and for finding what its misses have in common."""
        self.traits.add(f"{kind}:{name}")


def label(asked: Asked, period: Period, outcome: str, value: float | None = None, words: str = "", **more: Any) -> dict[str, Any]:
    """A label in the form of the score script; `value_text` stands in the letter as it is."""
    found: dict[str, Any] = {
        "question": asked.label,
        "measure": asked.measure,
        "period_start": period.start,
        "period_end": period.end,
        "outcome": outcome,
        "value": value,
        "value_text": words,
        "provisions": [],
    }
    return found | {key: item for key, item in more.items() if item is not None}


def figure(asked: Asked, period: Period, value: float, words: str, **more: Any) -> dict[str, Any]:
    """The label of a figure: nil where it is nothing."""
    return label(asked, period, "nil" if value == 0 else "disclosed", value, words, **more)
