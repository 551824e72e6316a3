"""`read_letter`: the steps in the order that a letter passes through them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from foi_lib import quick
from foi_lib.documents.model import Document
from foi_lib.letters.align import Aligned, Pair, align
from foi_lib.letters.asked import Asked, main_measure, understand
from foi_lib.letters.figures import Reading, read_figures
from foi_lib.letters.header import Header, read_header
from foi_lib.letters.incidents import from_grid, from_lines
from foi_lib.letters.labels import Parts
from foi_lib.letters.lines import rejoin, split_lines, words
from foi_lib.letters.marks import explain_marks, take_in_order
from foi_lib.letters.model import Answer, Citation, Incident, Letter, Question, Unread
from foi_lib.letters.notes import lend_note, part_notes
from foi_lib.letters.outcomes import Verdict, judge, spread_nil
from foi_lib.letters.paired import as_said
from foi_lib.letters.periods import academic, find_periods
from foi_lib.letters.plain import plain, without_furniture
from foi_lib.letters.resolve import points_at
from foi_lib.letters.rows import (
    OTHER_COUNT,
    REFUSALS,
    add_provisions,
    figure_row,
    links_in,
    make_row,
    money_test,
    one_measure,
    pointed_rows,
    same_kinds,
    set_period,
)
from foi_lib.letters.segment import segment
from foi_lib.letters.spans import Period
from foi_lib.letters.verify import verify
from foi_lib.letters.whole import cut_years, doubt_end, share_groups, unread_numbers, year_of_figures

if TYPE_CHECKING:
    from foi_lib.reference.register import Authority


MOST_LABELS = 2_000
NO_QUESTION = "no question found in it"


def read_letter(
    document: Document,
    questions: Sequence[Question] | None = None,
    authority: Authority | None = None,
    extra_authorities: Sequence[Authority] = (),
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
    letter.text = read = without_furniture(document)
    segments = segment(read)
    if len(segments.items) > MOST_LABELS:
        letter.problems.append(
            f"{len(segments.items):,} numbered or lettered lines: more than a reply has ({MOST_LABELS:,}), so it was not read"
        )
        letter.text = text
        return letter
    aligned = align(segments, questions)
    asked_at = [(p.question.start, p.question.end) for p in aligned.pairs if p.question.start is not None and p.question.end is not None]
    printed = any(piece.kind == "header" for piece in document.furniture)
    headed = without_furniture(document, keep="header") if printed else read  # a letterhead may stand in the page's head
    lines = segments.lines if headed == read else split_lines(headed)
    answered_at = [(p.lines[0].start, p.lines[-1].end) for p in aligned.pairs if p.lines]
    header = read_header(headed, lines, document.path, authority, extra_authorities, asked_at, answered_at)
    _head(letter, header)
    if aligned.pairs:
        _answers(letter, aligned, header)
    else:
        letter.problems.append(NO_QUESTION)
    letter.text = text
    _quote(letter)
    letter.answers = verify(text, letter.answers, letter.incidents)
    _places(letter, document)
    return letter


def _quote(letter: Letter) -> None:
    """The words at each place as they stand in the document, a page's foot in the midst of them too."""
    for incident in letter.incidents:
        if incident.start is not None:
            incident.quote = letter.text[incident.start : incident.end]
        incident.description = as_said(incident.description)
    for number in letter.unread:
        number.text = letter.text[number.start : number.end]
    for answer in letter.answers:
        answer.question_text = as_said(answer.question_text)
        answer.breakdown = answer.breakdown and as_said(answer.breakdown)
        for citation in answer.citations:
            citation.as_cited = letter.text[citation.start : citation.end]


def _head(letter: Letter, header: Header) -> None:
    for name in ("authority", "authority_code", "authority_how", "regime", "reference", "received_on", "received_how", "responded_on"):
        setattr(letter, name, getattr(header, name))
    letter.review_reasons = list(header.doubts)


# answers ---------------------------------------------------------------------------------------------------------------


