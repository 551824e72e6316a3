"""Names listed once, and under them lines of as many figures: "Split: Benefits, Planning, Other" over "2021 - 25%, 15%, 60%"."""

from __future__ import annotations

import re

from foi_lib.letters.cells import Cell, Grid, numeric
from foi_lib.letters.lines import Line
from foi_lib.letters.periods import find_periods

_PART = re.compile(r"[^,;/]+")
_MOST = 12  # names


def _parts(text: str, at: int) -> list[Cell]:
    cells = []
    for m in _PART.finditer(text):
        part = m.group().strip()
        lead = len(m.group()) - len(m.group().lstrip())
        cells.append(Cell(part, at + m.start() + lead, at + m.start() + lead + len(part)))
    return cells


def _row(line: Line) -> list[Cell] | None:
    """A period, and figures parted by commas."""
    periods = find_periods(line.text)
    if not periods or periods[0].begin > 0 or line.text.count(",") + line.text.count(";") < 1:
        return None
    rest = line.text[periods[0].stop :]
    lead = len(rest) - len(rest.lstrip(" -–:="))
    cells = _parts(rest[lead:], line.start + periods[0].stop + lead)
    if len(cells) < 2 or any(not numeric(c.text) for c in cells):
        return None
    return [Cell(line.text[: periods[0].stop], line.start, line.start + periods[0].stop), *cells]


def find_listed(lines: list[Line], i: int) -> Grid | None:
    """The table that a line of names and lines of a period and as many figures make; None where the numbers differ."""
    text = lines[i].text
    if i + 2 >= len(lines) or "," not in text or len(text) > 160 or text.endswith((".", "?")):
        return None
    at = text.find(":") + 1
    heads = _parts(re.sub(r",?\sand\s", lambda m: "," + " " * (len(m.group()) - 1), text[at:]), lines[i].start + at)
    if not 2 <= len(heads) <= _MOST or any(re.search(r"\d", c.text) for c in heads):
        return None
    rows: list[list[Cell]] = []
    for line in lines[i + 1 :]:
        row = _row(line)
        if row is None or len(row) != len(heads) + 1:
            break
        rows.append(row)
    if len(rows) < 2:
        return None
    return Grid([[Cell("", lines[i].start, lines[i].start), *heads]], rows, 1, i, i + len(rows), kind="listed")
