"""A sheet that a person filled in with a spreadsheet program and saved as XLSX, as the same rows of text that a CSV file gives."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from foi_lib.csv_rows import Sheet, parse_rows, read_rows

SUFFIXES = (".csv", ".xlsx")


def read_sheet(path: Path, columns: Sequence[str], required: Sequence[str]) -> Sheet:
    """The rows of a CSV file, or of an XLSX file's first sheet, by its header; what is wrong is told in `problems`, a line each."""
    if path.suffix.lower() != ".xlsx":
        return read_rows(path, columns, required)
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    sheet = Sheet(path)
    try:
        book = load_workbook(path, data_only=True, read_only=True)
        cells = [[_text(cell.value, cell.number_format) for cell in row] for row in book.worksheets[0].iter_rows()]
        book.close()
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        sheet.problems.append(f"cannot be read as XLSX ({type(error).__name__}): save it again, or as 'CSV UTF-8'")
        return sheet
    out = io.StringIO()
    csv.writer(out).writerows([cell.replace("\r", "").replace("\n", " ") for cell in row] for row in cells)
    return parse_rows(sheet, out.getvalue(), columns, required)


def _text(value: object, form: str) -> str:
    from foi_lib.documents.sheet_values import shown

    # a figure's format (£, thousands) is for the eye: the number itself is what was keyed
    return shown(value, "General" if isinstance(value, int | float) else form)
