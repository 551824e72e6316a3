"""Deciding about answers: a request opened for review, what is to be looked at, and a checked `Decision` for each thing a person says.

The commands, the spreadsheets and the review notebook all decide through `Review`, so that each of them checks the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from foi_lib.analysis import queue as queues
from foi_lib.corrections import append
from foi_lib.decision import DECISIONS, Decision, Reading, context, decide, known, reading, same_reading, span, spelt, squeezed
from foi_lib.errors import FoiError
from foi_lib.grounds import Files
from foi_lib.keyed import unit_of
from foi_lib.notebook import Book, start
from foi_lib.paths import find_data_dir, nearest
from foi_lib.period_names import parse_period
from foi_lib.request import known_measures
from foi_lib.said import said
from foi_lib.typed_cells import moment

HOLDING = ("applied", "agrees")
Figures = tuple[float | None, float | None, float | None]


@dataclass
class Review:
    """A request open for review. What it shows is as it was opened; `record` adds to corrections.csv, and `open_review` again shows it."""

    book: Book
    folder: Path  # the request's own, in data/raw

    @property
    def answers(self) -> pd.DataFrame:
        """All answers, of unknown senders too."""
        return self.book.data.answers

    @cached_property
    def headlines(self) -> pd.DataFrame:
        """What each headline rests on (see `analysis.queue`)."""
        return queues.headlines(self.book.grid, self.book.answers, self.book.responses)

    @cached_property
    def queue(self) -> pd.DataFrame:
        """What to look at, most pressing first."""
        return queues.queue(self.book.grid, self.book.answers, self.book.responses, rests=self.headlines)

    @property
    def settling(self) -> queues.Settling:
        """How many decisions would settle the headlines."""
        return queues.settling(self.headlines, self.book.answers)

    @cached_property
    def _rows(self) -> dict[str, dict[str, Any]]:
        return {str(row["answer_id"]): known(row) for row in self.answers.to_dict("records")}

    @cached_property
    def _texts(self) -> dict[str, str]:
        texts = self.book.data.texts
        return dict(zip(texts["file"], texts["text"].fillna(""), strict=True))

    def row(self, answer_id: str) -> dict[str, Any]:
        """An answer by its name, or by the beginning of it where that is enough."""
        if answer_id in self._rows:
            return self._rows[answer_id]
        found = [name for name in self._rows if answer_id and name.startswith(answer_id)]
        if len(found) != 1:
            why = f"{len(found)} answers' names begin so" if found else "foi review list prints them"
            raise FoiError(f"no answer {answer_id!r} in request {self.book.data.name!r} ({why})")
        return self._rows[found[0]]

    def decision(
        self, answer_id: str, what: str, who: str, when: str, *, outcome: str | None = None, value: float | None = None,
        low: float | None = None, high: float | None = None, qualifier: str | None = None, why: str = "",
    ) -> Decision:  # fmt: skip
        """A checked decision (confirm, correct, reject, exclude) about an answer; `FoiError` says in one line what is not right."""
        row = self.row(answer_id)
        name = row["answer_id"]
        _checked(what, who, when, why)
        figures = (value, low, high)
        if what == "add":
            raise FoiError(f"{name}: an answer that is there is confirmed, corrected, rejected or excluded; add is for one that is missing")
        if what == "reject" and any(one is not None for one in figures):
            raise FoiError(f"{name}: a rejection has no value: to give another figure, correct it")
        told = self._said(row, outcome, figures, required=what == "correct")
        text = self._texts.get(str(row["file"]))
        made = decide(row, what, who, when, text, qualifier=qualifier, why=why, **_named(told))
        stands = _read(row)
        if what == "confirm" and made.person is not None and not same_reading(made.person, stands):
            raise FoiError(f"{name}: it stands as {_words(stands)}: to say {_words(made.person)}, correct it")
        if what == "correct" and told is not None and same_reading(told, stands) and not qualifier:
            raise FoiError(f"{name}: it says {_words(stands)} already: confirm it")
        return made

    def addition(
        self, council: str, question: str, who: str, when: str, *, measure: str = "", period: str = "", breakdown: str = "",
        quote: str = "", outcome: str | None = None, value: float | None = None, low: float | None = None, high: float | None = None,
        qualifier: str | None = None, why: str = "",
    ) -> Decision:  # fmt: skip
        """A checked `add`: an answer that the program missed. `quote` is where it stands in the council's files; without one, or with one
        that does not stand there, the person is its source, and `why` has to say where it is from."""
        _checked("add", who, when, why)
        request = self.book.data.request
        asked = request.question(question)
        if asked is None:
            labels = ", ".join(q.label for q in request.questions)
            raise FoiError(f"question {question!r} is not in request.yaml (labels: {labels})")
        kinds = known_measures() | {m.name: m.kind for m in request.own_measures}
        measure = measure or asked.measure
        if measure not in {*kinds, "other"}:
            raise FoiError(f"measure {measure!r} is not known{nearest(measure, sorted(kinds))}")
        body = self.book.data.council(council)
        try:
            told = said(outcome, value, low, high, kinds.get(measure) or asked.kind)
            own = request.periods.get(asked.label, ())
            days = parse_period(period) if period or len(own) != 1 else own[0]
        except ValueError as error:
            raise FoiError(f"{body['authority']}, question {asked.label}: {error}") from None
        name = str(body["slug"] if pd.isna(body["authority_code"]) else body["authority"])
        made = Decision(
            "add", name, asked.label, measure, span(days.start, days.end), breakdown, "", squeezed(quote), "", None, None, None, None,
            *told, qualifier, why, who, when,
        )  # fmt: skip
        self._is_missing(made, str(body["slug"]))
        return self._placed(made, str(body["slug"]), quote)

    def _placed(self, made: Decision, slug: str, quote: str) -> Decision:
        """With the hash of the file that the quote stands in, and the mark of its lines."""
        texts = self.book.data.texts
        place = Files(texts[texts["slug"] == slug].to_dict("records")).place(slug, made)
        if place is not None:
            marked = context(self._texts[place["file"]], place["start"], place["end"])
            return replace(made, sha256=str(place["sha256"]), context=marked)
        if quote:
            remedy = "give more of them, or none and --why with the source"
            raise FoiError(f"the words {quote!r} stand not once in the files of {slug}: {remedy}")
        if not made.why:
            raise FoiError("without a quote from the council's files, --why has to say where the figure is from")
        return made

    def _is_missing(self, made: Decision, slug: str) -> None:
        """That no answer stands there already; another figure for the same thing is a correction."""
        for row in self._rows.values():
            if row["slug"] == slug and row["outcome"] != "unanswered" and _slot(row) == (made.question, *_slot_of(made)):
                raise FoiError(f"{row['answer_id']} answers this already ({_words(_read(row))}): confirm or correct it")

    def _said(self, row: Mapping[str, Any], outcome: str | None, figures: Figures, required: bool) -> Reading | None:
        if outcome is None and all(one is None for one in figures) and not required:
            return None
        name, kind = row["answer_id"], str(row["kind"])
        try:
            told = said(outcome, *figures, kind)
        except ValueError as error:
            raise FoiError(f"{name}: {error}") from None
        figure = any(one is not None for one in told[1:])
        if figure and row["unit"] is None and unit_of(self.book.data.request, str(row["measure"]), kind) is None:
            raise FoiError(f"{name}: question {row['question']} asks for no figure ({kind}): give the outcome alone")
        return told

    def standing(self, made: Decision) -> str | None:
        """The name of the decision that says the same already, by the same person, and holds; None where there is none."""
        decisions = self.book.data.decisions
        alike = decisions[decisions["state"].isin(HOLDING) & (decisions["decision"] == made.decision) & (decisions["who"] == made.who)]
        for row in (known(one) for one in alike.to_dict("records")):
            same = (row["authority"], *_slot(row), row["quote"] or "") == (made.authority, made.question, *_slot_of(made), made.quote)
            if same and same_reading(_read(row), made.person or (None, None, None, None)):
                return str(row["decision_id"])
        return None

    def record(self, made: Decision) -> str:
        """Append the decision to corrections.csv; gives its name. The same decision by the same person is not made twice."""
        if there := self.standing(made):
            raise FoiError(f"decided already: {there} says the same, by {made.who}")
        return append(self.folder, made)


def open_review(request: str | Path, data_dir: str | Path = "data") -> Review:
    """Open a request for review, its tables made anew where anything has changed."""
    book = start(request=str(request), data_dir=str(data_dir))
    folder = find_data_dir(data_dir) / "raw" / book.data.name
    if not (folder / "request.yaml").is_file():
        raise FoiError(f"{folder}: no request folder there, so there is nowhere to write corrections.csv")
    return Review(book, folder)


def _checked(what: str, who: str, when: str, why: str) -> None:
    """Who decided what and when, and why where that is needed."""
    if what not in DECISIONS:
        raise FoiError(f"decision {what!r} is not known{nearest(what, DECISIONS)}")
    if not who.strip():
        raise FoiError("who is empty: a decision bears its maker's name or initials")
    if what in ("reject", "exclude") and not why.strip():
        raise FoiError(f"why is empty: {'an exclusion' if what == 'exclude' else 'a rejection'} needs its reason")
    try:
        read, note = moment(when)
    except ValueError as error:
        raise FoiError(f"when: {error}") from None
    if note:
        raise FoiError(f"when: {when!r} is not written as year-month-day, e.g. {read}")


def _named(told: Reading | None) -> dict[str, Any]:
    return {} if told is None else dict(zip(("outcome", "value", "low", "high"), told, strict=True))


def _read(row: Mapping[str, Any]) -> Reading:
    return reading(row["outcome"], row["value"], row["low"], row["high"])


def _slot(row: Mapping[str, Any]) -> tuple[str, str, str, str]:
    """What a row of answers or of decisions is about: question, measure, period, part."""
    when = span(row["period_start"], row["period_end"])
    return str(row["question"]), row["measure"] or "", when, (row["breakdown"] or "").casefold()


def _slot_of(made: Decision) -> tuple[str, str, str]:
    return made.measure, made.period or "unstated", made.breakdown.casefold()


def _words(read: Reading) -> str:
    return " ".join(part for part in (read[0], spelt(read)) if part)
