"""Where a question ends and its answer begins, in an item that holds both."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.amounts import figures_not_in, find_amounts
from foi_lib.letters.labels import read_label
from foi_lib.letters.lines import Line, likeness, words
from foi_lib.letters.listed import find_listed
from foi_lib.letters.periods import find_periods
from foi_lib.letters.segment import asks

Lines = list[Line]
_MORE_QUESTION = re.compile(
    r"[\s\"”')]*(?:[^.?]{0,60}\b(?:if you can|if possible|where (?:possible|known))\b\W*$|split\b|give\b|please\b|answer (?:for|by|each)|if (?:so|yes|not|any|possible|you|it|they|available)\b|include|count\b|yes or no|yes/no|y/n|by (?:year|month|type|department)|for (?:each|every|example|instance)\b|set (?:it |this )?out|ideally|and\b|e\.?g\.?|such as|i\.e|broken down|break\b|state\b|list\b|specify|provide|also\b|or\b|\(|note\b|nb\b|we (?:mean|would|want)|i (?:would|mean|am|want)|a data breach (?:here )?means|exact\b|the exact|all data\b|data should|an? (?:excel |spreadsheet)|in what|when\b|where\b(?! we)|how\b|what\b|which\b|who\b)",
    re.I,
)
_ANSWERISH = re.compile(
    r"^(?:[\"“'(]?)(?:n/?\.?a\.?\b|not applicable|nil\b|none\b|no\b[.,;]?|yes\b|zero\b|0\b|£|<|fewer than|less than|not held|information not held|not recorded|we (?:do not|don't|are|have|hold|can|cannot|received|paid|recorded|neither|will)\b|the (?:council|authority|trust|force|college|university|board|department|service|information|table|following|total|figure|request|answer)\b.{0,40}\b(?:is|are|has|have|had|holds?|does|do|did|was|were|can|cannot|considers?|neither|received|paid|recorded|below|shows?|received)\b"
    r"|there (?:is|are|was|were|has|have)\b|please (?:see|find|refer|note)|see\b|as (?:above|per|at|answered|stated|in|question)\b|same as|refer to|exempt|withheld|refused|this (?:information|is|request|data|question|would|part|table|has|covers)|information (?:is|not|within|held|exempt|withheld|about|on)\b|section \d|under (?:section|s\.?\s?\d|the)|in accordance|in (?:total|all)\b,|unfortunately|unable|it is\b|it would\b|to (?:answer|provide|find|comply|confirm)\b|all\b|both\b|approximately|around|about \d|over \d|total\b|up to \d|between \d|\d[\d,.]*\s?(?:%|\w+|$)|in excess of|nearly \d|just (?:over|under)|more than £?\d|refusal|partial|our\b|your request|i can confirm|i am\b|on (?:\d|average|this)|to date)",
    re.I,
)
TOPIC = re.compile(
    r"^(?:(?:for|on|in relation to|regarding|with regards? to|as (?:to|for|regards)|in respect of|in (?:response|answer|reply) to|re|concerning|relating to|to)\s+)?(?:(?:all|both)\s+(?:of\s+)?)?(?:your\s|the\s|parts? of\s)?(?:parts?|questions?|q'?s?|points?|requests?|items?)\s?\(?\d",
    re.I,
)
_DIGIT = re.compile(r"\d")
_GLUED = re.compile(
    r"(?P<keep>.*?[a-z)\]\"”'?.:])\s{0,4}(?:[-–—:=]\s{0,3}|(?<=[.?:])\s{0,3}|\s{2,})(?<!\d\.)(?P<answer>(?:£\s?)?\d[\d,]*(?:\.\d+)?%?|nil|none|n/?a|not (?:held|applicable|recorded)|yes|no|zero|fewer than \w+|less than \w+|<\s?\d+|information not held|withheld|exempt|refused)(?P<rest>[\s.*]*$|\s[-–(].*$)",
    re.I,
)


def cut(line: Line, at: int) -> tuple[Line | None, Line | None]:
    """A line cut at offset `at` of its text: before, after (blanks and joining marks left out of the second part)."""
    before, after = line.text[:at].rstrip(), line.text[at:]
    lead = len(after) - len(after.lstrip(' \t-–—:="”'))
    if quick.match(r"\s*[-–]\s*\(?£?\d", after) is None and after.lstrip()[:1] in "-–" and quick.match(r"\s*[-–]\d", after):
        lead = len(after) - len(after.lstrip())
    rest = after[lead:]
    first = replace(line, end=line.start + len(before), text=before) if before else None
    second = replace(line, start=line.start + at + lead, text=rest, gap=False, bullet=False) if rest.strip() else None
    return first, second


def figure_line(text: str) -> bool:
    """A short line that is plainly an answer: a year and its figure, a label and its figure, a lone figure."""
    if len(text) > 120 or text.endswith("?"):
        return False
    if "\t" in text or text.count("|") > 1:
        return True
    periods = find_periods(text)
    amounts = find_amounts(text, 0, len(text))
    if not amounts:
        return False
    count = len(words(text))
    if periods and periods[0].begin < 4 and count <= 14:
        return True
    return count <= 6 and not text.rstrip().endswith(":")


def answerish(text: str) -> bool:
    return figure_line(text) or bool(_ANSWERISH.match(text.strip()))


def split_marked(lines: Lines) -> tuple[Lines, Lines] | None:
    """By a bare "Answer:", "A:", "Response:" or "In response:" among the lines."""
    for i, line in enumerate(lines):
        label = read_label(line.text, 0, len(line.text))
        if label and label.style == "bare" and (i or label.stop):
            rest = [replace(line, start=line.start + label.stop, text=line.text[label.stop :])] if label.stop < len(line.text) else []
            return lines[:i], [*rest, *lines[i + 1 :]]
    return None


def split_known(lines: Lines, known: str) -> tuple[Lines, Lines] | None:
    """By the words of the question as asked elsewhere: the first lines that repeat it are the question."""
    if not lines or len(known) < 8:
        return None
    if (
        len(lines) == 1
        and len(lines[0].text) > 2
        and _flat(known).startswith(_flat(lines[0].text))
        and len(words(lines[0].text)) < len(words(known))
    ):
        return lines, []  # the letter breaks off inside the question
    best, size = 0.0, 0
    text = ""
    plain: list[str] = []
    for i, line in enumerate(lines[:7]):
        text = f"{text} {line.text}".strip()
        if not i and _SAYS_NONE.match(text) and not _SAYS_NONE.match(known):
            break
        if "," in line.text and find_listed(lines, i):
            break  # names in the question's words, over their figures
        if _DIGIT.search(line.text) is None:
            plain.append(text)
        elif _own_figures(text, known):
            break
        score = likeness(text, known)
        if score >= 0.62:  # words without a digit are looked at only now, since most lines are like no question
            if any(_own_figures(said, known) for said in plain):
                break
            plain.clear()
        if score > best + 0.01:
            best, size = score, i + 1
        if len(text) > 2 * len(known) + 60:
            break
    if best < 0.62:
        # the question and its answer share one line
        glued = _glued_known(lines[0], known)
        return ([glued[0]], [glued[1], *lines[1:]]) if glued else None
    last = lines[size - 1]
    pieces = _glued_known(last, known) or _glued_mark(last)
    if pieces:
        return [*lines[: size - 1], pieces[0]], [pieces[1], *lines[size:]]
    return lines[:size], lines[size:]


_SAYS_NONE = re.compile(r"\W*(?:no|none|nil|zero)\b", re.I)


@lru_cache(maxsize=256)
def _flat(text: str) -> str:
    return re.sub(r"\W+", " ", text.lower()).strip()


def _own_figures(text: str, known: str) -> bool:
    """Figures that the question does not hold: the line is an answer in the question's words, not the question again."""
    return figures_not_in(text, known)


