"""What one council's notebook reads: its own rows and those of the councils most like it, and nothing else.

Its report is made anew when these rows change, and only then: a letter from a council that it is not set beside leaves it as it is.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from foi_lib.dataset import Dataset
from foi_lib.frames import plain_rows

MOST = 5  # councils that one is set beside
TABLES = ("responses", "answers", "provisions", "incidents", "unread", "coding", "decisions", "published", "problems", "texts")

LIKENESS = ("slug", "authority", "tier", "nation", "population")


def nearest(people: Sequence[Mapping[str, Any]], slug: str, most: int = MOST) -> list[str]:
    """Slugs of the councils most like one: of the same kind and nation, nearest in population (by ratio); where its population is not
    known, in order of name. `people`: rows of responses with slug, authority, tier, nation, population, a council once."""
    me = next((row for row in people if row["slug"] == slug), None)
    if me is None or pd.isna(me["tier"]) or pd.isna(me["nation"]):
        return []
    alike = [row for row in people if row["slug"] != slug and row["tier"] == me["tier"] and row["nation"] == me["nation"]]
    if pd.isna(me["population"]):
        found = sorted(alike, key=lambda row: str(row["authority"]))
    else:
        own = float(me["population"])
        known = [row for row in alike if not pd.isna(row["population"])]
        found = sorted(known, key=lambda row: (abs(math.log(float(row["population"]) / own)), str(row["authority"])))
    return [str(row["slug"]) for row in found[:most]]


def beside(data: Dataset) -> dict[str, list[str]]:
    """For each authority: itself and the councils that it is set beside, by slug."""
    people = plain_rows(data.authority_rows, LIKENESS)
    kin: dict[tuple[Any, Any], list[Mapping[str, Any]]] = {}
    for row in people:
        kin.setdefault((row["tier"], row["nation"]), []).append(row)
    return {str(row["slug"]): [str(row["slug"]), *nearest(kin[row["tier"], row["nation"]], str(row["slug"]))] for row in people}


def cut(data: Dataset, slug: str) -> Dataset:
    """The part of the data that one council's notebook reads; it has no `hash`, as that is the whole's."""
    slugs = {slug, *nearest(plain_rows(data.authority_rows, LIKENESS), slug)}
    return replace(data, **{name: _of(getattr(data, name), slugs, data.responses) for name in TABLES}, about={}, hash="")


def digests(data: Dataset) -> dict[str, str]:
    """A hash of each council's rows in every table, by slug: what two slices are told apart by."""
    names = dict(zip(data.responses["authority"], data.responses["slug"], strict=True))
    found: dict[str, Any] = {}
    for table in TABLES:
        frame = getattr(data, table, None)
        if frame is None:
            continue
        owners = frame["slug"] if "slug" in frame else frame["authority"].map(names)
        for owner, row in zip(owners, frame.itertuples(index=False, name=None), strict=True):
            if isinstance(owner, str):
                found.setdefault(owner, hashlib.sha256()).update(f"{table}{row!r}".encode())
    return {slug: digest.hexdigest() for slug, digest in found.items()}


def _of(frame: pd.DataFrame, slugs: set[str], responses: pd.DataFrame) -> pd.DataFrame:
    """The rows of some councils; a table that names councils by name only is cut by these."""
    if not len(frame):
        return frame
    if "slug" in frame:
        column, wanted = "slug", slugs
    else:
        column, wanted = "authority", set(responses.loc[responses["slug"].isin(slugs), "authority"].dropna())
    places = np.flatnonzero(frame[column].isin(wanted).to_numpy(dtype=bool))
    return frame.iloc[places].reset_index(drop=True)
