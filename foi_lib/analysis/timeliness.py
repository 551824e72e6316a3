"""How long authorities took. The clock is the regime's own: `working_days` and `on_time` come from the tables, which count by the law of
each regime (FOIA s.10, FOISA s.10, EIR reg.5(2)); a reply without its two dates is unknown, and counted as such."""

from __future__ import annotations

from typing import Any

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.refusals import Share
from foi_lib.frames import plain_rows

# Twenty working days after the day of receipt: FOIA s.10(1), FOISA s.10(1), EIR and EISR reg.5(2).
STATUTORY_DAYS = 20
REPLIED = ("answered", "unreadable", "keyed")


def table(responses: pd.DataFrame, as_of: str | None = None) -> pd.DataFrame:
    """One row for each authority: authority, slug, tier, regime, received_on, responded_on, working_days, on_time, days_late, state.

    `state` is "in time", "late", "dates not known" (a reply without one of its dates), "acknowledged only", "overdue" (no reply, the time
    over at `as_of`), "not due yet", or "no reply" where that cannot be told. `days_late` is in working days beyond the statutory time.
    """
    columns = ["authority", "slug", "tier", "regime", "status", "received_on", "responded_on", "due_on", "working_days", "on_time"]
    first = {row["slug"]: (n, row) for n, row in reversed(list(enumerate(plain_rows(responses, columns))))}  # of several, the first
    listed = [first[slug] for slug in sorted(first)]
    states = [_state(row, as_of) for _, row in listed]
    late = [_late(row["working_days"]) if state == "late" else None for (_, row), state in zip(listed, states, strict=True)]
    rows = responses.iloc[[n for n, _ in listed]][columns].reset_index(drop=True)
    return rows.assign(state=pd.Series(states, dtype="str"), days_late=pd.Series(late, dtype="Int64"))


def _late(days: int | None) -> int | None:
    return days - STATUTORY_DAYS if days is not None and days > STATUTORY_DAYS else None


def in_time(found: pd.DataFrame) -> Share:
    """Replies in time, of those whose two dates are known. `left_out` counts all other authorities."""
    known = found[found["state"].isin(["in time", "late"])]
    return Share(
        "Replied in time, of replies with both dates", int((known["state"] == "in time").sum()), len(known), (), len(found) - len(known)
    )


def by_regime(found: pd.DataFrame) -> pd.DataFrame:
    """In-time share and median days for each regime: regime, n of N, share, 95% interval, median working days, and whose they are."""
    out = []
    for regime, part in found.groupby("regime", dropna=False):
        share = in_time(part)
        days = part["working_days"].dropna().astype("float64")
        out.append(
            {
                "regime": "not known" if pd.isna(regime) else regime,
                "in time": words.of(share.n, share.of) if share.of else words.NONE,
                "share": words.percent(share.n, share.of),
                "95% interval": share.interval,
                "median working days": words.number(days.median()) if len(days) >= 3 else words.NONE,
                "authorities": len(part),
                "authorities_slugs": "; ".join(sorted(part["slug"])),
            }
        )
    columns = ["regime", "in time", "share", "95% interval", "median working days", "authorities", "authorities_slugs"]
    return pd.DataFrame(out, columns=columns)


def states(found: pd.DataFrame) -> pd.DataFrame:
    """How many authorities are in each state, commonest first: state, authorities, which, and their slugs."""
    grouped = found.sort_values("authority").groupby("state")
    names, slugs = grouped["authority"].agg(list), grouped["slug"].agg("; ".join)
    rows = [(s, len(names[s]), words.some(names[s]), slugs[s]) for s in sorted(names.index, key=lambda s: (-len(names[s]), s))]
    return pd.DataFrame(rows, columns=["reply", "authorities", "which", "authorities_slugs"])


def _state(row: dict[str, Any], as_of: str | None) -> str:
    if row["status"] in REPLIED:
        if row["on_time"] is None:
            return "dates not known"
        return "in time" if row["on_time"] else "late"
    if row["status"] == "acknowledged":
        return "acknowledged only"
    if as_of and row["due_on"] is not None:
        return "overdue" if row["due_on"] < as_of else "not due yet"
    return "no reply"
