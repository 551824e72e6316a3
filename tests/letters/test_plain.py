"""The text that is read stands place for place in the letter's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.plain import plain

from .said import evidence_holds, read

LETTER = "1. How many data breaches were there in 2021/22?\nAnswer: 1,234\n2. How many were reported to the ICO?\nAnswer: None.\n"


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2021/22\xa0– 4", "2021/22 – 4"),  # a blank that does not break
        ("2021—22 and \u22124", "2021–22 and –4"),  # dashes of any length
        ("1\u202f234\u2009567", "1,234,567"),  # thin blanks set off thousands
        ("**Question 1**", "  Question 1  "),  # bold print, as the web's plain text shows it
        ("__Response:__", "  Response:  "),
        ("5** and 6**", "5** and 6**"),  # stars that a note explains
        ("name__of__file ** x **", "name__of__file ** x **"),
        ("2021 345", "2021 345"),  # a year and a figure
    ],
)
def test_what_the_eye_passes_over(text: str, read_as: str) -> None:
    assert plain(text) == read_as


@given(st.text(alphabet="*_ a1\n\u2009\u202f\xa0\u2014-", max_size=60))
def test_every_character_keeps_its_place(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert [i for i, c in enumerate(plain(text)) if c == "\n"] == [i for i, c in enumerate(text) if c == "\n"]


@pytest.mark.parametrize(
    "letter",
    [
        LETTER.replace(" ", "\xa0"),
        LETTER.replace("1. How", "**1. How").replace("22?", "22?**"),
        LETTER.replace("Answer:", "Answer —"),
        LETTER.replace("Answer:", "Reply -\n"),  # a dash at the line's end
    ],
)
def test_the_same_is_read(letter: str) -> None:
    found = read(letter)
    assert [(a.question, a.outcome, a.value) for a in found.answers] == [("1", "disclosed", 1234), ("2", "nil", 0)]
    assert evidence_holds(found)


WRAPPED = (  # set to 60 characters
    "1. How many personal data breaches did the council record in\neach of the years 2021 and 2022?\n"
    "Answer: We are withholding this figure under section 31(1)\n(a), since the release of it would help those who attack\nsystems.\n"
)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (WRAPPED, 2),
        (WRAPPED.replace("\n", "\n   "), 2),  # indented
        (WRAPPED.replace("council record in\neach", "council\nrecord in each"), 3),  # "record" had its room: the writer's own break
    ],
)
def test_sentences_that_the_width_broke_are_whole(text: str, lines: int) -> None:
    assert len(plain(text).strip().split("\n")) == lines


@pytest.mark.parametrize(
    "text",
    [
        "Housing and benefits department of the council 12 14 15\nPlanning and building department of the council 1 2 3\n" * 3,  # a table
        "The officers who answered this request are these\n- the first of them\n- the second of them and her deputies\n" * 3,  # a list
        "Short lines\nthat a hand\nhas broken\n" * 4,
        "The Freedom of Information Act gives a right that is old\n1. How many breaches were recorded in each of the years?\n" * 3,
    ],
)
def test_what_is_no_sentence_keeps_its_lines(text: str) -> None:
    assert plain(text) == text
