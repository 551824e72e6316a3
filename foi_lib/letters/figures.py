"""Third step: the figures of an answer with their periods and breakdowns.

Tables first, then short lines ("2021/22 £38,618 property damage, £33,390 personal injury"), then sentences. In a sentence
a number is an answer only where its words say so; every other number is left for `unread`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foi_lib.letters.amounts import Token, find_amounts
from foi_lib.letters.asked import Asked
from foi_lib.letters.lines import Line, content, stem, words
from foi_lib.letters.periods import Period, academic, find_periods, whole
from foi_lib.letters.tables import Cell, Grid, find_grids, numeric, yearish


@dataclass(slots=True)
class Figure:
    """A figure with its place, before it becomes an `Answer`."""

    kind: str  # count, money, percent, suppressed, zero
    value: float | None
    low: float | None
    high: float | None
    begin: int
    stop: int
    qualifier: str | None = None
    period: Period | None = None
    breakdown: str | None = None
    total: bool = False
    how: str = "line"  # table, line, prose
    words: str = ""  # what stands round it: for the measure
    doubts: list[str] = field(default_factory=list)
    counted: bool = False  # a noun that is counted follows it: "155 payments"
    column: int = -1
    row: int = -1
    until: str | None = None  # "42 (up to 28/05/2025)"


@dataclass(slots=True)
class Reading:
    """All figures of an answer, and the lines that held none."""

    figures: list[Figure] = field(default_factory=list)
    text_lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    list_grids: list[Grid] = field(default_factory=list)  # tables of words: lists of incidents
    stated: list[Period] = field(default_factory=list)


_TOTAL = re.compile(r"^(?:grand |overall |sub-?)?totals?\b(?!.{0,4}(?:no|number|paid|claims|payments|cost|amount|value|spend))|^(?:all|overall)$|\bin total$|^sum$|^totals?\b.{0,22}$", re.I)
_TO_DATE = re.compile(r"\bto date\b|\bso far\b|\bYTD\b|\bpart[- ]year\b|\bup to \d", re.I)
_GENERIC_HEAD = re.compile(
    r"^(?:(?:total |overall )?(?:number|no\.?|quantity|count|amount|value|figure|total|sum|cost|spend|volume|how many|answer|response|qty|#)s?(?:\b.*)?|.*\b(?:number|no\.|amount|total|cost|spend|costs total)\b.*)$", re.I
)
_DECOY = re.compile(
    r"\b(?:for example|for instance|e\.g\.|appropriate limit|cost limit|fees regulations|would (?:take|require|cost|exceed|need|involve)|exceed|per hour|an hour|hourly|minutes?|each tak(?:e|ing)|in excess of the|estimated? (?:that it|to take)|population|households|threshold|fines? (?:of )?up to|maximum|minimum|working days|regulations?|within \d|retention|retained|retain|kept for|opening hours|whole(?:time)? equivalent of|compared (?:with|to)|nationally|across (?:england|the country|the uk)|approximately \d+ (?:files|records|cases) would|would have to|manually|manual(?:ly)? (?:check|review|search)|search(?:ed|es)?|first search|to (?:locate|retrieve|extract)|aged? (?:\d|between|over|under)|peak|lower than|higher than|compared|rose|fell|grew|increas\w+|decreas\w+|limit|budget cuts|telephone|phone|emails? (?:a day|per day)|appl(?:y|ies) to all|version|article|principle|step)\b",
    re.I,
)
_UNIT = re.compile(
    r"^\s*(?:[A-Za-z][\w'’/&-]*\s+){0,3}?(?P<noun>incidents?|breach(?:es)?|claims?|requests?|cases?|complaints?|staff|employees?|fte|wte|headcount|officers?|payments?|devices?|laptops?|phones?|people|individuals?|persons?|reports?|attacks?|notices?|visits?|pupils?|children|vehicles?|applications?|properties|records?|patients?|residents?|posts?|vacancies|prosecutions?|appeals?|awards?|settlements?|refusals?|accepted|repudiated|rejected|successful|unsuccessful|paid|received|settled|closed|open|known|occasions?|instances?|times|events?|data subjects?|letters?|emails?|meetings?|members?|councillors?|schools?|homes?|bays?|signs?|trees?|potholes?|defects?|tickets?|pcns?|charges?|tablets?|firefighters?|lawyers?|solicitors?|suspensions?|exclusions?|arrests?|offences?|crimes?|km|miles|metres|tonnes|litres|beds?|deaths?|calls?|enquiries|items?|sticks?|orders?|fines?|warnings?|dismissals?|investigations?|referrals?)\b",
    re.I,
)
_SAYS = re.compile(
    r"\b(?:there (?:were|are|was|is|have been|has been|had been)|(?:we|council|trust|force|authority|board|service|department|university|college|it|which|that|who|and|also) (?:\w+ ){0,2}?(?:received|recorded|reported|had|has|have|held|made|paid|issued|lost|logged|identified|employs?|employed|spent|spends|dealt with|investigated|settled|suffered|experienced|notified|referred)|(?:was|were|is|are|been|came|totall?ed|totals?|amounted|stood|stands|equals?|comprised|received|recorded|reported|paid|made|issued|settled|logged)\s(?:in |to |at |a total of |to a total of )?$|total(?:ling)? of|a total|in total|in all|number (?:of [\w\s]{3,40} )?(?:is|was|were|are)|figure (?:is|was|for)|came in|of (?:these|those|which|them|whom)|out of|comprising|including)\b|^\s*$|\b\w+ (?:has|have|had|holds|employs?|employed|operates?|runs?|ran|owns?|gave|received|recorded|reported|report|made|make|paid|pay|issued|issue|lost|settled)\s+(?:only\s|just\s)?$",
    re.I,
)
_FREE_MONEY = re.compile(r"\b(?:paid|pay|cost|costs|spent|spend|total|totalled|compensation|damages|settled|settlement|amount|amounted|sum|value|budget|was|is|were|received|fees?|expenditure)\b", re.I)
_ABSENT = re.compile(r"^(?:n/?a\b|not applicable|(?:information |data |figures? )?(?:is |are )?not (?:held|available|recorded|known)|no (?:data|information|figures?|records?)(?: (?:is|are|was|were))?(?: (?:held|available|recorded))?|unavailable|unknown)[\s.*]*$", re.I)
_NONE_LINE = re.compile(r"^\W*(?:none|nil|no\b(?! of)(?: (?:claims?|payments?|breaches|incidents?|data|cases?|cyber|compensation))?|zero|nothing)\b[\w\s]{0,30}[.*]?$", re.I)


def read_figures(lines: list[Line], asked: Asked, heading: Period | None = None) -> Reading:
    """The figures of one answer, in their order in the text."""
    out = Reading()
    grids = find_grids(lines)
    covered = {k for g in grids for k in range(g.first, g.last + 1)}
    by_first = {g.first: g for g in grids}
    label = ""
    open_heading = heading
    for i, line in enumerate(lines):
        if i in by_first:
            grid = by_first[i]
            found = _from_grid(grid, asked, open_heading, label)
            if found is None:
                out.list_grids.append(grid)
            else:
                out.grids.append(grid)
                out.figures += found
            continue
        if i in covered:
            continue
        periods = [academic(p, line.text + " " + asked.text + asked.academic) for p in find_periods(line.text)]
        dated = [p for p in periods if p.start]
        out.stated += dated
        tokens = find_amounts(line.text, 0, len(line.text), periods, durations=not _asks_time(asked))
        none_line = _none_after_period(line, periods, tokens)
        if none_line:
            out.figures.append(none_line)
            continue
        if not tokens:
            if dated and (line.text.rstrip().endswith((":", ":-")) or len(words(line.text)) <= 7) and len(line.text) < 140:
                open_heading = whole(dated)
                open_heading = replace(open_heading, begin=line.start, stop=line.end) if open_heading else None
            if line.text.rstrip().endswith(":") and len(words(line.text)) <= 6 and not re.search(r"\b(?:is|are|was|were|follows?|below|table|these)\b", line.text, re.I):
                label = _tidy_label(_words_only(line.text))
            out.text_lines.append(line)
            continue
        compact = _compact(line.text, tokens, periods)
        bare = i and not words(line.text) and yearish(lines[i - 1].text) and i - 1 not in covered and not dated
        got = _from_line(line, tokens, periods, asked, compact, label if compact else "")
        for figure in got:
            if bare:  # a year on one line, a number on the next: a table that breaks off
                figure.doubts.append("column_heads_uncertain")
            if figure.period is None and open_heading is not None:
                figure.period = open_heading
        if len(got) < len(tokens) or not compact:
            out.text_lines.append(line)
        out.figures += got
    yearly = [f for f in out.figures if f.how == "line" and f.period is not None]
    odd = [f for f in yearly if f.period is not None and f.period.kind == "calendar_year"]
    if len(odd) == 1 and len(yearly) > 2 and all(f.period is not None and f.period.kind == "financial_year" for f in yearly if f is not odd[0]):
        odd[0].doubts.append("period_assumed")  # "2021/2022, 2023/2023, 2023/2024": a slip of the pen
    _mark_totals(out.figures)
    _tidy_breakdowns(out.figures, asked)
    return out


def _asks_time(asked: Asked) -> bool:
    return bool(re.search(r"\bhow long\b|\bhow many (?:hours|days|weeks|months|years)\b|\b(?:hours|days) (?:lost|taken|of)\b|\baverage (?:time|number of days)|\bdays\b", asked.text, re.I))


def _none_after_period(line: Line, periods: list[Period], tokens: list[Token]) -> Figure | None:
    """ "2022/23: None" """
    if not periods or tokens or not periods[0].start or periods[0].begin > 3:
        return None
    rest = line.text[periods[-1].stop :].strip(" -–:=.|\t")
    if _ABSENT.match(rest):
        at = line.text.index(rest, periods[-1].stop)
        kind = "not_applicable" if re.match(r"n\W?a\b|not appl", rest, re.I) else "not_held"
        return Figure(kind, None, None, None, line.start + at, line.start + at + min(len(rest), 120), period=whole(periods), words=line.text)
    if not _NONE_LINE.match(rest):
        return None
    m = re.search(r"[A-Za-z]+", line.text[periods[-1].stop :])
    at = periods[-1].stop + (m.start() if m else 0)
    return Figure("zero", 0.0, 0.0, 0.0, line.start + at, line.start + at + (len(m.group()) if m else 0), period=whole(periods), words=line.text)


def _compact(text: str, tokens: list[Token], periods: list[Period]) -> bool:
    """A line that is a list entry rather than a sentence."""
    if text.rstrip().endswith("?"):
        return False
    if periods and periods[0].begin <= 2:
        # "In 2021/22 there were 3" is a sentence; "2021/22 - 3 claims" is an entry
        between = text[periods[0].stop : tokens[0].begin]
        if len(words(between)) <= 4 or tokens[0].begin <= periods[0].stop + 3:
            return len(words(text)) <= 24
    if tokens[0].begin <= 2 and len(words(text)) <= 9:
        return True
    before = words(text[: tokens[0].begin])
    rest = words(text)
    if len(rest) <= 7 and not re.search(r"\b(?:was|were|is|are|have|has|had|would)\b", text):
        return True
    return bool(len(before) <= 9 and re.search(r"(?:[:=–]|\s-)\s*(?:£\s?)?$", text[: tokens[0].begin]) and len(rest) <= 14)


def _from_line(line: Line, tokens: list[Token], periods: list[Period], asked: Asked, compact: bool, label: str) -> list[Figure]:
    dated = [p for p in periods if p.start]
    months = [p for p in periods if p.month_only]
    if not dated and len(months) == 1 and months[0].begin < 3 and asked.span and asked.span.start:
        inside = _month_within(months[0], asked.span)
        dated = [inside] if inside else []
    if compact and len(tokens) > 1 and re.search(r"\s=\s?£?[\d,.]+\s*\*?$", line.text):
        marked = [t for t in tokens if re.search(r"=\s?$", line.text[: t.begin])]
        tokens = marked or tokens  # "10(4)(a) Information not held = 4": what stands before the sign is a name
    if _TO_DATE.search(line.text) and len(dated) == 1 and dated[0].end and not dated[0].partial and dated[0].kind in ("calendar_year", "financial_year"):
        dated = [replace(dated[0], end=None, partial=True)]
    figures: list[Figure] = []
    layout = _layout(line.text, tokens, periods)
    for n, token in enumerate(tokens):
        prev_stop = tokens[n - 1].stop if n else 0
        next_begin = tokens[n + 1].begin if n + 1 < len(tokens) else len(line.text)
        sentence = _sentence(line.text, token)
        doubts: list[str] = []
        if compact:
            if token.kind == "percent" and asked.kind != "percentage" and len(tokens) > 1:
                continue
            if token.spelled and token.kind == "count" and not _spelled_ok(line.text, token, compact):
                continue
        else:
            verdict = _in_prose(line.text, token, sentence, asked, tokens)
            if not verdict:
                continue
            doubts = [verdict] if verdict != "sure" else []
        figure = Figure(token.kind, token.value, token.low, token.high, line.start + token.begin, line.start + token.stop, token.qualifier, how="line" if compact else "prose", doubts=doubts)
        figure.period = _period_for(token, tokens, dated, line.text, compact)
        before = line.text[max([prev_stop, *(p.stop for p in periods if p.stop <= token.begin)]) : token.begin]
        after = line.text[token.stop : min([next_begin, *(p.begin for p in periods if p.begin >= token.stop)])]
        figure.breakdown = _breakdown(before, after, n, tokens, compact, layout) or (label or None)
        figure.words = f"{label} {before} {after}" if compact else line.text[sentence[0] : sentence[1]]
        if not compact:
            figure.breakdown = None if len(tokens) == 1 else figure.breakdown
        unit = _UNIT.match(after)
        figure.counted = bool(unit and unit["noun"].lower() not in ("paid", "settled", "received", "accepted", "charges", "fines"))
        figure.total = bool(compact and _TOTAL.match(before.strip(" -–:=")))
        figures.append(figure)
    return _no_repeats(figures, line.text, line.start)


def _month_within(month: Period, span: Period) -> Period | None:
    """ "Apr: 63" under a question about 1 April to 30 November 2018: April 2018. None where the span holds two Aprils."""
    from foi_lib.letters.periods import month_of

    if not span.start or not month.month_only:
        return None
    last = int((span.end or span.start)[:4])
    fits = [m for y in range(int(span.start[:4]), last + 1) if (m := month_of(y, month.month_only)).start and span.start[:7] <= (m.start or "")[:7] <= (span.end or "9999-12")[:7]]
    return replace(fits[0], begin=month.begin, stop=month.stop) if len(fits) == 1 else None


def _no_repeats(figures: list[Figure], text: str, start: int) -> list[Figure]:
    """ "Fewer than 5 (fewer than 5)", "three (3)": the same figure said twice counts once."""
    out: list[Figure] = []
    for f in figures:
        previous = out[-1] if out else None
        if previous and (f.value, f.low, f.high) == (previous.value, previous.low, previous.high) and text[previous.stop - start : f.begin - start].strip(" ") in ("(", "[", "or", "/") and text[f.stop - start : f.stop - start + 1] in ")]":
            continue
        out.append(f)
    return out


_STOP = re.compile(r"(?<=[a-z)\d”\"])[.?!](?=\s|$)")


def _sentence(text: str, token: Token) -> tuple[int, int]:
    start = max((m.end() for m in re.finditer(r"(?<=[a-z)\d”\"])[.;?!]\s+(?=[A-Z£\d“\"(])", text[: token.begin])), default=0)
    end = _STOP.search(text, token.stop)
    return start, end.start() + 1 if end else len(text)


_THEN_PERIOD = re.compile(r"\s*(?:(?:in|for|during|over)\s(?:the\s)?(?:(?:financial|calendar) year\s)?|\()(?:FY\s?)?(?:(?:19|20)\d\d|\d\d/\d\d|(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)", re.I)


def _spelled_ok(text: str, token: Token, compact: bool) -> bool:
    before, after = text[: token.begin].strip(" -–:=.("), text[token.stop :]
    if not before or find_periods(before + " ") and not words(re.sub(r"\d|/", "", before)):
        return not re.match(r"\s+of\b", after) or bool(re.match(r"\s+of (?:these|those|them|which)\b", after))
    if not after.strip(" .)*"):
        return True
    if _THEN_PERIOD.match(after):
        return True
    return bool(_UNIT.match(after)) and not re.search(r"\b(?:at least|only|the|that|this|any|each|every|no)\s*$", before, re.I)


def _in_prose(text: str, token: Token, sentence: tuple[int, int], asked: Asked, tokens: list[Token]) -> str:
    """ "sure", the name of a doubt, or "" where the number is no answer."""
    said = text[sentence[0] : sentence[1]]
    before = text[sentence[0] : token.begin]
    after = text[token.stop : sentence[1]]
    clause = re.split(r"[,;]\s", before)[-1]
    if _DECOY.search(said) and not (token.kind == "money" and re.search(r"\b(?:paid|compensation)\b", said, re.I) and not re.search(r"limit|hour", said, re.I)):
        return ""
    if token.kind == "suppressed":
        return "sure" if asked.kind in ("count", "money") or _UNIT.match(after) else ""
    wants_count, wants_money = "count" in asked.kinds, "money" in asked.kinds
    if token.kind == "percent":
        return "sure" if asked.kind == "percentage" else ""
    if token.kind == "zero":
        return "sure" if asked.kind in ("count", "money", "percentage") else ""
    if token.kind == "money":
        if wants_money or re.search(r"\b(?:paid|compensation|settled|damages)\b", said, re.I):
            return "sure" if _FREE_MONEY.search(said) else "figure_in_prose"
        return ""
    unit = _UNIT.match(after) or re.match(r"\s+of (?P<noun>them|these|those|which|whom)\b", after, re.I)
    topic = content(asked.text) | content(asked.subject)
    near = {stem(w) for w in words(after)[:4]} | {stem(w) for w in words(clause)[-5:]}
    on_topic = bool(topic & near) or bool(unit and stem(unit["noun"].lower()) in topic)
    said_so = bool(_SAYS.search(before[-60:]) or _SAYS.search(clause) or re.match(r"\s*(?:in (?:total|all)|(?:\w+ ){1,4}(?:were|was|have|has|came|went|had)\b)", after, re.I))
    started = tokens.index(token)
    previous = tokens[started - 1] if started else None
    if previous is not None and token.kind == "count" and re.match(r"\s+(?:in|for|during)\s", after) and find_periods(after[:24]) and re.search(r"\b(?:in|for|during)\b", text[previous.stop : token.begin]) and wants_count:
        return "sure"  # "one was settled in 2023 and two in 2024"
    if re.match(r"\W*there (?:were|was|are|is|have been|has been)\s(?:only\s|just\s)?$", before, re.I) and wants_count:
        return "sure"
    if token.spelled and not before.strip() and re.match(r"\s\w+(?:\s\w+)?\s(?:was|were|has|have)\b", after) and wants_count:
        return "sure"
    if re.search(r"\bin\s*$", before) and not after.strip():
        return ""  # the letter breaks off inside a year
    if _listed(text, token, tokens) or _alternating(text, sentence, tokens, asked):
        return "sure"
    if token.spelled and said_so and wants_count and _THEN_PERIOD.match(after):
        return "sure"
    if token.spelled and token.value == 1 and not re.search(r"\b(?:was|been|is|received|recorded|reported|had|made|only|just)\s*(?:only\s|just\s)?$", before, re.I):
        return ""
    if token.spelled:
        if re.search(r"\b(?:at least|only|that|this|any|each|every|no|the|point|number|part|day)\s*$", before, re.I) or not unit:
            return "sure" if unit and said_so and on_topic and wants_count else ""
        return "sure" if (wants_count or asked.kind == "money") and (said_so or on_topic) and (wants_count or on_topic) else ""
    if wants_count or asked.kind in ("percentage",):
        if said_so and (on_topic or unit):
            return "sure"
        if re.search(r"\b(?:ICO|information commissioner)", said, re.I) and unit:
            return "sure"
        if on_topic and (unit or not after.strip(" .")):
            return "figure_in_prose"
        if said_so and not after.strip(" ."):
            return "sure"
        lead = re.sub(r"\b(?:approximately|about|around|roughly|in total|currently|at present|some)\b", "", before, flags=re.I)
        if not lead.strip(" ,") and (on_topic or unit):
            return "sure"
        return ""
    if asked.kind in ("details", "text", "yes_no") and said_so and on_topic and unit:
        return "figure_in_prose" if asked.kind != "text" else "sure"
    return ""


def _listed(text: str, token: Token, tokens: list[Token]) -> bool:
    """A run of "April 2024 4, May 2024 3, June 2024 6" inside a sentence."""
    dashed = [t for t in tokens if re.search(r"[a-z)](?:\s[-–]|\s?[:=])\s?$", text[max(0, t.begin - 6) : t.begin]) and re.match(r"\s*(?:[;,.]|and\b|$)", text[t.stop : t.stop + 5])]
    if len(dashed) >= 3 and token in dashed:
        return True  # "Unauthorised disclosure - 391; Lost paper - 17; Other - 40."
    periods = find_periods(text)
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
    if re.search(r"\brespectively\b", text[start:stop], re.I):
        return True
    order = [kind for _, kind in sorted([(p.begin, "P") for p in periods] + [(t.begin, "N") for t in here])]
    return all(a != b for a, b in zip(order, order[1:], strict=False))


def _period_for(token: Token, tokens: list[Token], periods: list[Period], text: str, compact: bool) -> Period | None:
    if not periods:
        return None
    if len(periods) == 1:
        return periods[0]
    if re.search(r"\brespectively\b", text, re.I):
        start, stop = _sentence(text, token)
        here = [p for p in periods if start <= p.begin < stop]
        beside = [t for t in tokens if start <= t.begin < stop]
        if len(here) == len(beside) and token in beside:
            return here[beside.index(token)]
    leading = periods[0].begin < tokens[0].begin
    before = [p for p in periods if p.stop <= token.begin]
    after = [p for p in periods if p.begin >= token.stop]
    if leading and compact:
        return before[-1] if before else (after[0] if after else None)
    if not leading and after:
        # "12 in 2021/22 and 15 in 2022/23", "£112.50 2014/2015"
        nxt = next((t for t in tokens if t.begin > token.begin), None)
        if nxt is None or after[0].begin < nxt.begin or not before:
            return after[0]
    gap_after = re.match(r"\s*(?:\(?(?:in|for|during|over|from|between)\s|\()", text[token.stop : token.stop + 12])
    if after and gap_after and after[0].begin - token.stop < 30:
        return after[0]
    return before[-1] if before else (after[0] if after else None)


_JOIN = re.compile(r"^(?:[\s\-–—:=,;.()*&/]|and\b|or\b|of which\b|of these\b|with\b|plus\b|in\b|for\b)+|(?:[\s\-–—:=,;(*&/]|and\b|or\b|of which\b|of these\b|a total of\b|total of\b|totalling\b|in\b|for\b)+$", re.I)


def _tidy_label(text: str) -> str:
    for _ in range(3):
        text = _JOIN.sub("", text).strip()
    return text.strip(" .:;,-–=()")


_HEDGE_ONLY = re.compile(r"^(?:known(?: of| about)?|approx(?:imately|\.)?|or so|or more|plus|estimated?|recorded|reported|in total|so far|to date)$", re.I)


def _layout(text: str, tokens: list[Token], periods: list[Period]) -> str:
    """Do the names in a line follow their figures ("692 repudiated, 3 open") or go before them ("Dismissed 5, warned 1")?"""
    if len(tokens) < 2:
        return ""
    start = max([0, *(p.stop for p in periods if p.stop <= tokens[0].begin)])
    first = words(_words_only(text[start : tokens[0].begin]))
    last = words(_words_only(text[tokens[-1].stop :]))
    if not first and last:
        return "follow"
    if first and not last:
        return "precede"
    return ""


def _breakdown(before: str, after: str, n: int, tokens: list[Token], compact: bool, layout: str = "") -> str | None:
    """The words that say what part a figure is of: after it ("692 repudiated"), else before ("Dismissed = 5")."""
    after = re.split(r"[.;](?:\s|$)|\(", after)[0]
    first = _tidy_label(re.split(r"(?<=[a-z)])[.;]\s", before)[-1])
    if re.match(r"(?:year|period|to date|total|answer|spend to date|full year)$", first, re.I):
        first = ""
    second = _tidy_label(re.split(r",\s", after)[0])
    if len(words(second)) > 7 or _HEDGE_ONLY.match(second):
        second = ""
    if layout == "follow":
        return second or None
    if layout == "precede":
        return first if len(words(first)) <= 10 else None
    if compact and first and re.search(r"(?:[:=–-]\s*|\s)(?:£\s*)?$", before) and len(words(first)) <= 12 and not (second and n == 0 and len(tokens) > 1 and re.search(r"[,;]", after)):
        return first
    return second or (first if len(words(first)) <= 8 else None) or None


# tables ----------------------------------------------------------------------------------------------------------------


def _from_grid(grid: Grid, asked: Asked, heading: Period | None, label: str) -> list[Figure] | None:
    """Figures of a table; None where the table holds words only (a list of incidents)."""
    cells = [c for r in grid.rows for c in r[grid.labels :] if numeric(c.text) or find_amounts(c.text, 0, len(c.text))]
    if not cells:
        cells = [c for r in grid.rows for c in r[1:] if numeric(c.text)]
        if not cells:
            return None
    if _is_list(grid):
        return None
    titles = " ".join(grid.titles)
    title_period = whole([p for p in find_periods(titles) if p.start]) if titles else None
    width = max(len(r) for r in grid.rows)
    for head in grid.heads[:-1]:  # a head over several columns stands over the blank cells after it
        for c in range(1, len(head)):
            if not head[c].text and head[c - 1].text and c > 1:
                head[c] = head[c - 1]
    heads: list[list[Cell]] = [[h[c] for h in grid.heads if c < len(h) and h[c].text] for c in range(width)]
    head_periods = [_period_in(" ".join(c.text for c in column), asked, heading) for column in heads]
    out: list[Figure] = []
    data_columns = [c for c in range(1, width) if any(c < len(r) and numeric(r[c].text) for r in grid.rows)]
    spread = len(data_columns) > 1
    previous_label = ""
    for r, row in enumerate(grid.rows):
        names = [c for k, c in enumerate(row) if k < grid.labels and c.text] or [c for c in row[:1] if c.text]
        row_text = " ".join(c.text for c in names)
        if not row_text and previous_label:
            row_text = previous_label  # a cell that runs over two rows
        elif grid.labels > 1 and names and not row[0].text and previous_label and len(names) < grid.labels:
            row_text = f"{previous_label} {row_text}"
        if row and row[0].text:
            previous_label = row[0].text
        if re.fullmatch(r"(?:Q|Question)\s?\d{1,2}(?:\.\d)?\s?\(?[a-h]?\)?\.?|\d{1,2}[a-h]\.?", row_text):
            row_text = ""  # the row is named by its question's number
        row_period = _period_in(row_text, asked, heading)
        total_row = bool(_TOTAL.match(_words_only(row_text)))
        for c in range(1 if names else 0, width):
            if c >= len(row) or (c < grid.labels and not numeric(row[c].text)):
                continue
            cell = row[c]
            for figure in _cell_figures(cell):
                column = heads[c]
                column_text = " ".join(h.text for h in column)
                figure.period = _join(row_period, head_periods[c], title_period or heading)
                if figure.period is None and total_row:
                    figure.period = whole([p for p in (_period_in(" ".join(x.text for x in q[: grid.labels]), asked, heading) for q in grid.rows) if p and p.start])
                if figure.until and figure.period and figure.period.start and figure.until >= figure.period.start:
                    figure.period = replace(figure.period, kind="range", end=figure.until, partial=True)
                row_label = "" if total_row else _words_only(row_text)
                total_column = bool(_TOTAL.match(_words_only(column_text)))
                column_label = "" if total_column or (not spread and _GENERIC_HEAD.match(column_text)) else _words_only(column_text)
                figure.breakdown = ", ".join(x for x in (label, row_label, column_label) if x) or None
                figure.total = total_row or total_column
                figure.words = f"{titles} {row_text} {column_text}"
                figure.how = "table"
                figure.column, figure.row = c, r
                if grid.doubt:
                    figure.doubts.append(grid.doubt)
                out.append(figure)
        if out and grid.doubt == "row_without_period" and len(asked.periods) == len(grid.rows):
            for figure in out:
                if any(cell.begin <= figure.begin < cell.stop + 1 for cell in row) and figure.period is None:
                    figure.period = asked.periods[r]
                    figure.doubts = [*(d for d in figure.doubts if d != "row_without_period"), "period_assumed"]
    return out


def _is_list(grid: Grid) -> bool:
    """A table of incidents: a column of dates or of running words, and no figures but in those."""
    width = max(len(r) for r in grid.rows)
    long_cells = sum(len(words(c.text)) > 4 for r in grid.rows for c in r)
    days = sum(any(p.kind == "day" for p in find_periods(c.text)) for r in grid.rows for c in r if len(c.text) < 24)
    figures = sum(numeric(c.text) for r in grid.rows for c in r)
    return width >= 2 and (days * 2 >= len(grid.rows) or long_cells * 2 >= len(grid.rows)) and figures <= len(grid.rows) and (long_cells > 0 or days > 0) and figures * 3 <= sum(bool(c.text) for r in grid.rows for c in r)


def _words_only(text: str) -> str:
    """A label without its period."""
    spans = [(p.begin, p.stop) for p in find_periods(text)]
    out, at = "", 0
    for a, b in spans:
        out += text[at:a] + " "
        at = b
    out += text[at:]
    out = re.sub(r"\b(?:financial|calendar|fiscal) year\b|\bFY\b|\(\s*\)|\(?(?:spend |year )?to date\)?", " ", out, flags=re.I)
    out = re.sub(r"^\s*(?:Q\s?)?\d{1,2}[a-z]?[.)]\s+", "", out)
    return " ".join(out.split()).strip(" -–:=*.,|")


def _period_in(text: str, asked: Asked, heading: Period | None) -> Period | None:
    periods = [academic(p, text + " " + asked.text + asked.academic) for p in find_periods(text)]
    dated = [p for p in periods if p.start]
    if dated:
        period = dated[0] if len(dated) == 1 else whole(dated)
        if period and period.end and _TO_DATE.search(text) and period.kind in ("calendar_year", "financial_year"):
            period = replace(period, end=None, partial=True)
        return period
    months = [p for p in periods if p.month_only]
    if len(months) == 1 and len(words(text)) <= 3:
        return months[0]
    return None


def _join(row: Period | None, column: Period | None, outer: Period | None) -> Period | None:
    """A cell's period out of its row's and its column's: a month in one and a year in the other make a month of that year."""
    for month, year in ((row, column), (column, row)):
        if month is not None and month.month_only:
            frame = year if year is not None and year.start else outer
            if frame is None or not frame.start:
                return None
            first = int(frame.start[:4])
            if frame.kind == "financial_year" and month.month_only < 4:
                first += 1
            from foi_lib.letters.periods import month_of

            return month_of(first, month.month_only)
    candidates = [p for p in (row, column) if p is not None and p.start]
    if len(candidates) == 2:
        return min(candidates, key=lambda p: (p.end or "9999") > (p.start or "") and _length(p))
    return candidates[0] if candidates else outer


