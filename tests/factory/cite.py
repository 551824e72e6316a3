"""Provisions as letters cite them."""

from __future__ import annotations

import re
from random import Random

STYLES = ("Section", "section", "section spaced", "s.", "S", "s", "Section spaced")
_WORDS = {
    "Section": ("Section ", "Regulation "),
    "section": ("section ", "regulation "),
    "section spaced": ("section ", "regulation "),
    "s.": ("s.", "reg. "),
    "S": ("S", "Regulation "),
    "s": ("s", "regulation "),
    "Section spaced": ("Section ", "Regulation "),
}


def cite(provision: str, style: str) -> str:
    """ "s31(1)(a)" in a letter's style: "section 31 (1) (a)"."""
    number = provision[1:].replace("(", " (") if "spaced" in style else provision[1:]
    return _WORDS[style][provision[0] == "r"] + number


def malformed(provision: str) -> str:
    """ "s31(1)(a)" with its first bracket lost: "Section 31(a)"."""
    return "Section " + re.sub(r"\(\d+\)(?=\([a-z])", "", provision[1:])


def act(rng: Random, regime: str) -> str:
    """The Act in passing."""
    return rng.choice(
        {
            "FOIA": ("the Act", "the Freedom of Information Act 2000", "the FOIA"),
            "FOISA": ("the Act", "FOISA"),
            "EIR": ("the Regulations", "the EIR"),
        }[regime]
    )
