"""The numbers that follow a word such as "section": "31(1)(a) and (3)", "40(2), 41 and 43", "5.1.a&b or 15.1.a&b"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))


@dataclass(frozen=True, slots=True)
class Item:
    """A link of a chain: its number and parts, and its place."""

    number: str
    parts: tuple[str, ...]
    start: int
    end: int
    bare: bool  # a number without parts


@cache
def patterns() -> dict[str, re.Pattern[str]]:
    return {
        "number": re.compile(r"\d{1,3}(?:[A-Z]{1,2}(?![A-Za-z]))?(?![\d%])"),
        "bracket": re.compile(r"[ \t\u00a0]{0,2}\(\s{0,2}(\d{1,2}[A-Za-z]{0,2}|[a-z]{1,2}|[A-Z](?=\s{0,2}\))|[ivx]{1,5})\s{0,2}\)"),
        "below": re.compile(r",?\s{0,2}sub-?\s?sections?\s{1,2}\(?(\d{1,2}[A-Z]{0,2})\)?", re.IGNORECASE),
        "above": re.compile(r"sub-?\s?section\s{1,2}\(?(\d{1,2}[A-Z]{0,2})\)?((?:\s?\([a-z]{1,4}\))*)\s{1,2}of\s{1,2}$", re.IGNORECASE),
        "dotted": re.compile(r"\.(\d{1,2}[A-Z]{0,2}|[a-j]{1,2})(?![\w])"),
        "glued": re.compile(r"[ \t]?([a-j])(?![\w'’)])"),
        "joint": re.compile(r"(?:\s{0,2},\s{0,2}(?:and|or|&)?|\s{0,2}(?:&|/|;)|\s{1,2}(?:and/or|and|or|to|with)(?=[\s(])|\s?[-–](?=\s?\()"
                            r"|(?=\())\s{0,2}(?:also\s|with\s)?", re.IGNORECASE),
        "again": re.compile(r"(?:sections?|ss?\.?|regulations?|regs?\.?)\s{0,2}(?=\d)", re.IGNORECASE),
        "postcode": re.compile(r"\s{0,2}\d[A-Z]{2}\b"),
        "ends": re.compile(r"\s{0,2}(?:$|[.,;:)\]\n/&|]|of\b|under\b|and\b|or\b|appl|exempt|is\b|are\b|was\b|were\b|have\b|has\b|both\b)"),
    }  # fmt: skip


def chain(text: str, at: int, plural: bool, regulations: bool = False) -> Iterator[Item]:
    """The provisions that one head governs: "31(1)(a) and (3)", "40(2), 41 and 43", "5.1.a&b or 15.1.a&b"."""
    pattern = patterns()
    first = pattern["number"].match(text, at)
    if not first:
        return
    last = _one(text, first, at)
    yield last
    while True:
        joint = pattern["joint"].match(text, last.end)
        if not joint or (not joint[0] and last.bare):
            return
        again = pattern["again"].match(text, joint.end())
        if again and again[0].lower().startswith("reg") != regulations:
            return  # "section 12(1) and Regulations 3(3) and 4(3) of …": another law's
        start = again.end() if again else joint.end()
        following = _partial(text, last, start) or _whole(text, last, joint.end(), start, plural or bool(again), "," in joint[0])
        if not following:
            return
        if joint[0].strip().lower() in ("to", "-", "–"):
            yield from _between(last, following)
        yield following
        last = following


def _one(text: str, number: re.Match[str], begin: int) -> Item:
    pattern = patterns()
    parts: list[str] = []
    end = number.end()
    while len(parts) < 4:
        part = pattern["bracket"].match(text, end) or pattern["dotted"].match(text, end)
        if not part and not parts:
            part = pattern["below"].match(text, end)  # "section 40, subsection (2)"
        if not part and parts and parts[-1][0].isdigit():
            part = pattern["glued"].match(text, end)
            if part and text[part.start()] in " \t" and part[1] == "a":  # "s40(2) a request": an article, not a paragraph
                part = None
        if not part:
            break
        name = "1" if not parts and part[1] in ("l", "I") else level(part[1])  # a letter for the figure: (l)(a)
        if not _deeper(name, parts):
            break
        parts.append(name)
        end = part.end()
    return Item(number[0], tuple(parts), begin, end, not parts)


def _deeper(part: str, parts: list[str]) -> bool:
    """Whether a bracket goes down a level, as it does in (2)(b)(i), and is no sibling, as in (2)(a)(b) or (2)(3A)."""
    if not parts:
        return True
    if part[0].isdigit():
        return False
    if parts[-1][0].isdigit():
        return True
    return part in ROMAN and not (len(parts) >= 2 and parts[-1] in ROMAN and parts[-2][0].isalpha())


def level(part: str) -> str:
    """Paragraphs are small letters, subsections digits with capitals: "5a" → "5A", "A" → "a"."""
    return part.upper() if part[0].isdigit() else part.lower()


def _partial(text: str, last: Item, at: int) -> Item | None:
    """ "(3)", "(c)" or, after "5.1.a", a bare letter: they take the rest from the citation before."""
    pattern = patterns()
    parts: list[str] = []
    end = at
    while (part := pattern["bracket"].match(text, end)) and _deeper(level(part[1]), parts):
        parts.append(level(part[1]))
        end = part.end()
    if not parts and last.parts and re.match(r"[a-j](?![\w'’])", text[at : at + 2]) and text[last.end - 1].isalpha():
        parts, end = [text[at]], at + 1
    if not parts:
        return None
    depth = _depth(parts[0], last.parts)
    if depth > len(last.parts):
        return None
    return Item(last.number, (*last.parts[:depth], *parts), at, end, bare=False)


def _depth(part: str, before: tuple[str, ...]) -> int:
    """At which level a lone part belongs, given the parts of the citation before it."""
    if part[0].isdigit():
        return 0
    if part in ROMAN and before and before[-1] in ROMAN and len(before) >= 2 and not before[-2].isdigit():
        return len(before) - 1
    letters = next((n for n, name in enumerate(before) if name[0].isalpha()), None)
    return letters if letters is not None else len(before)


def _whole(text: str, last: Item, begin: int, at: int, plural: bool, comma: bool) -> Item | None:
    """A further number, whose word (if it has one) begins at `begin`."""
    pattern = patterns()
    number = pattern["number"].match(text, at)
    if not number:
        return None
    item = _one(text, number, begin)
    if not item.bare:
        return item
    # A bare number might be anything ("section 40 and 3 officers"): only where it must be a section.
    if len(number[0]) < 2 or not pattern["ends"].match(text, item.end):
        return None
    return item if plural or (len(last.number) >= 2 and not comma) else None


def _between(first: Item, last: Item) -> Iterator[Item]:
    """The paragraphs between "31(1)(a) to (c)"; sections between two numbers are not listed, for some may not exist."""
    if first.number == last.number and first.parts[:-1] == last.parts[:-1] and first.parts and len(first.parts[-1]) == 1:
        for name in range(ord(first.parts[-1]) + 1, ord(last.parts[-1][0])):
            yield Item(first.number, (*first.parts[:-1], chr(name)), last.start, last.end, bare=False)
