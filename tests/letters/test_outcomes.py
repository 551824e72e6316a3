"""What kind of answer the words are. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.model import OUTCOMES

from .said import answer_to

COUNT = "How many data breaches were there in 2021?"
LIST = "Please list the details of these breaches."
YES_NO = "Do you hold cyber insurance?"

CASES = [
    (COUNT, "N/A", "not_applicable", "capitals"),
    (COUNT, "N/a", "not_applicable", "mixed"),
    (COUNT, "Not applicable.", "not_applicable", "words"),
    (COUNT, "None", "nil", "none"),
    (COUNT, "There have been no breaches.", "nil", "sentence"),
    (COUNT, "Nil return", "nil", "nil return"),
    (LIST, "None", "nil", "none, of a list"),
    (COUNT, "Not held", "not_held", "bare"),
    (COUNT, "Information not held.", "not_held", "information not held"),
    (COUNT, "We do not hold this information.", "not_held", "we do not hold"),
    (COUNT, "This is not recorded centrally.", "not_held", "not recorded"),
    (COUNT, "There is no central record of breaches.", "not_held", "no central record"),
    (LIST, "The information is exempt under section 31(1)(a) of the Act.", "withheld", "exempt"),
    (LIST, "The information is withheld under s.40(2).", "withheld", "withheld"),
    (LIST, "Information witheld under s.40(2).", "withheld", "misspelt"),
    (LIST, "An exemption applies under section 43(2).", "withheld", "exemption applies"),
    (LIST, "Notice of Refusal: section 31(1)(a) is engaged.", "withheld", "notice"),
    (LIST, "(Section 43)", "withheld", "section in brackets"),
    (COUNT, "The Council neither confirms nor denies that it holds this, under section 31(3).", "neither_confirmed_nor_denied", "stock"),
    (COUNT, "We can neither confirm or deny that this is held.", "neither_confirmed_nor_denied", "or for nor"),
    (COUNT, "NCND under section 31(3).", "neither_confirmed_nor_denied", "letters"),
    (COUNT, "To answer would exceed the appropriate limit under section 12.", "cost_limit", "appropriate limit"),
    (COUNT, "To answer would exceed the appropriate costs limit.", "cost_limit", "no section"),
    (COUNT, "It would take in excess of 18 hours to find this.", "cost_limit", "hours"),
    (COUNT, "Your request is vexatious under section 14(1).", "vexatious_or_repeated", "vexatious"),
    (COUNT, "This is a repeated request under section 14(2).", "vexatious_or_repeated", "repeated"),
    (COUNT, "Please see the attached spreadsheet.", "already_accessible", "attached"),
    (COUNT, "This is available on the Council's website.", "already_accessible", "website"),
    (COUNT, "Published at https://www.example.gov.uk/breaches (section 21).", "already_accessible", "s21 and link"),
    (COUNT, "Could you please clarify what you mean by breaches?", "clarification_sought", "clarify"),
    (YES_NO, "Yes", "disclosed", "yes"),
    (YES_NO, "No", "disclosed", "no, to yes or no"),
    (LIST, "Two letters went to a former address and one e-mail to the wrong person.", "disclosed", "prose"),
    ("Who is your data protection officer?", "The Head of Legal Services", "disclosed", "text"),
]


@pytest.mark.parametrize(("question", "said", "outcome", "why"), CASES, ids=[why for *_, why in CASES])
def test_outcome(question: str, said: str, outcome: str, why: str) -> None:
    answers = answer_to(question, said, {COUNT: "count", LIST: "details", YES_NO: "yes_no"}.get(question, "text"))
    assert [a.outcome for a in answers] == [outcome]
    (answer,) = answers
    assert answer.quote and said[answer.start : answer.end] == answer.quote


def test_not_held_and_yet_a_figure() -> None:
    rows = answer_to("How many bays were there in 2021?", "Not held. However, 59 new bays were marked in 2021.", "count")
    assert {a.outcome for a in rows} == {"not_held", "disclosed"}
    assert [a.value for a in rows if a.value is not None] == [59]


def test_one_half_given_and_one_withheld() -> None:
    rows = answer_to("What was lost, and of what make?", "All were laptops. The makes are exempt under section 31(1)(a).", "details")
    assert [(a.outcome, a.provisions) for a in rows] == [("partly_withheld", ["s31(1)(a)"])]


def test_figures_given_beside_a_refusal() -> None:
    rows = answer_to(
        "How many data breaches were there in 2021, and what happened?",
        "There were 14 breaches.\nThe details are exempt under section 40(2) of the Act.",
        "count",
    )
    assert [(a.outcome, a.value, a.provisions) for a in rows] == [("disclosed", 14, []), ("withheld", None, ["s40(2)"])]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("There were 14. The Act gives a general right of access, and exempts some records.", "law in general"),
        ("There were 14. If you are unhappy with this refusal or reply, ask for a review.", "boilerplate"),
        ("There were 14; no exemptions were applied.", "none applied"),
    ],
)
def test_talk_of_the_law_is_no_refusal(said: str, why: str) -> None:
    assert [(a.outcome, a.value) for a in answer_to(COUNT, said, "count")] == [("disclosed", 14)]


WORDS = st.sampled_from(
    [
        "none",
        "not",
        "held",
        "no",
        "exempt",
        "under",
        "section",
        "31(1)(a)",
        "12",
        "neither",
        "confirms",
        "nor",
        "denies",
        "the",
        "council",
        "14",
        "breaches",
        "see",
        "attached",
        "N/A",
        ".",
        ",",
        "\n",
        "yes",
    ]
)


@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=25).map(" ".join)), st.sampled_from([COUNT, LIST, YES_NO, ""]))
def test_any_answer_has_an_outcome(said: str, question: str) -> None:
    rows = answer_to(question, said)
    assert rows
    for row in rows:
        assert row.outcome in OUTCOMES
        assert row.outcome == "unanswered" or said[row.start : row.end] == row.quote
        assert (row.outcome == "nil") == (row.value == 0) or row.value is None
        assert row.outcome != "suppressed" or row.value is None
    assert rows == answer_to(question, said)