def _answers(letter: Letter, aligned: Aligned, header: Header) -> None:
    regime = header.regime or "FOIA"
    read: dict[Parts, list[Answer]] = {}
    known = [p.path for p in aligned.pairs]
    subject = ""
    stated: Period | None = None
    asked_of: dict[int, Asked] = {}
    before: Asked | None = None  # the last question that named its period
    said_before = ""
    for pair in aligned.pairs:
        context = pair.context + "\n" + aligned.contexts.get(pair.section, aligned.request_context)
        q = pair.question
        asked = understand(
            f"{said_before} {q.text}" if _AS_BEFORE.match(q.text) else q.text,
            context if q.text or context.strip() else "",
            subject,
            q.kind if q.measure != "other" or q.period_start else None,
            q.measure if q.measure != "other" else None,
        )
        if q.period_start:
            asked.periods = [Period(q.period_kind, q.period_start, q.period_end)]
            asked.own_period = True
        elif not asked.own_period and len(pair.path) > 1:
            parent = next((asked_of[id(p)] for p in aligned.pairs if p.path == pair.path[:-1] and id(p) in asked_of), None)
            if parent and parent.own_period:
                asked.periods, asked.per_year = parent.periods, parent.per_year
        lent = not asked.periods or asked.relative or _THESE_YEARS.search(q.text)
        if not asked.own_period and lent and before is not None and _SAME_TIME.search(q.text):
            asked.periods, asked.per_year = before.periods, asked.per_year or before.per_year
        if asked.own_period:
            before = asked
        said_before = asked.text if asked.text.strip() else said_before
        asked_of[id(pair)] = asked
        pair.wants = main_measure(asked)
        if any(k in q.text.lower() for k in ("breach", "cyber", "claim", "incident", "attack", "compensation", "ransom", "damages", "paid out", "payout")):
            subject = q.text
        elif not subject:
            subject = context.strip()[-300:]
    _close_open(aligned, asked_of)
    _school_years(asked_of)
    last_series: list[Period] = []
    for pair in aligned.pairs:
        asked = asked_of[id(pair)]
        series = asked.periods if len(asked.periods) > 1 else last_series
        rows, stated = _one(letter, pair, asked, aligned, regime, read, known, stated, series)
        for row in rows if pair.unasked else ():
            row.doubt("question_not_in_request")
        dates = [(a.period_start, a.period_end, a.period_kind) for a in rows if a.value is not None and a.period_start]
        if len(set(dates)) > 1:
            last_series = [Period(kind, start, end) for start, end, kind in dict.fromkeys(dates)]
        read[pair.path] = [*read.get(pair.path, []), *rows] if pair.path in read and pair.section == 0 else rows
        letter.answers += rows
    share_groups(letter, aligned, asked_of)
    lend_note(letter, aligned, regime)
    year_of_figures(letter, aligned, asked_of)
    cut_years(letter)
    unread_numbers(letter, aligned)
    doubt_end(letter, aligned)


def _close_open(aligned: Aligned, asked_of: dict[int, Asked]) -> None:
    """A reply that opens with "Between 1 March 2015 and 9 August 2020:" closes the questions' "since March 2015"."""
    for pair in aligned.pairs:
        asked = asked_of[id(pair)]
        span = asked.span
        if span is None or span.end is not None:
            continue
        for line in aligned.response_opening.get(pair.section, []):
            stated = [p for p in find_periods(line.text) if p.start] if line.text.rstrip().endswith(":") else []
            if len(stated) == 1 and stated[0].start == span.start and stated[0].end:
                asked.periods = [stated[0]]


def _school_years(asked_of: dict[int, Asked]) -> None:
    """Years of two numbers are academic ones throughout a letter that asks for such, and nowhere for financial years."""
    said = " ".join(asked.text for asked in asked_of.values())
    if quick.search(r"\b(?:academic|school) years?\b", said, re.I) and not quick.search(r"\bfinancial|\bfiscal|\bApril\b", said, re.I):
        for asked in asked_of.values():
            asked.schooled = True
            asked.periods = [academic(p, "academic") for p in asked.periods]


_NONE_FIRST = re.compile(r"\W*(?:none|nil|zero|0)\s*(?:[.;\n]|[-–—]\s|$)", re.I)  # "None. This is exempt under …"


