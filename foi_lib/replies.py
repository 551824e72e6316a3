"""From the files of one authority to its reply: every file read, the authority settled, what could not be read told.

A file that is bad in whatever way costs that file only. What it was, and why, stands in `Reply.problems`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from foi_lib import documents, letters
from foi_lib.correspondence import is_outgoing, message_day
from foi_lib.documents.model import Document
from foi_lib.errors import FoiError
from foi_lib.letters.model import Letter
from foi_lib.paths import inputs
from foi_lib.request import Request
from foi_lib.together import join_files

if TYPE_CHECKING:
    from foi_lib.reference import Authority

_ACKNOWLEDGES = re.compile(
    r"acknowledg"
    r"|(?:is being|will be|has been|is now being) (?:dealt with|processed|logged|passed|considered|handled)"
    r"|(?:you (?:will|should|can expect to)|we (?:will|shall|aim to|hope to)) (?:have|receive|get|respond|reply|send|provide|be in touch)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for the table of problems."""

    file: str
    what: str
    reason: str


@dataclass(slots=True)
class Part:
    """A file of a reply (or an attachment within it), as read. `letter` is None where it could not be read."""

    file: str  # below letters/
    document: Document
    letter: Letter | None = None
    carried_on: str | None = None  # the day of the e-mail that it is, or was attached to, by that e-mail's own head

    @property
    def sent_on(self) -> str | None:
        """The day on which the message that it came with was sent, where its folder says so."""
        return message_day(Path(self.file).parts[:-1])


@dataclass(slots=True)
class Reply:
    """What one authority sent: one file of letters/, or one folder of several, or several of either."""

    place: str  # the file or folder, below letters/
    parts: list[Part] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    authority: Authority | None = None
    asked_on: str | None = None  # the day of the first message that the applicant sent, where those lie there too

    def letters(self) -> list[tuple[Part, Letter]]:
        """The parts that were read."""
        return [(part, part.letter) for part in self.parts if part.letter is not None]

    def tell(self, file: str, what: str, reason: object) -> None:
        """Note a problem as one line."""
        self.problems.append(Problem(file, what, " ".join(str(reason).split())[:500]))


def read_reply(request: Request, place: Path) -> Reply:
    """Read one file, or one folder of files, as the reply of one authority."""
    reply = Reply(place.name)
    lying = [place] if place.is_file() else inputs(place)
    files = sorted((file for file in lying if not is_outgoing(file)), key=_order)
    reply.asked_on = min((day for file in lying if is_outgoing(file) and (day := message_day([file.parent.name]))), default=None)
    if not lying:
        reply.tell(place.name, "empty_folder", "no file in it: put the authority's letters there, or take the folder away")
    for file in files:
        _open(reply, file, file.relative_to(place.parent).as_posix())
    known = [one for one in request.correspondence if one.folder == place.name]
    asked = [body for one in known if (body := by_code(request, one.authority_code) or authority_by_name(request, one.authority))]
    told = bool(asked)  # by whoever sent the request, and not by a name that a file happens to have
    hint = asked[0] if asked else authority_by_name(request, place.stem if place.is_file() else place.name)
    for part in reply.parts:
        _read(request, reply, part, None)
    _settle_authority(request, reply, hint, told)
    join_files(request, [(part.file, part.document, letter) for part, letter in reply.letters()])
    _check(reply)
    return reply


def _order(file: Path) -> list[str]:
    """By name, but a message before what is attached to it."""
    return [f"~{part}" if part.startswith("attachments-") else part for part in file.parts]


def _open(reply: Reply, file: Path, name: str) -> None:
    """The file's text and its attachments' into `reply.parts`; a fault of ours in a reader costs one file, not the run."""
    try:
        document = documents.read_document(file)
    except FoiError as error:
        reply.tell(name, "unreadable", error)
        return
    except Exception as error:
        reply.tell(name, "reader_failed", f"the reader of documents failed: {type(error).__name__}: {error}")
        return
    for part_name, part, sent_on in _with_attachments(name, document):
        reply.parts.append(Part(part_name, part, carried_on=sent_on))
        if hidden := part.properties.get("hidden"):
            reply.tell(part_name, "hidden_in_file", f"read all the same, though whoever opens the file does not see it: {hidden}")
        said = " ".join(part.problems)
        what = "partly_read" if part.text.strip() else "empty" if re.search(r"\bempty\b|no text", said) else "unreadable"
        for problem in part.problems or ([] if part.text.strip() else ["no text in it"]):
            reply.tell(part_name, what if part.problems else "empty", problem)


def _with_attachments(name: str, document: Document, sent_on: str | None = None) -> Iterator[tuple[str, Document, str | None]]:
    """A file, then what is attached to it, at whatever depth; and the day of the innermost e-mail that holds it."""
    sent_on = document.properties.get("sent_on") or sent_on
    yield name, document, sent_on
    for attachment in document.attachments:
        yield from _with_attachments(f"{name}/{Path(attachment.path).name}", attachment, sent_on)


