"""What became of every question put to every authority."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import synthetic as t
from foi_lib.analysis import grid as g
from foi_lib.letters.model import OUTCOMES

TOGETHER = [
    ("three years alike", ["disclosed"] * 3, "disclosed"),
    ("a nil among figures", ["disclosed", "nil", "disclosed"], "disclosed"),
    ("nil each year", ["nil", "nil"], "nil"),
    ("given one year, refused the next", ["disclosed", "withheld"], "partly_withheld"),
    ("nil and neither confirmed nor denied", ["nil", "neither_confirmed_nor_denied"], "partly_withheld"),
    ("two refusals that differ", ["neither_confirmed_nor_denied", "withheld"], "withheld"),
    ("neither confirmed nor denied throughout", ["neither_confirmed_nor_denied"] * 2, "neither_confirmed_nor_denied"),
    ("not held for an early year", ["not_held", "disclosed"], "disclosed"),
    ("a row that was not read beside one that was", ["unclear", "withheld"], "withheld"),
    ("suppressed in some years", ["suppressed", "nil"], "suppressed"),
    ("not held and not applicable", ["not_applicable", "not_held"], "not_held"),
    ("nothing found but silence", ["unanswered", "clarification_sought"], "clarification_sought"),
]


@pytest.mark.parametrize(("why", "outcomes", "expected"), TOGETHER, ids=[c[0] for c in TOGETHER])
def test_the_outcome_of_a_question_with_several_figures(why: str, outcomes: list[str], expected: str) -> None:
    assert g.together(outcomes) == expected


@given(st.lists(st.sampled_from(OUTCOMES), min_size=1), st.randoms())
def test_order_does_not_matter_and_the_outcome_is_known(outcomes: list[str], dice: object) -> None:
    again = list(outcomes)
    dice.shuffle(again)  # type: ignore[attr-defined]
    assert g.together(outcomes) == g.together(again) in OUTCOMES


STATUSES = [
    ("no_reply", "no_reply"),
    ("acknowledged", "no_reply"),
    ("unreadable", "unreadable"),
    ("answered", "unanswered"),
    ("keyed", "not_recorded"),
]


@pytest.mark.parametrize(("status", "outcome"), STATUSES)
def test_silence_is_named_for_what_it_is(status: str, outcome: str) -> None:
    found = g.grid(t.responses(t.response("Ashby", status)), t.answers(), t.QUESTIONS[:2])
    assert list(found["outcome"]) == [outcome, outcome]
    assert list(found["answer_id"]) == ["", ""]


def test_nobody_asked_is_missing_and_no_question_is_lost() -> None:
    tables = t.many(30)
    found = g.grid(tables["responses"], tables["answers"], t.QUESTIONS)
    assert len(found) == 30 * len(t.QUESTIONS)
    ids = [i for cell in found["answer_ids"] for i in cell.split("; ") if i]
    assert sorted(ids) == sorted(tables["answers"]["answer_id"])


def test_a_question_that_only_a_letter_names_is_a_question() -> None:
    found = g.grid(t.responses(t.response("Ashby")), t.answers(t.answer("Ashby", 3, question="7")), ())
    assert list(found["question"]) == ["7"]
