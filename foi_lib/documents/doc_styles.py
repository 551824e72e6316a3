"""What the paragraph styles of a legacy Word file give to their paragraphs: a list's number, the gaps ([MS-DOC], STSH)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable

_PLACE = 0x00A2  # in the file's head
_PARAGRAPH = 1
_DEEPEST = 11  # styles based on styles

Values = Callable[[bytes], Iterable[tuple[int, int]]]


def doc_styles(main: bytes, table: bytes, values: Values) -> dict[int, dict[int, int]]:
    """Properties by the number of the style, those of the styles that it is based on among them. Empty where the sheet is damaged.

    `values` reads a stretch of properties."""
    try:
        own = _sheet(main, table)
    except (struct.error, IndexError):
        return {}
    found: dict[int, dict[int, int]] = {}
    for number in own:
        chain, at = list[int](), number
        while at in own and at not in chain and len(chain) < _DEEPEST:
            chain.append(at)
            at = own[at][0]
        found[number] = {name: value for style in reversed(chain) for name, value in values(own[style][1])}
    return found


def _sheet(main: bytes, table: bytes) -> dict[int, tuple[int, bytes]]:
    """Of each paragraph style: the style that it is based on, and its own properties."""
    start, size = struct.unpack_from("<II", main, _PLACE)
    sheet = table[start : start + size]
    if len(sheet) < 6:
        return {}
    head, count, base = struct.unpack_from("<HHH", sheet)
    at, found = 2 + head, dict[int, tuple[int, bytes]]()
    for number in range(min(count, 4096)):
        length = struct.unpack_from("<H", sheet, at)[0]
        style = sheet[at + 2 : at + 2 + length]
        at += 2 + length + length % 2
        if length < base + 2:
            continue  # a number that no style has
        kind = struct.unpack_from("<H", style, 2)[0]
        if kind & 15 != _PARAGRAPH:
            continue
        after = base + 2 + 2 * struct.unpack_from("<H", style, base)[0] + 2  # its name, and the end of that
        after += after % 2
        size = struct.unpack_from("<H", style, after)[0]
        found[number] = (kind >> 4, style[after + 4 : after + 2 + size])
    return found
