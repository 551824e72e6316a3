"""What is said instead of a figure: for each outcome, the words of it and the provisions that its label names. All of it made up."""

from __future__ import annotations

# (outcome, provisions, words, needs a public interest test); {c0}, {c1}: the provisions as cited in the letter; {act}: "the Act"
Refusal = tuple[str, tuple[str, ...], str, bool]

FOIA: tuple[Refusal, ...] = (
    (
        "withheld",
        ("s31(1)(a)",),
        "This information is exempt from disclosure under {c0} of {act}, as its release would be likely to prejudice "
        "the prevention or detection of crime.",
        True,
    ),
    (
        "withheld",
        ("s31(1)(a)",),
        "Information witheld. To publish it would show those who attack computer systems which defences work; {c0}, "
        "law enforcement, therefore applies.",
        True,
    ),
    ("withheld", ("s31",), "Notice of Refusal. The Council relies on {c0} (law enforcement) to withhold this.", True),
    (
        "withheld",
        ("s40(2)",),
        "We are withholding this, because so few people are concerned that they could be recognised. It is the personal "
        "data of third parties and exempt under {c0}.",
        False,
    ),
    ("withheld", ("s43(2)",), "The Council considers that an exemption applies: {c0}, prejudice to commercial interests.", True),
    ("withheld", ("s42",), "Refused. The papers are legal advice, and {c0}, legal professional privilege, is engaged.", True),
    (
        "withheld",
        ("s22",),
        "The information is intended for future publication in our annual report and is exempt under {c0} of {act}.",
        True,
    ),
    ("withheld", ("s40(2)", "s43(2)"), "Request refused. The names and prices are exempt under {c0} and {c1} of {act}.", True),
    (
        "withheld",
        ("s31(1)(a)", "s24(1)"),
        "The Council is withholding the information by virtue of {c0} and {c1}, since release would help hostile parties.",
        True,
    ),
    (
        "neither_confirmed_nor_denied",
        ("s31(3)",),
        "Under {c0} of {act} the Council neither confirms nor denies whether the information is held. "
        "Either answer would help those who plan attacks.",
        True,
    ),
    (
        "neither_confirmed_nor_denied",
        ("s31(3)", "s24(2)"),
        "The Council can neither confirm nor deny that it holds what you ask for, as the duty "
        "to do so does not apply by virtue of {c0} and {c1}.",
        True,
    ),
    (
        "neither_confirmed_nor_denied",
        ("s40(5B)",),
        "We neither confirm or deny that this is held: {c0}. To do so would itself disclose personal data.",
        False,
    ),
    ("not_held", (), "Not held.", False),
    ("not_held", (), "The Council does not hold this information.", False),
    ("not_held", (), "Information not held", False),
    ("not_held", (), "Not recorded. There is no central record of this.", False),
    ("not_held", (), "This is not held by the District; the County Council would hold this.", False),
    (
        "already_accessible",
        ("s21",),
        "This is published on our website at https://www.{domain}/transparency and is exempt under {c0}, being "
        "reasonably accessible by other means.",
        False,
    ),
    ("already_accessible", (), "Please see attached file.", False),
    ("already_accessible", (), "This is available on the Council's website: https://www.{domain}/open-data/breaches", False),
    (
        "cost_limit",
        ("s12",),
        "An officer would have to open {n1} files by hand. At {m1} minutes each that makes {h1} hours, which would exceed the "
        "appropriate limit of £450, or 18 hours at £25 per hour. {c0} of {act} applies.",
        False,
    ),
    (
        "cost_limit",
        ("s12(1)",),
        "We estimate that the cost of complying would exceed the appropriate limit. There are {n1} case records, each "
        "taking {m1} to 9 minutes to read, about {h1} hours in all. The part is therefore refused under {c0}.",
        False,
    ),
    (
        "cost_limit",
        ("s12",),
        "To provide this would take in excess of 18 hours of work, and so is refused on grounds of cost ({c0}).",
        False,
    ),
    (
        "vexatious_or_repeated",
        ("s14(2)",),
        "You asked the same on an earlier date and we replied. This is a repeated request, which under {c0} we need not answer.",
        False,
    ),
    ("vexatious_or_repeated", ("s14(1)",), "The Council considers the request to be vexatious and refuses it under {c0} of {act}.", False),
    (
        "clarification_sought",
        (),
        "Please could you clarify what you mean by this? On receipt of your clarification we will consider it further.",
        False,
    ),
    (
        "clarification_sought",
        (),
        "We cannot tell which systems you mean and need more detail before we can answer. Please clarify your request.",
        False,
    ),
    ("not_applicable", (), "N/A", False),
    ("not_applicable", (), "Not applicable.", False),
    ("not_applicable", (), "n/a", False),
)
FOISA: tuple[Refusal, ...] = (
    (
        "withheld",
        ("s35(1)(a)",),
        "This information is exempt under {c0} of {act}, because disclosure would be likely to prejudice substantially "
        "the prevention or detection of crime.",
        True,
    ),
    ("withheld", ("s38(1)(b)",), "We are withholding this as personal data of third parties, exempt under {c0} of {act}.", False),
    ("withheld", ("s33(1)(b)",), "The Council withholds this under {c0}, as release would harm commercial interests.", True),
    (
        "withheld",
        ("s27(1)",),
        "It will be published within twelve weeks and is exempt under {c0} (information intended for future publication).",
        True,
    ),
    (
        "neither_confirmed_nor_denied",
        ("s18", "s35(1)(a)"),
        "Under {c0} of {act} the Council neither confirms nor denies that it holds the information; if it were held, {c1} would apply.",
        True,
    ),
    ("not_held", ("s17",), "Not held. This is formal notice under {c0} of {act} that the information is not held.", False),
    ("not_held", ("s17",), "The Council does not hold this information ({c0}).", False),
    (
        "already_accessible",
        ("s25",),
        "This can be found at https://www.{domain}/performance. It is otherwise accessible, and so exempt under {c0}.",
        False,
    ),
    (
        "cost_limit",
        ("s12",),
        "Every one of {n1} entries would have to be read, at {m1} minutes each, about {h1} hours. The cost would exceed the "
        "upper limit of £600 set by the Fees Regulations, and {c0} of {act} applies.",
        False,
    ),
    (
        "vexatious_or_repeated",
        ("s14(1)",),
        "The request is regarded as vexatious and {c0} of {act} relieves us of the duty to comply.",
        False,
    ),
    ("clarification_sought", (), "Please clarify which years you are asking about, and we will look again.", False),
    ("not_applicable", (), "Not applicable", False),
    ("not_applicable", (), "N/A", False),
)
EIR: tuple[Refusal, ...] = (
    ("withheld", ("r12(5)(e)",), "The contractor's prices are withheld under {c0}, the confidentiality of commercial information.", True),
    ("withheld", ("r13",), "Names and addresses are personal data and are withheld under {c0}.", False),
    (
        "cost_limit",
        ("r12(4)(b)",),
        "To read {n1} job sheets at {m1} minutes each would take {h1} hours. The request is manifestly unreasonable on "
        "grounds of cost, and {c0} applies.",
        True,
    ),
    ("not_held", ("r12(4)(a)",), "Not held. The exception in {c0} applies, as the information is not held.", False),
    ("not_applicable", (), "Not applicable.", False),
)
BY_REGIME = {"FOIA": FOIA, "FOISA": FOISA, "EIR": EIR}

