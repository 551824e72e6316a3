"""Last step: every span is the letter's own text, parts add up to stated totals, and doubt has a name.

`REASONS` lists every reason for review, with what a person should look at. Each has a test in which it fires and one in
which it does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from foi_lib.letters.model import Answer, Incident

REASONS = {
    "total_differs": "a stated total is not the sum of its parts",
    "rows_differ": "the list of incidents has not as many rows as the figure stated beside it",
    "table_cells_run_together": "a table's cells had lost the gaps between them; the split is a reading",
    "column_heads_uncertain": "it is not certain which heading belongs to which column",
    "row_without_period": "rows of a table carry no period",
    "period_assumed": "the figure's period is taken from elsewhere than its own line, the question or the request",
    "period_missing": "the figure has no period, though others in the letter have one",
    "same_slot": "several figures stand for one question, period and part: which is which is not certain",
    "open_period_assumed": "one figure for a question about several years: it may be their total or one year's",
    "provision_malformed": "the provision as cited cannot be right; what it resolves to is a reading",
    "provision_unknown": "the Act has no such provision",
    "ncnd_hint": "the refusal speaks of confirming or denying without saying that it does neither",
    "outcomes_conflict": "one answer holds words for two outcomes",
    "no_figure_found": "the question asks for a figure and none was found in the answer",
    "figure_in_prose": "a figure in running text that may be context rather than the answer",
    "count_not_read": "the answer is read without a figure, yet something is counted in it",
    "text_breaks_off": "the text ends in the middle of this answer, and what followed is not known",
    "nil_far_from_start": "the words for none stand late in the answer and may be about something else",
    "unexplained_mark": "a mark (such as *) stands in a cell for a figure",
    "value_unusual": "the figure is out of proportion to its neighbours",
    "measure_differs": "the answer counts something else than the question asked for",
    "block_answer": "figures in one block of answer were shared out among several questions",
    "line_of_many_figures": "a line holds more figures than can be told apart (300); none of them was read",
    "question_assumed": "the letter shows no question: what its figures answer is a reading of the words above them",
    "parent_answer": "the answer to the question above is taken for its parts too",
    "figure_from_other_answer": "the figure stands in the answer that this one points at, not in its own words",
    "reference_unresolved": "the answer points at another that could not be told",
    "no_answer_found": "no answer was found to this question",
    "low_confidence_text": "the words were recognised from a picture (a scan or a photo), and a figure or a label may be misread",
    "question_not_in_request": "the letter answers a question that the request does not hold",
    "differs_from_keyed": "the figure keyed by hand is another",
    "read_from_attachment": "the answer points at what was sent along, and the figure is from a table there that does not name the question",
    "hidden_in_file": "the words stand in a hidden sheet, row or column, which whoever opens the file does not see",
    "attachment_not_read": "the answer points at what was sent along, and no answer was found there",
    "regime_against_nation": "the Act named is not that of the authority's nation",
    "authority_uncertain": "more than one authority could be the sender",
    "reply_before_receipt": "the reply is dated before the request was received",
}


COUNTED_BY = {
    "breach": ("breach_count",),
    "incident": ("incident_count",),
    "cyber_incident": ("cyber_incident_count", "cyber_attack_count"),
}


def verify(text: str, answers: list[Answer], incidents: Sequence[Incident] = ()) -> list[Answer]:
    """Check places and sums; adds reasons, never changes a figure. Raises AssertionError where a span is not the letter's."""
    for answer in answers:
        if answer.start is not None and answer.end is not None:
            answer.quote = text[answer.start : answer.end]
        for reason in answer.review_reasons:
            assert reason in REASONS, reason
    _slots(answers)
    _totals(answers)
    _rows(answers, incidents)
    _unusual(answers)
    return answers


