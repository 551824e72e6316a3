"""Who replied, to which request, when, and under which Act: from the letter's head, foot and wording, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

from foi_lib import quick
from foi_lib.letters.lines import Line
from foi_lib.letters.periods import MONTHS, find_periods

if TYPE_CHECKING:
    from foi_lib.reference.register import Authority

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = rf"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:\d{{1,2}}\s{{0,2}}(?:st|nd|rd|th)?\s{{0,2}}(?:of\s)?(?:{_MONTH})\b\.?,?\s{{0,2}}(?:\d{{4}})?|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
_SEP = r"\s*[:\-–]?\s*(?:\n\s*(?:[-–•●▪·*]|o(?=\s))?\s*)?"
_RECEIVED = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\bdate (?:request |of request |foi )?(?:was )?received{_SEP}(?P<d>{_DATE})",
        rf"\b(?:request(?:ed)?|foi request) (?:date|received|on){_SEP}(?P<d>{_DATE})",
        rf"\bdate (?:of|requested?)(?: the)?(?: request)?{_SEP}(?P<d>{_DATE})",
        rf"\breceived (?:by (?:us|[\w' ]{{3,40}}?) )?(?:on|in|at)?(?: our office)?{_SEP}(?P<d>{_DATE})",
        rf"^\s*requested{_SEP}(?P<d>{_DATE})",
        rf"(?:^|/)\s*received{_SEP}(?P<d>{_DATE})",
        rf"\breceived from you on (?P<d>{_DATE})",
        rf"\brequest (?:\w+ ){{0,12}}?(?:reached|arrived|came)\b[^.]{{0,80}}?\bon (?P<d>{_DATE})",
        rf"\bon (?P<d>{_DATE}),? you (?:e-?mailed|wrote|asked|requested|contacted|sent|made|submitted)",
        rf"\b(?:request|e-?mail|letter|enquiry|correspondence)\b[^.\n]{{0,60}}\b(?:received|made|submitted|sent) (?:by (?:us|the [\w ]{{3,30}}) )?on{_SEP}(?P<d>{_DATE})",
        rf"\breceived (?:your|the) (?:\w+ ){{1,8}}?on (?:the )?(?P<d>{_DATE})",
        rf"\bwe received (?:your|the) [^.\n]{{0,60}} on (?P<d>{_DATE})",
        rf"\bdate (?:logged|opened)(?P<s>{_SEP})(?P<d>{_DATE})",
        rf"\byou (?:asked|wrote|requested|e-?mailed|contacted)\b[^.?\n]{{0,90}}?\bon (?P<d>{_DATE})",
        rf"\brequest (?:that |which )?(?:we (?:had|got) from you|came in) on (?P<d>{_DATE})",
    )
]
_RESPONDED = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\bdate (?:of (?:the |our )?(?:response|reply|decision|disclosure|completion)|responded|replied|answered|completed|closed|issued|sent|response sent){_SEP}(?P<d>{_DATE})",
        rf"\b(?:response|reply|completion|decision|disclosure|completed|responded|closed|issued|replied) (?:date|on|sent|to)?{_SEP}(?P<d>{_DATE})",
        rf"\b(?:made|sent|gave|issued) (?:this|our|its) (?:response|reply|answer) on (?P<d>{_DATE})",
        rf"(?:^|\s{{3,}}|/ )date(?:/[a-z]+)?\s?:\s*(?P<d>{_DATE})\s*$",
        rf"(?:^|/)\s*(?:responded|replied|answered|completed|closed|response|our response|reply)\s*[:\-–(]?\s*(?P<d>{_DATE})",
        rf"^\s*(?:date[d]?|sent)\s*:?\s*(?P<d>{_DATE})(?:\s+\d{{1,2}}:\d\d.*)?\s*$",
        rf"^\s*(?:our )?(?:letter|reply) (?:dated|of)\s*:?\s*(?P<d>{_DATE})",
        rf"(?:^|[|/])\s*issued\s*[:\-–]?\s*(?P<d>{_DATE})",
        rf"\bref(?:erence)?\b[^\n]{{0,40}}\sdate\s?:\s*(?P<d>{_DATE})\s*$",
        rf"^(?:our )?(?:response|reply|answer) to your (?:[\w ]{{0,40}} )?request,? (?P<d>{_DATE})\s*$",
        rf"^(?:response|reply|answer)\s?\((?:received|sent|given)\s(?:on\s)?(?P<d>{_DATE})\)",
        rf"\b(?:answers|replies|responds)\s(?:as follows\s)?under the [^.\n]{{10,90}}?,? on (?P<d>{_DATE})",
        rf"^(?:part(?:ly|ially)? |fully? |not )?(?:disclosed|released|refused)\s*[-–:]\s*(?P<d>{_DATE})\s*$",
        rf"^\s*(?:dyddiad\s*/\s*)?date\s*:\s*[^\n/]{{0,30}}/\s*(?P<d>{_DATE})\s*$",
    )
]
_ALONE = quick.compile(rf"^\W*(?P<d>{_DATE})\W*$", re.I)
_NOT_REPLY = quick.compile(r"\b(?:publi|amend|updat|review|next|due|deadline|last|valid|print|request)\w*", re.I)
_ID = r"(?P<id>(?:[A-Z]{1,6}[ ]?[-_/.]?[ ]?){0,3}\d[\dA-Z]*(?:[ ]?[-_/.][ ]?[A-Z\d]+(?![a-z])){0,5}|\d{2,})"
_REFERENCES = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\b(?:our|foi|case|request|foi request|eir|internal|my)\s?(?:ref(?:erence)?)\b\.?(?:\s?(?:no|number|id))?\.?{_SEP}(?-i:{_ID})",
        rf"\b(?:ref(?:erence)?|request|case)\s?(?:id|no|number)\b\.?{_SEP}(?-i:{_ID})",
        rf"^[\w ]{{0,12}}\bref(?:erence)?\s?(?:no|number)?\.?\s*:\s*(?:\n\s*)?(?-i:{_ID})",
        r"^\s*our ref(?-i:(?P<id>[A-Z]{1,6}[-/]?\d[\w/-]*))",
        rf"\bref(?:erence)?\s?(?::|\.|-|–)\s*(?-i:{_ID})",
        rf"\b(?:freedom of information|foi|information|eir|environmental information regulations) (?:act )?(?:\d{{4}} )?(?:\([A-Z]{{3,5}}\) )?(?:request|enquiry|disclosure)\s*[-–:(]{{0,2}}\s*(?:ref(?:erence)?\.?:?\s*)?(?-i:{_ID})(?=\s*\)?\s*$)",
        r"(?:^|/ )(?:foi |information )?(?:request(?: for information)?|disclosure|case|log|your request)(?:\s+(?:no\.?|number|id))?\s+(?-i:(?P<id>[A-Z]{0,5}[-/ ]?\d{4,}[\w/-]*|\d+/\d+|\d{2,4}[-_]\d{2,4}))\s*(?:$|\|)",
        r"^(?:disclosure|foi|request|case|reference)\s(?:id|number|no\.?|ref(?:erence)?)\s*:?\s*\n\s*(?-i:(?P<id>[A-Z/-]{0,8}\d[\w/-]{2,}))\s*$",
        r"^(?:foi |eir )?(?:enquiry|disclosure|foi|request|case)(?: id)?\s(?:number|no\.?|id(?: number)?)\s*:?\s*(?:\n\s*)?(?-i:(?P<id>[A-Z/-]{0,8}\d[\w/-]{2,}))\s*$",
        r"^(?-i:(?P<id>RFI \d{2,5}|FOI \d{2,6}))\s?:\s",
        r"^(?-i:(?P<id>[A-Z]{2,6} (?:19|20)\d\d \d{1,4}))\s[-–]\s",
        r"^(?-i:(?P<id>[A-Z]{2,5}[-/ ]?\d{2,}[\w/-]*|[A-Z]{2,6}[-_/]\d[\w/-]*))\s*$",
        r"(?:\(|\s[-–]\s)(?-i:(?P<id>\d{1,6}[A-Z]?[/_]\d{2,4}|[A-Z]{2,6}[-/_ ]?\d{3,}[\w/-]*))\)?\s*$",
        r"\bFOI\s(?-i:(?P<id>\d{2,6}[-/]\d{2,4}))\b",
        r"\b(?<![A-Z]/)(?-i:(?P<id>FOI(?:R|A)?[ /_-]?\d{2,4}[-_/ ]?\d{2,}[\w/-]*|FOI[-/_]?\d{3,}|(?:IC|CAS|FI|EIR|DBC|RFI)-?\d[\w-]{3,}))\b",
        r"^(?:(?:your |foi |foi/eir |freedom of information |information )*request(?: for information)?|foi|ref(?:erence)?)\s*[:\-–.]?\s*"
        r"(?-i:(?P<id>[A-Z]{1,6}[-/ ]?\d{2,}[\w/-]*|[A-Z]{1,6}(?:/[A-Z]{1,6}){0,2}/\d[\w/-]*|\d{2,}[-/]\d{2}[\d/-]*|\d{4,}))\s*(?:$|[-–:]\s)",
        r"\((?-i:(?P<id>FOI \d{2} - \d{2} / \d+))\)",
        r"^(?-i:(?P<id>[A-Z]{2,6}/FOI/\d[\w/-]*))(?=\s*[:–-]|\s*$)",
    )
]
_YEAR_ONLY = quick.compile(r"^(?:19|20)\d\d$")


@dataclass(slots=True)
class Header:
    """What the letter says of itself; every field None where nothing shows it."""

    authority: str | None = None
    authority_code: str | None = None
    authority_how: str | None = None
    regime: str | None = None
    reference: str | None = None
    received_on: str | None = None
    responded_on: str | None = None
    doubts: tuple[str, ...] = ()


def day_in(text: str, before: str | None = None) -> str | None:
    """The one day that a phrase names, ISO; with no year, the last such day before `before`."""
    for period in find_periods(text):
        if period.kind == "day":
            return period.start
    m = quick.search(rf"(\d{{1,2}})\s*(?:st|nd|rd|th)?\s*(?:of\s)?({_MONTH})\b", text, re.I)
    if m and before:
        month, day = MONTHS[m[2].lower()], int(m[1])
        limit = date.fromisoformat(before)
        for year in (limit.year, limit.year - 1):
            try:
                candidate = date(year, month, day)
            except ValueError:
                continue
            if candidate <= limit:
                return candidate.isoformat()
    return None


def read_header(
    text: str,
    lines: list[Line],
    file: str = "",
    authority: Authority | None = None,
    extra: Sequence[Authority] = (),
    questions: list[tuple[int, int]] | None = None,
) -> Header:
    """Authority, regime, reference and dates. `questions` are the places of the applicant's words, which say nothing of the sender."""
    header = Header()
    close = _squeezed(text)
    header.responded_on = _responded(close, lines)
    header.received_on = _received(close, header.responded_on)
    if header.received_on and header.responded_on and header.received_on > header.responded_on:
        header.doubts = (*header.doubts, "reply_before_receipt")
    header.reference = _reference(close)
    _authority(header, text, lines, file, authority, extra, questions or [])
    nation = authority.nation if authority else _nation(header.authority_code, extra)
    header.regime, doubt = _regime(text, nation, header.authority)
    if doubt:
        header.doubts = (*header.doubts, doubt)
    return header


