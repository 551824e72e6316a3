"""What a person should look at first: the answers that headline figures hang on most, and that are most in doubt.

A *headline* is a figure that the notebooks state in their first sentences: the sum of the main measure and who gave most, the compensation
paid and who paid most, and the refusal rate. An answer's *influence* on one is between 0 and 1: its share of a sum; 1, 1/2 and 1/3 for the
three that may stand highest, since these are named; and one over the number of questions decided, for the refusal rate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from foi_lib.analysis import comparability, compensation, counts, words
from foi_lib.analysis.grid import RESOLVABLE
from foi_lib.frames import plain_rows

MONEY = "compensation_paid_gbp"
# How likely a reading is wrong that the program doubts, and one that it does not. They only order the queue; measured shares replace them.
CHANCE = (0.3, 0.04)
NEEDED = tuple(
    """answer_id authority slug question measure period_kind period_start period_end partial_period outcome value low high unit needs_review
    review_reasons""".split()  # noqa: SIM905
)
NAMED = 3  # how many of the highest figures a headline can come to name
Hold = tuple[str, str, float, bool, bool]  # headline, answer_id, influence, named, joins
COLUMNS = [
    "answer_id", "authority", "slug", "question", "what was asked", "period", "figure", "outcome", "says", "hangs on it", "doubt",
    "influence", "weight", "settles",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settling:
    """How far the headlines rest on answers that a person has looked at.

    `resting`: answers that any headline rests on; `checked`: those of them that a person confirmed, corrected or decided otherwise;
    `doubtful`: undecided ones in doubt; `named`: undecided ones without a doubt that a headline names, or could come to name.
    """

    resting: int
    checked: int
    doubtful: int
    named: int
    joining: int = 0  # of the doubtful: those that do not count now, but would if their doubt were settled

    @property
    def needed(self) -> int:
        """How many decisions would settle the headlines."""
        return self.doubtful + self.named

    @property
    def unchecked(self) -> int:
        """How many decisions it would take until every figure in a headline is checked."""
        return self.resting - self.checked + self.joining

    @property
    def text(self) -> str:
        """How many decisions would settle the headlines, in words."""
        if not self.resting:
            return "No headline figure rests on any answer."
        have = words.verb(self.checked, "has", "have")
        rest = f"{words.of(self.checked, self.resting)} answers that the headline figures rest on {have} been checked by a person"
        if not self.unchecked:
            every = "The one answer" if self.resting == 1 else f"Each of the {words.number(self.resting)} answers"
            return f"{every} that the headline figures rest on has been checked by a person."
        if not self.needed:
            all_ = f"Checking all takes {words.number(self.unchecked)} more"
            return f"{rest}; none of the others is in doubt or could be named as the highest. {all_}."
        told = [f"{words.number(self.doubtful)} in doubt"] if self.doubtful else []
        if self.named:
            are = words.verb(self.named, "is", "are")
            told.append(f"{words.number(self.named)} that {are}, or could come to be, among the highest")
        more = f"; checking every one takes {words.number(self.unchecked)}" if self.unchecked != self.needed else ""
        return f"{words.plural(self.needed, 'decision')} would settle the headlines: {words.join(told)}{more}. {rest}."


def headlines(grid: pd.DataFrame, answers: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """What each headline rests on: headline, answer_id, influence (0 to 1), named (whether the answer is, or could come to be, named),
    joins (whether it does not count now, but would if its doubt were settled).

    `grid` comes from `grid.grid`; `answers` and `responses` are the tables of those names.
    """
    rows: list[Hold] = []
    measure = counts.main_measure(grid, answers)
    league = counts.league(grid, answers, responses, measure)
    what = words.measure_name(measure)
    rows += _sum(f"of all {what}", league.comparison.rows, league.comparison, answers)
    rows += _highest(f"highest figure for {what}", league.ranked, "answer_id")
    if MONEY in {*grid["measure"], *answers["measure"]}:
        paid = compensation.payments(answers[answers["slug"].isin(set(responses["slug"]))], responses["slug"].nunique())
        ids = {one for cell in paid.full["answer_ids"] for one in str(cell).split("; ")}
        found = paid.comparison
        rows += _sum("of all compensation", found.rows[found.rows["answer_id"].isin(ids)], found, answers)
        rows += _highest("highest compensation", paid.full, "answer_ids")
    rows += _refusals(grid)
    return pd.DataFrame(rows, columns=["headline", "answer_id", "influence", "named", "joins"])


def queue(
    grid: pd.DataFrame,
    answers: pd.DataFrame,
    responses: pd.DataFrame,
    chance: tuple[float, float] = CHANCE,
    rests: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The answers that no person has decided on, and that a headline hangs on or the program doubts, most pressing first: COLUMNS.

    `weight` is the influence on all headlines, times the chance that the reading is wrong (`chance`: in doubt, and not). `settles`: whether
    the headlines need the decision (see `Settling`). `rests`: `headlines(…)`, where it is known already.
    """
    rests = headlines(grid, answers, responses) if rests is None else rests
    holds: dict[str, list[dict[str, Any]]] = {}
    for hold in plain_rows(rests):
        holds.setdefault(hold["answer_id"], []).append(hold)
    rows = []
    for row in plain_rows(answers[~decided(answers)], NEEDED):
        name, doubt = row["answer_id"], bool(row["needs_review"])
        mine = holds.get(name, [])
        moves = math.fsum(hold["influence"] for hold in mine)
        if not moves and not doubt:
            continue
        low, high = (row["value"] if row[end] is None else row[end] for end in ("low", "high"))
        figure = words.interval(low, high, row["unit"])
        rows.append({
            "answer_id": name, "authority": row["authority"], "slug": row["slug"], "question": row["question"],
            "what was asked": words.measure_name(row["measure"]), "figure": None if figure == words.NONE else figure,
            "period": words.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"]),
            "outcome": row["outcome"], "says": words.outcome(row["outcome"]) if figure == words.NONE else figure,
            "hangs on it": "; ".join(_told(hold) for hold in mine) or None, "doubt": row["review_reasons"] if doubt else None,
            "influence": moves, "weight": moves * chance[0 if doubt else 1],
            "settles": bool(moves and (doubt or any(hold["named"] for hold in mine))),
        })  # fmt: skip
    table = pd.DataFrame(rows, columns=COLUMNS)
    doubtful = table["doubt"].notna()
    table = table.assign(_doubt=doubtful).sort_values(
        ["weight", "_doubt", "slug", "question", "answer_id"], ascending=[False, False, True, True, True], kind="stable"
    )
    return table.drop(columns="_doubt").reset_index(drop=True)