def _slots(answers: list[Answer]) -> None:
    """Two figures for one question, measure, unit, period and part cannot both be its answer."""
    slots: dict[tuple[str | None, ...], list[Answer]] = defaultdict(list)
    for a in answers:
        if a.value is not None and not a.refers_to:
            slots[(a.question, a.measure, a.unit, a.period_start, a.period_end, a.breakdown, a.derived_by)].append(a)
    for group in slots.values():
        if len({a.value for a in group}) > 1 or len({a.start for a in group}) > 2:  # one figure three times over is more than a repetition
            for a in group:
                a.doubt("same_slot")
    dated = sum(a.period_start is not None for a in answers if a.value is not None)
    for a in answers:
        if (
            a.value is not None
            and a.period_start is None
            and dated
            and a.unit in ("count", "GBP")
            and not a.refers_to
            and a.measure != "other"
        ):
            a.doubt("period_missing")


def _totals(answers: list[Answer]) -> None:
    groups: dict[tuple[str, str, str | None, str | None, str | None], list[Answer]] = defaultdict(list)
    for a in answers:
        if a.value is not None or a.outcome == "suppressed":
            groups[(a.question, a.measure, a.period_start, a.period_end, a.unit)].append(a)
    for group in groups.values():
        totals = [a for a in group if a.breakdown is None and a.derived_by == "stated_total"]
        parts = [a for a in group if a.breakdown is not None]
        if len(totals) == 1 and len(parts) > 1 and all(p.value is not None for p in parts) and not _overlap(parts):
            added = sum(p.value or 0 for p in parts)
            if totals[0].value is not None and abs(added - totals[0].value) > 0.5:
                totals[0].doubt("total_differs")
    for a in answers:
        if a.derived_by == "stated_total":
            a.derived_by = None


def _rows(answers: list[Answer], incidents: Sequence[Incident]) -> None:
    """Rows of each list of incidents, kind by kind and year by year, against the figures stated for them.

    A figure may stand before or after its list ("1: 6", "1.2: table", "2: 6"): the nearest before is meant, else the first
    after. Years of which the list holds nothing are not its subject; and a list that tells no kinds apart agrees where it
    has as many rows as all the figures together.
    """
    order = {a.question: n for n, a in enumerate(answers)}
    counts = [a for a in answers if a.unit == "count" and a.value is not None and not a.breakdown and not a.refers_to]
    for question in dict.fromkeys(i.question for i in incidents):
        listed = [i for i in incidents if i.question == question]
        kinds = {i.kind for i in listed}
        whole = sum(a.value or 0 for a in counts if any(a.measure in measures for measures in COUNTED_BY.values()))
        if len(kinds) == 1 and len(listed) == whole:
            continue
        for kind, measures in COUNTED_BY.items():
            rows = [i for i in listed if i.kind == kind]
            figures = [a for a in counts if a.measure in measures]
            before = [a for a in figures if order[a.question] <= order.get(question or "", len(order))]
            near = next(iter(before[-1:] or figures[:1]), None)
            figures = [a for a in figures if near is not None and a.question == near.question]
            if len(figures) > 1 and not all(i.date for i in rows):
                continue
            for figure in figures:
                inside = sum(_within(i, figure) for i in rows)
                if inside and inside != figure.value:
                    figure.doubt("rows_differ")


def _within(incident: Incident, figure: Answer) -> bool:
    """Whether an incident can be one of those that a figure counts: it is not dated outside the figure's period."""
    if not incident.date or not figure.period_start:
        return True
    length = len(incident.date)  # "2017-08" is held against months, "2017" against years
    return figure.period_start[:length] <= incident.date <= (figure.period_end or "9999-12-31")[:length]


def _overlap(parts: list[Answer]) -> bool:
    """Rows that are not parts of one whole: the same breakdown twice, or "of which"."""
    names = [p.breakdown for p in parts]
    return len(set(names)) < len(names) or any("of which" in (n or "").lower() for n in names)


def _unusual(answers: list[Answer]) -> None:
    series: dict[tuple[str, str, str | None, str, str | None], list[Answer]] = defaultdict(list)
    for a in answers:
        if a.value is not None and a.period_start:
            series[(a.question, a.measure, a.breakdown, a.period_kind, a.unit)].append(a)
    for group in series.values():
        values = sorted(a.value or 0 for a in group)
        if len(values) < 3:
            continue
        middle = values[len(values) // 2]
        for a in group:
            if middle >= 5 and (a.value or 0) > 50 * middle:
                a.doubt("value_unusual")
