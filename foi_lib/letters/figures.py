"""Third step: the figures of an answer with their periods and breakdowns.

Tables first, then short lines ("2021/22 £1,200 property damage, £3,400 personal injury"), then sentences. In a sentence
a number is an answer only where its words say so; every other number is left for `unread`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foi_lib import quick
from foi_lib.letters.amounts import Token, find_amounts
from foi_lib.letters.asked import Asked
from foi_lib.letters.breakdowns import breakdown_of, mark_totals, names_layout, tidy_breakdowns, tidy_label
from foi_lib.letters.cells import TOTAL
from foi_lib.letters.grids import TO_DATE, Figure, grid_figures, words_only
from foi_lib.letters.lines import Line, content, words
from foi_lib.letters.periods import academic, find_periods, whole
from foi_lib.letters.prose import OF_WHICH, UNIT, clause_at, in_prose, sentence_at, spelled_ok
from foi_lib.letters.spans import Period, financial_year
from foi_lib.letters.subtotals import carry_years, date_by_totals
from foi_lib.letters.tables import Grid, find_grids, yearish


@dataclass(slots=True)
class Reading:
    """All figures of an answer, and the lines that held none."""

    figures: list[Figure] = field(default_factory=list)
    text_lines: list[Line] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    list_grids: list[Grid] = field(default_factory=list)  # tables of words: lists of incidents
    stated: list[Period] = field(default_factory=list)
    crowded: bool = False  # a line held more figures than can be told apart


_ABSENT = re.compile(
    r"^(?:n/?a\b|not applicable|(?:information |data |figures? )?(?:is |are )?not (?:held|available|recorded|known)|no (?:data|information|figures?|records?)(?: (?:is|are|was|were))?(?: (?:held|available|recorded))?|unavailable|unknown)[\s.*]*$",
    re.I,
)
_NONE_LINE = re.compile(
    r"^\W*(?:none|nil|no\b(?! of)(?: (?:claims?|payments?|breaches|incidents?|data|cases?|cyber|compensation))?|zero|nothing)\b[\w\s]{0,30}[.*]?$",
    re.I,
)


MOST_IN_A_LINE = 300


def read_figures(lines: list[Line], asked: Asked, heading: Period | None = None) -> Reading:
    """The figures of one answer, in their order in the text."""
    out = Reading()
    grids = find_grids(lines)
    covered = {k for g in grids for k in range(g.first, g.last + 1)}
    by_first = {g.first: g for g in grids}
    label = ""
    open_heading = heading
    durations = not _asks_time(asked)
    signed = any(_PLUS.search(line.text) for line in lines)
    for i, line in enumerate(lines):
        if i in by_first:
            grid = by_first[i]
            found = grid_figures(grid, asked, open_heading, label)
            if found is None:
                out.list_grids.append(grid)
            else:
                out.grids.append(grid)
                out.figures += _dashes(found, lines)
            continue
        if i in covered:
            continue
        periods = [academic(p, line.text + " " + asked.text + asked.academic) for p in find_periods(line.text)]
        if any(p.kind == "day" for p in periods):  # when the request came is no time of the figures
            periods = [p for p in periods if not (p.kind == "day" and _OF_LETTER.search(line.text[max(0, p.begin - 30) : p.begin]))]
        dated = [p for p in periods if p.start]
        lone_day = bool(dated) and all(p.kind == "day" for p in dated) and not words(words_only(line.text))  # the letter's own date
        out.stated += [] if lone_day else dated
        tokens = find_amounts(line.text, 0, len(line.text), durations)
        none_line = _none_after_period(line, periods, tokens)
        if none_line:
            out.figures.append(none_line)
            continue
        if _ARITHMETIC.search(line.text) or (grids and _DASH_NOTE.search(line.text)):
            out.text_lines.append(line)  # "240 files x 15 minutes = 60 hours", "a dash means nil"
            continue
        if len(tokens) > MOST_IN_A_LINE:
            out.text_lines.append(line)  # a sheet run together: nothing tells its figures apart, so all are left unread
            out.crowded = True
            continue
        if not tokens and len(absent := _absent_parts(line, dated)) > 1:
            out.figures += absent
            continue
        if not tokens:
            if dated and not lone_day and (line.text.rstrip().endswith((":", ":-")) or len(words(line.text)) <= 7) and len(line.text) < 140:
                open_heading = whole(dated)
                open_heading = replace(open_heading, begin=line.start, stop=line.end) if open_heading else None
            if (
                line.text.rstrip().endswith(":")
                and len(words(line.text)) <= 6
                and all(p.stop - p.begin <= 12 for p in dated)  # no stretch of days, however it is written
                and not quick.search(r"\b(?:is|are|was|were|follows?|below|table|these)\b", line.text, re.I)
            ):
                label = tidy_label(words_only(line.text))
            out.text_lines.append(line)
            continue
        compact = _compact(line.text, tokens, periods)
        absent = _absent_parts(line, dated) if compact else []
        bare = i and not words(line.text) and yearish(lines[i - 1].text) and i - 1 not in covered and not dated
        got = _from_line(line, tokens, periods, asked, compact, label if compact else "")
        for figure in got if signed else ():
            if figure.value and _MINUS.search(line.text[: figure.begin - line.start]):  # a fall, beside lines of rises
                figure.value = figure.low = figure.high = -figure.value
        for figure in got:
            if bare:  # a year on one line, a number on the next: a table that breaks off
                figure.doubts.append("column_heads_uncertain")
            if figure.period is None and open_heading is not None:
                figure.period = open_heading
        more = bool(got) and quick.search(r"[.;)]\s+[A-Z]\w*(?:\s+[\w'’/,()-]+){3,}|[.;]\s+No(?:ne)?\s[a-z]", _text_after(line, got[-1]))  # a sentence after the list
        if len(got) < len(tokens) or not compact or more:
            out.text_lines.append(line)
        out.figures += sorted([*got, *absent], key=lambda f: f.begin) if absent else got
    yearly = [f for f in out.figures if f.how == "line" and f.period is not None]
    odd = [f for f in yearly if f.period is not None and f.period.kind == "calendar_year"]
    if (
        len(odd) == 1
        and len(yearly) > 2
        and all(f.period is not None and f.period.kind == "financial_year" for f in yearly if f is not odd[0])
    ):
        odd[0].doubts.append("period_assumed")  # "2021/2022, 2023/2023, 2023/2024": a slip of the pen
        odd[0].period = _year_between(yearly, odd[0]) or odd[0].period
    mark_totals(out.figures)
    date_by_totals(out.figures)
    carry_years(out.figures)
    tidy_breakdowns(out.figures, asked)
    return out


_PLUS, _MINUS = re.compile(r"[:=]\s*\+\s?\d"), re.compile(r"[:=]\s*[-–−]\s?$")
_OF_LETTER = re.compile(r"\b(?:received|dated|(?:request|letter|e-?mail|enquiry) of)\s+(?:by us\s)?(?:on\s+)?(?:the\s+)?$", re.I)
_DASH_NOTE = re.compile(
    r"(?:\bdash(?:es)?\b|[\"“'‘(\[][-–][\"”'’)\]])\W{0,3}(?:\w+\s){0,3}?(?:is|are|means?|denotes?|indicates?|represents?|shows?|stands? for|signif\w+|=)\W{0,3}(?:\w+\s){0,3}?(?:nil|none|no\b|nought|zero|0\b|not any)|(?:nil|none|zero|nought|0)\b[^.\n]{0,20}\b(?:shown|given|marked|written|denoted) (?:as|by) (?:a )?(?:dash|[\"“'‘(\[][-–])",
    re.I,
)


def _dashes(found: list[Figure], lines: list[Line]) -> list[Figure]:
    """A dash in a cell is nil where the letter says so; else it may be anything, and is no figure."""
    if not any(f.kind == "dash" for f in found):
        return found
    if not any(_DASH_NOTE.search(line.text) for line in lines):
        return [f for f in found if f.kind != "dash"]
    return [replace(f, kind="zero", value=0.0, low=0.0, high=0.0) if f.kind == "dash" else f for f in found]


def _year_between(yearly: list[Figure], odd: Figure) -> Period | None:
    """The financial year that a list of such years skips where the odd one stands."""
    at = next(n for n, f in enumerate(yearly) if f is odd)
    if not 0 < at < len(yearly) - 1:
        return None
    before, after = yearly[at - 1].period, yearly[at + 1].period
    if before is None or after is None or not before.start or not after.start or not odd.period:
        return None
    first, last = int(before.start[:4]), int(after.start[:4])
    return replace(financial_year((first + last) // 2), begin=odd.period.begin, stop=odd.period.stop) if abs(first - last) == 2 else None


_ARITHMETIC = re.compile(r"\d\s?[x×*@]\s?\d[\d.]*\s?(?:minutes|mins|hours|hrs)\b|\d\s?(?:minutes|mins|hours|hrs)\s?[x×]\s?\d|\s[x×]\s?\d+\s?(?:minutes|mins|hours|hrs)\b", re.I)


def _text_after(line: Line, figure: Figure) -> str:
    return line.text[max(figure.stop - line.start, 0) :]


def _asks_time(asked: Asked) -> bool:
    return bool(
        quick.search(
            r"\bhow long\b|\bhow many (?:hours|days|weeks|months|years)\b|\b(?:hours|days) (?:lost|taken|of)\b|\baverage (?:time|number of days)|\bdays\b",
            asked.text,
            re.I,
        )
    )


def _none_after_period(line: Line, periods: list[Period], tokens: list[Token]) -> Figure | None:
    """ "2022/23: None" """
    if not periods or tokens or not periods[0].start or periods[0].begin > 3:
        return None
    rest = line.text[periods[-1].stop :].strip(" -–:=.|\t")
    if _ABSENT.match(rest):
        at = line.text.index(rest, periods[-1].stop)
        kind = "not_applicable" if quick.match(r"n\W?a\b|not appl", rest, re.I) else "not_held"
        return Figure(
            kind, None, None, None, line.start + at, line.start + at + min(len(rest), 120), period=whole(periods), words=line.text
        )
    if not _NONE_LINE.match(rest):
        return None
    m = quick.search(r"[A-Za-z]+", line.text[periods[-1].stop :])
    at = periods[-1].stop + (m.start() if m else 0)
    return Figure(
        "zero", 0.0, 0.0, 0.0, line.start + at, line.start + at + (len(m.group()) if m else 0), period=whole(periods), words=line.text
    )


_ABSENT_PART = re.compile(
    r"\s*[:=–-]\s*(?P<said>(?P<na>n/a\b|not applicable)|(?:information |data )?not (?:held|recorded|available|known|yet available)|no (?:data|information|figures?|records?)(?: (?:held|available|recorded))?)\W*(?=$|[;,.|]|\s(?:F\.?Y\.?\s?)?\d)",
    re.I,
)


def _absent_parts(line: Line, dated: list[Period]) -> list[Figure]:
    """The years of a line of years that have no figure: "2021/22: not held; 2022/23: N/A; 2023/24: 31"."""
    out = []
    for period in dated if len(dated) > 1 else ():
        m = _ABSENT_PART.match(line.text, period.stop)
        if m:
            kind = "not_applicable" if m["na"] else "not_held"
            out.append(Figure(kind, None, None, None, line.start + m.start("said"), line.start + m.end("said"), period=period, words=line.text))
    return out


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
    if len(rest) <= 7 and not quick.search(r"\b(?:was|were|is|are|have|has|had|would)\b", text):
        return True
    return bool(len(before) <= 9 and quick.search(r"(?:[:=–]|\s-)\s*(?:£\s?)?$", text[: tokens[0].begin]) and len(rest) <= 14)


def _from_line(line: Line, tokens: list[Token], periods: list[Period], asked: Asked, compact: bool, label: str) -> list[Figure]:
    dated = [p for p in periods if p.start]
    months = [p for p in periods if p.month_only]
    if not dated and len(months) == 1 and months[0].begin < 3 and asked.span and asked.span.start:
        inside = _month_within(months[0], asked.span)
        dated = [inside] if inside else []
    if compact and len(tokens) > 1 and quick.search(r"\s=\s?£?[\d,.]+\s*\*?$", line.text):
        marked = [t for t in tokens if quick.search(r"=\s?$", line.text[: t.begin])]
        tokens = marked or tokens  # "10(4)(a) Information not held = 4": what stands before the sign is a name
    if (
        TO_DATE.search(line.text)
        and len(dated) == 1
        and dated[0].end
        and not dated[0].partial
        and dated[0].kind in ("calendar_year", "financial_year")
    ):
        dated = [replace(dated[0], end=None, partial=True)]
    figures: list[Figure] = []
    layout = names_layout(line.text, tokens, periods)
    for n, token in enumerate(tokens):
        prev_stop = tokens[n - 1].stop if n else 0
        next_begin = tokens[n + 1].begin if n + 1 < len(tokens) else len(line.text)
        sentence = sentence_at(line.text, token)
        listed = compact and not (n and _new_sentence(line.text, sentence, periods))
        if n and _remark(line.text, token, asked):
            continue
        doubts: list[str] = []
        if listed:
            if token.kind == "percent" and asked.kind != "percentage" and any(t.kind != "percent" for t in tokens):
                continue
            if token.spelled and token.kind == "count" and not spelled_ok(line.text, token, compact):
                continue
        else:
            verdict = in_prose(line.text, token, sentence, asked, tokens)
            if not verdict:
                continue
            doubts = [verdict] if verdict != "sure" else []
        figure = Figure(
            token.kind,
            token.value,
            token.low,
            token.high,
            line.start + token.begin,
            line.start + token.stop,
            token.qualifier,
            how="line" if listed else "prose",
            doubts=doubts,
        )
        figure.period = _period_for(token, tokens, dated, line.text, compact)
        before = line.text[max([prev_stop, *(p.stop for p in periods if p.stop <= token.begin)]) : token.begin]
        after = line.text[token.stop : min([next_begin, *(p.begin for p in periods if p.begin >= token.stop)])]
        figure.breakdown = breakdown_of(before, after, n, tokens, compact, layout) or (label or None)
        figure.words = f"{label} {before} {after}" if compact else clause_at(line.text, sentence, n, tokens)
        if not compact:
            whole_of = n + 1 < len(tokens) and OF_WHICH.search(line.text, token.stop, tokens[n + 1].begin)  # "14 breaches, of which 3"
            figure.breakdown = None if len(tokens) == 1 or whole_of else figure.breakdown
        unit = UNIT.match(after)
        figure.counted = bool(unit and unit["noun"].lower() not in ("paid", "settled", "received", "accepted", "charges", "fines"))
        figure.total = bool(compact and TOTAL.match(before.strip(" -–:=")))
        figures.append(figure)
    none = _NONE_LEFT.search(line.text, tokens[-1].stop) if compact and figures else None
    if none:  # "2016/17 - 14 laptops, no phones"
        begin, stop = line.start + none.start("none"), line.start + none.end("none")
        figures.append(Figure("zero", 0.0, 0.0, 0.0, begin, stop, period=figures[-1].period, breakdown=none["what"], how="line", words=line.text))
    if compact and len([t for t in tokens if not t.spelled and t.kind == "count"]) > len(figures):
        for figure in figures:
            figure.doubts.append("figure_in_prose")  # a list's line, of which some figures were told and others not
    return _no_repeats(figures, line.text, line.start)


_NONE_LEFT = re.compile(r"[,;]\s(?:and\s)?(?P<none>no)\s(?P<what>[a-z]+(?:\s[a-z]+)?)\s*[.;]?$")


def _new_sentence(text: str, sentence: tuple[int, int], periods: list[Period]) -> bool:
    """A sentence after a list's entry ("2021: £3,510. That is the hours taken times £25, as the Act has it") is read as one."""
    start, stop = sentence
    return start > 0 and len(words(text[start:stop])) > 4 and not any(start <= p.begin < start + 12 for p in periods)


