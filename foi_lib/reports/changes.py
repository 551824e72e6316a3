"""What changed since the build before: figures added, changed and withdrawn, each with its reason, kept in `changes.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.words import is_missing
from foi_lib.storage import plain_cell, safe_cell

FILE = "changes.csv"
COLUMNS = (
    "build",
    "as_of",
    "data",
    "change",
    "authority",
    "slug",
    "question",
    "period",
    "measure",
    "breakdown",
    "before",
    "after",
    "reason",
    "answer_id",
)
Figures = dict[str, dict[str, str]]


def figures_of(case: Case) -> Figures:
    """What the next build compares itself with: each answer's place and what was read, by its name."""
    out: Figures = {}
    for row in case.rows("answers"):
        out[str(row["answer_id"])] = {
            "authority": str(row["authority"]), "slug": str(row["slug"]), "question": str(row["question"]), "period": words.period(row),
            "measure": _text(row["measure"]), "breakdown": _text(row["breakdown"]), "source": str(row["source"]),
            "sha256": _text(row["sha256"]),
            "said": words.outcome_words(row["outcome"]) + (f" {words.figure(row)}" if words.figure(row) else ""),
        }  # fmt: skip
    return out


def compare(before: Figures, now: Figures, same_program: bool) -> list[dict[str, str]]:
    """The rows of the log that lead from one build's figures to the next's, in order of council, question and name."""
    held = {row["slug"] for row in before.values()}
    files = {row["sha256"] for row in before.values() if row["sha256"]}
    left = {row["sha256"] for row in now.values() if row["sha256"]}
    out = []
    for name in sorted(before.keys() | now.keys()):
        was, is_now = before.get(name), now.get(name)
        row = is_now or was
        assert row is not None
        if was and is_now:
            if was["said"] == is_now["said"]:
                continue
            change, reason = "changed", _why_changed(was, is_now, same_program)
        elif is_now:
            change, reason = "added", _why_added(is_now, held, files, same_program)
        else:
            change, reason = "withdrawn", _why_withdrawn(row, left, same_program)
        place = {c: row[c] for c in ("authority", "slug", "question", "period", "measure", "breakdown")}
        said = {"before": was["said"] if was else "", "after": is_now["said"] if is_now else ""}
        out.append({"change": change, **place, **said, "reason": reason, "answer_id": name})
    return sorted(out, key=lambda r: (r["authority"], r["question"], r["period"], r["answer_id"]))


def _why_changed(was: Mapping[str, str], now: Mapping[str, str], same_program: bool) -> str:
    if now["source"] == "correction":
        return "correction"
    if was["source"] != now["source"]:
        return f"now from {_source(now)}, before from {_source(was)}"
    if was["sha256"] != now["sha256"]:
        return "new letter"
    return "facts keyed anew" if now["source"] == "keyed" else "data changed" if same_program else "new program"


def _why_added(now: Mapping[str, str], held: set[str], files: set[str], same_program: bool) -> str:
    if now["source"] in ("correction", "keyed"):
        return "correction" if now["source"] == "correction" else "facts keyed by hand"
    if now["sha256"] not in files:
        return "new letter" if now["slug"] in held else "first letter of this council"
    return "data changed" if same_program else "new program"


def _why_withdrawn(was: Mapping[str, str], left: set[str], same_program: bool) -> str:
    if was["source"] != "letter":
        return f"no longer in {_source(was)}"
    if was["sha256"] not in left:
        return "its letter is no longer there, or was replaced"
    return "data changed, or a correction" if same_program else "new program"


def _source(row: Mapping[str, str]) -> str:
    return {"letter": "the letter", "keyed": "the keyed facts", "correction": "the corrections"}[row["source"]]


def read_log(folder: Path) -> list[dict[str, str]]:
    """The log's rows, oldest first; none where there is no log."""
    path = folder / FILE
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [{key: plain_cell(value or "") for key, value in row.items() if key} for row in csv.DictReader(file)]


def log_text(rows: Sequence[Mapping[str, str]]) -> bytes:
    """The log as CSV: UTF-8 with a mark, so that £ stays £, and no cell a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([safe_cell(str(row.get(c, ""))) for c in COLUMNS] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def last_build(rows: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The rows of the last build that changed anything."""
    return [row for row in rows if row["build"] == rows[-1]["build"]] if rows else []


def _text(value: Any) -> str:
    return "" if is_missing(value) else str(value)
