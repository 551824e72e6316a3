"""A request of made-up councils in a scratch folder, and a reader of letters that is simple enough to foresee."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from foi_lib.documents.model import Document
from foi_lib.letters.model import Answer, Incident, Letter, Question, Unread

REQUEST = """\
title: Breaches of made-up councils
as_of: 2024-06-30
sent_on: 2024-01-15
authorities: [Aldermere Borough Council, Wexcombe Council]
questions:
  - label: "1"
    text: How many data breaches were there in 2023?
    measure: breach_count
    period: calendar 2023
  - label: "1.10"
    text: Please list them.
    measure: breach_details
    period: calendar 2023
  - label: "2"
    text: How much was paid in compensation in 2021/22 and 2022/23?
    measure: compensation_paid_gbp
    period: [2021/22, 2022/23]
"""
AUTHORITIES = """\
code,name,short_name,tier,nation,region
X1,Aldermere Borough Council,Aldermere,lower,England,South East
X2,Wexcombe Council,Wexcombe,unitary,England,South West
X3,Glenarrow Council,Glenarrow,unitary,Scotland,Scotland
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """data/raw/breaches with request.yaml, authorities.csv and an empty letters/."""
    made = tmp_path / "data" / "raw" / "breaches"
    (made / "letters").mkdir(parents=True)
    (made / "request.yaml").write_text(REQUEST, encoding="utf-8")
    (made / "authorities.csv").write_text(AUTHORITIES, encoding="utf-8")
    return made


@pytest.fixture
def put(folder: Path) -> Callable[[str, str], Path]:
    """put("letters/x.txt", text) writes a file of the request folder."""

    def write(name: str, text: str | bytes) -> Path:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def simple_reader(
    document: Document, questions: Sequence[Question] | None = None, authority: Any = None, extra_authorities: Sequence[Any] = ()
) -> Letter:
    """Reads lines such as "Q1: 6", "From: Wexcombe Council", "Date: 2024-02-01", "Incident: 2023-05-01 breach Revenues"."""
    text = document.text
    if "CRASH" in text:
        raise ZeroDivisionError("a fault of ours")
    letter = Letter(document.path, text)
    named = {body.name: body for body in extra_authorities}
    body = next((named[name] for name in named if f"From: {name}" in text), authority)
    if body:
        letter.authority, letter.authority_code = body.name, body.code
    if found := re.search(r"^Date: (\S+)", text, re.M):
        letter.responded_on = found[1]
    if found := re.search(r"^(Received|Dated): (\S+)", text, re.M):
        letter.received_on, letter.received_how = found[2], found[1].lower()
    for question in questions or ():
        answers = list(re.finditer(rf"^Q{re.escape(question.label)}(?: (\d{{4}}))?: (.*)$", text, re.M))
        for found in answers:
            answer = Answer(question.label, question.text, question.measure, kind=question.kind, period_kind=question.period_kind,
                            period_start=question.period_start, period_end=question.period_end, quote=found[2],
                            start=found.start(2), end=found.end(2))  # fmt: skip
            if found[1]:
                year = int(found[1])
                answer.period_kind, answer.period_start, answer.period_end = "financial_year", f"{year}-04-01", f"{year + 1}-03-31"
            if found[2].isdigit():
                answer.value = answer.low = answer.high = float(found[2])
                answer.outcome = "disclosed" if answer.value else "nil"
            elif found[2].startswith("s"):
                answer.outcome, answer.provisions, answer.as_cited = "withheld", [found[2]], [found[2]]
            letter.answers.append(answer)
        if not answers:
            letter.answers.append(Answer(question.label, question.text, question.measure, kind=question.kind, outcome="unanswered"))
    for found in re.finditer(r"^Incident: (\S+) (\S+) (.*)$", text, re.M):
        letter.incidents.append(Incident(found[2], found[1], "day", "", found[3], start=found.start(), end=found.end()))
    for found in re.finditer(r"stray (\d+)", text):
        letter.unread.append(Unread(found[1], "number", "1", None, found.start(1), found.end(1)))
    return letter


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Letter]:
    """The simple reader in the place of the real one."""
    import foi_lib.letters

    monkeypatch.setattr(foi_lib.letters, "read_letter", simple_reader)
    return simple_reader
