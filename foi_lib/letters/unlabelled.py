"""Questions and answers with no labels: bullets, bare sentences, a block of answer with the questions repeated in it."""

from __future__ import annotations

import re
from dataclasses import replace

from foi_lib import quick
from foi_lib.letters.labels import read_label
from foi_lib.letters.lines import Line, content, likeness
from foi_lib.letters.model import Question
from foi_lib.letters.pairs import Pair
from foi_lib.letters.periods import find_periods
from foi_lib.letters.segment import Block, asks
from foi_lib.letters.split import TOPIC, Lines, answerish, figure_line, split_known, split_marked, split_unmarked

_STATES = re.compile(
    r"(?:the\s|a\s|any\s)?[\w-]+(?:\s[\w'-]+){0,5}\s(?:is|are|was|were|has|have|had|will|would|can|could|may)\s(?!there\b|you\b|the council\b)[a-z]",
    re.I,
)


def question_of(label: str, lines: Lines) -> Question:
    words = " ".join(" ".join(ln.text for ln in lines).split())
    return Question(label, words, start=lines[0].start if lines else None, end=lines[-1].end if lines else None)


_DASHED = re.compile(r"(?<=[\s:])[-–]\s(?=[A-Z])")


def _dashed(line: Line) -> Lines:
    """A list that a page ran into one line, "… : - The trees … - How many …", as its bullets."""
    marks = [m.end() for m in _DASHED.finditer(line.text)]
    if len(marks) < 2:
        return [line]
    out = []
    for k, at in enumerate([0, *marks]):
        stop = marks[k] if k < len(marks) else len(line.text)
        text = line.text[at:stop].rstrip(" -–")
        if text:
            out.append(replace(line, start=line.start + at, end=line.start + at + len(text), text=text, bullet=k > 0, gap=line.gap and not k))
    return out


def unlabelled_questions(lines: Lines, section: int) -> list[Pair]:
    """Questions with no labels: bullets, or sentences that ask; a lead-in that ends with a colon is none."""
    found: list[Lines] = []
    lines = [piece for line in lines for piece in _dashed(line)]
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
            if not lead and found and not line.gap:
                found[-1].append(line)
            elif asks(line.text) and line.text.endswith("?"):
                found.append([line])
        elif line.text.endswith(":") and not found:
            continue
        elif asks(line.text) and (line.gap or line.text.endswith("?") or (found and quick.search(r"[.?]$", found[-1][-1].text)) or not found):
            if (
                found
                and line.text.lower().startswith(("please", "if ", "for each", "give"))
                and not line.text.endswith("?")
                and not (line.gap and _SEND.match(line.text))
            ):
                found[-1].append(line)
            else:
                found.append([line])
        elif found:
            found[-1].append(line)
    if not found and lines:
        found = [lines]
    return [Pair(question_of(str(n), group), (str(n),), section) for n, group in enumerate(found, 1)]


def give_lines(pair: Pair, lines: Lines, how: str, group: int | None) -> None:
    if not lines:
        return
    pair.lines = [*pair.lines, *lines]
    pair.how = how if pair.how == "none" else pair.how
    pair.group = group if group is not None else pair.group


def _answer_marks(lines: Lines) -> list[int]:
    """The lines that open with a bare "A:", "Answer:" or "Response:"."""
    labels = [(n, read_label(ln.text, 0, len(ln.text))) for n, ln in enumerate(lines)]
    return [n for n, label in labels if label and label.style == "bare"]


def marked_pairs(lines: Lines, section: int, count: int) -> list[Pair]:
    """Unlabelled questions, each answered under an "A:": the paragraph before the mark is the question."""
    marks = _answer_marks(lines)
    begins: list[int] = []
    for k, mark in enumerate(marks):
        first = mark
        floor = marks[k - 1] + 1 if k else 0
        while first > floor:
            first -= 1
            if lines[first].gap and (k or not any(asks(ln.text) for ln in lines[:first])):
                break
        if first == mark or not any(ln.gap for ln in lines[first : mark + 1]):
            return []
        begins.append(first)
    pairs = []
    for k, (first, mark) in enumerate(zip(begins, marks, strict=True)):
        n = str(count + k + 1)
        stop = begins[k + 1] if k + 1 < len(begins) else len(lines)
        pair = Pair(question_of(n, lines[first:mark]), (n,), section)
        marked = split_marked(lines[mark:stop])
        give_lines(pair, marked[1] if marked else [], "own", None)
        pairs.append(pair)
    return pairs


