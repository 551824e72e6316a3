"""The figures of a table: each cell with the period and the names that its row and its columns give it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.asked import Asked
from foi_lib.letters.cells import TOTAL, Cell, Grid, numeric, yearish
from foi_lib.letters.lines import words
from foi_lib.letters.periods import academic, find_periods, whole
from foi_lib.letters.spans import Period, quarter_named, quarter_of


@dataclass(slots=True)
class Figure:
    """A figure with its place, before it becomes an `Answer`."""

    kind: str  # count, money, percent, suppressed, zero
    value: float | None
    low: float | None
    high: float | None
    begin: int
    stop: int
    qualifier: str | None = None
    period: Period | None = None
    breakdown: str | None = None
    total: bool = False
    how: str = "line"  # table, line, prose
    words: str = ""  # what stands round it: for the measure
    doubts: list[str] = field(default_factory=list)
    counted: bool = False  # a noun that is counted follows it: "155 payments"
    column: int = -1
    row: int = -1
    until: str | None = None  # "42 (up to 28/05/2025)"


TO_DATE = re.compile(r"\bto date\b|\bso far\b|\bYTD\b|\bpart[- ]year\b|\bup to \d", re.I)


_GENERIC_HEAD = re.compile(
    r"^(?:(?:total |overall )?(?:number|no\.?|quantity|count|amount|value|figure|total|sum|cost|spend|volume|how many|answer|response|qty|#)s?(?:\b.*)?|.*\b(?:number|no\.|amount|total|cost|spend|costs total)\b.*)$",
    re.I,
)


def grid_figures(grid: Grid, asked: Asked, heading: Period | None, label: str) -> list[Figure] | None:
    """Figures of a table; None where the table holds words only (a list of incidents)."""
    counted = _counted(grid, asked, heading, label)
    if counted:
        return counted
    cells = [c for r in grid.rows for c in r[grid.labels :] if numeric(c.text) or find_amounts(c.text, 0, len(c.text))]
    if not cells:
        cells = [c for r in grid.rows for c in r[1:] if numeric(c.text)]
        if not cells:
            return None
    if _is_list(grid):
        return None
    titles = " ".join(grid.titles)
    title_period = whole([p for p in find_periods(titles) if p.start]) if titles else None
    width = max(len(r) for r in grid.rows)
    for head in grid.heads[:-1]:  # a head over several columns stands over the blank cells after it
        for c in range(1, len(head)):
            if not head[c].text and head[c - 1].text and c > 1:
                head[c] = head[c - 1]
    heads: list[list[Cell]] = [[h[c] for h in grid.heads if c < len(h) and h[c].text] for c in range(width)]
    head_periods = [_period_in(" ".join(c.text for c in column), asked, heading) for column in heads]
    out: list[Figure] = []
    data_columns = [c for c in range(1, width) if any(c < len(r) and numeric(r[c].text) for r in grid.rows)]
    spread = len(data_columns) > 1
    previous_label = ""
    for r, row in enumerate(grid.rows):
        names = [c for k, c in enumerate(row) if k < grid.labels and c.text] or [c for c in row[:1] if c.text]
        row_text = " ".join(c.text for c in names)
        nameless_total = not row_text and r > 1 and _adds_up(grid, r)
        if not row_text and previous_label and not nameless_total:
            row_text = previous_label  # a cell that runs over two rows
        elif grid.labels > 1 and names and not row[0].text and previous_label and len(names) < grid.labels:
            row_text = f"{previous_label} {row_text}"
        if row and row[0].text:
            previous_label = row[0].text
        if _QUESTION_NUMBER.fullmatch(row_text):
            row_text = ""  # the row is named by its question's number
        row_period = _period_in(row_text, asked, heading)
        if row_period is not None and row_period.quarter_only and not row_period.start and not any(p and p.start for p in head_periods):
            row_period = None if not (title_period or heading) else row_period
        total_row = bool(TOTAL.match(words_only(row_text))) or nameless_total
        for c in range(1 if names else 0, width):
            if c >= len(row) or (c < grid.labels and not numeric(row[c].text)):
                continue
            cell = row[c]
            for figure in _cell_figures(cell):
                column = heads[c]
                column_text = " ".join(h.text for h in column)
                figure.period = _join(row_period, head_periods[c], title_period or heading)
                if figure.period is None and total_row:
                    figure.period = whole(
                        [
                            p
                            for p in (_period_in(" ".join(x.text for x in q[: grid.labels]), asked, heading) for q in grid.rows)
                            if p and p.start
                        ]
                    )
                if figure.until and figure.period and figure.period.start and figure.until >= figure.period.start:
                    figure.period = replace(figure.period, kind="range", end=figure.until, partial=True)
                if figure.period is None and TOTAL.match(words_only(column_text)):
                    figure.period = whole([p for p in head_periods if p and p.start])
                row_label = "" if total_row else words_only(row_text)
                total_column = bool(TOTAL.match(words_only(column_text)))
                column_label = "" if total_column or (not spread and _GENERIC_HEAD.match(column_text)) else words_only(column_text)
                figure.breakdown = ", ".join(x for x in (label, row_label, column_label) if x) or None
                figure.total = total_row or total_column
                figure.words = f"{titles} {row_text} {column_text}"
                figure.how = "table"
                figure.column, figure.row = c, r
                if grid.doubt:
                    figure.doubts.append(grid.doubt)
                out.append(figure)
        if out and grid.doubt == "row_without_period" and len(asked.periods) == len(grid.rows):
            for figure in out:
                if any(cell.begin <= figure.begin < cell.stop + 1 for cell in row) and figure.period is None:
                    figure.period = asked.periods[r]
                    figure.doubts = [*(d for d in figure.doubts if d != "row_without_period"), "period_assumed"]
    return out


def _adds_up(grid: Grid, r: int) -> bool:
    """Is each figure of a row with no name the sum of those above it?"""
    sums = 0
    for c in range(grid.labels, len(grid.rows[r])):
        column = [_number(row[c].text) for row in grid.rows[: r + 1] if c < len(row)]
        if column[-1] is None:
            continue
        if len(column) < 3 or abs(sum(v or 0 for v in column[:-1]) - column[-1]) > 0.005:
            return False
        sums += column[-1] > 0
    return sums > 0


def _number(text: str) -> float | None:
    try:
        return float(re.sub(r"[£,*\s]", "", text))
    except ValueError:
        return None


_COUNTED = re.compile(r"(?P<n>\d[\d,]*)\s+(?P<of>[A-Z(][^.;:|]{0,70})")


def _counted(grid: Grid, asked: Asked, heading: Period | None, label: str) -> list[Figure]:
    """Cells that name what they count, "37 Students" over "2 Staff": a row whose name spans several has lost that cell, or has it blank."""
    out: list[Figure] = []
    name, filled, other = "", 0, 0
    for row in grid.rows:
        cells = [c for c in row if c.text]
        found = [(c, m) for c in cells if (m := _COUNTED.fullmatch(c.text)) and not find_periods(c.text)]
        filled += bool(found)
        other += bool(cells) and not found
        names = [c.text for c in cells if not any(c is f for f, _ in found)]
        name = ", ".join(names) if names else name
        for cell, m in found:
            value = float(m["n"].replace(",", ""))
            figure = Figure("count", value, value, value, cell.begin, cell.begin + m.end("n"), how="table", words=f"{name} {m['of']}")
            figure.period = _period_in(name, asked, heading) or heading
            figure.breakdown = ", ".join(x for x in (label, words_only(name), m["of"].strip()) if x)
            out.append(figure)
    return out if filled > 2 and other * 4 <= filled else []


_QUESTION_NUMBER = re.compile(r"(?:Q|Question)\s?\d{1,2}(?:\.\d)?\s?\(?[a-h]?\)?\.?|\d{1,2}[a-h]\.?")


def _is_list(grid: Grid) -> bool:
    """A table of incidents: a column of dates or of running words, and no figures but in those."""
    width = max(len(r) for r in grid.rows)
    long_cells = sum(len(words(c.text)) > 4 and len(words(words_only(c.text))) > 4 for r in grid.rows for c in r)
    days = sum(any(p.kind == "day" for p in find_periods(c.text)) for r in grid.rows for c in r if len(c.text) < 24)
    figures = sum(numeric(c.text) for r in grid.rows for c in r)
    return (
        width >= 2
        and (days * 2 >= len(grid.rows) or long_cells * 2 >= len(grid.rows))
        and figures <= len(grid.rows)
        and (long_cells > 0 or days > 0)
        and figures * 3 <= sum(bool(c.text) for r in grid.rows for c in r)
    )


_OF_PERIODS = quick.compile(r"\b(?:financial|calendar|fiscal) year\b|\bFY\b|\(\s*\)|\(?(?:spend |year )?to date\)?", re.I)
_NUMBERED = re.compile(r"^\s*(?:Q\s?)?\d{1,2}[a-z]?[.)]\s+")


@lru_cache(maxsize=1024)  # a row's or column's name is asked for with each of its cells
def words_only(text: str) -> str:
    """A label without its period."""
    if quarter_named(text):
        return ""
    spans = [(p.begin, p.stop) for p in find_periods(text)]
    out, at = "", 0
    for a, b in spans:
        out += text[at:a] + " "
        at = b
    out += text[at:]
    out = _OF_PERIODS.sub(" ", out)
    out = _NUMBERED.sub("", out)
    return " ".join(out.split()).strip(" -–:=*.,|")


def _period_in(text: str, asked: Asked, heading: Period | None) -> Period | None:
    periods = [academic(p, text + " " + asked.text + asked.academic) for p in find_periods(text)]
    dated = [p for p in periods if p.start]
    if dated:
        period = dated[0] if len(dated) == 1 else whole(dated)
        if period and period.end and TO_DATE.search(text) and period.kind in ("calendar_year", "financial_year"):
            period = replace(period, end=None, partial=True)
        return period
    quarter = quarter_named(text)
    if quarter:
        return Period("unstated", None, None, quarter_only=quarter)
    months = [p for p in periods if p.month_only]
    if len(months) == 1 and len(words(text)) <= 3:
        return months[0]
    return None


def _join(row: Period | None, column: Period | None, outer: Period | None) -> Period | None:
    """A cell's period out of its row's and its column's: a month in one and a year in the other make a month of that year."""
    for month, year in ((row, column), (column, row)):
        if month is not None and month.month_only:
            frame = year if year is not None and year.start else outer
            if frame is None or not frame.start:
                return None
            first = int(frame.start[:4])
            if frame.kind == "financial_year" and month.month_only < 4:
                first += 1
            from foi_lib.letters.spans import month_of

            return month_of(first, month.month_only)
    for quarter, year in ((row, column), (column, row)):
        if quarter is not None and quarter.quarter_only:
            frame = year if year is not None and year.start else outer
            if frame is None or frame.kind not in ("financial_year", "calendar_year"):
                return None
            return quarter_of(frame, quarter.quarter_only)
    candidates = [p for p in (row, column) if p is not None and p.start]
    if len(candidates) == 2:
        return min(candidates, key=lambda p: (p.end or "9999") > (p.start or "") and _length(p))
    return candidates[0] if candidates else outer


