"""Which law the words beside a section number name: one of the information Acts, another law, or no law at all."""

from __future__ import annotations

import re
from functools import cache

# In the order in which they are tried: the Scottish names hold the others' words.
_NAMES = (
    ("other", r"Freedom\s+of\s+Information\s+(?:and\s+Data\s+Protection|\(Fees|\(Time|\(Appropriate)|Fees\s+Regulations"),
    ("FOISA", r"Freedom\s+of\s+Information\s+\(Scotland\)\s+Act|FOI\s?\(\s?S\s?\)\s?A(?:ct)?|FOISA|2002\s+Act|Scottish\s+FOI\s+Act"),
    ("FOIA", r"Ddeddf\s+Rhyddid\s+Gwybodaeth|"
             r"Freedom\s+of\s+Information\s+(?:Act|legislation)|Freedom\s+of\s+Information(?!\s+(?:request|team|officer))|FOIA|FOI\s?Act"
             r"|FOI(?=\s+Act|\W|$)(?!\s+(?:request|team|officer))|2000\s+Act"),
    ("EISR", r"Environmental\s+Information\s+\(Scotland\)\s+Regulations|EI\s?\(\s?S\s?\)\s?Rs?|EISRs?"),
    ("EIR", r"Environmental\s+Information\s+Regulations?|EIRs?"),
)  # fmt: skip
_OTHER = (
    r"(?:UK\s+|EU\s+)?GDPR|General\s+Data\s+Protection\s+Regulation|DPA\b|PECR|RIPA|PACE\b|TCPA|LGA\b|RTA\b|PCA\b|ISO\b|NHSA"
    r"|[A-Z][\w’'&-]*(?:,?\s+(?:[A-Z][\w’'&-]*|of|and|the|for|to|in|etc\.?|\([A-Z][\w’' ]{2,40}\))){0,12}"
    r"\s+(?:Act|Order|Regulations|Rules|Measure|Code|Directive|Convention)\b"
    r"|(?:19\d\d|200[1356789]|20[12]\d)\s+Act\b"
)


@cache
def _after() -> re.Pattern[str]:
    names = "|".join(f"(?P<{_group(n, act)}>{pattern})" for n, (act, pattern) in enumerate(_NAMES))
    # An intervening name of the exemption is allowed: "section 31 (law enforcement) of the …".
    return re.compile(
        r"(?:\s{0,2}[-–—:]?\s{0,2}\([^()\n]{3,70}\))?\s{0,2}(?:,\s{0,2})?\(?(?P<of>(?:of|under|in|from|to|within|as\sper|o)\s{1,3})?"
        r"(?:both\s{1,3})?(?:the\s{1,3}|that\s{1,3})?[\"'“‘(]?"
        rf"(?:{names}|(?P<law>{_OTHER}))"
    )


@cache
def _before() -> re.Pattern[str]:
    names = "|".join(f"(?P<{_group(n, act)}>{pattern})" for n, (act, pattern) in enumerate(_NAMES))
    return re.compile(rf"\b(?:{names}|(?P<law>(?:UK\s+)?GDPR|DPA|[A-Z]\w+\s+(?:Act|Order|Regulations|Rules)))")


def _group(number: int, act: str) -> str:
    return f"g{number}_{act}"


def _act(found: re.Match[str]) -> str:
    """The regime of a match, "other", or for a short name that is used in Scotland too, "FOI" or "EI"."""
    group = next(name for name, value in found.groupdict().items() if value is not None and name != "of")
    if group != "law":
        act, written = group.split("_")[1], found[group]
    else:
        within = list(_before().finditer(found["law"]))  # "Law Enforcement of the Freedom of Information Act"
        if not within or within[-1].lastgroup == "law":
            return "other"
        return _act(within[-1])
    if act == "FOIA" and re.fullmatch(r"FOI(?:\s?Act)?", written):
        return "FOI"
    return "EI" if act == "EIR" and re.fullmatch(r"EIRs?", written) else act


_DATA_PROTECTION = re.compile(r"Data\s+Protection|GDPR|DPA")
_PERSONAL_DATA = ("40", "38")  # these exemptions rest on data protection law, so letters name it beside them


def act_after(text: str, at: int, number: str) -> str | None:
    """The regime, or "other" for another law, that is named straight after a citation of section `number` which ends at `at`."""
    found = _after().match(text, at, at + 260)
    if not found:
        return None
    act = _act(found)
    if act == "other" and not found["of"] and number in _PERSONAL_DATA and _DATA_PROTECTION.search(found[0]):
        return None
    return act