def interleaved_pairs(lines: Lines, section: int, count: int) -> list[Pair]:
    """Unlabelled questions, each with its answer under it (or on its line)."""
    if len(_answer_marks(lines)) > 1 and (found := marked_pairs(lines, section, count)):
        return found
    pairs: list[Pair] = []
    question: Lines = []
    answer: Lines = []

    def close() -> None:
        nonlocal question, answer
        if question:
            n = str(count + len(pairs) + 1)
            pair = Pair(question_of(n, question), (n,), section)
            pair.intro = question[-1].text.endswith(":") and not answer and "?" not in question[-1].text
            give_lines(pair, answer, "own", None)
            pairs.append(pair)
        question, answer = [], []

    seeds = [ln.text for ln in lines if asks(ln.text) and len(ln.text) > 15]
    previous: Line | None = None
    dashed = sum(ln.bullet and asks(ln.text) for ln in lines) > 1  # the questions are the bullets
    for line in lines:
        glued = split_unmarked([line])[1]
        stem_text = line.text[: glued[0].start - line.start] if glued else line.text
        alike = (
            line.gap
            and 12 < len(line.text) < 110
            and not line.text.endswith(":")
            and any(likeness(stem_text, s) > 0.45 for s in seeds if s != line.text)
        )
        bullet = (
            line.bullet
            and previous is not None
            and (previous.bullet or previous.text.endswith((":", ".")))
            and not answer
            and bool(question)
        )
        starts = (
            (
                (
                    asks(line.text)
                    and len(line.text) > 12
                    and not (
                        _STATES.match(line.text)
                        and not quick.match(
                            r"(?:how|what|which|who|when|where|why|do|does|did|is|are|has|have|was|were|if|of|please|could|can)\b",
                            line.text,
                            re.I,
                        )
                    )
                )
                or alike
                or bullet
            )
            and (not dashed or line.bullet or line.text.endswith("?"))
            and not figure_line(stem_text)
            and not TOPIC.match(line.text)
            and not _REFUSES.search(line.text)
            and (line.gap or line.bullet or line.text.endswith("?") or not question or not answer)
            and not quick.match(
                r"(?:please (?:see|find|refer|note)|in total|any|is\b|are\b|do\b|of (?:these|those)|number of \w+ [-–:])", line.text, re.I
            )
        )
        previous = line
        if question and not answer and _MORE.match(line.text) and not line.text.endswith("?"):
            question.append(line)
            continue
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
    if (
        len(pairs) > 2
        and not pairs[0].lines
        and quick.match(r"(?:kindly|please|i (?:would|am|want|ask|wish)|under the)", pairs[0].question.text, re.I)
        and not pairs[0].question.text.endswith("?")
    ):
        pairs[0].intro = True  # a lead-in: the questions are those that follow
    n = count
    for pair in pairs:
        n += not pair.intro
        pair.path = (str(n),)
        pair.question = replace(pair.question, label=str(n))
    return pairs


_SEND = re.compile(r"please (?:send|provide|supply|disclose|attach)(?: me| us)?(?: with)? (?:your|an?y?|the|all|copies)\b", re.I)
_MORE = re.compile(
    r"(?:please|kindly) (?:give|provide|supply|include|show|split|break)\b.{0,30}?\b(?:figures?|data|numbers?|this|it|them|these|answers?|breakdown)\b", re.I
)
_REFUSES = re.compile(r"\b(?:is|are|was|were) (?:therefore |also )?(?:exempt|withheld|being withheld)\b", re.I)