@lru_cache(maxsize=256)
def _last_words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text)[-3:]


def _glued_known(line: Line, known: str) -> tuple[Line, Line] | None:
    tail = _last_words(known)
    if len(tail) < 2 or tail[-1].casefold() not in line.text.casefold():
        return None
    m = re.search(r"\W+".join(map(re.escape, tail)) + r"[\"”'’)\].?:;,]*", line.text, re.I)
    if not m or m.end() >= len(line.text.rstrip()) or likeness(line.text[: m.end()], known) < 0.6:
        return None
    first, second = cut(line, m.end())
    return (first, second) if first and second else None


def _glued_mark(line: Line) -> tuple[Line, Line] | None:
    m = _GLUED.match(line.text)
    if not m or len(words(m["keep"])) < 3:
        return None
    first, second = cut(line, m.start("answer"))
    return (first, second) if first and second else None


def split_unmarked(lines: Lines) -> tuple[Lines, Lines]:
    """No mark at all: by the question's closing quotation mark, its question mark, else by where an answer's words begin."""
    if not lines:
        return [], []
    end = len(lines)
    para = next((i for i in range(1, end) if lines[i].gap), end)  # the first paragraph
    quoted = _quoted(lines, para)
    if quoted is not None:
        return quoted
    last_asks = max((i for i in range(para) if "?" in lines[i].text), default=-1)
    for i in range(last_asks + 1):
        text = lines[i].text
        mark = _last_question_mark(text)
        later = i < last_asks and not answerish(
            text[mark + 1 :].strip() or lines[i + 1].text if i + 1 < para else ""
        )
        if mark < 0 or later:
            continue
        tail = text[mark + 1 :].lstrip(" \"”')")
        if tail.strip(" .-–") and not (_MORE_QUESTION.match(tail) and (not figure_line(tail) or _BIDS.match(tail))):
            first, second = cut(lines[i], mark + 1 + (len(text[mark + 1 :]) - len(tail)))
            return [*lines[:i], *([first] if first else [])], [*([second] if second else []), *lines[i + 1 :]]
        j = i + 1
        while j < para and (
            (_MORE_QUESTION.match(lines[j].text) and not answerish(lines[j].text))
            or (tail and not quick.search(r"[.?!:]$", lines[j - 1].text) and not answerish(lines[j].text))
        ):
            j += 1
        while j < end and _still_asking(lines, j):
            j += 1
        return lines[:j], lines[j:]
    # no question mark in the first paragraph
    headed = next((i for i in range(1, para) if _heads_table(lines, i)), None)
    if headed is not None:
        return lines[:headed], lines[headed:]
    glued = _glued_mark(lines[0])
    if glued and not figure_line(lines[0].text):
        return [glued[0]], [glued[1], *lines[1:]]
    plain = para == end and not any(figure_line(ln.text) for ln in lines[:-1])
    after = _stated(lines, end - 1) if plain else None
    if after:
        return [*lines[:-1], after[0]], [after[1]]
    for i in range(1, para):
        if TOPIC.match(lines[i].text) and not figure_line(lines[i].text):
            return lines[:i], lines[i:]
        if (
            lines[i - 1].text.endswith(".")
            and lines[i].text[:1].isupper()
            and not _MORE_QUESTION.match(lines[i].text)
            and not asks(lines[i].text)
        ):
            return lines[:i], lines[i:]
        if (
            lines[0].text[:1].islower()
            and lines[i].text[:1].isupper()
            and not _runs_on(lines[i - 1].text, lines[i].text)
            and not _MORE_QUESTION.match(lines[i].text)
        ):
            return lines[:i], lines[i:]
        if answerish(lines[i].text) and (figure_line(lines[i].text) or not _runs_on(lines[i - 1].text, lines[i].text)):
            return lines[:i], lines[i:]
        glued = _glued_mark(lines[i])
        if glued:
            return [*lines[:i], glued[0]], [glued[1], *lines[i + 1 :]]
    j = para
    while j < end and _still_asking(lines, j):
        j += 1
    return lines[:j], lines[j:]


