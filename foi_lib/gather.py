"""From what was read, keyed and decided to the rows of every table, one authority after another: memory holds those of one."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from foi_lib.coding import coding_rows, read_coding
from foi_lib.corrections import FILE as CORRECTIONS
from foi_lib.corrections import Corrections, read_corrections
from foi_lib.correspondence import DECIDED, FILE, WAITING, Correspondent
from foi_lib.decision import Decision
from foi_lib.keyed import Keyed, KeyedAnswer, read_keyed
from foi_lib.merge import Row, doubt, merge
from foi_lib.readings import Readings
from foi_lib.replies import Problem, Reply, answered, authority_by_name, by_code, is_acknowledgement
from foi_lib.request import Request, known_measures
from foi_lib.rows import (
    INCIDENT_KEY,
    identify,
    incident_rows,
    keyed_answer,
    letter_answers,
    provision_rows,
    response_row,
    status_of,
    text_row,
    unread_rows,
    who,
)
from foi_lib.schema import TABLES
from foi_lib.settle import Asked, apply

if TYPE_CHECKING:
    from foi_lib.letters.model import Letter
    from foi_lib.reference import Authority

_FEW_DAYS = 7  # a letter is written some days before it is sent


@dataclass(slots=True)
class _Body:
    """All that is known of one authority, or of one unknown sender."""

    slug: str
    authority: Authority | None = None
    unknown: str = ""
    readings: array[int] = field(default_factory=lambda: array("q"))  # a list of numbers takes four times as much
    replies: list[Reply] = field(default_factory=list)
    keyed: list[KeyedAnswer] = field(default_factory=list)
    incidents: list[Row] = field(default_factory=list)
    on_site: list[Correspondent] = field(default_factory=list)


def write_rows(request: Request, readings: Readings, write: Callable[[str, list[Row]], None]) -> None:
    """The rows of every table, one authority after another: `write(table, rows)` is called for each."""
    from foi_lib.reference import slug

    keyed, coded, corrections, asked = read_keyed(request), read_coding(request), read_corrections(request), _asked(request)
    by_hand = {slug(one.authority.name) for given in coded.answers.values() for one in given}
    spoken_of: list[Row] = []  # what people speak of, a few authorities' answers: these are held
    problems: list[Row] = []
    bodies = _bodies(request, readings, keyed, problems)
    decided, decisions = _by_body(request, corrections, bodies), list[Row]()
    for body in bodies:
        tables: dict[str, list[Row]] = {name: [] for name in (*TABLES, "texts")}
        body.replies = [readings.reply(n, request) for n in body.readings]
        _add(request, body, tables)
        body.replies = []
        theirs = Corrections(decided.pop(body.slug, []))
        tables["answers"], told = apply(tables["answers"], theirs, tables["texts"], [_whose(request, body)], asked)
        decisions += told
        _finish(request, tables)
        if body.keyed or body.slug in by_hand:
            spoken_of += tables["answers"]
        for name, rows in tables.items():
            write(name, rows)
    decisions += apply([], Corrections(decided.pop("", []), corrections.unusable), (), [], asked)[1]
    write("decisions", [row | {"request": request.name} for row in sorted(decisions, key=lambda row: row["line"])])
    write("coding", coding_rows(request, spoken_of, keyed, coded))
    problems += [{"file": file, "authority": None, "what": "coding_file", "reason": reason} for file, reason in coded.problems]
    write("published", [{"request": request.name, **row} for row in keyed.published])
    problems += [{"file": file, "authority": None, "what": what, "reason": reason} for file, what, reason in keyed.problems]
    problems += [{"file": CORRECTIONS, "authority": None, "what": what, "reason": reason} for what, reason in corrections.problems]
    write("problems", [{"request": request.name, **row} for row in problems])


def _whose(request: Request, body: _Body) -> Row:
    return who(request, body.authority, body.slug, body.unknown)


def _by_body(request: Request, corrections: Corrections, bodies: list[_Body]) -> dict[str, list[Decision]]:
    """The decisions about each authority, by its slug; those about nobody that was asked under an empty one."""
    names = ("slug", "authority", "authority_code")
    whose = [_whose(request, body) for body in reversed(bodies)] if corrections.decisions else []
    known = {str(one[name]).casefold(): one["slug"] for name in names for one in whose if one.get(name)}
    found: dict[str, list[Decision]] = {}
    for decision in corrections.decisions:
        found.setdefault(known.get(decision.authority.casefold(), ""), []).append(decision)
    return found


def _finish(request: Request, tables: dict[str, list[Row]]) -> None:
    """Name one authority's rows, add its provisions, and put lists into cells. A row's name holds its slug, so that it is its own."""
    identify(tables["incidents"], "incident_id", "i", INCIDENT_KEY)
    regimes = {row["slug"]: row["regime"] for row in tables["responses"]}
    for answer in tables["answers"]:
        tables["provisions"] += provision_rows(answer, regimes.get(answer["slug"]))
    for row in tables["problems"]:
        row["request"] = request.name
    for row in tables["answers"]:
        for name in ("provisions", "as_cited", "links", "review_reasons"):
            row[name] = _cell(row[name])
        row.pop("citations")
    for row in tables["responses"]:
        for name in ("files", "sha256", "problems"):
            row[name] = _cell(row[name])


def _asked(request: Request) -> Asked:
    """What `apply` needs to know of a question and measure, to make a row of an answer that a person added."""
    from foi_lib.keyed import unit_of

    kinds = known_measures() | {m.name: m.kind for m in request.own_measures}

    def asked(label: str, measure: str) -> Row:
        question = request.question(label)
        measure = measure or (question.measure if question else "other")
        kind = kinds.get(measure) or (question.kind if question else "text")
        text = question.text if question else None
        return {"question_text": text, "measure": measure, "kind": kind, "unit": unit_of(request, measure, kind)}

    return asked


def _cell(values: Sequence[str]) -> str | None:
    return "; ".join(value.replace("; ", ", ") for value in values) or None


def _bodies(request: Request, readings: Readings, keyed: Keyed, problems: list[Row]) -> list[_Body]:
    """One for each authority that replied, was keyed, or was asked; then the unknown senders. Sorted by slug."""
    from foi_lib.reference import slug

    found: dict[str, _Body] = {}
    alike: Counter[str] = Counter()

    def body(authority: Authority) -> _Body:
        return found.setdefault(authority.code, _Body(slug(authority.name), authority))

    for n, place, code in readings.authorities():
        if authority := by_code(request, code):
            body(authority).readings.append(n)
        elif code is not None:
            name = f"unknown-{slug(place.replace('.', ' '))}"
            alike[name] += 1
            name = f"{name}--{alike[name]}" if alike[name] > 1 else name
            found[f"?{place}"] = _Body(name, None, f"Unknown authority ({place})", array("q", [n]))
    for row in keyed.answers:
        body(row.authority).keyed.append(row)
    for authority, incident in keyed.incidents:
        body(authority).incidents.append(incident)
    for asked in request.authorities:
        known = by_code(request, asked) or authority_by_name(request, asked)
        if known is not None:
            body(known)
        else:
            reason = f"authorities: {asked!r} is not known: write its official name or its code, or add it to authorities.csv"
            problems.append({"file": "request.yaml", "authority": asked, "what": "unknown_authority", "reason": reason})
    problems += [{"file": FILE, "authority": None, "what": "keyed_file", "reason": reason} for reason in request.correspondence_problems]
    for one in request.correspondence:
        known = by_code(request, one.authority_code) or authority_by_name(request, one.authority or one.name_on_site)
        if known is not None:
            body(known).on_site.append(one)
        else:
            name = one.authority or one.name_on_site
            reason = f"{name!r} is not known: write its official name under authority, or add it to authorities.csv"
            problems.append({"file": FILE, "authority": name, "what": "unknown_authority", "reason": reason})
    return sorted(found.values(), key=lambda one: one.slug)


def _add(request: Request, body: _Body, tables: dict[str, list[Row]]) -> None:
    """One authority's rows into every table but provisions, which wait for the answers' names."""
    whose = _whose(request, body)
    read = [pair for reply in body.replies for pair in reply.letters()]
    told: list[Problem] = [problem for reply in body.replies for problem in reply.problems]
    status = status_of([letter for _, letter in read])
    # an acknowledgement answers no question yet: it has no more rows than no reply has
    letter_rows = [] if status == "acknowledged" else [row for part, letter in read for row in letter_answers(request, part, letter)]
    letter_rows = _without_repeated_silence(letter_rows)
    rows = merge(letter_rows, [keyed_answer(one.row) for one in body.keyed], letter_was_read=bool(read) and status != "acknowledged")
    for row in rows:
        if body.authority is None:
            doubt(row, "unknown_authority")
        row.update(whose)
    tables["answers"] += rows
    incidents = [row for part, letter in read for row in incident_rows(part, letter)]
    told += _incidents_differ(body, incidents, bool(read))
    for part, letter in read:
        tables["unread"] += [{**_brief(whose), **row} for row in unread_rows(part, letter)]
    tables["incidents"] += [{**whose, **row} for row in (incidents or body.incidents)]
    for reply in body.replies:
        tables["texts"] += [text_row(part, body.slug, whose["authority"] if body.authority else None) for part in reply.parts]
    facts = _facts(body, told)
    tables["responses"].append(response_row(request, body.authority, body.slug, facts))
    name = body.authority.name if body.authority else None
    tables["problems"] += [{"file": p.file, "authority": name, "what": p.what, "reason": p.reason} for p in told]


def _brief(whose: Row) -> Row:
    return {name: whose[name] for name in ("request", "authority", "slug")}


def _without_repeated_silence(rows: list[Row]) -> list[Row]:
    """"No answer found" in one file says nothing where another file answers; where none does, it is said once."""
    spoken = {row["question"] for row in rows if row["outcome"] != "unanswered"}
    kept: list[Row] = []
    for row in rows:
        if row["outcome"] == "unanswered":
            if row["question"] in spoken:
                continue
            spoken.add(row["question"])
        kept.append(row)
    return kept


def _incidents_differ(body: _Body, incidents: list[Row], letter_was_read: bool) -> list[Problem]:
    """The letter's list is held against the keyed one, by date and kind."""
    if not (body.incidents and letter_was_read):
        return []
    ours, theirs = ([f"{row['date']} {row['kind']}" for row in rows] for rows in (incidents, body.incidents))
    missing, more = sorted(theirs), []
    for one in sorted(ours):
        if one in missing:
            missing.remove(one)
        else:
            more.append(one)
    if not missing and not more:
        return []
    told = [f"{what}: {', '.join(some[:5])}" for what, some in (("only keyed", missing), ("only in the letter", more)) if some]
    return [Problem("incidents.csv", "incidents_differ", f"keyed {len(theirs)}, read in the letter {len(ours)}; {'; '.join(told)}")]


