"""Stars and other marks explained by a note, and series of figures that take the years of the answer before."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.figures import Reading
from foi_lib.letters.lines import Line
from foi_lib.letters.spans import Period

_STAR_NOTE = re.compile(
    r"^[ \t]*\W{0,3}(?:\*+|note:?|an asterisk|asterisks?|\[c\]|#)[^\n]{0,20}?(?P<note>[^\n]*\b(?:fewer|less|below|under|between|suppress\w*|small|low|not (?:given|shown|disclosed|provided)|with?held|redact\w*)\b[^\n]*)",
    re.I | re.M,
)


_STAR_NOT_HELD = re.compile(
    r"^[ \t]*\W{0,3}(?:\*+|#)\W{0,4}[^\n*#]{0,90}\b(?:not (?:held|recorded|collected|available|kept)|(?:does|did|do) not (?:hold|record|keep|collect)|no (?:record|recording|system|data|information)\b)[^\n]*$",
    re.I,
)


def explain_marks(text: str, reading: Reading, lines: list[Line]) -> list[Line]:
    """What a star in a cell stands for, where a note under the table says so; the lines to read an outcome from are returned.

    A note that says the body has no record makes the marked cells `not_held`, and is no answer of its own.
    """
    marks = [f for f in reading.figures if f.kind == "suppressed" and f.value is None and f.low is None]
    if not marks:
        return lines
    # from the line's own beginning: a line's text has lost its leading star, as a bullet
    absent = [ln for ln in lines if _STAR_NOT_HELD.match(text[text.rfind("\n", 0, ln.start) + 1 : ln.end])]
    if absent and not _STAR_NOTE.search(text):
        for f in marks:
            f.kind = "not_held"
            f.doubts = [d for d in f.doubts if d != "unexplained_mark"]
        reading.text_lines = [ln for ln in reading.text_lines if ln not in absent]
        return [ln for ln in lines if ln not in absent]
    note = _STAR_NOTE.search(text)
    if note is None:
        return lines
    found = [t for t in find_amounts(text, note.start("note"), note.end("note")) if t.kind == "suppressed"]
    # the note's own "fewer than 5" explains, and answers nothing
    reading.figures = [f for f in reading.figures if f in marks or not (f.kind == "suppressed" and note.start() <= f.begin < note.end())]
    for f in marks:
        if found:
            f.low, f.high = found[0].low, found[0].high
        f.doubts = [d for d in f.doubts if d != "unexplained_mark"]
    return lines


_REST = re.compile(r"(?:of |out of )?(?:these|those|them|which|the above)\b", re.I)


def take_in_order(reading: Reading, series: list[Period], said: str = "") -> None:
    """As many figures with no year as the answer before had years: they are taken in that order, for review."""
    in_turn = bool(quick.search(r"\brespectively\b", said, re.I))
    for f in reading.figures:
        lent = f.how == "prose" and in_turn and len(reading.figures) == len(series)
        if f.period is None and (lent or _REST.fullmatch(f.breakdown or "")):
            f.breakdown = None
    bare = [f for f in reading.figures if f.period is None and not f.breakdown and (f.how == "line" or in_turn)]
    if len(bare) == len(reading.figures) == len(series) > 1 and len({f.kind for f in bare}) == 1:
        for f, period in zip(bare, series, strict=True):
            f.period = period
            f.doubts.append("period_assumed")
