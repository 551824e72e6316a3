"""Sheets as text: a row a line, its cells separated by tabs; each block of rows between empty ones is a table of its own."""

from __future__ import annotations

from collections.abc import Sequence

from foi_lib.documents.build import Builder
from foi_lib.documents.model import Cell, Table

_Row = tuple[int, Sequence[str]]  # its number, and its cells


def column_letters(column: int) -> str:
    """The letters of a spreadsheet's column, from 0: A, B, …, Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def write_grid(
    rows: Sequence[Sequence[str]],
    out: Builder,
    hidden_rows: frozenset[int] = frozenset(),
    hidden_columns: frozenset[int] = frozenset(),
    first_row: int = 0,
    first_column: int = 0,
) -> None:
    """Write rows of single-line cells. `first_row` and `first_column` are the place of the first cell in the sheet, from 0, as
    are the hidden rows and columns. Empty rows are kept as empty lines (several as one), so that tables stay apart."""
    block: list[_Row] = []

    def write() -> None:
        if block:
            _write_block(block, out, hidden_rows, hidden_columns, first_row, first_column)
            block.clear()

    for number, row in enumerate(rows):
        if any(cell.strip() for cell in row):
            block.append((number, row))
        elif block:
            write()
            out.line()
    write()


def _write_block(
    block: list[_Row], out: Builder, hidden_rows: frozenset[int], hidden_columns: frozenset[int], first_row: int, first_column: int
) -> None:
    start, cells = out.length, []
    # Columns that are empty in the whole block say nothing; an empty cell in a column that is used is kept as empty.
    used = sorted({column for _, row in block for column, words in enumerate(row) if words.strip()})
    out.count_cells(len(used) * len(block))
    alone = _titles_and_notes(block)
    for line, (number, row) in enumerate(block):
        filled = [column for column in used if column < len(row) and row[column].strip()]
        for place, column in enumerate(filled if line in alone else used):
            if place:
                out.add("\t")
            words = row[column].strip() if column < len(row) else ""
            address = f"{column_letters(first_column + column)}{first_row + number + 1}"
            hidden = first_row + number in hidden_rows or first_column + column in hidden_columns
            cells.append(Cell(line, place, *out.add(words), address, hidden))
        out.add("\n")
    out.tables.append(Table(out.page_number, start, out.length, tuple(cells)))


def _titles_and_notes(block: list[_Row]) -> set[int]:
    """Lines of the block that hold one cell and stand over the table or, being long, under it: written without empty cells."""
    filled = [sum(1 for words in row if words.strip()) for _, row in block]
    full = [line for line, count in enumerate(filled) if count > 1] or [len(block)]
    under = {line for line in range(full[-1] + 1, len(block)) if max(len(words) for words in block[line][1]) > 25}
    return set(range(full[0])) | under
