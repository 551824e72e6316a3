"""Which figures may stand side by side. Nothing is ranked or added here that differs in measure, kind or length of period, or
completeness; what differs is returned apart, with the reason in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from foi_lib.analysis import joint, words
from foi_lib.analysis.figures import figures, whole
from foi_lib.reference import measures

LEFT_OUT = ["answer_id", "authority", "slug", "question", "figure", "period", "reason", "beside"]
NEEDED = frozenset(
    """answer_id authority slug question measure kind breakdown period_kind period_start period_end partial_period outcome value low high
    unit qualifier derived_by quote sha256 start end source source_note source_url note needs_review joint
    decision decided_by decision_why""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What figures must share to be compared. `start`/`end` are None where years may differ (a series)."""

    measure: str
    period_kind: str
    months: int
    partial: bool
    start: str | None = None
    end: str | None = None

    @property
    def period(self) -> str:
        """The period's name: "2017", "2021/22"."""
        return words.period(self.period_kind, self.start, self.end, self.partial)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Figures that may be compared, and those that may not. `asked` is the number of authorities that were asked."""

    rows: pd.DataFrame
    left_out: pd.DataFrame  # columns LEFT_OUT
    basis: Basis | None
    asked: int

    @property
    def n(self) -> int:
        """Authorities with a comparable figure (a figure given jointly counts once)."""
        return int(self.rows["slug"].nunique())

    @property
    def text(self) -> str:
        """`3 of 12`."""
        return words.of(self.n, self.asked)

    @property
    def to_explain(self) -> pd.DataFrame:
        """What was left out, but for other years and parts of the whole of authorities that are compared: these are no gap."""
        known = self.left_out["beside"].astype(bool) & self.left_out["slug"].isin(set(self.rows["slug"]))
        return self.left_out[~known].drop(columns="beside").reset_index(drop=True)


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
    return compare_figures(figures(slim(answers[answers["measure"] == measure])), measure, asked, period=period, years=years)


def slim(answers: pd.DataFrame) -> pd.DataFrame:
    """The answers in the columns that a comparison needs: with all forty each of its steps costs twice the time."""
    return answers[[c for c in answers.columns if c in NEEDED]]


def compare_figures(
    rows: pd.DataFrame, measure: str, asked: int, *, period: tuple[str, str] | None = None, years: bool = False
) -> Comparison:
    """As `compare`, of rows that `figures` has made, all of them of that measure: for who compares several measures."""
    out: list[pd.DataFrame] = []
    rows = _apart(rows, out, rows["decision"] == "exclude", lambda r: f"left out by {r['decided_by']}: {r['decision_why']}", False)
    rows = _apart(rows, out, ~whole(rows), lambda r: f"a part of the whole ({r['breakdown']}), not a total")
    rows = _apart(rows, out, rows["derived_by"].notna(), lambda r: f"worked out ({r['derived_by']}), not a figure that the letter states")
    rows = _apart(rows, out, rows["months"].isna(), lambda r: "the period is open or not stated")
    basis = _basis(rows, measure, period, years)
    if basis is not None:
        rows = _with_nils(rows, basis)
        name = _kind_words(basis.period_kind, basis.months)
        rows = _apart(rows, out, rows["period_kind"] != basis.period_kind, lambda r: f"covers a {_kind(r)}, not a {name}")
        rows = _apart(
            rows,
            out,
            rows["months"] != basis.months,
            lambda r: f"covers {words.plural(r['months'], 'month')}, not {words.number(basis.months)}",
        )
        rows = _apart(
            rows,
            out,
            _bool(rows["partial_period"]) != basis.partial,
            lambda r: "covers a whole period, not a part" if basis.partial else "the period had not ended",
        )
        if not years:
            elsewhen = (rows["period_start"] != basis.start) | (rows["period_end"] != basis.end)
            rows = _apart(rows, out, elsewhen, lambda r: f"covers {r['period']}, not {basis.period}")
        rows = _one_each(rows, out)
        rows = _joint_once(rows, out)
    left = pd.concat([_left(part) for part in out if len(part)]) if any(len(part) for part in out) else _left(None)
    return Comparison(rows.sort_values(["period_start", "slug"]).reset_index(drop=True), left.reset_index(drop=True), basis, asked)


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


def ranks(rows: pd.DataFrame) -> list[str]:
    """The rank that each figure can have, highest first: "1", "2=" for equals, "3–5" where a suppressed figure leaves it open."""
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    return [_rank(low, high, i) for i in range(len(rows))]


def rank_of(rows: pd.DataFrame, slug: str) -> str:
    """The rank that one authority's figure can have among these."""
    return _rank(rows["low"].to_numpy(), rows["high"].to_numpy(), rows["slug"].tolist().index(slug))


