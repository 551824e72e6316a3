"""`read_letter`: the steps in the order that a letter passes through them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from foi_lib.documents.model import Document
from foi_lib.letters.align import Aligned, Pair, align
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.asked import Asked, main_measure, measure_of, understand
from foi_lib.letters.figures import Figure, Reading, read_figures
from foi_lib.letters.header import Header, read_header
from foi_lib.letters.incidents import from_grid, from_lines
from foi_lib.letters.labels import Parts, label_text
from foi_lib.letters.lines import Line, content, rejoin, words
from foi_lib.letters.model import Answer, Citation, Letter, Question, Unread
from foi_lib.letters.outcomes import Verdict, judge, spread_nil
from foi_lib.letters.periods import Period
from foi_lib.letters.provisions import relied_on
from foi_lib.letters.resolve import points_at
from foi_lib.letters.segment import segment
from foi_lib.letters.verify import verify

if TYPE_CHECKING:
    from foi_lib.reference.register import Authority

REFUSALS = ("withheld", "partly_withheld", "neither_confirmed_nor_denied", "cost_limit", "vexatious_or_repeated")


def read_letter(
    document: Document, questions: Sequence[Question] | None = None, authority: Authority | None = None, extra_authorities: Sequence[Authority] = ()
) -> Letter:
    """Read a reply: its header, the answer to every question, lists of incidents, and the numbers that nothing claimed.

    `questions` are those sent, where known; `authority` the sender, where the file's place tells it. Never raises for what
    a letter says: what could not be read stands in `problems`.
    """
    text = document.text
    letter = Letter(PurePath(document.path).name, text, problems=list(document.problems))
    if not text.strip():
        if not letter.problems:
            letter.problems.append("empty: there is no text in it")
        return letter
    segments = segment(text)
    aligned = align(segments, questions)
    asked_at = [(p.question.start, p.question.end) for p in aligned.pairs if p.question.start is not None and p.question.end is not None]
    header = read_header(text, segments.lines, document.path, authority, extra_authorities, asked_at)
    _head(letter, header)
    if not aligned.pairs:
        letter.problems.append("no question found in it")
        return letter
    _answers(letter, aligned, header)
    letter.answers = verify(text, letter.answers, letter.incidents)
    _places(letter, document)
    return letter


def _head(letter: Letter, header: Header) -> None:
    for name in ("authority", "authority_code", "authority_how", "regime", "reference", "received_on", "responded_on"):
        setattr(letter, name, getattr(header, name))
    letter.review_reasons = list(header.doubts)


# answers ---------------------------------------------------------------------------------------------------------------


def _answers(letter: Letter, aligned: Aligned, header: Header) -> None:
    text = letter.text
    regime = header.regime or "FOIA"
    read: dict[Parts, list[Answer]] = {}
    known = [p.path for p in aligned.pairs]
    subject = ""
    stated: Period | None = None
    asked_of: dict[int, Asked] = {}
    before: Asked | None = None  # the last question that named its period
    for pair in aligned.pairs:
        context = pair.context + "\n" + aligned.contexts.get(pair.section, aligned.request_context)
        q = pair.question
        asked = understand(q.text, context if q.text or context.strip() else "", subject, q.kind if q.measure != "other" or q.period_start else None, q.measure if q.measure != "other" else None)
        if q.period_start:
            asked.periods = [Period(q.period_kind, q.period_start, q.period_end)]
            asked.own_period = True
        elif not asked.own_period and len(pair.path) > 1:
            parent = next((asked_of[id(p)] for p in aligned.pairs if p.path == pair.path[:-1] and id(p) in asked_of), None)
            if parent and parent.own_period:
                asked.periods, asked.per_year = parent.periods, parent.per_year
        if not asked.own_period and (not asked.periods or asked.relative) and before is not None and _SAME_TIME.search(q.text):
            asked.periods, asked.per_year = before.periods, asked.per_year or before.per_year
        if asked.own_period:
            before = asked
        asked_of[id(pair)] = asked
        pair.wants = main_measure(asked)
        if any(k in q.text.lower() for k in ("breach", "cyber", "claim", "incident", "attack", "compensation", "ransom")):
            subject = q.text
        elif not subject:
            subject = context.strip()[-300:]
    last_series: list[Period] = []
    for pair in aligned.pairs:
        asked = asked_of[id(pair)]
        series = asked.periods if len(asked.periods) > 1 else last_series
        rows, stated = _one(letter, pair, asked, aligned, regime, read, known, stated, series)
        dates = [(a.period_start, a.period_end, a.period_kind) for a in rows if a.value is not None and a.period_start]
        if len(set(dates)) > 1:
            last_series = [Period(kind, start, end) for start, end, kind in dict.fromkeys(dates)]
        read[pair.path] = [*read.get(pair.path, []), *rows] if pair.path in read and pair.section == 0 else rows
        letter.answers += rows
    _share_groups(letter, aligned, asked_of)
    _year_of_figures(letter, aligned, asked_of)
    _unread(letter, aligned)


def _one(
    letter: Letter, pair: Pair, asked: Asked, aligned: Aligned, regime: str, read: dict[Parts, list[Answer]], known: list[Parts],
    stated: Period | None, series: list[Period],
) -> tuple[list[Answer], Period | None]:
    text = letter.text
    if not pair.lines:
        row = _row(pair, asked, "unanswered")
        row.doubt("no_answer_found")
        return [row], stated
    said = text[pair.lines[0].start : pair.lines[-1].end]
    target, points = points_at(said, pair.path, known)
    if points:
        return _pointed(pair, asked, target, read, pair.lines), stated
    pair.lines = rejoin(text, pair.lines)
    reading = read_figures(pair.lines, asked)
    _explain_marks(text, reading, pair.lines)
    if series:
        _in_order(reading, series)
    rows: list[Answer] = []
    for grid in reading.list_grids:
        letter.incidents += from_grid(text, grid, main_measure(asked), pair.question.label)
    listed = []
    if not reading.list_grids:
        group = [p for p in aligned.pairs if pair.group is not None and p.group == pair.group and p.section == pair.section] or [pair]
        wants = next((p.wants for p in group if p.wants.endswith("_details")), "")
        listed = from_lines(text, pair.lines, wants, pair.question.label) if wants else []
        known_places = {i.start for i in letter.incidents}
        letter.incidents += [i for i in listed if i.start not in known_places]
    if listed:  # numbers in a list of incidents describe them
        spans = [(i.start or 0, i.end or 0) for i in listed]
        reading.figures = [f for f in reading.figures if not any(a <= f.begin < b for a, b in spans)]
        inside = [ln for ln in pair.lines if any(a <= ln.start < b for a, b in spans)]
        if main_measure(asked).endswith("_details"):
            row = _row(pair, asked, "disclosed", listed[0].start, listed[0].end)
            return [row], stated
        pair.lines = [ln for ln in pair.lines if ln not in inside] or pair.lines
    if reading.list_grids and not reading.figures:
        grid = reading.list_grids[0]
        first, last = pair.lines[grid.first], pair.lines[grid.last]
        rows = [_row(pair, asked, "disclosed", first.start, min(last.end, first.start + 240))]
        rest = [ln for k, ln in enumerate(pair.lines) if not any(g.first <= k <= g.last for g in reading.list_grids)]
        for verdict in judge(text, rest, asked, Reading(text_lines=rest)):
            if verdict.outcome in REFUSALS:  # the list is given, part of what was asked about it is not
                part = _row(pair, asked, "partly_withheld" if verdict.outcome == "withheld" else verdict.outcome, verdict.begin, verdict.stop)
                _provide(part, text, rest, aligned, regime)
                rows.append(part)
        return rows, stated
    verdicts = judge(text, pair.lines, asked, reading)
    own = {(p.start, p.end) for p in reading.stated}
    answer_period = reading.stated[0] if len(own) == 1 else None
    moneyed = _moneyed(asked, reading)
    whole = bool(_OTHER_COUNT.search(said))
    said_nil = [f for f in reading.figures if f.value == 0 and f.kind in ("zero", "count")]
    if len(reading.figures) == 1 and said_nil and said_nil[0].period is None:
        verdict = Verdict("nil", said_nil[0].begin, pair.lines[-1].end, 0.0)
        reading.figures = spread_nil(verdict, asked, [], text) or reading.figures
    for figure in reading.figures:
        row = _figure_row(pair, asked, figure, answer_period, stated, moneyed(figure))
        if whole and row.measure == "breach_count" and row.unit == "count":
            row.measure = "incident_count"  # the body counts incidents, whatever it was asked
        rows.append(row)
    if len(own) == 1 and answer_period and rows and not asked.own_period:
        stated = answer_period
    for verdict in verdicts:
        spread = spread_nil(verdict, asked, [], text) if verdict.outcome == "nil" else []
        if spread:
            rows += [_figure_row(pair, asked, f, None, None, asked.kind == "money") for f in spread]
            continue
        row = _row(pair, asked, verdict.outcome, verdict.begin, verdict.stop)
        if verdict.value is not None:
            row.value = row.low = row.high = verdict.value
            row.unit = "GBP" if asked.kind == "money" else "percent" if asked.kind == "percentage" else "count"
            if not asked.own_period and (answer_period or stated):
                _set_period(row, answer_period or stated)
        row.qualifier = verdict.qualifier
        for doubt in verdict.doubts:
            row.doubt(doubt)
        if pair.how == "parent":
            row.doubt("parent_answer")
        _provide(row, text, pair.lines, aligned, regime)
        row.links = _links(said) if verdict.outcome in ("already_accessible", "disclosed") else []
        rows.append(row)
    if not rows:
        row = _row(pair, asked, "unclear", pair.lines[0].start, pair.lines[0].end)
        row.doubt("no_figure_found")
        rows.append(row)
    _single_figure_doubt(rows, asked, reading)
    return rows, stated


_STAR_NOTE = re.compile(r"^\W{0,3}(?:\*+|note:?|an asterisk|asterisks?|\[c\]|#)[^\n]{0,20}?(?P<note>[^\n]*\b(?:fewer|less|below|under|between|suppress\w*|small|low|not (?:given|shown|disclosed|provided)|with?held|redact\w*)\b[^\n]*)", re.I | re.M)


def _explain_marks(text: str, reading: Reading, lines: list[Line]) -> None:
    """What a star in a cell stands for, where a note under the table says so."""
    marks = [f for f in reading.figures if f.kind == "suppressed" and f.value is None and f.low is None]
    if not marks:
        return
    note = _STAR_NOTE.search(text)
    if note is None:
        return
    found = [t for t in find_amounts(text, note.start("note"), note.end("note")) if t.kind == "suppressed"]
    for f in marks:
        if found:
            f.low, f.high = found[0].low, found[0].high
        f.doubts = [d for d in f.doubts if d != "unexplained_mark"]


def _in_order(reading: Reading, series: list[Period]) -> None:
    """As many figures with no year as the answer before had years: they are taken in that order, for review."""
    for f in reading.figures:
        if f.period is None and f.how == "prose" and "respectively" in f.words and len(reading.figures) == len(series):
            f.breakdown = None
    bare = [f for f in reading.figures if f.period is None and not f.breakdown and (f.how == "line" or "respectively" in f.words)]
    if len(bare) == len(reading.figures) == len(series) > 1 and len({f.kind for f in bare}) == 1:
        for f, period in zip(bare, series, strict=True):
            f.period = period
            f.doubts.append("period_assumed")


def _row(pair: Pair, asked: Asked, outcome: str, begin: int | None = None, stop: int | None = None) -> Answer:
    span = asked.span
    q = pair.question
    row = Answer(
        q.label, q.text, main_measure(asked), pair.heading if pair.heading not in ("", "sub") else None, outcome=outcome, start=begin, end=stop, kind=asked.kind
    )
    if outcome == "neither_confirmed_nor_denied" and row.measure in ("breach_count", "incident_count"):
        pass
    _set_period(row, span)
    return row


def _set_period(row: Answer, period: Period | None) -> None:
    if period is None or not period.start:
        row.period_kind, row.period_start, row.period_end = "unstated", None, None
        return
    row.period_kind = period.kind if period.kind in ("calendar_year", "financial_year", "academic_year", "month", "quarter", "day", "range", "open") else "range"
    row.period_start, row.period_end, row.partial_period = period.start, period.end, period.partial
    if period.end is None:
        row.partial_period = True
        row.period_kind = "open" if row.period_kind in ("range", "day", "month") else row.period_kind


def _figure_row(pair: Pair, asked: Asked, figure: Figure, answer_period: Period | None, stated: Period | None, money: bool) -> Answer:
    row = _row(pair, asked, "disclosed", figure.begin, figure.stop)
    row.value, row.low, row.high = figure.value, figure.low, figure.high
    if figure.kind in ("not_held", "not_applicable"):
        row.outcome, row.unit = figure.kind, None
        _set_period(row, figure.period)
        return row
    row.unit = "percent" if figure.kind == "percent" else "GBP" if money else "count"
    if figure.kind == "suppressed":
        row.outcome = "suppressed"
    elif figure.value == 0:
        row.outcome = "nil"
    row.qualifier = figure.qualifier
    row.breakdown = figure.breakdown or row.breakdown
    row.derived_by = "stated_total" if figure.total else None
    row.measure = _measure(asked, figure, money)
    period = figure.period
    if period is None and not (asked.own_period and asked.periods):
        period = answer_period or (stated if not asked.periods or not asked.own_period else None) or asked.span
    elif period is None:
        period = asked.span
    _set_period(row, period)
    for doubt in figure.doubts:
        row.doubt(doubt)
    if period is not None and period.assumed:
        row.doubt("period_assumed")
    if pair.how == "parent":
        row.doubt("parent_answer")
    return row


def _moneyed(asked: Asked, reading: Reading):  # type: ignore[no-untyped-def]
    """A test of which figures are money: those with a sign, and those without where nothing beside them tells them apart."""
    signed = [f for f in reading.figures if f.kind == "money"]
    names = {(f.breakdown or "").lower() for f in signed}
    columns = {f.column for f in signed if f.column >= 0}
    tabled = [f for f in reading.figures if f.column >= 0 and f.value]
    plain_rows = {f.row for f in tabled} - {f.row for f in signed}
    plain_columns = {f.column for f in tabled} - columns
    rows = {f.row for f in signed if f.row >= 0} if plain_rows and not plain_columns else set()  # signs go by row, not by column

    def test(figure: Figure) -> bool:
        if figure.kind == "money":
            return True
        if figure.kind == "percent":
            return False
        if figure.column >= 0 and columns:
            return (figure.row in rows if rows else figure.column in columns) and not figure.counted
        if figure.counted:
            return False
        if signed:
            return (figure.breakdown or "").lower() in names and (bool(figure.breakdown) or figure.kind == "zero")
        return _money_here(asked, figure)

    return test


def _money_here(asked: Asked, figure: Figure) -> bool:
    """Is a figure with no pound sign money, because the question or the heading makes it so?"""
    if re.search(r"£|\bgbp\b|\bpounds\b|\bamount|\bcost|\bspen[dt]|\bpaid\b(?! by)|\bpayments? to\b|\bcompensation\b(?! claims?)", figure.words, re.I) and not re.search(r"\b(?:number|no\.|claims?|how many)\b", figure.words, re.I):
        return asked.kind == "money" or "£" in figure.words or bool(re.search(r"\bgbp\b|\bpounds\b|\bamount|\bcost", figure.words, re.I))
    if asked.kind == "money" and "count" not in asked.kinds:
        return not re.search(r"\b(?:claims?|cases|payments|people|incidents|breaches|notices|number|staff|fte)\b", figure.words, re.I)
    return False


_SAME_TIME = re.compile(
    r"\b(?:those|these|the same|each of the|same|such|over the|that|this|in the last|in those|for each)\s(?:\w+\s){0,2}(?:years?|periods?|time|months)\b|\bas above\b|\byear by year\b|\bof (?:them|these|those)\b|\bthem\b|\bthose\b|\bthese\b", re.I
)
_ICO_WORDS = re.compile(r"\b(?:ICO|information commissioner)\b", re.I)
_OTHER_COUNT = re.compile(r"(?:record|classif|treat|log|count|refer|categoris)\w*\s(?:\w+\s){0,3}(?:as|to)\s['‘’\"“]?(?:data|information|security|information security)\s(?:\w+\s)?incidents?", re.I)


def _measure(asked: Asked, figure: Figure, money: bool) -> str:
    given = asked.measures.get("given")
    if figure.kind == "percent":
        return "other"
    if money:
        base = given if given and asked.kind == "money" else asked.measures["money"]
        if not given and base in ("cost_gbp", "other") and re.search(r"\b(?:damages|compensation)\b.{0,12}\bpaid\b|\bpaid\b.{0,24}\b(?:damages|compensation)\b", figure.words, re.I):
            return "compensation_paid_gbp"
        if re.search(r"\b(?:legal|lawyers?|solicitors?)\b", figure.words, re.I) and base == "compensation_paid_gbp" and not given:
            return "cost_gbp"
        return base or "other"
    if given and asked.kind in ("count", "details"):
        base = given if asked.kind == "count" else asked.measures["count"]
    else:
        base = asked.measures["count"]
    if base == "other" and (asked.kind != "count" or not asked.text.strip()):
        base = measure_of(f"number of {figure.words}", "count", asked.subject)
    said = figure.words
    if base in ("breach_count", "incident_count", "cyber_incident_count", "cyber_attack_count") and not (given and asked.kind == "count"):
        if _ICO_WORDS.search(said) and re.search(r"\b(?:report|refer|notif|went|told|self)", said, re.I) and not re.search(r"\bICO\b", asked.text):
            return "ico_reported_count"
        if re.search(r"\binformation security incidents?\b", said, re.I) and base == "breach_count":
            return "incident_count"
        if re.search(r"\b(?:people|individuals|data subjects)\b.{0,20}\baffected\b", said, re.I):
            return "people_affected"
    return base


def _pointed(pair: Pair, asked: Asked, target: Parts | None, read: dict[Parts, list[Answer]], lines: list[Line]) -> list[Answer]:
    """The other answer's outcome, values and provisions, with this answer's own words as the quote."""
    begin, stop = lines[0].start, lines[-1].end
    source = read.get(target) if target else None
    if not source:
        row = _row(pair, asked, "unclear", begin, stop)
        row.refers_to = label_text(target) if target else None
        row.doubt("reference_unresolved")
        return [row]
    rows: list[Answer] = []
    kinds = {"count": "count", "money": "GBP", "percentage": "percent"}
    wanted = {kinds[k] for k in asked.kinds if k in kinds}
    for other in source:
        row = _row(pair, asked, other.outcome, begin, stop)
        row.refers_to = label_text(target) if target else None
        row.provisions, row.as_cited = list(other.provisions), list(other.as_cited)
        row.citations = list(other.citations)
        if other.value is not None or other.outcome == "suppressed":
            if wanted and other.unit not in wanted:
                continue
            if not wanted:
                continue
            if row.measure != other.measure and not (row.measure == "other" or other.measure == "other"):
                row.doubt("measure_differs")
            row.value, row.low, row.high, row.unit, row.qualifier = other.value, other.low, other.high, other.unit, other.qualifier
            row.doubt("figure_from_other_answer")
            row.breakdown = other.breakdown
            row.period_kind, row.period_start, row.period_end, row.partial_period = other.period_kind, other.period_start, other.period_end, other.partial_period
        if "provision_malformed" in other.review_reasons:
            row.doubt("provision_malformed")
        rows.append(row)
    if not rows:
        row = _row(pair, asked, source[0].outcome if source[0].value is None else "disclosed", begin, stop)
        row.refers_to = label_text(target) if target else None
        rows.append(row)
    return rows


def _provide(row: Answer, text: str, lines: list[Line], aligned: Aligned, regime: str) -> None:
    """The provisions that this outcome relies on."""
    if row.outcome not in (*REFUSALS, "already_accessible", "not_held"):
        return
    citations = relied_on(text, lines, row.outcome, regime)
    if not citations and row.outcome in REFUSALS and aligned.annex:
        citations = relied_on(text, aligned.annex, row.outcome, regime)
    if not citations and row.outcome in REFUSALS:
        loose = [ln for section in aligned.response_opening.values() for ln in section]
        citations = relied_on(text, loose, row.outcome, regime)
    row.citations = citations
    row.provisions = [c.provision for c in citations]
    row.as_cited = [c.as_cited for c in citations]
    if any(c.malformed for c in citations):
        row.doubt("provision_malformed")


_LINK = re.compile(r"https?://[^\s<>\"')\]]+|www\.[^\s<>\"')\]]+")


def _links(text: str) -> list[str]:
    return [m.group().rstrip(".,;") for m in _LINK.finditer(text)]


# what only shows when all answers are read -------------------------------------------------------------------------------


def _share_groups(letter: Letter, aligned: Aligned, asked_of: dict[int, Asked]) -> None:
    """Figures of one block of answer belong to the question that asks for them: totals to "how many", parts to "what kinds"."""
    groups: dict[int, list[Pair]] = {}
    for pair in aligned.pairs:
        if pair.group is not None and pair.how in ("own", "block", "named", "parent"):
            groups.setdefault(pair.group + 1000 * pair.section, []).append(pair)
    for pairs in groups.values():
        if len(pairs) < 2:
            continue
        labels = [p.question.label for p in pairs]
        figures = [a for a in letter.answers if a.question in labels and (a.value is not None or a.outcome == "suppressed") and not a.refers_to]
        places = sorted({a.start for a in figures if a.start is not None})
        if not places:
            continue
        keep: dict[int, str] = {}
        holders = {place: [p for p in pairs if any(a.start == place and a.question == p.question.label for a in figures)] for place in places}
        parts = {a.start for a in figures if a.breakdown}
        totals = {a.start for a in figures if not a.breakdown}
        for place in places:
            same = [a for a in figures if a.start == place]
            keep[place] = _owner(holders[place], asked_of, same[0], bool(parts and totals))
        letter.answers = [a for a in letter.answers if not (a in figures and a.start is not None and keep[a.start] != a.question)]
        for pair in pairs:
            left = [a for a in letter.answers if a.question == pair.question.label]
            if not left:
                asked = asked_of[id(pair)]
                row = _row(pair, asked, "disclosed", pair.lines[0].start, pair.lines[0].end)
                if asked.kind in ("count", "money", "percentage"):
                    row.outcome = "unclear"
                    row.doubt("block_answer")
                letter.answers.append(row)
        order = {p.question.label: n for n, p in enumerate(aligned.pairs)}
        letter.answers.sort(key=lambda a: (order.get(a.question, 999), a.start if a.start is not None else 0))


def _owner(pairs: list[Pair], asked_of: dict[int, Asked], figure: Answer, split: bool) -> str:
    best, label = -1.0, pairs[0].question.label
    for pair in pairs:
        asked = asked_of[id(pair)]
        score = 0.0
        unit = {"GBP": "money", "percent": "percentage"}.get(figure.unit or "", "count")
        if asked.kind == unit:
            score += 2
        elif unit in asked.kinds:
            score += 1
        topic = content(pair.question.text)
        score += 0.3 * len(topic & content(f"{figure.breakdown or ''}"))
        if split:
            score += 2.5 if (asked.kind in ("details",) or re.search(r"\bkinds?\b|\btypes?\b|\bbreakdown\b|\bcategor", pair.question.text, re.I)) == bool(figure.breakdown) else 0
        if score > best + 0.01:
            best, label = score, pair.question.label
    return label


def _year_of_figures(letter: Letter, aligned: Aligned, asked_of: dict[int, Asked]) -> None:
    """A question such as "Which year are these figures for?" dates the figures that have no period of their own; failing
    that, where every period stated in the answers is one and the same, it is lent to the rest, and they are for review."""
    from foi_lib.letters.periods import find_periods

    dated: Period | None = None
    for pair in aligned.pairs:
        if re.search(r"\b(?:which|what) (?:year|period)s?\b.{0,30}\b(?:figures|data|numbers|relate|cover|for)\b", pair.question.text, re.I) and pair.lines:
            found = [p for p in find_periods(" ".join(ln.text for ln in pair.lines)) if p.start]
            dated = found[0] if found else None
    without = [a for a in letter.answers if (a.value is not None or a.outcome == "suppressed") and a.period_start is None]
    if not without:
        return
    if dated is None:
        stated = {(a.period_start, a.period_end, a.period_kind) for a in letter.answers if a.period_start and a.value is not None}
        if len(stated) == 1 and len(without) < len(letter.answers):
            start, end, kind = next(iter(stated))
            if re.search(r"\byear\b", " ".join(a.question_text for a in without), re.I) and not re.search(r"\b(?:last|past)\b", " ".join(a.question_text for a in without), re.I):
                for a in without:
                    a.period_start, a.period_end, a.period_kind = start, end, kind
                    a.doubt("period_assumed")
        return
    for a in without:
        _set_period(a, dated)


def _single_figure_doubt(rows: list[Answer], asked: Asked, reading: Reading) -> None:
    """One undated figure for a question that wants one for each of several years."""
    figures = [r for r in rows if r.value is not None]
    if len(figures) == 1 and asked.per_year and len(asked.periods) > 1 and reading.figures and reading.figures[0].period is None:
        f = reading.figures[0]
        if f.value != 0 and not re.search(r"\btotal\b|\bin all\b|\boverall\b", f.words, re.I) and not f.total:
            figures[0].doubt("open_period_assumed")


def _unread(letter: Letter, aligned: Aligned) -> None:
    """Numbers of answers that no answer, list of incidents or refusal claims."""
    taken = sorted((a.start, a.end) for a in letter.answers if a.start is not None and a.end is not None and (a.value is not None or a.outcome == "suppressed"))
    taken += [(i.start, i.end) for i in letter.incidents if i.start is not None and i.end is not None]
    refused = {a.question for a in letter.answers if a.outcome in (*REFUSALS, "not_held", "already_accessible")}
    given = {a.question for a in letter.answers if a.value is not None or a.outcome == "suppressed"}
    seen: set[int] = set()
    for pair in aligned.pairs:
        if pair.question.label in refused and pair.question.label not in given:
            continue  # the numbers of a refusal argue; they do not answer
        for line in pair.lines:
            if line.start in seen:
                continue
            seen.add(line.start)
            for token in find_amounts(line.text, 0, len(line.text)):
                begin, stop = line.start + token.begin, line.start + token.stop
                if token.spelled or any(a < stop and begin < b for a, b in taken):
                    continue
                letter.unread.append(Unread(letter.text[begin:stop], "money" if token.kind == "money" else "number", pair.question.label, None, begin, stop))


def _places(letter: Letter, document: Document) -> None:
    if not document.pages and not document.doubtful:
        return
    for thing in (*letter.answers, *letter.incidents, *letter.unread):
        if thing.start is not None:
            thing.page = document.page_at(thing.start)
    for answer in letter.answers:
        if answer.start is not None and answer.end is not None and any(d.start < answer.end and answer.start < d.end and d.confidence < 0.8 for d in document.doubtful):
            answer.doubt("low_confidence_text")


def read_answer(text: str, question: Question, regime: str = "FOIA") -> list[Answer]:
    """Read one answer's text by itself (a cell of a tracker sheet); offsets point into `text`."""
    from foi_lib.letters.lines import split_lines

    letter = Letter("", text, regime=regime)
    lines = split_lines(text)
    pair = Pair(replace(question, start=None, end=None), tuple(re.findall(r"\d+|[a-z]+", question.label.lower())) or ("1",), 0, lines, "own" if lines else "none")
    aligned = Aligned([pair], "", {}, {}, [], [], [])
    _answers(letter, aligned, Header(regime=regime))
    return verify(text, letter.answers, letter.incidents)


__all__ = ["Citation", "read_answer", "read_letter", "words"]
