"""Hand-made golden letters: each label's words stand in its letter, and its own fields agree with each other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from foi_lib.documents import read_document
from foi_lib.letters.model import OUTCOMES

GOLDEN = Path(__file__).resolve().parents[1] / "letters" / "golden"
LABELS = sorted(GOLDEN.glob("**/*.labels.json"))


def test_there_are_some() -> None:
    assert len(LABELS) > 20


def test_every_golden_letter_has_labels() -> None:
    letters = {path.stem for path in GOLDEN.glob("**/*.txt") if path.parent.name != "cases"}  # cases hold the reading itself
    assert letters <= {path.name.removesuffix(".labels.json") for path in LABELS}


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.name.removesuffix(".labels.json"))
def test_labels_agree_with_their_letter(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = read_document(path.parent / gold["letter"]).text
    assert gold["reference"] is None or gold["reference"] in text
    for name in ("received_on", "responded_on"):
        assert gold[name] is None or date.fromisoformat(gold[name])
    for answer in gold["answers"]:
        assert answer["value_text"] in text, answer
        assert answer["outcome"] in (*OUTCOMES, "see_other_answer"), answer
        assert answer["value"] is None or (answer["outcome"] == "nil") == (answer["value"] == 0), answer
        start, end = answer["period_start"], answer["period_end"]
        assert end is None or date.fromisoformat(start) <= date.fromisoformat(end), answer
        assert all(provision[0] == ("r" if gold["regime"] == "EIR" else "s") for provision in answer["provisions"]), answer
