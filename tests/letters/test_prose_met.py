# ruff: noqa: E501  (answers are read sideways)
"""Answers in running text, each a manner met in replies, in words of our own: a question, what was said, and what must come of it."""

from __future__ import annotations

import pytest

from .said import read

Row = tuple[str | None, str, float | None]  # first day, outcome, value

BREACHES = "How many data breaches were there in 2021?"
YEARS = "How many data breaches were there in 2021/22, 2022/23 and 2023/24?"
LOST = "How many laptops and phones were lost in 2021?"
SPENT = "What did each request cost in 2021?"
Y21, FY21, FY22, FY23 = "2021-01-01", "2021-04-01", "2022-04-01", "2023-04-01"

FIGURES: dict[str, tuple[str, str, list[Row]]] = {
    "the days of a time limit": (
        "How many requests were late in 2021, and how long did they take?", "In 2021 there were 14 late requests. The 90 day extension was used in some of them.",
        [(Y21, "disclosed", 14)],
    ),
    "a question's label in an answer": (
        "How many data breaches and near misses were there in 2021?", "There were 14 data breaches. Near misses are within 4b.", [(Y21, "disclosed", 14)],
    ),
    "the rate that costs are reckoned by": (
        SPENT, "2021: £3,510. That is the hours taken times £25, which the Regulations set.", [(Y21, "disclosed", 3510)],
    ),
    "the sum of a limit": (
        SPENT, "In 2021 a request cost £310 on average. The limit laid down is £450.", [(Y21, "disclosed", 310)],
    ),
    "to report one is no report's number": (
        "How many data breaches went to the ICO in 2021?", "In 2021 the council had to report 3 data breaches to the ICO.", [(Y21, "disclosed", 3)],
    ),
    "a figure glued to the sentence before": (
        "How many appeals were there in 2021?", "For 2021 the list was checked twice.14 appeals were made.", [(Y21, "disclosed", 14)],
    ),
    "a further number": (
        "How many cameras did the council run in 2021?", "274 cameras in streets and parks, with a further 58 in the two bus stations",
        [(Y21, "disclosed", 274), (Y21, "disclosed", 58)],
    ),
    "one, after and": (LOST, "Two phones were lost and one laptop was stolen.", [(Y21, "disclosed", 2), (Y21, "disclosed", 1)]),
    "what somebody may have done": (
        BREACHES, "There were 40 data breaches in 2021. Several people may have reported one breach, or 2 breaches.", [(Y21, "disclosed", 40)],
    ),
    "an example of how a thing is counted": (
        BREACHES, "Breaches are counted by record, so that two letters which went astray on the one day and to the one address make 2 breaches.\n2021: 31", [(Y21, "disclosed", 31)],
    ),
    "a note on small numbers is no figure": (
        YEARS, "2021/22: 14; 2022/23: <5; 2023/24: 22\n* Numbers between 1 and 4 have been left out and <5 printed instead.",
        [(FY21, "disclosed", 14), (FY22, "suppressed", None), (FY23, "disclosed", 22)],
    ),
    "not held and not applicable between figures": (
        YEARS, "2021/22: Not held; 2022/23: N/A; 2023/24: 31", [(FY21, "not_held", None), (FY22, "not_applicable", None), (FY23, "disclosed", 31)],
    ),
    "a figure's brackets": (LOST, "In 2021 there were 9 laptops lost (2 of these have since turned up).", [(Y21, "disclosed", 9)]),
    "a later sentence's year": (
        BREACHES, "Two breaches were logged. Anybody who read of them in 2024 would know who they were.", [(Y21, "disclosed", 2)],
    ),
    "years listed before one figure": (
        YEARS, "In the financial years 2021/22, 2022/23 and 2023/24 data breaches came to 64.", [(FY21, "disclosed", 64)],
    ),
    "each kind with its figure, on one line": (
        "Give the number of fines in 2021. If you can, name the offences that they were for.", "Dog off its lead = 2 Penalty Notices issued Fouling = 31 Penalty Notices issued Litter = 1 Penalty Notice issued.",
        [(Y21, "disclosed", 2), (Y21, "disclosed", 31), (Y21, "disclosed", 1)],
    ),
    "two ranges of months, each with nothing issued": (
        "How many notices were issued in November 2021 - October 2022 and November 2022 - October 2023?",
        "November 2021 – October 2022 = 0 issued. November 2022 – October 2023 = 0 issued.", [("2021-11-01", "nil", 0), ("2022-11-01", "nil", 0)],
    ),
    "a figure's year in the next few words": (
        "How many appeals were won in each year?", "5,378 appeals were successful at one of the three stages that there are. Financial year 21/22\n2,923 appeals were successful at one of the three stages that there are. Financial year 22/23",
        [(FY21, "disclosed", 5378), (FY22, "disclosed", 2923)],
    ),
    "nothing, to a question whether": ("Did ransomware hit any system in 2021? If so, how many times?", "No.", [(Y21, "nil", None)]),
    "a day on which somebody wrote": (
        "How many breaches were there in the past year? On 14 February 2023, we asked what you meant.", "There were 4 breaches.", [(None, "disclosed", 4)],
    ),
    "up to and including a month": (
        "How many incidents were declared?", "2020/21 93\n2021/22 (up to and including February 2022) 48", [("2020-04-01", "disclosed", 93), (FY21, "disclosed", 48)],
    ),
    "none of another kind, at an entry's end": (LOST.replace("in 2021", "in each year"), "2021 - 14 laptops, no phones", [(Y21, "disclosed", 14), (Y21, "nil", 0)]),
    "a section with no full stop": (BREACHES, "This is held, and anyone may read it without asking under FOISA s 1(1). In 2021 there were 9 breaches.", [(Y21, "disclosed", 9)]),
    "on a day, before the parts": (
        "On 1st April 2021, how many social workers were there in:\n\n a. schools\n\n67\n\n b. homes\n\n24", "", [("2021-04-01", "disclosed", 67), ("2021-04-01", "disclosed", 24)],
    ),
    "a year cut short, in words": ("How many data breaches were there in each year?", "2021: 44\n2022 (to 30 November): 31", [(Y21, "disclosed", 44), ("2022-01-01", "disclosed", 31)]),
}  # fmt: skip


