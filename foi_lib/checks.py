"""What does not add up. A check orders the review; it never drops or changes a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import fsum

import pandas as pd

from foi_lib import checks_across
from foi_lib.checks_across import TOTALS, Row, groups, is_total
from foi_lib.checks_across import warning as _warning
from foi_lib.frames import plain_rows

__all__ = ["COLUMNS", "TOTALS", "run_checks"]

COLUMNS = ("check", "slug", "authority", "question", "answer_ids", "message")
_PERIOD = ("period_start", "period_end")
NEEDED = tuple(
    """answer_id slug authority authority_code question measure kind breakdown period_kind period_start period_end partial_period outcome
    value low high unit source sha256 start needs_review review_reasons keyed_outcome keyed_value decision""".split()  # noqa: SIM905
)
Rows = Sequence[Row]


def run_checks(
    answers: pd.DataFrame, incidents: pd.DataFrame | None = None, published: pd.DataFrame | None = None,
    texts: pd.DataFrame | None = None, responses: pd.DataFrame | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Every warning about a request's answers, one row each: check, slug, authority, question, answer_ids ('; '), message.

    The others are the tables of those names; without them the checks that need them find nothing.
    """
    rows = plain_rows(answers, NEEDED)
    found = [
        *totals(rows), *twice(rows), *keyed(rows), *years(rows), *lists(rows, incidents), *earlier(rows),
        *anchors(rows, published), *checks_across.run(rows, texts, responses),
    ]  # fmt: skip
    table = pd.DataFrame(found, columns=list(COLUMNS)).astype("str")
    return table.sort_values(["slug", "question", "check", "answer_ids"]).reset_index(drop=True)


def totals(answers: Rows) -> list[Row]:
    """Rows of a breakdown against the total that the answer states: both are shown, with the reckoning."""
    found = []
    figures = [row for row in answers if row["value"] is not None and row["source"] != "keyed"]
    for rows in groups(figures, "slug", "question", "measure", *_PERIOD, least=3):
        total, parts = [row for row in rows if is_total(row)], [row for row in rows if not is_total(row)]
        if len(total) != 1 or len(parts) < 2:
            continue
        (stated,), values = (row["value"] for row in total), [row["value"] for row in parts]
        if abs(fsum(values) - stated) > 0.005:
            said = f"{_sum(values)} = {fsum(values):,.15g}, but the total stated is {stated:,.15g}"
            found.append(_warning("rows_against_total", [*total, *parts], said))
    return found


def twice(answers: Rows) -> list[Row]:
    """The same question, measure, period and part answered twice with different figures."""
    found = []
    figures = [row for row in answers if row["value"] is not None]
    for rows in groups(figures, "slug", "question", "measure", "breakdown", *_PERIOD, least=2):
        values = list(dict.fromkeys(row["value"] for row in rows))
        if len(values) > 1:
            told = " and ".join(f"{value:,.15g}" for value in values)
            found.append(_warning("answered_twice", rows, f"the same question and period are answered with {told}"))
    return found


def keyed(answers: Rows) -> list[Row]:
    """The program's reading against the figure keyed by hand."""
    found = []
    for row in answers:  # a person who has decided between the two has settled it
        if not row["needs_review"] or "differs_from_keyed" not in (row["review_reasons"] or ""):
            continue
        pairs = [(row[f"{by}outcome"], row[f"{by}value"]) for by in ("", "keyed_")]
        said = [f"{outcome or 'no outcome'}{'' if value is None else f' {value:,.15g}'}" for outcome, value in pairs]
        found.append(_warning("differs_from_keyed", [row], f"read in the letter: {said[0]}; keyed by hand: {said[1]}"))
    return found


_SHORTER = ("month", "quarter", "calendar_year", "financial_year")  # what a longer figure may be made up of


def years(answers: Rows) -> list[Row]:
    """A figure over a stretch (a year, several) against the sum of that authority's own figures for its months, quarters or years."""
    found = []
    whole = [row for row in answers if row["value"] is not None and is_total(row) and row["period_start"] and row["period_end"]]
    for rows in groups(whole, "slug", "question", "measure", least=2):
        if len({row["period_kind"] for row in rows} - {None}) < 2:  # nearly all groups are of one kind
            continue
        for stretch in rows:
            for kind in (one for one in _SHORTER if one != stretch["period_kind"]):
                within = _inside(rows, kind, stretch["period_start"], stretch["period_end"])
                values = [row["value"] for row in within]
                if within and abs(fsum(values) - stretch["value"]) > 0.005:
                    parts = f"{kind.rpartition('_')[2]}s"
                    said = f"{_sum(values)} = {fsum(values):,.15g} for the {parts}, but {stretch['value']:,.15g} for the whole period"
                    found.append(_warning(f"{parts}_against_whole", [stretch, *within], said))
    return found


