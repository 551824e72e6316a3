"""Second step: which question each stretch of answer belongs to.

By explicit marks first, then by labels, by the question's words repeated, by what the text names ("On questions 3 and 4"),
and last by there being nothing else. `how` says which, so that doubt can be told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from foi_lib.letters.given import parts_of, to_given
from foi_lib.letters.inside import cut_inside, inline_labels, only_period
from foi_lib.letters.known import add_pair, answer_part, fill_twice, find_pair, has_sibling
from foi_lib.letters.labels import ROMAN, Parts, label_text, sort_key
from foi_lib.letters.model import Question
from foi_lib.letters.options import fold_options
from foi_lib.letters.pairs import Aligned, Pair
from foi_lib.letters.paths import expand_range
from foi_lib.letters.periods import find_periods
from foi_lib.letters.repeats import give_shifted, parted, repeats
from foi_lib.letters.requested import asked_in, cut_opening, first_run
from foi_lib.letters.segment import Block, Item, Segments, asks
from foi_lib.letters.sharing import cut_named, head_rows, label_rows, left_over, named_in_opening, share_parts, spread_answers
from foi_lib.letters.split import Lines, answerish, figure_line, split_marked
from foi_lib.letters.unlabelled import (
    block_answers,
    give_lines,
    interleaved_pairs,
    question_of,
    repeated_in_blocks,
    unlabelled_questions,
    whole_letter,
)


def align(segments: Segments, given: Sequence[Question] | None = None) -> Aligned:
    """Pair questions with answers; `given` are the questions as sent, where known."""
    pairs: list[Pair] = []
    opening: dict[int, Lines] = {}
    contexts: dict[int, str] = {}
    annex: Lines = []
    header: Lines = []
    loose: Lines = []
    for block in segments.blocks:
        if block.region in ("header", "request") or (block.region == "mixed"):
            contexts[block.section] = contexts.get(block.section, "") + "\n" + "\n".join(ln.text for ln in block.lines)
        if block.region == "header":
            header += block.lines
        if block.region == "annex":
            annex += block.lines
        if block.region in ("response", "mixed"):
            opening.setdefault(block.section, []).extend(block.lines)
    for section in range(max([*(i.section for i in segments.items), *(b.section for b in segments.blocks), 0]) + 1):
        pairs += _align_section(segments, section, given if section == 0 or not pairs else None, opening, loose, contexts)
    if given is not None:
        pairs = to_given(pairs, given)
    return Aligned(pairs, contexts.get(0, ""), contexts, opening, annex, header, loose)


def _align_section(
    segments: Segments, section: int, given: Sequence[Question] | None, opening: dict[int, Lines], loose: Lines, contexts: dict[int, str]
) -> list[Pair]:
    items = fold_options([i for i in segments.items if i.section == section])
    blocks = [b for b in segments.blocks if b.section == section]
    has_response = (
        any(i.region == "response" for i in items)
        or any(b.region == "response" and b.lines for b in blocks)
        or any(b.region == "response" for b in blocks)
    )
    pairs: list[Pair] = []
    answered_below = {i.path for i in items if i.region == "response"}
    for item in items:  # "Answer: Yes, No, Only since (date):" is a form for the body to fill in
        form = split_marked(item.lines) if item.region == "request" and item.path in answered_below else None
        item.lines = form[0] if form and form[0] else item.lines
    asked_in_request = [i for i in items if i.region == "request" and not (split_marked(i.lines) or ([], []))[1]] if has_response else []
    if not asked_in_request and has_response:
        # questions without an answer mark before a response heading are the request, whatever stood above them
        first = next((b.lines[0].start for b in blocks if b.region == "response" and b.lines), None)
        first_item = next((i.begin for i in items if i.region == "response"), None)
        starts = [x for x in (first, first_item) if x is not None]
        if starts:
            asked_in_request = [
                i
                for i in items
                if i.region == "mixed" and i.begin < min(starts) and not (i.label and i.label.role == "A") and split_marked(i.lines) is None
            ]
    if not asked_in_request:
        asked_in_request = first_run(items)
        if asked_in_request:
            cut_opening(asked_in_request[-1], opening, section)
    previous: Parts = ()
    for item in asked_in_request:
        nested = len(item.path) > 1 and item.label is not None and item.label.style == "plain" and len(item.label.parts) < len(item.path)
        parent = next((p for p in pairs if p.path == item.path[: -len(item.label.parts)]), None) if nested and item.label else None
        if parent is not None and item.lines:  # a numbered list inside one question
            parent.question = replace(
                parent.question, text=parent.question.text + " " + " ".join(ln.text for ln in item.lines), end=item.lines[-1].end
            )
            parent.intro = False
            continue
        head = next((p for p in pairs if p.path == item.path[:-1]), None) if item.label and item.label.letter_only else None
        if head is not None and item.lines and item.path not in answered_below and only_period(item.lines[0].text):
            years = " ".join(ln.text for ln in item.lines)
            head.question = replace(head.question, text=f"{head.question.text} {item.path[-1]}) {years}", end=item.lines[-1].end)
            head.intro = False
            continue
        printed = item.path
        if printed == previous and len(printed) == 1 and printed[0].isdigit():
            item.path = (str(int(pairs[-1].path[0]) + 1),)  # "1. … 1. …": a list that the page numbered anew
        previous = printed
        pairs += asked_in(item)
    if has_response and not pairs:
        pairs += unlabelled_questions([ln for b in blocks if b.region == "request" for ln in b.lines], section)
    known = {p.path: p for p in pairs}
    repeated_in_blocks(blocks, pairs, section)
    rest = [i for i in items if i not in asked_in_request]
    answered = [i for i in rest if not (i.region == "request" and has_response and not (split_marked(i.lines) or ([], []))[1])]
    parts: list[Item | Block] = [*answered, *blocks]
    said = [ln for part in parts if part.region == "mixed" for ln in part.lines]
    repeated = not any(i.label for i in answered) and sum(asks(ln.text) for ln in said) > 1  # the questions again, without numbers
    if not pairs and given and not repeated:
        pairs += [Pair(replace(q, start=None, end=None), parts_of(q.label), section) for q in given]
        known = {p.path: p for p in pairs}
        from_given = True
    else:
        from_given = False
    numbered = bool(pairs) and not from_given and bool(answered) and all(i.region == "response" and i.label for i in answered)
    _both(answered, pairs, known, section, from_given, bool(asked_in_request) or numbered, loose)
    if not pairs:
        plain = [ln for b in blocks if b.region == "mixed" for ln in b.lines]
        if not plain and not has_response:  # the question, and below it with no heading the answer
            said = [ln for b in blocks if b.region == "request" for ln in b.lines]
            plain = said[next((n for n, ln in enumerate(said) if "?" in ln.text), len(said)) :]
        pairs += interleaved_pairs(plain, section, 0) if plain and any(asks(ln.text) for ln in plain) else []
    if not any(p.lines for p in pairs):
        block_answers([ln for b in blocks if b.region == "response" for ln in b.lines], pairs, section)
    if not pairs:
        pairs += whole_letter(blocks, section)
    if pairs and not any(p.lines for p in pairs):
        # the answer stands before the questions ("Request and answer: we have considered … Request 1 …")
        early = [ln for b in blocks if b.region == "mixed" for ln in b.lines]
        leaves = [p for p in pairs if not p.intro]
        for pair in leaves:
            give_lines(pair, early, "block", 1)
    left_over(pairs, blocks, section)
    label_rows(pairs, blocks)
    head_rows(pairs, opening.get(section, []))
    cut_named(pairs)
    named_in_opening(pairs, opening.get(section, []))
    share_parts(pairs)
    cut_inside(pairs)
    spread_answers(pairs)
    leads = [p for p in pairs if p.intro and not p.lines]
    contexts[section] = contexts.get(section, "") + "".join("\n" + p.question.text for p in leads)
    for pair in pairs:  # what a heading over sub-questions says of periods holds for them
        above = [p for p in leads if p.path and p.path == pair.path[: len(p.path)] and p is not pair]
        pair.context = " ".join(p.question.text for p in above) or (
            leads[0].question.text if leads and not leads[0].path[1:] and leads[0].question.start is not None and len(leads) == 1 else ""
        )
    leading = {id(p) for p in leads}
    return [p for p in pairs if id(p) not in leading and not (p.intro and p.how in ("own", "block") and _has_parts(p, pairs))]


def _has_parts(pair: Pair, pairs: list[Pair]) -> bool:
    """Is a heading's answer held by the questions under it?"""
    under = [p for p in pairs if p is not pair and p.section == pair.section and p.path[: len(pair.path)] == pair.path]
    return any(p.how == "block" and p.group == pair.group and p.lines for p in under)


