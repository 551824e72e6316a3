"""A CSV file that several people and programs append to: one row at a time, under a lock, on the disk before it is acknowledged.

Rows are only ever added at the end. What a kill left half written is closed off by the next append, so that it spoils no other row; it
stays in the file, and whoever reads the file tells of it.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from foi_lib.errors import FoiError

WAIT = 30.0  # seconds for somebody else's append, which takes milliseconds
_BOM = b"\xef\xbb\xbf"
_FAR = 0x7FFF0000  # Windows locks bytes: one that no such file reaches


def append_row(path: Path, columns: Sequence[str], cells: Mapping[str, str], needed: Sequence[str] = ()) -> bool:
    """Add one row, and return when the disk has it; True where a row or heading that was cut off by a kill had to be closed first.

    A new file begins with `columns`; in a file that is there, the row follows its own heading, separator, line ends and encoding.
    `needed`: columns without which the row would say something else. A `FoiError` says why a row could not be added; then none was.
    """
    with _locked(path) as file:
        data = file.read()
        payload, mended = _payload(path, data, columns, cells, needed)
        _write(path, file, payload)
        if not data:
            _sync_folder(path.parent)
    return mended


def decode(data: bytes) -> tuple[str, str]:
    """The text of a CSV file, and its encoding: UTF-8 (with or without a mark), UTF-16 as Excel's "Unicode text", else Windows-1252.

    Of UTF-8 text a character that was cut off is replaced by U+FFFD: one row half written does not make the others unreadable.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace"), "utf-16"
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    if data.startswith(_BOM) or any(_is_utf8(line) and not line.isascii() for line in data.split(b"\n")):
        return data.decode("utf-8-sig", "replace"), "utf-8"
    return data.decode("cp1252", "replace"), "cp1252"


def separator(heading: str) -> str:
    """What parts the cells of a heading: a comma, a semicolon or a tab, whichever it has most of."""
    return max(",;\t", key=heading.count)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _payload(path: Path, data: bytes, columns: Sequence[str], cells: Mapping[str, str], needed: Sequence[str]) -> tuple[bytes, bool]:
    """The bytes to add, and whether they close something that was cut off."""
    whole = _BOM + _line(columns, ",", "\n").encode()
    if not data.strip() or data == _BOM[: len(data)]:
        start = whole if not data.strip() else whole[len(data) :]
        return start + _line([cells.get(name, "") for name in columns], ",", "\n").encode("utf-8", "replace"), bool(data)
    if len(data) < len(whole) and (whole.startswith(data) or whole[len(_BOM) :].startswith(data)):  # a kill in the very first write
        rest = whole[len(data) :] if whole.startswith(data) else whole[len(_BOM) + len(data) :]
        return rest + _line([cells.get(name, "") for name in columns], ",", "\n").encode("utf-8", "replace"), True
    text, encoding = decode(data)
    heading, _, rest_text = text.partition("\n")
    mark, end = separator(heading), "\r\n" if heading.endswith("\r") else "\n"
    names = [name.strip().lower() for name in next(csv.reader([heading.rstrip("\r")], delimiter=mark), [])]
    if lacking := [name for name in needed if name not in names and cells.get(name)]:
        raise FoiError(f"{path}: line 1: no column {lacking[0]!r}; add it to the heading (it should have {', '.join(columns)})")
    close, torn = "", False
    if not text.endswith("\n"):
        open_quote = rest_text.count('"') % 2 == 1
        cells_there = len(next(csv.reader([rest_text.rpartition("\n")[2]], delimiter=mark), []))
        torn = bool(rest_text) and (open_quote or cells_there < len(names))
        close = ('"' if open_quote else "") + end
    line = close + _line([cells.get(name, "") for name in names], mark, end)
    try:
        return line.encode({"utf-16": "utf-16-le" if data[:2] == b"\xff\xfe" else "utf-16-be"}.get(encoding, encoding)), torn
    except UnicodeEncodeError as error:
        sign = line[error.start]
        raise FoiError(f"{path}: saved as Windows-1252, which has no {sign!r}: save it as 'CSV UTF-8' and do it again") from None


def _line(cells: Sequence[str], mark: str, end: str) -> str:
    """One row on one line: a line break within a cell becomes a space."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, lineterminator=end).writerow([" ".join(cell.splitlines()) for cell in cells])
    return out.getvalue()


def _write(path: Path, file: IO[bytes], payload: bytes) -> None:
    try:
        handle, at = file.fileno(), 0
        while at < len(payload):
            at += os.write(handle, payload[at:])
        os.fsync(handle)
    except OSError as error:
        raise FoiError(f"{path}: cannot be written ({error.strerror})") from None


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """The file, open to read and append, and nobody else appending. Made where there is none."""
    until = time.monotonic() + WAIT
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o644)
        except OSError as error:
            busy = "; close it in the spreadsheet first" if os.name == "nt" and path.exists() else ""
            raise FoiError(f"{path}: cannot be opened for writing ({error.strerror}){busy}") from None
        file = os.fdopen(handle, "rb", buffering=0)
        try:
            while not _lock(handle):
                if time.monotonic() > until:
                    raise FoiError(f"{path}: another program has had it locked for {WAIT:.0f} seconds; nothing was written")
                time.sleep(0.01)
            if not _is_still(path, handle):  # a spreadsheet put another file in its place meanwhile
                continue
            yield file
            return
        finally:
            file.close()  # which unlocks


def _is_still(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        os.lseek(handle, 0, os.SEEK_SET)
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True


def _sync_folder(folder: Path) -> None:
    """Bring a new file's name to the disk, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
