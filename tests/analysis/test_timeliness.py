"""Working days, and who is on the base of a share in time."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis import synthetic as t
from foi_lib.analysis import timeliness as s

CASES = [
    ("on the twentieth day", {"working_days": 20, "on_time": True}, "in time", None),
    ("a day over", {"working_days": 21, "on_time": False}, "late", 1),
    ("no date of receipt", {"responded_on": "2018-01-24"}, "dates not known", None),
    ("a keyed fact without dates", {"status": "keyed"}, "dates not known", None),
    ("acknowledged only", {"status": "acknowledged"}, "acknowledged only", None),
    ("no reply, the time over", {"status": "no_reply", "due_on": "2018-01-30"}, "overdue", None),
    ("no reply on the last day", {"status": "no_reply", "due_on": "2018-02-20"}, "not due yet", None),
    ("no reply, the time not known", {"status": "no_reply"}, "no reply", None),
    ("a reply under extended time", {"working_days": 35, "on_time": True}, "in time", None),
]


@pytest.mark.parametrize(("why", "cells", "state", "late"), CASES, ids=[c[0] for c in CASES])
def test_states(why: str, cells: dict, state: str, late: int | None) -> None:
    row = s.table(t.responses(t.response("Ashby", **cells)), "2018-02-20").iloc[0]
    assert row["state"] == state
    assert (None if pd.isna(row["days_late"]) else int(row["days_late"])) == late


def test_the_share_is_on_the_base_of_those_with_both_dates() -> None:
    rows = [
        t.response("Ashby", working_days=3, on_time=True),
        t.response("Beech", working_days=30, on_time=False),
        t.response("Cedar"),
        t.response("Dale", "no_reply"),
    ]
    share = s.in_time(s.table(t.responses(*rows)))
    assert (share.n, share.of, share.left_out) == (1, 2, 2)


def test_each_regime_apart_and_no_median_of_two() -> None:
    rows = [t.response(f"E{i}", regime="FOIA", working_days=d, on_time=d <= 20) for i, d in enumerate((5, 15, 25))]
    rows += [t.response(f"S{i}", regime="FOISA", working_days=d, on_time=True) for i, d in enumerate((5, 6))]
    found = s.by_regime(s.table(t.responses(*rows))).set_index("regime")
    assert found.loc["FOIA", ["in time", "median working days"]].tolist() == ["2 of 3", "15"]
    assert found.loc["FOISA", ["in time", "median working days"]].tolist() == ["2 of 2", "–"]


def test_states_count_everyone_once() -> None:
    tables = t.many(50)
    assert s.states(s.table(tables["responses"], "2018-03-31"))["authorities"].sum() == 50
