"""Who replied, to which request, when, and under which Act: from the letter's head, foot and wording, each with its evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foi_lib.letters.dates import in_english, received_on, responded_on
from foi_lib.letters.lines import Line
from foi_lib.letters.references import reference_in
from foi_lib.letters.regimes import regime_of
from foi_lib.letters.senders import find_sender

if TYPE_CHECKING:
    from foi_lib.reference.register import Authority


@dataclass(slots=True)
class Header:
    """What the letter says of itself; every field None where nothing shows it."""

    authority: str | None = None
    authority_code: str | None = None
    authority_how: str | None = None
    regime: str | None = None
    reference: str | None = None
    received_on: str | None = None
    received_how: str | None = None
    responded_on: str | None = None
    doubts: tuple[str, ...] = ()


def read_header(
    text: str,
    lines: list[Line],
    file: str = "",
    authority: Authority | None = None,
    extra: Sequence[Authority] = (),
    questions: list[tuple[int, int]] | None = None,
    answers: list[tuple[int, int]] | None = None,
) -> Header:
    """Authority, regime, reference and dates. `questions` are the places of the applicant's words, which say nothing of the sender, and
    `answers` those of the answers, which may name anybody."""
    header = Header()
    close = in_english(_squeezed(text))
    header.responded_on = responded_on(close, lines)
    if received := received_on(close, header.responded_on):
        header.received_on, header.received_how = received
    if header.received_on and header.responded_on and header.received_on > header.responded_on:
        header.doubts = (*header.doubts, "reply_before_receipt")
    header.reference = reference_in(close)
    find_sender(header, text, lines, file, authority, extra, questions or [], answers or [])
    nation = authority.nation if authority else _nation(header.authority_code, extra)
    header.regime, doubt = regime_of(text, nation, header.authority)
    if doubt:
        header.doubts = (*header.doubts, doubt)
    return header


_BLANKS = re.compile(r"[ \t\xa0\r\f\v]{3,}")
_BLANK = "\t\xa0\r\f\v"


def _squeezed(text: str) -> str:
    """Head and foot of the text without long runs of blanks, over which a pattern would try every way; no place points into it."""
    part = text if len(text) < 20_000 else text[:10_000] + "\n" + text[-10_000:]
    plain = part
    for blank in _BLANK:
        plain = plain.replace(blank, " ")
    if not any(blanks in plain for blanks in ("   ", "\n ")) and plain[:1] != " " and "\n\n\n\n" not in plain:
        return part  # as most are
    out: list[str] = []
    for line in part.split("\n"):
        line = _BLANKS.sub(lambda m: m.group()[:2], line.lstrip())
        if line.strip() or len(out) < 2 or any(before.strip() for before in out[-2:]):
            out.append(line)
    return "\n".join(out)


def _nation(code: str | None, extra: Sequence[Authority]) -> str | None:
    if not code:
        return None
    for body in extra:
        if body.code == code:
            return body.nation
    from foi_lib.reference import authority

    try:
        return authority(code).nation
    except Exception:  # an unknown code has no nation
        return None
