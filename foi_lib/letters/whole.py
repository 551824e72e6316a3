"""What only shows when all answers are read: shared blocks, the year of figures that name none, numbers nobody claimed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter

from foi_lib import quick
from foi_lib.letters.align import Aligned, Pair
from foi_lib.letters.amounts import Token, find_amounts
from foi_lib.letters.asked import Asked
from foi_lib.letters.lines import content, words
from foi_lib.letters.model import Answer, Letter, Unread
from foi_lib.letters.prose import THEN_PERIOD, UNIT
from foi_lib.letters.rows import REFUSALS, make_row, set_period
from foi_lib.letters.spans import Period


def share_groups(letter: Letter, aligned: Aligned, asked_of: dict[int, Asked]) -> None:
    """Figures of one block of answer belong to the question that asks for them: totals to "how many", parts to "what kinds"."""
    groups: dict[int, list[Pair]] = {}
    for pair in aligned.pairs:
        if pair.group is not None and pair.how in ("own", "block", "named", "parent"):
            groups.setdefault(pair.group + 1000 * pair.section, []).append(pair)
    for pairs in groups.values():
        if len(pairs) < 2:
            continue
        labels = [p.question.label for p in pairs]
        figures = [
            a for a in letter.answers if a.question in labels and (a.value is not None or a.outcome == "suppressed") and not a.refers_to
        ]
        places = sorted({a.start for a in figures if a.start is not None})
        if not places or (len(places) == 1 and all(a.outcome == "nil" for a in figures)):
            continue  # "None", and no other figure, is said of each
        keep: dict[int, str] = {}
        doubtful: set[int] = set()
        stands = {(a.start, a.question) for a in figures}
        holders = {
            place: [p for p in pairs if (place, p.question.label) in stands] for place in places
        }
        parts = {a.start for a in figures if a.breakdown}
        totals = {a.start for a in figures if not a.breakdown}
        first: dict[int | None, Answer] = {}
        for a in figures:
            first.setdefault(a.start, a)
        for place in places:
            keep[place], close = _owner(holders[place], asked_of, first[place], bool(parts and totals))
            if close:
                doubtful.add(place)
        _keep_together(keep, doubtful, [a for a in first.values() if a.breakdown], holders)
        shared = {id(a) for a in figures}
        letter.answers = [a for a in letter.answers if not (id(a) in shared and a.start is not None and keep[a.start] != a.question)]
        for a in letter.answers:
            if id(a) in shared and a.start in doubtful:
                a.doubt("block_answer")
        for pair in pairs:
            left = [a for a in letter.answers if a.question == pair.question.label]
            if not left:
                asked = asked_of[id(pair)]
                row = make_row(pair, asked, "disclosed", pair.lines[0].start, pair.lines[0].end)
                if asked.kind in ("count", "money", "percentage"):
                    row.outcome = "unclear"
                    row.doubt("block_answer")
                letter.answers.append(row)
            elif all(a.value is None and a.outcome in (*REFUSALS, "not_held") and a.outcome != "cost_limit" for a in left):
                for row in left:
                    row.doubt("block_answer")  # the block's figures went to its other questions
        order = {p.question.label: n for n, p in enumerate(aligned.pairs)}
        letter.answers.sort(key=lambda a: (order.get(a.question, 999), a.start if a.start is not None else 0))


def _keep_together(keep: dict[int, str], doubtful: set[int], figures: list[Answer], holders: dict[int, list[Pair]]) -> None:
    """Rows of one table, each with several periods, are for one question: the one that most of them fit."""
    rows: dict[tuple[str | None, str | None], list[int]] = {}
    for a in figures:
        if a.start is not None:
            rows.setdefault((a.unit, a.breakdown), []).append(a.start)
    for unit in {unit for unit, _ in rows}:
        table = [places for (u, _), places in rows.items() if u == unit and len(places) > 1]
        places = [place for row in table for place in row]
        counts = Counter(keep[place] for place in places)
        if len(table) < 3 or len(counts) < 2:
            continue
        most = counts.most_common(1)[0][0]
        for place in places:
            if keep[place] != most and any(p.question.label == most for p in holders[place]):
                keep[place] = most
                doubtful.add(place)


def _owner(pairs: list[Pair], asked_of: dict[int, Asked], figure: Answer, split: bool) -> tuple[str, bool]:
    """The question that a figure of a shared answer is for, and whether another would do as well."""
    best, label = -1.0, pairs[0].question.label
    scores: list[float] = []
    topics = [content(pair.question.text) for pair in pairs]
    named = content(figure.breakdown or "")
    for pair, topic in zip(pairs, topics, strict=True):
        asked = asked_of[id(pair)]
        score = 0.0
        unit = {"GBP": "money", "percent": "percentage"}.get(figure.unit or "", "count")
        if asked.kind == unit:
            score += 2
        elif unit in asked.kinds:
            score += 1
        score += sum(0.5 if sum(word in other for other in topics) == 1 else 0.2 for word in topic & named)  # a word of this question alone
        if split:
            score += (
                2.5
                if (asked.kind in ("details",) or quick.search(r"\bkinds?\b|\btypes?\b|\bbreakdown\b|\bcategor|\bsplit by (?!year|month|quarter)|\breasons?\b|\beach (?:was|were|of|kind|type)\b", pair.question.text, re.I))
                == bool(figure.breakdown)
                else 0
            )
        scores.append(score)
        if score > best + 0.01:
            best, label = score, pair.question.label
    return label, sum(score > best - 0.25 for score in scores) > 1


def year_of_figures(letter: Letter, aligned: Aligned, asked_of: dict[int, Asked]) -> None:
    """A question such as "Which year are these figures for?" dates the figures that have no period of their own; failing
    that, where every period stated in the answers is one and the same, it is lent to the rest, and they are for review."""
    from foi_lib.letters.periods import find_periods

    dated: Period | None = None
    for pair in aligned.pairs:
        if (
            quick.search(r"\b(?:which|what) (?:year|period)s?\b.{0,30}\b(?:figures|data|numbers|relate|cover|for)\b", pair.question.text, re.I)
            and pair.lines
        ):
            found = [p for p in find_periods(" ".join(ln.text for ln in pair.lines)) if p.start]
            dated = found[0] if found else None
    without = [a for a in letter.answers if (a.value is not None or a.outcome == "suppressed") and a.period_start is None]
    if not without:
        return
    if dated is None:
        stated = {(a.period_start, a.period_end, a.period_kind) for a in letter.answers if a.period_start and a.value is not None}
        if len(stated) == 1 and len(without) < len(letter.answers):
            start, end, kind = next(iter(stated))
            if quick.search(r"\byear\b", " ".join(a.question_text for a in without), re.I) and not quick.search(
                r"\b(?:last|past)\b", " ".join(a.question_text for a in without), re.I
            ):
                for a in without:
                    a.period_start, a.period_end, a.period_kind = start, end, kind
                    a.doubt("period_assumed")
        return
    for a in without:
        set_period(a, dated)


_CUT_SHORT = quick.compile(
    r"(?<![\d/–-])(?P<year>(?:19|20)\d\d)\s(?:is|are|covers|runs|goes|figures (?:are|run|go))\s(?:only\s)?(?:up\s)?to\s(?:the end of\s)?"
    r"(?P<day>(?:\d{1,2}(?:st|nd|rd|th)?\s)?(?:January|February|March|April|May|June|July|August|September|October|November|December))\b(?!\s(?:19|20)\d\d)"
)


def cut_years(letter: Letter) -> None:
    """ "Calendar years; 2018 is to 31 March": the figures of that year end there."""
    from foi_lib.letters.periods import find_periods

    for m in _CUT_SHORT.finditer(letter.text):
        found = [p for p in find_periods(f"{m['day']} {m['year']}") if p.end]
        for a in letter.answers if found else ():
            if a.period_kind == "calendar_year" and a.period_start == f"{m['year']}-01-01" and a.period_end == f"{m['year']}-12-31":
                a.period_kind, a.period_end, a.partial_period = "range", found[0].end, True


def _merged(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The same stretches in order, with those that overlap made one."""
    out: list[tuple[int, int]] = []
    for begin, stop in sorted(places):
        if out and begin < out[-1][1]:
            out[-1] = (out[-1][0], max(stop, out[-1][1]))
        elif begin < stop:
            out.append((begin, stop))
    return out


