"""Years of two numbers in spellings that mean one only in company: "2021 to 2022", "21-22".

Alone these may be two calendar years, or no years at all. A letter that counts "2020 to 2021, 2021 to 2022" means years that begin
in one and end in the next: no range of calendar years is followed by one that begins with its last year.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from foi_lib import quick

JOINED = "/--/"  # as long as " to ", and no word

_TO = quick.compile(r"(?<![\w/.,£–-])(?P<a>(?:19|20)\d\d) to (?P<b>(?:19|20)\d\d|\d\d)(?![\w/–-]|[.,]\d)")
_SHORT = quick.compile(r"(?<![\w/.,£–-])(?<![–-] )(?P<a>[0-4]\d)(?P<join>[–-])(?P<b>[0-5]\d)(?![\w/–-]|[.,]\d|%)")
_MONTH_BEFORE = quick.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,? $", re.I)
_YEARS = quick.compile(r"\b(?:financial|fiscal|tax|academic|school|municipal|policy)\s+year|\bF/?Y\b|\byears?\b", re.I)
_ONE_YEAR = quick.compile(r"\b(?:financial|fiscal|tax|academic|school) year (?:of |for |in )?$", re.I)


def pair_years(text: str) -> str:
    """The text with such years joined by a stroke ("2021/--/2022", "21/22"), place for place, where the letter shows what they are."""
    if " to " in text:
        text = _join(text, _TO, lambda m: m["a"] + JOINED + m["b"])
    return _join(text, _SHORT, lambda m: f"{m['a']}/{m['b']}", 1 if _YEARS.search(text) else 2)


def as_said(text: str) -> str:
    """Words out of the text that was read, as the letter has them."""
    return text.replace(JOINED, " to ")


def _join(text: str, pattern: quick.Guarded, write: Callable[[re.Match[str]], str], links: int = 1) -> str:
    found = [m for m in pattern.finditer(text) if (int(m["a"]) + 1) % 100 == int(m["b"]) % 100 and _fits(m)]
    if not found:
        return text
    firsts = {int(m["a"]) for m in found}
    chained = any(all(first + n in firsts for n in range(1, links + 1)) for first in firsts)
    linked = {first for first in firsts if chained and firsts & {first - 1, first + 1}}
    out, at = [], 0
    for m in found:
        before = text[max(0, m.start() - 30) : m.start()]
        if _MONTH_BEFORE.search(before) or not (int(m["a"]) in linked or _ONE_YEAR.search(before)):
            continue
        out += [text[at : m.start()], write(m)]
        at = m.end()
    return "".join((*out, text[at:]))


def _fits(m: re.Match[str]) -> bool:
    return len(m["b"]) != 4 or int(m["b"]) == int(m["a"]) + 1
