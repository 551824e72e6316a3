"""Who sent a letter: every name in it weighed by the kind of evidence that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING

from foi_lib import quick
from foi_lib.letters.lines import Line

if TYPE_CHECKING:
    from foi_lib.letters.header import Header
    from foi_lib.reference.register import Authority


# how much each kind of evidence weighs; of a name's places the heaviest tells how it was found
LETTERHEAD = SIGNATURE = 4.0
FILE = HEADING = 3.0
WORDING = ADDRESSED = 2.5
DOMAIN = NAMED = SALUTATION = 2.0
MENTION = 1.0
IN_QUESTION = 0.4
ELSEWHERE = 0.2  # "please ask …", "… would hold this"
SUBJECT = 0.6  # in an answer: "Fenton Fire Service keeps …"
COUNCIL = 0.45  # in an answer: a body of the register
IN_ANSWER = 0.25  # any other that an answer speaks of
NATIONAL = 0.05  # one that everybody's answers speak of
_LEAST = 0.4
Places = list[tuple[int, int]]


@dataclass(slots=True)
class Votes:
    """What speaks for each name, (code, name), and of what kind the best of it is."""

    total: dict[tuple[str | None, str], float] = field(default_factory=dict)
    best: dict[tuple[str | None, str], tuple[float, str]] = field(default_factory=dict)

    def add(self, code: str | None, name: str, weight: float, kind: str) -> None:
        key = (code, name)
        self.total[key] = self.total.get(key, 0) + weight
        if weight > self.best.get(key, (0, ""))[0]:
            self.best[key] = (weight, kind)


def find_sender(
    header: Header,
    text: str,
    lines: list[Line],
    file: str,
    authority: Authority | None,
    extra: Sequence[Authority],
    questions: Places,
    answers: Places,
) -> None:
    """Fill in the header's authority, its code and the kind of evidence. `questions` and `answers`: the places of their words, of which
    the first are the applicant's, and the second name whom they please."""
    if authority is not None:
        header.authority, header.authority_code, header.authority_how = authority.name, authority.code, "file name"
        return
    votes = Votes()
    low = text.lower()
    signed = max(low.rfind("yours "), low.rfind("kind regards"))
    names = _names(text, extra)
    for begin, stop, code, name, how in names:
        asked = any(a <= begin < b for a, b in questions)
        answered = not asked and any(a <= begin < b for a, b in answers)
        weight, kind = _address(text, begin, stop, answered) if how == "address" else _name(text, begin, stop, code, signed, asked, answered)
        votes.add(code, name, weight, kind)
    for begin, name, weight, kind in self_named(text):
        if not any(a <= begin < b for a, b in questions) and not any(a <= begin < b for a, b, *_ in names):
            code, known = _known(name, extra)
            votes.add(code, known, weight, kind)
    if file:
        stem = PurePath(file).stem if "." in PurePath(file).name else PurePath(file).name
        code, known = _known(re.sub(r"[-_]+", " ", stem), extra, "") if not quick.search(r"\d{3,}", stem) else (None, "")
        if known:
            votes.add(code, known, FILE, "file name")
    if unknown := _letterhead(lines, names):
        votes.add(None, unknown, LETTERHEAD if not names else HEADING, "letterhead")
    ranked = sorted(votes.total.items(), key=lambda kv: (-kv[1], kv[0][0] is None, kv[0][1]))
    if not ranked or ranked[0][1] < _LEAST:
        _capitals(header, lines)
        return
    (code, name), score = ranked[0]
    header.authority, header.authority_code, header.authority_how = name, code, votes.best[(code, name)][1]
    if score < MENTION or (len(ranked) > 1 and ranked[1][1] > 0.75 * score and score < 6):
        header.doubts = (*header.doubts, "authority_uncertain")


def _known(name: str, extra: Sequence[Authority], other: str | None = None) -> tuple[str | None, str]:
    """The register's body of this name, if there is one; else `other`, or the name as it stands, with no code."""
    from foi_lib.reference import find_authority

    match = find_authority(name, extra=extra, certain=True)
    if match and match.name:
        return match.code, match.name
    return None, name if other is None else other