_CELLS_LAST = re.compile(r"(?:^|[\s|])(?:\*+|[-–]|<\s?\d+|£?\d[\d,.]*%?|nil|none|zero)(?:[\s|]+(?:\*+|[-–]|<\s?\d+|£?\d[\d,.]*%?|nil|none|zero))+\s*$", re.I)


def _heads_table(lines: Lines, i: int) -> bool:
    """A line of periods and little else, over a line of cells."""
    if i + 1 >= len(lines) or not _CELLS_LAST.search(lines[i + 1].text):
        return False
    periods = find_periods(lines[i].text)
    if len(periods) < 2 or re.search(r"[.?:;,]$", lines[i].text):
        return False
    rest = "".join(lines[i].text[a.stop : b.begin] for a, b in itertools.pairwise(periods))
    return len(words(rest)) <= 2 and len(words(lines[i].text[: periods[0].begin])) <= 4


_STATED = re.compile(
    r"(?:none|nil|zero|n/?a|not (?:held|applicable|recorded)|refused|withheld|exempt|no\b[^.]{0,40}\b(?:were|was|have|has)|under s(?:ection|\.)?\s?\d)\b", re.I
)


_STOP = re.compile(r"(?<=[a-z\d)])\.\s+(?:[-–]\s)?(?=\S)")