_BLANKS = re.compile(r"[ \t\xa0\r\f\v]{3,}")


def _squeezed(text: str) -> str:
    """Head and foot of the text without long runs of blanks, over which a pattern would try every way; no place points into it."""
    part = text if len(text) < 20_000 else text[:10_000] + "\n" + text[-10_000:]
    out: list[str] = []
    for line in part.split("\n"):
        line = _BLANKS.sub(lambda m: m.group()[:2], line.lstrip())
        if line.strip() or len(out) < 2 or any(before.strip() for before in out[-2:]):
            out.append(line)
    return "\n".join(out)


_REPLY_CAME = re.compile(r"\b(?:response|reply|answer)\s?\(received\b", re.I)


def _received(text: str, responded: str | None) -> str | None:
    for pattern in _RECEIVED:
        for hit in pattern.finditer(text[:6000]):
            if _REPLY_CAME.search(text, max(0, hit.start() - 14), hit.start() + 9):
                continue  # "Response (received 4 May)": the day on which the applicant had it
            found = day_in(hit["d"], responded)
            if found:
                return found
    tail = text[-1500:]
    for pattern in _RECEIVED[:2] if len(text) > len(tail) else ():
        m = pattern.search(tail)
        if m:
            return day_in(m["d"], responded)
    return None


