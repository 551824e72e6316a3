# ruff: noqa: E501  (patterns and letters are read sideways)
"""Changes of a letter's surface that a human reader would not notice: its labels stay true, so what is read must stay the same.

Each change takes a letter and gives its text anew, or the same text where it does not fit. A change is only made where it is
made alike throughout the letter, and left alone where it could mean something else.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = dict[str, Any]


@dataclass(frozen=True)
class Letter:
    """A letter's text with its labelled answers."""

    text: str
    answers: tuple[Row, ...] = ()

    @property
    def numbers(self) -> set[str]:
        """The questions' first numbers."""
        return {m[0] for a in self.answers if (m := re.match(r"\d+", str(a.get("question") or "")))}


Change = Callable[[Letter], str]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MARK = r"(?:(?:our|council|council's|trust)\s)?(?:answer|response|reply)\s?[:\-–]|(?-i:A)[:)]|in response:"


# years -------------------------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?<![\w/.,£=-])(FY ?)?((?:19|20)\d\d)(\s?[/–-]\s?)((?:19|20)?\d\d)(?![\w/-]|\.\d|,\d)")


def years(style: str) -> Change:
    """Every financial year in one style, where the letter has one of its own ("2021/22") that no range of calendar years is written in."""

    def change(letter: Letter) -> str:
        text = letter.text
        found = list(_YEAR.finditer(text))
        if not found or any((int(m[2]) + 1) % 100 != int(m[4]) % 100 for m in found):
            return text
        if not any(len(m[4]) == 2 and "/" in m[3] for m in found) or re.search(r"\d(?:st|nd|rd|th)? [A-Z][a-z]+ " + _YEAR.pattern, text):
            return text  # "6 April to 5 April 2021/22" would be a day of 2021
        firsts = {int(m[2]) for m in found}
        if not re.search(r"/|\{d:02\}|FY", style.replace("{c:02}-{d:02}", "")) and not any(first + 1 in firsts for first in firsts):
            return text
        if style == "{c:02}-{d:02}" and "year" not in text:
            return text  # "2021 to 2022" is a financial year only beside "2022 to 2023"
        return _YEAR.sub(lambda m: style.format(a=int(m[2]), b=int(m[2]) + 1, c=int(m[2]) % 100, d=(int(m[2]) + 1) % 100), text)

    return change


# dashes and quotation marks ------------------------------------------------------------------------------------------------


def dashes(mark: str) -> Change:
    """Dashes between blanks, and those that are longer than a hyphen."""
    return lambda letter: re.sub(r"(?<=\S )[-–—](?= \S)|(?<=\w)[–—](?=\w)", mark, letter.text)


def curly(letter: Letter) -> str:
    text = re.sub(r'(^|[\s(\[])"', r"\1“", letter.text, flags=re.M).replace('"', "”")
    return re.sub(r"(^|[\s(\[])'", r"\1‘", text, flags=re.M).replace("'", "’")


def straight(letter: Letter) -> str:
    return re.sub("[‘’]", "'", re.sub("[“”]", '"', letter.text))


# blanks and lines ----------------------------------------------------------------------------------------------------------


def hard_spaces(letter: Letter) -> str:
    """Every second blank between two words is one that does not break, as word processors put them."""
    seen = iter(range(10**9))
    return re.sub(r"(?<=\S) (?=\S)", lambda m: "\xa0" if next(seen) % 2 else " ", letter.text)


def hard_pounds(letter: Letter) -> str:
    """A blank that does not break between the pound sign and its sum."""
    return re.sub(r"£(?=\d)", "£\xa0", letter.text)


def two_spaces(letter: Letter) -> str:
    """Two blanks after a full stop, as typists are taught."""
    return re.sub(r"(?<=[a-z)][.?:]) (?=[A-Z])", "  ", letter.text)


