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


@dataclass(slots=True)
class Segment:
    """Words that stand together on a line: no more than a space apart."""

    words: list[Word]

    @property
    def x0(self) -> float:
        return self.words[0].x0

    @property
    def x1(self) -> float:
        return self.words[-1].x1

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


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
    rows: list[list[Word]] = []
    edges: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda word: (word.top + word.bottom, word.x0)):
        best, share = None, 0.5
        for place in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            top, bottom = edges[place]
            shared = min(bottom, word.bottom) - max(top, word.top)
            part = shared / max(0.1, min(bottom - top, word.height))
            if part > share:
                best, share = place, part
        if best is None:
            rows.append([word])
            edges.append((word.top, word.bottom))
        else:
            rows[best].append(word)
            # The tallest word sets the line's edges, so that a raised "st" does not stretch them.
            if word.height > edges[best][1] - edges[best][0]:
                edges[best] = (word.top, word.bottom)
    pitch = _pitch(words)
    lines = [Line(_segments(sorted(row, key=lambda word: word.x0), pitch), *edge) for row, edge in zip(rows, edges, strict=True)]
    lines.sort(key=lambda line: (line.top, line.x0))
    _cut_at_columns(lines)
    return lines


def _pitch(words: Sequence[Word]) -> float:
    """The width of a letter where all are as wide as each other (typewriters' letters), else 0. Their spaces are wide: a scan of such
    a letter is no table."""
    widths = [(word.x1 - word.x0) / len(word.text) for word in words if len(word.text) >= 5]
    if len(widths) < 12:
        return 0.0
    usual = median(widths)
    alike = sum(abs(width - usual) < 0.06 * usual for width in widths)
    return usual if alike > 0.85 * len(widths) else 0.0


def _segments(row: list[Word], pitch: float) -> list[Segment]:
    segments = [Segment([row[0]])]
    for word in row[1:]:
        last = segments[-1].words[-1]
        gap = word.x0 - last.x1
        if gap > max(0.9 * max(4.0, min(last.height, word.height)), 1.7 * pitch):
            segments.append(Segment([word]))
        else:
            segments[-1].words.append(word)
    return segments


def _cut_at_columns(lines: list[Line]) -> None:
    """A long label may end just before the next column: a gap somewhat wider than a space is a cut where the lines around have one."""
    gaps = [right.x0 - left.x1 for line in lines for segment in line.segments for left, right in itertools.pairwise(segment.words)]
    usual = median(gaps) if gaps else 0.0
    cuts = [[(segment.x0, segment.x1) for segment in line.segments[1:]] for line in lines]
    for number, line in enumerate(lines):
        near = [edge for other in (-3, -2, -1, 1, 2, 3) if 0 <= number + other < len(lines) for edge in cuts[number + other]]
        if not near:
            continue
        segments: list[Segment] = []
        for segment in line.segments:
            segments.append(Segment([segment.words[0]]))
            for word in segment.words[1:]:
                wide = word.x0 - segments[-1].x1 > max(0.45 * line.height, 1.6 * usual)
                under = any(abs(word.x0 - start) < 1.5 or abs(word.x1 - end) < 1.5 for start, end in near)
                if wide and under and (len(line.segments) > 1 or any(letter.isdigit() for letter in word.text)):
                    segments.append(Segment([word]))
                else:
                    segments[-1].words.append(word)
        line.segments = segments


def paragraph(lines: Sequence[Line]) -> Paragraph:
    """Lines as one paragraph, with the confidence of each line that was recognised from a picture."""
    words, doubts = "", []
    for line in lines:
        if words and not (words.endswith("-") and words[-2:-1].isalpha() and line.words[0].text[:1].isalpha()):
            words += " "
        start = len(words)
        words += "\t".join(segment.text for segment in line.segments)
        confidence = sum(word.confidence for word in line.words) / len(line.words)
        if confidence < 1:
            doubts.append((start, len(words), round(confidence, 3)))
    return Paragraph(words, doubts=tuple(doubts))
