"""Deciding in a spreadsheet: the queue as a sheet with lists to choose from, and the sheet read back, each row checked.

A row that is right becomes a decision; one that is not is given back in a sheet of its own, with the reasons in a column; a row that was
imported before is passed over. The column `stands` holds what stood when the sheet was made: where that has changed meanwhile, by another
person's decision or a new letter, the row is given back rather than applied to something that nobody has seen.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from foi_lib.csv_rows import Sheet, parse_rows
from foi_lib.decision import DECISIONS, Decision, known, reading, same_reading, span, spelt, squeezed
from foi_lib.errors import FoiError
from foi_lib.ledger import decode, separator
from foi_lib.letters.model import OUTCOMES
from foi_lib.paths import nearest, shown
from foi_lib.review import HOLDING, Review
from foi_lib.typed_cells import guard, moment, number, unguard
from foi_lib.workbook_rows import SUFFIXES, begin_book, end_book, read_sheet

TOLD = ("answer_id", "authority", "question", "measure", "period", "breakdown", "stands", "doubt", "hangs on it", "quote", "file", "page")
ASKED = ("decision", "outcome", "value", "low", "high", "qualifier", "why", "who", "when")
HEADS = (*TOLD, *ASKED)
REASONS = "reasons"
_WIDTHS = {
    "authority": 32, "period": 26, "stands": 20, "doubt": 26, "hangs on it": 40, "quote": 36, "file": 26, "why": 30, "outcome": 22,
    "reasons": 60,
}  # fmt: skip
_HOW = (
    "One row for each answer, the most pressing first. Choose a decision; a row without one is passed over.",
    "confirm: it is right as it stands. correct: give the outcome or the value that is right (a range: outcome suppressed, low and high).",
    "reject: it is no answer at all (a page's number, say). exclude: leave it out of comparisons. Both need a reason under why.",
    "add: for an answer that is missing, in a row of its own without answer_id: authority, question, and where it applies period, measure "
    "and breakdown; quote: the words in the council's letter; without them, why says where the figure is from.",
    "who: your name or initials. when: the day, as 2018-01-24; if empty, the day on which the sheet is imported.",
    "The other columns say what the answer is: leave them as they are.",
)


@dataclass(slots=True)
class Imported:
    """What became of a sheet's rows: `recorded` names of decisions; `again` rows that were decided so before; `empty` rows without a
    decision; `wrong` rows given back in the file `returned`."""

    recorded: list[str] = field(default_factory=list)
    again: int = 0
    empty: int = 0
    wrong: int = 0
    returned: Path | None = None


def export_sheet(opened: Review, path: Path, council: str = "", most: int | None = None, everything: bool = False) -> int:
    """Write the queue as XLSX or CSV, by the file's ending; gives the number of rows. A file that is there is never written over.

    `council` narrows it down to one; `most` to the first so many; `everything` takes every answer, not only those of the queue.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise FoiError(f"{path}: the file's name should end in {' or '.join(SUFFIXES)}")
    if path.exists():
        raise FoiError(f"{shown(path)} is there already; it was left as it is")
    slug = str(opened.book.data.council(council)["slug"]) if council else None
    told = {row["answer_id"]: row for row in opened.queue.to_dict("records")}
    names = list(told) + [name for name in opened.answers["answer_id"] if name not in told] if everything else list(told)
    rows = [_row(opened.row(name), told.get(name, {})) for name in names if slug is None or opened.row(name)["slug"] == slug][:most]
    if not rows:
        which = " of this council" if slug else ""
        raise FoiError(f"request {opened.book.data.name!r}: no answer{which} waits for a decision (--all: every answer)")
    _write(path, HEADS, rows, opened)
    return len(rows)


def import_sheet(opened: Review, path: Path, who: str, when: str, returned: Path | None = None) -> Imported:
    """Record the decisions of a sheet. `who` and `when` stand for empty cells of those columns. Wrong rows go to `returned` (by default
    beside the sheet). `FoiError` where the file as a whole cannot be read; then nothing was recorded."""
    sheet, comma = _read(path)
    if sheet.problems:
        raise FoiError(f"{shown(path)}: {sheet.problems[0]}")
    done = Imported()
    wrong: list[dict[str, str]] = []
    seen: set[str] = set()
    for row in sheet.rows:
        cells = {name: unguard(row.get(name)) for name in HEADS}
        if not any(cells[name] for name in ASKED[:-2]):
            done.empty += 1
            continue
        try:
            made = _decision(opened, cells, who, when, comma)
            if made is None or made.decision_id in seen:
                done.again += 1
                continue
            seen.add(made.decision_id)
            done.recorded.append(opened.record(made))
        except (FoiError, ValueError) as error:
            wrong.append({**{name: row.get(name) for name in HEADS}, REASONS: " ".join(str(error).split())})
    if wrong:
        done.wrong, done.returned = len(wrong), returned or _free(path)
        _write(done.returned, (*HEADS, REASONS), wrong, opened)
    return done


