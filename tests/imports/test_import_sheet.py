# ruff: noqa: E501
"""A tracker becomes rows of answers.csv: how its columns are understood, what is kept, what is told."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from documents.harmful import corpus
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.dataset import ingest, load
from foi_lib.errors import FoiError
from foi_lib.imports.cells import Cells
from foi_lib.imports.columns import split_label, understand_sheet
from foi_lib.imports.sheet import import_sheet
from foi_lib.request import load_request

AUTHORITIES = "code,name,short_name,tier,nation,region\nX1,Aldermere Borough Council,Aldermere,lower,England,South East\nX2,Wexcombe Council,Wexcombe,unitary,England,South West\nX3,Glenarrow Council,Glenarrow,unitary,Scotland,Scotland\n"
REQUEST = """\
title: Breaches
as_of: 2025-06-30
questions:
  - {label: "1", text: "How many data breaches were there in 2021/22 and 2022/23?", measure: breach_count, period: [2021/22, 2022/23]}
  - {label: "1.a", text: "How many of these were reported to the Information Commissioner?", measure: ico_reported_count, period: 2022/23}
  - {label: "2", text: "How much was paid in compensation in 2022/23?", measure: compensation_paid_gbp, period: 2022/23}
"""


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "raw"
    for name in ("tracker", "known"):
        (folder / name).mkdir(parents=True)
        (folder / name / "authorities.csv").write_text(AUTHORITIES, encoding="utf-8")
    (folder / "known" / "request.yaml").write_text(REQUEST, encoding="utf-8")
    return folder


def sheet(tmp_path: Path, text: str, name: str = "tracker.csv") -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


def book(path: Path, sheets: dict[str, list[list[Any]]], hide: int | None = None) -> Path:
    made = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        page = made.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    page.write(number, column, value)
        if hide is not None:
            page.set_row(hide, None, None, {"hidden": True})
    made.close()
    return path


def keyed(folder: Path) -> list[dict[str, str]]:
    with (folder / "answers.csv").open(encoding="utf-8", newline="") as file:
        return [{name: words for name, words in row.items() if words} for row in csv.DictReader(file)]


WIDE: list[list[Any]] = [
    ["FOI tracker: data breaches"],
    [],
    ["Council", "Region", "Date sent", "Date of reply", "Our ref", "Q1 Data breaches 2021/22", "Q1 Data breaches 2022/23", "2. How much compensation was paid in 2022/23?", "Comments"],
    ["Aldermere Borough Council", "SE", "14/01/2025", "10/02/2025", "A1", 14, 9, 2500.5, "by telephone"],
    ["Wexcombe", "SW", "14/01/2025", "", "", "Nil", "<5", "Refused under section 43(2)", ""],
    [],
    ["Glenarrow Council", "", "", "", "", "", "", "", ""],
    ["Total", "", "", "", "", 14, 9, 2500.5, ""],
]  # fmt: skip


@pytest.mark.slow
def test_one_row_a_council(tmp_path: Path, raw: Path) -> None:
    """A title above, empty rows within, a total below, another sheet beside: what a tracker looks like. And on into the tables."""
    done = import_sheet(book(tmp_path / "tracker.xlsx", {"Read me": [["of 2025"]], "Replies": WIDE}), raw, as_of="2025-03-31")
    (layout,) = done.layouts
    assert [(column.letter, column.role, column.question, column.period) for column in layout.columns] == [
        ("A", "authority", "", ""), ("B", "", "", ""), ("C", "received_on", "", ""), ("D", "responded_on", "", ""), ("E", "reference", "", ""),
        ("F", "answers", "1", "2021/22"), ("G", "answers", "1", "2022/23"), ("H", "answers", "2", "2022/23"), ("I", "note", "", ""),
    ]  # fmt: skip
    assert "not understood" in layout.columns[1].said and (done.added, done.councils, done.problems) == (6, 3, [])
    assert done.notes == ["sheet 'Read me' was not read: no column of councils with answers beside it", "Replies!A8: Total: a row of no council, not read", "1 row(s) without any answer"]
    rows = keyed(done.folder)
    assert rows[0] == {"authority": "Aldermere Borough Council", "question": "1", "period": "2021/22", "answer": "14", "received_on": "2025-01-14",
                       "responded_on": "2025-02-10", "reference": "A1", "note": "by telephone", "source_note": "tracker.xlsx, Replies!F4"}  # fmt: skip
    request = load_request(done.folder)
    assert request.authorities == ("Aldermere Borough Council", "Wexcombe Council", "Glenarrow Council") and str(request.sent_on) == "2025-01-14"
    assert [(q.label, q.measure) for q in request.questions] == [("1", "breach_count"), ("2", "compensation_paid_gbp")]
    ingest(done.folder)
    data = load("tracker", raw.parent, refresh=False)
    answers = {(row.slug.split("-")[0], row.question, row.period_start[:4]): (row.outcome, row.value) for row in data.answers.itertuples()}
    assert answers["aldermere", "1", "2021"] == ("disclosed", 14) and answers["aldermere", "2", "2022"] == ("disclosed", 2500.5)
    assert answers["wexcombe", "1", "2021"] == ("nil", 0) and answers["wexcombe", "1", "2022"][0] == "suppressed"
    assert answers["wexcombe", "2", "2022"][0] == "withheld" and data.provisions["section"].tolist() == ["s43(2)"]
    assert data.responses.set_index("authority")["status"].to_dict() == {"Aldermere Borough Council": "keyed", "Glenarrow Council": "no_reply", "Wexcombe Council": "keyed"}
    assert len(data.problems) == 0 and data.council("Aldermere")["responded_on"] == "2025-02-10"


LONG = """Local authority,GSS code,Question,Year,Response,Outcome,Exemption,Link,Date responded
Aldermere Borough Council,X1,1,2021/22,14,Disclosed,,https://x.example/1,10 February 2025
,,Q1,2022-23,9,,,,
Nonsuch Council,X2,2,,Refused,Refused,Section 43(2),no link,
Wexcombe Council,,how many of these were reported to the information commissioner?,2022/23,nil,,,,
Wexcombe Council,,7,2022/23,nil,,,,
Wexcombe Council,,2,last year,"£1,000",,,,
"""


def test_one_row_an_answer(tmp_path: Path, raw: Path) -> None:
    done = import_sheet(sheet(tmp_path, LONG), raw, "known")
    assert [column.role for column in done.layouts[0].columns] == [
        "authority", "authority_code", "question", "period", "answer", "outcome", "provisions", "source_url", "responded_on",
    ]  # fmt: skip
    rows = [[row.get(name, "") for name in ("authority", "question", "period", "answer", "outcome", "provisions", "note")] for row in keyed(done.folder)]
    assert rows == [
        ["Aldermere Borough Council", "1", "2021/22", "14", "", "", ""],
        ["Aldermere Borough Council", "1", "2022/23", "9", "", "", ""],  # the council of the row above
        ["Wexcombe Council", "2", "", "Refused", "withheld", "s43(2)", "Link: no link"],  # by its code
        ["Wexcombe Council", "1.a", "2022/23", "nil", "", "", ""],  # by the question's words
    ]
    assert done.problems == [
        "tracker.csv, C6: '7' is no question of request.yaml: write its label",
        "tracker.csv, D7: 'last year' is not one period; write 2021/22, 2021 or a first and last day",
        "tracker.csv, C7: Wexcombe Council, question 2: the sheet has '1000', keyed is 'refused'; what is keyed was kept",
    ]


def test_one_row_a_council_and_year(tmp_path: Path, raw: Path) -> None:
    done = import_sheet(sheet(tmp_path, "Council;Financial year;Data breaches;Compensation paid (£)\nAldermere;2021/22;14;2500\nAldermere;2022/23;9;0\n"), raw, as_of="2025-03-31")
    assert [(row["question"], row["period"], row["answer"]) for row in keyed(done.folder)] == [("1", "2021/22", "14"), ("2", "2021/22", "2500"), ("1", "2022/23", "9"), ("2", "2022/23", "0")]
    assert [period.name for period in load_request(done.folder).periods["1"]] == ["2021/22", "2022/23"]


@pytest.mark.parametrize(
    ("heading", "role", "label", "period"),
    [
        ("Q1 2021/22", "answers", "1", "2021/22"),
        ("1(a)", "answers", "1.a", ""),
        ("Question 2:", "answers", "2", ""),
        ("How many data breaches in 2022/23?", "answers", "1", "2022/23"),
        ("Compensation paid", "answers", "2", ""),
        ("Breaches reported to the ICO", "answers", "1.a", ""),
        ("Q9", "", "", ""),  # no such question
        ("2021", "", "", ""),  # a year is no label
        ("Population", "", "", ""),
        ("Request sent on", "received_on", "", ""),
        ("When did they reply", "responded_on", "", ""),
        ("Response received (date)", "responded_on", "", ""),
        ("FOI ref no.", "reference", "", ""),
        ("NOTES", "note", "", ""),
        ("source_url", "source_url", "", ""),
    ],
)
def test_headings(raw: Path, heading: str, role: str, label: str, period: str) -> None:
    request = load_request(raw / "known")
    cells = Cells("", {(0, 0): "Council", (0, 1): heading, (0, 2): "Q1", (1, 0): "Aldermere Borough Council", (1, 1): "x", (1, 2): "4"})
    layout = understand_sheet(cells, request.questions, True, request.own_authorities)
    assert layout
    column = layout.columns[1]
    assert (column.role, column.question, column.period) == (role, label, period)


def test_the_column_of_councils_is_told_by_its_cells_where_its_heading_says_nothing(raw: Path) -> None:
    request = load_request(raw / "known")
    cells = Cells("", {(0, 0): "No.", (0, 1): "Where", (0, 2): "Q1", (1, 0): "7", (1, 1): "Aldermere Borough Council", (1, 2): "4", (2, 1): "Wexcombe Council", (2, 2): "5"})
    layout = understand_sheet(cells, request.questions, True, request.own_authorities)
    assert layout and [column.role for column in layout.columns] == ["", "authority", "answers"]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [("Q1", ("1", "")), ("1.2 How many?", ("1.2", "How many?")), ("2(b) - list", ("2.b", "list")), ("2021 figures", ("", "2021 figures")),
     ("10 largest", ("10", "largest")), ("3rd party", ("", "3rd party")), ("1a", ("1.a", "")), ("", ("", ""))],
)  # fmt: skip
def test_labels(words: str, wanted: tuple[str, str]) -> None:
    assert split_label(words) == wanted


MINE = 'authority,question,value,source_note,period\r\nAldermere Borough Council,1,15,"telephone, ""J""",2021/22\r\n\r\nWexcombe Council, Q2 ,1000,,2022/23'


