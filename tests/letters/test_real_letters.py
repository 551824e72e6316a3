"""The three real letters, read from the shared folder; none of their text is kept here."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from foi_lib.documents import read_document
from foi_lib.letters import Answer, Letter, read_letter

from . import score_letters
from .said import evidence_holds, of

FOLDER = {"eastleigh": "2018-data-breaches", "rutland": "2018-data-breaches", "coventry": "2024-data-breaches"}


@pytest.fixture(scope="module")
def letters(shared: Path) -> dict[str, Letter]:
    return {name: read_letter(read_document(shared / "letters" / folder / f"{name}.txt")) for name, folder in FOLDER.items()}


def the(letters: dict[str, Letter], council: str, question: str) -> Answer:
    (answer,) = of(letters[council], question)
    return answer


@pytest.mark.slow
def test_every_share_is_whole(shared: Path) -> None:
    shares = score_letters.score(*score_letters.groups()["real"])["figures"]
    assert shares.pop("silent errors") == 0.0
    sizes = {name: shares.pop(name) for name in ("letters", "review rate", "labelled answers", "labelled figures")}
    assert sizes["letters"] == len(FOLDER)
    assert set(shares.values()) == {1.0}, shares


@pytest.mark.parametrize(
    ("council", "authority", "code", "reference", "received", "responded"),
    [
        ("eastleigh", "Eastleigh Borough Council", "E07000086", None, "2018-01-14", None),  # "received on 14/01/18", never dated
        ("rutland", "Rutland County Council", "E06000017", "57/18", None, "2018-01-24"),  # a date alone on a line
        ("coventry", "Coventry City Council", "E08000026", "FOI598417180", None, "2024-04-05"),  # "Request ID:"
    ],
)
def test_header(letters: dict[str, Letter], council: str, authority: str, code: str, reference: str, received: str, responded: str) -> None:
    letter = letters[council]
    assert (letter.authority, letter.authority_code, letter.reference) == (authority, code, reference)
    assert (letter.received_on, letter.responded_on, letter.regime) == (received, responded, "FOIA")
    assert letter.problems == []


@pytest.mark.parametrize("council", FOLDER)
def test_every_quote_is_in_the_letter(letters: dict[str, Letter], council: str) -> None:
    assert evidence_holds(letters[council])


YEAR = ("2017-01-01", "2017-12-31")


@pytest.mark.parametrize(
    ("council", "question", "outcome", "value", "qualifier"),
    [
        ("eastleigh", "1", "disclosed", 2, "known"),  # "2 known"
        ("eastleigh", "2", "not_applicable", None, None),  # "N/a"
        ("eastleigh", "3", "nil", 0, "known"),  # "None known"
        ("eastleigh", "3.2", "not_applicable", None, None),
        ("rutland", "1", "disclosed", 6, None),
        ("rutland", "1.2", "disclosed", None, None),  # a table of incidents is no figure
        ("rutland", "2", "disclosed", 6, None),
        ("rutland", "3", "withheld", None, None),
        ("rutland", "3.2", "not_applicable", None, None),
    ],
)
def test_one_year_of_answers(
    letters: dict[str, Letter], council: str, question: str, outcome: str, value: int | None, qualifier: str | None
) -> None:
    answer = the(letters, council, question)
    assert (answer.outcome, answer.value, answer.qualifier, answer.breakdown) == (outcome, value, qualifier, None)
    assert (answer.period_start, answer.period_end, answer.period_kind) == (*YEAR, "calendar_year")


def test_malformed_citation_is_kept_and_read(letters: dict[str, Letter]) -> None:
    answer = the(letters, "eastleigh", "1.2")
    assert (answer.outcome, answer.provisions, answer.as_cited) == ("withheld", ["s31(1)(a)"], ["Section 31(a)"])
    assert answer.review_reasons == ["provision_malformed"]
    assert answer.citations[0].malformed and answer.citations[0].pit_found


def test_same_as_another_point_takes_its_refusal(letters: dict[str, Letter]) -> None:
    answer = the(letters, "eastleigh", "2.2")
    assert (answer.outcome, answer.provisions, answer.refers_to) == ("withheld", ["s31(1)(a)"], "1.2")
    assert answer.quote == "Same as point (1.2)"
    assert answer.review_reasons == ["provision_malformed"]


def test_table_of_incidents(letters: dict[str, Letter]) -> None:
    incidents = letters["rutland"].incidents
    assert Counter(i.kind for i in incidents) == {"incident": 6, "breach": 6}  # codes I and B, over a gap in the middle
    assert [(i.kind, i.date, i.department) for i in incidents if i.date_precision != "day"] == [("breach", "2017-08", "Social Care")]
    assert all(i.date and i.date.startswith("2017-") and i.department and i.description for i in incidents)
    assert len({i.start for i in incidents}) == len(incidents)


def test_rows_agree_with_the_two_sixes(letters: dict[str, Letter]) -> None:
    for question in ("1", "2"):
        assert the(letters, "rutland", question).review_reasons == []
    answer = the(letters, "rutland", "2.2")
    assert (answer.refers_to, answer.outcome, answer.measure) == ("1.2", "disclosed", "incident_details")


def test_refusal_that_speaks_of_confirming_is_for_a_person(letters: dict[str, Letter]) -> None:
    answer = the(letters, "rutland", "3")
    assert (answer.provisions, answer.review_reasons) == (["s31"], ["ncnd_hint"])
    assert answer.citations[0].pit_found is False


def test_links_elsewhere(letters: dict[str, Letter]) -> None:
    answer = the(letters, "coventry", "1")
    assert (answer.outcome, answer.provisions) == ("already_accessible", ["s21"])
    assert len(answer.links) == 2 and all(link.startswith("https://") for link in answer.links)


def test_neither_confirmed_nor_denied(letters: dict[str, Letter]) -> None:
    answer = the(letters, "coventry", "1a")
    assert (answer.outcome, answer.measure) == ("neither_confirmed_nor_denied", "cyber_incident_count")
    limb = next(c for c in answer.citations if c.provision == "s31(3)")
    assert limb.ncnd and limb.pit_found
    assert "public interest" in letters["coventry"].text[limb.pit_start : limb.pit_end].lower()


def test_three_financial_years_of_money(letters: dict[str, Letter]) -> None:
    answers = of(letters["coventry"], "2")
    assert [(a.value, a.outcome, a.quote) for a in answers] == [
        (10750, "disclosed", "£10,750"),
        (0, "nil", "Nil"),
        (81250, "disclosed", "£81,250"),
    ]
    assert [(a.period_start, a.period_end) for a in answers] == [(f"{y}-04-01", f"{y + 1}-03-31") for y in (2021, 2022, 2023)]
    assert {(a.measure, a.unit, a.needs_review) for a in answers} == {("compensation_paid_gbp", "GBP", False)}


def test_no_number_is_left_over(letters: dict[str, Letter]) -> None:
    assert all(letter.unread == [] for letter in letters.values())