def wide_spaces(letter: Letter) -> str:
    """Every fifth blank of a sentence doubled, as set lines have them."""
    seen = iter(range(10**9))

    def line(m: re.Match[str]) -> str:
        return m[0] if tabled(m[0]) else re.sub(r"(?<=[a-z,]) (?=[a-z])", lambda x: "  " if next(seen) % 5 == 0 else " ", m[0])

    return re.sub(r"^.{60,}$", line, letter.text, flags=re.M)


def trailing(letter: Letter) -> str:
    return re.sub(r"$", "  ", letter.text, flags=re.M)


def indented(letter: Letter) -> str:
    return re.sub(r"^(?=\S)", "    ", letter.text, flags=re.M)


def indented_deep(letter: Letter) -> str:
    return re.sub(r"^(?=\S)", " " * 12, letter.text, flags=re.M)


def doubled(letter: Letter) -> str:
    """Blank lines doubled."""
    return re.sub(r"\n[ \t]*\n", "\n\n\n", letter.text)


def spread(letter: Letter) -> str:
    """A blank line after every line: a page whose lines are all paragraphs. Not where lines are broken sentences or cells."""
    lines = letter.text.split("\n")
    if any(not a.get("question") for a in letter.answers) or _BULLET.search(letter.text):
        return letter.text  # paragraphs tell questions without a number from one another
    if any(_broken(a, b) for a, b in itertools.pairwise(lines)) or _cells_alone(lines):
        return letter.text
    return re.sub(r"\n+", "\n\n", letter.text)


def tightened(letter: Letter) -> str:
    """No blank lines at all, in a letter whose questions have numbers."""
    if not letter.answers or any(not a.get("question") for a in letter.answers):
        return letter.text
    return re.sub(r"\n\s*\n", "\n", letter.text)


_ROW = re.compile(r"(?:\s£?\d[\d,.]*%?){2,}\s*$|(?:(?:19|20)\d\d\S*\s+){2,}(?:19|20)\d\d\S*\s*$|(?:\bNo\. .*){2}")


def tabled(line: str) -> bool:
    return "|" in line or "\t" in line or bool(re.search(r"\S {2,}\S", line.strip()) or (len(line) < 110 and _ROW.search(line)))


def _broken(line: str, after: str) -> bool:
    """Does a sentence run on in the next line?"""
    return len(line) > 45 and bool(re.search(r"[\w,]$", line)) and bool(re.match(r"[a-z]", after)) and not re.match(r"[a-h][.)]|[ivx]+[.)]", after)


def _cells_alone(lines: list[str]) -> bool:
    return any(all(0 < len(x.strip()) < 12 for x in lines[i : i + 3]) for i in range(len(lines) - 2))


def wrapped(width: int) -> Change:
    """Lines broken at a width, as text from a PDF or a plain e-mail has them."""

    def change(letter: Letter) -> str:
        out: list[str] = []
        for line in letter.text.split("\n"):
            out += [line] if len(line) <= width or tabled(line) else _fold(line, width)
        return "\n".join(out)

    return change


