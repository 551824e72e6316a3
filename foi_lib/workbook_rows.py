"""Sheets for people to fill in: how a workbook for them begins and ends, and what they saved, as the rows of text that a CSV file gives."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from foi_lib.csv_rows import Sheet, parse_rows, read_rows

SUFFIXES = (".csv", ".xlsx")


def begin_book(as_of: datetime) -> tuple[io.BytesIO, Any, Any]:
    """A new XLSX workbook in which no text becomes a formula, a link or a number: where its bytes go, the book, its format for text."""
    import xlsxwriter

    out = io.BytesIO()
    plainly = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = xlsxwriter.Workbook(out, {"in_memory": True, **plainly})
    book.set_properties({"author": "", "created": as_of})
    return out, book, book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})  # text: no label or period becomes a date


def end_book(out: io.BytesIO, book: Any, text: Any, how: Sequence[str]) -> bytes:
    """The workbook's bytes, with how to fill it in on its last sheet, a line a row."""
    sheet = book.add_worksheet("How to fill in")
    sheet.set_column(0, 0, 120, text)
    for n, line in enumerate(how):
        sheet.write_string(n, 0, line, text)
    book.close()
    return out.getvalue()


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