def _inside(rows: Rows, kind: str, start: str, end: str) -> list[Row]:
    """The periods of a kind that follow each other without a gap from `start` to `end`, two at least; else none."""
    found = {row["period_start"]: row for row in reversed(rows) if row["period_kind"] == kind}
    within = [row for first, row in sorted(found.items()) if start <= first and row["period_end"] <= end]
    if len(within) < 2 or within[0]["period_start"] != start or within[-1]["period_end"] != end:
        return []
    follow = (_after(one["period_end"]) == other["period_start"] for one, other in pairwise(within))
    return within if all(follow) else []


def _after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def lists(answers: Rows, incidents: pd.DataFrame | None) -> list[Row]:
    """A stated number of breaches, incidents or cyber incidents against how many of them the authority listed."""
    if incidents is None or not len(incidents):
        return []
    found = []
    counted = {"breach_count": "breach", "incident_count": "incident", "cyber_incident_count": "cyber_incident"}
    stated = [row for row in answers if row["measure"] in counted and row["value"] is not None and is_total(row)]
    listed = incidents.groupby(["slug", "kind"]).size().to_dict()
    for rows in groups(stated, "slug", "measure"):
        row, kind = rows[0], counted[rows[0]["measure"]]
        n = listed.get((row["slug"], kind), 0)
        if len(rows) == 1 and n and n != row["value"]:  # of several periods it is not known to which the list belongs
            found.append(_warning("list_against_count", rows, f"{row['value']:,.15g} stated, {n} listed as {kind.replace('_', ' ')}"))
    return found


def earlier(answers: Rows) -> list[Row]:
    """An authority's figure against its own of the year before: ten times as many or a tenth, and a difference of ten at least.

    Such a step is more often another way of counting (incidents for breaches) or a slip of a digit than a change.
    """
    found = []
    single = [row for row in answers if row["period_kind"] in ("calendar_year", "financial_year") and row["period_start"]]
    figures = [row for row in single if row["value"] is not None and is_total(row) and row["unit"] != "GBP"]
    for rows in groups(figures, "slug", "question", "measure", "period_kind", least=2):
        first = {row["period_start"]: row for row in reversed(rows)}
        in_order = [row for _, row in sorted(first.items())]
        for pair in pairwise(in_order):
            was, now = (row["value"] for row in pair)
            since, year = (int(row["period_start"][:4]) for row in pair)
            if year == since + 1 and abs(now - was) >= 10 and max(now, was) >= 10 * min(now, was):
                said = f"{was:,.15g} in the year from {since}, {now:,.15g} from {year}"
                found.append(_warning("own_earlier_figure", pair, said))
    return found


# what a publication's measure may be here: the surveys do not tell breaches from incidents
_PUBLISHED = {
    "data_incidents": ("breach_count", "incident_count", "published_breach_or_incident_count"),
    "compensation_paid": ("compensation_paid_gbp",),
}


def anchors(answers: Rows, published: pd.DataFrame | None) -> list[Row]:
    """A figure against one that was published of the same authority for the same period. A warning, never a filter."""
    if published is None or not len(published):
        return []
    found = []
    by_code: dict[str, list[Row]] = {}
    for row in answers:
        if row["value"] is not None and is_total(row) and row["authority_code"]:
            by_code.setdefault(row["authority_code"], []).append(row)
    for anchor in plain_rows(published):
        measures = _PUBLISHED.get(anchor["measure"], (anchor["measure"],))
        for row in by_code.get(anchor["authority_code"], ()):
            same = row["measure"] in measures and all(row[end] == anchor[end] and row[end] for end in _PERIOD)
            if same and abs(row["value"] - anchor["value"]) > 0.005:
                said = f"{row['value']:,.15g} here, but {anchor['investigation']} published {anchor['value']:,.15g}"
                found.append(_warning("published_differs", [row], f"{said} ({anchor['source_url']})"))
    return found


def _sum(values: Sequence[float]) -> str:
    return " + ".join(f"{value:,.15g}" for value in values)
