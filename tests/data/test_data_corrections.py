"""corrections.csv as spreadsheets and people leave it: read where only one thing can be meant, else told of by its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from foi_lib.corrections import Corrections, Decision, append, read_corrections
from foi_lib.request import load_request
from foi_lib.typed_cells import guard, is_at_risk, unguard

Put = Callable[[str, str | bytes], Path]
HEAD = "decision,authority,question,measure,period,breakdown,sha256,quote,machine_outcome,machine_value,outcome,value,low,high,why,who,when"
GOOD = {
    "decision": "correct", "authority": "Wexcombe Council", "question": "1", "value": "8", "why": "a sum", "who": "AB",
    "when": "2024-03-01",
}  # fmt: skip
SHA = "0123456789abcdef" * 4


@pytest.fixture(autouse=True)
def _asked(folder: Path) -> None:
    path = folder / "request.yaml"
    more = """  - label: "2.1"
    text: And by which department?
    measure: breach_count
    period: [2010/11, 2011/12]
  - label: "3.2"
    text: And by which team?
  - label: "2.3"
    text: And in which month?
"""
    path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")


def read(folder: Path) -> Corrections:
    return read_corrections(load_request(folder))


def line(sep: str = ",", **cells: str) -> str:
    return sep.join(f'"{cell}"' if sep in cell else cell for cell in ({**GOOD, **cells}.get(name, "") for name in HEAD.split(",")))


def one(folder: Path, put: Put, **cells: str) -> tuple[Decision | None, list[str]]:
    put("corrections.csv", f"{HEAD}\n{line(**cells)}\n")
    found = read(folder)
    assert len(found.decisions) + len(found.unusable) == 1
    return (found.decisions[0] if found.decisions else None), [reason for _, reason in found.problems]


# what stands in the cell, what it is read as, and whether that is told of
CELLS = [
    ("question", "1.1", "question", "1.10", True),  # Excel takes the nought away
    ("question", "Q1.10", "question", "1.10", False),  # as we write it
    ("question", "01-Feb", "question", "2.1", True),  # "2.1" or "1.2": only one of them was asked
    ("question", "Jan-02", "question", "2.1", True),
    ("question", "2.0", "question", "2", True),
    ("question", "7", "question", "7", False),  # not asked: the letter may have it
    ("period", "2023", "period", "2023-01-01 to 2023-12-31", False),
    ("period", "2021/22", "period", "2021-04-01 to 2022-03-31", False),
    ("period", "2021-04-01 to 2022-03-31", "period", "2021-04-01 to 2022-03-31", False),
    ("period", "Aug-17", "period", "2017-08-01 to 2017-08-31", True),
    ("period", "Unstated", "period", "unstated", False),
    ("value", "1,234", "value", 1234.0, False),
    ("value", "£1,234.50", "value", 1234.5, False),
    ("value", " 8 ", "value", 8.0, False),
    ("when", "24/01/2018", "when", "2018-01-24", True),
    ("when", "01/24/2018", "when", "2018-01-24", True),  # no month has the number 24
    ("when", "24.01.18", "when", "2018-01-24", True),
    ("when", "24-Jan-18", "when", "2018-01-24", True),
    ("when", "43124", "when", "2018-01-24", True),
    ("when", "24/01/2018 9:05", "when", "2018-01-24T09:05", True),
    ("when", "2018-01-24 09:05", "when", "2018-01-24T09:05", False),
    ("quote", "'6", "quote", "6", False),
    ("quote", "6", "quote", "6", False),
    ("quote", "'tis six", "quote", "'tis six", False),  # an apostrophe of the letter's own
    ("quote", "'=1+1", "quote", "=1+1", False),
    ("breakdown", "'1-4", "breakdown", "1-4", False),
    ("sha256", SHA.upper(), "sha256", SHA, False),
    ("sha256", "1.23E+55", "sha256", "", True),
    ("machine_value", "1 to 4", "machine_low", 1.0, False),
    ("machine_value", "Jan-06", "machine_value", None, True),
    ("machine_outcome", "Not held", "machine_outcome", "not_held", False),
    ("authority", "Wexcombe", "authority", "Wexcombe Council", False),
    ("authority", "X2", "authority", "Wexcombe Council", False),
    ("authority", "Somewhere Else", "authority", "Somewhere Else", False),
    ("decision", "Correct", "decision", "correct", False),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cell", "of", "is_read", "told"), CELLS, ids=[f"{c[0]} {c[1]}" for c in CELLS])
def test_a_cell_is_read_as_what_it_can_only_have_been(
    folder: Path, put: Put, name: str, cell: str, of: str, is_read: Any, told: bool
) -> None:
    decision, problems = one(folder, put, **{name: cell})
    assert decision is not None and getattr(decision, of) == is_read
    assert bool(problems) == told
    if told:
        assert repr(cell) in problems[0] and problems[0] == f"line 2: {decision.mended[0]}"


# what cannot be read for certain: what is told of it
BAD = [
    ("question", "02-Mar", "question '02-Mar' is a date, which a spreadsheet made of a label (3.2 or 2.3?): write it as Q1.2"),
    ("question", "05-Jun", "question '05-Jun' is a date, which a spreadsheet made of a label: write it as Q1.2"),
    ("period", "Dec-11", "which a spreadsheet made of 2011/12 or 2011-12: write its first and last day"),
    ("period", "soon", "'soon' is not a period"),
    ("period", "2011-12", "could be a month or a financial year"),
    ("value", "Jan-06", "value 'Jan-06' is a date, which a spreadsheet made of a number"),
    ("value", "1.2E+11", "value '1.2E+11' is a number that a spreadsheet has rounded"),
    ("value", "six", "value 'six' is not a number"),
    ("value", "<5", "value '<5' is not a number"),
    ("value", "-3", "below nought"),
    ("value", "", "neither outcome nor value says what is right"),
    ("when", "soon", "when 'soon' is not a date"),
    ("when", "31/02/2018", "when '31/02/2018' is not a date"),
    ("when", "", "when is empty"),
    ("who", "", "who is empty"),
    ("decision", "corect", "did you mean 'correct'"),
    ("outcome", "withheld", "outcome 'withheld' has a figure beside it"),
    ("outcome", "witheld", "did you mean 'withheld'"),
    ("measure", "breach_cout", "did you mean 'breach_count'"),
    ("authority", "", "authority is empty"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "cell", "message"), BAD, ids=[f"{b[0]} {b[1]}" for b in BAD])
def test_what_is_not_certain_is_told_of_and_not_used(folder: Path, put: Put, name: str, cell: str, message: str) -> None:
    decision, problems = one(folder, put, **{name: cell})
    assert decision is None and len(problems) == 1
    assert problems[0].startswith("line 2: ") and message in problems[0] and "\n" not in problems[0]


def test_a_short_year_is_the_one_that_was_asked_for(folder: Path, put: Put) -> None:
    decision, problems = one(folder, put, question="2.1", period="Dec-11")  # 2011/12 was asked for, December 2011 was not
    assert decision is not None and decision.period == "2011-04-01 to 2012-03-31" and "2011/12" in problems[0]


@pytest.mark.parametrize("what", ["reject", "exclude"])
def test_what_takes_a_figure_away_says_why(folder: Path, put: Put, what: str) -> None:
    assert one(folder, put, decision=what, value="", why="")[0] is None
    assert one(folder, put, decision=what, value="", why="a page")[0] is not None
    if what == "reject":
        assert "to give another figure, correct it" in one(folder, put, decision=what)[1][0]


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_however_a_spreadsheet_saves_the_file(folder: Path, put: Put, sep: str, end: str, encoding: str) -> None:
    rows = [HEAD.replace(",", sep) + sep * 3, line(sep, quote="£6, or so; more") + sep * 3, sep * 19, line(sep, value="9", who="Zoë")]
    put("corrections.csv", (end.join(rows) + end).encode(encoding))
    found = read(folder)
    one, other = found.decisions
    assert (one.line, one.value, one.quote, one.who) == (2, 8.0, "£6, or so; more", "AB")
    assert (other.line, other.value, other.quote, other.who) == (4, 9.0, "", "Zoë")
    assert [what for what, _ in found.problems] == (["corrections_file"] if encoding == "cp1252" else [])


@pytest.mark.parametrize(("cell", "value"), [("1234,50", 1234.5), ("1.234,50", 1234.5), ("1,234", 1234.0), ("8", 8.0)])
def test_where_semicolons_part_the_cells_commas_may_be_decimal(folder: Path, put: Put, cell: str, value: float) -> None:
    put("corrections.csv", HEAD.replace(",", ";") + "\n" + line(";", value=cell) + "\n")
    assert read(folder).decisions[0].value == value


def test_a_row_that_was_cut_off_costs_no_other(folder: Path, put: Put) -> None:
    for torn in (line(quote='"6')[:40], line()[:45], 'correct,Wexcombe Council,Q1,,,,,"a quote that', "corr"):
        put("corrections.csv", f"{HEAD}\n{line()}\n{torn}\n{line(value='9')}\n{torn}")
        found = read(folder)
        assert [one.value for one in found.decisions] == [8.0, 9.0], torn
        assert [one.line for one in found.unusable] == [3, 5]


def test_a_quotation_mark_that_is_never_closed_costs_its_own_row(folder: Path, put: Put) -> None:
    heads = ["who", *[name for name in HEAD.split(",") if name != "who"]]  # a file of somebody's own, its columns in another order
    rows = [",".join(({**GOOD, "value": value} | {"quote": quote}).get(name, "") for name in heads) for value, quote in
            (("8", ""), ("7", '"never closed'), ("9", ""))]  # fmt: skip
    put("corrections.csv", "\n".join([",".join(heads), *rows]) + "\n")
    found = read(folder)
    assert [one.value for one in found.decisions] == [8.0, 9.0] and [one.line for one in found.unusable] == [3]


def test_a_text_over_several_lines_is_one_row(folder: Path, put: Put) -> None:
    put("corrections.csv", f'{HEAD}\n{line(why="@@").replace("@@", chr(34) + "one" + chr(10) + "two" + chr(34))}\n{line(value="9")}\n')
    assert [(one.line, one.why) for one in read(folder).decisions] == [(2, "one\ntwo"), (4, "a sum")]


@pytest.mark.parametrize(
    ("text", "message", "unusable"),
    [
        ("authority,question\nWexcombe Council,1\n", "line 1: no column 'decision', 'who', 'when'; it needs decision", 1),
        (f"{HEAD},colour\n{line()},red\n", "line 1: unknown column 'colour', which was not read", 0),
        (f"{HEAD}\n{line()},,,more\n", "cells under 17 columns", 1),
        ("", "", 0),
        ("\ufeff", "", 0),
    ],
)  # fmt: skip
def test_headings(folder: Path, put: Put, text: str, message: str, unusable: int) -> None:
    put("corrections.csv", text)
    found = read(folder)
    assert len(found.unusable) == unusable and (message in " ".join(reason for _, reason in found.problems))
    assert bool(found.problems) == bool(message)


def test_what_was_appended_survives_a_spreadsheet(folder: Path) -> None:
    """Every cell that we write is one that a spreadsheet leaves alone, but for the digits of the figures."""
    append(folder, Decision(
        "correct", "Wexcombe Council", "1.10", "breach_count", "2011-04-01 to 2012-03-31", "1-4", SHA, "2/3", "w0123456789ab", "disclosed",
        6.0, 6.0, 6.0, "disclosed", 1234.5, 1234.5, 1234.5, "known", "=sum of Jan 2018", "AB", "2024-03-01",
    ))  # fmt: skip
    cells = (folder / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(",")
    assert [cell for cell in cells if is_at_risk(cell) and not cell.startswith("'")] == ["6", "1234.5", "2024-03-01"]
    assert read(folder).decisions[0].why == "=sum of Jan 2018"


@pytest.mark.parametrize(
    ("text", "at_risk"),
    [
        ("6", True), ("1,234", True), ("£6", True), ("2-3", True), ("1/2", True), ("Jan 2018", True), ("2 Jan", True), ("1E5", True),
        ("=a", True), ("-a", True), ("@a", True), ("TRUE", True), ("'6", True), ("six", False), ("6 breaches", False),
        ("Q1.2", False), ("May we", False),
        ("", False), ("2021-04-01 to 2022-03-31", False), ("'tis", False), ("w12", False),
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_alter_is_guarded(text: str, at_risk: bool) -> None:
    assert is_at_risk(text) == at_risk
    assert unguard(guard(text)) == text
