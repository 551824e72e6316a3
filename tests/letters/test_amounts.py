"""Figures, sums and small-number phrases; what looks like a figure and is none. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.amounts import TENS, UNITS, find_amounts, spelled_number, to_number

COUNTS = [
    ("6", [6], "alone"),
    ("Five", [5], "spelled"),
    ("Twenty-one", [21], "spelled, hyphen"),
    ("a hundred and five", [105], "spelled, long"),
    ("413 incidents", [413], "with its noun"),
    ("1,356 days lost", [1356], "thousands"),
    ("126.44 FTE", [126.44], "decimal"),
    ("(a) = 5", [5], "equals after a letter"),
    ("Dismissed = 5", [5], "category"),
    ("Final written warning =1", [1], "no space after the sign"),
    ("46 claims made/ 0 outstanding", [46, 0], "slash between two"),
    ("2950 requests, 2237 answered, 713 not", [2950, 2237, 713], "nested counts"),
    ("3092 charge certificates issued", [3092], "no comma"),
    ("2 known", [2], "qualifier after"),
]


@pytest.mark.parametrize(("text", "values", "why"), COUNTS, ids=[why for *_, why in COUNTS])
def test_counts(text: str, values: list[float], why: str) -> None:
    found = find_amounts(text, 0, len(text))
    assert [t.value for t in found] == values
    assert all(t.kind == "count" for t in found)


MONEY = [
    ("£487,177.66", [487177.66], "pence"),
    ("£ 928,520.87", [928520.87], "space after the sign"),
    ("£10,750", [10750], "pounds only"),
    ("£0", [0], "none"),
    ("£31,650,57", [31650.57], "comma for the point"),
    ("£1.2m", [1_200_000], "millions"),
    ("£3.5 million", [3_500_000], "millions, spelled"),
    ("£45k", [45_000], "thousands"),
    ("GBP 1200", [1200], "currency code"),
    ("300 pounds", [300], "currency word"),
    ("-£250.00", [-250], "taken back"),
    ("£X property damage", [], "a mask"),
]


@pytest.mark.parametrize(("text", "values", "why"), MONEY, ids=[why for *_, why in MONEY])
def test_money(text: str, values: list[float], why: str) -> None:
    found = [t for t in find_amounts(text, 0, len(text)) if t.kind == "money"]
    assert [t.value for t in found] == values


SMALL = [
    ("<5", 0, 4, "sign"),
    ("<5*", 0, 4, "star"),
    ("&lt;5", 0, 4, "entity left over"),
    ("Fewer than 5", 0, 4, "words"),
    ("fewer than ten", 0, 9, "spelled"),
    ("less than 10", 0, 9, "less than"),
    ("between 1 and 5", 1, 5, "between"),
    ("five or fewer", 0, 5, "or fewer"),
    ("1-5", 1, 5, "a range in a cell"),
    (">60 but less than 120", 61, 119, "both bounds"),
]


@pytest.mark.parametrize(("text", "low", "high", "why"), SMALL, ids=[why for *_, why in SMALL])
def test_small_numbers_are_intervals(text: str, low: float, high: float, why: str) -> None:
    (token,) = find_amounts(text, 0, len(text))
    assert (token.kind, token.value, token.low, token.high) == ("suppressed", None, low, high)


@pytest.mark.parametrize("text", ["Nil", "nil.", "2022/23: zero", "zero pounds", "NIL"])
def test_words_for_none(text: str) -> None:
    assert [(t.kind, t.value) for t in find_amounts(text, 0, len(text))] == [("zero", 0)]


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("approximately 100 files", "approximately"),
        ("around 40", "around"),
        ("in excess of 300", "in excess of"),
        ("2 known", "known"),
        ("100 or more", "or more"),
    ],
)
def test_rough_figures_say_so(text: str, qualifier: str) -> None:
    (token,) = find_amounts(text, 0, len(text))
    assert token.qualifier == qualifier


NONE = [
    ("Section 31(1)(a)", "provision"),
    ("sections 40(2) and 43", "provisions"),
    ("s.12 of the Freedom of Information Act 2000", "Act and year"),
    ("regulation 12(4)(b)", "regulation"),
    ("Article 5(1) of the UK GDPR", "article"),
    ("question 2 above", "question"),
    ("see point 1.2", "point"),
    ("Tel: 01632 960123", "telephone"),
    ("020 7946 0018", "telephone, bare"),
    ("ZZ99 3WZ", "postcode"),
    ("https://www.example.gov.uk/foi/2023/441", "link"),
    ("mail foi2@example.gov.uk", "mail"),
    ("FOI-2023-0441", "reference"),
    ("FOI598417180", "reference, glued"),
    ("14/01/18", "date"),
    ("24 January 2018", "date in words"),
    ("2021/22", "year"),
    ("18 hours", "duration"),
    ("20 working days", "duration, working days"),
    ("£25 per hour", "rate"),
    ("the 3rd quarter", "ordinal"),
    ("at 10:30am", "time"),
    ("24/7", "round the clock"),
    ("ISO 27001", "standard"),
    ("breaches-2017.xlsx", "file name"),
    ("Windows 10", "product"),
    ("1 April 20141 May 201429 April 2014", "dates of a log run together"),
    ("nothing in 20", "a year cut off with the page"),
]


@pytest.mark.parametrize(("text", "why"), NONE, ids=[why for _, why in NONE])
def test_no_answer_is_seen_in(text: str, why: str) -> None:
    assert find_amounts(text, 0, len(text)) == []


@given(st.decimals(min_value=0, max_value=10**9, places=2))
def test_sums_come_back(value) -> None:  # type: ignore[no-untyped-def]
    assert to_number(f"{value:,}") == float(value)
    text = f"£{value:,}"
    (token,) = find_amounts(text, 0, len(text))
    assert (token.value, text[token.begin : token.stop]) == (float(value), text)


ONES = list(UNITS)


@given(st.integers(1, 99), st.sampled_from([" ", "-"]))
def test_spelled_numbers_come_back(number: int, joiner: str) -> None:
    ten, one = divmod(number, 10)
    words = ONES[number - 1] if number < 20 else list(TENS)[ten - 2] + (joiner + ONES[one - 1] if one else "")
    assert spelled_number(words) == number
    (token,) = find_amounts(words, 0, len(words))
    assert (token.value, token.begin, token.stop) == (number, 0, len(words))


PIECES = st.sampled_from(
    ["£", "1,234.50", "2019", "12", "<5", "%", "(", ")", "s.", "31(1)(a)", "between", "and", "five", "or fewer", "-", ".", "/", "\n", "nil"]
)
TEXT = st.one_of(st.text(max_size=150), st.lists(PIECES, max_size=15).map(" ".join), st.lists(PIECES, max_size=15).map("".join))


@given(TEXT)
def test_places_are_ordered_and_inside(text: str) -> None:
    at = 0
    for token in find_amounts(text, 0, len(text)):
        assert at <= token.begin < token.stop <= len(text)
        assert token.low is not None and token.high is not None and token.low <= token.high
        at = token.stop
