"""Labels of questions and answers at the start of a line. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.labels import ROMAN, label_text, named_labels, read_label, sort_key

LABELS = [
    ("1. How many", "", ("1",), "point"),
    ("1) Five", "", ("1",), "bracket"),
    ("(1) Five", "", ("1",), "two brackets"),
    ("[1.2] Please", "", ("1", "2"), "square brackets, decimal"),
    ("Q1. How many", "Q", ("1",), "Q"),
    ("Q.1 How many", "Q", ("1",), "Q with a point"),
    ("Question 3: How", "Q", ("3",), "word"),
    ("Request 2", "Q", ("2",), "request"),
    ("A1. Six", "A", ("1",), "A"),
    ("Answer 2: Six", "A", ("2",), "answer"),
    ("Response to Question 4", "A", ("4",), "response to a question"),
    ("1a) Of these", "", ("1", "a"), "letter glued"),
    ("Q1b) Of these", "Q", ("1", "b"), "Q, letter glued"),
    ("8a. Of these", "", ("8", "a"), "letter and point"),
    ("(ii) of these", "", ("ii",), "roman"),
    ("a. how many", "", ("a",), "letter"),
    ("b) how many", "", ("b",), "letter, bracket"),
    ("1(a) how many", "", ("1", "a"), "letter in brackets"),
    ("2.1 How many", "", ("2", "1"), "decimal before words"),
    ("(6.) How many", "", ("6",), "point inside the bracket"),
]


@pytest.mark.parametrize(("text", "role", "parts", "why"), LABELS, ids=[why for *_, why in LABELS])
def test_label(text: str, role: str, parts: tuple[str, ...], why: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is not None
    assert (label.role, label.parts, label.begin) == (role, parts, 0)
    assert 0 < label.stop <= len(text)


RANGES = [
    ("Q1 - Q4 Refused", ("1",), ("4",), "Q - Q"),
    ("Questions 1 to 3: not held", ("1",), ("3",), "to"),
    ("1 - 3. Not applicable", ("1",), ("3",), "numbers"),
    ("A.1 - 3 Not held", ("1",), ("3",), "answers"),
    ("b) - e) Not held", ("b",), ("e",), "letters"),
    ("3.-5. Not applicable", ("3",), ("5",), "points and a dash"),
]


@pytest.mark.parametrize(("text", "first", "last", "why"), RANGES, ids=[why for *_, why in RANGES])
def test_range(text: str, first: tuple[str, ...], last: tuple[str, ...], why: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is not None and (label.parts, label.range_to) == (first, last)


@pytest.mark.parametrize("text", ["Answers 1 & 2: None", "Questions 1 and 2: None", "1. & 2. None", "Q1 and Q2 None"])
def test_two_at_once(text: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is not None and label.targets == (("1",), ("2",)) and label.range_to is None


@pytest.mark.parametrize(
    "text", ["Answer: Six", "Response: None", "A: six", "A) six", "Reply: see below", "Our response: none", "Council's response: none"]
)
def test_answer_without_a_number(text: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is not None and (label.role, label.targets) == ("A", ())


NOT_LABELS = [
    ("14/01/18 was the date", "date"),
    ("24 January 2018", "date in words"),
    ("2021/22: 4", "year"),
    ("1,250 requests", "thousands"),
    ("3.5 million pounds", "decimal"),
    ("12% of them", "percentage"),
    ("2nd of the month", "ordinal"),
    ("e.g. a letter", "abbreviation"),
    ("i.e. none", "abbreviation"),
    ("A 77 road", "road"),
    ("£10,750", "sum"),
    ("6", "a bare figure"),
    ("Part 2 of the Act applies", "part of an Act"),
    ("413 incidents", "figure and noun"),
    ("Please see below", "words"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), NOT_LABELS, ids=[why for _, why in NOT_LABELS])
def test_no_label(text: str, why: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is None or label.stop == 0, label


@pytest.mark.parametrize(
    ("parts", "text"),
    [(("1",), "1"), (("1", "2"), "1.2"), (("1", "a"), "1a"), (("1", "ii"), "1(ii)"), (("a",), "a"), (("12", "3", "b"), "12.3b")],
)
def test_label_is_written(parts: tuple[str, ...], text: str) -> None:
    assert label_text(parts) == text


@pytest.mark.parametrize(
    ("text", "targets", "last"),
    [
        ("see our answer to question 2 above", [("2",)], None),
        ("Same as point (1.2)", [("1", "2")], None),
        ("questions 3 and 4 are refused", [("3",), ("4",)], None),
        ("questions 1-4 are refused", [("1",)], ("4",)),
        ("refer to Q2b", [("2", "b")], None),
    ],
)
def test_named_in_running_text(text: str, targets: list[tuple[str, ...]], last: tuple[str, ...] | None) -> None:
    ((found, range_to, begin, stop),) = named_labels(text)
    assert (found, range_to) == (targets, last)
    assert 0 <= begin < stop <= len(text)


@pytest.mark.parametrize("text", ["in 20 questions", "question everything", "section 31(1)(a)", "50% of requests", "questions"])
def test_nothing_named(text: str) -> None:
    assert named_labels(text) == []


@given(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 60)), min_size=2, max_size=8))
def test_numbers_sort_as_numbers(pairs: list[tuple[int, int]]) -> None:
    labels = [(str(a), str(b)) if b else (str(a),) for a, b in pairs]
    in_order = sorted(labels, key=sort_key)
    assert [tuple(map(int, label)) for label in in_order] == sorted(tuple(map(int, label)) for label in labels)


def test_romans_sort_as_numbers() -> None:
    romans = list(ROMAN)
    assert sorted(romans, key=lambda r: sort_key((r,))) == romans
    assert sort_key(("9",)) < sort_key(("10",)) < sort_key(("10", "a")) < sort_key(("10", "b"))


PIECES = st.sampled_from(
    ["Q", "A", "1", "2", ".", ")", "(", "[", "]", "a", "ii", "-", "to", "&", "and", ":", " ", "Question", "12", "/", "2019"]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map("".join), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_line_is_read(text: str) -> None:
    label = read_label(text, 0, len(text))
    assert label is None or 0 <= label.begin <= label.stop <= len(text)
    for targets, _, begin, stop in named_labels(text):
        assert targets and 0 <= begin < stop <= len(text)