def _one(
    letter: Letter,
    pair: Pair,
    asked: Asked,
    aligned: Aligned,
    regime: str,
    read: dict[Parts, list[Answer]],
    known: list[Parts],
    stated: Period | None,
    series: list[Period],
) -> tuple[list[Answer], Period | None]:
    text = letter.text
    if not pair.lines:
        row = make_row(pair, asked, "unanswered")
        row.doubt("no_answer_found")
        return [row], stated
    said = text[pair.lines[0].start : pair.lines[-1].end]
    target, points = points_at(said, pair.path, known)
    if points:
        return pointed_rows(pair, asked, target, read, pair.lines), stated
    pair.lines = rejoin(text, pair.lines)
    reading = read_figures(pair.lines, asked)
    pair.lines = explain_marks(text, reading, pair.lines)
    if pair.how == "parent" and any(f.value for f in reading.figures):
        row = make_row(pair, asked, "unanswered")  # a figure answers the question that it stands under, not that one's parts
        row.doubt("no_answer_found")
        return [row], stated
    if series:
        take_in_order(reading, series, said)
    rows: list[Answer] = []
    known_places = {i.start for i in letter.incidents}  # one table may answer several questions
    for grid in reading.list_grids:
        letter.incidents += [i for i in from_grid(text, grid, main_measure(asked), pair.question.label) if i.start not in known_places]
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
            row = make_row(pair, asked, "disclosed", listed[0].start, listed[0].end)
            return [row], stated
        pair.lines = [ln for ln in pair.lines if ln not in inside] or pair.lines
    if reading.list_grids and not reading.figures:
        grid = reading.list_grids[0]
        first, last = pair.lines[grid.first], pair.lines[grid.last]
        rows = [make_row(pair, asked, "disclosed", first.start, min(last.end, first.start + 240))]
        rest = [ln for k, ln in enumerate(pair.lines) if not any(g.first <= k <= g.last for g in reading.list_grids)]
        for verdict in judge(text, rest, asked, Reading(text_lines=rest)):
            if verdict.outcome in REFUSALS:  # the list is given, part of what was asked about it is not
                part = make_row(
                    pair, asked, "partly_withheld" if verdict.outcome == "withheld" else verdict.outcome, verdict.begin, verdict.stop
                )
                add_provisions(part, text, rest, aligned, regime)
                rows.append(part)
        return rows, stated
    verdicts = judge(text, part_notes(pair.lines)[0], asked, reading)
    own = {(p.start, p.end) for p in reading.stated}
    answer_period = reading.stated[0] if len(own) == 1 else None
    moneyed = money_test(asked, reading)
    whole = bool(OTHER_COUNT.search(said))
    said_nil = [f for f in reading.figures if f.value == 0 and f.kind in ("zero", "count")]
    if len(reading.figures) == 1 and said_nil and said_nil[0].period is None:
        verdict = Verdict("nil", said_nil[0].begin, pair.lines[-1].end, 0.0)
        reading.figures = spread_nil(verdict, asked, [], text) or reading.figures
    for figure in reading.figures:
        money = moneyed(figure) or (figure.kind == "suppressed" and "£" in text[figure.begin : figure.stop])  # "less than £500"
        row = figure_row(pair, asked, figure, answer_period, stated, money)
        if whole and row.measure == "breach_count" and row.unit == "count":
            row.measure = "incident_count"  # the body counts incidents, whatever it was asked
        rows.append(row)
    few = [row for row in rows if row.outcome == "suppressed"]
    if few and not any(v.outcome in REFUSALS for v in verdicts):
        for row in few:
            add_provisions(row, text, pair.lines, aligned, regime)
    if len(own) == 1 and answer_period and rows and not asked.own_period:
        stated = answer_period
    for verdict in verdicts:
        spread = spread_nil(verdict, asked, [], text) if verdict.outcome == "nil" else []
        if spread:
            rows += [figure_row(pair, asked, f, None, None, asked.kind == "money") for f in spread]
            continue
        row = make_row(pair, asked, verdict.outcome, verdict.begin, verdict.stop)
        if reading.figures and verdict.value is None:  # "The amount for 2023/24 is withheld", beside the other years' amounts
            named = {
                (p.start, p.end): p
                for p in find_periods(text[verdict.begin : verdict.stop])
                if p.start and p.kind in ("financial_year", "calendar_year", "academic_year")
            }
            if len(named) == 1:
                set_period(row, next(iter(named.values())))
        if verdict.value is not None:
            row.value = row.low = row.high = verdict.value
            row.unit = "GBP" if asked.kind == "money" else "percent" if asked.kind == "percentage" else "count"
            if not asked.own_period and (answer_period or stated):
                set_period(row, answer_period or stated)
        row.qualifier = verdict.qualifier
        for doubt in verdict.doubts:
            row.doubt(doubt)
        if verdict.outcome in REFUSALS and not reading.figures and _NONE_FIRST.match(said):
            row.doubt("outcomes_conflict")
        if pair.how == "parent":
            row.doubt("parent_answer")
        add_provisions(row, text, pair.lines, aligned, regime)
        row.links = links_in(said) if verdict.outcome in ("already_accessible", "disclosed") else []
        rows.append(row)
    if pair.how == "assumed":
        one_measure(rows)
    same_kinds(rows)
    if not rows:
        row = make_row(pair, asked, "unclear", pair.lines[0].start, pair.lines[0].end)
        row.doubt("no_figure_found")
        rows.append(row)
    for row in rows if reading.crowded else ():
        row.doubt("line_of_many_figures")
    _single_figure_doubt(rows, asked, reading)
    return rows, stated