@pytest.mark.parametrize("why", FIGURES)
def test_figures(why: str) -> None:
    question, said, rows = FIGURES[why]
    answers = read(f"1. {question}\n{said}\n").answers
    assert [(a.period_start if day else None, a.outcome, a.value) for a, (day, _, _) in zip(answers, rows, strict=True)] == rows


DETAILS = "How many data breaches were there in 2021, and what happened in each?"
WHICH = "Which does the council mostly buy: laptops or desktops?"

OUTCOMES: dict[str, tuple[str, str, set[tuple[str, float | None]]]] = {
    "accessible already, beside figures": (
        BREACHES, "Breaches by schools – exempt under Section 21 of the Act, as reasonably accessible: they are on our website.\nThose by others, 2021: 137",
        {("disclosed", 137), ("already_accessible", None)},
    ),
    "accessible already, in the Scottish Act's words": (
        BREACHES, "For 2019 and 2020, we hold the information but it is exempt from disclosure under FOISA s 25(1).\n2021: 137",
        {("disclosed", 137), ("already_accessible", None)},
    ),
    "not something that we record": (BREACHES, "Near misses are not something that we record.", {("not_held", None)}),
    "not something that a body holds": (BREACHES, "Their number is not something the Trust keeps.", {("not_held", None)}),
    "nothing is collated": (BREACHES, "Nothing is collated that would yield such a figure.", {("not_held", None)}),
    "another body's business": (BREACHES, "Marlowe County Council are responsible for this.", {("not_held", None)}),
    "there are no figures for it": (BREACHES, "Records go back to 2022 only. There are therefore no breach figures for the year.", {("not_held", None)}),
    "no record has been found": ("How many trees did insurers ask you to fell in 2021?", "No record has been found of any tree cut down at an insurer's wish.", {("not_held", None)}),
    "no two offices record alike": (DETAILS, "In 2021 there were 14 data breaches. The four offices do not record alike.", {("disclosed", 14)}),
    "a request taken as withdrawn": (
        BREACHES, "Unless we hear from you before 9 March 2022 your request will be taken as withdrawn.", {("clarification_sought", None)},
    ),
    "a provision relied upon": (
        "How many cameras stood broken in 2021, and where?", "Nine. Where they stand we are not obliged to tell. s.31(1)(a) is relied upon.", {("disclosed", 9), ("withheld", None)},
    ),
    "none of them, to a question which": (WHICH, "The buyers choose among several makers, and none of them is preferred.", {("disclosed", None)}),
    "nobody, late in a description": (
        "What technology keeps data from being lost?", "Encrypted laptops, with software that lets nobody copy a file to a device of his own.", {("disclosed", None)},
    ),
    "no badge, in a reason": (
        "How many people were fined for parking in such a bay in 2021?", "Reports attached. Please note that they list every notice given because no valid badge was shown.",
        {("already_accessible", None)},
    ),
    "a nil return, late in a line": (
        BREACHES, "We do not flag this as a rule, but have searched the text of each log. For the period requested there was a Nil Return.", {("nil", 0)},
    ),
    "names of exemptions in a list of figures": (
        "How often was each exemption used in 2021?", "12 Excessive cost of compliance = 2\n25(1) Otherwise accessible = 1\n30 Effective conduct of public affairs = 4",
        {("disclosed", 2), ("disclosed", 1), ("disclosed", 4)},
    ),
    "not held, and beyond the cost limit": (
        "How many claims were there in 2021, what did they cost to handle and how many repairs followed?",
        "2021: 28\nWhat handling costs is not held, and this is a notice under Section 17 of the Freedom of Information (Scotland) Act 2002.\n"
        "How many repairs followed: each works order would need to be opened. That is 973 hours, far above the £600 laid down. Section 12(1) therefore applies.",
        {("disclosed", 28), ("not_held", None), ("cost_limit", None)},
    ),
    "none of one kind, after the others": (LOST, "Two laptops were lost in 2021. No phones.", {("disclosed", 2), ("nil", 0)}),
    "none of those, after an abbreviation": (
        "How many complaints went to the ICO in 2021, and did it send a reprimand?", "The ICO was sent 17 complaints. No reprimands.", {("disclosed", 17), ("nil", 0)},
    ),
    "no further action is no nil": (BREACHES, "There were 23 data breaches in 2021. No further breaches are known.", {("disclosed", 23)}),
    "sent along, and part not held": (
        "What was spent each month, and on how many shifts?", "Please see attached for spend in each year.\n\nHow many shifts that bought is not something the Trust keeps.",
        {("already_accessible", None), ("not_held", None)},
    ),
    "withheld, and another part neither confirmed nor denied": (
        "How did each breach come about?", "To give the cause of each would identify staff, and Section 40(2) applies.\n\nAs to cyber breaches, the force neither confirms nor denies "
        "that it holds anything, under Sections 24(2) and 31(3).", {("withheld", None), ("neither_confirmed_nor_denied", None)},
    ),
    "a sentence that the page's width broke": (
        BREACHES, "Unless we hear from you before 9 March 2022 then your request will be\ntaken as withdrawn.", {("clarification_sought", None)},
    ),
    "the publication scheme, in a letter's close": (
        "What technology keeps data from being lost?", "Port control on every laptop.\n\nIf you need more, please ask. The Trust and its publication scheme are on our website.",
        {("disclosed", None)},
    ),
    "sent along, but for the names": (
        "For each incident, what was paid, and to whom?",
        "Please see the attached workbook, claim by claim. The names are exempt under section 40(2) of the Act.",
        {("already_accessible", None), ("withheld", None)},
    ),
}  # fmt: skip


