"""From the message that was sent to a `request.yaml`: the questions as the reader of letters finds them, in a file with comments."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

from foi_lib.documents.build import clean
from foi_lib.letters.align import align
from foi_lib.letters.asked import main_measure, understand
from foi_lib.letters.model import QUESTION_KINDS
from foi_lib.letters.segment import segment
from foi_lib.letters.spans import Period
from foi_lib.reference import measures


@dataclass(slots=True)
class Asked:
    """A question for request.yaml. `periods` as it is typed there: "2017", "2021/22", "2017-01-01/2017-12-31"."""

    label: str
    text: str
    measure: str = "other"
    kind: str = ""
    periods: list[str] = field(default_factory=list)


def find_questions(message: str) -> list[Asked]:
    """The questions of a message that asks for information, numbered as it numbers them, else in its order."""
    aligned = align(segment(message))
    found: list[Asked] = []
    for pair in aligned.pairs:
        text = " ".join(pair.question.text.split())
        label = re.sub(r"(?<=\d)(?=[a-z])", ".", pair.question.label)
        if text and not pair.intro and label not in [one.label for one in found]:
            context = f"{pair.context}\n{aligned.contexts.get(pair.section, aligned.request_context)}"
            subject = next((one.text for one in reversed(found) if one.measure != "other"), "")
            found.append(asked(label, text, context, subject))
    return found


def asked(label: str, text: str, context: str = "", subject: str = "") -> Asked:
    """A question with the measure, kind and periods that its words name. `subject`: the words of one before, for "of these"."""
    understood = understand(text, context, subject)
    measure = main_measure(understood)
    known = {one.name for one in measures()}
    periods = [typed for period in understood.periods if understood.own_period and (typed := _typed(period))]
    kind = understood.kind if understood.kind in QUESTION_KINDS else "text"
    return Asked(label, text, measure if measure in known else "other", kind, periods)


def _typed(period: Period) -> str:
    """A period as request.yaml takes it; "" where it says no date."""
    if not period.start:
        return ""
    if period.kind == "calendar_year":
        return period.start[:4]
    if period.kind == "financial_year":
        return f"{period.start[:4]}/{int(period.start[2:4]) + 1:02d}"[:7] if period.start[2:4] != "99" else f"{period.start[:4]}/00"
    return f"{period.start}/{period.end or ''}"


_HEAD = """\
# {about}
# `foi report {name}` reads the letters in letters/ and makes reports/{name}/index.html.
# A mistake in this file is answered with its line and what would be right. Lines that begin with # are comments.
title: {title}
as_of: {as_of}          # the date that the reports speak of; nothing in them depends on today
{sent_on}
regime: FOIA              # FOISA in Scotland; EIR or EISR for environmental information
{authorities}
# One entry a question, as it was sent. measure: one of {measures}
#   (or one of your own, under measures: with name, kind and description). kind: {kinds}.
#   period: 2024, 2023/24, [2021/22, 2022/23], or 2024-01-01/2024-06-30. Leave out what the question does not say.
questions:
"""


def request_yaml(
    name: str, about: str, title: str, as_of: str, questions: Sequence[Asked], sent_on: str = "", authorities: str = ""
) -> str:  # fmt: skip
    """The text of a request.yaml. `authorities` is a block of lines; texts from outside are quoted, so that none is taken for YAML."""
    names = [one.name for one in measures()]
    text = _HEAD.format(
        name=name, about=" ".join(about.split()), title=quoted(title), as_of=as_of,
        sent_on=f"sent_on: {sent_on}" if sent_on else "# sent_on: 2025-01-14      # the day on which it was sent",
        authorities=authorities.rstrip("\n"), measures=_wrapped(names), kinds=", ".join(QUESTION_KINDS),
    )  # fmt: skip
    return text + "".join(_entry(one) for one in questions)


def _entry(one: Asked) -> str:
    lines = [f"  - label: {quoted(one.label)}", f"    text: {quoted(one.text)}", f"    measure: {one.measure}"]
    if one.kind:
        lines.append(f"    kind: {one.kind}")
    if one.periods:
        periods = [quoted(period) for period in one.periods]
        lines.append(f"    period: {periods[0] if len(periods) == 1 else '[' + ', '.join(periods) + ']'}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """A text as YAML that can mean nothing else: JSON's quotation is YAML's too."""
    return json.dumps(" ".join(clean(text).split()), ensure_ascii=False)


def _wrapped(names: Sequence[str]) -> str:
    return textwrap.fill(", ".join(names), 110, subsequent_indent="#   ", initial_indent=" " * 60).strip()
