"""The days of a request and of its reply: how letters write them, and which of a letter's days they are."""

from __future__ import annotations

import re
from datetime import date

from foi_lib import quick
from foi_lib.letters.lines import Line
from foi_lib.letters.periods import MONTHS, find_periods

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DATE = rf"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:\d{{1,2}}\s{{0,2}}\^?(?:st|nd|rd|th)?\s{{0,2}}(?:of\s)?(?:{_MONTH})(?![a-z])\.?,?\s{{0,2}}(?:\d{{4}})?|\d{{1,2}}-(?:{_MONTH})-\d{{2,4}}|(?:{_MONTH})\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}[/.-]\d{{1,2}}[/.-]\d{{2,4}}|\d{{4}}-\d\d-\d\d)"
SEP = r"\s*[:\-–]?\s*(?:\n\s*(?:[-–•●▪·*]|o(?=\s))?\s*)?"
_RECEIVED = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\bdate (?:(?:request |of request |foi )?(?:was )?received|of receipt){SEP}(?P<d>{_DATE})",
        rf"\b(?:request(?:ed)?|foi request) (?:date|received|on){SEP}(?P<d>{_DATE})",
        rf"\bdate (?:of|requested?)(?: the)?(?: request)?{SEP}(?P<d>{_DATE})",
        rf"\breceived (?:by (?:us|[\w' ]{{3,40}}?) )?(?:on|in|at)?(?: our office)?{SEP}(?P<d>{_DATE})",
        rf"^\s*requested{SEP}(?P<d>{_DATE})",
        rf"(?:^|/)\s*received{SEP}(?P<d>{_DATE})",
        rf"\breceived from you on (?P<d>{_DATE})",
        rf"\b(?:request|e-?mail|letter|enquiry)\b[^.\n]{{0,100}}?\b(?:reached|arrived|came)\b[^.]{{0,80}}?\bon (?P<d>{_DATE})",
        rf"\breceived(?: by| via| in| at)\b[^.\n]{{1,70}}? on (?P<d>{_DATE})",
        rf"\b(?:request|e-?mail|letter|enquiry|correspondence)\b[^.\n]{{0,60}}\breceived (?:by (?:us|the [\w ]{{3,30}}) )?on{SEP}(?P<d>{_DATE})",
        rf"\breceived (?:(?:your|the|this) (?:\w+ ){{1,8}}?|it )on (?:the )?(?P<d>{_DATE})",
        rf"\bwe received (?:your|the) [^.\n]{{0,60}} on (?P<d>{_DATE})",
        rf"\bdate (?:logged|opened)(?P<s>{SEP})(?P<d>{_DATE})",
        rf"\brequest (?:that |which )?(?:we (?:had|got) from you|came in) on (?P<d>{_DATE})",
    )
]
# where the reply names only the day on which the applicant wrote
_DATED = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\bon (?P<d>{_DATE}),? you (?:e-?mailed|wrote|asked|requested|contacted|sent|made|submitted)",
        rf"\byou (?:asked|wrote|requested|e-?mailed|contacted)\b[^.?\n]{{0,90}}?\bon (?P<d>{_DATE})",
        rf"\b(?:requests?|e-?mail|letter|enquiry|correspondence|communication|message|application|fax)(?: [\w ]{{1,40}}?)?(?: \([^)\n]{{1,50}}\))?,? (?:of|dated|from|sent(?: to us)? on|made on|submitted on)(?: the)? (?P<d>{_DATE})",
        rf"\b(?:asking|writing to|contacting|e-?mailing)(?: to)? (?:us|the [\w ]{{3,40}}?)(?: [^.?\n]{{0,60}}?)? on (?P<d>{_DATE})",
        rf"\((?:the )?(?:date|day) of (?:your|the) request,? (?:is |was )?(?P<d>{_DATE})\)",
        rf"(?P<d>{_DATE}),? \((?:the )?(?:date|day) (?:of|on which you made) (?:your|the) request\)",
        rf"\b(?:request|e-?mail|letter|enquiry|correspondence)\b[^.\n]{{0,60}}\b(?:made|submitted|sent) on{SEP}(?P<d>{_DATE})",
        rf"^\W*(?:date )?submitted{SEP}(?P<d>{_DATE})",
        rf"\brequest details\W*\n\W*(?P<d>{_DATE})\s*$",
    )
]
_RESPONDED = [
    quick.compile(p, re.I | re.M)
    for p in (
        rf"\bdate (?:of (?:the |our )?(?:issue|response|reply|decision|disclosure|completion)|responded|replied|answered|completed|closed|issued|sent|response sent){SEP}(?P<d>{_DATE})",
        rf"\b(?:response|reply|completion|decision|disclosure|completed|responded|closed|issued|replied) (?:date|on|sent|to)?{SEP}(?P<d>{_DATE})",
        rf"\b(?:reply|response|answer) (?:was )?(?:issued|sent|given|made|released)(?: on)?{SEP}(?P<d>{_DATE})",
        rf"^\W*(?:issued? (?:date|on)|(?:replied|responded) to(?: on)?){SEP}(?P<d>{_DATE})",
        rf"^\W*(?:sent )?by e-?mail(?: only)?(?: on)?\W{{1,3}}(?P<d>{_DATE})",
        rf"\b(?:made|sent|gave|issued) (?:this|our|its) (?:response|reply|answer) on (?P<d>{_DATE})",
        rf"(?:^|(?<=\s{{3}})|(?<=/ ))date(?:/[a-z]+)?\s?:\s*(?P<d>{_DATE})\s*$",
        rf"(?:^|/)\s*(?:responded|replied|answered|completed|closed|response|our response|reply)\s*[:\-–(]?\s*(?P<d>{_DATE})",
        rf"^\s*(?:dyddiad\s?/\s?)?(?:date[d]?|sent)\s*:?\s*(?P<d>{_DATE})(?:\s+\d{{1,2}}:\d\d.*)?\s*$",
        rf"^\s*(?:our )?(?:letter|reply) (?:dated|of)\s*:?\s*(?P<d>{_DATE})",
        rf"(?:^|[|/])\s*issued\s*[:\-–]?\s*(?P<d>{_DATE})",
        rf"\bref(?:erence)?\b[^\n]{{0,40}}\sdate\s?:\s*(?P<d>{_DATE})\s*$",
        rf"^(?:our )?(?:response|reply|answer) to your (?:[\w ]{{0,40}} )?request,? (?P<d>{_DATE})\s*$",
        rf"^(?:response|reply|answer)\s?\((?:received|sent|given)\s(?:on\s)?(?P<d>{_DATE})\)",
        rf"\b(?:answers|replies|responds)\s(?:as follows\s)?under the [^.\n]{{10,90}}?,? on (?P<d>{_DATE})",
        rf"^(?:part(?:ly|ially)? |fully? |not )?(?:disclosed|released|refused)\s*[-–:]\s*(?P<d>{_DATE})\s*$",
        rf"(?P<d>{_DATE}) Dear\b",  # a letter run together into one line
        rf"^\s*(?:dyddiad\s*/\s*)?date\s*:\s*[^\n/]{{0,30}}/\s*(?P<d>{_DATE})\s*$",
    )
]
_AT_THE_FOOT = quick.compile(rf"^(?:dated?|date of (?:reply|response))\s*:?\s*(?P<d>{_DATE})\s*$", re.I)
_DIGIT = re.compile(r"\d")
_ALONE = quick.compile(rf"^\W*(?P<d>{_DATE})\W*$", re.I)
_NOT_REPLY = quick.compile(r"\b(?:publi|amend|updat|review|next|due|deadline|last|valid|print|request)\w*", re.I)