_OTHERS = quick.compile(r"\b(?:contact|ask|complain|try|who are at|hold)\b", re.I)
_TO_OTHERS = quick.compile(r"\b(?:please contact|hold this|another|instead|transfer|would hold|business but|responsib\w+ of)\b", re.I)
_DOES = re.compile(
    r"(?:['’]s)?\s(?:\([^)]*\)\s)?(?:holds?|does|confirms?|considers?|can (?:neither|confirm)|cannot|neither|received|device|data|has (?:looked|dealt|handled|considered|searched))\b",
    re.I,
)
_COUNCIL_DOES = re.compile(
    r"(?:['’]s)?\s(?:\([^)]*\)\s)?(?:can\b|has\b|is\b|will|asset|may\b|was\b|relies|recognises|accepts|understands|takes|maintains|district|council\b)", re.I
)
_TO_IT = re.compile(
    r"\b(?:request|letter|e-?mail|enquiry|writing|wrote|contacting|reached|made|sent|submitted|put|asking|came|received)(?: (?:to|by))?(?: the)?\s$|\bInformation held by(?: the)?\s$", re.I
)
_ITS_DUTY = re.compile(r",? (?:who )?(?:is|are) (?:the )?(?:responsible|in charge|the one)|,? (?:would|may|might|should) (?:hold|be able|know)", re.I)
_ACTS = re.compile(r"['’]s?\s[a-z]|\s(?:\([^)]*\)\s)?(?:has|is|was|does|will|may|can|(?!(?:as|this|its|across|plus|sites|areas|staffs|officers|vehicles|premises|services)\b)[a-z]{3,}s)\b")
_DONE_BY = re.compile(r"\b(?:held|recorded|counted|logged|kept|handled|collected|collated) by(?: the)? $", re.I)
_EVERYWHERE = re.compile(r"NHS (?:England|Scotland|Wales|Improvement|Digital|Resolution|Property|Employers|Business|Blood)|HM |HMRC|(?:Home|Cabinet|Northern Ireland|Scotland|Wales) Office|Department |Ministry |Office for |(?:Scottish|Welsh) Government|The National Archives|Police Scotland|Planning Insp")
_CALLED = re.compile(r"\s?\((?:the )?[\"“'‘](?:Trust|Council|Board|University|Service|Force|Authority|Department|Office|Agency|Commission|College|[A-Z]{2,8})[\"”'’]\)")


def _address(text: str, begin: int, stop: int, answered: bool) -> tuple[float, str]:
    kind = "e-mail domain" if "@" in text[max(0, begin - 30) : stop] else "web address"
    if _OTHERS.search(text[max(0, begin - 40) : begin]):
        return 0.7, kind
    return (MENTION if answered else DOMAIN), kind


def _name(text: str, begin: int, stop: int, code: str | None, signed: int, asked: bool, answered: bool) -> tuple[float, str]:
    """What a name weighs at its place, and as what kind of evidence; from `signed` on stands the letter's end."""
    line_start = text.rfind("\n", 0, begin) + 1
    line_end = text.find("\n", stop) if text.find("\n", stop) >= 0 else len(text)
    line = text[line_start:line_end].strip(" ,.*-–|")
    ahead, after = text[max(line_start, begin - 60) : begin], text[stop : stop + 40]
    if 0 <= signed < begin:
        return SIGNATURE, "signature"
    if asked:
        return IN_QUESTION, "mention"
    if re.fullmatch(r"(?:['’]s?)? (?:final )?(?:response|reply)\s*:?\s*", text[stop:line_end], re.I) and not text[line_start:begin].strip():
        return HEADING, "heading"
    if begin < 600 and len(line) <= stop - begin + (0 if answered else 12):
        return LETTERHEAD, "letterhead"
    if _DOES.match(after) or (code and not answered and _COUNCIL_DOES.match(after)):
        return WORDING, "wording"
    if _TO_IT.search(ahead):
        return ADDRESSED, "wording"
    if _CALLED.match(after):
        return NAMED, "wording"
    if _TO_OTHERS.search(ahead) or _ITS_DUTY.match(after):
        return ELSEWHERE, "mention"
    if not answered:
        return MENTION, "mention"
    if not code and _EVERYWHERE.match(text[begin:stop]):
        return NATIONAL, "mention"
    return (SUBJECT if _ACTS.match(after) or _DONE_BY.search(ahead) else COUNCIL if code else IN_ANSWER), "mention"


_WORDS = r"[A-Z][A-Za-z’'&-]+(?:,? (?:(?:of|for|and|the|&) ){0,2}[A-Z][A-Za-z’'&-]+){1,7}"
_IN_BRACKETS = r"\((?:the )?[\"“'‘]?(?P<short>[A-Z]{2,8})[\"”'’]?\)"
_INITIALS = re.compile(_IN_BRACKETS)  # soon found or missed, from its bracket on
_SHORT = re.compile(rf"\b(?P<name>{_WORDS}) {_IN_BRACKETS}")
_HEADED = quick.compile(rf"^(?P<name>{_WORDS})(?:['’]s?)? (?:final )?(?:[Rr]esponse|[Rr]eply)\s*:?[ \t]*$", re.M)
_DEAR = quick.compile(rf"^Dear (?P<name>{_WORDS}),?[ \t]*$", re.M)
_REGULATOR = quick.compile(r"Information Commissioner|Police Chiefs|Chief Police Officers|Cyber Security Centre|\b(?:Act|Regulations?|Directive|Order|Code|Scheme|Framework|System|Rules)$")


