"""Names as people write them: their words, the place that they name, and the index that leads from these to authorities."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from typing import Any

from foi_lib import quick
from foi_lib.reference.register import Authority, authorities

# Words that say what kind of council it is. What is left of a name without them, and without joining words, is its place.
KINDS = frozenset(("county", "borough", "district", "city", "metropolitan", "london", "royal"))
_FORM = KINDS | {"council", "unitary", "authority", "corporation", "combined", "mayoral", "cyngor",
                 "islands", "cca", "mca"}  # fmt: skip
_JOINING = frozenset(("and", "of", "the", "upon", "on", "in", "le", "with", "under"))
_WRITTEN_OUT = {
    "mbc": "metropolitan borough council", "mdc": "metropolitan district council", "cbc": "county borough council",
    "bc": "borough council", "cc": "county council", "dc": "district council", "lb": "london borough", "rb": "royal borough",
    "lbc": "london borough council", "boro": "borough", "coucil": "council", "counci": "council", "concil": "council",
    "councl": "council", "counicl": "council", "saint": "st", "ua": "unitary", "ne": "north east", "nw": "north west",
    "beds": "bedfordshire", "berks": "berkshire", "bucks": "buckinghamshire", "cambs": "cambridgeshire", "derbys": "derbyshire",
    "glos": "gloucestershire", "hants": "hampshire", "herts": "hertfordshire", "lancs": "lancashire", "leics": "leicestershire",
    "lincs": "lincolnshire", "northants": "northamptonshire", "notts": "nottinghamshire", "oxon": "oxfordshire", "shrops": "shropshire",
    "staffs": "staffordshire", "warks": "warwickshire", "wilts": "wiltshire", "worcs": "worcestershire", "yorks": "yorkshire",
}  # fmt: skip
_TOKEN = re.compile(r"[a-z0-9]+")
_GLUED = re.compile(r"(?<=[a-z])(?=(?:Council|County|Borough|District|City)\b)")


@lru_cache(maxsize=16384)
def word(token: str) -> tuple[str, ...]:
    """One printed word in small letters without accents, apostrophes and dots; several where it is an abbreviation or glued."""
    if not token.isascii():
        token = unicodedata.normalize("NFKD", token.replace("’", "'")).encode("ascii", "ignore").decode()
    token = _GLUED.sub(" ", token).casefold()
    token = token.replace("'", "").replace("`", "").replace(".", "").replace("&", " and ")
    return tuple(part for name in _TOKEN.findall(token) for part in _WRITTEN_OUT.get(name, name).split())


def words(text: str) -> tuple[str, ...]:
    """All words of a name, as `word` gives them."""
    return tuple(part for token in text.split() for part in word(token))


def whole(tokens: Iterable[str]) -> str:
    """The whole name in one piece, without "the": "cityofyorkcouncil"."""
    return "".join(token for token in tokens if token != "the")


def place_words(tokens: Iterable[str]) -> list[str]:
    """The words that name the place. Royal and London are part of it where no "borough" follows: Vale Royal, Greater London."""
    named = tuple(tokens)
    return [
        token for at, token in enumerate(named)
        if token not in _JOINING and (token not in _FORM or (token in ("royal", "london") and named[at + 1 : at + 2] != ("borough",)))
    ]  # fmt: skip


@dataclass(slots=True)
class Index:
    """Look-ups made once. `full`: names that say what kind of body it is, and official ones; `place`: place names; `word`: their
    words; `domain`: web domains that do not follow from the name. Each leads to every body that it could mean."""

    full: dict[str, list[Authority]] = field(default_factory=dict)
    place: dict[str, list[Authority]] = field(default_factory=dict)
    word: dict[str, list[Authority]] = field(default_factory=dict)
    domain: dict[str, list[Authority]] = field(default_factory=dict)
    own: tuple[Authority, ...] = ()  # a user's own bodies
    own_names: dict[str, quick.Guarded] | None = None  # their names in running text, by their first words, made when first looked for
    found: dict[tuple[str, date | None, bool], Any] = field(default_factory=dict)  # whom a name meant, on a day, when it was last asked

    def add(self, body: Authority) -> None:
        """Enter a body under all its names."""
        for name in dict.fromkeys((body.name, body.short_name, *body.aliases)):
            tokens = words(name)
            if name == body.name or not _FORM.isdisjoint(tokens):
                _put(self.full, whole(tokens), body)
            kept = place_words(tokens)
            if kept and kept != ["london"]:  # "London" alone is no council's name
                _put(self.place, "".join(kept), body)
            for token in kept:
                _put(self.word, token, body)
            if not _JOINING.isdisjoint(tokens) and KINDS.isdisjoint(tokens):
                _put(self.domain, whole(tokens) + ".gov.uk", body)  # nuneatonandbedworth.gov.uk
        for domain in body.domains:
            _put(self.domain, domain.casefold().removeprefix("www."), body)


def _put(index: dict[str, list[Authority]], key: str, body: Authority) -> None:
    there = index.setdefault(key, [])
    if body not in there:
        there.append(body)


@cache
def index() -> Index:
    """The index of the register."""
    return _indexed(())


@lru_cache(maxsize=8)
def _indexed(extra: tuple[Authority, ...]) -> Index:
    made = Index(own=extra)
    for body in (*authorities(), *extra):
        made.add(body)
    return made


_latest: dict[int, tuple[tuple[Authority, ...], Index]] = {}  # by the tuple's id, which stays its own as long as it stands here


def index_with(extra: tuple[Authority, ...]) -> Index:
    """The index of the register and a user's own bodies."""
    if not extra:
        return index()
    # a request's bodies are asked for with every letter, and to hash hundreds of them takes longer than to look one up
    if id(extra) not in _latest:
        if len(_latest) >= 8:
            _latest.clear()
        _latest[id(extra)] = (extra, _indexed(extra))
    return _latest[id(extra)][1]


@cache
def kinds_of(body: Authority) -> frozenset[str]:
    """What the body's names call it, and the law: county, borough, city …"""
    own = {"Metropolitan district": ("metropolitan", "borough"), "London borough": ("london", "borough")}.get(body.kind, ())
    return frozenset(token for name in (body.name, *body.aliases) for token in words(name) if token in KINDS).union(own)