def _facts(body: _Body, told: list[Problem]) -> Row:
    """Reference, dates, regime and status: from the letters first, from the keyed rows where the letters are silent."""
    letters = [letter for reply in body.replies for _, letter in reply.letters()]
    parts = [part for reply in body.replies for part in reply.parts]
    # an acknowledgement's date is not the reply's
    speaking = [one for one in letters if answered(one)] or [one for one in letters if not is_acknowledgement(one)]
    said: dict[str, list[str]] = {
        "reference": [one.reference for one in letters if one.reference],
        "received_on": [day for _, day in sorted((one.received_how == "dated", one.received_on) for one in letters if one.received_on)],
        "responded_on": sorted((one.responded_on for one in speaking if one.responded_on), reverse=True),
        "regime": [one.regime for one in [*speaking, *letters] if one.regime],
    }
    reasons = [reason for one in letters for reason in one.review_reasons]
    facts: Row = {name: values[0] if values else None for name, values in said.items()}
    stated = {one.received_on for one in letters if one.received_how != "dated"}
    _date_by_messages(body, speaking, facts, told)
    if facts["responded_on"] is None:
        speaks = {id(letter) for letter in speaking}
        facts["responded_on"] = max((part.carried_on for part in parts if part.carried_on and id(part.letter) in speaks), default=None)
    for name in ("reference", "received_on", "responded_on"):
        keyed = sorted({value for row in body.keyed if (value := getattr(row, name))})
        if len(keyed) > 1:
            told.append(Problem("answers.csv", "keyed_row", f"{name} of one authority is keyed in {len(keyed)} ways: {', '.join(keyed)}"))
        if facts[name] is None and keyed:
            facts[name] = keyed[0]
        elif keyed and facts[name] not in keyed:
            told.append(Problem("answers.csv", "differs_from_keyed", f"{name}: the letter has {facts[name]}, keyed is {', '.join(keyed)}"))
    asked = any(reply.asked_on for reply in body.replies) or any(row.received_on for row in body.keyed)
    # no word of the receipt itself: the request's own date
    facts["dated_only"] = bool(said["received_on"]) and facts["received_on"] not in stated and not asked
    facts["files"], facts["sha256"] = [part.file for part in parts], [part.document.sha256 for part in parts]
    if any(reply.parts or reply.problems for reply in body.replies):
        facts["status"] = status_of(letters)
    else:
        facts["status"] = "keyed" if body.keyed or body.incidents else "no_reply"
    _say_of_site(body, facts, told)
    facts["problems"] = [*(f"{p.what}: {p.reason}" for p in told), *reasons]
    return facts


