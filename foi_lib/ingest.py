"""The pipeline: a request folder becomes its tables. What cannot be read is listed under `problems`, and the rest goes on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.coding import coding_rows, read_coding
from foi_lib.corrections import FILE as CORRECTIONS
from foi_lib.corrections import read_corrections
from foi_lib.correspondence import DECIDED, FILE, WAITING, Correspondent
from foi_lib.errors import FoiError
from foi_lib.keyed import Keyed, KeyedAnswer, read_keyed
from foi_lib.merge import Row, doubt, merge
from foi_lib.paths import inputs
from foi_lib.replies import Problem, Reply, answered, authority_by_name, by_code, is_acknowledgement, places, read_reply
from foi_lib.request import Request, known_measures, load_request
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
from foi_lib.storage import MANIFEST, read_about, write_tables

if TYPE_CHECKING:
    from foi_lib.letters.model import Letter
    from foi_lib.reference import Authority

Progress = Callable[[str, int, int], None]

_FEW_DAYS = 7  # a letter is written some days before it is sent

# of our own code, what the tables depend on: the floors up to this one
_CODE = ("*.py", "reference/**/*", "documents/**/*", "letters/**/*")
WHO = ("request", "authority", "authority_code", "slug")
# floors above this one
_NOT_OURS = ("charts.py", "chart_style.py", "notebook.py", "cli.py", "cli_import.py", "cli_review.py", "review_sheet.py")


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run did. `fresh` is False where the tables were up to date and nothing was done."""

    request: str
    folder: Path
    hash: str
    fresh: bool
    rows: dict[str, int] = field(default_factory=dict)
    problems: int = 0


@dataclass(slots=True)
class _Body:
    """All that is known of one authority, or of one unknown sender."""

    slug: str
    authority: Authority | None = None
    unknown: str = ""
    replies: list[Reply] = field(default_factory=list)
    keyed: list[KeyedAnswer] = field(default_factory=list)
    incidents: list[Row] = field(default_factory=list)
    on_site: list[Correspondent] = field(default_factory=list)


def ingest(
    request_folder: str | Path, out_folder: str | Path | None = None, *, force: bool = False, progress: Progress | None = None
) -> Ingested:
    """Read a request folder and write its tables, all or none.

    `out_folder`: by default data/processed/<request> beside data/raw. `progress(name, done, all)` is called for each authority.
    Does nothing where neither the folder's files nor the code that reads them have changed, unless `force`.
    """
    request = load_request(request_folder)
    folder = Path(out_folder) if out_folder is not None else request.folder.resolve().parent.parent / "processed" / request.name
    began = time.time_ns()
    content, code = inputs_hash(request.folder), code_hash()
    about = None if force else read_about(folder)
    if about and about.get("inputs") == content and about.get("code") == code:
        _stamp(folder, began)
        rows = {resource["name"]: int(resource["rows"]) for resource in about["resources"]}
        return Ingested(request.name, folder, about["hash"], False, rows, rows.get("problems", 0))
    tables = make_tables(request, progress)
    from foi_lib.frames import make_frame

    frames = {name: make_frame(name, tables[name]) for name in (*TABLES, "texts")}
    told = {
        "title": request.title, "description": request.description, "request": request.name, "fictional": request.fictional,
        "as_of": request.as_of.isoformat(), "letters_reuse": request.letters_reuse, "sources": list(request.sources),
        "notes": list(request.notes), "inputs": content, "code": code,
    }  # fmt: skip
    kept = [request.folder / name for name in ("request.yaml", "authorities.csv", FILE)]
    copies = {path.name: path.read_bytes() for path in kept if path.is_file()}
    data_hash = write_tables(folder, frames, told, copies)
    _stamp(folder, began)
    return Ingested(request.name, folder, data_hash, True, {name: len(frame) for name, frame in frames.items()}, len(frames["problems"]))


def is_older(folder: Path, raw: Path) -> bool:
    """Whether the tables are missing, or something that they are made from has been touched since; `ingest` then compares contents."""
    if read_about(folder) is None:
        return True
    made = (folder / MANIFEST).stat().st_mtime_ns
    touched = (raw, *(path for path in raw.rglob("*") if path.is_dir()), *inputs(raw), *_code_files())
    return any(path.stat().st_mtime_ns >= made for path in touched)


def _stamp(folder: Path, began: int) -> None:
    """Date the tables by the moment at which their inputs began to be read: a letter that came in meanwhile is newer."""
    with contextlib.suppress(OSError):  # somebody else's folder, read-only: then contents are compared each time
        os.utime(folder / MANIFEST, ns=(began, began))


def inputs_hash(folder: Path) -> str:
    """Over every file of the request folder: its name and content."""
    found = {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in inputs(folder)}
    return hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()


