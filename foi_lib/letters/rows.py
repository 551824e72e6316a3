"""One `Answer` a figure or verdict: its measure, period, unit, provisions and doubts."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.align import Aligned, Pair
from foi_lib.letters.asked import Asked, count_measures, main_measure, measure_of
from foi_lib.letters.figures import Figure, Reading
from foi_lib.letters.labels import Parts, label_text
from foi_lib.letters.lines import Line
from foi_lib.letters.model import Answer
from foi_lib.letters.provisions import cites_unknown, relied_on
from foi_lib.letters.spans import Period

REFUSALS = ("withheld", "partly_withheld", "neither_confirmed_nor_denied", "cost_limit", "vexatious_or_repeated")


def make_row(pair: Pair, asked: Asked, outcome: str, begin: int | None = None, stop: int | None = None) -> Answer:
    span = asked.span
    q = pair.question
    row = Answer(
        q.label,
        q.text,
        main_measure(asked),
        pair.heading if pair.heading not in ("", "sub") else None,
        outcome=outcome,
        start=begin,
        end=stop,
        kind=asked.kind,
    )
    set_period(row, span)
    if pair.how == "assumed":
        row.doubt("question_assumed")
    return row


def set_period(row: Answer, period: Period | None) -> None:
    if period is None or not period.start:
        row.period_kind, row.period_start, row.period_end = "unstated", None, None
        return
    row.period_kind = (
        period.kind
        if period.kind in ("calendar_year", "financial_year", "academic_year", "month", "quarter", "day", "range", "open")
        else "range"
    )
    row.period_start, row.period_end, row.partial_period = period.start, period.end, period.partial
    if period.end is None:
        row.partial_period = True
        row.period_kind = "open" if row.period_kind in ("range", "day", "month") else row.period_kind


def figure_row(pair: Pair, asked: Asked, figure: Figure, answer_period: Period | None, stated: Period | None, money: bool) -> Answer:
    row = make_row(pair, asked, "disclosed", figure.begin, figure.stop)
    row.value, row.low, row.high = figure.value, figure.low, figure.high
    if figure.kind in ("not_held", "not_applicable"):
        row.outcome, row.unit = figure.kind, None
        set_period(row, figure.period)
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
    set_period(row, period)
    for doubt in figure.doubts:
        row.doubt(doubt)
    if period is not None and period.assumed:
        row.doubt("period_assumed")
    if pair.how == "parent":
        row.doubt("parent_answer")
    return row


def one_measure(rows: list[Answer]) -> None:
    """Counts of a page with no question: the parts of a table count what its totals count."""
    known = {row.measure for row in rows if row.unit == "count" and row.measure not in ("other", "ico_reported_count")}
    for row in rows:
        if len(known) == 1 and row.unit == "count" and row.measure == "other" and row.value is not None:
            row.measure = next(iter(known))


def same_kinds(rows: list[Answer]) -> None:
    """Where some kinds of a split are no cyber ones, the split is one of breaches: "Post 12, Lost device 6, Other 48"."""
    if any(row.measure == "breach_count" and row.breakdown for row in rows):
        for row in rows:
            if row.measure.startswith("cyber") and row.breakdown and row.value is not None and not _CYBER_WORDS.search(row.breakdown):
                row.measure = "breach_count"


def money_test(asked: Asked, reading: Reading):  # type: ignore[no-untyped-def]
    """A test of which figures are money: those with a sign, and those without where nothing beside them tells them apart."""
    signed = [f for f in reading.figures if f.kind == "money"]
    names = {(f.breakdown or "").lower() for f in signed}
    columns = {f.column for f in signed if f.column >= 0}
    tabled = [f for f in reading.figures if f.column >= 0 and f.value]
    plain_rows = {f.row for f in tabled} - {f.row for f in signed}
    pure_rows = {f.row for f in signed if f.row >= 0} - {f.row for f in tabled if f.kind != "money"}
    other_columns = {f.column for f in reading.figures if f.column >= 0 and f.kind != "money" and f.value != 0}
    plain_columns = {f.column for f in tabled} - columns
    pence = _columns_of_pence(reading.figures)
    rows = {f.row for f in signed if f.row >= 0} if plain_rows and not plain_columns else set()  # signs go by row, not by column

    def test(figure: Figure) -> bool:
        if figure.kind == "money":
            return True
        if figure.kind == "percent":
            return False
        if pence:
            return id(figure) in pence
        if figure.value == 0 and figure.row in pure_rows and figure.column not in other_columns:
            return True  # "£2,484.31 | £85.50 | 0": a row of sums, whose nil has no sign
        if figure.column >= 0 and columns:
            return (figure.row in rows if rows else figure.column in columns) and not figure.counted
        if figure.counted:
            return False
        if signed:
            in_the_gap = figure.period is not None and not any(_same_time(figure, f) for f in signed)  # one year's sign left out
            alone = asked.kind == "money" and "count" not in asked.kinds and figure.breakdown is None and in_the_gap
            return ((figure.breakdown or "").lower() in names and (bool(figure.breakdown) or figure.kind == "zero")) or (
                alone and _money_here(asked, figure)
            )
        return _money_here(asked, figure)

    return test


def _columns_of_pence(figures: list[Figure]) -> set[int]:
    """Sums with no sign, told by their pence from the counts beside them: "2014-15 41,208.66 62" """
    plain = [f for f in figures if f.kind == "count" and f.value and f.value < 1e12 and not f.counted]
    pence = [f for f in plain if f.value is not None and f.value >= 100 and f.value != int(f.value) and abs(f.value * 100 - round(f.value * 100)) < 1e-6]
    whole = [f for f in plain if f.value == int(f.value or 0)]
    columns = {f.column for f in pence if f.column >= 0}
    if columns and columns.isdisjoint(f.column for f in plain if f.column >= 0 and f not in pence and sum(p.column == f.column for p in pence) < 2):
        return {id(f) for f in plain if f.column in columns}  # "19,400" among sums with pence
    times = {f.period.dates for f in pence if f.period}
    beside = times & {f.period.dates for f in whole if f.period}
    return {id(f) for f in pence} if len(pence) > 1 and len(pence) == len(whole) and len(beside) == len(times) else set()


def _same_time(one: Figure, other: Figure) -> bool:
    return (
        other.period is not None and one.period is not None and (one.period.start, one.period.end) == (other.period.start, other.period.end)
    )


def _money_here(asked: Asked, figure: Figure) -> bool:
    """Is a figure with no pound sign money, because the question or the heading makes it so?"""
    if quick.search(
        r"£|\bgbp\b|\bpounds\b|\bamount|\bcost|\bspen[dt]|\bpaid\b(?! by)|\bpayments? to\b|\bcompensation\b(?! claims?)", figure.words, re.I
    ) and not quick.search(r"\b(?:number|no\.|claims?|how many)\b", figure.words, re.I):
        return asked.kind == "money" or "£" in figure.words or bool(quick.search(r"\bgbp\b|\bpounds\b|\bamount|\bcost", figure.words, re.I))
    if asked.kind == "money" and "count" not in asked.kinds:
        return not quick.search(r"\b(?:claims?|cases|payments|people|incidents|breaches|notices|number|staff|fte)\b", figure.words, re.I)
    return False


_ICO_WORDS = re.compile(r"\b(?:ICO|information commissioner)\b", re.I)


OTHER_COUNT = quick.compile(
    r"(?:record|classif|treat|log|count|refer|categoris)\w*\s(?:\w+\s){0,3}(?:as|to)\s['‘’\"“]?(?:data|information|security|information security)\s(?:\w+\s)?incidents?",
    re.I,
)


def _measure(asked: Asked, figure: Figure, money: bool) -> str:
    given = asked.measures.get("given")
    if figure.kind == "percent":
        return "other"
    if money:
        base = given if given and asked.kind == "money" else asked.measures["money"]
        if (
            not given
            and base in ("cost_gbp", "other")
            and quick.search(r"\b(?:damages|compensation|pay-?outs?)\b", figure.words, re.I)
        ):
            return "compensation_paid_gbp"
        if quick.search(r"\b(?:legal|lawyers?|solicitors?)\b", figure.words, re.I) and base == "compensation_paid_gbp" and not given:
            return "cost_gbp"
        return base or "other"
    several = count_measures(asked.text) if not given else ()
    if len(several) > 1:
        own = measure_of(f"number of {_own_clause(figure)}", "count", asked.text)
        return own if own in several else several[0]
    if given and asked.kind in ("count", "details"):
        base = given if asked.kind == "count" else asked.measures["count"]
    else:
        base = asked.measures["count"]
    if base == "other" and asked.kind in ("details", "text") and _SPLIT.search(asked.text) and not count_words(figure.words):
        base = measure_of(asked.subject, "count") if asked.subject else base
    if base == "other" and (asked.kind != "count" or not asked.text.strip()):
        base = measure_of(f"number of {figure.words}", "count", asked.subject)
    said = figure.words
    if base == "other" and not given and _CLAIM_WORDS.search(said) and measure_of(asked.text, "money", asked.subject) == "compensation_paid_gbp":
        base = "compensation_claim_count"  # "765 claims, 176 accepted, £38,819 paid"
    kind = figure.breakdown or ""
    lent = base.startswith("cyber") and not given and not _CYBER_WORDS.search(asked.text)  # from the question before
    if lent and not _CYBER_WORDS.search(kind) and (_NOT_CYBER.search(kind) or _NON_CYBER.search(said)):
        base = "breach_count"  # post and paper, under a question about incidents of which some were cyber ones
    if base in ("breach_count", "incident_count", "cyber_incident_count", "cyber_attack_count") and not (given and asked.kind == "count"):
        if (
            _ICO_WORDS.search(said)
            and quick.search(r"\b(?:report|refer|notif|went|go(?:es|ne)?|told|self|put|sent|passed|inform(?:ed|ing))\b|\b(?:report|refer|notif)|\bto (?:the )?(?:ICO|information commissioner)", said, re.I)
            and not quick.search(r"\bICO\b", asked.text)
        ):
            return "ico_reported_count"
        if quick.search(r"\binformation security incidents?\b", said, re.I) and base == "breach_count":
            return "incident_count"
        if quick.search(r"\b(?:people|individuals|data subjects)\b.{0,20}\baffected\b", said, re.I):
            return "people_affected"
        if base.startswith("cyber") and figure.how == "table" and _BREACHES.search(said) and not quick.search(r"\bcyber|\battack", said, re.I):
            return "breach_count"  # the row counts breaches, whatever the question nearest to it asks
    return base


_BREACHES = quick.compile(r"\b(?:total|number of|all|no\.? of) (?:personal )?(?:data )?breaches\b", re.I)
_CLAIM_WORDS = re.compile(r"\b(?:claims?|accepted|repudiated|rejected)\b", re.I)
_CYBER_WORDS = re.compile(r"\bcyber|\battack|\bmalware|\bransom|\bphishing|\bhack", re.I)
_NOT_CYBER = re.compile(r"\b(?:post|paper\w*|letters?|verbal\w*|lost|stolen|theft|wrong|disclos\w+|e-?mail(?:ed)? to)\b", re.I)
_NON_CYBER = re.compile(r"\bnon-?\s?cyber", re.I)
_SPLIT = re.compile(r"\b(?:departments?|directorates?|services|service areas?|kinds?|types?|categor(?:y|ies)|causes?)\b", re.I)


def count_words(text: str) -> bool:
    """Do the words beside a figure name a thing that is counted?"""
    return measure_of(f"number of {text}", "count") != "other"


def _own_clause(figure: Figure) -> str:
    """The clause of the sentence that the figure stands in: "Of these, 4 were reported to the ICO, and 1,312 people were affected"."""
    if figure.value is None:
        return figure.words
    number = re.search(rf"(?<![\d,.]){figure.value:,.0f}(?![\d,]*\d)|(?<![\d,.]){figure.value:.0f}(?!\d)", figure.words)
    if number is None:
        return figure.words
    ends = [m.end() for m in re.finditer(r"[.;:]\s|,\s(?:and|of which|of these|with)\b|\bof (?:which|these|those)\b", figure.words)]
    begin = max((e for e in ends if e <= number.start()), default=0)
    stop = min((e for e in ends if e > number.end()), default=len(figure.words))
    return " ".join((figure.words[number.end() : stop] + " " + figure.words[begin : number.start()]).split())


def pointed_rows(pair: Pair, asked: Asked, target: Parts | None, read: dict[Parts, list[Answer]], lines: list[Line]) -> list[Answer]:
    """The other answer's outcome, values and provisions, with this answer's own words as the quote."""
    begin, stop = lines[0].start, lines[-1].end
    source = read.get(target) if target else None
    if not source:
        row = make_row(pair, asked, "unclear", begin, stop)
        row.refers_to = label_text(target) if target else None
        row.doubt("reference_unresolved")
        return [row]
    rows: list[Answer] = []
    kinds = {"count": "count", "money": "GBP", "percentage": "percent"}
    wanted = {kinds[k] for k in asked.kinds if k in kinds}
    for other in source:
        row = make_row(pair, asked, other.outcome, begin, stop)
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
            row.period_kind, row.period_start, row.period_end, row.partial_period = (
                other.period_kind,
                other.period_start,
                other.period_end,
                other.partial_period,
            )
        if "provision_malformed" in other.review_reasons:
            row.doubt("provision_malformed")
        rows.append(row)
    if not rows:
        row = make_row(pair, asked, source[0].outcome if source[0].value is None else "disclosed", begin, stop)
        row.refers_to = label_text(target) if target else None
        rows.append(row)
    return rows


def add_provisions(row: Answer, text: str, lines: list[Line], aligned: Aligned, regime: str) -> None:
    """The provisions that this outcome relies on."""
    if row.outcome not in (*REFUSALS, "already_accessible", "not_held", "suppressed"):
        return
    citations = relied_on(text, lines, row.outcome, regime)
    if not citations and cites_unknown(text, lines, regime):
        row.doubt("provision_unknown")
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


def links_in(text: str) -> list[str]:
    return [m.group().rstrip(".,;") for m in _LINK.finditer(text)]
