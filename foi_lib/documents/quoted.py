"""The newest message told from the earlier ones quoted under it. The quoted part stays in the text and is marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from foi_lib.documents.model import Furniture


@cache
def _markers() -> re.Pattern[str]:
    """Lines that mail programs write between a reply and what it replies to."""
    heads = r"(?:From|Sent|Date|To|Cc|Subject|Importance|Reply-To)"
    return re.compile(
        r"^[ \t>*_]*-{2,} ?Original Message ?-{2,}[ \t]*$"
        r"|^[ \t>]*On\b[^\n]{6,200}?(?:\n[^\n]{0,120}?)?\bwrote:[ \t]*$"
        rf"|^[ \t>*]*From:\*?[ \t][^\n]*\n(?:[ \t>*]*{heads}:[^\n]*\n|[ \t]*\n){{1,6}}[ \t>*]*Subject:"
        r"|^[ \t>]*(?:Begin forwarded message:|-{5,} ?Forwarded message ?-{5,})[ \t]*$",
        re.M | re.I,
    )


@cache
def _answered_below() -> re.Pattern[str]:
    """The reply says that its answers stand within the quoted message."""
    where = r"below|in ?line|in (red|blue|bold|green|italics)"
    return re.compile(rf"(?i)\b(answers?|repl(y|ies)|responses?|comments?|see|please find)\b[^.]{{0,60}}\b({where})\b")


@cache
def _banner() -> re.Pattern[str]:
    """A paragraph that a mail server or a classification scheme put above the message: nobody's own words."""
    return re.compile(
        r"(?i)^\W*(caution|warning|external|official|unclassified|protect)\b"
        r"|\b(outside (of )?(the|our|your|this) (organi[sz]ation|council|network|company)|external (e-?mail|sender|source)"
        r"|classified as|classification|do not click|don.t often (get|receive) e-?mail|learn why this is important)\b"
    )


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent the message that is read, as its own head says it, and on which day (ISO)."""

    name: str = ""
    sent_on: str | None = None

    def wrote(self, head: str) -> bool:
        """Whether lines such as "From: …" and "Sent: …" are this message's own head, which some programs write into the text too: the
        same sender on the same day. A council's earlier message that it quotes was sent before."""
        given = re.search(r"(?im)^[ \t>*]*From:\*?[ \t]+([^\n]+)", head)
        if not given or not self.name or not self.sent_on:
            return False
        address = r"[\w.+'-]+@[\w.-]+\w"
        mine, theirs = re.findall(address, self.name.lower()), re.findall(address, given[1].lower())
        if mine and theirs:
            same = mine[0] == theirs[0]
        else:
            names = [" ".join(re.findall(r"\w+", re.sub(r"<[^>]*>|\[[^\]]*\]", "", words.lower()))) for words in (self.name, given[1])]
            same = bool(names[0]) and names[0] == names[1]
        return same and bool(_day(self.sent_on).search(head))


def _day(iso: str) -> re.Pattern[str]:
    """A day as mail programs write it: "24 January 2018", "Jan 24, 2018", "24/01/2018", "2018-01-24"."""
    year, month, day = iso.split("-")
    name = ("", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")[int(month)]
    d, m = f"0?{int(day)}(?:st|nd|rd|th)?", f"0?{int(month)}"
    return re.compile(
        rf"(?i)\b(?:{d}[ .-]+{name}[a-z]*[ ,.-]+{year}|{name}[a-z]*[ .]+{d},?[ ]+{year}|{d}[/.-]{m}[/.-](?:{year}|{year[2:]})|{iso})\b"
    )


def quoted_messages(text: str, start: int = 0, sender: Sender | None = None) -> tuple[list[Furniture], str | None]:
    """Places of quoted earlier messages in `text[start:]`, and a line for `problems` where the answers may stand within one.

    A reply with no words of its own above the mark has forwarded somebody's answer: nothing is marked then. Nor is the message's own
    head, where the text repeats it."""
    body = text[start:]
    for match in _markers().finditer(body):
        own = _own_words(body[: match.start()])
        if len(re.findall(r"\w+", own)) < 5 or (sender and sender.wrote("".join(body[match.start() :].splitlines(True)[:12]))):
            continue
        if len(own) < 900 and _answered_below().search(own):
            return [], "the reply says that its answers stand within the message that it quotes: both were read as one"
        end = len(body.rstrip())
        return [Furniture(start + match.start(), start + end, "quoted_message")], None
    return _quoted_lines(body, start), None


def _own_words(above: str) -> str:
    """What stands above a mark, without quoted lines, marks and what a mail server put there."""
    own = re.sub(r"(?m)^\s*>.*$|^[ \t*_]*-{2,}[^\n]*-{2,}[ \t]*$", "", above)
    paragraphs = re.split(r"\n[ \t]*\n", own)
    return "\n\n".join(words for words in paragraphs if not (_banner().search(words) and len(words) < 500))


def _quoted_lines(body: str, start: int) -> list[Furniture]:
    """Lines that begin with ">" at the end of the message. Answers between them make them questions, which stay in the reading."""
    lines = list(re.finditer(r"^[^\n]*$", body, re.M))
    first: int | None = None
    for match in lines:
        if re.match(r"[ \t]*>", match[0]):
            first = match.start() if first is None else first
        elif match[0].strip() and first is not None:
            return []
    end = len(body.rstrip())
    if first is None or len(re.findall(r"\w+", body[:first])) < 5:
        return []
    return [Furniture(start + first, start + end, "quoted_message")]
