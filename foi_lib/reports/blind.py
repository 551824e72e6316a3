"""The sheet for a second coder: what was asked of whom and where the reply lies, and nothing of what anybody has read in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from foi_lib.coding import COLUMNS, FOLDER, coder_file, coder_name
from foi_lib.errors import FoiError
from foi_lib.letters.model import OUTCOMES
from foi_lib.paths import shown
from foi_lib.reports.words import is_missing, plain
from foi_lib.workbook_rows import begin_book, end_book

HEADS = (
    "authority", "question", "question_text", "place", "period", "outcome", "value", "low", "high", "qualifier", "provisions", "quote",
    "note",
)  # fmt: skip
assert set(HEADS) <= set(COLUMNS)
_WIDTHS = {"authority": 34, "question_text": 60, "place": 40, "period": 14, "outcome": 24, "quote": 40, "note": 30}
_HOW = (
    "Read each letter as it came (column place, in the request's folder) and fill in one row for each figure, or for each question "
    "that was answered without one. Do not look at the reports, or at anybody else's figures, before you have finished.",
    "outcome: choose from the list; left empty beside a value it is nil for 0, else disclosed. unanswered: the question was put, and the "
    "letter says nothing to it.",
    "value: digits only. Where the letter gives a range, low and high: 'fewer than 5' is low 1 and high 4.",
    "period: as the letter has it: 2017, 2021/22, 2021/22-2023/24, 2017-01-01/2017-12-31. It is filled in as it was asked; change it where "
    "the letter answers for another. Add a row for each more; a row left without outcome and value counts as not read yet.",
    "provisions: s31(1)(a), several parted by '; '. qualifier: the hedge in the letter's words (known, approximately).",
)


def blind_rows(data: Any, councils: Sequence[str] | None = None) -> list[dict[str, str]]:
    """A row for each council that sent a reply, question and period asked, with the letter's place and empty cells for what it says.

    `councils`: names, slugs or codes; by default all. What is in the rows comes from the request alone, so that it gives nothing away.
    """
    slugs = None if councils is None else {str(data.council(name)["slug"]) for name in councils}
    rows = []
    for response in data.authority_rows.to_dict("records"):
        if is_missing(response["files"]) or (slugs is not None and response["slug"] not in slugs):
            continue
        place = "; ".join(f"letters/{name}" for name in str(response["files"]).split("; "))
        for question in data.request.questions:
            asked = [period.name for period in data.request.periods.get(question.label, ())] or [""]
            for period in asked:
                told = {"authority": response["authority"], "question": question.label, "question_text": question.text, "place": place}
                rows.append({**dict.fromkeys(HEADS, ""), **told, "period": period})
    return rows


def blind_sheet(rows: Sequence[dict[str, str]], as_of: datetime) -> bytes:
    """The rows as an XLSX workbook: every cell text, outcomes from a list, how to fill it in on a second sheet. Same rows, same bytes."""
    out, book, text = begin_book(as_of)
    head = book.add_format({"bold": True, "bottom": 2})
    sheet = book.add_worksheet("Answers")
    for n, name in enumerate(HEADS):
        sheet.set_column(n, n, _WIDTHS.get(name, 12), text)
        sheet.write_string(0, n, name, head)
        for r, row in enumerate(rows, 1):
            sheet.write_string(r, n, plain(row[name]), text) if row[name] else sheet.write_blank(r, n, None, text)
    sheet.freeze_panes(1, 2)
    last = len(rows) + 500  # rows that the coder adds are checked too
    at = HEADS.index("outcome")
    told = "Choose an outcome from the list (see the sheet How to fill in)."
    lists = book.add_worksheet("Outcomes")  # a list in the rule itself may have no more than 255 characters
    for n, outcome in enumerate(OUTCOMES):
        lists.write_string(n, 0, outcome)
    listed = f"=Outcomes!$A$1:$A${len(OUTCOMES)}"
    sheet.data_validation(1, at, last, at, {"validate": "list", "source": listed, "error_title": "Not an outcome", "error_message": told})
    return end_book(out, book, text, _HOW)


def write_blind(data: Any, folder: Path, coder: str, councils: Sequence[str] | None = None, out: Path | None = None) -> tuple[Path, int]:
    """Write the sheet of one coder, by default into `coding/` of the request's raw folder; gives the file and how many rows.

    Raises `FoiError` where the coder has a file already, which is never overwritten, or where no council sent a letter.
    """
    name = coder_name(coder)
    if out is None and (there := coder_file(folder, name)) is not None:
        raise FoiError(f"{shown(there)}: coder {name!r} has this file already; go on with it, or give --out for another place")
    path = out if out is not None else folder / FOLDER / f"{name}.xlsx"
    if path.suffix.lower() != ".xlsx":
        raise FoiError(f"{path}: the sheet is written as XLSX, so that no period becomes a date; give a name that ends in .xlsx")
    if path.exists():
        raise FoiError(f"{shown(path)} is there already; it was left as it is")
    rows = blind_rows(data, councils)
    if not rows:
        raise FoiError(f"request {data.name!r}: no letter of {'these councils' if councils else 'any council'} is there to be read")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(blind_sheet(rows, datetime(data.as_of.year, data.as_of.month, data.as_of.day)))
    return path, len(rows)
