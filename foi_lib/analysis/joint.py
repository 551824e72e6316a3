"""Councils that answer together: one figure, given for several, counts once.

Sure are only these: the figure stands at one place of one file; a letter says that it answers for another council that was asked, and that
council's figure is the same; a person who keyed the figure noted that it is joint. What is merely alike is a warning (`foi_lib.checks`).
"""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

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


def keys(rows: pd.DataFrame) -> Iterator[pd.Series]:
    """Names of figures that are one where they are alike (missing where a row has none): by place, by letter, by a person's note."""
    if (rows.duplicated(["sha256", "start"]) & rows["sha256"].notna() & rows["start"].notna()).any():
        place = rows["sha256"].astype("str") + "|" + rows["start"].astype("str") + "|" + rows["end"].astype("str")
        yield place.where(rows["sha256"].notna() & rows["start"].notna())
    figure = "|" + rows["low"].astype("str") + "|" + rows["high"].astype("str")
    if "joint" in rows:
        yield rows["joint"] + figure
    by_hand = rows["source"] != "letter"
    if by_hand.any():
        noted = [says_joint(a) or says_joint(b) for a, b in zip(rows["note"], rows["source_note"], strict=True)]
        yield (rows["source_url"].fillna(rows["source_note"]) + figure).where(by_hand & pd.Series(noted, index=rows.index))
