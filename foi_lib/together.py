"""The files of one response read together: an answer that says "see attached" is answered by what is attached.

A covering message and a spreadsheet are one response. What the message leaves to the spreadsheet is looked for in the spreadsheet, by
the question's label, by the measure that its headings name, or, where there is but one question and one table, as it stands; each
figure found so is for review. Where nothing is found, the answer is unclear and says so: it is never "available elsewhere".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from foi_lib.correspondence import message_time
from foi_lib.documents.model import Document
from foi_lib.letters.asked import main_measure, understand
from foi_lib.letters.lines import content
from foi_lib.letters.model import Answer, Letter, Question
from foi_lib.letters.read import read_alone
from foi_lib.request import Request, plain_label

FOUND, NOT_FOUND, HIDDEN = "read_from_attachment", "attachment_not_read", "hidden_in_file"
File = tuple[Document, Letter]
_FIGURE_KINDS = ("count", "money", "percentage")
_UNITS = {"count": ("count", "people"), "money": ("GBP",), "percentage": ("percent",)}


@cache
def _attached() -> re.Pattern[str]:
    return re.compile(
        r"\b(?:attach(?:ed|ment|ments)|enclos(?:ed|ure|ures)|accompanying|appendix|appendices|annexe?|spreadsheet|workbook"
        r"|separate (?:file|document|sheet|table|letter))\b",
        re.IGNORECASE,
    )


@cache
def _elsewhere() -> re.Pattern[str]:
    """A published place, or an answer that was withheld: not what lies beside the letter."""
    return re.compile(r"https?://|www\.|\bweb ?(?:site|page)|\bonline\b|\bpublish|\bsection 21\b|\bs\.? ?21\b", re.IGNORECASE)


def join_files(request: Request, files: Iterable[tuple[str, Document, Letter]]) -> None:
    """Settle, among the files of each message of one reply, the answers that point from one file to another.

    `files`: path below letters/, document and letter of each; the letters' answers are changed in place."""
    groups: dict[str, list[File]] = {}
    for path, document, letter in files:
        message = next((piece for piece in path.split("/") if message_time(piece)), "")  # its folder, else all is one message
        groups.setdefault(message, []).append((document, letter))
    for together in groups.values():
        _join(request, together)
        for document, letter in together:
            _doubt_hidden(document, letter)


def _doubt_hidden(document: Document, letter: Letter) -> None:
    """Ask for a look at what was read in a hidden sheet, row or column: whoever sent it may not have meant to."""
    hidden = [(page.start, page.end) for page in document.pages if page.hidden]
    hidden += [(cell.start, cell.end) for table in document.tables for cell in table.cells if cell.hidden]
    for answer in letter.answers if hidden else ():
        if answer.start is not None and answer.end is not None and any(a < answer.end and answer.start < b for a, b in hidden):
            answer.doubt(HIDDEN)


def _join(request: Request, files: Sequence[File]) -> None:
    pointing = [(letter, answer) for _, letter in files for answer in letter.answers if _points(letter, answer)]
    pointed = {answer.question for _, answer in pointing}
    mute = [(document, letter) for document, letter in files if _is_mute_table(document, letter)]
    said = {a.question for _, letter in files for a in letter.answers if _says(letter, a)}
    left = [q for q in request.questions if q.label not in said and (q.label in pointed or mute)]
    tables = [(document, letter) for document, letter in files if document.tables and not _is_covering(letter)]
    found = _look_up(request, left, mute or tables)
    for letter, answer in pointing:
        if answer.question in said or answer.question in found:
            letter.answers = [one for one in letter.answers if one is not answer]
        else:
            answer.outcome, answer.links = "unclear", []
            answer.doubt(NOT_FOUND)


def _says(letter: Letter, answer: Answer) -> bool:
    return answer.outcome != "unanswered" and not _points(letter, answer)


def _points(letter: Letter, answer: Answer) -> bool:
    """Whether the answer leaves its matter to something sent along; a figure, a refusal or a web page leaves nothing."""
    if answer.value is not None or answer.low is not None or answer.outcome not in ("already_accessible", "disclosed", "unclear"):
        return False
    if answer.provisions or answer.links:
        return False
    words = answer.quote or ""
    if _attached().search(words) and not _elsewhere().search(words):
        return len(words) < 400
    # a covering letter without labels is taken whole for an answer: its words say nothing of any question
    return "no_figure_found" in answer.review_reasons and _is_covering(letter)


def _is_covering(letter: Letter) -> bool:
    """A short letter that gives no figure itself and says that something is attached."""
    given = any(a.value is not None or a.low is not None or a.provisions for a in letter.answers)
    return not given and len(letter.text) < 4000 and _attached().search(letter.text) is not None


def _is_mute_table(document: Document, letter: Letter) -> bool:
    """A file that is mostly tables, and was read without an answer."""
    size = sum(table.end - table.start for table in document.tables)
    return size > 0.5 * len(document.text.strip()) and all(answer.outcome == "unanswered" for answer in letter.answers)


