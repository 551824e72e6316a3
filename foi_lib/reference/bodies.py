"""Names that by their pattern are public bodies outside the register of councils: police, health, fire, colleges, departments."""

from __future__ import annotations

import re

from foi_lib.reference.finding import AuthorityMatch
from foi_lib.reference.scanning import HARMLESS, Found, places, words_before

_CAPITALS = r"(?:\s(?:and\s|&\s|the\s)?[A-Z][a-z]+){0,4}"
_NAMED = {
    "HM Revenue": re.compile(r"HM\s+Revenue\s+(?:and|&)\s+Customs\b"),
    "HMRC": re.compile(r"HMRC\b"),
    "PSNI": re.compile(r"PSNI\b"),
    "Police Service of N": re.compile(r"Police\s+Service\s+of\s+Northern\s+Ireland\b"),
    "Police Scotland": re.compile(r"Police\s+Scotland\b"),
    "Metropolitan Police S": re.compile(r"Metropolitan\s+Police\s+Service\b"),
    "House of": re.compile(r"House\s+of\s+(?:Commons|Lords)\b"),
    "Northern Ireland Of": re.compile(r"Northern\s+Ireland\s+Office\b"),
    "Scotland Office": re.compile(r"Scotland\s+Office\b"),
    "Wales Office": re.compile(r"Wales\s+Office\b"),
    "Office for ": re.compile(r"Office\s+for\s+(?:National\s+Statistics|Students|Nuclear\s+Regulation|Budget\s+Responsibility)\b"),
    "Planning Inspec": re.compile(r"Planning\s+Inspectorate\b"),
    "General Teaching": re.compile(r"General\s+Teaching\s+Council(?:\s+for\s+Scotland)?\b"),
    "The National Archives": re.compile(r"The\s+National\s+Archives\b"),
    "Social Security Scotland": re.compile(r"Social\s+Security\s+Scotland\b"),
    "Transport ": re.compile(r"Transport\s+(?:Scotland|for\s+London)\b"),
    "Scottish Government": re.compile(r"Scottish\s+Government\b"),
    "Welsh Government": re.compile(r"Welsh\s+Government\b"),
    "Department ": re.compile(rf"Department\s+(?:for|of)\s+[A-Z][a-z]+,?{_CAPITALS}"),
    "Ministry of": re.compile(rf"Ministry\s+of\s+[A-Z][a-z]+{_CAPITALS}"),
    "Home Office": re.compile(r"Home\s+Office\b"),
    "Cabinet Office": re.compile(r"Cabinet\s+Office\b"),
    "HM Treasury": re.compile(r"HM\s+Treasury\b"),
    "SOAS": re.compile(r"SOAS,?\s+University\s+of\s+London\b"),
    "Royal Holloway": re.compile(r"Royal\s+Holloway,?\s+University\s+of\s+London\b"),
    "Queen Mary": re.compile(r"Queen\s+Mary,?\s+University\s+of\s+London\b"),
    "Goldsmiths": re.compile(r"Goldsmiths,?\s+University\s+of\s+London\b"),
    "Birkbeck": re.compile(r"Birkbeck,?\s+University\s+of\s+London\b"),
    "St George": re.compile(r"St\s+George['’]?s,?\s+University\s+of\s+London\b"),
    "City, U": re.compile(r"City,\s+University\s+of\s+London\b"),
    "King": re.compile(r"King['’]s\s+College\s+London\b"),
    "London School of": re.compile(r"London\s+School\s+of\s+Economics(?:\s+and\s+Political\s+Science)?\b"),
    "Crown Prosecution": re.compile(r"Crown\s+Prosecution\s+Service\b"),
    "University of": re.compile(r"University\s+of\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?"),
    "NHS ": re.compile(rf"NHS\s(?!(?:Foundation\s+)?Trust|Act|England\b)[A-Z][a-z]+{_CAPITALS}|NHS\sEngland\b|NHS\s24\b"),
}
_KINDS = {
    "Police": re.compile(r"Police\b(?!\s+(?:Officers?|Federation|Stations?|Forces?|and\s+Crime|Act|Staff|Constables?|National|Pension"
                         r"|Service|Scotland|Authorit|Information|Database|Reform|Vehicle|Cars?))"),
    "Constabulary": re.compile(r"Constabulary\b"),
    "NHS": re.compile(r"NHS\s+(?:Foundation\s+)?Trust\b"),
    "Fire ": re.compile(r"Fire\s+(?:and|&)\s+Rescue(?:\s+(?:Service|Authority))?\b|Fire\s+(?:Authority|Service)\b"),
    "Ambulance Service": re.compile(r"Ambulance\s+Service(?:\s+NHS\s+(?:Foundation\s+)?Trust)?\b"),
    "Health Board": re.compile(r"Health\s+Board\b"),
    "Health and Social Care Trust": re.compile(r"Health\s+and\s+Social\s+Care\s+Trust\b"),
    "Integrated Care Board": re.compile(r"Integrated\s+Care\s+Board\b"),
    "University": re.compile(r"University\b(?!\s+(?:Hospitals?|NHS|Health|Teaching|of))"),
    "College": re.compile(r"College\b(?!\s+(?:of|Lane|Road|Street|Green|House))"),
    "National Park Authority": re.compile(r"National\s+Park\s+Authority\b"),
}


_NO_NAME = frozenset(("the", "a", "this", "our", "your", "of", "and", "for", "local", "any", "each", "every", "dear", "to", "from", "by",
                      "nhs", "royal", "city", "county", "further", "education", "higher", "in", "at", "with", "uk", "british"))  # fmt: skip
_OFFICIAL = {"hmrc": "HM Revenue and Customs", "psni": "Police Service of Northern Ireland"}  # fmt: skip


def find_body_names(text: str) -> list[Found]:
    """Names that by their pattern are public bodies outside the register of councils: police, NHS trusts, fire services, colleges,
    departments. `code` is None, `how` is "pattern", `certainty` "likely": nothing but the pattern is known of them."""
    found: list[Found] = []
    hits = [(hit.span(), False) for at, pattern in places(text, _NAMED) if _starts(text, at) and (hit := pattern.match(text, at))]
    hits += [(hit.span(), True) for at, pattern in places(text, _KINDS) if _starts(text, at) and (hit := pattern.match(text, at))]
    done = 0
    for (start, end), needs_name in sorted(hits):
        span = _named_before(text, start, end) if needs_name else (start, end)
        if span and span[0] >= done:
            written = re.sub(r"\s+", " ", text[span[0] : span[1]]).replace(" & ", " and ")
            found.append((*span, AuthorityMatch(None, _OFFICIAL.get(written.casefold(), written), "pattern", "likely")))
            done = span[1]
    return found


def _starts(text: str, at: int) -> bool:
    return at == 0 or not (text[at - 1].isalnum() or text[at - 1] in "-/.@")


def _named_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The span of "West Midlands Police": the kind of body and the capitals before it on the same line."""
    line = max(text.rfind("\n", 0, start) + 1, start - 90)
    printed = [token for token in words_before(text, start, line) if token.start() >= line]
    while printed and (printed[0][0].casefold().rstrip(",") in HARMLESS or printed[0][0].endswith((":", ","))):
        printed.pop(0)
    names = [token[0].casefold() for token in printed]
    if not names or names[-1] in ("of", "and", "the", "&") or all(name in _NO_NAME for name in names):
        return None
    return printed[0].start(), end
