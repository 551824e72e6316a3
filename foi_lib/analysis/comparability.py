"""Which figures may stand side by side. Nothing is ranked or added here that differs in measure, kind or length of period, or
completeness; what differs is returned apart, with the reason in words."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date

import pandas as pd

from foi_lib.analysis import words
from foi_lib.checks import TOTALS
from foi_lib.period_names import spell
from foi_lib.reference import measures

NAMING = [
    "a",
    "all",
    "amount",
    "council",
    "each",
    "figure",
    "in",
    "no",
    "number",
    "of",
    "paid",
    "personal",
    "recorded",
    "reported",
    "the",
    "total",
    "year",
]
LEFT_OUT = ["answer_id", "authority", "slug", "question", "figure", "period", "reason", "beside"]


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


def months(start: object, end: object) -> int | None:
    """Length of a period in whole months (29 days or 32 are a month still); None where an end is open. A shorter period is 0."""
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return None
    return round(((date.fromisoformat(str(end)) - date.fromisoformat(str(start))).days + 1) / (365.25 / 12))


def figures(answers: pd.DataFrame, measure: str | None = None) -> pd.DataFrame:
    """The answers that hold a figure, with `low` and `high` filled (a stated nil is 0), `months`, `figure` and `period` in words.

    A bare percentage, date, yes/no or text is no figure. An answer's `value` stands for both ends where it has none of its own.
    """
    rows = answers if measure is None else answers[answers["measure"] == measure]
    low = rows["low"].astype("float64").fillna(rows["value"].astype("float64"))
    high = rows["high"].astype("float64").fillna(rows["value"].astype("float64"))
    nil = (rows["outcome"] == "nil") & low.isna() & high.isna() & rows["kind"].isin(["count", "money"]).fillna(False)
    low, high = low.mask(nil, 0.0), high.mask(nil, 0.0)
    has = (low.notna() | high.notna()) & rows["kind"].isin(["count", "money"]).fillna(False)
    rows, low, high = rows[has].copy(), low[has], high[has]
    rows["low"] = low.fillna(0.0)  # "fewer than ten" without a lower end: none of these figures can be below nil
    rows["high"] = high.fillna(math.inf)
    # The dates say what kind of period it is: "1 April 2021 to 31 March 2022" is the financial year 2021/22, however a letter writes it.
    rows["period_kind"] = _kinds(rows)
    rows["months"] = pd.array([months(s, e) for s, e in zip(rows["period_start"], rows["period_end"], strict=True)], dtype="Int64")
    rows["figure"] = [words.interval(a, b, _unit(u)) for a, b, u in zip(rows["low"], rows["high"], rows["unit"], strict=True)]
    rows["period"] = _periods(rows)
    return rows


def compare(answers: pd.DataFrame, measure: str, asked: int, *, period: tuple[str, str] | None = None, years: bool = False) -> Comparison:
    """The figures of one measure that may be ranked and added, and the rest with reasons.

    `period` fixes first and last day (ISO dates); without it the period that most authorities gave is taken, the latest of equals.
    With `years=True` figures of the same kind and length may lie in different years: a series.
    """
    rows = figures(answers, measure)
    out: list[pd.DataFrame] = []
    rows = _apart(rows, out, rows["decision"] == "exclude", lambda r: f"left out by {r['decided_by']}: {r['decision_why']}", False)
    rows = _apart(rows, out, ~_whole(rows), lambda r: f"a part of the whole ({r['breakdown']}), not a total")
    rows = _apart(rows, out, rows["derived_by"].notna(), lambda r: f"worked out ({r['derived_by']}), not a figure that the letter states")
    rows = _apart(rows, out, rows["months"].isna(), lambda r: "the period is open or not stated")
    basis = _basis(rows, measure, period, years)
    if basis is not None:
        rows = _apart(
            rows,
            out,
            rows["period_kind"] != basis.period_kind,
            lambda r: f"covers a {_kind(r)}, not a {_kind_words(basis.period_kind, basis.months)}",
        )
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
            rows = _apart(
                rows,
                out,
                (rows["period_start"] != basis.start) | (rows["period_end"] != basis.end),
                lambda r: f"covers {r['period']}, not {basis.period}",
            )
        rows = _one_each(rows, out)
        rows = _joint_once(rows, out)
    left = pd.concat([_left(part) for part in out if len(part)]) if any(len(part) for part in out) else _left(None)
    return Comparison(rows.sort_values(["period_start", "slug"]).reset_index(drop=True), left.reset_index(drop=True), basis, asked)


def different_measures(answers: pd.DataFrame, grid: pd.DataFrame) -> pd.DataFrame:
    """How many councils gave a figure for each measure that was asked or given (breach, incident, reported to the ICO, cyber incident …):
    what was counted, questions, councils, figures, why it stands apart, and the ids of the figures' answers."""
    rows = figures(answers)
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
    ids = tuple(sorted(str(i) for i in rows["answer_id"]))
    unit = _common_unit(rows)
    if not len(rows):
        return Total(0.0, 0.0, 0, asked, unit, ids)
    return Total(float(rows["low"].sum()), float(rows["high"].sum()), int(rows["slug"].nunique()), asked, unit, ids)


