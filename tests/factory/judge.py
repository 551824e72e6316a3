"""Holding a reader's answers against the factory's labels: what was lost, what is false, and how the letter had put it.

The rules are the score script's (same value and period make a figure right; an outcome is judged on the answer that speaks for
the label), with the manner of writing noted on each miss, so that misses can be counted by what they have in common.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
HEADER = ("authority", "reference", "responded_on", "received_on", "regime")
ALSO = {"withheld": {"partly_withheld"}, "partly_withheld": {"withheld"}, "not_applicable": {"nil"}}


@dataclass
class Miss:
    """One disagreement. `how` is the manner of writing by the label, or "" for a figure that no label has."""

    what: str  # "lost", "false", "outcome", "measure", "question", "provisions", a header field
    how: str
    note: str
    seed: int
    silent: bool = False


@dataclass
class Verdict:
    """Counts of one or many letters."""

    counts: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        self.counts += other.counts
        self.misses += other.misses

    def share(self, good: str, of: str) -> float:
        return self.counts[good] / self.counts[of] if self.counts[of] else 1.0

    def figures(self) -> dict[str, float]:
        """The shares, by the names of the score script."""
        pairs = {
            "letter header": ("header_right", "header"), "figure recall": ("found", "figures"), "figure precision": ("found", "given"),
            "question": ("question_right", "found"), "measure": ("measure_right", "measures"), "outcome": ("outcome_right", "labels"),
            "provision recall": ("provisions_right", "provisions"), "provision precision": ("provisions_right", "provisions_given"),
            "evidence": ("evidence_right", "evidence"), "silent errors": ("silent", "answers"), "review rate": ("flagged", "answers"),
        }  # fmt: skip
        return {name: round(self.share(*pair), 4) for name, pair in pairs.items()}


def plain(label: str | None) -> str | None:
    """A question's label without punctuation: "Q1.(a)" is "1a"."""
    if not label:
        return None
    return re.sub(r"^(?:question|q)(?=\d)", "", re.sub(r"[^0-9a-z]", "", label.lower()))


def same_question(label: Row, given: Row) -> bool:
    """A label without a question (the letter has no numbers) accepts any."""
    return plain(label["question"]) in (None, plain(given.get("question")))


def same_period(label: Row, given: Row) -> bool:
    start, end = label["period_start"], label["period_end"]
    first, last = given.get("period_start"), given.get("period_end")
    if start is None or (end is None and first == start):
        return True
    return (start, end) == (first, last)


def agrees(label: Row, given: Row) -> bool:
    """Whether a figure is the label's."""
    return given.get("value") is not None and abs(given["value"] - label["value"]) <= 0.005 and same_period(label, given)


def outcome_right(label: Row, given: Row) -> bool:
    want, have = label["outcome"], given.get("outcome")
    if have in label.get("accept", ()):
        return True
    if want == "see_other_answer":
        return bool(given.get("refers_to")) or have not in (None, "unclear")
    return have == want or have in ALSO.get(want, set())


def judge(gold: Row, read: Row) -> Verdict:
    """One letter's verdict. `read` is the reader's letter as the contract's plain dictionary."""
    verdict, seed = Verdict(Counter(letters=1)), gold.get("seed", 0)
    given: list[Row] = read.get("answers", [])
    _header(verdict, gold, read, seed)
    wrong = _figures(verdict, gold["answers"], given, seed) | _outcomes(verdict, gold["answers"], given, seed)
    want = {p for answer in gold["answers"] for p in answer["provisions"]}
    have = {p for answer in given for p in answer.get("provisions", [])}
    verdict.counts.update(provisions=len(want), provisions_given=len(have), provisions_right=len(want & have))
    if want != have:
        verdict.misses.append(Miss("provisions", "missed" if want - have else "false", f"{sorted(have)} for {sorted(want)}", seed))
    for answer in given:
        flagged = bool(answer.get("needs_review"))
        verdict.counts.update(answers=1, flagged=flagged, silent=id(answer) in wrong and not flagged)
        if answer.get("outcome") != "unanswered":
            text = read.get("text") or ""
            quote = answer.get("quote")
            verdict.counts.update(evidence=1, evidence_right=bool(quote) and text[answer["start"] : answer["end"]] == quote)
    return verdict


