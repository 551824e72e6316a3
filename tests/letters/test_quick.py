"""A guarded pattern finds what `re` finds, and looks only where one of its own words stands."""

from __future__ import annotations

import gc
import re
from functools import reduce
from itertools import product

import pytest
from factory.letter import make_letter
from hypothesis import given
from hypothesis import strategies as st

from foi_lib import pattern_words, quick
from foi_lib.letters import amounts, periods
from foi_lib.letters.lines import split_lines

from .said import read


@pytest.mark.parametrize(
    ("source", "flags", "words", "why"),
    [
        (r"\bdata breach(?:es)?\b", re.I, {"data breach"}, "what may be left out is no word"),
        (r"\b(?:cost|appropriate) limit\b", re.I, {" limit"}, "the fewest words of the same length"),
        (r"\bwith?held\b|\bexempt", re.I, {"held", "exempt"}, "one of each branch"),
        (r"exempt|\bexemption\b", 0, {"exempt"}, "a word that holds another is not asked for beside it"),
        (r"(?:breach|claim)s?", 0, {"breach", "claim"}, "a group"),
        (r"data[ -]breach", 0, {"data breach", "data-breach"}, "a few letters to choose from"),
        (r"\w+(?= respectively)", 0, {" respectively"}, "what must follow"),
        (r"(?<=section )\d+", 0, None, "what stands before may lie outside the stretch that is searched"),
        (r"(?:nil)?\s*\d", 0, None, "nothing that must be there"),
        (r"\b[as]\b", 0, None, "letters stand in every text"),
        (r"£|\bpounds?\b", 0, {"£", "pound"}, "a sign is a word"),
        (r"İstanbul", re.I, {"stanbul"}, "a letter whose case is not as simple is passed over"),
    ],
)
def test_words(source: str, flags: int, words: set[str] | None, why: str) -> None:
    assert pattern_words.needed(source, flags) == words, why


@pytest.mark.parametrize(
    ("source", "flags", "begins", "why"),
    [
        (r"\bdata breach(?:es)?\b", re.I, {"\bdata b"}, "six characters tell enough places apart"),
        (r"\b(?:total\s)?(?:cost|sum)s?\b", re.I, {"\bcost", "\bsum", "\btotal"}, "what may be left out, and what follows it"),
        (r"\bclaim(?:s|ed)?\b|\bclaimants?", re.I, {"\bclaim"}, "one that begins another stands for both"),
        (r"^\W*none\b|\bnil\b", re.I, {"^none", "\bnil"}, "the beginning of the text, and signs at it"),
        (r"^.*none\b|\bnil\b", re.I, {"^", "\bnil"}, "the beginning of the text, whatever follows"),
        (r"^\s*(?:date|sent)\b", re.M, {"^date", "^sent"}, "blanks at the beginning of a line are stepped over"),
        (r"(?:^|/)\s*reply", re.M, {"^reply", "/"}, "but no others"),
        (r"^(?:our )?reply", re.M, {"^our re", "^reply"}, "six characters of a line's beginning too"),
        (r"\d+ (?:were|was)|\bnil|20\d\d", 0, {"digit", "\bnil"}, "any digit, and so no digit of its own"),
        (r"(?<![\d.])\d+|\bnil|\b20\d\d", 0, {"1st digit", "\bnil"}, "the first digit of a number"),
        (r"(?<=[=-])[1-9]|\b\d", 0, {"1st digit"}, "after a sign, and at a word's edge"),
        (r"(?<!\d-)\d", 0, {"digit"}, "a digit farther off may stand before"),
        (r"(?<![^\d])\d", 0, {"digit"}, "no digit must not stand before: a digit may"),
        (r"(?<=[1-])\d", 0, {"digit"}, "one of the characters before is a digit"),
        (r"(?<!\w)nil|(?<!\w)[0-9]", 0, {"nil", "1st digit"}, "a word that may follow anything but a letter"),
        (r"^\s*\d+ of|^page", 0, {"^digit", "^page"}, "a digit at the beginning of a line"),
        (r"\^nil", 0, None, "a sign that is one of our own marks"),
        (r"\s*nil", 0, None, "blanks may stand anywhere"),
        (r"[a-z]+ nil", 0, None, "any word"),
        (r"^\s*", 0, None, "nothing at all matches"),
        (r"(?m:^nil)", 0, None, "lines in a part of the pattern"),
        (r"(?<=section )12", 0, {"12"}, "what stands before is no part of it"),
        (r"(?:cd){1,3}e", 0, {"cd"}, "what repeats is followed once"),
        (r"c[abd][abd][abd][abd][abd]", 0, {"".join(("c", *three)) for three in product("abd", repeat=3)}, "shorter where there are many"),
    ],
)
def test_beginnings(source: str, flags: int, begins: set[str] | None, why: str) -> None:
    marks = {"\b": pattern_words.EDGE, "1st ": pattern_words.FIRST, "digit": pattern_words.DIGIT}
    expected = begins and {reduce(lambda word, mark: word.replace(*mark), marks.items(), one) for one in begins}
    assert pattern_words.beginnings(source, flags) == expected, why


