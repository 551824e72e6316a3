"""Second step: which question each stretch of answer belongs to.

By explicit marks first, then by labels, by the question's words repeated, by what the text names ("On questions 3 and 4"),
and last by there being nothing else. `how` says which, so that doubt can be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from foi_lib.letters.labels import Parts, label_text, named_labels, sort_key
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.lines import Line, content, likeness, words
from foi_lib.letters.model import Question
from foi_lib.letters.periods import find_periods
from foi_lib.letters.segment import Item, Segments, asks
from foi_lib.letters.split import TOPIC, Lines, answerish, figure_line, split_known, split_marked, split_unmarked

_SUBJECT = re.compile(
    r"^(?:for|on|in relation to|regarding|with (?:regards?|respect|reference) to|as (?:to|for|regards)|in respect of|concerning|relating to|turning to)\s+(?:the\s|your\s|how\s|any\s|whether\s|[a-z])", re.I
)
_ORDINAL = re.compile(
    r"^(?:for|on|as to|in relation to|regarding)\s+(?:(?:your|the)\s(?P<n>first|second|third|fourth|last)\s(?:question|part|point|request)|(?:question|part|point|request)\s(?P<w>one|two|three|four|five|six)\b)", re.I
)
_STATES = re.compile(r"(?:the\s|a\s|any\s)?[\w-]+(?:\s[\w'-]+){0,5}\s(?:is|are|was|were|has|have|had|will|would|can|could|may)\s(?!there\b|you\b|the council\b)[a-z]", re.I)
_OTHERS = re.compile(r"^(?:as )?(?:for|to|on|regarding|in relation to)\s(?:every|all|each|any|the)(?:\sof)?(?:\sthe|\syour)?\s(?:other|remaining|rest)\b[^.]{0,24}\bquestions?", re.I)
_ORDINALS = {"one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "six": 5, "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


@dataclass(slots=True)
class Pair:
    """A question and the lines that answer it."""

    question: Question
    path: Parts
    section: int
    lines: Lines = field(default_factory=list)
    how: str = "none"  # own, named, block, parent, none
    intro: bool = False  # a heading over sub-questions rather than a question
    sub_labels: tuple[str, ...] = ()  # "(a) officers and (b) staff" inside the question
    group: int | None = None  # questions that share one block of answer
    heading: str = ""
    context: str = ""  # the heading over this sub-question
    wants: str = ""  # the measure it asks for

    @property
    def begin(self) -> int:
        return self.lines[0].start if self.lines else (self.question.start or 0)


@dataclass(slots=True)
class Aligned:
    """The questions in order with their answers, and what stands round them."""

    pairs: list[Pair]
    request_context: str  # preamble and questions: where periods are named for all
    contexts: dict[int, str]
    response_opening: dict[int, Lines]
    annex: Lines
    header: Lines
    loose: Lines  # lines of the response that no question claims


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
        pairs = _to_given(pairs, given)
    return Aligned(pairs, contexts.get(0, ""), contexts, opening, annex, header, loose)


def _first_run(items: list[Item]) -> list[Item]:
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
        answers = sum(not asks(i.lines[0].text if i.lines else "") or any(split_known(i.lines, " ".join(ln.text for ln in q.lines)) for q in first) for i in second)
        short = sum(sum(len(ln.text) for ln in i.lines) < 400 for i in first[:-1])
        if asking * 2 < len(first):  # things asked for in a word or two, then figures
            bare = all(len(" ".join(ln.text for ln in i.lines)) < 130 and not figure_line(i.lines[0].text if i.lines else "") for i in first[:-1])
            said = sum(answerish(i.lines[0].text) for i in second if i.lines)
            asking = len(first) if bare and said * 2 >= len(second) else asking
        if asking * 2 >= len(first) and fits * 2 >= len(second) and answers * 2 > len(second) and short >= len(first) - 2:
            return [i for i in items if i.begin < item.begin]
    return []


def _cut_opening(last: Item, opening: dict[int, Lines], section: int) -> None:
    """What follows the last question before the numbers begin again is the reply's opening, not the question."""
    question, rest = split_unmarked(last.lines)
    if rest and question:
        last.lines = question
        opening.setdefault(section, []).extend(rest)


def _question(label: str, lines: Lines) -> Question:
    words = " ".join(ln.text for ln in lines).strip()
    return Question(label, words, start=lines[0].start if lines else None, end=lines[-1].end if lines else None)


