"""Answers that point at another: "Same as point (1.2)", "As above", "See answer to Question 1". They take what the other says."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.labels import Parts, named_labels
from foi_lib.letters.lines import words

_POINTS = re.compile(
    r"^\W*(?:(?:please|kindly)\s)?(?:(?:again|also),?\s)?(?:see|refer(?:\s(?:back\s)?to)?|as(?:\s(?:per|in|for|at|with|stated|answered|set out|explained|detailed|outlined|given))?|same(?:\s(?:as|answer|response))?|per|(?:the )?(?:answer|response) (?:is )?(?:the same|as)|ditto|covered (?:by|in|under)|answered (?:in|at|by|above)|(?:this|information) (?:is|was) (?:answered|covered|provided|given|included) (?:in|at|by|above|under))\b",
    re.I,
)
_ABOVE = re.compile(r"\b(?:above|previous(?:ly)?|before|earlier|preceding|ditto|same)\b|^\W*as\s(?:question|q|point)", re.I)
_ELSEWHERE = re.compile(r"\b(?:attach|enclos|link|website|spreadsheet|appendix|annex|http|www|below|document|policy|act\b)", re.I)

_LETTERED = re.compile(
    r"\b(?:questions?|answers?|requests?|responses?|parts?|points?|items?)\s\(?([A-Ha-h])\)?(?!\w)|\b(?:[Aa]s|[Ii]n|[Aa]t|[Tt]o|[Ss]ee|[Pp]er)\s\(?([A-H])\)?\s(?:above|below|earlier)", re.I
)


def points_at(text: str, here: Parts, known: list[Parts]) -> tuple[Parts | None, bool]:
    """The question that an answer points at, and whether it points at all; "above" means the one before."""
    said = " ".join(text.split())
    if quick.search(r"[,;:–-]\s*(?:none|nil|zero)\W*$", said, re.I):
        return None, False  # "As in 3 above, none": the answer is said
    if len(words(said)) > 24 or not _POINTS.match(said):
        return None, False
    first = re.split(r"(?<=[a-z\d)])\.\s+(?=[A-Z])", said)[0]
    names = named_labels(first)
    bare = quick.search(r"\b(?:at|in|to|as|table at|above at)\s\(?(\d{1,2}(?:\.\d{1,2})*)\s?\(?([a-h])?\)?\.?$", first.strip(" ."), re.I)
    targets: list[Parts] = [t for group in names for t in group[0]]
    if not targets:
        near = quick.search(r"\b(?:in|at|to|per|as)\s\(?(\d{1,2}(?:\.\d{1,2})*)\)?([a-h])?\)?\s(?:above|below|earlier)", first, re.I)
        if near:
            targets = [tuple(near.group(1).split(".")) + ((near.group(2).lower(),) if near.group(2) else ())]
    lettered = _LETTERED.search(first) if not targets else None
    if lettered and ((lettered[1] or lettered[2]).lower(),) in known:
        targets = [((lettered[1] or lettered[2]).lower(),)]
    if not targets and bare:
        targets = [tuple(bare.group(1).split(".")) + ((bare.group(2).lower(),) if bare.group(2) else ())]
    for target in targets:
        if target in known and target != here:
            return target, True
        tail = [k for k in known if k[-len(target) :] == target and k != here]
        if tail:
            return tail[0], True
        if target and target[0].isdigit() and not any(k[0].isdigit() for k in known) and int(target[0]) <= len(known):
            return known[int(target[0]) - 1], True  # "question 1" where the questions are lettered
        inside = [k for k in known if k[: len(target)] == target and k != here]
        if inside:
            return inside[0], True
    if targets:
        return None, True
    if _ABOVE.search(first) and not (_ELSEWHERE.search(first) and not quick.search(r"\babove\b", first, re.I)):
        at = known.index(here) if here in known else len(known)
        return (known[at - 1], True) if at > 0 else (None, True)
    return None, False
