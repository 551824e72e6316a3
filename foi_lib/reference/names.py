"""From a name as people write it to the authority: `find_authority`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache

from foi_lib.reference.register import Authority, authorities, authority, codes_of


@dataclass(frozen=True, slots=True)
class AuthorityMatch:
    """Which authority a text names. `certainty` "ambiguous": `code` and `name` are None, and `candidates` holds the codes.

    `how`: name, alias, place name, spelling, domain, e-mail domain, successor, part of name, code. `certainty`: certain, likely, ambiguous.
    """

    code: str | None
    name: str | None
    how: str
    certainty: str
    candidates: tuple[str, ...] = ()


# Words that say what kind of council it is; a place name is what is left without them.
_KINDS = {"county", "borough", "district", "city", "metropolitan", "london", "royal", "unitary", "council", "councils", "authority",
          "corporation", "mbc", "mdc", "cbc", "bc", "cc", "dc", "ua", "lb", "rb", "lbc", "islands", "cyngor", "sir", "the", "of", "gov",
          "lboro", "boro", "combined", "mayoral"}  # fmt: skip
_SHORT = {"mbc": "metropolitan borough council", "mdc": "metropolitan district council", "cbc": "county borough council",
          "bc": "borough council", "cc": "county council", "dc": "district council", "lb": "london borough", "rb": "royal borough",
          "lbc": "london borough council", "boro": "borough", "&": "and", "coucil": "council", "counci": "council", "concil": "council",
          "councl": "council", "counicl": "council", "st.": "st", "saint": "st", "ua": "council"}  # fmt: skip
_TYPES = frozenset(("county", "borough", "district", "city", "metropolitan", "london", "royal"))
_JOINING = frozenset(("and", "of", "the", "upon", "on", "in", "le", "with", "under", "council", "councils"))
_TOKEN = re.compile(r"[a-z0-9&]+")


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """The name's words in small letters without accents, apostrophes and dots, abbreviations written out."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() if not text.isascii() else text
    plain = re.sub(r"([a-z])(Council|County|Borough|District|City)\b", r"\1 \2", plain)
    plain = re.sub(r"['`.]", "", plain.casefold()).replace("&", " and ")
    found: list[str] = []
    for token in _TOKEN.findall(plain):
        found.extend(_SHORT.get(token, token).split())
    return tuple(found)


def _place(tokens: Iterable[str]) -> str:
    """The name without the words that say the kind of council, and without joining words, in one piece: "brightonhove"."""
    kept = [token for token in tokens if token not in _KINDS and token not in _JOINING]
    return "".join(kept)


def _whole(tokens: Iterable[str]) -> str:
    return "".join(token for token in tokens if token not in ("the",))


@dataclass(slots=True)
class _Index:
    """Look-ups made once: whole names, place names, and the words of place names, each to the bodies that have them."""

    whole: dict[str, list[Authority]] = field(default_factory=dict)
    official: dict[str, list[Authority]] = field(default_factory=dict)
    place: dict[str, list[Authority]] = field(default_factory=dict)
    word: dict[str, list[Authority]] = field(default_factory=dict)
    domain: dict[str, list[Authority]] = field(default_factory=dict)

    def add(self, body: Authority) -> None:
        names = (body.name, body.short_name, *body.aliases)
        for name in names:
            tokens = words(name)
            _put(self.whole, _whole(tokens), body)
            if any(word in _KINDS for word in tokens) and body.name != body.short_name:
                _put(self.official, _whole(tokens), body)
            place = _place(tokens)
            if place:
                _put(self.place, place, body)
            for word in tokens:
                if word not in _KINDS and word not in _JOINING:
                    _put(self.word, word, body)
        _put(self.official, _whole(words(body.name)), body)
        for domain in body.domains:
            _put(self.domain, domain.casefold(), body)


def _put(index: dict[str, list[Authority]], key: str, body: Authority) -> None:
    there = index.setdefault(key, [])
    if body not in there:
        there.append(body)


