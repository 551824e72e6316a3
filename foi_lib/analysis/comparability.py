"""Which figures may stand side by side. Nothing is ranked or added here that differs in measure, kind or length of period, or
completeness; what differs is returned apart, with the reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.figures import Row, as_frame, figures, of_rows, placed
from foi_lib.analysis.sift import Basis, Sifted, sift
from foi_lib.reference import measures

__all__ = [
    "Basis", "Comparison", "Total", "compare", "different_measures", "figures", "rank_of", "ranks", "slim", "total",
]  # fmt: skip

LEFT_OUT = ["answer_id", "authority", "slug", "question", "figure", "period", "reason", "beside"]
NEEDED = frozenset(
    """answer_id authority slug question measure kind breakdown period_kind period_start period_end partial_period outcome value low high
    unit qualifier derived_by quote sha256 start end source source_note source_url note needs_review joint
    decision decided_by decision_why""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Comparison:
    """Figures that may be compared, and those that may not. `asked` is the number of authorities that were asked."""

    answers: pd.DataFrame  # of the measure, in the columns that a comparison needs
    sifted: Sifted  # their rows, as `placed`
    asked: int

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The figures that may be compared, in order of period and council."""
        return as_frame(self.answers, self.sifted.rows).reset_index(drop=True)

    @cached_property
    def left_out(self) -> pd.DataFrame:
        """The others, in the columns LEFT_OUT."""
        return _listed(self.sifted.left, LEFT_OUT)

    @cached_property
    def to_explain(self) -> pd.DataFrame:
        """What was left out, but for other years and parts of the whole of authorities that are compared: these are no gap."""
        return _listed(self.sifted.to_explain, LEFT_OUT[:-1])

    @property
    def basis(self) -> Basis | None:
        """What the compared figures share; None where there are none."""
        return self.sifted.basis

    @property
    def n(self) -> int:
        """Authorities with a comparable figure (a figure given jointly counts once)."""
        return len({row["slug"] for row in self.sifted.rows})

    @property
    def text(self) -> str:
        """`3 of 12`."""
        return words.of(self.n, self.asked)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum. Where a part is suppressed it is a range; `high` is infinite where a part has no upper end."""

    low: float
    high: float
    n: int
    asked: int
    unit: str | None
    answer_ids: tuple[str, ...]

    @property
    def text(self) -> str:
        """ "12", "12 to 20", "at least 12", or "–" where nothing was added."""
        return words.interval(self.low, self.high, self.unit) if self.n else words.NONE


def compare(answers: pd.DataFrame, measure: str, asked: int, *, period: tuple[str, str] | None = None, years: bool = False) -> Comparison:
    """The figures of one measure that may be ranked and added, and the rest with reasons.

    `period` fixes first and last day (ISO dates); without it the period that most authorities gave is taken, the latest of equals.
    With `years=True` figures of the same kind and length may lie in different years: a series. In `rows`, `jointly_with` names the other
    councils that a figure was given for too, and `derived_by` the longer period for which a nil was stated.
    """
    mine = slim(answers)[answers["measure"] == measure]
    return Comparison(mine, sift(of_rows(placed(mine)), measure, period, years), asked)


def _listed(rows: Sequence[Row], columns: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame({c: pd.Series([row[c] for row in rows], dtype="bool" if c == "beside" else "str") for c in columns})


def slim(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers in the columns that a comparison needs: with all forty each of its steps costs twice the time."""
    return answers[[c for c in answers.columns if c in NEEDED]]


def different_measures(answers: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """How many councils gave a figure for each measure that was asked or given (breach, incident, reported to the ICO, cyber incident …):
    what was counted, questions, councils, figures, why it stands apart, and the ids of the figures' answers."""
    rows = figures(slim(answers))
    why = {m.name: m.why_apart for m in measures()}
    asked = grid[grid["kind"].isin(["count", "money"])]
    out = []
    for measure in dict.fromkeys([*asked["measure"], *rows["measure"]]):
        mine = rows[rows["measure"] == measure]
        labels = ", ".join(sorted({*asked.loc[asked["measure"] == measure, "question"], *mine["question"]}))
        ids = "; ".join(mine["answer_id"])
        out.append((words.measure_name(measure), labels, int(mine["slug"].nunique()), len(mine), why.get(measure, words.NONE), ids))
    return pd.DataFrame(out, columns=["what was counted", "questions", "councils", "figures", "why it stands apart", "figures_answer_ids"])


def total(rows: pd.DataFrame, asked: int) -> Total:
    """The sum of comparable figures, as a range where a part is one. `rows` come from `compare`."""
    ids = tuple(sorted(set(rows["answer_id"].astype(str))))
    unit = _common_unit(rows)
    if not len(rows):
        return Total(0.0, 0.0, 0, asked, unit, ids)
    return Total(float(rows["low"].sum()), float(rows["high"].sum()), int(rows["slug"].nunique()), asked, unit, ids)


def ranks(rows: Sequence[Row]) -> list[str]:
    """The rank that each figure (a row with low and high) can have, in the rows' order, which is highest first: "1", "2=" for equals,
    "3–5" where a suppressed figure leaves it open."""
    low, high = _ends(rows)
    return [_rank(low, high, i) for i in range(len(rows))]


def rank_of(rows: Sequence[Row], slug: str) -> str:
    """The rank that one authority's figure can have among these."""
    return _rank(*_ends(rows), [row["slug"] for row in rows].index(slug))


def _ends(rows: Sequence[Row]) -> tuple[Any, Any]:
    return np.array([row["low"] for row in rows], dtype="float64"), np.array([row["high"] for row in rows], dtype="float64")


def _rank(low: Any, high: Any, i: int) -> str:
    best = 1 + int((low > high[i]).sum())
    above = (high > low[i]) & ~(low > high[i])
    above[i] = False
    worst = best + int(above.sum())
    equal = int(((low == low[i]) & (high == high[i])).sum()) > 1
    return f"{best}–{worst}" if worst > best else f"{best}{'=' if equal else ''}"


def _common_unit(rows: pd.DataFrame) -> str | None:
    units = sorted(set(rows["unit"].dropna()))
    return str(units[0]) if len(units) == 1 else None
