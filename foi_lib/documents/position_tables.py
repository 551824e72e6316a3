"""Tables without borders: columns are where words stand one above the other, so that a blank cell stays blank."""

from __future__ import annotations

import itertools

from foi_lib.documents.blocks import Grid, Paragraph
from foi_lib.documents.lines import Line, Segment, paragraph


def table_end(lines: list[Line], at: int) -> int:
    """The end of the table by position that begins at line `at`; 0 where none does. A table has at least two lines of two or
    more segments, and between them lines that hold one cell only."""
    if len(lines[at].segments) < 2:
        return 0
    end, full = at + 1, 1
    while end < len(lines):
        line = lines[end]
        apart = (line.top - lines[end - 1].bottom) / lines[end - 1].height
        if apart > 4 or (apart > 1.8 and not _in_line(line, lines[at:end])):
            break
        if len(line.segments) >= 2:
            full += 1
        elif not _in_one_column(line, lines[at:end]):
            break
        end += 1
    while end > at and len(lines[end - 1].segments) < 2 and not _hangs(lines, at, end - 1):
        end -= 1
    return end if full >= 2 else 0


def _in_line(line: Line, table: list[Line]) -> bool:
    """Whether a line further down begins its cells exactly where the lines above do: a table whose rows stand well apart."""
    starts = [segment.x0 for row in table[-20:] if len(row.segments) >= 2 for segment in row.segments]
    return len(line.segments) >= 2 and all(any(abs(segment.x0 - start) < 3 for start in starts) for segment in line.segments)


def _hangs(lines: list[Line], start: int, at: int) -> bool:
    """A last line that holds one cell: part of the table when it stands as close as a wrapped line, and either not at the left or
    closer than the table's rows to each other."""
    line, above = lines[at], lines[at - 1]
    if line.top - above.bottom < 0.3 * line.height and line.x0 > above.x0 + line.height:
        return True
    gaps = [below.top - over.top for over, below in itertools.pairwise(lines[start:at])]
    close = line.top - above.top
    return any(gap > 1.25 * close for gap in gaps) and close <= 1.12 * min(gaps)


def _in_one_column(line: Line, table: list[Line]) -> bool:
    """Whether the line's only segment lies under one column of the lines above, so that the other cells are blank."""
    columns = _columns([row for row in table[-20:] if len(row.segments) >= 2])
    segment = line.segments[0]
    met = [(left, right) for left, right in columns if left < segment.x1 and segment.x0 < right]
    if not met:
        return bool(columns) and segment.x0 > columns[0][1]
    return len(met) == 1 and segment.x1 - segment.x0 < 1.6 * max(met[0][1] - met[0][0], 4 * line.height)


def by_position(lines: list[Line]) -> tuple[Grid, tuple[float, ...]]:
    """A table without borders: columns are where segments stand one above the other."""
    columns = _columns(lines)
    rows: list[list[list[Line]]] = []
    wrapped = _wrapped(lines, columns)
    for number, line in enumerate(lines):
        row: list[list[Segment]] = [[] for _ in columns]
        for segment in line.segments:
            row[_column_of(segment, columns)].append(segment)
        cells = [[Line(segments, line.top, line.bottom)] if segments else [] for segments in row]
        if number in wrapped:
            rows[-1] = [old + new for old, new in zip(rows[-1], cells, strict=True)]
        else:
            rows.append(cells)
    grid = Grid([[[_cell(cell)] if cell else [] for cell in row] for row in rows])
    return grid, tuple(round(left) for left, _ in columns)


def _cell(lines: list[Line]) -> Paragraph:
    cell = paragraph(lines)
    cell.words = cell.words.replace("\t", " ")
    return cell


def _column_of(segment: Segment, columns: list[tuple[float, float]]) -> int:
    """The column that shares most of the segment's width; the leftmost of those that a wide segment spans."""
    x0, x1 = segment.x0, segment.x1
    for number, (left, right) in enumerate(columns):
        if left <= x0 and x1 <= right:
            return number
    shares = [(x1 if x1 < right else right) - (x0 if x0 > left else left) for left, right in columns]
    if sum(share > 0 for share in shares) > 1 and segment.x1 - segment.x0 > 1.2 * max(shares):
        return next(number for number, share in enumerate(shares) if share > 0)
    return max(range(len(columns)), key=lambda number: shares[number])


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """Left and right edges of the columns. Narrow segments come first, so that a heading over two columns does not join them."""
    columns: list[tuple[float, float]] = []
    segments = sorted((segment for line in lines for segment in line.segments), key=lambda segment: segment.x1 - segment.x0)
    for segment in segments:
        met = [number for number, (left, right) in enumerate(columns) if left < segment.x1 and segment.x0 < right]
        if not met:
            columns.append((segment.x0, segment.x1))
        elif len(met) == 1:
            left, right = columns[met[0]]
            columns[met[0]] = (min(left, segment.x0), max(right, segment.x1))
    columns.sort()
    at = 0
    while at + 1 < len(columns):
        if _one_below_the_other(lines, columns[at], columns[at + 1]):
            columns[at : at + 2] = [(columns[at][0], columns[at + 1][1])]
        else:
            at += 1
    return columns


def _one_below_the_other(lines: list[Line], left: tuple[float, float], right: tuple[float, float]) -> bool:
    """A heading at the left of its column and figures at the right of it are one column: no line stands in both."""
    for number, line in enumerate(lines):
        filled = {_column_of(part, [left, right]) for part in line.segments if part.x1 > left[0] and part.x0 < right[1]}
        if len(filled) == 2 or (not number and not filled):
            return False
    return True


def _wrapped(lines: list[Line], columns: list[tuple[float, float]]) -> set[int]:
    """Lines that go on with the cells of the line above: where rows stand further apart than the lines within them."""
    pairs = list(itertools.pairwise(lines))
    # A label of two lines with its figures half-way between them: the lines overlap.
    overlapping = {number + 1 for number, (above, below) in enumerate(pairs) if below.top < above.bottom - 0.25 * above.height}
    gaps = [below.top - above.top for above, below in pairs]
    if not gaps or overlapping:
        return overlapping
    if max(gaps) < 1.25 * min(gaps):
        return _run_on(lines, columns)
    close = 1.12 * min(gaps)
    return {
        number + 1 for number, gap in enumerate(gaps) if gap <= close and len(lines[number + 1].segments) <= len(lines[number].segments)
    }


def _run_on(lines: list[Line], columns: list[tuple[float, float]]) -> set[int]:
    """Lines whose every cell goes on with a sentence: words in small letters that would not have fitted on the line above."""
    found: set[int] = set()
    rights = [left for left, _ in columns[1:]] + [max(right for _, right in columns)]
    for number, (above, below) in enumerate(itertools.pairwise(lines), 1):
        over = {_column_of(segment, columns): segment for segment in above.segments}
        if all(
            (column := _column_of(segment, columns)) in over
            and (segment.text[0].islower() or segment.text[0] in "(&")
            and over[column].x1 + segment.words[0].x1 - segment.words[0].x0 > rights[column] - 1.2 * below.height
            for segment in below.segments
        ):
            found.add(number)
    return found