@cache
def _index() -> _Index:
    index = _Index()
    for body in authorities():
        index.add(body)
    return index


@lru_cache(maxsize=8)
def _own_index(extra: tuple[Authority, ...]) -> _Index:
    index = _Index()
    for body in (*authorities(), *extra):
        index.add(body)
    return index


def find_authority(text: str, on: date | None = None, extra: Sequence[Authority] = ()) -> AuthorityMatch | None:
    """The authority that a name, an e-mail address, a web address or a GSS code stands for; None where there is none.

    `on` (a letter's date) picks the body of that day where a council was abolished or made: a name of a body that had ended by
    then leads to its successor. `extra` are further bodies, as `load_authorities` gives them. A match is called certain only for
    a full name, or a place name that one council alone has had; two that could be meant are "ambiguous".
    """
    text = text.strip()
    if not text or len(text) > 400:
        return None
    return _find(text, on, tuple(extra))


@lru_cache(maxsize=8192)
def _find(text: str, on: date | None, extra: tuple[Authority, ...]) -> AuthorityMatch | None:
    index = _own_index(extra) if extra else _index()
    if re.fullmatch(r"[EWSN]\d{8}", text):
        return _by_code(text, on)
    if "@" in text or re.search(r"\.(?:gov|org|co|police|nhs|ac)\.uk\b|^www\.", text, re.IGNORECASE):
        return _by_domain(text, on, index)
    return _by_name(words(text), on, index)


def _by_code(code: str, on: date | None) -> AuthorityMatch | None:
    known = {old: body for body in authorities() for old in (body.code, *body.former_codes)}
    return _one([known[code]], "code", "certain", on) if code in known else None


_HOST = re.compile(r"(?:@|https?://|www\.|^)((?:[a-z0-9-]+\.)+[a-z]{2,})", re.IGNORECASE)


def _by_domain(text: str, on: date | None, index: _Index) -> AuthorityMatch | None:
    how = "e-mail domain" if "@" in text else "domain"
    for found in _HOST.finditer(text):
        host = found[1].casefold()
        while "." in host:
            if host in index.domain:
                return _one(index.domain[host], how, "certain", on)
            if re.fullmatch(r"[a-z0-9-]+\.(?:gov|org)\.uk", host):
                label = host.split(".")[0]
                bodies = index.place.get(_place(words(label.replace("-", " ")))) or index.whole.get(label.replace("-", ""))
                if bodies and host.endswith(".gov.uk"):
                    return _one(bodies, how, "certain" if len(bodies) == 1 else "likely", on)
            host = host.partition(".")[2]
    return None


def _by_name(tokens: tuple[str, ...], on: date | None, index: _Index) -> AuthorityMatch | None:
    if not tokens:
        return None
    whole = index.official.get(_whole(tokens))
    if whole:
        return _one(whole, "name", "certain", on, exact=True)
    place, kinds = _place(tokens), frozenset(tokens) & _TYPES
    bodies = index.place.get(place, [])
    if bodies:
        return _by_place(bodies, kinds, tokens, on, index)
    return _part_of_name(tokens, kinds, on, index) or _misspelt(place, kinds, on, index)


def _by_place(bodies: list[Authority], kinds: frozenset[str], tokens: tuple[str, ...], on: date | None, index: _Index) -> AuthorityMatch:
    fitting = [body for body in bodies if kinds <= _kinds(body)]
    if fitting:
        return _one(fitting, "place name" if not kinds else "name", "certain", on)
    # "Hull County Council": another kind than the body's own. Near names of that kind make it ambiguous.
    near = [body for body in _sharing(tokens, index) if kinds <= _kinds(body) and body not in bodies]
    if near:
        return _ambiguous([*bodies, *near], "place name", on)
    return _one(bodies, "place name", "likely", on)


@lru_cache(maxsize=1024)
def _kinds(body: Authority) -> frozenset[str]:
    found = {word for name in (body.name, *body.aliases) for word in words(name) if word in _TYPES}
    return frozenset(found)


