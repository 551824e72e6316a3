"""What people's decisions do to the answers: `apply`, a pure function on rows (dicts, before they become DataFrames).

A decision holds where its evidence is unchanged: the words it was made on are in the same file (by SHA-256, whatever its name), or in
another with the same lines around them. Then the person's answer stands, whatever the program reads there today. Where the evidence
changed, the program's reading stands, the row asks for a look (`correction_conflict`), and both are shown. Every decision ends in exactly
one of `STATES`:

- applied: it is in the tables;
- agrees: the program now says the same by itself (or, for a rejection, does not give the figure any more);
- conflict: its evidence changed, and the program reads something else;
- without_object: what it is about is no longer there;
- superseded: a later decision about the same answer took its place;
- unusable: its row in the file cannot be read.

In the answers `decision` is filled where a decision holds (applied or agrees with unchanged words), and missing where it is in conflict.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from foi_lib.corrections import Corrections, Unusable
from foi_lib.decision import DECISIONS, Decision, Reading, same_reading, spelt
from foi_lib.grounds import SILENT, Files, Found, days, find, machine_of, slot, stands
from foi_lib.merge import Row, doubt
from foi_lib.period_names import spell
from foi_lib.rows import ANSWER_KEY, identify
from foi_lib.schema import STATES

__all__ = ["CONFLICT", "STATES", "apply"]

CONFLICT = "correction_conflict"
# how the program came by its reading: not the person's way
_WAY = ("derived_by", "refers_to")
_NOTHING: Reading = (None, None, None, None)
_FIGURE = ("outcome", "value", "low", "high")
Asked = Callable[[str, str], Row]
Group = list[tuple[Decision, Found]]


def apply(
    answers: Sequence[Row], corrections: Corrections, files: Iterable[Mapping[str, Any]], whose: Sequence[Row], asked: Asked
) -> tuple[list[Row], list[Row]]:
    """Gives the rows of `answers` with the decisions applied and named (`answer_id`), and the rows of the table `decisions`.

    `files`: rows of the table `texts`. `whose`: for each authority, in the answers' order, its request, authority, authority_code and slug.
    `asked(label, measure)` gives a question's question_text, measure, kind and unit. Nothing that is passed in is altered.
    """
    work = _Work(answers, files, asked)
    if corrections.decisions or corrections.unusable:
        work.settle(corrections, whose)
    identify(work.answers, "answer_id", "a", ANSWER_KEY)
    for told, row in work.about:
        told["answer_id"] = row["answer_id"]
    for row in work.answers:
        row.pop("_read")
        if standing := row.pop("_standing", None):
            row["decision_id"] = standing["decision_id"]
    return work.answers, work.table


class _Work:
    """One run: the rows as they become, and what is to be told of each decision."""

    def __init__(self, answers: Sequence[Row], files: Iterable[Mapping[str, Any]], asked: Asked) -> None:
        self.answers = [{**row, "review_reasons": list(row["review_reasons"])} for row in answers]
        for row in self.answers:
            row["_read"] = stands(row)
            if row["source"] == "letter":
                row |= {f"machine_{name}": row.get(name) for name in _FIGURE}
        self.files, self.asked = files, asked
        self.table: list[Row] = []
        self.about: list[tuple[Row, Row]] = []  # rows of the table, and the answer of each

    def settle(self, corrections: Corrections, whose: Sequence[Row]) -> None:
        """All decisions, in the order in which they were made."""
        self.texts = Files(self.files)
        names = ("slug", "authority", "authority_code")
        known = {str(one[name]).casefold(): one for name in names for one in reversed(whose) if one.get(name)}
        of: dict[str, list[Row]] = defaultdict(list)
        for row in self.answers:
            of[row["slug"]].append(row)
        groups: dict[Any, Group] = defaultdict(list)
        for decision in sorted(corrections.decisions, key=lambda one: (one.when, one.line)):
            body = known.get(decision.authority.casefold())
            if body is None:
                self.tell(decision, "without_object", "no such authority was asked, and none replied")
                continue
            found = find(decision, of[body["slug"]], body["slug"], self.texts)
            groups[id(found.row) if found.row is not None else (body["slug"], *slot(decision))].append((decision, found))
        added: list[Row] = []
        for group in groups.values():
            about = group[0][1].row
            if about is not None:
                self.on_row(about, group)
            else:
                added += self.on_nothing(group, known[group[0][0].authority.casefold()])
        self.place(added, whose)
        self.table += [_unusable(one) for one in corrections.unusable]
        self.table.sort(key=lambda one: one["line"])
        seen: dict[str, int] = {}
        for told in self.table:  # the same row twice in the file: two decisions, the later one in the place of the earlier
            name = told["decision_id"]
            seen[name] = seen.get(name, 0) + 1
            told["decision_id"] = name if seen[name] == 1 else f"{name}-{seen[name]}"

    def on_row(self, row: Row, group: Group) -> None:
        """Decisions about an answer that is there: the last whose words are unchanged stands, and a later one on other words is held
        against it."""
        last = max((n for n, (_, found) in enumerate(group) if found.same), default=-1)
        newest = len(group) - 1
        for n, (decision, _) in enumerate(group):
            if n not in (last, newest):
                self.tell(decision, "superseded", _by(group[last if n < last else newest][0]), row)
        if last >= 0:
            self.stand(row, [one for one in group if one[1].same])
        if last == newest:
            return
        decision, found = group[newest]
        if decision.decision in ("confirm", "correct", "add") and decision.person and same_reading(decision.person, stands(row)):
            self.tell(decision, "agrees", f"{found.note}; they say the same" if found.note else "", row)
            return
        doubt(row, CONFLICT)
        self.tell(decision, "conflict", found.note, row)

    def stand(self, row: Row, group: Group) -> None:
        """Put the last of these decisions into its row."""
        decision, found = group[-1]
        person, rejected = _together(group)
        if row["source"] == "keyed":  # what was keyed stays to be seen, as the program's reading does
            row |= {"keyed_outcome": row["outcome"], "keyed_value": row.get("value")}
        agrees = person is not None and same_reading(person, machine_of(row))
        if rejected:
            row |= dict.fromkeys((*_WAY, *_FIGURE, "qualifier"))
            row |= {"outcome": decision.outcome or SILENT, "source": "correction"}
        elif person is not None:
            self.say(row, person, decision, agrees)
        if person is not None or rejected:
            row["needs_review"] = False
        row |= _signed(decision)
        state = "agrees" if agrees and decision.decision in ("correct", "add") else "applied"
        row["_standing"] = self.tell(decision, state, "; ".join(filter(None, (found.note, _then_and_now(decision, row)))), row)

    def say(self, row: Row, person: Reading, decision: Decision, agrees: bool) -> None:
        """The person's reading in the row; where the program says the same, the row stays the program's."""
        if decision.qualifier:
            row["qualifier"] = None if decision.qualifier.casefold() == "none" else decision.qualifier
        if agrees:
            return
        row |= {**dict(zip(_FIGURE, person, strict=True)), **dict.fromkeys(_WAY), "source": "correction"}
        if row.get("unit") is None and any(one is not None for one in person[1:]):
            row["unit"] = self.asked(row["question"], row.get("measure") or "").get("unit")
        if row.get("start") is None:
            row |= self.evidence(row["slug"], decision)

    def on_nothing(self, group: Group, body: Row) -> list[Row]:
        """Decisions about an answer that the program does not give: one that a person added, or that it no longer reads."""
        holding = [one for one in group if one[1].same]
        decision, found = (holding or group)[-1]
        for other, _ in group:
            if other is not decision:
                self.tell(other, "superseded", _by(decision))
        person, rejected = _together(holding)
        if not holding or (person is None and not rejected):
            self.tell(decision, "without_object", found.note or "the program does not give this answer")
            return []
        if rejected or person is None:
            self.tell(decision, "agrees", "the program does not give this figure")
            return []
        row = self.new(decision, person, body)
        lost = all(other.machine_outcome for other, _ in holding)
        note = "the program no longer reads this, and the person's answer stands" if lost else ""
        row["_standing"] = self.tell(decision, "applied", note, row)
        return [row]

    def new(self, decision: Decision, person: Reading, body: Row) -> Row:
        """An answer that stands in the tables because a person says so."""
        start, end = days(decision) or (None, None)
        about = self.asked(decision.question, decision.measure)
        return {
            **body, "question": decision.question, "question_text": about.get("question_text"), "kind": about.get("kind"),
            "measure": decision.measure or about.get("measure"), "breakdown": decision.breakdown or None,
            "period_kind": spell(start, end).kind, "period_start": start, "period_end": end, "partial_period": False,
            **dict(zip(_FIGURE, person, strict=True)), "unit": about.get("unit") if any(n is not None for n in person[1:]) else None,
            "qualifier": None if (decision.qualifier or "none").casefold() == "none" else decision.qualifier,
            "provisions": [], "as_cited": [], "citations": [], "links": [], "source": "correction", "needs_review": False,
            "review_reasons": [], "_read": _NOTHING, **self.evidence(body["slug"], decision), **_signed(decision),
        }  # fmt: skip

    def evidence(self, slug: str, decision: Decision) -> Row:
        """The quote's place in the text; where it has none, the person as the source."""
        if place := self.texts.place(slug, decision):
            return place
        who = f"{decision.who}, {decision.when[:10]}" + (f": {decision.why}" if decision.why else "")
        return {"quote": decision.quote or None, "source_note": f"decided in review by {who}"}

    def place(self, added: list[Row], whose: Sequence[Row]) -> None:
        """Added rows behind the others of their authority. What the program took for silence gives way to them, and is told of."""
        asked_of = {(row["slug"], row["question"]): row for row in added}
        silent = [row for row in self.answers if row["outcome"] == SILENT and row["_read"][0] == SILENT]
        gone = [row for row in silent if (row["slug"], row["question"]) in asked_of]
        for row in gone:
            key = (row["slug"], row["question"])
            for one in added:
                if (one["slug"], one["question"]) == key:
                    one["machine_outcome"] = SILENT
            for n, (told, about) in enumerate(self.about):
                if about is row:
                    told |= {"state": "superseded", "note": "an answer was added"}
                    self.about[n] = (told, asked_of[key])
        left = [row for row in self.answers if not any(row is one for one in gone)]
        order = {str(one["slug"]): n for n, one in reversed(list(enumerate(whose)))}
        self.answers = sorted(left + added, key=lambda row: order.get(row["slug"], len(order))) if added else left

    def tell(self, decision: Decision, state: str, note: str, row: Row | None = None) -> Row:
        """One row of the table `decisions`."""
        start, end = days(decision) or (None, None)
        told: Row = {name: getattr(decision, name) for name in _COPIED} | {
            "period_start": start, "period_end": end, "breakdown": decision.breakdown or None, "state": state,
            "note": "; ".join([part for part in (note, *decision.mended) if part]) or None,
            **{f"now_{name}": one for name, one in zip(_FIGURE, machine_of(row) if row is not None else _NOTHING, strict=True)},
        }  # fmt: skip
        self.table.append(told)
        if row is not None:
            self.about.append((told, row))
        return told


