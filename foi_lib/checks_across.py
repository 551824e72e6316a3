"""Checks of one council against the others: figures far from theirs, values that many share, councils that are suspiciously alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import pandas as pd

from foi_lib import wording
from foi_lib.joint_letters import together

TOTALS = ("total", "all", "overall", "grand total")  # breakdown labels that name the whole
FEWEST = 8  # figures below which nobody can be far from the others
FAR = 3.5  # B. Iglewicz and D. C. Hoaglin, How to Detect and Handle Outliers (1993): the modified z-score that is called an outlier
SHARED = 10  # the least value whose being shared says anything: small numbers are often alike
SAME = ["measure", "unit", "period_start", "period_end", "partial_period"]


Row = dict[str, Any]


def run(answers: Sequence[Row], texts: pd.DataFrame | None = None, responses: pd.DataFrame | None = None) -> Iterator[Row]:
    """Every warning of this module, as rows of `foi_lib.checks.run_checks`. `answers`: plain rows."""
    whole = [row for row in answers if row["value"] is not None and row["kind"] in ("count", "money") and is_total(row)]
    whole = [row for row in whole if (row["low"] is None or row["low"] == row["high"]) and row["decision"] != "exclude"]
    first = {tuple(row[name] for name in ("slug", *SAME)): row for row in reversed(whole)}
    one = [row for row in whole if first[tuple(row[name] for name in ("slug", *SAME))] is row]
    one.sort(key=lambda row: str(row["slug"]))
    yield from outliers(one)
    yield from runs(one)
    yield from alike(whole)
    if texts is not None and responses is not None:
        yield from for_others(texts, responses)


def groups(rows: Iterable[Row], *by: str, least: int = 1) -> list[list[Row]]:
    """The rows that are alike in these columns, in the columns' order, if they are as many as `least`; within each in their own order."""
    found: dict[tuple[Any, ...], list[Row]] = {}
    key = itemgetter(*by)
    for row in rows:
        found.setdefault(key(row), []).append(row)
    many = [(name, same) for name, same in found.items() if len(same) >= least]
    return [same for name, same in sorted(many, key=lambda one: [(cell is None, cell) for cell in one[0]])]


def outliers(figures: Sequence[Row]) -> Iterator[Row]:
    """A figure far from the other councils' for the same measure and period, by the median and the median absolute deviation.

    In: one exact figure a council, measure and period. Distances are those of square roots, as is the custom for counts: their spread grows
    with their size. Where most figures are equal the mean absolute deviation stands in (Iglewicz and Hoaglin, as FAR).
    """
    for rows in groups(figures, *SAME, least=FEWEST):
        values = np.array([row["value"] for row in rows], dtype="float64")
        roots = np.sqrt(values.clip(min=0))
        away = np.abs(roots - np.median(roots))
        scale = float(np.median(away)) / 0.6745 or 1.2533 * float(np.mean(away))
        if not scale:
            continue
        low, high = (wording.number(q, rows[0]["unit"]) for q in np.quantile(values, [0.25, 0.75]))
        for row in (rows[n] for n in np.flatnonzero(away / scale > FAR)):
            figure, when = wording.number(row["value"], row["unit"]), _period(row)
            yield warning("far_from_others", [row], f"{figure} for {when}; half of {len(rows)} councils lie from {low} to {high}")


def runs(figures: Sequence[Row]) -> Iterator[Row]:
    """One value that a tenth of the councils (three at least) give, or that stands in three rows on end: copied, or filled down?"""
    for rows in groups((row for row in figures if row["value"] >= SHARED), *SAME, least=3):
        many = max(3, -(-len(rows) // 10))
        count = Counter(row["value"] for row in rows)
        told: dict[float, list[Row]] = {}
        for value, stretch in groupby(rows, key=lambda row: row["value"]):
            part = list(stretch)
            if count[value] >= many or len(part) >= 3:
                told.setdefault(value, []).extend(part)
        for value, part in sorted(told.items()):
            names = ", ".join(sorted(row["authority"] for row in part)[:6]) + (", …" if len(part) > 6 else "")
            figure, when = wording.number(value, part[0]["unit"]), _period(part[0])
            yield warning("same_value", part, f"{figure} for {when} is the figure of {len(part)} councils: {names}")


def alike(figures: Sequence[Row]) -> Iterator[Row]:
    """Councils with all the same figures, three at least, and two of them different and not nought: joint, or one copied from the other?

    A figure at the same place of the same file is known to be joint, and is not told again.
    """
    said: dict[str, list[Row]] = {}
    for row in figures:
        said.setdefault(row["slug"], []).append(row)
    told: dict[tuple[tuple[Any, ...], ...], list[list[Row]]] = {}
    for _, rows in sorted(said.items()):
        if len(rows) >= 3 and len({row["value"] for row in rows} - {0}) >= 2:
            cells = (tuple(row[c] or "" for c in ("question", "measure", "period_start", "period_end", "value")) for row in rows)
            told.setdefault(tuple(sorted(cells, key=repr)), []).append(rows)
    for same in (councils for councils in told.values() if len(councils) > 1):
        places = [(rows[0]["sha256"], rows[0]["start"]) for rows in same if rows[0]["sha256"]]
        if len(set(places)) == len(places):
            names = " and ".join(str(rows[0]["authority"]) for rows in same)
            every = [row for rows in same for row in rows]
            yield warning("perhaps_joint", every, f"{names} gave the same {len(same[0])} figures: one joint answer, or a copy?")


def for_others(texts: pd.DataFrame, responses: pd.DataFrame) -> Iterator[Row]:
    """A letter that says that it answers for another council too, of which we hold no answer."""
    silent = set(responses.loc[~responses["status"].isin(["answered", "keyed"]), "slug"].astype(str))
    for row in together(texts, responses).to_dict("records"):
        if row["other_slug"] in silent:
            said = f"its letter says that it answers for {row['other']} too, of which we hold no answer"
            who = {"slug": row["slug"], "authority": row["authority"], "question": "", "answer_ids": ""}
            yield {**who, "check": "answers_for_another", "message": said}


def is_total(row: Row) -> bool:
    """Whether a row is for the whole by its label."""
    label = row["breakdown"]
    return not label or label.casefold().strip() in ("", *TOTALS)


def warning(check: str, rows: Sequence[Row], message: str) -> Row:
    """A row of the warnings, about these answers; the first of them says whose it is."""
    first = rows[0]
    return {"check": check, "slug": first["slug"], "authority": first["authority"], "question": first["question"],
            "answer_ids": "; ".join(row["answer_id"] for row in rows), "message": message}  # fmt: skip


def _period(row: Row) -> str:
    told = wording.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"])
    return told or "a period that is not stated"