def _align_section(segments: Segments, section: int, given: Sequence[Question] | None, opening: dict[int, Lines], loose: Lines, contexts: dict[int, str]) -> list[Pair]:
    items = [i for i in segments.items if i.section == section]
    blocks = [b for b in segments.blocks if b.section == section]
    has_response = any(i.region == "response" for i in items) or any(b.region == "response" and b.lines for b in blocks) or any(b.region == "response" for b in blocks)
    pairs: list[Pair] = []
    asked_in_request = [i for i in items if i.region == "request" and not (split_marked(i.lines) or ([], []))[1]] if has_response else []
    if not asked_in_request and has_response:
        # questions without an answer mark before a response heading are the request, whatever stood above them
        first = next((b.lines[0].start for b in blocks if b.region == "response" and b.lines), None)
        first_item = next((i.begin for i in items if i.region == "response"), None)
        starts = [x for x in (first, first_item) if x is not None]
        if starts:
            asked_in_request = [i for i in items if i.region == "mixed" and i.begin < min(starts) and not (i.label and i.label.role == "A") and split_marked(i.lines) is None]
    if not asked_in_request:
        asked_in_request = _first_run(items)
        if asked_in_request:
            _cut_opening(asked_in_request[-1], opening, section)
    for item in asked_in_request:
        nested = len(item.path) > 1 and item.label is not None and item.label.style == "plain" and len(item.label.parts) < len(item.path)
        parent = next((p for p in pairs if p.path == item.path[: -len(item.label.parts)]), None) if nested and item.label else None
        if parent is not None and item.lines:  # a numbered list inside one question
            parent.question = replace(parent.question, text=parent.question.text + " " + " ".join(ln.text for ln in item.lines), end=item.lines[-1].end)
            parent.intro = False
            continue
        again = next((p for p in pairs if p.path == item.path and len(item.path) == 1 and item.path[0].isdigit()), None)
        if again is not None and again is pairs[-1]:
            item.path = (str(int(item.path[0]) + 1),)  # "1. … 1. …": a list that the page numbered anew
        pairs += _asked(item)
    if has_response and not pairs:
        pairs += _unlabelled_questions([ln for b in blocks if b.region == "request" for ln in b.lines], section)
    known = {p.path: p for p in pairs}
    _repeated_in_blocks(blocks, pairs, section)
    rest = [i for i in items if i not in asked_in_request]
    answered = [i for i in rest if not (i.region == "request" and has_response and not (split_marked(i.lines) or ([], []))[1])]
    if not pairs and given:
        pairs += [Pair(replace(q, start=None, end=None), _parts(q.label), section) for q in given]
        known = {p.path: p for p in pairs}
        from_given = True
    else:
        from_given = False
    _both(answered, pairs, known, section, from_given, bool(asked_in_request), loose)
    if not pairs:
        plain = [ln for b in blocks if b.region == "mixed" for ln in b.lines]
        pairs += _interleaved(plain, section, 0) if plain and any(asks(ln.text) for ln in plain) else []
    if not any(p.lines for p in pairs):
        _block_answers([ln for b in blocks if b.region == "response" for ln in b.lines], pairs, section)
    if not pairs:
        pairs += _free(blocks, section)
    if pairs and not any(p.lines for p in pairs):
        # the answer stands before the questions ("Request and answer: we have considered … Request 1 …")
        early = [ln for b in blocks if b.region == "mixed" for ln in b.lines]
        leaves = [p for p in pairs if not p.intro]
        for pair in leaves:
            _give(pair, early, "block", 1)
    _label_rows(pairs, blocks)
    _head_rows(pairs, opening.get(section, []))
    _cut_named(pairs)
    _share(pairs)
    _spread(pairs)
    leads = [p for p in pairs if p.intro and not p.lines]
    contexts[section] = contexts.get(section, "") + "".join("\n" + p.question.text for p in leads)
    for pair in pairs:  # what a heading over sub-questions says of periods holds for them
        above = [p for p in leads if p.path and p.path == pair.path[: len(p.path)] and p is not pair]
        pair.context = " ".join(p.question.text for p in above) or (leads[0].question.text if leads and not leads[0].path[1:] and leads[0].question.start is not None and len(leads) == 1 else "")
    return [p for p in pairs if p not in leads]


def _inline_labels(text: str) -> tuple[str, ...]:
    """ "(a) officers and (b) staff", "a) framework and b) off framework" inside a question."""
    return tuple(m.lower() for m in re.findall(r"(?:(?<=\()|(?<![\w(]))([a-h]|i{1,3}|iv|v)\)\s", text))


