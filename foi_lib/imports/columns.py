"""What the columns of a tracker mean, by their headings: whose row it is, which question, which answer. What is not plain is not read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from foi_lib.documents.grid import column_letters
from foi_lib.imports.asking import Asked, asked
from foi_lib.imports.cells import Cells
from foi_lib.keyed import ANSWER_COLUMNS
from foi_lib.letters.periods import find_periods
from foi_lib.letters.segment import asks
from foi_lib.period_names import spell
from foi_lib.reference import find_authority, measures
from foi_lib.request import plain_label

if TYPE_CHECKING:
    from foi_lib.letters.model import Question
    from foi_lib.reference import Authority

_WHO = r"(?:local |public )?(?:council|authority|body|organi[sz]ation)s?(?: name)?|la(?: name)?|name of (?:the )?\w+|trust|force|who"
_REPLIED, _SENT = r"\b(?:respon[ds]\w*|repl\w+|answer\w*|decision)\b", r"\b(?:sent|submitted|request\w*|asked|received|acknowledged)\b"
_WHEN = r"(?:date|when)\b"
_REF = r"(?:foi|our|their|your|case|request|council)?\s*ref(?:erence)?\b\.?\s*(?:no|number|id)?\.?|case (?:no|number|id)\.?"
# headings as people write them, the first that fits; each is a column of answers.csv
_HEADINGS = tuple(
    (name, re.compile(rf"(?:{words})\W*", re.IGNORECASE))
    for name, words in (
        ("authority_code", r"(?:gss|ons|la|authority|council)(?: area)? code|gss|code"),
        ("authority", _WHO),
        ("responded_on", rf".*{_REPLIED}.*\b(?:date|on|received)|{_WHEN}.*{_REPLIED}.*|replied|responded|answered"),
        ("received_on", rf".*{_SENT}.*\b(?:date|on)|{_WHEN}.*{_SENT}.*|sent|submitted"),
        ("reference", _REF),
        ("question", r"questions?(?: ?(?:no|number|label|id|asked|text))?\.?|q(?:u|n|no)?\.?"),
        ("provisions", r"(?:exemption|exception|provision|section)s?(?: \w+)?|grounds(?: for refusal)?"),
        ("outcome", r"outcome|decision|result"),
        ("answer", r"(?:their |the )?(?:answer|response|reply)(?: given| text| summary)?"),
        ("value", r"values?|figures?|number|amount|count"),
        ("period", r"period|(?:financial |calendar )?year|fy|time ?frame|date range"),
        ("source_url", r"(?:source )?(?:url|link|web address|address|web ?page)s?(?: to .*)?"),
        ("source_note", r"source|where (?:found|from)|provenance"),
        ("note", r"(?:my |our )?(?:notes?|comments?|remarks?)"),
        ("breakdown", r"breakdown|department|directorate|category|type"),
    )
)  # fmt: skip
_OF_ONE_ANSWER = frozenset(
    ("question", "answer", "value", "low", "high", "qualifier", "outcome", "measure", "breakdown", "quote", "provisions")
)  # fmt: skip
_LABEL = re.compile(r"(?:(?:q|qn|question)\s*\.?\s*(?=\d))?(\d{1,2}(?:\.\d{1,2}|\.?[a-h]\b|\([a-h]\))*)(?=$|[\s.:)–-])[\s.:)–-]*", re.I)
NOT_READ = "not read: not understood (a question's column begins with its label, such as Q2, or asks it)"


@dataclass(slots=True)
class Column:
    """A column: `role` is the column of answers.csv that it feeds, "answers" where it holds a question's answers, "" where not read."""

    number: int
    heading: str
    role: str = ""
    question: str = ""  # label
    period: str = ""
    said: str = ""

    @property
    def letter(self) -> str:
        return column_letters(self.number)


@dataclass(slots=True)
class Layout:
    """A sheet as it was understood."""

    sheet: Cells
    header: int  # the row of headings
    columns: list[Column] = field(default_factory=list)
    found: list[Asked] = field(default_factory=list)  # questions that no request knows yet, in order

    @property
    def long(self) -> bool:
        """One row an answer, not one row a council."""
        return any(column.role == "question" for column in self.columns)

    def of(self, role: str) -> Column | None:
        """The column of that role."""
        return next((column for column in self.columns if column.role == role), None)


def understand_sheet(sheet: Cells, questions: Sequence[Question], known: bool, own: Sequence[Authority] = ()) -> Layout | None:
    """The layout of a sheet; None where no column says whose each row is, or none holds answers.

    `questions` are those of the request, `known` whether there is one: columns are told by its questions, or else they make them."""
    for header in sheet.rows[:30]:
        headings = sheet.row(header)
        if len(headings) < 2 or not any(row > header for row in sheet.rows):
            continue
        layout = Layout(sheet, header, [Column(number, words) for number, words in sorted(headings.items())])
        for column in layout.columns:
            role = _role(column.heading)
            column.role = "" if role and layout.of(role) else role
        if layout.of("authority") is None:
            _by_content(layout, own)
        if layout.of("authority") is None:
            continue
        _questions(layout, questions, known)
        if layout.long or layout.of("answers"):
            _say(layout)
            return layout
    return None