_AS_BEFORE = quick.compile(r"\W*(?:(?:and|what about|the same|likewise|ditto|same question)\s(?:\w+\s)?(?:for|in|on|about)\b)", re.I)
_THESE_YEARS = quick.compile(r"\b(?:these|those|the same|each of these|each of those)\s(?:\w+\s){0,2}(?:years|periods)\b", re.I)
_SAME_TIME = quick.compile(
    r"\b(?:those|these|the same|each of the|same|such|over the|that|this|in the last|in those|for each)\s(?:\w+\s){0,2}(?:years?|periods?|time|months)\b|\bas above\b|\byear by year\b|\bof (?:them|these|those)\b|\bthem\b|\bthose\b|\bthese\b",
    re.I,
)


# what only shows when all answers are read -------------------------------------------------------------------------------


def _single_figure_doubt(rows: list[Answer], asked: Asked, reading: Reading) -> None:
    """One undated figure for a question that wants one for each of several years."""
    figures = [r for r in rows if r.value is not None]
    if len(figures) == 1 and asked.per_year and len(asked.periods) > 1 and reading.figures and reading.figures[0].period is None:
        f = reading.figures[0]
        if f.value != 0 and not quick.search(r"\btotal\b|\bin all\b|\boverall\b", f.words, re.I) and not f.total:
            figures[0].doubt("open_period_assumed")


def _places(letter: Letter, document: Document) -> None:
    if not document.pages and not document.doubtful:
        return
    things: list[Answer | Incident | Unread] = [*letter.answers, *letter.incidents, *letter.unread]
    for thing in things:
        if thing.start is not None:
            thing.page = document.page_at(thing.start)
    for answer in letter.answers:
        if (
            answer.start is not None
            and answer.end is not None
            and any(d.start < answer.end and answer.start < d.end and d.confidence < 1 for d in document.doubtful)
        ):
            answer.doubt("low_confidence_text")


def read_answer(text: str, question: Question, regime: str = "FOIA") -> list[Answer]:
    """Read one answer's text by itself (a cell of a tracker sheet); offsets point into `text`."""
    return read_alone(text, question, regime).answers


def read_alone(text: str, question: Question, regime: str = "FOIA") -> Letter:
    """Read a text that is the answer to one question and does not name it (a spreadsheet that was sent along), with its incidents."""
    letter = Letter("", plain(text), regime=regime)
    lines = split_lines(letter.text)
    pair = Pair(
        replace(question, start=None, end=None),
        tuple(re.findall(r"\d+|[a-z]+", question.label.lower())) or ("1",),
        0,
        lines,
        "own" if lines else "none",
    )
    aligned = Aligned([pair], "", {}, {}, [], [], [])
    _answers(letter, aligned, Header(regime=regime))
    letter.text = text
    _quote(letter)
    letter.answers = verify(text, letter.answers, letter.incidents)
    return letter


__all__ = ["Citation", "read_alone", "read_answer", "read_letter", "words"]