def repeated_in_blocks(blocks: list[Block], pairs: list[Pair], section: int) -> None:
    """Unlabelled lines of the response that repeat the questions one after another hold their answers, whatever is numbered below."""
    lines = [ln for b in blocks if b.region == "response" for ln in b.lines]
    if len(pairs) < 2 or len(lines) < 3:
        return
    hits = sum(any(len(p.question.text) > 12 and likeness(ln.text, p.question.text) > 0.8 for ln in lines) for p in pairs)
    if hits * 2 >= len(pairs):
        block_answers(lines, pairs, section)


def block_answers(lines: Lines, pairs: list[Pair], section: int) -> None:
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
            give_lines(pair, marked[1] if marked and not marked[0] else answer, "own", None)
        blank = [p for p in pairs if not p.lines]
        last = order[-1][1]
        if (
            blank
            and len(order) == len(pairs) - len(blank)
            and all(not p.lines for p in blank)
            and not any(p.lines for p, _ in [(o[1], 0) for o in order[:-1]])
        ):
            for pair in blank:  # questions repeated one under the other, then one answer
                give_lines(pair, last.lines, "block", 1)
            last.how, last.group = "block", 1
        return
    leaves = [p for p in pairs if not p.intro]
    marked = split_marked(lines)
    if marked and len(marked[0]) <= 3:
        lines = marked[1]
    bullets = [i for i, ln in enumerate(lines) if ln.bullet]
    brief = sum(_briefly(lines[i].text) for i in bullets)
    if len(leaves) > 2 and len(leaves) - 1 <= len(bullets) <= len(leaves) and (brief == len(bullets) or (len(bullets) == len(leaves) and brief * 2 >= len(bullets))):
        for k, (pair, at) in enumerate(zip(leaves, bullets, strict=False)):  # as many answers in a list as questions in one
            own = lines[at : at + 1] if k + 1 < len(bullets) or len(bullets) < len(leaves) else lines[at:]
            give_lines(pair, own, "own", None)
        if len(bullets) < len(leaves):
            give_lines(leaves[-1], lines[bullets[-1] + 1 :], "own", None)
        return
    turn = next((i for i, ln in enumerate(lines) if i and ln.gap and _THE_REST.search(ln.text)), None)
    if turn is not None and len(leaves) > 1:  # "We are unable to answer the other questions"
        first = lines[:turn]
        said = content(" ".join(ln.text for ln in first))
        asked = [len(said & content(p.question.text)) for p in leaves]
        chosen = leaves[asked.index(max(asked))]
        give_lines(chosen, first, "block", 98)
        for pair in leaves:
            if pair is not chosen:
                give_lines(pair, lines[turn:], "block", 99)
        return
    paragraphs = _by_question(lines, leaves)
    if paragraphs and sum(map(bool, paragraphs)) < 2:
        paragraphs = None  # one question's words in all of them tell nothing apart
    for n, pair in enumerate(leaves):
        if paragraphs and paragraphs[n]:
            give_lines(pair, paragraphs[n], "block", 100 + n)
        else:
            give_lines(pair, lines, "own" if len(leaves) == 1 else "block", 1 if len(leaves) > 1 else None)


_THE_REST = quick.compile(
    r"\b(?:(?:your|the|all) (?:other|remaining) (?:questions|parts|points|requests)|the (?:rest|remainder) of (?:the|your) (?:questions|request|information))\b", re.I
)


def _briefly(text: str) -> bool:
    return len(text) < 120 and (answerish(text) or figure_line(text))


def _by_question(lines: Lines, leaves: list[Pair]) -> list[Lines] | None:
    """Paragraphs that answer one question each, told by the questions' own words and in their order; None where that is not plain."""
    paragraphs: list[Lines] = []
    for line in lines:
        if line.gap or not paragraphs:
            paragraphs.append([line])
        else:
            paragraphs[-1].append(line)
    if len(leaves) < 2 or not len(leaves) * 0.6 <= len(paragraphs) <= len(leaves) + 3:
        return None
    topics = [content(p.question.text) for p in leaves]
    own = [t - set().union(*(o for k, o in enumerate(topics) if k != n)) for n, t in enumerate(topics)]
    found: list[int] = []
    for paragraph in paragraphs:
        said = content(" ".join(ln.text for ln in paragraph))
        scores = [len(said & t) for t in own]
        best = max(range(len(leaves)), key=lambda n: (scores[n], -n))
        if not scores[best] or scores.count(scores[best]) > 1:
            return None
        found.append(best)
    if found != sorted(found):
        return None
    out: list[Lines] = [[] for _ in leaves]
    for n, paragraph in zip(found, paragraphs, strict=True):
        out[n] += paragraph
    return out


