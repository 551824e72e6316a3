"""Labels of questions and answers at the start of a line: "[1.2]", "Q1.", "A.1 - 3", "b) - e)", "Request 2", "(ii)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from foi_lib import quick

ROMAN = {r: i for i, r in enumerate(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"], 1)}
_NUM = r"\d{1,2}(?:\.\d{1,2}){0,2}"
_SUB = r"[a-h]|x{0,1}(?:i{1,3}|iv|v|vi{1,3}|ix)|x|[j-z]"
_QWORD = r"questions?|requests?(?:\s+for\s+information)?|query|queries|qs?|qu|quest|part|point|item"
_AWORD = r"answers?|ans|a|responses?|resp|reply|our\s+response|our\s+answer"
_WORDED = quick.compile(
    rf"(?P<word>(?:{_AWORD})\s+(?:to\s+)?(?:{_QWORD})|{_QWORD}|{_AWORD})\s{{0,3}}(?:no\b\.?|number)?\.?\s{{0,3}}[\[(]?(?P<num>{_NUM})(?!\d|/\d|-\d{{1,2}}[-/]|-\d{{3,}})\s?\.?[\])]?\s?[(\[]?(?P<sub>(?:{_SUB})(?=[\s.,):\]]|$))?[)\].:]*",
    re.I,
)
_WORDED_LETTER = re.compile(rf"(?P<word>{_QWORD}|{_AWORD})\s{{1,3}}\(?(?P<sub>[A-H])(?:\)?[.):]{{1,2}}(?=\s|$)|\)?\s[-–](?=\s)|\)?$)\s*", re.I)
_BRACKET = re.compile(rf"[\[(](?P<num>{_NUM})\s?(?P<sub>[a-z]|[ivx]{{1,4}})?\.?[\])][.:]?\s*")
_PLAIN = re.compile(
    rf"(?P<num>{_NUM})\s?(?:(?P<delim>[.):\]]{{1,2}}(?!\d))\s{{0,3}}(?:(?P<sub>[\[(]?(?:{_SUB})\s?[).\]]{{1,2}})(?!\w))?|[(\[]?(?P<sub2>{_SUB})(?P<delim2>[).:\]]{{1,2}}|(?=\s)))",
    re.I,
)
_RANGE = re.compile(r"(?P<num>\d{1,2})\s?(?:-|–|—|to|&|and)\s?(?P<last>\d{1,2})\s?[.):]{1,2}(?!\d)\s*")
_RANGE_ALONE = re.compile(
    r"(?P<num>\d{1,2}(?:\.\d)?)(?P<sub>[a-h])?\s?(?:-|–|—|to)\s?(?P<last>\d{1,2}(?:\.\d)?)(?P<lastsub>[a-h])?\.?\s*", re.I
)
_DOTTED = re.compile(r"(?P<num>\d{1,2}\.\d{1,2})\s+(?=[A-Z“\"'])(?!million|billion|FTE|WTE|GB|MB|TB)")
_BARE = re.compile(
    r"(?P<num>[1-9]\d?)\s+(?:[•·]\s+|[-–]\s+)?(?:(?<=[•·]\s)|(?<=\s[-–]\s)(?=[A-Z][a-z])|(?=(?:How|What|Which|Who|When|Where|Why|Please|Could|Can|Do|Does|Did|Has|Have|Is|Are|The (?:total )?number|Number of|Total number|Of (?:these|those)|If|For each|From|Since|During|Between)\b))"
)
_LETTER = re.compile(rf"[\[(]?(?P<sub>{_SUB})(?:\.\)|[.)\]](?!\w\.)|:(?=\s))\)?", re.I)
_NEXT = re.compile(
    rf"\s?(?P<join>-|–|—|to|through|&|and|,)\s?(?:(?:{_QWORD}|{_AWORD})\s?[.:]?\s?)?(?:[\[(]?(?P<num>{_NUM})[\])]?\s?[(]?(?P<sub>(?:[a-h]|i{{1,3}}|iv|v)(?=[\s.,):\]]|$))?|[(]?(?P<letter>{_SUB})(?=[).:]))[).:\]]{{0,2}}",
    re.I,
)
_ANSWER_WORD = quick.compile(
    r"(?:(?:(?:our|the|council|council's|council’s|authority|trust|force|college|university|department)\s)?(?:answer|response|reply|ans)(?:\s+is)?\s?(?::|[-–](?=\s|$)|\.(?=\s|$)|$|(?=\s(?:FY\s?)?\d\d(?:\d\d)?[-/]\d\d(?:\d\d)?\s?:))|in\s+response\s?:|(?-i:A)\s?(?:[:)]|\.(?=\s)|[-–](?=\s|$)))\s*",
    re.I,
)
_NOT_AFTER = re.compile(r"\s*(?:st|nd|rd|th|%|per\s?cent|million|km|miles?|hours?|days?|minutes?|weeks?|months?|years?(?!\s(?:19|20)\d\d)|working)\b", re.I)
_MONTHISH = re.compile(r"\s*(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s*\d{4}", re.I)

Parts = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """What a line is marked as: its role ("Q", "A" or "" where the mark doesn't say), the questions named, where the words begin."""

    role: str
    targets: tuple[Parts, ...]  # several for "Questions 3 and 4"; none for a bare "Answer:"
    begin: int
    stop: int  # offset of what follows
    range_to: Parts | None = None
    letter_only: bool = False
    style: str = ""
    upper: bool = False
    also: tuple[str, ...] = field(default=())

    @property
    def parts(self) -> Parts:
        return self.targets[0] if self.targets else ()


def _clean(sub: str | None) -> str:
    return "".join([c for c in sub.lower() if "a" <= c <= "z"]) if sub else ""


def _number(num: str) -> Parts:
    return tuple(str(int(n)) for n in num.split("."))


def _role(word: str) -> str:
    word = word.lower().strip()
    return "A" if quick.match(r"(?:our\s+)?(?:a\b|ans|resp|repl)", word) else "Q"


def read_label(text: str, begin: int, stop: int) -> Label | None:
    """The label at `text[begin:stop]`, or None. A date, a figure with its unit or a decimal is no label."""
    first = text[begin : begin + 1]
    if not first.isalnum() and first not in ("(", "["):
        return None
    if begin == 0 and stop == len(text) <= _LINE:
        return _of_line(text)  # several steps ask for a line's label
    return _read(text, begin, stop)


_LINE = 2_000  # characters


@lru_cache(maxsize=4096)
def _of_line(text: str) -> Label | None:
    return _read(text, 0, len(text))


def _read(text: str, begin: int, stop: int) -> Label | None:
    bare = _ANSWER_WORD.match(text, begin, stop)
    m = _WORDED.match(text, begin, stop)
    if m and _whole_word(text, m):
        if int(m["num"].split(".")[0]) > 60 or _NOT_AFTER.match(text, m.end("num"), stop):
            return None
        end = m.end()
        article = m["sub"] and m["sub"] in "aA" and text[m.start("sub") - 1].isspace() and re.match(r"\s[a-z]", text[end : end + 2])
        parts = _number(m["num"]) + ((_clean(m["sub"]),) if m["sub"] and not article else ())  # "Q2 A person's faith"
        return _extend(text, stop, _role(m["word"]), parts, begin, m.start("sub") if article else end, "worded")
    m = _WORDED_LETTER.match(text, begin, stop)
    if m and len(m["word"]) > 1:  # "Question B.", "Answer C:"
        return Label(_role(m["word"]), ((m["sub"].lower(),),), begin, m.end(), style="worded", upper=m["sub"].isupper())
    if bare:
        return Label("A", (), begin, bare.end(), style="bare", upper=text[begin] == "A" and text[begin + 1 : begin + 2] in ".)")
    if text[begin].isalpha():
        return _letter(text, begin, stop)  # every other label begins with a number or a bracket
    m = _RANGE.match(text, begin, stop)
    if m and int(m["num"]) < int(m["last"]) <= 40:
        first, last = (m["num"],), (m["last"],)
        joined = quick.search(r"&|and", m.group())
        return Label("", (first, last) if joined else (first,), begin, m.end(), None if joined else last, style="plain")
    alone = _RANGE_ALONE.fullmatch(text, begin, stop)
    if alone:
        first = _number(alone["num"]) + ((alone["sub"].lower(),) if alone["sub"] else ())
        last = _number(alone["last"]) + ((alone["lastsub"].lower(),) if alone["lastsub"] else ())
        if _ordered(first, last):
            return Label("", (first,), begin, stop, last, style="plain")
    for pattern, style in ((_BRACKET, "bracket"), (_PLAIN, "plain"), (_DOTTED, "dotted"), (_BARE, "spaced")):
        m = pattern.match(text, begin, stop)
        if not m:
            continue
        sub = _clean(m.groupdict().get("sub") or m.groupdict().get("sub2"))
        if style == "plain":
            end = m.end()
            # "2 a": a figure and an article, unless glued ("2a How …")
            glued = m["sub2"] and not text[m.end("num")].isspace() and quick.match(r"\s+[A-Z“\"(]", text[end : end + 4])
            if m["sub2"] and not m["delim2"] and not glued:
                continue
            if _MONTHISH.match(text, end, stop) and not m["delim"]:
                continue
            if not 0 < int(m["num"].split(".")[0]) <= 60:
                continue
            if m["delim"] and "." in m["num"] and m["delim"] == ":" and quick.match(r"\d\d", text[end : end + 2]):
                continue
        parts = _number(m["num"]) + ((sub,) if sub else ())
        return _extend(text, stop, "", parts, begin, m.end(), style)
    return _letter(text, begin, stop)


def _letter(text: str, begin: int, stop: int) -> Label | None:
    m = _LETTER.match(text, begin, stop)
    if m and not (text[begin] != "(" and text[m.end() - 1] == ":" and len(m["sub"]) > 1 and _clean(m["sub"]) not in ROMAN):
        sub = m["sub"]
        if text[m.end() - 1] == "." and m.end() < stop and not text[m.end()].isspace() and not text[m.end()].isupper():
            return None  # "e.g", "i.e"
        label = _extend(text, stop, "", (_clean(sub),), begin, m.end(), "letter")
        return Label(label.role, label.targets, label.begin, label.stop, label.range_to, True, "letter", sub.isupper(), label.also)
    return None


def _whole_word(text: str, m: re.Match[str]) -> bool:
    """ "A1" and "Q 2" are labels; "A 77 road", "Part 2 of the Act" and "a 2" are not."""
    word = m["word"]
    if len(word) == 1 and word.islower():
        return False
    after = text[m.end() : m.end() + 12].lower()
    if word.lower() in ("part", "item", "point") and text[m.end() - 1] not in ".):":
        return False
    if (
        len(word) == 1
        and word == "A"
        and m.end() < len(text)
        and text[m.end("num")] == " "
        and text[m.end() - 1] not in ".):"
        and text[m.start() + 1] == " "
    ):
        return False
    return not quick.match(r"\s*(?:of the (?:act|freedom|foi)|/\d)", after)


def _extend(text: str, stop: int, role: str, parts: Parts, begin: int, at: int, style: str) -> Label:
    """ "Q1 - Q4", "1. & 2.", "b) - e)", "Questions 3 and 4": what else the label names."""
    targets = [parts]
    range_to: Parts | None = None
    while True:
        m = _NEXT.match(text, at, stop)
        if not m:
            break
        if m["letter"] and m["letter"].lower() in ("a", "i") and m["join"].strip() not in "-–—&":
            break
        if m["num"]:
            nxt = _number(m["num"]) + ((_clean(m["sub"]),) if m["sub"] else ())
            tail = text[m.end() : m.end() + 14]
            near = "." in m["num"] or (m["num"].isdigit() and parts[-1].isdigit() and int(m["num"]) == int(parts[-1]) + 1)
            joined = m["join"] in ("and", "&", "to") and near and quick.match(r"\s?[A-Z]", tail)
            if (
                style in ("plain", "letter", "spaced", "dotted")
                and m.group().rstrip()[-1] not in ".):]"
                and not joined
                and not quick.match(r"\s*$|\s*[-–:]", tail)
            ):
                break  # "1. 2 devices", "2) - 14 claims"
            if _NOT_AFTER.match(tail) or quick.match(r"[,.]?\d", tail) or int(m["num"].split(".")[0]) > 60:
                break
            if style in ("plain", "bracket") and m["join"] in "-–—" and not _ordered(parts, nxt):
                break
        elif m["letter"]:
            nxt = (*parts[:-1], _clean(m["letter"]))
        else:
            break
        if m["join"] in ("-", "–", "—", "to", "through"):
            if not _ordered(targets[-1], nxt):
                break
            range_to = nxt
        else:
            targets.append(nxt)
        at = m.end()
    tail_mark = _TAIL.match(text[at : min(stop, at + 6)])
    return Label(role, tuple(targets), begin, at + (tail_mark.end() if tail_mark else 0), range_to, style=style)


_TAIL = re.compile(r"\s*(?::|[-–—](?=\s)|\.(?=\s))?\s*")


def _ordered(a: Parts, b: Parts) -> bool:
    return sort_key(a) < sort_key(b)


def sort_key(parts: Parts) -> tuple[tuple[int, int, str], ...]:
    """Order of labels: numbers as numbers, then letters."""
    return tuple((0, int(p), "") if p.isdigit() else (1, ROMAN.get(p, 0), p) for p in parts)


def label_text(parts: Parts) -> str:
    """("1", "a") → "1a", ("1", "2") → "1.2", ("1", "ii") → "1(ii)", ("a", "1") → "A1"."""
    if len(parts) > 1 and parts[0].isalpha() and parts[1].isdigit():
        return parts[0].upper() + label_text(parts[1:])
    out = ""
    for i, part in enumerate(parts):
        if part.isdigit():
            out += ("." if i else "") + part
        elif part in ROMAN and (len(part) > 1 or part in "iv"):
            out += f"({part})"
        else:
            out += part
    return out


_REFERS = re.compile(
    r"\b(?:questions?|q|qs|points?|parts?|items?|requests?|answers?|response)\.?\s{0,2}(?:numbers?\s|no\.?\s)?\(?(?P<list>\[?\d{1,2}(?:\.\d{1,2})*\s?\(?(?:(?:[a-h]|i{1,3}|iv)(?!\w))?\)?\]?"
    r"(?:\s{0,2}(?:,|and|&|or|to|-|–)\s{0,2}(?:q(?:uestion)?s?\.?\s?)?\d{1,2}(?:\.\d{1,2})*\s?\(?(?:(?:[a-h]|i{1,3}|iv)(?!\w))?\)?){0,12})(?!\d|%)",
    re.I,
)


def named_labels(text: str, begin: int = 0, stop: int | None = None) -> list[tuple[list[Parts], Parts | None, int, int]]:
    """Questions that running text names ("question 2 above", "questions 1-4"): targets, end of range, place."""
    stop = len(text) if stop is None else stop
    found = []
    for m in _REFERS.finditer(text, begin, stop):
        targets: list[Parts] = []
        range_to: Parts | None = None
        for piece in re.finditer(
            r"(?P<join>,|and|&|or|to|-|–|^)?\s*(?:q(?:uestion)?s?\.?\s?)?[\[(]?(?P<n>\d{1,2}(?:\.\d{1,2})*)\s?\(?(?P<s>[a-h](?!\w)|i{1,3}(?!\w)|iv(?!\w))?\)?",
            m["list"],
            re.I,
        ):
            parts = _number(piece["n"]) + ((_clean(piece["s"]),) if piece["s"] else ())
            if piece["join"] in ("to", "-", "–") and targets:
                range_to = parts
            else:
                targets.append(parts)
        if targets:
            found.append((targets, range_to, m.start(), m.end()))
    return found
