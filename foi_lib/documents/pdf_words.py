"""Words of a PDF page with their boxes, by pdfium.

Boxes are asked for where a word begins and where it ends. Only where a word was drawn in several pieces, holds a letter that is written as
another, or stands among letters of several heights, is each letter's own box asked for: calls of pdfium are what reading a page costs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
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

Span = tuple[int, int]  # a word's letters, by number
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
    spans = [match.span() for match in _tokens().finditer(letters.text)]
    begun, ended = _pieces(letters, spans)
    odd = _odd().search if _odd().search(letters.text) else None
    is_whole = [here == there and here is not None for here, there in zip(begun, ended, strict=True)]
    if odd:
        is_whole = [whole and not odd(letters.text, *span) for whole, span in zip(is_whole, spans, strict=True)]
    whole = _Whole(letters, list(itertools.compress(spans, is_whole)), list(itertools.compress(begun, is_whole)))
    parted = _Parted(letters, [span for span, one in zip(spans, is_whole, strict=True) if not one])
    angle = _usual([*whole.turns(), *parted.turns()])
    place, width, height = _placer(page, -90 * angle % 360)
    found = PageWords([], width, height, place)
    of_whole, of_parted = whole.words(angle, found), parted.words(angle, found)
    found.words = [word for one in is_whole for word in next(of_whole if one else of_parted)]
    return found


def _pieces(letters: Letters, spans: Sequence[Span]) -> tuple[list[int | None], list[int | None]]:
    """In which piece each word begins, and in which it ends: where the next word begins in the piece that this one began in, it is that."""
    begun = letters.pieces([first for first, _ in spans])
    ended = [here if here == following else None for here, following in zip(begun, [*begun[1:], None], strict=False)]
    unsure = [number for number, piece in enumerate(ended) if piece is None]
    for number, piece in zip(unsure, letters.pieces([spans[number][1] - 1 for number in unsure]), strict=True):
        ended[number] = piece
    return begun, ended


def _usual(turns: Sequence[tuple[int, Span]]) -> int:
    """How most letters of the page are turned."""
    if not any(turn for turn, _ in turns):
        return 0
    counts: Counter[int] = Counter()
    for turn, (first, end) in turns:
        counts[turn] += end - first
    return counts.most_common(1)[0][0]


class _Whole:
    """Words that were drawn in one piece each: what is known of the piece holds for all of its words."""

    def __init__(self, letters: Letters, spans: list[Span], pieces: list[int | None]) -> None:
        self.letters, self.spans, self.pieces = letters, spans, pieces
        several = {piece: number for number, (piece, (first, end)) in enumerate(zip(pieces, spans, strict=True)) if end - first > 1}
        seconds = [spans[number][0] + 1 for number in several.values()]
        boxes = letters.boxes([*[first for first, _ in spans], *[end - 1 for _, end in spans], *seconds])
        self.starts, self.stops = boxes[: len(spans)], boxes[len(spans) : 2 * len(spans)]
        self.edges = self._edges()
        self.turn: dict[int | None, int] = {}
        for (piece, number), second in zip(several.items(), boxes[2 * len(spans) :], strict=True):
            start = self.starts[number]
            size = start[1] - start[3]
            if piece in self.edges and abs(second[1] - start[1]) < 0.1 * size and second[0] > start[0]:
                self.turn[piece] = 0  # it goes to the right
                if second[0] - start[2] > 0.2 * size:
                    del self.edges[piece]  # its letters stand apart, and pdfium infers no spaces then
        for piece, (first, _) in dict(zip(pieces, spans, strict=True)).items():
            if piece not in self.turn:
                self.turn[piece] = letters.turn(first)

    def turns(self) -> list[tuple[int, Span]]:
        """How each word is turned."""
        return [(self.turn[piece], span) for piece, span in zip(self.pieces, self.spans, strict=True)]

    def words(self, angle: int, found: PageWords) -> Iterator[Sequence[Word]]:
        """The words, in order; by letter where the page or the piece is turned, or the piece is not of one height."""
        upright = {} if angle else {piece: edge for piece, edge in self.edges.items() if not self.turn[piece]}
        placed = {piece: found.place(0.0, high, 0.0, low) for piece, (low, high) in upright.items()}
        text = self.letters.text
        for (first, end), piece, start, stop in zip(self.spans, self.pieces, self.starts, self.stops, strict=True):
            if piece not in placed:
                yield _by_letter(self.letters, first, self.letters.boxes(range(first, end)), angle, found)
                continue
            left, top, right, bottom = placed[piece]
            x0, x1 = left + start[0], right + stop[2]
            yield (Word(text[first:end], x0, top, x1, bottom),) if x1 > x0 and bottom > top else ()

    def _edges(self) -> dict[int | None, tuple[float, float]]:
        """Lower and upper edge of each piece; none where its letters are of several heights, as those of fonts made of drawings are."""
        seen = dict.fromkeys([(piece, box[3], box[1]) for piece, box in zip(self.pieces, self.starts, strict=True)])
        final = [at for at, (piece, following) in enumerate(zip(self.pieces, [*self.pieces[1:], None], strict=False)) if piece != following]
        seen.update(dict.fromkeys([(self.pieces[at], self.stops[at][3], self.stops[at][1]) for at in final]))
        edges: dict[int | None, tuple[float, float]] = {}
        uneven: set[int | None] = set()
        for piece, low, high in seen:
            lowest, highest = edges.setdefault(piece, (low, high))
            slack = 0.05 * (high - low)  # a letter's tail may reach out of its box
            if abs(lowest - low) > slack or abs(highest - high) > slack:
                uneven.add(piece)
            edges[piece] = min(lowest, low), max(highest, high)
        return {piece: edge for piece, edge in edges.items() if piece not in uneven}


class _Parted:
    """Words that were drawn in several pieces, or hold letters that are written as others: the box of each letter is asked for."""

    def __init__(self, letters: Letters, spans: list[Span]) -> None:
        self.letters, self.spans = letters, spans
        boxes = iter(letters.boxes([number for first, end in spans for number in range(first, end)]))
        self.boxes = [list(itertools.islice(boxes, end - first)) for first, end in spans]
        self.stand = [end - first > 1 and _stand_together(own) for (first, end), own in zip(spans, self.boxes, strict=True)]

    def turns(self) -> list[tuple[int, Span]]:
        """How each word is turned."""
        return [(0 if stands else self.letters.turn(span[0]), span) for stands, span in zip(self.stand, self.spans, strict=True)]

    def words(self, angle: int, found: PageWords) -> Iterator[Sequence[Word]]:
        """The words, in order."""
        text, odd = self.letters.text, _odd().search
        for (first, end), own, stands in zip(self.spans, self.boxes, self.stand, strict=True):
            if angle or not stands or odd(text, first, end):
                yield _by_letter(self.letters, first, own, angle, found)
                continue
            x0, top, x1, bottom = found.place(own[0][0], max([box[1] for box in own]), own[-1][2], min([box[3] for box in own]))
            yield (Word(text[first:end], x0, top, x1, bottom),) if x1 > x0 and bottom > top else ()


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