def test_what_people_keyed_is_never_written_over(tmp_path: Path, raw: Path) -> None:
    folder = raw / "known"
    (folder / "answers.csv").write_bytes(MINE.encode())
    text = "Council,Q1 2021/22,Q1 2022/23,Q2 2022/23\nAldermere,14,9,\nWexcombe,3,4,£1000\n"
    done = import_sheet(sheet(tmp_path, text), raw, "known")
    assert (done.added, done.same) == (3, 1)
    assert done.problems == ["tracker.csv, B2: Aldermere Borough Council, question 1, 2021/22: the sheet has '14', keyed is '15'; what is keyed was kept"]
    rows = keyed(folder)
    assert rows[0] == {"authority": "Aldermere Borough Council", "question": "1", "value": "15", "source_note": 'telephone, "J"', "period": "2021/22"}
    assert rows[1]["question"] == " Q2 " and [row["answer"] for row in rows[2:]] == ["9", "3", "4"]
    whole = (folder / "answers.csv").read_bytes()
    done = import_sheet(tmp_path / "tracker.csv", raw, "known")
    assert (done.added, done.same) == (0, 4) and (folder / "answers.csv").read_bytes() == whole  # and again: nothing new
    sheet(tmp_path, text.replace("Wexcombe,3", "Glenarrow,7,,\nWexcombe,3"))
    done = import_sheet(tmp_path / "tracker.csv", raw, "known")
    assert done.added == 1 and (folder / "answers.csv").read_bytes().startswith(whole)  # a newer tracker: rows at the end


