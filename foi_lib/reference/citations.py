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
from foi_lib.reference.chains import Item, chain, level, patterns
from foi_lib.reference.days import plain_date
from foi_lib.reference.statutes import REGIMES, ProvisionInfo, find_info, section_exists

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


@cache
def _head() -> re.Pattern[str]:
    return re.compile(
        r"""(?:(?<![\w/'’&-])|(?<=under))(?:
            (?P<word>sections?|sectons?|sect?s?\.?|ss?\.?|§§?|exemptions?|exceptions?|regulations?|regs?\.?|adran(?:nau)?)
              (?:\s{0,3}\(s\))?(?:(?<=n|s)\s(?:applied|cited|used|claimed))?:?[ \t\u00a0]{0,3}(?:\r?\n[ \t]{0,3})?
              (?:(?:no\.?|number|under|section|s\.?)\s{1,2})?(?=\d)
          | (?P<act>FOIA|FOISA|FOI\sAct|EIRs?|EISRs?)\s{1,2}(?=\d{1,2}[A-Z]?\s?\(\d)
          | (?P<exempt>exempt(?:ion|ed)?\s(?:under|at|in|by\svirtue\sof|pursuant\sto)\s)(?=\d{1,2}[A-Z]?\s?\(\d)
        )""", re.IGNORECASE | re.VERBOSE)  # fmt: skip


def find_provisions(
    text: str, regime: str = "FOIA", on: date | str | None = None, begin: int = 0, end: int | None = None,
) -> list[ProvisionCitation]:  # fmt: skip
    """Every citation of the FOIA, FOISA, EIR 2004 or EI(S)R in the text, in its order.

    `regime` is the one to take where the text names no Act; a regulation is then one of the Environmental Information Regulations
    of the same country. `on`: the date of the letter; a provision that was not in force then does not exist for it. `begin` and
    `end` narrow the search to citations that begin in `text[begin:end]`; the words around them count all the same.
    """
    if regime not in REGIMES:
        raise FoiError(f"regime {regime!r} is not known: write one of {', '.join(REGIMES)}")
    found: list[ProvisionCitation] = []
    day = plain_date(on, "on")
    done = 0
    for head in _heads(text, begin, len(text) if end is None else end):
        if head.start() < done:
            continue
        items = list(chain(text, head.end(), _plural(head), (head["word"] or "").lower().startswith("reg")))
        if items:
            found.extend(_resolve(text, head, items, regime, day, done))
            done = items[-1].end
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


def _resolve(
    text: str, head: re.Match[str], items: list[Item], default: str, on: date | None, free: int,
) -> Iterator[ProvisionCitation]:  # fmt: skip
    """The citations of one chain. The text before `free` belongs to the citation before."""
    word = (head["word"] or "").lower()
    begin = head.start()
    above = patterns()["above"].search(text, max(free, begin - 40), begin) if items[0].bare else None
    if above:  # "subsection (2) of section 40"
        parts = (level(above[1]), *re.findall(r"[a-z]+", above[2].lower()))
        items[0] = Item(items[0].number, parts, items[0].start, items[0].end, bare=False)
        begin = above.start()
    number = items[-1].number
    named = act_after(text, items[-1].end, number) or act_before(text, begin, items[0].number) or _act_in_head(head)
    if named == "other" or is_other_matter(text, head.start(), head.end(), items[-1].end, items[0].bare):
        return
    regulation = word.startswith("reg") or word.startswith("exception")
    if named in ("FOI", "EI"):
        regime = (_ACTS if named == "FOI" else _REGULATIONS)[default]
        if regime == "EISR" and items[0].number == "12" and items[0].parts:
            regime = "EIR"  # the Scottish exceptions are in regulation 10
    elif named:
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
    return {"": None, "FOIA": "FOIA", "FOISA": "FOISA", "FOI ACT": "FOI", "EIR": "EI", "EISR": "EISR"}.get(act)


def _credible(text: str, head: re.Match[str], item: Item, citation: ProvisionCitation) -> bool:
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


def _citation(text: str, item: Item, start: int, regime: str, on: date | None, wrong_word: bool, named: bool) -> ProvisionCitation:
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


def _mend(text: str, regime: str, section: str, item: Item) -> str | None:
    """Section 31(a) can only be s.31(1)(a), where the reason given is the prevention or detection of crime; else only s.31 is sure."""
    whole = section[0] + item.number
    if not section_exists(regime, whole) or not item.parts or item.parts[0][0].isdigit():
        return None
    crime = {"FOIA": "31", "FOISA": "35"}.get(regime)
    if item.number == crime and item.parts == ("a",) and _CRIME.search(text, max(0, item.start - 400), item.end + 600):
        return f"{whole}(1)(a)"
    return whole
