"""Notes on small numbers: "* Numbers between 1 and 4 are not shown (section 40(2))" explains figures of the whole letter, and answers nothing."""

from __future__ import annotations

import re

from foi_lib.letters.align import Aligned
from foi_lib.letters.amounts import spelled_number
from foi_lib.letters.lines import Line
from foi_lib.letters.model import Letter
from foi_lib.letters.prose import SMALL_NOTE
from foi_lib.letters.provisions import relied_on

_NEAR = 40  # characters: a note begins its line, with a star or "Please note" before it at most
_LINES = 5  # of one note
_FROM = re.compile(r"\b(?:between|from|of)\s(?P<low>\w+)\s(?:and|to)\s(?P<high>\w+)\b", re.I)


def part_notes(lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """An answer's own lines, and those of a note on small numbers among them; where it holds nothing else, the note is the answer."""
    notes: list[Line] = []
    for line in lines:
        m = SMALL_NOTE.search(line.text)
        goes_on = bool(notes) and notes[-1].index == line.index - 1 and not line.gap and not line.bullet and len(notes) < _LINES
        if (m and m.start() < _NEAR) or (goes_on and line.text[:1].isalpha()):
            notes.append(line)
    own = [line for line in lines if line not in notes]
    return (own, notes) if own and notes else (lines, [])


def lend_note(letter: Letter, aligned: Aligned, regime: str) -> None:
    """What a note anywhere in the letter says of its small figures: the provision, and that they are from 1 upwards."""
    few = [a for a in letter.answers if a.outcome == "suppressed" and not a.refers_to]
    lines = [ln for ln in [*aligned.annex, *(ln for p in aligned.pairs for ln in p.lines)] if SMALL_NOTE.search(ln.text)]
    if not few or not lines:
        return
    begins = min(ln.start for ln in lines)
    note = next((n for p in aligned.pairs if (n := part_notes(p.lines)[1]) and n[0].start == begins), lines)
    citations = relied_on(letter.text, note, "suppressed", regime)
    span = _FROM.search(" ".join(ln.text for ln in note))
    ends = [spelled_number(span[k]) for k in ("low", "high")] if span else [None, None]
    for row in few:
        if not row.citations:
            row.citations = citations
            row.provisions, row.as_cited = [c.provision for c in citations], [c.as_cited for c in citations]
        if row.low == 0 and ends[0] is not None and ends[1] is not None and ends[0] <= (row.high or 0) <= ends[1]:
            row.low = float(ends[0])