_COPIED = (
    "decision_id", "line", "decision", "authority", "question", "measure", "sha256", "quote", "machine_outcome", "machine_value",
    "machine_low", "machine_high", "outcome", "value", "low", "high", "qualifier", "why", "who", "when",
)  # fmt: skip


def _together(group: Group) -> tuple[Reading | None, bool]:
    """What decisions in a row say in the end: the person's reading, and whether the figure is rejected. An exclusion that gives no reading
    of its own keeps the one that stood."""
    person, rejected = None, False
    for decision, _ in group:
        if decision.decision == "reject":
            person, rejected = None, True
        elif decision.person is not None:
            person, rejected = decision.person, False
        elif decision.decision != "exclude":
            person, rejected = None, False
    return person, rejected


def _signed(decision: Decision) -> Row:
    signed = {"decision": decision.decision, "decided_by": decision.who, "decided_on": decision.when[:10]}
    return signed | {"decision_why": decision.why or None}


def _by(decision: Decision) -> str:
    return f"by {decision.decision} of {decision.when[:10]} ({decision.who})"


def _then_and_now(decision: Decision, row: Row) -> str:
    """That the program reads something else today than when the decision was made."""
    if decision.machine_outcome is None or same_reading(decision.machine, machine_of(row)):
        return ""
    was, now = (" ".join(filter(None, (read[0], spelt(read)))) for read in (decision.machine, machine_of(row)))
    return f"the program read {was} then, and reads {now} now"


def _unusable(one: Unusable) -> Row:
    """A row of the file that nothing could be made of, with as much of it as the columns can hold."""
    told: Row = {name: one.cells.get(name) or None for name in ("authority", "question", "quote", "why", "who", "when")}
    what = one.cells.get("decision", "").lower()
    named = [{"decision_id": "", **one.cells}]
    identify(named, "decision_id", "u", tuple(sorted(one.cells)))
    return told | {"decision_id": named[0]["decision_id"], "line": one.line, "state": "unusable", "note": one.reason,
                   "decision": what if what in DECISIONS else None}  # fmt: skip