def _row(answer: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, str]:
    """An answer's row of the sheet, with the person's cells empty."""
    plain = known(told)
    names = ("answer_id", "authority", "measure", "breakdown", "file", "page")
    cells = {name: "" if answer.get(name) is None else str(answer[name]) for name in names}
    cells |= {"question": f"Q{answer['question']}" if str(answer["question"])[:1].isdigit() else str(answer["question"])}
    cells |= {"period": span(answer["period_start"], answer["period_end"]), "stands": _stands(answer), "quote": squeezed(answer["quote"])}
    cells |= {"doubt": str(plain.get("doubt") or "").replace("_", " "), "hangs on it": str(plain.get("hangs on it") or "")}
    return {**dict.fromkeys(HEADS, ""), **cells}


def _stands(answer: Mapping[str, Any]) -> str:
    read = reading(answer["outcome"], answer["value"], answer["low"], answer["high"])
    return " ".join(part for part in (read[0], spelt(read)) if part)


def _decision(opened: Review, cells: Mapping[str, str], who: str, when: str, comma: bool) -> Decision | None:
    """The decision that a row makes; None where it is made already. `FoiError` or `ValueError` says what is wrong with the row."""
    what = cells["decision"].lower()
    if not what:
        raise ValueError("decision is empty, though the row says something: choose one")
    if what not in DECISIONS:
        raise ValueError(f"decision {cells['decision']!r} is not known{nearest(what, DECISIONS)}")
    day = moment(cells["when"])[0] if cells["when"] else when
    outcome = cells["outcome"].lower().replace(" ", "_") or None
    said: dict[str, Any] = {name: _number(name, cells[name], comma) for name in ("value", "low", "high")}
    said |= {"outcome": outcome, "qualifier": cells["qualifier"] or None, "why": cells["why"]}
    maker = cells["who"] or who
    if what == "add":
        if cells["answer_id"]:
            raise ValueError("add is for an answer that is missing, in a row without answer_id: this one is there already")
        if _added_before(opened, cells, maker, said):
            return None
        return opened.addition(
            cells["authority"], cells["question"], maker, day, measure=cells["measure"], breakdown=cells["breakdown"], quote=cells["quote"],
            period="" if cells["period"].lower() == "unstated" else cells["period"], **said,
        )  # fmt: skip
    if not cells["answer_id"]:
        raise ValueError("answer_id is empty: it is needed for all but add")
    answer = opened.row(cells["answer_id"])
    if _decided_before(opened, answer["answer_id"], what, maker, said):
        return None
    if cells["stands"] and cells["stands"] != _stands(answer):
        raise ValueError(f"it says {_stands(answer)!r} now, and said {cells['stands']!r} when the sheet was made: look again")
    return opened.decision(answer["answer_id"], what, maker, day, **said)


def _number(name: str, cell: str, comma: bool) -> float | None:
    try:
        return number(cell, comma) if cell else None
    except ValueError as error:
        raise ValueError(f"{name} {error}") from None


def _decided_before(opened: Review, answer_id: str, what: str, who: str, said: Mapping[str, Any]) -> bool:
    """Whether the same person's same decision about the answer holds already."""
    known_ = opened.book.data.decisions
    mine = known_[(known_["answer_id"] == answer_id) & (known_["decision"] == what) & (known_["who"] == who)]
    mine = mine[mine["state"].isin(HOLDING)]
    return any(_alike(known(row), said) for row in mine.to_dict("records"))


def _added_before(opened: Review, cells: Mapping[str, str], who: str, said: Mapping[str, Any]) -> bool:
    known_ = opened.book.data.decisions
    asked = opened.book.data.request.question(cells["question"])
    name = opened.book.data.council(cells["authority"])["authority"]
    mine = known_[(known_["decision"] == "add") & (known_["who"] == who) & (known_["authority"] == name) & known_["state"].isin(HOLDING)]
    rows = (known(row) for row in mine[mine["question"] == (asked.label if asked else "")].to_dict("records"))
    return any(_alike(row, said) and (row["breakdown"] or "").casefold() == cells["breakdown"].casefold() for row in rows)