def _look_up(request: Request, questions: Sequence[Question], files: Sequence[File]) -> set[str]:
    """Look for the answers of these questions in tables that do not name them; the labels of those found."""
    found: set[str] = set()
    labels = {plain_label(question.label) for question in request.questions}
    counted = [question for question in questions if question.kind in _FIGURE_KINDS]
    for document, letter in files:
        for question in questions:
            alone = counted == [question] if question.kind in _FIGURE_KINDS else len(questions) == 1
            read = read_alone(document.text, question, letter.regime or request.regime)
            if question.kind not in _FIGURE_KINDS:  # a list may go on from file to file
                rows = _list_of(question, read, alone)
            elif question.label in found:
                continue
            else:
                rows = _rows_for(question, read.answers, labels, alone)
            if rows:
                _take(letter, document, question, rows)
                found.add(question.label)
                if question.kind == "details":
                    for incident in read.incidents:
                        incident.question = question.label
                        incident.page = document.page_at(incident.start) if incident.start is not None and document.pages else None
                    letter.incidents += read.incidents
    return found


def _rows_for(question: Question, rows: list[Answer], labels: set[str], alone: bool) -> list[Answer]:
    """Those rows of a table that answer the question."""
    rows = [row for row in rows if (row.value is not None or row.high is not None) and row.unit in (None, *_UNITS[question.kind])]
    for fitting in (_by_label(question, rows), _by_measure(question, rows), _by_words(question, rows)):
        if fitting:
            for row in fitting:
                row.breakdown = None
            return _of_its_years(question, fitting)
    headed = [row for row in rows if row.breakdown and (plain_label(row.breakdown) in labels or _measure(row.breakdown) != "other")]
    return _of_its_years(question, rows) if alone and not headed else []


def _list_of(question: Question, read: Letter, alone: bool) -> list[Answer]:
    """What a question that asks for no figure finds in a table: the list that it is."""
    places = [(one.start, one.end) for one in read.incidents if one.start is not None and one.end is not None]
    if not places:
        return [row for row in read.answers if row.outcome == "disclosed" and row.value is None][:1] if alone else []
    start = min(begin for begin, _ in places)
    end = min(max(stop for _, stop in places), start + 240)
    period = (question.period_kind, question.period_start, question.period_end)
    return [Answer(question.label, question.text, question.measure, None, *period, outcome="disclosed",
                   quote=read.text[start:end], start=start, end=end)]  # fmt: skip


def _by_label(question: Question, rows: list[Answer]) -> list[Answer]:
    return [row for row in rows if row.breakdown and plain_label(row.breakdown) == plain_label(question.label)]


def _by_measure(question: Question, rows: list[Answer]) -> list[Answer]:
    return [row for row in rows if question.measure != "other" and row.breakdown and _measure(row.breakdown) == question.measure]


def _by_words(question: Question, rows: list[Answer]) -> list[Answer]:
    """Of a measure without a name: the one heading that shares the most words with the question."""
    if question.measure != "other":
        return []
    shared = {row.breakdown: len(content(row.breakdown) & content(question.text)) for row in rows if row.breakdown}
    most = max(shared.values(), default=0)
    best = [heading for heading, count in shared.items() if most and count == most]
    return [row for row in rows if row.breakdown in best] if len(best) == 1 else []


@cache
def _measure(heading: str) -> str:
    """What a heading counts: "Data breaches" → breach_count."""
    return main_measure(understand(heading, "", ""))


def _of_its_years(question: Question, rows: list[Answer]) -> list[Answer]:
    """Without the years that were not asked for, where those that were are among them."""
    first, last = question.period_start, question.period_end or "9999"
    within = [row for row in rows if first and first <= (row.period_start or "") and (row.period_end or "") <= last]
    return within or rows


def _take(letter: Letter, document: Document, question: Question, rows: list[Answer]) -> None:
    """The rows become the file's answers to the question, for review, with their pages."""
    letter.answers = [answer for answer in letter.answers if answer.question != question.label]
    for row in rows:
        row.question, row.question_text, row.measure, row.kind = question.label, question.text, question.measure, question.kind
        row.page = document.page_at(row.start) if row.start is not None and document.pages else None
        row.doubt(FOUND)
        if row.start is not None and row.end is not None:
            over = [d for d in document.doubtful if d.start < row.end and row.start < d.end and d.confidence < 1]
            if over:
                row.doubt("low_confidence_text")
    letter.answers += rows
    order = {one.question: n for n, one in enumerate(letter.answers)}
    letter.answers.sort(key=lambda one: order[one.question])
    claimed = [(row.start, row.end) for row in rows if row.start is not None and row.end is not None]
    letter.unread = [one for one in letter.unread if not any(a <= one.start and one.end <= b for a, b in claimed)]
