"""Refusal rates by the definitions of the official statistics."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import synthetic as t
from foi_lib.analysis import grid as g
from foi_lib.analysis import refusals as r
from foi_lib.letters.model import OUTCOMES


def table(**counts: int) -> pd.DataFrame:
    """A grid with so many questions of each outcome."""
    rows = [
        {
            "slug": f"c{i}",
            "authority": f"C{i}",
            "question": "1",
            "tier": "single",
            "outcome": o,
            "answer_id": f"a{o}{i}",
            "answer_ids": f"a{o}{i}",
        }
        for o, n in counts.items()
        for i in range(n)
    ]
    return pd.DataFrame(rows, columns=["slug", "authority", "question", "tier", "outcome", "answer_id", "answer_ids"])


# Published examples of the Wilson interval, to three places: R. G. Newcombe, Statistics in Medicine 17 (1998), 857–872, table I, method 3.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("n", "of", "low", "high"), NEWCOMBE)
def test_wilson_against_published_values(n: int, of: int, low: float, high: float) -> None:
    assert r.wilson(n, of) == pytest.approx((low, high), abs=0.00005)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_wilson_holds_the_share_within_nought_and_one(pair: tuple[int, int]) -> None:
    low, high = r.wilson(*pair)
    assert 0 <= low <= pair[0] / pair[1] <= high <= 1


@pytest.mark.parametrize(("n", "of"), [(1, 0), (3, 2), (-1, 2), (0, 0)])
def test_wilson_refuses_what_is_no_share(n: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        r.wilson(n, of)


# outcome → (in the base, refused): DOMAIN's definition, outcome by outcome
DEFINITION = {
    "disclosed": (1, 0),
    "nil": (1, 0),
    "suppressed": (1, 0),
    "already_accessible": (1, 0),
    "partly_withheld": (1, 0),
    "withheld": (1, 1),
    "neither_confirmed_nor_denied": (1, 1),
    "cost_limit": (1, 1),
    "vexatious_or_repeated": (1, 1),
    "not_held": (0, 0),
    "clarification_sought": (0, 0),
    "not_applicable": (0, 0),
    "unanswered": (0, 0),
    "unclear": (0, 0),
}


def test_every_outcome_has_its_place_in_the_definition() -> None:
    assert set(DEFINITION) == set(OUTCOMES)


@pytest.mark.parametrize("outcome", [*DEFINITION, "no_reply", "unreadable", "not_recorded"])
def test_the_base_and_the_refused(outcome: str) -> None:
    base, refused = DEFINITION.get(outcome, (0, 0))
    share = r.rate(table(**{outcome: 1}))
    assert (share.of, share.n, share.left_out) == (base, refused, 1 - base)


def test_nought_of_nought_is_a_dash_and_not_0_per_cent() -> None:
    share = r.rate(table(not_held=3))
    assert (share.rate, share.low, share.high, share.text, share.interval) == (None, None, None, "–", "–")


def test_variants_stand_side_by_side() -> None:
    grid = table(disclosed=10, withheld=4, cost_limit=2, neither_confirmed_nor_denied=1, already_accessible=3, not_held=5, no_reply=5)
    pairs = [(s.n, s.of) for s in r.variants(grid)]
    assert pairs == [(7, 20), (5, 18), (10, 20), (1, 20), (7, 30), (10, 20), (5, 30)]


def test_what_a_publication_does_not_tell_is_not_a_question_put() -> None:
    last = r.variants(table(disclosed=1, not_recorded=9))
    assert [(s.what, s.of) for s in last if "all questions put" in s.what] == [
        ("Refused, of all questions put, replies or not", 1),
        ("No reply at all, of all questions put", 1),
    ]


def test_a_rate_lists_the_answers_behind_it() -> None:
    assert r.rate(table(disclosed=2, withheld=1, cost_limit=1)).answer_ids == ("awithheld0", "acost_limit0")


def test_rates_by_question_keep_those_without_a_base() -> None:
    grid = pd.concat([table(disclosed=1, withheld=1), table(not_held=2).assign(question="2")])
    found = r.by(grid, "question")
    assert list(found["text"]) == ["1 of 2 (50.0%)", "–"]
    assert list(found["asked"]) == [2, 2]


def test_the_table_recomputes_each_percentage_from_its_own_cells() -> None:
    shown = r.table(r.variants(table(disclosed=2, withheld=1)))
    for told, share in zip(shown["n of N"], shown["share"], strict=True):
        n, of = (int(v) for v in told.split(" of "))
        assert share == f"{100 * n / of:.1f}%"


def grid_of(*rows: dict, people: list[str]) -> pd.DataFrame:
    return g.grid(t.responses(*(t.response(p, tier="single") for p in people)), t.answers(*rows), t.QUESTIONS[:1])


def test_who_refused_what_others_gave() -> None:
    grid = grid_of(
        t.refusal("Ashby"),
        t.answer("Beech", 5),
        t.answer("Cedar", 0),
        t.refusal("Dale", outcome="cost_limit"),
        t.refusal("Elm", outcome="not_held"),
        people=["Ashby", "Beech", "Cedar", "Dale", "Elm", "Fern"],
    )
    found = r.refused_but_given_elsewhere(grid)
    # of the three others who decided on it, two gave it: a refuser does not stand in its own base, not held and no reply stand in none
    assert list(zip(found["authority"], found["gave it"], found["of"], found["of its kind"], strict=True)) == [
        ("Ashby", 2, 3, "2 of 3"),
        ("Dale", 2, 3, "2 of 3"),
    ]


def test_provisions_tell_a_test_found_from_one_not_found() -> None:
    answers = t.answers(t.refusal("Ashby"), t.refusal("Beech"), t.refusal("Cedar"), t.answer("Dale", 3))
    ids = list(answers["answer_id"])
    said = {"section": "s31(1)(a)", "absolute": False, "malformed": False, "ncnd": False, "name": "law enforcement"}
    cited = t.provisions(
        {**said, "answer_id": ids[0], "authority": "Ashby", "slug": "ashby", "pit_found": True, "malformed": True},
        {**said, "answer_id": ids[1], "authority": "Beech", "slug": "beech", "pit_found": False},
        {**said, "answer_id": ids[2], "authority": "Cedar", "slug": "cedar", "section": "s40(2)", "absolute": True, "pit_found": None},
        {
            **said,
            "answer_id": ids[3],
            "authority": "Dale",
            "slug": "dale",
            "section": "s12",
        },  # cited beside an answer: not a ground of refusal
    )
    found = r.provisions_used(cited, answers).set_index("provision")
    assert list(found.index) == ["s31(1)(a)", "s40(2)"]
    assert list(found["public interest test"]) == ["owed", "not owed"]
    assert found.loc["s31(1)(a)", ["authorities", "test found", "test not found in the text we hold", "malformed citations"]].tolist() == [
        2,
        1,
        1,
        1,
    ]