def _sharing(tokens: Iterable[str], index: _Index) -> list[Authority]:
    """Bodies whose names hold every word of the place name."""
    wanted = [token for token in tokens if token not in _KINDS and token not in _JOINING]
    if not wanted:
        return []
    shared = index.word.get(wanted[0], [])
    for word in wanted[1:]:
        shared = [body for body in shared if body in index.word.get(word, [])]
    return shared


def _part_of_name(tokens: tuple[str, ...], kinds: frozenset[str], on: date | None, index: _Index) -> AuthorityMatch | None:
    """ "Newcastle", "Telford Council": every word is part of a longer name."""
    bodies = _sharing(tokens, index)
    bodies = [body for body in bodies if kinds <= _kinds(body)] or bodies
    if not bodies or (not any(token in ("council", "borough") for token in tokens) and len(bodies) > 6):
        return None
    return _one(bodies, "part of name", "likely", on)


def _misspelt(place: str, kinds: frozenset[str], on: date | None, index: _Index) -> AuthorityMatch | None:
    """One letter wrong in a place name of six letters or more, two in one of eleven; never certain."""
    if len(place) < 6:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    allowed = 1 if len(place) < 11 else 2
    near = process.extract(place, index.place.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=6)
    if not near:
        return None
    best = min(distance for _, distance, _ in near)
    bodies: list[Authority] = []
    for key, distance, _ in near:
        if distance == best and len(key) >= 6:
            bodies.extend(body for body in index.place[key] if body not in bodies)
    bodies = [body for body in bodies if kinds <= _kinds(body)] or bodies
    return _one(bodies, "spelling", "likely", on) if bodies else None


def _one(bodies: list[Authority], how: str, certainty: str, on: date | None, exact: bool = False) -> AuthorityMatch:
    """The one body that is meant among those of this name, by the date where there is one."""
    bodies = [body for body in bodies if on is None or body.existed(on)] or bodies
    if on is not None and not any(body.existed(on) for body in bodies):
        return _succeeded(bodies, on)
    if len(bodies) > 1 and on is None:
        lasting = [body for body in bodies if body.end is None]
        if len(lasting) == 1 and not exact and _same_line(lasting[0], bodies):
            return AuthorityMatch(lasting[0].code, lasting[0].name, how, "likely", codes_of(bodies))
    if len(bodies) > 1:
        return _ambiguous(bodies, how, on)
    return AuthorityMatch(bodies[0].code, bodies[0].name, how, certainty, (bodies[0].code,))


def _same_line(lasting: Authority, bodies: list[Authority]) -> bool:
    """Whether the other bodies of this name all ended in this one ("Somerset": the county council became Somerset Council)."""
    return all(body is lasting or lasting.code in body.successors for body in bodies)


def _succeeded(bodies: list[Authority], on: date) -> AuthorityMatch:
    """The bodies named were not in being on that day: those that stood in their place."""
    after: list[Authority] = []
    for body in bodies:
        if body.start is not None and on < body.start:
            after.extend(other for other in authorities() if body.code in other.successors and other.existed(on))
        else:
            after.extend(_heirs(body, on))
    after = list(dict.fromkeys(after))
    if len(after) == 1:
        return AuthorityMatch(after[0].code, after[0].name, "successor", "likely", codes_of([*bodies, *after]))
    if not after and len(bodies) == 1:  # named before it is known to have begun: there is nothing else it could be
        return AuthorityMatch(bodies[0].code, bodies[0].name, "name", "likely", codes_of(bodies))
    return _ambiguous([*bodies, *after], "successor", on)


def _heirs(body: Authority, on: date) -> list[Authority]:
    found: list[Authority] = []
    for code in body.successors:
        heir = authority(code)
        found.extend([heir] if heir.existed(on) else _heirs(heir, on))
    return found


def _ambiguous(bodies: list[Authority], how: str, on: date | None) -> AuthorityMatch:
    there = [body for body in bodies if on is None or body.existed(on)] or bodies
    return AuthorityMatch(None, None, how, "ambiguous", codes_of(there))
