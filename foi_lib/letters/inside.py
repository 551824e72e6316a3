"""Parts named inside one question, "how many a) officers and b) staff": their words, and an answer that gives them in one line."""

from __future__ import annotations

import re
from dataclasses import replace

from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.labels import ROMAN, label_text
from foi_lib.letters.lines import content
from foi_lib.letters.model import Question
from foi_lib.letters.pairs import Pair
from foi_lib.letters.periods import find_periods
from foi_lib.letters.split import Lines, cut
from foi_lib.letters.unlabelled import give_lines

_NAMED = re.compile(r"(?:(?P<open>\()|(?<![\w(]))(?P<sub>[a-h]|i{1,3}|iv|v)\)\s")
_GIVEN = re.compile(r"(?<![\w(])\(?(?P<sub>[a-h]|i{1,3}|iv|v)(?:\)|\.(?=\s))\s{0,2}[=:–-]?\s{0,2}")
_JOINED = re.compile(r"\(?(?P<first>[a-h]|i)\)?\s?(?:&|and|,|-|–|to)\s?\(?(?P<last>[a-h]|i{2,3}|iv|v)\)\s{0,2}[=:–-]?\s{0,2}")


def inline_labels(text: str) -> tuple[str, ...]:
    """ "(a) officers and (b) staff", "a) framework and b) off framework" inside a question."""
    return tuple(m["sub"].lower() for m in _NAMED.finditer(text)) if ")" in text else ()


def _in_order(subs: tuple[str, ...]) -> bool:
    letters = all(sub == chr(ord("a") + n) for n, sub in enumerate(subs))
    return len(subs) > 1 and (letters or all(ROMAN.get(sub) == n for n, sub in enumerate(subs, 1)))


def part_words(text: str, sub: str) -> str:
    """The words of one part, "officers" of "how many a) officers and b) staff"; nothing where it is not marked."""
    marks = list(_NAMED.finditer(text))
    n = next((k for k, m in enumerate(marks) if m["sub"].lower() == sub), None)
    if n is None:
        return ""
    stop = marks[n + 1].start() if n + 1 < len(marks) else len(text)
    return re.sub(r"(?:,|;|\band\b|\bor\b|\s)+$", "", text[marks[n].end() : stop])


def part_of(question: Question, path: tuple[str, ...]) -> Question:
    """The question of one part: the words before the first mark and those after its own; the whole where it is not marked."""
    own = part_words(question.text, path[-1])
    first = _NAMED.search(question.text)
    if not own or first is None:
        return replace(question, label=label_text(path))
    return replace(question, label=label_text(path), text=f"{question.text[: first.start()].strip()} {own}".strip())


def only_period(text: str) -> bool:
    """ "a) 2016/17": a letter over nothing but a period is no question of its own."""
    first = find_periods(text)[:1]
    rest = text
    for period in reversed(find_periods(text)):
        rest = rest[: period.begin] + rest[period.stop :]
    return bool(first) and first[0].begin == 0 and not re.search(r"\w{4,}", re.split(r"[?.](?:\s|$)", rest)[0])


def cut_inside(pairs: list[Pair]) -> None:
    """An answer "a) 14 b) 3" to "how many a) officers and b) staff" is one of each part; "a) & b) None" of both."""
    for pair in list(pairs):
        subs = pair.sub_labels or inline_labels(pair.question.text)
        if pair.intro or pair.how != "own" or not pair.lines or not _in_order(subs):
            continue
        if any(p.path[: len(pair.path)] == pair.path and p is not pair and p.section == pair.section for p in pairs):
            continue
        given = _given(pair.lines, subs) or _named(pair, subs)
        if not given:
            continue
        at = pairs.index(pair) + 1
        for n, (sub, lines) in enumerate(given):
            path = (*pair.path, sub)
            part = Pair(part_of(pair.question, path), path, pair.section, context=pair.question.text)
            give_lines(part, lines, "own", pair.group)
            pairs.insert(at + n, part)
        pair.intro, pair.heading, pair.lines, pair.how = True, "sub", [], "none"


def _named(pair: Pair, subs: tuple[str, ...]) -> list[tuple[str, Lines]]:
    """Each part's line, where the lines name the parts by their words: "Officers – 7", "Staff – 11"."""
    if len(pair.lines) != len(subs):
        return []
    parts = [content(part_words(pair.question.text, sub)) for sub in subs]
    out: list[tuple[str, Lines]] = []
    for line, sub, part in zip(pair.lines, subs, parts, strict=True):
        figures = find_amounts(line.text, 0, len(line.text))
        said = content(line.text[: figures[0].begin]) if len(figures) == 1 else set()
        others = set().union(*(other for other in parts if other is not part))
        if not said & (part - others) and not (said and said <= part):
            return []
        out.append((sub, [line]))
    return out


def _given(lines: Lines, subs: tuple[str, ...]) -> list[tuple[str, Lines]]:
    """Each part's lines, where all the parts are marked in their order from the answer's beginning; else nothing."""
    both = _JOINED.match(lines[0].text)
    if both and both["first"] == subs[0] and both["last"] == subs[-1] and lines[0].text[both.end() :].strip():
        rest = cut(lines[0], both.end())[1]
        return [(sub, [rest, *lines[1:]]) for sub in subs] if rest else []
    parts: list[tuple[str, Lines]] = []
    for line in lines:
        tail = line
        for m in _GIVEN.finditer(line.text):
            if len(parts) == len(subs) or m["sub"] != subs[len(parts)] or (not parts and (line is not lines[0] or m.start() > 0)):
                continue
            skipped = len(line.text) - len(tail.text)  # `tail` is what is left of the line
            before, _ = cut(tail, m.start() - skipped) if m.start() > skipped else (None, None)
            if before and parts:
                parts[-1][1].append(before)
            own = line.text[m.end() :]
            lead = len(own) - len(own.lstrip())
            tail = replace(line, start=line.start + m.end() + lead, text=own.lstrip(), gap=False, bullet=False)
            parts.append((m["sub"], []))
        if not parts:
            return []
        if tail.text:
            parts[-1][1].append(tail)
    return parts if len(parts) == len(subs) and all(own for _, own in parts) else []
