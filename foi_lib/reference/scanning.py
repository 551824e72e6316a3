"""Finds the names of councils, and their addresses, in a whole letter: `find_authorities_in`.

Only the words around an anchor ("… Council", "Borough of …", an address) are looked at, so a letter of a few kilobytes takes some
hundred microseconds, and the time grows with its length and no faster.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from foi_lib import quick
from foi_lib.reference.days import plain_date
from foi_lib.reference.finding import AuthorityMatch, by_host, by_name
from foi_lib.reference.names import Index, index_with, word
from foi_lib.reference.register import Authority

_MOST_WORDS = 9  # "Armagh City, Banbridge and Craigavon Borough Council" has seven
_PRINTED = re.compile(r"[^\s,|/;:()\[\]<>\"“”]+,?")
_LITTLE = frozenset(("and", "of", "upon", "on", "in", "the", "with", "under", "le", "nan", "y", "ar", "&"))
_COMPASS = frozenset(("north", "south", "east", "west", "mid", "central", "upper", "lower", "new", "great", "greater", "old", "northern",
                      "southern", "eastern", "western", "inner", "outer"))  # fmt: skip
# Words that may stand before a council's name without being part of it.
HARMLESS = frozenset((
    "act", "address", "and", "as", "at", "author", "authority", "behalf", "body", "by", "c", "chief", "compliance", "contact",
    "copyright", "corporate", "council", "councils", "data", "date", "dear", "department", "directorate", "email", "executive", "foi",
    "foia", "for", "from", "governance", "ict", "in", "information", "is", "it", "legal", "manager", "mr", "mrs", "ms", "name", "of",
    "office", "officer", "on", "organisation", "our", "police", "protection", "published", "re", "records", "ref", "reference",
    "request", "resources", "response", "sent", "service", "services", "subject", "team", "that", "the", "to", "trust", "welcome",
    "whether", "with", "your",
))  # fmt: skip


# Where to look: a literal that `str.find` finds in no time, and what must stand around it for the look to be worth while.
_ANCHORS = {
    "council": re.compile(r"(?P<after>councils?(?![a-z]|\s+tax))|(?P<before>council\s+of\b)", re.IGNORECASE),
    "corporation": re.compile(r"(?P<before>corporation\s+of\b)|(?P<after>corporation\b)", re.IGNORECASE),
    "combined ": re.compile(r"(?P<after>combined\s+(?:county\s+)?authority\b)", re.IGNORECASE),
    "greater london auth": re.compile(r"(?P<before>greater\s+london(?=\s+authority))", re.IGNORECASE),
    "borough of": re.compile(r"(?P<before>borough\s+of\b)", re.IGNORECASE),
    "city of": re.compile(r"(?P<before>city\s+of\b)", re.IGNORECASE),
    "city and county": re.compile(r"(?P<before>city\s+and\s+county\s+of\b)", re.IGNORECASE),
    "lb ": re.compile(r"(?P<before>LB\b)"),
    "cyngor": re.compile(r"(?P<before>cyngor\b)", re.IGNORECASE),
    "comhairle": re.compile(r"(?P<before>comhairle\b)", re.IGNORECASE),
    "@": re.compile(r"(?P<host>@)"),
    "www": re.compile(r"(?P<host>www\d?\.)", re.IGNORECASE),
    "://": re.compile(r"(?P<host>://)"),
}


def _anchors(text: str) -> list[re.Match[str]]:
    """The anchors in the text's order."""
    low = text.lower()
    if len(low) != len(text):  # a few letters (İ) grow in small: better their own case than wrong offsets
        low = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text)
    return [hit for at, pattern in places(low, _ANCHORS) if (hit := pattern.match(text, at))]


def places(text: str, keys: dict[str, re.Pattern[str]]) -> list[tuple[int, re.Pattern[str]]]:
    """Every place of every key in the text, in order."""
    found = []
    for key, pattern in keys.items():
        at = text.find(key)
        while at >= 0:
            found.append((at, pattern))
            at = text.find(key, at + 1)
    found.sort(key=lambda one: one[0])
    return found