# What may stand between an Act's name and the section: its year, its short name in brackets, a comma or colon, "under".
_BETWEEN = re.compile(
    r"(?:\s+Act)?(?:\s+\(?\d{4}\)?)?"
    r"(?:\s*[(\[][\"'“‘]?[\w()&. ’'\"”-]{1,40}[)\]])?[)\]\"”]{0,2}[\s,:;–—(-]*(?:under\s|by\s+virtue\s+of\s)?$"
)


def act_before(text: str, at: int, number: str) -> str | None:
    """The same for a law that is named straight before a citation which begins at `at`: "FOIA, s.12"."""
    window = text[max(0, at - 110) : at]
    named = list(_before().finditer(window))
    if not named or not _BETWEEN.match(window, named[-1].end()):
        return None
    act = _act(named[-1])
    return None if act == "other" and number in _PERSONAL_DATA and _DATA_PROTECTION.search(window) else act


_NOT_LAW = re.compile(
    r"\s{0,2}(?:of\s+(?:our|your|this|my|their|its|the\s+(?:attached|enclosed|report|form|policy|plan|contract|agreement|"
    r"constitution|guidance|request|spreadsheet|document|letter|code|website|application|response|questionnaire|road|A\d|M\d))"
    r"|officers?\b|agreements?\b|notices?\b|defences?\b|monies\b|money\b|contributions?\b|funds?\b|funding\b|receipts?\b|obligations?\b"
    r"|assessments?\b|enquir(?:y|ies)\b|grants?\b|payments?\b|reports?\b|returns?\b|licences?\b|evictions?\b|no[- ]fault\b|works?\b"
    r"|schemes?\b|orders?\b|claims?\b|prosecutions?\b|units?\b|tenants?\b|possession\b|planning\b|accommodation\b|aftercare\b"
    r"|stops?\b|search(?:es)?\b|safeguarding\b|consultations?\b|referrals?\b|statements?\b|below\b|above\b|overleaf\b|\(?see\b)",
    re.IGNORECASE,
)
_NOTICE = re.compile(r"\s{0,2}(?:refusal\s+)?notices?\b", re.IGNORECASE)
_QUESTION = re.compile(
    r"[.):]\s+(?:how|what|when|which|who|where|why|please|do|does|did|can|could|would|is|are|was|were|has|have|had|provide|list|in\s+total|"
    r"the\s+(?:number|total)|of\s+th(?:e|ose))\b|\s+(?:how|what|which|please)\b", re.IGNORECASE)  # fmt: skip
_NUMBERED = re.compile(r"\b(?:tables?|figures?|fig\.|appendix|annex|tab|sheet|row|column|cell|questions?|item|page)\s{1,2}$", re.IGNORECASE)
_POSTCODE = re.compile(r"\s{0,2}\d[A-Z]{2}\b")


def is_other_matter(text: str, start: int, number: int, end: int, bare: bool) -> bool:
    """Whether a section or "S21" is a chapter, an agreement, a question's label or a postcode, and no provision."""
    if text[end : end + 1] in ("/", "-", "_") and text[end + 1 : end + 2].isalnum() and bare:
        return True  # a reference: S40/123
    if bare and number - start == 1 and _POSTCODE.match(text, end):
        return True
    if _NOT_LAW.match(text, end) and not (text[number:end] in ("16", "17") and _NOTICE.match(text, end)):
        return True  # a "section 17 notice" is the one under this Act; a section 21 notice is a landlord's
    if number - start <= 2 and _NUMBERED.search(text, max(0, start - 12), start):
        return True
    line_start = not text[max(0, start - 3) : start].split("\n")[-1].strip()
    return bare and line_start and number - start <= 2 and bool(_QUESTION.match(text, end))


_INFORMATION_LAW = re.compile(
    r"freedom of information|\bFOIA|\bFOI\b|\bFOISA|\bEIRs?\b|\bEI\(S\)R|environmental information|\bexempt|\brefus|\bwithh|\bwith(?:h)?eld"
    r"|neither confirm|\bthe Act\b|appropriate limit|advi[cs]e and assistance|\bvexatious|virtue of", re.IGNORECASE)  # fmt: skip


def speaks_of_information_law(around: str) -> bool:
    """Whether the words around a bare number speak of refusing or giving information at all."""
    return bool(_INFORMATION_LAW.search(around))
