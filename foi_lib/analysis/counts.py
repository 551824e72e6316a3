"""Counts of breaches and incidents: by council, by year, by kind of authority and region, and what their lists say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from foi_lib.analysis import comparability, decided, words
from foi_lib.analysis.comparability import Comparison, Total
from foi_lib.analysis.figures import Row
from foi_lib.analysis.grid import REFUSED
from foi_lib.frames import plain_rows

# Order of the rows without a figure in a league table, after those with one.
TAIL = [
    *REFUSED,
    "partly_withheld",
    "already_accessible",
    "disclosed",
    "suppressed",
    "nil",
    "unclear",
    "not_held",
    "clarification_sought",
    "not_applicable",
    "unanswered",
    "unreadable",
    "no_reply",
    "not_recorded",
]


MAIN = ("breach_count", "incident_count", "cyber_incident_count")
ENDS = ("value", "low", "high")
WHO = ["authority", "tier", "region", "population", "population_year"]  # what a league table says of a council


@dataclass(frozen=True, slots=True)
class League:
    """Every authority asked, with its figure or what it did instead.

    `table` columns: rank, authority, slug, answer_id, figure, low, high, unit, outcome, tier, region, population, population_year,
    per_100k, note. Ranked rows come first; the others stand below, unranked, each as what it is.
    """

    table: pd.DataFrame
    comparison: Comparison

    @property
    def ranked(self) -> pd.DataFrame:
        """The rows with a comparable figure."""
        return self.table[self.table["rank"] != words.NONE]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and spread of exact figures (suppressed ones are outside, and counted in `intervals`)."""

    n: int
    median: float | None
    lower: float | None  # first quartile
    upper: float | None  # third quartile
    least: float | None
    most: float | None
    intervals: int
    answer_ids: tuple[str, ...]


def main_measure(grid: pd.DataFrame, answers: pd.DataFrame, first: tuple[str, ...] = MAIN) -> str:
    """The measure that a report of counts is about: of those asked or given, in the order of `first` and then as asked, the first that any
    council gave a figure for; where nobody gave any, the first that was asked."""
    asked = [str(m) for m in dict.fromkeys(grid.loc[grid["kind"] == "count", "measure"])]
    counted = (row for row in plain_rows(answers, ("kind", "measure", "outcome", *ENDS)) if row["kind"] == "count" and row["measure"])
    given = {row["measure"] for row in counted if row["outcome"] == "nil" or any(row[end] is not None for end in ENDS)}
    order = [m for m in dict.fromkeys([*first, *asked, *sorted(given)]) if m in {*asked, *given}]
    return next((m for m in order if m in given), order[0] if order else first[0])


def league(
    grid: pd.DataFrame, answers: pd.DataFrame, responses: pd.DataFrame, measure: str, period: tuple[str, str] | None = None
) -> League:
    """The league table of one measure, over all authorities asked. `grid` comes from `grid.grid`; `period` as in `compare`."""
    people = {row["slug"]: row for row in reversed(plain_rows(responses, ("slug", *WHO)))}  # of several, the first
    people = {slug: people[slug] for slug in dict.fromkeys(responses["slug"].tolist())}
    answers = answers[(answers["measure"] == measure) & answers["slug"].isin(responses["slug"])]  # a sender that nobody knows was not asked
    found = comparability.compare(answers, measure, len(people), period=period)
    apart: dict[str, list[Row]] = {}
    for row in found.sifted.to_explain:
        apart.setdefault(row["slug"], []).append(row)
    ranked = sorted(found.sifted.rows, key=lambda r: (-r["high"], -r["low"], r["slug"]))
    corrected = {row["answer_id"]: decided.note(row) for row in plain_rows(answers[answers["source"] == "correction"])}
    rows = [
        _ranked({**row, "rank": rank}, people, apart.get(row["slug"], []), corrected.get(row["answer_id"], ""))
        for row, rank in zip(ranked, comparability.ranks(ranked), strict=True)
    ]
    asked: dict[str, list[Row]] = {}
    # a question may be answered in a measure that it did not ask for
    questions = {*grid.loc[grid["measure"] == measure, "question"], *answers["question"]}
    for row in plain_rows(grid, ("slug", "question", "outcome", "answer_id")):
        if row["question"] in questions:
            asked.setdefault(row["slug"], []).append(row)
    done = {row["slug"] for row in ranked}
    rest = [_unranked(who, asked.get(slug, []), apart.get(slug, [])) for slug, who in people.items() if slug not in done]
    rows += sorted(rest, key=lambda r: (r["figure"] != "not comparable", _place(r["outcome"]), str(r["slug"])))
    columns = ["rank", "authority", "slug", "answer_id", "figure", "low", "high", "unit", "outcome", *WHO[1:], "per_100k", "note"]
    numbers = {"low": "float64", "high": "float64", "per_100k": "float64", "population": "Int64", "population_year": "Int64"}
    table = {name: pd.Series([row.get(name) for row in rows], dtype=numbers.get(name, "str")) for name in columns}
    return League(pd.DataFrame(table), found)


