"""What a question wants: kind of answer, measure, periods. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.asked import kinds_of, main_measure, understand
from foi_lib.letters.model import QUESTION_KINDS

KINDS = [
    ("How many data breaches did you have in 2021?", "count", "how many"),
    ("Please give the number of claims received.", "count", "number of"),
    ("The total number of laptops lost", "count", "no verb"),
    ("How often was the policy breached?", "count", "how often"),
    ("How much has the council paid in compensation?", "money", "how much"),
    ("What was the total cost of repairs?", "money", "cost"),
    ("What sum was paid to claimants?", "money", "sum"),
    ("What did you spend on cyber security?", "money", "spend"),
    ("What percentage of requests were late?", "percentage", "percentage"),
    ("What proportion of staff were trained?", "percentage", "proportion"),
    ("Do you have cyber insurance?", "yes_no", "do you"),
    ("Has the council been attacked with ransomware?", "yes_no", "has"),
    ("Please confirm whether you hold a register.", "yes_no", "confirm whether"),
    ("When did the policy come into force?", "date", "when"),
    ("On what date was the ICO told?", "date", "on what date"),
    ("Please list the details of these breaches.", "details", "list"),
    ("Describe what happened in each case.", "details", "describe"),
    ("Who is your data protection officer?", "text", "who"),
]


@pytest.mark.parametrize(("question", "kind", "why"), KINDS, ids=[why for *_, why in KINDS])
def test_kind(question: str, kind: str, why: str) -> None:
    assert kinds_of(question)[0] == kind


BREACHES = "How many personal data breaches were there in each year?"
CYBER = "How many cyber attacks did the council suffer?"
CLAIMS = "How many claims for compensation after a data breach did you receive?"
MEASURES = [
    (BREACHES, "", "breach_count", "breaches"),
    ("Number of data security incidents recorded in 2022", "", "incident_count", "incidents"),
    ("How many cyber security incidents occurred?", "", "cyber_incident_count", "cyber incidents"),
    (CYBER, "", "cyber_attack_count", "attacks"),
    ("How many ransomware attacks were there?", "", "cyber_attack_count", "ransomware"),
    ("Of these, how many were cyber-incidents?", BREACHES, "cyber_incident_count", "of these, narrower"),
    ("How many of these did you report to the Information Commissioner?", BREACHES, "ico_reported_count", "reported"),
    ("How many were notified to the ICO?", BREACHES, "ico_reported_count", "notified"),
    ("How many people were affected by these breaches?", BREACHES, "people_affected", "people"),
    ("How many data subjects were affected in total?", BREACHES, "people_affected", "data subjects"),
    ("How much compensation was paid for data breaches?", "", "compensation_paid_gbp", "compensation"),
    ("What was the total amount paid out for those claims?", CLAIMS, "compensation_paid_gbp", "paid out for those"),
    (CLAIMS, "", "compensation_claim_count", "claims"),
    ("How many of these claims were settled?", CLAIMS, "compensation_claim_count", "claims settled"),
    ("How much did you spend on solicitors in data breach cases?", "", "cost_gbp", "lawyers"),
    ("Please list the details of these breaches.", BREACHES, "breach_details", "details"),
    ("Please describe each data incident.", "", "incident_details", "incident details"),
    ("Please list details of these cyber incidents.", CYBER, "cyber_incident_details", "cyber details"),
    ("How many potholes were repaired?", "", "other", "roads"),
    ("What income did you receive from parking?", "", "other", "income"),
    ("How many planning applications were received?", "", "other", "planning"),
]


@pytest.mark.parametrize(("question", "subject", "measure", "why"), MEASURES, ids=[why for *_, why in MEASURES])
def test_measure(question: str, subject: str, measure: str, why: str) -> None:
    assert main_measure(understand(question, subject=subject)) == measure


def test_incidents_told_apart_from_breaches() -> None:
    subject = "If you tell data breaches from data incidents, how many data incidents were there?"
    assert main_measure(understand("Please list the details of these incidents.", subject=subject)) == "incident_details"
    assert main_measure(understand("Please list the details of these breaches.", subject=subject)) == "breach_details"


@pytest.mark.parametrize(
    ("question", "context", "periods", "own"),
    [
        ("How many in 2021/22 and 2022/23?", "", [("2021-04-01", "2022-03-31"), ("2022-04-01", "2023-03-31")], True),
        ("How many in the calendar year 2017?", "", [("2017-01-01", "2017-12-31")], True),
        ("How many?", "Please answer for 2019 and 2020:", [("2019-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31")], False),
        ("How many in 2018?", "Please answer for 2019:", [("2018-01-01", "2018-12-31")], True),  # its own first
        ("How many in the last three years?", "", [], False),  # relative: no dates
        ("How many?", "Thank you for your letter received on 3 May 2022", [], False),  # the date of a letter
        ("How many in the academic year 2021/22?", "", [("2021-09-01", "2022-08-31")], True),
    ],
)
def test_periods(question: str, context: str, periods: list[tuple[str, str]], own: bool) -> None:
    asked = understand(question, context)
    assert ([(p.start, p.end) for p in asked.periods], asked.own_period) == (periods, own)


@pytest.mark.parametrize(
    ("question", "each"),
    [
        ("How many in each year?", True),
        ("How many per financial year?", True),
        ("How many, by year?", True),
        ("How many in 2019 and 2020?", True),
        ("How many in 2019?", False),
    ],
)
def test_one_figure_a_year(question: str, each: bool) -> None:
    assert understand(question).per_year is each


def test_the_request_goes_before_the_words() -> None:
    asked = understand("How many data breaches?", kind="money", measure="cost_gbp")
    assert (asked.kind, main_measure(asked)) == ("money", "cost_gbp")


WORDS = st.sampled_from(
    "how many much breaches data cyber claims paid compensation ICO reported people affected list details of these when £".split()  # noqa: SIM905
)


@given(st.one_of(st.text(max_size=120), st.lists(WORDS, max_size=14).map(" ".join)), st.lists(WORDS, max_size=6).map(" ".join))
def test_any_question_has_a_kind_and_a_measure(text: str, subject: str) -> None:
    asked = understand(text, subject=subject)
    assert asked.kinds and set(asked.kinds) <= set(QUESTION_KINDS)
    assert main_measure(asked)