def _fold(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


_RUN = re.compile(r"[\w,]$")


def unwrapped(letter: Letter) -> str:
    """Broken sentences made one line again."""
    out: list[str] = []
    for line in letter.text.split("\n"):
        if out and _broken(out[-1], line) and not tabled(line) and not tabled(out[-1]):
            out[-1] += " " + line
        else:
            out.append(line)
    if any(re.match(r"\(", line) and _RUN.search(above) for above, line in itertools.pairwise(out)):
        return letter.text  # not only sentences that go on with a small letter were broken
    return "\n".join(out)


# labels --------------------------------------------------------------------------------------------------------------------

_TOP = re.compile(r"^([ \t]*)(?:(Q(?:uestion)?)[ .]{0,2}|([(\[]))?(\d{1,2})(?(3)[)\]]|(?:[.):]|(?=\s)(?(2)|(?!))))(?!\d)[ \t]+(?=\S)", re.M)
_OTHER_LABEL = re.compile(r"^[ \t]*(?:[AQ]\.?\d|\d+\.\d+[.):\s]|\d+\(?[a-z]\)|[(\[]\d+[a-z.]|questions|answers?\s\d|(?:request|point|part)\s\d|\d+\s?[-–&])", re.M | re.I)


def numbers(style: str) -> Change:
    """The questions' numbers written otherwise, in a letter whose lines begin with no other numbers than theirs."""

    def change(letter: Letter) -> str:
        found = list(_TOP.finditer(letter.text))
        asked = letter.numbers
        if not asked or not found or _OTHER_LABEL.search(letter.text):
            return letter.text
        if "Q" in style and "Annwyl" in letter.text:
            return letter.text  # Welsh has no Q
        if any(m[4] not in asked for m in found) or asked - {m[4] for m in found} or len({m[1] for m in found}) > 1:
            return letter.text
        if any(re.match(r"[ivx]+[.)]|[a-h][.)]", letter.text[m.end() : m.end() + 4]) for m in found):
            return letter.text  # "3. a) …": two labels in one
        if not re.search(r"\D\W*$", style) and any(letter.text[m.end()].isdigit() for m in found):
            return letter.text
        if style.endswith(" -") and any(not letter.text[m.end()].isalpha() for m in found):
            return letter.text  # "1 - 5" is a range
        return _TOP.sub(lambda m: m[1] + style.format(m[4]) + ("" if style.endswith("\t") else " "), letter.text)

    return change


_SUB = re.compile(r"^([ \t]*)\(?([a-h])[.)][ \t]+(?=\S)", re.M)


def letters(style: str) -> Change:
    """The brackets of sub-questions' letters."""
    return lambda letter: _SUB.sub(lambda m: m[1] + style.format(m[2]) + ("" if style.endswith("\t") else " "), letter.text)


_ROMAN = re.compile(r"^([ \t]*)\(?(i{1,3}|iv|vi{0,3})[.)][ \t]+(?=\S)", re.M)


def romans(style: str) -> Change:
    """The brackets of sub-questions' Roman numbers."""
    return lambda letter: _ROMAN.sub(lambda m: m[1] + style.format(m[2]) + ("" if style.endswith("\t") else " "), letter.text)


_ANSWER = re.compile(rf"^([ \t]*)(?:{_MARK})(?=\s|$)[ \t]*", re.M | re.I)


def marks(style: str) -> Change:
    """The mark before each answer, in a letter that has one for most of its questions."""

    def change(letter: Letter) -> str:
        found = list(_ANSWER.finditer(letter.text))
        if not style.strip() and not all(letter.answers and a.get("question") for a in letter.answers):
            return letter.text  # nothing but the mark tells answers from questions without a number
        if len(found) < 2 or len({m[0].strip().lower() for m in found}) > 1 or re.search(r"^\s*(?:answers?|response)\s?\d", letter.text, re.M | re.I):
            return letter.text
        return _ANSWER.sub(lambda m: f"{m[1]}{style}" + ("" if m.end() == len(letter.text) or letter.text[m.end()] == "\n" else " "), letter.text)

    return change


def bold(letter: Letter) -> str:
    """Questions and headings between double stars, as text from a web page or a chat has them."""
    return re.sub(r"^(?=\S)([^|\t\n*]{3,}(?:\?|(?:request|response):?))$", r"**\1**", letter.text, flags=re.M | re.I)


_BULLET = re.compile(r"^([ \t]*)[-•*–o●▪][ \t]+(?=[A-Za-z])", re.M)


def bullets(mark: str) -> Change:
    """The marks of listed things."""
    return lambda letter: _BULLET.sub(lambda m: m[1] + mark, letter.text)


# numbers -------------------------------------------------------------------------------------------------------------------


def no_commas(letter: Letter) -> str:
    return re.sub(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])", lambda m: m[0].replace(",", ""), letter.text)


def commas(letter: Letter) -> str:
    """Thousands set off in sums, and in labelled figures that are no year."""
    known = {str(int(a["value"])) for a in letter.answers if a.get("value") and a["value"] >= 2100}
    text = re.sub(r"(?<=£)\d{4,}(?!\d|,)", lambda m: f"{int(m[0]):,}", letter.text)
    return re.sub(r"(?<![\w.,/£-])\d{4,9}(?![\w,/-]|\.\d)", lambda m: f"{int(m[0]):,}" if m[0] in known else m[0], text)