def _date_by_messages(body: _Body, speaking: list[Letter], facts: Row, told: list[Problem]) -> None:
    """Where the letters came as messages, the days on which those were sent stand before the days that the letters name."""
    speaks = {id(letter) for letter in speaking}
    asked = min((reply.asked_on for reply in body.replies if reply.asked_on), default=None)
    sent = [part.sent_on for reply in body.replies for part in reply.parts if part.sent_on and id(part.letter) in speaks]
    for name, by_message in (("received_on", asked), ("responded_on", max(sent, default=None))):
        if by_message is None:
            continue
        if facts[name] and abs((date.fromisoformat(facts[name]) - date.fromisoformat(by_message)).days) > _FEW_DAYS:
            reason = f"{name}: the letter has {facts[name]}, its message was sent on {by_message}, which was taken"
            told.append(Problem(body.replies[0].place, "dates_differ", reason))
        facts[name] = by_message


def _say_of_site(body: _Body, facts: Row, told: list[Problem]) -> None:
    """What the site says of the request, and whether that can be so."""
    facts["status_on_site"] = "; ".join(dict.fromkeys(one.status for one in body.on_site if one.status)) or None
    facts["request_url"] = "; ".join(one.request_url for one in body.on_site if one.request_url) or None
    for one in body.on_site:
        status = one.status.casefold()
        if status in DECIDED and facts["status"] in ("acknowledged", "unreadable", "no_reply"):
            reason = f"the site says {one.status!r}, and no answer was read in {one.folder}: a person should look"
        elif status in WAITING and facts["status"] == "answered":
            reason = f"the site says {one.status!r}, and an answer was read in {one.folder}: a person should look"
        else:
            continue
        told.append(Problem(FILE, "site_differs", reason))
