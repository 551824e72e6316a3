"""Tables in the text of a letter, however they were damaged: tabbed, piped, one cell a line, spaced out, run together.

A `Grid` is rows of cells with their places, and what stands at their heads. It holds no meaning yet: `figures` gives it that.
"""

from __future__ import annotations

import itertools
import re

from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.cells import Cell, Grid, numeric, yearish
from foi_lib.letters.chained import find_chained
from foi_lib.letters.columns import find_columns, find_months
from foi_lib.letters.flowed import find_flowed
from foi_lib.letters.glued import find_glued, find_year_rows
from foi_lib.letters.lines import Line, words
from foi_lib.letters.listed import find_listed
from foi_lib.letters.spaced import find_spaced
from foi_lib.letters.upright import find_trailing, find_upright, pad_row


def _cells(line: Line, marks: str) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    for piece in line.text.split(marks):
        stripped = piece.strip()
        begin = line.start + at + (len(piece) - len(piece.lstrip()) if stripped else 0)
        cells.append(Cell(stripped, begin, begin + len(stripped)))
        at += len(piece) + len(marks)
    return cells


def find_grids(lines: list[Line]) -> list[Grid]:
    """Every table among the lines, in order; lines in none are left to be read as text."""
    grids: list[Grid] = []
    i = 0
    while i < len(lines):
        grid = (
            _delimited(lines, i) or find_months(lines, i) or find_columns(lines, i) or find_listed(lines, i) or find_chained(lines, i)
            or find_flowed(lines, i) or find_trailing(lines, i) or find_glued(lines, i) or find_year_rows(lines, i)
            or find_upright(lines, i) or find_spaced(lines, i)
        )  # fmt: skip
        if grid:
            grids.append(grid)
            i = grid.last + 1
        else:
            i += 1
    return grids


# tabs and pipes ------------------------------------------------------------------------------------------------------


_SLASH = " / "


def _slashed(lines: list[Line], i: int) -> bool:
    """Cells parted by " / ", as some pages give them: "2021/22 / 2022/23 / Total" over "Libraries / 4 / 2 / 6"."""
    marks = lines[i].text.count(_SLASH)
    if not marks or i + 1 >= len(lines):
        return False
    below = lines[i + 1].text.split(_SLASH)
    if "(" in below[0] and ")" not in below[0]:
        return False  # "12 (2021 / 2022)"
    return len(below) > 1 and (len(below) - 1 == marks or (marks > 1 and len(below) - 2 == marks)) and all(numeric(c) for c in below[1:])


