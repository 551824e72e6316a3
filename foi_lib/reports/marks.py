"""A letter's text as HTML, line by line, with its used passages marked, its notes below the lines, personal data masked.

Marks may overlap in any way: the text is cut wherever one begins or ends, and each piece shows the strongest mark that covers it. What a
mark covers is never altered, apart from masks and control characters made visible.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foi_lib.reports.masks import Mask
from foi_lib.reports.words import esc, plain

STRENGTH = {"here": 4, "read": 3, "unread": 2, "listed": 1}
TITLES = {"here": "the words looked at", "read": "read", "unread": "not read", "listed": "part of a list or a citation that was read"}


@dataclass(frozen=True, slots=True)
class Mark:
    """`text[start:end]` is used; `anchor` is the id that links lead to, `kind` one of here, read, unread, listed."""

    start: int
    end: int
    kind: str
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A page (or sheet) begins at `start`."""

    start: int
    label: str


def text_html(
    text: str,
    marks: Sequence[Mark],
    masks: Sequence[Mask] = (),
    notes: Mapping[int, Sequence[str]] | None = None,
    breaks: Sequence[PageBreak] = (),
) -> str:
    """The marked text.

    In: `notes` offset → HTML of the notes to print below the line that holds it (made by us, already escaped).
    """
    cuts = sorted({p for m in marks for p in (m.start, m.end)} | {p for m in masks for p in (m.start, m.end)})
    painter = _Painter(text, sorted(marks, key=lambda m: (m.start, -m.end)), list(masks), cuts)
    waiting = sorted((offset, note) for offset, several in (notes or {}).items() for note in several) if notes else []
    offsets = [offset for offset, _ in waiting]
    out: list[str] = []
    rows: list[tuple[int, int]] = []
    pages = list(breaks)

    def below(begin: int, end: int) -> list[str]:
        return [note for _, note in waiting[bisect_left(offsets, begin) : bisect_right(offsets, end)]]

    def close_table() -> None:
        if len(rows) == 1:
            out.append(f'<div class="ln">{painter.paint(*rows[0])}</div>')
            out.extend(below(*rows[0]))
        elif rows:
            out.append(_table(text, rows, painter, below))
        rows.clear()

    at = 0
    while at <= len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        while pages and pages[0].start <= at:
            close_table()
            out.append(f'<span class="page-break">{esc(pages.pop(0).label)}</span>')
        if "\t" in text[at:stop].strip():
            rows.append((at, stop))
        else:
            close_table()
            out.append(f'<div class="ln">{painter.paint(at, stop)}</div>')
            out.extend(below(at, stop))
        at = stop + 1
    close_table()
    return "\n".join(_without_runs_of_blanks(out))


def _without_runs_of_blanks(lines: list[str]) -> list[str]:
    """At most two empty lines on end: a letter's own spacing, without pages of nothing."""
    out: list[str] = []
    blank = 0
    for line in lines:
        blank = blank + 1 if line == '<div class="ln"></div>' else 0
        if blank <= 2:
            out.append(line)
    return out


def _table(text: str, rows: Sequence[tuple[int, int]], painter: _Painter, below: Callable[[int, int], list[str]]) -> str:
    """Lines whose cells are parted by tabs, as a table; presentational, as nobody has said which cells are heads."""
    cells = [_cells(text, begin, end) for begin, end in rows]
    width = max(map(len, cells))
    out = ['<div class="scroll" role="group" tabindex="0" aria-label="Table in the letter"><table role="presentation"><tbody>']
    for (begin, end), row in zip(rows, cells, strict=True):
        tds = "".join(f"<td>{painter.paint(a, b)}</td>" for a, b in row)
        tds += "<td></td>" * (width - len(row))
        notes = below(begin, end)
        out.append(f'<tr class="noted">{tds}</tr>' if notes else f"<tr>{tds}</tr>")
        if notes:
            out.append(f'<tr><td colspan="{width}">{"".join(notes)}</td></tr>')
    return "\n".join([*out, "</tbody></table></div>"])


def _cells(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    out, at = [], begin
    for word in text[begin:end].split("\t"):
        out.append((at, at + len(word)))
        at += len(word) + 1
    return out


class _Painter:
    """Paints stretches of the text; each anchor is written once, where its mark first shows."""

    def __init__(self, text: str, marks: Sequence[Mark], masks: Sequence[Mask], cuts: Sequence[int]) -> None:
        self.text, self.marks, self.masks, self.cuts = text, marks, masks, cuts
        self.starts = [m.start for m in marks]
        self.longest = max((m.end - m.start for m in marks), default=0)
        self.written: set[str] = set()
        self.passed = 0  # marks before this one have begun
        self.waiting: list[Mark] = []  # begun, and not yet ended

    def paint(self, begin: int, end: int) -> str:
        """HTML of `text[begin:end]`, which holds no line break."""
        points = [begin, *self.cuts[bisect_right(self.cuts, begin) : bisect_left(self.cuts, end)], end]
        out = [self._piece(a, b) for a, b in pairwise(points) if b > a]
        # marks of nothing, or of nothing but the break between two lines or cells, keep their anchor
        upto = max(self.passed, bisect_right(self.starts, end))
        self.waiting += self.marks[self.passed : upto]
        self.passed = upto
        out.append(self._anchors([m for m in self.waiting if m.end <= end]))
        self.waiting = [m for m in self.waiting if m.end > end]
        return "".join(out)

    def _near(self, at: int) -> list[Mark]:
        first = bisect_left(self.starts, at - self.longest)
        return [m for m in self.marks[first : bisect_right(self.starts, at)] if m.start <= at and (m.end > at or m.start == m.end == at)]

    def _piece(self, a: int, b: int) -> str:
        over = self._near(a)
        mask = next((m for m in self.masks if m.start <= a < m.end), None)
        if mask is None:
            inner = _visible(self.text[a:b])
        else:
            inner = f'<span class="masked">[{esc(mask.kind)}]</span>' if mask.start == a else ""
        anchors = self._anchors(over)
        if not over or all(m.start == m.end for m in over):
            return anchors + inner
        kind = max((m.kind for m in over if m.end > m.start), key=lambda k: STRENGTH[k])
        return f'<mark class="{kind}" title="{TITLES[kind]}">{anchors}{inner}</mark>'

    def _anchors(self, over: Sequence[Mark]) -> str:
        out = ""
        for mark in over:
            if mark.anchor and mark.anchor not in self.written:
                self.written.add(mark.anchor)
                step = "" if mark.kind == "listed" else " step"  # what previous and next go through
                out += f'<span class="anchor{step}" id="{esc(mark.anchor)}"></span>'
        return out


def _visible(text: str) -> str:
    """Text escaped, with control characters shown as what they are, and kept from turning the line about."""
    text = text.replace("\f", "").replace("\r", "")
    return re.sub(r"\[U\+[0-9A-F]{4}\]", lambda m: f'<span class="ctl">{m[0]}</span>', esc(text)) if plain(text) != text else esc(text)
