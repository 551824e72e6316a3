"""Rows of cells as spreadsheets of each form: XLSX, ODS, CSV, and the old binary XLS as small as it can be."""

from __future__ import annotations

import csv
import html
import io
import struct
from collections.abc import Sequence

from documents.compound import compound
from documents.packed import ODF, zipped

Rows = Sequence[Sequence[str | float]]


def xlsx(rows: Rows) -> bytes:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def ods(rows: Rows) -> bytes:
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    lines = ["<table:table-row>" + "".join(cell.format(html.escape(str(words))) for words in row) + "</table:table-row>" for row in rows]
    sheet = f'<table:table table:name="Data">{"".join(lines)}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF}>{body}</office:document-content>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()})


def comma_separated(rows: Rows) -> bytes:
    """Padded to the widest row, as spreadsheets save it; two columns at least, or it would be no table."""
    width, out = max(2, *map(len, rows)), io.StringIO()
    csv.writer(out).writerows([[*row, *[""] * (width - len(row))] for row in rows])
    return out.getvalue().encode()


def xls(rows: Rows) -> bytes:
    """A workbook stream of BIFF8 records ([MS-XLS])."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def cell(row: int, column: int, value: str | float) -> bytes:
        if isinstance(value, str):
            return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 0) + value.encode("latin-1"))
        return record(0x0203, struct.pack("<HHHd", row, column, 0, float(value)))

    end, name = record(0x000A, b""), b"Data"
    head = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    size = len(head) + len(record(0x0085, struct.pack("<IBBBB", 0, 0, 0, len(name), 0) + name)) + len(end)
    book = head + record(0x0085, struct.pack("<IBBBB", size, 0, 0, len(name), 0) + name) + end
    width = max(map(len, rows))
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x10, 0, 0, 0, 0))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, width, 0))
    sheet += b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)) + end
    return compound({"Workbook": (book + sheet).ljust(5000, b"\0")})
