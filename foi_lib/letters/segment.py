"""First step: a letter's lines and their roles — header, request, response, back matter — and the labelled items in them.

Nothing is decided here of what an answer says: only where questions and answers stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from foi_lib.letters.labels import Label, Parts, read_label, sort_key
from foi_lib.letters.lines import Line, likeness, split_lines

_THING = r"(?:foi\s|freedom of information\s|information\s|eir\s)?"
_REQUEST = re.compile(
    rf"^(?:[-–]\s*)?(?:(?:details of|text of|re|subject)\s(?:the\s|your\s)?)?(?:(?:your|the|original|full|this)\s)?{_THING}(?:requests?|enquiry|query|question\(?s?\)?)"
    r"(?:\s(?:details|text|for information|was|is|as follows|summary|reads?|made|wording|received|description|information))?\s*[:\-–.]?$"
    r"|^(?:the\s)?information (?:you have |you |being |that was )?requested\s*[:\-–]?$|^you (?:have |had )?(?:asked|requested|wrote|said)(?: us)?(?: for)?(?: the following)?(?: information)?\s*[:\-–]?$"
    r"|^what (?:you|was) (?:asked|requested)(?: for)?\s*:?$|^your questions?\s*:?$|^questions? asked\s*:?$|^information request\s*:?$|^request details\s*:?$|^you asked (?:us )?for:?$",
    re.I,
)
_RESPONSE = re.compile(
    r"^(?:[-–]\s*)?(?:details of (?:the |our )?)?(?:(?:our|the|my|full|council|council's|trust|force|[A-Z][\w&' ]{2,40}?)\s)?(?:foi\s)?(?:response|reply|answers?|decision|outcome|request refused|information supplied|information released|outcome / documents|documents released)"
    r"(?:\s(?:to|of) (?:your |the )?(?:request|questions?|foi request|enquiry))?(?:\s(?:is )?as follows|\sis set out below|\sis below|\sdetails|\ssent|\stext)?\s*(?:[:\-–.]|\s?\(?\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}\)?|\s\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+ \d{4})?\s*$"
    r"|^in (?:response|reply|answer)(?: to your (?:request|questions?))?\s*[:,\-–]?$|^we (?:answered|said|responded)\s*:?$|^(?:here (?:is|are|follows) (?:our|the|what)\b.{0,60}|our answers? (?:are|is).{0,30}|please (?:find|see) (?:below )?our (?:response|answers?).{0,30})[:.]$"
    r"|^(?:notice of refusal|refusal notice|request refused)\s*:?$",
    re.I,
)
_REFUSED = re.compile(r"refus|withh", re.I)  # a heading that says what the answer is
_NOT_RESPONSE = re.compile(r"^(?:date|time)\b", re.I)
_BOTH = re.compile(
    r"^(?:your\s|the\s)?(?:questions?|requests?)\s*(?:and|&|/)\s*(?:our\s|the\s)?(?:responses?|answers?|repl(?:y|ies))\s*(?:\([^)]{0,30}\))?\s*:?$|^q\s?(?:and|&)\s?a:?$|^request\s*/\s*response", re.I
)
_LEAD_IN = re.compile(r"\b(?:kindly|please|tell me|provide|let me (?:know|have)|i (?:would|want|ask|request|am requesting)|may i|for the last|supply)\b", re.I)
_ASKED = re.compile(r"\b(?:ask(?:ed|s|ing)?|request(?:ed|ing|s)?|wanted|wish(?:ed)? to know|like to know|seeking|sought|kindly|please)\b[^.?]{0,90}:$", re.I)
_BACK = re.compile(
    r"^(?:if you(?:'re| are| were| feel| have| remain| wish| would| disagree| think| want)\b.{0,60}?\b(?:unhappy|dissatisf|not satisf|not happy|not content|complain|disagree|any (?:further )?(?:quer|question|enquir)|internal review|appeal|wish to (?:complain|discuss|re-?use)|further (?:quer|question|information|assistance)|wrong|unsatisf)"
    r"|your (?:further )?right(?:s)? (?:to|of) (?:seek|ask|request|complain|appeal|review|an? )|right (?:to|of) (?:review|appeal|complain)|(?:your )?(?:right to|rights of) (?:request|appeal|complain)"
    r"|(?:internal review|complaints?|appeals?|review procedure|appeals? procedure|complaint rights|complaints procedure|copyright|re-?use(?: of information)?|disclaimer|contact(?: us| details)?|about foi|further information|feedback|rights? of appeal|next steps|your rights?)\s*:?$"
    r"|yours (?:sincerely|faithfully|truly)|kind regards|regards,?$|with (?:kind|best) (?:regards|wishes)|best wishes|(?:i|we) (?:hope|trust) (?:that )?(?:this|you|the)|please (?:do not hesitate|quote|remember|note that (?:all|your) (?:request|personal)|contact (?:me|us) if)"
    r"|should you (?:have|be|wish|require|remain)|you (?:can|may|have the right to|also have|are entitled to|should) (?:also )?(?:complain|appeal|ask (?:us |for )(?:to|an?|a) (?:review|internal)|request an? (?:internal )?review|write to the information|contact the information|seek)"
    r"|you (?:may|can|are free to|are welcome to) (?:re-?use|use) (?:this|the|any)|the (?:supply of|information (?:supplied|provided|contained)|documents? (?:supplied|provided))\b.{0,80}\b(?:re-?use|copyright|licen[cs]e|right to)|most of the information (?:that )?we provide|this (?:information )?is (?:provided|supplied|licensed|released) (?:under|subject to|for)"
    r"|what is supplied\b|(?:tel|telephone|phone|fax|e-?mail)\s?:|rate this page|attachment \d+$|this response is (?:under|provided|made)|back to top|was this page|is this page|share this|print this page|cookies?\b|skip to|published (?:on|by)|thank you for your (?:interest|enquiry)|an? (?:internal )?review (?:request|of)|requests? for (?:an )?(?:internal )?review|the information commissioner(?:'s office)?(?: can be|\s*$|,| is| at)|information commissioner's office$|getting papers under|this sets no precedent|we try to make figures right|these figures are|every effort"
    r"|(?:(?:foi |case |our )?reference(?: number| no)?|date (?:request )?(?:received|responded|completed|of (?:decision|response|request))|request received|topic|directorate|category|status|department)\s*:?$|you should (?:contact|write|send|be aware)|any (?:request for|re-?use|complaint)|to (?:appeal|complain|request an internal|ask for an? (?:internal )?review)|(?:enquiries|complaints) (?:about|should)|for (?:further|more) (?:information|help|advice)\b.{0,60}(?:contact|visit|commissioner|website)|we are (?:committed|always)\b|(?:the )?right to (?:complain|review))",
    re.I,
)
_FURNITURE = re.compile(
    r"^(?:skip to (?:main )?content|accept (?:all )?cookies|cookies?\b.{0,80}|home(?:\s*[|>/].*)?|menu|search|a-z|log ?in|sign in|forgotten password\??|create (?:a )?new account|you are here.*|back to top|rate this page|print|share|contact us|page \d+(?: of \d+)?|\d{1,2} of \d{1,2}"
    r"|my council|freedom of information|requests and responses by date|privacy(?: policy)?|accessibility|site ?map|follow us.*|cymraeg|english|help|jobs|next|previous|official(?:[- ]sensitive)?|not protectively marked|unclassified|protective marking.*)$",
    re.I,
)
_ANNEX = re.compile(r"^(?:explanatory\s)?annexe?(?:\s[a-z\d])?\b.{0,50}$|^exemptions? (?:applied|engaged|cited|used)\W*$|^exemptions?\s\d+\b.{0,60}$|^(?:explanation of|reasons? for|application of) (?:the )?(?:exemptions?|refusal)\b.{0,40}$", re.I)
_SECTION = re.compile(r"^(?:details\s*:?|(?:our\s|foi\s)?ref(?:erence)?(?:\s?(?:number|no\.?))?\s?:\s?\S+.{0,20}|request (?:number|ref)\b.{0,30})$", re.I)
_GLUED_DATE = re.compile(r"^(?:responded|response date|date responded|replied|answered|completed)\b.{0,24}?\b(?:19|20)\d\d(?=[A-Z“\"'(]|I\b)", re.I)
_TAIL_MARK = re.compile(r"\s[-–]\s(?P<mark>Decision|Response|Request|Reply|Answer|Outcome)\s*:?$")
_LEAD_MARK = re.compile(
    r"^(?P<mark>(?:(?:your|our|the|full|information)\s)?(?:request|response|reply|decision|outcome|request refused|notice of refusal|refusal notice))\s*(?:[:]\s*|\s(?=(?:Request Refused|Notice of Refusal)))(?=\S)", re.I
)
_INLINE = re.compile(
    r"(?<=\d)\s+(?=[b-h]\)\s?=?\s?£?\d)|(?<=[a-z]\?)(?=\d{1,2}\.\s[A-Z])|(?<=^and )(?=\((?:[b-h]|i{2,3}|iv|v)\)\s)|(?<=[.?:)\]])\s+(?=(?:A|Answer|Response|Reply)\s?:\s)|(?<=[.?:;)\"”])\s+(?=(?:Q(?:uestion)?\s?)?[1-9]\d?\s?[a-h]?[.)]{1,2}\s[A-Z“\"][A-Za-z]|[1-9]\d?\.\s(?:(?:19|20)\d\d\b|\d+ [a-z]|Nil\b|None\b|N/A|£)|\d{1,2}\s?[a-h]\)\s)"
    r"|(?<=[.?:;])\s{0,2}(?=[a-h]\)\s?[A-Z][a-z])|(?<=[.?])\s{1,3}(?=\([a-h]\)\s[A-Z][a-z])"
)
_QUESTION_START = re.compile(
    r"^[\"“'‘(]?(?:and\s|also,?\s|if (?:so|yes|not|it has|they),?\s|of (?:these|those|them),?\s|for (?:each|every|all) .{3,60}?,?\s|in (?:each|total|what)\b|over\s|during\s|in the .{3,40}?,\s|since\s.{3,30}?,\s|on how many|has\b|how\b|what|which|who|whom|whose|when|where|why|please|could|can\b|may i|kindly|do\b|does\b|did\b|is\b|are\b|have\b|was\b|were\b|would\b|will\b"
    r"|(?:the\s)?(?:total\s|overall\s|annual\s|average\s|largest\s|highest\s|smallest\s|lowest\s|biggest\s)?(?:number|amounts?|sum|cost|value|percentage|proportion|names?|dates?|details?|breakdown|list|copy|copies|total|figures?|rate)\b|a (?:list|copy|breakdown|summary)\b|any\b|confirm|provide|list\b|give\b|tell|state\b|details\b|copies\b|i (?:would|am|want|ask|wish|request|should))",
    re.I,
)


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

    @property
    def begin(self) -> int:
        return self.label.begin if self.label else self.lines[0].start

    @property
    def targets(self) -> tuple[Parts, ...]:
        if not self.label or not self.label.targets:
            return (self.path,) if self.path else ()
        return (self.path, *self.label.targets[1:])


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
    return "?" in text or bool(_QUESTION_START.match(text.strip()))


def _pieces(text: str, lines: list[Line]) -> list[Line]:
    """Lines cut where a label, a marker or a glued date stands in the middle of one."""
    out: list[Line] = []
    for line in lines:
        cuts: set[int] = set()
        glued = _GLUED_DATE.match(line.text)
        if glued:
            cuts.add(glued.end())
        tail = _TAIL_MARK.search(line.text)
        if tail and tail.start() > 0:
            cuts.add(tail.start("mark"))
        lead = _LEAD_MARK.match(line.text)
        if lead and not read_label(line.text, 0, len(line.text)):
            cuts.add(lead.end())
        if "\t" not in line.text and "|" not in line.text:
            cuts.update(m.end() for m in _INLINE.finditer(line.text))
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
                out.append(replace(line, start=line.start + offset, end=line.start + piece_end, text=piece, bullet=line.bullet and at == 0, gap=line.gap if at == 0 else False))
            at = cut
    return [replace(line, index=i) for i, line in enumerate(out)]


def _marker(text: str, region: str) -> str | None:
    if len(text) > 110:
        return None
    if " / " in text and not _BOTH.match(text):  # two languages: "Ein hymateb / Our response"
        return next((m for part in text.split(" / ") if (m := _marker(part.strip(), region))), None)
    if _BOTH.match(text):
        return "mixed"
    if _REQUEST.match(text):
        return "request"
    if _RESPONSE.match(text) and not _NOT_RESPONSE.match(text):
        return "response"
    return None


def segment(text: str) -> Segments:
    """Read a letter's lines into labelled items and unlabelled blocks, each with its region."""
    lines = _pieces(text, split_lines(text))
    result = Segments(text, lines, [], [], set())
    region, section = "header", 0
    current: Item | Block | None = None
    path: Parts = ()
    nest: tuple[Parts, int] | None = None  # a list of numbers inside a numbered question: its parent, its indent
    answers_seen = False

    def start(thing: Item | Block) -> None:
        nonlocal current
        current = thing
        result.order.append(thing)
        (result.items if isinstance(thing, Item) else result.blocks).append(thing)  # type: ignore[arg-type]

    for n, line in enumerate(lines):
        if _FURNITURE.match(line.text) and not (region == "response" and line.text.isdigit()):
            continue
        fresh = isinstance(current, Block) and current.region == "response" and not current.lines
        if not fresh and _SECTION.match(line.text) and answers_seen and region in ("response", "mixed", "back") and _REFERENCE_HEAD.search(line.text):
            region, section, path, answers_seen = "header", section + 1, (), False
            start(Block("header", [line], section))
            continue
        label = read_label(text, line.start, line.end)
        marker = _marker(line.text, region)
        if marker == "response" and region == "header" and (n < 4 or "request" not in result.regions) and _request_follows(lines, n):
            marker = None  # "Freedom of information response": the page's title
        if region in ("response", "mixed") and answers_or_items(result) and _ANNEX.match(line.text) and len(line.text) < 80:
            region, path = "annex", ()
            start(Block("annex", [line], section))
            continue
        if marker and label and label.targets:
            marker = None
        if marker == "response" and isinstance(current, Item) and (label is None or label.style == "bare"):
            inside = region == "response" or (label is not None and _inside(lines, n, current.path))
            marker = None if inside and not _REFUSED.search(line.text) else marker
        if marker == "request" and region in ("request", "mixed", "response") and isinstance(current, Item) and not re.search(r"request", line.text, re.I):
            marker = None
        if marker:
            if marker == "request" and region in ("response", "back") and answers_seen:
                section += 1
            region, path = marker, ()
            if region in ("response", "mixed"):
                answers_seen = True
            result.regions.add(region)
            start(Block(region, [line] if _REFUSED.search(line.text) else [], section))
            continue
        if region == "back" and (result.items or result.regions & {"mixed", "request"}) and re.match(r"dear\b", line.text, re.I) and len(line.text) < 70:
            region, path = "response", ()  # the reply below the request, in a thread
            result.regions.add(region)
            answers_seen = True
            start(Block(region, [], section))
            continue
        if region in ("back", "annex"):
            if region == "annex" and _BACK.match(line.text):
                region = "back"
                start(Block("back", [line], section))
                continue
            worded = label and label.style == "worded" and label.role
            if not worded:
                if isinstance(current, Block):
                    current.lines.append(line)
                continue
            region = "response" if "request" in result.regions else "mixed"
        if region in ("response", "mixed", "request") and _BACK.match(line.text) and not (label and label.targets) and not (region == "request" and "response" not in result.regions and _response_follows(lines, n, text)):
            region = "back"
            start(Block("back", [line], section))
            continue
        if label is None and region == "response" and _lone_label(lines, n, result):
            label = Label("", (_lone_label(lines, n, result),), line.start, line.end, style="alone")  # type: ignore[arg-type]
        if label is None and region == "response":
            dotted = re.match(r"([1-9]\d?)\.(\d{1,2})\s+(?=\S)", line.text)
            if dotted and any(i.path == (dotted[1], dotted[2]) and i.region != "response" for i in result.items):
                label = Label("", ((dotted[1], dotted[2]),), line.start, line.start + dotted.end(), style="dotted")
        if label and label.targets:
            full = _path(path, label, region)
            if not label.letter_only and label.style == "plain" and isinstance(current, Item):
                full, nest = _nested(text, current, line, label, nest)
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
        if region == "header" and line.bullet and n and _LEAD_IN.search(lines[n - 1].text):
            region = "request" if _response_follows(lines, n, text) else "mixed"
            result.regions.add(region)
            start(Item(region, None, (), [line], section) if region == "mixed" else Block(region, [line], section))
            continue
        if region == "header" and (line.text.endswith("?") or ("?" in line.text and asks(line.text) and len(line.text) > 30) or _unlabelled_question(line)) and not line.text.lower().startswith("dear"):
            region = "mixed"
            result.regions.add("mixed")
            start(Item(region, None, (), [line], section))
            continue
        if region == "header" and _ASKED.search(line.text) and len(line.text) > 25:
            region = "request" if _response_follows(lines, n, text) else "mixed"
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


