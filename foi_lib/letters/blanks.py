"""Rows of a table with blank cells: where their figures stand is told by the blanks left, or by what the totals lack."""

from __future__ import annotations

import re

from foi_lib.letters.cells import TOTAL, Cell
from foi_lib.letters.lines import Line

_FIGURES = re.compile(r"(?P<gap>\s+)(?P<cell>\d[\d,]*)(?=\s|$)")


def place_short(rows: list[list[Cell]], short: list[tuple[int, Line]], width: int, totalled: bool) -> None:
    """Put rows of fewer figures than columns among `rows`, each at its index; one that could stand in two ways is left out."""
    placed: list[tuple[int, list[Cell]]] = []
    left: list[tuple[int, Line]] = []
    for at, line in short:
        row = _by_gaps(line, width)
        if row is not None and (not totalled or _sums(row)):
            placed.append((at, row))
        else:
            left.append((at, line))
    for shift, (at, row) in enumerate(placed):
        rows.insert(at + shift, row)
    if len(left) == 1:
        row = _by_totals(rows, left[0][1], width)
        if row is not None:
            rows.insert(min(left[0][0], len(rows) - 1) + sum(at <= left[0][0] for at, _ in placed), row)


def _split(line: Line) -> tuple[Cell, list[tuple[int, Cell]]] | None:
    """The row's name, and its figures each with the number of blanks before it."""
    m = re.search(r"(?:\s+\d[\d,]*)+$", line.text)
    name = line.text[: m.start()].rstrip() if m else ""
    if not m or not name or name[-1].isdigit():
        return None
    figures = [
        (len(f["gap"]), Cell(f["cell"], line.start + f.start("cell"), line.start + f.end("cell"))) for f in _FIGURES.finditer(line.text, m.start())
    ]
    return Cell(name.strip(" -–:|"), line.start, line.start + len(name)), figures


def _blank(cell: Cell) -> Cell:
    return Cell("", cell.begin, cell.begin)


def _by_gaps(line: Line, width: int) -> list[Cell] | None:
    """Cells were parted by one blank, so that each empty one leaves two more: "8   49" has one between."""
    found = _split(line)
    if found is None or any(gap % 2 == 0 for gap, _ in found[1]):
        return None
    row = [found[0]]
    for gap, cell in found[1]:
        row += [_blank(cell)] * ((gap - 1) // 2) + [cell]
    return row if len(row) == width + 1 else None


def _value(cell: Cell) -> float | None:
    text = re.sub(r"[£,*\s]", "", cell.text)
    try:
        return float(text) if text and text not in "-–" else 0.0
    except ValueError:
        return None


def _sums(row: list[Cell]) -> bool:
    values = [_value(cell) for cell in row[1:]]
    return None not in values and abs(sum(v or 0 for v in values[:-1]) - (values[-1] or 0)) < 0.01


def _by_totals(rows: list[list[Cell]], line: Line, width: int) -> list[Cell] | None:
    """The one row that is short has what the totals' row lacks, column by column."""
    found = _split(line)
    if found is None or not rows or not TOTAL.match(rows[-1][0].text):
        return None
    wants: list[float] = []
    for column in range(1, width + 1):
        values = [_value(row[column]) for row in rows]
        if None in values:
            return None
        wants.append((values[-1] or 0) - sum(v or 0 for v in values[:-1]))
    figures = [cell for _, cell in found[1]]
    if [w for w in wants if w] != [_value(cell) for cell in figures]:
        return None
    given = iter(figures)
    return [found[0], *(next(given) if want else _blank(found[0]) for want in wants)]
