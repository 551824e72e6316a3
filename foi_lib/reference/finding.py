"""From a name as people write it to the authority: `find_authority`. What could mean two bodies is called ambiguous, not guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from foi_lib.reference.days import plain_date
from foi_lib.reference.names import KINDS, Index, index_with, kinds_of, place_words, whole, words
from foi_lib.reference.register import Authority, authorities, authority, codes_of

COMBINED = ("combined", "strategic")  # bodies named after a region; the bare name of a region need not mean them


@dataclass(frozen=True, slots=True)
class AuthorityMatch:
    """Which authority a text names.

    `how`: name, place name, part of name, spelling, domain, e-mail domain, code, successor, pattern.
    `certainty`: certain, likely or ambiguous; when ambiguous, `code` and `name` are None and `candidates` holds the codes that it
    could be. When only likely, `candidates` holds the code and what else it could be.
    """

    code: str | None
    name: str | None
    how: str
    certainty: str
    candidates: tuple[str, ...] = ()


def find_authority(
    text: str, on: date | str | None = None, extra: Sequence[Authority] = (), *, certain: bool = False,
) -> AuthorityMatch | None:  # fmt: skip
    """The authority that a name, an e-mail address, a web address or a GSS code stands for; None where there is none.

    `on` (a letter's date) picks the body of that day where a council was abolished or made: the name of a body that had ended by
    then leads to its successor. `extra` are further bodies, as `load_authorities` gives them. A match is called certain only for
    a full name, or a place name that one council alone has had; `certain` asks for such a match alone, which is found faster.
    """
    text = text.strip() if isinstance(text, str) else ""  # an empty cell of a table
    if not text or len(text) > 2000:
        return None
    index, key = index_with(tuple(extra)), (text, plain_date(on, "on"), certain)
    if key not in index.found:
        if len(index.found) >= _MOST_FOUND:
            index.found.clear()
        match = _find(*key, index)
        index.found[key] = match if not certain or (match and match.certainty == "certain") else None
    answer: AuthorityMatch | None = index.found[key]
    return answer


_MOST_FOUND = 8192


def _find(text: str, on: date | None, certain: bool, index: Index) -> AuthorityMatch | None:
    if re.fullmatch(r"[EWSN]\d{8}|LOCAL-[\w-]+", text):
        return _by_code(text, on)
    if "@" in text or re.search(r"\w\.(?:uk|wales|cymru|scot|com|org|net|info)\b", text, re.IGNORECASE):
        return _by_address(text, on, index)
    tokens = words(text)
    if not tokens:
        return None
    match = by_name(tokens, on, index)
    if match or certain:  # nothing below is
        return match
    match = _part_of_name(tokens, on, index)
    return match or (_named_within(text, on, index.own) if len(tokens) > 3 else None) or _misspelt(tokens, on, index)


@cache
def _codes() -> dict[str, Authority]:
    former = {old: body for body in authorities() for old in body.former_codes}
    return former | {body.code: body for body in authorities()}


def _by_code(code: str, on: date | None) -> AuthorityMatch | None:
    return _one([_codes()[code]], "code", "certain", on) if code in _codes() else None


def _named_within(text: str, on: date | None, extra: tuple[Authority, ...]) -> AuthorityMatch | None:
    """A longer text that holds one council's name: likely that council; several: ambiguous."""
    from foi_lib.reference.scanning import find_authorities_in

    matches = [match for _, _, match in find_authorities_in(text, on, extra)]
    codes = tuple(sorted({code for match in matches for code in match.candidates}))
    if not matches:
        return None
    if len({match.code for match in matches}) == 1 and matches[0].code:
        return AuthorityMatch(matches[0].code, matches[0].name, "part of text", "likely", codes)
    return AuthorityMatch(None, None, "part of text", "ambiguous", codes)


# ---- web and e-mail addresses

_HOST = re.compile(r"(?:@|https?://|www\d?\.|^)((?:[a-z0-9-]+\.)+(?:uk|wales|cymru|scot|com|org|net|info))(?![\w-])", re.IGNORECASE)


def _by_address(text: str, on: date | None, index: Index) -> AuthorityMatch | None:
    how = "e-mail domain" if "@" in text else "domain"
    for found in _HOST.finditer(text):
        match = by_host(found[1], how, on, index)
        if match:
            return match
    return None


def by_host(host: str, how: str, on: date | None, index: Index) -> AuthorityMatch | None:
    """The council of a host name. A label below gov.uk that is a council's name is that council's: the Cabinet Office grants
    these names to the authority alone. Other domains are looked up in the table."""
    host = host.casefold()
    while host.count("."):
        bodies = index.domain.get(host)
        if bodies:
            return _one(bodies, how, "certain", on, domain=True)
        if host.count(".") == 2 and host.endswith(".gov.uk"):
            tokens = words(host.split(".")[0].replace("-", " "))
            bodies = index.place.get("".join(place_words(tokens))) or index.full.get(whole(tokens))
            if not bodies and tokens and tokens[0].endswith("council"):
                bodies = index.place.get("".join(place_words((tokens[0].removesuffix("council"),))))
            return _one(bodies, how, "certain", on, domain=True) if bodies else None
        host = host.partition(".")[2]
    return None


# ---- names


def by_name(tokens: Sequence[str], on: date | None, index: Index) -> AuthorityMatch | None:
    """By the full name, else by the place name, with what the text says of the kind of council. No part of a name, no misspelling."""
    key = whole(tokens)
    bodies = index.full.get(key, [])
    if bodies:
        region = bodies[0].tier in COMBINED and "authority" not in tokens and key != whole(words(bodies[0].name))
        return _one(bodies, "name", "likely" if region else "certain", on, full=True, kinds=KINDS.intersection(tokens))
    kept = place_words(tokens)
    bodies = index.place.get("".join(kept), [])
    return _by_place(bodies, kept, tokens, on, index) if bodies else None


def _by_place(bodies: list[Authority], kept: list[str], tokens: Sequence[str], on: date | None, index: Index) -> AuthorityMatch | None:
    kinds = KINDS.intersection(tokens)
    if "combined" in tokens or "mayoral" in tokens:  # a county council is no combined authority of the county
        bodies = [body for body in bodies if body.tier in COMBINED]
        return _one(bodies, "place name", "likely", on) if bodies else None
    fitting = [body for body in bodies if kinds <= kinds_of(body)]
    if not fitting and not any(body.existed(on) if on else body.end is None for body in bodies):
        return None  # "Christchurch City Council" was never the name of the borough that has ended
    if not fitting:
        # "Leicester County Council": another kind than the body's own. A near name of that kind makes it ambiguous.
        near = [body for body in _near(kept, index) if kinds <= kinds_of(body) and body not in bodies]
        return _ambiguous([*bodies, *near], "place name", on) if near else _one(bodies, "place name", "likely", on)
    longer = [body for body in _begins_with(kept, index) if body not in fitting and kinds <= kinds_of(body)]
    if any(_twin(kept, body) for body in longer):
        return _ambiguous([*fitting, *longer], "place name", on)
    ended = on is None and all(body.end is not None for body in fitting)
    if ended and longer and any(body.end is None for body in longer):
        return _ambiguous([*fitting, *longer], "place name", on)
    others = [
        body for body in _sharing(kept, index)
        if body not in fitting and body.tier not in COMBINED and _is_part(kept, body, bare=False)
    ]  # fmt: skip
    vague = not kinds and "council" in tokens and bool(others)
    sure = not ended and not vague and ("authority" in tokens or fitting[0].tier not in COMBINED)
    return _one(fitting, "name" if kinds else "place name", "certain" if sure else "likely", on, kinds=kinds)


def _begins_with(kept: list[str], index: Index) -> list[Authority]:
    """Principal councils whose own place name begins with these words and goes on."""
    found = []
    for body in index.word.get(kept[0], []):
        own = place_words(words(body.short_name))
        if own[: len(kept)] == kept and len(own) > len(kept) and body.tier not in COMBINED:
            found.append(body)
    return found


def _twin(kept: list[str], body: Authority) -> bool:
    """Newcastle, for Newcastle-under-Lyme: the rest of the name only says where the place lies."""
    tokens = words(body.short_name)
    return tokens[: len(kept)] == tuple(kept) and tokens[len(kept)] in ("under", "upon", "on", "le", "in")


def _near(kept: list[str], index: Index) -> list[Authority]:
    """Bodies whose names hold every word of the place, or whose place begins like it (Leicester, Leicestershire)."""
    found = _sharing(kept, index)
    place = "".join(kept)
    for key, bodies in index.place.items():
        if key != place and min(len(key), len(place)) >= 4 and (key.startswith(place) or place.startswith(key)):
            found.extend(body for body in bodies if body not in found)
    return found


def _sharing(kept: list[str], index: Index) -> list[Authority]:
    shared = list(index.word.get(kept[0], [])) if kept else []
    for token in kept[1:]:
        shared = [body for body in shared if body in index.word.get(token, [])]
    return shared


def _part_of_name(tokens: Sequence[str], on: date | None, index: Index) -> AuthorityMatch | None:
    """ "Telford Council", "Kingston": every word is part of a longer name. A bare name must begin it."""
    kept, kinds = place_words(tokens), KINDS.intersection(tokens)
    if "combined" in tokens or not kept or (len(kept) == 1 and kept[0] in _COMMON):
        return None
    bare = not kinds and "council" not in tokens
    bodies = [body for body in _sharing(kept, index) if body.tier not in COMBINED and _is_part(kept, body, bare)]
    if kinds - {"borough"} or any(kinds <= kinds_of(body) for body in bodies):  # people say borough of many councils
        bodies = [body for body in bodies if kinds <= kinds_of(body)]
    return _one(bodies, "part of name", "likely", on) if bodies else None


def _is_part(kept: list[str], body: Authority, bare: bool) -> bool:
    """Whether people shorten the body's name to these words: they begin it (Telford), follow a joining word (Hove), or a compass
    point (Sussex); where nothing says that a council is meant, they must begin it, and a joining word must follow (Bath)."""
    for name in (body.short_name, body.name, *body.aliases):
        tokens = [token for token in words(name) if token not in KINDS]
        for at in range(len(tokens)):
            if tokens[at : at + len(kept)] == kept:
                begins = at == 0 or (tokens[at - 1] in ("of", "the") and at == 1)
                joined = tokens[at + len(kept) : at + len(kept) + 1]
                if bare and begins and joined and joined[0] in ("and", "upon", "on", "under", "in", "with", "le"):
                    return True
                if not bare and (begins or tokens[at - 1] in ("and", "with", "upon", "of") or set(tokens[:at]) <= _COMPASS):
                    return True
    return False


_COMMON = frozenset(("north", "south", "east", "west", "mid", "central", "greater", "great", "new", "high", "test", "castle", "isle",
                     "isles", "forest", "three", "royal", "vale", "valley", "wear", "port"))  # fmt: skip
_COMPASS = frozenset(("north", "south", "east", "west", "mid", "central", "greater"))


def _misspelt(tokens: Sequence[str], on: date | None, index: Index) -> AuthorityMatch | None:
    """One letter wrong in a place name of six letters or more, two in one of eleven; never certain. The first letter is hardly ever
    wrong, and East is no misspelling of West."""
    place, kinds = "".join(place_words(tokens)), KINDS.intersection(tokens)
    if len(place) < 6 or len(tokens) > 9 or "combined" in tokens:
        return None
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    close = process.extract(place, index.place.keys(), scorer=OSA.distance, score_cutoff=1 if len(place) < 11 else 2, limit=8)
    near = [
        (distance, body) for key, distance, _ in close if len(key) >= 6 and key[0] == place[0]
        for body in index.place[key] if body.tier not in COMBINED and kinds <= kinds_of(body)
    ]  # fmt: skip
    best = min((distance for distance, _ in near), default=0)
    bodies = list(dict.fromkeys(body for distance, body in near if distance == best))
    return _one(bodies, "spelling", "likely", on) if bodies else None


# ---- one of several, by the date


def _one(
    bodies: Sequence[Authority], how: str, certainty: str, on: date | None,
    full: bool = False, domain: bool = False, kinds: Iterable[str] = (),
) -> AuthorityMatch:  # fmt: skip
    """The one body that is meant among those of this name: by the date where there is one, else the one that still is."""
    if on is not None:
        there = [body for body in bodies if body.existed(on)]
        if not there:
            return _stand_in(bodies, on, frozenset(kinds), full)
        return _match(there, how, certainty)
    lasting = [body for body in bodies if body.end is None]
    if len(bodies) > 1 and len(lasting) == 1 and (domain or _same_line(lasting[0], bodies)):
        return AuthorityMatch(lasting[0].code, lasting[0].name, how, "likely", codes_of(bodies))
    return _match(bodies, how, certainty)


def _match(bodies: Sequence[Authority], how: str, certainty: str) -> AuthorityMatch:
    if len(bodies) > 1:
        return AuthorityMatch(None, None, how, "ambiguous", codes_of(bodies))
    return AuthorityMatch(bodies[0].code, bodies[0].name, how, certainty, codes_of(bodies))


def _same_line(lasting: Authority, bodies: Sequence[Authority]) -> bool:
    """Whether every other body of this name was the county council that became this one ("Somerset"). A county and a district of
    one name (Durham) stay ambiguous."""
    return all(body is lasting or (lasting.code in body.successors and body.tier != "lower") for body in bodies)


def _stand_in(bodies: Sequence[Authority], on: date, kinds: frozenset[str], full: bool) -> AuthorityMatch:
    """The bodies named were not in being on that day: those that stood in their place then."""
    found: list[Authority] = []
    for body in bodies:
        found.extend(_forerunners(body, on, kinds) if body.start is not None and on < body.start else _heirs(body, on))
    found = list(dict.fromkeys(found))
    candidates = codes_of([*bodies, *found])
    if len(found) == 1:
        return AuthorityMatch(found[0].code, found[0].name, "successor", "likely", candidates)
    if not found and len(bodies) == 1:  # named before it is known to have begun, and nothing else bore the name: a county council that
        return AuthorityMatch(bodies[0].code, bodies[0].name, "name" if full else "place name", "likely", candidates)  # took on more
    return AuthorityMatch(None, None, "successor", "ambiguous", codes_of(found) if found else candidates)


def _heirs(body: Authority, on: date) -> list[Authority]:
    found: list[Authority] = []
    for code in body.successors:
        heir = authority(code)
        found.extend([heir] if heir.existed(on) else _heirs(heir, on))
    return found


def _forerunners(body: Authority, on: date, kinds: frozenset[str]) -> list[Authority]:
    """Bodies of the same place that ended in this one ("Buckinghamshire Council" in a letter of 2018)."""
    place = place_words(words(body.short_name))
    return [
        other for other in authorities()
        if body.code in other.successors and other.existed(on) and kinds <= kinds_of(other)
        and place_words(words(other.short_name)) == place
    ]  # fmt: skip


def _ambiguous(bodies: Sequence[Authority], how: str, on: date | None) -> AuthorityMatch:
    there = [body for body in bodies if on is None or body.existed(on)] or bodies
    return AuthorityMatch(None, None, how, "ambiguous", codes_of(there))