def _length(period: Period) -> int:
    from datetime import date

    if not period.start or not period.end:
        return 10**6
    return date.fromisoformat(period.end).toordinal() - date.fromisoformat(period.start).toordinal()


def _cell_figures(cell: Cell) -> list[Figure]:
    text = cell.text.strip()
    if cell.text != text:
        lead = len(cell.text) - len(cell.text.lstrip())
        cell = Cell(text, cell.begin + lead, cell.begin + lead + len(text))
    four_digits = len(text) == 4 and text.isdigit()
    if not text or (not four_digits and yearish(text)):
        return []
    low = text.lower().strip("* .")
    if low in ("none", "nil", "no"):
        return [Figure("zero", 0.0, 0.0, 0.0, cell.begin, cell.stop)]
    if text == "*" or low in ("c", "x", "[c]", "[x]", "[c", "[x", "c]", "x]") or (low and not low.strip("#")):
        return [Figure("suppressed", None, None, None, cell.begin, cell.stop, doubts=["unexplained_mark"])]
    if low in ("-", "–", "£ -", "£-", "£ –"):
        return [Figure("dash", None, None, None, cell.begin, cell.stop)]
    if low in ("not yet available", "not yet known", "n/a", "na", "not applicable", "not held", "not recorded", "not available", "unknown", "z", "[z]", ""):
        return []
    tokens = find_amounts(text, 0, len(text))
    if not tokens and four_digits:
        value = float(text)
        return [Figure("count", value, value, value, cell.begin, cell.stop)]
    tokens = [t for t in tokens if not (t.spelled and t.kind == "count" and len(words(text)) > 1)]
    if len(tokens) > 2 or len(words(text)) > 8:
        return []
    until = quick.search(r"\((?:up to|to|as at|until)\s([^)]+)\)", text, re.I)
    out = [Figure(t.kind, t.value, t.low, t.high, cell.begin + t.begin, cell.begin + t.stop, t.qualifier, words=text) for t in tokens]
    if until and len(out) == 1:
        last = [p for p in find_periods(until.group(1)) if p.kind == "day"]
        if last:
            out[0].until = last[0].start
    return out if len(out) < 2 or not any(t.kind == "percent" for t in tokens) else [f for f in out if f.kind != "percent"]
