"""What a person decided about one answer, and the words it was decided on: `Decision`, one row of `corrections.csv`.

The file's cells are written so that a spreadsheet leaves them alone: labels as Q1.10, periods as 2017-01-01 to 2017-12-31, and an
apostrophe before other text that would be taken for a number, a date or a formula.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foi_lib.schema import DECISIONS
from foi_lib.typed_cells import guard

__all__ = [
    "COLUMNS", "DECISIONS", "Decision", "Reading", "context", "decide", "known", "reading", "same_reading", "span", "spelt", "squeezed",
]  # fmt: skip

COLUMNS = (
    "decision", "authority", "question", "measure", "period", "breakdown", "sha256", "quote", "context", "machine_outcome",
    "machine_value", "outcome", "value", "low", "high", "qualifier", "why", "who", "when",
)  # fmt: skip
LONGEST_QUOTE = 120  # characters: a long answer is known by its beginning, and a letter's sentences stay in the letter
_GUARDED = ("authority", "breakdown", "quote", "qualifier", "why", "who")
Reading = tuple[str | None, float | None, float | None, float | None]  # outcome, value, low, high


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision. `period` is "2017-01-01 to 2017-12-31" ("unstated" where the answer has none, "" for whichever it has); `context` is a
    mark of the lines that hold the quote; `machine_*` is what the program read then (for a keyed answer, what was keyed); `when` is an
    ISO day or moment. `line` and `mended` are of the file that it was read from."""

    decision: str
    authority: str
    question: str
    measure: str = ""
    period: str = ""
    breakdown: str = ""
    sha256: str = ""
    quote: str = ""
    context: str = ""
    machine_outcome: str | None = None
    machine_value: float | None = None
    machine_low: float | None = None
    machine_high: float | None = None
    outcome: str | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    qualifier: str | None = None
    why: str = ""
    who: str = ""
    when: str = ""
    line: int = field(default=0, compare=False)
    mended: tuple[str, ...] = field(default=(), compare=False)

    @property
    def decision_id(self) -> str:
        """A name that depends on what was decided, and not on where in the file it stands."""
        cells = {name: cell for name, cell in self.cells().items() if name != "context"}
        return "d" + hashlib.sha256(json.dumps(cells, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:10]

    @property
    def machine(self) -> Reading:
        """What the program read then."""
        return reading(self.machine_outcome, self.machine_value, self.machine_low, self.machine_high)

    @property
    def person(self) -> Reading | None:
        """What the person says it is; for a confirmation that does not repeat it, what was confirmed; None where nothing is said."""
        if self.outcome:
            return reading(self.outcome, self.value, self.low, self.high)
        return self.machine if self.decision == "confirm" and self.machine_outcome else None

    def cells(self) -> dict[str, str]:
        """The row of the file, by column."""
        cells = {name: "" if getattr(self, name) is None else str(getattr(self, name)) for name in COLUMNS}
        cells["question"] = f"Q{self.question}" if re.match(r"\d", self.question) else guard(self.question)
        cells["machine_value"] = spelt(self.machine)
        low, high = (None if end == self.value else end for end in (self.low, self.high))
        cells |= {name: plain_number(one) for name, one in (("value", self.value), ("low", low), ("high", high))}
        for name in _GUARDED:
            cells[name] = guard(" ".join(cells[name].split()))
        return cells


def reading(outcome: str | None, value: float | None, low: float | None, high: float | None) -> Reading:
    """Outcome and figure with both ends filled from the value."""
    return outcome, value, value if low is None else low, value if high is None else high


def same_reading(one: Reading, other: Reading) -> bool:
    """The same outcome and the same figure or interval, to half a penny."""
    return one[0] == other[0] and all(
        (a is None) == (b is None) and (a is None or b is None or abs(a - b) <= 0.005) for a, b in zip(one[1:], other[1:], strict=True)
    )


def spelt(read: Reading) -> str:
    """The figure of a reading for a cell: "6", "1 to 4", "at least 5", "at most 4", or "" where it has none."""
    _, value, low, high = read
    if value is not None:
        return plain_number(value)
    if low is not None and high is not None:
        return f"{plain_number(low)} to {plain_number(high)}"
    return f"at least {plain_number(low)}" if low is not None else f"at most {plain_number(high)}" if high is not None else ""


def plain_number(value: float | None) -> str:
    """Digits alone: 6, 10750.25."""
    return "" if value is None else f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"


def span(start: str | None, end: str | None) -> str:
    """A period for a cell, in words that no spreadsheet takes for a date."""
    if start is None and end is None:
        return "unstated"
    return " ".join(part for part in (start, "to", end) if part)


def squeezed(quote: str | None) -> str:
    """A quote for a cell: on one line, and no longer than its use."""
    text = " ".join((quote or "").split())
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def context(text: str, start: int, end: int) -> str:
    """A mark of the lines of `text` that hold `text[start:end]`: the same where the lines' words are. Begins with a letter, so that no
    spreadsheet takes it for a number."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", max(start, end - 1))
    words = " ".join(text[first : len(text) if last < 0 else last].split())
    return "w" + hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:12]


def decide(
    answer: Mapping[str, Any], decision: str, who: str, when: str, text: str | None = None, *, outcome: str | None = None,
    value: float | None = None, low: float | None = None, high: float | None = None, qualifier: str | None = None, why: str = "",
) -> Decision:  # fmt: skip
    """A decision about a row of the table `answers`; `text` is the whole text of the file that it stands in.

    `outcome` and the figure are the person's; a confirmation, and an exclusion that states none, take those that now stand in the row.
    """
    row = known(answer)
    stands = reading(*(row.get(name) for name in ("outcome", "value", "low", "high")))
    read = reading(*(row.get(f"machine_{name}") for name in ("outcome", "value", "low", "high"))) if row.get("machine_outcome") else stands
    if row.get("source") == "correction" and not row.get("machine_outcome"):
        read = (None, None, None, None)
    if decision in ("confirm", "exclude") and not outcome:
        outcome, value, low, high = stands
        qualifier = qualifier or row.get("qualifier")
    start, end = row.get("start"), row.get("end")
    marked = context(text, int(start), int(end)) if text is not None and start is not None and end is not None else ""
    return Decision(
        decision, str(row["authority"] if row.get("authority_code") else row["slug"]), str(row["question"]), str(row.get("measure") or ""),
        span(row.get("period_start"), row.get("period_end")), str(row.get("breakdown") or ""), str(row.get("sha256") or ""),
        squeezed(row.get("quote")), marked,
        *read, *(reading(outcome, value, low, high) if outcome else (None, None, None, None)), qualifier, why, who, when,
    )  # fmt: skip


def known(row: Mapping[Any, Any]) -> dict[str, Any]:
    """A row of a table with None for whatever is missing (NA, NaN, "")."""
    return {str(name): None if _missing(value) else value for name, value in row.items()}


def _missing(value: Any) -> bool:
    return value is None or (value == "" if isinstance(value, str) else str(value) in ("<NA>", "nan", "NaT"))
