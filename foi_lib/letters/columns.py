"""Tables in fixed pitch, whose cells stand one under the other: what a cell belongs to is told by its place in the line.

Only tables that need it are read so: heads over several columns, or rows with blank cells. Where every row has every cell, the
order of the cells says as much, and the other readers know such tables.
"""

from __future__ import annotations

import re

from foi_lib.letters.cells import Cell, Grid, numeric, yearish
from foi_lib.letters.lines import Line

_PIECE = re.compile(r"\S+(?: \S+)*")
_MOST_HEADS = 3
_MOST_COLUMNS = 26
_Piece = tuple[Cell, int, int]  # the cell, and where it begins and ends in its line


def find_columns(lines: list[Line], i: int) -> Grid | None:
    """A table from line `i` on whose cells are set in columns, with heads over several of them or with blank cells."""
    if "   " not in lines[i].text or "\t" in lines[i].text or "|" in lines[i].text:
        return None
    rows: list[list[_Piece]] = []
    j = i
    while j < len(lines) and (not rows or not lines[j].gap):
        pieces = _pieces(lines[j])
        if pieces is None:
            break
        rows.append(pieces)
        j += 1
    head = 0
    while head < len(rows) and not any(numeric(cell.text) for cell, _, _ in rows[head]):
        head += 1
    if not 0 < head <= _MOST_HEADS or len(rows) - head < 2:
        return None
    body = rows[head:]
    columns = _spans([*body, rows[head - 1]])
    width = len(columns)
    if not 3 <= width <= _MOST_COLUMNS:
        return None
    uneven = any(len(row) < width for row in body) or (head > 1 and any(len(row) < width - 1 for row in rows[: head - 1]))
    if not uneven or not all(numeric(cell.text) for row in body for cell, begin, _ in row if begin > columns[0][1]):
        return None
    placed = [_placed(row, columns, lines[i + n]) for n, row in enumerate(rows)]
    if any(row is None for row in placed):
        return None
    cells = [row for row in placed if row is not None]
    if not all(cell.text for cell in cells[head - 1][1:]):
        return None  # a figure that stands under no head
    return Grid(cells[:head], cells[head:], 1, i, i + len(rows) - 1, kind="columns")


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_ROW = re.compile(r"(?P<month>[A-Z][a-z]{2,8})\s+(?P<cells>\S.*)")


def find_months(lines: list[Line], i: int) -> Grid | None:
    """Months down and years across ("Month 2022 2023", "January 4 7", "February 1 0"): alone, "January 4" would be a day."""
    heads = lines[i].text.split()
    if len(heads) < 2 or heads[0].casefold() != "month" or not all(map(yearish, heads[1:])):
        return None
    rows: list[list[Cell]] = []
    before = -1
    for line in lines[i + 1 :]:
        m = _MONTH_ROW.fullmatch(line.text)
        at = _MONTHS.index(m["month"][:3].lower()) if m and m["month"][:3].lower() in _MONTHS else -1
        total = _TOTAL.match(line.text) if rows else None
        if total is None and (m is None or at < 0 or (rows and at != (before + 1) % 12)):
            break
        cells = _words(line, total.end() if total else 0)
        if len(cells) != len(heads) or not all(numeric(cell.text) for cell in cells[1:]):
            break
        rows.append(cells)
        if total:
            break
        before = at
    return Grid([_words(lines[i])], rows, 1, i, i + len(rows), kind="columns") if len(rows) > 2 else None


_TOTAL = re.compile(r"(?:(?:grand|overall) )?totals?:?(?=\s)", re.I)


def _words(line: Line, first: int = 0) -> list[Cell]:
    """A line's words as cells; the first runs to `first` at least."""
    found = [m.span() for m in re.finditer(r"\S+", line.text) if not first or m.end() > first]
    spans = [(0, first), *found] if first else found
    return [Cell(line.text[a:b].rstrip(":"), line.start + a, line.start + b) for a, b in spans]


def _pieces(line: Line) -> list[_Piece] | None:
    """A line's cells, parted by two blanks or more, with their places; None for a line that is none of a table's."""
    if line.text.endswith(("?", ":")) or "\t" in line.text or "|" in line.text:
        return None
    found = [
        (Cell(m.group(), line.start + m.start(), line.start + m.end()), line.start - line.left + m.start(), line.start - line.left + m.end())
        for m in _PIECE.finditer(line.text)
    ]
    if len(found) < 2 or any(len(cell.text) > 40 or re.search(r"[a-z]{2}\.\s", cell.text) for cell, _, _ in found):
        return None
    return found if all(not re.search(r"[a-z].*[.;]$", cell.text) or numeric(cell.text) or yearish(cell.text) for cell, _, _ in found) else None


def _spans(rows: list[list[_Piece]]) -> list[tuple[int, int]]:
    """The columns: stretches of the line's width that cells take up, one under the other."""
    spans: list[tuple[int, int]] = []
    for begin, end in sorted((begin, end) for row in rows for _, begin, end in row):
        if spans and begin < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], end))
        else:
            spans.append((begin, end))
    return spans


def _placed(row: list[_Piece], columns: list[tuple[int, int]], line: Line) -> list[Cell] | None:
    """A row's cells, each in its column; a head over several stands in the first. None where two would share one."""
    cells: list[Cell | None] = [None] * len(columns)
    for cell, begin, end in row:
        under = [n for n, (left, right) in enumerate(columns) if begin < right and left < end]
        n = under[0] if under else min(range(len(columns)), key=lambda k: abs(columns[k][0] + columns[k][1] - begin - end))
        if cells[n] is not None:
            return None
        cells[n] = cell
    return [cell or Cell("", line.end, line.end) for cell in cells]
