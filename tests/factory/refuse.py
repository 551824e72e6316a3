"""Refusals, pointers and gaps, with their labels."""

from __future__ import annotations

from collections.abc import Sequence

from . import answers, cite
from .model import Asked, Said, Style, label
from .refusals import ANNEX, BY_REGIME, HELPS, PARTS, PUBLIC_INTEREST, PUBLIC_INTEREST_NCND, SAME, TO_ANNEX, Refusal

# how often each outcome is drawn, where the regime has words for it
WEIGHTS = {
    "withheld": 6,
    "neither_confirmed_nor_denied": 3,
    "not_held": 5,
    "already_accessible": 3,
    "cost_limit": 4,
    "vexatious_or_repeated": 1,
    "clarification_sought": 1,
    "not_applicable": 3,
}


def draw(style: Style, outcome: str | None = None) -> Refusal:
    """A refusal under the letter's regime, of one outcome where it is said."""
    known = BY_REGIME[style.regime]
    outcomes = sorted({r[0] for r in known}) if outcome is None else [outcome]
    drawn = style.rng.choices(outcomes, [WEIGHTS[o] for o in outcomes])[0]
    return style.rng.choice([r for r in known if r[0] == drawn])


def fill(style: Style, words: str, provisions: Sequence[str]) -> str:
    """The words with citations, Act and the numbers of a cost argument put in."""
    rng = style.rng
    files, minutes = rng.randrange(150, 1900), rng.choice((3, 4, 5, 6, 7))
    cited = [cite.cite(p, style.cite_style) for p in provisions]
    if "s31(1)(a)" in provisions and "crime" in words and len(provisions) == 1 and rng.random() < 0.12:
        cited[0] = cite.malformed("s31(1)(a)")
        style.mark("citation", "malformed")
    if provisions:
        style.mark("citation", style.cite_style)
    names = {f"c{n}": text for n, text in enumerate(cited)}
    return words.format(
        act=cite.act(rng, style.regime), domain=style.domain, n1=f"{files:,}", m1=minutes, h1=f"{files * minutes / 60:.1f}", **names
    )


def refuse(style: Style, asked: Sequence[Asked], refusal: Refusal) -> Said:
    """One refusal for one question or several."""
    outcome, provisions, words, weighed = refusal
    text = fill(style, words, provisions)
    reason = text
    if weighed and style.rng.random() < 0.7:
        text += "\n\n" + style.rng.choice(PUBLIC_INTEREST_NCND if outcome.startswith("neither") else PUBLIC_INTEREST)
        style.mark("reason", "public_interest")
    style.mark("refusal", "block" if len(asked) > 1 else "single")
    if "http" in words or "attached" in words:
        style.mark("elsewhere", "link" if "http" in words else "attached")
    accept = ["disclosed"] if "attached" in words or (outcome == "already_accessible" and not provisions) else None
    labels = [
        label(q, q.span(), outcome, None, reason, provisions=list(provisions), accept=accept, how=f"refusal/{outcome}") for q in asked
    ]
    return Said(text, labels, refusal=True)


def helped(style: Style, asked: Asked) -> Said:
    """Refused or not held, and yet a figure."""
    (outcome, provisions), words, name = style.rng.choice(HELPS[style.regime])
    style.mark("mixed", name)
    text = fill(style, words, provisions)
    given = answers.helped_figure(style, asked)
    first = label(asked, asked.span(), outcome, None, text, provisions=list(provisions), accept=["partly_withheld"], how=f"mixed/{name}")
    for found in given.labels:
        found["accept"] = [outcome, "disclosed"]
        found["how"] = f"mixed/{name}"
    return Said(f"{text}\n{given.text}", [first, *given.labels])


def part_withheld(style: Style, asked: Asked) -> Said:
    """A description of which one part is kept back."""
    given = answers.details(style, asked)
    words, provisions = PARTS[style.regime]
    text = fill(style, words, provisions)
    style.mark("mixed", "part_withheld")
    found = label(asked, asked.span(), "partly_withheld", None, text, provisions=list(provisions), how="mixed/part_withheld")
    return Said(f"{given.text}\n\n{text}", [found], block=given.block, table=given.table, incidents=given.incidents)


def to_annex(style: Style, asked: Sequence[Asked]) -> Said:
    """Refused by a provision that is named in an annex only."""
    text = style.rng.choice(TO_ANNEX)
    style.annex = "s31(1)(a)"
    style.mark("refusal", "annex")
    labels = [label(q, q.span(), "withheld", None, text, provisions=["s31(1)(a)"], how="refusal/annex") for q in asked]
    return Said(text, labels, refusal=True)


def annex(style: Style) -> str:
    return "" if style.annex is None else fill(style, ANNEX, [style.annex])


def same(style: Style, asked: Asked, target: Asked, said: Said, named: str, nearest: bool) -> Said:
    """See another answer: its outcome and provisions, by the name that the letter gives its question."""
    forms = SAME if nearest else SAME[1:]
    text = style.rng.choice(forms).format(q=named)
    style.mark("pointer", text.replace(named, "{q}"))
    first = said.labels[0]
    if said.refusal:
        found = label(
            asked,
            asked.span(),
            first["outcome"],
            None,
            text,
            provisions=list(first["provisions"]),
            refers_to=target.label,
            accept=[*first.get("accept", []), "see_other_answer"],
            how="pointer/refusal",
        )
        return Said(text, [found], refusal=True)
    return Said(text, [label(asked, asked.span(), "see_other_answer", None, text, refers_to=target.label, how="pointer/figures")])


def unanswered(style: Style, asked: Asked) -> Said:
    style.mark("gap", "unanswered")
    return Said("", [label(asked, asked.span(), "unanswered", None, "", how="unanswered")])