def test_a_cell_is_never_a_formula(tmp_path: Path, raw: Path) -> None:
    """As somebody may have put into a tracker out of a letter; and the words come back as they were."""
    done = import_sheet(sheet(tmp_path, 'Council,Q1,Notes\nAldermere,"=HYPERLINK(""http://x"")",@SUM(A1)\nWexcombe,4,+1\n'), raw, "known")
    text = (done.folder / "answers.csv").read_text("utf-8")
    assert "'=HYPERLINK" in text and "'@SUM" in text and "'+1" in text and ",=" not in text and ',"=' not in text
    ingest(done.folder)
    assert load("known", raw.parent, refresh=False).answers["quote"].tolist()[0] == '=HYPERLINK("http://x")'


@pytest.mark.parametrize(
    "words",
    ["No response", "no reply yet", "Awaiting reply", "awaiting", "Not received", "chased", "TBC", "-", "–", "?", "overdue", "pending", "Did not respond", "None received", "No answer"],
)  # fmt: skip
def test_no_answer_yet_is_no_answer_and_no_nil(tmp_path: Path, raw: Path, words: str) -> None:
    done = import_sheet(sheet(tmp_path, f"Council,Q1\nAldermere,{words}\nWexcombe,4\n"), raw, "known")
    assert [row["authority"] for row in keyed(done.folder)] == ["Wexcombe Council"]
    assert f"1 cell(s) say that no answer has come ({words!r}): not read as answers" in done.notes


