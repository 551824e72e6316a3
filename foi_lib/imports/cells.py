"""A tracker's cells: CSV or a workbook as sheets of text, each cell at its row and column, read under the limits of all files."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from foi_lib.documents import Limits, kinds, read_document
from foi_lib.documents.build import clean
from foi_lib.documents.grid import address
from foi_lib.documents.kinds import sniff
from foi_lib.documents.text import decode
from foi_lib.errors import FoiError

_WORKBOOKS = (kinds.XLSX, kinds.XLS, kinds.XLSB, kinds.ODS)


@dataclass(slots=True)
class Cells:
    """A sheet: its filled cells by row and column, from 0. `hidden`: how many of its rows or columns the file hides."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: str = ""

    def row(self, number: int) -> dict[int, str]:
        """The filled cells of a row, by column."""
        return {column: words for (row, column), words in self.cells.items() if row == number}

    def column(self, number: int, after: int) -> list[str]:
        """The filled cells of a column below the row `after`."""
        return [words for (row, column), words in sorted(self.cells.items()) if column == number and row > after]

    @property
    def rows(self) -> list[int]:
        """The numbers of the rows that hold anything."""
        return sorted({row for row, _ in self.cells})

    def place(self, row: int, column: int) -> str:
        """Where a cell is, as a person would say it."""
        return f"{self.name}!{address((row, column))}" if self.name else address((row, column))


def read_cells(path: Path, limits: Limits | None = None) -> tuple[list[Cells], list[str]]:
    """The sheets of a CSV, XLSX, XLS or ODS file, and what is wrong with it, a line each. FoiError where nothing can be read."""
    limits = limits or Limits()
    if not path.is_file():
        raise FoiError(f"{path}: no such file; give the tracker as CSV or XLSX")
    if path.stat().st_size > limits.file_bytes:
        raise FoiError(f"{path}: {path.stat().st_size:,} bytes is more than the limit of {limits.file_bytes:,}")
    with path.open("rb") as file:
        kind = sniff(file.read(1 << 16))
    if kind in (kinds.PLAIN, kinds.CSV) and path.stat().st_size:
        sheets, problems = _from_text(path)
    else:
        document = read_document(path, limits)
        if document.media_type not in _WORKBOOKS:
            said = f": {document.problems[0]}" if document.problems else ""
            raise FoiError(f"{path}: not a tracker in CSV or XLSX{said}; save the sheet as one of these")
        problems = list(document.problems)
        hidden = document.properties.get("hidden", "")
        sheets = [Cells(page.name or "", hidden=hidden) for page in document.pages]
        for table in document.tables:
            for cell in table.cells:
                if cell.address and cell.end > cell.start:
                    sheets[table.page - 1].cells[_place(cell.address)] = document.text[cell.start : cell.end]
    if not any(sheet.cells for sheet in sheets):
        said = problems[0] if problems else "nothing in it"
        raise FoiError(f"{path}: {said}; a tracker has a row of headings and a row for each council")
    return [sheet for sheet in sheets if sheet.cells], problems


def _from_text(path: Path) -> tuple[list[Cells], list[str]]:
    text, _, problems = decode(path.read_bytes())
    text = text.replace("\0", "").lstrip("\ufeff")
    csv.field_size_limit(max(1_000_000, len(text)))
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    sheet = Cells("")
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            if plain := " ".join(clean(words).split()):
                sheet.cells[number, column] = plain
    return [sheet], problems


def _delimiter(text: str) -> str:
    """The sign that parts the first lines into the most cells of one number: people's trackers have notes and empty ends."""

    def cells(sign: str) -> int:
        widths = Counter(len(row) for row in csv.reader(text.splitlines()[:200], delimiter=sign) if any(row))
        return max((width * count for width, count in widths.items() if width > 1), default=0)

    return max(",;\t|", key=cells)


def _place(name: str) -> tuple[int, int]:
    """Row and column of an address such as "B7"."""
    letters, figures = re.fullmatch(r"([A-Z]+)(\d+)", name).groups()  # type: ignore[union-attr]
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - ord("A") + 1
    return int(figures) - 1, column - 1
