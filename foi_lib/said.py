"""Outcome and figure, which must go together, whoever wrote them: keyed by hand, or decided in a review."""

from __future__ import annotations

from foi_lib.letters.model import OUTCOMES
from foi_lib.paths import nearest

# outcomes that give a figure, or may
WITH_FIGURE = ("disclosed", "nil", "suppressed", "partly_withheld", "unclear")
FIGURE_KINDS = ("count", "money", "percentage")
Said = tuple[str, float | None, float | None, float | None]


def said(outcome: str | None, value: float | None, low: float | None, high: float | None, kind: str) -> Said:
    """Outcome, value, low and high, filled where they follow from each other (a value without an outcome is disclosed, or nil for 0).

    `kind` is the question's. `ValueError` says in one line what contradicts what, and what would be right.
    """
    if not outcome and value is not None:
        outcome = "nil" if value == 0 else "disclosed"
    if not outcome:
        raise ValueError(f"outcome is empty: write one of {', '.join(OUTCOMES)} (or a value)")
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome {outcome!r} is not known{nearest(outcome, OUTCOMES)}")
    figures = [one for one in (value, low, high) if one is not None]
    if figures and outcome not in WITH_FIGURE:
        raise ValueError(f"outcome {outcome!r} has a figure beside it ({figures[0]:g}): take one of them away")
    if outcome == "nil" and value not in (None, 0.0):
        raise ValueError(f"outcome 'nil' has the value {value:g}: a nil is 0, and any other figure is 'disclosed'")
    if outcome == "nil" and value is None and kind in FIGURE_KINDS:
        value = 0.0
    if outcome == "disclosed" and kind in FIGURE_KINDS and not figures:
        raise ValueError(f"outcome 'disclosed' without a value, and the question asks for {kind}: give value, or low and high")
    if outcome == "suppressed" and high is None:
        raise ValueError("outcome 'suppressed' without high: '<5' is low 1 (or 0, where nil would be written so too) and high 4")
    low = value if low is None else low
    high = value if high is None else high
    order = [one for one in (low, value, high) if one is not None]
    if order != sorted(order):
        raise ValueError(f"low, value, high are {', '.join(f'{one:g}' for one in order)}: they should rise")
    return outcome, value, low, high