def settling(rests: pd.DataFrame, answers: pd.DataFrame) -> Settling:
    """How many decisions would settle the headlines. `rests` comes from `headlines`."""
    done = set(answers.loc[decided(answers), "answer_id"])
    doubt = set(answers.loc[answers["needs_review"].astype(bool), "answer_id"])
    resting = set(rests.loc[~rests["joins"].astype(bool), "answer_id"])
    named = set(rests.loc[rests["named"].astype(bool), "answer_id"]) - done
    open_ = set(rests["answer_id"]) - done
    return Settling(len(resting), len(resting & done), len(open_ & doubt), len(named - doubt), len((open_ & doubt) - resting))


def decided(answers: pd.DataFrame) -> pd.Series:
    """Whether a person decided on an answer, and nothing has come up against it since."""
    return answers["decision"].notna() & ~answers["needs_review"].astype(bool)


def _sum(what: str, rows: pd.DataFrame, found: comparability.Comparison, answers: pd.DataFrame) -> Iterable[Hold]:
    """Each figure's share of a sum; and of doubtful ones left out, the share that they would have."""
    parts = _most(rows)
    whole = float(parts.sum())
    for name, part in zip(rows["answer_id"], parts, strict=True):
        yield what, str(name), part / whole if whole else 1 / len(rows), False, False
    out = set(found.to_explain["answer_id"])
    left = comparability.figures(answers[answers["answer_id"].isin(out) & answers["needs_review"].astype(bool)])
    for name, part in zip(left["answer_id"], _most(left), strict=True):
        yield what, str(name), part / (whole + part) if whole + part else 0.0, False, True


def _most(rows: pd.DataFrame) -> pd.Series:
    """The most that each figure can be; where that is open, the least."""
    return rows["high"].where(rows["high"].map(math.isfinite), rows["low"]).astype("float64")


def _highest(what: str, ranked: pd.DataFrame, ids: str) -> Iterable[Hold]:
    """The figures that stand, or may stand, among the highest."""
    for cell, rank in zip(ranked[ids], ranked["rank"], strict=True):
        best = int(str(rank).rstrip("=").split("–")[0])
        if best <= NAMED:
            for name in str(cell).split("; "):
                yield what, name, 1 / best, True, False


def _refusals(grid: pd.DataFrame) -> Iterable[Hold]:
    """Every question that was decided counts one in the refusal rate; one whose answer is not clear would."""
    inside = grid["outcome"].isin(RESOLVABLE)
    of = int(inside.sum())
    may = grid["needs_review"].astype(bool) & ~inside
    for cell, counts_now in zip(grid.loc[inside | may, "answer_ids"], inside[inside | may], strict=True):
        for name in str(cell).split("; "):
            if name:
                yield "questions decided", name, 1 / of if counts_now else 1 / (of + 1), False, not counts_now


def _told(row: dict[str, Any]) -> str:
    """One headline's hold on an answer, in words."""
    headline, influence, named, joins = (row[name] for name in ("headline", "influence", "named", "joins"))
    if named:
        return f"among the highest: {headline}" if influence < 1 else headline
    if headline == "questions decided":
        of = round(1 / influence)
        return f"would be 1 of {of} {headline}" if joins else f"1 of {of} {headline}"
    return f"{'would be ' if joins else ''}{words.percent(influence, 1)} {headline}"
