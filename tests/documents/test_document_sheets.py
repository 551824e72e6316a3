# ruff: noqa: E501
"""Spreadsheets: values as the sheet shows them, places, hidden parts, several tables on a sheet."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from documents.rows import xls
from documents.writers import zipped
from foi_lib.documents import Document, read_document
from foi_lib.documents.build import Builder
from foi_lib.documents.delimited import delimiter_of, read_csv
from foi_lib.documents.grid import column_letters, write_grid
from foi_lib.documents.sheet_values import shown


@pytest.mark.parametrize(
    ("value", "form", "wanted"),
    [
        (12, "General", "12"),
        (12.0, "General", "12"),
        (0.1 + 0.2, "General", "0.3"),  # no noise of binary fractions
        (0.255, "0.0%", "25.5%"),
        (0.25, "0%", "25%"),
        (1.5, "0%", "150%"),
        (1020, "#,##0", "1,020"),
        (1020, "General", "1020"),
        (4350.5, "£#,##0.00", "£4,350.50"),
        (4350, '"£"#,##0', "£4,350"),
        (-12.5, "[$£-809]#,##0.00", "-£12.50"),
        (1019.6, "#,##0", "1,019.6"),  # never rounded, though the sheet shows 1,020
        (1e21, "General", "1e+21"),
        (dt.datetime(2018, 4, 5), "dd/mm/yyyy", "2018-04-05"),
        (dt.datetime(2018, 4, 1), "mmm-yy", "April 2018"),  # a month: no day is meant
        (dt.datetime(2018, 1, 1), "yyyy", "2018"),
        (dt.datetime(2018, 4, 5, 10, 30), "dd/mm/yyyy hh:mm", "2018-04-05 10:30"),
        (dt.time(9, 5), "hh:mm", "09:05"),
        (True, "General", "TRUE"),
        ("#NAME?", "General", "#NAME?"),
        ("N/A", "General", "N/A"),
        (None, "General", ""),
    ],
)
def test_values_as_shown(value: object, form: str, wanted: str) -> None:
    assert shown(value, form) == wanted


def workbook(tmp_path: Path) -> Document:
    file = tmp_path / "reply.xlsx"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet("Data")
    sheet.write(0, 0, "Breaches by year, all directorates")
    for row, cells in enumerate([["Year", "Breaches", "Cost"], ["2019", 4, ""], ["2020", "", 3], ["2021", "<5", 1]], 1):
        for column, cell in enumerate(cells):
            if cell != "":
                sheet.write(row, column, cell)
    sheet.write_row(7, 0, ["Quarter", "Number"])
    sheet.write_row(8, 0, ["Q1", 7])
    sheet.write_formula(9, 1, "=SUM(B9)", None, "")
    sheet.write_formula(10, 1, "=NOW2()", None, "#NAME?")
    sheet.set_row(3, None, None, {"hidden": True})
    sheet.set_column(2, 2, None, None, {"hidden": True})
    secret = book.add_worksheet("Working")
    secret.hide()
    secret.write(0, 0, "kept back")
    book.close()
    return read_document(file)


def test_a_workbook(tmp_path: Path) -> None:
    document = workbook(tmp_path)
    assert document.text == (
        "Breaches by year, all directorates\nYear\tBreaches\tCost\n2019\t4\t\n2020\t\t3\n2021\t<5\t1\n\nQuarter\tNumber\nQ1\t7\n\n\t#NAME?\nkept back\n"
    ).replace("\n\n\t#NAME?", "\n\n#NAME?")
    assert [(page.name, page.hidden) for page in document.pages] == [("Data", False), ("Working", True)]
    cells = {cell.address: (document.text[cell.start : cell.end], cell.hidden) for table in document.tables for cell in table.cells if table.page == 1}
    assert cells["B3"] == ("4", False) and cells["A4"] == ("2020", True) and cells["C5"] == ("1", True) and cells["B8"] == ("Number", False)
    assert cells["B4"] == ("", False)
    assert document.problems == ("sheet 'Data': 1 formula(s) without a stored value, read as empty: B10",)
    assert "Working" in document.properties["hidden"] and "row 4" in document.properties["hidden"]


def test_tables_side_by_side() -> None:
    rows = ["Year,N,,Team,N", "2019,1,,Housing,4", "2020,2,,Roads,5", "2021,3,,Parks,6"]
    out = Builder()
    out.begin_page()
    write_grid({(r, c): words for r, row in enumerate(rows) for c, words in enumerate(row.split(",")) if words}, out)
    assert out.text() == "Year\tN\n2019\t1\n2020\t2\n2021\t3\n\nTeam\tN\nHousing\t4\nRoads\t5\nParks\t6\n"
    assert len(out.tables) == 2


def test_a_blank_column_within_a_table_keeps_its_place() -> None:
    """Figures with an empty column between them are one table, as figures are no labels."""
    out = Builder()
    write_grid({(r, c): w for r, row in enumerate((("a", "2019", "", "2021", "2022"), ("b", "1", "", "3", "4"))) for c, w in enumerate(row) if w}, out)
    assert out.text() == "a\t2019\t2021\t2022\nb\t1\t3\t4\n"


@given(st.dictionaries(st.tuples(st.integers(0, 30), st.integers(0, 12)), st.text(st.characters(codec="utf-8"), max_size=8), max_size=40))
def test_every_cell_is_found_at_its_address(cells: dict[tuple[int, int], str]) -> None:
    """Whatever is filled is written once, on one line, and its address leads back to it."""
    out = Builder()
    write_grid(cells, out)
    text = out.text()
    found = {cell.address: text[cell.start : cell.end] for table in out.tables for cell in table.cells if cell.end > cell.start}
    filled = {f"{column_letters(column)}{row + 1}": words for (row, column), words in cells.items()}
    assert set(found) <= set(filled)
    for name, words in filled.items():
        kept = [letter for letter in words if letter.isalnum()]
        assert [letter for letter in found.get(name, "") if letter.isalnum()] == kept
    assert all("\t" not in words and "\n" not in words for words in found.values())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1;2\n", ";"),
        ('"x, y",b\n"1,2",3\n', ","),
        ("Dear Sir, thank you\nfor your letter, which came\n", None),  # prose with one comma a line
        ("one line, only\n", None),
        ("a,b\n1,2,3\n", None),
        ("12 High Street, Northmoor\nNM1 2AB, England\n", None),
        ("a\tb\n1\t2\n", None),  # laid out already
    ],
)
def test_csv_is_told_from_prose(text: str, wanted: str | None) -> None:
    assert delimiter_of(text) == wanted


@given(st.binary(max_size=300))
def test_no_csv_raises(data: bytes) -> None:
    out = Builder()
    read_csv(data, out)
    assert all(0 <= cell.start <= cell.end <= out.length for table in out.tables for cell in table.cells)


def test_ods_shows_what_the_sheet_shows(tmp_path: Path) -> None:
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text", "style"))
    sheet = (
        '<table:table table:name="Data"><table:table-column/><table:table-column table:visibility="collapse"/>'
        "<table:table-row><table:table-cell><text:p>Share</text:p></table:table-cell>"
        '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-repeated="2"><text:p>7</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row></table:table>'
    )
    content = f"<office:document-content {names}><office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    file = tmp_path / "reply.ods"
    file.write_bytes(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}))
    document = read_document(file)
    assert document.text == "Share\t25%\t7\t7\n"
    assert [(cell.address, cell.hidden) for cell in document.tables[0].cells] == [("A1", False), ("B1", True), ("C1", False), ("D1", False)]


def test_xls(tmp_path: Path) -> None:
    file = tmp_path / "reply.xls"
    file.write_bytes(xls([["Year", "Breaches"], ["2019", 14]]))
    document = read_document(file)
    assert document.text == "Year\tBreaches\n2019\t14\n"
    assert document.media_type == "application/vnd.ms-excel"
