"""The tokens of an answer: figures, sums of money, small-number phrases, words for none, each with its place.

What looks like a figure and is not one (times, telephone numbers, addresses, provisions, references, Acts, links) is
passed over here, so that nothing downstream takes it for an answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from foi_lib import quick
from foi_lib.letters.periods import find_periods

UNITS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORD = "|".join(list(UNITS) + list(TENS))
_TEENS = "|".join(sorted(TENS, key=len, reverse=True))
_ONES = "|".join(sorted((w for w in UNITS if UNITS[w] < 10), key=len, reverse=True))
_SPELLED = rf"(?:(?:{_TEENS})(?:[\s-](?:{_ONES}))?|{'|'.join(sorted(UNITS, key=len, reverse=True))})"
_HUNDREDS = rf"(?:(?:a[ \xa0\n]|{_SPELLED}\s)thousand(?:,?\s(?:and\s)?(?:a|{_ONES})\shundred)?(?:\sand\s{_SPELLED})?|(?:a[ \xa0\n]|{_ONES}\s)hundred(?:\sand\s{_SPELLED})?)"
_NUM = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d+|,\d\d(?!\d))?|\d+(?:\.\d+)?"
_SCALE = r"(?:\s?(?:k|m|bn|million|billion|thousand)\b)"
_HEDGES = (
    "approximately", "approx", "approx.", "around", "about", "circa", "c.", "roughly", "an estimated", "estimated", "in excess of",
    "more than", "over", "at least", "up to", "almost", "nearly", "just over", "just under", "some", "currently",
)  # fmt: skip
_TOKEN = quick.compile(
    rf"""
    (?=\d)(?:(?P<few>(?<!\d)(?P<leq>\d{{1,2}})\s+or\s+(?:fewer|less|under)|(?<![\d/.,£-])(?P<lo>[01])\s?[-–]\s?(?P<hi>[4-9]|10)(?![\d/.,:-]))
      | (?P<money>(?<!\d)(?P<m>{_NUM})(?P<mscale>{_SCALE})?\s?(?:pounds\b|GBP\b))
      | (?P<percent>(?<!\d)(?P<pc>{_NUM})\s?(?:%|per\s?cent\b|percent\b))
      | (?P<number>(?<!\d)(?:(?<![\w.£/-])|(?<=[a-z]{{3}}\.))(?P<n>{_NUM})(?P<nscale>{_SCALE})?(?!/\d|\d|\(\d|\([a-z]\)))
      | (?P<dash_number>(?<=[-–=])(?<!\d-)(?<!\w-)(?P<dn>{_NUM})(?![\w/-])))
  | (?P<few_said>(?:(?:fewer|less)\s+than|under|below)\s+(?:or\s+equal\s+to\s+)?£?\s?(?P<lt>\d{{1,3}}|{_SPELLED})(?![\d,.]\d|\d|\s?\(\d|\([a-z]\))
      |(?:&lt;|<|≤)\s?=?\s?£?(?P<lt2>\d{{1,3}})(?!\d)
      |(?P<leq2>{_SPELLED})\s+or\s+(?:fewer|less|under)
      |between\s+(?P<lo2>\d{{1,2}}|{_SPELLED})\s+(?:and|to)\s+(?P<hi2>\d{{1,2}}|{_SPELLED})(?!\d|[,.]\d)
      |(?:&gt;|>|more\s+than|over)\s?(?P<lo3>\d{{1,3}})\s+(?:but|and)\s+(?:less|fewer)\s+than\s+(?P<hi3>\d{{1,3}})(?![\d,.]\d|\d))
  | (?P<sum>-?£\s?-?(?P<m2>{_NUM})(?P<m2scale>{_SCALE})?|(?:GBP)\s?(?P<m3>{_NUM}))
  | (?P<spelled>\b(?:{_HUNDREDS}|{_SPELLED})\b)
  | (?P<zero>\b(?<!\b[Nn]et\s)(?:nil|zero(?:\spounds)?)\b|\bnone(?=\s+(?:in|for|during)\s+(?:the\s)?(?:FY\s?)?(?:19|20)\d\d|\s*\((?:FY\s?)?(?:19|20)\d\d|\s*,\s*(?:\d|\w+,|\w+\sand)|\s+and\s+(?:\d|\w+\srespectively))|(?<=\bwas )none\b|(?<=\bwere )none\b|(?<=[=:-] )none\b|(?<=,\s)none(?=\sand\s)|(?<=\band\s)none(?=\s+respectively))|\bnothing(?=\s(?:has\s|have\s|had\s)?(?:been\s|was\s|were\s|is\s)(?:yet\s)?(?:paid|spent|awarded|received|reported|recorded|lost|stolen)\b)
    """,
    re.I | re.X,
    most=60,
)
_HEDGED = re.compile(rf"(?P<hedge>{'|'.join(map(re.escape, _HEDGES))})\s*$", re.I)
_AFTER_HEDGE = re.compile(
    r"\s*(?P<hedge>known(?:\s+of)?\b|approximately\b|approx\b|or so\b|\(approx\w*\.?\)|or more\b|plus\b|estimated\b|\(estimate\w*\))", re.I
)

# stretches in which no number is an answer: addresses, numbers that are none, names of files
_ADDRESS = r"https?://\S+ | www\.\S+ | \b[\w.+-]{1,64}@[\w.-]+\b"
_NUMBER = r"""
    \b(?i:tel|telephone|phone|fax|mobile|call|ext)\b[^\n]{0,12}?[+\d][\d \t()+]{4,18}         # telephone
  | (?<!\d)(?:\+44|0)\d{2,4}[\s-]?\d{3,4}[\s-]?\d{3,4}(?!\d)
  | \b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b                                              # postcode
  | \b(?i:sections|exemptions|regulations|articles|paragraphs|schedules|ss\.?)\s?\d+[A-Z]{0,2}(?:\s?\(\w{1,4}\))*(?:(?:\s?(?:,|&|-|–)\s?|\s(?:and|or|to)\s)\d+[A-Z]{0,2}(?:\s?\(\w{1,4}\))*(?!\s(?!of\b|and\b|or\b|to\b|apply\b|are\b)[a-z]))+   # "sections 40(2) and 43"
  | \b(?i:sub-?sections?|sections?|sects?\.?|ss?\.|s(?=\s?\d)|regulations?|regs?\.|articles?|arts?\.|paragraphs?|paras?\.?|schedules?|part|chapter|annex|appendix|exemptions?|exceptions?|clause|principle|recital|rule)\s?\(?\d+[A-Z]{0,2}(?:\.\d+)?(?:\s?\(\w{1,4}\))*(?:\s?(?:,|and|&|or|to|-|–)\s?(?:\d+[A-Z]{0,2})?(?:\(\w{1,4}\))+)*
  | \b(?:Acts?|ACTS?|Regulations|Order|Rules|Measure)\)?,?\s{0,3}(?:\((?:“|\")?F[oO]IS?A(?:”|\")?\)\s{0,3})?(?:\(Scotland\)\s{0,3})?(?:of\s)?(?:1[6-9]|20)\d\d\b   # the year of an Act
  | \b(?i:questions?|quer(?:y|ies)|cause|q|points?|items?|tables?|figures?|page|request|answers?|version|tier|band|level|grade|phase|stage|step|ward|junction|windows|office|iso|bs|form|note|option|category|type|class|route|road|unit|room|floor|box|article|form|covid)[\s.:-]{0,2}\d+(?:\.\d+)*[a-z]?\b(?:\s?(?:,|and|&|to|-|–)\s?\d+(?:\.\d+)*[a-z]?\b)*
  | ^\s*(?:\d{1,3}\s?[-–]\s?\d{1,3}|(?i:over|under|above|below|aged?)\s\d{1,3}|\d{1,3}\s?\+|\d{1,3}\s(?i:and\sover|or\sover|plus))(?:\s(?i:years?(?:\sold)?|yrs?))?(?=\s?[:=]\s?£?\d)   # bands of age: "18 - 64: 16"
  | \b\d{1,2}\s?\+?[\s-]?(?i:bed(?:room)?s?)\b | (?<![\d,.£/-])\b\d{1,3}-[a-z]{3,}\b(?<!-day)(?<!-days)   # "2-bed", "3-year"
  | ^\s*(?:[A-Z]\w{1,12}\s)?(?i:our\s|your\s)?(?i:ref)(?i:erence)?(?i:\sno\.?|\snumber)?\s?:[^\n]{0,60} | \b(?:FOI|EIR|RFI|SAR)\s?\d{3,}(?:\s\d\d){0,2}\b   # the numbers of requests
  | \b\d+(?:st|nd|rd|th)\b
  | \b(?:19|20)\d{3,4}(?=\s?(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))   # dates of a log run together: "1 April 20141 May 2014"
  | (?<=\bin\s)(?:19|20)$                                                            # a year cut off at the end of the line
  | (?<![\d.,£=])(?<!=\s)\b\d{1,2}\s(?i:(?:jan(?:uary)?|feb(?:ruary)?|march|april|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b) | \b(?:January|February|March|April|May|June|July|August|September|October|November|December)\s\d{1,2}\b(?!\s?[-=:–])
  | \b[A-Z]{2,}(?:[-_/][A-Z]{2,}){0,6}[-_/]?\d[\w/-]*\b | \b\d+[/_-]\d+[/_-][\w/-]+\b | \b[A-Z]\d{2,4}\b   # references, roads (A77)
  | \b\d{1,2}[:.]\d{2}\s?(?:am|pm|hrs)\b | \b\d{1,2}\s?(?:am|pm)\b
  | £\s?\d+(?:\.\d+)?\s?(?:per|an|a|/)\s?(?:hour|hr|person)(?:\s+per\s+hour)?\b
  | \b24/7\b | \bv\d+(?:\.\d+)*\b | \bpp?\.?\s?\d+(?:\s?[-–]\s?\d+)? | (?i:\b(?:paper|minute|agenda|attachment|enclosure|ref)\.?\s(?:no\.?\s)?[\d-]+) | \b(?i:report\sno\.?\s|(?<=the\s)report\s|(?<=see\s)report\s|(?<=in\s)report\s)[\d-]+ | \bReport\s[\d-]+ | (?i:(?<!came\s)(?<!comes\s)(?<!come\s)(?<!amounted\s)(?<!amounts\s)(?<!up\s)\b(?:see|in|at|to|as|per)\s\(?\d{1,2}[a-h]?[).]\s?(?:above|below)?|\bin\s\d{1,2}\sabove)
  | \b(?i:in|within|at|see|under|of|per|as|from)\s\d{1,2}[a-h]\b                            # "within 4b": a question's label
  | \b\d+[\s-](?i:(?:working|calendar)\s)?(?i:day|week|month|hour|minute|year)\s(?i:extensions?|limits?|deadlines?|periods?|rules?|targets?|windows?|notice|time\s?(?:frames?|scales?|limits?))\b
  | \b(?:999|101|111|112)\b(?=\s(?i:service|call|emergenc|number|control))|\bFOI\s?/\s?\d+(?:\s?/\s?\d+)*
  | (?i:\b(?:dial|call|ring|emergency)\b[^\n]{0,12}\b(?:999|101|111|112)\b)
"""
_FILE = r"^[^\n]{0,80}\.(?i:xlsx?|pdf|docx?|csv|zip|ods|odt|rtf)\b | \b[\w-]{1,60}\.(?i:xlsx?|pdf|docx?|csv|zip|ods|odt|rtf)\b | ^[^\n]{0,120}\bapplication/[\w.+-]+"
_NOT = re.compile(rf"{_ADDRESS} | {_NUMBER} | {_FILE}", re.X | re.M)
_NOT_NUMBER = re.compile(rf"(?=\b\w|\+44|0|£)(?:{_NUMBER})", re.X | re.M)
_IN_ADDRESS = quick.compile(rf"{_ADDRESS} | {_FILE}", re.X | re.M)
_DURATION = quick.compile(
    rf"(?:(?<!\d)(?:{_NUM})|\b{_SPELLED})(?:\s?(?:½|to|-|–)\s?(?:\d+(?:\.\d+)?)?)?\s?[-–]?\s?(?:working\s|calendar\s|business\s|full\s)?(?:hours?|hrs?|minutes?|mins?|seconds?|days?|weeks?|months?|years?|yrs?)\b(?!\s+(?:lost|taken|off|of\s+sick))",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A figure in the text. `value` is None where only an interval is known."""

    kind: str  # count, money, percent, suppressed, zero
    value: float | None
    low: float | None
    high: float | None
    begin: int
    stop: int
    qualifier: str | None = None
    spelled: bool = False


def to_number(text: str) -> float:
    """ "3,387,477.99" → 3387477.99; "31,650,57" (a comma typed for the point) → 31650.57."""
    text = text.strip()
    if "," in text and (slip := re.fullmatch(r"(\d{1,3}(?:,\d{3})*),(\d\d)", text)):
        text = slip.group(1) + "." + slip.group(2)
    return float(text.replace(",", ""))


_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9}


def spelled_number(words: str) -> int | None:
    """ "twenty-one" → 21, "a hundred and five" → 105; None where it is no number."""
    total, current = 0, 0
    parts = re.split(r"[\s-]+", words.lower().strip())
    for part in parts:
        if part in UNITS:
            current += UNITS[part]
        elif part in TENS:
            current += TENS[part]
        elif part == "a":
            current += 1
        elif part in ("hundred", "thousand"):
            current = max(current, 1) * (100 if part == "hundred" else 1000)
            total, current = total + current, 0
        elif part != "and":
            return int(part) if part.isdigit() else None
    return total + current


def _not_figures(text: str, begin: int, stop: int, durations: bool) -> list[tuple[int, int]]:
    """Stretches of `text[begin:stop]` whose numbers are no answers."""
    pattern = _NOT if _IN_ADDRESS.search(text, begin, stop) else _NOT_NUMBER
    found = [m.span() for m in pattern.finditer(text, begin, stop)]
    if durations:
        found += [m.span() for m in _DURATION.finditer(text, begin, stop)]
    return sorted(found)


def _small(m: re.Match[str]) -> tuple[float, float]:
    def number(text: str) -> float:
        value = spelled_number(text)
        return float(value if value is not None else 0)

    if under := m["lt"] or m["lt2"]:
        return 0.0, max(number(under) - 1, 0)
    if most := m["leq"] or m["leq2"]:
        return 0.0, number(most)
    if m["lo3"]:  # "over 60 but less than 120": 61 to 119
        return number(m["lo3"]) + 1, number(m["hi3"]) - 1
    return number(m["lo"] or m["lo2"]), number(m["hi"] or m["hi2"])


# no figure stands without one of these
_DIGIT = re.compile(r"\d")
_SPELT = quick.compile(rf"\b(?:{_WORD}|hundred|thousand|nil|zero|none)", re.I)
_LINE = 2_000  # characters: what is as short as a line is asked for by several steps, and kept


def find_amounts(text: str, begin: int, stop: int, durations: bool = True) -> list[Token]:
    """Figures in `text[begin:stop]`, in order; what is part of a date, a citation, an address or a time is not one.

    "<5" is an interval from 0 to 4: whether nil is in it is for the note under the table to say.
    """
    if begin == 0 and stop == len(text) <= _LINE:
        return list(_of_line(text, durations))
    return _find(text, begin, stop, durations)


@lru_cache(maxsize=4096)
def _of_line(text: str, durations: bool) -> tuple[Token, ...]:
    return tuple(_find(text, 0, len(text), durations))


def _find(text: str, begin: int, stop: int, durations: bool) -> list[Token]:
    found = _free(text, begin, stop, durations, _tokens(text, begin, stop))
    return [token for m in found if (token := _token(text, m, begin))]


def figures_not_in(text: str, known: str) -> bool:
    """Does the text hold a figure (no number in words) that does not stand in `known` as it is written?"""
    return any(figure not in known for figure in _likely_figures(text)) and any(figure not in known for figure in _figures(text))


@lru_cache(maxsize=1024)  # one answer's words are held against several questions'
def _likely_figures(text: str) -> tuple[str, ...]:
    """The figures of a text as they are written, and what only looks like one."""
    return tuple([m.group().strip() for m in _tokens(text, 0, len(text)) if m.lastgroup not in ("spelled", "zero")])


@lru_cache(maxsize=1024)
def _figures(text: str) -> tuple[str, ...]:
    return tuple([text[t.begin : t.stop].strip() for t in find_amounts(text, 0, len(text)) if not t.spelled])


def _tokens(text: str, begin: int, stop: int) -> list[re.Match[str]]:
    if _DIGIT.search(text, begin, stop) is None and _SPELT.search(text, begin, stop) is None:
        return []
    return list(_TOKEN.finditer(text, begin, stop))


def _free(text: str, begin: int, stop: int, durations: bool, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without what is part of a period, a citation, an address, a time."""
    found = _outside([(p.begin, p.stop) for p in find_periods(text, begin, stop)], found) if found else found
    return _outside(_not_figures(text, begin, stop, durations), found) if found else found


def _outside(barred: list[tuple[int, int]], found: list[re.Match[str]]) -> list[re.Match[str]]:
    """Those that touch none of the barred stretches; both are in order."""
    free = []
    at = 0
    for m in found:
        start, end = m.span()
        while at < len(barred) and barred[at][1] <= start:
            at += 1
        k = at
        while k < len(barred) and barred[k][0] < end and barred[k][1] <= start:
            k += 1
        if k == len(barred) or barred[k][0] >= end:
            free.append(m)
    return free


def _token(text: str, m: re.Match[str], begin: int) -> Token | None:
    kind, (a, b) = m.lastgroup, m.span()
    near = max(begin, a - 16)
    hedge = _HEDGED.search(text, near, a) if text[near:a].rstrip().lower().endswith(_HEDGES) else None
    after = _AFTER_HEDGE.match(text, b, b + 18)
    qualifier = (hedge.group("hedge") if hedge else after.group("hedge") if after else "").lower().strip(" ()") or None
    if qualifier in ("some", "currently"):
        qualifier = None
    if kind in ("few", "few_said"):
        low, high = _small(m)
        if (m["lo"] or m["lo2"]) and high - low > 9:
            return None
        return Token("suppressed", None, low, high, a, b)
    if kind in ("money", "sum"):
        value = to_number(m["m"] or m["m2"] or m["m3"])
        scale = (m["mscale"] or m["m2scale"] or "").strip().lower()
        value *= _SCALES.get(scale, 1)
        if "-" in text[a : a + 3]:
            value = -value
        return Token("money", round(value, 2), round(value, 2), round(value, 2), a, b, qualifier)
    if kind == "percent":
        value = to_number(m["pc"])
        return Token("percent", value, value, value, a, b, qualifier)
    if kind in ("number", "dash_number"):
        value = to_number(m["n"] or m["dn"])
        value *= _SCALES.get((m["nscale"] or "").strip().lower(), 1)
        return Token("count", value, value, value, a, b, qualifier)
    if kind == "spelled":
        number = spelled_number(m.group())
        if number is not None and quick.match(r"\s+pounds\b", text[b : b + 8], re.I):
            return Token("money", float(number), float(number), float(number), a, b, qualifier, spelled=True)
        return None if number is None else Token("count", number, number, number, a, b, qualifier, spelled=True)
    return Token("zero", 0.0, 0.0, 0.0, a, b, qualifier, spelled=True)
