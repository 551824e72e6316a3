"""What was read of each letter, kept on disk: by the files' contents and the reader's version, so that a letter is read once.

A reading waits here until its authority's rows are made, too: however many letters there are, memory holds those of one authority.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from foi_lib.letter_place import letters_of
from foi_lib.reading_hands import Hands, here, unpacked
from foi_lib.replies import Reply
from foi_lib.request import Request

Progress = Callable[[str, int, int], None]
_BATCH = 8  # places that one process reads before it tells of them
_UNREAD = "NOT EXISTS (SELECT 1 FROM reading WHERE reading.key = lying.key)"


class Readings:
    """The readings of one request. `path`: the file that keeps them from run to run; a broken one is begun anew."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._base = _opened(path)
        except sqlite3.DatabaseError:
            path.unlink(missing_ok=True)
            self._base = _opened(path)

    def __enter__(self) -> Readings:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._base.commit()
        self._base.close()

    def read(self, request: Request, version: str, hands: Hands = here, force: bool = False, progress: Progress | None = None) -> None:
        """See that there is a reading of every place in the request's letters/, by `version` of the reader; `force` reads all afresh."""
        self._base.executescript(
            "DROP TABLE IF EXISTS lying; CREATE TEMP TABLE lying (n INTEGER PRIMARY KEY, place TEXT UNIQUE, key TEXT);"
        )
        asked = _digest([version, repr(request.questions), repr(request.own_authorities)])
        letters = letters_of(request)
        sent_to = {one.folder: repr([o for o in request.correspondence if o.folder == one.folder]) for one in request.correspondence}
        for n, name in enumerate(letters.places()):
            key = _digest([asked, name, sent_to.get(name), letters.files(name)])
            self._base.execute("INSERT INTO lying VALUES (?, ?, ?)", (n, name, key))
        if force:
            self._base.execute("DELETE FROM reading WHERE key IN (SELECT key FROM lying)")
        (places,) = self._base.execute("SELECT count(*) FROM lying").fetchone()
        (left,) = self._base.execute(f"SELECT count(*) FROM lying WHERE {_UNREAD}").fetchone()
        done = places - left
        self._base.commit()
        if progress and left:
            progress("", done, places)
        for read in hands(request, self._unread(), left):
            for name, code, body in read:
                (key,) = self._base.execute("SELECT key FROM lying WHERE place = ?", (name,)).fetchone()
                self._base.execute("INSERT OR REPLACE INTO reading VALUES (?, ?, ?)", (key, code, body))
                done += 1
                if progress:
                    progress(name, done, places)
            self._base.commit()  # a run that is stopped goes on from here

    def _unread(self) -> Iterator[list[str]]:
        """Places without a reading, a batch at a time: their names are never all held."""
        last = -1
        while True:
            found = self._base.execute(f"SELECT n, place FROM lying WHERE n > ? AND {_UNREAD} ORDER BY n LIMIT {_BATCH}", (last,))
            batch = found.fetchall()
            if not batch:
                return
            last = batch[-1][0]
            yield [place for _, place in batch]

    def authorities(self) -> Iterator[tuple[int, str, str | None]]:
        """Number, place, and authority's code of each reading, in order; "" for a sender that is not known, None for no letter."""
        yield from self._base.execute("SELECT n, place, code FROM lying JOIN reading USING (key) ORDER BY n")

    def reply(self, n: int, request: Request) -> Reply:
        """The reading of that number."""
        read = self._base.execute("SELECT place, code, body FROM lying JOIN reading USING (key) WHERE n = ?", (n,)).fetchone()
        return unpacked(read, request)

    def forget_others(self) -> None:
        """Drop the readings of letters that are there no more."""
        self._base.execute("DELETE FROM reading WHERE key NOT IN (SELECT key FROM lying)")
        self._base.commit()


def _opened(path: Path) -> sqlite3.Connection:
    base = sqlite3.connect(path, timeout=60)
    base.execute("PRAGMA synchronous = OFF")  # what a power cut breaks is read again
    base.execute("CREATE TABLE IF NOT EXISTS reading (key TEXT PRIMARY KEY, code TEXT, body BLOB) WITHOUT ROWID")
    base.execute("SELECT count(*) FROM (SELECT key, code, body FROM reading LIMIT 1)").fetchall()
    return base


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()
