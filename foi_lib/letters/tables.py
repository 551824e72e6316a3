"""Tables in the text of a letter, however they were damaged: tabbed, piped, one cell a line, spaced out, run together.

A `Grid` is rows of cells with their places, and what stands at their heads. It holds no meaning yet: `figures` gives it that.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field

from foi_lib.letters.amounts import Token, find_amounts
from foi_lib.letters.lines import Line, words
from foi_lib.letters.periods import Period, find_periods


@dataclass(slots=True)
class Cell:
    """`text[begin:stop]`; `tokens` are the figures in it."""

    text: str
    begin: int
    stop: int

    @property
    def blank(self) -> bool:
        return not self.text.strip(" -–|*")


@dataclass(slots=True)
class Grid:
    """A table: `heads` are its header rows (top first), `rows` its body; a row's first `labels` cells name it."""

    heads: list[list[Cell]]
    rows: list[list[Cell]]
    labels: int = 1
    first: int = 0  # index of the first and last line used, in the list given
    last: int = 0
    doubt: str | None = None
    kind: str = ""
    titles: list[str] = field(default_factory=list)


_YEARISH = re.compile(r"(?:FY\s?)?(?:19|20)\d\d(?:\s?[/–-]\s?(?:\d{4}|\d{1,2}))?(?:\s?\(?(?:to date|spend to date|part year|ytd)[^)]*\)?)?\*?$|\d\d/\d\d$", re.I)
_NUMERIC = re.compile(r"[-–]?£?\s?\(?\d[\d,]*(?:\.\d+)?\)?\s?%?\*{0,2}(?:\s?\([^()]{1,40}\))?$|[-–*]$|(?:<|≤|fewer than|less than)\s?=?\s?£?\w+\s?\*?$|nil$|none$|n/?a$|zero$|not (?:held|applicable|recorded|available)$|\[?[cxz]\]?$|#+$", re.I)


def yearish(text: str) -> bool:
    return bool(_YEARISH.match(text.strip()))


def numeric(text: str) -> bool:
    text = text.strip()
    return bool(_NUMERIC.match(text)) and not yearish(text)


def _cells(line: Line, marks: str) -> list[Cell]:
    cells: list[Cell] = []
    at = 0
    for piece in re.split(f"[{re.escape(marks)}]", line.text):
        stripped = piece.strip()
        begin = line.start + at + (len(piece) - len(piece.lstrip()) if stripped else 0)
        cells.append(Cell(stripped, begin, begin + len(stripped)))
        at += len(piece) + 1
    return cells


def find_grids(lines: list[Line]) -> list[Grid]:
    """Every table among the lines, in order; lines in none are left to be read as text."""
    grids: list[Grid] = []
    i = 0
    while i < len(lines):
        grid = _delimited(lines, i) or _trailing(lines, i) or _glued(lines, i) or _upright(lines, i) or _spaced(lines, i)
        if grid:
            grids.append(grid)
            i = grid.last + 1
        else:
            i += 1
    return grids


# tabs and pipes ------------------------------------------------------------------------------------------------------


def _delimited(lines: list[Line], i: int) -> Grid | None:
    mark = "\t" if "\t" in lines[i].text else "|" if lines[i].text.strip("|").count("|") >= 1 else None
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
        if rows and j + 1 < len(lines) and mark in lines[j + 1].text and len(text) < 60 and not lines[j].gap and not text.endswith((".", "?", ":")) and not find_amounts(text, 0, len(text)):
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
    while head and figures and head < len(rows) - 1 and _heading(rows[head]) and not (rows[head][0].text and len([c for c in rows[head] if c.text]) == 1):
        head += 1
    heads = [_pad(r, width) for r in rows[:head]]
    body = [_pad(r, width) for r in rows[head:]]
    _shift_heads(heads, body, width)
    return Grid(heads, body, _label_columns(body), i, j - 1, kind="delimited")


def _pad(row: list[Cell], width: int) -> list[Cell]:
    at = row[-1].stop if row else 0
    return [*row, *(Cell("", at, at) for _ in range(width - len(row)))]


