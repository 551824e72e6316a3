"""Figures keyed by hand: `answers.csv`, `incidents.csv` and `published.csv` of a request folder.

Each row is checked by itself: a bad one becomes one line (file, line, what, what would be right), and the rest goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from foi_lib.csv_rows import Row, Sheet, plain_cell, read_rows
from foi_lib.letters.model import Citation, Question
from foi_lib.paths import nearest
from foi_lib.period_names import Period, join, parse_period, spell
from foi_lib.request import Request, known_measures, plain_label
from foi_lib.said import said as settle
from foi_lib.typed_cells import number

if TYPE_CHECKING:
    from foi_lib.reference import Authority

ANSWER_COLUMNS = (
    "authority", "authority_code", "question", "measure", "breakdown", "period", "period_start", "period_end", "answer", "outcome", "value",
    "low", "high", "qualifier", "provisions", "as_cited", "pit_found", "refers_to", "links", "quote", "reference", "received_on",
    "responded_on", "source_note", "source_url", "note",
)  # fmt: skip
INCIDENT_COLUMNS = ("authority", "authority_code", "question", "date", "kind", "description", "department", "category", "source_note")
PUBLISHED_COLUMNS = ("investigation", "authority", "nation", "period", "measure", "value", "unit", "source_url", "note")

_PROVISION = re.compile(r"[sr]\d+[A-Z]{0,2}(?:\(\w{1,4}\))*")


class _Bad(ValueError):
    """What is wrong with a row, in words for the person who keyed it."""


@dataclass(slots=True)
class KeyedAnswer:
    """One row of answers.csv, checked. `row` has the columns of the table `answers` that a person keys."""

    line: int
    authority: Authority
    row: dict[str, Any]
    reference: str | None = None
    received_on: str | None = None
    responded_on: str | None = None


@dataclass(slots=True)
class Keyed:
    """All that was keyed for a request. `problems`: (file, what, one line)."""

    answers: list[KeyedAnswer] = field(default_factory=list)
    incidents: list[tuple[Authority, dict[str, Any]]] = field(default_factory=list)
    published: list[dict[str, Any]] = field(default_factory=list)
    problems: list[tuple[str, str, str]] = field(default_factory=list)


def read_keyed(request: Request) -> Keyed:
    """The three files, those that there are."""
    keyed = Keyed()
    reader = _Reader(request)
    _each(keyed, read_rows(request.folder / "answers.csv", ANSWER_COLUMNS, ("authority", "question")), reader.answer, keyed.answers)
    _each(keyed, read_rows(request.folder / "incidents.csv", INCIDENT_COLUMNS, ("authority", "date")), reader.incident, keyed.incidents)
    needed = ("investigation", "authority", "measure", "value", "source_url")
    _each(keyed, read_rows(request.folder / "published.csv", PUBLISHED_COLUMNS, needed), reader.published, keyed.published)
    return keyed


def read_answers(request: Request, sheet: Sheet) -> tuple[list[KeyedAnswer], list[str]]:
    """The rows of a sheet with the columns of answers.csv: those that serve, and one line for each that does not."""
    keyed = Keyed(problems=[])
    _each(keyed, sheet, _Reader(request).answer, keyed.answers)
    return keyed.answers, [problem for _, _, problem in keyed.problems]


def _each(keyed: Keyed, sheet: Sheet, read: Callable[[Row], Any], into: list[Any]) -> None:
    keyed.problems += [(sheet.path.name, "keyed_file", problem) for problem in sheet.problems]
    for row in sheet.rows:
        row.cells = {name: plain_cell(words) for name, words in row.cells.items()}  # as `foi import sheet` writes them
        try:
            into.append(read(row))
        except _Bad as error:
            keyed.problems.append((sheet.path.name, "keyed_row", f"line {row.line}: {error}"))


class _Reader:
    """Reads rows against what the request asked."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.measures = known_measures() | {m.name: m.kind for m in request.own_measures}
        self.found: dict[str, Authority] = {}

    def answer(self, row: Row) -> KeyedAnswer:
        """One row of answers.csv."""
        authority = self.authority(row)
        question = self.question(row.get("question"))
        measure = self.measure(row.get("measure") or question.measure)
        kind = self.measures.get(measure) or question.kind
        period = self.period(row, question)
        said = self.said(row, question, kind)
        provisions, as_cited = self.provisions(row)
        if not provisions and said.get("provisions"):
            provisions, as_cited = said["provisions"], said["as_cited"]
        refers_to = self.question(row.get("refers_to")).label if row.get("refers_to") else said.get("refers_to")
        address = row.get("source_url")
        if address and not re.match(r"https?://\S+$", address):
            raise _Bad(f"source_url {address!r} is not a web address that begins with http:// or https://")
        answer: dict[str, Any] = {
            "question": question.label, "question_text": question.text, "kind": kind, "measure": measure,
            "breakdown": row.get("breakdown") or None, "period_kind": period.kind, "period_start": period.start, "period_end": period.end,
            "partial_period": False, "unit": self.unit(measure, kind), "provisions": provisions, "as_cited": as_cited,
            "citations": self.citations(row, provisions, as_cited), "refers_to": refers_to, "links": _parts(row.get("links")),
            "quote": row.get("quote") or row.get("answer") or None, "source": "keyed", "source_note": row.get("source_note") or None,
            "source_url": address or None, "note": row.get("note") or None,
            **{key: said.get(key) for key in ("outcome", "value", "low", "high", "qualifier")},
        }  # fmt: skip
        received, responded = (_day(row, name) for name in ("received_on", "responded_on"))
        if received and responded and responded < received:
            raise _Bad(f"responded_on ({responded}) is before received_on ({received})")
        return KeyedAnswer(row.line, authority, answer, row.get("reference") or None, received, responded)

    def incident(self, row: Row) -> tuple[Authority, dict[str, Any]]:
        """One row of incidents.csv."""
        from foi_lib.reference import incident_categories

        authority, day = self.authority(row), row.get("date")
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", day) or not _real_date(day):
            raise _Bad(f"date {day!r} is not a date; write 2017-08-01, or as much as is known: 2017-08, 2017")
        category = row.get("category")
        names = [_name(c) for c in incident_categories()]
        if category and category not in names:
            raise _Bad(f"category {category!r} is not one of the ICO's{nearest(category, names)}")
        kinds = ("breach", "incident", "cyber_incident")
        if row.get("kind") and row.get("kind") not in kinds:
            raise _Bad(f"kind {row.get('kind')!r} should be one of {', '.join(kinds)}, or empty")
        return authority, {
            "question": self.question(row.get("question")).label if row.get("question") else None, "kind": row.get("kind") or None,
            "date": day, "date_precision": {4: "year", 7: "month", 10: "day"}[len(day)], "description": row.get("description") or None,
            "department": row.get("department") or None, "category": category or None, "source": "keyed",
            "source_note": row.get("source_note") or None,
        }  # fmt: skip

    def published(self, row: Row) -> dict[str, Any]:
        """One row of published.csv: a figure that was published about a body, or about a group of them."""
        for name in ("investigation", "authority", "measure", "source_url"):
            if not row.get(name):
                raise _Bad(f"{name} is empty")
        value = _number(row, "value")
        if value is None:
            raise _Bad("value is empty: a published figure needs its number")
        group = row.get("authority").startswith("(")
        period = _period(row.get("period"))
        return {
            "investigation": row.get("investigation"), "authority": row.get("authority"),
            "authority_code": None if group else self.authority(row).code, "nation": row.get("nation") or None,
            "measure": row.get("measure"), "period_kind": period.kind, "period_start": period.start, "period_end": period.end,
            "value": value, "unit": row.get("unit") or None, "source_url": row.get("source_url"), "note": row.get("note") or None,
        }  # fmt: skip

    def authority(self, row: Row) -> Authority:
        """By its code where there is one (the name must not be another's), else by its name."""
        from foi_lib.reference import authority as by_code
        from foi_lib.reference import find_authority

        name, code = row.get("authority"), row.get("authority_code")
        if not name and not code:
            raise _Bad("authority is empty")
        key = f"{code}|{name}"
        if key not in self.found:
            own = {a.code: a for a in self.request.own_authorities}
            if name in own and not code:
                name, code = "", name  # a code in the place of the name
            match = find_authority(name, extra=self.request.own_authorities) if name else None
            if code:
                try:
                    self.found[key] = own.get(code) or by_code(code)
                except Exception as error:
                    raise _Bad(f"authority_code: {error}") from None
                if match and match.code and match.code != self.found[key].code:
                    raise _Bad(f"authority {name!r} and authority_code {code!r} ({self.found[key].name}) are not the same body; mend one")
            elif match is None or not match.code or match.certainty != "certain":
                others = [own[one].name if one in own else by_code(one).name for one in match.candidates] if match else []
                hint = f"; did you mean {' or '.join(others[:3])}?" if others else nearest(name, _all_names(self.request))
                raise _Bad(f"authority {name!r} is not known{hint} (bodies of your own go into authorities.csv)")
            else:
                self.found[key] = own.get(match.code) or by_code(match.code)
        return self.found[key]

    def question(self, label: str) -> Question:
        if not label:
            raise _Bad("question is empty: write its label out of request.yaml")
        found = self.request.question(label)
        if found is None:
            labels = [q.label for q in self.request.questions]
            close = [known for known in labels if plain_label(known).replace(".", "") == plain_label(label).replace(".", "")]
            hint = f"; did you mean {close[0]!r}?" if close else f" (labels: {', '.join(labels)})"
            raise _Bad(f"question {label!r} is not in request.yaml{hint}")
        return found

    def measure(self, name: str) -> str:
        if name != "other" and name not in self.measures:
            hint = nearest(name, sorted(self.measures))
            raise _Bad(f"measure {name!r} is not known{hint} (own ones go under measures: in request.yaml)")
        return name

    def unit(self, measure: str, kind: str) -> str | None:
        return unit_of(self.request, measure, kind)

    def period(self, row: Row, question: Question) -> Period:
        """The row's period; where it has none, the question's own, if that is a single one."""
        if row.get("period_start") or row.get("period_end"):
            if row.get("period"):
                raise _Bad("period and period_start/period_end are both given; keep one")
            try:
                return spell(_day(row, "period_start"), _day(row, "period_end"))
            except _Bad:
                raise
            except ValueError as error:
                raise _Bad(f"period {error}") from None
        if row.get("period"):
            return _period(row.get("period"))
        asked = self.request.periods.get(question.label, ())
        return join(asked) if len(asked) == 1 else Period()

    def said(self, row: Row, question: Question, kind: str) -> dict[str, Any]:
        """Outcome, figure and hedge, which must go together."""
        said: dict[str, Any] = {name: _number(row, name) for name in ("value", "low", "high")}
        said["qualifier"] = row.get("qualifier") or None
        said["outcome"] = row.get("outcome") or None
        if not said["outcome"] and said["value"] is not None:
            said["outcome"] = "nil" if said["value"] == 0 else "disclosed"
        if not said["outcome"] and row.get("answer"):
            said |= _read_words(row.get("answer"), question, self.request.regime)
        try:
            told = settle(said["outcome"], said["value"], said["low"], said["high"], kind)
        except ValueError as error:
            raise _Bad(str(error)) from None
        return said | dict(zip(("outcome", "value", "low", "high"), told, strict=True))

    def provisions(self, row: Row) -> tuple[list[str], list[str]]:
        """Provisions as resolved, and as cited where that is different."""
        resolved, cited = _parts(row.get("provisions")), _parts(row.get("as_cited"))
        for one in resolved:
            if not _PROVISION.fullmatch(one):
                raise _Bad(f"provision {one!r} should be written like s31(1)(a) or r12(4)(b), several separated by '; '")
        if cited and len(cited) != len(resolved):
            raise _Bad(f"as_cited has {len(cited)} citation(s) for {len(resolved)} provision(s): give one for each, or none")
        return resolved, cited or list(resolved)

    def citations(self, row: Row, provisions: list[str], as_cited: list[str]) -> list[Citation]:
        """The provisions with what is keyed or plain about each: a public interest test, a citation that cannot be right as written."""
        from foi_lib.reference import find_provisions

        said = row.get("pit_found").lower()
        if said not in ("", "yes", "no"):
            raise _Bad(f"pit_found {row.get('pit_found')!r} should be yes, no or empty")
        found = []
        for section, cited in zip(provisions, as_cited, strict=True):
            read = find_provisions(cited, self.request.regime)
            malformed = any(one.malformed for one in read)
            found.append(Citation(section, cited, -1, -1, None, malformed, False, {"yes": True, "no": False}.get(said)))
        return found