_COURTESY = re.compile(
    r"yours (?:faithfully|sincerely|truly)\b|(?:kind|best) regards\b|thank you for (?:your|the) (?:letter|e-?mail|message|enquiry)\b[^.]{0,60}\.?$"
    r"|(?:we|i) (?:shall|will|aim to|hope to) (?:reply|respond|answer|write)\b[^.]{0,80}\.?$",
    re.I,
)


def whole_letter(blocks: list[Block], section: int) -> list[Pair]:
    """No question found: the whole letter, from the salutation on, is one answer to one request."""
    lines = [ln for b in blocks if b.region in ("header", "mixed", "request", "response") for ln in b.lines]
    start = next((i for i, ln in enumerate(lines) if quick.match(r"dear\b", ln.text, re.I)), -1)
    body = [ln for ln in lines[start + 1 :] if not quick.match(r"(?:re|ref|subject|our ref|your ref|date)\b", ln.text, re.I)]
    body = [ln for ln in body if not _COURTESY.match(ln.text)]
    if start < 0:
        return _in_reply(lines, section) or _page_of_figures(lines, section)
    if not body:
        return []
    asked = [ln for ln in body if quick.search(r"\byou (?:asked|requested|wanted)|your .{0,40}request", ln.text, re.I)][:1]
    said = [ln for ln in body if ln not in asked]
    if not said:
        return []  # an acknowledgement
    pair = Pair(question_of("1", asked), ("1",), section)
    give_lines(pair, said, "own", None)
    return [pair]


_IN_REPLY = re.compile(r"(?:in|by way of) (?:reply|response|answer) to (?:your|the)\b|further to your (?:request|e-?mail|letter)\b", re.I)
_ASKED_ABOUT = quick.compile(r"\b(?:i|we) (?:ask|request|seek|would like|am asking|want)\b|\bhow (?:many|much|often)\b", re.I)


def _in_reply(lines: Lines, section: int) -> list[Pair]:
    """A page that gives the request as prose, and then "In reply to your request …": what is asked above it, what is said from there on."""
    at = next((i for i, ln in enumerate(lines) if i and _IN_REPLY.match(ln.text)), None)
    asked = [ln for ln in lines[:at] if _ASKED_ABOUT.search(ln.text)] if at is not None else []
    if at is None or not asked:
        return []
    pair = Pair(question_of("1", asked), ("1",), section)
    give_lines(pair, lines[at:], "assumed", None)
    return [pair]


_HEADER_LINE = re.compile(r"^[\w '/.()-]{2,44}:\s*\S.{0,60}$|^\S.{0,60}\b(?:19|20)\d\d$|^(?:page|tel|fax)\b|.*\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.I)


def _page_of_figures(lines: Lines, section: int) -> list[Pair]:
    """No question and no salutation (a page of a disclosure log): what stands under the header answers it, for review."""
    start = max((i + 1 for i, ln in enumerate(lines[:12]) if _HEADER_LINE.match(ln.text) and not _CELLS.search(ln.text)), default=1)
    body = lines[start:]
    first = next((i for i, ln in enumerate(body) if figure_line(ln.text) or _CELLS.search(ln.text)), None)
    if first is None:
        return []
    title = body[0]
    head = [title] if first and len(title.text.split()) > 4 and not find_periods(title.text)[1:] else []
    pair = Pair(question_of("1", head), ("1",), section)
    give_lines(pair, body[len(head) :], "assumed", None)
    return [pair]


_CELLS = re.compile(r"\s(?:\d[\d,]*|\*|-)\s{1,12}(?:\d[\d,]*|\*|-)\s*$")
