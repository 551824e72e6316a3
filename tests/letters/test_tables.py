"""Tables in an answer's text, however damaged: which figures, of which year and row. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.columns import find_columns
from foi_lib.letters.lines import split_lines

from .said import answer_to, read

FY = {y: (f"{y}-04-01", f"{y + 1}-03-31") for y in range(2010, 2030)}
CY = {y: (f"{y}-01-01", f"{y}-12-31") for y in range(2010, 2030)}
ASKED = "How many data breaches were there in each year?"


def figures(said: str, question: str = ASKED) -> list[tuple[float | None, tuple[str | None, str | None]]]:
    return [(a.value, (a.period_start, a.period_end)) for a in answer_to(question, said, "count") if a.unit]


YEARS = [(4, FY[2019]), (7, FY[2020]), (9, FY[2021])]
BY_YEAR = [
    ("Year\tBreaches\n2019/20\t4\n2020/21\t7\n2021/22\t9\n", "tabs"),
    ("| Year | Breaches |\n|---|---|\n| 2019/20 | 4 |\n| 2020/21 | 7 |\n| 2021/22 | 9 |\n", "pipes with a rule"),
    ("Year | Breaches\n2019/20 | 4\n2020/21 | 7\n2021/22 | 9\n", "pipes inside only"),
    ("2019/20 | 4 |\n2020/21 | 7 |\n2021/22 | 9 |\n", "pipes, no heading"),
    ("2019/20\t2020/21\t2021/22\n4\t7\t9\n", "years across, tabs"),
    ("| 2019/20 | 2020/21 | 2021/22 |\n| 4 | 7 | 9 |\n", "years across, pipes"),
    ("2019/20  2020/21  2021/22\n4  7  9\n", "years across, spaces"),
    ("2019/20 4\n2020/21 7\n2021/22 9\n", "a line a year, space"),
    ("2019/20: 4\n2020/21: 7\n2021/22: 9\n", "colon"),
    ("2019/20 - 4\n2020/21 - 7\n2021/22 - 9\n", "dash"),
    ("2019/20 = 4\n2020/21 =7\n2021/22= 9\n", "equals, spacing varies"),
    ("• 2019/20 – 4\n• 2020/21 – 7\n• 2021/22 – 9\n", "bullets"),
    ("2019/20: 4; 2020/21: 7; 2021/22: 9\n", "one line"),
    ("4 (2019/20), 7 (2020/21), 9 (2021/22)\n", "figure before its year"),
    ("Year\n2019/20\n2020/21\n2021/22\nBreaches\n4\n7\n9\n", "a cell a line, columns"),
    ("Year\nBreaches\n2019/20\n4\n2020/21\n7\n2021/22\n9\n", "a cell a line, rows"),
    ("2019/20\tfour\n2020/21\tseven\n2021/22\tnine\n", "spelled"),
]


@pytest.mark.parametrize(("said", "why"), BY_YEAR, ids=[why for _, why in BY_YEAR])
def test_three_years(said: str, why: str) -> None:
    assert figures(said) == YEARS


@pytest.mark.parametrize("heading", ["Please see the table below:\n\n", "", "The figures are as follows.\n"])
def test_words_above_a_table_do_no_harm(heading: str) -> None:
    assert figures(heading + "Year\tBreaches\n2019/20\t4\n2020/21\t7\n2021/22\t9\n") == YEARS


def test_parts_and_years() -> None:
    rows = answer_to(ASKED, "\t2021\t2022\nLost post\t3\t5\nWrong e-mail\t11\t8\nTotal\t14\t13\n", "count")
    found = {(a.breakdown, a.period_start): a.value for a in rows}
    assert found == {
        ("Lost post", "2021-01-01"): 3,
        ("Lost post", "2022-01-01"): 5,
        ("Wrong e-mail", "2021-01-01"): 11,
        ("Wrong e-mail", "2022-01-01"): 8,
        (None, "2021-01-01"): 14,
        (None, "2022-01-01"): 13,
    }
    assert not any(a.needs_review for a in rows)


def test_a_total_that_does_not_add_up_is_for_a_person() -> None:
    rows = answer_to(ASKED, "\t2021\t2022\nLost post\t3\t5\nWrong e-mail\t11\t8\nTotal\t15\t13\n", "count")
    assert [(a.value, a.period_start) for a in rows if "total_differs" in a.review_reasons] == [(15, "2021-01-01")]


def test_months_down_and_years_across() -> None:
    rows = answer_to(ASKED, "Month\t2021\t2022\nJanuary\t3\t5\nFebruary\t2\t8\n", "count")
    assert {(a.value, a.period_start, a.period_end) for a in rows} == {
        (3, "2021-01-01", "2021-01-31"),
        (5, "2022-01-01", "2022-01-31"),
        (2, "2021-02-01", "2021-02-28"),
        (8, "2022-02-01", "2022-02-28"),
    }


CELLS = [
    ("0", 0, "nil"),
    ("Nil", 0, "nil"),
    ("None", 0, "nil"),
    ("<5", None, "suppressed"),
    ("<5*", None, "suppressed"),
    ("Fewer than 5", None, "suppressed"),
    ("*", None, "suppressed"),
    ("1,204", 1204, "disclosed"),
    ("2019", 2019, "disclosed"),  # as large as a year
]


@pytest.mark.parametrize(("cell", "value", "outcome"), CELLS, ids=[c for c, *_ in CELLS])
def test_cells(cell: str, value: float | None, outcome: str) -> None:
    said = f"Year\tBreaches\n2019/20\t31\n2020/21\t{cell}\n2021/22\t29\n"
    found = [a for a in answer_to(ASKED, said, "count") if a.period_start == "2020-04-01"]
    assert [(a.value, a.outcome) for a in found] == [(value, outcome)]


@pytest.mark.parametrize("cell", ["", "-", "n/a", "not held"])
def test_empty_cells_lend_no_number(cell: str) -> None:
    said = f"Year\tBreaches\n2019/20\t31\n2020/21\t{cell}\n2021/22\t29\n"
    rows = answer_to(ASKED, said, "count")
    assert [(a.value, a.period_start) for a in rows if a.value is not None] == [(31, "2019-04-01"), (29, "2021-04-01")]


def test_a_star_is_for_a_person_unless_it_is_explained() -> None:
    rows = answer_to(ASKED, "Year\tBreaches\n2019/20\t31\n2020/21\t*\n", "count")
    assert [a.review_reasons for a in rows if a.value is None] == [["unexplained_mark"]]


def test_counts_and_money_side_by_side() -> None:
    letter = read(
        "1. How many data breach claims were paid in each year, and how much compensation was paid?\n"
        "Answer:\nYear\tClaims\tPaid\n2021/22\t3\t£1,250.00\n2022/23\t5\t£4,000.50\n"
    )
    assert {(a.value, a.unit, a.measure, a.period_start) for a in letter.answers} == {
        (3, "count", "compensation_claim_count", "2021-04-01"),
        (1250, "GBP", "compensation_paid_gbp", "2021-04-01"),
        (5, "count", "compensation_claim_count", "2022-04-01"),
        (4000.5, "GBP", "compensation_paid_gbp", "2022-04-01"),
    }


def test_an_empty_template_is_no_answer() -> None:
    rows = answer_to(ASKED, "Year\tBreaches\n2019/20\t\n2020/21\t\n2021/22\t\n", "count")
    assert [a.value for a in rows if a.value is not None] == []


@pytest.mark.slow
@given(
    st.lists(st.integers(0, 99999), min_size=2, max_size=6),
    st.sampled_from(["\t", " | ", ": ", " - ", " = "]),
    st.sampled_from(["{y}", "{y}/{z:02}", "{y}-{z:02}", "FY{y}/{z:02}"]),
)
def test_every_cell_of_a_table_of_years_is_read(values: list[int], joiner: str, year: str) -> None:
    first = 2015
    said = "".join(f"{year.format(y=first + n, z=(first + n + 1) % 100)}{joiner}{v:,}\n" for n, v in enumerate(values))
    spans = CY if year == "{y}" else FY
    assert figures(said) == [(v, spans[first + n]) for n, v in enumerate(values)]


IN_COLUMNS = """1. How many devices were lost and how many stolen in 2021/22, 2022/23 and 2023/24?
Department      2021/22           2022/23           2023/24
                Lost   Stolen     Lost   Stolen     Lost   Stolen
