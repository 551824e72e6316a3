"""Answers that point at another. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.resolve import points_at

from .said import of, read

NUMBERED = [("1",), ("1", "2"), ("2",), ("2", "2"), ("3",)]
LETTERED = [("a",), ("b",), ("c",)]

CASES = [
    ("Same as point (1.2)", ("2", "2"), NUMBERED, ("1", "2"), "point in brackets"),
    ("As above", ("2",), NUMBERED, ("1", "2"), "the one before"),
    ("As above.", ("3",), NUMBERED, ("2", "2"), "the one before, stop"),
    ("See above", ("1", "2"), NUMBERED, ("1",), "see above"),
    ("As Question 1", ("3",), NUMBERED, ("1",), "as question"),
    ("See our answer to question 2 above", ("3",), NUMBERED, ("2",), "named"),
    ("See above table at 1.2", ("2", "2"), NUMBERED, ("1", "2"), "table at"),
    ("See above table at 1.2.", ("2", "2"), NUMBERED, ("1", "2"), "decimal and stop"),
    ("Please refer to question 1", ("c",), LETTERED, ("a",), "a number where questions have letters"),
    ("See answer to b) above", ("c",), LETTERED, ("b",), "letter"),
    ("Please see response to Q1.", ("2",), NUMBERED, ("1",), "please see"),
    ("Covered by question 1", ("2",), NUMBERED, ("1",), "covered by"),
    ("Ditto", ("2",), NUMBERED, ("1", "2"), "ditto"),
]


@pytest.mark.parametrize(("text", "here", "known", "target", "why"), CASES, ids=[why for *_, why in CASES])
def test_points(text: str, here: tuple[str, ...], known: list, target: tuple[str, ...], why: str) -> None:  # type: ignore[type-arg]
    assert points_at(text, here, known) == (target, True)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Six", "a figure"),
        ("See attached spreadsheet", "elsewhere"),
        ("Please see our website", "elsewhere"),
        ("As in 3 above, none", "the answer is said"),
        ("None", "none"),
        ("As a result of the incident two letters were sent", "as begins a sentence"),
        ("The above figures include schools", "above inside a sentence"),
        ("See table below", "below"),
    ],
)
def test_points_nowhere(text: str, why: str) -> None:
    assert points_at(text, ("3",), NUMBERED)[1] is False


def test_points_at_what_is_not_there() -> None:
    assert points_at("See question 9", ("2",), NUMBERED) == (None, True)
    assert points_at("As above", ("1",), NUMBERED) == (None, True)


def test_a_chain_ends_at_its_figure() -> None:
    letter = read(
        "1. How many data breaches were there in 2021?\nAnswer: 7\n"
        "2. How many personal data breaches were recorded in 2021?\nAnswer: See question 1\n"
        "3. How many data breaches were logged in 2021?\nAnswer: As above\n"
    )
    assert [(a.question, a.value, a.refers_to) for a in letter.answers] == [("1", 7, None), ("2", 7, "1"), ("3", 7, "2")]


def test_a_refusal_is_taken_with_its_provisions() -> None:
    letter = read(
        "1. List the data breaches in 2021.\nThe information is exempt under section 40(2) of the Act.\n"
        "2. List the data incidents in 2021.\nSame as point 1\n"
    )
    (answer,) = of(letter, "2")
    assert (answer.outcome, answer.provisions, answer.refers_to, answer.quote) == ("withheld", ["s40(2)"], "1", "Same as point 1")


def test_what_cannot_be_told_is_for_a_person() -> None:
    letter = read(
        "1. How many data breaches were there in 2021?\nAnswer: See question 8\n2. How many claims were there in 2021?\nAnswer: 2\n"
    )
    (answer,) = of(letter, "1")
    assert (answer.outcome, answer.review_reasons) == ("unclear", ["reference_unresolved"])


@given(st.text(max_size=120), st.sampled_from(NUMBERED))
def test_any_text_is_read(text: str, here: tuple[str, ...]) -> None:
    target, points = points_at(text, here, NUMBERED)
    assert target is None or (points and target in NUMBERED and target != here)
