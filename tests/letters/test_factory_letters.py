"""The reader held against letters of the factory: what share is found, what is false, and what is wrong without a warning.

A level is only ever raised. To work on what is missed: python -m tests.factory --judge --seed 0 --count 300
"""

from __future__ import annotations

import pytest
from factory.judge import Verdict
from factory.reading import read_seeds, report

LETTERS = 400
AT_LEAST = {
    "letter header": 0.98,
    "figure recall": 0.97,
    "figure precision": 0.98,
    "question": 0.99,
    "measure": 0.98,
    "outcome": 0.975,
    "provision recall": 0.965,
    "provision precision": 0.985,
    "evidence": 1.0,
}
AT_MOST = {"silent errors": 0.006, "review rate": 0.09}


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    return read_seeds(range(LETTERS))


@pytest.mark.slow
def test_no_letter_stops_the_reader(verdict: Verdict) -> None:
    assert verdict.counts["letters"] == LETTERS
    assert not [miss for miss in verdict.misses if miss.what == "crash"]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(AT_LEAST))
def test_share_is_high_enough(verdict: Verdict, name: str) -> None:
    assert verdict.figures()[name] >= AT_LEAST[name], report(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(AT_MOST))
def test_share_is_low_enough(verdict: Verdict, name: str) -> None:
    assert verdict.figures()[name] <= AT_MOST[name], report(verdict)