def _parts(label: str) -> Parts:
    found = re.findall(r"\d+|[a-z]+", label.lower())
    return tuple(found)


def _asked(item: Item) -> list[Pair]:
    lines = item.lines
    if item.label is None and len(lines) > 1:
        return _unlabelled_questions(lines, item.section)
    subs = _inline_labels(" ".join(ln.text for ln in lines))
    intro = bool(lines) and bool(re.search(r":$", lines[-1].text)) and not any("?" in ln.text for ln in lines)
    return [Pair(_question(label_text(item.path) or "1", lines), item.path or ("1",), item.section, intro=intro, sub_labels=subs if len(set(subs)) > 1 else ())]


def _unlabelled_questions(lines: Lines, section: int) -> list[Pair]:
    """Questions with no labels: bullets, or sentences that ask; a lead-in that ends with a colon is none."""
    found: list[Lines] = []
    bullets = [ln for ln in lines if ln.bullet]
    lead = True
    for i, line in enumerate(lines):
        if line.bullet and len(bullets) > 1:
            if lines[i - 1].text.endswith(":") and found and not lead and not lines[i - 1].bullet and not asks(line.text):
                found[-1].append(line)
            else:
                found.append([line])
            lead = False
        elif len(bullets) > 1:
            if not lead and found and (line.start - found[-1][-1].end) < 3:
                found[-1].append(line)
            elif asks(line.text) and line.text.endswith("?"):
                found.append([line])
        elif line.text.endswith(":") and not found:
            continue
        elif asks(line.text) and (line.gap or line.text.endswith("?") or (found and re.search(r"[.?]$", found[-1][-1].text)) or not found):
            if found and line.text.lower().startswith(("please", "if ", "for each", "give")) and not line.text.endswith("?"):
                found[-1].append(line)
            else:
                found.append([line])
        elif found:
            found[-1].append(line)
    if not found and lines:
        found = [lines]
    return [Pair(_question(str(n), group), (str(n),), section) for n, group in enumerate(found, 1)]


def _expand(item: Item, known: Sequence[Parts]) -> list[Parts]:
    """All questions that an item's label names, ranges filled from the questions known."""
    targets = list(item.targets)
    if item.label and item.label.range_to:
        last = item.label.range_to
        if len(last) < len(targets[-1]):
            last = (*targets[-1][: len(targets[-1]) - len(last)], *last)
        inside = [k for k in known if sort_key(targets[-1]) <= sort_key(k) and (sort_key(k) <= sort_key(last) or k[: len(last)] == last)]
        targets = [*targets[:-1], *inside] if inside else _count(targets, last)
    return targets


def _count(targets: list[Parts], last: Parts) -> list[Parts]:
    first = targets[-1]
    if first[-1].isdigit() and last[-1].isdigit():
        return [*targets[:-1], *((*first[:-1], str(n)) for n in range(int(first[-1]), int(last[-1]) + 1))]
    if len(first[-1]) == len(last[-1]) == 1:
        return [*targets[:-1], *((*first[:-1], chr(c)) for c in range(ord(first[-1]), ord(last[-1]) + 1))]
    return [*targets, last]


