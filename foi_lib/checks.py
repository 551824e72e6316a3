"""What does not add up. A check orders the review; it never drops or changes a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from foi_lib import checks_across
from foi_lib.checks_across import TOTALS
from foi_lib.checks_across import is_total as _is_total
from foi_lib.checks_across import warning as _warning

__all__ = ["COLUMNS", "TOTALS", "run_checks"]

COLUMNS = ("check", "slug", "authority", "question", "answer_ids", "message")
_PERIOD = ["period_start", "period_end"]


def run_checks(
    answers: pd.DataFrame, incidents: pd.DataFrame | None = None, published: pd.DataFrame | None = None,
    texts: pd.DataFrame | None = None, responses: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Every warning about a request's answers, one row each: check, slug, authority, question, answer_ids ('; '), message.

    The others are the tables of those names; without them the checks that need them find nothing.
    """
    found = [
        *totals(answers), *twice(answers), *keyed(answers), *years(answers), *lists(answers, incidents), *earlier(answers),
        *anchors(answers, published), *checks_across.run(answers, texts, responses),
    ]  # fmt: skip
    table = pd.DataFrame(found, columns=list(COLUMNS)).astype("str")
    return table.sort_values(["slug", "question", "check", "answer_ids"]).reset_index(drop=True)


def _groups(answers: pd.DataFrame, by: list[str]) -> Iterable[pd.DataFrame]:
    return (rows for _, rows in answers.groupby(by, dropna=False, sort=True))


