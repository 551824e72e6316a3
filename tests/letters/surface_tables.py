# ruff: noqa: E501  (patterns and letters are read sideways)
"""Tables drawn in another way: the same cells between pipes, tabs or blanks, or one to a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .surface import Change, Letter

Cells = list[list[str]]


def tables(draw: Callable[[Cells], str], whole: bool = False, plain: bool = False) -> Change:
    """Every table that pipes or tabs show drawn anew. `whole`: only where no cell is empty; `plain`: only where all cells but the first are one word."""

    def change(letter: Letter) -> str:
        out: list[str] = []
        for part in _parts(letter.text.split("\n")):
            if isinstance(part, str):
                out.append(part)
                continue
            cells = part
            if whole and any(not cell for row in cells for cell in row):
                return letter.text
            if plain and any(re.search(r"\s", cell) for row in cells for cell in row[1:]):
                return letter.text
            if plain and any(re.search(r"\d", row[0]) and re.search(r"\s", row[0]) for row in cells):
                return letter.text
            out.append(draw(cells))
        return "\n".join(out)

    return change


def _cells(line: str) -> list[str] | None:
    if line.count("|") >= 2 or re.search(r"\S \| \S", line):
        inner = line.strip()
        inner = inner[1:] if inner.startswith("|") else inner
        inner = inner[:-1] if inner.endswith("|") else inner
        return [cell.strip() for cell in inner.split("|")]
    if "\t" in line.strip("\n "):
        return [cell.strip() for cell in line.strip("\n ").split("\t")]
    return None


def _parts(lines: list[str]) -> Iterator[str | Cells]:
    """The text's lines, and its tables: two or more rows of as many cells."""
    at = 0
    while at < len(lines):
        rows: Cells = []
        end = at
        while end < len(lines) and (cells := _cells(lines[end])) is not None and (not rows or len(cells) == len(rows[0])) and len(cells) > 1:
            rows.append(cells)
            end += 1
        if len(rows) < 2:
            yield lines[at]
            at += 1
            continue
        rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
        yield rows
        at = end


def pipes(cells: Cells) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in cells)


def ruled(cells: Cells) -> str:
    rows = pipes(cells).split("\n")
    return "\n".join([rows[0], "|" + "---|" * len(cells[0]), *rows[1:]])


def open_pipes(cells: Cells) -> str:
    return "\n".join(" | ".join(row) for row in cells)


def tabs(cells: Cells) -> str:
    return "\n".join("\t".join(row) for row in cells)


def blanks(cells: Cells) -> str:
    """Columns set with runs of blanks, as a fixed pitch shows them."""
    widths = [max(len(row[i]) for row in cells) for i in range(len(cells[0]))]
    return "\n".join("   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in cells)


def single_blanks(cells: Cells) -> str:
    return "\n".join(" ".join(row) for row in cells)


def stacked(cells: Cells) -> str:
    return "\n".join(cell for row in cells for cell in row)


def stacked_apart(cells: Cells) -> str:
    return "\n\n".join(cell for row in cells for cell in row)
