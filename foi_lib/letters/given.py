"""Pairs renamed to the questions as sent, where a request.yaml gives them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from foi_lib.letters.labels import Parts
from foi_lib.letters.lines import likeness
from foi_lib.letters.model import Question
from foi_lib.letters.pairs import Pair


@lru_cache(maxsize=256)  # the request's labels come back in each letter
def parts_of(label: str) -> Parts:
    return tuple(re.findall(r"\d+|[a-z]+", label.lower()))


def to_given(pairs: list[Pair], given: Sequence[Question]) -> list[Pair]:
    """Pairs renamed to the questions as sent: by words where the letter repeats them, else by number."""
    out: list[Pair] = []
    taken: set[int] = set()
    matched: dict[int, Question] = {}
    by_label = {parts_of(q.label): q for q in given}
    scored = sorted(
        (
            (likeness(p.question.text, q.text) + (0.1 if p.path == parts_of(q.label) else 0), -i, -j)
            for i, p in enumerate(pairs)
            for j, q in enumerate(given)
            if p.question.text
        ),
        reverse=True,
    )
    for score, i, j in scored:
        if score < 0.55:
            break
        if -i in matched or -j in taken:
            continue
        matched[-i] = given[-j]
        taken.add(-j)
    for i, pair in enumerate(pairs):
        if i in matched:
            continue
        q = by_label.get(pair.path)
        if q is not None and given.index(q) not in taken:
            matched[i] = q
            taken.add(given.index(q))
    for i, pair in enumerate(pairs):
        q = matched.get(i)
        if q is None:
            if not pair.lines:
                continue  # an extra heading of the letter's own
            pair.unasked = True
            out.append(pair)
            continue
        pair.question = replace(q, start=pair.question.start, end=pair.question.end)
        pair.path = parts_of(q.label)
        pair.intro = False
        out.append(pair)
    for j, q in enumerate(given):
        if j not in taken:
            out.append(Pair(replace(q, start=None, end=None), parts_of(q.label), 0))
    order = {q.label: n for n, q in enumerate(given)}
    return sorted(out, key=lambda p: order.get(p.question.label, len(order)))
