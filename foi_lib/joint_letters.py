"""Letters that speak for several councils: which other council, of those asked, a letter says that it answers for."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pandas as pd

# how a letter or a note says that it speaks for two: law and practice know shared services and joint teams
SAYS_SO = re.compile(
    r"\bon\s+behalf\s+of\b|\bjoint(?:ly)?\b|\bshared\s+(?:\w+\s+){0,3}(?:service|team|officer|function)s?\b|\b(?:for|of|covers?|both)\s+both\b|"
    r"\bboth\s+(?:councils|authorities)\b",
    re.IGNORECASE,
)
_HINTS = ("ehalf", "oint", "hared", "oth")  # a letter with none of these, in either case, says nothing of the kind: quick to see
# words of a council's name that do not tell it from others
_KINDS = frozenset("the of and council councils county city borough district metropolitan royal london unitary authority".split())  # noqa: SIM905
_LONGEST = 400  # characters of a sentence that are looked at


def says_joint(text: object) -> bool:
    """Whether words say that a figure or an answer is given for several bodies together."""
    return isinstance(text, str) and SAYS_SO.search(text) is not None


def core(name: str) -> str:
    """What tells a council from others: "Adur" of "Adur District Council", "Kirk Ella and Mere" of "Kirk Ella and Mere Council"."""
    told = name.split()
    while told and told[0].lower() in _KINDS:
        told.pop(0)
    while told and told[-1].lower() in _KINDS:
        told.pop()
    return " ".join(told)


def answers_for(text: str, own: str, others: Iterable[str]) -> list[str]:
    """Those of the other councils for whom the letter says that it answers too: one sentence has both names and says so."""
    found: list[str] = []
    mine, named = core(own), None
    if not mine:
        return []
    for sentence in _saying(text):
        if not re.search(rf"\b{re.escape(mine)}\b", sentence):
            continue
        if named is None:
            named = {name: re.compile(rf"\b{re.escape(core(name))}\b") for name in others if core(name) and name != own}
        rest = re.sub(rf"\b{re.escape(mine)}\b", " ", sentence)  # "Mere" is not named by "Kirk Ella and Mere"
        found += [name for name, pattern in named.items() if name not in found and pattern.search(rest)]
    return found


def _saying(text: str) -> Iterable[str]:
    """The sentences of a letter that say that it speaks for several, without what is in square brackets or quoted of the question."""
    for match in SAYS_SO.finditer(text):
        begin = max(text.rfind(".", 0, match.start()), text.rfind("\n\n", 0, match.start()), match.start() - _LONGEST) + 1
        ends = [at for at in (text.find(". ", match.end()), text.find("\n\n", match.end())) if at >= 0]
        yield " ".join(text[begin : min([*ends, match.end() + _LONGEST])].split())


def together(texts: pd.DataFrame, responses: pd.DataFrame) -> pd.DataFrame:
    """Which letters say that they answer for another council that was asked: slug, authority, other_slug, other, file."""
    people = responses[responses["authority"].notna()].drop_duplicates("slug")
    slugs = dict(zip(people["authority"].astype(str), people["slug"].astype(str), strict=True))
    names = {slug: name for name, slug in slugs.items()}
    rows = []
    for slug, file, text in zip(texts["slug"], texts["file"], texts["text"], strict=True):
        own = names.get(str(slug))
        if own is None or not isinstance(text, str) or not any(word in text for word in _HINTS):
            continue
        rows += [(str(slug), own, slugs[other], other, str(file)) for other in answers_for(text, own, slugs)]
    found = pd.DataFrame(rows, columns=["slug", "authority", "other_slug", "other", "file"]).astype("str")
    return found.drop_duplicates(["slug", "other_slug"]).sort_values(["slug", "other_slug"]).reset_index(drop=True)
