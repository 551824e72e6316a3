"""Tables whose cells ran together: split so that the columns add up, and always for review."""

from __future__ import annotations

import itertools
import re

from foi_lib.letters.cells import Cell, Grid
from foi_lib.letters.lines import Line

_RUN_YEARS = re.compile(
    r"^\W*[A-Za-z ]{0,30}?(?P<years>(?:(?:19|20)\d\d[/-](?:\d{4}|\d\d)){2,}|(?:(?:19|20)\d\d){2,})\s*(?P<total>total)?$", re.I
)


_RUN_ROW = re.compile(r"^(?P<label>[A-Za-z][^\d£]{0,70}?)\s?(?P<digits>(?:£?[\d,]+(?:\.\d\d)?){1,12})$")


def find_glued(lines: list[Line], i: int) -> Grid | None:
    """A row of years with no gap, and rows of digits with none: split so that the columns add up, and always for review."""
    head = _RUN_YEARS.match(lines[i].text)
    if not head:
        return None
    totalled = bool(head["total"])
    years = list(re.finditer(r"(?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d", head["years"]))
    width = len(years) + totalled
    base = lines[i].start + head.start("years")
    columns = [Cell(m.group(), base + m.start(), base + m.end()) for m in years]
    if totalled:
        columns.append(Cell("Total", lines[i].start + head.start("total"), lines[i].start + head.end("total")))
    rows: list[tuple[Line, re.Match[str]]] = []
    j = i + 1
    while j < len(lines):
        m = _RUN_ROW.match(lines[j].text)
        if not m or len(re.sub(r"\D", "", m["digits"])) < width:
            break
        rows.append((lines[j], m))
        j += 1
    if not rows or width > 8:
        return None
    options = [_splits(m["digits"], width) for _, m in rows]
    if totalled:  # the last figure is the sum of those before it
        options = [[p for p in o if sum(map(_plain, p[:-1])) == _plain(p[-1])] or o for o in options]
    if any(not o for o in options):
        return None
    total = next((k for k, (_, m) in enumerate(rows) if re.match(r"(?:grand )?total", m["label"], re.I)), None)
    chosen = _reconcile(options, total, width)
    body: list[list[Cell]] = []
    for (line, m), split in zip(rows, chosen, strict=True):
        cells = [Cell(m["label"].strip(), line.start, line.start + len(m["label"].strip()))]
        at = line.start + m.start("digits")
        for piece in split:
            cells.append(Cell(piece, at, at + len(piece)))
            at += len(piece)
        body.append(cells)
    return Grid([[Cell("", base, base), *columns]], body, 1, i, j - 1, doubt="table_cells_run_together", kind="glued")


def _plain(text: str) -> float:
    return float(re.sub(r"[^\d.]", "", text) or 0)


def _splits(digits: str, width: int) -> list[tuple[str, ...]]:
    """Ways to part a run of digits into `width` figures, the evenest first; no figure begins with a needless 0."""
    if "," in digits or "£" in digits:
        pieces = re.findall(r"£[\d,]+(?:\.\d\d)?|\d{1,3}(?:,\d{3})+", digits)
        return [tuple(pieces)] if len(pieces) == width and "".join(pieces) == digits else []
    n = len(digits)
    if width == 1:
        return [(digits,)]
    found = []
    for cuts in itertools.islice(itertools.combinations(range(1, n), width - 1), 4000):
        edges = (0, *cuts, n)
        pieces_t = tuple(digits[a:b] for a, b in itertools.pairwise(edges))
        if all(p == "0" or p[0] != "0" for p in pieces_t):
            sizes = [len(p) for p in pieces_t]
            found.append((max(sizes) - min(sizes), pieces_t))
    found.sort(key=lambda f: f[0])
    return [p for _, p in found]


def _reconcile(options: list[list[tuple[str, ...]]], total: int | None, width: int) -> list[tuple[str, ...]]:
    first = [o[0] for o in options]
    if total is None or len(options) < 3:
        return first
    parts = [k for k in range(len(options)) if k != total]
    size = 1
    for k in parts:
        size *= min(len(options[k]), 12)
    if size > 20000:
        return first
    sums: dict[tuple[int, ...], tuple[tuple[str, ...], ...]] = {(0,) * width: ()}  # the columns' sums → the first rows that give them
    for k in parts:
        grown: dict[tuple[int, ...], tuple[tuple[str, ...], ...]] = {}
        for row in options[k][:12]:
            figures = [int(cell) for cell in row]
            for before, rows in sums.items():
                grown.setdefault(tuple(x + y for x, y in zip(before, figures, strict=True)), (*rows, row))
        sums = grown
    wanted = [(target, tuple(int(cell) for cell in target)) for target in options[total][:12]]
    agreed = next(((target, sums[want]) for target, want in wanted if want in sums), None)
    if agreed is None:
        _, agreed = min(
            (
                (sum(abs(x - y) for x, y in zip(got, want, strict=True)), (target, rows))
                for target, want in wanted
                for got, rows in sums.items()
            ),
            key=lambda near: near[0],
        )
    out = list(first)
    out[total] = agreed[0]
    for k, row in zip(parts, agreed[1], strict=True):
        out[k] = row
    return out
