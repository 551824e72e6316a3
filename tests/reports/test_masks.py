"""Officers' personal data in letters: what is found, and what is not a person."""

from __future__ import annotations

from itertools import pairwise

import pytest

from foi_lib.reports.masks import find_personal, masked, people


@pytest.mark.parametrize(
    ("text", "wanted", "why"),
    [
        ("Contact: Jane Smith", "Contact: [name]", "a contact line"),
        ("Dear Mr O'Brien,", "Dear Mr [name],", "a titled name; the apostrophe belongs to it"),
        ("Dear Paul\n", "Dear [name]\n", "a greeting by first name"),
        ("Dear Sir/Madam", "Dear Sir/Madam", "nobody's name"),
        ("Dear Applicant,", "Dear Applicant,", "nobody's name"),
        ("Dear Information Officer", "Dear Information Officer", "an office"),
        ("Yours sincerely\n\nJane Smith\nFOI Officer", "Yours sincerely\n\n[name]\nFOI Officer", "a signature"),
        ("Yn gywir / Yours sincerely\n\nHeledd Gwyn\n", "Yn gywir / Yours sincerely\n\n[name]\n", "two languages"),
        ("Kind regards, Jane Smith", "Kind regards, [name]", "on the closing's own line"),
        ("Yours sincerely,\nJane\n", "Yours sincerely,\n[name]\n", "a first name alone right after the closing"),
        (
            "Kind regards\n\nInformation Governance Team\nAmbleford Council",
            "Kind regards\n\nInformation Governance Team\nAmbleford Council",
            "a team",
        ),
        (
            "Yours faithfully\n\nFOI Administrator\nCorporate Support Team",
            "Yours faithfully\n\nFOI Administrator\nCorporate Support Team",
            "an office",
        ),
        ("Jane Smith, Solicitor\nTel: 01632 960123", "[name], Solicitor\nTel: [telephone number]", "a name beside a telephone number"),
        ("Melton Green\nLE13 1GH\nTel: 01632 960123", "Melton Green\nLE13 1GH\nTel: [telephone number]", "an address, by its postcode"),
        ("Spoke to Dr Amina Khan today", "Spoke to Dr [name] today", "a title in running text"),
        (
            "Write to jane.smith@x.gov.uk. Jane Smith will reply.",
            "Write to [e-mail address]. [name] will reply.",
            "a name out of an address",
        ),
        ("foi (at) council.gov.uk", "[e-mail address]", "an address in words"),
        ("Call +44 (0)20 7946 0018 ext 12", "Call [telephone number]", "abroad's way of writing it"),
        ("020 7946 0018", "[telephone number]", "a number by itself"),
        ("There were 12,745 breaches and 01234 claims", "There were 12,745 breaches and 01234 claims", "figures are not telephone numbers"),
        ("Ref 0412 345 6789", "Ref 0412 345 6789", "no British number begins with 04"),
        ("£01234567890", "£01234567890", "a sum is not"),
        ("Ref 0123456789012345", "Ref 0123456789012345", "too long for one"),
        ("2016/17 0 2017/18 0 2018/19 0 2019/20 0", "2016/17 0 2017/18 0 2018/19 0 2019/20 0", "a row of noughts and years"),
    ],
)
def test_masks(text: str, wanted: str, why: str) -> None:
    assert masked(text) == wanted, why


def test_a_person_is_masked_wherever_named() -> None:
    text = "As Jane Smith told you before.\n\nYours sincerely\n\nJane Smith\nOfficer"
    assert "Jane" not in masked(text)


def test_known_people_are_masked_in_another_text() -> None:
    assert people("Yours sincerely\n\nJane Smith\n") == {"Jane Smith"}
    assert masked("Ask Jane Smith", also={"Jane Smith"}) == "Ask [name]"


def test_many_known_people_in_one_text() -> None:
    known = {f"{first} {last}" for first in ("Ada", "Ben", "Cy") for last in ("Quill", "O'Rourke", "Vane-Marsh")}
    assert masked("Ada Quill's note to Ben O'Rourke. Cy Vane-Marsh, Ada and Quillbrook Council", also=known) == (
        "[name]'s note to [name]. [name], Ada and Quillbrook Council"
    )


def test_places_are_not_people() -> None:
    text = "Yours sincerely\n\nMilton Keynes\n"
    assert masked(text) == "Yours sincerely\n\n[name]\n"
    assert masked(text, never=frozenset({"milton", "keynes", "council"})) == text


def test_masks_are_in_order_and_apart() -> None:
    found = find_personal("Jane Smith <jane.smith@x.gov.uk> 01632 960123\nYours sincerely\nJane Smith")
    assert found == sorted(found)
    assert all(a.end <= b.start for a, b in pairwise(found))
