"""Words of a PDF page with their boxes, by pdfium.

Boxes are asked for where a word begins and where it ends. Only where a word was drawn in several pieces, holds a letter that is written as
another, or stands among letters of several heights, is each letter's own box asked for: calls of pdfium are what reading a page costs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from foi_lib.documents.blocks import raised
from foi_lib.documents.lines import Word
from foi_lib.documents.pdf_letters import Box, Letters

# Ligatures and signs of symbol fonts, as the letters that they stand for.
_LETTERS = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
            "\uf0b7": "•", "\uf0a7": "•", "\uf0d8": "•", "\uf0fe": "☒", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fc": "✓", "\uf0fb": "✗",
            "\x02": "-", "\xad": "-", "\ufffe": "-"}  # fmt: skip
_SPACES = " \t\r\n\f\v\0\xa0\u2002\u2003\u2009\u200b\u202f\u3000"

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


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(f"[^{_SPACES}]+")


@cache
def _odd() -> re.Pattern[str]:
    """Letters that are written as others, and those that cannot be told."""
    return re.compile(f"[{''.join(_LETTERS)}\x01-\x1f\ud800-\udfff\ue000-\uefff\ufffd]")


def page_words(page: Any, text_page: Any) -> PageWords:
    """The words of a page.

    pdfium gives characters in the order in which the page draws them, with the spaces that it infers; a word also ends where the
    next character stands elsewhere, as in a table."""
    letters = Letters(text_page)
    text = letters.text
    spans = [match.span() for match in _tokens().finditer(text)]
    firsts, lasts = [first for first, _ in spans], [end - 1 for _, end in spans]
    begun = letters.pieces(firsts)
    ended = _ends(letters, begun, lasts)
    several = {piece: number for number, (piece, (first, end)) in enumerate(zip(begun, spans, strict=True)) if end - first > 1}
    boxes = letters.boxes([*firsts, *lasts, *[firsts[number] + 1 for number in several.values()]])
    starts, stops = boxes[: len(spans)], boxes[len(spans) : 2 * len(spans)]
    edges = _edges(begun, ended, starts, stops)
    turns: dict[int | None, int] = {}
    for (piece, number), second in zip(several.items(), boxes[2 * len(spans) :], strict=True):
        start = starts[number]
        size = start[1] - start[3]
        if piece in edges and abs(second[1] - start[1]) < 0.1 * size and second[0] > start[0]:
            turns[piece] = 0  # it goes to the right
            if second[0] - start[2] > 0.2 * size:
                del edges[piece]  # its letters stand apart, and pdfium infers no spaces then
    for piece, first in dict(zip(begun, firsts, strict=True)).items():
        if piece not in turns:
            turns[piece] = letters.turn(first)
    angle = next(iter(turns.values()), 0)
    if any(turns.values()):
        angle = _usual([(turns[piece], last + 1 - first) for piece, first, last in zip(begun, firsts, lasts, strict=True)])
    place, width, height = _placer(page, -90 * angle % 360)
    found = PageWords([], width, height, place)
    if angle:
        edges = {}
    placed = {piece: place(0.0, high, 0.0, low) for piece, (low, high) in edges.items() if not turns.get(piece, 1)}
    odd = bool(_odd().search(text))
    plain = [piece == last and piece in placed for piece, last in zip(begun, ended, strict=True)]
    if odd:
        plain = [is_plain and not _odd().search(text, *span) for is_plain, span in zip(plain, spans, strict=True)]
    others = [span for span, is_plain in zip(spans, plain, strict=True) if not is_plain]
    singly = iter(letters.boxes([number for first, end in others for number in range(first, end)]))
    for (first, end), piece, start, stop, is_plain in zip(spans, begun, starts, stops, plain, strict=True):
        if is_plain:
            left, top, right, bottom = placed[piece]
            x0, x1 = left + start[0], right + stop[2]
            if x1 > x0 and bottom > top:
                found.words.append(Word(text[first:end], x0, top, x1, bottom))
            continue
        own = list(itertools.islice(singly, end - first))
        if not angle and not turns[piece] and _stand_together(own) and not (odd and _odd().search(text, first, end)):
            x0, top, x1, bottom = place(own[0][0], max([box[1] for box in own]), own[-1][2], min([box[3] for box in own]))
            if x1 > x0 and bottom > top:
                found.words.append(Word(text[first:end], x0, top, x1, bottom))
        else:
            found.words += _by_letter(letters, first, own, angle, found)
    return found


def _ends(letters: Letters, begun: Sequence[int | None], lasts: Sequence[int]) -> list[int | None]:
    """In which piece each word ends: where the next word begins in the piece that this one began in, it is that one."""
    ended = [here if here == following else None for here, following in zip(begun, [*begun[1:], None], strict=False)]
    unsure = [number for number, piece in enumerate(ended) if piece is None]
    for number, piece in zip(unsure, letters.pieces([lasts[number] for number in unsure]), strict=True):
        ended[number] = piece
    return ended


def _usual(turns: Sequence[tuple[int, int]]) -> int:
    """How most letters of the page are turned."""
    counts: Counter[int] = Counter()
    for turn, count in turns:
        counts[turn] += count
    return counts.most_common(1)[0][0]


def _edges(
    begun: Sequence[int | None], ended: Sequence[int | None], starts: Sequence[Box], stops: Sequence[Box]
) -> dict[int | None, tuple[float, float]]:
    """The lower and upper edge of each piece; none where its letters are of several heights, as those of fonts made of drawings are."""
    seen = dict.fromkeys([(piece, box[3], box[1]) for piece, box in zip(begun, starts, strict=True)])
    final = [number for number, (piece, following) in enumerate(zip(begun, [*begun[1:], None], strict=False)) if piece != following]
    seen.update(dict.fromkeys([(ended[number], stops[number][3], stops[number][1]) for number in final]))
    edges: dict[int | None, tuple[float, float]] = {}
    uneven: set[int | None] = {None}
    for piece, low, high in seen:
        lowest, highest = edges.setdefault(piece, (low, high))
        slack = 0.05 * (high - low)  # a letter's tail may reach out of its box
        if abs(lowest - low) > slack or abs(highest - high) > slack:
            uneven.add(piece)
        edges[piece] = min(lowest, low), max(highest, high)
    return {piece: edge for piece, edge in edges.items() if piece not in uneven}


def _by_letter(letters: Letters, first: int, boxes: Sequence[Box], angle: int, found: PageWords) -> list[Word]:
    """The words between two spaces, by the box of each letter from `first` on. Those that stand another way go aside, those that cannot be
    told are counted."""
    words: list[Word] = []
    word: list[str] = []
    x0 = top = x1 = bottom = 0.0
    high = 0
    last = (0.0, 0.0)
    glued: set[int] = set()  # words that were cut off the one before by the size of their letters alone
    for index, box in enumerate(boxes, first):
        code = ord(letters.text[index])
        if 0xD800 <= code < 0xDC00:  # the first half of a character beyond the basic plane
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
        letter = chr(code)
        if letters.turn(index) != angle:
            found.aside += letter
            continue
        left, upper, right, lower = found.place(*box)
        if letter == "\ufffd" or 0xE000 <= code < 0xF000 or code < 0x20:
            found.unknown += letter not in _LETTERS
        letter = _LETTERS.get(letter, letter)
        shared = min(bottom, lower) - max(top, upper)
        same = last == (left, right)  # the letters of a ligature share one box
        last = (left, right)
        if word and not same:
            size = lower - upper
            apart = abs(left - x1) > 0.35 * (bottom - top) or shared < 0.3 * min(bottom - top, size)
            resized = not apart and (letter.isdigit() or word[-1].isdigit()) and not 0.88 < size / max(0.1, bottom - top) < 1.13
            if apart or resized:
                words.append(Word("".join(word), x0, top, x1, bottom))
                word = []
                if resized:
                    glued.add(len(words))
        if word:
            x1, top, bottom = max(x1, right), min(top, upper), max(bottom, lower)
        else:
            x0, top, x1, bottom = left, upper, right, lower
        word.append(letter)
    if word:
        words.append(Word("".join(word), x0, top, x1, bottom))
    return [made for made in _joined(words, glued) if made.x1 > made.x0 and made.bottom > made.top]


def _stand_together(boxes: Sequence[Box]) -> bool:
    """Letters of one height, each beside the one before: a word drawn in several pieces."""
    _, high, right, low = boxes[0]
    most, slack = 0.35 * (high - low), 0.05 * (high - low)
    for left, upper, following, lower in boxes[1:]:
        if abs(upper - high) > slack or abs(lower - low) > slack or abs(left - right) > most:
            return False
        right = following
    return True


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
