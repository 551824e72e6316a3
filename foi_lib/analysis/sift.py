"""Which figures may stand side by side, told of plain rows (dicts, None where nothing is): the ground of `comparability`, which speaks of
DataFrames. A request has hundreds of rows, of which each comparison takes a few: steps of a DataFrame would cost more than what they do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from foi_lib.analysis import joint, words
from foi_lib.analysis.figures import Row, is_whole

Reason = Callable[[Row], str]


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

    def has(self, row: Row) -> bool:
        """Whether a row is of this kind, length and completeness."""
        return (_kind_of(row), row["months"], _partial(row)) == (self.period_kind, self.months, self.partial)


@dataclass(frozen=True, slots=True)
class Sifted:
    """Figures that may be compared, and those left out, each with its `reason`, and `beside`: whether it is no gap where its authority has
    a compared figure too."""

    rows: list[Row]
    left: list[Row]
    basis: Basis | None

    @property
    def to_explain(self) -> list[Row]:
        """What was left out, but for other years and parts of the whole of authorities that are compared: these are no gap."""
        compared = {row["slug"] for row in self.rows}
        return [row for row in self.left if not (row["beside"] and row["slug"] in compared)]


def sift(rows: Iterable[Row], measure: str, period: tuple[str, str] | None = None, years: bool = False) -> Sifted:
    """The figures of one measure (rows of `figures.of_rows`), as `comparability.compare` tells. The rows given stay as they are."""
    left = _Left()
    kept = left.apart(list(rows), lambda r: r["decision"] == "exclude", _by_person, beside=False)
    wholes = {id(row) for row in is_whole(kept)}
    kept = left.apart(kept, lambda r: id(r) not in wholes, lambda r: f"a part of the whole ({r['breakdown']}), not a total")
    worked_out = "worked out ({}), not a figure that the letter states"
    kept = left.apart(kept, lambda r: r["derived_by"] is not None, lambda r: worked_out.format(r["derived_by"]))
    kept = left.apart(kept, lambda r: r["months"] is None, lambda r: "the period is open or not stated")
    basis = _basis(kept, measure, period, years)
    if basis is not None:
        kept = _alike(_with_nils(kept, basis), basis, years, left)
        kept = _joint_once(_one_each(kept, left), left)
    return Sifted(sorted(kept, key=lambda r: (r["period_start"] or "~", r["slug"])), left.rows, basis)


class _Left:
    """The rows that are left out."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def apart(self, rows: list[Row], where: Callable[[Row], bool], reason: Reason, beside: bool = True) -> list[Row]:
        """Move the rows of `where` here, each with its reason, in order of authority and period; gives the others."""
        gone = [row for row in rows if where(row)]
        if not gone:
            return rows
        gone.sort(key=lambda r: (r["slug"], r["period_start"] or "~", r["answer_id"]))
        self.rows += [{**row, "reason": reason(row), "beside": beside} for row in gone]
        return [row for row in rows if not where(row)]


def _by_person(row: Row) -> str:
    why = f": {row['decision_why']}" if row["decision_why"] else ""
    return f"left out by {row['decided_by']}{why}"


def _alike(rows: list[Row], basis: Basis, years: bool, left: _Left) -> list[Row]:
    """The rows of the basis's kind, length, completeness and, but for a series, dates."""
    name = _kind_words(basis.period_kind, basis.months)
    rows = left.apart(rows, lambda r: _kind_of(r) != basis.period_kind, lambda r: f"covers a {_kind(r)}, not a {name}")
    months = words.number(basis.months)
    rows = left.apart(rows, lambda r: r["months"] != basis.months, lambda r: f"covers {words.plural(r['months'], 'month')}, not {months}")
    part = "covers a whole period, not a part" if basis.partial else "the period had not ended"
    rows = left.apart(rows, lambda r: _partial(r) != basis.partial, lambda r: part)
    if years:
        return rows
    dates = (basis.start, basis.end)
    return left.apart(rows, lambda r: _dates(r) != dates, lambda r: f"covers {r['period']}, not {basis.period}")


def _basis(rows: list[Row], measure: str, period: tuple[str, str] | None, years: bool) -> Basis | None:
    """The basis that most authorities share; of equals the complete one, then the latest."""
    slugs: dict[tuple[Any, ...], set[str]] = {}
    for row in rows:
        if period is None or _dates(row) == period:
            dates = () if years else (row["period_end"], row["period_start"])
            slugs.setdefault((not _partial(row), *dates, row["months"], _kind_of(row)), set()).add(row["slug"])
    if not slugs:
        return None
    best = max((len(who), *key[:-1]) for key, who in slugs.items())
    kind = min(str(key[-1]) for key, who in slugs.items() if (len(who), *key[:-1]) == best)
    whole, months = best[1], int(best[-1])
    return Basis(measure, kind, months, not whole) if years else Basis(measure, kind, months, not whole, best[3], best[2])


