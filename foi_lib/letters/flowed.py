"""Tables whose rows no longer follow the text's lines: cells over several lines, several on one, or the whole table on one.

A run of years heads the columns; then names and figures come in turn. Such a table is taken only where every name has
exactly as many figures as there are columns, or where the figures left out are told by the totals.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from foi_lib.letters.cells import Cell, Grid, numeric
from foi_lib.letters.lines import Line
from foi_lib.letters.periods import MONTHS, find_periods

_CHUNK = re.compile(r"[^\s|]+")
_MONTH = re.compile(r"(?P<name>jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[-/ '’](?P<yy>[0-4]\d)", re.I)
_TOTAL = re.compile(r"(?:grand\s|overall\s)?(?:total|sum|overall)s?\W*", re.I)
_YEAR_IN = re.compile(r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[-/'’ ][0-4]\d\s*\|?$|(?:FY\s?|Y)?(?:(?:19|20)\d\d|\d\d[/-]\d\d)\b", re.I)
_YEAR = re.compile(r"Y((?:19|20)\d\d)")
_SENTENCE = re.compile(r"[a-z]{2,}[.?!](?:\s|$)")
_LONGEST = 70  # characters of a row's name
_MOST = 14  # columns
_CELLS = 400  # of a table on one line


@dataclass(slots=True)
class _Row:
    name: str
    begin: int
    stop: int
    cells: list[Cell]
    line: int


def _chunks(line: Line) -> list[Cell]:
    return [Cell(m.group(), line.start + m.start(), line.start + m.end()) for m in _CHUNK.finditer(line.text)]


def _years(line: Line) -> list[Cell]:
    """The years of a line, where they are one after the other and nothing but words stands beside them; or the month it consists of."""
    month = _MONTH.fullmatch(line.text.strip(" |"))
    if month:
        return [Cell(f"{month['name']} 20{month['yy']}", line.start, line.start + month.end())]
    found = [p for p in find_periods(line.text) if p.start and p.kind in ("calendar_year", "financial_year", "academic_year")]
    cells = [Cell(line.text[p.begin : p.stop], line.start + p.begin, line.start + p.stop) for p in found]
    return cells or [Cell(m[1], line.start + m.start(1), line.start + m.end(1)) for m in _YEAR.finditer(line.text)]


def _first_year(cell: Cell) -> int:
    month = _MONTH.fullmatch(cell.text.replace(" 20", "-"))
    if month:
        return 12 * int(month["yy"]) + MONTHS[month["name"].lower()]
    m = re.search(r"(?:19|20)\d\d|\d\d", cell.text)
    year = int(m.group()) if m else 0
    return year + 2000 if year < 100 else year


def _runs_on(years: list[Cell]) -> bool:
    steps = {_first_year(b) - _first_year(a) for a, b in itertools.pairwise(years)}
    alike = len({len(y.text) for y in years}) == 1 or all(_MONTH.fullmatch(y.text.replace(" 20", "-")) for y in years)
    return len(years) > 1 and (steps == {1} or steps == {-1}) and alike


def find_flowed(lines: list[Line], i: int) -> Grid | None:
    """A table whose cells do not keep to the lines, headed by years from line `i` on; None unless its figures come out even."""
    text = lines[i].text
    if "\t" in text or text.strip(" |").count("|") > 1:
        return None
    if len(text) < 40 and not any(c.isdigit() for c in text) and text[-1:] not in ".:?;":  # the corner, or a row of marks
        at = next((n for n in range(i + 1, min(i + 4, len(lines))) if _YEAR_IN.match(lines[n].text)), None)
        between = lines[i + 1 : at] if at is not None else []
        return _over_lines(lines, at, i) if at is not None and not any(len(ln.text) > 40 or any(map(str.isdigit, ln.text)) for ln in between) else None
    years = _years(lines[i]) if _YEAR_IN.search(text) else []
    if not years:
        return None
    run = years[:2]
    if not _runs_on(run):
        run = []
    while run and len(run) < min(len(years), _MOST) and _runs_on([run[-2], run[-1], years[len(run)]]):
        run.append(years[len(run)])
    whole = (_one_line(lines[i], i, run) if run else None) or _year_rows(lines[i], i, years)
    return whole or (_over_lines(lines, i, i) if len(years) <= _MOST else None)


# the whole table on one line ------------------------------------------------------------------------------------------


def _one_line(line: Line, i: int, years: list[Cell]) -> Grid | None:
    tail = [c for c in _chunks(line) if c.begin >= years[-1].stop][:_CELLS]
    if sum(numeric(c.text) for c in tail) < len(years):
        return None
    total: Cell | None = None
    if sum(_plain(c.text) for c in tail) == len(years):
        pass  # "2021/22 2022/23 Total 61 47": the name of the one row
    elif tail and _TOTAL.fullmatch(tail[0].text):
        total = tail.pop(0)
    elif len(tail) > 1 and _TOTAL.fullmatch(f"{tail[0].text} {tail[1].text}"):
        total = Cell("Total", tail[0].begin, tail[1].stop)
        tail = tail[2:]
    width = len(years) + bool(total)
    rows: list[_Row] = []
    name: list[Cell] = []
    cells: list[Cell] = []
    for chunk in tail:
        if len(cells) == width and chunk.text in ("-", "–"):
            break  # what follows the table
        if _plain(chunk.text) and (name or cells):
            cells.append(chunk)
            if len(cells) > width:
                return None
            continue
        if cells:
            if len(cells) != width:
                return None
            rows.append(_Row(" ".join(c.text for c in name), name[0].begin, name[-1].stop, cells, i))
            name, cells = [], []
        name.append(chunk)
    if cells and len(cells) == width:
        rows.append(_Row(" ".join(c.text for c in name), name[0].begin, name[-1].stop, cells, i))
    elif cells:
        return None
    alone = len(rows) == 1 and (_TOTAL.fullmatch(rows[0].name) or (total and _adds_up(rows[0].cells)))
    if not rows or (len(rows) < 2 and not alone):
        return None
    return _grid(years, total, rows, i, i)


def _year_rows(line: Line, i: int, years: list[Cell]) -> Grid | None:
    """Rows that begin with their years, all on one line: "2020/21 18 306.42 2021/22 36 977.05"."""
    if not 3 <= len(years) <= _MOST * 3:
        return None
    chunks = _chunks(line)
    while len(years) > 2 and not _runs_on(years):
        years = years[1:] if not _runs_on(years[:2]) else years[:-1]
    if len(years) < 3 or not _runs_on(years):
        return None
    stops = [*(y.begin for y in years[1:]), line.end + 1]
    rows: list[list[Cell]] = []
    for year, stop in zip(years, stops, strict=True):
        own = [c for c in chunks if year.stop <= c.begin < stop]
        width = len(rows[0]) - 1 if rows else next((n for n, c in enumerate(own) if not _plain(c.text)), len(own))
        figures = own[:width]
        last = stop > line.end
        if not width or len(figures) < width or not all(_plain(c.text) for c in figures) or (len(own) > width and not last):
            return None
        if last and len(own) > width and _plain(own[width].text):
            return None
        rows.append([year, *figures])
    return Grid([], rows, 1, i, i, kind="flowed")


# cells over several lines ---------------------------------------------------------------------------------------------


def _header(lines: list[Line], i: int) -> tuple[list[Cell], Cell | None, int] | None:
    """The run of years from line `i`, the head of a total, and the first line after them."""
    years: list[Cell] = []
    total: Cell | None = None
    grand = False
    j = i
    while j < len(lines) and j < i + _MOST + 6:
        text = lines[j].text.strip(" |")
        here = _years(lines[j])
        if len(years) + len(here) > _MOST:
            return None
        if here and not any(numeric(c.text) for c in _chunks(lines[j])) and (not years or _runs_on([*years, *here])):
            rest = text
            for cell in here:
                rest = rest.replace(cell.text, "", 1)
            if len(re.sub(r"\bY\b|\W", "", rest)) > (24 if years else 60) and not _TOTAL.search(rest):
                return None
            years += here
            after = re.search(r"(?:grand\s|overall\s)?(?:total|sum)s?\W*$", rest, re.I)
            if after:
                total = Cell("Total", lines[j].end, lines[j].end)
        elif years and _TOTAL.fullmatch(text):
            below = _chunks(lines[j + 1]) if j + 1 < len(lines) else []
            if total is not None or (below and not grand and all(_plain(c.text) for c in below)):
                break  # the name of a row
            total = Cell(text, lines[j].start, lines[j].end)
        elif years and text.casefold() == "grand":
            grand = True
        else:
            break
        j += 1
    return (years, total, j) if len(years) > 1 and _runs_on(years) and len(years) <= _MOST else None


def _plain(text: str) -> bool:
    """A figure of the body, a number that looks like a year too."""
    return numeric(text) or bool(re.fullmatch(r"(?:19|20)\d\d", text))


def _over_lines(lines: list[Line], i: int, begin: int) -> Grid | None:
    head = _header(lines, i)
    if head is None:
        return None
    years, total, j = head
    for width in (len(years) + 1, len(years)) if total is not None else (len(years),):
        rows, last = _rows(lines, j, width)
        if len(rows) < 2:
            continue
        if j == i + 1 and last - j + 1 == len(rows):
            return None  # a line a row: the other readers know such tables
        return _grid(years, total if width > len(years) else None, rows, begin, last)
    return None


def _rows(lines: list[Line], j: int, width: int) -> tuple[list[_Row], int]:
    """Names and their figures in turn, as long as each has `width`; with the index of the last line used."""
    rows: list[_Row] = []
    name: list[Cell] = []
    cells: list[Cell] = []
    last = j - 1
    while j < len(lines):
        line = lines[j]
        chunks = _chunks(line)
        if not chunks:
            j += 1
            continue
        k = len(chunks)
        while k and _plain(chunks[k - 1].text):
            k -= 1
        if not k and not name and not cells and not any(c.isdigit() for c in line.text):
            k = len(chunks)  # "Unknown", "None": here the name of a row
        words, figures = chunks[:k], chunks[k:]
        said = " ".join(c.text for c in words)
        if len(said) > _LONGEST or _SENTENCE.search(said) or said.endswith((":", "?")):
            break
        if words:
            if cells or (figures and len(figures) < width and len(words) == 0):
                return [], last  # a row that comes out short
            name += words
            if len(" ".join(c.text for c in name)) > _LONGEST:
                break
        elif not name:
            return [], last
        cells += figures
        if len(cells) > width:
            return [], last
        if len(cells) == width:
            rows.append(_Row(" ".join(c.text for c in name), name[0].begin, name[-1].stop, cells, line.index))
            name, cells, last = [], [], j
        j += 1
    return ([], last) if cells else (rows, last)


def _value(cell: Cell) -> float | None:
    try:
        return float(re.sub(r"[£,*\s]", "", cell.text))
    except ValueError:
        return None


def _adds_up(cells: list[Cell]) -> bool:
    values = [_value(c) for c in cells]
    if any(v is None for v in values[-1:]):
        return False
    return abs(sum(v or 0 for v in values[:-1]) - (values[-1] or 0)) < 0.02


def _grid(years: list[Cell], total: Cell | None, rows: list[_Row], first: int, last: int) -> Grid:
    corner = Cell("", years[0].begin, years[0].begin)
    heads = [corner, *years, *([Cell("Total", total.begin, total.stop)] if total else [])]
    body = [[Cell(row.name.strip(" -–:|"), row.begin, row.stop), *row.cells] for row in rows]
    return Grid([heads], body, 1, first, last, kind="flowed")
