"""The workbook: one table a sheet, typed columns, a sign where nothing stands, the same bytes each time."""

from __future__ import annotations

import io
from datetime import datetime

import openpyxl
import pytest

from foi_lib.reports.evidence import Case
from foi_lib.reports.page import site_of
from foi_lib.reports.workbook import SHEETS, workbook
from foi_lib.schema import TABLES

from .made import small


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    data = small()
    data.answers.loc[0, ["unit", "value"]] = ["GBP", 1250.5]
    data.answers.loc[0, ["decision", "decided_by", "decided_on"]] = ["confirm", "AB", "2018-02-05"]
    return openpyxl.load_workbook(io.BytesIO(workbook(Case(data), site_of(data, "0", False))))


def column(book: openpyxl.Workbook, sheet: str, name: str) -> list[object]:
    heads = [cell.value for cell in book[sheet][1]]
    return [cell.value for cell in list(book[sheet].columns)[heads.index(name)]][1:]


def test_sheets(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == ["Cover", "Notes", *SHEETS.values(), "QA log"]
    for sheet in book:
        assert not sheet.merged_cells.ranges
    for table, name in SHEETS.items():
        assert [c.value for c in book[name][1]][: len(TABLES[table])] == [c.name for c in TABLES[table]]
        assert len(list(book[name].rows)) == len(getattr(small(), table)) + 1


def test_no_cell_is_blank(book: openpyxl.Workbook) -> None:
    for name in (*SHEETS.values(), "QA log"):
        for line in book[name].iter_rows():
            assert all(cell.value is not None for cell in line), name


def test_types(book: openpyxl.Workbook) -> None:
    assert column(book, "Responses", "responded_on")[0] == datetime(2018, 1, 24)
    assert column(book, "Responses", "working_days")[0] == 16
    assert column(book, "Responses", "on_time")[0] is True
    assert column(book, "Answers", "value")[0] == 1250.5
    heads = [cell.value for cell in book["Answers"][1]]
    assert "£" in book["Answers"].cell(2, heads.index("value") + 1).number_format


def test_signs_for_what_is_missing(book: openpyxl.Workbook) -> None:
    assert column(book, "Answers", "value")[2:4] == ["[c]", "[c]"]
    assert column(book, "Answers", "breakdown")[0] == "[z]"
    assert column(book, "Responses", "responded_on")[2] == "[x]"
    signs = {cell.value for line in book["Notes"].iter_rows(max_col=2) for cell in line}
    assert {"[c]", "[x]", "[z]"} <= signs


def test_links_lead_to_the_words(book: openpyxl.Workbook) -> None:
    link = book["Answers"].cell(2, book["Answers"].max_column).hyperlink
    assert (link.target, link.location) == ("letters/ambleford-council.html", "a0000000001")


def test_the_qa_log_says_of_each_answer_whether_it_was_checked(book: openpyxl.Workbook) -> None:
    assert column(book, "QA log", "checked") == ["confirmed", *["not checked"] * (len(column(book, "QA log", "checked")) - 1)]
    assert (column(book, "QA log", "by")[:2], column(book, "QA log", "checked_on")[0]) == (["AB", "[z]"], datetime(2018, 2, 5))
    link = book["QA log"].cell(2, book["QA log"].max_column).hyperlink
    assert (link.target, link.location) == ("letters/ambleford-council.html", "a0000000001")


def test_cover_says_which_build(book: openpyxl.Workbook) -> None:
    said = "\n".join(str(row[0].value) for row in book["Cover"].iter_rows())
    for word in ("FICTIONAL EXAMPLE", "As of 31 March 2018", "2 of 4 councils answered", "0123456789abcdef", "Answers: 5 rows"):
        assert word in said


def test_its_date_is_the_requests(book: openpyxl.Workbook) -> None:
    assert book.properties.created == datetime(2018, 3, 31)


def test_same_bytes() -> None:
    data = small()
    assert workbook(Case(data), site_of(data, "0", False)) == workbook(Case(data), site_of(data, "0", False))


def test_personal_data_is_masked() -> None:
    data = small()
    data.answers.loc[0, "note"] = "x"
    data.answers.loc[4, "source_note"] = "told by Mrs Jane Doe"
    book = openpyxl.load_workbook(io.BytesIO(workbook(Case(data), site_of(data, "0", False))))
    assert column(book, "Answers", "source_note")[4] == "told by Mrs [name]"
