"""What may be compared, and which kind of incident a description is. The descriptions are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.reference import categorise, comparable, incident_categories, measure, measures

NAMES = [one.name for one in measures()]


def test_a_measure() -> None:
    assert measure("compensation_paid_gbp").unit == "GBP" and measure("compensation_paid_gbp").kind == "money"
    with pytest.raises(FoiError, match="measure 'breaches' is not known: write one of breach_count"):
        measure("breaches")


@pytest.mark.parametrize("a", NAMES)
def test_a_measure_is_comparable_with_itself_unless_it_is_text(a: str) -> None:
    can, reason = comparable(a, a)
    assert can is (measure(a).kind in ("count", "money")) and reason


@pytest.mark.parametrize(
    ("a", "b", "word"),
    [
        ("breach_count", "incident_count", "incidents"),
        ("cyber_incident_count", "cyber_attack_count", "blocked"),
        ("breach_count", "ico_reported_count", "reported"),
        ("compensation_paid_gbp", "cost_gbp", "not compensation"),
        ("compensation_claim_count", "claims_count", "claims"),
    ],
)
def test_different_measures_are_kept_apart_with_a_reason(a: str, b: str, word: str) -> None:
    can, reason = comparable(a, b)
    assert not can and word in reason and "\n" not in reason


@given(st.sampled_from(NAMES), st.sampled_from(NAMES))
def test_comparing_goes_both_ways(a: str, b: str) -> None:
    assert comparable(a, b)[0] is comparable(b, a)[0]


def test_a_requests_own_measure_is_comparable_with_itself_only() -> None:
    assert comparable("potholes_mended", "potholes_mended")[0]
    assert not comparable("potholes_mended", "breach_count")[0] and not comparable("breach_count", "potholes_mended")[0]


ROWS = [
    ("Email sent to wrong recipient", "Data emailed to incorrect recipient"),
    ("Wrong attachment emailed to a client", "Data emailed to incorrect recipient"),
    ("Letter sent to wrong address", "Data posted or faxed to incorrect recipient"),
    ("Council tax bill posted to previous address", "Data posted or faxed to incorrect recipient"),
    ("Laptop stolen from car", "Loss/theft of device containing personal data"),
    ("Lost mobile phone", "Loss/theft of device containing personal data"),
    ("Unencrypted USB stick mislaid", "Loss/theft of device containing personal data"),
    ("Documents left on a train", "Loss/theft of paperwork or data left in insecure location"),
    ("Case file lost in the post", "Loss/theft of paperwork or data left in insecure location"),
    ("Report published without redaction of names", "Failure to redact"),
    ("Unredacted planning comments on the website", "Failure to redact"),
    ("Newsletter sent without using bcc", "Failure to use bcc"),
    ("Social worker told the wrong family", "Verbal disclosure of personal data"),
    ("Details left on an answerphone", "Verbal disclosure of personal data"),
    ("Officer accessed records without authority", "Unauthorised access (non-cyber)"),
    ("Member of staff looked up a neighbour without a business need", "Unauthorised access (non-cyber)"),
    ("Old computers sold without being wiped: disposal of hardware", "Incorrect disposal of hardware"),
    ("Confidential waste found in a skip", "Incorrect disposal of paperwork"),
    ("Phishing e-mail opened", "Phishing"),
    ("Ransomware attack", "Ransomware"),
    ("Virus infection", "Malware"),
    ("DDoS attack on the website", "Denial of service"),
    ("Brute-force attack on the gateway", "Brute force"),
    ("Folder permissions set incorrectly: misconfiguration", "Hardware/software misconfiguration"),
    ("E-mail account hacked", "Unauthorised access (cyber)"),
    ("", None),
    ("Data breach", None),
    ("Disclosed in error", None),
    ("Incident", None),
]


@pytest.mark.parametrize(("description", "category"), ROWS, ids=[row[0] for row in ROWS])
def test_categorise(description: str, category: str | None) -> None:
    assert categorise(description) == category


def test_two_categories_that_fit_equally_are_not_guessed() -> None:
    assert categorise("ransomware; phishing") is None


def test_unauthorised_access_alone_may_be_either_kind() -> None:
    assert categorise("Unauthorised access") is None


def test_a_category_by_its_own_name_is_itself() -> None:
    for category in incident_categories():
        if not category.name.startswith(("Not provided", "Other", "Unauthorised access")):
            assert categorise(category.name) == category.name


@given(st.text(max_size=200))
def test_every_answer_is_a_category_of_the_table(text: str) -> None:
    assert categorise(text) in {None, *(category.name for category in incident_categories())}
