"""Labels made whole: "b)" below question 2 is 2b, and the questions that "Q1 - Q4" names."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from foi_lib.letters.labels import Label, Parts, sort_key
from foi_lib.letters.lines import Line

if TYPE_CHECKING:
    from foi_lib.letters.segment import Item


def whole_path(path: Parts, label: Label, region: str) -> Parts:
    """The whole label: a letter belongs under the number that stands before it."""
    parts = label.parts
    if not label.letter_only:
        return parts
    sub = parts[-1]
    if not path:
        return parts
    if path[-1].isdigit():
        return (*path, sub)
    siblings = path[:-1]
    last = path[-1]
    if _follows(last, sub):
        return (*siblings, sub)
    if sub == "a" and label.upper and last in _ROMANS:
        return (*path, sub)  # "(v) … (A) … (B) …"
    if sub in ("i", "a") and last not in ("h",) and not (sub == "a" and last == "i"):
        # a deeper list begins ("a" then "(i)"), or the same letters begin anew
        if sub == "i" and not (len(last) > 1 and last in _ROMANS):
            return (*path, sub)
        return (*siblings, sub)
    for depth in range(len(path) - 1, -1, -1):  # back out of a deeper list
        if not path[depth].isdigit() and _follows(path[depth], sub):
            return (*path[:depth], sub)
    return (*siblings, sub)


_PART = re.compile(r"(?P<letter>[A-H])[.):]\s+(?=\S)")
_OF_PART = re.compile(r"(?P<letter>[A-Ha-h])\s?(?P<num>\d{1,2})(?:\s?\(?(?P<sub>[a-h])\)?)?(?:[.):]{1,2}|\s+(?=[-–A-Z]))\s*[-–:]?\s*")


def lettered_parts(lines: Sequence[Line]) -> dict[int, str]:
    """Parts headed by capitals, in each of which the numbers begin anew ("A. By year: 1. … B. And: 1. …"): heading's place → letter."""
    found: dict[int, str] = {}
    for line, below in itertools.pairwise(lines):
        m = _PART.match(line.text)
        if m and ord(m["letter"]) == ord("A") + len(found) and re.match(r"\(?1[.):]", below.text):
            found[line.start] = m["letter"].lower()
    return found if len(found) > 1 else {}


def of_part(line: Line, known: set[Parts]) -> Label | None:
    """ "A1. …" over an answer, where the request has a part A with a question 1."""
    m = _OF_PART.match(line.text)
    path = ((m["letter"].lower(), m["num"], *([m["sub"]] if m["sub"] else []))) if m else ()
    if m is None or path[:2] not in known:
        return None
    return Label("", (path,), line.start, line.start + m.end(), style="worded")


def _indent(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at) - 1


def nested(text: str, current: Item, line: Line, label: Label, nest: tuple[Parts, int] | None) -> tuple[Parts, tuple[Parts, int] | None]:
    """ "1. … of:" followed by an indented "1." is a list inside the question."""
    indent = _indent(text, line.start)
    if nest and indent >= nest[1]:
        return (*nest[0], *label.parts), nest
    if (
        current.label
        and label.parts == ("1",)
        and current.lines
        and current.lines[-1].text.endswith(":")
        and indent > _indent(text, current.label.begin)
    ):
        return (*current.path, *label.parts), (current.path, indent)
    return label.parts, None


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _follows(a: str, b: str) -> bool:
    if a in _ROMANS and b in _ROMANS and _ROMANS.index(b) == _ROMANS.index(a) + 1:
        return True
    return len(a) == 1 and len(b) == 1 and ord(b) == ord(a) + 1


def expand_range(item: Item, known: Sequence[Parts]) -> list[Parts]:
    """All questions that an item's label names, ranges filled from the questions known."""
    targets = list(item.targets)
    if item.label and item.label.range_to:
        last = item.label.range_to
        if len(last) < len(targets[-1]) and not (last[0].isdigit() and not targets[-1][-1].isdigit()):
            last = (*targets[-1][: len(targets[-1]) - len(last)], *last)
        inside = [k for k in known if sort_key(targets[-1]) <= sort_key(k) and (sort_key(k) <= sort_key(last) or k[: len(last)] == last)]
        targets = [*targets[:-1], *inside] if inside else _count(targets, last)
    return targets


def _count(targets: list[Parts], last: Parts) -> list[Parts]:
    first = targets[-1]
    if first[-1].isdigit() and last[-1].isdigit():
        return [*targets[:-1], *((*first[:-1], str(n)) for n in range(int(first[-1]), int(last[-1]) + 1))]
    if len(first[-1]) == len(last[-1]) == 1:
        return [*targets[:-1], *((*first[:-1], chr(c)) for c in range(ord(first[-1]), ord(last[-1]) + 1))]
    return [*targets, last]