def _both(items: list[Item], pairs: list[Pair], known: dict[Parts, Pair], section: int, from_given: bool, separate: bool, loose: Lines) -> None:
    """Items of the response, or of a letter where each question is followed by its answer."""
    current: Pair | None = None
    group = 0
    used: set[int] = set()
    restarted = False
    pending: list[Pair] = []
    answering: set[Parts] = set()
    answer_item = False
    marked = any(split_marked(i.lines) is not None or (i.label is not None and i.label.role == "A" and bool(i.label.targets)) for i in items)
    for item in items:
        role = item.label.role if item.label else ""
        if item.label is None:
            labelled = any(i.label is not None and i.label.targets for i in items)
            for pair in _interleaved(item.lines, section, len(pairs)):
                if labelled and not pair.lines:
                    pair.intro = True  # words before the first number lead in to the questions
                    pair.path = ()
                pairs.append(pair)
                current = pair
            continue
        paths = _expand(item, list(known))
        target = _find(item.path, known, current)
        if role == "A" or (separate and len(paths) > 1):
            group += 1
            named = [t for p in paths if (t := _find(p, known, current)) is not None]
            if not named:
                if current is not None and item.label.letter_only:
                    current.lines += item.lines
                    continue
                named = [_new(pairs, known, p, section) for p in paths]
            elif role == "A" and len(named) < len(paths):
                named += [_new(pairs, known, p, section) for p in paths if _find(p, known, current) is None]
            for pair in named:
                _give(pair, item.lines, "own", group if len(named) > 1 else None)
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
            for path in paths:
                pair = _find(path, known, None) or _new(pairs, known, path, section)
                _give(pair, item.lines, "own", group)
                current = pair
            continue
        if separate or from_given:
            moved = _repeats(item, target, pairs, used)
            if moved is not None:
                pair, answer = moved
                used.add(id(pair))
                if not answer and item is not items[-1]:
                    pending.append(pair)  # questions repeated one under the other: the answer stands under the last
                    current = pair
                    continue
                if pending and answer and any(p.lines for p in pending) is False:
                    group += 1
                    for waiting in pending:
                        _give(waiting, answer, "block", group)
                    _give(pair, answer, "block", group)
                    pending, current = [], pair
                    continue
                pending = []
                _give_shifted(pair, answer, pairs, used)
                current = pair
                continue
            if target is None:
                if current is not None and (item.label.letter_only or not _sibling(item.path, known)):
                    if current.sub_labels and item.path[-1] in current.sub_labels:
                        current = _sub(current, item, pairs, known)
                    elif item.label.letter_only and known.get(item.path[:-1]) is not None and answerish(" ".join(ln.text for ln in item.lines)):
                        current = _new(pairs, known, item.path, section)
                        _give(current, item.lines, "own", None)
                    else:
                        current.lines += _with_label(item)
                    continue
                if separate and item.path[0].isdigit() and all(k[0].isdigit() for k in known) and int(item.path[0]) > 1 + max(int(k[0]) for k in known) and current is not None:
                    current.lines += _with_label(item)
                    continue
                target = _new(pairs, known, item.path, section)
            used.add(id(target))
            split = split_marked(item.lines)
            _give(target, split[1] if split else item.lines, "own", None)
            current = target
            continue
        # the question and its answer in one item
        base = known.get(item.path[:-1]) if len(item.path) > 1 else None
        if base is not None and item.label.letter_only and (item.path[-1] in base.sub_labels or base.heading) and not (item.lines and item.lines[0].text.endswith("?")):
            base.heading = "sub"
            current = _sub(base, item, pairs, known)
            continue
        if current is not None and item.label.letter_only and current.lines and not asks(" ".join(ln.text for ln in item.lines[:2])) and not (item.path[:-1] in known and not known[item.path[:-1]].lines) and not _continues(item, known):
            current.lines += _with_label(item)
            continue
        again = known.get(item.path)
        if again is not None and current is not None and again is not current and not again.lines and current.lines and sort_key(item.path) < sort_key(current.path) and not restarted:
            restarted = True
            first_left = next((p for p in pairs if p.path[:-1] == item.path[:-1] and not p.lines and not p.intro), None)
            if first_left is not None and first_left is not again and sort_key(first_left.path) < sort_key(item.path):
                first_left.lines, first_left.how = current.lines, "own"  # the first answer lost its label
                current.lines, current.how = [], "none"
        if again is not None and not again.lines and item.lines and not asks(item.lines[0].text) and not marked:
            answering.add(item.path[:-1])
            _give(again, item.lines, "own", None)  # the numbers begin again: now come the answers
            current = again
            continue
        if item.label.letter_only and len(item.path) > 1 and item.path[:-1] in answering and item.path not in known and not asks(item.lines[0].text if item.lines else ""):
            current = _new(pairs, known, item.path, section)  # "a) …, b) …" asked in one line, answered one by one
            _give(current, item.lines, "own", None)
            continue
        question, answer = _split(item, marked, again.question.text if again and again.question.text else None)
        pair = Pair(_question(label_text(item.path), question), item.path, section)
        text = pair.question.text
        subs = _inline_labels(text)
        pair.sub_labels = subs if len(set(subs)) > 1 else ()
        pair.intro = text.endswith(":") and "?" not in text
        if answer:
            _give(pair, answer, "own", None)
        pairs.append(pair)
        known[item.path] = pair
        current = pair
    # numbers only begin again ("1. … 2. …", then "1) Five"): the earlier, empty ones were the questions
    _fill_twice(pairs)


def _continues(item: Item, known: dict[Parts, Pair]) -> bool:
    previous = (*item.path[:-1], chr(ord(item.path[-1]) - 1)) if len(item.path[-1]) == 1 and item.path[-1].isalpha() else None
    return previous in known


