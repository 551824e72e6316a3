"""One council: what it answered, and how that stands beside councils like it."""

from __future__ import annotations

import pandas as pd

from foi_lib.analysis import comparability, counts, decided, words
from foi_lib.analysis.counts import League
from foi_lib.analysis.figures import Row, of_rows
from foi_lib.analysis.grid import REFUSED
from foi_lib.analysis.sift import sift
from foi_lib.analysis.slices import LIKENESS, MOST, nearest
from foi_lib.frames import plain_rows

FIGURES = (
    "breach_count",
    "incident_count",
    "cyber_incident_count",
    "cyber_attack_count",
    "ico_reported_count",
    "people_affected",
    "compensation_claim_count",
    "claims_count",
    "compensation_paid_gbp",
    "cost_gbp",
)


def answered(answers: pd.DataFrame, grid: pd.DataFrame, slug: str) -> pd.DataFrame:
    """Every question put to the council with what it said, in the order of the questions: question, what was asked, period, figure,
    outcome, provisions, quote, file, page, answer_id. A question without an answer has its own row."""
    rows: list[Row] = []
    said: dict[str, list[Row]] = {}
    for row in plain_rows(answers[answers["slug"] == slug]):
        said.setdefault(row["question"], []).append(row)
    for asked in plain_rows(grid[grid["slug"] == slug], ("question", "measure", "outcome")):
        base = {"question": asked["question"], "what was asked": words.measure_name(asked["measure"])}
        if asked["question"] not in said:
            rows.append({**base, "outcome": asked["outcome"], "answer_id": ""})
        for row in sorted(said.get(asked["question"], ()), key=_order):
            low, high = (row["value"] if row[end] is None else row[end] for end in ("low", "high"))
            told = words.interval(low, high, row["unit"])
            part = "" if row["breakdown"] is None else f" ({row['breakdown']})"
            hedge = "" if row["qualifier"] is None else f" “{row['qualifier']}”"
            rows.append(
                {
                    **base,
                    "period": _period(row),
                    "figure": None if told == words.NONE else told + hedge + part,
                    "outcome": row["outcome"],
                    "relied on": row["provisions"],
                    "quote": _short(row["quote"]),
                    "source": row["source"],
                    "decided": decided.told(row) or None,
                    "file": row["file"],
                    "page": pd.NA if row["page"] is None else row["page"],
                    "answer_id": row["answer_id"],
                }
            )
    columns = ["question", "what was asked", "period", "figure", "outcome", "relied on", "quote", "source", "file", "page"]
    if any(row.get("decided") for row in rows):
        columns.append("decided")  # a column of its own only where a person has decided anything
    return pd.DataFrame(rows, columns=[*columns, "answer_id"]).astype({"page": object})  # a place, which nothing is reckoned with


def peers(responses: pd.DataFrame, slug: str, most: int = MOST) -> pd.DataFrame:
    """The councils most like this one: of the same kind and nation, nearest in population (by ratio); where its population is not known,
    in order of name. Columns: authority, slug, tier, population, population_year."""
    columns = ["authority", "slug", "tier", "population", "population_year"]
    people = {row["slug"]: n for n, row in reversed(list(enumerate(plain_rows(responses, ("slug",)))))}  # of several, the first
    first = responses.iloc[sorted(people.values())]
    found = nearest(plain_rows(first, LIKENESS), slug, most)
    return responses.iloc[[people[one] for one in found]][columns].reset_index(drop=True)


def standing(grid: pd.DataFrame, answers: pd.DataFrame, slug: str) -> pd.DataFrame:
    """The council's own figure for each measure that it gave, beside the others'.

    Columns: what was counted, period, figure, rank, of, median of the others, others' range, note, answer_id. The median is "–" below three
    figures. A figure that cannot be compared has no rank, and its note says why.
    """
    rows = []
    given = set(answers.loc[answers["slug"] == slug, "measure"])
    figures = of_rows(plain_rows(answers, comparability.NEEDED))
    for measure in [m for m in dict.fromkeys([*FIGURES, *grid["measure"], *sorted(given)]) if m in given]:
        found = sift([row for row in figures if row["measure"] == measure], measure)
        own, apart = ([row for row in part if row["slug"] == slug] for part in (found.rows, found.to_explain))
        if found.basis is None or not (own or apart):
            continue
        others = counts.spread_of([row for row in found.rows if row["slug"] != slug])
        unit = "GBP" if measure.endswith("_gbp") else None
        enough = others.n >= 3
        rows.append(
            {
                "what was counted": words.measure_name(measure),
                "period": found.basis.period,
                "figure": own[0]["figure"] if own else "not comparable",
                "rank": comparability.rank_of(found.rows, slug) if own else words.NONE,
                "of": len(found.rows),
                "median of the others": words.amount(others.median, unit) if enough else words.NONE,
                "others' range": words.interval(others.least, others.most, unit) if enough else words.NONE,
                "note": "; ".join(f"{a['figure']} ({a['period']}): {a['reason']}" for a in apart),
                "answer_id": (own or apart)[0]["answer_id"],
            }
        )
    columns = ["what was counted", "period", "figure", "rank", "of", "median of the others", "others' range", "note", "answer_id"]
    return pd.DataFrame(rows, columns=columns)


def beside(table: League, slug: str, alike: pd.DataFrame) -> pd.DataFrame:
    """The council and its peers out of a league table, in the league's order (authority, slug, rank, figure, …, answer_id)."""
    rows = table.table[table.table["slug"].isin([slug, *alike["slug"]])]
    columns = [
        "authority",
        "slug",
        "rank",
        "figure",
        "low",
        "high",
        "outcome",
        "population",
        "population_year",
        "per_100k",
        "note",
        "answer_id",
    ]
    return rows[columns].reset_index(drop=True)


def refused(grid: pd.DataFrame, slug: str) -> pd.DataFrame:
    """The part of the grid that the council refused."""
    return grid[(grid["slug"] == slug) & grid["outcome"].isin(REFUSED)].reset_index(drop=True)


def _order(row: Row) -> tuple[str, str, str]:
    """By period and part; what has none comes first."""
    return row["period_start"] or "", row["breakdown"] or "", row["answer_id"]


def _short(quote: str | None, most: int = 120) -> str | None:
    """A long answer's beginning: the whole stands in the letter view, a click away."""
    if quote is None:
        return None
    text = " ".join(quote.split())
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + " …"


def _period(row: Row) -> str | None:
    told = words.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"])
    return None if told == words.UNSTATED else told
