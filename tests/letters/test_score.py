"""No share of right readings falls below the one committed in tests/score.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from . import score_letters


@pytest.mark.slow
@pytest.mark.parametrize("name", ["real", "dev", "manners", "example"])
def test_no_share_falls(name: str, shared: Path) -> None:
    committed = json.loads(score_letters.COMMITTED.read_text("utf-8"))[name]
    now = score_letters.score(*score_letters.groups()[name])
    assert not score_letters.drops(committed, now), "\n".join(score_letters.changes(name, committed, now))


BEFORE = {
    "figures": {"outcome": 0.9, "silent errors": 0.1, "review rate": 0.1, "letters": 3},
    "letters": {"a.txt": {"figures": 4, "lost": 1}},
}


@pytest.mark.parametrize(
    ("now", "falls"),
    [
        ({"outcome": 0.9, "silent errors": 0.1}, 0),
        ({"outcome": 0.95, "silent errors": 0.0}, 0),
        ({"outcome": 0.8999, "silent errors": 0.1}, 1),  # no tolerance
        ({"outcome": 0.9, "silent errors": 0.1001}, 1),  # of errors, more is worse
        ({"outcome": None, "silent errors": 0.1}, 1),  # a share that can no longer be made
        ({"outcome": 0.1, "silent errors": 0.9}, 2),
    ],
)
def test_a_fall_is_told(now: dict[str, float | None], falls: int) -> None:
    assert len(score_letters.drops(BEFORE, {"figures": now, "letters": {}})) == falls


def test_gains_and_losses_stand_letter_by_letter() -> None:
    now = {"figures": BEFORE["figures"], "letters": {"a.txt": {"figures": 4, "false": 2}, "b.txt": {"figures": 1}}}
    lines = score_letters.changes("dev", BEFORE, now)
    assert lines == ["dev: a.txt: false 0 -> 2 (LOSS)", "dev: a.txt: lost 1 -> 0 (gain)", "dev: b.txt is new"]


def test_score_file_holds_names_and_counts_only() -> None:
    for group in json.loads(score_letters.COMMITTED.read_text("utf-8")).values():
        assert group.keys() == {"figures", "letters"}
        assert all(isinstance(n, int) for counts in group["letters"].values() for n in counts.values())