@pytest.mark.parametrize("words", ["None", "No", "Nil", "0", "not held", "none known", "no breaches", "N/A", "Not applicable"])
def test_a_nil_is_an_answer(tmp_path: Path, raw: Path, words: str) -> None:
    done = import_sheet(sheet(tmp_path, f"Council,Q1\nAldermere,{words}\n"), raw, "known")
    assert [row["answer"] for row in keyed(done.folder)] == [words]


def test_two_bounds_are_an_interval(tmp_path: Path, raw: Path) -> None:
    done = import_sheet(sheet(tmp_path, 'Council,Q1 2021/22,Q2\nAldermere,10-15,"between £1,000 and £2,500"\nWexcombe,15-10,2021-22\n'), raw, "known")
    rows = [[row.get(name, "") for name in ("low", "high", "quote", "answer")] for row in keyed(done.folder)]
    assert rows == [["10", "15", "10-15", ""], ["1,000", "2,500", "between £1,000 and £2,500", ""], ["", "", "", "15-10"], ["", "", "", "2021-22"]]
    ingest(done.folder)
    assert load("known", raw.parent, refresh=False).answers[["low", "high"]].values.tolist()[:2] == [[10, 15], [1000, 2500]]


def test_hidden_rows_are_read_and_said_to_be_hidden(tmp_path: Path, raw: Path) -> None:
    done = import_sheet(book(tmp_path / "t.xlsx", {"A": [["Council", "Q1"], ["Aldermere", 1], ["Wexcombe", 2]]}, hide=2), raw, "known")
    assert done.added == 2 and any("hidden in the file, and read all the same: 1 row(s) of 'A'" in note for note in done.notes)


def test_a_dry_run_writes_nothing(tmp_path: Path, raw: Path) -> None:
    before = sorted(raw.rglob("*"))
    done = import_sheet(sheet(tmp_path, "Council,Q1\nAldermere,3\n"), raw, "another", dry=True)
    assert done.layouts and sorted(raw.rglob("*")) == before


BAD = [
    ("", "nothing|empty"),
    ("Dear Sir, thank you for your letter", "no row of headings"),
    ("Council,Population\nAldermere,3\n", "no row of headings"),
    ("Name,Q1\n", "no row of headings"),
    ("Council\nAldermere\n", "no row of headings"),
    ("Year,Q1\n2021,3\n", "no row of headings"),
]


@pytest.mark.parametrize(("text", "told"), BAD, ids=range(len(BAD)))
def test_a_sheet_that_is_no_tracker_is_one_line(tmp_path: Path, raw: Path, text: str, told: str) -> None:
    before = sorted(raw.rglob("*"))
    with pytest.raises(FoiError, match=told) as error:
        import_sheet(sheet(tmp_path, text), raw, "known")
    assert "\n" not in str(error.value) and sorted(raw.rglob("*")) == before


@pytest.mark.parametrize("name", ["bomb.xlsx", "locked.xlsx", "half.docx", "fifty.zip", "empty.pdf"])
def test_a_harmful_file_is_one_line(tmp_path: Path, raw: Path, name: str) -> None:
    (tmp_path / name).write_bytes(corpus()[name].data)
    with pytest.raises(FoiError) as error:
        import_sheet(tmp_path / name, raw, "known")
    assert "\n" not in str(error.value) and name in str(error.value)


def test_a_broken_answers_file_is_not_added_to(tmp_path: Path, raw: Path) -> None:
    (raw / "known" / "answers.csv").write_text("council;question\n", encoding="utf-8")
    with pytest.raises(FoiError, match=r"answers\.csv: line 1: .*mend it before you bring in more"):
        import_sheet(sheet(tmp_path, "Council,Q1\nAldermere,3\n"), raw, "known")


def test_who_is_not_certain_is_told_and_not_guessed(tmp_path: Path, raw: Path) -> None:
    done = import_sheet(sheet(tmp_path, "Council,Q1\nAldermere,3\nWexcomb,4\nNonsuch Police,5\n"), raw, "known")
    assert done.added == 1 and len(done.problems) == 2
    assert "A3: 'Wexcomb' is not known for certain (Wexcombe Council?)" in done.problems[0] and "or add it to authorities.csv" in done.problems[1]


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8"), max_size=12), max_size=5), max_size=6))
def test_no_sheet_raises(rows: list[list[str]]) -> None:
    head = [["Council", "Q1", "Notes"]]
    for table in (rows, head + rows):
        cells = {(r, c): " ".join(words.split()) for r, row in enumerate(table) for c, words in enumerate(row) if words.split()}
        understand_sheet(Cells("", cells), (), False)