_COUNTED = ("withheld", "partly_withheld", "neither_confirmed_nor_denied", "not_held", "already_accessible", "disclosed")


def doubt_end(letter: Letter, aligned: Aligned) -> None:
    """The letter stops in the middle of a sentence, or of a sum ("2021: £4,310.50 2022: £4"): what its last answer says may go on."""
    end = len(letter.text.rstrip())
    for pair in aligned.pairs:
        if not pair.lines or pair.lines[-1].end < end:
            continue
        last = pair.lines[-1]
        sentence = not last.bullet and not re.search(r"[\t|]", letter.text[last.start : last.end])
        cut = sentence and len(words(last.text)) > 5 and not _CLOSED.search(last.text)
        rows = [a for a in letter.answers if a.question == pair.question.label and a.start is not None]
        for row in rows:
            short = row.unit == "GBP" and row.end == end and "." not in letter.text[row.start : row.end] and any("." in letter.text[r.start : r.end] for r in rows if r.unit == "GBP")
            if short or (cut and row.outcome == "disclosed" and (row.value is None or (row.start or 0) >= last.start)):
                row.doubt("text_breaks_off")


_CLOSED = re.compile(r"[.?!:;)\]”\"'’*|%]$")


_GIVES = re.compile(r"\b(?:we (?:do )?have|there (?:are|were|is|was)|can (?:say|tell|advise)|reports? that)\b[^.;]{0,50}$", re.I)


