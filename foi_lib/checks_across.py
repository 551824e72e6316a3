"""Checks of one council against the others: figures far from theirs, values that many share, councils that are suspiciously alike."""

from __future__ import annotations

from collections.abc import Iterator
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


def run(answers: pd.DataFrame, texts: pd.DataFrame | None = None, responses: pd.DataFrame | None = None) -> Iterator[dict[str, Any]]:
    """Every warning of this module, as rows of `foi_lib.checks.run_checks`."""
    whole = answers[answers["value"].notna() & is_total(answers) & answers["kind"].isin(["count", "money"]).fillna(False)]
    exact = whole["low"].isna() | (whole["low"] == whole["high"])
    whole = whole[exact.fillna(False).astype(bool) & (whole["decision"] != "exclude")]
    one = whole.drop_duplicates(["slug", *SAME]).sort_values("slug", kind="stable")
    yield from outliers(one)
    yield from runs(one)
    yield from alike(whole)
    if texts is not None and responses is not None:
        yield from for_others(texts, responses)


def outliers(figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A figure far from the other councils' for the same measure and period, by the median and the median absolute deviation.

    In: one exact figure a council, measure and period. Distances are those of square roots, as is the custom for counts: their spread grows
    with their size. Where most figures are equal the mean absolute deviation stands in (Iglewicz and Hoaglin, as FAR).
    """
    for _, rows in figures.groupby(SAME, dropna=False, sort=True):
        if len(rows) < FEWEST:
            continue
        values = np.sqrt(rows["value"].to_numpy(dtype="float64").clip(min=0))
        away = np.abs(values - np.median(values))
        scale = float(np.median(away)) / 0.6745 or 1.2533 * float(np.mean(away))
        if not scale:
            continue
        low, high = (wording.number(q, rows["unit"].iloc[0]) for q in np.quantile(rows["value"], [0.25, 0.75]))
        for n in np.flatnonzero(away / scale > FAR):
            figure, when = wording.number(rows["value"].iloc[n], rows["unit"].iloc[n]), _period(rows.iloc[n])
            said = f"{figure} for {when}; half of {len(rows)} councils lie from {low} to {high}"
            yield warning("far_from_others", rows.iloc[n : n + 1], said)


def runs(figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """One value that a tenth of the councils (three at least) give, or that stands in three rows on end: copied, or filled down?"""
    for _, rows in figures[figures["value"] >= SHARED].groupby(SAME, dropna=False, sort=True):
        many = max(3, -(-len(rows) // 10))
        value = rows["value"]
        stretch = (value != value.shift()).cumsum()
        told = (value.groupby(value).transform("size") >= many) | (value.groupby(stretch).transform("size") >= 3)
        for same, part in rows[told].groupby("value", sort=True):
            names = ", ".join(sorted(part["authority"])[:6]) + (", …" if len(part) > 6 else "")
            figure, when = wording.number(same, part["unit"].iloc[0]), _period(part.iloc[0])
            yield warning("same_value", part, f"{figure} for {when} is the figure of {len(part)} councils: {names}")


def alike(figures: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Councils with all the same figures, three at least, and two of them different and not nought: joint, or one copied from the other?

    A figure at the same place of the same file is known to be joint, and is not told again.
    """
    columns = [figures[c].fillna("").astype("str") for c in ("question", "measure", "period_start", "period_end", "value")]
    said: dict[str, list[tuple[str, ...]]] = {}
    for slug, *cells in zip(figures["slug"], *columns, strict=True):
        said.setdefault(slug, []).append(tuple(cells))
    told: dict[tuple[tuple[str, ...], ...], list[str]] = {}
    for slug, all_of in sorted(said.items()):
        if len(all_of) >= 3 and len({cells[-1] for cells in all_of} - {"0.0"}) >= 2:
            told.setdefault(tuple(sorted(all_of)), []).append(slug)
    for slugs in told.values():
        same = [figures[figures["slug"] == slug] for slug in slugs] if len(slugs) > 1 else []
        places = [(str(rows["sha256"].iloc[0]), str(rows["start"].iloc[0])) for rows in same if rows["sha256"].notna().iloc[0]]
        if same and len(set(places)) == len(places):
            names = " and ".join(str(rows["authority"].iloc[0]) for rows in same)
            yield warning("perhaps_joint", pd.concat(same), f"{names} gave the same {len(same[0])} figures: one joint answer, or a copy?")


def for_others(texts: pd.DataFrame, responses: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """A letter that says that it answers for another council too, of which we hold no answer."""
    silent = set(responses.loc[~responses["status"].isin(["answered", "keyed"]), "slug"].astype(str))
    for row in together(texts, responses).to_dict("records"):
        if row["other_slug"] in silent:
            said = f"its letter says that it answers for {row['other']} too, of which we hold no answer"
            who = {"slug": row["slug"], "authority": row["authority"], "question": "", "answer_ids": ""}
            yield {**who, "check": "answers_for_another", "message": said}


def is_total(rows: pd.DataFrame) -> pd.Series:
    """Whether each row is for the whole by its label."""
    return rows["breakdown"].fillna("").str.casefold().str.strip().isin(("", *TOTALS))


def warning(check: str, rows: pd.DataFrame, message: str) -> dict[str, Any]:
    """A row of the warnings, about these answers; the first of them says whose it is."""
    first = rows.iloc[0]
    return {"check": check, "slug": first["slug"], "authority": first["authority"], "question": first["question"],
            "answer_ids": "; ".join(rows["answer_id"]), "message": message}  # fmt: skip


def _period(row: pd.Series) -> str:
    told = wording.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"])
    return told or "a period that is not stated"
