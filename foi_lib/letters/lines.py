"""A letter's lines and paragraphs, each with its place; bullets and mark-up are stepped over, never cut out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from foi_lib import quick

_BULLET = re.compile(r"^\s*(?:[-–—•●▪◦‣·*\uf0b7]|o(?=\s))\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Line:
    """`text[start:end]` without the blanks round it; `start` is past a bullet or mark-up, `bullet` says there was one."""

    index: int
    start: int
    end: int
    text: str
    bullet: bool = False
    gap: bool = False  # a blank line stands before it
    left: int = 0  # where the line begins in the text, blanks and all

    @property
    def blank(self) -> bool:
        return not self.text


def split_lines(text: str) -> list[Line]:
    """All lines but the blank ones; a blank line shows as `gap` on the next."""
    lines: list[Line] = []
    at, gap = 0, True
    for raw in text.split("\n"):
        stripped = raw.strip(" \t\r\f\v\xa0\u200b\ufeff_")
        if not stripped.strip("*") and len(stripped) > 1:
            stripped = ""  # a rule of stars
        if not stripped.strip("-–—•. ") and "|" not in stripped:
            gap = True
        else:
            bullet = _BULLET.match(raw)
            lead = (
                bullet.end()
                if bullet and not quick.match(r"\s*[-–]\s*£?\d", raw)
                else len(raw) - len(raw.lstrip(" \t\r\f\v\xa0\u200b\ufeff_"))
            )
            if raw[lead : lead + 2] == "**":
                lead += 2
            if raw[lead : lead + 1] == "|" and len([c for c in raw.split("|") if c.strip()]) == 1 and len(raw.strip(" |")) > 24:
                raw_end = len(raw.rstrip(" |\t"))  # a table of one filled cell a row is no table
                lead += len(raw[lead:raw_end]) - len(raw[lead:raw_end].lstrip(" |"))
                out = raw[lead:raw_end]
                lines.append(Line(len(lines), at + lead, at + raw_end, out, False, gap, at))
                gap = False
                at += len(raw) + 1
                continue
            body = raw[lead:].rstrip(" \t\r\f\v\xa0\u200b\ufeff_")
            if body.endswith("**"):
                body = body[:-2].rstrip()  # bold
            keep = raw[: lead + len(body)]
            start = at + lead
            # a tab at either end of a row is an empty cell: keep the row whole
            if "\t" in raw.strip("\n\r "):
                whole = raw.rstrip("\r\n ")
                first = len(whole) - len(whole.lstrip(" "))
                start, body = at + first, whole[first:]
                lines.append(Line(len(lines), start, start + len(body), body, False, gap, at))
            elif body:
                lines.append(Line(len(lines), start, at + len(keep), body, bool(bullet), gap, at))
            gap = False
        at += len(raw) + 1
    return lines


_BROKEN = re.compile(
    r"(?:,|\b(?:and|or|the|of|a|an|in|to|was|were|is|are|for|by|under|with|that|which|has|have|been|be|at|on|from|s|section|sections))$",
    re.I,
)


def rejoin(text: str, lines: list[Line]) -> list[Line]:
    """Sentences that the page's width broke, as one line again: same places, line breaks read as blanks."""
    out: list[Line] = []
    for line in lines:
        before = out[-1] if out else None
        if (
            before is not None
            and not line.gap
            and not line.bullet
            and len(text[text.rfind("\n", 0, before.end) + 1 : before.end].strip()) >= 40
            and "\t" not in line.text + before.text
            and "|" not in line.text + before.text
            and not quick.search(r"[.?!:;]$", before.text)
            and ((line.text[:1].islower() and not quick.match(r"[a-h]\)|[ivx]+\)", line.text)) or _BROKEN.search(before.text))
            and not text[before.end : line.start].strip()
            and not quick.match(r"\d{6}\b|(?:FY\s?)?(?:19|20)\d\d\s?(?:[-/–]|\s£?\d)", line.text)  # a table's row
        ):
            joined = text[before.start : line.end].replace("\n", " ").replace("\r", " ")
            out[-1] = Line(before.index, before.start, line.end, joined, before.bullet, before.gap, before.left)
        else:
            out.append(line)
    return out


_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")


def words(text: str) -> list[str]:
    return list(_words_of(text)) if len(text) <= 2_000 else _WORD.findall(text.lower())


@lru_cache(maxsize=2048)  # a line's words are counted by many steps
def _words_of(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.lower()))


_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "by",
        "with",
        "from",
        "at",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "you",
        "your",
        "we",
        "our",
        "i",
        "my",
        "me",
        "please",
        "how",
        "many",
        "much",
        "what",
        "which",
        "who",
        "when",
        "where",
        "number",
        "total",
        "if",
        "any",
        "each",
        "year",
        "years",
        "per",
        "council",
        "information",
        "following",
        "financial",
        "calendar",
        "between",
        "during",
        "provide",
        "tell",
        "give",
        "know",
        "may",
        "can",
        "could",
        "would",
        "within",
        "since",
        "last",
        "past",
        "such",
    ]
)


def stem(word: str) -> str:
    for ending in ("ies", "es", "s", "ed", "ing"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word


def content(text: str) -> set[str]:
    """Stems of the words that carry meaning, for likeness of questions and labels."""
    return {stem(w) for w in words(text) if w not in _STOP and len(w) > 1}


def likeness(a: str, b: str) -> float:
    """How alike two wordings are, 0 to 1: cosine of their character 3- and 4-grams (robust to typing slips)."""
    return _likeness(a, b) if len(a) + len(b) <= 2_000 else _likeness.__wrapped__(a, b)


@lru_cache(maxsize=4096)  # a request's questions are held against each other, and against the same words in each letter
def _likeness(a: str, b: str) -> float:
    (x, in_x, xx), (y, in_y, yy) = _grams(a), _grams(b)
    if not x or not y:
        return 0.0
    return sum([x[g] * y[g] for g in in_x & in_y]) / (xx * yy) ** 0.5


@lru_cache(maxsize=1024)
def _grams(text: str) -> tuple[Counter[str], frozenset[str], int]:
    """How often each n-gram stands in the text, the n-grams alone, and the sum of the squares."""
    flat = " " + " ".join(words(text)[:80]) + " "
    grams = Counter([flat[i : i + 3] for i in range(len(flat) - 2)] + [flat[i : i + 4] for i in range(len(flat) - 3)])
    return grams, frozenset(grams), sum([n * n for n in grams.values()])
