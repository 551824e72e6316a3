"""Words with places on a page, and the lines they make. Units are points (1/72 inch) from the page's top left corner."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from foi_lib.documents.blocks import Paragraph


@dataclass(slots=True)
class Word:
    """A word and its box; `confidence` below 1 where it was recognised from a picture."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float = 1.0

    @property
    def height(self) -> float:
        return self.bottom - self.top


class Segment:
    """Words that stand together on a line: no more than a space apart. They are not changed afterwards."""

    __slots__ = ("text", "words", "x0", "x1")

    def __init__(self, words: list[Word]) -> None:
        self.words = words
        self.x0, self.x1 = words[0].x0, words[-1].x1
        self.text = " ".join([word.text for word in words])


@dataclass(slots=True)
class Line:
    """A line of the page, left to right."""

    segments: list[Segment]
    top: float
    bottom: float

    @property
    def words(self) -> list[Word]:
        return [word for segment in self.segments for word in segment.words]

    @property
    def x0(self) -> float:
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        return self.segments[-1].x1

    @property
    def height(self) -> float:
        return self.bottom - self.top


def lines_of(words: Sequence[Word]) -> list[Line]:
    """Words grouped into lines by their height on the page, each line cut at gaps wider than a space."""
    level: dict[tuple[float, float], list[Word]] = {}  # most words of a line stand exactly as high as each other
    for word in words:
        level.setdefault((word.top, word.bottom), []).append(word)
    rows: list[list[Word]] = []
    edges: list[tuple[float, float]] = []
    for (upper, lower), alike in sorted(level.items(), key=_level):
        best, share = None, 0.5
        for place in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            top, bottom = edges[place]
            shared = min(bottom, lower) - max(top, upper)
            if shared > 0 and (part := shared / max(0.1, min(bottom - top, lower - upper))) > share:
                best, share = place, part
        if best is None:
            rows.append(alike)
            edges.append((upper, lower))
        else:
            rows[best] += alike
            # The tallest word sets the line's edges, so that a raised "st" does not stretch them.
            if lower - upper > edges[best][1] - edges[best][0]:
                edges[best] = (upper, lower)
    cutter = _Cutter(words)
    lines = [Line(cutter.segments(sorted(row, key=_left)), *edge) for row, edge in zip(rows, edges, strict=True)]
    lines.sort(key=lambda line: (line.top, line.x0))
    _cut_at_columns(lines)
    return lines


def _left(word: Word) -> float:
    return word.x0


def _level(item: tuple[tuple[float, float], list[Word]]) -> tuple[float, float]:
    return item[0][0] + item[0][1], min(map(_left, item[1]))


class _Cutter:
    """Cuts lines where a gap is wider than a space."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._pitch: float | None = None  # measured when first needed

    def segments(self, row: list[Word]) -> list[Segment]:
        """The segments of a line whose words are given from left to right."""
        cuts, end = [0], row[0].x1
        for number, word in enumerate(row):
            gap = word.x0 - end
            if gap > 3.6 and number:
                last = row[number - 1]
                low = min(last.bottom - last.top, word.bottom - word.top)
                if gap > 0.9 * low and gap > 1.7 * self._letter():
                    cuts.append(number)
            end = word.x1
        if len(cuts) == 1:
            return [Segment(row)]
        return [Segment(row[start:stop]) for start, stop in itertools.pairwise([*cuts, len(row)])]

    def _letter(self) -> float:
        if self._pitch is None:
            self._pitch = _pitch(self._words)
        return self._pitch


def _pitch(words: Sequence[Word]) -> float:
    """The width of a letter where all are as wide as each other (typewriters' letters), else 0. Their spaces are wide: a scan of such
    a letter is no table."""
    widths = [(word.x1 - word.x0) / len(word.text) for word in words if len(word.text) >= 5]
    if len(widths) < 12:
        return 0.0
    usual = median(widths)
    alike = sum(abs(width - usual) < 0.06 * usual for width in widths)
    return usual if alike > 0.85 * len(widths) else 0.0


def _cut_at_columns(lines: list[Line]) -> None:
    """A long label may end just before the next column: a gap somewhat wider than a space is a cut where the lines around have one."""
    cuts = [[(segment.x0, segment.x1) for segment in line.segments[1:]] for line in lines]
    if not any(cuts):
        return
    gaps = [right.x0 - left.x1 for line in lines for segment in line.segments for left, right in itertools.pairwise(segment.words)]
    usual = median(gaps) if gaps else 0.0
    for number, line in enumerate(lines):
        near = [edge for other in (-3, -2, -1, 1, 2, 3) if 0 <= number + other < len(lines) for edge in cuts[number + other]]
        if not near:
            continue
        least = max(0.45 * line.height, 1.6 * usual)
        line.segments = [part for segment in line.segments for part in _cut(segment, least, near, len(line.segments) > 1)]


def _cut(segment: Segment, least: float, near: list[tuple[float, float]], beside: bool) -> list[Segment]:
    """A segment cut at gaps wider than `least` before words that stand under (or over) the edge of a segment `near`; unless others stand
    `beside` it, only before words with figures."""
    words, cuts = segment.words, [0]
    for number in range(1, len(words)):
        word = words[number]
        wide = word.x0 - words[number - 1].x1 > least and (beside or any(map(str.isdigit, word.text)))
        if wide and any(abs(word.x0 - start) < 1.5 or abs(word.x1 - end) < 1.5 for start, end in near):
            cuts.append(number)
    return [segment] if len(cuts) == 1 else [Segment(words[start:stop]) for start, stop in itertools.pairwise([*cuts, len(words)])]


def paragraph(lines: Sequence[Line]) -> Paragraph:
    """Lines as one paragraph, with the confidence of each line that was recognised from a picture."""
    words, doubts = "", []
    for line in lines:
        if words and not (words.endswith("-") and words[-2:-1].isalpha() and line.words[0].text[:1].isalpha()):
            words += " "
        start = len(words)
        words += "\t".join([segment.text for segment in line.segments])
        sure = [word.confidence for segment in line.segments for word in segment.words]
        if min(sure) < 1:
            doubts.append((start, len(words), round(sum(sure) / len(sure), 3)))
    return Paragraph(words, doubts=tuple(doubts))
