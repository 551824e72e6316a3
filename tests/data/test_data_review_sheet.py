"""Deciding in a spreadsheet: what the sheet offers, and what of it comes back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from typer.testing import CliRunner

from foi_lib.cli import app
from foi_lib.corrections import read_corrections
from foi_lib.dataset import load
from foi_lib.errors import FoiError
from foi_lib.request import load_request
from foi_lib.review_sheet import HEADS, REASONS

Put = Callable[[str, str | bytes], Path]
Foi = Callable[..., tuple[int, str]]
pytestmark = pytest.mark.usefixtures("reader")
LETTER = "From: Wexcombe Council\nDate: 2024-02-01\nQ1: 6\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\nWe had 7 more.\n"


@pytest.fixture
def foi(folder: Path, put: Put) -> Foi:
    """foi("export", …) runs `foi review export breaches …`: exit code and output."""
    put("letters/wexcombe-council.txt", LETTER)

    def run(command: str, *words: object) -> tuple[int, str]:
        told = CliRunner().invoke(app, ["review", command, "breaches", *map(str, words), "--data-dir", str(folder.parent.parent)])
        if isinstance(told.exception, FoiError):
            raise told.exception
        assert told.exit_code in (0, 1), told.output
        return told.exit_code, told.output

    return run


def rows_of(path: Path) -> list[dict[str, str]]:
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    cells = [["" if cell is None else str(cell) for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].values]
    return [dict(zip(cells[0], row, strict=True)) for row in cells[1:]]


def fill(path: Path, *said: dict[str, Any]) -> None:
    """As a person does in a spreadsheet: by question and period, or a row of its own."""
    if path.suffix == ".csv":
        rows = rows_of(path)
        for one in said:
            found = [row for row in rows if "new" not in one and all(row[k] == v for k, v in one.items() if k in ("question", "period"))]
            if not found:
                rows.append(dict.fromkeys(rows[0], ""))
            (found or rows[-1:])[0].update({k: v for k, v in one.items() if k != "new"})
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    for one in said:
        at = sheet.max_row + 1
        for n, row in enumerate(rows_of(path), 2):
            if "new" not in one and all(row[k] == v for k, v in one.items() if k in ("question", "period")):
                at = n
        for name, value in one.items():
            if name != "new":
                sheet.cell(at, heads.index(name) + 1, value)
    book.save(path)


def decisions(folder: Path) -> list[tuple[Any, ...]]:
    found = read_corrections(load_request(folder))
    assert found.problems == []
    return [(d.decision, d.question, d.outcome, d.value, d.who, d.when, d.why) for d in found.decisions]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_what_is_filled_in_is_recorded_once(foi: Foi, folder: Path, tmp_path: Path, ending: str) -> None:
    sheet = tmp_path / f"review{ending}"
    code, told = foi("export", sheet)
    assert code == 0 and "4 answers" in told
    assert list(rows_of(sheet)[0]) == list(HEADS) and {row["stands"] for row in rows_of(sheet)} >= {"disclosed 6", "withheld", "nil 0"}
    fill(
        sheet,
        {"question": "Q1", "decision": "correct", "value": 8 if ending == ".xlsx" else "8", "who": "CD", "when": "2024-03-02"},
        {"question": "Q1.10", "decision": "confirm"},
        {"question": "Q2", "period": "2021-04-01 to 2022-03-31", "decision": "exclude", "why": "half a year"},
        {"new": True, "decision": "add", "authority": "Wexcombe", "question": "1", "breakdown": "other", "value": "7", "quote": "7 more"},
    )
    again = sheet.read_bytes()
    assert foi("import", sheet, "--who", "AB", "--when", "2024-03-01") == (0, "4 recorded, 1 without a decision\n")
    made = decisions(folder)
    assert sorted(made) == sorted([
        ("correct", "1", "disclosed", 8.0, "CD", "2024-03-02", ""), ("confirm", "1.10", "withheld", None, "AB", "2024-03-01", ""),
        ("exclude", "2", "nil", 0.0, "AB", "2024-03-01", "half a year"), ("add", "1", "disclosed", 7.0, "AB", "2024-03-01", ""),
    ])  # fmt: skip
    sheet.write_bytes(again)
    assert foi("import", sheet, "--who", "AB", "--when", "2024-03-09") == (0, "4 decided so before, 1 without a decision\n")
    assert decisions(folder) == made
    assert set(load("breaches", folder.parent.parent).decisions["state"]) == {"applied"}


WRONG = [
    ({"decision": "corect", "value": "8"}, "did you mean 'correct'"),
    ({"decision": "correct", "value": "about 8"}, "value 'about 8' is not a number"),
    ({"decision": "correct"}, "outcome is empty"),
    ({"decision": "correct", "value": "6"}, "it says disclosed 6 already: confirm it"),
    ({"decision": "confirm", "value": "8"}, "it stands as disclosed 6: to say disclosed 8, correct it"),
    ({"decision": "reject"}, "a rejection needs its reason"),
    ({"decision": "add", "value": "8"}, "add is for an answer that is missing"),
    ({"value": "8"}, "decision is empty, though the row says something"),
    ({"decision": "confirm", "when": "soon"}, "'soon' is not a date"),
    ({"decision": "confirm", "answer_id": ""}, "answer_id is empty"),
    ({"decision": "confirm", "answer_id": "a000"}, "no answer 'a000'"),
    ({"decision": "confirm", "stands": "disclosed 5"}, "it says 'disclosed 6' now, and said 'disclosed 5' when the sheet was made"),
    ({"decision": "correct", "outcome": "Not held", "value": "6"}, "has a figure beside it"),
]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_wrong_rows_come_back_with_reasons_and_right_ones_are_recorded(foi: Foi, folder: Path, tmp_path: Path, ending: str) -> None:
    sheet = tmp_path / f"review{ending}"
    foi("export", sheet)
    first = next(row for row in rows_of(sheet) if row["question"] == "Q1")
    fill(sheet, *[{**first, "new": True, **said} for said, _ in WRONG], {"question": "Q1.10", "decision": "confirm"})
    code, told = foi("import", sheet, "--who", "AB", "--when", "2024-03-01")
    returned = tmp_path / f"review.returned{ending}"
    assert code == 1 and told.startswith(f"1 recorded, 3 without a decision, {len(WRONG)} not right\n"), told
    assert [one[0] for one in decisions(folder)] == ["confirm"]
    back = rows_of(returned)
    assert list(back[0]) == [*HEADS, REASONS]
    for row, (said, reason) in zip(back, WRONG, strict=True):
        assert reason in row[REASONS] and row["decision"] == said.get("decision", "")
    assert foi("import", returned, "--who", "AB")[0] == 1  # nothing was mended: they come back again, under another name
    assert (tmp_path / f"review.returned.returned{ending}").is_file() and len(decisions(folder)) == 1


def test_the_sheet_offers_what_may_be_chosen(foi: Foi, tmp_path: Path) -> None:
    sheet = tmp_path / "review.xlsx"
    foi("export", sheet)
    book = openpyxl.load_workbook(sheet)
    assert book.sheetnames == ["Review", "Lists", "How to fill in"]
    rules = {str(rule.sqref).split(":")[0].rstrip("0123456789"): rule for rule in book["Review"].data_validations.dataValidation}
    heads = {cell.value: cell.column_letter for cell in book["Review"][1]}
    assert rules[heads["decision"]].formula1 == "Lists!$A$1:$A$5"
    assert [row[0].value for row in book["Lists"]["A1:A5"]] == ["confirm", "correct", "add", "reject", "exclude"]
    assert rules[heads["outcome"]].type == "list" and rules[heads["value"]].operator == "greaterThanOrEqual"
    assert book["Review"]["C2"].number_format == "@"  # a label stays text


def test_the_sheet_can_be_narrowed_and_is_never_written_over(foi: Foi, tmp_path: Path) -> None:
    sheet = tmp_path / "review.csv"
    foi("export", sheet, "--most", "1")
    assert len(rows_of(sheet)) == 1
    with pytest.raises(FoiError, match="is there already"):
        foi("export", sheet)
    with pytest.raises(FoiError, match=r"should end in \.csv or \.xlsx"):
        foi("export", tmp_path / "review.ods")
    with pytest.raises(FoiError, match="no answer of this council waits"):
        foi("export", tmp_path / "other.csv", "--council", "Aldermere")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"", "no column"), (b"a,b\n1,2\n", "no column 'answer_id', 'decision'"), (b"PK\x03\x04junk", "no column")],
)
def test_a_file_that_is_no_such_sheet(foi: Foi, folder: Path, tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    if content:
        with pytest.raises(FoiError, match=message):
            foi("import", path)
    else:
        assert foi("import", path) == (0, "no rows\n")
    with pytest.raises(FoiError, match="no such file"):
        foi("import", tmp_path / "nowhere.xlsx")
    broken = tmp_path / "x.xlsx"
    broken.write_bytes(b"junk")
    with pytest.raises(FoiError, match="cannot be read as XLSX"):
        foi("import", broken)
    assert not (folder / "corrections.csv").exists()


def test_semicolons_and_decimal_commas(foi: Foi, folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "review.csv"
    foi("export", sheet)
    said = {"decision": "correct", "value": "500,50", "who": "AB", "when": "01/03/2024"}
    fill(sheet, {"question": "Q2", "period": "2022-04-01 to 2023-03-31", **said})
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(csv.reader(io.StringIO(sheet.read_text(encoding="utf-8-sig"), newline="")))
    sheet.write_text(out.getvalue(), encoding="utf-8-sig")
    foi("import", sheet)
    assert decisions(folder) == [("correct", "2", "disclosed", 500.5, "AB", "2024-03-01", "")]
