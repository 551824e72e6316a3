"""Lists of incidents become rows. One row a case, with why it is there."""

from __future__ import annotations

import pytest

from foi_lib.reference import incident_categories

from .said import evidence_holds, read

ASK = "1. Please list the data breaches in 2021, with dates, what happened and the department.\nAnswer:\n"
ROWS = [("2021-02-03", "day"), ("2021-05-11", "day"), ("2021-09", "month")]
TABLES = [
    (
        "Date\tDetails\tDepartment\n03/02/21\tLetter sent to a former address\tHousing\n"
        "11/05/21\tPayslip sent to another person\tPayroll\n"
        "09/2021\tLaptop left on a train\tPlanning\n",
        "tabs",
    ),
    (
        "| Date | Details | Department |\n|---|---|---|\n| 03/02/21 | Letter sent to a former address | Housing |\n"
        "| 11/05/21 | Payslip sent to another person | Payroll |\n| 09/2021 | Laptop left on a train | Planning |\n",
        "pipes",
    ),
    (
        "Department\tWhat happened\tWhen\nHousing\tLetter sent to a former address\t3 February 2021\n"
        "Payroll\tPayslip sent to another person\t11 May 2021\nPlanning\tLaptop left on a train\tSeptember 2021\n",
        "columns in another order, dates in words",
    ),
    (
        "Date\tDetails\tDepartment\n03/02/21\tLetter sent to a former address\tHousing\n"
        "\n\n\n11/05/21\tPayslip sent to another person\tPayroll\n"
        "09/2021\tLaptop left on a train\tPlanning\n",
        "a gap in the middle",
    ),
]


@pytest.mark.parametrize(("table", "why"), TABLES, ids=[why for _, why in TABLES])
def test_table(table: str, why: str) -> None:
    letter = read(ASK + table)
    assert [(i.date, i.date_precision) for i in letter.incidents] == ROWS
    assert [i.department for i in letter.incidents] == ["Housing", "Payroll", "Planning"]
    assert [i.description for i in letter.incidents][2] == "Laptop left on a train"
    assert {i.kind for i in letter.incidents} == {"breach"}
    assert [a.value for a in letter.answers] == [None]  # a list of incidents is no figure
    assert evidence_holds(letter)


LISTS = [
    "February 2021 – A letter was sent to a former address.\nMay 2021 – A payslip was sent to another person.\n",
    "• February 2021: A letter was sent to a former address.\n• May 2021: A payslip was sent to another person.\n",
    "February 2021\nA letter was sent to a former address.\nMay 2021\nA payslip was sent to another person.\n",
]


@pytest.mark.parametrize("lines", LISTS, ids=["dashes", "bullets", "dates on lines of their own"])
def test_lines(lines: str) -> None:
    letter = read("1. Please list the data breaches in 2021 and what happened.\nAnswer:\n" + lines)
    assert [(i.date, i.date_precision) for i in letter.incidents] == [("2021-02", "month"), ("2021-05", "month")]
    assert "former address" in letter.incidents[0].description
    assert evidence_holds(letter)


@pytest.mark.parametrize(
    ("head", "codes", "kinds"),
    [
        ("Incident - I Breach - B", ["I", "B", "B"], ["incident", "breach", "breach"]),
        ("Type", ["Incident", "Data breach", "Breach"], ["incident", "breach", "breach"]),
        ("Breach/Incident", ["b", "i", "b"], ["breach", "incident", "breach"]),
    ],
)
def test_kinds_by_code(head: str, codes: list[str], kinds: list[str]) -> None:
    days = ["03/02/21", "11/05/21", "12/05/21"]
    words = ["Letter sent to a former address", "Payslip sent to another person", "Laptop left on a train"]
    body = "".join(f"{code}\t{day}\t{said}\n" for code, day, said in zip(codes, days, words, strict=True))
    assert [i.kind for i in read(f"{ASK}{head}\tDate\tDetails\n{body}").incidents] == kinds


def test_categories_are_the_registers() -> None:
    known = {category.name for category in incident_categories()}
    table = "Date\tDetails\n03/02/21\tLetter sent to the wrong address\n"
    table += "11/05/21\tPayslip emailed to another person\n12/05/21\tA thing went wrong\n"
    posted, emailed, other = (i.category for i in read(ASK + table).incidents)
    assert posted in known and emailed in known and posted != emailed
    assert other is None or other in known


def test_years_and_counts_are_no_incidents() -> None:
    assert read("1. How many data breaches were there in each year?\nJanuary 2021= 1\nMarch 2022 = 2\nMay 2023 = 4\n").incidents == []


def test_one_dated_sentence_is_no_list() -> None:
    assert read("1. Please describe the data breaches.\nMarch 2021 – the council moved to a new system for its records.\n").incidents == []
