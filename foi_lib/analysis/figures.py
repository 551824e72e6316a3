"""The figures among the answers: their two ends, their period by its dates, whether they are for the whole."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from foi_lib.analysis import words
from foi_lib.checks import TOTALS
from foi_lib.frames import plain_rows
from foi_lib.period_names import spell

Row = dict[str, Any]
PLACE = "_place"  # of an answer in the table that it is from
# columns that are worked out here, or by a comparison; the others stay as they are
CHANGED = {
    "low": "float64", "high": "float64", "period_kind": "str", "period_start": "str", "period_end": "str", "derived_by": "str",
    "months": "Int64", "figure": "str", "period": "str", "jointly_with": "str", "joint_slugs": "str",
}  # fmt: skip
# words that a row's label may have and still merely name what is counted: "Number of data breaches recorded"
NAMING = frozenset("a all amount council each figure in no number of paid personal recorded reported the total year".split())  # noqa: SIM905


@cache
def months(start: str | None, end: str | None) -> int | None:
    """Length of a period in whole months (29 days or 32 are a month still); None where an end is open. A shorter period is 0."""
    if start is None or end is None:
        return None
    return round(((date.fromisoformat(end) - date.fromisoformat(start)).days + 1) / (365.25 / 12))


def figures(answers: pd.DataFrame, measure: str | None = None) -> pd.DataFrame:
    """The answers that hold a figure, with `low` and `high` filled (a stated nil is 0), `months`, `figure` and `period` in words.

    A bare percentage, date, yes/no or text is no figure. An answer's `value` stands for both ends where it has none of its own.
    """
    rows = answers if measure is None else answers[answers["measure"] == measure]
    return as_frame(rows, of_rows(placed(rows)))


def placed(answers: pd.DataFrame) -> list[Row]:
    """The answers as plain rows, each with its place in the table (PLACE)."""
    return [{**row, PLACE: n} for n, row in enumerate(plain_rows(answers))]


def of_rows(answers: Iterable[Row]) -> list[Row]:
    """As `figures`, of plain rows."""
    out = []
    for row in answers:
        if row["kind"] not in ("count", "money"):
            continue
        low, high = (row["value"] if row[end] is None else row[end] for end in ("low", "high"))
        if low is None and high is None:
            if row["outcome"] != "nil":
                continue
            low = high = 0.0
        # "fewer than ten" without a lower end: none of these figures can be below nil
        low, high = 0.0 if low is None else float(low), math.inf if high is None else float(high)
        kind, length, name = _period(row["period_kind"], row["period_start"], row["period_end"], bool(row["partial_period"]))
        told = {"low": low, "high": high, "period_kind": kind, "months": length, "period": name}
        out.append({**row, **told, "figure": _figure(low, high, row["unit"])})
    return out


def as_frame(answers: pd.DataFrame, rows: Sequence[Row]) -> pd.DataFrame:
    """Rows of `of_rows(placed(answers))`, or of what became of them, as a table with the columns of `answers`, and CHANGED in theirs."""
    out = answers.iloc[[row[PLACE] for row in rows]]
    changed = {name: _column([row[name] for row in rows], dtype, out.index) for name, dtype in CHANGED.items() if rows and name in rows[0]}
    return out.assign(**(changed or {name: _column([], dtype, out.index) for name, dtype in CHANGED.items()}))


def _column(values: Sequence[object], dtype: str, index: pd.Index) -> pd.Series:
    return pd.Series(values, index=index, dtype=dtype)


def is_whole(rows: Iterable[Row]) -> list[Row]:
    """Those of the rows that are for the whole: that have no label, one that says so, or, as their council's only figure for the period,
    one that merely names what is counted ("Data breaches" on the one row of a table)."""
    mine: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        mine.setdefault(tuple(row[name] for name in ("slug", "question", "measure", "period_start", "period_end")), []).append(row)
    out = []
    for same in mine.values():
        for row in same:
            label = (row["breakdown"] or "").strip().casefold()
            if not label or label in TOTALS or (len(same) == 1 and _tokens(label) <= _naming(row["measure"])):
                out.append(row)
    return out


_figure = lru_cache(4096)(words.interval)  # of hundreds of councils' figures most are said more than once


@cache
def _naming(measure: str | None) -> frozenset[str]:
    """Words that merely name what is counted."""
    return NAMING | _tokens(words.measure_name(measure))


@lru_cache(4096)
def _period(kind: str | None, start: str | None, end: str | None, partial: bool) -> tuple[str | None, int | None, str]:
    """A period's kind, length in months and name. The dates say what kind it is: "1 April 2021 to 31 March 2022" is the financial year
    2021/22, however a letter writes it; an academic year keeps its name, since its dates alone would make it a range."""
    if start is not None and end is not None and start <= end and kind not in ("academic_year", "quarter"):
        kind = spell(start, end).kind
    return kind, months(start, end), words.period(kind, start, end, partial)


def _tokens(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", text.casefold()))
