"""How reports write things: numbers, money, dates, periods, outcomes; and how any text from outside is made harmless.

Ground of this folder: imports nothing heavy and nothing from its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from html import escape
from typing import Any

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


def is_missing(value: Any) -> bool:
    """True for None, NaN, NA, NaT and the empty string."""
    if value is None:
        return True
    if isinstance(value, str):
        return value == ""
    if isinstance(value, (bool, list, tuple, dict, set)):
        return False
    return str(value) in ("<NA>", "NaT") or bool(value != value)


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


def number(value: Any, unit: Any = None) -> str:
    """A number as British readers write it: 12,745; £81,200.50; 39.6%. Missing gives ""."""
    if is_missing(value):
        return ""
    amount = float(value)
    if amount != amount or amount in (float("inf"), float("-inf")):
        return "–"
    unit = "" if is_missing(unit) else str(unit)
    digits = 2 if unit == "GBP" else 1 if unit == "percent" else 2
    text = f"{abs(amount):,.{digits}f}"
    if unit != "GBP" or amount == round(amount):
        text = text.rstrip("0").rstrip(".")
    sign = "−" if amount < 0 else ""
    return f"{sign}£{text}" if unit == "GBP" else f"{sign}{text}%" if unit == "percent" else f"{sign}{text}"


def interval(low: Any, high: Any, unit: Any = None) -> str:
    """ "1 to 4", "5 or more", "up to 4"; a single number where both ends are the same."""
    if is_missing(low) and is_missing(high):
        return ""
    if is_missing(high):
        return f"{number(low, unit)} or more"
    if is_missing(low):
        return f"up to {number(high, unit)}"
    return number(low, unit) if float(low) == float(high) else f"{number(low, unit)} to {number(high, unit)}"


def figure(row: Mapping[str, Any]) -> str:
    """The figure of an answer's row (value, low, high, unit, qualifier): "6", "£300", "1 to 4", "2 (known)"; "" where there is none."""
    value, low, high, unit = row.get("value"), row.get("low"), row.get("high"), row.get("unit")
    text = interval(low, high, unit) if is_missing(value) else number(value, unit)
    if not text:
        return ""
    if (
        not is_missing(value)
        and low is not None
        and high is not None
        and not (is_missing(low) or is_missing(high))
        and float(low) != float(high)
    ):
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


MONTHS = "January February March April May June July August September October November December".split()  # noqa: SIM905


def day(iso: Any) -> str:
    """ "24 January 2018" from "2018-01-24"; "January 2018" from "2018-01"; anything else as it stands."""
    text = "" if is_missing(iso) else str(iso)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            when = date.fromisoformat(text)
            return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
        if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
            return f"{MONTHS[int(text[5:]) - 1]} {text[:4]}"
    except ValueError:
        pass
    return text


def _year_on(first: str) -> str:
    """The last day of the year that begins on `first` (1 January or 1 April)."""
    return f"{first[:4]}-12-31" if first[5:] == "01-01" else f"{int(first[:4]) + 1}-03-31"


def _year_back(last: str) -> str:
    """The first day of the year that ends on `last` (31 December or 31 March)."""
    return f"{last[:4]}-01-01" if last[5:] == "12-31" else f"{int(last[:4]) - 1}-04-01"


def period(row: Mapping[str, Any]) -> str:
    """The period of an answer's row in words: "2017", "2021/22", "March 2024", "1 April 2023 to 3 March 2024 (part)"."""
    start, end = row.get("period_start"), row.get("period_end")
    kind = row.get("period_kind")
    first, last = ("" if is_missing(start) else str(start)), ("" if is_missing(end) else str(end))
    part = row.get("partial_period")
    tail = " (part)" if not is_missing(part) and bool(part) else ""
    if not first and not last:
        return ""
    if not last:
        return f"from {day(first)}{tail}"
    if not first:
        return f"up to {day(last)}{tail}"
    if (first[5:], last[5:]) == ("01-01", "12-31") and first[:4] == last[:4]:
        return first[:4] + tail
    if (first[5:], last[5:]) == ("04-01", "03-31") and int(last[:4]) == int(first[:4]) + 1:
        return f"{first[:4]}/{last[2:4]}{tail}"
    if (first[5:], last[5:]) in (("01-01", "12-31"), ("04-01", "03-31")):  # several whole years
        begin, end_ = (
            period({"period_start": first, "period_end": _year_on(first)}),
            period({"period_start": _year_back(last), "period_end": last}),
        )
        return f"{begin} to {end_}{tail}"
    if kind == "academic_year" and int(last[:4]) == int(first[:4]) + 1:
        return f"{first[:4]}/{last[2:4]} (academic){tail}"
    if kind == "month" and first[:7] == last[:7]:
        return day(first[:7]) + tail
    return (day(first) if first == last else f"{day(first)} to {day(last)}") + tail


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
