"""Names and addresses of authorities in running text. Every text is made up."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.reference import authority, find_authorities_in, find_body_names, load_authorities

ROWS = [
    ("Eastleigh Borough Council\nEastleigh House", [("Eastleigh Borough Council", "E07000086", "certain")], "a letterhead"),
    ("Thank you for your request. Coventry City Council holds this.", [("Coventry City Council", "E08000026", "certain")], "in a sentence"),
    ("Dear Sir\nDevon County\nCouncil has considered", [("Devon County\nCouncil", "E10000008", "certain")], "broken over a line"),
    ("RUTLAND COUNTY COUNCIL", [("RUTLAND COUNTY COUNCIL", "E06000017", "certain")], "capitals"),
    ("RUTLAND CountyCouncil", [("RUTLAND CountyCouncil", "E06000017", "certain")], "a space lost"),
    ("from North Devon Council.", [("North Devon Council", "E07000043", "certain")], "the longer name, not Devon"),
    ("the City of York Council's answer", [("City of York Council", "E06000014", "certain")], "city of … council, possessive"),
    ("the London Borough of Tower Hamlets is", [("London Borough of Tower Hamlets", "E09000030", "certain")], "no word council"),
    ("The Royal Borough of Windsor and Maidenhead, Town Hall",
     [("Royal Borough of Windsor and Maidenhead", "E06000040", "certain")], "royal"),
    ("LB Lambeth replied", [("LB Lambeth", "E09000022", "certain")], "abbreviated"),
    ("Newry, Mourne and Down District Council wrote",
     [("Newry, Mourne and Down District Council", "N09000010", "certain")], "commas within"),
    ("Comhairle nan Eilean Siar", [("Comhairle nan Eilean Siar", "S12000013", "certain")], "Gaelic"),
    ("Greater Manchester Combined Authority", [("Greater Manchester Combined Authority", "E47000001", "certain")], "a combined authority"),
    ("Newcastle Council said", [("Newcastle Council", None, "ambiguous")], "two of them"),
    ("write to foi@dover.gov.uk or see www.kent.gov.uk/foi.",
     [("foi@dover.gov.uk", "E07000108", "certain"), ("www.kent.gov.uk", "E10000016", "certain")], "addresses"),
    ("https://edemocracy.coventry.gov.uk/x", [("edemocracy.coventry.gov.uk", "E08000026", "certain")], "a subdomain"),
    ("Kent County Council and Dover District Council",
     [("Kent County Council", "E10000016", "certain"), ("Dover District Council", "E07000108", "certain")], "two councils"),
    ("Springhill Swale Borough Council", [("Swale Borough Council", "E07000113", "likely")], "an unknown word before it"),
    ("Mid Norfolk County Council", [], "a direction before it makes it another name"),
    ("Rugby Town Council", [], "a town council is not the borough"),
    ("the Council has, and your council tax", [], "no name"),
    ("Kent County Councillor Jo Bloggs", [], "a councillor"),
    ("Northfold Borough Council", [], "no such council"),
    ("please see https://www.ico.org.uk and casework@ico.org.uk", [], "addresses of others"),
    ("District Council", [], "a kind without a name"),
    ("Adur and Worthing Councils", [], "two at once"),
    ("", [], "nothing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[row[2] for row in ROWS])
def test_found_in_text(text: str, expected: list[tuple[str, str | None, str]], why: str) -> None:
    found = find_authorities_in(text)
    assert [(text[start:end], match.code, match.certainty) for start, end, match in found] == expected


def test_the_date_picks_the_body() -> None:
    ((_, _, match),) = find_authorities_in("Somerset County Council", on=date(2024, 1, 1))
    assert (match.code, match.how) == ("E06000066", "successor")


def test_own_bodies_are_found_without_any_anchor(tmp_path: Path) -> None:
    rows = "code,name,aliases\nXWP,Wexmoor Police,Wexmoor Constabulary\nXNB,Northfold Borough Council,\n"
    (tmp_path / "own.csv").write_text(rows, encoding="utf-8")
    own = load_authorities(tmp_path / "own.csv")
    text = "Wexmoor  Police\nto Northfold Borough Council and Dover District Council"
    assert [match.code for _, _, match in find_authorities_in(text, extra=own)] == ["XWP", "XNB", "E07000108"]
    assert [match.code for _, _, match in find_authorities_in(text)] == ["E07000108"]


BODIES = [
    ("West Midlands Police\nPO Box 52", ["West Midlands Police"]),
    ("Avon and Somerset Constabulary holds", ["Avon and Somerset Constabulary"]),
    ("Royal Surrey NHS Foundation Trust", ["Royal Surrey NHS Foundation Trust"]),
    ("Leeds Teaching Hospitals NHS Trust.", ["Leeds Teaching Hospitals NHS Trust"]),
    ("North Yorkshire Fire & Rescue Service", ["North Yorkshire Fire and Rescue Service"]),
    ("Borders College", ["Borders College"]),
    ("HMRC and HM Revenue & Customs", ["HM Revenue and Customs", "HM Revenue and Customs"]),
    ("PSNI", ["Police Service of Northern Ireland"]),
    ("The National Archives", ["The National Archives"]),
    ("Social Security Scotland, Transport Scotland", ["Social Security Scotland", "Transport Scotland"]),
    ("the Scottish Government", ["Scottish Government"]),
    ("Department for Work and Pensions", ["Department for Work and Pensions"]),
    ("Dear Kent Police", ["Kent Police"]),
    ("misuse of Police computers", []),
    ("Misuse of Police computers", []),
    ("Kent Police Officers were told", []),
    ("the Police and the University", []),
    ("our NHS Trust", []),
    ("a College of Further Education", []),
    ("Information Police", []),
]


@pytest.mark.parametrize(("text", "names"), BODIES, ids=[row[0] for row in BODIES])
def test_bodies_by_the_pattern_of_their_names(text: str, names: list[str]) -> None:
    found = find_body_names(text)
    assert [match.name for _, _, match in found] == names
    assert all(match.code is None and match.how == "pattern" and match.certainty == "likely" for _, _, match in found)


WORDS = st.sampled_from(
    ["Council", "council", "Kent", "County", "Borough", "of", "City", "and", "London", "\n", ",", "@", "www.", "kent.gov.uk", "North",
     "Police", "NHS", "Trust", "İ", "ß", "’s", "the", ".", "(", "LB", "University", "Newcastle"]
)  # fmt: skip


@given(st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80))
def test_spans_are_in_order_and_hold_the_words(text: str) -> None:
    for finder in (find_authorities_in, find_body_names):
        end = 0
        for begin, finish, match in finder(text):
            assert end <= begin < finish <= len(text)
            assert text[begin:finish].strip() == text[begin:finish]
            assert match.code is None or authority(match.code).name == match.name
            end = finish


@pytest.mark.parametrize("piece", [
    "Council ", "of and ", "City of ", "A", "@", "www.a.", "North and ", "NHS ", "Kent County Council ", "\n", "a.b-",
])  # fmt: skip
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = time.perf_counter()
    find_authorities_in(text)
    find_body_names(text)
    assert time.perf_counter() - began < 8  # a pattern that backtracks would take hours


def test_authorities_of_the_labelled_letters(shared: Path) -> None:
    import json

    letters = sorted((shared / "letters").rglob("*.labels.json"))
    assert len(letters) > 50
    wrong = []
    for labels in letters:
        named = json.loads(labels.read_text(encoding="utf-8")).get("authority")
        text = labels.with_name(labels.name.replace(".labels.json", ".txt")).read_text(encoding="utf-8")
        if named and "Council" in named:
            sure = [match.code for _, _, match in find_authorities_in(text) if match.certainty == "certain"]
            if sure and sure[0] != next(iter(find_authorities_in(named)))[2].code:
                wrong.append(labels.name)
    assert wrong == []
