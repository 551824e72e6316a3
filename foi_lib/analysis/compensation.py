"""Money: compensation by council and year, nil told from not answered, claims against payments, and how far few councils pay most."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pandas as pd

from foi_lib.analysis import comparability, words
from foi_lib.analysis.comparability import Comparison, Total
from foi_lib.analysis.figures import Row

APART = "figures that cannot be compared (listed below)"


@dataclass(frozen=True, slots=True)
class Payments:
    """`by_council`: one row for each authority with figures: authority, slug, periods, years, low, high, paid, rank, note, answer_ids,
    answer_id. Those with the same years as most are ranked; the others follow, with the reason. `by_year` has one row a period."""

    by_council: pd.DataFrame
    by_year: pd.DataFrame
    comparison: Comparison
    years: tuple[str, ...]

    @property
    def full(self) -> pd.DataFrame:
        """The authorities that cover all the years of the comparison."""
        return self.by_council[self.by_council["rank"] != words.NONE]

    @property
    def total(self) -> Total:
        """The sum over the authorities that cover the years of the comparison."""
        rows = self.full
        ids = tuple(sorted(i for cell in rows["answer_ids"] for i in str(cell).split("; ")))
        low, high = (float(rows[c].sum()) if len(rows) else 0.0 for c in ("low", "high"))
        return Total(low, high, len(rows), self.comparison.asked, "GBP", ids)


def payments(answers: pd.DataFrame, asked: int, measure: str = "compensation_paid_gbp") -> Payments:
    """Compensation (or another sum of money) by authority and by year.

    Councils are ranked and added over the set of years that most of them gave; a council with fewer or other years stands apart.
    """
    found = comparability.compare(answers, measure, asked, years=True)
    given: dict[str, list[Row]] = {}
    for row in found.sifted.rows:
        given.setdefault(row["slug"], []).append(row)
    covers = {slug: tuple(row["period"] for row in rows) for slug, rows in given.items()}
    tally = Counter(covers.values())
    # The years that most gave; of equals the longest run, then the latest.
    years = max(tally, key=lambda c: (tally[c], len(c), c)) if tally else ()
    councils = []
    for slug, part in sorted(given.items()):
        same = covers[slug] == years
        low, high = (float(sum(row[end] for row in part)) for end in ("low", "high"))
        missing = [y for y in years if y not in covers[slug]]
        note = "" if same else f"gave {words.join(covers[slug])}" + (f", not {words.join(missing)}" if missing else "") + "; not ranked"
        councils.append(
            {
                "authority": part[0]["authority"],
                "slug": slug,
                "periods": "; ".join(covers[slug]),
                "years": len(part),
                "low": low,
                "high": high,
                "paid": words.interval(low, high, "GBP"),
                "same": same,
                "note": note,
                "answer_ids": "; ".join(str(row["answer_id"]) for row in part),
                "answer_id": part[-1]["answer_id"],
            }
        )
    columns = ["authority", "slug", "periods", "years", "low", "high", "paid", "same", "note", "answer_ids", "answer_id"]
    table = pd.DataFrame(councils, columns=columns).sort_values(["same", "high", "low", "slug"], ascending=[False, False, False, True])
    full = table[table["same"].astype(bool)]
    table["rank"] = [*comparability.ranks(full.to_dict("records")), *([words.NONE] * (len(table) - len(full)))]
    return Payments(table.drop(columns="same").reset_index(drop=True), _by_year(found.rows, asked), found, tuple(years))


def by_council_and_year(found: Payments, grid: pd.DataFrame, measure: str = "compensation_paid_gbp") -> pd.DataFrame:
    """One row an authority asked, one column a period: authority, slug, the periods (each with `<period>_answer_id`), instead.

    `instead` says what an authority without a comparable figure did: "refused …", "no reply"; a nil is a figure, and stands in its period.
    """
    rows = found.comparison.rows
    periods = list(dict.fromkeys(rows.sort_values("period_start")["period"]))
    cells = {(r["slug"], r["period"]): (r["figure"], r["answer_id"]) for r in rows.to_dict("records")}
    out = []
    for asked in grid[grid["measure"] == measure].drop_duplicates("slug").sort_values("authority").to_dict("records"):
        slug = asked["slug"]
        row = {"authority": asked["authority"], "slug": slug}
        for name in periods:
            row[name], row[f"{name}_answer_id"] = cells.get((slug, name), (None, None))
        if not any((slug, name) in cells for name in periods):
            row["instead"], row["instead_answer_id"] = _instead(found, asked)
        out.append(row)
    columns = ["authority", "slug", *(c for name in periods for c in (name, f"{name}_answer_id")), "instead", "instead_answer_id"]
    return pd.DataFrame(out, columns=columns)


def who_paid(grid: pd.DataFrame, found: Payments, measure: str = "compensation_paid_gbp") -> pd.DataFrame:
    """Councils by what they said: paid something, stated nil, refused …, no reply. Columns: answer, councils, which, ids."""
    rows = found.comparison.rows
    highest = rows.groupby("slug")["high"].max()
    ids = rows.groupby("slug")["answer_id"].agg("; ".join)
    said: dict[str, list[tuple[str, str]]] = {}
    for row in grid[grid["measure"] == measure].drop_duplicates("slug").sort_values("authority").to_dict("records"):
        if row["slug"] in highest.index:
            label, behind = "paid something" if highest[row["slug"]] > 0 else "nil, as stated", str(ids[row["slug"]])
        else:
            label, behind = _instead(found, row)
        said.setdefault(label, []).append((str(row["authority"]), behind))
    first = ["paid something", "nil, as stated", APART]
    labels = [*(n for n in first if n in said), *sorted((n for n in said if n not in first), key=lambda n: (-len(said[n]), n))]
    out = [(n, len(said[n]), words.some([name for name, _ in said[n]]), "; ".join(i for _, i in said[n] if i)) for n in labels]
    return pd.DataFrame(out, columns=["answer", "councils", "which", "councils_answer_ids"])


def per_claim(answers: pd.DataFrame, asked: int, claims: tuple[str, ...] = ("compensation_claim_count", "claims_count")) -> pd.DataFrame:
    """Payment for each claim, where both are stated exactly for the same authority and period, and there was a claim.

    Columns: authority, slug, period, paid, claims, each, paid_answer_id. A claim made in a year may be paid in another: say so beside it.
    """
    money = comparability.compare(answers, "compensation_paid_gbp", asked, years=True).rows
    columns = ["authority", "slug", "period", "paid", "claims", "each", "paid_answer_id"]
    out = []
    for measure in claims:
        count = comparability.compare(answers, measure, asked, years=True).rows
        keys = ["slug", "period_start", "period_end"]
        both = money.merge(count[[*keys, "low", "high"]], on=keys, suffixes=("", "_claims"))
        exact = both[(both["low"] == both["high"]) & (both["low_claims"] == both["high_claims"]) & (both["low_claims"] > 0)]
        out += [
            {
                "authority": r["authority"],
                "slug": r["slug"],
                "period": r["period"],
                "paid": r["low"],
                "claims": r["low_claims"],
                "each": r["low"] / r["low_claims"],
                "paid_answer_id": r["answer_id"],
            }
            for r in exact.to_dict("records")
        ]
    found = pd.DataFrame(out, columns=columns).drop_duplicates(["slug", "period"])
    return found.sort_values(["each", "slug", "period"], ascending=[False, True, True]).reset_index(drop=True)


def cumulative(found: Payments) -> pd.DataFrame:
    """The ranked councils that paid, highest first, with the share of all that they and those above them paid: authority, slug, low,
    share, answer_id. Councils with a suppressed sum are outside (their share is not known)."""
    rows = found.full[(found.full["low"] == found.full["high"]) & (found.full["low"] > 0)]
    rows = rows.sort_values(["low", "slug"], ascending=[False, True])
    whole = rows["low"].sum()
    share = rows["low"].cumsum() / whole if whole else rows["low"] * 0
    return rows[["authority", "slug", "low", "answer_id"]].assign(share=share).reset_index(drop=True)


def _by_year(rows: pd.DataFrame, asked: int) -> pd.DataFrame:
    out = []
    for (start, name), part in rows.groupby(["period_start", "period"]):
        whole = comparability.total(part, asked)
        out.append(
            {
                "period": name,
                "start": start,
                "councils": whole.n,
                "paid nil": int((part["high"] == 0).sum()),
                "low": whole.low,
                "high": whole.high,
                "total": whole.text,
                "answer_ids": "; ".join(whole.answer_ids),
            }
        )
    columns = ["period", "start", "councils", "paid nil", "low", "high", "total", "answer_ids"]
    return pd.DataFrame(out, columns=columns).sort_values("start").reset_index(drop=True)


def _instead(found: Payments, asked: dict) -> tuple[str, str]:
    """What an authority without a comparable figure did, and the answer that says so."""
    left = found.comparison.left_out
    mine = left[left["slug"] == asked["slug"]]
    return (APART, str(mine["answer_id"].iloc[0])) if len(mine) else (words.instead(asked["outcome"]), str(asked["answer_id"]))
