"""Loading and analysing is quick because little is done for each answer: counted in calls, which no neighbour on the machine changes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from analysis import synthetic as t

from foi_lib import checks
from foi_lib.analysis import compensation, counts, queue, refusals, timeliness
from foi_lib.analysis import council as one
from foi_lib.analysis import grid as g


def calls(work: Callable[[], Any]) -> int:
    """How many functions are called, Python's own and C's."""
    n = 0

    def count(frame: object, event: str, arg: object) -> None:
        nonlocal n
        n += event in ("call", "c_call")

    work()  # what only the first run costs
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return n


def analyse(tables: dict[str, Any]) -> None:
    answers, people = tables["answers"], tables["responses"]
    grid = g.grid(people, answers, t.QUESTIONS)
    counts.league(grid, answers, people, "breach_count")
    refusals.table(refusals.variants(grid))
    refusals.by(grid, "authority")
    refusals.refused_but_given_elsewhere(grid)
    timeliness.table(people, "2018-03-31")
    compensation.payments(answers, len(people))
    checks.run_checks(answers)
    queue.queue(grid, answers, people)


@pytest.mark.slow
def test_what_is_done_for_each_answer_is_little_and_does_not_grow() -> None:
    found = []
    for councils in (100, 400):
        tables = t.many(councils)
        found.append(calls(partial(analyse, tables)) / len(tables["answers"]))
    assert found[1] <= found[0], "it grows faster than the answers"
    assert found[1] < 450  # 295 in November 2026; by DataFrames' own steps it was 2,026


def test_one_councils_tables_cost_what_its_own_few_rows_do() -> None:
    tables = t.many(6)
    answers, people = tables["answers"], tables["responses"]
    grid = g.grid(people, answers, t.QUESTIONS)
    slug = str(answers["slug"].iloc[0])
    done = calls(lambda: (one.answered(answers, grid, slug), one.standing(grid, answers, slug)))
    assert done < 30_000  # 18,267 in November 2026; by DataFrames' own steps it was 348,633
