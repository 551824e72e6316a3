"""Sheets as text: a row a line, its cells separated by tabs; each block of rows between empty ones is a table of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from foi_lib.documents.build import Builder, clean
from foi_lib.documents.model import Cell, Table

Place = tuple[int, int]  # row and column in the sheet, from 0


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column, from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def address(place: Place) -> str:
    """The address of a cell: "B7"."""
    return f"{column_letters(place[1])}{place[0] + 1}"


def single_line(words: str) -> str:
    """A cell's words on one line, without tabs, so that lines are rows and tabs are columns."""
    return " ".join(clean(words).split())


def write_grid(cells: Mapping[Place, str], out: Builder, hidden: Iterable[Place] = ()) -> None:
    """Write a sheet's filled cells. Only filled places are given, so that a sheet a million columns wide costs what it holds.

    Empty rows become one empty line, so that tables stay apart; so do tables side by side with an empty column between."""
    concealed = frozenset(hidden)
    rows: dict[int, dict[int, str]] = {}
    for (row, column), words in sorted(cells.items()):
        line = single_line(words)
        if line:
            rows.setdefault(row, {})[column] = line
    used = sorted({column for row in rows.values() for column in row})
    block: dict[int, dict[int, str]] = {}
    last = -1
    for number, row_cells in rows.items():
        if block and number > last + 1:
            _write_blocks(block, used, out, concealed)
            out.line()
            block = {}
        block[number], last = row_cells, number
    if block:
        _write_blocks(block, used, out, concealed)


def _write_blocks(block: dict[int, dict[int, str]], used: list[int], out: Builder, hidden: frozenset[Place]) -> None:
    # A column that only other rows of the sheet use is kept as empty: a row after a gap stays under the heading above the gap.
    first, last = min(min(row) for row in block.values()), max(max(row) for row in block.values())
    groups = _side_by_side(block, [column for column in used if first <= column <= last])
    for number, columns in enumerate(groups):
        if number:
            out.line()
        _write_block(block, columns, out, hidden)


def _side_by_side(block: dict[int, dict[int, str]], used: list[int]) -> list[list[int]]:
    """The columns of each table in the block. An empty column parts two tables when the right one begins with labels of its own."""
    groups = [[used[0]]]
    filled = [sum(column in row for row in block.values()) for column in used]
    in_group, empty_before = (1 if filled[0] else 0), False
    for place, column in enumerate(used[1:], 1):
        apart = empty_before or column > used[place - 1] + 1
        if filled[place] and apart and in_group > 1 and place + 1 < len(used):
            worded = sum(bool(re.search(r"[A-Za-z]", row.get(column, ""))) for row in block.values())
            if worded >= 3 and worded > 0.6 * filled[place]:
                groups.append([])
                in_group = 0
        groups[-1].append(column)
        in_group += filled[place] > 0
        empty_before = not filled[place]
    return groups


def _write_block(block: dict[int, dict[int, str]], columns: list[int], out: Builder, hidden: frozenset[Place]) -> None:
    start, cells = out.length, []
    rows = [(number, {column: row[column] for column in columns if column in row}) for number, row in block.items()]
    rows = [(number, row) for number, row in rows if row]
    out.count_cells(len(columns) * len(rows))
    alone = _titles_and_notes([row for _, row in rows])
    for line, (number, row) in enumerate(rows):
        for place, column in enumerate(sorted(row) if line in alone else columns):
            if place:
                out.add("\t")
            where = (number, column)
            cells.append(Cell(line, place, *out.add(row.get(column, "")), address(where), where in hidden))
        out.add("\n")
    out.tables.append(Table(out.page_number, start, out.length, tuple(cells)))


def _titles_and_notes(rows: list[dict[int, str]]) -> set[int]:
    """Rows that hold one cell and stand over the table or, being long, under it: written without empty cells."""
    full = [line for line, row in enumerate(rows) if len(row) > 1] or [len(rows)]
    under = {line for line in range(full[-1] + 1, len(rows)) if max(map(len, rows[line].values())) > 25}
    return set(range(full[0])) | under
