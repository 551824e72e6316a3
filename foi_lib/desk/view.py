"""The desk's two panes as HTML: the letter with its marks, and what was read. All that comes from outside is escaped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foi_lib.analysis.quality import REASON_WORDS
from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.marks import Mark, PageBreak, text_html
from foi_lib.reports.masks import find_personal
from foi_lib.reports.words import esc, is_missing

AROUND = 20_000  # characters of a long letter that are shown on either side of the words looked at
HERE = "foi-here"  # the id of the words looked at
Row = Mapping[str, Any]


def letter_html(case: Case, row: Row) -> str:
    """The letter that the answer is from, every used passage marked, the one looked at most of all; for a keyed answer, its source."""
    file = case.files.get(str(row.get("file"))) if not is_missing(row.get("file")) else None
    if file is None or is_missing(row.get("start")):
        whole = next((one for one in case.files.values() if one.slug == row["slug"]), None)
        if whole is None or row["source"] == "keyed":
            return _source_html(case, row)
        file = whole  # no words were found: the letter is shown from its beginning
    start, end = (0, 0) if is_missing(row.get("start")) or row.get("file") != file.name else (int(row["start"]), int(row["end"]))
    begin, stop = max(0, start - AROUND), min(len(file.text), end + AROUND)
    begin = file.text.rfind("\n", 0, begin) + 1 if begin else 0
    marks = [Mark(start - begin, end - begin, "here", HERE)] if end > start else []
    for table, kind in (("answers", "read"), ("unread", "unread")):
        for other in case.rows(table, file.slug):
            if other.get("file") == file.name and not is_missing(other.get("start")):
                one = Mark(int(other["start"]) - begin, int(other["end"]) - begin, kind)
                marks += [one] if one.start >= 0 and one.end <= stop - begin else []
    found = [] if case.personal_data else find_personal(file.text, case.places, case.people)
    number = not is_missing(row.get("value"))  # a figure that looks like a telephone number is what is to be judged
    found = [m for m in found if not (number and m.kind == "telephone number" and m.start < end and start < m.end)]
    shown = [m for m in found if begin <= m.start and m.end <= stop]
    masks = [type(m)(m.start - begin, m.end - begin, m.kind) for m in shown]
    breaks = [PageBreak(page.start - begin, page.label) for page in file.pages if begin <= page.start <= stop]
    body = text_html(file.text[begin:stop], marks, masks, None, breaks)
    cut = '<p class="foi-cut">… the letter is long: only the part around these words is shown.</p>'
    return f"<h4>{esc(file.name)}</h4>{cut if begin else ''}<div class='foi-text'>{body}</div>{cut if stop < len(file.text) else ''}"


def _source_html(case: Case, row: Row) -> str:
    """Where a figure without a letter was found."""
    url = words.web_link(row.get("source_url"))
    link = f'<p><a href="{esc(url)}" target="_blank" rel="noreferrer">{esc(url)}</a></p>' if url else ""
    return f"<h4>No letter of it is held here</h4><p>{esc(case.place(row))}</p>{link}"


def reading_html(case: Case, row: Row, hangs: str = "", done: str | None = None) -> str:
    """What was read, and why to look: its doubts, and the headlines that hang on it; the keyed figure and an earlier decision beside it."""
    figure = words.figure(row)
    said = f"{words.outcome_html(row['outcome'])} <strong>{esc(figure)}</strong>" if figure else words.outcome_html(row["outcome"])
    lines = [("Read", said)]
    period, measure = words.period(row), "" if is_missing(row.get("measure")) else words.measure(row["measure"])
    facts = [("What", esc(measure)), ("For", esc(period)), ("Part", esc(row.get("breakdown")))]
    law = "" if is_missing(row.get("provisions")) else str(row["provisions"])
    facts += [("Relies on", esc(law)), ("Derived", esc(row.get("derived_by"))), ("Points at", esc(row.get("refers_to")))]
    if not is_missing(row.get("quote")):
        facts.append(("In its words", f"“{esc(_short(case.mask(row['quote'])))}”"))
    if (beside := _beside(row, "keyed")) and not is_missing(row.get("keyed_outcome")):
        facts.append(("Keyed by hand", beside))
    if row["source"] == "correction" and not is_missing(row.get("machine_outcome")):
        facts.append(("The program reads", _beside(row, "machine")))
    if not is_missing(row.get("decision")):
        told = f"{row['decision']} by {row['decided_by']}, {words.day(row['decided_on'])}"
        facts.append(("Decided", esc(told)))
    lines += [(name, html) for name, html in facts if html]
    if not is_missing(row.get("review_reasons")):
        doubts = "".join(f"<li>{esc(REASON_WORDS.get(one, one.replace('_', ' ')))}</li>" for one in str(row["review_reasons"]).split("; "))
        lines.append(("Why look", f"<ul>{doubts}</ul>"))
    if hangs:
        lines.append(("Hangs on it", esc(hangs)))
    table = "".join(f'<tr><th scope="row">{name}</th><td>{html}</td></tr>' for name, html in lines)
    asked = "" if is_missing(row.get("question_text")) else f": {esc(case.mask(row['question_text']))}"
    mine = f'<p class="foi-done">You {esc(done)} this answer.</p>' if done else ""
    name = f'<h3 data-answer="{esc(row["answer_id"])}">{esc(row["authority"])}</h3>'
    return f"{name}<p>Question {esc(row['question'])}{asked}</p>{mine}<table>{table}</table>"


def _beside(row: Row, who: str) -> str:
    """Another's outcome and figure."""
    value, outcome = row.get(f"{who}_value"), row.get(f"{who}_outcome")
    ends = {name: row.get(f"{who}_{name}") for name in ("low", "high")}
    figure = words.figure({"value": value, **ends, "unit": row.get("unit")})
    return esc(f"{words.outcome_words(outcome)}{': ' if figure else ''}{figure}")


def _short(text: str, most: int = 280) -> str:
    said = " ".join(text.split())
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"
