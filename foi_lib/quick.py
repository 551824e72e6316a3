"""Patterns that are tried only where they can match.

A pattern that ignores case, or begins with a word's edge or a choice of words, is tried by `re` at every character of a text. Nearly all
of them hold words without which they cannot match, and a substring is found a hundred times as fast: so a `Guarded` pattern asks for those
first. The words are drawn from the pattern itself, so that no list can fall behind it; what is found is what `re` would find.

`quick.compile` and `quick.search` stand in for those of `re`, for patterns that most texts do not match. A pattern that is tried at one
place (`match`), that nearly every text holds, or that is made up as the program runs, belongs to `re`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import product
from typing import Any

_MOST_WORDS = 60  # more of them take as long as the pattern
_MOST_SPELLINGS = 8  # of one stretch: "witheld" and "withheld"
# letters that small "s" and "i" stand for where case is ignored, and which do not become these in small letters
_ODD = ("ſ", "ı", "İ")

Needed = frozenset[str]
_FOLDED = re.I
_KNOWN: dict[str, Guarded] = {}
_KNOWN_FOLDED: dict[str, Guarded] = {}  # where case is ignored


def compile(source: str, flags: int = 0) -> Guarded:
    """As `re.compile`; the pattern is compiled when it is first used."""
    return Guarded(source, flags)


def search(source: str, text: str, flags: re.RegexFlag = re.NOFLAG) -> re.Match[str] | None:
    """As `re.search`, for a pattern that stands in the program (each is kept) with no flag or re.I."""
    known = _KNOWN_FOLDED if flags is _FOLDED else _KNOWN
    found = known.get(source)
    if found is None:
        found = known[source] = Guarded(source, flags)
    return found.search(text)


class Guarded:
    """`re.compile(source, flags)`, compiled when first used, and searched for only in texts that hold one of its words."""

    __slots__ = ("_needed", "_real", "flags", "source")

    def __init__(self, source: str, flags: int = 0) -> None:
        self.source, self.flags = source, int(flags)
        self._real: re.Pattern[str] | None = None
        self._needed: tuple[str, ...] = ()

    @property
    def real(self) -> re.Pattern[str]:
        """The pattern as `re` compiles it."""
        if self._real is None:
            self._real = re.compile(self.source, self.flags)
            self._needed = tuple(sorted(needed(self.source, self.flags) or (), key=lambda word: (len(word), word)))
        return self._real

    def may_match(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> bool:
        """False only where `text[begin:stop]` holds no match."""
        if self._real is None:
            self.real  # noqa: B018  (its words are read)
        if not self._needed:
            return True
        low = (text[begin:stop] if begin or stop < len(text) else text).lower()
        for word in self._needed:
            if word in low:
                return True
        return not text.isascii() and any(letter in text for letter in _ODD)

    def search(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        return self.real.search(text, begin, stop) if self.may_match(text, begin, stop) else None

    def finditer(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        return self.real.finditer(text, begin, stop) if self.may_match(text, begin, stop) else iter(())

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        return self.real.sub(by, text) if self.may_match(text) else text

    def match(self, text: str, begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """Without looking for words: a pattern that is tried at one place is quick."""
        return self.real.match(text, begin, stop)


def needed(source: str, flags: int = 0) -> Needed | None:
    """Small-letter strings of which every text that matches holds one; None where the pattern needs none, or too many."""
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:  # another Python: every text is searched
        return None
    words = _of_sequence(_parser.parse(source, flags))
    if words is None or len(words) > _MOST_WORDS or any(len(word) == 1 and word.isalnum() for word in words):
        return None
    return frozenset(word for word in words if not any(other != word and other in word for other in words))


def _of_sequence(parts: Iterable[tuple[Any, Any]]) -> Needed | None:
    """The best of what the parts of a sequence need: the longest words, and then the fewest."""
    choices: list[Needed] = []
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


def _of_part(name: str, value: Any) -> Needed | None:
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