def _role(heading: str) -> str:
    plain = "_".join(heading.lower().split())
    if plain in ANSWER_COLUMNS:
        return plain
    return next((name for name, words in _HEADINGS if words.fullmatch(heading.strip())), "")


def _by_content(layout: Layout, own: Sequence[Authority]) -> None:
    """A column whose cells are mostly names of councils, whatever stands over it."""
    for column in layout.columns:
        names = layout.sheet.column(column.number, layout.header)[:40]
        certain = sum((match := find_authority(name, extra=own)) is not None and match.certainty == "certain" for name in names)
        if names and certain > 0.6 * len(names) and not find_authority(column.heading, extra=own):
            column.role = "authority"
            return


def _questions(layout: Layout, questions: Sequence[Question], known: bool) -> None:
    """Which columns hold the answers to which question. A sheet with a column of questions has its answers in one column."""
    question = layout.of("question")
    if question and (layout.of("answer") or layout.of("value") or layout.of("outcome")):
        if not known:
            for words in dict.fromkeys(layout.sheet.column(question.number, layout.header)):
                label, text = split_label(words)
                _new(layout, label, text, "")
        return
    for column in layout.columns:
        if column.role in _OF_ONE_ANSWER:
            column.role = ""  # in a sheet of one row a council there is no such thing
    for column in layout.columns:
        if column.role:
            continue
        label, text = split_label(column.heading)  # first: "Q1 2021/22" is question 1, and no quarter of that year
        text, period = _without_period(text)
        label = _match(label, text, questions) if known else _new(layout, label, text, period)
        if label:
            column.role, column.question, column.period = "answers", label, period


def split_label(words: str) -> tuple[str, str]:
    """A label such as "2" or "1.a", where the words begin with one, and the rest."""
    found = _LABEL.match(words.strip())
    if not found or (re.fullmatch(r"(19|20)\d\d", found[1])):
        return "", words.strip()
    return re.sub(r"\(([a-h])\)|(?<=\d)(?=[a-h])", r".\1", found[1].lower()).strip("."), words.strip()[found.end() :]


def _without_period(heading: str) -> tuple[str, str]:
    """The heading without the one period that it names, and that period as answers.csv takes it."""
    periods = [period for period in find_periods(heading) if period.start and period.end]
    if len(periods) != 1:
        return heading, ""
    found = periods[0]
    bare = re.sub(r"\b(?:in|for|during|fy|financial year|calendar year|year)\s*$", "", heading[: found.begin].rstrip(" -–:,("), flags=re.I)
    rest = heading[found.stop :].strip(" -–:,)")
    return re.sub(r"\s+(?=[?.,;]|$)", "", f"{bare.rstrip(' -–:,(')} {rest}").strip(), spell(found.start, found.end).name


def _match(label: str, text: str, questions: Sequence[Question]) -> str:
    """The request's question that a heading means: by its label, its words, or by what is counted, where one alone asks for it."""
    if label:
        return next((one.label for one in questions if plain_label(one.label) == plain_label(label)), "")
    from rapidfuzz import fuzz, process, utils

    close = process.extract(text, [one.text for one in questions], scorer=fuzz.token_set_ratio, processor=utils.default_process, limit=2)
    if close and len(text.split()) > 2 and close[0][1] >= 85 and (len(close) == 1 or close[0][1] - close[1][1] >= 5):
        return questions[close[0][2]].label
    names = {one.name: one.label.casefold() for one in measures()}
    counted = next((name for name, words in names.items() if words == text.casefold()), "") or asked("", text).measure
    same = [one.label for one in questions if one.measure == counted and counted != "other"]
    return same[0] if len(same) == 1 else ""


def _new(layout: Layout, label: str, text: str, period: str) -> str:
    """A question that the sheet itself puts; the label of one that it has put already, where only the period is another."""
    if not label and not text:
        return ""
    same = next((one for one in layout.found if (one.label == label if label else one.text == text)), None)
    if same is None:
        made = asked(label, text or f"Question {label}")
        if not layout.long and not label and made.measure == "other" and not asks(text) and not text.rstrip().endswith("?"):
            return ""
        made.label = label or _free(layout)
        layout.found.append(made)
        same = made
    if period and period not in same.periods:
        same.periods.append(period)
    return same.label


def _free(layout: Layout) -> str:
    taken = {one.label for one in layout.found}
    return next(str(number) for number in range(1, 10_000) if str(number) not in taken)


def _say(layout: Layout) -> None:
    """In words, what each column was taken for."""
    for column in layout.columns:
        if column.role == "period" and not layout.long:
            column.said = "period of the row's answers"
        elif column.role == "answers":
            column.said = f"answers to question {column.question}" + (f", for {column.period}" if column.period else "")
        else:
            column.said = column.role.replace("_", " ") or NOT_READ
