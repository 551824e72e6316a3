"""Tables whose columns are parted by blanks: a line of years or words, and lines of figures."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.amounts import Token, find_amounts
from foi_lib.letters.blanks import place_short
from foi_lib.letters.cells import Cell, Grid
from foi_lib.letters.lines import Line, words
from foi_lib.letters.periods import find_periods
from foi_lib.letters.spans import Period


def find_spaced(lines: list[Line], i: int) -> Grid | None:
    """A line of heads and lines of figures with only spaces between: "2017/18 Fewer than 5 43 44"."""
    if i + 1 >= len(lines):
        return None
    head = lines[i]
    heads = find_periods(head.text)
    if find_amounts(head.text, 0, len(head.text)):
        return None
    framed = _framed(lines, i, [p for p in heads if p.start])
    if framed:
        return framed
    body: list[tuple[Line, list[Token]]] = []
    j = i + 1
    while j < len(lines):
        row = _figure_cells(lines[j])
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
    elif (width >= 2 and not heads and not quick.search(r"[.:?]$", rest) and 2 <= len(words(rest)) <= 8 * width) or (
        width >= 2 and len(body) >= 2 and not quick.search(r"[.:?]$", rest) and len(words(rest)) <= 8 * width + 8
    ):
        columns, doubt = _word_heads(head, width)
    else:
        return None
    rows: list[list[Cell]] = []
    for line, tokens in body:
        lead = line.text[: tokens[0].begin].strip(" -–:=")
        rows.append(
            [
                Cell(lead, line.start, line.start + len(lead)),
                *(Cell(line.text[t.begin : t.stop], line.start + t.begin, line.start + t.stop) for t in tokens),
            ]
        )
    grid = Grid([[Cell("", head.start, head.start), *columns]], rows, 1, i, j - 1, kind="spaced", doubt=doubt)
    if all(not r[0].text for r in rows):
        grid.doubt = "row_without_period"
    return grid


_TAIL_CELL = r"(?:\*+|[-–]|n/?a|nil|none|not (?:yet )?(?:available|known|held|recorded)|unknown|<\s?\d+\*?|(?:fewer|less) than \w+|£\s?-(?!\d)|£\s?\d[\d,]*(?:\.\d+)?\*?|\d[\d,]*(?:\.\d+)?%?\*?)"


_SHORT = re.compile(r"[A-Za-z].*?\s\d[\d,]*(?:\s{1,9}\d[\d,]*)*$")


def _framed(lines: list[Line], i: int, heads: list[Period]) -> Grid | None:
    """Rows under a line of years: a label and as many cells as there are years (one more where a total stands at the end)."""
    head = lines[i]
    if len(heads) < 2 or head.text.endswith(("?", ".", ":")):
        return None
    total = quick.search(r"\b(?:total|sum|overall)\W*$", head.text[heads[-1].stop :], re.I)
    lead = head.text[: heads[0].begin]
    between = _without(head.text[heads[0].begin :], [(p.begin - heads[0].begin, p.stop - heads[0].begin) for p in heads])
    if (
        len(words(lead)) > 8
        or len([w for w in words(between) if w not in ("spend", "to", "date", "total", "sum", "part", "year", "overall", "calendar", "financial", "academic")]) > 1
    ):
        return None
    width = len(heads) + bool(total)
    pattern = re.compile(rf"^(?P<label>.*?)[\s|:]*(?<![\w,.£])(?P<cells>{_TAIL_CELL}(?:[\s|]+{_TAIL_CELL}){{{width - 1}}})\s*$", re.I)
    rows: list[list[Cell]] = []
    short: list[tuple[int, Line]] = []  # rows with blank cells, each after so many whole rows
    waiting: list[tuple[int, Line]] = []
    j = last = i + 1
    while j < len(lines):
        line = lines[j]
        j += 1
        m = pattern.match(line.text) if len(line.text) < 160 else None
        if not m:
            if not (rows and len(line.text) < 160 and _SHORT.match(line.text) and not find_periods(line.text)):
                break
            waiting.append((len(rows), line))
            continue
        cells = [Cell(m["label"].strip(" -–:|"), line.start, line.start + len(m["label"].rstrip(" -–:|")))]
        for c in re.finditer(_TAIL_CELL, m["cells"], re.I):
            at = line.start + m.start("cells") + c.start() + len(c.group()) - len(c.group().lstrip())
            cells.append(Cell(c.group().strip(), at, at + len(c.group().strip())))
        if len(cells) != width + 1:
            break
        rows.append(cells)
        short, waiting, last = [*short, *waiting], [], j
    place_short(rows, short, width, bool(total))
    if not rows:
        return None
    columns = [Cell(head.text[p.begin : p.stop], head.start + p.begin, head.start + p.stop) for p in heads]
    if total:
        at = head.start + heads[-1].stop + total.start()
        columns.append(Cell("Total", at, at + 5))
    return Grid([[Cell(lead.strip(), head.start, head.start + len(lead.rstrip())), *columns]], rows, 1, i, last - 1, kind="spaced")


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    out, at = "", 0
    for a, b in spans:
        out += text[at:a]
        at = b
    return out + text[at:]


def _figure_cells(line: Line) -> list[Token] | None:
    """The figures of a row with nothing but blanks between them, after a label of any words."""
    if len(line.text) > 140 or line.text.endswith("?"):
        return None
    periods = find_periods(line.text)
    if len(periods) > 1:
        return None
    tokens = find_amounts(line.text, 0, len(line.text))
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
    marks = [
        m.start()
        for m in re.finditer(
            r"\b(?:Total|No\.?|Number|Amount|Value|Sum|Cost|Claims|Open|Closed|Paid|Average|Received|Settled|Lost|Stolen|Successful|Unsuccessful|Accepted|Rejected|Repudiated|Reported|Breaches|Incidents)\b",
            head.text,
        )
    ]
    starts: list[int] = []
    for m in marks:
        if not starts or m - starts[-1] > 3:
            word = quick.match(r"[\w.]+", head.text[m:])
            if not starts or (word and word.group() in ("Total", "No.", "No", "Number", "Amount", "Value", "Average")):
                starts.append(m)
    merged = [s for k, s in enumerate(starts) if not (k and head.text[starts[k - 1] : s].strip() in ("Total", "Average"))]
    if len(merged) == width:
        ends = [*merged[1:], len(head.text)]
        cells = [
            Cell(head.text[a:b].strip(), head.start + a, head.start + a + len(head.text[a:b].strip()))
            for a, b in zip(merged, ends, strict=True)
        ]
        return cells, None
    capitals = [m.start() for m in re.finditer(r"(?<![^\s(/])[A-Z][a-z]", head.text)]
    if len(capitals) in (width, width + 1) and not starts and (capitals[0] == 0 or len(capitals) == width):
        ends = [*capitals[1:], len(head.text)]  # "Year Reports to the DPO Referred to the ICO"
        names = [(a, head.text[a:b].strip()) for a, b in zip(capitals, ends, strict=True)][-width:]
        return [Cell(name, head.start + a, head.start + a + len(name)) for a, name in names], None
    pieces = list(re.finditer(r"\S+(?: \S+)*?(?=\s{2,}|$)", head.text))
    if len(pieces) in (width, width + 1):
        pieces = pieces[-width:]
        return [Cell(m.group().strip(), head.start + m.start(), head.start + m.end()) for m in pieces], None
    single = head.text.split()
    if len(single) in (width, width + 1):
        cells, at = [], 0
        for name in single:
            at = head.text.index(name, at)
            cells.append(Cell(name, head.start + at, head.start + at + len(name)))
            at += len(name)
        return cells[-width:], None
    return [Cell("", head.start, head.end) for _ in range(width)], "column_heads_uncertain"
