"""How reports write things: numbers, money, dates, periods, outcomes; and how any text from outside is made harmless.

Ground of this folder: imports nothing heavy and nothing from its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape
from typing import Any

from foi_lib import wording
from foi_lib.wording import NONE, day, interval, is_missing, number

__all__ = [
    "capital", "day", "esc", "figure", "interval", "is_missing", "label", "measure", "number", "outcome_html", "outcome_words", "period",
    "plain", "web_link",
]  # fmt: skip

# A shape for each outcome: colour is never the only sign. They are from Unicode's Geometric Shapes block and have no emoji form, so
# that they look alike on every machine. The words are those of `foi_lib.analysis.words`, so that prose and tables agree.
SHAPES: dict[str, str] = {
    "disclosed": "●", "nil": "○", "suppressed": "◒", "partly_withheld": "◐", "withheld": "■", "neither_confirmed_nor_denied": "◆",
    "not_held": "□", "already_accessible": "▷", "cost_limit": "▲", "vexatious_or_repeated": "▼", "clarification_sought": "◇",
    "not_applicable": "▭", "unanswered": "◌", "unclear": "?",
    # not outcomes of an answer, but a cell of a grid may hold them
    "no_reply": "×", "acknowledged": "◔", "unreadable": "!", "not_recorded": "·",
}  # fmt: skip


SHORT = 18  # characters of an outcome that stay on one line with its shape


@cache
def _controls() -> re.Pattern[str]:
    # C0 (but tab and newline), DEL, C1, the bidirectional controls and the line and paragraph separators
    return re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def plain(text: Any) -> str:
    """`text` with control characters (bidirectional ones too) made visible: "[U+202E]"."""
    return _controls().sub(lambda m: f"[U+{ord(m[0]):04X}]", "" if is_missing(text) else str(text))


def esc(text: Any) -> str:
    """`text` safe as HTML text or as a quoted attribute."""
    return escape(plain(text), quote=True)


def web_link(url: Any) -> str | None:
    """`url` where it is an http(s) address with a host and nothing odd in it, else None: no other scheme is ever made a link."""
    text = "" if is_missing(url) else str(url).strip()
    return text if re.fullmatch(r"https?://[^\s<>\"'`\\\x00-\x20]+", text, re.IGNORECASE) and plain(text) == text else None


def figure(row: Mapping[str, Any]) -> str:
    """The figure of an answer's row (value, low, high, unit, qualifier): "6", "£300", "1 to 4", "2 (known)"; "" where there is none."""
    value, low, high, unit = row.get("value"), row.get("low"), row.get("high"), row.get("unit")
    text = interval(low, high, unit) if is_missing(value) else number(value, unit)
    if text == NONE:
        return ""
    if not (is_missing(value) or is_missing(low) or is_missing(high)) and float(low) != float(high):  # type: ignore[arg-type]
        text += f" ({interval(low, high, unit)})"
    qualifier = row.get("qualifier")
    return text if is_missing(qualifier) else f"{text} ({qualifier})"


def outcome_words(outcome: Any) -> str:
    """The outcome in words, "neither confirmed nor denied"; an unknown one as it stands."""
    from foi_lib.analysis.words import OUTCOME_WORDS

    key = "" if is_missing(outcome) else str(outcome)
    return OUTCOME_WORDS.get(key) or key.replace("_", " ")


def measure(name: Any) -> str:
    """A measure in words."""
    from foi_lib.analysis.words import measure_name

    return str(measure_name(name))


def outcome_html(outcome: Any, words: str | None = None) -> str:
    """Shape (hidden from screen readers, which hear the word) and word."""
    key = "" if is_missing(outcome) else str(outcome)
    shape = SHAPES.get(key, "?")
    kind = key if key in SHAPES else "unclear"
    said = outcome_words(outcome) if words is None else words
    css = f"foi-outcome foi-o-{kind}" + (" foi-o-short" if len(said) <= SHORT else "")
    return f'<span class="{css}"><span class="foi-shape" aria-hidden="true">{shape} </span>{esc(said)}</span>'


def period(row: Mapping[str, Any]) -> str:
    """The period of an answer's row in words (see `foi_lib.wording.period`); "" where none is stated."""
    return wording.period(row.get("period_kind"), row.get("period_start"), row.get("period_end"), row.get("partial_period"))


LABELS = {
    "authority": "Council", "authority_code": "Code", "question": "Question", "question_text": "Question in full", "value": "Figure",
    "working_days": "Working days", "on_time": "On time", "received_on": "Received", "responded_on": "Replied", "due_on": "Due",
    "pit_found": "Public interest test", "ncnd": "Neither confirm nor deny", "provisions": "Relied on", "as_cited": "As cited",
    "needs_review": "To be looked at", "review_reasons": "Why it should be looked at", "derived_by": "Derived by", "quote": "Words",
    "source_note": "Where it was found", "source_url": "Address", "keyed_value": "Keyed by hand", "keyed_outcome": "Keyed outcome",
    "population": "Residents", "section": "Provision", "n": "n", "ico": "ICO",
}  # fmt: skip


def capital(text: str) -> str:
    """With a capital at its beginning, as all headings have; "n" stays."""
    return text[:1].upper() + text[1:] if len(text) > 1 else text


def label(column: Any) -> str:
    """A column's heading: a known one, else its name with spaces and a capital."""
    text = str(column)
    if text in LABELS:
        return LABELS[text]
    text = re.sub(r"_gbp$", "", text).replace("_", " ").strip()
    return capital(text) if text else str(column)