def _rank(low: Any, high: Any, i: int) -> str:
    best = 1 + int((low > high[i]).sum())
    above = (high > low[i]) & ~(low > high[i])
    above[i] = False
    worst = best + int(above.sum())
    equal = int(((low == low[i]) & (high == high[i])).sum()) > 1
    return f"{best}–{worst}" if worst > best else f"{best}{'=' if equal else ''}"


def _basis(rows: pd.DataFrame, measure: str, period: tuple[str, str] | None, years: bool) -> Basis | None:
    """The basis that most authorities share; of equals the complete one, then the latest."""
    if period is not None:
        chosen = rows[(rows["period_start"] == period[0]) & (rows["period_end"] == period[1])]
    else:
        chosen = rows
    if not len(chosen):
        return None
    keys = ["period_kind", "months", "partial_period"] + ([] if years else ["period_start", "period_end"])
    tally = chosen.assign(partial_period=_bool(chosen["partial_period"])).groupby(keys, observed=True, dropna=False)["slug"].nunique()
    table = tally.reset_index(name="n")
    table = table.sort_values(
        ["n", "partial_period", *([] if years else ["period_end", "period_start"]), "months", "period_kind"],
        ascending=[False, True, *([] if years else [False, False]), False, True],
    )
    top = table.iloc[0]
    return Basis(
        measure,
        str(top["period_kind"]),
        int(top["months"]),
        bool(top["partial_period"]),
        None if years else str(top["period_start"]),
        None if years else str(top["period_end"]),
    )


def _one_each(rows: pd.DataFrame, out: list[pd.DataFrame]) -> pd.DataFrame:
    """One figure an authority and period: the question that most authorities answered speaks; two figures that differ both go."""
    key = ["slug", "period_start", "period_end"]
    if not rows.duplicated(key).any():
        return rows
    order = rows.groupby("question", observed=True)["slug"].nunique()
    main = sorted(order.index, key=lambda q: (-int(order[q]), str(q)))[0]
    twice = rows.duplicated(key, keep=False)
    has_main = rows.assign(main=rows["question"] == main).groupby(key)["main"].transform("any")
    rows = _apart(
        rows, out, twice & has_main & (rows["question"] != main), lambda r: f"answers question {r['question']}, not question {main}"
    )
    again = rows.duplicated([*key, "low", "high"], keep="first")
    rows = _apart(rows, out, again, lambda r: "the same figure, said twice")
    clash = rows.duplicated(key, keep=False)
    told = rows[clash].groupby(key)["figure"].agg(lambda f: words.join(sorted(f)))
    return _apart(rows, out, clash, lambda r: f"two figures for the same period: {told[tuple(r[k] for k in key)]}", False)


