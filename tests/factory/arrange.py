"""Putting questions and answers on the page, in each of the ways that letters do."""

from __future__ import annotations

from collections.abc import Sequence

from .model import Asked, Said, Style
from .numbering import answer_name, several, show
from .plan import Item
from .words import REQUESTER

ARRANGEMENTS = ("marked", "unmarked", "labelled", "you_asked", "glued", "list", "list_repeat", "headed")
MARKS = ("Response:", "Answer:", "A:", "Reply:", "Our response:", "Council response:", "A)", "In response:")
HEADINGS = (
    ("Request:", "Response:"),
    ("Request", "Decision"),
    ("You asked:", "We answered:"),
    ("Your request", "Our response"),
    ("You asked", "We answered"),
)
LIST_HEADINGS = (
    ("You asked:", "Our response:"),
    ("Request", "Response"),
    ("Request:", "Answer:"),
    ("Your questions", "Our answers"),
    ("Information requested", "Response"),
)


def arrange(style: Style, asked: Sequence[Asked], items: Sequence[Item], kind: str, top: str) -> list[str]:
    """The paragraphs between header and closing."""
    style.mark("arrangement", kind)
    style.mark("numbering", top)
    style.mark("regime", style.regime)
    if kind in ("list", "list_repeat"):
        return _listed(style, asked, items, kind, top)
    parts = []
    if kind in ("marked", "unmarked", "labelled") and style.rng.random() < 0.3:
        parts.append(style.rng.choice(REQUESTER))
        style.mark("decoy", "requester")
    mark = style.rng.choice(HEADINGS if kind == "you_asked" else MARKS)
    for item in items:
        parts += _pair(style, item, kind, top, mark)
    return parts


def put(style: Style, before: str, said: Said, own_line: float = 0.2) -> str:
    """An answer after what leads to it: on the same line, or on lines of its own."""
    if not said.text:
        return before
    if said.table or (said.block and style.rng.random() < 0.6) or style.rng.random() < own_line:
        return f"{before}\n{said.text}"
    if before[-1].isdigit() and said.text[0].isdigit():
        before += ":"  # "Request 1 1 report" could be read by nobody
    return f"{before} {said.text}"


def _question(style: Style, asked: Asked, top: str, relative: bool = False) -> str:
    return f"{show(asked.label, top, relative)} {asked.text}".lstrip()


def _pair(style: Style, item: Item, kind: str, top: str, mark: object) -> list[str]:
    rng = style.rng
    labels = [asked.label for asked in item.asked]
    gap = "\n\n" if rng.random() < 0.7 else "\n"
    if kind == "headed":
        head = several(rng, labels, "question") if len(labels) > 1 else show(labels[0], "Question")
        text = f"{head} - {' and '.join(asked.gist for asked in item.asked)}"
        return [f"{text}\n{item.said.text}"]
    lines = [_question(style, asked, top) for asked in item.asked]
    if kind == "glued":
        short = item.said.text and "\n" not in item.said.text and len(item.said.text) < 40 and len(labels) == 1
        if short:
            style.mark("glued", "glued")
            return [f"{lines[0]}{rng.choice((' ', ' ', ' – ', ''))}{item.said.text}"]
        return ["\n".join([*lines, item.said.text]).rstrip()]
    worded = "answer" if kind == "labelled" else "question"
    shared = f"{several(rng, labels, worded)}{rng.choice((': ', chr(10)))}" if len(labels) > 1 else ""
    if kind == "you_asked":
        ask, told = mark  # type: ignore[misc]
        return [ask, "\n".join(lines), told, shared + item.said.text] if item.said.text else [ask, "\n".join(lines), told]
    if kind == "labelled":
        name = shared.strip() if shared else answer_name(labels[0], top)
        return ["\n".join(lines), put(style, name, item.said)] if gap == "\n\n" else ["\n".join([*lines, put(style, name, item.said)])]
    if kind == "unmarked":
        return ["\n".join(lines), shared + item.said.text] if item.said.text else ["\n".join(lines)]
    led = put(style, str(mark), Said(shared + item.said.text, [], item.said.block, item.said.table)) if item.said.text else str(mark)
    return ["\n".join(lines) + gap + led]


def _listed(style: Style, asked: Sequence[Asked], items: Sequence[Item], kind: str, top: str) -> list[str]:
    """All questions first, then the answers by number; or with each question said again."""
    rng = style.rng
    ask, told = rng.choice(LIST_HEADINGS)
    relative = rng.random() < 0.4
    gap = rng.choice(("\n", "\n\n"))
    parts = [ask]
    if rng.random() < 0.4:
        parts.append(rng.choice(REQUESTER))
        style.mark("decoy", "requester")
    parts += [gap.join(_question(style, q, top, relative) for q in asked), told]
    if kind == "list_repeat":
        how = rng.choice(("unmarked", "marked", "labelled"))
        numbers = {q.label: str(n) for n, q in enumerate(asked, 1)}
        if any(q.parent for q in asked) and rng.random() < 0.25:
            style.mark("numbering", "renumbered")
            items = [Item([_renamed(q, numbers[q.label]) for q in item.asked], item.said) for item in items]
        mark = rng.choice(MARKS)
        for item in items:
            parts += _pair(style, item, how, top, mark)
        return parts
    answers_top = top if rng.random() < 0.6 else rng.choice(("dot", "paren", "brackets", "Q", "Question"))
    if answers_top != top:
        style.mark("numbering", "answers_differ")
    lines = []
    for item in items:
        labels = [q.label for q in item.asked]
        if not item.said.text:
            continue
        name = several(rng, labels) if len(labels) > 1 else show(labels[0], answers_top, relative and answers_top in ("dot", "paren"))
        lines.append(put(style, name, item.said, own_line=0.15 if len(labels) == 1 else 0.5))
    return [*parts, rng.choice(("\n", "\n\n")).join(lines) if not any(i.said.table for i in items) else "\n\n".join(lines)]


def _renamed(asked: Asked, number: str) -> Asked:
    return Asked(number, asked.text, asked.measure, asked.kind, asked.gist, asked.noun, asked.years, asked.own_words)