def _length(period: Period) -> int:
    from datetime import date

    if not period.start or not period.end:
        return 10**6
    return date.fromisoformat(period.end).toordinal() - date.fromisoformat(period.start).toordinal()


def _cell_figures(cell: Cell) -> list[Figure]:
    text = cell.text.strip()
    if cell.text != text:
        lead = len(cell.text) - len(cell.text.lstrip())
        cell = Cell(text, cell.begin + lead, cell.begin + lead + len(text))
    if not text or yearish(text) and not re.fullmatch(r"\d{4}", text):
        return []
    low = text.lower().strip("* .")
    if low in ("none", "nil", "no"):
        return [Figure("zero", 0.0, 0.0, 0.0, cell.begin, cell.stop)]
    if text == "*" or re.fullmatch(r"\[?[cx]\]?|#+", low):
        return [Figure("suppressed", None, None, None, cell.begin, cell.stop, doubts=["unexplained_mark"])]
    if low in ("-", "–", "n/a", "na", "not applicable", "not held", "not recorded", "not available", "unknown", "z", "[z]", ""):
        return []
    tokens = find_amounts(text, 0, len(text))
    if not tokens and re.fullmatch(r"\d{4}", text):
        value = float(text)
        return [Figure("count", value, value, value, cell.begin, cell.stop)]
    tokens = [t for t in tokens if not (t.spelled and t.kind == "count" and len(words(text)) > 1)]
    if len(tokens) > 2 or len(words(text)) > 8:
        return []
    until = re.search(r"\((?:up to|to|as at|until)\s([^)]+)\)", text, re.I)
    out = [Figure(t.kind, t.value, t.low, t.high, cell.begin + t.begin, cell.begin + t.stop, t.qualifier, words=text) for t in tokens]
    if until and len(out) == 1:
        last = [p for p in find_periods(until.group(1)) if p.kind == "day"]
        if last:
            out[0].until = last[0].start
    return out if len(out) < 2 or not any(t.kind == "percent" for t in tokens) else [f for f in out if f.kind != "percent"]


