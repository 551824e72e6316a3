"""Comma-separated values: one row a line, cells separated by tabs, the address of each cell kept."""

from __future__ import annotations

import csv
import io

from foi_lib.documents.build import Builder
from foi_lib.documents.grid import write_grid
from foi_lib.documents.text import decode


def delimiter_of(text: str, whole: bool = True) -> str | None:
    """The delimiter, where `text` is a table: every row has the same number of cells, at least two, and at least two rows.

    Letters are prose with a few commas, so one row out of step makes a text no table. Tab-separated text is left as it is: it
    is laid out already as this project lays out tables."""
    lines = text.splitlines()
    if not whole:
        lines = lines[:-1]  # cut off
    if len(lines) < 2 or not lines[0].strip():
        return None
    for delimiter in ",;|":
        if lines[0].count(delimiter) == 0:
            continue
        try:
            rows = [row for row in csv.reader(lines, delimiter=delimiter, strict=True) if row]
        except csv.Error:
            continue
        widths = {len(row) for row in rows}
        if len(widths) == 1 and len(rows) >= 2 and len(rows[0]) >= 2 and not _prose(rows):
            return delimiter
    return None


def _prose(rows: list[list[str]]) -> bool:
    """Sentences that happen to have as many commas as each other: most cells after the first begin with a space."""
    later = [cell for row in rows for cell in row[1:] if cell]
    return sum(cell[0] == " " for cell in later) > 0.5 * len(later)


def read_csv(data: bytes, out: Builder) -> None:
    """CSV into `out`, as one table."""
    text, encoding, problems = decode(data)
    out.properties["encoding"] = encoding
    for line in problems:
        out.problem(line)
    text = text.replace("\0", "").lstrip("\ufeff")
    delimiter = delimiter_of(text) or ","
    csv.field_size_limit(max(1_000_000, len(text)))
    out.begin_page()
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    write_grid({(row, column): words for row, line in enumerate(reader) for column, words in enumerate(line) if words}, out)
    out.end_page()
