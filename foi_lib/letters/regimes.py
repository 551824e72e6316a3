"""The Act under which a reply is made."""

from __future__ import annotations

import re

from foi_lib import quick

_SCOTS = quick.compile(r"Freedom of Information \(Scotland\)|\bFOI ?\(?S\)?A\b|\bFOISA\b|Scottish Information Commissioner", re.I)
_EISR = quick.compile(r"Environmental Information \(Scotland\)|\bEI\(?S\)?Rs?\b")
_EIR = quick.compile(r"Environmental Information Regulations|\bEIRs?\b(?!\s*(?:request|or|and|/))|(?<!FOI/)\bEIR 2004")
_FOIA = quick.compile(
    r"Freedom of Information(?: Act)?|\bFOIA?\b|\bFOI[-/]?\d|\b(?:section|exemption|s\.)\s?(?:12|14|21|22|31|36|38|40|41|42|43)\b", re.I
)


# what is environmental is exempt under FOIA and FOISA s.39, so that the Regulations alone govern it
_ALL_EIR = quick.compile(r"Environmental Information[^.]{0,150}\bexempt\s(?:from|under)\b[^.]{0,90}\bsection\s39\b|\bexempt\sfrom\sthe\sFreedom of Information Act[^.]{0,60}\bsection\s39\b", re.I)
_EIR_TITLE = quick.compile(r"^[ \t]*[^\n.]{0,60}(?:request|released|disclosure|response)[^\n.]{0,30}\bunder (?:the )?Environmental Information Regulations[^\n]{0,40}$|^[ \t]*Environmental Information Regulations (?:2004 )?[^\n.]{0,10}(?:request|disclosure|response)\b[^\n]{0,40}$", re.I | re.M)


# bodies of Scotland that no register of councils knows; the Scotland Office is a department of the United Kingdom's
_SCOTS_BODY = re.compile(
    r"\bscot(?!land office)|\bNHS (?:24|Ayrshire|Borders|Dumfries|Education for|Fife|Forth Valley|Golden Jubilee|Grampian|Greater Glasgow|Highland"
    r"|Lanarkshire|Lothian|Orkney|Shetland|Tayside|Western Isles)\b",
    re.I,
)
# where no Act is named: sections that mean under FOISA what another does under FOIA (17 not held, 25 accessible, 38(1)(b) personal data)
_BY_NUMBER = quick.compile(
    r"\bsection 38\s?\(1\)\s?\(b\)[^§]{0,300}?\bpersonal|\bpersonal[^.]{0,120}\bsection 38\s?\(1\)\s?\(b\)"
    r"|\bsection 17\b(?![^.]{0,80}\brefus)[^.]{0,80}\b(?:not held|not hold)\b|\bsection 25\s?(?:\(1\))?[^.]{0,80}\b(?:accessible|available)\b|\bNHS Scotland\b",
    re.I,
)
_FOIA_NAMED = quick.compile(r"Freedom of Information Act(?:,? 2000)?\b|\bFOIA\b", re.I)


def regime_of(text: str, nation: str | None, name: str | None) -> tuple[str | None, str | None]:
    """The Act under which the reply is made; for Scottish bodies FOISA, whichever Act the applicant named (FOISA s.3)."""
    scots_body = nation == "Scotland" or bool(name and _SCOTS_BODY.search(name))
    if _EISR.search(text):
        return "EISR", None
    titled = _EIR_TITLE.search(text[:1500])
    if titled and "freedom of information" not in titled.group().lower():
        return ("EISR" if scots_body else "EIR"), None
    handled = quick.search(
        r"\b(?:handled|dealt with|considered|processed|answered|request and response|identified)\b[^.\n]{0,90}\b(?:under|in accordance with|by|within the scope\sof)\b[^.\n]{0,40}(?:Environmental Information Regulations|\bEIRs?\b)",
        text,
        re.I,
    )
    if _ALL_EIR.search(text) or (handled and "freedom of information" not in handled.group().lower()) or quick.search(r"\bregulation 1[23]\s?\(", text, re.I):
        return ("EISR" if scots_body else "EIR"), None
    if _SCOTS.search(text):
        return "FOISA", "regime_against_nation" if nation and nation != "Scotland" else None
    if scots_body or (_BY_NUMBER.search(text) and not _FOIA_NAMED.search(text)):
        return "FOISA", None
    if _FOIA.search(text):
        return "FOIA", None
    if _EIR.search(text):
        return "EIR", None
    return None, None
