"""What each question is answered with."""

from __future__ import annotations

from dataclasses import dataclass

from . import answers, refuse, series, tables
from .model import Asked, Said, Style
from .numbering import named
from .words import CONTEXT


@dataclass
class Item:
    """One answer, with the question or questions that it serves."""

    asked: list[Asked]
    said: Said


def plan(style: Style, asked: list[Asked], groups: bool = True, gaps: bool = True, pointers: bool = True) -> list[Item]:
    """An answer for every question. Runs of questions may share a refusal; `gaps` allows a question without any answer."""
    rng, items, at = style.rng, [], 0
    while at < len(asked):
        one = asked[at]
        run = rng.randrange(2, 5) if groups and rng.random() < 0.12 else 1
        if run > 1 and at + run <= len(asked):
            items.append(Item(asked[at : at + run], refuse.refuse(style, asked[at : at + run], _block_refusal(style))))
            at += run
            continue
        items.append(Item([one], _answer(style, one, items, gaps, pointers)))
        at += 1
    return items


def _block_refusal(style: Style) -> tuple:
    refusal = refuse.draw(style)
    return refusal if refusal[0] != "clarification_sought" else refuse.draw(style, "withheld")


def _answer(style: Style, asked: Asked, before: list[Item], gaps: bool, pointers: bool) -> Said:
    rng = style.rng
    drawn = rng.random()
    if drawn < 0.015 and gaps and before:
        return refuse.unanswered(style, asked)
    if drawn < 0.06 and pointers and before and (said := _pointer(style, asked, before)):
        return said
    if asked.kind in ("yes_no", "text"):
        return answers.plain(style, asked) if drawn < 0.85 else refuse.refuse(style, [asked], refuse.draw(style))
    if asked.kind == "details":
        if drawn < 0.5:
            return answers.details(style, asked)
        return refuse.part_withheld(style, asked) if drawn < 0.6 else refuse.refuse(style, [asked], refuse.draw(style))
    if drawn < 0.24:
        if style.regime == "FOIA" and rng.random() < 0.06:
            return refuse.to_annex(style, [asked])
        return refuse.refuse(style, [asked], refuse.draw(style))
    if drawn < 0.28 and asked.kind != "percentage":
        return refuse.helped(style, asked)
    if drawn < 0.34 and asked.kind != "percentage":
        return answers.none(style, asked)
    said = _figures(style, asked)
    if rng.random() < 0.08:
        context = rng.choice(CONTEXT)
        style.mark("decoy", "context")
        said.text = f"{context}\n\n{said.text}" if rng.random() < 0.5 else f"{said.text}\n\n{context}"
        said.block = True
    return said


def _pointer(style: Style, asked: Asked, before: list[Item]) -> Said | None:
    """A pointer to an earlier answer of one question's own, no pointer itself."""
    able = [
        item
        for item in before
        if len(item.asked) == 1
        and item.said.labels
        and "pointer" not in item.said.labels[0].get("how", "")
        and item.said.labels[0]["outcome"] not in ("unanswered", "not_applicable", "clarification_sought")
        and (item.said.refusal or item.asked[0].kind == asked.kind)
        and not (item.said.labels[0].get("how") or "").startswith("mixed")
    ]
    if not able:
        return None
    target = style.rng.choice(able)
    words = named(style.rng, target.asked[0].label)
    return refuse.same(style, asked, target.asked[0], target.said, words, target is before[-1])


def _figures(style: Style, asked: Asked) -> Said:
    rng = style.rng
    many, calendar, open_end = len(asked.years) > 1, asked.years[0].kind == "calendar", asked.years[-1].to_date
    if many:
        drawn = rng.random()
        if drawn < 0.55:
            layout = style.layout if rng.random() < 0.7 else rng.choice(series.LAYOUTS)
            return series.series(style, asked, layout)
        if drawn < 0.6:
            return answers.one(style, asked)
        if drawn < 0.72 and asked.measure == "compensation_claim_count":
            return series.pairs(style, asked)
        grids = ["years_down", "years_down", "years_across"]
        if asked.kind == "count":
            grids += ["categories"] + ["months"] * calendar + ["run_together"] * (not open_end) + ["two_headers"]
            grids += ["two_measures"] * 2 * (asked.measure == "compensation_claim_count")
        return tables.table(style, asked, rng.choice(grids))
    drawn = rng.random()
    if asked.kind in ("money", "percentage") or drawn < 0.6:
        return answers.one(style, asked)
    if drawn < 0.68 and asked.measure == "breach_count":
        return answers.nested(style, asked)
    if drawn < 0.75:
        return answers.few(style, asked)
    if drawn < 0.9:
        return answers.kinds(style, asked)
    return tables.table(style, asked, "months" if calendar and rng.random() < 0.4 else "categories")
