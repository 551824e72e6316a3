"""Letters, answers and tables as JupyterLab shows them: marked, escaped, personal data masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from foi_lib.analysis.words import plural
from foi_lib.errors import FoiError
from foi_lib.reports import words
from foi_lib.reports.marks import Mark, text_html
from foi_lib.reports.masks import find_personal, masked
from foi_lib.reports.tables import table_html
from foi_lib.reports.words import esc, is_missing

if TYPE_CHECKING:
    import pandas as pd

    from foi_lib.letters.model import Answer, Letter

ROWS = 25  # of a table, and of a letter's answers
# the columns of a table that tell most, in order; the others are there for programs
TOLD = (
    "authority", "reference", "status", "question", "measure", "period", "date", "kind", "value", "outcome", "provisions", "section",
    "as_cited", "description", "department", "category", "text", "quote", "received_on", "responded_on", "working_days", "on_time", "what",
    "reason", "review_reasons",
)  # fmt: skip
_FRAME = "max-height:34rem;overflow:auto;border:1px solid #bbb;padding:.6rem .9rem"
_PLAIN = "white-space:pre-wrap;line-height:1.6"
_NOTE = "border-left:4px solid #b98900;margin:.2rem 0 .4rem;padding:.1rem .6rem;font-size:.9em;white-space:normal"


def unstyled(html: str) -> str:
    """Marked text for a place that has not the reports' style sheet: no line break of the HTML's own, and empty lines with a height."""
    return html.replace("\n", "").replace('<div class="ln"></div>', '<div class="ln"><br></div>')


def letter_html(letter: Letter, show_personal_data: bool = False) -> str:
    """The whole letter, each passage that was read marked, with what was read below its line; the numbers that nothing claims, too."""
    marks = [Mark(a.start, a.end, "read", f"answer-{n}") for n, a in enumerate(letter.answers) if a.start is not None and a.end is not None]
    marks += [Mark(i.start, i.end, "listed") for i in letter.incidents if i.start is not None and i.end is not None]
    marks += [Mark(u.start, u.end, "unread") for u in letter.unread]
    notes: dict[int, list[str]] = {}
    for answer in letter.answers:
        if answer.start is not None and answer.end is not None:
            at = max(answer.start, answer.end - 1)
            notes.setdefault(at, []).append(f'<div style="{_NOTE}">{summary(answer)}</div>')
    masks = [] if show_personal_data else find_personal(letter.text)
    told = [letter.authority or "sender not known", letter.reference or "", words.day(letter.responded_on)]
    counts = f"{plural(len(letter.answers), 'answer')}, {plural(len(letter.unread), 'number')} not read"
    silent = [a for a in letter.answers if a.start is None]
    return (
        f"<div><p><strong>{esc(letter.file)}</strong>: {esc(', '.join(t for t in told if t))}; {counts}</p>"
        f"{_doubts(letter.problems + letter.review_reasons)}"
        f'<div style="{_FRAME}"><div style="{_PLAIN}">{unstyled(text_html(letter.text, marks, masks, notes))}</div></div>'
        + (f"<p>No answer found to: {esc(', '.join(a.question for a in silent))}.</p>" if silent else "")
        + "</div>"
    )


def answer_html(answer: Answer) -> str:
    """One answer: what was read, from which words, under what provision, and what a person should look at."""
    rows = [("Question", esc(masked(answer.question_text))), ("Read", summary(answer))]
    if answer.quote:
        rows.append(("From", f"<mark>{esc(masked(answer.quote))}</mark>" + (f" (page {answer.page})" if answer.page else "")))
    rows += [("Relies on", esc("; ".join(answer.provisions)))] if answer.provisions else []
    rows += [("As cited", esc("; ".join(answer.as_cited)))] if answer.as_cited != answer.provisions else []
    rows += [("Points at", f"question {esc(answer.refers_to)}")] if answer.refers_to else []
    rows += [("Derived", esc(answer.derived_by))] if answer.derived_by else []
    rows += [("Look", esc(", ".join(answer.review_reasons).replace("_", " ")))] if answer.needs_review else []
    left = 'style="text-align:left"'
    cells = "".join(f'<tr><th scope="row" {left}>{name}</th><td {left}>{said}</td></tr>' for name, said in rows)
    return f"<table><tbody>{cells}</tbody></table>"


def summary(answer: Answer) -> str:
    """ "Question 1, data breaches, 2017: ● answered 6 (known)", as HTML."""
    row = asdict(answer)
    told = [f"Question {answer.question}"] + ([] if answer.measure == "other" else [words.measure(answer.measure)])
    told += [part for part in (words.period(row), answer.breakdown) if part]
    figure = words.figure(row)
    return f"{esc(', '.join(told))}: {words.outcome_html(answer.outcome)}" + (f" <strong>{esc(figure)}</strong>" if figure else "")


def place_in(letter: Letter, answer: Answer, around: int = 300, show_personal_data: bool = False) -> str:
    """The words of an answer in its letter, marked, with `around` characters on each side, as HTML."""
    if answer.start is None or answer.end is None:
        return answer_html(answer)
    begin, stop = max(0, answer.start - around), min(len(letter.text), answer.end + around)
    found = [] if show_personal_data else find_personal(letter.text)
    masks = [type(m)(m.start - begin, m.end - begin, m.kind) for m in found if begin <= m.start and m.end <= stop]
    body = unstyled(text_html(letter.text[begin:stop], [Mark(answer.start - begin, answer.end - begin, "read")], masks))
    where = f"{letter.file}{f', page {answer.page}' if answer.page else ''}"
    return f'<div><p>{summary(answer)}<br>{esc(where)}</p><blockquote style="{_PLAIN}">{body}</blockquote></div>'


def is_ours(frame: pd.DataFrame) -> bool:
    """Whether a DataFrame is a table of a request, or a part of one: its columns say so."""
    columns = set(frame.columns)
    return {"slug", "request"} <= columns and bool(columns & {"answer_id", "incident_id", "status", "text", "section"})


def frame_html(frame: pd.DataFrame) -> str | None:
    """A table of a request as reports show it: the telling columns, outcomes with their shapes, the words in a fold; None for any other
    DataFrame, which pandas shows."""
    if not is_ours(frame):
        return None
    head = frame.head(ROWS)
    columns = [c for c in TOLD if c in head.columns or (c == "period" and "period_start" in head.columns)]
    note = f"{len(frame):,} rows and {frame.shape[1]} columns; the first {len(head)} rows, and the columns that tell most."
    try:
        return table_html(head, columns=columns, note=note)
    except FoiError:  # a part of a table that has lost the names of its rows
        return None


def _doubts(reasons: Sequence[Any]) -> str:
    said = [str(reason).replace("_", " ") for reason in reasons if not is_missing(reason)]
    return f"<p>To be looked at: {esc(masked('; '.join(said)))}.</p>" if said else ""