def _with_label(item: Item) -> Lines:
    if not item.lines or not item.label:
        return item.lines
    first = item.lines[0]
    return item.lines if first.start < item.label.begin else [first, *item.lines[1:]]


def _sub(base: Pair, item: Item, pairs: list[Pair], known: dict[Parts, Pair]) -> Pair:
    """The answer to one of the "(a) … (b) …" inside a question."""
    path = (*base.path, item.path[-1])
    pair = known.get(path)
    if pair is None:
        pair = Pair(replace(base.question, label=label_text(path)), path, base.section, heading=item.path[-1])
        pairs.insert(pairs.index(base) + 1 + sum(1 for p in pairs if p.path[:-1] == base.path), pair)
        known[path] = pair
        base.intro = True
    _give(pair, item.lines, "own", None)
    return pair


def _fill_twice(pairs: list[Pair]) -> None:
    seen: dict[Parts, Pair] = {}
    for pair in list(pairs):
        first = seen.get(pair.path)
        if first is not None and pair.path and not first.lines and pair.section == first.section and not first.intro:
            if pair.lines or pair.question.text:
                first.lines = pair.lines or _as_lines(pair)
                first.how = "own"
                pairs.remove(pair)
                continue
        seen.setdefault(pair.path, pair)


def _as_lines(pair: Pair) -> Lines:
    q = pair.question
    return [Line(0, q.start or 0, q.end or 0, q.text)] if q.start is not None and q.end is not None else []


def _new(pairs: list[Pair], known: dict[Parts, Pair], path: Parts, section: int) -> Pair:
    pair = Pair(Question(label_text(path), ""), path, section)
    pairs.append(pair)
    known[path] = pair
    return pair


def _sibling(path: Parts, known: dict[Parts, Pair]) -> bool:
    return not known or any(len(k) == len(path) for k in known)


def _find(path: Parts, known: dict[Parts, Pair], current: Pair | None) -> Pair | None:
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


def _repeats(item: Item, target: Pair | None, pairs: list[Pair], used: set[int]) -> tuple[Pair, Lines] | None:
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
    return (best[1], best[2]) if best else None


def _give_shifted(pair: Pair, answer: Lines, pairs: list[Pair], used: set[int]) -> None:
    """Lines of an answer that repeat the next question without its number begin that question's answer."""
    start = 0
    owner = pair
    for i, line in enumerate(answer):
        nxt = next((p for p in pairs if id(p) not in used and p is not owner and p.question.text and split_known([line], p.question.text) is not None), None)
        if nxt is None or i == 0 and len(answer) == 1 and not line.text:
            continue
        split = split_known(answer[i:], nxt.question.text)
        if split is None or len(line.text) < 12:
            continue
        _give(owner, answer[start:i], "own", None)
        used.add(id(nxt))
        rest = split[1]
        _give_shifted(nxt, rest, pairs, used)
        return
    _give(owner, answer[start:], "own", None)


def _give(pair: Pair, lines: Lines, how: str, group: int | None) -> None:
    if not lines:
        return
    pair.lines = [*pair.lines, *lines]
    pair.how = how if pair.how == "none" else pair.how
    pair.group = group if group is not None else pair.group


def _split(item: Item, marked: bool, known: str | None) -> tuple[Lines, Lines]:
    lines = item.lines
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


