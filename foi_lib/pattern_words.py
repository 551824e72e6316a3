"""The words without which a pattern cannot match, and those that it begins with, drawn from the pattern itself.

`quick` looks for them before it tries the pattern. All are in small letters; a text that holds none of them does not match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product
from typing import Any

MOST_WORDS = 40  # more of them take as long as the pattern
_MOST_SPELLINGS = 8  # of one stretch: "witheld" and "withheld"
_MOST_PATHS = 400  # ways through a pattern that are followed at once
LONGEST = (6, 4, 3)  # characters of a beginning, the shorter where the longer are too many
# before a beginning, in this order of strength:
EDGE = "\b"  # it stands at a word's edge
LINE = "^"  # or in its place: the text begins there, or with re.M a line, and blanks and signs may stand between
FIRST = "\x01"  # no digit stands before it
MARKS = EDGE + LINE + FIRST
DIGIT = "\0"  # in the place of a beginning: a digit, whichever
_OUR_OWN = MARKS + DIGIT

Words = frozenset[str]


def _parsed(source: str, flags: int) -> Any:
    try:
        from re import _parser  # type: ignore[attr-defined]
    except ImportError:  # another Python: patterns are tried everywhere
        return ()
    return _parser.parse(source, flags)


def needed(source: str, flags: int = 0) -> Words | None:
    """Small-letter strings of which every text that matches holds one; None where the pattern needs none, or too many."""
    words = _of_sequence(_parsed(source, flags))
    if words is None or len(words) > MOST_WORDS or any(len(word) == 1 and word.isalnum() for word in words):
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
    if any(one in _OUR_OWN or (not one.isascii() and (one.isalpha() or one.lower() != one.upper())) for one in found):
        return None  # our own marks, and letters whose case is not as simple
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


def beginnings(source: str, flags: int = 0, most: int = MOST_WORDS, lengths: Sequence[int] = LONGEST) -> Words | None:
    """Small-letter strings, one of which stands where a match begins; None where it may begin otherwise.

    Before a string, or in its place, may stand EDGE, LINE and FIRST; DIGIT stands for any digit.
    """
    parsed = _parsed(source, flags)
    if not parsed or parsed.getwidth()[0] == 0:
        return None
    for longest in lengths:
        found = {word for word, _ in _paths(parsed, {("", True)}, longest)}
        if not found.isdisjoint(("", EDGE, FIRST)):
            continue
        if DIGIT in found:  # which stands for every beginning in figures
            found = {word for word in found if word == DIGIT or not _in_figures(word)}
        elif FIRST + DIGIT in found:
            found = {word for word in found if word == FIRST + DIGIT or not (_in_figures(word) and word[0] in MARKS)}
        found = {word if word == FIRST + DIGIT else word.lstrip(FIRST) for word in found}
        if len(found) <= most:
            return frozenset(word for word in found if not any(word != other and word.startswith(other) for other in found))
    return None


def heads(source: str, flags: int, most: int, length: int) -> Words | None:
    """The beginnings of a pattern that is tried at one place, without what marks them; signs and blanks may stand before them."""
    found = beginnings(f"^(?:{source}\n)" if flags & re.X else f"^(?:{source})", flags, most, (length,))
    return None if found is None else frozenset(word.lstrip(MARKS) for word in found)


def _in_figures(word: str) -> bool:
    return word[0] != LINE and word.lstrip(MARKS)[:1] in (DIGIT, *"0123456789")


_DIGIT_AFTER = {"": DIGIT, EDGE: FIRST + DIGIT, FIRST: FIRST + DIGIT, LINE: LINE + DIGIT}
_SKIPPED = ("[(IN, [(CATEGORY, CATEGORY_SPACE)])]", "[(IN, [(CATEGORY, CATEGORY_NOT_WORD)])]")
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
        return {(word + letter, len(word.lstrip(MARKS)) + 1 < longest) for word, _ in going for letter in letters}
    if name == "IN" and _are_digits(value):
        return {(_DIGIT_AFTER.get(word, word), False) for word, _ in going}
    if name == "AT" and str(value) == "AT_BEGINNING":
        return {(word if word.lstrip(MARKS) else LINE, True) for word, _ in going}
    if name == "AT" and str(value) == "AT_BOUNDARY":
        return {(word or EDGE, True) for word, _ in going}
    if name in ("ASSERT", "ASSERT_NOT") and value[0] < 0 and _bars_digits(name, list(value[1])):
        return {(word or FIRST, True) for word, _ in going}
    if name in ("AT", "ASSERT", "ASSERT_NOT"):
        return going
    if name == "SUBPATTERN" and not value[1] & re.M:
        return _paths(value[3], going, longest)
    if name == "BRANCH":
        return set().union(*(_paths(branch, going, longest) for branch in value[1]))
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = value
        lines = {path for path in going if path[0] == LINE} if str(body) in _SKIPPED else set()
        if lines:
            return lines | (_on(name, value, going - lines, longest) if going - lines else set())
        once = _paths(body, going, longest)
        if most != 1:
            once = {(word, False) for word, _ in once}
        return once if least else once | going
    return {(word, False) for word, _ in going}


def _are_digits(value: Any) -> bool:
    ranges = [what for kind, what in value if str(kind) == "RANGE"]
    return len(ranges) + sum(str(what) == "CATEGORY_DIGIT" for _, what in value) == len(value) and all(
        ord("0") <= first <= last <= ord("9") for first, last in ranges
    )


def _bars_digits(name: str, before: list[tuple[Any, Any]]) -> bool:
    """Does what must stand before, or must not, keep the pattern from beginning within a number?"""
    if len(before) != 1 or str(before[0][0]) != "IN":
        return False
    kinds = [(str(kind), what) for kind, what in before[0][1]]
    if name == "ASSERT_NOT":
        return kinds[0][0] != "NEGATE" and any(str(what) in ("CATEGORY_DIGIT", "CATEGORY_WORD") for _, what in kinds)
    return all(kind == "LITERAL" and not chr(what).isdigit() for kind, what in kinds)
