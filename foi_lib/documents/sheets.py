"""Spreadsheets: XLSX by openpyxl (number formats, hidden rows), XLS, XLSB and very large files by calamine, ODS by its XML."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

from foi_lib.documents import kinds
from foi_lib.documents.build import Builder, Unreadable, one_line
from foi_lib.documents.grid import Place, column_letters, write_grid
from foi_lib.documents.package import Package
from foi_lib.documents.sheet_values import shown

_LARGE = 200_000  # cells: beyond it openpyxl takes more than ten seconds


def read_workbook(data: bytes, out: Builder) -> None:
    """A workbook into `out`, a page a sheet. Hidden sheets, rows and columns are read, marked and named in `properties`."""
    if out.media_type == kinds.XLSX:
        package = Package(data, out)
        package.warn_of_contents(tuple(name for name in package.names if name.startswith("xl/workbook")))
        for name in sorted(package.names):
            if name.startswith("xl/externalLinks/") and name.endswith(".xml"):
                out.problem("it takes figures from another workbook; the figures stored in this one are shown, and nothing was fetched")
        cells = sum((package.read(name) or b"").count(b"<c ") for name in package.names if name.startswith("xl/worksheets/"))
        if cells <= min(_LARGE, out.limits.cells):
            _by_openpyxl(data, package, out)
            return
        out.problem(f"a workbook of {cells:,} cells: read without number formats (25% shows as 0.25) and without hidden rows")
    elif out.media_type != kinds.XLS:
        Package(data, out)  # looked at for its sizes
    _by_calamine(data, out)


def _by_openpyxl(data: bytes, package: Package, out: Builder) -> None:
    from openpyxl import load_workbook

    for name in package.names:
        if name.endswith((".xml", ".rels")) and name.startswith("xl/"):
            head = (package.read(name) or b"").replace(b"\0", b"")
            if b"<!ENTITY" in head or b"<!DOCTYPE" in head[:4096]:
                raise Unreadable(f"{one_line(name, 60)} declares XML entities, which no office program writes; it was not opened")
    book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = {name: list(_without_value(package, part)) for name, part in _parts(package)}
    hidden_things = []
    for sheet in book.worksheets:
        concealed = sheet.sheet_state != "visible"
        out.begin_page(one_line(sheet.title, 100), concealed)
        rows, columns = _hidden_rows(sheet), _hidden_columns(sheet)
        cells: dict[Place, str] = {}
        for (row, column), cell in sheet._cells.items():
            words = shown(cell.value, cell.number_format or "General")
            if words:
                cells[row - 1, column - 1] = words
        out.count_cells(0)
        write_grid(cells, out, (place for place in cells if place[0] in rows or place[1] in columns))
        out.end_page()
        hidden_things += _told(sheet.title, concealed, rows & {row for row, _ in cells}, columns & {column for _, column in cells})
        empty = formulas.get(sheet.title, [])
        if empty:
            named = ", ".join(empty[:5]) + (" …" if len(empty) > 5 else "")
            out.problem(f"sheet {one_line(sheet.title, 40)!r}: {len(empty)} formula(s) without a stored value, read as empty: {named}")
    if hidden_things:
        out.properties["hidden"] = "; ".join(hidden_things)


def _told(title: str, concealed: bool, rows: set[int], columns: set[int]) -> list[str]:
    name = one_line(title, 40)
    told = [f"sheet {name!r}"] if concealed else []
    if rows:
        told.append(f"{len(rows)} row(s) of {name!r} from row {min(rows) + 1}")
    if columns:
        told.append(f"column(s) {', '.join(column_letters(column) for column in sorted(columns)[:10])} of {name!r}")
    return told


def _hidden_rows(sheet: Any) -> set[int]:
    return {number - 1 for number, row in sheet.row_dimensions.items() if row.hidden}


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    for column in sheet.column_dimensions.values():
        if column.hidden and column.min:
            hidden.update(range(column.min - 1, min(column.max, column.min + 1000)))
    return hidden


def _parts(package: Package) -> Iterator[tuple[str, str]]:
    """Sheets' names and the parts that hold them."""
    book = package.xml("xl/workbook.xml")
    relations = package.relations("xl/workbook.xml")
    for sheet in book.iter("{*}sheet") if book is not None else ():
        target = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if target in relations:
            yield sheet.get("name", ""), relations[target][1]


def _without_value(package: Package, part: str) -> Iterator[str]:
    """Addresses of formulas that were saved without their result, as some programs that make workbooks do."""
    text = (package.read(part) or b"").decode("utf-8", "replace")
    for match in re.finditer(r"<c ([^>]*)>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>", text):
        found = re.search(r'\br="([A-Z]+\d+)"', match[1])
        if found:
            yield found[1]


def _by_calamine(data: bytes, out: Builder) -> None:
    from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except CalamineError as error:
        if "assword" in str(error) or "ncrypted" in str(error):
            raise Unreadable("it is encrypted and needs a password; save a copy without one") from None
        raise Unreadable(f"damaged or cut off ({one_line(error, 80)})") from None
    hidden, fractions = [], False
    for sheet in book.sheets_metadata:
        if sheet.typ != SheetTypeEnum.WorkSheet:
            continue
        concealed = sheet.visible != SheetVisibleEnum.Visible
        out.begin_page(one_line(sheet.name, 100), concealed)
        found = book.get_sheet_by_name(sheet.name)
        start = found.start or (0, 0)
        if found.height * found.width > 20 * out.limits.cells:
            raise Unreadable(f"sheet {one_line(sheet.name, 40)!r} is {found.height:,} rows by {found.width:,} columns, more than the limit")
        cells: dict[Place, str] = {}
        for row, values in enumerate(found.iter_rows()):
            for column, value in enumerate(values):
                if value != "":
                    fractions = fractions or (isinstance(value, float) and 0 < abs(value) < 1)
                    cells[start[0] + row, start[1] + column] = shown(value)
                    if len(cells) > out.limits.cells:
                        raise Unreadable(f"it has more than {out.limits.cells:,} cells; the rest is left out")
        write_grid(cells, out)
        out.end_page()
        hidden += _told(sheet.name, concealed, set(), set())
    if fractions:
        out.problem("read without number formats: a figure below 1 may be a percentage (0.25 for 25%)")
    if hidden:
        out.properties["hidden"] = "; ".join(hidden)