def _header(verdict: Verdict, gold: Row, read: Row, seed: int) -> None:
    for name in HEADER:
        if gold.get(name):
            right = re.sub(r"[^a-z0-9]", "", str(gold[name]).lower()) == re.sub(r"[^a-z0-9]", "", str(read.get(name)).lower())
            verdict.counts.update(header=1, header_right=right)
            if not right:
                verdict.misses.append(Miss(name, "", f"{read.get(name)!r} for {gold[name]!r}", seed))


def _figures(verdict: Verdict, labels: Iterable[Row], given: list[Row], seed: int) -> set[int]:
    """Pair labelled with given figures, the right question first. The ids of the answers that nothing confirms."""
    free = [answer for answer in given if answer.get("value") is not None]
    wanted = [label for label in labels if label["value"] is not None]
    verdict.counts.update(figures=len(wanted), given=len(free))
    for strict in (True, False):
        for label in list(wanted):
            match = next((a for a in free if agrees(label, a) and (not strict or same_question(label, a))), None)
            if match is None:
                continue
            wanted.remove(label)
            free.remove(match)
            verdict.counts.update(found=1, question_right=strict)
            if not strict:
                note = f"{match.get('question')} for {label['question']}: {label['value_text']!r}"
                verdict.misses.append(Miss("question", label["how"], note, seed))
            if label["measure"] != "other":
                right = match.get("measure") == label["measure"]
                verdict.counts.update(measures=1, measure_right=right)
                if not right:
                    verdict.misses.append(Miss("measure", label["how"], f"{match.get('measure')} for {label['measure']}", seed))
    for label in wanted:
        note = f"question {label['question']} {label['period_start']}..{label['period_end']}: {label['value_text']!r}"
        verdict.misses.append(Miss("lost", label["how"], note, seed))
    pointed, free = free, [answer for answer in free if not _pointed(answer, labels)]
    verdict.counts["given"] -= len(pointed) - len(free)
    for answer in free:
        period = f"{answer.get('period_start')}..{answer.get('period_end')}"
        note = f"question {answer.get('question')} {period}: {answer['value']} in {answer.get('quote')!r}"
        verdict.misses.append(Miss("false", "", note, seed, silent=not answer.get("needs_review")))
    return {id(answer) for answer in free}


def _pointed(answer: Row, labels: Iterable[Row]) -> bool:
    """A figure taken over from the answer that this one points at, as the contract asks: right where the other's label has it."""
    to = plain(answer.get("refers_to"))
    if to is None:
        return False
    return any(label["value"] is not None and plain(label["question"]) == to and agrees(label, answer) for label in labels)


def _outcomes(verdict: Verdict, labels: Iterable[Row], given: list[Row], seed: int) -> set[int]:
    """Judge each label's outcome on the answer that speaks for it. The ids of the answers that are wrong."""
    wrong = set()
    for label in labels:
        verdict.counts.update(labels=1)
        ranked = _speaks_for(label, given)
        if any(outcome_right(label, answer) for answer in ranked):
            verdict.counts.update(outcome_right=1)
            continue
        have = ranked[0] if ranked else {}
        silent = bool(ranked) and not have.get("needs_review")
        note = f"question {label['question']}: {have.get('outcome')} for {label['outcome']}: {label['value_text'][:80]!r}"
        verdict.misses.append(Miss("outcome", label["how"], note, seed, silent))
        if ranked:
            wrong.add(id(have))
    return wrong


def _speaks_for(label: Row, given: list[Row]) -> list[Row]:
    same = [answer for answer in given if same_question(label, answer)]
    if label["value"] is not None:
        same = [a for a in same if a.get("value") is not None and abs(a["value"] - label["value"]) <= 0.005] or same
    return [answer for answer in same if same_period(label, answer)] or same
