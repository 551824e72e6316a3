"""First step: a letter's lines and their roles — header, request, response, back matter — and the labelled items in them.

Nothing is decided here of what an answer says: only where questions and answers stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foi_lib import quick
from foi_lib.letters.ahead import heads_cells, marks_one_answer, part_opened, parts_of_letter, request_follows, response_follows
from foi_lib.letters.labels import Label, Parts, read_label, sort_key
from foi_lib.letters.lines import Line, likeness, split_lines
from foi_lib.letters.markers import (
    ANNEX,
    ASKED,
    BACK,
    FURNITURE,
    GLUED_DATE,
    INLINE,
    LEAD_IN,
    LEAD_MARK,
    MARK_ENDS,
    MAY_CUT,
    NEXT_ASKED,
    QUESTION_START,
    REFUSED,
    SECTION,
    TAIL_MARK,
)
from foi_lib.letters.paths import lettered_parts, nested, of_part, whole_path


@dataclass(slots=True)
class Item:
    """A labelled stretch: a question, an answer, or a question with its answer."""

    region: str
    label: Label | None
    path: Parts
    lines: list[Line] = field(default_factory=list)
    section: int = 0
    heading: str = ""
    worded: bool = False
    answer: list[Line] = field(default_factory=list)  # where its own lines do not hold it: what follows the answers to choose from

    @property
    def begin(self) -> int:
        return self.label.begin if self.label else self.lines[0].start

    @property
    def targets(self) -> tuple[Parts, ...]:
        if not self.label or not self.label.targets:
            return (self.path,) if self.path else ()
        above = self.path[:-1] if self.label.letter_only else ()
        return (self.path, *((*above, *t) for t in self.label.targets[1:]))


@dataclass(slots=True)
class Block:
    """Unlabelled lines of one region: the preamble of the request, the opening of the response, the header, the back matter."""

    region: str
    lines: list[Line]
    section: int = 0


@dataclass(slots=True)
class Segments:
    """The letter in the order of its text. `regions` names which were found."""

    text: str
    lines: list[Line]
    items: list[Item]
    blocks: list[Block]
    regions: set[str]
    order: list[Item | Block] = field(default_factory=list)


def asks(text: str) -> bool:
    """Does this look like a question or a thing asked for?"""
    return "?" in text or bool(QUESTION_START.match(text.strip()))


def _pieces(text: str, lines: list[Line]) -> list[Line]:
    """Lines cut where a label, a marker or a glued date stands in the middle of one."""
    out: list[Line] = []
    for line in lines:
        cuts: set[int] = set()
        glued = GLUED_DATE.match(line.text)
        if glued:
            cuts.add(glued.end())
        tail = TAIL_MARK.search(line.text) if line.text.endswith(MARK_ENDS) else None
        if tail and tail.start() > 0:
            cuts.add(tail.start("mark"))
        lead = LEAD_MARK.match(line.text)
        if lead and not read_label(line.text, 0, len(line.text)):
            cuts.add(lead.end())
        if "\t" not in line.text and "|" not in line.text:
            if MAY_CUT.search(line.text, 0, len(line.text) - 1):
                cuts.update(m.end() for m in INLINE.finditer(line.text))
            if len(line.text) > 80:
                cuts.update(m.end() for m in NEXT_ASKED.finditer(line.text) if m.start() > 40)
        if not cuts:
            out.append(line)
            continue
        at = 0
        for cut in [*sorted(cuts), len(line.text)]:
            body = line.text[at:cut]
            lead_blank = len(body) - len(body.lstrip(" -–"))
            lead_blank = lead_blank if at == 0 or body.strip(" -–") else 0
            piece = body.strip()
            if piece and piece not in ("-", "–", "and", "or"):
                offset = at + (len(body) - len(body.lstrip()))
                piece_end = offset + len(piece)
                piece = re.sub(r"\s[-–]$", "", piece)
                piece_end = offset + len(piece)
                out.append(
                    replace(
                        line,
                        start=line.start + offset,
                        end=line.start + piece_end,
                        text=piece,
                        bullet=line.bullet and at == 0,
                        gap=line.gap if at == 0 else False,
                    )
                )
            at = cut
    return [line if line.index == i else replace(line, index=i) for i, line in enumerate(out)]


def segment(text: str) -> Segments:
    """Read a letter's lines into labelled items and unlabelled blocks, each with its region."""
    lines = _pieces(text, split_lines(text))
    result = Segments(text, lines, [], [], set())
    region, section = "header", 0
    current: Item | Block | None = None
    path: Parts = ()
    nest: tuple[Parts, int] | None = None  # a list of numbers inside a numbered question: its parent, its indent
    answers_seen = False
    parts = parts_of_letter(lines)
    lettered, part = lettered_parts(lines), ""
    opened = 0  # the section that the letter's first part stands in

    def start(thing: Item | Block) -> None:
        nonlocal current
        current = thing
        result.order.append(thing)
        (result.items if isinstance(thing, Item) else result.blocks).append(thing)  # type: ignore[arg-type]

    for n, line in enumerate(lines):
        if FURNITURE.match(line.text) and not (region == "response" and line.text.isdigit()):
            continue
        if line.start in parts and region in ("request", "response", "mixed"):
            section, path = opened + parts[line.start], ()
            start(Block(region, [line] if region == "request" else [], section))
            continue
        fresh = isinstance(current, Block) and current.region == "response" and not current.lines
        if (
            not fresh
            and SECTION.match(line.text)
            and answers_seen
            and region in ("response", "mixed", "back")
            and _REFERENCE_HEAD.search(line.text)
        ):
            region, section, path, answers_seen = "header", section + 1, (), False
            opened = section
            start(Block("header", [line], section))
            continue
        label = read_label(text, line.start, line.end)
        marker = part_opened(line.text, region)
        if marker == "response" and result.items and n + 1 < len(lines) and _WHETHER.fullmatch(lines[n + 1].text) and _RELEASED.fullmatch(line.text):
            region = "back"  # a log's field at the page's foot: "Information released: Yes"
            start(Block("back", [line], section))
            continue
        if marker == "response" and region == "header" and (n < 4 or "request" not in result.regions) and request_follows(lines, n):
            marker = None  # "Freedom of information response": the page's title
        if region in ("response", "mixed") and answers_or_items(result) and ANNEX.match(line.text) and len(line.text) < 80:
            region, path = "annex", ()
            start(Block("annex", [line], section))
            continue
        if marker and label and label.targets:
            marker = None
        if marker == "response" and isinstance(current, Item) and (label is None or label.style == "bare"):
            inside = region == "response" or (label is not None and marks_one_answer(lines, n, current.path))
            own = region == "response" and sum(len(ln.text) for ln in current.lines) < 60 and not any(map(str.isdigit, current.lines[-1].text if current.lines else "0"))
            marker = None if own or (inside and not REFUSED.search(line.text)) else marker
        if (
            marker == "request"
            and region in ("request", "mixed", "response")
            and isinstance(current, Item)
            and not quick.search(r"request", line.text, re.I)
        ):
            marker = None
        if marker:
            if marker == "request" and region in ("response", "back") and answers_seen:
                section += 1
                opened = section
            region, path = marker, ()
            if region in ("response", "mixed"):
                answers_seen = True
            result.regions.add(region)
            start(Block(region, [line] if REFUSED.search(line.text) else [], section))
            continue
        if (
            region == "back"
            and (result.items or result.regions & {"mixed", "request"})
            and quick.match(r"dear\b", line.text, re.I)
            and len(line.text) < 70
        ):
            region, path = "response", ()  # the reply below the request, in a thread
            result.regions.add(region)
            answers_seen = True
            start(Block(region, [], section))
            continue
        if region in ("back", "annex"):
            if region == "annex" and BACK.match(line.text):
                region = "back"
                start(Block("back", [line], section))
                continue
            worded = label and label.style == "worded" and label.role
            if not worded:
                if isinstance(current, Block):
                    current.lines.append(line)
                continue
            region = "response" if "request" in result.regions else "mixed"
        if (
            region in ("response", "mixed", "request")
            and BACK.match(line.text)
            and not (label and label.targets)
            and not heads_cells(lines, n)
            and not (region == "request" and "response" not in result.regions and response_follows(lines, n))
        ):
            region = "back"
            start(Block("back", [line], section))
            continue
        if label is None and region == "response" and _lone_label(lines, n, result):
            label = Label("", (_lone_label(lines, n, result),), line.start, line.end, style="alone")  # type: ignore[arg-type]
        if label is None and region == "response":
            dotted = quick.match(r"([1-9]\d?)\.(\d{1,2})\s+(?=\S)", line.text)
            if dotted and any(i.path == (dotted[1], dotted[2]) and i.region != "response" for i in result.items):
                label = Label("", ((dotted[1], dotted[2]),), line.start, line.start + dotted.end(), style="dotted")
        if label is None and region == "response" and (spread := _RANGE_BARE.match(line.text)):
            first = (spread["a"], spread["b"].lower()) if spread["b"] else (spread["a"],)
            last = (spread["c"], spread["d"].lower()) if spread["d"] else (spread["c"],)
            if sort_key(first) < sort_key(last) and {first, last} <= {i.path for i in result.items if i.region != "response"}:
                label = Label("", (first,), line.start, line.start + spread.end(), last, style="plain")
        if label and label.style == "bare" and region == "request" and isinstance(current, Block):
            region, path, answers_seen = "response", (), True  # "Response: There is no …", under a question with no number
            result.regions.add(region)
            said = replace(line, start=label.stop, text=text[label.stop : line.end])
            start(Block(region, [said] if said.text else [], section))
            continue
        if label and label.letter_only and isinstance(current, Item) and _answering(current):
            current.lines.append(line)  # "A: a) 0 b) 2": parts of one answer to a question with no number
            continue
        if label and label.style == "plain" and region == "response" and _of_statute(label, result):
            line = replace(line, start=label.stop, text=text[label.stop : line.end])
            label = None
        if line.start in lettered and region in ("header", "request", "mixed"):
            region, part, path = ("request" if response_follows(lines, n) else "mixed") if region == "header" else region, lettered[line.start], ()
            result.regions.add(region)
            start(Block(region, [line], section))
            continue
        if part and region == "response":
            label = of_part(line, {i.path for i in result.items if i.region != "response"}) or label
        if label and label.targets:
            full = whole_path(path, label, region)
            if part and region != "response" and full[0].isdigit():
                full = (part, *full)
            if not label.letter_only and label.style == "plain" and isinstance(current, Item) and not part:
                full, nest = nested(text, current, line, label, nest)
            if region == "header":
                if not _opens(lines, n, label, text):
                    start_block_line(result, current, line, region, section, start)
                    continue
                region = "mixed"
                result.regions.add("mixed")
            if label.role == "A" and label.style == "worded":
                answers_seen = True
            path = full
            body = replace(line, start=label.stop, text=text[label.stop : line.end]) if label.stop < line.end else None
            item = Item(region, label, full, [body] if body else [], section, worded=label.style == "worded")
            start(item)
            continue
        if region == "header" and line.bullet and n and LEAD_IN.search(lines[n - 1].text):
            region = "request" if response_follows(lines, n) else "mixed"
            result.regions.add(region)
            start(Item(region, None, (), [line], section) if region == "mixed" else Block(region, [line], section))
            continue
        if (
            region == "header"
            and (line.text.endswith("?") or ("?" in line.text and asks(line.text) and len(line.text) > 30) or _unlabelled_question(line))
            and not line.text.lower().startswith("dear")
        ):
            region = "mixed"
            result.regions.add("mixed")
            start(Item(region, None, (), [line], section))
            continue
        if region == "header" and ASKED.search(line.text) and len(line.text) > 25:
            region = "request" if response_follows(lines, n) else "mixed"
            result.regions.add(region)
            start(Block(region, [line], section))
            continue
        if isinstance(current, Item) and current.region == region:
            current.lines.append(line)
        else:
            start_block_line(result, current, line, region, section, start)
    for item in result.items:
        item.lines = [ln for ln in item.lines if ln.text]
    return result