_HOST = re.compile(r"(?:www\d?\.)?((?:[a-z0-9-]{1,60}\.){1,5}(?:uk|wales|cymru|scot|com|org|net|info))(?![\w-])", re.IGNORECASE)
_MAILBOX = re.compile(r"[\w.+-]{1,64}$")

Found = tuple[int, int, AuthorityMatch]


def find_authorities_in(text: str, on: date | str | None = None, extra: Sequence[Authority] = ()) -> list[Found]:
    """Every council that the text names in words or by its address: (start, end, match), in the text's order.

    `text[start:end]` is the name or the address as written. `on` and `extra` are as for `find_authority`. A name whose first word
    might belong to a longer name that is not known is only likely.
    """
    own, day = tuple(extra), plain_date(on, "on")
    index = index_with(own)
    found: list[Found] = []
    done = 0
    for anchor in _anchors(text):
        if anchor.start() < done:
            continue
        kind = anchor.lastgroup
        if kind == "host":
            hit = _address(text, anchor, day, index)
        elif kind == "before":
            hit = _forward(text, anchor, day, index) if not text[anchor.start() - 1 : anchor.start()].isalpha() else None
        else:
            hit = _backward(text, anchor, done, day, index)
        if hit:
            found.append(hit)
            done = hit[1]
    if own:
        found = _with_own_names(text, found, day, index)
    return found


def _address(text: str, anchor: re.Match[str], on: date | None, index: Index) -> Found | None:
    host = _HOST.match(text, anchor.start() if anchor[0][0] in "wW" else anchor.end())
    if not host:
        return None
    start, how = host.start(), "domain"
    if anchor[0] == "@":
        mailbox = _MAILBOX.search(text, max(0, anchor.start() - 64), anchor.start())
        start, how = mailbox.start() if mailbox else start, "e-mail domain"
    match = by_host(host[1], how, on, index)
    return (start, host.end(), match) if match else None


def _backward(text: str, anchor: re.Match[str], done: int, on: date | None, index: Index) -> Found | None:
    """The longest name that ends in this "Council"."""
    printed = words_before(text, anchor.start(), done)
    if not printed:
        return None
    last: tuple[str, ...] = tuple(part for token in re.split(r"\s+", anchor[0].casefold()) for part in word(token))
    normal = [word(token[0]) for token in printed]
    for first in range(len(printed)):
        tokens = tuple(part for token in normal[first:] for part in token) + last
        match = by_name(tokens, on, index)
        if match:
            return _guarded(text, printed, normal, first, anchor.end(), match)
    return None


def words_before(text: str, end: int, begin: int) -> list[re.Match[str]]:
    """The printed words before `end` that could belong to a name: capitals and little joining words, with no stop among them."""
    low = max(begin, end - 100)
    if low and low > begin and not text[low - 1].isspace():  # not half a word
        low = text.find(" ", low, end) + 1 or end
    printed = list(_PRINTED.finditer(text, low, end))
    kept: list[re.Match[str]] = []
    following = end
    for token in reversed(printed):
        gap = text[token.end() : following]
        plain = token[0].rstrip(",")
        if gap.strip() or gap.count("\n") > 1 or not (plain[:1].isupper() or plain.casefold() in _LITTLE):
            break
        if plain.endswith((".", "!", "?")) and len(plain) > 3:  # a sentence's end, and not "St."
            break
        kept.append(token)
        following = token.start()
        if len(kept) == _MOST_WORDS:
            break
    kept.reverse()
    while kept and kept[0][0].casefold() in _LITTLE:
        kept.pop(0)
    return kept


def _guarded(
    text: str, printed: list[re.Match[str]], normal: list[tuple[str, ...]], first: int, end: int, match: AuthorityMatch,
) -> Found | None:  # fmt: skip
    """A direction before the name makes it another name ("South Norfolk", where only Norfolk is known); another capital, doubtful."""
    start = printed[first].start()
    if first and "\n" not in text[printed[first - 1].end() : start]:
        before = normal[first - 1]
        if before and before[-1] in _COMPASS:
            return None
        if before and not before[-1].isdigit() and before[-1] not in HARMLESS and not printed[first - 1][0].endswith(","):
            match = replace(match, certainty="likely") if match.certainty == "certain" else match
    return (start, end, match)


