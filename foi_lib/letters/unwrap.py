"""Lines that a page's width broke, made whole again: the line break becomes a blank, so that every character keeps its place.

A letter is taken for one set to a width only where it shows it: hardly a line is longer, and sentences run on where the next
word would not have fitted. What stands in columns, lists and headings stays as it is.
"""

from __future__ import annotations

import itertools
import re

from foi_lib.letters.labels import read_label

NARROWEST, WIDEST = 50, 130  # characters
ENOUGH = 2  # sentences that run on where no word more would fit, before a letter is taken for one set to a width

_COLUMNS = re.compile(r"[\t|]|\S {2,}\S.* {2,}\S")
_CELLS = re.compile(r"(?:\s(?:[£<]?\d[\d,.]*%?\*?|\*|[-–]|nil|none|n/?a|(?:not (?:yet )?|un)(?:available|held|known|recorded|applicable))){3,}\s*$", re.I)
_BULLET = re.compile(r"\s*(?:[-–•●▪◦‣·*\uf0b7]|o\s)")
_RUNS_ON = re.compile(r"[\w,&’'”)–-]$")


def unwrap(text: str) -> str:
    """The text with the breaks inside sentences as blanks, where it was set to a width; else the text as it is."""
    if text.count("\n") < ENOUGH + 1:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    width = _width(lines)
    if not width:
        return text
    joined = [n for n, (line, below) in enumerate(itertools.pairwise(lines)) if _full(line, below, width) and _one_sentence(line, below)]
    if len(joined) < ENOUGH:
        return text
    out = text.split("\n")
    ends = ["\n"] * (len(out) - 1) + [""]
    for n in joined:
        ends[n] = " "
    return "".join(line + end for line, end in zip(out, ends, strict=True))


def _width(lines: list[str]) -> int:
    """The width at which most sentences run on, of those that hardly a line exceeds; 0 where none do."""
    lengths = sorted(len(line) for line in lines if len(line) >= NARROWEST)
    likely = {n for n in lengths[len(lengths) * 3 // 4 :] if n <= WIDEST}
    going = [(line, below) for line, below in itertools.pairwise(lines) if len(line) >= NARROWEST and _goes_on(line, below)]
    found = [(sum(_full(*pair, width) for pair in going), width) for width in sorted(likely)[-_TRIED:]]
    most, width = max(found, default=(0, 0))
    return width if most else 0


_TRIED = 8  # widths


def _full(line: str, below: str, width: int) -> bool:
    """Would the first word of the line below not have fitted at the end of this one?"""
    first = below.split(None, 1)[:1]
    return bool(line and first) and len(line) <= width < len(line) + 1 + len(first[0])


def _goes_on(line: str, below: str) -> bool:
    return line[-1].islower() and below.lstrip()[:1].islower()


def _one_sentence(line: str, below: str) -> bool:
    start = below.lstrip()
    if (line[-1] == ":" and _YEARS_ASKED.match(start)) or (line[-1] == "." and _SHORTENED.search(line)):
        return True
    if _DAY.search(line) and _MONTH.match(start):
        return True
    if _ROW.match(start) or not _RUNS_ON.search(line) or _COLUMNS.search(line) or _COLUMNS.search(below) or _BULLET.match(below) or _CELLS.search(line):
        return False
    if _WANTS_MORE.search(line) or start[0] in "=);," or (start[0] == "(" and _CITES.search(line)):
        return True
    if line[-1].isdigit() and start[0].isupper() and ";" not in line:
        return False
    label = read_label(start, 0, len(start))
    return label is None or (label.style in ("bare", "worded") and start[0].islower())  # "before we can / answer. Please"


_ROW = re.compile(r"(?:FY\s?)?(?:(?:19|20)\d\d|\d\d[/-]\d\d)(?:\s?(?:/--/|[/–-])\s?\d{2,4})?(?:\s\(to date\))?\s?(?:[:=–-]\s?)?(?:£|\d|nil\b|none\b|zero\b)", re.I)  # "2021/22 £310"
_DAY = re.compile(r"\b[0-3]?\d(?:st|nd|rd|th)?$")  # "from 1", "April 2009" below it
_MONTH = re.compile(r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\b")
_YEARS_ASKED = re.compile(r"(?:FY\s?)?(?:19|20)\d\d\b.*\?$", re.I)  # "in each of these years:", "2021 and 2022?" below it
_SHORTENED = re.compile(r"\b(?:e\.g|i\.e|no|ss?|regs?|paras?|incl|approx)\.$", re.I)
# words and signs that no line of its own ends with, and a provision whose limb stands below
_WANTS_MORE = re.compile(r"(?:\b(?:and|or|the|of|a|an|in|to|was|were|is|are|for|by|with|that|which|has|have|been|be|at|from|between|than|figure|sections?|regulations?)|[,&])$", re.I)
_CITES = re.compile(r"\b(?:s|ss|section|sections|regulation|reg)\.?\s?\d+[A-Z]?(?:\s?\(\w+\))*$", re.I)
