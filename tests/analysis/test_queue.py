"""What a person should look at first, and how many decisions would settle the headlines."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from foi_lib.analysis import queue
from foi_lib.analysis.grid import grid

from .synthetic import QUESTIONS, answer, refusal, response
from .synthetic import answers as table
from .synthetic import responses as bodies

NAMES = ["Aber Council", "Berrow Council", "Corve Council", "Dent Council", "Eddle Council"]


def opened(*answers: dict[str, Any], names: list[str] = NAMES) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    responses, rows = bodies(*(response(name) for name in names)), table(*answers)
    return grid(responses, rows, QUESTIONS[:1]), rows, responses


def of(table: pd.DataFrame) -> list[tuple[str, float]]:
    return [(row["slug"].split("-")[0], round(row["influence"], 3)) for row in table.to_dict("records")]


FIVE = [answer(name, value) for name, value in zip(NAMES, (600.0, 200.0, 100.0, 60.0, 40.0), strict=True)]


def test_an_answer_s_influence_is_its_share_its_rank_and_its_part_in_the_refusal_rate() -> None:
    found = queue.queue(*opened(*FIVE))
    rate = 1 / 5
    three = [("aber", 0.6 + 1 + rate), ("berrow", 0.9), ("corve", round(0.1 + 1 / 3 + rate, 3))]
    assert of(found) == [*three, ("dent", 0.26), ("eddle", 0.24)]
    assert found["hangs on it"].iloc[0] == "60.0% of all data breaches; highest figure for data breaches; 1 of 5 questions decided"
    assert found["hangs on it"].iloc[1].split("; ")[1] == "among the highest: highest figure for data breaches"
    assert found["settles"].tolist() == [True, True, True, False, False]


def test_doubt_comes_before_the_same_influence_without_it_and_sheer_size_before_a_small_doubt() -> None:
    rows = [*FIVE[:3], answer(NAMES[3], 50.0), answer(NAMES[4], 50.0, needs_review=True, review_reasons="period_assumed")]
    found = queue.queue(*opened(*rows))
    assert [slug for slug, _ in of(found)] == ["eddle", "aber", "berrow", "corve", "dent"]
    rows[4] = answer(NAMES[4], 0.0, needs_review=True, review_reasons="period_assumed")
    assert [slug for slug, _ in of(queue.queue(*opened(*rows)))][:2] == ["aber", "eddle"]


def test_what_is_decided_is_not_asked_again_but_for_a_conflict() -> None:
    rows = [dict(row) for row in FIVE]
    rows[0] |= {"decision": "confirm", "decided_by": "AB"}
    rows[1] |= {"decision": "confirm", "decided_by": "AB", "needs_review": True, "review_reasons": "correction_conflict"}
    found = queue.queue(*opened(*rows))
    assert [slug for slug, _ in of(found)] == ["berrow", "corve", "dent", "eddle"]
    grid_, answers, responses = opened(*rows)
    settling = queue.settling(queue.headlines(grid_, answers, responses), answers)
    assert settling == queue.Settling(resting=5, checked=1, doubtful=1, named=1)
    assert (settling.needed, settling.unchecked) == (2, 4)


def test_a_doubtful_figure_that_is_left_out_would_join() -> None:
    unstated = {"period_start": None, "period_end": None, "period_kind": "unstated"}
    out = answer(NAMES[4], 1000.0, **unstated, needs_review=True, review_reasons="period_missing")
    found = queue.queue(*opened(*FIVE[:4], out)).set_index("slug")
    assert found.loc["eddle-council", "hangs on it"] == "would be 51.0% of all data breaches; 1 of 5 questions decided"
    quiet = {**out, "needs_review": False, "review_reasons": None}
    assert queue.queue(*opened(*FIVE[:4], quiet)).set_index("slug").loc["eddle-council", "hangs on it"] == "1 of 5 questions decided"


def test_an_unclear_answer_would_count_in_the_refusal_rate() -> None:
    unclear = answer(NAMES[4], None, outcome="unclear", needs_review=True, review_reasons="outcomes_conflict")
    refused = refusal(NAMES[3])
    found = queue.queue(*opened(*FIVE[:3], refused, unclear)).set_index("slug")
    assert found.loc["eddle-council", "hangs on it"] == "would be 1 of 5 questions decided"
    assert found.loc["dent-council", "hangs on it"] == "1 of 4 questions decided"


@pytest.mark.parametrize(
    ("numbers", "text"),
    [
        ((0, 0, 0, 0), "No headline figure rests on any answer."),
        ((5, 5, 0, 0), "Each of the 5 answers that the headline figures rest on has been checked by a person."),
        ((5, 1, 0, 0), "1 of 5 answers that the headline figures rest on has been checked by a person; "
                       "none of the others is in doubt or could be named as the highest. Checking all takes 4 more."),
        ((5, 2, 2, 1), "3 decisions would settle the headlines: 2 in doubt and 1 that is, or could come to be, among the highest. "
                       "2 of 5 answers that the headline figures rest on have been checked by a person."),
        ((9, 0, 1, 0), "1 decision would settle the headlines: 1 in doubt; checking every one takes 9. "
                       "0 of 9 answers that the headline figures rest on have been checked by a person."),
    ],
)  # fmt: skip
def test_the_sentence(numbers: tuple[int, int, int, int], text: str) -> None:
    assert queue.Settling(*numbers).text == text


def test_nothing_to_look_at() -> None:
    found = queue.queue(*opened())
    assert not len(found) and list(found) == queue.COLUMNS