def _responded(text: str, lines: list[Line]) -> str | None:
    for part in dict.fromkeys((text[:4000], text[-1500:])):  # a short letter is its own foot
        for pattern in _RESPONDED:
            for hit in pattern.finditer(part):
                start = part.rfind("\n", 0, hit.start("d")) + 1
                ahead = part[start : hit.start("d")].rsplit("|", 1)[-1]
                if _NOT_REPLY.search(ahead) and not quick.search(r"respon|repl|decision|complet", ahead, re.I):
                    continue
                previous = part[: max(start - 1, 0)].rsplit("\n", 1)[-1]
                if not ahead.strip() and _NOT_REPLY.search(previous):
                    continue
                found = day_in(hit["d"])
                if found:
                    return found
    for i, line in enumerate(lines[:40]):
        if re.match(r"dear\b|request\b.*:$|you (?:have )?asked", line.text, re.I) and i > 12:
            break
        m = _ALONE.match(line.text)
        if m and not (i and _NOT_REPLY.search(lines[i - 1].text) and len(lines[i - 1].text) < 40):
            found = day_in(m["d"])
            if found:
                return found
    for line in reversed(lines[-14:]):  # a letter dated at its foot
        m = re.match(rf"^(?:dated?|date of (?:reply|response))\s*:?\s*(?P<d>{_DATE})\s*$", line.text, re.I)
        if m:
            return day_in(m["d"])
    return None


