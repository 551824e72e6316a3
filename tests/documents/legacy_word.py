"""Writes a letter as legacy Word (.doc), as small as [MS-DOC] allows: pieces, properties of paragraphs, one numbered list."""

from __future__ import annotations

import struct

from documents.compound import compound
from documents.letters import Block

_TEXT = 1536  # where the text begins in the main stream


def as_doc(blocks: list[Block], stories: dict[int, str] | None = None, by_style: bool = False) -> bytes:
    """`by_style`: numbered paragraphs have their number from a style that is based on another.

    `stories`: what follows the body, by its number (1 footnotes, 2 headers, 4 remarks, 5 endnotes, 6 text boxes)."""
    text, properties = "", []  # properties of each paragraph, by the character that ends it
    in_table, row_end = struct.pack("<HB", 0x2416, 1), struct.pack("<HB", 0x2417, 1)
    numbered = struct.pack("<HBHH", 0x260A, 0, 0x460B, 1)
    for kind, content in blocks:
        if kind == "t":
            for row in content:  # type: ignore[attr-defined]
                for words in row:
                    text += words + "\x07"
                    properties.append((len(text), in_table))
                text += "\x07"
                properties.append((len(text), in_table + row_end))
        else:
            text += f"{content}\r"
            properties.append((len(text), _STYLED if kind == "n" and by_style else numbered if kind == "n" else b""))
    counts = [len(text), *[0] * 7]
    for number, words in sorted((stories or {}).items()):
        text += words
        counts[number] = len(words)
        properties.append((len(text), b""))
    main, table = _streams(text, properties, counts)
    return compound({"WordDocument": main, "1Table": table})



_STYLED = struct.pack("<H", 3)  # of style 3, and nothing of its own


def _style(name: str, based_on: int, properties: bytes) -> bytes:
    """A paragraph style (STD): what it is based on, its name, its properties."""
    data = struct.pack("<HHHHH", 0, 1 | based_on << 4, 2, 0, 0) + struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    upx = struct.pack("<H", 0) + properties
    data += struct.pack("<H", len(upx)) + upx
    return data + b"\0" * (len(data) % 2)


def _streams(text: str, properties: list[tuple[int, bytes]], counts: list[int]) -> tuple[bytes, bytes]:
    raw = text.encode("utf-16-le")
    pages, firsts = b"", []
    start = _TEXT
    base = (_TEXT + len(raw) + 511) // 512
    for at in range(0, len(properties), 10):
        chunk = properties[at : at + 10]
        edges = [start, *(_TEXT + 2 * end for end, _ in chunk)]
        firsts.append(start)
        start = edges[-1]
        block = bytearray(512)
        block[: 4 * len(edges)] = struct.pack(f"<{len(edges)}I", *edges)
        place = 510
        for number, (_, own) in enumerate(chunk):
            content = own if own is _STYLED else b"\0\0" + own
            entry = bytes([(len(content) + 1) // 2]) + content if len(content) % 2 else bytes([0, len(content) // 2]) + content
            place = (place - len(entry)) & ~1
            block[place : place + len(entry)] = entry
            block[4 * len(edges) + 13 * number] = place // 2
        block[511] = len(chunk)
        pages += bytes(block)
    count = len(firsts)
    table = b""
    places: dict[int, tuple[int, int]] = {}

    def put(offset: int, data: bytes, counted: int | None = None) -> None:
        nonlocal table
        places[offset] = (len(table), len(data) if counted is None else counted)
        table += data

    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, _TEXT, 0)
    put(0x01A2, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    put(0x0102, struct.pack(f"<{count + 1}I", *firsts, start) + struct.pack(f"<{count}I", *range(base, base + count)))
    lists = struct.pack("<h", 1) + struct.pack("<ii", 77, 0) + bytes(18) + bytes([1, 0])
    level = struct.pack("<iBB", 1, 0, 0) + bytes(9) + bytes([0]) + bytes(8) + bytes(4) + struct.pack("<H", 2) + "\0.".encode("utf-16-le")
    numbered = struct.pack("<HBHH", 0x260A, 0, 0x460B, 1)
    names = ["Normal", "Question", "Question of a letter"]
    styles = [_style(names[0], 0xFFF, b""), _style(names[1], 0, numbered), b"", _style(names[2], 1, b"")]
    sheet = struct.pack("<HHH", 18, len(styles), 10) + bytes(14)
    put(0x00A2, sheet + b"".join(struct.pack("<H", len(style)) + style for style in styles))
    put(0x02E2, lists + level, len(lists))
    put(0x02EA, struct.pack("<I", 1) + struct.pack("<i", 77) + bytes(12) + b"\xff\xff\xff\xff")
    head = bytearray(_TEXT)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0x00C1)
    struct.pack_into("<H", head, 0x0A, 0x0200)
    struct.pack_into("<8i", head, 0x4C, *counts)
    for offset, (where, size) in places.items():
        struct.pack_into("<II", head, offset, where, size)
    main = bytes(head) + raw
    return (main.ljust(base * 512, b"\0") + pages).ljust(4096, b"\0"), table.ljust(4096, b"\0")