def spread(rows: pd.DataFrame) -> Spread:
    """Median and quartiles of comparable figures (numpy's linear interpolation, Hyndman and Fan's type 7)."""
    return spread_of(plain_rows(rows, ("low", "high", "answer_id")))


def spread_of(rows: Sequence[Row]) -> Spread:
    """As `spread`, of plain rows."""
    exact = [row for row in rows if row["low"] == row["high"]]
    ids = tuple(sorted(str(row["answer_id"]) for row in exact))
    if not exact:
        return Spread(0, None, None, None, None, None, len(rows), ids)
    values = np.array([row["low"] for row in exact], dtype="float64")
    lower, median, upper = (float(q) for q in np.quantile(values, [0.25, 0.5, 0.75]))
    return Spread(len(values), median, lower, upper, float(values.min()), float(values.max()), len(rows) - len(values), ids)


def by_kind(table: League, column: str) -> pd.DataFrame:
    """Per value of `tier` or `region`: authorities with a comparable figure, of those asked, their median and their sum (a range where a
    figure is suppressed). The median is "–" for fewer than three figures: with so few it is somebody's figure, not a middle."""
    rows = []
    for value, part in table.table.groupby(column, dropna=False, sort=True):
        ranked = part[part["rank"] != words.NONE]
        middle = spread(ranked)
        whole = comparability.total(ranked, len(part))
        rows.append(
            {
                column: words.NONE if pd.isna(value) else value,
                "n": whole.n,
                "of": len(part),
                "median": words.number(middle.median) if middle.n >= 3 else words.NONE,
                "total": whole.text,
                "answer_ids": "; ".join(whole.answer_ids),
            }
        )
    return pd.DataFrame(rows, columns=[column, "n", "of", "median", "total", "answer_ids"])


def series(answers: pd.DataFrame, measure: str, asked: int) -> tuple[pd.DataFrame, Comparison]:
    """The figures by period, for all authorities that gave that period and for the *matched* ones that gave every period.

    Columns: period, start, end, n, low, high, answer_ids, matched_n, matched_low, matched_high, matched_answer_ids. Only matched sums show
    a change over time: the others change because councils come and go.
    """
    found = comparability.compare(answers, measure, asked, years=True)
    rows = found.rows
    periods = rows.drop_duplicates(["period_start", "period_end"]).sort_values("period_start")
    every = rows.groupby("slug")["period_start"].nunique()
    matched = rows[rows["slug"].isin(every[every == len(periods)].index)]
    out = []
    for start, end, name in zip(periods["period_start"], periods["period_end"], periods["period"], strict=True):
        one, two = (comparability.total(part[part["period_start"] == start], asked) for part in (rows, matched))
        out.append(
            {
                "period": name,
                "start": start,
                "end": end,
                "n": one.n,
                "low": one.low,
                "high": one.high,
                "answer_ids": "; ".join(one.answer_ids),
                "matched_n": two.n,
                "matched_low": two.low,
                "matched_high": two.high,
                "matched_answer_ids": "; ".join(two.answer_ids),
            }
        )
    columns = ["period", "start", "end", "n", "low", "high", "answer_ids"]
    columns += ["matched_n", "matched_low", "matched_high", "matched_answer_ids"]
    return pd.DataFrame(out, columns=columns), found


def changes(answers: pd.DataFrame, measure: str, asked: int) -> pd.DataFrame:
    """The change from the first to the last period, for authorities that gave both exactly: authority, slug, from, first, to, last, change,
    each figure with its answer's id. Suppressed figures have no exact change and are not here."""
    rows = comparability.compare(answers, measure, asked, years=True).rows
    exact = rows[rows["low"] == rows["high"]]
    columns = ["authority", "slug", "from", "first", "first_answer_id", "to", "last", "last_answer_id", "change"]
    if exact["period_start"].nunique() < 2:
        return pd.DataFrame(columns=columns)
    ends = exact["period_start"].min(), exact["period_start"].max()
    one, two = (exact[exact["period_start"] == start][["authority", "slug", "period", "low", "answer_id"]] for start in ends)
    both = one.merge(two.drop(columns="authority"), on="slug", suffixes=("_one", "_two"))
    both["change"] = both["low_two"] - both["low_one"]
    both = both[["authority", "slug", "period_one", "low_one", "answer_id_one", "period_two", "low_two", "answer_id_two", "change"]]
    return both.set_axis(columns, axis=1).sort_values(["change", "authority"], ascending=[False, True]).reset_index(drop=True)