def _reference(text: str) -> str | None:
    for part in dict.fromkeys((text[:3500], text[-1200:])):
        for pattern in _REFERENCES:
            for m in pattern.finditer(part):
                found = " ".join(m["id"].split()).strip(" -–/.")
                if (
                    _YEAR_ONLY.match(found)
                    or (
                        re.fullmatch(r"(?:19|20)\d\d/\d\d(?:\d\d)?", found) and any(p.kind == "financial_year" for p in find_periods(found))
                    )
                    or (
                        find_periods(found) and re.fullmatch(r"[\d/.-]+", found) and re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", found)
                    )
                ):
                    continue
                start = part.rfind("\n", 0, m.start()) + 1
                if quick.search(
                    r"\b(?:your ref|act(?:\s(?:of\s)?\d{4})?\W*$|regulations?|section|article|postcode|tel|phone|fax|iso|vat|charity|company|reg(?:istered)? no)\b",
                    part[start : m.start("id")],
                    re.I,
                ) and not quick.search(r"\b(?:our|foi) ref", part[start : m.start("id")], re.I):
                    continue
                if re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}", found) or re.fullmatch(r"S\d{4}", found):
                    continue  # a postcode, a room
                return found
    return None


def _nation(code: str | None, extra: Sequence[Authority]) -> str | None:
    if not code:
        return None
    for body in extra:
        if body.code == code:
            return body.nation
    from foi_lib.reference import authority

    try:
        return authority(code).nation
    except Exception:  # an unknown code has no nation
        return None


_SCOTS = quick.compile(r"Freedom of Information \(Scotland\)|\bFOI ?\(?S\)?A\b|\bFOISA\b|Scottish Information Commissioner", re.I)
_EISR = quick.compile(r"Environmental Information \(Scotland\)|\bEI\(?S\)?Rs?\b")
_EIR = quick.compile(r"Environmental Information Regulations|\bEIRs?\b(?!\s*(?:request|or|and|/))|(?<!FOI/)\bEIR 2004")
_FOIA = quick.compile(
    r"Freedom of Information(?: Act)?|\bFOIA?\b|\bFOI[-/]?\d|\b(?:section|exemption|s\.)\s?(?:12|14|21|22|31|36|38|40|41|42|43)\b", re.I
)


_EIR_TITLE = quick.compile(r"^[ \t]*[^\n.]{0,60}(?:request|released|disclosure|response)[^\n.]{0,30}\bunder (?:the )?Environmental Information Regulations[^\n]{0,40}$|^[ \t]*Environmental Information Regulations (?:2004 )?[^\n.]{0,10}(?:request|disclosure|response)\b[^\n]{0,40}$", re.I | re.M)


def _regime(text: str, nation: str | None, name: str | None) -> tuple[str | None, str | None]:
    """The Act under which the reply is made; for Scottish bodies FOISA, whichever Act the applicant named (FOISA s.3)."""
    scots_body = nation == "Scotland" or bool(name and quick.search(r"\bscot|\bpolice scotland", name, re.I))
    if _EISR.search(text):
        return "EISR", None
    titled = _EIR_TITLE.search(text[:1500])
    if titled and "freedom of information" not in titled.group().lower():
        return ("EISR" if scots_body else "EIR"), None
    handled = quick.search(
        r"\b(?:handled|dealt with|considered|processed|answered|request and response)\b[^.\n]{0,90}\b(?:under|in accordance with|by)\b[^.\n]{0,40}(?:Environmental Information Regulations|\bEIRs?\b)",
        text,
        re.I,
    )
    if (handled and "freedom of information" not in handled.group().lower()) or quick.search(r"\bregulation 1[23]\s?\(", text, re.I):
        return ("EISR" if scots_body else "EIR"), None
    if _SCOTS.search(text):
        return "FOISA", "regime_against_nation" if nation and nation != "Scotland" else None
    if scots_body:
        return "FOISA", None
    if _FOIA.search(text):
        return "FOIA", None
    if _EIR.search(text):
        return "EIR", None
    return None, None


# the sender --------------------------------------------------------------------------------------------------------------


