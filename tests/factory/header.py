"""What stands above and below the answers: letterhead, dates, references, rights, signature; and what of it a label may claim."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from .model import Style
from .words import (
    ACTS,
    CLOSINGS,
    FIRST_NAMES,
    HOUSES,
    INTROS,
    JOBS,
    LAST_NAMES,
    PHONES,
    REUSE,
    REVIEW,
    SALUTATIONS,
    STREETS,
    WEB_END,
    WEB_TOP,
    WELSH_TOP,
)

KINDS = ("letterhead", "date_first", "web", "email", "trailing", "bare")
DAYS = ("long", "long0", "th", "thglued", "slash", "slash2", "dash", "dots", "weekday", "weekday_short")


@dataclass
class Frame:
    """The letter round its answers, and what a label says of it."""

    above: list[str]
    below: list[str]
    reference: str | None = None
    received: date | None = None
    responded: date | None = None
    kind: str = "letterhead"
    council: str = ""
    extra: dict[str, str] = field(default_factory=dict)


def day(value: date, style: str) -> str:
    """A date as written."""
    end = "th" if 11 <= value.day <= 13 else {1: "st", 2: "nd", 3: "rd"}.get(value.day % 10, "th")
    return {
        "long": f"{value.day} {value:%B %Y}",
        "long0": f"{value:%d %B %Y}",
        "th": f"{value.day}{end} {value:%B %Y}",
        "thglued": f"{value.day}{end}{value:%B %Y}",
        "slash": f"{value:%d/%m/%Y}",
        "slash2": f"{value:%d/%m/%y}",
        "dash": f"{value:%d-%m-%Y}",
        "dots": f"{value:%d.%m.%Y}",
        "weekday": f"{value:%A}, {value.day} {value:%B %Y}",
        "weekday_short": f"{value:%a %d %B %Y}",
    }[style]


def reference(rng: Random, sent: date) -> str:
    """A reference of any council's making."""
    n = rng.randrange(100, 9999)
    return rng.choice(
        (
            f"{n % 900 + 10}/{sent:%y}",
            f"FOI{rng.randrange(10**8, 10**9)}",
            f"FOIR-{rng.randrange(10**8, 10**9)}",
            f"{rng.randrange(10**11, 10**12)}",
            f"FOI{sent.year}/{n:05d}",
            f"FI{n:05d}",
            f"IC-{n}-P{n % 7}R{n % 9}",
            f"FOI-{sent.year}-{n:04d}",
            f"{n % 900 + 100}-{sent:%y}",
            f"FOI_{sent:%y}-{n:03d}",
            f"{n:04d}_{sent:%y}",
            f"RFI {n}",
            f"COR/{sent:%y}/{n}",
            f"IR-{n}-{sent:%y}",
            f"{rng.randrange(10**7, 10**8)}",
        )
    )


def frame(style: Style, council: str, sent: date, kind: str | None = None) -> Frame:
    """All that stands round the answers."""
    rng = style.rng
    kind = kind or rng.choices(KINDS, (6, 3, 3, 2, 1.5, 0.7))[0]
    style.mark("header", kind)
    written = rng.choice(DAYS)
    style.mark("date", written)
    received = sent - timedelta(days=rng.randrange(4, 40))
    act = rng.choice(ACTS[style.regime])
    made = Frame([], [], reference(rng, sent), received, sent, kind, council)
    if kind == "bare":
        made.reference = made.received = made.responded = None
        made.above = [
            rng.choice(("Data breaches", "Data protection breaches and claims", "Breaches and cyber incidents")),
            f"Released under the {act}.",
        ]
        return made
    {"letterhead": _letterhead, "date_first": _date_first, "web": _web, "email": _email, "trailing": _trailing}[kind](
        style, made, act, written
    )
    if kind in ("letterhead", "date_first", "email"):
        made.below += _closing(style, made)
    return made


def _address(style: Style, council: str) -> list[str]:
    rng = style.rng
    lines = [
        council.upper() if rng.random() < 0.2 else council,
        rng.choice(HOUSES),
        f"{rng.randrange(1, 90)} {rng.choice(STREETS)}",
        f"ZZ{rng.randrange(1, 40)} {rng.randrange(1, 10)}{rng.choice('ABDEFGHJLN')}{rng.choice('ABDEFGHJLN')}",
    ]
    if rng.random() < 0.7:
        lines.append(f"Telephone: {rng.choice(PHONES).format(rng.randrange(100, 999))}")
    if rng.random() < 0.7:
        lines.append(f"E-mail: foi@{style.domain}")
    return lines


def _received(style: Style, made: Frame) -> str:
    """A sentence with the day of the request, or none."""
    rng = style.rng
    words = day(made.received, rng.choice(("long", "th", "slash", "long0"))) if made.received else ""
    form = rng.choice(
        (
            "Thank you for your request received on {0}.",
            "Thank you for your e-mail of {0}.",
            "I refer to your request dated {0}.",
            "Your request for information was received on {0}.",
            "",
        )
    )
    text = form.format(words)
    if "received" not in form:
        made.received = None  # the date of the request's own letter is not that of its receipt
    return text