Libraries       4      1          2      0          7      3
Social Care     12                9      5                 6
"""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (IN_COLUMNS, "years over two heads each, and rows with blank cells"),
        (IN_COLUMNS.replace("t      2021", "t         2021"), "centred heads"),
        (IN_COLUMNS.replace("\n", "\n    "), "set in from the left"),
    ],
)
def test_columns_are_told_by_their_place(text: str, why: str) -> None:
    found = {(a.breakdown, (a.period_start or "")[:4]): a.value for a in read(text).answers}
    assert found == {
        ("Libraries, Lost", "2021"): 4, ("Libraries, Stolen", "2021"): 1, ("Libraries, Lost", "2022"): 2, ("Libraries, Stolen", "2022"): 0,
        ("Libraries, Lost", "2023"): 7, ("Libraries, Stolen", "2023"): 3, ("Social Care, Lost", "2021"): 12,
        ("Social Care, Lost", "2022"): 9, ("Social Care, Stolen", "2022"): 5, ("Social Care, Stolen", "2023"): 6,
    }, why  # fmt: skip


def test_months_down_are_no_days() -> None:
    table = "Month 2022 2023\nJanuary 4 7\nFebruary 1 0\nMarch 12 3\nTotal: 17 10\n"
    text = f"1. How many breaches were there in each month of 2022 and 2023?\n{table}"
    assert [(a.value, a.period_start) for a in read(text).answers] == [
        (4, "2022-01-01"), (7, "2023-01-01"), (1, "2022-02-01"), (0, "2023-02-01"), (12, "2022-03-01"), (3, "2023-03-01"),
        (17, "2022-01-01"), (10, "2023-01-01"),
    ]  # fmt: skip


def test_a_name_keeps_its_last_letters() -> None:
    text = "1. How many breaches were there in 2021/22 and 2022/23?\nCause 2021/22 2022/23\nSent in error 4 2\nAdmin 1 3\n"
    assert {a.breakdown for a in read(text).answers} == {"Sent in error", "Admin"}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("We looked.   We found 4.   They were lost.\nIn all   12   were   lost\n", "blanks between sentences"),
        (IN_COLUMNS.split("\n", 1)[1].replace("12                9", "12      9       8"), "a figure between two columns"),
        ("Name   2021/22   2022/23\nLibraries   4   1\nSocial Care   12   3\n", "every row has every cell: another reader's"),
    ],
)
def test_what_stands_in_no_columns(text: str, why: str) -> None:
    assert find_columns(split_lines(text), 0) is None, why