def self_named(text: str) -> list[tuple[int, str, float, str]]:
    """Bodies that no register and no pattern need know, where the letter speaks as them: (place, name, weight, kind of evidence).

    "The Bureau of Keys (BOK) holds this", "BOK holds" after it; "Marsh Homes' response:" over an answer; "Dear Marsh Licensing Board".
    """
    found: list[tuple[int, str, float, str]] = []
    for m in islice(_SHORT.finditer(text[:12_000]), 30) if _INITIALS.search(text) else ():
        name, short = re.sub(r"^(?:The|A|In|At|For|By) ", "", m["name"]), m["short"]
        initials = "".join(word[0] for word in re.findall(r"[A-Z][\w’']*|[a-z]+", name))
        if short not in (initials.upper(), "".join(c for c in initials if c.isupper())) or _REGULATOR.search(name):
            continue
        says = rf"(?:^|[.\n] ?)The {short} (?:holds?|does|confirms?|neither|cannot|received)\b|\b{short} (?:holds|neither confirms)\b"
        if _DOES.match(text, m.end()) or _TO_IT.search(text, max(0, m.start("name") - 60), m.start("name")) or re.search(says, text[:20_000]):
            found.append((m.start("name"), name, WORDING, "wording"))
    found += [(m.start(), m["name"].rstrip("’'"), HEADING, "heading") for m in _HEADED.finditer(text) if not _PAGE_WORDS.search(m["name"])]
    found += [(m.start("name"), m["name"], SALUTATION, "salutation") for m in _DEAR.finditer(text[:6_000]) if _KIND_OF_BODY.search(m["name"])]
    return found


_KIND_OF_BODY = quick.compile(
    r"\b(?:(?:Borough|District|City|County|Town|Parish|Community|Island) Council|Council$|Constabulary|(?:Fire|Ambulance)(?: and Rescue)? (?:Service|Authority)|NHS [\w ]*Trust|Partnership Trust|Foundation Trust|Health Board|University|Commissioner|Commission|Inspectorate|Agency|Adjudicator|Regulator|Ombudsman|(?:Licensing|Valuation|Integrated Care|Integration Joint) Board|House of (?:Commons|Lords)|Office for [A-Z]\w+|Homes$)"
)


_PAGE_WORDS = quick.compile(r"\b(?:Disclosures?|Logs?|Requests?|Requester|Responses?|Freedom|FOI|EIR|Details|Publications?|Act|Complaints?|Search|Welcome|Dear|Our|Final|Full|Initial|Your|Officer|Manager)\b")


_OWN = re.compile(r"\b(?:the|and|of|for|Royal|Borough|District|City|County|Town|Parish|Community|Metropolitan|Council|NHS|Foundation|Trust|University|Health|Board|Constabulary|Commission|Commissioner|Agency|Police|Fire|Rescue|Service|Authority)\b|\W")


def _letterhead(lines: list[Line], names: list[tuple[int, int, str | None, str, str]]) -> str | None:
    """A body that no register knows, by the name that stands alone at the letter's head or foot; it has no code."""
    for line in [*lines[:8], *reversed(lines[-6:])]:
        name = re.split(r" / |, ", line.text.strip(" ,.*|"))[-1]  # after another language, or a title
        if 6 < len(name) < 70 and _KIND_OF_BODY.search(name) and name[0].isupper() and _name_like(name) and not _PAGE_WORDS.search(name) and _OWN.sub("", name).strip():
            return None if any(line.start <= begin < line.end for begin, *_ in names) else name
    return None


def _capitals(header: Header, lines: list[Line]) -> None:
    """A body that a pattern knows, printed in capitals at the letter's head ("POLICE SCOTLAND")."""
    from foi_lib.reference import find_body_names

    for line in lines[:8]:
        found = find_body_names(line.text.title()) if line.text.isupper() and len(line.text) < 60 else []
        if found and found[0][2].name:
            header.authority, header.authority_how = found[0][2].name, "letterhead"
            return


def _name_like(name: str) -> bool:
    small = {"of", "and", "the", "for", "upon", "in", "with", "on", "&", "le", "y"}
    return all(word in small or word[0].isupper() for word in name.split()) and not quick.search(r"\d|[:;?]", name)


def _names(text: str, extra: Sequence[Authority]) -> list[tuple[int, int, str | None, str, str]]:
    from foi_lib.reference import find_body_names, scanning

    out: list[tuple[int, int, str | None, str, str]] = []
    for begin, stop, match in scanning.find_authorities_in(text, extra=extra):
        if match.name and match.certainty != "ambiguous":
            kind = (
                "address"
                if "@" in text[max(0, begin - 1) : stop] or ("." in text[begin:stop] and " " not in text[begin:stop].strip())
                else "name"
            )
            out.append((begin, stop, match.code, match.name, kind))
    for begin, stop, match in find_body_names(text):
        if match.name and "\n" not in text[begin:stop].strip() and not any(a < stop and begin < b for a, b, *_ in out):
            out.append((begin, stop, match.code, match.name, "name"))
    return sorted(out, key=lambda f: f[0])