def _both(
    items: list[Item], pairs: list[Pair], known: dict[Parts, Pair], section: int, from_given: bool, separate: bool, loose: Lines
) -> None:
    """Items of the response, or of a letter where each question is followed by its answer."""
    current: Pair | None = None
    group = 0
    used: set[int] = set()
    restarted = False
    pending: list[Pair] = []
    answering: set[Parts] = set()
    printed: dict[Parts, Pair] = {}  # the reply's own numbers, where it repeats the questions under others than theirs
    answer_item = False
    marked = any(
        split_marked(i.lines) is not None or (i.label is not None and i.label.role == "A" and bool(i.label.targets)) for i in items
    )
    anew: Parts = ()  # the number given to a question that a page printed as 1 again: its parts follow it
    for item in items:
        role = item.label.role if item.label else ""
        if anew and item.label and item.label.letter_only and item.path[0] == "1":
            item.path = (*anew, *item.path[1:])
        elif item.path[1:] == ():
            anew = ()
        if item.label is None:
            labelled = any(i.label is not None and i.label.targets for i in items)
            for pair in interleaved_pairs(item.lines, section, len(pairs)):
                if labelled and not pair.lines:
                    pair.intro = True  # words before the first number lead in to the questions
                    pair.path = ()
                pairs.append(pair)
                current = pair
            continue
        named_range = item.label.range_to is not None
        paths = expand_range(item, list(dict.fromkeys([*known, *printed])) if named_range else ())
        target = find_pair(item.path, known, current)
        if role == "A" or (separate and len(paths) > 1):
            group += 1
            named = [t for p in paths if (t := printed.get(p) or find_pair(p, known, current)) is not None]
            pending = []
            if not named:
                if current is not None and item.label.letter_only:
                    current.lines += item.lines
                    continue
                named = [add_pair(pairs, known, p, section) for p in paths]
            elif role == "A" and len(named) < len(paths):
                named += [add_pair(pairs, known, p, section) for p in paths if p not in printed and find_pair(p, known, current) is None]
            if not named:
                continue
            for pair in named:
                give_lines(pair, item.lines, "own", group if len(named) > 1 else None)
            current, answer_item = named[0], role == "A"
            continue
        if answer_item and item.label.letter_only and current is not None and not current.sub_labels and item.path not in known:
            for pair in pairs:
                if pair is current or (current.group is not None and pair.group == current.group):
                    pair.lines = [*pair.lines, *item.lines]
            continue
        answer_item = False
        if len(paths) > 1 and not separate:
            group += 1
            topic = item.lines[0] if role == "Q" and item.worded and len(item.lines) > 1 else None
            if topic is not None and (answerish(topic.text) or topic.text[-1] in ".?!" or len(topic.text) > 160):
                topic = None
            for path in paths:
                pair = find_pair(path, known, None) or add_pair(pairs, known, path, section)
                if topic is not None and not pair.question.text:
                    pair.question = question_of(pair.question.label, [topic])  # "Questions 2 to 5 - people affected and payments"
                give_lines(pair, item.lines[1:] if topic is not None else item.lines, "own", group)
                current = pair
            continue
        inside = known.get(item.path[:-1]) if separate and item.label.letter_only else None
        if inside is not None and item.path[-1] in inside.sub_labels and item.lines:
            current = answer_part(inside, item, pairs, known)
            continue
        if separate or from_given:
            moved = repeats(item, target, pairs, used)
            if moved is not None:
                pair, answer = moved
                used.add(id(pair))
                printed[item.path] = pair
                if not answer and item is not items[-1]:
                    pending.append(pair)  # questions repeated one under the other: the answer stands under the last
                    current = pair
                    continue
                if pending and answer and any(p.lines for p in pending) is False:
                    group += 1
                    for waiting in pending:
                        give_lines(waiting, answer, "block", group)
                    give_lines(pair, answer, "block", group)
                    pending, current = [], pair
                    continue
                pending = []
                give_shifted(pair, answer, pairs, used)
                current = pair
                continue
            if target is None:
                if current is not None and (item.label.letter_only or not has_sibling(item.path, known)):
                    if current.sub_labels and item.path[-1] in current.sub_labels:
                        current = answer_part(current, item, pairs, known)
                    elif (
                        item.label.letter_only
                        and known.get(item.path[:-1]) is not None
                        and answerish(" ".join(ln.text for ln in item.lines))
                    ):
                        current = add_pair(pairs, known, item.path, section)
                        give_lines(current, item.lines, "own", None)
                    else:
                        current.lines += _with_label(item)
                    continue
                if (
                    separate
                    and item.path[0].isdigit()
                    and all(k[0].isdigit() for k in known)
                    and int(item.path[0]) > 1 + max(int(k[0]) for k in known)
                    and current is not None
                ):
                    current.lines += _with_label(item)
                    continue
                target = add_pair(pairs, known, item.path, section)
            used.add(id(target))
            split = split_marked(item.lines)
            if split and split[0] and not target.question.text:
                target.question = question_of(target.question.label, split[0])
            give_lines(target, split[1] if split else item.lines, "own", None)
            current = target
            continue
        # the question and its answer in one item
        base = known.get(item.path[:-1]) if len(item.path) > 1 else None
        if (
            base is not None
            and item.label.letter_only
            and (item.path[-1] in base.sub_labels or base.heading)
            and not (item.lines and item.lines[0].text.endswith("?"))
        ):
            base.heading = "sub"
            current = answer_part(base, item, pairs, known)
            continue
        if (
            current is not None
            and item.label.letter_only
            and current.lines
            and not asks(" ".join(ln.text for ln in item.lines[:2]))
            and not (item.path[:-1] in known and not known[item.path[:-1]].lines)
            and not _continues(item, known)
        ):
            current.lines += _with_label(item)
            continue
        again = known.get(item.path)
        if again is not None and again.lines and item.path[1:] == () and item.path[0].isdigit() and _asking(item) and not item.worded:
            last = max((int(p.path[0]) for p in pairs if p.path and p.path[0].isdigit()), default=0)
            if item.path[0] == "1" and last >= 1 and item.lines[0].text.rstrip().endswith("?"):
                item.path = (str(last + 1),)  # "1. …? … 1. …?": a list that the page numbered anew
                again = None
                anew = item.path
        if again is not None and again is current and again.lines and len(pairs) > 1 and not marked and not _asking(item):
            others = [p for p in pairs if p is not again and not p.intro]
            if not any(p.lines for p in others) and again.question.text:
                group += 1
                for other in others:  # what stood between the questions and this answer speaks of the others
                    give_lines(other, again.lines, "block", group)
                again.lines, again.how = [], "none"
                give_lines(again, item.lines, "own", None)
                continue
        if (
            again is not None
            and current is not None
            and again is not current
            and not again.lines
            and current.lines
            and sort_key(item.path) < sort_key(current.path)
            and not restarted
        ):
            restarted = True
            first_left = next((p for p in pairs if p.path[:-1] == item.path[:-1] and not p.lines and not p.intro), None)
            if first_left is not None and first_left is not again and sort_key(first_left.path) < sort_key(item.path):
                first_left.lines, first_left.how = current.lines, "own"  # the first answer lost its label
                current.lines, current.how = [], "none"
        if again is not None and not again.lines and item.lines and not _asking(item) and not marked:
            answering.add(item.path[:-1])
            give_lines(again, item.lines, "own", None)  # the numbers begin again: now come the answers
            current = again
            continue
        if (
            item.label.letter_only
            and len(item.path) > 1
            and item.path[:-1] in answering
            and item.path not in known
            and not _asking(item)
        ):
            current = add_pair(pairs, known, item.path, section)  # "a) …, b) …" asked in one line, answered one by one
            give_lines(current, item.lines, "own", None)
            continue
        first = item.lines[0].text if item.lines else ""
        parent = known.get(item.path[:-1]) if len(item.path) > 1 else None
        dated = find_periods(first)[:1]
        if item.label.letter_only and dated and dated[0].begin < 2 and len(item.lines) < 4 and _entry(first[dated[0].stop :]):
            asked_above = parent.question if parent else question_of("", [])  # "a) 2018/19: £312,400": an answer, year by year
            current = Pair(replace(asked_above, label=label_text(item.path)), item.path, section)
            give_lines(current, item.lines, "own", None)
            pairs.append(current)
            known[item.path] = current
            if parent is not None:
                parent.intro = True
            continue
        question, answer = parted(item, marked, again.question.text if again and again.question.text else None)
        pair = Pair(question_of(label_text(item.path), question), item.path, section)
        text = pair.question.text
        subs = inline_labels(text)
        pair.sub_labels = subs if len(set(subs)) > 1 else ()
        pair.intro = text.endswith(":") and "?" not in text
        if answer:
            give_lines(pair, answer, "own", None)
        pairs.append(pair)
        known[item.path] = pair
        current = pair
    # numbers only begin again ("1. … 2. …", then "1) Five"): the earlier, empty ones were the questions
    fill_twice(pairs)


def _entry(text: str) -> bool:
    """The rest of "2018/19: £312,400", "2019/20 - no information available"."""
    rest = text.lstrip(" -–:=.")
    return not text.rstrip().endswith("?") and bool(text.strip()) and (answerish(rest) or rest[:1].isdigit()) and len(rest) < 60


def _asking(item: Item) -> bool:
    """Do an item's first words ask ("Total paid?"), and not answer ("Total paid: £310")?"""
    first = item.lines[0].text if item.lines else ""
    return asks(first) and not figure_line(first)


def _continues(item: Item, known: dict[Parts, Pair]) -> bool:
    last = item.path[-1]
    if last in ROMAN and any(n == ROMAN[last] - 1 and (*item.path[:-1], r) in known for r, n in ROMAN.items()):
        return True
    previous = (*item.path[:-1], chr(ord(last) - 1)) if len(last) == 1 and last.isalpha() else None
    return previous in known


def _with_label(item: Item) -> Lines:
    if not item.lines or not item.label:
        return item.lines
    first = item.lines[0]
    return item.lines if first.start < item.label.begin else [first, *item.lines[1:]]
