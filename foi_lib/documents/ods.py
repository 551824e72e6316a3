"""ODS by its XML, which holds each cell's words as the sheet shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from foi_lib.documents.build import Builder, Unreadable, one_line
from foi_lib.documents.grid import Place, column_letters, write_grid
from foi_lib.documents.package import Package

_OFFICE, _TABLE, _TEXT, _STYLE = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}" for name in ("office", "table", "text", "style")
)


def read_ods(data: bytes, out: Builder) -> None:
    """A sheet of LibreOffice's kind into `out`, a page a sheet."""
    package = Package(data, out)
    check_not_encrypted(package)
    root = package.xml("content.xml")
    book = root.find(f"{_OFFICE}body/{_OFFICE}spreadsheet") if root is not None else None
    if root is None or book is None:
        raise Unreadable("damaged: it has no sheets")
    package.warn_of_contents()
    unseen = {
        style.get(_STYLE + "name")
        for style in root.iter(_STYLE + "style")
        if any(properties.get(_TABLE + "display") == "false" for properties in style.iter(_STYLE + "table-properties"))
    }
    hidden_things = []
    for sheet in book.iter(_TABLE + "table"):
        name = one_line(sheet.get(_TABLE + "name", ""), 100)
        concealed = sheet.get(_TABLE + "style-name") in unseen
        out.begin_page(name, concealed)
        cells: dict[Place, str] = {}
        hidden: set[Place] = set()
        columns = _hidden_columns(sheet)
        for row, column, words, row_hidden in _cells(sheet, out.limits.cells):
            cells[row, column] = words
            if row_hidden or column in columns:
                hidden.add((row, column))
        write_grid(cells, out, hidden)
        out.end_page()
        if concealed:
            hidden_things.append(f"sheet {name!r}")
        elif hidden:
            hidden_things.append(f"{len(hidden)} cell(s) of {name!r}, the first {column_letters(min(hidden)[1])}{min(hidden)[0] + 1}")
    if hidden_things:
        out.properties["hidden"] = "; ".join(hidden_things)


def check_not_encrypted(package: Package) -> None:
    """OpenDocument keeps its list of parts in the clear; encryption is declared there."""
    if b"encryption-data" in (package.read("META-INF/manifest.xml") or b""):
        raise Unreadable("it is encrypted and needs a password; save a copy without one")


def _hidden_columns(sheet: Any) -> set[int]:
    hidden: set[int] = set()
    at = 0
    for column in sheet.iter(_TABLE + "table-column"):
        count = _repeated(column, "number-columns-repeated")
        if column.get(_TABLE + "visibility") in ("collapse", "filter"):
            hidden.update(range(at, at + min(count, 1000)))
        at += count
    return hidden


def _cells(sheet: Any, most: int) -> Iterator[tuple[int, int, str, bool]]:
    """Filled cells: row, column, words, whether the row is hidden. Repeated ones are counted against the limit."""
    given, at = 0, 0
    for row in sheet.iter(_TABLE + "table-row"):
        rows = _repeated(row, "number-rows-repeated")
        filled = list(_filled(row, most))
        concealed = row.get(_TABLE + "visibility") in ("collapse", "filter")
        for again in range(rows if filled else 0):
            for column, words in filled:
                given += 1
                if given > most:
                    raise Unreadable(f"it has more than {most:,} cells")
                yield at + again, column, words, concealed
        at += rows


def _filled(row: Any, most: int) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.tag not in (_TABLE + "table-cell", _TABLE + "covered-table-cell"):
            continue
        count = _repeated(cell, "number-columns-repeated")
        words = "\n".join("".join(part.itertext()) for part in cell if part.tag == _TEXT + "p")
        if not words.strip():  # a value that no program has shown yet
            words = cell.get(_OFFICE + "value") or cell.get(_OFFICE + "date-value") or cell.get(_OFFICE + "string-value") or ""
        if words.strip():
            for again in range(min(count, most)):
                yield column + again, words
        column += count


def _repeated(element: Any, name: str) -> int:
    count = element.get(_TABLE + name, "1")
    return max(1, int(count)) if count.isdigit() else 1
