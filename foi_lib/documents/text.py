"""Plain text: the encoding is told by the bytes, line breaks are made newlines, form feeds end pages."""

from __future__ import annotations

import codecs
import itertools
import re

from foi_lib.documents.build import Builder, clean

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"), (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """Bytes as text: the text (not yet cleaned), the encoding, and one line for each thing that could not be decoded."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    guess = unmarked_utf16(data)
    if guess:
        return _decode(data, guess)
    try:
        return data.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError as error:
        # UTF-8 that was cut off in the middle of its last character is still UTF-8, not CP1252.
        if error.start >= len(data) - 3 and not data[: error.start].isascii():
            return _decode(data, "utf-8")
    try:
        return data.decode("cp1252"), "cp1252", []
    except UnicodeDecodeError:
        return _decode(data, "cp1252")


def _decode(data: bytes, encoding: str) -> tuple[str, str, list[str]]:
    try:
        return data.decode(encoding), encoding, []
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        bad = text.count("\ufffd") - data.decode(encoding, errors="ignore").count("\ufffd")
        return text, encoding, [f"read as {encoding}: {bad} undecodable place(s), the first at byte {error.start}, shown as \ufffd"]


def unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: English in it has a NUL at every second byte."""
    head = data[:4096]
    if len(head) < 8 or len(data) % 2:
        return None
    even, odd, half = head[0::2].count(0), head[1::2].count(0), len(head) // 2
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def read_text(data: bytes, out: Builder) -> None:
    """Plain text into `out`. Pages are ended by form feeds, which become newlines so that lines are lines to every reader."""
    text, encoding, problems = decode(data)
    out.properties["encoding"] = encoding
    for line in problems:
        out.problem(line)
    nuls = text.count("\0")
    if nuls:
        out.problem(f"{nuls} NUL character(s) left out")
    write_text(text, out)


def write_text(text: str, out: Builder) -> None:
    """Decoded text into `out`, page by page."""
    text = clean(text)
    starts = [0, *(match.end() for match in re.finditer("\f", text)), len(text)]
    text = text.replace("\f", "\n")
    for start, end in itertools.pairwise(starts):
        if start < end or len(starts) == 2:  # a form feed at the very end begins no page
            out.begin_page()
            out.add(text[start:end])
    out.end_page()
