"""The reference that a body gives to a request, in the manners that letters write it."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.dates import SEP
from foi_lib.letters.periods import find_periods

_SEP = rf"{SEP}(?:/\s)?"  # after another language's words: "Ein cyf / Our ref: / 076/10"
_ID = r"(?P<id>(?:[A-Z]{1,6}[ ]?[-_/.]?[ ]?){0,3}\d[\dA-Z]*(?:[ ]?[-_/.][ ]?[A-Z\d]+(?![a-z])){0,5}|\d{2,})"
_REFERENCES = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\b(?:our|foi|case|request|foi request|eir|internal|my)\s?(?:ref(?:erence)?)\b\.?(?:\s?(?:no|number|id))?\.?{_SEP}(?-i:{_ID})",
        rf"\b(?:ref(?:erence)?|request|case)\s?(?:id|no|number)\b\.?{_SEP}(?-i:{_ID})",
        rf"^[\w ]{{0,12}}\bref(?:erence)?\s?(?:no|number)?\.?\s*:\s*(?:\n\s*)?(?-i:{_ID})",
        rf"\b(?:our|my|foi) ref(?:erence)?\b\.?(?:\s?(?:no|number))?\.?{_SEP}(?P<id>[a-z]{{1,8}}[/._-][\w./-]{{0,20}}\d[\w./-]*)",
        r"^\s*our ref(?-i:(?P<id>[A-Z]{1,6}[-/]?\d[\w/-]*))",
        rf"\bref(?:erence)?\s?(?::|\.|-|–)\s*(?-i:{_ID})",
        rf"\b(?:freedom of information|foi|information|eir|environmental information regulations) (?:act )?(?:\d{{4}} )?(?:\([A-Z]{{3,5}}\) )?(?:request|enquiry|disclosure)(?: response)?\s*[-–:(]{{0,2}}\s*(?:ref(?:erence)?\.?:?\s*)?(?-i:{_ID})(?=\s*\)?\s*$)",
        r"(?:^|/ )(?:foi |information )?(?:request(?: for information)?|disclosure|case|log|your request)(?:\s+(?:no\.?|number|id))?\s+(?-i:(?P<id>[A-Z]{0,5}[-/ ]?\d{4,}[\w/-]*|\d+/\d+|\d{2,4}[-_]\d{2,4}))\s*(?:$|\|)",
        r"^(?:disclosure|foi|request|case|reference)\s(?:id|number|no\.?|ref(?:erence)?)\s*:?\s*\n\s*(?-i:(?P<id>[A-Z/-]{0,8}\d[\w/-]{2,}))\s*$",
        r"^\W{0,4}(?:foi |eir )?(?:enquiry|disclosure(?: log)?|log|foi|request|case)(?: id)?\s(?:(?:number|no\.?|id(?: number)?)\s*:?)?\s*(?:\n\W{0,4})?(?-i:(?P<id>[A-Z/-]{0,8}\d[\w/-]{2,}))\s*$",
        r"^(?-i:(?P<id>RFI \d{2,5}|FOI \d{2,6}))\s?:\s",
        r"^(?-i:(?P<id>(?:FOI|FoI|EIR|RFI|SAR|IR)\s?[-/_.]\s?\d{2,6}\s?[-/_.]\s?\d{2,4}))(?=\s*(?:[-–:/(]\s|$))",
        r"^(?:re:?\s|subject:?\s)?(?:your )?(?:foi|eir|freedom of information|information) request\s(?-i:(?P<id>\d{2,4}[-/]\d{2,5}|[A-Z]{1,5}[-/]?\d[\w/-]{2,}))\s[-–:]\s",
        r"^(?:\W{0,3}request for information\s[-–]\s)?(?-i:(?P<id>ATISN \d{4,6}))\b",
        r"^(?-i:(?P<id>[A-Z]{1,5}20\d\d[-/]\d{2,5}))\s?:\s",
        r"^(?-i:(?P<id>[A-Z]{2,6} (?:19|20)\d\d \d{1,4}))\s[-–]\s",
        r"^(?-i:(?P<id>[A-Z]{2,5}[-/ ]?\d{2,}[\w/-]*|[A-Z]{2,6}[-_/]\d[\w/-]*))\s*$",
        r"(?:\(|\s[-–]\s)(?-i:(?P<id>\d{1,6}[A-Z]?[/_]\d{2,4}|[A-Z]{2,6}[-/_ ]?\d{3,}[\w/-]*))\)?\s*$",
        r"\bFOI\s(?-i:(?P<id>\d{2,6}[-/]\d{2,4}))\b",
        r"\b(?<![A-Z]/)(?-i:(?P<id>FOI(?:R|A)?[ /_-]?\d{2,4}[-_/ ]?\d{2,}[\w/-]*|FOI[-/_]?\d{3,}|(?:IC|CAS|FI|EIR|DBC|RFI)-?\d[\w-]{3,}))\b",
        r"^(?:(?:your |foi |foi/eir |freedom of information |information )*request(?: for information)?|foi|ref(?:erence)?)\s*[:\-–.]?\s*"
        r"(?-i:(?P<id>[A-Z]{1,6}[-/ ]?\d{2,}[\w/-]*|[A-Z]{1,6}(?:/[A-Z]{1,6}){0,2}/\d[\w/-]*|\d{2,}[-/]\d{2}[\d/-]*|\d{4,}))\s*(?:$|[-–:]\s)",
        rf"\((?:our )?ref(?:erence)?\.?:?\s(?-i:{_ID})\)",
        r"\((?-i:(?P<id>FOI \d{2} - \d{2} / \d+))\)",
        r"^(?-i:(?P<id>[A-Z]{2,6}/FOI/\d[\w/-]*))(?=\s*[:–-]|\s*$)",
        r"\A(?:[^\n]*\n){0,5}?[^\n.?:]{3,70}\s(?P<id>\d{3,6}[A-Z]?/\d\d)[ \t]*$",  # at the end of a page's title
    )
]
_YEAR_ONLY = quick.compile(r"^(?:19|20)\d\d$")


_OTHER_NUMBER = re.compile(
    r"\b(?:act(?:\s(?:of\s)?\d{4})?|sections?|s\.|article|paragraph|schedule|postcode|tel(?:ephone)?|phone|mobile|fax|iso|vat|charity|company"
    r"|reg(?:istered|istration)?|s\.?i|statutory instrument|room|floor|version|po box|isbn|minute)\b[.\W]{0,4}(?:(?:no|number)\b\W{0,3})?"
    r"(?:\d{4}[/ ])?$|\bregulations?\b(?:\s\d{4})?\s?$",
    re.I,
)
_WHOSE = re.compile(r"\b(our|foi|my|your)(?=\sref)", re.I)
_KIND = re.compile(r"(?<![A-Za-z-])(?:FOI|FoI|RFI|EIR) $")  # "FOI 25-540": the letters belong to the number
_INITIALS = re.compile(r"(?P<stem>.*\d)/[A-Z]{2,3}")


def reference_in(text: str) -> str | None:
    """The reference as the letter writes it, its blanks closed up; None where it shows none."""
    for part in dict.fromkeys((text[:3500], text[-1200:])):
        for pattern in _REFERENCES:
            for m in pattern.finditer(part):
                found = " ".join(m["id"].split()).strip(" -–/.")
                ahead = part[part.rfind("\n", 0, m.start("id")) + 1 : m.start("id")]
                if not ahead.strip(" -•*/"):  # under its label
                    ahead = part[part.rfind("\n", 0, m.start()) + 1 : m.start("id")]
                if _no_reference(found, ahead):
                    continue
                if found[0].isdigit() and (kind := _KIND.search(part, max(0, m.start("id") - 5), m.start("id"))):
                    found = kind.group() + found
                alike = _INITIALS.fullmatch(found)  # "FOI-0707-1819/GH", the initials an officer's, where the letter has it without them too
                if alike and re.search(rf"(?<![\w/-]){re.escape(alike['stem'])}(?![\w/-])", part):
                    return alike["stem"]
                return found
    return None


def _no_reference(found: str, ahead: str) -> bool:
    """A number that is something else: a year, a day, an Act's, a telephone's; `ahead` is what stands before it."""
    if _YEAR_ONLY.match(found) or re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|S\d{4}", found):  # a postcode, a room
        return True
    if re.fullmatch(r"(?:19|20)\d\d/\d\d(?:\d\d)?", found) and any(p.kind == "financial_year" for p in find_periods(found)):
        return True
    if re.fullmatch(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}", found) and find_periods(found):
        return True
    whose = _WHOSE.findall(ahead)
    if whose:
        return bool(whose[-1].lower() == "your")
    return bool(_OTHER_NUMBER.search(ahead))
