"""A batch of requests as WhatDoTheyKnow Pro gives it for download: one CSV, and a folder for each request with a folder a message.

Source of the layout: mySociety's Alaveteli, InfoRequestBatchZip and InfoRequestBatchMetrics. The archive comes from outside, and what is
attached in it from further outside: sizes are looked at before anything is unpacked, and no name in it becomes a path as it stands.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from foi_lib.correspondence import message_time
from foi_lib.documents import Limits
from foi_lib.documents.build import clean, one_line, safe_name
from foi_lib.documents.text import decode
from foi_lib.errors import FoiError

_MOST_FILES = 100_000
_MOST_TIMES = 50  # letters pack to a half or a tenth; what unpacks to more than fifty times its size is no correspondence
_DASHBOARD = re.compile(r"batch-(?P<id>\w+?)-(?P<title>.+)-dashboard-(?P<at>\d{4}-\d\d-\d\d-\d{6})(?: \(\d+\))?\.csv")
_COLUMNS = ("request_url", "authority_name", "number_of_replies", "request_status")
_TEXT = re.compile(r"(?:incoming|outgoing)_\w+(?: \(\d+\))?\.txt")
_ATTACHED = re.compile(r"attachments-\w+")


@dataclass(slots=True)
class File:
    """A file of a message: its safe name below the message's folder, and its bytes when they are wanted."""

    name: str
    read: Callable[[], bytes]


@dataclass(slots=True)
class BatchRequest:
    """One request of the batch: whom it was sent to, what the site says of it, and its messages by when they were sent."""

    name: str
    url_title: str
    url: str = ""
    status: str = ""
    replies: str = ""
    messages: dict[str, list[File]] = field(default_factory=dict)

    def outgoing(self) -> Iterator[tuple[str, File]]:
        """What the applicant sent, the first message first."""
        for stamp, files in sorted(self.messages.items()):
            yield from ((stamp, file) for file in files if file.name.startswith("outgoing_"))


@dataclass(slots=True)
class Batch:
    """A batch as downloaded. `problems`: one line for each thing in it that cannot be used."""

    title: str = ""
    seen_on: str = ""  # the day of the download, by the name of its CSV, else by its last message
    requests: list[BatchRequest] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read_batch(path: Path, limits: Limits | None = None) -> Batch:
    """A batch's zip, or the folder that it was unpacked to. FoiError where it is neither, or cannot be used at all."""
    if not path.exists():
        raise FoiError(f"{path}: no such file; give the batch's zip as WhatDoTheyKnow Pro gives it for download")
    batch = Batch()
    members = _folder(path) if path.is_dir() else _archive(path, limits or Limits(), batch)
    found: dict[str, BatchRequest] = {}
    strangers: list[str] = []
    boards: list[tuple[str, Callable[[], bytes]]] = []
    for parts, read in members:
        if _DASHBOARD.fullmatch(parts[-1]) and not any(message_time(part) for part in parts):
            boards.append((parts[-1], read))
        elif not _place(parts, read, found):
            strangers.append("/".join(parts))
    _dashboard(boards, found, batch)
    if strangers and found:
        named = ", ".join(repr(one_line(one, 60)) for one in strangers[:3])
        batch.problems.append(f"{len(strangers)} file(s) in it belong to no message and were left out: {named}")
    if not found:
        raise FoiError(
            f"{path}: not a batch of WhatDoTheyKnow Pro: it has no folder <public body> - <request>/2019-11-04-103000/ with a message in it"
        )
    batch.requests = sorted(found.values(), key=lambda one: (one.name, one.url_title))
    if not batch.seen_on:
        batch.problems.append("no batch-…-dashboard-….csv in it: what the site says of each request is not known")
        batch.seen_on = max(stamp for one in batch.requests for stamp in one.messages)[:10]
    return batch


