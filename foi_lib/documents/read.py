"""`read_document`: from a path to a `Document`. Attachments and archive members are read by themselves, as their own documents."""

from __future__ import annotations

import hashlib
import os
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from foi_lib.documents.build import Builder, one_line
from foi_lib.documents.kinds import PLAIN, UNKNOWN, sniff
from foi_lib.documents.limits import Limits
from foi_lib.documents.model import Document
from foi_lib.documents.readers import read_into
from foi_lib.documents.sandbox import Pool, shared_pool
from foi_lib.errors import FoiError

_AHEAD = 12  # files held in memory while the first of them is read


class _File:
    """A file, attachment or archive member on its way to being a document."""

    def __init__(self, path: str, data: bytes, parent: _File | None = None) -> None:
        self.path, self.data, self.parent = path, data, parent
        self.root: _File = parent.root if parent else self
        self.depth: int = parent.depth + 1 if parent else 0
        self.sha256 = hashlib.sha256(data).hexdigest()
        self.media_type = sniff(data) if data else PLAIN
        self.document: Document | None = None
        self.children: list[_File] = []
        self.unread = 1  # itself and all below it
        self.family, self.family_bytes = 0, 0  # counted at the root

    def finish(self, document: Document) -> None:
        """Keep the document and tell everyone above."""
        self.document, self.data = document, b""
        above: _File | None = self
        while above:
            above.unread -= 1
            above = above.parent

    def whole(self) -> Document:
        """The document with its attachments."""
        assert self.document is not None
        return replace(self.document, attachments=tuple(child.whole() for child in self.children))


def read_document(path: str | os.PathLike[str], limits: Limits | None = None) -> Document:
    """Read one file. Raises `FoiError` where `path` is no file; anything else that is wrong stands in `problems`."""
    return next(iter(read_documents([path], limits)))


def read_documents(
    paths: Iterable[str | os.PathLike[str]], limits: Limits | None = None, pool: Pool | None = None
) -> Iterator[Document]:
    """Read many files with several workers and give them in the order asked for. Errors as for `read_document`."""
    limits = limits or Limits()
    waiting: deque[_File] = deque()  # to be read, attachments before the next file
    begun: deque[_File] = deque()  # files asked for and not yet given
    coming, more = iter(paths), True
    while more or begun:
        while more and len(begun) < _AHEAD:
            path = next(coming, None)
            if path is None:
                more = False
                break
            begun.append(_open(Path(path), limits))
            if begun[-1].unread:
                waiting.append(begun[-1])
        while waiting:
            file = waiting[0]
            if file.media_type == PLAIN:
                waiting.popleft()
                _finish(file, _read_here(file, limits), limits, waiting)
                continue
            pool = pool or shared_pool()
            if not pool.free:
                break
            waiting.popleft()
            pool.submit(file.data, Path(file.path).name, file.media_type, limits, partial(_finish_later, file, limits, waiting))
        while begun and not begun[0].unread:
            yield begun.popleft().whole()
        if begun and pool:
            pool.wait()


def walk(document: Document) -> Iterator[Document]:
    """The document, its attachments, and theirs: every file of one response, in order."""
    yield document
    for attachment in document.attachments:
        yield from walk(attachment)


def _finish_later(file: _File, limits: Limits, waiting: deque[_File], out: Builder) -> None:
    _finish(file, out, limits, waiting)


def _read_here(file: _File, limits: Limits) -> Builder:
    """Plain text is bounded by its size and is read without a worker."""
    out = Builder(limits, Path(file.path).name)
    if file.data:
        read_into(file.data, file.media_type, out)
    else:
        out.problem("empty file")
    return out


def _finish(file: _File, out: Builder, limits: Limits, waiting: deque[_File]) -> None:
    """Make the document, and put its attachments first in the queue."""
    children: list[_File] = []
    root, left_out = file.root, 0
    for name, data in out.children:
        too_deep = file.depth + 1 > limits.depth
        too_many = root.family >= limits.children or root.family_bytes + len(data) > limits.children_bytes
        if too_deep or too_many:
            left_out += 1
            reason = f"it is nested more than {limits.depth} deep" if too_deep else "the file holds more than the limit"
            out.failed(f"{one_line(name, 80)}: not read, {reason}") if left_out == 1 else None
            continue
        root.family += 1
        root.family_bytes += len(data)
        children.append(_File(f"{file.path}/{name}", data, file))
    if left_out > 1:
        out.problem(f"{left_out - 1} more file(s) not read for the same reason")
    file.children = children
    above: _File | None = file
    while above:
        above.unread += len(children)
        above = above.parent
    file.finish(out.document(file.path, file.sha256, file.media_type))
    waiting.extendleft(reversed(children))


def _open(path: Path, limits: Limits) -> _File:
    """The file's bytes; already finished where they cannot be had."""
    if not path.exists():
        raise FoiError(f"{path}: no such file")
    if not path.is_file():
        raise FoiError(f"{path}: not a file; give the path of one letter, message or spreadsheet")
    try:
        size = path.stat().st_size
        if size <= limits.file_bytes:
            return _File(str(path), path.read_bytes())
        reason = f"not opened: {size:,} bytes is more than the limit of {limits.file_bytes:,}"
    except OSError as error:
        reason = f"not opened: {error.strerror or one_line(error)}"
    file = _File(str(path), b"")
    file.finish(Document(str(path), "", UNKNOWN, "", problems=(reason,)))
    return file