_IN_BRACKETS = re.compile(r"\s(?:\w+\s)?of (?:these|those|them|which|whom)\b(?P<said>[^()]{0,120})\)", re.I)


def _remark(text: str, token: Token, asked: Asked) -> bool:
    """ "9 laptops (2 of these have since turned up)": what brackets add to a figure, and nobody asked."""
    if text[: token.begin].rstrip()[-1:] not in ("(", "["):
        return False
    m = _IN_BRACKETS.match(text, token.stop)
    aside = m is not None and quick.search(r"\b(?:as well|also|already|since)\b", m["said"], re.I)
    return m is not None and bool(aside or not content(asked.text) & content(m["said"]))


def _month_within(month: Period, span: Period) -> Period | None:
    """ "Apr: 63" under a question about 1 April to 30 November 2018: April 2018. None where the span holds two Aprils."""
    from foi_lib.letters.spans import month_of

    if not span.start or not month.month_only:
        return None
    last = int((span.end or span.start)[:4])
    fits = [
        m
        for y in range(int(span.start[:4]), last + 1)
        if (m := month_of(y, month.month_only)).start and span.start[:7] <= (m.start or "")[:7] <= (span.end or "9999-12")[:7]
    ]
    return replace(fits[0], begin=month.begin, stop=month.stop) if len(fits) == 1 else None


