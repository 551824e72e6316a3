"""Words of a PDF page with their boxes, by pdfium."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from foi_lib.documents.lines import Word

# Ligatures and signs of symbol fonts, as the letters that they stand for.
_LETTERS = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
            "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fe": "☒", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fc": "✓", "\uf0fb": "✗",
            "\x02": "-", "\xad": "-", "\ufffe": "-"}  # fmt: skip
_SPACES = frozenset(" \t\r\n\f\v\0\xa0\u2002\u2003\u2009\u200b\u202f\u3000")


def page_words(page: Any, text_page: Any) -> tuple[list[Word], int]:
    """The words of a page, and how many characters could not be told (fonts without a map to letters).

    pdfium gives characters in the order in which the page draws them, with the spaces that it infers; a word also ends where the
    next character stands elsewhere, as in a table."""
    count, raw = pdfium.FPDFText_CountChars(text_page), text_page.raw
    place = _placer(page)
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    code_at, box_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    words: list[Word] = []
    letters: list[str] = []
    x0 = top = x1 = bottom = 0.0
    unknown = high = 0
    last = (0.0, 0.0)

    for index in range(count):
        code = code_at(raw, index)
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        letter = chr(code) if code < 0x110000 else "\ufffd"
        if letter in _SPACES:
            if letters:
                words.append(Word("".join(letters), x0, top, x1, bottom))
                letters = []
            continue
        if not box_at(raw, index, reference):
            continue
        left, upper, right, lower = place(rect.left, rect.top, rect.right, rect.bottom)
        if letter == "\ufffd" or 0xE000 <= code < 0xF000 or code < 0x20:
            unknown += letter not in _LETTERS
        letter = _LETTERS.get(letter, letter)
        shared = min(bottom, lower) - max(top, upper)
        same = last == (left, right)  # the letters of a ligature share one box
        last = (left, right)
        if letters and not same and (abs(left - x1) > 0.35 * (bottom - top) or shared < 0.3 * min(bottom - top, lower - upper)):
            words.append(Word("".join(letters), x0, top, x1, bottom))
            letters = []
        if letters:
            x1, top, bottom = max(x1, right), min(top, upper), max(bottom, lower)
        else:
            x0, top, x1, bottom = left, upper, right, lower
        letters.append(letter)
    if letters:
        words.append(Word("".join(letters), x0, top, x1, bottom))
    return [word for word in words if word.x1 > word.x0 and word.bottom > word.top], unknown


def _placer(page: Any) -> Any:
    """From pdfium's places (origin at the bottom left, before rotation) to the page as it is seen, from its top left corner."""
    left, bottom, right, top = page.get_cropbox()
    turn = page.get_rotation()
    if turn == 90:
        return lambda x0, y1, x1, y0: (y0 - bottom, x0 - left, y1 - bottom, x1 - left)
    if turn == 180:
        return lambda x0, y1, x1, y0: (right - x1, y0 - bottom, right - x0, y1 - bottom)
    if turn == 270:
        return lambda x0, y1, x1, y0: (top - y1, right - x1, top - y0, right - x0)
    return lambda x0, y1, x1, y0: (x0 - left, top - y1, x1 - left, top - y0)
