"""What people decided, beside what the program reads: wherever the two differ, both are shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from foi_lib.analysis import words
from foi_lib.decision import known, reading, same_reading
from foi_lib.frames import plain_rows
from foi_lib.wording import is_missing

DONE = {"confirm": "confirmed", "correct": "corrected", "add": "added", "reject": "rejected", "exclude": "left out of comparisons"}
STATE_WORDS = {
    "applied": "in the tables",
    "agrees": "the program now says the same",
    "conflict": "in conflict: its words have changed",
    "without_object": "without object: what it is about is no longer there",
    "superseded": "superseded by a later one",
    "unusable": "unusable: its row cannot be read",
}
_TO_LOOK_AT = ("conflict", "without_object", "unusable")


def said(outcome: Any, value: Any, low: Any, high: Any, unit: Any = None) -> str:
    """A reading in words: its figure, else its outcome; "nothing" where there is none."""
    row = known({"outcome": outcome, "value": value, "low": low, "high": high, "unit": unit})
    _, value, low, high = reading(row["outcome"], row["value"], row["low"], row["high"])
    figure = words.interval(low, high, row["unit"])
    if figure != words.NONE:
        return figure
    return words.outcome(row["outcome"]) if row["outcome"] else "nothing"


def program_read(row: Mapping[str, Any]) -> str:
    """What the program reads in an answer, in words."""
    outcome, value, low, high = (row.get(f"machine_{name}") for name in ("outcome", "value", "low", "high"))
    return said(outcome, value, low, high, row.get("unit"))


def other(row: Mapping[str, Any]) -> str:
    """Whose reading stands beside a person's, and what it says: "program: 6", or "keyed: 6" for a figure that was keyed by hand."""
    if known(row).get("machine_outcome") is None and known(row).get("keyed_outcome") is not None:
        return f"keyed: {said(row['keyed_outcome'], row['keyed_value'], None, None, row.get('unit'))}"
    return f"program: {program_read(row)}"


def differs(row: Mapping[str, Any]) -> bool:
    """Whether a person's answer stands where the program (or whoever keyed it) says something else, or nothing."""
    if row.get("source") != "correction":
        return False
    plain = known(row)
    machine = reading(*(plain.get(f"machine_{name}") for name in ("outcome", "value", "low", "high")))
    return not same_reading(machine, reading(plain["outcome"], plain["value"], plain["low"], plain["high"]))


def beside(row: Mapping[str, Any], conflict: Mapping[str, Any] | None = None) -> str:
    """The other reading in a few words, to stand beside the one that is shown: "program: 6"; for a decision in conflict "AB: 8"; "" where
    there is none. `conflict` is the row of `decisions` that is in conflict about the answer."""
    out = ["rejected"] if row.get("decision") == "reject" else []
    out += [other(row)] if differs(row) else []
    if conflict is not None:
        out.append(f"{conflict['who']}: {_person(conflict, row.get('unit'))}, in conflict")
    return "; ".join(out)


def same_outcome(row: Mapping[str, Any], conflict: Mapping[str, Any] | None = None) -> bool:
    """Whether both readings are of one kind, so that only the figures differ."""
    other = row.get("machine_outcome") if conflict is None else conflict["outcome"]
    return bool(row.get("outcome") == other)


def told(row: Mapping[str, Any], conflict: Mapping[str, Any] | None = None) -> str:
    """What a person decided about an answer, in a sentence or two; "" where nobody did. `conflict` as in `beside`."""
    if conflict is None and is_missing(row.get("decision")):  # of nearly all answers, and known at once
        return ""
    plain, out = known(row), []
    if what := plain.get("decision"):
        why = f": {plain['decision_why']}" if plain.get("decision_why") else ""
        out.append(f"{DONE[what].capitalize()} by {plain['decided_by']} on {words.day(plain['decided_on'])}{why}.")
        if differs(row):
            whose, read = other(row).split(": ", 1)
            nothing = f"The program reads {read} there." if read == "nothing" else f"The program reads {read}."
            out.append(f"Keyed by hand was {read}." if whose == "keyed" else nothing)
    if conflict is not None:
        when = words.day(conflict["when"][:10])
        out.append(f"On {when} {conflict['who']} decided: {_person(conflict, plain.get('unit'))}; the words have changed since.")
    return " ".join(out)


def note(row: Mapping[str, Any]) -> str:
    """A remark for a table's row: that a person corrected the figure, and what stood there before; "" where none did."""
    return f"{DONE[str(row['decision'])]} by a person ({other(row)})" if differs(row) else ""


