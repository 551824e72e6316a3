"""Officers' e-mail addresses, telephone numbers and names, found in a letter's text so that shared pages can leave them out.

Found by rule, so not perfect, and the pages say so: a name in running prose with no title, that occurs in no greeting,
signature, contact line or address of e-mail, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache


@dataclass(frozen=True, slots=True, order=True)
class Mask:
    """`text[start:end]` is personal data of this `kind`: "e-mail address", "telephone number" or "name"."""

    start: int
    end: int
    kind: str


_NAME = r"(?:[OD]['’][A-Z][a-z]+|Ma?c[A-Z][a-z]+|[A-Z][a-zÀ-ÿ]+(?:['’\-][A-Z][a-z]+)*|[A-Z](?:\.|(?![\w'’])))"
_FULL = rf"{_NAME}(?:[ \t]+{_NAME}){{1,3}}"
_CLOSING = (
    r"(?:Yours[ \t]+(?:sincerely|faithfully|truly)|(?:(?:Kind|Best|Warm|With kind)[ \t]+)?regards|Best wishes|Many thanks|Thank you|"
    r"Yn gywir|Yr eiddoch yn (?:gywir|ddiffuant)|Cofion(?: gorau)?|Signed)"
)
# Words that a line of capitalised words holds when it is an office, a place or a courtesy, not a person.
_NOT_NAMES = frozenset(
    """access act acting administrator advice adviser advisor analyst and annual april assistant assurance august avenue borough building
    business centre chief city civic clerk commissioner communications community compliance contact coordinator corporate council councillor
    county customer data december democratic department deputy development digital director directorate district division
    education environment environmental executive february finance financial foi for freedom friday governance group hall head house housing
    human information insurance internal january july june kind kingdom lane legal liaison local london madam main manager march may
    monday monitoring nations november october of office officer offices on operations park performance place planning policy practice
    principal privacy protection public quality records regards relations request requester requests resources response review
    risk road saturday secretary section security senior september service services sir social solicitor specialist square strategy
    street strategic sunday support systems team technology the thursday town transformation transparency tuesday unit united university
    wednesday west workforce yours your complaints complaint applicant colleague all whom resident dear tel email mr mrs ms miss""".split()  # noqa: SIM905
)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "email": re.compile(r"[A-Za-z0-9._%+'’\-]+(?:@|\s?\(at\)\s?|\s?\[at\]\s?)[A-Za-z0-9](?:[A-Za-z0-9.\-]*[A-Za-z0-9])?\.[A-Za-z]{2,}"),
        # a British number: 0 or +44, then nine or ten digits in groups; never a piece of a longer run of digits or of a sum
        "phone": re.compile(
            r"(?<![\d£$€.,/\-])(?:\+44[ \t]?(?:\(0\)[ \t]?)?|\(?0)(?:\d[ \t\-.()]{0,2}){8,9}\d"
            r"(?:[ \t]*(?:ext(?:ension)?|x)\.?[ \t]*\d{2,6})?(?![\d/])",
            re.IGNORECASE,
        ),
        "extension": re.compile(r"(?:\bext(?:ension)?\.?[ \t]*|\bx)(\d{3,6})\b", re.IGNORECASE),
        "titled": re.compile(
            rf"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Rev|Revd)\.?[ \t]+((?:{_NAME}[ \t]+){{0,3}}{_NAME})"
        ),
        "dear": re.compile(rf"^[ \t]*(?:Dear|Hello|Hi)[ \t]+({_NAME}(?:[ \t]+{_NAME}){{0,3}})[ \t]*[,:;]?[ \t]*$", re.MULTILINE),
        "labelled": re.compile(
            rf"\b(?:Contact|Ask for|Please ask for|From|Officer(?: dealing)?|Case officer|Name|Signed(?: by)?|Your contact|Handled by|"
            rf"Prepared by|Author|Attention of|FAO|To|Cc)[ \t]*[:–\-][ \t]*({_NAME}(?:[ \t]+{_NAME}){{1,3}})"
        ),
        # a line of closings, in one language or two ("Yn gywir / Yours sincerely")
        "closing": re.compile(rf"^[ \t]*{_CLOSING}(?:[ \t]*/[ \t]*{_CLOSING})?[ \t]*[,.]?[ \t]*$", re.MULTILINE | re.IGNORECASE),
        "closed": re.compile(rf"^[ \t]*(?:Yours[ \t]+\w+|(?:\w+[ \t]+)?[Rr]egards)[ \t]*[,:][ \t]*({_FULL})[ \t]*$", re.MULTILINE),
        "line_name": re.compile(rf"^[ \t]*({_FULL})(?=[ \t]*(?:,|\||–|-|\(|$))"),
        "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[ \t]*\d[A-Z]{2}\b"),
        "local": re.compile(r"^([A-Za-z]{2,})[._]([A-Za-z]{2,})\d*$"),
    }


def find_personal(text: str, never: frozenset[str] = frozenset(), also: Iterable[str] = ()) -> list[Mask]:
    """Every e-mail address, telephone number and officer's name that the rules find in `text`, in order, none overlapping.

    `never`: lower-case words of bodies' names; a name made of such words only ("Milton Keynes") is a place. `also`: people known from
    elsewhere, such as another message of the same response.
    """
    pattern = _patterns()
    emails = [Mask(m.start(), m.end(), "e-mail address") for m in pattern["email"].finditer(text)]
    phones = [Mask(m.start(), m.end(), "telephone number") for m in pattern["phone"].finditer(text) if _is_phone(m[0])]
    names = _names(text, emails, phones, never, also if isinstance(also, frozenset) else frozenset(also))
    # an address wins over a name inside it
    found: list[Mask] = []
    for mask in sorted([*emails, *phones, *names], key=lambda m: (m.kind == "name", m.start, -m.end)):
        if not any(mask.start < other.end and other.start < mask.end for other in found):
            found.append(mask)
    return sorted(found)


def people(text: str, never: frozenset[str] = frozenset()) -> set[str]:
    """Full names (two words and more) that the rules find in `text`, so that they can be masked wherever else they stand."""
    return {text[m.start : m.end] for m in find_personal(text, never) if m.kind == "name" and " " in text[m.start : m.end].strip()}


def masked(text: str, never: frozenset[str] = frozenset(), also: Iterable[str] = ()) -> str:
    """`text` with each piece of personal data replaced by what it was: "[name]"."""
    out, at = [], 0
    for mask in find_personal(text, never, also):
        out += [text[at : mask.start], f"[{mask.kind}]"]
        at = mask.end
    return "".join([*out, text[at:]])


def _is_phone(text: str) -> bool:
    digits = re.sub(r"(?i)(?:ext(?:ension)?|x).*$", "", text)
    digits = re.sub(r"\D", "", digits.replace("(0)", ""))
    national = "0" + digits[2:] if digits.startswith("44") else digits
    return len(national) in (10, 11) and national[1] in "1235789"


def _names(text: str, emails: list[Mask], phones: list[Mask], never: frozenset[str], also: frozenset[str]) -> list[Mask]:
    """Names by title, greeting, contact line, signature or e-mail address; then the same people wherever else they are named."""
    pattern = _patterns()
    spans: set[tuple[int, int]] = set()
    for key in ("titled", "dear", "labelled", "closed"):
        for found in pattern[key].finditer(text):
            if person := _person(found[1], single=key in ("titled", "dear")):
                spans.add((found.start(1), found.start(1) + len(person)))
    for found in pattern["closing"].finditer(text):
        spans |= _signature(text, found.end())
    # a name on its own line, or before a comma, within two lines of an address or a telephone number
    for mask in (*emails, *phones):
        spans |= _neighbours(text, mask)
    spans = {(a, b) for a, b in spans if not never.issuperset(re.findall(r"[a-zà-ÿ'’-]+", text[a:b].lower()))}
    known = {text[a:b] for a, b in spans if " " in text[a:b]}
    for mask in emails:
        if m := pattern["local"].match(re.split(r"@|\(at\)|\[at\]", text[mask.start : mask.end])[0].strip()):
            first, last = m[1].capitalize(), m[2].capitalize()
            if first.lower() not in _NOT_NAMES and last.lower() not in _NOT_NAMES:
                known.add(f"{first} {last}")
    spans |= _named(text, known, also)
    return [Mask(a, b, "name") for a, b in sorted(spans)]


def _named(text: str, known: set[str], also: frozenset[str]) -> set[tuple[int, int]]:
    """Where any of the people stand in the text, in time that does not grow with how many people are known."""
    if not known and not also:
        return set()
    longest = max(_longest(also), _longest(frozenset(known)))
    found: set[tuple[int, int]] = set()
    words = list(re.finditer(r"[A-ZÀ-Þ][\w'’.\-]*", text))
    for n, word in enumerate(words):
        for last in words[n : n + longest]:
            piece = text[word.start() : last.end()]
            for end in (last.end(), last.end() - len(piece) + len(piece.rstrip(".'’-")), word.start() + len(re.sub(r"['’]s$", "", piece))):
                if (name := text[word.start() : end]) in known or name in also:
                    found.add((word.start(), end))
    return found


@lru_cache(maxsize=8)  # a request's people are the same for every text of it
def _longest(people: frozenset[str]) -> int:
    """Words in the longest of the names."""
    return max((len(person.split()) for person in people), default=0)


def _person(words: str, single: bool) -> str | None:
    """The leading part of `words` that can be a person's name; None where none of it can."""
    kept: list[str] = []
    for word in re.findall(r"\S+|[ \t]+", words):
        if word.strip() and word.lower().strip(".,") in _NOT_NAMES:
            break
        kept.append(word)
    name = "".join(kept).rstrip()
    return name if name and (single or len(name.split()) > 1) else None


