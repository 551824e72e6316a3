"""Short golden letters, a manner of writing each: the reading of `cases/X.txt` is `cases/X.expected.json`.

A missing reading is written, and the test fails until somebody has read it and run the test again. To see what a change of
the reader does to all of them, remove the readings, run this file, and look at the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foi_lib.letters import Letter

from .said import evidence_holds, read

CASES = Path(__file__).parent / "golden" / "cases"
LETTERS = sorted(CASES.glob("*.txt"))


def compact(letter: Letter) -> dict[str, Any]:
    """What a person would check: a line an answer, and only what is not empty."""
    answers = []
    for a in letter.answers:
        period = f"{a.period_start}..{a.period_end or ''}" if a.period_start else None
        value = a.value if a.value is not None else f"{a.low:g} to {a.high:g}" if a.low is not None and a.high is not None else None
        row = {
            "question": a.question, "outcome": a.outcome, "value": value, "unit": a.unit, "period": period, "measure": a.measure,
            "breakdown": a.breakdown, "qualifier": a.qualifier, "provisions": a.provisions, "refers_to": a.refers_to,
            "review": a.review_reasons, "quote": a.quote,
        }  # fmt: skip
        answers.append({name: said for name, said in row.items() if said not in (None, [], "")})
    incidents = [{"date": i.date, "kind": i.kind, "description": i.description, "department": i.department} for i in letter.incidents]
    head = {name: getattr(letter, name) for name in ("reference", "received_on", "responded_on", "regime", "problems")}
    return {
        **{name: said for name, said in head.items() if said},
        "answers": answers,
        **({"incidents": incidents} if incidents else {}),
        **({"unread": [u.text for u in letter.unread]} if letter.unread else {}),
    }


def written(reading: dict[str, Any]) -> str:
    """JSON with a line an answer, so that a difference shows which."""
    lines = []
    for name, value in reading.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f' "{name}": [\n{rows}\n ]')
        else:
            lines.append(f' "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"


def test_every_reading_has_its_letter() -> None:
    assert LETTERS
    assert {p.name.removesuffix(".expected.json") for p in CASES.glob("*.json")} <= {p.stem for p in LETTERS}


@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_golden(path: Path) -> None:
    letter = read(path.read_text("utf-8"))
    assert evidence_holds(letter)
    expected = path.with_suffix(".expected.json")
    if not expected.is_file():
        expected.write_text(written(compact(letter)), encoding="utf-8")
        pytest.fail(f"{expected.name} was missing and has been written: read it, then run this again")
    assert compact(letter) == json.loads(expected.read_text("utf-8"))
