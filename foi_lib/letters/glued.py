"""Tables whose cells ran together: split so that the columns add up, and always for review."""

from __future__ import annotations

import itertools
import re

from foi_lib import quick
from foi_lib.letters.cells import Cell, Grid
from foi_lib.letters.lines import Line

_RUN_YEARS = re.compile(
    r"^\W*[A-Za-z ]{0,30}?(?P<years>(?:(?:19|20)\d\d[/-](?:\d{4}|\d\d)){2,}|(?:(?:19|20)\d\d){2,})\s*(?P<total>total)?\s?(?:\([^()\n]{0,40}\))?$", re.I
)


_RUN_ROW = re.compile(r"^(?P<label>[A-Za-z][^\d£]{0,70}?)\s?(?P<digits>(?:£?[\d,]+(?:\.\d\d)?){1,12})$")


_RUN_ALONE = re.compile(r"^(?P<label>)(?P<digits>\d{2,})$")  # a row with no name under the years: "1527"


_YEAR_FIGURE = re.compile(r"^(?P<year>(?P<a>(?:19|20)\d\d)/(?P<b>\d\d))(?P<count>\d[\d,]*)?(?P<sum>£[\d,]+(?:\.\d\d)?)?$")
_TOTAL_SUM = re.compile(r"^\s?(?:grand )?total(?P<count>\d[\d,]*)?(?P<sum>£[\d,]+(?:\.\d\d)?)?$", re.I)


def find_year_rows(lines: list[Line], i: int) -> Grid | None:
    """Rows in which a financial year runs into its figures: "2019/20412", "2020/2177£64,200.50"; always for review."""
    rows: list[tuple[Line, re.Match[str]]] = []
    j = i
    while j < len(lines):
        m = _YEAR_FIGURE.match(lines[j].text)
        if not m or int(m["b"]) != (int(m["a"]) + 1) % 100 or not (m["count"] or m["sum"]):
            break
        if rows and int(m["a"]) != int(rows[-1][1]["a"]) + 1:
            break
        rows.append((lines[j], m))
        j += 1
    if len(rows) < 2 or len({(bool(m["count"]), bool(m["sum"])) for _, m in rows}) > 1:
        return None
    groups = [name for name in ("count", "sum") if rows[0][1][name]]
    names = [n.strip() for n in re.split(r"(?<=[a-z])(?=[A-Z])", lines[i - 1].text)] if i else []
    heads = []
    if len(names) == len(groups) + 1:
        at = lines[i - 1].start
        for name in names:
            at = lines[i - 1].start + lines[i - 1].text.index(name, at - lines[i - 1].start)
            heads.append(Cell(name, at, at + len(name)))
    last = _TOTAL_SUM.match(lines[j].text) if j < len(lines) else None
    body = []
    for line, m in [*rows, *([(lines[j], last)] if last and (last["count"] or last["sum"]) else [])]:
        year = m.groupdict().get("year") or "Total"
        cells = [Cell(year, line.start, line.start + len(year))]
        for name in groups:
            cells.append(Cell(m[name], line.start + m.start(name), line.start + m.end(name)) if m[name] else Cell("", line.end, line.end))
        body.append(cells)
    return Grid([heads] if heads else [], body, 1, i - bool(heads), i + len(body) - 1, doubt="table_cells_run_together", kind="glued")


def find_glued(lines: list[Line], i: int) -> Grid | None:
    """A row of years with no gap, and rows of digits with none: split so that the columns add up, and always for review."""
    text = lines[i].text
    head = _RUN_YEARS.match(text) if "20" in text or "19" in text else None
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
        m = _RUN_ROW.match(lines[j].text) or (_RUN_ALONE.match(lines[j].text) if j == i + 1 else None)
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
    total = next((k for k, (_, m) in enumerate(rows) if quick.match(r"(?:grand )?total", m["label"], re.I)), None)
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


def _pence(text: str) -> int:
    """A cell as a whole number of hundredths: "1,234" and "£12.50" too."""
    return int(text) * 100 if text.isdecimal() else round(_plain(text) * 100)


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
    wanted = options[total][:12]
    unit = 1 + sum(max(_pence(cell) for row in options[k][:12] for cell in row) for k in (*parts, total))  # no column's sum is as large
    # the columns' sums, as one number of `unit` → their own sum, and the first rows that give them
    sums: dict[int, tuple[int, tuple[tuple[str, ...], ...]]] = {0: (0, ())}
    for k in parts:
        grown: dict[int, tuple[int, tuple[tuple[str, ...], ...]]] = {}
        for row in options[k][:12]:
            columns, whole = _packed(row, unit), sum(map(_pence, row))
            for before, (size, rows) in sums.items():
                if (key := before + columns) not in grown:
                    grown[key] = (size + whole, (*rows, row))
        sums = grown
    agreed = next(((target, sums[want][1]) for target in wanted if (want := _packed(target, unit)) in sums), None)
    if agreed is None:
        agreed = _nearest(wanted, sums, unit)
    out = list(first)
    out[total] = agreed[0]
    for k, row in zip(parts, agreed[1], strict=True):
        out[k] = row
    return out


def _packed(row: tuple[str, ...], unit: int) -> int:
    """Several figures as one number, so that a row is added to others in one step."""
    number = 0
    for cell in row:
        number = number * unit + _pence(cell)
    return number


def _nearest(
    wanted: list[tuple[str, ...]], sums: dict[int, tuple[int, tuple[tuple[str, ...], ...]]], unit: int
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The total, and the rows, whose columns differ least: the first such total, and the first such rows.

    Columns differ by as much as their sums do or by more, so only rows whose sum is near enough are looked at.
    """
    by_size: dict[int, list[tuple[int, int]]] = {}
    for n, (key, (size, _)) in enumerate(sums.items()):
        by_size.setdefault(size, []).append((n, key))
    best: tuple[float, int, int, int] = (float("inf"), 0, 0, 0)  # how far, which total, which rows, their sums
    for t, target in enumerate(wanted):
        cells = [_pence(cell) for cell in reversed(target)]
        goal = sum(cells)
        for size in sorted(by_size, key=lambda size: (abs(size - goal), size)):
            if abs(size - goal) > best[0]:
                break
            for n, key in by_size[size]:
                far, left = 0, key
                for cell in cells:
                    left, got = divmod(left, unit)
                    far += abs(got - cell)
                best = min(best, (far, t, n, key))
    return wanted[best[1]], sums[best[3]][1]