def _archive(path: Path, limits: Limits, batch: Batch) -> Iterator[tuple[list[str], Callable[[], bytes]]]:
    """The members of the zip, those that may be unpacked."""
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise FoiError(f"{path}: not a zip, damaged or cut off ({one_line(error, 80)}); download the batch again") from None
    except OSError as error:
        raise FoiError(f"{path}: cannot be read ({error.strerror or one_line(error, 80)})") from None
    members = [member for member in archive.infolist() if not member.is_dir()]
    whole = sum(member.file_size for member in members)
    if len(members) > _MOST_FILES:
        raise FoiError(f"{path}: it holds {len(members):,} files; the limit is {_MOST_FILES:,}")
    if whole > max(limits.unpacked_bytes, _MOST_TIMES * path.stat().st_size):
        raise FoiError(f"{path}: it unpacks to {whole:,} bytes, {_MOST_TIMES} times its size or more: a zip bomb? Nothing was unpacked")
    if any(member.flag_bits & 1 for member in members):
        raise FoiError(f"{path}: it is encrypted and needs a password; save a copy without one")
    for member in sorted(members, key=lambda one: one.filename):
        if member.file_size > limits.file_bytes:
            size, most = f"{member.file_size:,}", f"{limits.file_bytes:,}"
            batch.problems.append(f"{one_line(member.filename, 120)!r}: {size} bytes is more than the limit of {most}; left out")
            continue
        yield _parts(member.filename), _reader(archive, member)


def _reader(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            return archive.read(member)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError) as error:
            raise FoiError(f"{one_line(member.filename, 120)!r} could not be unpacked ({one_line(error, 60)})") from None

    return read


def _folder(path: Path) -> Iterator[tuple[list[str], Callable[[], bytes]]]:
    """The files of an unpacked batch. Links are passed over: they may lead anywhere."""
    for file in sorted(path.rglob("*")):
        if file.is_file() and not file.is_symlink():
            yield list(file.relative_to(path).parts), file.read_bytes


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".")] or [""]


def _place(parts: list[str], read: Callable[[], bytes], found: dict[str, BatchRequest]) -> bool:
    """Put a file where it belongs; False where it belongs nowhere. What programs leave behind is passed over."""
    if parts[0] == "__MACOSX" or parts[-1] in (".DS_Store", "Thumbs.db", "desktop.ini"):
        return True
    at = next((n for n, part in enumerate(parts) if message_time(part)), 0)
    below = parts[at + 1 :]
    if not at or " - " not in parts[at - 1] or ".." in parts:
        return False
    if len(below) == 1 and _TEXT.fullmatch(below[0]):
        name = below[0]
    elif len(below) > 1 and _ATTACHED.fullmatch(below[0]):
        name = f"{below[0]}/{safe_name(' '.join(below[1:]))}"
    else:
        return False
    body, _, title = parts[at - 1].rpartition(" - ")
    request = found.setdefault(title, BatchRequest(one_line(body, 200), one_line(title, 200)))
    files = request.messages.setdefault(parts[at], [])
    files.append(File(_alone(name, [file.name for file in files]), read))
    return True


def _alone(name: str, taken: list[str]) -> str:
    """The name, with a number where another file of the message has it already (on some machines A and a are one name)."""
    stem, dot, ending = name.rpartition(".")
    used, own, number = {one.casefold() for one in taken}, name, 2
    while own.casefold() in used:
        own = f"{stem} ({number}).{ending}" if dot and "/" not in ending else f"{name} ({number})"
        number += 1
    return own


def _dashboard(boards: list[tuple[str, Callable[[], bytes]]], found: dict[str, BatchRequest], batch: Batch) -> None:
    """What the site says of each request, from the newest CSV of the download."""
    if not boards:
        return
    name, read = max(boards, key=lambda one: one[0][-21:])
    about = _DASHBOARD.fullmatch(name)
    assert about
    batch.title, batch.seen_on = about["title"], about["at"][:10]
    try:
        text = clean(decode(read())[0])
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (FoiError, csv.Error) as error:
        batch.problems.append(f"{name}: {one_line(error, 120)}")
        return
    missing = [column for column in _COLUMNS if rows and column not in rows[0]]
    if missing:
        batch.problems.append(f"{name}: no column {missing[0]!r}; it should have {', '.join(_COLUMNS)}; nothing was read from it")
        return
    for row in rows:
        url = one_line(row["request_url"] or "", 300)
        title = re.sub(r"[?#].*", "", url).rstrip("/").rpartition("/")[2]
        body = one_line(row["authority_name"] or "", 200)
        if not title or not body:
            batch.problems.append(f"{name}: a row without an address or a name was left out")
            continue
        request = found.setdefault(title, BatchRequest(body, title))
        request.name, request.url = body, url if re.match(r"https?://\S+$", url) else ""
        request.status, request.replies = one_line(row["request_status"] or "", 80), one_line(row["number_of_replies"] or "", 10)