def _of_statute(label: Label, result: Segments) -> bool:
    """ "21. Information that the applicant can get by other means", in a letter that numbers nothing: a section quoted from the Act."""
    return label.parts[0].isdigit() and int(label.parts[0]) > 9 and not any(i.label for i in result.items)


_SUB = r"\s?\(?(?P<%s>[a-h]|i{1,3}|iv|v)\)?"
_RANGE_BARE = re.compile(rf"(?P<a>[1-9]\d?)(?:{_SUB % 'b'})?\s?[-–]\s?(?P<c>[1-9]\d?)(?:{_SUB % 'd'})?\s+(?=[A-Z][a-z])")


def _answering(item: Item) -> bool:
    """Has an unnumbered question's "A:" been read, and no question since?"""
    if item.label is not None:
        return False
    for line in reversed(item.lines):
        if line.text.endswith("?"):
            return False
        label = read_label(line.text, 0, len(line.text))
        if label and label.style == "bare":
            return True
    return False


_REFERENCE_HEAD = re.compile(r"ref|details|request (?:number|ref)", re.I)


_RELEASED = re.compile(r"(?:all )?information (?:released|provided|disclosed|supplied)\W*", re.I)
_WHETHER = re.compile(r"(?:yes|no|all|none|part(?:ly|ial(?:ly)?)?|full(?:y)?|in (?:full|part))\W*", re.I)


