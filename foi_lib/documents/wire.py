"""What goes between the program and its workers: frames of JSON and raw bytes. Nothing that could run code is ever unpacked."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from foi_lib.documents.build import Builder
from foi_lib.documents.limits import Limits
from foi_lib.documents.model import Cell, Doubtful, Furniture, Page, Table

_LENGTHS = struct.Struct(">QQ")  # of the JSON head, and of the bytes that follow it
HEAD = _LENGTHS.size


def pack(head: dict[str, Any], body: bytes = b"") -> bytes:
    """A frame."""
    text = json.dumps(head, separators=(",", ":")).encode()
    return _LENGTHS.pack(len(text), len(body)) + text + body


def lengths(start: bytes) -> tuple[int, int]:
    """Length of a frame's JSON and of its body, out of its first `HEAD` bytes."""
    first, second = _LENGTHS.unpack(start[:HEAD])
    return first, second


def unpack(frame: bytes | bytearray) -> tuple[dict[str, Any], bytes]:
    """Head and body of a whole frame."""
    first, second = lengths(bytes(frame[:HEAD]))
    return json.loads(frame[HEAD : HEAD + first]), bytes(frame[HEAD + first : HEAD + first + second])


def job(data: bytes, name: str, media_type: str, limits: Limits) -> bytes:
    """The frame that asks a worker to read `data`."""
    return pack({"name": name, "media_type": media_type, "limits": asdict(limits)}, data)


class Sender:
    """Sends what is new in a builder since the last time, so that nothing read before a crash is lost."""

    def __init__(self, out: Builder, write: Callable[[bytes], None]) -> None:
        self._out, self._write = out, write
        self._parts = self._pages = self._doubtful = self._furniture = 0

    def send(self, done: bool = False) -> None:
        """Send one frame; with `done` the last one, and the children's bytes with it."""
        out = self._out
        head: dict[str, Any] = {
            "text": "".join(out.parts[self._parts :]),
            "pages": [(p.number, p.start, p.end, p.name, p.hidden) for p in out.pages[self._pages :]],
            "tables": [
                (t.page, t.start, t.end, t.title, [(c.row, c.column, c.start, c.end, c.address, c.hidden) for c in t.cells])
                for t in (out.tables if done else ())  # at the end only: a later page may still add to a table
            ],
            "doubtful": [(d.start, d.end, d.confidence) for d in out.doubtful[self._doubtful :]],
            "furniture": [(f.start, f.end, f.kind) for f in out.furniture[self._furniture :]],
            "problems": out.problems,
            "properties": out.properties,
            "media_type": out.media_type,
            "partial": out.partial,
            "done": done,
        }
        body = b""
        if done:
            head["children"] = [(name, len(data)) for name, data in out.children]
            body = b"".join(data for _, data in out.children)
        self._parts, self._pages = len(out.parts), len(out.pages)
        self._doubtful, self._furniture = len(out.doubtful), len(out.furniture)
        self._write(pack(head, body))


def receive(frame: bytes | bytearray, out: Builder) -> bool:
    """Add a frame to the program's copy of the builder; True for the last frame."""
    head, body = unpack(frame)
    out.add(head["text"])
    out.pages += [Page(*page) for page in head["pages"]]
    out.tables += [Table(page, start, end, tuple(Cell(*c) for c in cells), title) for page, start, end, title, cells in head["tables"]]
    out.doubtful += [Doubtful(*place) for place in head["doubtful"]]
    out.furniture += [Furniture(*place) for place in head["furniture"]]
    out.problems[:] = head["problems"]
    out.properties = dict(head["properties"])
    out.media_type, out.partial = head["media_type"], head["partial"]
    at = 0
    for name, size in head.get("children", ()):
        out.children.append((name, body[at : at + size]))
        at += size
    return bool(head["done"])
