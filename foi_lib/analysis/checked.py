"""The QA log: which answers a person has checked, who and when, and which nobody has."""

from __future__ import annotations

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.decided import DONE, said
from foi_lib.analysis.quality import REASON_WORDS
from foi_lib.coding import FIRST
from foi_lib.frames import plain_rows
from foi_lib.schema import Column

NOT_CHECKED = "not checked"
AGAIN = "to be checked again"  # its decision no longer fits what the letter says
LOG = (
    Column("authority", "string", "the public authority", required=True),
    Column("slug", "string", "its name as reports and files use it", required=True),
    Column("question", "string", "label of the question", required=True),
    Column("what was asked", "string", "what is counted, in words"),
    Column("period", "string", "the period in words"),
    Column("breakdown", "string", "the part of the whole that the figure is for"),
    Column("said", "string", "what stands in the reports: the figure, else the outcome in words", required=True),
    Column("checked", "string", "what a person decided; not checked; or to be checked again, as its words have changed", required=True),
    Column("by", "string", "who checked it"),
    Column("checked_on", "date", "when"),
    Column("keyed by", "string", "who keyed the same answer by hand: a second reading, and no check"),
    Column("doubt", "string", "why the program asks for a look, where nobody has checked it"),
    Column("answer_id", "string", "the answer's name", required=True),
)


def log(answers: pd.DataFrame, coding: pd.DataFrame) -> pd.DataFrame:
    """One row for each answer, in the tables' order, in the columns of LOG.

    `said` is what stands in the reports; `checked` what a person decided, "not checked" where nobody did, or "to be checked again" where
    the words have changed since; `keyed by` who keyed the same answer by hand (which is a second reading, and no check). A silence that
    nobody looked at is no row: there is no figure to check.
    """
    keyed: dict[str, list[str]] = {}
    for row in plain_rows(coding, ("answer_id", "coder")):
        if row["answer_id"]:
            keyed.setdefault(row["answer_id"], []).append(str(row["coder"]))
    rows = []
    for row in plain_rows(answers):
        if row["outcome"] == "unanswered" and not row["decision"]:
            continue
        hands = sorted({coder for coder in keyed.get(str(row["answer_id"]), ()) if not (coder == FIRST and row["source"] == "keyed")})
        rows.append(
            {
                "authority": row["authority"], "slug": row["slug"], "question": row["question"],
                "what was asked": words.measure_name(row["measure"]),
                "period": words.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"]),
                "breakdown": row["breakdown"], "checked": state(row), "by": row["decided_by"],
                "said": said(*(row[name] for name in ("outcome", "value", "low", "high", "unit"))),
                "checked_on": row["decided_on"], "keyed by": words.join(hands) or None,
                "doubt": _doubts(row), "answer_id": row["answer_id"],
            }
        )  # fmt: skip
    return pd.DataFrame(rows, columns=[column.name for column in LOG])


def _doubts(row: dict) -> str | None:
    """The doubts that wait for a person, in words."""
    if not row["needs_review"]:
        return None
    return "; ".join(REASON_WORDS.get(one, one.replace("_", " ")) for one in str(row["review_reasons"] or "").split("; "))


def state(row: dict) -> str:
    """What a person did about an answer: "confirmed", "not checked" …"""
    if not row["decision"]:
        return AGAIN if "correction_conflict" in str(row["review_reasons"] or "") else NOT_CHECKED
    return AGAIN if row["needs_review"] else DONE[str(row["decision"])]


def is_checked(entries: pd.DataFrame) -> pd.Series:
    """Of rows of `log`: whether a person's check stands."""
    return ~entries["checked"].isin([NOT_CHECKED, AGAIN])


def by_question(entries: pd.DataFrame) -> pd.DataFrame:
    """Of each question: answers, checked, to be checked again, in doubt and not checked, keyed twice, and the answers' names. `entries`
    comes from `log`."""
    rows = []
    for question, part in entries.groupby("question", sort=False):
        done = is_checked(part)
        rows.append(
            {
                "question": question, "what was asked": part["what was asked"].iloc[0], "answers": len(part), "checked": int(done.sum()),
                "to be checked again": int((part["checked"] == AGAIN).sum()), "not checked": int((part["checked"] == NOT_CHECKED).sum()),
                "of these in doubt": int((part["doubt"].notna() & ~done).sum()), "keyed by hand too": int(part["keyed by"].notna().sum()),
                "answers_answer_ids": "; ".join(part["answer_id"].dropna().astype("str")),
            }
        )  # fmt: skip
    columns = [
        "question", "what was asked", "answers", "checked", "to be checked again", "not checked", "of these in doubt", "keyed by hand too",
        "answers_answer_ids",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def findings(entries: pd.DataFrame) -> list[str]:
    """How many of the answers a person has checked, who, and from when to when. `entries` comes from `log`."""
    n, done = len(entries), entries[is_checked(entries)]
    if not n:
        return ["There is no answer to check."]
    answers = words.verb(n, "answer", "answers")
    if not len(done):
        out = [f"No person has checked any of {words.plural(n, 'answer')}." if n > 1 else "No person has checked the one answer."]
    else:
        people, days = sorted(set(done["by"].astype("str"))), sorted(set(done["checked_on"].astype("str")))
        when = f"on {words.day(days[0])}" if len(days) == 1 else f"from {words.day(days[0])} to {words.day(days[-1])}"
        have = words.verb(len(done), "has", "have")
        out = [f"{words.of(len(done), n)} {answers} {have} been checked by a person ({words.some(people)}, {when})."]
        if rest := n - len(done):
            out.append(f"{words.plural(rest, 'answer')} {words.verb(rest, 'rests', 'rest')} on one reading that nobody has checked.")
    if again := int((entries["checked"] == AGAIN).sum()):
        out.append(f"{words.plural(again, 'check')} no longer {words.verb(again, 'fits', 'fit')} what the letter says.")
    return out


def not_checked(entries: pd.DataFrame, most: int = 200) -> pd.DataFrame:
    """The answers that nobody has checked, those in doubt first; no more than `most`, as the workbook has them all."""
    rest = entries[~is_checked(entries)]
    return rest.loc[rest["doubt"].isna().sort_values(kind="stable").index].head(most).reset_index(drop=True)
