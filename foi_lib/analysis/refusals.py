"""Who refused what, by the official definition of a refusal rate.

The base is *resolvable* questions: those where a substantive decision could be made (Cabinet Office, Freedom of Information statistics,
"resolvable requests"). Not held, not applicable, clarification sought, unanswered and no reply are outside it. 0/0 is "–", never 0%.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.grid import GIVEN, PROCEDURAL, REFUSED, RESOLVABLE
from foi_lib.frames import plain_rows

LABELS = {"text": "refused, of those decided", "interval": "95% interval", "asked": "questions put", "authority": "Council"}
Z95 = 1.959963984540054  # the normal distribution's 97.5% point


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `of`, with its 95% Wilson interval and the answers behind both."""

    what: str
    n: int
    of: int
    answer_ids: tuple[str, ...] = ()
    left_out: int = 0  # questions outside the base

    @property
    def rate(self) -> float | None:
        """Between 0 and 1; None for 0/0."""
        return self.n / self.of if self.of else None

    @property
    def low(self) -> float | None:
        """Lower end of the interval."""
        return wilson(self.n, self.of)[0] if self.of else None

    @property
    def high(self) -> float | None:
        """Upper end of the interval."""
        return wilson(self.n, self.of)[1] if self.of else None

    @property
    def text(self) -> str:
        """ "3 of 10 (30.0%)", or "–" for 0/0."""
        return f"{words.of(self.n, self.of)} ({words.percent(self.n, self.of)})" if self.of else words.NONE

    @property
    def interval(self) -> str:
        """ "10.8% to 60.3%", or "–" for 0/0."""
        if not self.of:
            return words.NONE
        low, high = wilson(self.n, self.of)
        return f"{100 * low:.1f}% to {100 * high:.1f}%"


def wilson(n: int, of: int, z: float = Z95) -> tuple[float, float]:
    """The Wilson score interval of n out of `of` (both counts, of > 0), as shares between 0 and 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical
    Association 22 (1927), 209–212; recommended for small n by L. D. Brown, T. T. Cai and A. DasGupta, "Interval estimation for a binomial
    proportion", Statistical Science 16 (2001), 101–133.
    """
    if not 0 <= n <= of or of == 0:
        raise ValueError(f"{n} of {of} is no share")
    p = n / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    # At n = 0 and n = of an end is exact; floating point would leave it a hair off.
    return (0.0 if n == 0 else middle - half, 1.0 if n == of else middle + half)


def rate(grid: pd.DataFrame) -> Share:
    """The refusal rate of a grid: refused in full (withheld, NCND, cost limit, vexatious or repeated) over resolvable."""
    return _share("Refused, of those that could be decided", grid, REFUSED, RESOLVABLE)


def variants(grid: pd.DataFrame) -> list[Share]:
    """The rate and its variants, to be shown side by side: each names its base, since the choice changes the figure."""
    substance = tuple(o for o in RESOLVABLE if o not in PROCEDURAL)
    everything = tuple(sorted(set(grid["outcome"])))
    return [
        rate(grid),
        _share(
            "… without procedural refusals (cost, vexatious) in either number",
            grid,
            tuple(o for o in REFUSED if o not in PROCEDURAL),
            substance,
        ),
        _share("… with “published elsewhere” (s.21 and its like) counted as a refusal", grid, (*REFUSED, "already_accessible"), RESOLVABLE),
        _share("… neither confirmed nor denied alone", grid, ("neither_confirmed_nor_denied",), RESOLVABLE),
        _share("Refused, of all questions put, replies or not", grid[grid["outcome"] != "not_recorded"], REFUSED, everything),
        _share("Given in full, of those that could be decided", grid, GIVEN, RESOLVABLE),
        _share("No reply at all, of all questions put", grid[grid["outcome"] != "not_recorded"], ("no_reply",), everything),
    ]


def table(shares: list[Share]) -> pd.DataFrame:
    """Shares as a table to show: what, n of N, share, 95% interval, and the number outside the base."""
    return pd.DataFrame(
        {
            "rate": [s.what for s in shares],
            "n of N": [words.of(s.n, s.of) for s in shares],
            "share": [words.percent(s.n, s.of) for s in shares],
            "95% interval": [s.interval for s in shares],
            "outside the base": [words.number(s.left_out) for s in shares],
            "n of N_answer_ids": ["; ".join(s.answer_ids) for s in shares],
        }
    )


