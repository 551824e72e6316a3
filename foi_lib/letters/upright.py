"""Tables of one cell a line, with trailing marks or none: rows rebuilt from the run of cells."""

from __future__ import annotations

import itertools
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.cells import Cell, Grid, numeric, yearish
from foi_lib.letters.lines import Line, words


def pad_row(row: list[Cell], width: int) -> list[Cell]:
    at = row[-1].stop if row else 0
    return [*row, *(Cell("", at, at) for _ in range(width - len(row)))]


def find_trailing(lines: list[Line], i: int) -> Grid | None:
    """Cells each with " |" at their end, rows marked by nothing else: "Month |", "Number |", "June 2021 |", "0 |"."""
    if not lines[i].text.rstrip().endswith("|") or len(lines[i].text) > 90:
        return None
    cells: list[Cell] = []
    blank = solid_so_far = 0
    j = i
    while j < len(lines) and (lines[j].text.rstrip().endswith("|") or (j > i and j + 1 == len(lines) and numeric(lines[j].text))):
        text = lines[j].text
        if blank >= 4 and solid_so_far >= 4:
            break  # a row of nothing but marks parts two tables
        pieces = text.split("|")
        at = 0
        for k, piece in enumerate(pieces):
            stripped = piece.strip()
            if stripped or (k < len(pieces) - 1):
                begin = lines[j].start + at + len(piece) - len(piece.lstrip())
                cells.append(Cell(stripped, begin, begin + len(stripped)))
                blank = 0 if stripped else blank + 1
                solid_so_far += bool(stripped)
            at += len(piece) + 1
        j += 1
    solid = [c for c in cells if c.text]
    if len(solid) < len(cells):  # empty cells at the rows' starts are only marks
        packed = _from_cells(solid, i, j - 1, "trailing") if len(solid) >= 4 else None
        if packed and (len(packed.rows) > 1 or packed.heads):
            return packed
    return _from_cells(cells, i, j - 1, "trailing") if len(cells) >= 4 else None


def find_upright(lines: list[Line], i: int) -> Grid | None:
    """Cells one below the other with no mark at all."""
    if not _cellish(lines[i]):
        return None
    j = i
    cells: list[Cell] = []
    while j < len(lines) and _cellish(lines[j]):
        cells.append(Cell(lines[j].text, lines[j].start, lines[j].end))
        j += 1
    values = sum(numeric(c.text) for c in cells)
    if len(cells) < 4 or values < 2:
        return None
    return _from_cells(cells, i, j - 1, "upright")


def _cellish(line: Line) -> bool:
    return not line.bullet and len(line.text) <= 80 and _cell(line.text)


@lru_cache(maxsize=2048)
def _cell(text: str) -> bool:
    """Whether a line can be a cell; asked of it for each line that a table might begin with."""
    if "\t" in text or text.endswith((":", "?", ";")):
        return False
    if numeric(text) or yearish(text) or quick.match(r"[<>≤≥]\s?\d+.*[a-z]|(?:more|less|fewer) than \d+\s?[a-z]+$", text):
        return True
    if text.endswith(".") and len(words(text)) > 3:
        return False
    if len(words(text)) > 12:
        return False
    # words with a figure inside are a line of their own, not a cell, unless the figure is a period
    return not find_amounts(text, 0, len(text))


def _from_cells(cells: list[Cell], first: int, last: int, kind: str) -> Grid | None:
    """Rows rebuilt from a run of cells: each row is a label and the same number of figures."""
    n = len(cells)
    kinds = ["n" if numeric(c.text) else "y" if yearish(c.text) else "b" if not c.text else "t" for c in cells]
    best: tuple[int, int, int] | None = None  # rows, start, width
    for start in range(min(n - 1, 40)):
        if kinds[start] not in "ty":
            continue
        for width in range(1, 25):
            rows = 0
            at = start
            while at + width < n and kinds[at] in "ty" and all(k in "n" for k in kinds[at + 1 : at + 1 + width]):
                rows += 1
                at += width + 1
                if at < n and kinds[at] == "n":
                    rows -= 1 if rows == 1 else 0
                    break
            tail = at < n and kinds[at] in "ty" and at + width >= n and all(k == "n" for k in kinds[at + 1 :]) and at + 1 < n
            if rows >= 1 and (best is None or rows * (width + 1) > best[0] * (best[2] + 1)):
                if rows == 1 and not tail and n - start > width + 1 and kinds[min(at, n - 1)] == "n":
                    continue
                best = (rows, start, width)
    if best is None or (best[0] < 2 and best[2] < 2):
        return None
    _rows_n, start, width = best
    body: list[list[Cell]] = []
    at = start
    while at < n and kinds[at] in "ty":
        row = cells[at : at + width + 1]
        if len(row) < 2 or not all(k == "n" for k in kinds[at + 1 : at + len(row)]):
            break
        body.append(pad_row(list(row), width + 1))
        at += width + 1
    heads = _heads(cells[:start], width)
    used_last = first + at - 1 if kind == "upright" else last
    skipped = start - sum(len([c for c in h if c is not None and c.text]) for h in heads[1]) if heads[0] else start
    grid = Grid(
        heads[1], body, 1, first + (max(0, skipped) if kind == "upright" else 0), used_last, kind=kind, doubt=heads[2], titles=heads[3]
    )
    return grid


def _heads(cells: list[Cell], width: int) -> tuple[bool, list[list[Cell]], str | None, list[str]]:
    """Header rows from the cells before the first row; a row of fewer heads spans the ones under it."""
    filled = [c for c in cells if c.text]
    rows: list[list[Cell]] = []
    rest = filled
    if len(rest) < width:
        if width == 1 and rest:
            rows.append([Cell("", rest[-1].begin, rest[-1].begin), rest[-1]])
            return True, rows, None, [c.text for c in rest[:-1]]
        return False, [], None, [c.text for c in rest]
    lowest = rest[-width:]
    rest = rest[:-width]
    rows.insert(0, [Cell("", lowest[0].begin, lowest[0].begin), *lowest])
    for groups in range(width - 1, 1, -1):  # the narrowest span whose heads come round again
        if width % groups:
            continue
        for corner in (0, 1):  # the corner's head stands before the spanning row, or between the two
            if len(rest) < groups + corner:
                continue
            stop = len(rest) - corner
            above = _spans(rest[stop - groups : stop], lowest, width)
            if above:
                if corner:
                    rows[0][0] = rest[-1]
                rows.insert(0, above)
                rest = rest[: stop - groups]
                if rest and not corner:
                    rows[-1][0] = rest.pop()
                return True, rows, None, [c.text for c in rest]
    if rest:
        rows[-1][0] = rest[-1]
        rest = rest[:-1]
    return True, rows, None, [c.text for c in rest]


def _spans(block: list[Cell], lowest: list[Cell], width: int) -> list[Cell] | None:
    """Heads that each stand over the same number of the columns below, where those columns' heads come round again."""
    groups = len(block)
    low = [c.text.lower()[:4] for c in lowest]
    span = width // groups
    if all(low[k] == low[k % span] for k in range(width)) and len({c.text for c in block}) == groups:
        return [Cell("", block[0].begin, block[0].begin), *itertools.chain.from_iterable([c] * span for c in block)]
    return None
