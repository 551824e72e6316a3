"""Provisions that an outcome relies on, out of all that its words cite. One row a case, with why it is there."""

from __future__ import annotations

import pytest

from foi_lib.letters.lines import split_lines
from foi_lib.letters.provisions import relied_on


def cited(text: str, outcome: str, regime: str = "FOIA") -> list[str]:
    return [c.provision for c in relied_on(text, split_lines(text), outcome, regime)]


CASES = [
    ("The information is exempt under Section 31(1)(a).", "withheld", "FOIA", ["s31(1)(a)"], "full"),
    ("exempt under section 31 (1) (a) of the Act", "withheld", "FOIA", ["s31(1)(a)"], "spaces"),
    ("This is exempt under s.40(2).", "withheld", "FOIA", ["s40(2)"], "s."),
    ("Exemption 31 applies.", "withheld", "FOIA", ["s31"], "exemption"),
    ("withheld under sections 40(2) and 43", "withheld", "FOIA", ["s40(2)", "s43"], "two sections"),
    ("withheld under s.31(1)(a) and (3)", "withheld", "FOIA", ["s31(1)(a)", "s31(3)"], "chain"),
    ("withheld under section 31. Section 31(1)(a) concerns crime.", "withheld", "FOIA", ["s31(1)(a)"], "the more precise"),
    (
        "This letter is a refusal notice under section 17. It is exempt under section 43(2).",
        "withheld",
        "FOIA",
        ["s43(2)"],
        "s17 is procedure",
    ),
    ("We have a duty under section 1(1). It is exempt under section 43(2).", "withheld", "FOIA", ["s43(2)"], "s1 is the duty"),
    ("It would exceed the appropriate limit under section 12.", "cost_limit", "FOIA", ["s12"], "cost"),
    ("Section 12 applies. Under section 16 we can help you to narrow it.", "cost_limit", "FOIA", ["s12"], "s16 is help"),
    ("The request is vexatious under section 14(1).", "vexatious_or_repeated", "FOIA", ["s14(1)"], "vexatious"),
    ("It is on our website, so section 21 applies.", "already_accessible", "FOIA", ["s21"], "elsewhere"),
    (
        "It is on our website, so section 21 applies; names are exempt under section 40(2).",
        "already_accessible",
        "FOIA",
        ["s21"],
        "only its own",
    ),
    (
        "It is on our website, so section 21 applies; names are exempt under section 40(2).",
        "withheld",
        "FOIA",
        ["s40(2)"],
        "only the other",
    ),
    ("The information is not held (section 17).", "not_held", "FOISA", ["s17"], "Scots not held"),
    ("The information is not held.", "not_held", "FOIA", [], "no section owed"),
    ("It is exempt under section 38(1)(b).", "withheld", "FOISA", ["s38(1)(b)"], "Scots personal data"),
    ("It is otherwise accessible under section 25(1).", "already_accessible", "FOISA", ["s25(1)"], "Scots elsewhere"),
    ("Regulation 12(5)(b) is engaged.", "withheld", "EIR", ["r12(5)(b)"], "regulation"),
    ("The information is not held: regulation 12(4)(a).", "not_held", "EIR", ["r12(4)(a)"], "EIR not held"),
    ("We do not rely on section 43 but on section 40(2), which makes it exempt.", "withheld", "FOIA", ["s40(2)"], "negated"),
    ("The six laptops were lost in section 5 of the depot.", "withheld", "FOIA", [], "no such exemption"),
]


@pytest.mark.parametrize(("text", "outcome", "regime", "provisions", "why"), CASES, ids=[why for *_, why in CASES])
def test_relied_on(text: str, outcome: str, regime: str, provisions: list[str], why: str) -> None:
    assert cited(text, outcome, regime) == provisions


def test_places_and_words() -> None:
    text = "The details are withheld.\nSection 31(a) applies, as the prevention of crime would be harmed."
    (citation,) = relied_on(text, split_lines(text), "withheld", "FOIA")
    assert (citation.provision, citation.as_cited, citation.malformed) == ("s31(1)(a)", "Section 31(a)", True)
    assert text[citation.start : citation.end] == citation.as_cited


@pytest.mark.parametrize(
    ("text", "found", "why"),
    [
        ("It is exempt under section 31(1)(a). The public interest in withholding outweighs that in disclosure.", True, "weighed"),
        ("It is exempt under section 31(1)(a).", False, "owed and not found"),
        ("It is exempt under section 40(2).", None, "absolute: not owed"),
    ],
)
def test_public_interest_test(text: str, found: bool | None, why: str) -> None:
    (citation,) = relied_on(text, split_lines(text), "withheld", "FOIA")
    assert citation.pit_found is found
    assert (citation.pit_start is not None) is bool(found)
    if found:
        assert "public interest" in text[citation.pit_start : citation.pit_end]


def test_limb_that_neither_confirms_nor_denies() -> None:
    text = "Under section 31(3) the Council neither confirms nor denies that it holds this."
    (citation,) = relied_on(text, split_lines(text), "neither_confirmed_nor_denied", "FOIA")
    assert (citation.provision, citation.ncnd) == ("s31(3)", True)
