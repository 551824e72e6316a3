"""Files of a build: written whole or not at all, left alone where they are the same, known by their hash."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any


def write(path: Path, content: str | bytes, wait: bool = True) -> None:
    """Write a file whole or not at all: beside its place first, then into it in one step.

    Without `wait` the disk takes it when it likes: for pages, whose hash the manifest keeps, so that one which a power cut broke is made
    again (waiting for a thousand of them takes longer than making them).
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw(content))
            if wait:
                file.flush()
                os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def put(path: Path, content: str | bytes, force: bool = False, wait: bool = True) -> bool:
    """`write` where it differs, or `force`; gives whether it was written."""
    if not force and path.is_file() and path.read_bytes() == raw(content):
        return False
    write(path, content, wait)
    return True


def put_json(path: Path, value: Any) -> None:
    """`put`, of a value as JSON that a person can read."""
    put(path, json.dumps(value, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def raw(content: str | bytes) -> bytes:
    """Text as the bytes of its file."""
    return content.encode("utf-8") if isinstance(content, str) else content


def sha(content: Path | str | bytes) -> str:
    """SHA-256 of a file, or of what one would hold."""
    return hashlib.sha256(content.read_bytes() if isinstance(content, Path) else raw(content)).hexdigest()


def digest(*parts: Any) -> str:
    """A hash over plain values."""
    return sha(json.dumps(parts, sort_keys=True, default=str, ensure_ascii=False))