def _stated(lines: Lines, i: int) -> tuple[Line, Line] | None:
    """ "Please state the number of breaches in 2021 and 2022. 2021 = 3, 2022 = 4": where one line asks and, after its stop, answers."""
    for m in _STOP.finditer(lines[i].text):
        rest = lines[i].text[m.end() :]
        asked = " ".join(ln.text for ln in lines[:i]) + " " + lines[i].text[: m.start()]
        if len(asked) > 30 and asks(asked.strip()) and (_STATED.match(rest) or (figure_line(rest) and (rest[:1].isdigit() or rest[:1] == "£"))):
            first, second = cut(lines[i], m.end())
            return (first, second) if first and second else None
    return None


_BIDS = re.compile(r"(?:please|list|give|state|split|include|provide|specify|break)\s(?!of\b)(?!\d)", re.I)


def _still_asking(lines: Lines, j: int) -> bool:
    """Does a later paragraph still belong to the question ("If so, which?", a note on what is meant)?"""
    text = lines[j].text
    if answerish(text):
        return False
    if text.endswith(":") and j == len(lines) - 1 and len(text) < 140:
        return True  # the lead-in to sub-questions
    return text.endswith("?") or bool(
        quick.match(
            r"(?:if (?:so|yes|they|not)\b|by year\b|please (?:provide|give|include|break|split|state|specify|list)\b|\(|kindly\b|note:|nb\b|answer for each|yes or no|split\b|give\b|for each (?:give|please|of these,? (?:please|give|state)))",
            text,
            re.I,
        )
    )


_OPENS_SENTENCE = re.compile(r"(?:It|There|We|This|These|No|None|Not|Nil|Yes|Please|Unfortunately|You|Our|Neither)\b(?! of the\b)")  # no name begins so


def _runs_on(before: str, after: str) -> bool:
    """Is `after` the rest of a sentence that the page's width broke?"""
    if _OPENS_SENTENCE.match(after):
        return False
    return not quick.search(r"[.?!:;)\]\"”]$", before) and (after[:1].islower() or len(before) > 55)


def _last_question_mark(text: str) -> int:
    """The mark that ends the question: not one inside brackets that close later."""
    at = -1
    for m in re.finditer(r"\?", text):
        depth = text.count("(", 0, m.start()) - text.count(")", 0, m.start())
        if depth > 0 and ")" in text[m.end() :]:
            continue
        if at >= 0 and not asks(text[at + 1 : m.end()].strip(" \"”')")):
            break
        at = m.start()
    return at


def _quoted(lines: Lines, para: int) -> tuple[Lines, Lines] | None:
    opening = lines[0].text[:1]
    if opening not in "\"“‘'":
        return None
    closing = {"“": "”", "‘": "’"}.get(opening, opening)
    for i in range(min(len(lines), max(para, 8))):
        at = lines[i].text.find(closing, 1 if i == 0 else 0)
        while at >= 0 and closing in "'’" and at + 1 < len(lines[i].text) and lines[i].text[at + 1].isalpha():
            at = lines[i].text.find(closing, at + 1)
        if at >= 0 and (at >= len(lines[i].text) - 2 or lines[i].text[at + 1 : at + 2] in " .,;"):
            if at < 25 and i == 0 and len(lines[i].text) > at + 4:
                return None  # a quoted word, not a quoted question
            first, second = cut(lines[i], at + 1)
            return [*lines[:i], *([first] if first else [])], [*([second] if second else []), *lines[i + 1 :]]
    return None