def incidents_by(incidents: pd.DataFrame, column: str) -> pd.DataFrame:
    """Listed incidents by `category` or `department`: the column, incidents, councils, and the incidents' ids. What was not
    said is "not stated"."""
    found = incidents.assign(**{column: incidents[column].fillna("not stated")}).groupby(column)
    table = found.agg(
        incidents=("incident_id", "count"), councils=("slug", "nunique"), incidents_answer_ids=("incident_id", "; ".join)
    ).reset_index()
    return table.sort_values(["incidents", column], ascending=[False, True]).reset_index(drop=True)


def rate_per_100k(low: float, population: Any) -> float | None:
    """Figures for each 100,000 residents; None where the population is not known. Name the population's year beside it."""
    return None if population is None or pd.isna(population) or not population else 100_000 * low / float(population)


def grand_total(table: League) -> Total:
    """The sum over the ranked rows."""
    return comparability.total(table.comparison.rows, table.comparison.asked)


def _ranked(row: dict, people: dict[str, dict], apart: list[dict], corrected: str) -> dict:
    """A row with a rank. The rate of a figure that several councils gave together is over the residents of them all."""
    who = people[row["slug"]]
    residents = [who["population"], *(people[s]["population"] for s in row["joint_slugs"].split("; ") if s in people)]
    notes = [
        f"given jointly with {row['jointly_with']}" if row["jointly_with"] else "",
        "" if pd.isna(row["derived_by"]) else str(row["derived_by"]),
        f"“{row['qualifier']}” in the letter" if not pd.isna(row["qualifier"]) else "",
        corrected,
        "to be reviewed" if row["needs_review"] else "",
        *(f"also gave {a['figure']}: {a['reason']}" for a in apart),
    ]
    told = {name: row[name] for name in ("rank", "authority", "slug", "answer_id", "figure", "low", "high", "unit", "outcome")}
    exact = row["low"] == row["high"] and row["unit"] != "GBP"
    rate = rate_per_100k(row["low"], None if any(pd.isna(n) for n in residents) else sum(residents)) if exact else None
    return {**told, **{name: who[name] for name in WHO[1:]}, "per_100k": rate, "note": "; ".join(n for n in notes if n)}


def _unranked(who: dict, asked: list[dict], apart: list[dict]) -> dict:
    """A row without a rank, as what it is: a figure that cannot be compared, with the reason; else the outcome."""
    best = min(asked, key=lambda a: _place(a["outcome"]), default={"outcome": None, "answer_id": ""})
    told = [f"{a['figure']} ({a['period']}): {a['reason']}" for a in apart]
    more = f"; and {words.plural(len(told) - 3, 'figure')} more, listed below" if len(told) > 3 else ""
    figure = "not comparable" if apart else words.instead(best["outcome"])
    evidence = apart[0]["answer_id"] if apart else best["answer_id"]
    return {
        **who,
        "rank": words.NONE,
        "answer_id": evidence,
        "figure": figure,
        "outcome": best["outcome"],
        "note": "; ".join(told[:3]) + more,
    }


def _place(outcome: object) -> int:
    return TAIL.index(str(outcome)) if outcome in TAIL else len(TAIL)


def population_note(table: League) -> str:
    """Which year's estimate the rates per 100,000 residents rest on; nothing where no population is known."""
    years = sorted(set(table.table["population_year"].dropna().astype(int)))
    return f"Residents: mid-year estimates of {words.join([str(y) for y in years])}." if years else "Residents: not known."


def series_table(found: pd.DataFrame, unit: str | None = None) -> pd.DataFrame:
    """`series` in words, to show: period, councils, sum, councils that gave every period, their sum; and the answers behind the sums."""
    told = [
        [
            words.interval(a, b, unit) if n else words.NONE
            for n, a, b in zip(found[f"{p}n"], found[f"{p}low"], found[f"{p}high"], strict=True)
        ]
        for p in ("", "matched_")
    ]
    return pd.DataFrame(
        {
            "period": found["period"],
            "councils": found["n"],
            "sum": told[0],
            "councils that gave every period": found["matched_n"],
            "their sum": told[1],
            "sum_answer_ids": found["answer_ids"],
            "their sum_answer_ids": found["matched_answer_ids"],
        }
    )
