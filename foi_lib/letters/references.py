"""The reference that a body gives to a request, in the manners that letters write it."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.dates import SEP as _SEP
from foi_lib.letters.periods import find_periods

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


def reference_in(text: str) -> str | None:
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