def _shift_heads(heads: list[list[Cell]], body: list[list[Cell]], width: int) -> None:
    """A header row one cell short of its body lacks the corner cell."""
    for head in heads:
        filled = [c for c in head if c.text]
        if not filled or not head[0].text or head[-1].text or len(filled) >= width or not sum(bool(r[0].text) for r in body) * 2 > len(body):
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


def _trailing(lines: list[Line], i: int) -> Grid | None:
    """Cells each with " |" at their end, rows marked by nothing else: "Month |", "Number |", "June 2021 |", "0 |"."""
    if not lines[i].text.rstrip().endswith("|") or len(lines[i].text) > 90:
        return None
    cells: list[Cell] = []
    j = i
    while j < len(lines) and (lines[j].text.rstrip().endswith("|") or (j > i and j + 1 == len(lines) and numeric(lines[j].text))):
        text = lines[j].text
        pieces = text.split("|")
        at = 0
        for k, piece in enumerate(pieces):
            stripped = piece.strip()
            if stripped or (k < len(pieces) - 1):
                begin = lines[j].start + at + len(piece) - len(piece.lstrip())
                cells.append(Cell(stripped, begin, begin + len(stripped)))
            at += len(piece) + 1
        j += 1
    solid = [c for c in cells if c.text]
    if len(solid) < len(cells):  # empty cells at the rows' starts are only marks
        packed = _from_cells(solid, i, j - 1, "trailing") if len(solid) >= 4 else None
        if packed and len(packed.rows) > 1:
            return packed
    return _from_cells(cells, i, j - 1, "trailing") if len(cells) >= 4 else None


def _upright(lines: list[Line], i: int) -> Grid | None:
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
    text = line.text
    if len(text) > 80 or line.bullet or "\t" in text or text.endswith((":", "?", ";")):
        return False
    if numeric(text) or yearish(text) or re.match(r"[<>≤≥]\s?\d+.*[a-z]|(?:more|less|fewer) than \d+\s?[a-z]+$", text):
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
    rows_n, start, width = best
    body: list[list[Cell]] = []
    at = start
    while at < n and kinds[at] in "ty":
        row = cells[at : at + width + 1]
        if len(row) < 2 or not all(k == "n" for k in kinds[at + 1 : at + len(row)]):
            break
        body.append(_pad(list(row), width + 1))
        at += width + 1
    heads = _heads(cells[:start], width)
    used_last = first + at - 1 if kind == "upright" else last
    skipped = start - sum(len([c for c in h if c is not None and c.text]) for h in heads[1]) if heads[0] else start
    grid = Grid(heads[1], body, 1, first + (max(0, skipped) if kind == "upright" else 0), used_last, kind=kind, doubt=heads[2], titles=heads[3])
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
        return False, [], None if not rest else None, [c.text for c in rest]
    lowest = rest[-width:]
    rest = rest[:-width]
    rows.insert(0, [Cell("", lowest[0].begin, lowest[0].begin), *lowest])
    for groups in range(2, width):
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


# figures in columns parted by spaces -----------------------------------------------------------------------------------