PUBLIC_INTEREST = (
    "This is a qualified exemption, and we have applied the public interest test. Openness speaks for disclosure. The safety of residents' "
    "data speaks against it. On balance, the public interest in maintaining the exemption outweighs the public interest in disclosure.",
    "In favour of disclosure: accountability and trust.\nAgainst disclosure: the harm that a successful attack would bring.\n"
    "The public interest favours maintaining the exemption.",
    "We have weighed the public interest and find that it lies in withholding.",
)
PUBLIC_INTEREST_NCND = (
    "This is a qualified exemption and a public interest test was carried out. On balance the public interest lies in neither confirming "
    "nor denying. This must not be taken as a sign that any such information is or is not held.",
)
# a figure and a refusal side by side: words before the figures, outcome, provision
HELPS = {
    "FOIA": (
        (
            ("cost_limit", ("s12",)),
            "To answer in full would exceed the appropriate limit of £450 (18 hours), because {n1} files would have to be "
            "read, so {c0} applies. However, to be helpful under section 16 we can give the following.",
            "s12_with_help",
        ),
        (("not_held", ()), "We do not hold this in the form you ask for. However, the following may be of help.", "not_held_with_figure"),
    ),
    "FOISA": (
        (
            ("cost_limit", ("s12",)),
            "To answer in full would exceed the limit of £600, so {c0} of {act} applies. However, as help under section 15 "
            "we can give the following.",
            "s12_with_help",
        ),
        (
            ("not_held", ("s17",)),
            "We do not hold this in the form you ask for ({c0}). However, the following may be of help.",
            "not_held_with_figure",
        ),
    ),
    "EIR": (
        (
            ("not_held", ("r12(4)(a)",)),
            "We do not hold this in the form you ask for ({c0}). However, the following may be of help.",
            "not_held_with_figure",
        ),
    ),
}
PARTS = {
    "FOIA": ("The names of those concerned are withheld under {c0} of {act} as personal data.", ("s40(2)",)),
    "FOISA": ("The names of those concerned are withheld under {c0} of {act} as personal data.", ("s38(1)(b)",)),
    "EIR": ("The names of those concerned are withheld under {c0} as personal data.", ("r13",)),
}
ANNEX = (
    "Annex: exemptions applied\n\nSection 31 - Law Enforcement\n\nThe Council relies on {c0} for the answers above that say so, as "
    "release would be likely to prejudice the prevention or detection of crime."
)
TO_ANNEX = ("We are unable to release this, as an exemption applies. Please see the annex.", "Exempt information - see annex below.")
SAME = ("As above.", "See answer to {q} above.", "Same as {q}", "Please see our response to {q}.", "As {q}")
