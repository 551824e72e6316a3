"""How often the program was right, as far as people have checked it: measured on decisions, never assumed.

What is judged is what the program read when the person looked (`decisions` keeps it), so that a reader that has since learnt from a
correction is not praised for it. A decision counts where it holds (applied, or the program now agrees). Who was looked at was not drawn by
lot: the queue puts doubtful and weighty answers first, so shares are given for doubted and undoubted answers apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from foi_lib.analysis import words
from foi_lib.analysis.quality import REASON_WORDS
from foi_lib.analysis.refusals import Share
from foi_lib.decision import reading, same_reading
from foi_lib.frames import plain_rows

FEW = 5  # below this many checked answers, only counts
HOLDING = ("applied", "agrees")
NO_DOUBT = "no doubt named"
_FILED = ("question", "measure", "period", "breakdown")
_AFTERWARDS = ("correction_conflict",)  # a doubt that a decision brings, not the reading


@dataclass(slots=True)
class Checked:
    """One answer that a person checked. `right`: by field, whether the program had it; a field that was not judged is missing."""

    answer_id: str
    what: str  # confirm, correct, reject, add, filed (rejected where it stood, and added where it belongs)
    right: dict[str, bool] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether all that was judged is right."""
        return all(self.right.values())

    @property
    def missed(self) -> bool:
        """Whether the program had not given the answer at all."""
        return self.what == "add"


def checked(answers: pd.DataFrame, decisions: pd.DataFrame) -> list[Checked]:
    """Every answer of the program's that a person confirmed, corrected or rejected, and every one that a person had to add.

    An exclusion from comparison says nothing of the reading, and a keyed answer is not the program's: neither is among them.
    """
    ours = {str(row["answer_id"]): row for row in plain_rows(answers)}
    held = [row for row in plain_rows(decisions) if row["state"] in HOLDING]
    added = [row for row in held if row["decision"] == "add"]
    out, filed = [], set()
    for row in held:
        name = str(row["answer_id"] or "")
        answer = ours.get(name, {})
        doubts = tuple(one for one in str(answer.get("review_reasons") or "").split("; ") if one and one not in _AFTERWARDS)
        if row["decision"] not in ("confirm", "correct", "reject") or not _was_read(row, answer):
            continue
        one = Checked(name, str(row["decision"]), doubts=doubts)
        twin = _twin(row, [other for other in added if id(other) not in filed]) if row["decision"] == "reject" else None
        if twin is not None:
            filed.add(id(twin))
            one.what = "filed"
            one.right = {name: _where(row)[name] == _where(twin)[name] for name in _FILED} | _said(row, twin)
        elif row["decision"] == "reject":
            one.right = {"is an answer": False}
        else:
            one.right = {"is an answer": True, **dict.fromkeys(_FILED, True), **_said(row, row)}
        out.append(one)
    return out + [Checked(str(row["answer_id"] or ""), "add", {"found": False}) for row in added if id(row) not in filed]


def _was_read(decision: dict[str, Any], answer: dict[str, Any]) -> bool:
    """Whether the program had read it: what was keyed from elsewhere bears no file, and is nobody's reading of a letter."""
    return bool(decision["machine_outcome"]) and bool(answer.get("machine_outcome") or decision["sha256"])


def _said(row: dict[str, Any], person: dict[str, Any]) -> dict[str, bool]:
    """Outcome and figure of the program's against the person's; the figure where either gives one."""
    machine = reading(*(row[f"machine_{name}"] for name in ("outcome", "value", "low", "high")))
    theirs = reading(*(person[name] for name in ("outcome", "value", "low", "high"))) if person["outcome"] else machine
    told = {"outcome": machine[0] == theirs[0]}
    if any(one is not None for one in (*machine[1:], *theirs[1:])):
        told["figure"] = same_reading((None, *machine[1:]), (None, *theirs[1:]))
    return told


