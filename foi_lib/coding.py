"""Double coding: answers that a second person keyed, without having seen the first reading, beside everyone else's.

A coder's answers lie in `coding/<coder>.csv` (or .xlsx) of the request folder, in the columns of answers.csv. The table `coding` has a row
for each thing that a person keyed and what it is about: the row of `answers`, where there is one.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foi_lib.csv_rows import Sheet
from foi_lib.errors import FoiError
from foi_lib.keyed import ANSWER_COLUMNS, Keyed, KeyedAnswer, read_answers
from foi_lib.merge import Row, pair
from foi_lib.paths import inputs
from foi_lib.request import Request
from foi_lib.workbook_rows import SUFFIXES, read_sheet

FOLDER = "coding"
FIRST = "answers.csv"  # the coder's name of whoever keyed the request's own figures
PROGRAM = "the program"
COLUMNS = (*ANSWER_COLUMNS, "question_text", "place")  # the last two tell the coder what to read, and are not read back
SAYS = ("outcome", "value", "low", "high", "answer")  # a row with none of these has not been coded yet
_KEPT = (
    "question", "question_text", "measure", "breakdown", "period_kind", "period_start", "period_end", "outcome", "value", "low", "high",
    "unit", "qualifier", "provisions", "quote", "note",
)  # fmt: skip


@dataclass(slots=True)
class Coded:
    """What the coders keyed: `answers` by coder; `problems` (file, one line), rows not filled in yet among them."""

    answers: dict[str, list[KeyedAnswer]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


def coder_name(name: str) -> str:
    """A coder's name as it names their file; `FoiError` where it cannot."""
    plain = name.strip().lower()
    if not re.fullmatch(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*", plain):
        raise FoiError(f"coder {name!r}: write letters and digits, hyphens between, as in ada-l; it names {FOLDER}/<coder>.csv")
    if f"{plain}.csv" == FIRST:
        raise FoiError(f"coder {name!r}: the name is taken by the request's own {FIRST}; take another")
    return plain


def read_coding(request: Request) -> Coded:
    """Every coder's file of the request folder, each row checked as a row of answers.csv is."""
    coded = Coded()
    folder = request.folder / FOLDER
    for path in inputs(folder) if folder.is_dir() else ():
        name = path.relative_to(request.folder).as_posix()
        if path.suffix.lower() not in SUFFIXES or path.parent != folder:
            coded.problems.append((name, f"not a coder's file: one lies right in {FOLDER}/ and ends in {' or '.join(SUFFIXES)}"))
            continue
        coder = path.stem
        if coder in coded.answers:
            coded.problems.append((name, f"coder {coder!r} has another file beside it: keep one; this one was not read"))
            continue
        sheet = read_sheet(path, COLUMNS, ("authority", "question"))
        filled = Sheet(path, [row for row in sheet.rows if any(row.get(name) for name in SAYS)], sheet.problems)
        answers, problems = read_answers(request, filled)
        coded.answers[coder] = answers
        coded.problems += [(name, problem) for problem in problems]
        if waiting := len(sheet.rows) - len(filled.rows):
            coded.problems.append((name, f"{waiting} of {len(sheet.rows)} rows not filled in yet: outcome and value are empty"))
    return coded


def coding_rows(request: Request, answers: Sequence[Row], keyed: Keyed, coded: Coded) -> list[Row]:
    """The table `coding`: a row for each answer that a person keyed and each row of `answers` that it speaks of.

    `answers`: rows with their `answer_id`. What no row of `answers` is about is an item of its own, which other coders' rows may share.
    """
    from foi_lib.reference import slug

    coders = {FIRST: keyed.answers, **dict(sorted(coded.answers.items()))}
    about: dict[str, list[Row]] = {}
    for row in answers:
        about.setdefault(str(row["slug"]), []).append({**row, "provisions": _listed(row.get("provisions"))})
    out: list[Row] = []
    for coder, given in coders.items():
        bodies: dict[str, list[KeyedAnswer]] = {}
        for one in given:
            bodies.setdefault(slug(one.authority.name), []).append(one)
        for name, rows in sorted(bodies.items()):
            items = about.setdefault(name, [])
            spoken = {id(row): taken for row, taken in pair(items, [one.row for one in rows])}
            for one in rows:
                taken = spoken.get(id(one.row))
                if taken is None:
                    taken = [_own_item(name, one.row, items)]
                    items += taken
                out += [_row(request, coder, one, name, item) for item in taken]
    return sorted(out, key=lambda row: (row["coder"] != FIRST, row["coder"], row["slug"], row["line"], row["item"]))


def _own_item(slug: str, row: Row, items: Sequence[Row]) -> Row:
    """A new thing to answer, named by what it is; counting, where the same was keyed twice."""
    key = json.dumps([slug, *(row.get(name) for name in ("question", "measure", "period_start", "period_end", "breakdown"))])
    same = sum(item.get("key") == key for item in items)
    return {**row, "key": key, "answer_id": None, "item": "k" + hashlib.sha256(f"{key}|{same}".encode()).hexdigest()[:10]}


def _row(request: Request, coder: str, one: KeyedAnswer, slug: str, item: Row) -> Row:
    told: Row = {name: one.row.get(name) for name in _KEPT}
    return {
        **told, "coder": coder, "line": one.line, "item": item.get("item") or item["answer_id"], "answer_id": item["answer_id"],
        "request": request.name, "authority": one.authority.name, "authority_code": one.authority.code, "slug": slug,
        "provisions": "; ".join(one.row["provisions"]) or None,
    }  # fmt: skip


def _listed(cell: Any) -> list[str]:
    return [part for part in cell.split("; ") if part] if isinstance(cell, str) else list(cell or ())


def coder_file(folder: Path, coder: str) -> Path | None:
    """The file of a coder in a request folder, if it is there."""
    found = [folder / FOLDER / f"{coder}{suffix}" for suffix in SUFFIXES]
    return next((path for path in found if path.is_file()), None)