@pytest.mark.parametrize(
    ("source", "text", "found", "why"),
    [
        (r"\bbreach", "Data BREACHES", "BREACH", "small and large letters"),
        (r"\bsection\b", "the ſection", "ſection", "a long s is an s where case is ignored"),
        (r"\bclaims?\b", "a claİms", "claİms", "and an I with a dot an i"),
        (r"\bclaims?\b", "Forderungen", None, "no word, no match"),
    ],
)
def test_search(source: str, text: str, found: str | None, why: str) -> None:
    pattern = quick.compile(source, re.I)
    for n in range(60):  # before its words are drawn from it, and after
        for hit in (pattern.search(text), quick.search(source, text, re.I)):
            assert (hit and hit.group()) == found, (n, why)


def test_a_stretch_of_the_text() -> None:
    pattern = quick.compile(r"\bcost limit\b", re.I)
    pattern.learn()
    assert pattern.search("the cost limit", 4) is not None
    assert pattern.search("the cost limit", 0, 8) is None
    assert [m.start() for m in pattern.finditer("cost limit, cost limit", 3)] == [12]
    assert pattern.sub("-", "a cost limit") == "a -"
    assert pattern.match("a cost limit", 2) is not None


@pytest.mark.parametrize("flags", [0, re.M])
def test_a_line_that_begins_with_blanks(flags: int) -> None:
    for source in (r"^\s*nil", r"^\W*nil", r"\W*nil"):
        pattern, real = quick.compile(source, flags), re.compile(source, flags)
        pattern.learn()
        for text in ("  nil", "\n\nnil", "a\n \n\t nil\nnil", "a nil\n", "no", "- nil", "a\n* \n- nil", "_nil", "nil"):
            assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in real.finditer(text)]
            assert str(pattern.match(text)) == str(real.match(text))


LETTERS = "abksiAKSıſİ £1"
PIECES = st.recursive(
    st.sampled_from([
        *"absik1£",
        r"\d", r"(?<!\d)", r"(?<![\w-])", "(?<=[-£])", "(?<=[k1])",
        r"\b", r"\s", r"\w", "[ab]", "[^a]", "[sk1]", "^", r"^\s*", r"^\W*", "$", ".",
    ]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{0,2}"])).map(lambda pair: f"(?:{pair[0]}){pair[1]}"),
        inner.map(lambda part: f"(?={part})"),
        inner.map(lambda part: f"(?!{part})"),
        inner.map(lambda part: f"({part})"),
    ),
    max_leaves=12,
)


@given(PIECES, st.text(LETTERS + "\n", max_size=12), st.sampled_from([0, re.I, re.M, re.I | re.M]), st.integers(0, 5), st.integers(0, 14))
def test_any_pattern_finds_what_re_finds(source: str, text: str, flags: int, begin: int, stop: int) -> None:
    pattern, real = quick.compile(source, flags), re.compile(source, flags)
    pattern.learn()
    for where in ((), (begin,), (begin, stop)):
        assert str(pattern.search(text, *where)) == str(real.search(text, *where))
        assert [m.span() for m in pattern.finditer(text, *where)] == [m.span() for m in real.finditer(text, *where)]
        assert str(pattern.match(text, *where)) == str(real.match(text, *where))


def test_the_readers_own_patterns() -> None:
    letters = [make_letter(seed)[0] for seed in range(10)]
    for text in letters[:5]:
        read(text)  # patterns that stand where they are used are known from then on
    texts = sorted({line.text for text in letters for line in split_lines(text)}) + letters[:3]
    patterns = [thing for thing in gc.get_objects() if isinstance(thing, quick.Guarded) and len(thing.source) > 12]
    assert len(patterns) > 100
    for pattern in patterns:
        pattern.learn()
        for text in texts:
            assert str(pattern.search(text)) == str(pattern.real.search(text)), (pattern.source, text)
            assert [str(m) for m in pattern.finditer(text)] == [str(m) for m in pattern.real.finditer(text)], (pattern.source, text)
            assert str(pattern.match(text)) == str(pattern.real.match(text)), (pattern.source, text)


@pytest.mark.parametrize("pattern", [periods._ATOM, amounts._TOKEN, amounts._NOT_NUMBER], ids=["periods", "figures", "no figures"])
def test_where_a_pattern_is_tried_at_all(pattern: re.Pattern[str] | quick.Guarded) -> None:
    """The words that guard it, or the look ahead at its beginning, let through whatever it could match."""
    if isinstance(pattern, quick.Guarded):
        pattern.learn()
        free = pattern.real
    else:
        begin, rest = pattern.pattern.split("(?:", 1)
        assert begin.strip().startswith("(?=")
        free = re.compile(f"(?:{rest}", pattern.flags)
    said = [letter for seed in range(60) for letter in make_letter(seed)[0].splitlines()]
    said += [
        f"in {word} there"
        for word in (*amounts.UNITS, *amounts.TENS, *periods.MONTHS, "FY23", "F.Y. 2019", "Nil", "over 10 but fewer than 60")
    ]
    found = 0
    for text in sorted({*said, *(text.upper() for text in said)}):
        assert [m.span() for m in pattern.finditer(text)] == [m.span() for m in free.finditer(text)], text
        assert str(pattern.search(text)) == str(free.search(text)), text
        found += pattern.search(text) is not None
    assert found > 100
