"""Items that repeat a question's words: whose answer follows, whatever number is printed."""

from __future__ import annotations

from foi_lib.letters.lines import likeness
from foi_lib.letters.options import options_end
from foi_lib.letters.pairs import Pair
from foi_lib.letters.segment import Item
from foi_lib.letters.split import Lines, split_known, split_marked, split_unmarked
from foi_lib.letters.unlabelled import give_lines

_NONE_BETTER = 0.99  # so that another, which may have 1, is not better by 0.02


def repeats(item: Item, target: Pair | None, pairs: list[Pair], used: set[int]) -> tuple[Pair, Lines] | None:
    """Does the item repeat a question's words? Then it answers that question, whatever number it prints."""
    candidates = [p for p in pairs if p.question.text and (id(p) not in used or p is target)]
    if target is not None:
        candidates = [target, *(p for p in candidates if p is not target)]
    best: tuple[float, Pair, Lines] | None = None
    for pair in candidates:
        split = split_known(item.lines, pair.question.text)
        if split is None:
            continue
        question = " ".join(ln.text for ln in split[0])
        score = likeness(question, pair.question.text) + (0.05 if pair is target else 0)
        if best is None or score > best[0] + 0.02:
            marked = split_marked(split[1])
            answer = marked[1] if marked and not marked[0] else split[1]
            best = (score, pair, answer)
            if score >= _NONE_BETTER:
                break
    return (best[1], best[2]) if best else None


def give_shifted(pair: Pair, answer: Lines, pairs: list[Pair], used: set[int]) -> None:
    """Lines of an answer that repeat the next question without its number begin that question's answer."""
    start = 0
    owner = pair
    for i, line in enumerate(answer):
        nxt = next(
            (
                p
                for p in pairs
                if id(p) not in used and p is not owner and p.question.text and split_known([line], p.question.text) is not None
            ),
            None,
        )
        if nxt is None or (i == 0 and len(answer) == 1 and not line.text):
            continue
        split = split_known(answer[i:], nxt.question.text)
        if split is None or len(line.text) < 12:
            continue
        give_lines(owner, answer[start:i], "own", None)
        used.add(id(nxt))
        rest = split[1]
        give_shifted(nxt, rest, pairs, used)
        return
    give_lines(owner, answer[start:], "own", None)


def parted(item: Item, marked: bool, known: str | None) -> tuple[Lines, Lines]:
    lines = item.lines
    if item.answer:
        return lines, item.answer
    chosen = options_end(lines)
    if chosen:
        return lines[:chosen], lines[chosen:]
    found = split_marked(lines)
    if found is not None and (found[0] or item.label):
        return found
    if known:
        by_words = split_known(lines, known)
        if by_words is not None:
            return by_words
    if item.label and item.label.role == "Q" and marked:
        return lines, []
    return split_unmarked(lines)
