"""From what was read and keyed to rows of the tables in `schema`: plain dicts, before any DataFrame."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from foi_lib.letters.model import OUTCOMES, PERIOD_KINDS, QUESTION_KINDS, Answer, Citation, Letter
from foi_lib.merge import Row, doubt
from foi_lib.replies import Part, answered, is_acknowledgement
from foi_lib.request import Request
from foi_lib.schema import REGIMES

if TYPE_CHECKING:
    from foi_lib.reference import Authority, ProvisionInfo

_SCOTTISH = {"FOIA": "FOISA", "EIR": "EISR"}


def identify(rows: Iterable[Row], name: str, prefix: str, key: tuple[str, ...]) -> None:
    """Give each row a name that re-reading does not change: its key's hash, counting equal keys."""
    seen: dict[str, int] = {}
    for row in rows:
        plain = json.dumps([row.get(part) for part in key], ensure_ascii=False)
        seen[plain] = seen.get(plain, 0) + 1
        row[name] = prefix + hashlib.sha256(f"{plain}|{seen[plain]}".encode()).hexdigest()[:10]


ANSWER_KEY = ("slug", "question", "measure", "period_start", "period_end", "breakdown")
INCIDENT_KEY = ("slug", "question", "date", "kind", "department", "description")


def who(request: Request, authority: Authority | None, slug: str, unknown: str) -> Row:
    """The columns that say whose a row is."""
    name = authority.name if authority else unknown
    return {"request": request.name, "authority": name, "authority_code": authority.code if authority else None, "slug": slug}


def letter_answers(request: Request, part: Part, letter: Letter) -> list[Row]:
    """The answers of one file. Values that the schema does not know become "unclear" or missing, and ask for a look."""
    return [_letter_answer(request, part, letter, answer) for answer in letter.answers]


def _letter_answer(request: Request, part: Part, letter: Letter, answer: Answer) -> Row:
    asked = request.question(answer.question)
    row: Row = {
        "question": answer.question or "?", "question_text": answer.question_text or (asked.text if asked else None), "kind": answer.kind,
        "measure": answer.measure, "breakdown": answer.breakdown, "period_kind": answer.period_kind, "period_start": answer.period_start,
        "period_end": answer.period_end, "partial_period": answer.partial_period, "outcome": answer.outcome, "value": answer.value,
        "low": answer.low, "high": answer.high, "unit": answer.unit, "qualifier": answer.qualifier, "derived_by": answer.derived_by,
        "provisions": list(answer.provisions), "as_cited": list(answer.as_cited), "refers_to": answer.refers_to, "quote": answer.quote,
        "links": list(answer.links), "file": part.file, "sha256": part.document.sha256, "page": answer.page, "start": answer.start,
        "end": answer.end, "source": "letter", "needs_review": answer.needs_review, "review_reasons": list(answer.review_reasons),
        "citations": list(answer.citations),
    }  # fmt: skip
    for name, allowed, instead in (("outcome", OUTCOMES, "unclear"), ("period_kind", PERIOD_KINDS, None), ("kind", QUESTION_KINDS, None)):
        if row[name] is not None and row[name] not in allowed:
            doubt(row, f"{name}_not_known")
            row[name] = instead
    for name in ("period_start", "period_end"):
        if row[name] is not None and not re.fullmatch(r"\d{4}-\d\d-\d\d", row[name]):
            doubt(row, f"{name}_not_a_date")
            row[name] = None
    if answer.start is not None and letter.text[answer.start : answer.end] != answer.quote:
        doubt(row, "quote_not_in_text")
    return row


def keyed_answer(row: Row) -> Row:
    """A checked row of answers.csv as a row of the table."""
    return {**row, "needs_review": False, "review_reasons": []}


def provision_rows(answer: Row, regime: str | None) -> list[Row]:
    """One row for each provision that an answer relies on, with what the law says of it."""
    citations: list[Citation] = answer["citations"] or [
        Citation(section, cited, -1, -1, regime)
        for section, cited in zip(answer["provisions"], answer["as_cited"] or answer["provisions"], strict=False)
    ]
    rows = []
    for citation in citations:
        of = citation.regime or regime
        placed = citation.start >= 0
        rows.append({
            **{name: answer[name] for name in ("answer_id", "request", "authority", "authority_code", "slug", "question")},
            "regime": of if of in REGIMES else None, "section": citation.provision, "as_cited": citation.as_cited,
            **_law(of, citation.provision), "ncnd": _ncnd(answer, citation, of), "pit_found": citation.pit_found,
            "malformed": citation.malformed, "start": citation.start if placed else None, "end": citation.end if placed else None,
        })  # fmt: skip
    return rows


