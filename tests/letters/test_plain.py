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
