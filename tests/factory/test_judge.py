"""The judge itself: a reader that says what the labels say is right in all, and each kind of mistake is seen."""

from __future__ import annotations

from typing import Any

import pytest

from . import make_letter
from .judge import Verdict, judge, plain


def perfect(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Labels, and the reading that agrees with them in everything."""
    text, gold = make_letter(seed)
    answers = []
    for label in gold["answers"]:
        at = text.find(label["value_text"])
        start, end = (at, at + len(label["value_text"])) if at >= 0 else (0, 1)  # an annex or a line break may stand between
        outcome = "disclosed" if label["outcome"] == "see_other_answer" else label["outcome"]
        answers.append(label | {"outcome": outcome, "start": start, "end": end, "quote": text[start:end], "needs_review": False})
    return gold, {key: gold[key] for key in gold if key != "answers"} | {"text": text, "answers": answers}


def with_figures(count: int = 1) -> tuple[dict[str, Any], dict[str, Any]]:
    """The first letter that has so many figures at least."""
    return next(pair for pair in map(perfect, range(500)) if sum(bool(a["value"]) for a in pair[0]["answers"]) >= count)


def test_a_perfect_reader_is_right_in_all() -> None:
    whole = Verdict()
    for seed in range(200):
        whole.add(judge(*perfect(seed)))
    shares = whole.figures()
    assert not whole.misses
    assert shares.pop("silent errors") == shares.pop("review rate") == 0
    assert set(shares.values()) == {1.0}
    assert whole.counts["letters"] == 200


@pytest.mark.parametrize(
    ("change", "what", "share"),
    [
        ({"value": 987654.0}, "lost", "figure recall"),
        ({"value": 987654.0}, "false", "figure precision"),
        ({"period_start": "1901-01-01", "period_end": "1901-12-31"}, "lost", "figure recall"),
        ({"outcome": "unclear"}, "outcome", "outcome"),
        ({"question": "99"}, "question", "question"),
        ({"measure": "no_such"}, "measure", "measure"),
        ({"provisions": ["s99"]}, "provisions", "provision precision"),
        ({"quote": "not in the letter"}, None, "evidence"),
    ],
)
def test_each_mistake_is_seen(change: dict[str, Any], what: str | None, share: str) -> None:
    gold, read = with_figures(3)
    wrong = next(a for a in read["answers"] if a["value"] and a["period_start"] and a["question"] and a["measure"] != "other")
    wrong.update(change)
    verdict = judge(gold, read)
    assert verdict.figures()[share] < 1
    assert what is None or what in {miss.what for miss in verdict.misses}


def test_a_mistake_is_silent_until_it_is_flagged() -> None:
    gold, read = with_figures()
    wrong = next(a for a in read["answers"] if a["value"])
    wrong["value"] += 1
    assert judge(gold, read).counts["silent"] >= 1
    wrong["needs_review"] = True
    assert judge(gold, read).counts["silent"] == 0


def test_a_wrong_header_is_seen() -> None:
    gold, read = with_figures()
    read["reference"] = "no such reference"
    assert judge(gold | {"reference": "57/18"}, read).figures()["letter header"] < 1


@pytest.mark.parametrize(("label", "expected"), [("Q1.(a)", "1a"), ("Question 3", "3"), ("[1.2]", "12"), (None, None), ("", None)])
def test_labels_without_punctuation(label: str | None, expected: str | None) -> None:
    assert plain(label) == expected