def _delimited(lines: list[Line], i: int) -> Grid | None:
    mark = "\t" if "\t" in lines[i].text else "|" if lines[i].text.strip("|").count("|") >= 1 else _SLASH if _slashed(lines, i) else None
    if mark is None:
        return None
    j = i
    rows: list[list[Cell]] = []
    dropped: list[Cell | None] = []
    width = 0
    while j < len(lines):
        text = lines[j].text
        if mark in text.strip() or (mark == "|" and text.startswith("|")):
            if re.fullmatch(r"[\s|:+=-]+", text) and "-" in text:
                j += 1
                continue  # the rule under a heading
            body = _cells(lines[j], mark)
            if mark == "|":
                dropped.append(body[0] if not body[0].text and text.lstrip().startswith("|") else None)
                if dropped[-1] is not None:
                    body = body[1:]
                if body and not body[-1].text and text.rstrip().endswith("|"):
                    body = body[:-1]
            rows.append(body)
            width = max(width, len(body))
            j += 1
            continue
        # a cell wrapped on to a line of its own, or the first header word before a row of tabs
        if (
            rows
            and j + 1 < len(lines)
            and mark in lines[j + 1].text
            and len(text) < 60
            and not lines[j].gap
            and not text.endswith((".", "?", ":"))
            and not find_amounts(text, 0, len(text))
        ):
            rows[-1][-1] = Cell(rows[-1][-1].text + " " + text, rows[-1][-1].begin, lines[j].end)
            j += 1
            continue
        break
    if len(rows) < 2 and not (rows and width >= 3):
        return None
    for r, first in enumerate(dropped if mark == "|" else []):
        if first is not None and len(rows[r]) == width - 1 and any(c.text for c in rows[r]) and r:
            rows[r] = [first, *rows[r]]  # the row's name is blank, not the table's edge
    head = 1 if len(rows) > 1 and _heading(rows[0]) else 0
    figures = any(numeric(c.text) for r in rows[1:] for c in r[1:])
    while (
        head
        and figures
        and head < len(rows) - 1
        and _heading(rows[head])
        and not (rows[head][0].text and len([c for c in rows[head] if c.text]) == 1)
    ):
        head += 1
    heads = [pad_row(row, width) for row in rows[:head]]
    under = [pad_row(row, width) for row in rows[head:]]
    while width > 2 and not any(row[-1].text for row in (*heads, *under)):
        heads, under, width = [row[:-1] for row in heads], [row[:-1] for row in under], width - 1  # the table's edge
    _shift_heads(heads, under, width)
    if heads and under and all(yearish(c.text) for c in heads[-1]) and all(numeric(row[0].text) for row in under):
        # years over figures from the first column on: no column names the rows
        heads, under = ([[Cell("", row[0].begin, row[0].begin), *row] for row in part] for part in (heads, under))
    return Grid(heads, under, _label_columns(under), i, j - 1, kind="delimited")


def _blank_first(body: list[list[Cell]]) -> bool:
    """Rows with nothing in their first column: a head over it and none over the last has slipped by one."""
    return bool(body) and not any(r[0].text for r in body)


def _shift_heads(heads: list[list[Cell]], body: list[list[Cell]], width: int) -> None:
    """A header row one cell short of its body lacks the corner cell."""
    for head in heads:
        filled = [c for c in head if c.text]
        if (
            not filled
            or not head[0].text
            or head[-1].text
            or len(filled) >= width
            or not (sum(bool(r[0].text) for r in body) * 2 > len(body) or (_blank_first(body) and any(r[-1].text for r in body)))
        ):
            continue
        if any(not c.text for c in head[: len(filled)]):
            continue  # blanks inside: the cells stand where they stand
        corner = Cell("", head[0].begin, head[0].begin)
        if len(filled) == width - 1:
            head[:] = [corner, *filled]
        elif (width - 1) % len(filled) == 0 and len(heads) > 1:
            head[:] = [corner, *itertools.chain.from_iterable([c] * ((width - 1) // len(filled)) for c in filled)]


def _heading(row: list[Cell]) -> bool:
    filled = [c for c in row if c.text]
    if not filled:
        return True
    data = [c for c in filled[1:] if numeric(c.text)]
    if len(filled) == 1:
        return not numeric(filled[0].text)
    if len(row) == 2 and len(words(filled[0].text)) > 2 and yearish(filled[-1].text):
        return False  # "Year of introduction | 2019" is a row
    return not data and (all(yearish(c.text) for c in filled[1:]) or not any(find_amounts(c.text, 0, len(c.text)) for c in filled[1:]))


def _label_columns(rows: list[list[Cell]]) -> int:
    """How many leading columns hold words rather than figures."""
    if not rows:
        return 1
    width = max(len(r) for r in rows)
    n = 0
    for column in range(width - 1):
        filled = [r[column].text for r in rows if column < len(r) and r[column].text]
        if filled and sum(numeric(t) for t in filled) * 2 > len(filled):
            break
        n += 1
    return max(n, 1) if n < width else max(width - 1, 1)


# one cell a line -----------------------------------------------------------------------------------------------------


# figures in columns parted by spaces -----------------------------------------------------------------------------------


# cells run together ----------------------------------------------------------------------------------------------------