def _counts(text: str, token: Token) -> bool:
    """Whether the words round a number say that it counts something."""
    after = text[token.stop : token.stop + 60]
    return bool(UNIT.match(after) or THEN_PERIOD.match(after) or (not token.spelled and _GIVES.search(text[max(0, token.begin - 80) : token.begin])))


def _doubt_counted(letter: Letter, pair: Pair) -> None:
    """An answer read without a figure, in which something is counted none the less: "39 payments were made … each is exempt"."""
    rows = [a for a in letter.answers if a.question == pair.question.label and a.outcome in _COUNTED and not a.refers_to]
    if any(i.question == pair.question.label for i in letter.incidents):
        return
    if rows and any(_counts(ln.text, t) for ln in pair.lines for t in find_amounts(ln.text, 0, len(ln.text))):
        for row in rows:
            row.doubt("count_not_read")


def unread_numbers(letter: Letter, aligned: Aligned) -> None:
    """Numbers of answers that no answer, list of incidents or refusal claims."""
    taken = [
        (a.start, a.end)
        for a in letter.answers
        if a.start is not None and a.end is not None and (a.value is not None or a.outcome == "suppressed")
    ]
    taken += [(i.start, i.end) for i in letter.incidents if i.start is not None and i.end is not None]
    claimed = _merged(taken)
    ends = [stop for _, stop in claimed]
    refused = {a.question for a in letter.answers if a.outcome in (*REFUSALS, "not_held", "already_accessible")}
    given = {a.question for a in letter.answers if a.value is not None or a.outcome == "suppressed"}
    seen: set[int] = set()
    for pair in aligned.pairs:
        if pair.question.label not in given:
            _doubt_counted(letter, pair)
        if pair.question.label in refused and pair.question.label not in given:
            continue  # the numbers of a refusal argue; they do not answer
        for line in pair.lines:
            if line.start in seen:
                continue
            seen.add(line.start)
            for token in find_amounts(line.text, 0, len(line.text)):
                begin, stop = line.start + token.begin, line.start + token.stop
                near = bisect_right(ends, begin)  # the first claimed stretch that ends after the number begins
                if token.spelled or (near < len(claimed) and claimed[near][0] < stop):
                    continue
                letter.unread.append(
                    Unread(letter.text[begin:stop], "money" if token.kind == "money" else "number", pair.question.label, None, begin, stop)
                )