def by(grid: pd.DataFrame, column: str) -> pd.DataFrame:
    """The refusal rate for each value of a column (question, slug, tier, region, regime).

    Columns: the column, n, of, rate, low, high, asked, text, interval, answer_ids. A value without any resolvable question stays,
    with "–". Rows are in the column's own order for questions, else by rate, highest first, then by name.
    """
    rows = []
    values = [words.NONE if missing else str(value) for value, missing in zip(grid[column], grid[column].isna(), strict=True)]
    parts: dict[str, list[tuple[str, str]]] = {value: [] for value in values}
    for value, outcome, ids in zip(values, grid["outcome"], grid["answer_ids"], strict=True):
        parts[value].append((outcome, ids))
    for value, part in parts.items():
        refused = [ids for outcome, ids in part if outcome in REFUSED]
        of = sum(outcome in RESOLVABLE for outcome, _ in part)
        share = Share("", len(refused), of, tuple(i for cell in refused for i in str(cell).split("; ") if i), len(part) - of)
        rows.append(
            {
                column: value,
                "n": share.n,
                "of": share.of,
                "rate": share.rate,
                "low": share.low,
                "high": share.high,
                "asked": len(part),
                "text": share.text,
                "interval": share.interval,
                "answer_ids": "; ".join(share.answer_ids),
            }
        )
    columns = [column, "n", "of", "rate", "low", "high", "asked", "text", "interval", "answer_ids"]
    found = pd.DataFrame(rows, columns=columns).astype({"rate": "float64", "low": "float64", "high": "float64"})
    return (
        found
        if column == "question"
        else found.sort_values(["rate", column], ascending=[False, True], na_position="last").reset_index(drop=True)
    )


def provisions_used(provisions: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Which provisions refusals rest on: regime, provision, what it is about, whether a public interest test is owed, how many authorities
    and answers, how many times a test was found and not found in the text we hold, and how many as neither-confirm-nor-deny."""
    refused = set(answers.loc[answers["outcome"].isin([*REFUSED, "partly_withheld", "already_accessible"]), "answer_id"])
    parts: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in plain_rows(provisions[provisions["answer_id"].isin(refused)]):
        parts.setdefault((row["regime"] or words.NONE, row["section"]), []).append(row)
    out = []
    for (regime, section), part in sorted(parts.items()):
        absolute, test = ([row[name] for row in part] for name in ("absolute", "pit_found"))
        out.append(
            {
                "regime": regime,
                "provision": section,
                "about": part[0]["name"],
                "public interest test": "owed" if False in absolute else "not owed" if True in absolute else words.NONE,
                "authorities": len({row["slug"] for row in part}),
                "answers": len({row["answer_id"] for row in part}),
                "test found": test.count(True),
                "test not found in the text we hold": test.count(False),
                "neither confirmed nor denied": sum(row["ncnd"] is True for row in part),
                "malformed citations": sum(row["malformed"] is True for row in part),
                "answers_answer_ids": "; ".join(sorted({str(row["answer_id"]) for row in part})),
            }
        )
    columns = [
        "regime",
        "provision",
        "about",
        "public interest test",
        "authorities",
        "answers",
        "test found",
        "test not found in the text we hold",
        "neither confirmed nor denied",
        "malformed citations",
        "answers_answer_ids",
    ]
    found = pd.DataFrame(out, columns=columns)
    return found.sort_values(["authorities", "answers", "provision"], ascending=[False, False, True]).reset_index(drop=True)


def refused_but_given_elsewhere(grid: pd.DataFrame) -> pd.DataFrame:
    """For each question that an authority refused: how many other authorities gave it, of those that decided on it, and how many of the
    same kind did. One row an authority and question, in the columns authority, slug, question, outcome, gave it, of its kind, answer_id."""
    listed = plain_rows(grid, ("authority", "slug", "question", "tier", "measure", "outcome", "answer_id"))
    all_of, kin_of = Counter[Any](), Counter[Any]()
    for row in listed:
        if row["outcome"] in RESOLVABLE:
            for counter, name in ((all_of, row["question"]), (kin_of, (row["question"], row["tier"]))):
                counter[name, "decided"] += 1
                counter[name, "gave"] += row["outcome"] in GIVEN
    rows = []
    for row in (one for one in listed if one["outcome"] in REFUSED):  # a refuser is among those who decided, and gave nothing
        question, kind = row["question"], (row["question"], row["tier"])
        given, of = all_of[question, "gave"], all_of[question, "decided"] - 1
        kin = (kin_of[kind, "gave"], kin_of[kind, "decided"] - 1) if row["tier"] is not None else (0, 0)
        told = words.of(*kin) if kin[1] else words.NONE
        what = words.measure_name(row["measure"])
        rows.append((row["authority"], row["slug"], question, what, row["outcome"], given, of, told, row["answer_id"]))
    columns = ["authority", "slug", "question", "what was asked", "outcome", "gave it", "of", "of its kind", "answer_id"]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["gave it", "authority", "question"], ascending=[False, True, True]).reset_index(drop=True)


def _share(what: str, grid: pd.DataFrame, numerator: tuple[str, ...], base: tuple[str, ...]) -> Share:
    inside = grid[grid["outcome"].isin(base)]
    counted = inside[inside["outcome"].isin(numerator)]
    ids = tuple(i for cell in counted["answer_ids"] for i in str(cell).split("; ") if i)
    return Share(what, len(counted), len(inside), ids, len(grid) - len(inside))