def ranks(rows: pd.DataFrame) -> list[str]:
    """The rank that each figure can have, highest first: "1", "2=" for equals, "3–5" where a suppressed figure leaves it open."""
    low, high = rows["low"].to_numpy(), rows["high"].to_numpy()
    out = []
    for i in range(len(rows)):
        best = 1 + int((low > high[i]).sum())
        above = (high > low[i]) & ~(low > high[i])
        above[i] = False
        worst = best + int(above.sum())
        equal = int(((low == low[i]) & (high == high[i])).sum()) > 1
        out.append(f"{best}–{worst}" if worst > best else f"{best}{'=' if equal else ''}")
    return out


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
    """A figure that stands at the same place of the same file for several authorities is one figure: the first by name keeps it."""
    place = ["sha256", "start", "end", "period_start", "period_end"]
    known = rows["sha256"].notna() & rows["start"].notna()
    rows = rows.sort_values("slug")
    again = rows.duplicated(place, keep="first") & known.reindex(rows.index)
    first = rows[~again & known.reindex(rows.index)].set_index(place)["authority"]
    return _apart(rows, out, again, lambda r: f"given jointly with {first.loc[tuple(r[k] for k in place)]}; counted once", False)


def _apart(rows: pd.DataFrame, out: list[pd.DataFrame], where: pd.Series, reason: object, beside: bool = True) -> pd.DataFrame:
    """Move the rows of `where` to `out`, each with its reason. `beside`: it is no gap where the authority has a compared figure too."""
    where = where.fillna(False).astype(bool)
    if where.any():
        gone = rows[where].copy()
        gone["beside"] = beside
        gone["reason"] = [reason(r) for _, r in gone.iterrows()]  # type: ignore[operator]
        out.append(gone)
    return rows[~where]


def _left(rows: pd.DataFrame | None) -> pd.DataFrame:
    if rows is None:
        return pd.DataFrame({c: pd.Series(dtype="bool" if c == "beside" else "str") for c in LEFT_OUT})
    return rows.sort_values(["slug", "period_start", "answer_id"])[LEFT_OUT]


def _periods(rows: pd.DataFrame) -> list[str]:
    columns = (rows["period_kind"], rows["period_start"], rows["period_end"], rows["partial_period"])
    return [words.period(*cells) for cells in zip(*columns, strict=True)]


def _kinds(rows: pd.DataFrame) -> pd.Series:
    """The kind of each period by its dates; an academic year keeps its name, since its dates alone would make it a range."""
    kinds = []
    for kind, start, end in zip(rows["period_kind"], rows["period_start"], rows["period_end"], strict=True):
        known = not pd.isna(start) and not pd.isna(end) and str(start) <= str(end) and kind not in ("academic_year", "quarter")
        kinds.append(spell(str(start), str(end)).kind if known else kind)
    return pd.Series(kinds, index=rows.index, dtype="str")


def _whole(rows: pd.DataFrame) -> pd.Series:
    """Whether a row is for the whole: it has no label, one that says so, or, as its council's only figure for the period, one that merely
    names what is counted ("Data breaches" on the one row of a table)."""
    label = rows["breakdown"].fillna("").str.strip().str.casefold()
    alone = ~rows.duplicated(["slug", "question", "measure", "period_start", "period_end"], keep=False)
    known = {m: {*NAMING, *_tokens(words.measure_name(m))} for m in set(rows["measure"])}
    names = pd.Series([_tokens(text) <= known[m] for text, m in zip(label, rows["measure"], strict=True)], index=rows.index, dtype="bool")
    return label.isin(["", *TOTALS]) | (alone & names)


def _tokens(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", text.casefold()))


def _bool(column: pd.Series) -> pd.Series:
    return column.fillna(False).astype(bool)


def _unit(unit: object) -> str | None:
    return None if unit is None or pd.isna(unit) else str(unit)


def _common_unit(rows: pd.DataFrame) -> str | None:
    units = sorted(set(rows["unit"].dropna()))
    return str(units[0]) if len(units) == 1 else None


def _kind_words(kind: str, months: int) -> str:
    return f"stretch of {words.plural(months, 'month')}" if kind == "range" else kind.replace("_", " ")


def _kind(row: pd.Series) -> str:
    return f"{_kind_words(str(row['period_kind']), int(row['months']))} ({row['period']})"
