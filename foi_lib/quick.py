"""Patterns that are tried only where they can match.

A pattern that ignores case, or begins with a word's edge or a choice of words, is tried by `re` at every character of a text. Nearly all
of them begin with one of a few words, or hold one without which they cannot match, and a substring is found a hundred times as fast: so a
`Guarded` pattern looks for those first, and is tried where they stand. The words are drawn from the pattern itself, so that no list can
fall behind it; what is found is what `re` would find.

`quick.compile` and `quick.search` stand in for those of `re`, for patterns that most places of a text do not match. A pattern that is
tried at one place (`match`), or that is made up as the program runs, belongs to `re`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import product
from typing import Any

_MOST_WORDS = 40  # more of them take as long as the pattern
_MOST_SPELLINGS = 8  # of one stretch: "witheld" and "withheld"
_MOST_PATHS = 400  # ways through a pattern that are followed at once
_SOON = 40  # searches; for fewer, drawing its words from a pattern takes longer than it saves
_LONGEST = (6, 4, 3)  # characters of a beginning, the shorter where the longer are too many
# letters that small "s" and "i" stand for where case is ignored, and which do not become these in small letters
_ODD = ("ſ", "ı", "İ")
EDGE = "\b"  # before a beginning: it stands at a word's edge
LINE = "^"  # among the beginnings of a pattern: the beginning of the text, or with re.M of a line

Words = frozenset[str]
_FOLDED = re.I
_KNOWN: dict[str, Guarded] = {}
_KNOWN_FOLDED: dict[str, Guarded] = {}  # where case is ignored


def compile(source: str, flags: int = 0, most: int = _MOST_WORDS) -> Guarded:
    """As `re.compile`; the pattern is compiled when it is first used. `most`: how many words are looked for."""
    return Guarded(source, flags, most)


def search(source: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Match[str] | None:
    """As `re.search`, for a pattern that stands in the program (each is kept) with no flag or re.I."""
    known = _KNOWN_FOLDED if flags is _FOLDED else _KNOWN
    found = known.get(source)
    if found is None:
        found = known[source] = Guarded(source, flags)
    return found.search(text)


class Guarded:
    """`re.compile(source, flags)`, compiled when first used, and soon tried only where one of its words stands."""

    __slots__ = ("_begins", "_left", "_lines", "_most", "_needed", "_real", "flags", "source")

    def __init__(self, source: str, flags: int = 0, most: int = _MOST_WORDS) -> None:
        self.source, self.flags, self._most = source, int(flags), most
        self._real: re.Pattern[str] | None = None
        self._left = _SOON  # how often it is searched for everywhere before its words are drawn from it
        self._begins: tuple[tuple[str, bool], ...] = ()  # how a match begins, and whether that is a word's edge
        self._lines = False  # whether it may begin with a line, whatever stands there
        self._needed: tuple[str, ...] = ()

    @property
    def real(self) -> re.Pattern[str]:
        """The pattern as `re` compiles it."""
        if self._real is None:
            self._real = re.compile(self.source, self.flags)
        return self._real

    def learn(self) -> None:
        """Draw its words from the pattern."""
        begins, words = beginnings(self.source, self.flags, self._most) or frozenset(), needed(self.source, self.flags)
        self._begins = tuple(sorted((word.lstrip(EDGE), word[0] == EDGE and word[1].isalnum()) for word in begins - {LINE}))
        self._lines = LINE in begins
        if words and (not begins or self._lines or len(words) * 2 <= len(begins)):  # else looking twice takes longer
            self._needed = tuple(sorted(words, key=lambda word: (len(word), word)))
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
        if not self._begins and not self._lines:
            return None
        found: list[int] = []
        if self._lines:
            found = [begin, *(begin + m.end() for m in re.finditer("\n", low))] if self.flags & re.M else [begin]
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

    def search(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        places = self.places(text, begin, stop)
        if places is None:
            return self.real.search(text, begin, stop)
        if places:
            match = self.real.match
            for at in places:
                if hit := match(text, at, stop):
                    return hit
        return None

    def finditer(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        places = self.places(text, begin, stop)
        return self.real.finditer(text, begin, stop) if places is None else self._at(places, text, stop)

    def _at(self, places: list[int], text: str, stop: int) -> Iterator[re.Match[str]]:
        done = 0
        for at in places:
            if at >= done and (hit := self.real.match(text, at, stop)):
                yield hit
                done = hit.end()

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return text if self.places(text) == [] else self.real.sub(by, text)

    def match(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """At one place, as `re` does."""
        return self.real.match(text, begin, stop)


@lru_cache(maxsize=16)  # many patterns are asked of one sentence
def _small(text: str) -> str | None:
    """The text in small letters, place for place; None where it holds letters for which there is no such."""
    low = text.lower()
    if not low.isascii() and (len(low) != len(text) or any(letter in text for letter in _ODD)):
        return None
    return low


def _parsed(source: str, flags: int) -> Any:
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:  # another Python: patterns are tried everywhere
        return ()
    return _parser.parse(source, flags)


def needed(source: str, flags: int = 0) -> Words | None:
    """Small-letter strings of which every text that matches holds one; None where the pattern needs none, or too many."""
    words = _of_sequence(_parsed(source, flags))
    if words is None or len(words) > _MOST_WORDS or any(len(word) == 1 and word.isalnum() for word in words):
        return None
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Words | None:
    """The best of what the parts of a sequence need: the longest words, and then the fewest."""
    choices: list[Words] = []
    run: list[str] = [""]  # spellings of the characters so far, one after another
    for name, value in parts:
        letters = _letters(str(name), value)
        if letters is not None and len(run) * len(letters) <= _MOST_SPELLINGS:
            run = [a + b for a, b in product(run, letters)]
            continue
        if run[0]:
            choices.append(frozenset(run))
        run = letters if letters is not None else [""]
        if letters is None and (inner := _of_part(str(name), value)):
            choices.append(inner)
    if run[0]:
        choices.append(frozenset(run))
    return max(choices, key=lambda words: (min(map(len, words)), -len(words)), default=None)


def _letters(name: str, value: Any) -> list[str] | None:
    """The few characters that a part stands for, in small letters; None for any other part."""
    if name == "LITERAL":
        found = [chr(value)]
    elif name == "IN" and len(value) <= _MOST_SPELLINGS and all(str(kind) == "LITERAL" for kind, _ in value):
        found = [chr(code) for _, code in value]
    else:
        return None
    if any(not one.isascii() and (one.isalpha() or one.lower() != one.upper()) for one in found):
        return None  # letters whose case is not as simple
    return sorted({one.lower() for one in found})


def _of_part(name: str, value: Any) -> Words | None:
    if name == "SUBPATTERN":
        return _of_sequence(value[3])
    if name == "ATOMIC_GROUP":
        return _of_sequence(value)
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _of_sequence(value[2]) if value[0] else None
    if name == "ASSERT" and value[0] > 0:  # what must follow; what stands before may lie outside the stretch searched
        return _of_sequence(value[1])
    if name == "BRANCH":
        every: set[str] = set()
        for branch in value[1]:
            words = _of_sequence(branch)
            if not words:
                return None
            every |= words
        return frozenset(every)
    return None


def beginnings(source: str, flags: int = 0, most: int = _MOST_WORDS) -> Words | None:
    """Small-letter strings, one of which stands where a match begins (LINE: a line begins there); None where it may begin otherwise."""
    parsed = _parsed(source, flags)
    if not parsed or parsed.getwidth()[0] == 0:
        return None
    for longest in _LONGEST:
        found = {word for word, _ in _paths(parsed, {("", True)}, longest)}
        if found.isdisjoint(("", EDGE)) and len(found) <= most:
            return frozenset(word for word in found if not any(word != other and word.startswith(other) for other in found))
    return None


Path = tuple[str, bool]  # the characters of one way through a pattern, and whether what follows goes on from them


def _paths(parts: Iterable[tuple[Any, Any]], paths: set[Path], longest: int) -> set[Path]:
    """Every way through the parts of a sequence, as far as its characters are known."""
    for part, value in parts:
        going = {path for path in paths if path[1]}
        if not going:
            break
        paths = (paths - going) | _on(str(part), value, going, longest)
        ended = {word for word, goes_on in paths if not goes_on}  # which stand for every way that begins as they do
        paths = {path for path in paths if not any(path[0].startswith(word) and path != (word, False) for word in ended)}
    return paths


def _on(name: str, value: Any, going: set[Path], longest: int) -> set[Path]:
    """The ways that go on, one part further."""
    letters = _letters(name, value)
    if letters is not None and len(going) * len(letters) <= _MOST_PATHS:
        return {(word + letter, len(word.lstrip(EDGE)) + 1 < longest) for word, _ in going for letter in letters}
    if name == "AT" and str(value) == "AT_BEGINNING":
        return {(word, True) if word.lstrip(EDGE) else (LINE, False) for word, _ in going}
    if name == "AT" and str(value) == "AT_BOUNDARY":
        return {(word or EDGE, True) for word, _ in going}
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return going
    if name == "SUBPATTERN" and not value[1] & re.M:
        return _paths(value[3], going, longest)
    if name == "BRANCH":
        return set().union(*(_paths(branch, going, longest) for branch in value[1]))
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = value
        once = _paths(body, going, longest)
        if most != 1:
            once = {(word, False) for word, _ in once}
        return once if least else once | going
    return {(word, False) for word, _ in going}