def _forward(text: str, anchor: re.Match[str], on: date | None, index: Index) -> Found | None:
    """The longest name that begins with this "Borough of"; the words before it ("Royal", "London") go with it."""
    printed: list[re.Match[str]] = []
    at = anchor.end()
    for token in _PRINTED.finditer(text, anchor.end(), anchor.end() + 90):
        gap = text[at : token.start()]
        plain = token[0].rstrip(",.")
        if gap.strip() or gap.count("\n") > 1 or not (plain[:1].isupper() or plain.casefold() in _LITTLE):
            break
        printed.append(token)
        at = token.end()
        if len(printed) == _MOST_WORDS or token[0].endswith((".", "?", "!")):
            break
    head = re.compile(r"(?:(?:London|Royal|Metropolitan)\s+)+$", re.IGNORECASE).search(text, max(0, anchor.start() - 24), anchor.start())
    start = head.start() if head else anchor.start()
    lead = tuple(part for token in text[start : anchor.end()].split() for part in word(token))
    normal = [word(_POSSESSIVE.sub("", token[0])) for token in printed]
    for last in range(len(printed), 0, -1):
        tokens = lead + tuple(part for token in normal[:last] for part in token)
        match = by_name(tokens, on, index)
        if match and match.how != "place name":
            end = printed[last - 1].start() + len(_POSSESSIVE.sub("", printed[last - 1][0]))
            return None if _PARISH.match(text, end) else (start, end, match)
    return None


_PARISH = re.compile(r"\s+(?:Parish|Town|Community)\b", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:['’][sS])?[,.'’?!]*$")


def _with_own_names(text: str, found: list[Found], on: date | None, index: Index) -> list[Found]:
    """Adds a user's own bodies, whose names need not hold any anchor."""
    taken = [(start, end) for start, end, _ in found]
    if index.own_names is None:
        index.own_names = _own_pattern(index.own)
    for hit in _own_names_in(text, index.own_names):
        if not any(start < hit.end() and hit.start() < end for start, end in taken):
            match = by_name(tuple(part for token in hit[0].split() for part in word(token)), on, index)
            if match:
                found.append((hit.start(), hit.end(), match))
    return sorted(found, key=lambda one: one[:2])


def _own_pattern(own: tuple[Authority, ...]) -> dict[str, quick.Guarded]:
    """Of names that begin with the same word, the pattern, by that word; a text's words are looked up faster than hundreds of names."""
    names = {name for body in own for name in (body.name, body.short_name, *body.aliases) if len(name) >= 4}
    groups: dict[str, list[str]] = {}
    for name in names:
        first = _FIRST_WORD.match(name.lower())
        groups.setdefault(first[0] if first else "", []).append(r"\s+".join(re.escape(token) for token in name.split()))
    return {
        first: quick.compile(rf"(?<!\w)(?:{'|'.join(sorted(written, key=lambda name: (-len(name), name)))})(?!\w)", re.IGNORECASE)
        for first, written in groups.items()
    }


_FIRST_WORD = re.compile(r"\w+")


def _own_names_in(text: str, names: dict[str, quick.Guarded]) -> list[re.Match[str]]:
    """Every name in the text, in order; of two that overlap the first, and of those that begin together the longest."""
    low = text.lower()
    there = names.keys() & {"", *_FIRST_WORD.findall(low)} if low.isascii() or len(low) == len(text) else names.keys()
    hits = sorted((hit for first in there for hit in names[first].finditer(text)), key=lambda hit: (hit.start(), -hit.end()))
    free: list[re.Match[str]] = []
    for hit in hits:
        if not free or free[-1].end() <= hit.start():
            free.append(hit)
    return free