_RUN_ON = re.compile(r"(?<=[a-z])(?=\d{4})|(?<=\d)-(?=[A-Za-z])|(?<=[a-z])-(?=\d)")  # "7 May2021", "7-May-2021"


_WELSH = dict(zip(("Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin", "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr"),
                  ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
                  strict=True))  # fmt: skip
_WELSH_MONTH = quick.compile(rf"(?<=\d )(?P<month>{'|'.join(_WELSH)})\b(?P<both>\s?/\s?(?=(?:{_MONTH})\b))?", re.I)


def in_english(text: str) -> str:
    """The text with the Welsh names of months in English: "28 Medi 2021", "28 Medi / September 2021"."""
    return _WELSH_MONTH.sub(lambda m: "" if m["both"] else _WELSH[m["month"].capitalize()], text)


def day_in(text: str, before: str | None = None) -> str | None:
    """The one day that a phrase names, ISO; with no year, the last such day before `before`."""
    text = _RUN_ON.sub(" ", " ".join(text.replace("^", "").split()))
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


_REPLY_CAME = re.compile(r"\b(?:response|reply|answer)\s?\(received\b", re.I)
_ANOTHER = quick.compile(r"\b(?:previous|earlier|same as|similar to|another|other|first|last|repeat of|identical to|acknowledg\w*|clarif\w*)\W[^.\n]{0,30}$", re.I)