def unit_of(request: Request, measure: str, kind: str) -> str | None:
    """The own measure's unit, else what the kind has."""
    own = {m.name: m.unit for m in request.own_measures}
    return own.get(measure) or {"count": "count", "money": "GBP", "percentage": "percent"}.get(kind)


def _read_words(words: str, question: Question, regime: str) -> dict[str, Any]:
    """What the reader of letters makes of an answer's words; anything but one plain reading is for the person to say."""
    from foi_lib.letters import read_answer

    found = read_answer(words, question, regime)
    if len(found) != 1:
        raise _Bad(f"answer {words!r} was read as {len(found)} answers: give each a row of its own, with outcome and value")
    if found[0].needs_review or found[0].outcome in ("unclear", "unanswered"):
        raise _Bad(f"answer {words!r} was not understood for certain: write outcome and value")
    names = ("outcome", "value", "low", "high", "qualifier", "refers_to", "provisions", "as_cited")
    return {name: getattr(found[0], name) for name in names}


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _number(row: Row, name: str) -> float | None:
    """A number as people write it: 1234, 1,234, £1,234.50; nothing else."""
    cell = row.get(name)
    if not cell:
        return None
    try:
        return number(cell)
    except ValueError as error:
        raise _Bad(f"{name} {error}") from None


def _day(row: Row, name: str) -> str | None:
    cell = row.get(name)
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", cell) or not _real_date(cell):
        raise _Bad(f"{name} {cell!r} is not a date; write year-month-day, e.g. 2018-01-24")
    return cell


def _real_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return False
    return True


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise _Bad(f"period: {error}") from None


def _name(thing: Any) -> str:
    return str(getattr(thing, "name", thing))


def _all_names(request: Request) -> list[str]:
    from foi_lib.reference import authorities

    return [a.name for a in (*request.own_authorities, *authorities())]
