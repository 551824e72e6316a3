"""Questions and answers in every arrangement. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foi_lib.letters import Question

from .said import document, evidence_holds, of, read

A = "How many data breaches were there in 2021?"
B = "How many claims for compensation were received in 2021?"
C = "How many people were affected in 2021?"
RIGHT = [("1", 4), ("2", 0), ("3", 9)]

ARRANGEMENTS = [
    (f"1. {A}\n4\n\n2. {B}\nNone\n\n3. {C}\n9\n", "question, answer"),
    (f"1. {A}\nAnswer: 4\n2. {B}\nAnswer: None\n3. {C}\nAnswer: 9\n", "marked answers"),
    (f"Q1. {A}\nA1. 4\nQ2. {B}\nA2. None\nQ3. {C}\nA3. 9\n", "Q and A with numbers"),
    (f"Q1. {A}\nA: 4\nQ2. {B}\nA: None\nQ3. {C}\nA: 9\n", "bare A"),
    (f"You asked:\n1. {A}\n2. {B}\n3. {C}\n\nOur response:\n1. 4\n2. None\n3. 9\n", "all questions, then numbered answers"),
    (f"Request:\n1) {A}\n2) {B}\n3) {C}\n\nResponse:\n1) Four\n2) Nil\n3) Nine\n", "brackets, spelled"),
    (f"1. {A} 4\n2. {B} None\n3. {C} 9\n", "on the question's own line"),
    (f"1. {A} – 4\n2. {B} – None\n3. {C} – 9\n", "after a dash"),
    (f"Question 1: {A}\nResponse: 4\nQuestion 2: {B}\nResponse: None\nQuestion 3: {C}\nResponse: 9\n", "words"),
    (f"Request 1\n{A}\nAnswer 1\n4\nRequest 2\n{B}\nAnswer 2\nNone\nRequest 3\n{C}\nAnswer 3\n9\n", "labels on lines of their own"),
    (f"[1] {A}\n\n4\n\n[2] {B}\n\nNone\n\n[3] {C}\n\n9\n", "square brackets"),
    (f"**1. {A}**\n\n4\n\n**2. {B}**\n\nNone\n\n**3. {C}**\n\n9\n", "bold"),
    (f"1. {A}\n\n\n\n4\n\n\n\n2. {B}\n\n\n\nNone\n\n\n\n3. {C}\n\n\n\n9\n", "many blank lines"),
]


@pytest.mark.parametrize(("text", "why"), ARRANGEMENTS, ids=[why for _, why in ARRANGEMENTS])
def test_arrangement(text: str, why: str) -> None:
    letter = read(
        "Dear Sir\nThank you for your request. Please find our reply below.\n\n" + text + "\nYours faithfully\n\nInformation Officer\n"
    )
    assert [(a.question, a.value) for a in letter.answers] == RIGHT
    assert evidence_holds(letter)


SUBS = [
    ("1. In 2021:\na) how many data breaches were there?\n4\nb) how many people were affected?\n9\n", ["1a", "1b"], "letters"),
    ("1a) How many data breaches were there in 2021?\n4\n1b) How many people were affected?\n9\n", ["1a", "1b"], "letters glued"),
    ("1.1 How many data breaches were there in 2021?\n4\n1.2 How many people were affected?\n9\n", ["1.1", "1.2"], "decimals"),
    (
        "[1] How many data breaches were there in 2021?\n4\n[1.2] How many people were affected?\n9\n",
        ["1", "1.2"],
        "a decimal under a number",
    ),
    ("1(i) How many data breaches were there in 2021?\n4\n1(ii) How many people were affected?\n9\n", ["1(i)", "1(ii)"], "roman"),
]


@pytest.mark.parametrize(("text", "labels", "why"), SUBS, ids=[why for *_, why in SUBS])
def test_sub_questions(text: str, labels: list[str], why: str) -> None:
    assert [(a.question, a.value) for a in read(text).answers if a.value is not None] == list(zip(labels, [4, 9], strict=True))


RANGES = [
    ("Q1 - Q3 The information is exempt under section 31(1)(a).\n", "Q - Q"),
    ("Questions 1 to 3: The information is exempt under section 31(1)(a).\n", "to"),
    ("1-3. The information is exempt under section 31(1)(a).\n", "numbers"),
    ("In response to questions 1-3: The information is exempt under section 31(1)(a).\n", "in response to"),
]


@pytest.mark.parametrize(("answer", "why"), RANGES, ids=[why for _, why in RANGES])
def test_one_refusal_of_several_questions(answer: str, why: str) -> None:
    letter = read(f"You asked:\n1. {A}\n2. {B}\n3. {C}\n\nOur response:\n{answer}")
    assert [(a.question, a.outcome, a.provisions) for a in letter.answers] == [(q, "withheld", ["s31(1)(a)"]) for q in "123"]


def test_a_question_without_an_answer_borrows_none() -> None:
    letter = read(f"1. {A}\nAnswer: 4\n2. {B}\nAnswer:\n3. {C}\nAnswer: 9\n")
    (answer,) = of(letter, "2")
    assert (answer.outcome, answer.value) == ("unanswered", None)
    assert [a.value for a in letter.answers if a.value is not None] == [4, 9]


def test_the_requesters_own_numbers_are_no_answers() -> None:
    letter = read("1. In 2019 you told me of 22 breaches and relied on s.31(1)(a). How many data breaches were there in 2021?\nAnswer: 4\n")
    assert [(a.value, a.outcome, a.provisions) for a in letter.answers] == [(4, "disclosed", [])]


def test_back_matter_is_no_answer() -> None:
    letter = read(
        f"1. {A}\n4\n\nIf you are unhappy with this reply you may ask for a review within 40 working days. You may then complain to the\n"
        "Information Commissioner, Wycliffe House, SK9 5AF. Tel: 0303 123 1113\n\nYours faithfully\n\nInformation Officer\n"
    )
    assert [(a.question, a.value) for a in letter.answers] == [("1", 4)]
    assert letter.unread == []


GIVEN = (
    Question("1", A, "breach_count", "count"),
    Question("2", B, "compensation_claim_count", "count"),
    Question("3", C, "people_affected", "count"),
)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"1. {A}\n4\n2. {B}\nNone\n3. {C}\n9\n", "as sent"),
        ("1. 4\n2. None\n3. 9\n", "numbers only"),
        (f"3. {A}\n4\n4. {B}\nNone\n5. {C}\n9\n", "renumbered: words decide"),
        (f"\n{A}\n4\n\n{B}\nNone\n\n{C}\n9\n", "no numbers: words decide"),
    ],
)
def test_with_the_request_at_hand(text: str, why: str) -> None:
    letter = read("Dear Sir\n\n" + text, GIVEN)
    assert [(a.question, a.value, a.measure) for a in letter.answers] == [
        ("1", 4, "breach_count"),
        ("2", 0, "compensation_claim_count"),
        ("3", 9, "people_affected"),
    ]


def test_a_question_of_the_request_that_the_letter_leaves_out() -> None:
    letter = read(f"1. {A}\n4\n3. {C}\n9\n", GIVEN)
    assert [(a.question, a.outcome) for a in letter.answers] == [("1", "disclosed"), ("2", "unanswered"), ("3", "disclosed")]


@pytest.mark.parametrize("text", ["", "   \n\n\t", "\ufeff"])
def test_an_empty_letter_is_a_problem(text: str) -> None:
    letter = read(text)
    assert letter.answers == [] and len(letter.problems) == 1


def test_no_question_found_is_a_problem() -> None:
    letter = read("Dear Sir\n\nThank you for your letter.\n\nYours faithfully\n")
    assert letter.answers == [] and letter.problems == ["no question found in it"]


PIECES = st.sampled_from(
    [
        "1. ", "2) ", "Q1. ", "A1. ", "Answer: ", "[1.2] ", "a) ", "How many data breaches were there in 2021?", "None", "6",
        "£1,250.00", "<5*", "N/a", "2021/22", "2019", "\t", " | ", "\n", "\n\n", "- ", "exempt under Section 31(a)",
        "Same as point (1.2)", "As above", "neither confirms nor denies", "Date\tDetails\n",
        "09/01/17\tLetter sent to the wrong house\tHousing\n", "Total", "Yours faithfully\n", "Marsh Council", "section 12",
        "https://a.example/x", "24 January 2018\n", "Request:\n", "Our response:\n", "Q1 - Q4 ", "2021/222022/23", "596248", "(",
        ")", "…", "\x0c", "\u200b", "\r\n",
    ]
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join))


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow])
@given(TEXT)
def test_any_text_is_read_and_every_place_is_its_own_text(text: str) -> None:
    letter = read(text)
    assert evidence_holds(letter)
    assert letter.answers or letter.problems
    assert letter.to_dict() == read(text).to_dict()  # the same text reads the same


@pytest.mark.slow
@given(TEXT)
def test_any_text_is_read_with_a_request_too(text: str) -> None:
    letter = read(text, GIVEN)
    assert evidence_holds(letter)
    if text.strip():
        assert {q.label for q in GIVEN} <= {a.question for a in letter.answers} or letter.problems


def test_pages_are_named() -> None:
    assert {a.page for a in read(f"1. {A}\n4\n").answers} == {1}
    assert document("x").pages[0].number == 1