def _spaced(lines: list[Line], i: int) -> Grid | None:
    """A line of heads and lines of figures with only spaces between: "2017/18 Fewer than 5 43 44"."""
    if i + 1 >= len(lines):
        return None
    head = lines[i]
    heads = find_periods(head.text)
    if find_amounts(head.text, 0, len(head.text), heads):
        return None
    framed = _framed(lines, i, [p for p in heads if p.start])
    if framed:
        return framed
    body: list[tuple[Line, list[Token]]] = []
    j = i + 1
    while j < len(lines):
        row = _row(lines[j])
        if row is None or (body and len(row) != len(body[0][1])):
            break
        body.append((lines[j], row))
        j += 1
    if not body:
        return None
    width = len(body[0][1])
    rest = head.text
    if len(heads) == width and width >= 2:
        between = re.sub(r"\(?(?:spend |year )?to date\)?", "", _without(head.text, [(p.begin, p.stop) for p in heads]))
        if len(words(between)) > 4 + width:
            return None
        columns = [Cell(head.text[p.begin : p.stop], head.start + p.begin, head.start + p.stop) for p in heads]
        doubt = None
    elif width >= 2 and not heads and not re.search(r"[.:?]$", rest) and 2 <= len(words(rest)) <= 8 * width:
        columns, doubt = _word_heads(head, width)
    elif width >= 2 and len(body) >= 2 and not re.search(r"[.:?]$", rest) and len(words(rest)) <= 8 * width + 8:
        columns, doubt = _word_heads(head, width)
    else:
        return None
    rows: list[list[Cell]] = []
    for line, tokens in body:
        lead = line.text[: tokens[0].begin].strip(" -–:=")
        rows.append([Cell(lead, line.start, line.start + len(lead)), *(Cell(line.text[t.begin : t.stop], line.start + t.begin, line.start + t.stop) for t in tokens)])
    grid = Grid([[Cell("", head.start, head.start), *columns]], rows, 1, i, j - 1, kind="spaced", doubt=doubt)
    if all(not r[0].text for r in rows):
        grid.doubt = "row_without_period"
    return grid


_TAIL_CELL = r"(?:\*+|[-–]|n/?a|nil|none|<\s?\d+\*?|(?:fewer|less) than \w+|£\s?\d[\d,]*(?:\.\d+)?\*?|\d[\d,]*(?:\.\d+)?%?\*?)"


def _framed(lines: list[Line], i: int, heads: list[Period]) -> Grid | None:
    """Rows under a line of years: a label and as many cells as there are years (one more where a total stands at the end)."""
    head = lines[i]
    if len(heads) < 2 or head.text.endswith(("?", ".", ":")):
        return None
    total = re.search(r"\b(?:total|sum|overall)\W*$", head.text[heads[-1].stop :], re.I)
    lead = head.text[: heads[0].begin]
    between = _without(head.text[heads[0].begin :], [(p.begin - heads[0].begin, p.stop - heads[0].begin) for p in heads])
    if len(words(lead)) > 8 or len([w for w in words(between) if w not in ("spend", "to", "date", "total", "sum", "part", "year", "overall")]) > 1:
        return None
    width = len(heads) + bool(total)
    pattern = re.compile(rf"^(?P<label>.*?)[\s|:]*(?<![\w,.£])(?P<cells>{_TAIL_CELL}(?:[\s|]+{_TAIL_CELL}){{{width - 1}}})\s*$", re.I)
    rows: list[list[Cell]] = []
    j = i + 1
    while j < len(lines):
        line = lines[j]
        m = pattern.match(line.text) if len(line.text) < 160 else None
        if not m:
            break
        cells = [Cell(m["label"].strip(" -–:|"), line.start, line.start + len(m["label"].rstrip(" -–:|")))]
        for c in re.finditer(_TAIL_CELL, m["cells"], re.I):
            at = line.start + m.start("cells") + c.start() + len(c.group()) - len(c.group().lstrip())
            cells.append(Cell(c.group().strip(), at, at + len(c.group().strip())))
        if len(cells) != width + 1:
            break
        rows.append(cells)
        j += 1
    if not rows:
        return None
    columns = [Cell(head.text[p.begin : p.stop], head.start + p.begin, head.start + p.stop) for p in heads]
    if total:
        at = head.start + heads[-1].stop + total.start()
        columns.append(Cell("Total", at, at + 5))
    return Grid([[Cell(lead.strip(), head.start, head.start + len(lead.rstrip())), *columns]], rows, 1, i, j - 1, kind="spaced")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    out, at = "", 0
    for a, b in spans:
        out += text[at:a]
        at = b
    return out + text[at:]