def _letterhead(style: Style, made: Frame, act: str, written: str) -> None:
    rng = style.rng
    top = [WELSH_TOP] if " County Borough" in made.council and rng.random() < 0.5 else []
    dated = rng.choice(("", "Date: ", "Date ")) + day(made.responded, written)
    quoted = rng.choice(("Our ref: ", "Ref: ", "Our Reference: ", "Reference: ", "Request ID: ", "FOI Ref: ", "Case reference ")) + str(
        made.reference
    )
    block = [dated, quoted] if rng.random() < 0.5 else [quoted, dated]
    made.above = [
        *top,
        "\n".join(_address(style, made.council)),
        rng.choice(("\n", "\n\n")).join(block),
        rng.choice(SALUTATIONS),
        rng.choice((act, f"Re: Request for information - {act}", f"Information request under the {act}")),
        _received(style, made),
        rng.choice(INTROS),
    ]


def _date_first(style: Style, made: Frame, act: str, written: str) -> None:
    rng = style.rng
    made.above = [
        day(made.responded, written),
        f"{act.upper()} REQUEST{rng.choice((' - ', ' – ', ': ', ' '))}{made.reference}",
        rng.choice(SALUTATIONS),
        _received(style, made),
        rng.choice(INTROS),
    ]


def _web(style: Style, made: Frame, act: str, written: str) -> None:
    rng = style.rng
    lines = [f"{rng.choice(('Request Number', 'Reference Number', 'FOI reference', 'Case reference'))}: {made.reference}"]
    lines.append(f"{rng.choice(('Date received', 'Received', 'Requested', 'Date of request'))}: {day(made.received, written)}")
    lines.append(f"{rng.choice(('Date responded', 'Responded', 'Date of response', 'Completion Date'))}: {day(made.responded, written)}")
    if rng.random() < 0.5:
        lines.append(
            f"{rng.choice(('Publication date', 'Published'))}: {day(made.responded + timedelta(days=rng.randrange(5, 30)), written)}"
        )
        style.mark("header", "published")
    title = rng.choice(("Data breaches: FOI release", "FOI request - Data breaches", "Data breaches and claims"))
    named = [made.council] if rng.random() < 0.7 else []
    made.above = [rng.choice(WEB_TOP), *named, title, "\n".join(lines), f"Request and response under the {act}."]
    made.below = [rng.choice(WEB_END)]


def _email(style: Style, made: Frame, act: str, written: str) -> None:
    rng = style.rng
    sent = f"{day(made.responded, written)} {rng.randrange(9, 17):02d}:{rng.randrange(60):02d}"
    made.above = [
        f"From: Freedom of Information <foi@{style.domain}>\nSent: {sent}\nTo: [name removed]\n"
        f"Subject: RE: FOI request - ref {made.reference}",
        rng.choice(SALUTATIONS),
        _received(style, made),
        f"{rng.choice(INTROS)} It is made under the {act}.",
    ]


def _trailing(style: Style, made: Frame, act: str, written: str) -> None:
    rng = style.rng
    made.above = [rng.choice(("Data breaches and their causes", "Recorded breaches and claims")), f"Request under the {act}"]
    made.below = [
        f"- Reference number\n- {made.reference}\n- {rng.choice(('Date request received', 'Date received'))}\n"
        f"- {day(made.received, written)}\n"
        f"- {rng.choice(('Date of decision', 'Date of response'))}\n- {day(made.responded, written)}"
    ]


def _closing(style: Style, made: Frame) -> list[str]:
    rng = style.rng
    signed = [rng.choice(CLOSINGS), f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}\n{rng.choice(JOBS)}"]
    if made.kind != "letterhead" and rng.random() < 0.9:
        signed[1] += f"\n{made.council}"
    parts = [rng.choice(REUSE), rng.choice(REVIEW[style.regime])]
    if rng.random() < 0.5:
        parts.append("Please remember to quote the reference number above in any future communications.")
    return [part for part in parts if part] + signed


def of_letter(made: Frame, text: str, regime: str) -> dict[str, str | None]:
    """The label's header: only what the text shows."""
    known = made.council.lower() in text.lower()
    shown = {
        "FOISA": r"\(Scotland\) Act|FOISA",
        "EIR": r"Environmental Information Regulations|\bEIR\b",
        "FOIA": r"Freedom of Information Act|FOIA",
    }
    head: dict[str, str | None] = {
        "authority": made.council if known else None,
        "regime": regime if re.search(shown[regime], text, re.I) else None,
        "reference": made.reference,
        "received_on": made.received.isoformat() if made.received else None,
        "responded_on": made.responded.isoformat() if made.responded else None,
    }
    return head if known else head | {"authority_not_in_text": made.council}
