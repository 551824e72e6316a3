"""Which answer a decision is about, and whether the words it was made on are still the same."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foi_lib.decision import Decision, Reading, context, reading, same_reading, squeezed
from foi_lib.merge import Row
from foi_lib.period_names import parse_period
from foi_lib.request import plain_label

SILENT = "unanswered"
Slot = tuple[str, str, str | None, str | None, str]  # question, measure, first and last day, breakdown


@dataclass(frozen=True, slots=True)
class Found:
    """`row` is the answer meant, None where the tables have none; `same`: the words are those that the decision was made on."""

    row: Row | None
    same: bool
    note: str = ""


class Files:
    """The texts of a request's files, by authority: which hashes there are, what stands around a quote, where a quote stands."""

    def __init__(self, texts: Iterable[Mapping[str, Any]]) -> None:
        self.of: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
        self.text: dict[str, str] = {}
        for one in texts:
            self.of[str(one["slug"])].append(one)
            self.text[str(one["file"])] = str(one.get("text") or "")

    def holds(self, slug: str, sha256: str) -> bool:
        """Whether a file of that hash is among the authority's."""
        return bool(sha256) and any(one["sha256"] == sha256 for one in self.of[slug])

    def context(self, row: Row) -> str:
        """The mark of the lines that a row's quote stands in; "" where it has no place."""
        text = self.text.get(str(row.get("file")))
        return context(text, int(row["start"]), int(row["end"])) if text is not None and row.get("start") is not None else ""

    def place(self, slug: str, decision: Decision) -> Row | None:
        """Where the decision's quote stands among the authority's files: file, sha256, page, start, end and quote. None where it does not
        stand there, or several times and nothing tells which is meant."""
        words = re.escape(decision.quote.removesuffix(" …").strip()).replace(r"\ ", r"\s+")
        if not words:
            return None
        exact: list[Row] = []
        loose: list[Row] = []
        for one in self.of[slug]:
            text = str(one.get("text") or "")
            for hit in re.finditer(rf"(?<!\w){words}(?!\w)|(?<!\w){words}(?=…)", text):
                at = {"file": one["file"], "sha256": one["sha256"], "page": _page(one, hit.start()), "start": hit.start(), "end": hit.end(),
                      "quote": hit[0]}  # fmt: skip
                known = decision.context and context(text, hit.start(), hit.end()) == decision.context
                (exact if known else loose).append(at)
        own = [at for at in exact if at["sha256"] == decision.sha256] or exact
        if own:
            return own[0]
        in_file = [at for at in loose if at["sha256"] == decision.sha256]
        if decision.sha256 and decision.context and not in_file:
            return None  # the same words elsewhere, in other lines of another file, are other words
        candidates = in_file or ([] if decision.context else loose)
        return candidates[0] if len(candidates) == 1 else None


def _page(text: Mapping[str, Any], start: int) -> int | None:
    try:
        pages = json.loads(str(text.get("pages") or "[]"))
    except ValueError:
        return None
    return next((int(page[0]) for page in pages if page[1] <= start < max(page[2], page[1] + 1)), None)


def machine_of(row: Row) -> Reading:
    """What the program (or whoever keyed the row) reads there today, whatever a person made of it."""
    read: Reading = row["_read"]
    return read


def stands(row: Row) -> Reading:
    """What the row says now."""
    return reading(row.get("outcome"), row.get("value"), row.get("low"), row.get("high"))


def days(decision: Decision) -> tuple[str | None, str | None] | None:
    """First and last day of the decision's period; None where it is about whichever period the answer has."""
    if not decision.period:
        return None
    period = parse_period(decision.period)
    return period.start, period.end


def slot(decision: Decision) -> Slot:
    """What the decision is about, where no answer is there to be named."""
    start, end = days(decision) or (None, None)
    return plain_label(decision.question), decision.measure, start, end, _part(decision.breakdown)


def find(decision: Decision, rows: Sequence[Row], slug: str, files: Files) -> Found:
    """The answer that a decision is about, among `rows`, those of its authority."""
    mine = [row for row in rows if plain_label(row["question"]) == plain_label(decision.question)]
    exact = [row for row in mine if _same_slot(decision, row)]
    here = files.holds(slug, decision.sha256)
    if exact:
        return _at_slot(decision, exact, here, files)
    if alike := [row for row in mine if _same_words(decision, row, files)]:
        row = alike[0]
        if len(alike) == 1 and _refined(decision, row):
            return Found(row, True, f"the program now reads these words for {_about(row)}")
        return Found(row, False, f"the program now reads these words for {' and '.join(_about(one) for one in alike[:3])}")
    if here or (decision.decision == "add" and not decision.sha256) or files.place(slug, decision):
        return Found(None, True)
    why = "the words it was made on are no longer there" if decision.sha256 or decision.quote else "there is no such answer"
    silent = [row for row in mine if _silent(row)]
    if silent and decision.decision in ("confirm", "correct", "add"):
        return Found(silent[0], False, f"{why}, and the program finds no answer")
    return Found(None, False, why)


