"""Patterns that are tried only where they can match.

A pattern that ignores case, or begins with a word's edge or a choice of words, is tried by `re` at every character of a text. Nearly all
of them begin with one of a few words, or hold one without which they cannot match, and a substring is found a hundred times as fast: so a
`Guarded` pattern looks for those first, and is tried where they stand. The words are drawn from the pattern itself, so that no list can
fall behind it; what is found is what `re` would find.

`quick.compile`, `quick.search` and `quick.match` stand in for those of `re`, for patterns that most places of a text do not match. A
pattern that is made up as the program runs belongs to `re`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache

from foi_lib.pattern_words import DIGIT, EDGE, FIRST, LINE, MOST_WORDS, Words, beginnings, heads, needed

_SOON = 40  # searches; for fewer, drawing its words from a pattern takes longer than it saves
_HEAD = 3  # characters that are looked at where a pattern is tried at one place
_MOST_HEADS = 400
_MOST_SEEN = 512
# letters that small "s" and "i" stand for where case is ignored, and which do not become these in small letters
_ODD = ("ſ", "ı", "İ")
_DIGIT = re.compile(r"\d")
_FIRST_DIGIT = re.compile(r"\d\d*")  # of each number
_FOLDED = re.I
_KNOWN: dict[str, Guarded] = {}
_KNOWN_FOLDED: dict[str, Guarded] = {}  # where case is ignored


def compile(source: str, flags: int = 0, most: int = MOST_WORDS) -> Guarded:
    """As `re.compile`; the pattern is compiled when it is first used. `most`: how many words are looked for."""
    return Guarded(source, flags, most)


def search(source: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Match[str] | None:
    """As `re.search`, for a pattern that stands in the program (each is kept) with no flag or re.I."""
    return _known(source, flags).search(text)


def match(source: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Match[str] | None:
    """As `re.match`, likewise."""
    return _known(source, flags).match(text)


def _known(source: str, flags: re.RegexFlag) -> Guarded:
    known = _KNOWN_FOLDED if flags is _FOLDED else _KNOWN
    found = known.get(source)
    if found is None:
        found = known[source] = Guarded(source, flags)
    return found


class Guarded:
    """`re.compile(source, flags)`, compiled when first used, and soon tried only where one of its words stands."""

    __slots__ = (
        "_begins", "_digits", "_heads", "_left", "_line_words", "_lines", "_match", "_most", "_needed", "_real", "_seen", "_stubs",
        "flags", "source",
    )  # fmt: skip

    def __init__(self, source: str, flags: int = 0, most: int = MOST_WORDS) -> None:
        self.source, self.flags, self._most = source, int(flags), most
        self._real: re.Pattern[str] | None = None
        self._match: Callable[..., re.Match[str] | None] = self._try  # of the pattern, once its words are known
        self._left = _SOON  # how often it is searched for everywhere before its words are drawn from it
        self._begins: tuple[tuple[str, bool], ...] = ()  # how a match begins, and whether that is a word's edge
        self._digits: re.Pattern[str] | None = None  # the digits that a match may begin with
        self._lines = False  # whether it may begin with a line, whatever stands there
        self._line_words: tuple[str, ...] = ()  # how a match begins that begins with a line, after its blanks
        self._needed: tuple[str, ...] = ()
        self._heads: Words | None = None  # the first characters of a match
        self._stubs: tuple[str, ...] = ()  # and those that are fewer
        self._seen: dict[str, bool] = {}  # beginnings of texts, and whether they can be a match's

    @property
    def real(self) -> re.Pattern[str]:
        """The pattern as `re` compiles it."""
        if self._real is None:
            self._real = re.compile(self.source, self.flags)
        return self._real

    def learn(self) -> None:
        """Draw its words from the pattern."""
        begins, words = beginnings(self.source, self.flags, self._most) or frozenset(), needed(self.source, self.flags)
        self._digits = _DIGIT if DIGIT in begins else _FIRST_DIGIT if FIRST + DIGIT in begins else None
        words_of = [word for word in begins if word[0] != LINE and word[-1] != DIGIT]
        lines = {word[1:] for word in begins if word[0] == LINE}
        self._begins = tuple(sorted((word.lstrip(EDGE), word[0] == EDGE and word[1].isalnum()) for word in words_of))
        self._lines = not lines.isdisjoint(("", DIGIT))
        self._line_words = tuple(sorted(lines))
        if words and (not begins or self._lines or self._digits or len(words) * 2 <= len(begins)):  # else looking twice takes longer
            self._needed = tuple(sorted(words, key=lambda word: (len(word), word)))
        first = heads(self.source, self.flags, _MOST_HEADS, _HEAD)
        if first and "" not in first:
            first |= frozenset("0123456789" if DIGIT in first else "")
            self._heads = frozenset(head for head in first if len(head) == _HEAD)
            self._stubs = tuple(sorted(head for head in first if len(head) < _HEAD and head != DIGIT))
        self._match = self.real.match
        self._left = 0

    def places(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> list[int] | None:
        """Where in `text[begin:stop]` a match can begin, in order; None where that may be anywhere."""
        if self._left:
            self._left -= 1
            if self._left:
                return None
            self.learn()
        low = _small(text[begin:stop] if begin > 0 or stop < len(text) else text)
        if low is None:
            return None
        if self._needed:
            for word in self._needed:
                if word in low:
                    break
            else:
                return []
        if not self._begins and not self._lines and not self._line_words and not self._digits:
            return None
        found: list[int] = []
        if self._lines:
            found = [begin, *(begin + m.end() for m in re.finditer("\n", low))] if self.flags & re.M else [begin]
        elif self._line_words:
            found = sorted({begin + at for word in self._line_words if word in low for at in self._lines_with(word, low)})
        if self._digits:
            found += [begin + m.start() for m in self._digits.finditer(low)]
        for word, edge in self._begins:
            if word in low:
                at = low.find(word)
                while at >= 0:
                    if not (edge and at and low[at - 1].isalnum()):
                        found.append(begin + at)
                    at = low.find(word, at + 1)
        if len(found) > 1:
            found.sort()
        return found

    def _lines_with(self, word: str, low: str) -> Iterator[int]:
        """Where a line begins (with no re.M, the text) and nothing but blanks and signs, or lines of such, comes before the word."""
        at = low.find(word)
        while at >= 0:
            first = at
            while first and not (low[first - 1].isalnum() or low[first - 1] == "_"):
                first -= 1
            if not first:
                yield 0
            if self.flags & re.M:
                line = low.find("\n", first, at)
                while line >= 0:
                    yield line + 1
                    line = low.find("\n", line + 1, at)
            at = low.find(word, at + 1)

    def search(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        places = self.places(text, begin, stop)
        if places is None:
            return self.real.search(text, begin, stop)
        if places:
            for at in places:
                if hit := self._match(text, at, stop):
                    return hit
        return None

    def finditer(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        places = self.places(text, begin, stop)
        return self.real.finditer(text, begin, stop) if places is None else self._at(places, text, stop)

    def _at(self, places: list[int], text: str, stop: int) -> Iterator[re.Match[str]]:
        done = 0
        for at in places:
            if at >= done and (hit := self._match(text, at, stop)):
                yield hit
                done = hit.end()

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        places = self.places(text)
        if places is None:
            return self.real.sub(by, text)
        parts, at = [], 0
        for hit in self._at(places, text, len(text)):
            parts += [text[at : hit.start()], by(hit) if callable(by) else hit.expand(by)]
            at = hit.end()
        return "".join((*parts, text[at:])) if parts else text

    def match(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """At one place, as `re` does."""
        head = text[begin : begin + _HEAD]
        may = self._seen.get(head)
        if may is None:
            may = self._may_begin(head)
        if not may:
            return None
        if self._needed and self._heads is None and (low := _small(text)) is not None:
            for word in self._needed:
                if word in low:
                    break
            else:
                return None
        return self._match(text, begin, stop)

    def _may_begin(self, head: str) -> bool:
        """Can a match begin with these characters? A blank or a sign may stand before its words, or be one of them."""
        if self._left:
            self._left -= 1
            if self._left:
                return True
            self.learn()
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        low = head.lower()
        may = self._heads is None or low in self._heads or low.startswith(self._stubs) or not (low.isascii() and low[:1].isalnum())
        self._seen[head] = may
        return may

    def _try(self, text: str, begin: int, stop: int) -> re.Match[str] | None:
        return self.real.match(text, begin, stop)


@lru_cache(maxsize=16)  # many patterns are asked of one sentence
def _small(text: str) -> str | None:
    """The text in small letters, place for place; None where it holds letters for which there is no such."""
    low = text.lower()
    if not low.isascii() and (len(low) != len(text) or any(letter in text for letter in _ODD)):
        return None
    return low
