"""Letters that came as messages, by way of a site such as WhatDoTheyKnow: whose each folder is, and when each message was sent.

`correspondence.csv` of a request folder says whose a folder of letters/ is and what the site says of the request; rows are appended,
and the last one of a request counts. The messages lie in folders named by when they were sent (`2019-11-04-103000`), what came in
as `incoming_<id>.txt` with `attachments-<id>/` beside it, what was sent by the applicant as `outgoing_<id>.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from foi_lib.csv_rows import plain_cell, read_rows

FILE = "correspondence.csv"
COLUMNS = ("folder", "authority", "authority_code", "name_on_site", "request_url", "status", "replies", "seen_on", "note")
# what the site says once the authority has given its decision (mySociety's Alaveteli, InfoRequest::State)
DECIDED = frozenset(("refused", "information not held", "partially successful", "successful"))
WAITING = frozenset(("awaiting response", "delayed", "long overdue"))

_STAMP = re.compile(r"(\d{4}-\d\d-\d\d)-\d{6}")
_OUTGOING = re.compile(r"outgoing_\w+( \(\d+\))?\.txt")


@dataclass(frozen=True, slots=True)
class Correspondent:
    """One request on the site: to whom, in which folder of letters/ its messages lie, and what the site says of it."""

    folder: str
    authority: str  # the official name, or "" where it could not be told for certain
    authority_code: str
    name_on_site: str
    request_url: str
    status: str
    replies: str
    seen_on: str  # the day of the download that says so
    note: str = ""

    @property
    def key(self) -> str:
        """What stays the same from download to download."""
        return self.request_url or f"{self.folder}|{self.name_on_site}"


def read_correspondence(folder: Path) -> tuple[tuple[Correspondent, ...], list[str]]:
    """The last row of each request in the folder's correspondence.csv, sorted by folder; and what is wrong with the file, a line each."""
    sheet = read_rows(folder / FILE, COLUMNS, ("folder",))
    problems, last = list(sheet.problems), dict[str, Correspondent]()
    for row in sheet.rows:
        if not row.get("folder") or row.get("folder") != Path(row.get("folder")).name:
            problems.append(f"line {row.line}: folder {row.get('folder')!r} is not the name of a folder in letters/")
            continue
        one = Correspondent(**{name: plain_cell(row.get(name)) for name in COLUMNS})
        last[one.key] = one
    return tuple(sorted(last.values(), key=lambda one: (one.folder, one.key))), problems


def message_day(parts: Iterable[str]) -> str | None:
    """The day on which a message was sent, by the folder in its path that is named by it; None where there is none."""
    for part in parts:
        stamp = message_time(part)
        if stamp:
            return stamp.date().isoformat()
    return None


def message_time(name: str) -> datetime | None:
    """The time that a message folder is named by."""
    if not _STAMP.fullmatch(name):
        return None
    try:
        return datetime.strptime(name, "%Y-%m-%d-%H%M%S")
    except ValueError:
        return None


def is_outgoing(path: Path) -> bool:
    """Whether a file is what the applicant sent: `outgoing_<id>.txt` in a folder named by a time."""
    return _OUTGOING.fullmatch(path.name) is not None and message_time(path.parent.name) is not None