def _line_name(line: str, following: str = "") -> tuple[int, int] | None:
    """Where a line holds a person's name and no place: a postcode there or on the next line makes it an address."""
    m = _patterns()["line_name"].match(line)
    if not m or _patterns()["postcode"].search(line + "\n" + following):
        return None
    if any(word.lower().strip(".,") in _NOT_NAMES for word in m[1].split()):
        return None
    return m.start(1), m.end(1)


def _lines(text: str, begin: int, end: int) -> list[tuple[int, str]]:
    """The lines with words between two offsets, each with where it starts."""
    out, at = [], begin
    for line in text[begin:end].splitlines(keepends=True):
        if line.strip():
            out.append((at, line.rstrip("\r\n")))
        at += len(line)
    return out


def _signature(text: str, at: int) -> set[tuple[int, int]]:
    """Names in the first four lines with words after a closing."""
    found: set[tuple[int, int]] = set()
    lines = _lines(text, at, min(len(text), at + 800))[:5]
    for n, (start, line) in enumerate(lines[:4]):
        following = lines[n + 1][1] if n + 1 < len(lines) else ""
        if span := _line_name(line, following):
            found.add((start + span[0], start + span[1]))
        elif n == 0 and re.fullmatch(rf"\s*{_NAME}\s*", line) and line.strip().lower() not in _NOT_NAMES:
            first = start + len(line) - len(line.lstrip())
            found.add((first, first + len(line.strip())))
    return found


def _neighbours(text: str, mask: Mask) -> set[tuple[int, int]]:
    """Names that stand on the line of an address or telephone number, or on the two lines with words before it."""
    found: set[tuple[int, int]] = set()
    line_end = text.find("\n", mask.start)
    lines = _lines(text, max(0, text.rfind("\n", 0, max(0, mask.start - 240))), len(text) if line_end < 0 else line_end)[-3:]
    for n, (start, line) in enumerate(lines):
        if span := _line_name(line, lines[n + 1][1] if n + 1 < len(lines) else ""):
            found.add((start + span[0], start + span[1]))
    return found
