"""One file by itself, as `foi parse` reads it: a letter, or a message or archive with what it holds, each part a letter."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from foi_lib.documents.model import Document
from foi_lib.errors import FoiError
from foi_lib.letters.model import Letter

if TYPE_CHECKING:
    from foi_lib.reference import Authority
    from foi_lib.request import Request


def read_file(file: Path, asked: Request | None = None) -> list[Letter]:
    """A file as letters: itself first, then what is attached to it or lies in it, at whatever depth, under "message.eml/reply.docx". Never
    empty, and never raises: what goes wrong stands in a letter's problems. With the request that it answers, its parts are read together,
    as `foi ingest` does it: "see attached" is answered by what is attached.

    An archive that is sound has no letter of its own, nor has a picture without words (a logo)."""
    from foi_lib.documents import read_document

    try:
        document = read_document(file)
    except FoiError as error:
        return [Letter(str(file), "", problems=[str(error)])]
    except Exception as error:  # a fault of ours must cost one file, not the run
        return [_failed(str(file), error)]
    parts = [(name, part) for name, part in _parts(file.name, document) if _speaks(part, part is document)]
    letters = [_read(str(file) if part is document else name, part, asked) for name, part in parts]
    known = next((letter.authority_code for letter in letters if letter.authority_code), None)
    for number, (name, part) in enumerate(parts):
        if known and letters[number].authority_code is None and part.text.strip():
            letters[number] = _read(str(file) if part is document else name, part, asked, known)
    for (name, part), letter in zip(parts, letters, strict=True):
        if part is not document:
            letter.file = name
    if any(letter.answers for letter in letters):  # a covering message asks nothing
        from foi_lib.letters.read import NO_QUESTION

        for letter in letters:
            letter.problems = [problem for problem in letter.problems if problem != NO_QUESTION]
    if asked and len(letters) > 1:
        from foi_lib.together import join_files

        join_files(asked, [(name, part, letter) for (name, part), letter in zip(parts, letters, strict=True)])
        said = {answer.question for letter in letters for answer in letter.answers if answer.outcome != "unanswered"}
        for number, letter in enumerate(letters):  # a question is unanswered once, and only where no part answers it
            letter.answers = [one for one in letter.answers if one.outcome != "unanswered" or (one.question not in said and not number)]
    return letters


def _parts(name: str, document: Document) -> Iterator[tuple[str, Document]]:
    yield name, document
    for attachment in document.attachments:
        yield from _parts(f"{name}/{PurePath(attachment.path).name}", attachment)


def _speaks(part: Document, whole: bool) -> bool:
    """Whether a part has something to say. The file itself always has, unless it only holds others."""
    return bool(part.text.strip() or part.problems or (whole and not part.attachments))


def _read(name: str, document: Document, asked: Request | None, code: str | None = None) -> Letter:
    """One part as a letter; `code` where another part says whose it is."""
    from foi_lib.letters import read_letter
    from foi_lib.replies import by_code

    if not document.text.strip():
        return Letter(name, document.text, problems=list(document.problems) or ["no text in it"])
    own = asked.own_authorities if asked else ()
    try:
        sender = by_code(asked, code) if asked else _listed(code)
        return read_letter(document, asked.questions if asked else None, authority=sender, extra_authorities=own)
    except FoiError as error:
        return Letter(name, "", problems=[str(error)])
    except Exception as error:
        return _failed(name, error)


def _listed(code: str | None) -> Authority | None:
    from foi_lib.reference import authority

    return authority(code) if code else None


def _failed(name: str, error: Exception) -> Letter:
    if os.environ.get("FOI_DEBUG"):
        raise error
    return Letter(name, "", problems=[f"the reader failed: {type(error).__name__}: {' '.join(str(error).split())}"])
