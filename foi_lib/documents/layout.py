"""From words with places on a page to lines, paragraphs, columns and tables: for PDF pages and for scans alike.

Units are points (1/72 inch), measured from the page's top left corner. Plain text extraction interleaves columns and moves a
figure to the left when the cell before it is blank; here a cell belongs to the column above and below it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from statistics import median

from foi_lib.documents.blocks import Block, Grid
from foi_lib.documents.lines import Line, Segment, Word, lines_of, paragraph
from foi_lib.documents.position_tables import by_position, table_end
from foi_lib.documents.prose_columns import prose_columns

_CellBox = tuple[float, float, float, float] | None  # left, top, right, bottom; None where merged


@dataclass(slots=True)
class Region:
    """A table whose borders are drawn: the boxes of its cells, row by row."""

    top: float
    bottom: float
    x0: float
    x1: float
    rows: list[list[_CellBox]] = field(default_factory=list)


@dataclass(slots=True)
class Placed:
    """A block, and where it stands on the page."""

    block: Block
    top: float
    bottom: float
    columns: tuple[float, ...] = ()  # left edges of a table's columns


@cache
def _label() -> re.Pattern[str]:
    """What stands before a list item: "1.", "(a)", "2.1", "Q3", "iv)", a bullet."""
    return re.compile(
        r"(?i)(\(?(\d{1,2}|[a-z]|[ivx]{1,4})[.):]+|\(?\d{1,2}(\.\d{1,2})+[.)]?|Q(uestion)? ?\d{1,2}[a-z]?[.):]?|[•●▪◦‣·–-]|o)"
    )


def page_blocks(words: Sequence[Word], width: float, regions: Sequence[Region] = ()) -> list[Placed]:
    """A page's words as paragraphs and tables, from top to bottom. `regions` are the tables whose borders are drawn."""
    placed, free = [], list(words)
    for region in regions:
        inside = _Centres(free).within(region.x0 - 1, region.top - 1, region.x1 + 1, region.bottom + 1)
        grid = _ruled(inside, region)
        if grid is None:
            continue
        taken = {id(word) for word in inside}
        free = [word for word in free if id(word) not in taken]
        columns = tuple(sorted({round(box[0]) for row in region.rows for box in row if box}))
        placed.append(Placed(grid, region.top, region.bottom, columns))
    placed.sort(key=lambda piece: piece.top)
    runs = _between(lines_of(free), [piece.top for piece in placed])
    ordered = _flow(runs[0], width)
    for piece, lines in zip(placed, runs[1:], strict=True):
        ordered += [piece, *_flow(lines, width)]
    return ordered


