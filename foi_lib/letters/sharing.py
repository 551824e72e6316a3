"""Answers that belong to several questions, or to another than the one they stand under: named, shared, spread, tabled."""

from __future__ import annotations

import itertools
import re

from foi_lib import quick
from foi_lib.letters.amounts import find_amounts
from foi_lib.letters.inside import inline_labels
from foi_lib.letters.labels import Parts, label_text, named_labels, sort_key
from foi_lib.letters.lines import Line, content, words
from foi_lib.letters.pairs import Pair
from foi_lib.letters.periods import find_periods
from foi_lib.letters.segment import asks
from foi_lib.letters.split import TOPIC, Lines, figure_line
from foi_lib.letters.unlabelled import give_lines, question_of

_SUBJECT = re.compile(
    r"^(?:for|on|in relation to|regarding|with (?:regards?|respect|reference) to|as (?:to|for|regards)|in respect of|concerning|relating to|turning to)\s+(?:the\s|your\s|how\s|any\s|whether\s|[a-z])",
    re.I,
)


_ORDINAL = re.compile(
    r"^(?:for|on|as to|in relation to|regarding)\s+(?:(?:your|the)\s(?P<n>first|second|third|fourth|last)\s(?:question|part|point|request)|(?:question|part|point|request)\s(?P<w>one|two|three|four|five|six)\b)",
    re.I,
)


_OTHERS = re.compile(
    r"^(?:as )?(?:for|to|on|regarding|in relation to|with regards? to|in respect of)\s(?:every|all|each|any|the)(?:\sof)?(?:\sthe|\syour)?\s(?:other|remaining|rest)\b[^.]{0,24}\bquestions?",
    re.I,
)