def _authority(
    header: Header,
    text: str,
    lines: list[Line],
    file: str,
    authority: Authority | None,
    extra: Sequence[Authority],
    questions: list[tuple[int, int]],
) -> None:
    if authority is not None:
        header.authority, header.authority_code, header.authority_how = authority.name, authority.code, "file name"
        return
    votes: dict[tuple[str | None, str], float] = {}
    evidence: dict[tuple[str | None, str], tuple[float, str]] = {}

    def vote(code: str | None, name: str, weight: float, how: str) -> None:
        key = (code, name)
        votes[key] = votes.get(key, 0) + weight
        if key not in evidence or weight > evidence[key][0]:
            evidence[key] = (weight, how)

    sign = max(text.lower().rfind("yours "), text.lower().rfind("kind regards"))
    first = text[:600]
    for begin, stop, code, name, how in _names(text, extra):
        asked = any(a <= begin < b for a, b in questions)
        if how == "address":
            local = text[max(0, begin - 40) : begin]
            other = quick.search(r"\b(?:contact|ask|complain|try|who are at|hold)\b", local, re.I)
            vote(code, name, 0.7 if other else 2.0, "e-mail domain" if "@" in text[max(0, begin - 30) : stop] else "web address")
            continue
        weight, kind = (0.4, "mention") if asked else (1.0, "mention")
        line_start = text.rfind("\n", 0, begin) + 1
        line_end = text.find("\n", stop) if text.find("\n", stop) >= 0 else len(text)
        line_text = text[line_start:line_end].strip(" ,.*-–|")
        if sign >= 0 and begin > sign:
            weight, kind = 4.0, "signature"
        elif not asked and begin < len(first) and len(line_text) <= len(text[begin:stop]) + 12:
            weight, kind = 4.0, "letterhead"
        elif (
            code
            and re.match(
                r"(?:['’]s)?\s(?:\([^)]*\)\s)?(?:holds?|does|confirms?|can\b|has\b|is\b|considers?|cannot|will|received|neither|asset|may\b|was\b|relies|recognises|accepts|understands|takes|maintains|district|council\b)",
                text[stop : stop + 40],
                re.I,
            )
            and not asked
        ) or (
            not asked
            and re.match(
                r"(?:['’]s)?\s(?:\([^)]*\)\s)?(?:holds?|does|confirms?|considers?|can (?:neither|confirm)|cannot|neither|received|device|data)\b",
                text[stop : stop + 40],
                re.I,
            )
        ):
            weight, kind = 2.5, "wording"
        elif quick.search(
            r"\b(?:please contact|hold this|another|instead|transfer|would hold|business but|responsib\w+ of)\b",
            text[max(0, begin - 60) : begin],
            re.I,
        ):
            weight = 0.2
        vote(code, name, weight, kind)
    if file:
        from foi_lib.reference import find_authority

        stem = PurePath(file).stem if "." in PurePath(file).name else PurePath(file).name
        match = find_authority(re.sub(r"[-_]+", " ", stem), extra=extra) if not quick.search(r"\d{3,}", stem) else None
        if match and match.name and match.certainty == "certain":
            vote(match.code, match.name, 3.0, "file name")
    if not votes:
        _letterhead(header, lines)
        if header.authority is None:
            _capitals(header, lines)
        return
    ranked = sorted(votes.items(), key=lambda kv: (-kv[1], kv[0][0] is None, kv[0][1]))
    (code, name), score = ranked[0]
    if score < 0.4:
        return
    header.authority, header.authority_code, header.authority_how = name, code, evidence[(code, name)][1]
    if len(ranked) > 1 and ranked[1][1] > 0.75 * score and score < 6:
        header.doubts = (*header.doubts, "authority_uncertain")


_KIND_OF_BODY = quick.compile(
    r"\b(?:(?:Borough|District|City|County|Town|Parish|Community|Island) Council|Council$|Constabulary|(?:Fire|Ambulance)(?: and Rescue)? (?:Service|Authority)|NHS [\w ]*Trust|Partnership Trust|Foundation Trust|Health Board|University|Commissioner|Commission|Inspectorate|Agency|House of (?:Commons|Lords)|Office for [A-Z]\w+|Homes$)"
)


def _letterhead(header: Header, lines: list[Line]) -> None:
    """A body that no register knows, by the name that stands alone at the letter's head or foot; it has no code."""
    for line in [*lines[:8], *reversed(lines[-6:])]:
        name = re.split(r" / |, ", line.text.strip(" ,.*|"))[-1]  # after another language, or a title
        if 6 < len(name) < 70 and _KIND_OF_BODY.search(name) and name[0].isupper() and _name_like(name):
            header.authority, header.authority_how = name, "letterhead"
            return


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
