"""Is a number in a sentence an answer, or context? Only where the words say so is it taken."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.amounts import Token
from foi_lib.letters.asked import Asked
from foi_lib.letters.lines import content, stem, words
from foi_lib.letters.periods import find_periods
from foi_lib.letters.spans import Period

_DECOY = quick.compile(
    r"\b(?:for example|for instance|e\.g\.|appropriate limit|cost limit|fees regulations|would (?:take|require|cost|exceed|need|involve)|exceed|per hour|an hour|hourly|minutes?|each tak(?:e|ing)|in excess of the|estimated? (?:that it|to take)|population|households|threshold|fines? (?:of )?up to|maximum|minimum|working days|regulations?|within \d|retention|retained|retain|kept for|opening hours|whole(?:time)? equivalent of|compared (?:with|to)|nationally|across (?:england|the country|the uk)|approximately \d+ (?:files|records|cases) would|would have to|manually|manual(?:ly)? (?:check|review|search)|search(?:ed|es)?|first search|to (?:locate|retrieve|extract)|aged? (?:\d|between|over|under)|peak|lower than|higher than|compared|rose|fell|grew|increas\w+|decreas\w+|limit|budget cuts|telephone|phone|emails? (?:a day|per day)|appl(?:y|ies) to all|version|article|principle|step|(?:is|are) counted (?:by|per|for each|as))\b",
    re.I,
)


UNIT = re.compile(
    r"^\s*(?:[A-Za-z][\w'’/&-]*\s+){0,3}?(?P<noun>incidents?|breach(?:es)?|claims?|requests?|cases?|complaints?|staff|employees?|fte|wte|headcount|officers?|payments?|devices?|laptops?|phones?|people|individuals?|persons?|reports?|attacks?|notices?|visits?|pupils?|children|vehicles?|applications?|properties|records?|patients?|residents?|posts?|vacancies|prosecutions?|appeals?|awards?|settlements?|refusals?|accepted|repudiated|rejected|successful|unsuccessful|paid|received|settled|closed|open|known|occasions?|instances?|times|events?|data subjects?|letters?|emails?|meetings?|members?|councillors?|schools?|homes?|bays?|signs?|trees?|potholes?|defects?|tickets?|pcns?|charges?|tablets?|firefighters?|lawyers?|solicitors?|suspensions?|exclusions?|arrests?|offences?|crimes?|km|miles|metres|tonnes|litres|beds?|deaths?|calls?|enquiries|items?|sticks?|orders?|fines?|warnings?|dismissals?|investigations?|referrals?)\b",
    re.I,
)


_SAYS = re.compile(
    r"\b(?:there (?:were|are|was|is|have been|has been|had been)|(?:we|council|trust|force|authority|board|service|department|university|college|it|which|that|who|and|also) (?:\w+ ){0,2}?(?:received|recorded|reported|had|has|have|held|made|paid|issued|lost|logged|identified|employs?|employed|spent|spends|dealt with|investigated|settled|suffered|experienced|notified|referred)|(?:was|were|is|are|been|came|totall?ed|totals?|amounted|stood|stands|equals?|comprised|received|recorded|reported|paid|made|issued|settled|logged)\s(?:in |to |at |a total of |to a total of )?$|total(?:ling)? of|a total|in total|in all|number (?:of [\w\s]{3,40} )?(?:is|was|were|are)|figure (?:is|was|for)|came in|of (?:these|those|which|them|whom)|out of|comprising|including)\b|^\s*$|\b\w+ (?:has|have|had|holds|employs?|employed|operates?|runs?|ran|owns?|gave|received|recorded|reported|report|made|make|paid|pay|issued|issue|lost|settled)\s+(?:only\s|just\s)?$",
    re.I,
)


_FREE_MONEY = re.compile(
    r"\b(?:paid|pay|cost|costs|spent|spend|total|totalled|compensation|damages|settled|settlement|amount|amounted|sum|value|budget|was|is|were|received|fees?|expenditure)\b",
    re.I,
)


_NEXT_SENTENCE = re.compile(r"(?<=[a-z)\d”\"])[.;?!]\s+(?=[A-Z£\d“\"(])")
_STOP = re.compile(r"(?<=[a-z)\d”\"])[.?!](?=\s|$)")


_REACH = 600  # characters on either side: what stands farther off says nothing of a figure


def sentence_at(text: str, token: Token) -> tuple[int, int]:
    """Place of the sentence that a figure stands in."""
    near = max(0, token.begin - _REACH)
    start = max((m.end() for m in _NEXT_SENTENCE.finditer(text, near, token.begin)), default=near)
    end = _STOP.search(text, token.stop, token.stop + _REACH)
    return start, end.start() + 1 if end else min(len(text), token.stop + _REACH)


OF_WHICH = re.compile(r"\b(?:of which|of whom|of (?:these|those|them))\b[,:]?\s*(?:only\s|just\s)?$", re.I)
_CLAUSE = re.compile(r"[,;]\s|\band\b|\bof which\b|\bof whom\b|\bwith\b|\bbut\b|\bwhile\b", re.I)


def clause_at(text: str, sentence: tuple[int, int], n: int, tokens: list[Token]) -> str:
    """The part of a sentence that speaks of its n-th figure, where other figures stand in the same sentence."""
    start, stop = sentence
    token = tokens[n]
    if n and tokens[n - 1].begin >= start:
        breaks = list(_CLAUSE.finditer(text, tokens[n - 1].stop, token.begin))
        start = breaks[-1].start() if breaks else start
    if n + 1 < len(tokens) and tokens[n + 1].stop <= stop:
        breaks = list(_CLAUSE.finditer(text, token.stop, tokens[n + 1].begin))
        stop = breaks[-1].start() if breaks else stop
    return text[start:stop]


THEN_PERIOD = re.compile(
    r"\s*(?:(?:in|for|during|over)\s(?:the\s)?(?:(?:financial|calendar) year\s)?|\()(?:FY\s?)?(?:(?:19|20)\d\d|\d\d/\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)",
    re.I,
)


def spelled_ok(text: str, token: Token, compact: bool) -> bool:
    if text[: token.begin].rstrip().endswith("="):
        return True  # "2021/22 = Six 2022/23 = Eleven"
    before, after = text[: token.begin].strip(" -–:=.("), text[token.stop :]
    if not before or (find_periods(before + " ") and not words(re.sub(r"\d|/", "", before))):
        return not quick.match(r"\s+of\b", after) or bool(quick.match(r"\s+of (?:these|those|them|which)\b", after))
    if not after.strip(" .)*"):
        return True
    if THEN_PERIOD.match(after):
        return True
    return bool(UNIT.match(after)) and not quick.search(r"\b(?:at least|only|the|that|this|any|each|every|no)\s*$", before, re.I)


# the sums of the Fees Regulations (£25 an hour, £450 and £600), where the words are about a limit or a rate
_STATUTORY = (25.0, 450.0, 600.0)
_RATE = quick.compile(r"\b(?:limit|rates?|hours?|hourly|times £|multiplied|regulations|fees|ICO|the act|FOIA?|laid down|threshold)\b", re.I)
_MAY_HAVE = re.compile(r"\b(?:may|might|could) have [^.;]{0,50}$", re.I)
# "numbers between 1 and 4 are not shown": what a note says of small figures is none of them
SMALL_NOTE = quick.compile(
    r"\b(?:numbers?|figures?|values?|counts?|cells?|totals?)\s(?:\w+\s){0,3}?(?:(?:of|from)\s)?(?:between|below|under|less than|fewer than|lower than|smaller than|\d+ (?:to|or (?:less|fewer|under)))"
    r"[^.;]{0,80}\b(?:shown|given|taken out|left out|omitted|removed|printed|suppress\w*|hidden|replaced|redacted|withheld|disclosed|rounded|exempt|place|recorded as|marked)\b"
    r"|\b(?:put|shown|marked|recorded|given) (?:in (?:its|their) place|as\s[\"“‘']?(?:<|fewer|less))|^\W*\*+\W*(?:denotes?|means?|indicates?|represents?|=)\b",
    re.I,
)
_FURTHER = re.compile(r"\b(?:an?|the)\s(?:further|additional|extra|other)\s$", re.I)
_THRESHOLDS = ("over", "more than", "above", "at least", "in excess of")


def in_prose(text: str, token: Token, sentence: tuple[int, int], asked: Asked, tokens: list[Token]) -> str:
    """ "sure", the name of a doubt, or "" where the number is no answer."""
    said = text[sentence[0] : sentence[1]]
    before = text[sentence[0] : token.begin]
    after = text[token.stop : sentence[1]]
    clause = re.split(r"[,;]\s", before)[-1]
    if _DECOY.search(said) and not (
        token.kind == "money" and quick.search(r"\b(?:paid|compensation)\b", said, re.I) and not quick.search(r"limit|hour", said, re.I)
    ):
        return ""
    if token.kind == "suppressed" and SMALL_NOTE.search(said):
        return ""
    if token.kind == "money" and token.value in _STATUTORY and _RATE.search(said):
        return ""
    if token.kind == "count" and _MAY_HAVE.search(before):
        return ""  # "several people may have reported one incident"
    if token.kind == "suppressed" and re.match(r"[^.;]{0,30}\bin (?:most|many|some)\b", after):
        return "figure_in_prose"  # "between 1 and 5 people in most cases; 130 in one"
    if token.kind == "suppressed":
        return "sure" if asked.kind in ("count", "money") or UNIT.match(after) else ""
    if not before.strip(" “\"'") and tokens[0] is token and token.kind == "count" and "count" in asked.kinds and quick.match(r"\s*(?:\.(?:\s|$)|;)", after):
        return "sure"  # "Nine. Where they stand is exempt."
    if token.qualifier in _THRESHOLDS and token.value is not None and re.search(
        rf"(?:over|above|more than|exceeding|in excess of|greater than|at least)\s£?\s?{re.escape(text[token.begin:token.stop].lstrip('£ '))}(?!\d)",
        asked.text,
        re.I,
    ):
        return ""  # "two payments over £20,000": the question's own threshold
    if quick.search(r"\bemploys?\b", said, re.I) and not quick.search(r"employ|staff|head\s?count|\bfte|workforce", asked.text, re.I):
        return ""  # "The council employs 3,400 people"
    wants_count, wants_money = "count" in asked.kinds, "money" in asked.kinds
    if token.kind == "percent":
        return "sure" if asked.kind == "percentage" else ""
    if token.kind == "zero":
        return "sure" if asked.kind in ("count", "money", "percentage") else ""
    if token.kind == "money":
        if wants_money or quick.search(r"\b(?:paid|compensation|settled|damages)\b", said, re.I):
            return "sure" if _FREE_MONEY.search(said) else "figure_in_prose"
        return ""
    unit = UNIT.match(after) or quick.match(r"\s+of (?P<noun>them|these|those|which|whom)\b", after, re.I)
    topic = content(asked.text) | content(asked.subject)
    near = {stem(w) for w in words(after)[:4]} | {stem(w) for w in words(clause)[-5:]}
    on_topic = bool(topic & near) or bool(unit and stem(unit["noun"].lower()) in topic)
    said_so = bool(
        _SAYS.search(before[-60:])
        or _SAYS.search(clause)
        or quick.match(r"\s*(?:in (?:total|all)|(?:\w+ ){1,4}(?:were|was|have|has|came|went|had)\b)", after, re.I)
    )
    started = tokens.index(token)
    previous = tokens[started - 1] if started else None
    if previous is not None and token.kind == previous.kind == "count" and wants_count and _FURTHER.search(before):
        return "sure"  # "274 in the streets, with a further 61 in car parks"
    if (
        previous is not None
        and token.kind == "count"
        and quick.match(r"\s+(?:in|for|during)\s", after)
        and find_periods(after[:24])
        and quick.search(r"\b(?:in|for|during)\b", text[previous.stop : token.begin])
        and wants_count
    ):
        return "sure"  # "one was settled in 2023 and two in 2024"
    if quick.match(r"\W*there (?:were|was|are|is|have been|has been)\s(?:only\s|just\s)?$", before, re.I) and wants_count:
        return "sure"
    if token.spelled and not before.strip() and quick.match(r"\s\w+(?:\s\w+)?\s(?:was|were|has|have)\b", after) and wants_count:
        return "sure"
    if quick.search(r"\bin\s*$", before) and not after.strip():
        return ""  # the letter breaks off inside a year
    if _listed(text, token, tokens) or _alternating(text, sentence, tokens, asked):
        return "sure"
    if token.spelled and said_so and wants_count and THEN_PERIOD.match(after):
        return "sure"
    if (
        token.spelled
        and token.value == 1
        and not quick.search(r"\b(?:was|been|is|received|recorded|reported|had|made|only|just)\s*(?:only\s|just\s)?$", before, re.I)
    ):
        return ""
    if token.spelled:
        if quick.search(r"\b(?:at least|only|that|this|any|each|every|no|the|point|number|part|day)\s*$", before, re.I) or not unit:
            return "sure" if unit and said_so and on_topic and wants_count else ""
        if (wants_count or asked.kind == "money") and (said_so or on_topic) and (wants_count or on_topic):
            return "sure"
    if wants_count or asked.kind in ("percentage",):
        if OF_WHICH.search(before) and (started or previous):
            return "sure"
        if said_so and (on_topic or unit):
            return "sure"
        if quick.search(r"\b(?:ICO|information commissioner)", said, re.I) and unit:
            return "sure"
        if on_topic and (unit or not after.strip(" .")):
            return "figure_in_prose"
        if said_so and not after.strip(" ."):
            return "sure"
        lead = re.sub(
            r"\b(?:approximately|approx\.?|about|around|roughly|in total|currently|at present|some|at least|up to|more than|over|in excess of|nearly|almost|just (?:over|under))(?!\w)",
            "",
            before,
            flags=re.I,
        )
        if started == 0 and not lead.strip(" ,") and quick.match(r"\s*(?:[,;(]|\.(?:\s|$)|$)", after):
            return "sure"  # "At least 340, as we do not always know."
        if not lead.strip(" ,") and (on_topic or unit):
            return "sure"
        return ""
    if asked.kind == "money" and said_so and on_topic and unit:
        return "sure"  # "made 2 payments", as for "two payments"
    if asked.kind in ("details", "text", "yes_no") and said_so and on_topic and unit:
        return "figure_in_prose" if asked.kind != "text" else "sure"
    return ""


@lru_cache(maxsize=4)
def _periods_of(text: str) -> tuple[Period, ...]:
    """The periods of a line, looked for once and not once for each of its figures."""
    return tuple(find_periods(text))


def _listed(text: str, token: Token, tokens: list[Token]) -> bool:
    """A run of "April 2024 4, May 2024 3, June 2024 6" inside a sentence."""
    named = [t for t in tokens if quick.search(r"[a-z)]\s?=\s?£?$", text[max(0, t.begin - 6) : t.begin]) and UNIT.match(text[t.stop : t.stop + 60])]
    if len(named) >= 2 and token in named:
        return True  # "Off its lead = 2 notices issued Fouling = 31 notices issued"
    dashed = [
        t
        for t in tokens
        if quick.search(r"[a-z)](?:\s[-–]|\s?[:=])\s?$", text[max(0, t.begin - 6) : t.begin])
        and quick.match(r"\s*(?:[;,.]|and\b|$)", text[t.stop : t.stop + 5])
    ]
    if len(dashed) >= 3 and token in dashed:
        return True  # "Unauthorised disclosure - 391; Lost paper - 17; Other - 40."
    periods = _periods_of(text)
    if len(periods) < 3:
        return False
    paired = [t for t in tokens if any(0 <= t.begin - p.stop <= 5 and not text[p.stop : t.begin].strip(" -–:=(") for p in periods)]
    return token in paired and len(paired) >= 3


def _alternating(text: str, sentence: tuple[int, int], tokens: list[Token], asked: Asked) -> bool:
    """A sentence in which years and figures take turns ("in 2014-15 it was 37, in 2015-16 it was 1"), or that ends with "respectively"."""
    if not set(asked.kinds) & {"count", "money", "percentage"}:
        return False
    start, stop = sentence
    periods = [p for p in find_periods(text, start, stop) if p.start]
    here = [t for t in tokens if start <= t.begin < stop]
    if len(periods) < 2 or len(periods) != len(here):
        return False
    if quick.search(r"\brespectively\b", text[start:stop], re.I):
        return True
    order = [kind for _, kind in sorted([(p.begin, "P") for p in periods] + [(t.begin, "N") for t in here])]
    return all(a != b for a, b in itertools.pairwise(order))