_ORDINALS = {"one": 0, "two": 1, "three": 2, "four": 3, "five": 4, "six": 5, "first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}


def cut_named(pairs: list[Pair]) -> None:
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
                    targets = [
                        p
                        for name in names
                        for p in by_path
                        if p == name
                        or (not exact and p[: len(name)] == name and (name not in by_path or by_path[name].intro or not by_path[p].lines))
                    ]
                    if last:
                        targets = [
                            p
                            for p in by_path
                            if sort_key(names[0]) <= sort_key(p) and (sort_key(p) <= sort_key(last) or p[: len(last)] == last)
                        ]
            targets = [t for t in targets if not (by_path[t].intro and any(o[: len(t)] == t and o != t for o in targets))]
            if not targets or (targets == [pair.path] and i == 0):
                continue
            stop = next(
                (j for j in range(i + 1, len(pair.lines)) if TOPIC.match(pair.lines[j].text) or _ORDINAL.match(pair.lines[j].text)),
                len(pair.lines),
            )
            named, pair.lines = pair.lines[i:stop], [*pair.lines[:i], *(pair.lines[stop:] if pair.path not in targets else [])]
            if not pair.lines:
                pair.how = "none"
            group += 1
            for t in targets:
                if by_path[t].how in ("block", "parent"):
                    by_path[t].lines = []
                    by_path[t].how = "none"
                give_lines(by_path[t], named, "named", group if len(targets) > 1 else None)
            break


_DECIDES = re.compile(
    r"\brefus|\bexempt|\bwith?h[eo]ld|\bsections?\s\d|\bs\.?\s?\d\d|\bregulations?\s\d|\bnot held\b|\b(?:not|n't) hold\b|\bcost limit|\bappropriate limit|\balready (?:published|available)",
    re.I,
)


def named_in_opening(pairs: list[Pair], opening: Lines) -> None:
    """ "This is a refusal notice for questions 1 to 4", said before the first numbered answer: those questions have it too."""
    by_path = {p.path: p for p in pairs}
    stands = {ln.start for p in pairs for ln in p.lines}
    for n, line in enumerate(opening):
        if line.start in stands or not _DECIDES.search(line.text):
            continue
        for names, last, begin, _ in named_labels(line.text):
            if re.search(r"\b(?:your|the|see|in|to|of|this)\s(?:request|response|answer)\W{0,3}$", line.text[:begin], re.I):
                continue
            if line.text[begin:].lower().startswith(("request", "response", "answer", "point", "part", "item")):
                continue
            targets = [p for name in names for p in by_path if p[: len(name)] == name]
            if last:
                low, high = sort_key(names[0]), sort_key(last)
                targets = [p for p in by_path if low <= sort_key(p) and (sort_key(p) <= high or p[: len(last)] == last)]
            whole = [line]
            for after in opening[n + 1 :]:
                if named_labels(after.text) or after.start in stands:
                    break
                whole.append(after)
            for t in targets:
                pair = by_path[t]
                if pair.intro:
                    continue
                if not pair.lines:
                    give_lines(pair, whole, "named", None)
                elif pair.how == "own" and len(targets) > 1:
                    pair.lines = [*pair.lines, line, *(ln for ln in whole[1:2] if _DECIDES.search(ln.text))]
            break


_CELL = re.compile(r"(?:£\s?)?\d[\d,]*(?:\.\d+)?%?\*?|\*|nil|none|<\s?\d+", re.I)


def left_over(pairs: list[Pair], blocks: list, section: int) -> None:
    """Figures of the reply that stand under no number: they answer the question that has none, or a question the letter does not show."""
    stands = {ln.start for p in pairs for ln in p.lines}
    lines = [ln for b in blocks if b.region == "response" for ln in b.lines if ln.start not in stands]
    cells = sum(bool(_CELL.fullmatch(ln.text.strip(" |"))) or figure_line(ln.text) for ln in lines)
    if not pairs or cells < 4 or not any(p.lines for p in pairs):
        return
    first = pairs[0].path[:1]
    lead = [ln for b in blocks if b.region == "request" for ln in b.lines if ln.start < pairs[0].begin]
    pair = next((p for p in pairs if p.path == first and not p.lines), None)
    if pair is None:
        path = first if all(p.path != first for p in pairs) else ("0",)
        pair = Pair(question_of(label_text(path) if path != ("0",) else "", lead), path, section)
        pairs.insert(0, pair)
    give_lines(pair, lines, "assumed", None)


def label_rows(pairs: list[Pair], blocks: list) -> None:
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
        pair.lines = (
            [ln for ln in pair.lines if ln not in taken and ln is not head and not re.fullmatch(r"[\s|:+=-]+", ln.text)]
            if any(p is pair for _, p in rows)
            else pair.lines
        )
    for line, pair in rows:
        pair.lines = [head, line, *[ln for ln in pair.lines if ln.start > line.start and pair.how == "own"]]
        pair.how, pair.group = "own", None


_CELL_LAST = r"(?:\*+|[-–]|£\s?-|<\s?\d+\*?|£?\s?\d[\d,]*(?:\.\d+)?%?\*?|nil|none)"


def _row_of(text: str, width: int) -> bool:
    """A line that ends with as many cells as there are years above it."""
    m = re.search(rf"(?:^|\s)(?:{_CELL_LAST}\s+){{{width - 1}}}{_CELL_LAST}\s*$", text, re.I) if len(text) < 140 else None
    return m is not None and len(find_amounts(text, 0, len(text))) >= width - 1 and not find_periods(text)


def head_rows(pairs: list[Pair], opening: Lines) -> None:
    """Rows of a table that are labelled with the questions' numbers ("Q1  211 268 …"): its line of years heads each of them."""
    for line in opening:
        years = [p for p in find_periods(line.text) if p.start]
        if len(years) < 2 or find_amounts(line.text, 0, len(line.text)) or len(words(line.text)) > 6:
            continue
        for pair in pairs:
            rows = [ln for ln in pair.lines if ln.start > line.start and _row_of(ln.text, len(years))] if "|" not in line.text else []
            if rows and rows[0] is not pair.lines[0] and not any(len(find_periods(ln.text)) > 1 for ln in pair.lines):
                at = pair.lines.index(rows[0])
                pair.lines = [*pair.lines[:at], line, *pair.lines[at:]]
                continue
            first = pair.lines[0] if pair.lines else None
            piped = "|" in line.text
            if (
                first is not None
                and first.start > line.start
                and piped == ("|" in first.text)
                and len(re.findall(r"\S+", first.text)) >= len(years)
                and len(find_amounts(first.text, 0, len(first.text))) >= (1 if piped else len(years) - 1)
                and not find_periods(first.text)
            ):
                pair.lines = [line, *pair.lines]


def share_parts(pairs: list[Pair]) -> None:
    """A question with no answer before a sub-question with a long one: the answer speaks of both, part by part."""
    for first, second in itertools.pairwise(pairs):
        both = first.how == second.how == "block" and first.group == second.group and sum(p.group == first.group for p in pairs) == 2
        if (
            first.intro
            or len(second.lines) < 2
            or first.section != second.section
            or not (both or (not first.lines and second.how == "own"))
        ):
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
                give_lines(owner, part, "named", None)
        elif child:
            give_lines(first, second.lines, "block", 50)
            second.how, second.group = "block", 50


def _wants_a_figure(text: str) -> bool:
    """A question above its parts that asks for a figure of its own, and so wants an answer of its own."""
    return bool(re.search(r"\b(?:how many|how much|the (?:total )?number of)\b", text, re.I)) and not text.rstrip().endswith((":", "-"))


def spread_answers(pairs: list[Pair]) -> None:
    """One block that answers all, and a parent's answer that covers its parts."""
    group = 300
    below: dict[tuple[int, Parts], list[Pair]] = {}
    for pair in pairs:
        for depth in range(len(pair.path)):
            below.setdefault((pair.section, pair.path[:depth]), []).append(pair)
    for pair in pairs:
        children = below.get((pair.section, pair.path), []) if pair.path and pair.how != "assumed" else []
        if children and not pair.lines:
            parted = bool(inline_labels(pair.question.text)) and any(c.lines for c in children)
            if parted or ((any(c.lines for c in children) or not quick.search(r"\?", pair.question.text)) and not _wants_a_figure(pair.question.text)):
                pair.intro = True
        elif children and pair.lines and not any(c.lines for c in children):
            heading = (bool(pair.question.text) and not asks(pair.question.text.rstrip(":"))) or pair.question.text.endswith(":")
            figures = any(t.value for ln in pair.lines for t in find_amounts(ln.text, 0, len(ln.text)) if not t.spelled)
            if heading and figures:
                group += 1
                pair.intro, pair.group = True, group if pair.group is None else pair.group
            for child in children:
                give_lines(child, pair.lines, "block" if heading and figures else "parent", pair.group if heading and figures else None)
    leaves = [p for p in pairs if not p.intro]
    answered = [p for p in leaves if p.lines]
    if len(leaves) > 1 and len(answered) == 1 and answered[0] is leaves[-1] and answered[0].how == "own":
        last = answered[0]
        if len(last.lines) > 1 or len(last.lines[0].text) > 60:
            last.how, last.group = "block", 1
            for pair in leaves[:-1]:
                give_lines(pair, last.lines, "block", 1)