def _at_slot(decision: Decision, exact: list[Row], here: bool, files: Files) -> Found:
    """One of the rows that answer the same question, measure, period and part."""
    same_file = [row for row in exact if decision.sha256 and row.get("sha256") == decision.sha256]
    if same_file:
        return _in_same_file(decision, same_file, files)
    silent = [row for row in exact if _silent(row)]
    if silent and (here or (decision.decision == "add" and not decision.sha256)):
        return Found(silent[0], True)
    for row in exact:
        if decision.context and files.context(row) == decision.context and _quotes(decision, row) > 0:
            return Found(row, True, "the file is another, and its lines are the same" if decision.sha256 else "")
    if not decision.sha256:
        for row in exact:
            keyed, same = row["source"] == "keyed", same_reading(decision.machine, machine_of(row))
            if same and (keyed or (_quotes(decision, row) > 1 and not decision.context)):
                return Found(row, True)
    if decision.decision == "reject" and not any(same_reading(decision.machine, machine_of(row)) for row in exact):
        return Found(None, here)
    said = bool(decision.sha256 or decision.quote or decision.decision == "add")
    why = "another letter answers this now" if here else "the words it was made on have changed"
    return Found(exact[0], False, why if said else "it does not say on which words it was made (sha256, quote): decide again")


def _in_same_file(decision: Decision, rows: list[Row], files: Files) -> Found:
    """The same letter: of several answers the one with the decision's words, else with what the program read then, else the only one."""

    def rank(row: Row) -> tuple[bool, int, bool]:
        lines = bool(decision.context) and files.context(row) == decision.context
        return lines and _quotes(decision, row) > 0, _quotes(decision, row), same_reading(decision.machine, machine_of(row))

    best = max(rows, key=rank)
    if any(rank(best)):
        return Found(best, True)
    if decision.decision == "reject":
        return Found(None, True)
    if decision.decision == "exclude":
        return Found(best, False, "the program now reads another figure there")
    if len(rows) == 1:
        return Found(best, True)
    return Found(best, False, "several answers stand there now, and none has the words it was made on")


def _same_slot(decision: Decision, row: Row) -> bool:
    asked = days(decision)
    return (
        (not decision.measure or (row.get("measure") or "") == decision.measure)
        and (asked is None or asked == (row.get("period_start"), row.get("period_end")))
        and _part(decision.breakdown) == _part(row.get("breakdown"))
    )


def _silent(row: Row) -> bool:
    return bool(row["source"] == "letter" and row["outcome"] == SILENT)


def _part(breakdown: str | None) -> str:
    return " ".join((breakdown or "").split()).casefold()


def _same_words(decision: Decision, row: Row, files: Files) -> bool:
    """Whether a row of the same question, under another heading, was read from the decision's words."""
    if not decision.quote or row.get("start") is None:
        return False
    alike, around = _quotes(decision, row), files.context(row)
    same_lines = bool(decision.context) and around == decision.context
    same_file = bool(decision.sha256) and row.get("sha256") == decision.sha256
    return (alike > 0 and same_lines) or (alike > 1 and same_file and not decision.context)


def _refined(decision: Decision, row: Row) -> bool:
    """Whether the row says more than the decision knew (a period, a part, a measure), and contradicts nothing that it knew."""
    asked = days(decision)
    return (
        (decision.measure in ("", "other") or (row.get("measure") or "") == decision.measure)
        and (asked in (None, (None, None)) or asked == (row.get("period_start"), row.get("period_end")))
        and (not decision.breakdown or _part(decision.breakdown) == _part(row.get("breakdown")))
    )


def _quotes(decision: Decision, row: Row) -> int:
    """2: the same words; 1: one holds the other; 0: others."""
    mine, theirs = decision.quote, squeezed(row.get("quote"))
    if not mine or not theirs:
        return 0
    if mine == theirs or (_digits(mine) and _digits(mine) == _digits(theirs)):
        return 2
    short, long = sorted((mine.removesuffix(" …"), theirs.removesuffix(" …")), key=len)
    return int(bool(re.search(rf"(?<!\w){re.escape(short)}(?!\w)", long)))


def _digits(text: str) -> str:
    """A quote that is a bare number, without what a spreadsheet adds or takes away: "£1,200.00" and "1200" are the same."""
    if not re.fullmatch(r"£?[\d,]+(\.\d+)?", text):
        return ""
    whole, _, part = text.replace(",", "").replace("£", "").partition(".")
    return f"{whole.lstrip('0') or '0'}.{part.rstrip('0')}"


def _about(row: Row) -> str:
    """A row's heading in short: measure, period, part."""
    period = "/".join(str(day) for day in (row.get("period_start"), row.get("period_end")) if day) or "no stated period"
    return " ".join(str(part) for part in (row.get("measure"), period, row.get("breakdown")) if part)