def _person(decision: Mapping[str, Any], unit: Any) -> str:
    """What a decision says: the figure or outcome, else what was done."""
    what = str(decision["decision"])
    if known(decision)["outcome"] is None or what in ("reject", "exclude"):
        return DONE[what]
    return said(decision["outcome"], decision["value"], decision["low"], decision["high"], unit)


def conflicts(decisions: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """The decision in conflict about each answer that has one, by the answer's name."""
    return {row["answer_id"]: row for row in plain_rows(decisions) if row["state"] == "conflict" and row["answer_id"]}


def side_by_side(answers: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Every answer of which a person's reading and the program's differ: authority, slug, question, period, in the tables, the program, the
    person, by, on, why, answer_id. Of a decision in conflict it is the program's reading that is in the tables."""
    against = conflicts(decisions)
    rows = []
    for row in plain_rows(answers):
        conflict = against.get(str(row["answer_id"]))
        if not differs(row) and conflict is None:
            continue
        stands = said(row["outcome"], row["value"], row["low"], row["high"], row["unit"])
        rows.append({
            "authority": row["authority"], "slug": row["slug"], "question": row["question"],
            "period": words.period(row["period_kind"], row["period_start"], row["period_end"], row["partial_period"]),
            "in the tables": stands, "the program": program_read(row) if row["machine_outcome"] else words.NONE,
            "the person": _person(conflict, row["unit"]) if conflict else DONE["reject"] if row["decision"] == "reject" else stands,
            "by": conflict["who"] if conflict else row["decided_by"], "on": conflict["when"][:10] if conflict else row["decided_on"],
            "why": (conflict["why"] if conflict else row["decision_why"]) or words.NONE, "answer_id": row["answer_id"],
        })  # fmt: skip
    columns = ["authority", "slug", "question", "period", "in the tables", "the program", "the person", "by", "on", "why", "answer_id"]
    return pd.DataFrame(rows, columns=columns)


def tally(decisions: pd.DataFrame) -> pd.DataFrame:
    """Decisions by what became of them: what became of it, decisions, and the names of the answers that they are about."""
    rows = []
    for state, words_ in STATE_WORDS.items():
        mine = decisions[decisions["state"] == state]
        if len(mine):
            rows.append((words_, len(mine), "; ".join(sorted(set(mine["answer_id"].dropna())))))
    return pd.DataFrame(rows, columns=["what became of it", "decisions", "decisions_answer_ids"])


def to_look_at(decisions: pd.DataFrame) -> pd.DataFrame:
    """The decisions that do not hold: line, what became of it, decision, authority, question, the person, the program now, by, on, note,
    answer_id (empty text where no answer is there any more)."""
    rows = []
    for row in (known(one) for one in decisions[decisions["state"].isin(_TO_LOOK_AT)].to_dict("records")):
        now = said(row["now_outcome"], row["now_value"], row["now_low"], row["now_high"]) if row["now_outcome"] else words.NONE
        rows.append({
            "line": row["line"], "what became of it": STATE_WORDS[row["state"]], "decision": row["decision"] or words.NONE,
            "authority": row["authority"] or words.NONE, "question": row["question"] or words.NONE,
            "the person": _person(row, None) if row["decision"] else words.NONE, "the program now": now, "by": row["who"] or words.NONE,
            "on": (row["when"] or words.NONE)[:10], "note": row["note"] or words.NONE, "answer_id": row["answer_id"] or "",
        })  # fmt: skip
    columns = ["line", "what became of it", "decision", "authority", "question", "the person", "the program now", "by", "on", "note"]
    return pd.DataFrame(rows, columns=[*columns, "answer_id"])


def sentence(decisions: pd.DataFrame) -> list[str]:
    """How many decisions there are, and how many of them do not hold."""
    n, open_ = len(decisions), int(decisions["state"].isin(_TO_LOOK_AT).sum())
    if not n:
        return ["Nobody has decided on any answer yet: every figure is as the program read it, or as it was keyed."]
    people = decisions["who"].nunique()
    first = f"{words.plural(n, 'decision')} by {words.plural(people, 'person', 'people')} {words.verb(n, 'is', 'are')} on record."
    if not open_:
        return [first]
    does, wants = words.verb(open_, "does", "do"), words.verb(open_, "wants", "want")
    return [first, f"{words.number(open_)} of them {does} not hold, and {wants} a look."]
