"""Finds provisions of the information Acts in running text, in the manner of eyecite: what was written, where, and what it is.

A citation is a word (section, s., exemption, regulation …), a number and its parts, and perhaps a chain of further ones. Which Act
it belongs to is what the words around it say; failing that, the regime of the letter. Sections of other laws are left alone.
Every step moves forward through the text, so the time taken grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from foi_lib.errors import FoiError
from foi_lib.reference.acts import act_after, act_before, is_other_matter, speaks_of_information_law
from foi_lib.reference.statutes import REGIMES, ProvisionInfo, find_info, section_exists

ROMAN = frozenset(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"))
_REGULATIONS = {"FOIA": "EIR", "FOISA": "EISR", "EIR": "EIR", "EISR": "EISR"}
_ACTS = {"FOIA": "FOIA", "FOISA": "FOISA", "EIR": "FOIA", "EISR": "FOISA"}


@dataclass(frozen=True, slots=True)
class ProvisionCitation:
    """One provision cited at `text[start:end]`. `str()` gives what it resolves to: "s31(1)(a)".

    `exists`: the Act has the provision that this resolves to. `malformed`: what is written cannot be right as it stands (it
    was mended, or does not exist). `supporting`: a section that is no ground of refusal by itself (s1, s2, s16, s17 of FOIA, s40(3A)).
    """

    start: int
    end: int
    as_cited: str
    section: str
    regime: str
    exists: bool
    malformed: bool
    kind: str
    ncnd: bool
    act_named: bool  # the Act stands beside it; False: the default regime was taken

    @property
    def span(self) -> tuple[int, int]:
        return (self.start, self.end)

    @property
    def resolved(self) -> str:
        return self.section

    @property
    def supporting(self) -> bool:
        return self.kind == "procedure"

    @property
    def info(self) -> ProvisionInfo | None:
        """The provision's row in the table, or its parent's; None where the table does not describe it."""
        return find_info(self.regime, self.section)

    def __str__(self) -> str:
        return self.section


@dataclass(frozen=True, slots=True)
class _Item:
    """A link of a chain: its number and parts, and its place."""

    number: str
    parts: tuple[str, ...]
    start: int
    end: int
    bare: bool  # a number without parts


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        r"""(?<![\w/'’&-])(?:
            (?P<word>sections?|sectons?|sect?s?\.?|ss?\.?|§§?|exemptions?|exceptions?|regulations?|regs?\.?|adran(?:nau)?)
              (?:\s{0,3}\(s\))?(?:(?<=n|s)\s(?:applied|cited|used|claimed))?:?[ \t\u00a0]{0,3}(?:\r?\n[ \t]{0,3})?
              (?:(?:no\.?|number|under|section|s\.?)\s{1,2})?(?=\d)
          | (?P<act>FOIA|FOISA|FOI\sAct|EIRs?|EISRs?)\s{1,2}(?=\d{1,2}[A-Z]?\s?\(\d)
          | (?P<exempt>exempt(?:ion|ed)?\s(?:under|at|in|by\svirtue\sof|pursuant\sto)\s)(?=\d{1,2}[A-Z]?\s?\(\d)
        )""", re.IGNORECASE | re.VERBOSE)  # fmt: skip


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "number": re.compile(r"\d{1,3}(?:[A-Z]{1,2}(?![A-Za-z]))?(?![\d%])"),
        "bracket": re.compile(r"[ \t\u00a0]{0,2}\(\s{0,2}(\d{1,2}[A-Za-z]{0,2}|[a-z]{1,2}|[A-Z](?=\s{0,2}\))|[ivx]{1,5})\s{0,2}\)"),
        "below": re.compile(r",?\s{0,2}sub-?\s?sections?\s{1,2}\(?(\d{1,2}[A-Z]{0,2})\)?", re.IGNORECASE),
        "above": re.compile(r"sub-?\s?section\s{1,2}\(?(\d{1,2}[A-Z]{0,2})\)?((?:\s?\([a-z]{1,4}\))*)\s{1,2}of\s{1,2}$", re.IGNORECASE),
        "dotted": re.compile(r"\.(\d{1,2}[A-Z]{0,2}|[a-j]{1,2})(?![\w])"),
        "glued": re.compile(r"[ \t]?([a-j])(?![\w'’)])"),
        "joint": re.compile(r"(?:\s{0,2},\s{0,2}(?:and|or|&)?|\s{0,2}(?:&|/|;)|\s{1,2}(?:and/or|and|or|to)(?=[\s(])|\s?[-–](?=\s?\()"
                            r"|(?=\())\s{0,2}(?:also\s|with\s)?", re.IGNORECASE),
        "again": re.compile(r"(?:sections?|ss?\.?|regulations?|regs?\.?)\s{0,2}(?=\d)", re.IGNORECASE),
        "postcode": re.compile(r"\s{0,2}\d[A-Z]{2}\b"),
        "ends": re.compile(r"\s{0,2}(?:$|[.,;:)\]\n/&|]|of\b|under\b|and\b|or\b|appl|exempt|is\b|are\b|was\b|were\b|have\b|has\b|both\b)"),
    }  # fmt: skip


def find_provisions(
    text: str, regime: str = "FOIA", on: date | None = None, begin: int = 0, end: int | None = None,
) -> list[ProvisionCitation]:  # fmt: skip
    """Every citation of the FOIA, FOISA, EIR 2004 or EI(S)R in the text, in its order.

    `regime` is the one to take where the text names no Act; a regulation is then one of the Environmental Information Regulations
    of the same country. `on`: the date of the letter; a provision that was not in force then does not exist for it. `begin` and
    `end` narrow the search to citations that begin in `text[begin:end]`; the words around them count all the same.
    """
    if regime not in REGIMES:
        raise FoiError(f"regime {regime!r} is not known: write one of {', '.join(REGIMES)}")
    found: list[ProvisionCitation] = []
    done = 0
    for head in _heads(text, begin, len(text) if end is None else end):
        if head.start() < done:
            continue
        items = list(_chain(text, head.end(), plural=_plural(head)))
        if not items:
            continue
        done = items[-1].end
        found.extend(_resolve(text, head, items, regime, on))
    return found


_WORDS = ("section", "sect", "adran", "exempt", "exception", "regulation", "reg", "§", "foi", "eir", "eisr")
_SHORT_S = re.compile(r"[sS]\.?[ \t\u00a0]{0,3}\d")


def _heads(text: str, begin: int, end: int) -> list[re.Match[str]]:
    """The words that may begin a citation. `str.find` goes ahead, for a pattern tried at each letter takes ten times as long."""
    part = text[begin:end]
    low = part.lower()
    if len(low) != len(part):
        low = part
    places = {begin + hit.start() for hit in _SHORT_S.finditer(part)}
    places |= {at - 1 for at in places if at > begin and text[at - 1] in "sS"}  # "ss 31 and 40"
    for name in _WORDS:
        at = low.find(name)
        while at >= 0:
            places.add(begin + at)
            at = low.find(name, at + 1)
    return [hit for at in sorted(places) if (hit := _head().match(text, at))]


def _plural(head: re.Match[str]) -> bool:
    word = (head["word"] or "").lower().rstrip(". ")
    return word in ("sections", "ss", "sects", "exemptions", "exceptions", "regulations", "regs", "§§") or "(s)" in head[0]


def _chain(text: str, at: int, plural: bool) -> Iterator[_Item]:
    """The provisions that one head governs: "31(1)(a) and (3)", "40(2), 41 and 43", "5.1.a&b or 15.1.a&b"."""
    pattern = _patterns()
    first = pattern["number"].match(text, at)
    if not first:
        return
    last = _item(text, first, at)
    yield last
    while True:
        joint = pattern["joint"].match(text, last.end)
        if not joint or (not joint[0] and last.bare):
            return
        again = pattern["again"].match(text, joint.end())
        start = again.end() if again else joint.end()
        following = _partial(text, last, start) or _whole(text, last, joint.end(), start, plural or bool(again), "," in joint[0])
        if not following:
            return
        if joint[0].strip().lower() in ("to", "-", "–"):
            yield from _between(last, following)
        yield following
        last = following


def _item(text: str, number: re.Match[str], begin: int) -> _Item:
    pattern = _patterns()
    parts: list[str] = []
    end = number.end()
    while len(parts) < 4:
        part = pattern["bracket"].match(text, end) or pattern["dotted"].match(text, end)
        if not part and not parts:
            part = pattern["below"].match(text, end)  # "section 40, subsection (2)"
        if not part and parts and parts[-1][0].isdigit():
            part = pattern["glued"].match(text, end)
            if part and text[part.start()] in " \t" and part[1] == "a":  # "s40(2) a request": an article, not a paragraph
                part = None
        if not part:
            break
        name = "1" if not parts and part[1] in ("l", "I") else _level(part[1])  # a letter for the figure: (l)(a)
        if not _deeper(name, parts):
            break
        parts.append(name)
        end = part.end()
    return _Item(number[0], tuple(parts), begin, end, not parts)


def _deeper(part: str, parts: list[str]) -> bool:
    """Whether a bracket goes down a level, as it does in (2)(b)(i), and is no sibling, as in (2)(a)(b) or (2)(3A)."""
    if not parts:
        return True
    if part[0].isdigit():
        return False
    if parts[-1][0].isdigit():
        return True
    return part in ROMAN and not (len(parts) >= 2 and parts[-1] in ROMAN and parts[-2][0].isalpha())


def _level(part: str) -> str:
    """Paragraphs are small letters, subsections digits with capitals: "5a" → "5A", "A" → "a"."""
    return part.upper() if part[0].isdigit() else part.lower()


def _partial(text: str, last: _Item, at: int) -> _Item | None:
    """ "(3)", "(c)" or, after "5.1.a", a bare letter: they take the rest from the citation before."""
    pattern = _patterns()
    parts: list[str] = []
    end = at
    while (part := pattern["bracket"].match(text, end)) and _deeper(_level(part[1]), parts):
        parts.append(_level(part[1]))
        end = part.end()
    if not parts and last.parts and re.match(r"[a-j](?![\w'’])", text[at : at + 2]) and text[last.end - 1].isalpha():
        parts, end = [text[at]], at + 1
    if not parts:
        return None
    level = _depth(parts[0], last.parts)
    if level > len(last.parts):
        return None
    return _Item(last.number, (*last.parts[:level], *parts), at, end, bare=False)


def _depth(part: str, before: tuple[str, ...]) -> int:
    """At which level a lone part belongs, given the parts of the citation before it."""
    if part[0].isdigit():
        return 0
    if part in ROMAN and before and before[-1] in ROMAN and len(before) >= 2 and not before[-2].isdigit():
        return len(before) - 1
    letters = next((n for n, name in enumerate(before) if name[0].isalpha()), None)
    return letters if letters is not None else len(before)


def _whole(text: str, last: _Item, begin: int, at: int, plural: bool, comma: bool) -> _Item | None:
    """A further number, whose word (if it has one) begins at `begin`."""
    pattern = _patterns()
    number = pattern["number"].match(text, at)
    if not number:
        return None
    item = _item(text, number, begin)
    if not item.bare:
        return item
    # A bare number might be anything ("section 40 and 3 officers"): only where it must be a section.
    if len(number[0]) < 2 or not pattern["ends"].match(text, item.end):
        return None
    return item if plural or (len(last.number) >= 2 and not comma) else None


def _between(first: _Item, last: _Item) -> Iterator[_Item]:
    """The paragraphs between "31(1)(a) to (c)"; sections between two numbers are not listed, for some may not exist."""
    if first.number == last.number and first.parts[:-1] == last.parts[:-1] and first.parts and len(first.parts[-1]) == 1:
        for name in range(ord(first.parts[-1]) + 1, ord(last.parts[-1][0])):
            yield _Item(first.number, (*first.parts[:-1], chr(name)), last.start, last.end, bare=False)


def _resolve(text: str, head: re.Match[str], items: list[_Item], default: str, on: date | None) -> Iterator[ProvisionCitation]:
    word = (head["word"] or "").lower()
    begin = head.start()
    above = _patterns()["above"].search(text, max(0, begin - 40), begin) if items[0].bare else None
    if above:  # "subsection (2) of section 40"
        parts = (_level(above[1]), *re.findall(r"[a-z]+", above[2].lower()))
        items[0] = _Item(items[0].number, parts, items[0].start, items[0].end, bare=False)
        begin = above.start()
    number = items[-1].number
    named = act_after(text, items[-1].end, number) or act_before(text, begin, items[0].number) or _act_in_head(head)
    if named == "other" or is_other_matter(text, head.start(), head.end(), items[-1].end, items[0].bare):
        return
    regulation = word.startswith("reg") or word.startswith("exception")
    if named:
        regime = named
    elif regulation:
        regime = _REGULATIONS[default]
    else:
        regime = default if default in ("EIR", "EISR") and not word.startswith("s") else _ACTS[default]
    for position, item in enumerate(items):
        start = begin if position == 0 else item.start
        wrong_word = bool(word) and not word.startswith("ex") and regulation != (regime in ("EIR", "EISR"))
        citation = _citation(text, item, start, regime, on, wrong_word, named=bool(named))
        if named or _credible(text, head, item, citation):
            yield citation


def _act_in_head(head: re.Match[str]) -> str | None:
    act = (head["act"] or "").upper().rstrip("S") if head["act"] else ""
    return {"": None, "FOIA": "FOIA", "FOISA": "FOISA", "FOI ACT": "FOIA", "EIR": "EIR", "EISR": "EISR"}.get(act)


def _credible(text: str, head: re.Match[str], item: _Item, citation: ProvisionCitation) -> bool:
    """Whether a citation whose Act is not named can be one at all."""
    around = text[max(0, head.start() - 160) : item.end + 160]
    word = (head["word"] or "").lower()
    if word.startswith(("exempt", "except")):
        return citation.exists and citation.kind != "procedure"
    if citation.regime in ("EIR", "EISR") and (item.bare or not citation.exists or citation.kind == "procedure"):
        return speaks_of_information_law(around)  # there are regulations of many kinds
    if _DOTTED.search(citation.as_cited) and not any(part.isalpha() for part in item.parts):
        return citation.exists and citation.kind != "procedure"  # "section 3.2": a chapter of a report
    if not item.bare:
        return True  # subsections are written of laws; one that does not exist is for a person to see
    if not section_exists(citation.regime, citation.section[0] + item.number):
        return False
    if citation.kind in ("exemption", "cost", "vexatious", "not_held"):
        return True
    return speaks_of_information_law(around)


_CRIME = re.compile(r"\bcrim(?:e|es|inal)", re.IGNORECASE)


_DOTTED = re.compile(r"\d\.\d")
_LETTER_FOR_FIGURE = re.compile(r"\d\s?\((?:l|I)\)")


def _citation(text: str, item: _Item, start: int, regime: str, on: date | None, wrong_word: bool, named: bool) -> ProvisionCitation:
    letter = "r" if regime in ("EIR", "EISR") else "s"
    section = f"{letter}{item.number}" + "".join(f"({part})" for part in item.parts)
    malformed = wrong_word or bool(_LETTER_FOR_FIGURE.search(text, item.start, item.end))
    if not section_exists(regime, section):
        mended = _mend(text, regime, section, item)
        malformed, section = True, mended or section
    info = find_info(regime, section)
    exists = section_exists(regime, section) and (on is None or info is None or info.in_force(on))
    return ProvisionCitation(start, item.end, text[start : item.end], section, regime, exists, malformed or not exists,
                             info.kind if info else "procedure", bool(info and info.is_ncnd_limb), named)  # fmt: skip


def _mend(text: str, regime: str, section: str, item: _Item) -> str | None:
    """Section 31(a) can only be s.31(1)(a), where the reason given is the prevention or detection of crime; else only s.31 is sure."""
    whole = section[0] + item.number
    if not section_exists(regime, whole) or not item.parts or item.parts[0][0].isdigit():
        return None
    crime = {"FOIA": "31", "FOISA": "35"}.get(regime)
    if item.number == crime and item.parts == ("a",) and _CRIME.search(text, max(0, item.start - 400), item.end + 600):
        return f"{whole}(1)(a)"
    return whole
