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


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("2021 to 2022: 4\n2022 to 2023: 5", "2021/--/2022: 4\n2022/--/2023: 5"),  # one ends in the year in which the next begins
        ("the financial year 2021 to 2022", "the financial year 2021/--/2022"),
        ("in each year, 20-21 and 21–22", "in each year, 20/21 and 21/22"),
        ("09-10, 10-11 and 11-12", "09/10, 10/11 and 11/12"),  # three in a row, and nothing else they could be
        ("from 2021 to 2022", "from 2021 to 2022"),  # two calendar years
        ("2018 to 2019, 2021 to 2022, 2022 to 2023", "2018 to 2019, 2021/--/2022, 2022/--/2023"),  # the first stands alone
        ("April 2021 to 2022 and April 2022 to 2023", "April 2021 to 2022 and April 2022 to 2023"),
        ("aged 20-21 and 21-22", "aged 20-21 and 21-22"),  # no word of years
        ("each year: 20-25, 25-30", "each year: 20-25, 25-30"),
        ("in the year on 20-21-22 and 01-02-2021", "in the year on 20-21-22 and 01-02-2021"),
    ],
)
def test_years_that_their_company_tells(text: str, read_as: str) -> None:
    assert plain(text) == read_as


def test_a_question_is_told_in_its_own_words() -> None:
    asked = "How many data breaches were there from 2021 to 2022 and from 2022 to 2023?"
    answers = read(f"1. {asked}\n2021 to 2022: 4\n2022 to 2023: 5\n").answers
    assert {a.question_text for a in answers} == {asked}
    assert [(a.value, a.period_start, a.period_end) for a in answers] == [
        (4, "2021-04-01", "2022-03-31"),
        (5, "2022-04-01", "2023-03-31"),
    ]


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("The Council can neither  confirm nor deny  that it holds this, under section 31(3).", "neither_confirmed_nor_denied"),
        ("This would exceed the  appropriate  limit under  section 12.", "cost_limit"),
        ("We do  not hold  this information.", "not_held"),
        ("There were  no data breaches  in this year.", "nil"),
    ],
)
def test_wide_blanks_change_no_outcome(said: str, outcome: str) -> None:
    (answer,) = read(f"1. How many data breaches were there in 2021/22?\nAnswer: {said}\n").answers
    assert answer.outcome == outcome
    assert answer.quote in said