def _with_nils(rows: list[Row], basis: Basis) -> list[Row]:
    """A nil stated for several years is a nil for each period in them: nothing that is counted or paid is less than none.

    Only periods that others gave, and that the council gave no figure for itself, are filled; `derived_by` says from what.
    """
    nils = [row for row in rows if row["high"] == 0 and row["months"] > basis.months and not _partial(row)]
    if basis.partial or not nils:
        return rows
    wanted = {_dates(row): row for row in reversed(rows) if basis.has(row)}
    if basis.start is not None:
        wanted = {dates: row for dates, row in wanted.items() if dates == (basis.start, basis.end)}
    own = {(row["slug"], *_dates(row)) for row in rows}
    made, used = [], set()
    for row in nils:
        for (start, end), part in sorted(wanted.items()):
            if row["period_start"] <= start and end <= row["period_end"] and (row["slug"], start, end) not in own:
                own.add((row["slug"], start, end))
                told = {name: part[name] for name in ("period_start", "period_end", "period_kind", "months", "period")}
                made.append({**row, **told, "derived_by": f"nil stated for {row['period']}"})
                used.add(id(row))
    return [row for row in rows if id(row) not in used] + made


def _one_each(rows: list[Row], left: _Left) -> list[Row]:
    """One figure an authority and period: the question that most authorities answered speaks; two figures that differ both go."""
    if all(len(same) == 1 for same in _groups(rows, _place).values()):
        return rows
    answered = {question: len({row["slug"] for row in same}) for question, same in _groups(rows, lambda r: r["question"]).items()}
    main = min(answered, key=lambda question: (-answered[question], str(question)))
    has_main = {_place(row) for row in rows if row["question"] == main}
    rows = left.apart(
        rows,
        lambda r: r["question"] != main and _place(r) in has_main,
        lambda r: f"answers question {r['question']}, not question {main}",
    )
    again = {id(row) for same in _groups(rows, lambda r: (*_place(r), r["low"], r["high"])).values() for row in same[1:]}
    rows = left.apart(rows, lambda r: id(r) in again, lambda r: "the same figure, said twice")
    clash = {place: words.join(sorted(r["figure"] for r in same)) for place, same in _groups(rows, _place).items() if len(same) > 1}
    return left.apart(rows, lambda r: _place(r) in clash, lambda r: f"two figures for the same period: {clash[_place(r)]}", beside=False)


def _joint_once(rows: list[Row], left: _Left) -> list[Row]:
    """A figure that several councils gave together (see `joint`) is one figure: the first by name keeps it, and names the others."""
    rows = [{**row, "jointly_with": "", "joint_slugs": ""} for row in sorted(rows, key=lambda r: str(r["slug"]))]
    for key in list(joint.keys(rows)):
        rows = _once(rows, key, left)
    return rows


def _once(rows: list[Row], key: Callable[[Row], str | None], left: _Left) -> list[Row]:
    """Of the figures of one period that `key` names alike, the first."""
    first: dict[int, str] = {}
    for (name, *_), (head, *others) in _groups(rows, lambda r: (key(r), *_dates(r))).items():
        if name is not None and others:
            head["jointly_with"] = words.join([str(row["authority"]) for row in others])
            head["joint_slugs"] = "; ".join(row["slug"] for row in others)
            first |= {id(row): str(head["authority"]) for row in others}
    return left.apart(rows, lambda r: id(r) in first, lambda r: f"given jointly with {first[id(r)]}; counted once", beside=False)


def _groups(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _place(row: Row) -> tuple[Any, ...]:
    return row["slug"], row["period_start"], row["period_end"]


def _dates(row: Row) -> tuple[Any, Any]:
    return row["period_start"], row["period_end"]


def _partial(row: Row) -> bool:
    return bool(row["partial_period"])


def _kind_of(row: Row) -> str:
    return row["period_kind"] or ""


def _kind_words(kind: str, months: int) -> str:
    return f"stretch of {words.plural(months, 'month')}" if kind == "range" else kind.replace("_", " ")


def _kind(row: Row) -> str:
    return f"{_kind_words(_kind_of(row), int(row['months']))} ({row['period']})"