def _alike(row: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether a decision gives the reading that a sheet's row gives; a row that gives none says what stood."""
    figures = (said["value"], said["low"], said["high"])
    if said["outcome"] is None and all(one is None for one in figures):
        return True
    theirs = reading(row["outcome"], row["value"], row["low"], row["high"])
    outcome = said["outcome"] or ("nil" if said["value"] == 0 else "disclosed")
    mine = reading(outcome, *figures)
    return same_reading(mine, theirs) or (mine == ("nil", None, None, None) and theirs[0] == "nil")


def _read(path: Path) -> tuple[Sheet, bool]:
    """The sheet's rows, and whether commas in numbers are decimal (a CSV file whose cells are parted by semicolons)."""
    if not path.is_file():
        raise FoiError(f"{path}: no such file")
    columns = (*HEADS, REASONS)
    if path.suffix.lower() == ".xlsx":
        return read_sheet(path, columns, ("answer_id", "decision")), False
    if path.suffix.lower() not in SUFFIXES:
        raise FoiError(f"{path}: the file's name should end in {' or '.join(SUFFIXES)}")
    text, _ = decode(path.read_bytes())
    mark = separator(text.partition("\n")[0])
    out = io.StringIO()
    csv.writer(out).writerows(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    return parse_rows(Sheet(path), out.getvalue(), columns, ("answer_id", "decision")), mark == ";"


def _free(path: Path) -> Path:
    """A name beside the sheet that no file has."""
    names = [f"{path.stem}.returned{path.suffix}", *(f"{path.stem}.returned-{n}{path.suffix}" for n in range(2, 1000))]
    return next(path.with_name(name) for name in names if not path.with_name(name).exists())


def _write(path: Path, heads: Sequence[str], rows: Sequence[Mapping[str, str]], opened: Review) -> None:
    if path.suffix.lower() == ".csv":
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerows([heads, *([guard(unguard(row[name])) for name in heads] for row in rows)])
        content = out.getvalue().encode("utf-8-sig")
    else:
        as_of = opened.book.data.as_of
        content = _workbook(heads, rows, datetime(as_of.year, as_of.month, as_of.day))
    try:
        with path.open("xb") as file:
            file.write(content)
    except OSError as error:
        raise FoiError(f"{path}: cannot be written ({error.strerror})") from None


def _workbook(heads: Sequence[str], rows: Sequence[Mapping[str, str]], as_of: datetime) -> bytes:
    """The rows as XLSX: what is told is text, decisions and outcomes are chosen from lists, figures are numbers from nought up."""
    out, book, text = begin_book(as_of)
    fill = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True, "bg_color": "#fff8dc"})
    figure = book.add_format({"num_format": "#,##0.##", "valign": "top", "bg_color": "#fff8dc"})
    head = book.add_format({"bold": True, "bottom": 2, "valign": "top"})
    sheet = book.add_worksheet("Review")
    for n, name in enumerate(heads):
        form = figure if name in ("value", "low", "high") else fill if name in ASKED else text
        sheet.set_column(n, n, _WIDTHS.get(name, 13), form)
        sheet.write_string(0, n, name, head)
        for r, row in enumerate(rows, 1):
            cell = "".join(c for c in row[name] if c >= " ")
            sheet.write_string(r, n, cell, form) if cell else sheet.write_blank(r, n, None, form)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    last = len(rows) + 200  # rows that are added are checked too
    lists = book.add_worksheet("Lists")
    for n, (name, words) in enumerate((("decision", DECISIONS), ("outcome", OUTCOMES))):
        for r, word in enumerate(words):
            lists.write_string(r, n, word)
        at, column = heads.index(name), "AB"[n]
        sheet.data_validation(1, at, last, at, {
            "validate": "list", "source": f"=Lists!${column}$1:${column}${len(words)}", "error_title": f"Not a known {name}",
            "error_message": f"Choose the {name} from the list.",
        })  # fmt: skip
    for name in ("value", "low", "high"):
        sheet.data_validation(1, heads.index(name), last, heads.index(name), {
            "validate": "decimal", "criteria": ">=", "value": 0, "error_title": "Not a figure", "error_message": "Digits only, from 0 up.",
        })  # fmt: skip
    return end_book(out, book, text, _HOW)
