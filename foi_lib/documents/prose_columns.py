"""Columns of prose, told from tables: both sides full of words, line after line, with a gutter that no word crosses."""

from __future__ import annotations

import itertools
from statistics import median

from foi_lib.documents.lines import Line, Segment

_LEAST_LINES = 6
_LEAST_WORDS = 4.0
_Gutter = tuple[float, float]


def prose_columns(lines: list[Line]) -> tuple[list[Line], list[list[Line]], list[Line]] | None:
    """The first stretch of columns: lines above it, its columns from left to right, lines below it. None where there is none."""
    at = 0
    while at < len(lines):
        if len(lines[at].segments) < 2 or len(lines[at].segments) > 4:
            at += 1
            continue
        end, gutters = _stretch(lines, at)
        if end - at >= _LEAST_LINES and _is_prose(lines[at:end], gutters):
            start = at
            while start and len(lines[start - 1].segments) == 1 and _side(lines[start - 1], gutters) and _close(lines, start):
                start -= 1
            return lines[:start], _taken_apart(lines[start:end], gutters), lines[end:]
        at = max(end, at + 1)
    return None


def _stretch(lines: list[Line], at: int) -> tuple[int, list[_Gutter]]:
    """Where the lines that keep out of the gutters end, and the gutters as narrow as those lines make them."""
    segments = lines[at].segments
    gutters = [(left.x1, right.x0) for left, right in itertools.pairwise(segments)]
    end, last_full = at + 1, at
    while end < len(lines) and _close(lines, end):
        narrowed = _narrowed(lines[end], gutters)
        if narrowed is None:
            break
        gutters = narrowed
        if len(lines[end].segments) == len(gutters) + 1:
            last_full = end
        end += 1
    # The longer column goes on below the shorter one, on one side only.
    tail = last_full + 1
    while tail < end and _side(lines[tail], gutters) and lines[tail].top - lines[tail - 1].bottom < 0.5 * lines[tail].height:
        tail += 1
    return tail, gutters


def _close(lines: list[Line], number: int) -> bool:
    return lines[number].top - lines[number - 1].bottom < 1.5 * lines[number].height


def _narrowed(line: Line, gutters: list[_Gutter]) -> list[_Gutter] | None:
    """The gutters as this line leaves them; None where it crosses one."""
    found = []
    for left, right in gutters:
        for segment in line.segments:
            if segment.x0 > left:
                right = min(right, segment.x0)
            else:
                left = max(left, segment.x1)
        if right - left < 5:
            return None
        found.append((left, right))
    return found


def _side(line: Line, gutters: list[_Gutter]) -> bool:
    """Whether the line lies within one column, and is wide enough to be a line of it."""
    return _narrowed(line, gutters) is not None and len(line.words) >= 2


def _is_prose(lines: list[Line], gutters: list[_Gutter]) -> bool:
    full = [line for line in lines if len(_by_column(line, gutters)) == len(gutters) + 1]
    if len(full) < _LEAST_LINES or len(full) < 0.55 * len(lines):
        return False
    for column in range(len(gutters) + 1):
        segments = [found[column] for line in lines if column in (found := _by_column(line, gutters))]
        widest = max(_width(parts) for parts in segments)
        words = sum(len(part.words) for parts in segments for part in parts) / len(segments)
        if words < _LEAST_WORDS or median(_width(parts) for parts in segments) < 0.75 * widest:
            return False
    return True


def _width(parts: list[Segment]) -> float:
    return parts[-1].x1 - parts[0].x0


def _by_column(line: Line, gutters: list[_Gutter]) -> dict[int, list[Segment]]:
    found: dict[int, list[Segment]] = {}
    for segment in line.segments:
        found.setdefault(sum(segment.x0 >= (left + right) / 2 for left, right in gutters), []).append(segment)
    return found


def _taken_apart(lines: list[Line], gutters: list[_Gutter]) -> list[list[Line]]:
    columns: list[list[Line]] = [[] for _ in range(len(gutters) + 1)]
    for line in lines:
        for column, parts in _by_column(line, gutters).items():
            columns[column].append(Line(parts, line.top, line.bottom))
    return [column for column in columns if column]