def _interleaved(lines: Lines, section: int, count: int) -> list[Pair]:
    """Unlabelled questions, each with its answer under it (or on its line)."""
    pairs: list[Pair] = []
    question: Lines = []
    answer: Lines = []

    def close() -> None:
        nonlocal question, answer
        if question:
            n = str(count + len(pairs) + 1)
            pair = Pair(_question(n, question), (n,), section)
            pair.intro = question[-1].text.endswith(":") and not answer and "?" not in question[-1].text
            _give(pair, answer, "own", None)
            pairs.append(pair)
        question, answer = [], []

    seeds = [ln.text for ln in lines if asks(ln.text) and len(ln.text) > 15]
    previous: Line | None = None
    dashed = sum(ln.bullet and asks(ln.text) for ln in lines) > 1  # the questions are the bullets
    for line in lines:
        glued = split_unmarked([line])[1]
        stem_text = line.text[: glued[0].start - line.start] if glued else line.text
        alike = line.gap and 12 < len(line.text) < 110 and not line.text.endswith(":") and any(likeness(stem_text, s) > 0.45 for s in seeds if s != line.text)
        bullet = line.bullet and previous is not None and (previous.bullet or previous.text.endswith((":", "."))) and not answer and bool(question)
        starts = (
            (asks(line.text) and len(line.text) > 12 and not (_STATES.match(line.text) and not re.match(r"(?:how|what|which|who|when|where|why|do|does|did|is|are|has|have|was|were|if|of|please|could|can)\b", line.text, re.I)) or alike or bullet)
            and (not dashed or line.bullet or line.text.endswith("?"))
            and not figure_line(stem_text)
            and not TOPIC.match(line.text)
            and (line.gap or line.bullet or line.text.endswith("?") or not question or not answer)
            and not re.match(r"(?:please (?:see|find|refer|note)|in total|any|is\b|are\b|do\b|of (?:these|those)|number of \w+ [-–:])", line.text, re.I)
        )
        previous = line
        if starts and (not question or answer or line.gap or line.bullet):
            if question and not answer and not line.gap and not line.bullet:
                question.append(line)
                continue
            close()
            asked, rest = split_unmarked([line])
            question, answer = asked, rest
        elif question and not answer and not answerish(line.text) and not line.gap:
            question.append(line)
        elif question:
            answer.append(line)
        else:
            question.append(line)
    close()
    if len(pairs) > 2 and not pairs[0].lines and re.match(r"(?:kindly|please|i (?:would|am|want|ask|wish)|under the)", pairs[0].question.text, re.I) and not pairs[0].question.text.endswith("?"):
        pairs[0].intro = True  # a lead-in: the questions are those that follow
    n = count
    for pair in pairs:
        n += not pair.intro
        pair.path = (str(n),)
        pair.question = replace(pair.question, label=str(n))
    return pairs


def _repeated_in_blocks(blocks: list, pairs: list[Pair], section: int) -> None:  # type: ignore[type-arg]
    """Unlabelled lines of the response that repeat the questions one after another hold their answers, whatever is numbered below."""
    lines = [ln for b in blocks if b.region == "response" for ln in b.lines]
    if len(pairs) < 2 or len(lines) < 3:
        return
    hits = sum(any(len(p.question.text) > 12 and likeness(ln.text, p.question.text) > 0.8 for ln in lines) for p in pairs)
    if hits * 2 >= len(pairs):
        _block_answers(lines, pairs, section)


def _block_answers(lines: Lines, pairs: list[Pair], section: int) -> None:
    """A response with no labels: by the questions' words where it repeats them, else one block for all."""
    if not lines or not pairs:
        return
    used: set[int] = set()
    order: list[tuple[int, Pair, Lines]] = []
    i = 0
    while i < len(lines):
        hit = None
        for pair in pairs:
            if id(pair) in used or len(pair.question.text) < 12:
                continue
            split = split_known(lines[i : i + 6], pair.question.text)
            if split is not None and likeness(" ".join(ln.text for ln in split[0]), pair.question.text) >= 0.7:
                hit = (pair, split)
                break
        if hit:
            pair, split = hit
            used.add(id(pair))
            taken = len(lines[i : i + 6]) - len(split[1]) if not (split[1] and split[1][0] not in lines) else len(split[0])
            order.append((i, pair, [split[1][0]] if split[1] and split[1][0] not in lines else []))
            i += max(taken, 1)
        else:
            i += 1
    if order and (len(order) > 1 or len(pairs) == 1):
        for k, (at, pair, glued) in enumerate(order):
            stop = order[k + 1][0] if k + 1 < len(order) else len(lines)
            rest = split_known(lines[at:stop], pair.question.text)
            answer = rest[1] if rest else [*glued, *lines[at + 1 : stop]]
            marked = split_marked(answer)
            _give(pair, marked[1] if marked and not marked[0] else answer, "own", None)
        blank = [p for p in pairs if not p.lines]
        last = order[-1][1]
        if blank and len(order) == len(pairs) - len(blank) and all(not p.lines for p in blank) and not any(p.lines for p, _ in [(o[1], 0) for o in order[:-1]]):
            for pair in blank:  # questions repeated one under the other, then one answer
                _give(pair, last.lines, "block", 1)
            last.how, last.group = "block", 1
        return
    leaves = [p for p in pairs if not p.intro]
    marked = split_marked(lines)
    if marked and len(marked[0]) <= 3:
        lines = marked[1]
    for pair in leaves:
        _give(pair, lines, "own" if len(leaves) == 1 else "block", 1 if len(leaves) > 1 else None)


