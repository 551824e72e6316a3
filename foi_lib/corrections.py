"""What people decided about answers: `corrections.csv`, one row a decision, appended only.

`read_corrections` gives each row as a `Decision`, or says on which line it cannot be used and why; a spreadsheet's habits (dates for
"1.2", days first, semicolons, lost noughts, a rounded hash, another encoding) are undone where only one thing can have stood there, and
told of. `append` adds one. What the decisions do to the tables is in `foi_lib.settle`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from foi_lib.decision import COLUMNS, DECISIONS, Decision, decide, span
from foi_lib.ledger import append_row, decode, separator
from foi_lib.letters.model import OUTCOMES
from foi_lib.paths import nearest
from foi_lib.period_names import Period, financial_year, parse_period, spell
from foi_lib.replies import authority_by_name, by_code
from foi_lib.request import Request, known_measures, plain_label
from foi_lib.said import said
from foi_lib.typed_cells import moment, number, two_numbers, unguard

__all__ = ["FILE", "Corrections", "Decision", "Unusable", "append", "decide", "read_corrections"]

FILE = "corrections.csv"
REQUIRED = ("decision", "authority", "question", "who", "when")
_NEEDED = ("decision", "authority", "question", "measure", "period", "breakdown", "sha256", "quote", "outcome", "value", "low", "high",
           "qualifier", "why", "who", "when")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unusable:
    """A row that could not be read: its line, its cells as they stand, and what is wrong with it."""

    line: int
    cells: dict[str, str]
    reason: str


@dataclass(slots=True)
class Corrections:
    """The file's rows in their order. `problems`: (what, one line), of unusable rows and of cells that were mended."""

    decisions: list[Decision] = field(default_factory=list)
    unusable: list[Unusable] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def append(request_folder: str | Path, decision: Decision) -> str:
    """Add a decision to the request's corrections.csv; gives its name once the disk has it. `FoiError`: it was not added, and why."""
    append_row(Path(request_folder) / FILE, COLUMNS, decision.cells(), _NEEDED)
    return decision.decision_id


