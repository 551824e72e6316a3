"""The figures among the answers: their two ends, their period by its dates, whether they are for the whole."""

from __future__ import annotations

import math
import re
from datetime import date
from functools import cache, lru_cache

import pandas as pd

from foi_lib.analysis import words
from foi_lib.checks import TOTALS
from foi_lib.period_names import spell

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
    low = rows["low"].astype("float64").fillna(rows["value"].astype("float64"))
    high = rows["high"].astype("float64").fillna(rows["value"].astype("float64"))
    counted = rows["kind"].isin(["count", "money"]).fillna(False).astype(bool)
    nil = (rows["outcome"] == "nil") & low.isna() & high.isna() & counted
    low, high = low.mask(nil, 0.0), high.mask(nil, 0.0)
    has = (low.notna() | high.notna()) & counted
    rows, low, high = rows[has].copy(), low[has], high[has]
    rows["low"] = low.fillna(0.0)  # "fewer than ten" without a lower end: none of these figures can be below nil
    rows["high"] = high.fillna(math.inf)
    known = {cells: _period(*cells) for cells in set(_cells(rows))}
    told = [known[cells] for cells in _cells(rows)]
    rows["period_kind"] = pd.Series([kind for kind, _, _ in told], index=rows.index, dtype="str")
    rows["months"] = pd.array([length for _, length, _ in told], dtype="Int64")
    rows["figure"] = [_figure(*cells) for cells in zip(rows["low"], rows["high"], _plain(rows["unit"]), strict=True)]
    rows["period"] = [name for _, _, name in told]
    return rows


def whole(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is for the whole: it has no label, one that says so, or, as its council's only figure for the period, one that merely
    names what is counted ("Data breaches" on the one row of a table)."""
    label = rows["breakdown"].fillna("").str.strip().str.casefold()
    alone = ~rows.duplicated(["slug", "question", "measure", "period_start", "period_end"], keep=False)
    known = {m: {*NAMING, *_tokens(words.measure_name(m))} for m in set(rows["measure"])}
    names = pd.Series([_tokens(text) <= known[m] for text, m in zip(label, rows["measure"], strict=True)], index=rows.index, dtype="bool")
    return label.isin(["", *TOTALS]) | (alone & names)


_figure = lru_cache(4096)(words.interval)  # of hundreds of councils' figures most are said more than once


def _cells(rows: pd.DataFrame) -> list[tuple[str | None, str | None, str | None, bool]]:
    """Kind, start, end and whether it is a part, of each row's period."""
    columns = [_plain(rows[name]) for name in ("period_kind", "period_start", "period_end")]
    return list(zip(*columns, rows["partial_period"].fillna(False).astype(bool), strict=True))


def _plain(column: pd.Series) -> list[str | None]:
    return [None if missing else str(value) for value, missing in zip(column, column.isna(), strict=True)]


def _period(kind: str | None, start: str | None, end: str | None, partial: bool) -> tuple[str | None, int | None, str]:
    """A period's kind, length in months and name. The dates say what kind it is: "1 April 2021 to 31 March 2022" is the financial year
    2021/22, however a letter writes it; an academic year keeps its name, since its dates alone would make it a range."""
    if start is not None and end is not None and start <= end and kind not in ("academic_year", "quarter"):
        kind = spell(start, end).kind
    return kind, months(start, end), words.period(kind, start, end, partial)


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))
