"""Councils that answer together: one figure, given for several, counts once.

Sure are only these: the figure stands at one place of one file; a letter says that it answers for another council that was asked, and that
council's figure is the same; a person who keyed the figure noted that it is joint. What is merely alike is a warning (`foi_lib.checks`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pandas as pd

from foi_lib.analysis.figures import Row
from foi_lib.joint_letters import says_joint, together


def mark(answers: pd.DataFrame, texts: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """The answers with a column `joint`: the same name for all councils that one letter answers for; missing for the others."""
    pairs = together(texts, responses)
    group: dict[str, str] = {}
    for one, other in zip(pairs["slug"], pairs["other_slug"], strict=True):
        names = sorted({group.get(one, one), group.get(other, other)})
        members = [slug for slug in {*group, one, other} if group.get(slug, slug) in names]
        group |= dict.fromkeys(members, names[0])
    return answers.assign(joint=answers["slug"].map(group).astype("str")) if group else answers


def keys(rows: Sequence[Row]) -> Iterator[Callable[[Row], str | None]]:
    """Names of figures that are one where they are alike (None where a row has none): by place, by letter, by a person's note."""
    placed = [(row["sha256"], row["start"]) for row in rows if row["sha256"] and row["start"] is not None]
    if len(placed) > len(set(placed)):
        yield _by_place
    if any(row.get("joint") for row in rows):
        yield lambda row: row["joint"] + _ends(row) if row.get("joint") else None
    if any(row["source"] != "letter" for row in rows):
        yield _by_note


def _by_place(row: Row) -> str | None:
    return f"{row['sha256']}|{row['start']}|{row['end']}" if row["sha256"] and row["start"] is not None else None


def _by_note(row: Row) -> str | None:
    where = row["source_url"] or row["source_note"]
    if row["source"] == "letter" or not where or not (says_joint(row["note"]) or says_joint(row["source_note"])):
        return None
    return str(where) + _ends(row)


def _ends(row: Row) -> str:
    return f"|{row['low']}|{row['high']}"
