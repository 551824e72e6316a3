"""One letter from one seed."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from . import header, refuse
from .arrange import ARRANGEMENTS, arrange
from .ask import questions
from .cite import STYLES
from .figures import COUNT_STYLES, MONEY_STYLES, ZEROS
from .model import Asked, Style
from .numbering import TOPS, UNNUMBERED
from .periods import CALENDAR_STYLES, FINANCIAL_STYLES, years
from .plan import plan
from .series import JOINERS, LAYOUTS
from .words import COUNCILS, STEM_ENDS, STEM_STARTS

NATION_OF = {"FOISA": ("Scotland",), "FOIA": ("England", "England", "England", "Wales", "Northern Ireland"), "EIR": ("England", "Wales")}


@cache
def stems() -> tuple[str, ...]:
    """Every name that a made-up council may have, in an order that mixes them."""
    found = [start + end for start in STEM_STARTS for end in STEM_ENDS]
    Random(7).shuffle(found)
    return tuple(found)


def council(rng: Random, nation: str, n: int | None = None) -> tuple[str, str]:
    """A council's name and tier; the n-th stem where `n` is given."""
    pattern, tier = rng.choice(COUNCILS[nation])
    names = stems()
    first = rng.randrange(len(names)) if n is None else n
    return pattern.format(names[first], names[(first * 7 + 5) % len(names)]), tier


def style(rng: Random, regime: str, domain: str, financial: bool) -> Style:
    """The letter's habits."""
    return Style(
        rng,
        regime,
        domain,
        year_style=rng.choices(FINANCIAL_STYLES, (6, 4, 2, 1, 1, 1, 1, 1, 1, 1))[0]
        if financial
        else rng.choices(CALENDAR_STYLES, (8, 1, 1, 1))[0],
        joiner=rng.choice(tuple(JOINERS)),
        layout=rng.choices(LAYOUTS, (8, 2, 2, 1, 1, 1, 1, 1, 1, 1))[0],
        count_style=rng.choices(COUNT_STYLES, (5, 3, 1, 1))[0],
        money_style=rng.choices(MONEY_STYLES, (6, 3, 1, 1, 0.5))[0],
        zero=rng.choices(ZEROS, (5, 3, 2, 1, 0.3))[0],
        cite_style=rng.choice(STYLES),
    )


def make_letter(
    seed: int,
    *,
    authority: str | None = None,
    asked: list[Asked] | None = None,
    sent: date | None = None,
    regime: str | None = None,
    received: date | None = None,
    arrangement: str | None = None,
    header_kind: str | None = None,
) -> tuple[str, dict[str, Any]]:
    """A letter and its labels (in the form of the score script, with `traits` and, for each answer, `how` it was written).

    The same arguments give the same letter. What is not given is drawn from the seed.
    """
    rng = Random(seed)
    regime = regime or rng.choices(("FOIA", "FOISA", "EIR"), (8, 1.5, 0.7))[0]
    name = authority or council(rng, rng.choice(NATION_OF[regime]))[0]
    sent = sent or date(2014, 1, 1) + timedelta(days=rng.randrange(4200))
    known = asked is not None
    if asked is None:
        asked = questions(rng, years(rng, sent.year if sent.month > 5 else sent.year - 1), eir=regime == "EIR")[0]
    habits = style(
        rng, regime, re.sub(r"[^a-z]", "", name.lower().replace("council", "")) + ".example", asked[0].years[0].kind == "financial"
    )
    if asked[-1].years[-1].to_date and "April" in habits.year_style:
        habits.year_style = "2021/22"
    kind = arrangement or rng.choices(ARRANGEMENTS, (4, 3, 3, 2, 1.5, 4, 3, 1))[0]
    top = rng.choice(TOPS)
    if kind == "labelled" and top not in ("Q", "Q.", "Qdot", "Question", "Question:", "Request"):
        top = rng.choice(("Q", "Q.", "Qdot", "Question", "Request"))
    if kind == "headed" and not known:
        asked = [replace(q, own_words=False) for q in asked]  # the letter does not say which years were asked about
    if kind in ("marked", "you_asked") and not known and rng.random() < 0.12:
        top = rng.choice(UNNUMBERED)
    told = top not in UNNUMBERED
    items = plan(
        habits,
        asked,
        groups=kind != "glued" and told,
        gaps=told and kind in ("marked", "labelled"),
        pointers=told and kind != "list_repeat",
    )
    frame = header.frame(habits, name, sent, header_kind)
    if received is not None:
        frame.received = received if frame.received else None
    body = arrange(habits, asked, items, kind, top)
    annex = refuse.annex(habits)
    text = "\n\n".join(part for part in [*frame.above, *body, annex, *frame.below] if part) + "\n"
    if rng.random() < 0.15:
        text = wrap(text, rng.randrange(66, 90))
        habits.mark("damage", "wrapped")
    labels: dict[str, Any] = {"letter": None, **header.of_letter(frame, text, regime), "seed": seed, "traits": sorted(habits.traits)}
    labels["answers"] = [found if told else found | {"question": None} for item in items for found in item.said.labels]
    incidents = [found for item in items for found in item.said.incidents]
    return text, labels | ({"incidents": incidents} if incidents else {})


def wrap(text: str, width: int) -> str:
    """Line breaks inside sentences, as PDF extraction leaves them; tables are left alone."""
    lines = []
    for line in text.split("\n"):
        if len(line) <= width or "|" in line or "\t" in line:
            lines.append(line)
        else:
            lines += textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)