def test_a_year_that_ends_early() -> None:
    """A note that a year goes to a day within it holds for its figures wherever they stand, and for no other year's."""
    said = "Calendar years; 2021 is to 31 March.\n2020: 14\n2021: 3\n"
    assert [(a.period_end, a.partial_period) for a in read("1. How many breaches were there in each year?\n" + said).answers] == [
        ("2020-12-31", False),
        ("2021-03-31", True),
    ]


@pytest.mark.parametrize("why", OUTCOMES)
def test_outcomes(why: str) -> None:
    question, said, rows = OUTCOMES[why]
    assert {(a.outcome, a.value) for a in read(f"1. {question}\n{said}\n").answers} == rows


MEASURES = {
    "a split by kinds that are no cyber ones": (
        "1. How many data breaches were there in 2021?\n20\n1a. How many of those were cyber incidents?\nThe council neither confirms nor denies that it holds this.\n"
        "1b. By kind, please\nLost device - 3; Wrong address - 7; Other - 10.\n", "1b", {"breach_count"},
    ),
    "kinds of cyber incidents": (
        "1. How many cyber incidents were there in 2021?\n20\n2. By kind, please\nPhishing - 3; Ransomware - 7; Other - 10.\n", "2", {"cyber_incident_count"},
    ),
    "claims, told beside what was paid": (
        "1. What compensation was paid for pothole damage in each year?\n2. How many people were paid for pothole damage in each year?\nResponse\n1. 2021: £4\n"
        "2. 2021 – 765 claims, 176 accepted\n", "2", {"compensation_claim_count"},
    ),
    "a sum, under a question about claims for compensation": (
        "1. How many claims were received for compensation, because a pothole had damaged a car, and how much was paid, in each year?\n2021 - 24 claims, £936.27 pd\n", "1",
        {"compensation_claim_count", "compensation_paid_gbp"},
    ),
    "a nil with no sign, in a row of sums": (
        "1. What was paid in compensation in each year?\n2021/22 | 2022/23 | 2023/24 |\n£2,484.31 | £85.50 | 0 |\n", "1", {"compensation_paid_gbp"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("why", MEASURES)
def test_measures(why: str) -> None:
    text, question, measures = MEASURES[why]
    assert {a.measure for a in read(text).answers if a.question == question} == measures
