"""How the automatic lists of a legacy Word file are numbered ([MS-DOC], PlfLst and PlfLfo)."""

from __future__ import annotations

import struct

from foi_lib.documents.docx_numbers import Level, NumberedList

_LISTS, _OVERRIDES = 0x02E2, 0x02EA  # places in the file's head
_FORMS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 22: "decimalZero",
          23: "bullet", 255: "none"}  # fmt: skip


def doc_lists(main: bytes, table: bytes) -> dict[int, NumberedList]:
    """Lists by the number that paragraphs call them by, from 1. Empty where the tables are damaged."""
    try:
        return _overrides(main, table, _definitions(main, table))
    except (struct.error, IndexError, UnicodeDecodeError):
        return {}


def _definitions(main: bytes, table: bytes) -> dict[int, dict[int, Level]]:
    start, size = struct.unpack_from("<II", main, _LISTS)
    if not size:
        return {}
    count = struct.unpack_from("<h", table, start)[0]
    at = start + 2 + 28 * count  # the levels follow the list of lists
    found: dict[int, dict[int, Level]] = {}
    for number in range(count):
        head = start + 2 + 28 * number
        levels: dict[int, Level] = {}
        for level in range(1 if table[head + 26] & 1 else 9):
            levels[level], at = _level(table, at)
        found[struct.unpack_from("<i", table, head)[0]] = levels
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """A level's definition, and where it ends."""
    start, form, flags = struct.unpack_from("<iBB", table, at)
    skipped = table[at + 24] + table[at + 25]
    length = struct.unpack_from("<H", table, at + 28 + skipped)[0]
    end = at + 30 + skipped + 2 * length
    words = table[at + 30 + skipped : end].decode("utf-16-le")
    words = "".join(f"%{ord(letter) + 1}" if ord(letter) < 9 else letter for letter in words)
    return Level(_FORMS.get(form, "decimal"), words, start, 0 if flags & 8 else None, bool(flags & 4)), end


def _overrides(main: bytes, table: bytes, definitions: dict[int, dict[int, Level]]) -> dict[int, NumberedList]:
    start, size = struct.unpack_from("<II", main, _OVERRIDES)
    if not size:
        return {}
    count = struct.unpack_from("<I", table, start)[0]
    at = start + 4 + 16 * count
    found: dict[int, NumberedList] = {}
    for number in range(min(count, 4000)):
        head = start + 4 + 16 * number
        name = struct.unpack_from("<i", table, head)[0]
        made = NumberedList(str(name), dict(definitions.get(name, {})))
        at += 4
        for _ in range(table[head + 12]):
            first, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                made.levels[flags & 15], at = _level(table, at)
            elif flags & 0x10:
                made.restarts[flags & 15] = first
        found[number + 1] = made
    return found