def pence(letter: Letter) -> str:
    """£1,234 as £1,234.00. Not hourly rates and limits of the law."""
    return re.sub(r"£(\d{1,3}(?:,\d{3})+|\d+)(?![\d,.]|\s?(?:k|m|bn|million|thousand|billion)\b)", r"£\1.00", letter.text)


def no_pence(letter: Letter) -> str:
    return re.sub(r"(£\s?[\d,]*\d)\.00(?!\d)", r"\1", letter.text)


def pound_gap(letter: Letter) -> str:
    return re.sub(r"£(?=\d)", "£ ", letter.text)


_COUNTED = (
    r"(?:(?:personal|data|cyber|security|information|reportable|insurance|compensation|such|successful|separate|recorded|known)\s){0,3}"
    r"(?:breach(?:es)?|incidents?|claims?|attacks?|payments?|complaints?|people|individuals|cases|requests|reports?|employees|laptops|phones|devices)\b"
)


def spelled(letter: Letter) -> str:
    """Small figures before what they count, and alone after an answer's mark, in words."""
    text = re.sub(rf"(?<=[a-z] )([2-9]|1[0-2])(?= {_COUNTED})", lambda m: NUMBERS[int(m[0])], letter.text)
    return re.sub(rf"^((?:{_MARK})[ \t]*)([2-9]|1[0-2])(?=\.?$)", lambda m: m[1] + NUMBERS[int(m[2])].title(), text, flags=re.I | re.M)


def digits(letter: Letter) -> str:
    """Small numbers in words before what they count, and alone as an answer, in digits."""
    words = "|".join(NUMBERS[2:])
    text = re.sub(rf"(?<=[a-z] )({words})(?= {_COUNTED})", lambda m: str(NUMBERS.index(m[0].lower())), letter.text, flags=re.I)
    return re.sub(rf"^((?:{_MARK})[ \t]*|)({words})\.?$", lambda m: m[1] + str(NUMBERS.index(m[2].lower())), text, flags=re.I | re.M)


_NOTHING = re.compile(rf"^((?:[ \t]*(?:{_MARK}|[Q(\[]?\d{{1,2}}[.)\]:]+|\(?[a-h][).]|[12]\d{{3}}(?:[/-]\d\d(?:\d\d)?)?\s?[-–:=])[ \t]*)|)(None|Nil|Zero|0)(\.?)$", re.M)


def nothing(word: str) -> Change:
    """Nil by another word, where it is the whole of an answer, of a line's or of a cell's."""

    def change(letter: Letter) -> str:
        text = _NOTHING.sub(lambda m: m[1] + word + m[3], letter.text)
        return re.sub(r"((?:\t|\|) ?)(None|Nil|Zero|0)(?= ?(?:\t|\||$))", lambda m: m[1] + word, text, flags=re.M)

    return change


# dates ---------------------------------------------------------------------------------------------------------------------

_DAY = re.compile(rf"(?<![\w/])(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?(\d{{1,2}})(?:st|nd|rd|th)? ({'|'.join(MONTHS)}) ((?:19|20)\d\d)(?![\d/]|[-–]\d)")


def days(style: str) -> Change:
    """Days of the calendar in another form."""

    def write(m: re.Match[str]) -> str:
        try:
            day = date(int(m[3]), MONTHS.index(m[2]) + 1, int(m[1]))
        except ValueError:
            return m[0]
        end = "th" if day.day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return style.format(d=day.day, e=end, m=m[2], n=day.month, y=day.year, s=m[2][:3], w=day.strftime("%A"))

    def change(letter: Letter) -> str:
        if style.startswith("{m}") and re.search(r"\d[ \t]+" + _DAY.pattern, letter.text):
            return letter.text  # "21 1 April 2013": "21 April 1" would be another day
        return _DAY.sub(write, letter.text)

    return change