def _read(request: Request, reply: Reply, part: Part, authority: Authority | None) -> None:
    if not part.document.text.strip():
        return
    try:
        own = request.own_authorities
        part.letter = letters.read_letter(part.document, request.questions, authority=authority, extra_authorities=own)
    except FoiError as error:
        reply.tell(part.file, "unreadable", error)
    except Exception as error:  # as above: one file, not the run
        reply.tell(part.file, "reader_failed", f"the reader of letters failed: {type(error).__name__}: {error}")


def _settle_authority(request: Request, reply: Reply, hint: Authority | None, told: bool) -> None:
    """The letters' own word first; the name of the file or folder where they do not say. Whoever disagrees is told of.

    `told`: the hint is whom the request was sent to, which no letterhead outweighs (councils answer for one another)."""
    found: dict[str, Authority] = {}
    for _, letter in reply.letters():
        body = by_code(request, letter.authority_code) or authority_by_name(request, letter.authority or "")
        if body:
            found.setdefault(body.code, body)
    if hint and (told or hint.code in found or not reply.parts):
        reply.authority = hint
    else:
        reply.authority = next(iter(found.values()), hint)
    if reply.authority is None:
        if not (reply.parts or reply.problems):
            return  # nothing came back yet; correspondence.csv tells of the name
        remedy = "name the file or folder after the authority (bodies of your own go into authorities.csv)"
        likely = _likely(request, Path(reply.place).stem)
        reply.tell(reply.place, "unknown_authority", f"neither the text nor the file's name says whose it is{likely}: {remedy}")
        return
    if hint and found and hint.code not in found:
        names = " and ".join(body.name for body in found.values())
        followed = f"it was sent to {hint.name}, its text says {names}: the first was followed"
        if not told:
            followed = f"its name says {hint.name}, its text says {names}: the text was followed"
        reply.tell(reply.place, "authority_differs", followed)
    elif len(found) > 1:
        others = ", ".join(body.name for code, body in found.items() if code != reply.authority.code)
        reply.tell(reply.place, "authority_differs", f"taken as {reply.authority.name}, but some of its text is from {others}")
    for part, letter in reply.letters():
        if letter.authority_code is None:
            _read(request, reply, part, reply.authority)


def _check(reply: Reply) -> None:
    for part, letter in reply.letters():
        for problem in letter.problems:
            if problem not in part.document.problems:
                reply.tell(part.file, "letter", problem)
    read = reply.letters()
    for part, letter in read:
        cells = [part.document.text[cell.start : cell.end] for table in part.document.tables for cell in table.cells]
        figures = sum(re.search(r"\d", words) is not None for words in cells)
        if figures and not answered(letter) and not letter.incidents and len(read) > 1:
            reason = f"{figures} cell(s) with figures, and none was taken for an answer: a person should look"
            reply.tell(part.file, "no_question_found", reason)
    silent = read and not any(answered(letter) for _, letter in read)
    if silent and not any(letter.problems or is_acknowledgement(letter) for _, letter in read):
        names = ", ".join(part.file for part, _ in read)
        reply.tell(reply.place, "no_question_found", f"no answer to any question was found in {names}: a person should read it")


def answered(letter: Letter) -> bool:
    """Whether the letter answers anything at all."""
    return any(answer.outcome != "unanswered" for answer in letter.answers)


def is_acknowledgement(letter: Letter) -> bool:
    """Whether a letter that answers nothing says that the request has come in and a reply will follow."""
    return not answered(letter) and _ACKNOWLEDGES.search(" ".join(letter.text.split())) is not None


def authority_by_name(request: Request, name: str) -> Authority | None:
    """The authority that a file's, folder's or person's words name beyond doubt; None where they do not."""
    from foi_lib.reference import find_authority

    words = re.sub(r"[-_+\s]+", " ", name).strip()
    for text in dict.fromkeys((name.strip(), words)):
        match = find_authority(text, extra=request.own_authorities, certain=True) if text else None
        if match is not None and match.code:
            return by_code(request, match.code)
    return None


def _likely(request: Request, name: str) -> str:
    """Whom a name may mean, for a person to settle."""
    from foi_lib.reference import find_authority

    match = find_authority(re.sub(r"[-_+\s]+", " ", name).strip(), extra=request.own_authorities)
    names = [body.name for code in (match.candidates if match else ()) if (body := by_code(request, code))]
    return f" ({' or '.join(names[:3])}?)" if names else ""


def by_code(request: Request, code: str | None) -> Authority | None:
    """The request's own body of that code, or the register's."""
    from foi_lib.reference import authority

    if not code:
        return None
    own = next((body for body in request.own_authorities if body.code == code), None)
    if own is not None:
        return own
    try:
        return authority(code)
    except FoiError:
        return None

