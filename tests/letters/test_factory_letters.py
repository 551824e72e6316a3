"""The reader held against letters of the factory: what share is found, what is false, and what is wrong without a warning.

A level is only ever raised. To work on what is missed: python -m tests.factory --judge --seed 0 --count 300
"""

from __future__ import annotations

import pytest
from factory.judge import Verdict
from factory.reading import read_seeds, report

LETTERS = 400
AT_LEAST = {
    "letter header": 0.83,
    "figure recall": 0.75,
    "figure precision": 0.84,
    "question": 0.97,
    "measure": 0.88,
    "outcome": 0.88,
    "provision recall": 0.83,
    "provision precision": 0.96,
    "evidence": 1.0,
}
AT_MOST = {"silent errors": 0.12, "review rate": 0.15}


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
