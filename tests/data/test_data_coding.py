"""What a second person keyed: read from their file, checked row by row, set beside the answer it is about; the sheet gives nothing away."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from foi_lib.cli import app
from foi_lib.coding import coder_name
from foi_lib.dataset import Dataset, ingest, load
from foi_lib.errors import FoiError
from foi_lib.reports.blind import HEADS, blind_rows, write_blind

Put = Callable[[str, str | bytes], Path]
pytestmark = pytest.mark.usefixtures("reader")
LETTER = "From: Wexcombe Council\nDate: 2024-02-01\nQ1: 6\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\n"
ADA = "authority,question,period,outcome,value\n"


def made(folder: Path) -> Dataset:
    ingest(folder)
    return load("breaches", folder.parent.parent, refresh=False)


def told(data: Dataset) -> list[str]:
    return [f"{r['file']}: {r['reason']}" for r in data.problems.to_dict("records")]


def test_a_coders_row_goes_beside_the_answer_it_is_about(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put("coding/ada.csv", ADA + "Wexcombe Council,1,,,7\nWexcombe Council,2,2022/23,,500\nWexcombe Council,2,1999/00,,3\n")
    put("coding/bob.csv", ADA + "Wexcombe Council,2,1999/00,,4\n")
    data = made(folder)
    by_id = data.answers.set_index("answer_id")
    seen = {(r["coder"], r["question"], r["value"]): r for r in data.coding.to_dict("records")}
    assert by_id.loc[seen["ada", "1", 7.0]["answer_id"], "value"] == 6
    assert by_id.loc[seen["ada", "2", 500.0]["answer_id"], "value"] == 500
    assert seen["ada", "2", 3.0]["answer_id"] != seen["ada", "2", 3.0]["answer_id"]  # missing: no answer is about 1999
    assert seen["ada", "2", 3.0]["item"] == seen["bob", "2", 4.0]["item"]  # yet both coders speak of the same thing
    assert data.answers["value"].isin([7.0, 3.0, 4.0]).sum() == 0  # what a coder keyed is no answer of the council's
    assert told(data) == []


def test_two_coders_of_a_letter_that_the_program_could_not_read_speak_of_the_same(folder: Path, put: Put) -> None:
    put("coding/ada.csv", ADA + "Aldermere Borough Council,1,2022,withheld,\n")
    put("coding/bob.csv", ADA + "Aldermere Borough Council,1,2023,not_held,\n")
    ada, bob = made(folder).coding.to_dict("records")
    assert ada["item"] == bob["item"]  # a refusal is of the question, whatever its period


def test_answers_csv_is_a_coder_too(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put("answers.csv", "authority,question,value,source_note\nWexcombe Council,1,8,by telephone\n")
    (row,) = made(folder).coding.to_dict("records")
    assert (row["coder"], row["value"], row["line"]) == ("answers.csv", 8.0, 2)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("coding/ada.csv", ADA + "Wexcombe Council,9,,,7\n", "coding/ada.csv: line 2: question '9' is not in request.yaml"),
        ("coding/ada.csv", ADA + "Wexcombe Council,1,,,\n", "coding/ada.csv: 1 of 1 rows not filled in yet"),
        ("coding/ada.csv", "who,what\n1,2\n", "coding/ada.csv: line 1: no column 'authority', 'question'"),
        ("coding/ada.xlsx", b"no workbook", "coding/ada.xlsx: cannot be read as XLSX"),
        ("coding/ada.docx", b"x", "coding/ada.docx: not a coder's file"),
        ("coding/old/ada.csv", ADA, "coding/old/ada.csv: not a coder's file"),
    ],
)
def test_what_does_not_serve_is_one_line(folder: Path, put: Put, name: str, content: str | bytes, problem: str) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put(name, content)
    assert any(line.startswith(problem) for line in told(made(folder))), told(made(folder))


def test_two_files_of_one_coder_are_told(folder: Path, put: Put) -> None:
    put("coding/ada.csv", ADA + "Wexcombe Council,1,,,7\n")
    put("coding/ada.xlsx", b"x")
    assert told(made(folder)) == ["coding/ada.xlsx: coder 'ada' has another file beside it: keep one; this one was not read"]


def test_the_sheet_gives_nothing_away_and_comes_back_as_it_was_filled_in(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put("answers.csv", "authority,question,value,source_note\nWexcombe Council,1,8,by telephone\n")
    data = made(folder)
    rows = blind_rows(data)
    assert {row["authority"] for row in rows} == {"Wexcombe Council"}  # nobody else sent a letter
    assert {row["question"] for row in rows} == {question.label for question in data.request.questions}
    assert all(row["place"] == "letters/wexcombe-council.txt" for row in rows)
    empty = set(HEADS) - {"authority", "question", "question_text", "place", "period"}
    assert not any(row[name] for row in rows for name in empty)

    path, count = write_blind(data, folder, "Ada")
    assert (path, count) == (folder / "coding" / "ada.xlsx", len(rows))
    book = load_workbook(path)
    sheet = book["Answers"]
    (rule,) = sheet.data_validations.dataValidation
    assert rule.formula1 == "Outcomes!$A$1:$A$14"
    heads = [cell.value for cell in sheet[1]]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "1.10")  # text: no spreadsheet makes 1.1 of it
    line[heads.index("outcome")].value = "withheld"
    line[heads.index("provisions")].value = "s31"
    line = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "1")
    line[heads.index("value")].value = 1234
    line[heads.index("period")].value = "2021/22"
    book.save(path)
    again = made(folder)
    seen = {r["question"]: r for r in again.coding[again.coding["coder"] == "ada"].to_dict("records")}
    assert (seen["1.10"]["outcome"], seen["1.10"]["provisions"]) == ("withheld", "s31")
    assert (seen["1"]["outcome"], seen["1"]["value"], seen["1"]["period_start"]) == ("disclosed", 1234.0, "2021-04-01")
    assert told(again) == [f"coding/ada.xlsx: {count - 2} of {count} rows not filled in yet: outcome and value are empty"]


def test_a_coders_file_is_never_overwritten(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    mine = put("coding/ada.csv", ADA + "Wexcombe Council,1,,,7\n")
    before = mine.read_bytes()
    with pytest.raises(FoiError, match=r"ada\.csv: coder 'ada' has this file already"):
        write_blind(made(folder), folder, "ada")
    assert mine.read_bytes() == before
    assert [path.name for path in mine.parent.iterdir()] == ["ada.csv"]


def test_two_sheets_of_the_same_are_the_same_bytes(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    data = made(folder)
    one, _ = write_blind(data, folder, "ada", out=folder.parent / "one.xlsx")
    other, _ = write_blind(data, folder, "ada", ["Wexcombe"], folder.parent / "other.xlsx")
    assert io.BytesIO(one.read_bytes()).getvalue() == other.read_bytes()


@pytest.mark.parametrize("name", ["", "../x", "a b", "answers"])
def test_a_coders_name_must_serve_as_a_files(name: str) -> None:
    with pytest.raises(FoiError, match="coder"):
        coder_name(name)


def call(*words: str) -> str:
    found = CliRunner().invoke(app, ["review", *words])
    assert found.exit_code == 0, found.output
    return found.output


def test_from_the_shell_a_sheet_is_written_and_readings_are_compared(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    here = ["breaches", "--data-dir", str(folder.parent.parent)]
    assert "ada.xlsx: 4 rows to fill in" in call("export", *here, "--blind", "--coder", "ada")
    (folder / "coding" / "ada.xlsx").unlink()
    put("coding/ada.csv", ADA + "Wexcombe Council,1,,,7\nWexcombe Council,1.10,,,\n")
    told = call("compare", *here)
    assert "Only 1 answer was read by the program and the coder ada" in told
    assert "Wexcombe Council, question 1 (2023): figure" in told
    assert "the program: 6; ada: 7" in told
    assert "coding/ada.csv: 1 of 2 rows not filled in yet" in told
    assert "question 1 (" not in call("compare", *here, "--most", "0")
    assert "nobody keyed" in call("compare", *here, "--council", "Aldermere")
    for words, wrong in (([], "which file"), (["--blind"], "needs --coder"), (["x.xlsx", "--coder", "a"], "goes with --blind")):
        found = CliRunner().invoke(app, ["review", "export", *here, *words])
        assert isinstance(found.exception, FoiError) and wrong in str(found.exception)