def received_on(text: str, responded: str | None) -> tuple[str, str] | None:
    """The day on which the body had the request, ISO, and what says so: "received", or "dated" where the reply names nothing but the day of
    the applicant's own letter or message.

    The clock runs from the day of receipt (FOIA and FOISA s.10(1), EIR reg. 5(2)). A message is received on the day it is sent, a letter by
    post on a later one: so from a day that is only the applicant's, a reply may seem late and be in time, and not the other way round.
    """
    for pattern in _RECEIVED:
        for hit in pattern.finditer(text[:6000]):
            if _REPLY_CAME.search(text, max(0, hit.start() - 14), hit.start() + 9):
                continue  # "Response (received 4 May)": the day on which the applicant had it
            if found := day_in(hit["d"], responded):
                return found, "received"
    if listed := _listed(text, "received"):
        return listed, "received"
    tail = text[-1500:]
    for pattern in _RECEIVED[:2] if len(text) > len(tail) else ():
        if (m := pattern.search(tail)) and (found := day_in(m["d"], responded)):
            return found, "received"
    for pattern in _DATED:
        for hit in pattern.finditer(text[:6000]):
            if not _ANOTHER.search(text[max(0, hit.start() - 50) : hit.start() + 1]) and (found := day_in(hit["d"], responded)):
                return found, "dated"
    return None


_LABEL = r"date (?:of (?:request|receipt|response|reply)|received|requested|due|completed|closed|responded|answered|issued|sent|of response)|request(?:ed)? date|response (?:due|date)|due date"
_HEADINGS = quick.compile(rf"^\W*(?P<heads>(?:{_LABEL})(?:[ |\t]+(?:{_LABEL}))+)\b[^\n]*\n+(?P<row>[^\n]+)", re.I | re.M)
_WHOLE = re.compile(rf"{_DATE}", re.I)


def _listed(text: str, what: str) -> str | None:
    """The day under its heading, where a log sets the days of a request in columns ("Date received Date due Date completed")."""
    m = _HEADINGS.search(text[:6000])
    if not m:
        return None
    heads = [hit.group().lower() for hit in re.finditer(_LABEL, m["heads"], re.I)]
    days = [hit.group() for hit in _WHOLE.finditer(m["row"])][: len(heads)]
    if len(days) < len(heads) or m["row"].find(days[0]) > 40:
        return None  # a cell is empty: which, nothing shows
    for head, day in zip(heads, days, strict=True):
        if "due" not in head and (what == "received") == bool(re.search(r"receiv|receipt|request", head)):
            return day_in(day)
    return None


def responded_on(text: str, lines: list[Line]) -> str | None:
    for part in (text[:4000], text[-1500:]) if len(text) > 4000 else (text,):  # a short letter is its own foot
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
    if listed := _listed(text, "responded"):
        return listed
    for i, line in enumerate(lines[:40]):
        if i > 12 and quick.match(r"dear\b|request\b.*:$|you (?:have )?asked", line.text, re.I):
            break
        m = _ALONE.match(in_english(line.text)) if _DIGIT.search(line.text) else None
        if m and not (i and _NOT_REPLY.search(lines[i - 1].text) and len(lines[i - 1].text) < 40):
            found = day_in(m["d"])
            if found:
                return found
    for line in reversed(lines[-14:]):  # a letter dated at its foot
        m = _AT_THE_FOOT.match(line.text)
        if m:
            return day_in(m["d"])
    return None