_UNIT_WORDS = frozenset(
    "people person individual case incident breach claim request complaint day hour week household record report number figure figur total amount payment attack notice visit device year period paid made received "
    "recorded reported spend spent cost compensation data personal subject council the a of in were was is are be been for during respectively there and or so to by we it at that this has had have not all any "
    "those these them following being only just also about financial calendar value count quantity answer response response sum pay recorded instance occurrence item staff employee fte headcount patient resident letter email".split()
)


def _tidy_breakdowns(figures: list[Figure], asked: Asked) -> None:
    """A breakdown tells figures of one period apart; words that only repeat the question, or name the unit, are none."""
    topic = content(asked.text) | {stem(w) for w in _UNIT_WORDS} | _UNIT_WORDS
    by_period: dict[tuple[str | None, str | None], set[str | None]] = {}
    for f in figures:
        by_period.setdefault(f.period.dates if f.period else (None, None), set()).add(f.breakdown)
    shared = {f.breakdown for f in figures if not f.total}
    for f in figures:
        if not f.breakdown:
            continue
        plain = {stem(w) for w in words(f.breakdown)} <= topic
        alone = len(by_period[f.period.dates if f.period else (None, None)]) == 1
        wordy = f.how == "prose" and re.search(r"\b(?:figures?|respectively|was|were|is|are|has|have|had|in (?:total|all))\b", f.breakdown, re.I)
        if (plain and (alone or len(shared) == 1)) or (wordy and alone) or f.breakdown.strip(" -–.()|*") == "":
            f.breakdown = None


def _mark_totals(figures: list[Figure]) -> None:
    for f in figures:
        if f.breakdown and _TOTAL.match(f.breakdown):
            f.total, f.breakdown = True, None
