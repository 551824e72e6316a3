"""Answers to choose from, printed under a question ("a. Yes b. No c. Don't know", "1-10% / 11-20%"): they ask, and answer nothing."""

from __future__ import annotations

import re
from dataclasses import replace

from foi_lib import quick
from foi_lib.letters.cells import yearish
from foi_lib.letters.labels import Parts
from foi_lib.letters.lines import Line
from foi_lib.letters.segment import Item

_SUM = r"(?:£\s?)?\d[\d,.]*\s?(?:%|k|m|million|days?|hours?|months?|years?)?"
_RANGE = re.compile(
    rf"(?:[-–]\s)?(?:{_SUM}\s?(?:[-–]|to)\s?{_SUM}|(?:up to|under|over|more than|less than|fewer than|above|below|at least)\s{_SUM}|{_SUM}\s?(?:\+|or more|or less|and over|and above)"
    r"|none|zero|0%?|unknown|other|(?:don['’]t|do not) know|not sure|unsure|n/?a|prefer not to say)\.?",
    re.I,
)
_UNSURE = re.compile(r"(?:don['’]t|do not) know|not sure|unsure|unknown|prefer not to say|(?:other|all|none) of the above", re.I)
_CHOOSE = r"\b(?:tick|mark|select|choose|check|circle)\b[^.?]{0,30}\b(?:apply|applies|appropriate|one|all|answer|option)"


def _one_range(text: str) -> bool:
    return bool(_RANGE.fullmatch(text)) and not yearish(text)  # "2021-22" heads a column


def options_end(lines: list[Line]) -> int:
    """How many lines the question and the answers to choose from take; 0 where there are none, or no answer after them."""
    first = next((i for i in range(1, min(len(lines), 6)) if _one_range(lines[i].text)), None)
    if first is None:
        return 0
    stop = first
    said: set[str] = set()
    while stop < len(lines) and _one_range(lines[stop].text) and lines[stop].text.casefold() not in said:
        said.add(lines[stop].text.casefold())
        stop += 1
    ranges = sum(any(c.isdigit() for c in text) for text in said)
    if ranges and stop < len(lines) and stop - first > 3 and not any(c.isdigit() for c in lines[stop - 1].text) and not _UNSURE.match(lines[stop - 1].text):
        stop -= 1  # "N/A" after the last range is the answer
    elif stop == len(lines) and stop - first > 2 and not lines[-1].bullet and lines[-2].bullet:
        stop -= 1
    return stop if ranges > 2 and stop < len(lines) else 0


def fold_options(items: list[Item]) -> list[Item]:
    """Lettered answers to choose from become part of their question, and what follows them its answer."""
    out: list[Item] = []
    n = 0
    while n < len(items):
        item = items[n]
        out.append(item)
        run = _run(items, n + 1, item.path)
        n += 1
        if not run or not item.lines:
            continue
        asked = " ".join(line.text for line in item.lines)
        texts = [i.lines[0].text.strip(" .").casefold() for i in run]
        again = items[n + len(run)] if n + len(run) < len(items) else None
        repeated = again is not None and again.label is not None and again.path in [i.path for i in run] and again.lines and again.lines[0].text.strip(" .").casefold() in texts
        rest = run[-1].lines[1:]
        chosen = bool(quick.search(_CHOOSE, asked, re.I))
        if not (repeated or (rest and rest[0].gap)) or not (chosen or ({"yes", "no"} <= set(texts) and (repeated or any(map(_UNSURE.match, texts))))):
            continue
        marks = [replace(i.lines[0], bullet=True) for i in run]
        question = replace(item.lines[-1], text=" ".join([item.lines[-1].text, *(m.text for m in marks)]), end=marks[-1].end)
        answer = again.lines if repeated and again is not None else rest
        item.lines, item.answer = [*item.lines[:-1], question], list(answer)
        n += len(run) + bool(repeated)
    return out


def _run(items: list[Item], at: int, path: Parts) -> list[Item]:
    """The lettered items of a few words each, a, b, c …, under the question before them."""
    run: list[Item] = []
    while at < len(items):
        item = items[at]
        short = bool(item.lines) and len(item.lines[0].text) < 60 and "?" not in item.lines[0].text
        if not (item.label and item.label.letter_only and item.path == (*path, chr(ord("a") + len(run))) and short):
            break
        run.append(item)
        at += 1
        if len(item.lines) > 1:
            break
    return run if len(run) > 1 else []
