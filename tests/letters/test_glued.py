"""Rows of digits with no gap: the splits whose columns come nearest to the total."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.glued import _nearest, _packed, _pence, _reconcile

from .said import answer_to

ROW = st.lists(st.sampled_from(["0", "1", "4", "12", "57", "310"]), min_size=3, max_size=3).map(tuple)


def far(rows: tuple[tuple[str, ...], ...], total: tuple[str, ...]) -> int:
    return sum(abs(sum(map(_pence, column)) - _pence(want)) for column, want in zip(zip(*rows, strict=True), total, strict=True))


@given(st.lists(st.lists(ROW, min_size=1, max_size=4), min_size=2, max_size=3), st.lists(ROW, min_size=1, max_size=3))
def test_the_total_and_rows_that_differ_least(options: list[list[tuple[str, ...]]], totals: list[tuple[str, ...]]) -> None:
    *rows, total = _reconcile([*options, totals], len(options), 3)
    least = min(far(some, want) for some in itertools.product(*options) for want in totals)
    assert far(tuple(rows), total) == least


def test_of_equals_the_first_is_taken() -> None:
    unit = 100_000
    sums = {_packed(row, unit): (sum(map(_pence, row)), (row,)) for row in [("9", "1"), ("1", "9"), ("5", "7")]}
    assert _nearest([("5", "5")], sums, unit) == (("5", "5"), (("5", "7"),))
    assert _nearest([("1", "1")], sums, unit) == (("1", "1"), (("9", "1"),))
    assert _nearest([("6", "6"), ("4", "8")], sums, unit) == (("6", "6"), (("5", "7"),))


def test_figures_with_commas_and_a_total() -> None:
    table = "Year 201920202021\nPotholes 1,2342,3453,456\nTrips 1,0002,0003,000\nTotal 2,2344,3456,456\n"
    answers = answer_to("How much compensation was paid in each year?", table)
    assert [a.value for a in answers] == [1234, 2345, 3456, 1000, 2000, 3000, 2234, 4345, 6456]
