"""What can be saved of a ZIP container that was cut off: its members are found one after another, without the list at its end."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from foi_lib.documents.limits import Limits

_HEADER = struct.Struct("<4s5H3I2H")


def unpacked(data: bytes, most: int) -> bytes:
    """What can be unpacked of a packed stream, up to the place where it is damaged."""
    engine, found, size = zlib.decompressobj(-15), [], 0
    for at in range(0, len(data), 256):
        try:
            piece = engine.decompress(data[at : at + 256], most - size)
        except zlib.error:
            break
        found.append(piece)
        size += len(piece)
        if size >= most or engine.eof:
            break
    return b"".join(found)


def member(data: bytes, at: int, packed: int, most: int) -> bytes:
    """What can be had of the archive's member whose head stands at `at`, whether or not its checksum is right."""
    if data[at : at + 4] != b"PK\x03\x04" or at + _HEADER.size > len(data):
        return b""
    head = _HEADER.unpack_from(data, at)
    begin = at + _HEADER.size + head[9] + head[10]
    content = data[begin : begin + packed] if packed else data[begin:]
    if head[3] == 0:
        return content[:most]
    return unpacked(content, most) if head[3] == 8 else b""


def saved(data: bytes, limits: Limits) -> tuple[bytes, int]:
    """A sound archive of what can be unpacked, and how many members it holds. The last one may be cut off."""
    file = io.BytesIO()
    at, room, count = 0, limits.unpacked_bytes, 0
    names: set[str] = set()
    with zipfile.ZipFile(file, "w") as archive:
        while count < 10_000 and room > 0:
            at = data.find(b"PK\x03\x04", at)
            if at < 0 or at + _HEADER.size > len(data):
                break
            _, _, flags, method, _, _, _, packed, _, name_size, extra_size = _HEADER.unpack_from(data, at)
            begin = at + _HEADER.size + name_size + extra_size
            name = data[at + _HEADER.size : at + _HEADER.size + name_size].decode("utf-8", "replace")
            at += 4
            if flags & 1 or method not in (0, 8) or not name or name in names or name.endswith("/"):
                continue
            content = data[begin : begin + min(packed, room)] if method == 0 else unpacked(data[begin:], room)
            if content:
                archive.writestr(zipfile.ZipInfo(name), content)
                names.add(name)
                room -= len(content)
                count += 1
                at = begin
    return file.getvalue(), count
