"""What became of every question put to every authority: the unit of refusal rates. Nobody who was asked is missing from it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import pandas as pd

from foi_lib.frames import plain_rows

GIVEN = ("disclosed", "nil", "suppressed")
REFUSED = ("withheld", "neither_confirmed_nor_denied", "cost_limit", "vexatious_or_repeated")
PROCEDURAL = ("cost_limit", "vexatious_or_repeated")
# The official base (Cabinet Office, FOI statistics): requests where a substantive decision could be made.
RESOLVABLE = (*GIVEN, "already_accessible", "partly_withheld", *REFUSED)
SILENT = ("no_reply", "unreadable", "not_recorded")
COLUMNS = [
    "slug",
    "authority",
    "authority_code",
    "nation",
    "region",
    "tier",
    "regime",
    "status",
    "question",
    "question_text",
    "measure",
    "kind",
    "outcome",
    "answer_id",
    "answer_ids",
    "needs_review",
]

ASKED = ("question", "question_text", "measure", "kind")


class Asked(Protocol):
    """A question as `request.yaml` puts it."""

    @property
    def label(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def measure(self) -> str: ...
    @property
    def kind(self) -> str: ...


def grid(responses: pd.DataFrame, answers: pd.DataFrame, questions: Iterable[Asked] = ()) -> pd.DataFrame:
    """One row for each authority asked and each question, in the columns COLUMNS.

    `answer_id` and `answer_ids` are empty text where nothing was answered. `outcome` is the question's as a whole (see `together`); for a
    question without any answer it is `no_reply`, `unreadable`, `unanswered`, or `not_recorded` where only facts keyed from a publication
    are known, which says nothing about the rest.
    """
    asked = _questions(questions, answers)
    people = {str(row["slug"]): row for row in reversed(plain_rows(responses, COLUMNS[:8]))}  # of several, the first
    merged = _merge(answers)
    rows = []
    for slug, who in sorted(people.items()):
        of_council = (slug, *(who[name] for name in COLUMNS[1:8]))
        for label, question in asked.items():
            found = merged.get((slug, label))
            if found is None:
                rows.append((*of_council, label, *question, _silence(str(who["status"])), "", "", False))
            else:
                ids, outcomes, review = found
                rows.append((*of_council, label, *question, together(outcomes), ids[0], "; ".join(ids), review))
    cells = zip(*rows, strict=True) if rows else ((),) * len(COLUMNS)
    types = {name: "bool" if name == "needs_review" else "str" for name in COLUMNS}
    return pd.DataFrame({name: pd.Series(column, dtype=types[name]) for name, column in zip(COLUMNS, cells, strict=True)})


def together(outcomes: Iterable[str]) -> str:
    """The outcome of a question that has several figures (three years, say).

    All alike: that one. Given in part and refused in part: partly withheld. Several refusals: neither-confirm-nor-deny only where all are,
    else withheld. A figure beside a nil: disclosed. What was not read or did not apply yields to what was.
    """
    found = set(outcomes)
    if len(found) == 1:
        return found.pop()
    given, refused = found & set(GIVEN), found & {*REFUSED, "partly_withheld"}
    if (given and refused) or "partly_withheld" in found:
        return "partly_withheld"
    if given:
        return "disclosed" if "disclosed" in given else "suppressed" if "suppressed" in given else "nil"
    if refused:
        return refused.pop() if len(refused) == 1 else "withheld"
    for name in ("already_accessible", "clarification_sought", "unclear", "not_held", "not_applicable"):
        if name in found:
            return name
    return "unanswered"


def _questions(questions: Iterable[Asked], answers: pd.DataFrame) -> dict[str, tuple[str, str, str]]:
    """Label → text, measure, kind: as the request puts them, then those that only letters name."""
    asked = {q.label: (q.text, q.measure, q.kind) for q in questions}
    unasked = {row["question"]: row for row in reversed(plain_rows(answers, ASKED)) if row["question"] not in asked}
    return asked | {label: (row["question_text"], row["measure"], row["kind"]) for label, row in sorted(unasked.items())}


def _merge(answers: pd.DataFrame) -> dict[tuple[str, str], tuple[list[str], list[str], bool]]:
    """Of each question that a council answered: the answers' names, their outcomes, and whether one is in doubt."""
    found: dict[tuple[str, str], tuple[list[str], list[str], bool]] = {}
    columns = (answers[name].tolist() for name in ("slug", "question", "answer_id", "outcome", "needs_review"))
    for slug, question, answer_id, outcome, review in zip(*columns, strict=True):
        ids, outcomes, doubt = found.get((slug, question), ([], [], False))
        found[slug, question] = ([*ids, str(answer_id)], [*outcomes, str(outcome)], doubt or bool(review))
    return found


def _silence(status: str) -> str:
    return {"no_reply": "no_reply", "acknowledged": "no_reply", "unreadable": "unreadable", "keyed": "not_recorded"}.get(
        status, "unanswered"
    )