def read_corrections(request: Request) -> Corrections:
    """Read corrections.csv, where there is one."""
    found = Corrections()
    path = request.folder / FILE
    if not path.is_file():
        return found
    try:
        data = path.read_bytes()
    except OSError as error:
        found.problems.append(("corrections_file", f"cannot be read ({error.strerror}); no decision was applied"))
        return found
    text, encoding = decode(data)
    if encoding == "cp1252":
        found.problems.append(("corrections_file", "not UTF-8: read as Windows-1252; save it as 'CSV UTF-8' to keep every sign"))
    records = list(_records(text))
    if not records:
        return found
    header = [cell.strip().lower() for cell in records[0][1]]
    if missing := [name for name in REQUIRED if name not in header]:
        reason = f"line 1: no column {', '.join(map(repr, missing))}; it needs {', '.join(REQUIRED)} (may have {', '.join(COLUMNS)})"
        found.problems.append(("corrections_file", f"{reason}; no decision was applied"))
        found.unusable += [Unusable(line, {}, "the file has no heading that can be read") for line, cells in records[1:] if any(cells)]
        return found
    for name in header:
        if name and name not in COLUMNS:
            hint = nearest(name, COLUMNS, label="columns")
            found.problems.append(("corrections_file", f"line 1: unknown column {name!r}, which was not read{hint}"))
    read = _Reader(request, comma=separator(text.partition("\n")[0]) == ";")
    for line, cells in records[1:]:
        if not any(cell.strip() for cell in cells):
            continue
        row = {name: unguard(cell.strip()).strip() for name, cell in zip(header, cells, strict=False) if name}
        try:
            if any(cell.strip() for cell in cells[len(header) :]):
                raise ValueError(f"{len(cells)} cells under {len(header)} columns: a text that holds a comma needs quotation marks")
            if not row.get("when") and len(cells) < len(header):
                raise ValueError(f"only {len(cells)} of {len(header)} cells: it was cut off while it was written; nothing of it was used")
            decision = read.decision(line, row)
        except ValueError as error:
            reason = " ".join(str(error).split())
            found.unusable.append(Unusable(line, row, reason))
            found.problems.append(("correction_unusable", f"line {line}: {reason}"))
            continue
        found.decisions.append(decision)
        found.problems += [("correction_mended", f"line {line}: {told}") for told in decision.mended]
    return found


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row; a quotation mark that is never closed costs its own row and no other.

    A row may run over several lines where a person wrote it so; but a line that begins as our rows do begins a row.
    """
    lines = text.split("\n")
    mark = separator(lines[0])
    begins = re.compile(rf"(?:{'|'.join(DECISIONS)}){re.escape(mark)}", re.IGNORECASE)
    own = lines[0].strip().lower().startswith(f"decision{mark}")
    at = 0
    while at < len(lines):
        upto = at
        while "\n".join(lines[at : upto + 1]).count('"') % 2 and upto + 1 < len(lines) and not (own and begins.match(lines[upto + 1])):
            upto += 1
        whole = "\n".join(lines[at : upto + 1])
        if whole.count('"') % 2:
            whole, upto = lines[at], at  # never closed: the line by itself
        if whole.strip():
            yield at + 1, next(csv.reader(whole.rstrip("\r").splitlines(keepends=True), delimiter=mark), [])
        at = upto + 1


class _Reader:
    """Reads rows against what the request asked."""

    def __init__(self, request: Request, comma: bool) -> None:
        self.request, self.comma = request, comma
        self.kinds = known_measures() | {m.name: m.kind for m in request.own_measures}
        self.name = cache(self._name)

    def decision(self, line: int, row: dict[str, str]) -> Decision:
        """One row; `ValueError` says what is wrong with it."""
        told: list[str] = []
        for name in REQUIRED:
            if not row.get(name):
                raise ValueError(f"{name} is empty")
        what = row["decision"].lower()
        if what not in DECISIONS:
            raise ValueError(f"decision {row['decision']!r} is not known{nearest(what, DECISIONS)}")
        question = self._question(row["question"], told)
        asked = self.request.question(question)
        measure = row.get("measure", "").lower()
        if measure and measure != "other" and measure not in self.kinds:
            raise ValueError(f"measure {row['measure']!r} is not known{nearest(measure, sorted(self.kinds))}")
        kind = self.kinds.get(measure) or (asked.kind if asked else "text")
        when, note = _told("when", moment, row["when"])
        if note:
            told.append(f"when {note}")
        period = self._period(row.get("period", ""), asked.label if asked else "", told)
        if not period and what == "add":  # as in answers.csv: the question's own period, where it asks for one only
            own = self.request.periods.get(asked.label, ()) if asked else ()
            period = span(own[0].start, own[0].end) if len(own) == 1 else "unstated"
        outcome, value, low, high = self._said(what, row, kind)
        machine = self._machine(row, told)
        if what in ("reject", "exclude") and not row.get("why"):
            raise ValueError(f"why is empty: {'an exclusion' if what == 'exclude' else 'a rejection'} needs its reason")
        return Decision(
            what, self.name(row["authority"]), asked.label if asked else question, measure, period, row.get("breakdown", ""),
            _hash(row.get("sha256", ""), told), row.get("quote", ""), row.get("context", ""), *machine, outcome, value, low, high,
            row.get("qualifier") or None, row.get("why", ""), row["who"], when, line, tuple(told),
        )  # fmt: skip

    def _name(self, words: str) -> str:
        """The official name of the authority meant; the words as they stand where it is not known for certain."""
        body = by_code(self.request, words) or authority_by_name(self.request, words)
        return body.name if body else words

    def _question(self, cell: str, told: list[str]) -> str:
        """The label, where need be the only one that a spreadsheet can have made this of."""
        labels = [q.label for q in self.request.questions]
        if self.request.question(cell):
            return cell
        likely: list[str] = []
        if pair := two_numbers(cell):
            wanted = {f"{pair[0]}.{pair[1]}", f"{pair[1]}.{pair[0]}"}
            likely = [label for label in labels if plain_label(label).replace("-", ".").replace("/", ".") in wanted]
            if len(likely) != 1:
                meant = f" ({' or '.join(likely)}?)" if likely else ""
                raise ValueError(f"question {cell!r} is a date, which a spreadsheet made of a label{meant}: write it as Q1.2")
        elif re.fullmatch(r"\d+(\.\d+)?", cell):
            likely = [lb for lb in labels if re.fullmatch(r"\d+(\.\d+)?", plain_label(lb)) and float(plain_label(lb)) == float(cell)]
        if len(likely) == 1:
            told.append(f"question {cell!r} was read as {likely[0]!r}, the only label that a spreadsheet can have changed so")
            return likely[0]
        return cell

    def _period(self, cell: str, label: str, told: list[str]) -> str:
        """"" for whichever; else the first and last day."""
        if not cell or cell.lower() == "unstated":
            return cell.lower()
        try:
            period = parse_period(cell)
        except ValueError as error:
            pair = two_numbers(cell)
            if pair is None or "/" in cell:
                raise ValueError(f"period: {error}") from None
            periods = self._shortened(pair)
            asked = {(p.start, p.end) for p in self.request.periods.get(label, ())}
            likely = [p for p in periods if (p.start, p.end) in asked] or periods
            if len(likely) != 1:
                may = " or ".join(p.name for p in likely) or "2011/12"
                raise ValueError(f"period {cell!r} is a date, which a spreadsheet made of {may}: write its first and last day") from None
            period = likely[0]
            told.append(f"period {cell!r} was read as {period.name}, which a spreadsheet shortens so")
        return span(period.start, period.end)

    @staticmethod
    def _shortened(pair: tuple[int, int]) -> list[Period]:
        """What "Dec-11" can have been: December 2011, or the financial year 2011/12."""
        year, month = 2000 + pair[0], pair[1]
        days = parse_period(f"{year}-{month:02d} to {year}-{month:02d}")
        found = [spell(days.start, days.end)]
        return [financial_year(year), *found] if month == (year + 1) % 100 else found

    def _said(self, what: str, row: dict[str, str], kind: str) -> tuple[str | None, float | None, float | None, float | None]:
        outcome = _word(row.get("outcome", ""), "outcome")
        value, low, high = (self._number(row, name) for name in ("value", "low", "high"))
        if value is None and low is None and high is None and (ends := _ends(row.get("value", ""), self.comma)):
            low, high = ends
        if outcome is None and value is None and low is None and high is None:
            if what in ("correct", "add"):
                raise ValueError("neither outcome nor value says what is right")
            return None, None, None, None
        if what == "reject" and (value is not None or low is not None or high is not None):
            raise ValueError("a rejection has no value: to give another figure, correct it")
        return said(outcome, value, low, high, kind)

    def _number(self, row: dict[str, str], name: str) -> float | None:
        cell = row.get(name, "")
        if not cell or _ends(cell, self.comma):
            return None
        return float(_told(name, lambda text: number(text, self.comma), cell))

    def _machine(self, row: dict[str, str], told: list[str]) -> tuple[str | None, float | None, float | None, float | None]:
        """What the program read then; kept as far as it can be read, as it is for showing beside the person's."""
        outcome = _word(row.get("machine_outcome", ""), "machine_outcome")
        cell = row.get("machine_value", "")
        ends = _ends(cell, self.comma)
        if not cell or ends:
            low, high = ends or (None, None)
            return outcome, None, low, high
        try:
            value = number(cell, self.comma)
        except ValueError as error:
            told.append(f"machine_value {error}; it was not used")
            return outcome, None, None, None
        return outcome, value, value, value


