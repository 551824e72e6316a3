"""Names and figures in one chain: "Austria 7 Brazil 31 Ghana 15 …", as a page's text gives a table of two columns."""

from __future__ import annotations

import re

from foi_lib.letters.cells import Cell, Grid
from foi_lib.letters.lines import Line
from foi_lib.letters.periods import find_periods

_LINK = re.compile(r"(?P<name>[^\d\s£<>=:;*|–-][^\d£<>=:;*|]{0,60}?)\s(?P<figure>£?\d[\d,]*(?:\.\d+)?%?)(?=\s+[^\d\s]|\s*$)")
_FEWEST = 4  # links
_HEAD = re.compile(r"^(?:[A-Z][\w/ ]{0,30}?\s)?(?:(?:total\s)?number|no\.?|count|total)\s(?:of\s(?:\w+\s){1,2}?)?(?=[A-Z(])", re.I)
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|be|been|we|you|our|your|which|that|there|under|from|between|since|until|per|about|than|over|section|act|within)\b|[.?!]$", re.I
)


def _links(line: Line) -> list[tuple[Cell, Cell]]:
    """The names and figures of a line that holds nothing else; none where there is more in it, or too few."""
    text = line.text.rstrip(" .")
    if len(text) < 20 or (not text[-1].isdigit() and text[-1] != "%"):
        return []
    out: list[tuple[Cell, Cell]] = []
    at = 0
    for m in _LINK.finditer(text):
        if text[at : m.start()].strip():
            return []
        name = m["name"].strip()
        begin = m.start("name")
        head = _HEAD.match(name) if not out else None
        if head and head.end() < len(name):
            begin, name = begin + head.end(), name[head.end() :]
        if _SENTENCE.search(name) or (not name[:1].isupper() and name[:1] != "("):
            return []
        out.append((Cell(name, line.start + begin, line.start + begin + len(name)), Cell(m["figure"], line.start + m.start("figure"), line.start + m.end("figure"))))
        at = m.end()
    return out if not text[at:].strip() and len(out) >= _FEWEST else []


def find_chained(lines: list[Line], i: int) -> Grid | None:
    """The table of a chain of names and figures on one line, or on several; None where a line holds anything else."""
    if find_periods(lines[i].text):
        return None
    rows: list[list[Cell]] = []
    j = i
    while j < len(lines) and (links := _links(lines[j])):
        rows += [[name, figure] for name, figure in links]
        j += 1
    return Grid([], rows, 1, i, j - 1, kind="chained") if rows else None
