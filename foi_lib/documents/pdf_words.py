"""Words of a PDF page with their boxes, by pdfium."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from foi_lib.documents.blocks import raised
from foi_lib.documents.lines import Word

# Ligatures and signs of symbol fonts, as the letters that they stand for.
_LETTERS = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
            "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fe": "☒", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fc": "✓", "\uf0fb": "✗",
            "\x02": "-", "\xad": "-", "\ufffe": "-"}  # fmt: skip
_SPACES = frozenset(" \t\r\n\f\v\0\xa0\u2002\u2003\u2009\u200b\u202f\u3000")


Box = tuple[float, float, float, float]
Placer = Callable[[float, float, float, float], Box]  # left, top, right, bottom in pdfium's places → on the page as it is read


@dataclass(slots=True)
class PageWords:
    """What a page holds: its words as they stand when most of them are upright, the size of the page then, and how to get from
    pdfium's places to these; letters that stand another way (in the margin); how many letters cannot be told."""

    words: list[Word]
    width: float
    height: float
    place: Placer
    aside: str = ""
    unknown: int = 0


def page_words(page: Any, text_page: Any) -> PageWords:
    """The words of a page.

    pdfium gives characters in the order in which the page draws them, with the spaces that it infers; a word also ends where the
    next character stands elsewhere, as in a table."""
    count, raw = pdfium.FPDFText_CountChars(text_page), text_page.raw
    angles = [round(pdfium.FPDFText_GetCharAngle(raw, index) / (math.pi / 2)) % 4 for index in range(count)]
    angle = Counter(angles).most_common(1)[0][0] if angles else 0
    place, width, height = _placer(page, -90 * angle % 360)
    aside: list[str] = []
    rect = pdfium.FS_RECTF()
    reference = ctypes.byref(rect)
    code_at, box_at = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetLooseCharBox
    words: list[Word] = []
    letters: list[str] = []
    x0 = top = x1 = bottom = 0.0
    unknown = high = 0
    last = (0.0, 0.0)
    glued: set[int] = set()  # words that were cut off the one before by the size of their letters alone

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
        if angles[index] != angle:
            aside.append(letter)
            continue
        left, upper, right, lower = place(rect.left, rect.top, rect.right, rect.bottom)
        if letter == "\ufffd" or 0xE000 <= code < 0xF000 or code < 0x20:
            unknown += letter not in _LETTERS
        letter = _LETTERS.get(letter, letter)
        shared = min(bottom, lower) - max(top, upper)
        same = last == (left, right)  # the letters of a ligature share one box
        last = (left, right)
        if letters and not same:
            size = lower - upper
            apart = abs(left - x1) > 0.35 * (bottom - top) or shared < 0.3 * min(bottom - top, size)
            resized = not apart and (letter.isdigit() or letters[-1].isdigit()) and not 0.88 < size / max(0.1, bottom - top) < 1.13
            if apart or resized:
                words.append(Word("".join(letters), x0, top, x1, bottom))
                letters = []
                if resized:
                    glued.add(len(words))
        if letters:
            x1, top, bottom = max(x1, right), min(top, upper), max(bottom, lower)
        else:
            x0, top, x1, bottom = left, upper, right, lower
        letters.append(letter)
    if letters:
        words.append(Word("".join(letters), x0, top, x1, bottom))
    whole = [word for word in _joined(words, glued) if word.x1 > word.x0 and word.bottom > word.top]
    return PageWords(whole, width, height, place, "".join(aside), unknown)


def _joined(words: list[Word], glued: set[int]) -> list[Word]:
    """Words that were cut where the size of letters changes, put together again: "31" and a raised "st"; but "12" and a raised "1"
    are a figure and the sign of a note."""
    joined: list[Word] = []
    for number, word in enumerate(words):
        if number not in glued or not joined:
            joined.append(word)
            continue
        before = joined[-1]
        lifted = word.height < before.height and word.bottom < before.bottom - 0.1 * before.height
        sign = raised(word.text, before.text) if lifted else word.text
        if sign != word.text:
            joined.append(Word(sign.strip(), word.x0, before.top, word.x1, before.bottom))
        else:
            before.text += word.text
            before.x1, before.top, before.bottom = max(before.x1, word.x1), min(before.top, word.top), max(before.bottom, word.bottom)
    return joined


def _placer(page: Any, turn: int) -> tuple[Placer, float, float]:
    """From pdfium's places (origin at the bottom left) to the page turned so many degrees clockwise, from its top left corner; the
    width and height of the page then."""
    left, bottom, right, top = page.get_cropbox()
    across, up = right - left, top - bottom
    if turn == 90:
        return lambda x0, y1, x1, y0: (y0 - bottom, x0 - left, y1 - bottom, x1 - left), up, across
    if turn == 180:
        return lambda x0, y1, x1, y0: (right - x1, y0 - bottom, right - x0, y1 - bottom), across, up
    if turn == 270:
        return lambda x0, y1, x1, y0: (top - y1, right - x1, top - y0, right - x0), up, across
    return lambda x0, y1, x1, y0: (x0 - left, top - y1, x1 - left, top - y0), across, up
