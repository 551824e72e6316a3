"""What a desk works on: the answers in the order of the queue, which one is looked at, and what was decided. No widgets here."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.notebook import Book
from foi_lib.paths import nearest
from foi_lib.review import Review
from foi_lib.typed_cells import number

_remembered = {"who": ""}  # while the kernel runs: who decides is asked for once
_DONE = {"confirm": "accepted", "correct": "corrected", "reject": "rejected"}


class Sitting:
    """The answers of one request, and a place among them.

    `rows`: answers as dicts, first those of the queue (see `analysis.queue`), then the others in the tables' order; `hangs`:
    by answer_id, which headlines hang on it; `done`: what was decided here. `folder`: the request's own in data/raw, where there is one.
    """

    def __init__(self, book: Book, folder: Path | None, who: str = "") -> None:
        self.folder = folder
        self.opened = Review(book, folder or Path())
        known = {str(row["answer_id"]): row for row in self.opened.answers.to_dict("records")}
        queue = self.opened.queue
        self.queued = [str(name) for name in queue["answer_id"]]
        hangs = queue[queue["hangs on it"].notna()]
        self.hangs = dict(zip(hangs["answer_id"].astype("str"), hangs["hangs on it"].astype("str"), strict=True))
        self.rows = [known[name] for name in dict.fromkeys([*self.queued, *known])]
        self.done: dict[str, str] = {}
        self.at = 0
        if who:
            self.who = who

    @property
    def name(self) -> str:
        """The request's."""
        return str(self.opened.book.data.name)

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
            raise FoiError(f"no answer {answer_id!r} in request {self.name!r}{nearest(answer_id, names)}")
        self.at = names.index(answer_id)

    def accept(self) -> str:
        """The answer is right as it stands: keep that, and go on."""
        return self._keep("confirm", "")

    def correct(self, outcome: str, figure: str, why: str) -> str:
        """What it is instead: an outcome, and a figure as digits or as "1 to 4"; keep that, and go on."""
        low, value, high = read_figure(outcome, figure)
        return self._keep("correct", _because(why), outcome=outcome or None, value=value, low=low, high=high)

    def reject(self, why: str) -> str:
        """It is no answer to that question: keep that, and go on."""
        return self._keep("reject", _because(why))

    def _keep(self, decision: str, why: str, **given: Any) -> str:
        row = self.row
        if row is None:
            raise FoiError("there is no answer to decide on")
        if self.folder is None:
            raise FoiError(f"request {self.name!r} has no folder in data/raw: a decision cannot be kept")
        if not self.who:
            raise FoiError("say first who decides: the field Who")
        when = datetime.now().isoformat(timespec="seconds")  # the one place where the day of today is what is meant
        self.opened.record(self.opened.decision(str(row["answer_id"]), decision, self.who, when, why=why, **given))
        self.done[str(row["answer_id"])] = _DONE[decision]
        self.at = self._next_open()
        return f"{row['authority']}, question {row['question']}: {_DONE[decision]} by {self.who}. Kept in corrections.csv."

    def _next_open(self) -> int:
        """The next answer without a decision of this session, from here on and then from the top; here, where there is none."""
        order = [*range(self.at + 1, len(self.rows)), *range(self.at)]
        return next((n for n in order if str(self.rows[n]["answer_id"]) not in self.done), self.at)


def _because(why: str) -> str:
    if not why.strip():
        raise FoiError("say why, in a few words: the next reader has nothing else to go by")
    return " ".join(why.split())


def read_figure(outcome: str, figure: str) -> tuple[float | None, float | None, float | None]:
    """Low, value and high from what a person typed: "6", "£1,200", "1 to 4", or nothing. `FoiError` in one line."""
    ends = re.split(r"\s*(?:\bto\b|–)\s*", figure.strip())
    try:
        if len(ends) != 2 or not all(ends):
            return None, number(figure) if figure.strip() else None, None
        low, high = number(ends[0]), number(ends[1])
    except ValueError as error:
        raise FoiError(str(error)) from None
    if not outcome:
        raise FoiError("a range is answered (“between 60 and 70”) or suppressed (“fewer than 5”): choose which, as the outcome")
    return low, None, high
