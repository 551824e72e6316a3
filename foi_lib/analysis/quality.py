"""How far the tables can be trusted: what is missing, what is in doubt, and who read it."""

from __future__ import annotations

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.grid import RESOLVABLE, SILENT

SOURCE_WORDS = {"letter": "the program, in the letter", "keyed": "a person, from a publication", "correction": "a person, correcting"}
# The commonest doubts in words; any other is shown by its own name, without underscores.
REASON_WORDS = {
    "differs_from_keyed": "the letter's figure differs from the one keyed by hand",
    "correction_conflict": "a person decided on words that have changed since",
    "malformed_citation": "a section is cited in a way that cannot be right",
}


def coverage(grid: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """For each question: councils asked, with any answer, decided on, with a figure, in doubt, and silent: counts of councils, and the
    answers behind those with one."""
    figures = answers[answers["value"].notna() | answers["low"].notna() | answers["high"].notna()]
    has = set(zip(figures["slug"], figures["question"], strict=True))
    rows = []
    for question, part in grid.groupby("question", sort=False):
        silent = part["outcome"].isin([*SILENT, "unanswered"])
        rows.append(
            {
                "question": question,
                "what was asked": words.measure_name(part["measure"].iloc[0]),
                "asked": len(part),
                "with an answer": int((~silent).sum()),
                "decided": int(part["outcome"].isin(RESOLVABLE).sum()),
                "with a figure": sum((slug, question) in has for slug in part["slug"]),
                "in doubt": int(part["needs_review"].sum()),
                "silent": int(silent.sum()),
                "with an answer_answer_ids": _ids(part),
                "in doubt_answer_ids": _ids(part[part["needs_review"]]),
            }
        )
    columns = ["question", "what was asked", "asked", "with an answer", "decided", "with a figure", "in doubt", "silent"]
    columns += ["with an answer_answer_ids", "in doubt_answer_ids"]
    return pd.DataFrame(rows, columns=columns)


def reasons(answers: pd.DataFrame) -> pd.DataFrame:
    """Doubts by name, commonest first: doubt, answers, councils, ids. An answer with two doubts counts under both."""
    look = answers[answers["needs_review"] & answers["review_reasons"].notna()]
    pairs = [
        (reason, row["slug"], row["answer_id"])
        for row in look.to_dict("records")
        for reason in str(row["review_reasons"]).split("; ")
        if reason
    ]
    found = pd.DataFrame(pairs, columns=["doubt", "slug", "answer_id"]).astype("str")
    grouped = found.groupby("doubt").agg(
        answers=("answer_id", "nunique"),
        councils=("slug", "nunique"),
        answers_answer_ids=("answer_id", lambda i: "; ".join(sorted(set(i)))),
    )
    table = grouped.reset_index().sort_values(["answers", "doubt"], ascending=[False, True]).reset_index(drop=True)
    table["doubt"] = [REASON_WORDS.get(d, d.replace("_", " ")) for d in table["doubt"]]
    return table


def readers(answers: pd.DataFrame) -> pd.DataFrame:
    """Answers by who read them: read by, answers, councils, in doubt."""
    rows = []
    for source, part in answers.groupby("source"):
        rows.append(
            {
                "read by": SOURCE_WORDS.get(str(source), str(source)),
                "answers": len(part),
                "councils": int(part["slug"].nunique()),
                "in doubt": int(part["needs_review"].sum()),
                "answers_answer_ids": "; ".join(part["answer_id"].astype(str)),
            }
        )
    return pd.DataFrame(rows, columns=["read by", "answers", "councils", "in doubt", "answers_answer_ids"])


def _ids(part: pd.DataFrame) -> str:
    return "; ".join(ids for ids in part["answer_ids"] if ids)