def _row(line: Line) -> list[Token] | None:
    """The figures of a row with nothing but blanks between them, after a label of any words."""
    if len(line.text) > 140 or line.text.endswith("?"):
        return None
    periods = find_periods(line.text)
    if len(periods) > 1:
        return None
    tokens = find_amounts(line.text, 0, len(line.text), periods)
    if not tokens:
        return None
    # the run of figures at the line's end
    run = [tokens[-1]]
    if line.text[tokens[-1].stop :].strip(" *."):
        return None
    for token in reversed(tokens[:-1]):
        if line.text[token.stop : run[0].begin].strip(" *|"):
            break
        run.insert(0, token)
    lead = line.text[: run[0].begin]
    if len(run) < 2 and not (periods and not _without(line.text[: run[0].begin], [(p.begin, p.stop) for p in periods]).strip(" -–:=")):
        return None
    return run if len(words(lead)) <= 10 else None


def _word_heads(head: Line, width: int) -> tuple[list[Cell], str | None]:
    """Heads of words only: cut where a word that begins heads comes again ("No. Claims Open No. Claims Closed …")."""
    marks = [m.start() for m in re.finditer(r"\b(?:Total|No\.?|Number|Amount|Value|Sum|Cost|Claims|Open|Closed|Paid|Average|Received|Settled|Lost|Stolen|Successful|Unsuccessful|Accepted|Rejected|Repudiated|Reported|Breaches|Incidents)\b", head.text)]
    starts: list[int] = []
    for m in marks:
        if not starts or m - starts[-1] > 3:
            word = re.match(r"[\w.]+", head.text[m:])
            if not starts or (word and word.group() in ("Total", "No.", "No", "Number", "Amount", "Value", "Average")):
                starts.append(m)
    merged = [s for k, s in enumerate(starts) if not (k and head.text[starts[k - 1] : s].strip() in ("Total", "Average"))]
    if len(merged) == width:
        ends = [*merged[1:], len(head.text)]
        cells = [Cell(head.text[a:b].strip(), head.start + a, head.start + a + len(head.text[a:b].strip())) for a, b in zip(merged, ends, strict=True)]
        return cells, None
    pieces = [m for m in re.finditer(r"\S+(?: \S+)*?(?=\s{2,}|$)", head.text)]
    if len(pieces) in (width, width + 1):
        pieces = pieces[-width:]
        return [Cell(m.group().strip(), head.start + m.start(), head.start + m.end()) for m in pieces], None
    single = head.text.split()
    if len(single) in (width, width + 1):
        cells, at = [], 0
        for word in single:
            at = head.text.index(word, at)
            cells.append(Cell(word, head.start + at, head.start + at + len(word)))
            at += len(word)
        return cells[-width:], None
    return [Cell("", head.start, head.end) for _ in range(width)], "column_heads_uncertain"


# cells run together ----------------------------------------------------------------------------------------------------

_RUN_YEARS = re.compile(r"^\W*[A-Za-z ]{0,30}?(?P<years>(?:(?:19|20)\d\d[/-](?:\d{4}|\d\d)){2,}|(?:(?:19|20)\d\d){2,})\s*(?P<total>total)?$", re.I)
_RUN_ROW = re.compile(r"^(?P<label>[A-Za-z][^\d£]{0,70}?)\s?(?P<digits>(?:£?[\d,]+(?:\.\d\d)?){1,12})$")


def _glued(lines: list[Line], i: int) -> Grid | None:
    """A row of years with no gap, and rows of digits with none: split so that the columns add up, and always for review."""
    head = _RUN_YEARS.match(lines[i].text)
    if not head:
        return None
    totalled = bool(head["total"])
    years = [m for m in re.finditer(r"(?:19|20)\d\d[/-](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d", head["years"])]
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
        pieces_t = tuple(digits[a:b] for a, b in zip(edges, edges[1:], strict=False))
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
    best: tuple[int, int, list[tuple[str, ...]]] | None = None
    for rank, target in enumerate(options[total][:12]):
        want = tuple(int(x) for x in target)
        for combo in itertools.product(*(options[k][:12] for k in parts)):
            off = sum(abs(sum(int(row[c]) for row in combo) - want[c]) for c in range(width))
            if best is None or (off, rank) < best[:2]:
                out = list(first)
                out[total] = target
                for k, row in zip(parts, combo, strict=True):
                    out[k] = row
                best = (off, rank, out)
        if best and best[0] == 0:
            break
    return best[2] if best else first