class _Centres:
    """Words by the middle of their boxes."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._all = [((word.x0 + word.x1) / 2, (word.top + word.bottom) / 2, word) for word in words]

    def within(self, x0: float, top: float, x1: float, bottom: float) -> list[Word]:
        """The words whose middle lies in a box."""
        return [word for across, down, word in self._all if top <= down <= bottom and x0 <= across <= x1]

    def between(self, top: float, bottom: float) -> _Centres:
        """Those of a row."""
        found = _Centres(())
        found._all = [placed for placed in self._all if top <= placed[1] <= bottom]
        return found


def _between(lines: list[Line], tops: Sequence[float]) -> list[list[Line]]:
    """Lines cut into runs by the tables between them, before the first to after the last: nothing is joined across a table."""
    runs: list[list[Line]] = [[] for _ in range(len(tops) + 1)]
    for line in lines:
        runs[sum(1 for top in tops if top < (line.top + line.bottom) / 2)].append(line)
    return runs


def _ruled(words: Sequence[Word], region: Region) -> Grid | None:
    """A table with drawn borders: each word goes to the cell whose box holds it. None where the boxes are not a table."""
    rows, filled = [], 0
    for cells in _without_slivers(_by_cell(region.rows, words)):
        row: list[list[Block]] = []
        for box, inside in cells:
            filled += len(inside)
            row.append([piece.block for piece in _flow(lines_of(inside), box[2] + 4, margin=box[2])] if box and inside else [])
        rows.append(row)
    if not rows or filled < 0.9 * len(words):
        return None  # a frame of another kind: nothing may be lost for it
    return Grid(rows)


def _by_cell(rows: Sequence[Sequence[_CellBox]], words: Sequence[Word]) -> list[list[tuple[_CellBox, list[Word]]]]:
    """Each cell with the words in its box."""
    centres, found = _Centres(words), []
    for row in rows:
        boxes = [box for box in row if box]
        near = centres.between(min((box[1] for box in boxes), default=0.0), max((box[3] for box in boxes), default=0.0))
        found.append([(box, near.within(*box) if box else []) for box in row])
    return found


def _without_slivers(cells: list[list[tuple[_CellBox, list[Word]]]]) -> list[list[tuple[_CellBox, list[Word]]]]:
    """Rows and columns without those that hold nothing and are as thin as a border drawn with two edges."""
    tall = [
        number
        for number, row in enumerate(cells)
        if any(inside for _, inside in row) or any(box and box[3] - box[1] > 6 for box, _ in row)
    ]
    wide = [
        column
        for column in range(max(map(len, cells), default=0))
        if any(column < len(row) and row[column][1] for row in cells)
        or any(column < len(row) and (box := row[column][0]) and box[2] - box[0] > 8 for row in cells)
    ]
    return [[cells[number][column] if column < len(cells[number]) else (None, []) for column in wide] for number in tall]


def _flow(lines: list[Line], width: float, margin: float | None = None) -> list[Placed]:
    """Lines without drawn tables: columns of prose, tables by position, paragraphs."""
    if not lines:
        return []
    if margin is None:
        found = prose_columns(lines)
        if found:
            above, columns_of_prose, below = found
            pieces = _flow(above, width)
            for column in columns_of_prose:
                pieces += _flow(column, width, max(line.x1 for line in column))
            return pieces + _flow(below, width)
        margin = _right_margin(lines, width)
    for line in lines:
        _join_label(line)
    placed: list[Placed] = []
    usual = _usual_gap(lines, margin)
    at, gap = 0, False
    while at < len(lines):
        end = table_end(lines, at)
        if end:
            table, columns = by_position(lines[at:end])
            placed.append(Placed(table, lines[at].top, lines[end - 1].bottom, columns))
            at, gap = end, True
            continue
        end = at + 1
        while end < len(lines) and _continues(lines[end - 1], lines[end], margin, usual) and not table_end(lines, end):
            end += 1
        block = paragraph(lines[at:end])
        block.gap_before = gap
        placed.append(Placed(block, lines[at].top, lines[end - 1].bottom))
        gap = end < len(lines) and lines[end].top - lines[end - 1].bottom > usual + 0.35 * lines[end - 1].height
        at = end
    return placed


def _right_margin(lines: list[Line], width: float) -> float:
    """Where lines of prose end: the furthest that a line reaches which has another close below. Heads and feet stand alone, and
    reach further. Short lines alone (an address) do not make a margin."""
    followed = [
        above.x1
        for above, below in itertools.pairwise(lines)
        if len(above.segments) == 1 and below.top - above.bottom < 0.6 * above.height and below.x0 < above.x1
    ]
    left = min(line.x0 for line in lines)
    return max([*followed, 0.8 * (width - left)])


def _join_label(line: Line) -> None:
    """ "1.    How many" is a list label and its words, not two cells."""
    if len(line.segments) == 2 and _label().fullmatch(line.segments[0].text):
        second = line.segments[1]
        if re.match(r"[A-Za-z'\"“‘(£]", second.text) and len(second.text) > 2:
            line.segments = [Segment([*line.segments[0].words, *second.words])]


def _fits(line: Line, following: Line, margin: float) -> bool:
    """Whether the next line's first word would have fitted on this line: if so, the line was ended on purpose."""
    word = following.segments[0].words[0]
    return line.x1 + 0.22 * line.height + (word.x1 - word.x0) <= margin + 0.5


def _continues(line: Line, following: Line, margin: float, usual: float) -> bool:
    """Whether `following` goes on with the paragraph of `line`."""
    if len(line.segments) > 1 or len(following.segments) > 1 or _fits(line, following, margin):
        return False
    height = max(line.height, following.height)
    if following.top - line.bottom > usual + 0.35 * height or abs(line.height - following.height) > 0.25 * height:
        return False
    first = following.segments[0].words[0].text
    # A paragraph's second line never stands further left than a hanging label allows, and never begins with a label of its own.
    return not (_label().fullmatch(first) and first[-1] in ".):•●▪◦‣") and following.x0 < line.x0 + 8 * height


def _usual_gap(lines: list[Line], margin: float) -> float:
    """The distance between two lines of one paragraph."""
    gaps = [
        below.top - above.bottom
        for above, below in itertools.pairwise(lines)
        if len(above.segments) == len(below.segments) == 1 and not _fits(above, below, margin) and below.top - above.bottom < above.height
    ]
    typical = median(line.height for line in lines)
    return min(max(median(gaps) if gaps else 0.2 * typical, -0.3 * typical), 0.9 * typical)
