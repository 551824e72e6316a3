"""Paragraphs and tables on their way to text: what readers of word processors' files and of HTML make alike, so that one
letter gives the same lines in every format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from foi_lib.documents.build import Builder, clean
from foi_lib.documents.model import Cell, Doubtful, Furniture, Table


@dataclass
class Paragraph:
    """A paragraph: its words (line breaks as newlines), and whether the page shows a gap before and after it."""

    words: str
    gap_before: bool = False
    gap_after: bool = False
    page_break: bool = False  # a page begins with it
    close_to: str = ""  # no gap between two paragraphs that name the same style here (lists)
    doubts: tuple[tuple[int, int, float], ...] = ()  # stretches of `words` that were recognised from a picture, with confidence
    kind: str = ""  # "header", "footer", "quoted_message": furniture


@dataclass
class Grid:
    """A table: rows of cells, a cell a list of blocks. Merged places are empty cells, so that columns stay columns."""

    rows: list[list[list[Block]]] = field(default_factory=list)


Block = Paragraph | Grid


def write_blocks(blocks: Sequence[Block], out: Builder) -> None:
    """Blocks as lines: a paragraph a line, a blank line where the page shows a gap, a table row a line of tab-separated cells."""
    gap, close_to = False, ""
    for block in blocks:
        if isinstance(block, Grid):
            out.blank()
            _write_grid(block, out)
            gap, close_to = True, ""
            continue
        if block.page_break:
            out.begin_page()
            gap = False
        if (gap or block.gap_before) and not (close_to and close_to == block.close_to):
            out.blank()
        start, end = out.line(tidy(block.words))
        if block.kind and end > start:
            out.furniture.append(Furniture(start, end, block.kind))
        out.doubtful += [Doubtful(start + first, min(start + last, end), sure) for first, last, sure in block.doubts if start + first < end]
        gap, close_to = block.gap_after, block.close_to


def tidy(words: str) -> str:
    """Clean text without spaces at the ends of its lines. Tabs and runs of spaces within a line are its layout, and stay."""
    if words.isprintable():
        return words.strip(" ")
    return re.sub(r"[ \t]+\n", "\n", clean(words).replace("\f", "\n")).strip(" \t\n")


def with_address(words: str, address: str) -> str:
    """The words of a link followed by its address in angle brackets, where it is a web page that the words do not name."""
    bare = re.sub(r"^https?://(www\.)?|/$", "", address)
    if not re.match(r"(?i)https?://", address) or bare in words or not words.strip():
        return words
    return f"{words} <{address}>"


def raised(words: str, before: str) -> str:
    """Small raised words: a figure is the sign of a note, and must not join the figure before it ("12" and a raised "1")."""
    sign = words.strip()
    if re.fullmatch(r"\d{1,2}|[*†‡]|\(?[a-z]\)", sign) and not re.search(r"\b(m|km|cm|mm|ft)$", before):
        return f" [note {sign.strip('()')}]"
    return words


def flat(blocks: Sequence[Block]) -> str:
    """A cell's words on one line."""
    words = []
    for block in blocks:
        if isinstance(block, Paragraph):
            words.append(block.words)
        else:
            words += [flat(cell) for row in block.rows for cell in row]
    return " ".join(clean(" ".join(words)).split())


def _is_long(cell: Sequence[Block]) -> bool:
    """A cell that holds a passage of the letter rather than an entry: kept in paragraphs of its own."""
    paragraphs = [block for block in cell if isinstance(block, Paragraph) and block.words.strip()]
    return any(isinstance(block, Grid) for block in cell) or len(paragraphs) > 3


def _write_grid(grid: Grid, out: Builder) -> None:
    start, cells = out.length, []
    rows = [row for row in grid.rows if row]
    boxes = all(len(row) == 1 for row in rows)  # frames round text are no table
    for number, row in enumerate(rows):
        out.count_cells(len(row))
        if boxes or any(_is_long(cell) for cell in row):
            for column, cell in enumerate(row):
                out.blank()
                at = out.length
                write_blocks(cell, out)
                cells.append(Cell(number, column, at, max(at, out.length - 1)))
            out.blank()
            continue
        for column, cell in enumerate(row):
            if column:
                out.add("\t")
            cells.append(Cell(number, column, *out.add(flat(cell))))
            _doubt(cell, cells[-1], out)
        out.add("\n")
    if cells and not boxes:
        out.tables.append(Table(out.page_number, start, out.length, tuple(cells)))
    out.blank()


def _doubt(blocks: Sequence[Block], cell: Cell, out: Builder) -> None:
    """A cell is as sure as its least sure line."""
    doubts = [sure for block in blocks if isinstance(block, Paragraph) for _, _, sure in block.doubts]
    if doubts and cell.end > cell.start:
        out.doubtful.append(Doubtful(cell.start, cell.end, min(doubts)))