def _free(blocks: list, section: int) -> list[Pair]:  # type: ignore[type-arg]
    """No question found: the whole letter, from the salutation on, is one answer to one request."""
    lines = [ln for b in blocks if b.region in ("header", "mixed", "request", "response") for ln in b.lines]
    start = next((i for i, ln in enumerate(lines) if re.match(r"dear\b", ln.text, re.I)), -1)
    body = [ln for ln in lines[start + 1 :] if not re.match(r"(?:re|ref|subject|our ref|your ref|date)\b", ln.text, re.I)]
    if start < 0 or not body:
        return []
    asked = [ln for ln in body if re.search(r"\byou (?:asked|requested|wanted)|your .{0,40}request", ln.text, re.I)][:1]
    pair = Pair(_question("1", asked), ("1",), section)
    _give(pair, [ln for ln in body if ln not in asked], "own", None)
    return [pair]


def _cut_named(pairs: list[Pair]) -> None:
    """ "On questions 3 and 4: …" inside one question's answer belongs to the questions it names."""
    by_path = {p.path: p for p in pairs}
    group = 100
    for pair in list(pairs):
        for i, line in enumerate(pair.lines):
            ordinal = _ORDINAL.match(line.text)
            others = _OTHERS.match(line.text)
            if not (TOPIC.match(line.text) or ordinal or others) or figure_line(line.text):
                continue
            targets: list[Parts] = []
            if others:
                targets = [p.path for p in pairs if p.path != pair.path and (not p.lines or p.lines is pair.lines)]
            elif ordinal:
                leaves = [p.path for p in pairs if not p.intro]
                n = _ORDINALS[(ordinal["n"] or ordinal["w"]).lower()]
                if -len(leaves) <= n < len(leaves):
                    targets = [leaves[n]]
            else:
                first = named_labels(line.text, 0, min(len(line.text), 60))
                if first:
                    names, last, _, _ = first[0]
                    exact = len(names) > 1 and any(a != b and a[: len(b)] == b for a in names for b in names)
                    targets = [p for name in names for p in by_path if p == name or (not exact and p[: len(name)] == name and (name not in by_path or by_path[name].intro or not by_path[p].lines))]
                    if last:
                        targets = [p for p in by_path if sort_key(names[0]) <= sort_key(p) and (sort_key(p) <= sort_key(last) or p[: len(last)] == last)]
            targets = [t for t in targets if not (by_path[t].intro and any(o[: len(t)] == t and o != t for o in targets))]
            if not targets or (targets == [pair.path] and i == 0):
                continue
            stop = next((j for j in range(i + 1, len(pair.lines)) if TOPIC.match(pair.lines[j].text) or _ORDINAL.match(pair.lines[j].text)), len(pair.lines))
            named, pair.lines = pair.lines[i:stop], [*pair.lines[:i], *(pair.lines[stop:] if pair.path not in targets else [])]
            if not pair.lines:
                pair.how = "none"
            group += 1
            for t in targets:
                if by_path[t].how in ("block", "parent"):
                    by_path[t].lines = []
                    by_path[t].how = "none"
                _give(by_path[t], named, "named", group if len(targets) > 1 else None)
            break


def _label_rows(pairs: list[Pair], blocks: list) -> None:  # type: ignore[type-arg]
    """A table whose rows are named by the questions' numbers ("| Q1a | 0 | 0 | * |"): each question gets its row and the head."""
    by_path = {p.path: p for p in pairs}
    lines = [ln for b in blocks if b.region == "response" for ln in b.lines]
    rows: list[tuple[Line, Pair]] = []
    first = None
    for n, line in enumerate(lines):
        cells = [c.strip() for c in re.split(r"[|\t]", line.text.strip("| "))]
        m = re.fullmatch(r"(?:Q|Question)\s?(\d{1,2})\.?\s?\(?([a-h])?\)?", cells[0], re.I) if len(cells) > 1 else None
        pair = by_path.get((m[1], m[2].lower()) if m[2] else (m[1],)) if m else None
        if pair is not None:
            first = n if first is None else first
            rows.append((line, pair))
    if len(rows) < 2 or not first:
        return
    head = next((ln for ln in reversed(lines[:first]) if not re.fullmatch(r"[\s|:+=-]+", ln.text)), None)
    if head is None or not any(c in head.text for c in "|\t"):
        return
    taken = [ln for ln, _ in rows]
    for pair in pairs:
        pair.lines = [ln for ln in pair.lines if ln not in taken and ln is not head and not re.fullmatch(r"[\s|:+=-]+", ln.text)] if any(p is pair for _, p in rows) else pair.lines
    for line, pair in rows:
        pair.lines = [head, line, *[ln for ln in pair.lines if ln.start > line.start and pair.how == "own"]]
        pair.how, pair.group = "own", None


