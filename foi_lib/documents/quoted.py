"""The newest message told from the earlier ones quoted under it. The quoted part stays in the text and is marked."""

from __future__ import annotations

import re
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


def quoted_messages(text: str, start: int = 0) -> tuple[list[Furniture], str | None]:
    """Places of quoted earlier messages in `text[start:]`, and a line for `problems` where the answers may stand within one.

    A reply with no words of its own above the mark has forwarded somebody's answer: nothing is marked then."""
    body = text[start:]
    for match in _markers().finditer(body):
        above = body[: match.start()]
        own = re.sub(r"(?m)^\s*>.*$", "", above)
        if len(re.findall(r"\w+", own)) < 5:
            continue
        if len(own) < 900 and _answered_below().search(own):
            return [], "the reply says that its answers stand within the message that it quotes: both were read as one"
        end = len(body.rstrip())
        return [Furniture(start + match.start(), start + end, "quoted_message")], None
    return _quoted_lines(body, start), None


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
