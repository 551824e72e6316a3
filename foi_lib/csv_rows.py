"""CSV files that people write, as text with line numbers: nothing is turned into a number, a date or "missing" behind their back."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foi_lib.paths import nearest

# A spreadsheet runs a cell that begins so as a formula, or eats it (OWASP, "CSV injection"); the wide forms become these on opening.
# Apostrophes before such a beginning count too, so that taking one away always gives the text back.
_FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(cell: str) -> str:
    """The text that `safe_cell` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


@dataclass(slots=True)
class Row:
    """A row: `cells` by column name, stripped; the line it begins on, from 1."""

    line: int
    cells: dict[str, str]

    def get(self, name: str) -> str:
        """The cell, or "" where it is empty or the file has no such column."""
        return self.cells.get(name, "")


@dataclass(slots=True)
class Sheet:
    """A file's rows, and what is wrong with the file: each problem one line."""

    path: Path
    rows: list[Row] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_rows(path: Path, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    """Read the file, if it is there. A row that cannot be split into the header's columns is a problem, and the rest goes on."""
    sheet = Sheet(path)
    if not path.is_file():
        return sheet
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        sheet.problems.append(f"not UTF-8 text (byte {error.start}): save it as 'CSV UTF-8'; nothing was read from it")
        return sheet
    except OSError as error:
        sheet.problems.append(f"cannot be read ({error.strerror})")
        return sheet
    return parse_rows(sheet, text, columns, required)


def parse_rows(sheet: Sheet, text: str, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    """Rows of CSV text into `sheet`, with what is wrong with it."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return sheet
        except csv.Error as error:
            sheet.problems.append(f"line {line}: not CSV ({error}): a text that holds quotation marks doubles them; the rest was not read")
            return sheet
        begins, line = line, reader.line_num + 1
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            if not _header_serves(sheet, header, columns, required):
                return sheet
        elif any(cell.strip() for cell in cells):
            if len(cells) > len(header) and any(cell.strip() for cell in cells[len(header) :]):
                sheet.problems.append(
                    f"line {begins}: {len(cells)} cells under {len(header)} columns: a text that holds a comma needs quotation marks"
                )
                continue
            sheet.rows.append(Row(begins, {name: cell.strip() for name, cell in zip(header, cells, strict=False)}))


def _header_serves(sheet: Sheet, header: list[str], columns: Sequence[str], required: Sequence[str]) -> bool:
    """Whether the rows can be read by this header; what is wrong with it is told."""
    missing = [name for name in required if name not in header]
    if missing:
        semicolons = len(header) == 1 and ";" in header[0]
        what = "its columns are parted by semicolons, not commas" if semicolons else f"no column {', '.join(map(repr, missing))}"
        sheet.problems.append(f"line 1: {what}; it needs {', '.join(required)} (may have {', '.join(columns)}); nothing was read from it")
        return False
    if twice := sorted({name for name in header if name and header.count(name) > 1}):
        sheet.problems.append(f"line 1: column {twice[0]!r} stands twice; keep one; nothing was read from the file")
        return False
    for name in header:
        if name and name not in columns:
            hint = nearest(name, list(columns), label="columns")
            sheet.problems.append(f"line 1: unknown column {name!r}, which was not read{hint}")
    return True