def _twin(rejected: dict[str, Any], added: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The addition that puts the same words of the same file under another question, measure, period or part."""
    same = ("authority", "sha256", "quote")
    return next((row for row in added if rejected["quote"] and all(row[name] == rejected[name] for name in same)), None)


def _where(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in ("question", "measure", "breakdown")}, "period": (row["period_start"], row["period_end"])}


def _line(what: str, judged: list[tuple[str, bool]]) -> dict[str, Any]:
    """One share: right n of N, with its interval where there are enough, the answers behind it and those that were wrong."""
    share = Share(what, sum(right for _, right in judged), len(judged))
    enough = share.of >= FEW
    counts = words.of(share.n, share.of) if share.of else words.NONE
    return {
        "n": share.n, "of": share.of, "right": share.text if enough else counts, "interval": share.interval if enough else words.NONE,
        "wrong": share.of - share.n, "answer_ids": "; ".join(sorted({name for name, _ in judged if name})),
        "wrong_answer_ids": "; ".join(sorted({name for name, right in judged if name and not right})),
    }  # fmt: skip


_COLUMNS = ["n", "of", "right", "interval", "wrong", "answer_ids", "wrong_answer_ids"]
_FIELDS = {
    "found": "an answer that is in the letter was found", "is an answer": "what was read is an answer at all",
    "outcome": "the outcome", "figure": "the figure", "question": "the question", "measure": "what is counted", "period": "the period",
    "breakdown": "the part of the whole",
}  # fmt: skip


def by_field(found: list[Checked]) -> pd.DataFrame:
    """How often each field was right.

    Columns: field, n, of, right ("18 of 20 (90.0%)"), interval (95%, Wilson), wrong, answer_ids, wrong_answer_ids. The first row is the
    whole answer: found, and right in all that was judged. `found` comes from `checked`.
    """
    rows = [{"field": "the whole answer", **_line("whole", [(one.answer_id, one.whole) for one in found])}]
    for name, said in _FIELDS.items():
        judged = [(one.answer_id, one.right[name]) for one in found if name in one.right]
        if name == "found":
            judged += [(one.answer_id, True) for one in found if not one.missed and one.what != "reject"]
        rows.append({"field": said, **_line(name, judged)})
    return pd.DataFrame(rows, columns=["field", *_COLUMNS]) if found else pd.DataFrame(columns=["field", *_COLUMNS])


def by_doubt(found: list[Checked], answers: pd.DataFrame) -> pd.DataFrame:
    """How often the program was right where it named a doubt, by doubt, and where it named none: doubt, given (answers of all that bear the
    doubt), then as `by_field`.

    A wrong answer under "no doubt named" is a silent error. Answers that were missed altogether bear no doubt, and are not among these.
    """
    read = [one for one in found if not one.missed]
    given: dict[str, int] = {}
    for cell in answers.loc[answers["machine_outcome"].notna(), "review_reasons"]:
        for name in _doubts(cell) or [NO_DOUBT]:
            given[name] = given.get(name, 0) + 1
    rows = []
    for name in sorted(given, key=lambda one: (one != NO_DOUBT, -given[one], one)):
        judged = [(one.answer_id, one.whole) for one in read if name in (one.doubts or (NO_DOUBT,))]
        rows.append({"doubt": REASON_WORDS.get(name, name.replace("_", " ")), "given": given[name], **_line(name, judged)})
    return pd.DataFrame(rows, columns=["doubt", "given", *_COLUMNS])


def _doubts(cell: object) -> list[str]:
    return [] if not isinstance(cell, str) else [one for one in cell.split("; ") if one and one not in _AFTERWARDS]


def silent_errors(found: list[Checked]) -> list[Checked]:
    """The wrong answers that no doubt was named for."""
    return [one for one in found if not one.missed and not one.doubts and not one.whole]


def findings(found: list[Checked], answers: pd.DataFrame, decisions: pd.DataFrame) -> list[str]:
    """How far the program can be trusted, in words; nothing is claimed from fewer than `FEW` checked answers."""
    given = int(answers["machine_outcome"].notna().sum())
    read = [one for one in found if not one.missed]
    if not found:
        any_ = f"any of {words.number(given)} answers" if given != 1 else "the one answer"
        none = f"No person has checked {any_} that the program read"
        return [f"{none}: nothing here says how often it is right."]
    are = words.verb(given, "answer", "answers")
    out = [f"This rests on {words.of(len(read), given)} {are} that the program read and a person then checked."]
    if len(read) >= FEW:
        whole = Share("whole", sum(one.whole for one in read), len(read))
        out.append(f"The program was right in {whole.text}, 95% interval {whole.interval}; they were chosen for checking, not by lot.")
    else:
        right = sum(one.whole for one in read)
        out.append(f"It was right in {words.of(right, len(read))}: too few to say how often it is right.")
    plain = [one for one in read if not one.doubts]
    silent = len(silent_errors(found))
    errors = words.plural(silent, "silent error") if silent else "no silent error"
    if plain:
        out.append(f"Among {words.plural(len(plain), 'checked answer')} without a named doubt, people found {errors}.")
    else:
        out.append("No answer without a named doubt has been checked, so silent errors are not known.")
    if missed := sum(one.missed for one in found):
        out.append(f"{words.plural(missed, 'answer')} {words.verb(missed, 'was', 'were')} missed, and added by a person.")
    if lost := int((~decisions["state"].isin((*HOLDING, "superseded"))).sum()):
        does = words.verb(lost, "does", "do")
        out.append(f"{words.plural(lost, 'decision')} that {does} not hold any more {words.verb(lost, 'is', 'are')} not counted.")
    return out
