"""One row a citation: as a letter writes it, and what it is; a word of why. The texts are made up or a few stock words."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.reference import find_provisions, provision, section_exists

READ = [
    # text, default regime, what it resolves to, why
    ("Section 31(1)(a)", "FOIA", ["s31(1)(a)"], "plain"),
    ("section 31 (1) (a)", "FOIA", ["s31(1)(a)"], "spaces"),
    ("Section\n40(2)", "FOIA", ["s40(2)"], "broken over a line"),
    ("s.40(2)", "FOIA", ["s40(2)"], "s."),
    ("s40 (2)", "FOIA", ["s40(2)"], "s"),
    ("S21", "FOIA", ["s21"], "the whole answer"),
    ("Refused: S12.", "FOIA", ["s12"], "capital S"),
    ("§ 43(2)", "FOIA", ["s43(2)"], "a section sign"),
    ("SECTION 31(1)(A)", "FOIA", ["s31(1)(a)"], "capitals"),
    ("section 22A", "FOIA", ["s22A"], "an inserted section"),
    ("section 40(5b)", "FOIA", ["s40(5B)"], "an inserted subsection in small letters"),
    ("section 40.2", "FOIA", ["s40(2)"], "dots"),
    ("s40(2)a", "FOIA", ["s40(2)(a)"], "brackets lost"),
    ("section 40(2) a request", "FOIA", ["s40(2)"], "an article is no paragraph"),
    ("Section 5.1.a&b or 15.1.a&b", "FOIA", ["s5(1)(a)", "s5(1)(b)", "s15(1)(a)", "s15(1)(b)"], "dots and single letters"),
    ("S.2(1)(b)&(c)", "FOIA", ["s2(1)(b)", "s2(1)(c)"], "paragraphs joined"),
    ("ss 31(1)(a) and (3)", "FOIA", ["s31(1)(a)", "s31(3)"], "a subsection takes the section before"),
    ("s.31(1)(a),(b) and (g)", "FOIA", ["s31(1)(a)", "s31(1)(b)", "s31(1)(g)"], "paragraphs take the subsection before"),
    ("31(1)(h) or (i)", "FOIA", [], "no word that it is a section"),
    ("s31(1)(h) or (i)", "FOIA", ["s31(1)(h)", "s31(1)(i)"], "(i) after (h) is a letter"),
    ("section 36(2)(b)(i)&(ii) and 36(2)(c)", "FOIA", ["s36(2)(b)(i)", "s36(2)(b)(ii)", "s36(2)(c)"], "(ii) after (i) is a numeral"),
    ("s.36(2)(b)(ii) and (c)", "FOIA", ["s36(2)(b)(ii)", "s36(2)(c)"], "back up a level"),
    ("section 36(2)(b)(i)(ii)", "FOIA", ["s36(2)(b)(i)", "s36(2)(b)(ii)"], "no joint at all"),
    ("s40(2)(a)(b)", "FOIA", ["s40(2)(a)", "s40(2)(b)"], "a paragraph cannot lie within another"),
    ("s40(2)(3A)(a)", "FOIA", ["s40(2)", "s40(3A)(a)"], "a subsection cannot lie within another"),
    ("s.35(1)(a)-(c)", "FOIA", ["s35(1)(a)", "s35(1)(b)", "s35(1)(c)"], "a run of paragraphs"),
    ("section 31(1)(a) to (c)", "FOIA", ["s31(1)(a)", "s31(1)(b)", "s31(1)(c)"], "a run in words"),
    ("sections 40(2) and 43", "FOIA", ["s40(2)", "s43"], "two sections"),
    ("sections 21, 22 and 43.", "FOIA", ["s21", "s22", "s43"], "a list of bare numbers"),
    ("Section 40(2) and 43 of the Act apply", "FOIA", ["s40(2)", "s43"], "singular, and two"),
    ("s12(1)/s12(2)", "FOIA", ["s12(1)", "s12(2)"], "a stroke"),
    ("sections 12(1), 14(1) & 40(2) FOIA", "FOIA", ["s12(1)", "s14(1)", "s40(2)"], "an Act at the end"),
    ("section 40, 31 and 12 records", "FOIA", ["s40"], "bare numbers after a singular word may be anything"),
    ("Section 12, 18 hours", "FOIA", ["s12"], "hours are no section"),
    ("section 40 and 3 officers", "FOIA", ["s40"], "officers are no section"),
    ("Exemption 31 Law Enforcement", "FOIA", ["s31"], "exemption by its number"),
    ("Exemptions applied: 31(1)(a), 40(2)", "FOIA", ["s31(1)(a)", "s40(2)"], "a list in a form"),
    ("exempt under 31(1)(a)", "FOIA", ["s31(1)(a)"], "no word section"),
    ("s40(2) by virtue of s40(3A)(a)", "FOIA", ["s40(2)", "s40(3A)(a)"], "an exemption and its condition"),
    ("Section 30 – Investigations and proceedings", "FOIA", ["s30"], "the exemption's own name is no reason to doubt"),
    ("the Act. Section 1(1)(a)", "FOIA", ["s1(1)(a)"], "the right itself"),
    ("a section 17 refusal notice", "FOIA", ["s17"], "a refusal notice under this Act"),
    ("Adran 40(2) o Ddeddf Rhyddid Gwybodaeth 2000", "FOIA", ["s40(2)"], "Welsh"),
    ("section 31(l)(a)", "FOIA", ["s31(1)(a)"], "the letter l for the figure 1"),
    ("section 40(2) (Personal Data), Data Protection Act 2018", "FOIA", ["s40(2)"], "the exemption that rests on data protection law"),
    ("Section 31(3) Law Enforcement of the Freedom of Information Act", "FOIA", ["s31(3)"], "a name between, in capitals"),
    ("subsection (2) of section 40", "FOIA", ["s40(2)"], "the part before the whole"),
    ("section 40, sub-section (2)(a)", "FOIA", ["s40(2)(a)"], "the part in words"),
    ("s.31 of the Freedom of Information Act (FOIA)", "FOIA", ["s31"], "a sentence at a line's start is no question's label"),
    ("S40 is an absolute exemption", "FOIA", ["s40"], "the same"),
    ("Regulation 12(4)(b)", "FOIA", ["r12(4)(b)"], "a regulation"),
    ("reg. 12(5)(e)", "EIR", ["r12(5)(e)"], "abbreviated"),
    ("regs 12(4)(b) and (e)", "EIR", ["r12(4)(b)", "r12(4)(e)"], "plural"),
    ("EIR 12(4)(b)", "FOIA", ["r12(4)(b)"], "by the Regulations' name"),
]


@pytest.mark.parametrize(("text", "regime", "expected", "why"), READ, ids=[row[0].replace("\n", " ") for row in READ])
def test_read(text: str, regime: str, expected: list[str], why: str) -> None:
    assert [str(citation) for citation in find_provisions(text, regime)] == expected, why


NOT_OURS = [
    ("Section 4 of our report", "a report's section"),
    ("section 3.2", "a report's chapter"),
    ("See section 12 below", "the letter's own section"),
    ("Section 151 officer", "the chief finance officer (Local Government Act 1972)"),
    ("the s151 Officer", "the same, short"),
    ("Section 106 agreement", "planning obligations"),
    ("S106 monies", "the same"),
    ("Section 251", "mental health data; no such section in the Act"),
    ("section 172", "road traffic"),
    ("Article 5(1) UK GDPR", "an article"),
    ("section 10 of the Data Protection Act 2018", "another Act"),
    ("under the Data Protection Act 2018 section 10", "the Act stands before"),
    ("s.29(3) DPA", "by its short name"),
    ("section 40(2) of the Data Protection Act 1998", "another Act's section 40"),
    ("section 21 of the Road Traffic Act 1988", "another Act"),
    ("section 9 of the 1998 Act", "another Act by its year"),
    ("section 58 defence (Highways Act)", "highways"),
    ("Section 21 notices served", "a landlord's notice"),
    ("Section 31 grant", "Local Government Act 2003"),
    ("Section 42 enquiries", "Care Act"),
    ("section 117 aftercare", "Mental Health Act"),
    ("Section 12 of the Freedom of Information and Data Protection (Appropriate Limit and Fees) Regulations 2004", "other Regulations"),
    ("Regulation 7(1)", "there are Regulations of many kinds"),
    ("Regulation (EU) 2016/679", "the GDPR's number"),
    ("Section 1", "nothing says that an Act is meant"),
    ("S21. How many laptops were lost?", "a question's label"),
    ("S12) Please provide the total", "a question's label"),
    ("Chesterfield S40 1LP", "a postcode"),
    ("S10 2HQ", "a postcode"),
    ("ref S40/1234", "a reference"),
    ("officers' 31", "no section"),
    ("see table S12", "a table's number"),
    ("£40(2)", "no section"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), NOT_OURS, ids=[row[0] for row in NOT_OURS])
def test_not_taken_for_a_provision(text: str, why: str) -> None:
    assert find_provisions(text) == [], why


REGIMES = [
    ("Section 17 of FOISA", "FOIA", "FOISA", "s17", "the Act named beats the default"),
    ("section 38(1)(b) of the Freedom of Information (Scotland) Act 2002", "FOIA", "FOISA", "s38(1)(b)", "in full"),
    ("Freedom of Information (Scotland) Act 2002 (FOISA), section 38(1)(b)", "FOIA", "FOISA", "s38(1)(b)", "before it"),
    ("section 17(1) of the 2002 Act", "FOIA", "FOISA", "s17(1)", "by its year"),
    ("section 17", "FOISA", "FOISA", "s17", "none named"),
    ("section 21 of the Freedom of Information Act 2000", "FOISA", "FOIA", "s21", "a Scottish body that cites the UK Act"),
    ("FOIA, s.12", "FOISA", "FOIA", "s12", "before it, with a comma"),
    ("regulation 10(4)(a)", "FOISA", "EISR", "r10(4)(a)", "a Scottish body's regulation"),
    ("regulation 12(4)(b)", "FOIA", "EIR", "r12(4)(b)", "a UK body's regulation"),
    ("regulation 10(5)(e) of the Environmental Information (Scotland) Regulations 2004", "EIR", "EISR", "r10(5)(e)", "in full"),
    ("regulation 11(2) of the EI(S)Rs", "FOISA", "EISR", "r11(2)", "short"),
    ("regulation 10(4)(a) of the EIRs", "FOISA", "EISR", "r10(4)(a)", "Scottish bodies call theirs the EIRs too"),
    ("regulation 12(4)(b) of the EIRs", "FOISA", "EIR", "r12(4)(b)", "which only the UK's can be"),
    ("regulation 12(5)(e) EIR", "FOIA", "EIR", "r12(5)(e)", "short, in England"),
    ("section 17 of the FOI Act", "FOISA", "FOISA", "s17", "a short name of either Act"),
    ("section 12 of the FOI Act", "FOIA", "FOIA", "s12", "the same in England"),
    ("section 39(2)", "EISR", "FOISA", "s39(2)", "a section is never one of the Regulations"),
    ("section 40(2)", "EIR", "FOIA", "s40(2)", "the same in England"),
]


@pytest.mark.parametrize(("text", "default", "regime", "section", "why"), REGIMES, ids=[row[0] for row in REGIMES])
def test_the_regime(text: str, default: str, regime: str, section: str, why: str) -> None:
    (citation,) = find_provisions(text, default)
    assert (citation.regime, citation.resolved, citation.exists) == (regime, section, True), why


ODD = [
    # text, resolved, exists, malformed, why
    ("Section 31(a), for the prevention of crime", "s31(1)(a)", True, True, "it can only be that paragraph"),
    ("Section 31(a)", "s31", True, True, "nothing says which paragraph is meant: no guess"),
    ("Section 31(b), for the prevention of crime", "s31", True, True, "only (a) is about the prevention of crime"),
    ("section 99 of the FOIA", "s99", False, True, "the Act ends at 88"),
    ("section 40(9)", "s40(9)", False, True, "no such subsection"),
    ("section 31(1)(z)", "s31(1)(z)", False, True, "no such paragraph"),
    ("Section 12(4)(b) of the EIR", "r12(4)(b)", True, True, "a regulation that is called a section"),
    ("section 43(2)", "s43(2)", True, False, "nothing odd"),
]


@pytest.mark.parametrize(("text", "resolved", "exists", "malformed", "why"), ODD, ids=[row[0] for row in ODD])
def test_what_cannot_be_right_is_kept_and_marked(text: str, resolved: str, exists: bool, malformed: bool, why: str) -> None:
    (citation,) = find_provisions(text)
    assert (citation.resolved, citation.exists, citation.malformed) == (resolved, exists, malformed), why
    assert citation.as_cited in text


def test_as_cited_and_span() -> None:
    text = "We rely on Sections 31 (1) (a) and 31(3) of the Act."
    first, second = find_provisions(text)
    assert (first.as_cited, second.as_cited) == ("Sections 31 (1) (a)", "31(3)")
    assert first.span == (11, 30) and text[slice(*second.span)] == "31(3)"
    assert first.kind == "exemption" and not first.supporting and not first.ncnd and second.ncnd
    assert first.info is not None and first.info.absolute is False and first.act_named is False


def test_a_provision_that_is_no_ground_of_refusal_by_itself_is_supporting() -> None:
    found = find_provisions("s40(2) by virtue of s40(3A)(a); s.2(2)(b), s.16(1) and s.17(1) of the Act; s.12(1)")
    assert {str(one): one.supporting for one in found} == {
        "s40(2)": False, "s40(3A)(a)": True, "s2(2)(b)": True, "s16(1)": True, "s17(1)": True, "s12(1)": False,
    }  # fmt: skip


def test_the_date_of_the_letter() -> None:
    # s.40(5) gave way to s.40(5A) and (5B) on 25 May 2018
    for section, before, after in (("section 40(5)", True, False), ("section 40(5B)(a)(i)", False, True)):
        assert find_provisions(section, on=date(2018, 5, 24))[0].exists is before
        assert find_provisions(section, on=date(2018, 5, 25))[0].exists is after
        assert find_provisions(section, on=date(2018, 5, 25))[0].malformed is before
        assert find_provisions(section)[0].exists


def test_part_of_a_text_with_the_words_around_it() -> None:
    text = "To prevent crime we rely on\nSection 31(a)\nof the Freedom of Information Act, and on section 40(2)."
    (citation,) = find_provisions(text, begin=28, end=41)
    assert (str(citation), citation.as_cited, citation.span, citation.act_named) == ("s31(1)(a)", "Section 31(a)", (28, 41), True)
    assert [str(one) for one in find_provisions(text)] == ["s31(1)(a)", "s40(2)"]
    assert find_provisions(text, begin=42, end=60) == []


def test_an_unknown_regime_is_said_so() -> None:
    with pytest.raises(FoiError, match="regime 'DPA' is not known: write one of FOIA, FOISA, EIR, EISR"):
        find_provisions("section 40", "DPA")


# ---- what holds for every text

NUMBER = st.sampled_from(["40", "31", "12", "22A", "36", "5", "99", "151"])
PART = st.sampled_from(["(1)", "(2)", " (a)", "(b)", "(3A)", "(i)", ".1", ".a", "(zz)"])
WORD = st.sampled_from(["Section ", "sections ", "s.", "s", "ss ", "Exemption ", "Regulation ", "reg. ", "", "FOIA ", "article "])
JOINT = st.sampled_from([" and ", ", ", "&", " or ", "/", " to ", " by virtue of ", "\n", " of the Act. ", " of FOISA ", " of the EIR. "])
CITATIONS = st.lists(st.tuples(WORD, NUMBER, st.lists(PART, max_size=4).map("".join), JOINT).map("".join), max_size=6).map("".join)


@given(CITATIONS | st.text(max_size=100), st.sampled_from(["FOIA", "FOISA", "EIR", "EISR"]))
def test_every_citation_is_the_texts_own_words(text: str, regime: str) -> None:
    last = 0
    for citation in find_provisions(text, regime):
        assert text[citation.start : citation.end] == citation.as_cited
        assert citation.start >= last
        last = citation.start
        assert citation.exists == section_exists(citation.regime, citation.section)
        assert citation.section.startswith("r" if citation.regime in ("EIR", "EISR") else "s")
        if citation.info:
            assert citation.kind == citation.info.kind


@given(NUMBER, st.lists(st.sampled_from(["(1)", "(2)(a)", "(3A)", "(2)(b)(ii)"]), min_size=1, max_size=1).map("".join))
def test_what_is_written_plainly_is_read_as_written(number: str, parts: str) -> None:
    cited = [str(citation) for citation in find_provisions(f"under section {number}{parts} of the Freedom of Information Act 2000.")]
    assert cited == [f"s{number}{parts}"]


@pytest.mark.parametrize("piece", [
    "section ", "s.1", "s31(1)(a) and ", "(1)", "1,", "Section 40 of the A ", "A and ", "31.1.a&", "sections 1, ", "Regulation ",
])  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    text = "section 40" + piece * (40_000 // len(piece))
    began = time.perf_counter()
    find_provisions(text)
    assert time.perf_counter() - began < 8  # a pattern that backtracks would take hours


def test_every_provision_of_the_labelled_letters_is_found(shared: Path) -> None:
    letters = sorted((shared / "letters").rglob("*.labels.json"))
    relied_on, missed = 0, []
    for labels in letters:
        label = json.loads(labels.read_text(encoding="utf-8"))
        text = labels.with_name(labels.name.replace(".labels.json", ".txt")).read_text(encoding="utf-8")
        regime = label.get("regime") or "FOIA"
        found = {str(citation) for citation in find_provisions(text, regime)}
        wanted = {section for answer in label["answers"] for section in answer.get("provisions", ())}
        relied_on += len(wanted)
        missed += [(labels.name, section) for section in sorted(wanted - found)]
        for citation in find_provisions(text, regime):
            assert citation.exists, (labels.name, citation)
    assert relied_on > 20 and missed == []


# ---- the table behind it


@pytest.mark.parametrize(
    ("regime", "section", "kind", "absolute", "test"),
    [
        ("FOIA", "s21", "exemption", True, "class"),
        ("FOIA", "s31(1)(a)", "exemption", False, "prejudice"),
        ("FOIA", "s24", "exemption", False, ""),
        ("FOIA", "s37(1)(a)", "exemption", True, "class"),
        ("FOIA", "s37(1)(b)", "exemption", False, "class"),
        ("FOIA", "s43(1)", "exemption", False, "class"),
        ("FOIA", "s43(2)", "exemption", False, "prejudice"),
        ("FOIA", "s12(1)", "cost", None, ""),
        ("FOIA", "s14(1)", "vexatious", None, ""),
        ("FOIA", "s17", "procedure", None, ""),
        ("FOISA", "s17", "not_held", None, ""),
        ("FOISA", "s25", "exemption", True, "class"),
        ("FOISA", "s36(2)", "exemption", True, "class"),
        ("FOISA", "s36(1)", "exemption", False, "class"),
        ("EIR", "r12(4)(a)", "not_held", False, "class"),
        ("EIR", "r12(4)(b)", "cost", False, "class"),
        ("EISR", "r10(5)(e)", "exception", False, "prejudice"),
    ],
)
def test_the_same_number_is_different_law(regime: str, section: str, kind: str, absolute: bool | None, test: str) -> None:
    info = provision(regime, section)
    assert (info.kind, info.absolute, info.class_or_prejudice) == (kind, absolute, test)


# FOIA s.2(3), as the table of DOMAIN has it
def test_absolute_exemptions_of_the_act() -> None:
    from foi_lib.reference import provisions

    whole = {info.section: info.absolute for info in provisions("FOIA") if info.kind == "exemption" and "(" not in info.section}
    assert {section for section, absolute in whole.items() if absolute} == {"s21", "s23", "s32", "s34", "s40", "s41", "s44"}
    assert {section for section, absolute in whole.items() if absolute is None} == {"s37"}


def test_a_part_takes_its_parents_meaning() -> None:
    info = provision("FOIA", "s36(2)(b)(ii)")
    assert info.section == "s36(2)(b)(ii)" and info.name == provision("FOIA", "s36").name and info.ncnd_limb == ("s36(3)",)
    assert provision("FOIA", "s40(5)").until == date(2018, 5, 24) and provision("FOIA", "s40(5B)").since == date(2018, 5, 25)


@pytest.mark.parametrize(("regime", "section"), [("FOIA", "31"), ("FOIA", "s999"), ("FOIA", "r12"), ("DPA", "s10"), ("FOIA", "")])
def test_what_is_not_in_the_table(regime: str, section: str) -> None:
    with pytest.raises(FoiError):
        provision(regime, section)


@pytest.mark.parametrize(
    ("regime", "section", "exists"),
    [
        ("FOIA", "s88", True), ("FOIA", "s89", False), ("FOIA", "s22A(1)(b)", True), ("FOIA", "s22B", False), ("FOIA", "s0", False),
        ("FOIA", "s31(1)(i)", True), ("FOIA", "s31(1)(k)", False), ("FOIA", "s31(2)(j)", True), ("FOIA", "s31(a)", False),
        ("FOIA", "s30(2)(a)(iv)", True), ("FOIA", "s50(2)", True), ("FOISA", "s30(b)(ii)", True), ("FOISA", "s30(1)", False),
        ("FOISA", "s77", False), ("EIR", "r12(5)(g)", True), ("EIR", "r12(5)(h)", False), ("EISR", "r22", False), ("FOIA", "31", False),
    ],
)  # fmt: skip
def test_what_exists(regime: str, section: str, exists: bool) -> None:
    assert section_exists(regime, section) is exists
