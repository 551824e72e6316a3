"""What a desk works on: the answers in the order of the queue, which one is looked at, and what was decided. No widgets here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from foi_lib.corrections import append
from foi_lib.decision import decide, same_reading
from foi_lib.errors import FoiError
from foi_lib.paths import nearest
from foi_lib.reports.words import is_missing
from foi_lib.said import Said, said
from foi_lib.typed_cells import number

_remembered = {"who": ""}  # while the kernel runs: who decides is asked for once


class Review:
    """The answers of one request, and a place among them.

    `rows`: answers as dicts, first those of the queue, then the others, in the tables' order; `done`: what was decided here, by answer_id.
    """

    def __init__(self, data: Any, folder: Path | None, who: str = "") -> None:
        self.data, self.folder = data, folder
        known = {str(row["answer_id"]): row for row in data.answers.to_dict("records")}
        self.queued = [name for name in _queue(data) if name in known]
        order = [*self.queued, *(name for name in known if name not in set(self.queued))]
        self.rows = [known[name] for name in order]
        self.texts = {str(row["file"]): str(row["text"]) for row in data.texts.to_dict("records") if not is_missing(row["text"])}
        self.done: dict[str, str] = {}
        self.at = 0
        if who:
            self.who = who

    @property
    def who(self) -> str:
        """Whose decisions these are."""
        return _remembered["who"]

    @who.setter
    def who(self, name: str) -> None:
        _remembered["who"] = " ".join(name.split())

    @property
    def row(self) -> dict[str, Any] | None:
        """The answer looked at; None where there are no answers."""
        return self.rows[self.at] if self.rows else None

    @property
    def waiting(self) -> int:
        """How many answers of the queue nobody has decided on."""
        return sum(name not in self.done for name in self.queued)

    def step(self, by: int) -> str:
        """Go on, or back; says where that is not possible."""
        to = self.at + by
        if not 0 <= to < len(self.rows):
            return "This is the last answer." if by > 0 else "This is the first answer."
        self.at = to
        return ""

    def go(self, answer_id: str) -> None:
        """Look at one answer; `FoiError` names the nearest names there are."""
        names = [str(row["answer_id"]) for row in self.rows]
        if answer_id not in names:
            raise FoiError(f"no answer {answer_id!r} in request {self.data.name!r}{nearest(answer_id, names)}")
        self.at = names.index(answer_id)

    def accept(self) -> str:
        """The answer is right as it stands: keep that, and go on."""
        return self._keep("confirm", "")

    def correct(self, outcome: str, figure: str, why: str) -> str:
        """What it is instead: an outcome, and a figure as digits or as "1 to 4"; keep that, and go on."""
        row = self._here()
        try:
            told = read_figure(outcome, figure, str(row.get("kind") or ""))
        except ValueError as error:
            raise FoiError(str(error)) from None
        stands = tuple(None if is_missing(row[name]) else row[name] for name in ("outcome", "value", "low", "high"))
        if same_reading(told, stands):  # type: ignore[arg-type]
            raise FoiError("that is what stands there already: accept it, or change the outcome or the figure")
        return self._keep("correct", _because(why), told)

    def reject(self, why: str) -> str:
        """It is no answer to that question: keep that, and go on."""
        return self._keep("reject", _because(why))

    def _here(self) -> dict[str, Any]:
        if self.row is None:
            raise FoiError("there is no answer to decide on")
        return self.row

    def _keep(self, decision: str, why: str, told: Said | None = None) -> str:
        row = self._here()
        if self.folder is None:
            raise FoiError(f"request {self.data.name!r} has no folder in data/raw: a decision cannot be kept")
        if not self.who:
            raise FoiError("say first who decides: the field Who")
        when = datetime.now().isoformat(timespec="seconds")  # the one place where the day of today is what is meant
        given: Mapping[str, Any] = dict(zip(("outcome", "value", "low", "high"), told, strict=True)) if told else {}
        append(self.folder, decide(row, decision, self.who, when, self.texts.get(str(row.get("file"))), why=why, **given))
        self.done[str(row["answer_id"])] = {"confirm": "accepted", "correct": "corrected", "reject": "rejected"}[decision]
        where = f"{row['authority']}, question {row['question']}"
        self.at = self._next_open()
        return f"{where}: {self.done[str(row['answer_id'])]} by {self.who}. Kept in corrections.csv."

    def _next_open(self) -> int:
        """The next answer without a decision of this session, from here on and then from the top; here, where there is none."""
        order = [*range(self.at + 1, len(self.rows)), *range(self.at)]
        return next((n for n in order if str(self.rows[n]["answer_id"]) not in self.done), self.at)


def _because(why: str) -> str:
    if not why.strip():
        raise FoiError("say why, in a few words: the next reader has nothing else to go by")
    return " ".join(why.split())


def read_figure(outcome: str, figure: str, kind: str) -> Said:
    """Outcome, value, low and high from what a person typed: "6", "£1,200", "1 to 4", or nothing. `ValueError` in one line.

    Without an outcome a figure is disclosed, or nil for 0.
    """
    ends = re.split(r"\s*(?:\bto\b|–)\s*", figure.strip())
    if len(ends) == 2 and all(ends):
        if not outcome:
            raise ValueError("a range is answered (“between 60 and 70”) or suppressed (“fewer than 5”): choose which, as the outcome")
        return said(outcome or None, None, number(ends[0]), number(ends[1]), kind)
    return said(outcome or None, number(figure) if figure.strip() else None, None, None, kind)


def _queue(data: Any) -> list[str]:
    """Names of answers, those first that most need a person's look."""
    rows = data.answers
    return [str(name) for name in rows[rows["needs_review"].fillna(False).astype("bool")]["answer_id"]]
