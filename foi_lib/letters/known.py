"""The questions known so far while answers are read: one found by its label, one added, a part of one, one printed twice."""

from __future__ import annotations

from foi_lib.letters.inside import part_of, part_words
from foi_lib.letters.labels import Parts, label_text
from foi_lib.letters.lines import Line
from foi_lib.letters.model import Question
from foi_lib.letters.pairs import Pair
from foi_lib.letters.segment import Item
from foi_lib.letters.split import Lines, split_known
from foi_lib.letters.unlabelled import give_lines


def add_pair(pairs: list[Pair], known: dict[Parts, Pair], path: Parts, section: int) -> Pair:
    parent = known.get(path[:-1]) if len(path) > 1 else None
    inside = parent is not None and path[-1] in parent.sub_labels
    question = part_of(parent.question, path) if parent is not None and inside else Question(label_text(path), "")
    pair = Pair(question, path, section, context=parent.question.text if parent is not None and inside else "")
    if parent is not None and inside:
        parent.intro = True
        pairs.insert(pairs.index(parent) + 1 + sum(p.path[:-1] == parent.path for p in pairs), pair)
    else:
        pairs.append(pair)
    known[path] = pair
    return pair


def find_pair(path: Parts, known: dict[Parts, Pair], current: Pair | None) -> Pair | None:
    if path in known:
        return known[path]
    if len(path) == 1 and not path[0].isdigit():
        inside = [k for k in known if len(k) > 1 and k[-1] == path[0]]
        if current is not None:
            base = current.path[:-1] if len(current.path) > 1 else current.path
            if (*base, path[0]) in known:
                return known[(*base, path[0])]
        if len(inside) == 1:
            return known[inside[0]]
    if len(path) > 1 and path[1:] in known and not any(k[0] == path[0] for k in known):
        return known[path[1:]]
    return None



def has_sibling(path: Parts, known: dict[Parts, Pair]) -> bool:
    return not known or any(len(k) == len(path) for k in known)


def answer_part(base: Pair, item: Item, pairs: list[Pair], known: dict[Parts, Pair]) -> Pair:
    """The answer to one of the "(a) … (b) …" inside a question."""
    path = (*base.path, item.path[-1])
    pair = known.get(path)
    if pair is None:
        pair = Pair(part_of(base.question, path), path, base.section, context=base.question.text)
        pairs.insert(pairs.index(base) + 1 + sum(1 for p in pairs if p.path[:-1] == base.path), pair)
        known[path] = pair
        base.intro = True
    repeated = split_known(item.lines, part_words(base.question.text, path[-1]))
    give_lines(pair, repeated[1] if repeated and repeated[1] else item.lines, "own", None)
    return pair


def fill_twice(pairs: list[Pair]) -> None:
    seen: dict[Parts, Pair] = {}
    for pair in list(pairs):
        first = seen.get(pair.path)
        open_still = first is not None and not first.lines and pair.section == first.section and not first.intro
        if first is not None and open_still and pair.path and (pair.lines or pair.question.text):
            first.lines = pair.lines or _as_lines(pair)
            first.how = "own"
            pairs.remove(pair)
            continue
        seen.setdefault(pair.path, pair)


def _as_lines(pair: Pair) -> Lines:
    q = pair.question
    return [Line(0, q.start or 0, q.end or 0, q.text)] if q.start is not None and q.end is not None else []