_REFERENCE_HEAD = re.compile(r"ref|details|request (?:number|ref)", re.I)


def start_block_line(result: Segments, current: Item | Block | None, line: Line, region: str, section: int, start) -> None:  # type: ignore[no-untyped-def]
    if isinstance(current, Block) and current.region == region and current.section == section:
        current.lines.append(line)
    else:
        start(Block(region, [line], section))


def _unlabelled_question(line: Line) -> bool:
    return bool(re.match(r"(?:how many|how much|what (?:is|was|are|were|did)|please (?:provide|supply|tell|give|state|confirm)|kindly)\b", line.text, re.I)) and len(line.text) > 30


def _lone_label(lines: list[Line], n: int, result: Segments) -> Parts | None:
    """A number alone on its line is a label where the next line repeats that question's words."""
    m = re.fullmatch(r"([1-9]\d?)\s?([a-h])?(?:,\s?\d{1,2}[a-h]?)*", lines[n].text)
    if not m or n + 1 >= len(lines):
        return None
    path = (m[1], m[2]) if m[2] else (m[1],)
    for item in result.items:
        if item.region == "request" and item.path == path and item.lines and likeness(lines[n + 1].text, item.lines[0].text) > 0.6:
            return path
    return None


def _inside(lines: list[Line], n: int, path: Parts) -> bool:
    """Is a bare "Answer:" the answer to the item above it, rather than a heading over all answers?

    A heading is followed by labels that begin again; an answer mark comes back under each question.
    """
    word = re.sub(r"[^a-z]", "", lines[n].text.lower())
    for line in lines[n + 1 :]:
        label = read_label(line.text, 0, len(line.text))
        if label and label.targets and not label.letter_only:
            if label.role == "A" or (path and sort_key(label.parts[:1]) <= sort_key(path[:1]) and label.parts <= path):
                return False
            break
    return any(re.sub(r"[^a-z]", "", line.text.lower().split(":")[0]) == word for i, line in enumerate(lines) if i != n)


