"""Who sent a letter: every name in it weighed by the kind of evidence that it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from foi_lib import quick
from foi_lib.letters.lines import Line

if TYPE_CHECKING:
    from foi_lib.letters.header import Header
    from foi_lib.reference.register import Authority


def find_sender(
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