def _head_rows(pairs: list[Pair], opening: Lines) -> None:
    """Rows of a table that are labelled with the questions' numbers ("Q1  211 268 …"): its line of years heads each of them."""
    for line in opening:
        years = [p for p in find_periods(line.text) if p.start]
        if len(years) < 2 or find_amounts(line.text, 0, len(line.text)) or len(words(line.text)) > 6:
            continue
        for pair in pairs:
            first = pair.lines[0] if pair.lines else None
            piped = "|" in line.text
            if first is not None and first.start > line.start and piped == ("|" in first.text) and len(re.findall(r"\S+", first.text)) >= len(years) and len(find_amounts(first.text, 0, len(first.text))) >= (1 if piped else len(years) - 1) and not find_periods(first.text):
                pair.lines = [line, *pair.lines]


def _share(pairs: list[Pair]) -> None:
    """A question with no answer before a sub-question with a long one: the answer speaks of both, part by part."""
    for first, second in zip(pairs, pairs[1:], strict=False):
        both = first.how == second.how == "block" and first.group == second.group and sum(p.group == first.group for p in pairs) == 2
        if first.intro or len(second.lines) < 2 or first.section != second.section or not (both or (not first.lines and second.how == "own")):
            continue
        if TOPIC.match(second.lines[0].text) or _ORDINAL.match(second.lines[0].text):
            continue
        child = second.path[: len(first.path)] == first.path and len(second.path) > len(first.path)
        if not child and not any(_SUBJECT.match(ln.text) for ln in second.lines[:1]):
            continue
        parts: list[Lines] = []
        owners: list[Pair] = []
        for line in second.lines:
            if _SUBJECT.match(line.text) or not parts:
                topic = content(line.text[:110])
                scores = [len(topic & content(p.question.text)) / (len(content(p.question.text)) or 1) for p in (first, second)]
                own = len(content(second.question.text) - content(first.question.text) & topic)
                owner = second if own and scores[1] >= scores[0] else first if scores[0] > scores[1] else (owners[-1] if owners else first)
                parts.append([line])
                owners.append(owner)
            else:
                parts[-1].append(line)
        if first in owners and second in owners:
            first.lines, second.lines = [], []
            first.how = second.how = "none"
            for part, owner in zip(parts, owners, strict=True):
                _give(owner, part, "named", None)
        elif child:
            _give(first, second.lines, "block", 50)
            second.how, second.group = "block", 50


def _spread(pairs: list[Pair]) -> None:
    """One block that answers all, and a parent's answer that covers its parts."""
    for pair in pairs:
        children = [p for p in pairs if len(p.path) > len(pair.path) and p.path[: len(pair.path)] == pair.path and p.section == pair.section]
        if children and not pair.lines:
            if any(c.lines for c in children) or not re.search(r"\?", pair.question.text):
                pair.intro = True
        elif children and pair.lines and not any(c.lines for c in children):
            for child in children:
                _give(child, pair.lines, "parent", None)
    leaves = [p for p in pairs if not p.intro]
    answered = [p for p in leaves if p.lines]
    if len(leaves) > 1 and len(answered) == 1 and answered[0] is leaves[-1] and answered[0].how == "own":
        last = answered[0]
        if len(last.lines) > 1 or len(last.lines[0].text) > 60:
            last.how, last.group = "block", 1
            for pair in leaves[:-1]:
                _give(pair, last.lines, "block", 1)


def _to_given(pairs: list[Pair], given: Sequence[Question]) -> list[Pair]:
    """Pairs renamed to the questions as sent: by words where the letter repeats them, else by number."""
    out: list[Pair] = []
    taken: set[int] = set()
    matched: dict[int, Question] = {}
    by_label = {_parts(q.label): q for q in given}
    scored = sorted(
        ((likeness(p.question.text, q.text) + (0.1 if p.path == _parts(q.label) else 0), -i, -j) for i, p in enumerate(pairs) for j, q in enumerate(given) if p.question.text),
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
            out.append(pair)
            continue
        pair.question = replace(q, start=pair.question.start, end=pair.question.end)
        pair.path = _parts(q.label)
        pair.intro = False
        out.append(pair)
    for j, q in enumerate(given):
        if j not in taken:
            out.append(Pair(replace(q, start=None, end=None), _parts(q.label), 0))
    order = {q.label: n for n, q in enumerate(given)}
    return sorted(out, key=lambda p: order.get(p.question.label, len(order)))
