"""Short ways to read a text in tests: no file, no request, no register."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from foi_lib.documents.model import Document, Doubtful, Page
from foi_lib.letters import Answer, Letter, Question, read_answer, read_letter


def document(text: str, path: str = "letter.txt", doubtful: Sequence[Doubtful] = ()) -> Document:
    """A text as the reader of plain text gives it."""
    sha256 = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(path, sha256, "text/plain", text, (Page(1, 0, len(text)),), doubtful=tuple(doubtful))


def read(text: str, questions: Sequence[Question] | None = None) -> Letter:
    return read_letter(document(text), questions)


def answer_to(question: str, said: str, kind: str = "text", measure: str = "other") -> list[Answer]:
    """What one answer's words say to one question."""
    return read_answer(said, Question("1", question, measure, kind))


def of(letter: Letter, question: str) -> list[Answer]:
    """The answers to one question of a letter."""
    return [answer for answer in letter.answers if answer.question == question]


def evidence_holds(letter: Letter) -> bool:
    """Whether every quote, citation, listed incident and unread number is the letter's own text at its place."""
    text = letter.text
    places = [(a.start, a.end, a.quote) for a in letter.answers if a.outcome != "unanswered"]
    places += [(i.start, i.end, i.quote) for i in letter.incidents] + [(u.start, u.end, u.text) for u in letter.unread]
    places += [(c.start, c.end, c.as_cited) for a in letter.answers for c in a.citations]
    return all(start is not None and end is not None and text[start:end] == quote for start, end, quote in places)
