"""Figures of lines and sentences. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .said import answer_to

COUNT = "How many data breaches were there in 2021?"
SINGLE = [
    ("Six", 6, "spelled"),
    ("6", 6, "alone"),
    ("6.", 6, "stop"),
    ("**6**", 6, "bold"),
    ("413 incidents", 413, "noun"),
    ("2 known", 2, "known"),
    ("There were 14 data breaches.", 14, "there were"),
    ("The Council recorded 14 breaches in 2021.", 14, "recorded"),
    ("We can confirm that 14 breaches were reported in that year.", 14, "we can confirm"),
    ("In total, 14.", 14, "in total"),
    ("A total of 14 breaches were logged.", 14, "a total of"),
    ("In 2021 there were twenty-one breaches.", 21, "spelled in a sentence"),
    ("2021: 14", 14, "year before"),
    ("14 in 2021", 14, "year after"),
    ("Approximately 100", 100, "rough"),
    ("1,356", 1356, "thousands"),
]


@pytest.mark.parametrize(("said", "value", "why"), SINGLE, ids=[why for *_, why in SINGLE])
def test_one_figure(said: str, value: float, why: str) -> None:
    (answer,) = answer_to(COUNT, said, "count", "breach_count")
    assert (answer.value, answer.outcome, answer.unit) == (value, "disclosed", "count")
    assert (answer.period_start, answer.period_end) == ("2021-01-01", "2021-12-31")


NILS = [
    "0",
    "Nil",
    "None",
    "none.",
    "None known",
    "Zero",
    "No.",
    "There were no data breaches.",
    "There have been no breaches recorded.",
    "No breaches were recorded in 2021.",
]


@pytest.mark.parametrize("said", NILS)
def test_none_is_nought(said: str) -> None:
    (answer,) = answer_to(COUNT, said, "count", "breach_count")
    assert (answer.value, answer.outcome) == (0, "nil")


MONEY = "How much compensation did the council pay for data breaches in 2021/22?"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("£10,750", 10750),
        ("£ 928.87", 928.87),
        ("3,387,477.99", 3387477.99),
        ("£1.5m", 1_500_000),
        ("The council paid £450.", 450),
        ("£0", 0),
        ("£0.00", 0),
        ("Nil", 0),
    ],
)
def test_money(said: str, value: float) -> None:
    (answer,) = answer_to(MONEY, said, "money", "compensation_paid_gbp")
    assert (answer.value, answer.unit, answer.measure) == (value, "GBP", "compensation_paid_gbp")
    assert answer.outcome == ("nil" if value == 0 else "disclosed")


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [("<5", 0, 4), ("Fewer than 5", 0, 4), ("fewer than five", 0, 4), ("between 1 and 5", 1, 5), ("Less than 10", 0, 9)],
)
def test_small_numbers_keep_their_interval(said: str, low: float, high: float) -> None:
    (answer,) = answer_to(COUNT, said, "count", "breach_count")
    assert (answer.outcome, answer.value, answer.low, answer.high) == ("suppressed", None, low, high)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("To answer would exceed the appropriate limit of £450, or 18 hours at £25 per hour. There are 476 files.", "cost limit"),
        ("This is refused under section 12. It would take 3 to 5 minutes for each of 1,193 records.", "cost limit, minutes"),
        ("The request is vexatious under section 14(1); you have sent 22 requests since 2019.", "vexatious"),
        ("The information is exempt under section 31(1)(a) of the Freedom of Information Act 2000.", "exempt"),
        ("Not held. Records are kept for 6 years under our policy.", "not held"),
        ("Please see https://www.example.gov.uk/board/2021/14 for the figures.", "link"),
    ],
)
def test_numbers_of_an_argument_are_no_figures(said: str, why: str) -> None:
    assert [a.value for a in answer_to(COUNT, said, "count") if a.value is not None] == []


def test_measures_of_one_sentence_are_told_apart() -> None:
    rows = answer_to(COUNT, "There were 14 data breaches, of which 3 were reported to the ICO.", "count")
    assert [(a.value, a.measure) for a in rows] == [(14, "breach_count"), (3, "ico_reported_count")]


def test_counts_and_sums_on_one_line() -> None:
    rows = answer_to("How many claims were there in 2021/22, and what was paid?", "765 claims, 176 accepted, £38,819 paid", "count")
    assert [(a.value, a.unit) for a in rows] == [(765, "count"), (176, "count"), (38819, "GBP")]


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("Dismissed = 5\nFinal written warning =1", {"Dismissed": 5, "Final written warning": 1}),
        ("Lost: 4\nStolen: 9", {"Lost": 4, "Stolen": 9}),
        ("Lost – 4\nStolen – 9", {"Lost": 4, "Stolen": 9}),
    ],
)
def test_parts(said: str, parts: dict[str, float]) -> None:
    rows = answer_to("How many laptops were lost or stolen in 2021, by kind?", said, "count")
    assert {a.breakdown: a.value for a in rows} == parts


def test_an_undated_figure_for_several_years_is_for_a_person() -> None:
    (answer,) = answer_to("How many data breaches were there in each of the years 2019, 2020 and 2021?", "There were 14 breaches.", "count")
    assert answer.review_reasons == ["open_period_assumed"]


@given(
    st.integers(0, 10**6),
    st.integers(2001, 2039),
    st.sampled_from(["{y}: {v:,}", "{y} - {v:,}", "{y} = {v:,}", "In {y} there were {v:,} breaches.", "{v:,} in {y}"]),
)
def test_a_year_and_its_figure(value: int, year: int, manner: str) -> None:
    (answer,) = answer_to("How many data breaches were there?", manner.format(y=year, v=value), "count", "breach_count")
    assert (answer.value, answer.period_start, answer.period_end) == (value, f"{year}-01-01", f"{year}-12-31")


def test_a_year_whose_pound_sign_was_left_out_is_money() -> None:
    rows = answer_to("How much compensation was paid in each year?", "2022/23 - £4,250.00\n2023/24 - 13,000\n2024/25 - £31,650.57\n")
    assert [(a.value, a.unit, a.measure) for a in rows] == [(v, "GBP", "compensation_paid_gbp") for v in (4250, 13000, 31650.57)]


def test_a_refusal_of_one_year_beside_the_others_figures_is_of_that_year() -> None:
    said = "2022/23: £1,900.00 and 2024/25: £7,450.00. The amount for 2023/24 is withheld under section 40(2) of the Act."
    rows = answer_to("How much compensation was paid in 2022/23, 2023/24 and 2024/25?", said)
    refused = [a for a in rows if a.outcome in ("withheld", "partly_withheld")]
    assert [(a.period_start, a.period_end) for a in refused] == [("2023-04-01", "2024-03-31")]


def test_figures_given_respectively_to_nothing_are_doubtful() -> None:
    rows = answer_to("What was paid in damages?", "The damages were £1,500, £700 and £2,250 respectively.")
    assert [(a.value, a.breakdown) for a in rows] == [(1500, None), (700, None), (2250, None)]
    assert all("same_slot" in a.review_reasons for a in rows)


def test_numbers_of_the_cost_argument_are_no_answer() -> None:
    said = "There were in excess of 11,400 cases. At 3 minutes each that is 570 hours; the appropriate limit is 18 hours (section 12)."
    assert [(a.outcome, a.value) for a in answer_to("How many cases were there?", said)] == [("cost_limit", None)]


def test_less_than_a_sum_is_money() -> None:
    question = "How many claims were made, and how much was paid in 2022/23 and 2023/24?"
    rows = answer_to(question, "2022/23: £1,000\n2023/24: less than £500\n")
    assert [(a.outcome, a.unit, a.low, a.high) for a in rows] == [("disclosed", "GBP", 1000, 1000), ("suppressed", "GBP", 0, 499)]


def test_counts_of_one_question_each_take_the_measure_of_their_clause() -> None:
    question = "How many data breaches were there in 2024/25, how many were reported to the ICO and how many people did they affect?"
    said = "In 2024/25 the Council had 73 data breaches. Of these, 4 were reported to the ICO, and 1,312 people were affected."
    rows = {a.value: a.measure for a in answer_to(question, said, "count")}
    assert rows.get(73) == "breach_count" and rows.get(1312) == "people_affected" and rows.get(4) in ("ico_reported_count", None)