def _joint_once(rows: pd.DataFrame, out: list[pd.DataFrame]) -> pd.DataFrame:
    """A figure that several councils gave together (see `joint`) is one figure: the first by name keeps it, and names the others."""
    rows = rows.sort_values("slug").assign(jointly_with="", joint_slugs="")
    for key in joint.keys(rows):
        rows = rows.assign(key=key.reindex(rows.index))
        by = ["key", "period_start", "period_end"]
        shared = rows["key"].notna() & rows.duplicated(by, keep=False)
        first: dict[Any, str] = {}
        for name, same in rows[shared].groupby(by):
            first[name] = same["authority"].iloc[0]
            rows.loc[same.index[0], "jointly_with"] = words.join(list(same["authority"].iloc[1:]))
            rows.loc[same.index[0], "joint_slugs"] = "; ".join(same["slug"].iloc[1:])
        rows = _apart(rows, out, shared & rows.duplicated(by), _given_with(first, by), False)
    return rows.drop(columns="key", errors="ignore")


def _given_with(first: dict[Any, str], by: list[str]) -> Callable[[dict[str, Any]], str]:
    return lambda r: f"given jointly with {first[tuple(r[c] for c in by)]}; counted once"


def _with_nils(rows: pd.DataFrame, basis: Basis) -> pd.DataFrame:
    """A nil stated for several years is a nil for each period in them: nothing that is counted or paid is less than none.

    Only periods that others gave, and that the council gave no figure for itself, are filled; `derived_by` says from what.
    """
    like = (rows["period_kind"] == basis.period_kind) & (rows["months"] == basis.months) & (_bool(rows["partial_period"]) == basis.partial)
    nil = (rows["high"] == 0) & (rows["months"] > basis.months) & ~_bool(rows["partial_period"])
    if basis.partial or not nil.any():
        return rows
    wanted = rows[like][["period_start", "period_end", "period_kind", "months", "period"]].drop_duplicates(["period_start", "period_end"])
    if basis.start is not None:
        wanted = wanted[(wanted["period_start"] == basis.start) & (wanted["period_end"] == basis.end)]
    own = set(zip(rows["slug"], rows["period_start"], rows["period_end"], strict=True))
    made, used = [], []
    for index, row in zip(rows.index[nil], rows[nil].to_dict("records"), strict=True):
        for part in wanted.sort_values("period_start").to_dict("records"):
            within = row["period_start"] <= part["period_start"] and part["period_end"] <= row["period_end"]
            name = (row["slug"], part["period_start"], part["period_end"])
            if within and name not in own:
                own.add(name)
                made.append({**row, **part, "derived_by": f"nil stated for {row['period']}"})
                used.append(index)
    if not made:
        return rows
    extra = pd.DataFrame(made, columns=rows.columns).astype(rows.dtypes.to_dict())
    return pd.concat([rows.drop(index=used), extra], ignore_index=True)


def _apart(
    rows: pd.DataFrame, out: list[pd.DataFrame], where: pd.Series, reason: Callable[[dict[str, Any]], str], beside: bool = True
) -> pd.DataFrame:
    """Move the rows of `where` to `out`, each with its reason. `beside`: it is no gap where the authority has a compared figure too."""
    where = where.fillna(False).astype(bool)
    if not where.any():
        return rows
    gone = rows[where].copy()
    gone["beside"] = beside
    gone["reason"] = [reason(row) for row in gone.to_dict("records")]
    out.append(gone)
    return rows[~where]


def _left(rows: pd.DataFrame | None) -> pd.DataFrame:
    if rows is None:
        return pd.DataFrame({c: pd.Series(dtype="bool" if c == "beside" else "str") for c in LEFT_OUT})
    return rows.sort_values(["slug", "period_start", "answer_id"])[LEFT_OUT]


def _bool(column: pd.Series) -> pd.Series:
    return column.fillna(False).astype(bool)


def _common_unit(rows: pd.DataFrame) -> str | None:
    units = sorted(set(rows["unit"].dropna()))
    return str(units[0]) if len(units) == 1 else None


def _kind_words(kind: str, months: int) -> str:
    return f"stretch of {words.plural(months, 'month')}" if kind == "range" else kind.replace("_", " ")


def _kind(row: dict[str, Any]) -> str:
    return f"{_kind_words(str(row['period_kind']), int(row['months']))} ({row['period']})"
