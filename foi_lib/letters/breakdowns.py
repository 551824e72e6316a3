"""The words that say what part of a whole a figure is of."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.amounts import Token
from foi_lib.letters.asked import Asked
from foi_lib.letters.cells import TOTAL
from foi_lib.letters.grids import Figure, words_only
from foi_lib.letters.lines import content, stem, words
from foi_lib.letters.spans import Period

_JOIN = re.compile(
    r"^(?:[\s\-–—:=,;.()*&/]|and\b|or\b|of which\b|of these\b|with\b|plus\b|in\b|for\b)+|(?:[\s\-–—:=,;(*&/]|\b(?:and|or|of which|of these|a total of|total of|totalling|in|for)\b)+$",
    re.I,
)


def tidy_label(text: str) -> str:
    for _ in range(3):
        before, text = text, _JOIN.sub("", text).strip()
        if text == before:
            break
    return text.strip(" .:;,-–=()")


_HEDGE_ONLY = re.compile(
    r"^(?:known(?: of| about)?|approx(?:imately|\.)?|or so|or more|plus|estimated?|recorded|reported|in total|so far|to date)$", re.I
)


def names_layout(text: str, tokens: list[Token], periods: list[Period]) -> str:
    """Do the names in a line follow their figures ("692 repudiated, 3 open") or go before them ("Dismissed 5, warned 1")?"""
    if len(tokens) < 2:
        return ""
    start = max([0, *(p.stop for p in periods if p.stop <= tokens[0].begin)])
    first = words(words_only(text[start : tokens[0].begin]))
    last = words(words_only(text[tokens[-1].stop :]))
    if not first and last:
        return "follow"
    if first and not last:
        return "precede"
    return ""


_STOPS = re.compile(r"[.;](?:\s|$)|\(")
_ENDS = re.compile(r"(?<=[a-z)])[.;]\s")
_COMMA = re.compile(r",\s")


def breakdown_of(before: str, after: str, n: int, tokens: list[Token], compact: bool, layout: str = "") -> str | None:
    """The words that say what part a figure is of: after it ("692 repudiated"), else before ("Dismissed = 5")."""
    after = _STOPS.split(after, 1)[0]
    first = tidy_label(_ENDS.split(before)[-1])
    if quick.match(r"(?:year|period|to date|total|answer|spend to date|full year)$", first, re.I):
        first = ""
    second = tidy_label(_COMMA.split(after, 1)[0])
    if len(words(second)) > 7 or _HEDGE_ONLY.match(second):
        second = ""
    if layout == "follow":
        return second or None
    if layout == "precede":
        return first if len(words(first)) <= 10 else None
    if (
        compact
        and first
        and quick.search(r"(?:[:=–-]\s*|\s)(?:£\s*)?$", before)
        and len(words(first)) <= 12
        and not (second and n == 0 and len(tokens) > 1 and quick.search(r"[,;]", after))
    ):
        return first
    return second or (first if len(words(first)) <= 8 else None) or None


_UNIT_WORDS = frozenset(
    [
        "people",
        "person",
        "individual",
        "case",
        "incident",
        "breach",
        "claim",
        "request",
        "complaint",
        "day",
        "hour",
        "week",
        "household",
        "record",
        "report",
        "number",
        "figure",
        "figur",
        "total",
        "amount",
        "payment",
        "attack",
        "notice",
        "visit",
        "device",
        "year",
        "period",
        "paid",
        "made",
        "received",
        "recorded",
        "reported",
        "spend",
        "spent",
        "cost",
        "compensation",
        "data",
        "personal",
        "subject",
        "council",
        "the",
        "a",
        "of",
        "in",
        "were",
        "was",
        "is",
        "are",
        "be",
        "been",
        "for",
        "during",
        "respectively",
        "there",
        "and",
        "or",
        "so",
        "to",
        "by",
        "we",
        "it",
        "at",
        "that",
        "this",
        "has",
        "had",
        "have",
        "not",
        "all",
        "any",
        "those",
        "these",
        "them",
        "following",
        "being",
        "only",
        "just",
        "also",
        "about",
        "financial",
        "calendar",
        "value",
        "count",
        "quantity",
        "answer",
        "response",
        "response",
        "sum",
        "pay",
        "recorded",
        "instance",
        "occurrence",
        "item",
        "staff",
        "employee",
        "fte",
        "headcount",
        "patient",
        "resident",
        "letter",
        "email",
    ]
)

_UNITS = _UNIT_WORDS | {stem(w) for w in _UNIT_WORDS}


# a sentence's own words about its figures name no part: "The sums were £1,500, £700 and £2,250 respectively"
_OF_THE_SENTENCE = re.compile(
    r"(?:and\s)?respectively|(?:are|were|was|is)|there (?:are|were|was|is)|(?:the|these|those|our|its)\s(?:\w+\s){1,5}(?:was|were|is|are|totalled|came to|come to)",
    re.I,
)


def tidy_breakdowns(figures: list[Figure], asked: Asked) -> None:
    """A breakdown tells figures of one period apart; words that only repeat the question, or name the unit, are none."""
    if not any(f.breakdown for f in figures):
        return
    topic = content(asked.text) | _UNITS
    by_period: dict[tuple[str | None, str | None], set[str | None]] = {}
    for f in figures:
        by_period.setdefault(f.period.dates if f.period else (None, None), set()).add(f.breakdown)
    shared = {f.breakdown for f in figures if not f.total}
    for f in figures:
        if not f.breakdown:
            continue
        if _OF_THE_SENTENCE.fullmatch(f.breakdown.strip(" ,.")):
            f.breakdown = None
            continue
        plain = {stem(w) for w in words(f.breakdown)} <= topic
        alone = len(by_period[f.period.dates if f.period else (None, None)]) == 1
        wordy = f.how == "prose" and quick.search(
            r"\b(?:figures?|respectively|was|were|is|are|has|have|had|in (?:total|all))\b", f.breakdown, re.I
        )
        if (plain and (alone or len(shared) == 1)) or (wordy and alone) or f.breakdown.strip(" -–.()|*") == "":
            f.breakdown = None


def mark_totals(figures: list[Figure]) -> None:
    for f in figures:
        if f.breakdown and TOTAL.match(f.breakdown):
            f.total, f.breakdown = True, None