def totals(answers: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows of a breakdown against the total that the answer states: both are shown, with the reckoning."""
    found = []
    figures = answers[answers["value"].notna() & (answers["source"] != "keyed")]
    same = ["slug", "question", "measure", *_PERIOD]
    # only those of one total and several parts: of 400 councils' groups nearly all are a single row
    counted = _is_total(figures).groupby([figures[name] for name in same], dropna=False).transform("sum")
    size = figures.groupby(same, dropna=False)["value"].transform("size")
    for rows in _groups(figures[(counted == 1) & (size > 2)], same):
        total, parts = rows[_is_total(rows)], rows[~_is_total(rows)]
        if len(total) == 1 and len(parts) > 1 and abs(parts["value"].sum() - total["value"].iloc[0]) > 0.005:
            sums = " + ".join(f"{value:,.15g}" for value in parts["value"])
            said = f"{sums} = {parts['value'].sum():,.15g}, but the total stated is {total['value'].iloc[0]:,.15g}"
            found.append(_warning("rows_against_total", pd.concat([total, parts]), said))
    return found


def twice(answers: pd.DataFrame) -> list[dict[str, Any]]:
    """The same question, measure, period and part answered twice with different figures."""
    found = []
    figures = answers[answers["value"].notna()]
    same = ["slug", "question", "measure", "breakdown", *_PERIOD]
    for rows in _groups(figures[figures.duplicated(same, keep=False)], same):
        if rows["value"].nunique() > 1:
            values = " and ".join(f"{value:,.15g}" for value in rows["value"].unique())
            found.append(_warning("answered_twice", rows, f"the same question and period are answered with {values}"))
    return found


def keyed(answers: pd.DataFrame) -> list[dict[str, Any]]:
    """The program's reading against the figure keyed by hand."""
    found = []
    open_ = answers[answers["needs_review"].astype(bool)]  # a person who has decided between the two has settled it
    differ = open_[open_["review_reasons"].fillna("").str.contains("differs_from_keyed", regex=False)]
    for n in range(len(differ)):
        row = differ.iloc[n : n + 1]
        pairs = [(row[f"{by}outcome"].iloc[0], row[f"{by}value"].iloc[0]) for by in ("", "keyed_")]
        said = [f"{outcome}{'' if pd.isna(value) else f' {value:,.15g}'}" for outcome, value in pairs]
        found.append(_warning("differs_from_keyed", row, f"read in the letter: {said[0]}; keyed by hand: {said[1]}"))
    return found


_SHORTER = ("month", "quarter", "calendar_year", "financial_year")  # what a longer figure may be made up of


def years(answers: pd.DataFrame) -> list[dict[str, Any]]:
    """A figure over a stretch (a year, several) against the sum of that authority's own figures for its months, quarters or years."""
    found = []
    whole = answers[answers["value"].notna() & _is_total(answers) & answers["period_start"].notna() & answers["period_end"].notna()]
    by = ["slug", "question", "measure"]
    several = whole.groupby(by, dropna=False)["period_kind"].transform("nunique") > 1  # nearly all groups are of one kind
    for rows in _groups(whole[several], by):
        for n in range(len(rows)):
            stretch = rows.iloc[n]
            start, end = stretch["period_start"], stretch["period_end"]
            inside = rows[(rows["period_start"] >= start) & (rows["period_end"] <= end)]
            for kind in _SHORTER:
                within = inside[inside["period_kind"] == kind].drop_duplicates("period_start").sort_values("period_start")
                if kind == stretch["period_kind"] or not _fills(within, start, end):
                    continue
                if abs(within["value"].sum() - stretch["value"]) > 0.005:
                    sums = " + ".join(f"{value:,.15g}" for value in within["value"])
                    parts = f"{kind.rpartition('_')[2]}s"
                    said = f"{sums} = {within['value'].sum():,.15g} for the {parts}, but {stretch['value']:,.15g} for the whole period"
                    found.append(_warning(f"{parts}_against_whole", pd.concat([rows.iloc[n : n + 1], within]), said))
    return found


def _fills(within: pd.DataFrame, start: str, end: str) -> bool:
    """Whether the periods follow each other without a gap from `start` to `end`."""
    if len(within) < 2 or within["period_start"].iloc[0] != start or within["period_end"].iloc[-1] != end:
        return False
    ends = pd.to_datetime(within["period_end"]).iloc[:-1].to_numpy() + pd.Timedelta(days=1)
    return bool((pd.to_datetime(within["period_start"]).iloc[1:].to_numpy() == ends).all())


def lists(answers: pd.DataFrame, incidents: pd.DataFrame | None) -> list[dict[str, Any]]:
    """A stated number of breaches, incidents or cyber incidents against how many of them the authority listed."""
    if incidents is None or not len(incidents):
        return []
    found = []
    counted = {"breach_count": "breach", "incident_count": "incident", "cyber_incident_count": "cyber_incident"}
    stated = answers[answers["measure"].isin(counted) & answers["value"].notna() & _is_total(answers)]
    alone = ~stated.duplicated(["slug", "measure"], keep=False)  # of several periods it is not known to which the list belongs
    listed = incidents.groupby(["slug", "kind"]).size().to_dict()
    for row in stated[alone].sort_values(["slug", "measure"]).to_dict("records"):
        kind = counted[row["measure"]]
        n = listed.get((row["slug"], kind), 0)
        if n and n != row["value"]:
            said = f"{row['value']:,.15g} stated, {n} listed as {kind.replace('_', ' ')}"
            found.append({**{c: row[c] for c in ("slug", "authority", "question")}, "check": "list_against_count",
                          "answer_ids": row["answer_id"], "message": said})  # fmt: skip
    return found


def earlier(answers: pd.DataFrame) -> list[dict[str, Any]]:
    """An authority's figure against its own of the year before: ten times as many or a tenth, and a difference of ten at least.

    Such a step is more often another way of counting (incidents for breaches) or a slip of a digit than a change.
    """
    found = []
    single = answers["period_kind"].isin(["calendar_year", "financial_year"])
    figures = answers[single & answers["value"].notna() & _is_total(answers) & (answers["unit"] != "GBP")]
    by = ["slug", "question", "measure", "period_kind"]
    figures = figures.sort_values([*by, "period_start"], kind="stable").drop_duplicates([*by, "period_start"])
    before = figures.groupby(by, dropna=False)[["value", "period_start"]].shift()
    year, was = figures["period_start"].str[:4].astype("Int64"), before["period_start"].str[:4].astype("Int64")
    low, high = figures["value"].where(figures["value"] < before["value"], before["value"]), figures["value"].combine(before["value"], max)
    steps = ((year == was + 1) & (high - low >= 10) & (high >= 10 * low)).fillna(False).astype(bool)
    for n in steps.to_numpy().nonzero()[0]:
        pair = figures.iloc[n - 1 : n + 1]
        first, second = (start[:4] for start in pair["period_start"])
        said = f"{pair['value'].iloc[0]:,.15g} in the year from {first}, {pair['value'].iloc[1]:,.15g} from {second}"
        found.append(_warning("own_earlier_figure", pair, said))
    return found


# what a publication's measure may be here: the surveys do not tell breaches from incidents
_PUBLISHED = {
    "data_incidents": ("breach_count", "incident_count", "published_breach_or_incident_count"),
    "compensation_paid": ("compensation_paid_gbp",),
}


def anchors(answers: pd.DataFrame, published: pd.DataFrame | None) -> list[dict[str, Any]]:
    """A figure against one that was published of the same authority for the same period. A warning, never a filter."""
    if published is None or not len(published):
        return []
    found = []
    figures = answers[answers["value"].notna() & _is_total(answers) & answers["authority_code"].notna()]
    for anchor in published[published["authority_code"].notna()].to_dict("records"):
        same = figures[
            (figures["authority_code"] == anchor["authority_code"])
            & figures["measure"].isin(_PUBLISHED.get(anchor["measure"], (anchor["measure"],)))
            & (figures["period_start"] == anchor["period_start"]) & (figures["period_end"] == anchor["period_end"])
        ]  # fmt: skip
        for n in range(len(same)):
            if abs(same["value"].iloc[n] - anchor["value"]) > 0.005:
                said = f"{same['value'].iloc[n]:,.15g} here, but {anchor['investigation']} published {anchor['value']:,.15g}"
                found.append(_warning("published_differs", same.iloc[n : n + 1], f"{said} ({anchor['source_url']})"))
    return found