def answers_or_items(result: Segments) -> bool:
    return bool(result.items) or "response" in result.regions


def _request_follows(lines: list[Line], n: int) -> bool:
    return any(_marker(line.text, "") in ("request", "mixed") for line in lines[n + 1 :])


def _response_follows(lines: list[Line], n: int, text: str) -> bool:
    return any(_marker(line.text, "") in ("response",) or (_LEAD_MARK.match(line.text) and re.match(r"(?:our\s)?(?:response|reply|decision|outcome)", line.text, re.I)) for line in lines[n + 1 :])


def _opens(lines: list[Line], n: int, label: Label, text: str) -> bool:
    """Is a label in the header the first of the letter's questions (and not a line of an address or a date)?"""
    rest = text[label.stop : lines[n].end]
    if label.style in ("worded", "bracket"):
        return True
    if asks(rest):
        return True
    following = [read_label(text, ln.start, ln.end) for ln in lines[n + 1 : n + 30]]
    return label.parts in (("1",), ("a",), ("i",), ("1", "a"), ("1", "1"), ("1", "i")) and any(lb and lb.targets and lb.parts > label.parts for lb in following)


def _path(path: Parts, label: Label, region: str) -> Parts:
    """The whole label: a letter belongs under the number that stands before it."""
    parts = label.parts
    if not label.letter_only:
        return parts
    sub = parts[-1]
    if not path:
        return parts
    if path[-1].isdigit():
        return (*path, sub)
    siblings = path[:-1]
    last = path[-1]
    if _follows(last, sub):
        return (*siblings, sub)
    if sub in ("i", "a") and last not in ("h",) and not (sub == "a" and last == "i"):
        # a deeper list begins ("a" then "(i)"), or the same letters begin anew
        if sub == "i" and not (len(last) > 1 and last in _ROMANS):
            return (*path, sub)
        return (*siblings, sub)
    for depth in range(len(path) - 1, -1, -1):  # back out of a deeper list
        if not path[depth].isdigit() and _follows(path[depth], sub):
            return (*path[:depth], sub)
    return (*siblings, sub)


def _indent(text: str, at: int) -> int:
    return at - text.rfind("\n", 0, at) - 1


def _nested(text: str, current: Item, line: Line, label: Label, nest: tuple[Parts, int] | None) -> tuple[Parts, tuple[Parts, int] | None]:
    """ "1. … of:" followed by an indented "1." is a list inside the question."""
    indent = _indent(text, line.start)
    if nest and indent >= nest[1]:
        return (*nest[0], *label.parts), nest
    if current.label and label.parts == ("1",) and current.lines and current.lines[-1].text.endswith(":") and indent > _indent(text, current.label.begin):
        return (*current.path, *label.parts), (current.path, indent)
    return label.parts, None


_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def _follows(a: str, b: str) -> bool:
    if a in _ROMANS and b in _ROMANS and _ROMANS.index(b) == _ROMANS.index(a) + 1:
        return True
    return len(a) == 1 and len(b) == 1 and ord(b) == ord(a) + 1