def start_block_line(result: Segments, current: Item | Block | None, line: Line, region: str, section: int, start) -> None:  # type: ignore[no-untyped-def]
    if isinstance(current, Block) and current.region == region and current.section == section:
        current.lines.append(line)
    else:
        start(Block(region, [line], section))


def _unlabelled_question(line: Line) -> bool:
    return (
        bool(
            quick.match(
                r"(?:how many|how much|what (?:is|was|are|were|did|do|does|has|have|had|would)|please (?:can (?:i|you|we)|could you|may i|send|provide|supply|tell|give|state|confirm)|kindly)\b",
                line.text,
                re.I,
            )
        )
        and len(line.text) > 30
    )


_LONE = re.compile(r"([1-9]\d?)\s?([a-h])?(?:,\s?\d{1,2}[a-h]?)*")


def _lone_label(lines: list[Line], n: int, result: Segments) -> Parts | None:
    """A number alone on its line is a label where the next line repeats that question's words."""
    m = _LONE.fullmatch(lines[n].text)
    if not m or n + 1 >= len(lines):
        return None
    path = (m[1], m[2]) if m[2] else (m[1],)
    for item in result.items:
        if item.region == "request" and item.path == path and item.lines and likeness(lines[n + 1].text, item.lines[0].text) > 0.6:
            return path
    return None


def answers_or_items(result: Segments) -> bool:
    return bool(result.items) or "response" in result.regions


def _opens(lines: list[Line], n: int, label: Label, text: str) -> bool:
    """Is a label in the header the first of the letter's questions (and not a line of an address or a date)?"""
    rest = text[label.stop : lines[n].end]
    if label.style in ("worded", "bracket"):
        return True
    if asks(rest):
        return True
    following = [read_label(text, ln.start, ln.end) for ln in lines[n + 1 : n + 30]]
    return label.parts in (("1",), ("a",), ("i",), ("1", "a"), ("1", "1"), ("1", "i")) and any(
        lb and lb.targets and lb.parts > label.parts for lb in following
    )