def _no_repeats(figures: list[Figure], text: str, start: int) -> list[Figure]:
    """ "Fewer than 5 (fewer than 5)", "three (3)": the same figure said twice counts once."""
    out: list[Figure] = []
    for f in figures:
        previous = out[-1] if out else None
        if (
            previous
            and (f.value, f.low, f.high) == (previous.value, previous.low, previous.high)
            and text[previous.stop - start : f.begin - start].strip(" ") in ("(", "[", "or", "/")
            and text[f.stop - start : f.stop - start + 1] in ")]"
        ):
            continue
        out.append(f)
    return out


_LIST = re.compile(r"(?:\s*(?:,|and|&|;)\s*|(?:the\s)?(?:19|20)?\d\d(?:/\d\d(?:\d\d)?)?)+", re.I)


def _period_for(token: Token, tokens: list[Token], periods: list[Period], text: str, compact: bool) -> Period | None:
    if not compact:  # a later sentence's year is not this one's
        stop = sentence_at(text, token)[1]
        periods = [p for p in periods if p.begin < stop or len(words(text[stop:])) < 5]
    if not periods:
        return None
    if len(periods) == 1:
        return periods[0]
    if quick.search(r"\brespectively\b", text, re.I):
        start, stop = sentence_at(text, token)
        here = [p for p in periods if start <= p.begin < stop]
        beside = [t for t in tokens if start <= t.begin < stop]
        if len(here) == len(beside) and token in beside:
            return here[beside.index(token)]
    leading = periods[0].begin < tokens[0].begin
    before = [p for p in periods if p.stop <= token.begin]
    if not compact and len(before) > 1 and _LIST.fullmatch(text[before[0].stop : before[-1].begin]):
        listed = [t for t in tokens if t.begin > before[-1].stop]
        if len(listed) < len(before) and len(before) == len(periods):
            return whole(before)  # "For 2021/22, 2022/23 and 2023/24 claims came to 6"
    after = [p for p in periods if p.begin >= token.stop]
    if leading and compact:
        return before[-1] if before else (after[0] if after else None)
    if not leading and after:
        # "12 in 2021/22 and 15 in 2022/23", "£112.50 2014/2015"
        nxt = next((t for t in tokens if t.begin > token.begin), None)
        if nxt is None or after[0].begin < nxt.begin or not before:
            return after[0]
    gap_after = quick.match(r"\s*(?:\(?(?:in|for|during|over|from|between)\s|\()", text[token.stop : token.stop + 12])
    near = 3 if gap_after and gap_after.group().strip() == "(" else 30
    if after and gap_after and after[0].begin - token.stop < near:
        return after[0]
    return before[-1] if before else (after[0] if after else None)


# tables ----------------------------------------------------------------------------------------------------------------
