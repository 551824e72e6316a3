"""The questions as the letter repeats them, before its answers begin."""

from __future__ import annotations

from foi_lib import quick
from foi_lib.letters.inside import inline_labels
from foi_lib.letters.labels import label_text
from foi_lib.letters.pairs import Pair
from foi_lib.letters.segment import Item, asks
from foi_lib.letters.split import Lines, answerish, figure_line, split_known, split_marked, split_unmarked
from foi_lib.letters.unlabelled import question_of, unlabelled_questions


def first_run(items: list[Item]) -> list[Item]:
    """All questions first, then the numbers begin again with the answers: the items of the first run."""
    labelled = [i for i in items if i.label is not None and i.label.targets and i.path]
    if len(labelled) < 3 or any(i.label and i.label.role == "A" for i in labelled) or any(split_marked(i.lines) for i in labelled):
        return []
    for n in range(2, len(labelled)):
        item = labelled[n]
        if item.path != labelled[0].path or labelled[n - 1].path == item.path:
            continue
        first, second = labelled[:n], labelled[n:]
        known = {i.path for i in first}
        asking = sum(asks(" ".join(ln.text for ln in i.lines[:2])) for i in first)
        fits = sum(i.path in known for i in second)
        answers = sum(
            not asks(i.lines[0].text if i.lines else "") or any(split_known(i.lines, " ".join(ln.text for ln in q.lines)) for q in first)
            for i in second
        )
        short = sum(sum(len(ln.text) for ln in i.lines) < 400 for i in first[:-1])
        if asking * 2 < len(first):  # things asked for in a word or two, then figures
            bare = all(
                len(" ".join(ln.text for ln in i.lines)) < 130 and not figure_line(i.lines[0].text if i.lines else "") for i in first[:-1]
            )
            said = sum(answerish(i.lines[0].text) for i in second if i.lines)
            asking = len(first) if bare and said * 2 >= len(second) else asking
        if asking * 2 >= len(first) and fits * 2 >= len(second) and answers * 2 > len(second) and short >= len(first) - 2:
            return [i for i in items if i.begin < item.begin]
    return []


def cut_opening(last: Item, opening: dict[int, Lines], section: int) -> None:
    """What follows the last question before the numbers begin again is the reply's opening, not the question."""
    question, rest = split_unmarked(last.lines)
    if rest and question:
        last.lines = question
        opening.setdefault(section, []).extend(rest)


def asked_in(item: Item) -> list[Pair]:
    lines = item.lines
    if item.label is None and len(lines) > 1:
        return unlabelled_questions(lines, item.section)
    subs = inline_labels(" ".join(ln.text for ln in lines))
    intro = bool(lines) and bool(quick.search(r":$", lines[-1].text)) and not any("?" in ln.text for ln in lines)
    return [
        Pair(
            question_of(label_text(item.path) or "1", lines),
            item.path or ("1",),
            item.section,
            intro=intro,
            sub_labels=subs if len(set(subs)) > 1 else (),
        )
    ]
