"""Drawing the questions of a request."""

from __future__ import annotations

from random import Random

from .asked_words import ASKED, ASKED_EIR, FOLLOWS
from .model import Asked
from .numbering import SUBS, labels
from .periods import Period, question_style, when

# how often a measure leads a question
WEIGHTS = {
    "breach_count": 6,
    "incident_count": 2,
    "cyber_incident_count": 4,
    "cyber_attack_count": 2,
    "ico_reported_count": 2,
    "people_affected": 1,
    "compensation_claim_count": 4,
    "compensation_paid_gbp": 3,
    "cost_gbp": 2,
    "claims_count": 1,
    "breach_details": 1,
    "cyber_incident_details": 1,
    "other_yes_no": 1.5,
    "other_count": 2,
    "other_percentage": 1,
    "other_text": 1,
}
INHERITED = ("in each of those years", "over the same years", "in the same period")


def questions(rng: Random, years: tuple[Period, ...], eir: bool = False) -> tuple[list[Asked], str]:
    """Two to seven questions, some with sub-questions; and the style of their sub-labels."""
    measures = _measures(rng, eir)
    sub = rng.choice(SUBS)
    named = labels([level for _, level in measures], sub)
    style, asked, parent, told = question_style(rng, years), [], None, False
    for (measure, level), name in zip(measures, named, strict=True):
        kind, ways, gist, noun = (ASKED_EIR if eir else ASKED)[measure]
        timed = kind not in ("yes_no", "text")
        inherits = timed and told and rng.random() < 0.35
        way = rng.choice([way for way in ways if level or "Of these" not in way])
        text = way.format(when=rng.choice(INHERITED) if inherits else when(rng, years, style) if timed else "")
        told = told or timed
        parent = name if level == 0 else parent
        asked.append(
            Asked(
                name,
                text,
                measure if not measure.startswith("other") else "other",
                kind,
                gist,
                noun,
                years,
                not inherits,
                parent if level else None,
            )
        )
    return asked, sub


def _measures(rng: Random, eir: bool) -> list[tuple[str, int]]:
    """Measures with their levels, each once."""
    if eir:
        return [("other_count", 0), ("cost_gbp", 0)][: rng.randrange(1, 3)]
    left, found = dict(WEIGHTS), []
    nested = rng.random() < 0.5
    wanted = rng.randrange(2, 7)
    while len(found) < wanted:
        measure = rng.choices(list(left), list(left.values()))[0]
        left.pop(measure)
        found.append((measure, 0))
        for follower in FOLLOWS.get(measure, ()):
            if follower in left and rng.random() < 0.5:
                left.pop(follower)
                found.append((follower, 1 if nested else 0))
    return found
