"""`read_document`: from a path to a `Document`."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from foi_lib.documents.build import Builder, Unreadable, one_line
from foi_lib.documents.kinds import PLAIN, sniff
from foi_lib.documents.limits import Limits
from foi_lib.documents.model import Document
from foi_lib.documents.text import read_text
from foi_lib.errors import FoiError


def read_document(path: str | os.PathLike[str], limits: Limits | None = None) -> Document:
    """Read one file. Raises `FoiError` where `path` is no file; anything else that is wrong stands in `problems`."""
    limits = limits or Limits()
    file = Path(path)
    if not file.exists():
        raise FoiError(f"{file}: no such file")
    if not file.is_file():
        raise FoiError(f"{file}: not a file; give the path of one letter, message or spreadsheet")
    try:
        size = file.stat().st_size
        if size > limits.file_bytes:
            return _failed(file, "", f"not opened: {size:,} bytes is more than the limit of {limits.file_bytes:,}")
        data = file.read_bytes()
    except OSError as error:
        return _failed(file, "", f"not opened: {error.strerror or one_line(error)}")
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        return _failed(file, sha256, "empty file", PLAIN)
    media_type = sniff(data)
    if media_type != PLAIN:
        return _failed(file, sha256, f"not read: no reader for {media_type}", media_type)
    out = Builder(limits.text_characters)
    try:
        read_text(data, out)
    except Unreadable as error:
        out.problem(f"read as {media_type}: {error}")
    if not out.text().strip():
        out.problem("no text in it")
    return out.document(str(file), sha256, media_type)


def read_documents(paths: Iterable[str | os.PathLike[str]], limits: Limits | None = None) -> Iterator[Document]:
    """Read many files, in the order given."""
    for path in paths:
        yield read_document(path, limits)


def _failed(file: Path, sha256: str, reason: str, media_type: str = "application/octet-stream") -> Document:
    return Document(str(file), sha256, media_type, "", problems=(reason,))