def _ends(cell: str, comma: bool) -> tuple[float | None, float | None] | None:
    """The ends of "1 to 4", "at least 5", "at most 4"."""
    found = re.fullmatch(r"(?:(at least|at most) )?(\S+?)(?: to (\S+))?", cell.strip().lower())
    if not found or not (found[1] or found[3]) or (found[1] and found[3]):
        return None
    try:
        first = number(found[2], comma)
        return (None, first) if found[1] == "at most" else (first, number(found[3], comma) if found[3] else None)
    except ValueError:
        return None


def _word(cell: str, name: str) -> str | None:
    word = cell.strip().lower().replace(" ", "_")
    if word and word not in OUTCOMES:
        raise ValueError(f"{name} {cell!r} is not known{nearest(word, OUTCOMES)}")
    return word or None


def _hash(cell: str, told: list[str]) -> str:
    text = cell.strip().lower()
    if text and not re.fullmatch(r"[0-9a-f]{64}", text):
        told.append(f"sha256 {cell!r} is no SHA-256 (64 signs of 0-9 and a-f): a spreadsheet changed it; the quote was gone by alone")
        return ""
    return text


def _told(name: str, read: Callable[[str], Any], cell: str) -> Any:
    try:
        return read(cell)
    except ValueError as error:
        raise ValueError(f"{name} {error}") from None