def code_hash() -> str:
    """Over the code and reference tables that the tables depend on."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in _code_files():
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _code_files() -> list[Path]:
    root = Path(__file__).parent
    found = {p for pattern in _CODE for p in root.glob(pattern) if p.suffix in (".py", ".csv", ".json") and p.is_file()}
    return sorted(p for p in found if p.name not in _NOT_OURS)


def make_tables(request: Request, progress: Progress | None = None) -> dict[str, list[Row]]:
    """The rows of every table. Nothing is written."""
    keyed = read_keyed(request)
    problems: list[Row] = []
    replies = []
    lying = places(request.folder / "letters")
    for n, place in enumerate(lying):
        if progress:
            progress(place.name, n, len(lying))
        replies.append(read_reply(request, place))
    if progress and lying:
        progress("", len(lying), len(lying))
    tables: dict[str, list[Row]] = {name: [] for name in (*TABLES, "texts")}
    for body in _bodies(request, replies, keyed, problems):
        _add(request, body, tables)
    corrections = read_corrections(request)
    tables["answers"], tables["decisions"] = apply(
        tables["answers"], corrections, tables["texts"], [{name: row[name] for name in WHO} for row in tables["responses"]], _asked(request)
    )
    identify(tables["incidents"], "incident_id", "i", INCIDENT_KEY)
    regimes = {row["slug"]: row["regime"] for row in tables["responses"]}
    for answer in tables["answers"]:
        tables["provisions"] += provision_rows(answer, regimes.get(answer["slug"]))
    coded = read_coding(request)
    tables["coding"] = coding_rows(request, tables["answers"], keyed, coded)
    problems += [{"file": file, "authority": None, "what": "coding_file", "reason": reason} for file, reason in coded.problems]
    tables["published"] = [{"request": request.name, **row} for row in keyed.published]
    problems += [{"file": file, "authority": None, "what": what, "reason": reason} for file, what, reason in keyed.problems]
    problems += [{"file": CORRECTIONS, "authority": None, "what": what, "reason": reason} for what, reason in corrections.problems]
    for row in tables["decisions"]:
        row["request"] = request.name
    tables["problems"] += problems
    for row in tables["problems"]:
        row["request"] = request.name
    for row in tables["answers"]:
        for name in ("provisions", "as_cited", "links", "review_reasons"):
            row[name] = _cell(row[name])
        row.pop("citations")
    for row in tables["responses"]:
        for name in ("files", "sha256", "problems"):
            row[name] = _cell(row[name])
    return tables


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


def _bodies(request: Request, replies: list[Reply], keyed: Keyed, problems: list[Row]) -> list[_Body]:
    """One for each authority that replied, was keyed, or was asked; then the unknown senders. Sorted by slug."""
    from foi_lib.reference import slug

    found: dict[str, _Body] = {}

    def body(authority: Authority) -> _Body:
        return found.setdefault(authority.code, _Body(slug(authority.name), authority))

    for reply in replies:
        if reply.authority is not None:
            body(reply.authority).replies.append(reply)
        elif reply.parts or reply.problems:
            name = f"unknown-{slug(reply.place.replace('.', ' '))}"
            alike = sum(one.slug == name or one.slug.startswith(f"{name}--") for one in found.values())
            name = f"{name}--{alike + 1}" if alike else name
            found[f"?{reply.place}"] = _Body(name, None, f"Unknown authority ({reply.place})", [reply])
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
    whose = who(request, body.authority, body.slug, body.unknown)
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
        "received_on": sorted(one.received_on for one in letters if one.received_on),
        "responded_on": sorted((one.responded_on for one in speaking if one.responded_on), reverse=True),
        "regime": [one.regime for one in [*speaking, *letters] if one.regime],
    }
    reasons = [reason for one in letters for reason in one.review_reasons]
    facts: Row = {name: values[0] if values else None for name, values in said.items()}
    _date_by_messages(body, speaking, facts, told)
    for name in ("reference", "received_on", "responded_on"):
        keyed = sorted({value for row in body.keyed if (value := getattr(row, name))})
        if len(keyed) > 1:
            told.append(Problem("answers.csv", "keyed_row", f"{name} of one authority is keyed in {len(keyed)} ways: {', '.join(keyed)}"))
        if facts[name] is None and keyed:
            facts[name] = keyed[0]
        elif keyed and facts[name] not in keyed:
            told.append(Problem("answers.csv", "differs_from_keyed", f"{name}: the letter has {facts[name]}, keyed is {', '.join(keyed)}"))
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


def ingest_all(folders: Sequence[Path], *, force: bool = False, progress: Progress | None = None) -> list[tuple[Path, Ingested | FoiError]]:
    """Several requests; one that cannot be read does not stop the others."""
    done: list[tuple[Path, Any]] = []
    for folder in folders:
        try:
            done.append((folder, ingest(folder, force=force, progress=progress)))
        except FoiError as error:
            done.append((folder, error))
    return done