def _ncnd(answer: Row, citation: Citation, regime: str | None) -> bool:
    """The citation's own limb; for a keyed one, whether the provision is the limb that neither confirms nor denies."""
    if citation.start >= 0 or answer["outcome"] != "neither_confirmed_nor_denied":
        return citation.ncnd
    info = _info(regime, citation.provision)
    return bool(info and info.is_ncnd_limb)


def _law(regime: str | None, section: str) -> Row:
    info = _info(regime, section)
    if info is None:
        return {"name": None, "kind": None, "absolute": None}
    return {"name": info.name, "kind": info.kind, "absolute": info.absolute}


def _info(regime: str | None, section: str) -> ProvisionInfo | None:
    """The table's row of a provision; None where it has none."""
    from foi_lib.errors import FoiError
    from foi_lib.reference import provision

    try:
        return provision(regime or "FOIA", section)
    except FoiError:
        return None


def incident_rows(part: Part, letter: Letter) -> list[Row]:
    """The incidents of one file's lists."""
    return [
        {
            "question": i.question, "kind": i.kind, "date": i.date,
            "date_precision": i.date_precision if i.date_precision in ("day", "month", "year") else None,
            "description": i.description, "department": i.department, "category": i.category, "file": part.file, "page": i.page,
            "start": i.start, "end": i.end, "source": "letter",
        }
        for i in letter.incidents
    ]  # fmt: skip


def unread_rows(part: Part, letter: Letter) -> list[Row]:
    """The numbers of one file that no answer claims."""
    return [
        {"question": u.question, "text": u.text, "kind": u.kind if u.kind in ("number", "money") else None, "file": part.file,
         "page": u.page, "start": u.start, "end": u.end}
        for u in letter.unread
    ]  # fmt: skip


def text_row(part: Part, slug: str, authority: str | None) -> Row:
    """The whole text of one file, for the letter view."""
    document = part.document
    pages = json.dumps([[p.number, p.start, p.end, p.name] for p in document.pages], ensure_ascii=False)
    text = part.letter.text if part.letter else document.text
    return {"file": part.file, "sha256": document.sha256, "slug": slug, "authority": authority, "media_type": document.media_type,
            "text": text, "pages": pages}  # fmt: skip


def response_row(request: Request, authority: Authority | None, slug: str, facts: Row) -> Row:
    """A row of responses: who, when and in what time. `facts`: reference, received_on, responded_on, regime, status, files …, and
    `dated_only` where received_on is no more than the day that the applicant's own letter or message bears."""
    from datetime import date

    from foi_lib.reference import due_date, working_days

    nation = authority.nation if authority else None
    regime = facts.get("regime")
    if regime not in REGIMES:
        regime = _SCOTTISH.get(request.regime, request.regime) if nation == "Scotland" else request.regime
    received = facts.get("received_on") or (request.sent_on.isoformat() if request.sent_on else None)
    responded = facts.get("responded_on")
    first, last = (None if day is None else date.fromisoformat(day) for day in (received, responded))
    if first and last and last < first:
        facts["problems"].append(f"the reply's date {responded} is before {received}, when the request was received: one of them is wrong")
        first = last = None
    due = due_date(first, regime, nation) if first else None
    if facts.pop("dated_only", False) and last and due and last > due:  # by post it came later (s.10(1) counts from receipt)
        facts["problems"].append(f"late, counted from the request's own date {received}: the reply does not say when it was received")
    return {
        **facts, **who(request, authority, slug, ""), "nation": nation, "region": authority.region if authority else None,
        "tier": authority.tier if authority else None, "population": authority.population if authority else None,
        "population_year": authority.population_year if authority else None, "received_on": received, "responded_on": responded,
        "working_days": working_days(first, last, regime, nation) if first and last else None,
        "due_on": due.isoformat() if due else None, "on_time": last <= due if last and due else None, "regime": regime,
    }  # fmt: skip


def status_of(letters: list[Letter]) -> str:
    """answered, acknowledged or unreadable."""
    if any(answered(letter) for letter in letters):
        return "answered"
    return "acknowledged" if any(is_acknowledgement(letter) for letter in letters) else "unreadable"
