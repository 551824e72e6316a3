"""What a line is often shows only by the lines below it: headings, marks that come back, parts that begin anew."""

from __future__ import annotations

import re
from collections import Counter

from foi_lib.letters.labels import Parts, read_label, sort_key
from foi_lib.letters.lines import Line
from foi_lib.letters.markers import BOTH, DECIDED, FURNITURE, LEAD_MARK, NOT_RESPONSE, QUESTION_START, REQUEST, RESPONSE


def part_opened(text: str, region: str) -> str | None:
    """Which part a heading opens: "request", "response", "mixed" (both in turn); None where a line is no such heading."""
    if DECIDED.match(text):
        return "response"
    if len(text) > 110:
        return None
    if " / " in text and not BOTH.match(text):  # two languages: "Ein hymateb / Our response"
        return next((m for part in text.split(" / ") if (m := part_opened(part.strip(), region))), None)
    if BOTH.match(text):
        return "mixed"
    if REQUEST.match(text):
        return "request"
    if RESPONSE.match(text) and not NOT_RESPONSE.match(text):
        return "response"
    return None


def parts_of_letter(lines: list[Line]) -> dict[int, int]:
    """Headings that part both the request and the reply, under each of which the numbers begin anew: the heading's place → its part.

    "DATA BREACHES 1. … 2. … COMPLAINTS 1. … 2. …", and the same two headings again over the answers.
    """
    places: dict[str, list[int]] = {}
    for n, line in enumerate(lines[:-1]):
        text = line.text.strip(" :").casefold()
        if not 3 < len(text) < 70 or text[-1] in ".?,;" or line.bullet or not text[0].isalpha() or len(text.split()) > 8:
            continue
        below = read_label(lines[n + 1].text, 0, len(lines[n + 1].text))  # first, since few lines stand over a list's beginning
        if below is None or below.role == "A" or below.parts not in (("1",), ("a",), ("i",)):
            continue
        if not (read_label(line.text, 0, len(line.text)) or part_opened(line.text, "") or FURNITURE.match(line.text)):
            places.setdefault(text, []).append(line.start)
    found = [starts for starts in places.values() if len(starts) == 2]
    if len(found) < 2 or max(a for a, _ in found) > min(b for _, b in found):
        return {}
    return {place: n for n, starts in enumerate(found) for place in starts}


def heads_cells(lines: list[Line], n: int) -> bool:
    """Is a lone word such as "Category" the head of a table of one cell a line, or of questions, and not the foot of a page?"""
    below = read_label(lines[n + 1].text, 0, len(lines[n + 1].text)) if n + 1 < len(lines) else None
    if below and below.parts in (("1",), ("a",), ("i",)) and QUESTION_START.match(lines[n + 1].text[below.stop :]):
        return True  # "Complaints", over "1. How many came in"
    cells = [line.text.strip(" |") for line in lines[n + 1 : n + 9]]
    return len(lines[n].text) < 24 and sum(bool(_CELL.fullmatch(cell)) for cell in cells) >= 3


_CELL = re.compile(r"£?\d[\d,.]*%?\*?|\*|(?:FY\s?)?(?:19|20)\d\d\s?[/-]\s?\d{2,4}|<\s?\d+|nil|none", re.I)


def marks_one_answer(lines: list[Line], n: int, path: Parts) -> bool:
    """Is a bare "Answer:" the answer to the item above it, rather than a heading over all answers?

    A heading is followed by labels that begin again; an answer mark comes back under each question.
    """
    for line in lines[n + 1 :]:
        label = read_label(line.text, 0, len(line.text))
        if label and label.targets and not label.letter_only:
            if label.role == "A" or (path and sort_key(label.parts[:1]) <= sort_key(path[:1]) and label.parts <= path):
                return False
            break
    word = _mark_word(lines[n].text)
    return any(_mark_word(line.text) == word for i, line in enumerate(lines) if i != n)


def _mark_word(text: str) -> str:
    """The word of "Answer: 4" or "Answer -", to see whether it comes back under each question."""
    return re.sub(r"[^a-z]", "", re.split(r":|\s[-–](?:\s|$)", text.lower(), maxsplit=1)[0])


def request_follows(lines: list[Line], n: int) -> bool:
    """Does a heading of the request stand below line `n`?"""
    return any(part_opened(line.text, "") in ("request", "mixed") for line in lines[n + 1 :])


def response_follows(lines: list[Line], n: int) -> bool:
    """Does a heading over all answers stand below line `n`, and not the mark of one answer that comes back under each question?"""
    below = lines[n + 1 :]
    marks = Counter(_mark_word(line.text) for line in below)
    return any(
        (part_opened(line.text, "") == "response" or (LEAD_MARK.match(line.text) and _REPLY.match(line.text)))
        and not (_bare(line) and marks[_mark_word(line.text)] > 1)
        for line in below
    )


_REPLY = re.compile(r"(?:our\s)?(?:response|reply|decision|outcome)", re.I)


def _bare(line: Line) -> bool:
    label = read_label(line.text, 0, len(line.text))
    return label is not None and label.style == "bare"
