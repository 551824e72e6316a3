"""One row a name: as people write it, and whom it means. What could mean two bodies must not be called certain."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.errors import FoiError
from foi_lib.reference import AuthorityMatch, authorities, authority, find_authority, load_authorities, slug

CERTAIN = [
    ("Dudley Council", "E08000027", "no mention of its being a metropolitan borough"),
    ("Dudley MBC", "E08000027", "abbreviated"),
    ("St Albans District Council", "E07000240", "half of 'City and District'"),
    ("St. Albans", "E07000240", "a stop"),
    ("City of Edinburgh Council", "S12000036", "city in front"),
    ("Edinburgh City Council", "S12000036", "city behind"),
    ("Rutland CountyCouncil", "E06000017", "a space lost"),
    ("RUTLAND COUNTY COUNCIL", "E06000017", "capitals"),
    ("Brighton Hove", "E06000043", "'and' lost"),
    ("Brighton & Hove City Council", "E06000043", "ampersand"),
    ("LB Lambeth", "E09000022", "London Borough, abbreviated"),
    ("Lambeth Council", "E09000022", "as it calls itself"),
    ("Royal Borough of Kensington & Chelsea", "E09000020", "royal borough"),
    ("Newcastle upon Tyne", "E08000021", "the whole place name"),
    ("Newcastle City Council", "E08000021", "the one of the two that is a city"),
    ("Newcastle-under-Lyme", "E07000195", "hyphens"),
    ("Newcastle Under Lyme Borough Council", "E07000195", "capitals, no hyphens"),
    ("Devon County Council", "E10000008", "the county"),
    ("North Devon Council", "E07000043", "the district"),
    ("North Devon", "E07000043", "its place"),
    ("Kingston upon Hull City Council", "E06000010", "the long name"),
    ("Durham County Council", "E06000047", "the full name tells it from Durham City Council"),
    ("Durham City Council", "LOCAL-20UE", "and the other way round"),
    ("Somerset County Council", "E10000027", "abolished, and named in full"),
    ("Telford & Wrekin", "E06000020", "ampersand"),
    ("King's Lynn and West Norfolk", "E07000146", "apostrophe"),
    ("Ynys Môn", "W06000001", "Welsh, with an accent"),
    ("Cyngor Gwynedd", "W06000002", "Welsh"),
    ("Western Isles Council", "S12000013", "English for Comhairle nan Eilean Siar"),
    ("Comhairle nan Eilean Siar", "S12000013", "Gaelic"),
    ("Armagh City, Banbridge and Craigavon Borough Council", "N09000002", "commas"),
    ("BCP Council", "E06000058", "as it calls itself"),
    ("NE Lincolnshire Council", "E06000012", "compass points abbreviated"),
    ("West Lancs Borough Council", "E07000127", "a county abbreviated"),
    ("York Council", "E06000014", "no other council of York"),
    ("Wirral Metropolitan Borough Council", "E08000015", "what the law calls it"),
    ("E07000086", "E07000086", "a GSS code"),
    ("E07000100", "E07000240", "a former GSS code"),
    ("foi@eastleigh.gov.uk", "E07000086", "an e-mail address"),
    ("Foi.Team@Info.SouthKesteven.gov.uk", "E07000141", "a subdomain, and capitals"),
    ("www.coventry.gov.uk", "E08000026", "a web address"),
    ("https://www.bathnes.gov.uk/foi", "E06000022", "a domain that does not follow from the name"),
    ("nuneatonandbedworth.gov.uk", "E07000219", "joined names"),
    ("request@brighton-hove.gov.uk", "E06000043", "hyphen for 'and'"),
    ("foi@fermanaghomagh.com", "N09000006", "no gov.uk at all"),
]


@pytest.mark.parametrize(("text", "code", "why"), CERTAIN, ids=[row[0] for row in CERTAIN])
def test_certain(text: str, code: str, why: str) -> None:
    match = find_authority(text)
    assert match is not None, why
    assert (match.code, match.certainty) == (code, "certain"), why
    assert match.name == authority(code).name and match.candidates == (code,)


LIKELY = [
    ("Middlesborough", "E06000002", "spelling", "a letter too many, as everybody writes it"),
    ("Middlesborough Council", "E06000002", "spelling", "the same"),
    ("Nort Devon", "E07000043", "spelling", "a letter lost"),
    ("Eastliegh Borough Council", "E07000086", "spelling", "two letters changed over"),
    ("Hull County Council", "E06000010", "place name", "no county council of that name"),
    ("Cornwall County Council", "E06000052", "place name", "its name until 2009"),
    ("Telford Council", "E06000020", "part of name", "the first half of its name"),
    ("Hove Council", "E06000043", "part of name", "the second half"),
    ("Bath", "E06000022", "part of name", "a bare first half"),
    ("Devon Council", "E10000008", "place name", "the county, most likely, but there is a North Devon Council"),
    ("Somerset", "E06000066", "place name", "today's council; the county council of that name has ended"),
    ("Corby", "E07000150", "place name", "abolished: a date would say more"),
    ("Greater London Council", "E61000001", "name", "abolished in 1986: at most likely"),
    ("Telford Borough Council", "E06000020", "part of name", "people say borough of many councils"),
    ("West Midlands", "E47000007", "place name", "a combined authority, but also a region"),
    ("Information Governance Team, Coventry City Council, Earl Street", "E08000026", "part of text", "a letterhead on one line"),
    ("northyorks.gov.uk", "E06000065", "domain", "the county council's once, the unitary's now"),
]


@pytest.mark.parametrize(("text", "code", "how", "why"), LIKELY, ids=[row[0] for row in LIKELY])
def test_likely(text: str, code: str, how: str, why: str) -> None:
    match = find_authority(text)
    assert match is not None, why
    assert (match.code, match.how, match.certainty) == (code, how, "likely"), why
    assert code in match.candidates


AMBIGUOUS = [
    ("Newcastle", {"E08000021", "E07000195"}, "upon Tyne or under Lyme"),
    ("Newcastle Council", {"E08000021", "E07000195"}, "the same"),
    ("Newcastle Borough Council", {"E08000021", "E07000195"}, "Lyme's is a borough, but Tyne's is called a metropolitan borough too"),
    ("Durham", {"E06000047", "LOCAL-20UE"}, "county and district of one name"),
    ("Durham Council", {"E06000047", "LOCAL-20UE"}, "the same"),
    ("Devon District Council", {"E10000008", "E07000040", "E07000042", "E07000043", "E07000047"}, "four districts hold the word"),
    ("Leicester County Council", {"E06000016", "E10000018"}, "Leicester is a city, Leicestershire a county"),
    ("Nottinghamshire City Council", {"E06000018", "E10000024"}, "the same the other way round"),
    ("Sussex County Council", {"E10000011", "E10000032"}, "East or West"),
    ("Kingston Council", {"E06000010", "E09000021"}, "upon Thames or upon Hull"),
    ("Bournemouth Council", {"E06000028", "E06000058"}, "the borough until 2019, or Bournemouth, Christchurch and Poole since"),
    ("foi@adur-worthing.gov.uk", {"E07000223", "E07000229"}, "two councils share the domain"),
    ("Kent County Council and Medway Council", {"E10000016", "E06000035"}, "two are named"),
]


@pytest.mark.parametrize(("text", "codes", "why"), AMBIGUOUS, ids=[row[0] for row in AMBIGUOUS])
def test_ambiguous(text: str, codes: set[str], why: str) -> None:
    match = find_authority(text)
    assert match is not None, why
    assert match.certainty == "ambiguous" and match.code is None and match.name is None, why
    assert set(match.candidates) == codes, why


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "Council", "Borough Council", "the Council", "Police", "Kent Police", "Greater Manchester Police",
        "Northfold District Council",
        "Barchester City Council", "North", "Three", "London", "jo@example.org", "www.ico.org.uk", "casework@ico.org.uk", "E99999999",
        "nationalarchives.gov.uk", "newforestnpa.gov.uk", "x" * 5000, "Rugby Football Union", "East Yorkshire Council",
        # bodies that there are, or were, and that are no council of this register
        "Lancashire Combined County Authority", "Devon and Torbay Combined County Authority", "Cleveland County Council",
        "Berkshire County Council", "Salisbury City Council", "City of Durham Parish Council", "Christchurch City Council", "Great Council",
        "Hartford City Council", "Hartford", "West Ayrshire Council", "Rugby Town Council", "Warwick University", "Devon and Cornwall",
        "Adur and Worthing Councils",
    ],
)  # fmt: skip
def test_none(text: str) -> None:
    assert find_authority(text) is None


DATED = [
    ("Somerset", "2020-01-01", "E10000027", "certain", "the county council until 31 March 2023"),
    ("Somerset", "2023-04-01", "E06000066", "certain", "the unitary council since"),
    ("Dorset", "2019-03-31", "E10000009", "certain", "last day"),
    ("Dorset", "2019-04-01", "E06000059", "certain", "first day"),
    ("Durham", "2012-06-01", "E06000047", "certain", "the city council had gone"),
    ("Bournemouth", "2018-01-01", "E06000028", "certain", "the borough"),
    ("Bournemouth", "2020-01-01", "E06000058", "likely", "its successor"),
    ("Corby Borough Council", "2022-01-01", "E06000061", "likely", "a letter under the old name: the successor"),
    ("Taunton Deane", "2024-01-01", "E06000066", "likely", "the successor's successor"),
    ("Buckinghamshire Council", "2018-05-01", "E10000002", "likely", "not yet made: the county council of the place"),
    ("foi@somerset.gov.uk", "2020-01-01", "E10000027", "certain", "the domain went over"),
    ("Durham County Council", "2008-01-01", "E06000047", "likely", "its row begins in 2009, and it is the same council"),
    ("E07000150", "2022-01-01", "E06000061", "likely", "a code of an abolished council"),
]


@pytest.mark.parametrize(("text", "on", "code", "certainty", "why"), DATED, ids=[f"{row[0]} {row[1]}" for row in DATED])
def test_a_date_picks_the_body_of_its_day(text: str, on: str, code: str, certainty: str, why: str) -> None:
    match = find_authority(text, on=date.fromisoformat(on))
    assert match is not None and (match.code, match.certainty) == (code, certainty), why


def test_dates_and_cells_of_every_make_are_taken() -> None:
    for day in ("2020-01-01", datetime(2020, 1, 1, 12), pd.Timestamp("2020-01-01")):
        match = find_authority("Somerset", on=day)
        assert match is not None and match.code == "E10000027"
    assert find_authority("Somerset", on=pd.NaT) == find_authority("Somerset")
    assert find_authority(float("nan")) is None and find_authority(None) is None  # type: ignore[arg-type]


def test_a_county_that_became_two_is_ambiguous_afterwards() -> None:
    match = find_authority("Cumbria County Council", on=date(2024, 1, 1))
    assert match == AuthorityMatch(None, None, "successor", "ambiguous", ("E06000063", "E06000064"))


@pytest.mark.parametrize("body", authorities(), ids=lambda body: body.code)
def test_every_official_name_finds_its_body(body) -> None:  # type: ignore[no-untyped-def]
    match = find_authority(body.name)
    assert match is not None and match.code == body.code and match.certainty == "certain"


def test_no_name_or_alias_is_certainly_another_body() -> None:
    for body in authorities():
        for name in (body.short_name, *body.aliases, *body.domains):
            match = find_authority(name)
            assert match is not None, f"{body.name}: {name}"
            assert match.code == body.code or match.certainty != "certain", f"{name}: {match}"
            assert body.code in match.candidates or any(code in match.candidates for code in body.successors), f"{name}: {match}"


def test_only_what_is_certain() -> None:
    names = [name for body in authorities()[::7] for name in (body.name, body.short_name, f"{body.short_name} Council", body.name[1:])]
    found = {name: find_authority(name) for name in [*names, "press@camden.gov.uk", "E06000017", "the reply of Camden Council to you"]}
    sure = {name: match if match and match.certainty == "certain" else None for name, match in found.items()}
    assert {name: find_authority(name, certain=True) for name in found} == sure
    assert None in sure.values() and any(match and not sure[name] for name, match in found.items())


def test_no_misspelling_by_one_letter_is_certainly_wrong() -> None:
    for body in authorities():
        for at in range(0, len(body.name), 2):
            match = find_authority(body.name[:at] + body.name[at + 1 :])
            assert match is None or match.certainty != "certain" or match.code == body.code, body.name[:at] + body.name[at + 1 :]


@given(st.text(max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    match = find_authority(text)
    assert match is None or (match.certainty == "ambiguous") == (match.code is None)


# ---- a user's own bodies


def _file(folder: Path, text: str) -> Path:
    path = folder / "authorities.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_own_bodies_are_found_beside_the_register(tmp_path: Path) -> None:
    own = load_authorities(_file(tmp_path, (
        "code,name,short_name,aliases,tier,nation,domains,source\n"
        "XNB,Northfold Borough Council,Northfold,Northfold BC,lower,England,northfold.example.org,made up\n"
        'XWP,"Wexmoor Police",Wexmoor Police,,police,Wales,,made up\n'
    )))  # fmt: skip
    assert [body.code for body in own] == ["XNB", "XWP"] and own[0].aliases == ("Northfold BC",)
    for text in ("Northfold", "Northfold Council", "northfold bc", "foi@northfold.example.org"):
        match = find_authority(text, extra=own)
        assert match is not None and (match.code, match.certainty) == ("XNB", "certain"), text
    match = find_authority("Wexmoor Police", extra=own)
    assert match is not None and match.code == "XWP"
    assert find_authority("Northfold Council") is None  # and is not remembered without them
    match = find_authority("Eastleigh Borough Council", extra=own)
    assert match is not None and match.code == "E07000086"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("name\nNorthfold\n", "line 1: no column 'code'"),
        ("code,name,nation\nXNB,Northfold,Narnia\n", "line 2: nation 'Narnia' is not one of England"),
        ("code,name\nXNB,Northfold\nXNB,Southfold\n", "line 3: code 'XNB' stands on line 2 too"),
        ("code,name\nXNB,\n", "line 2: name is empty"),
        ("code,name\nE07000086,Northfold\n", "line 2: code 'E07000086' is already Eastleigh Borough Council's"),
        ("code,name,population\nXNB,Northfold,many\n", "line 2: population 'many' is not a whole number"),
        ("code,name,start\nXNB,Northfold,1/4/2019\n", "line 2: start: '1/4/2019' is not a date"),
        ("code,name,colour\nXNB,Northfold,red\n", "line 1: column 'colour' is not known"),
        ("code,name,name\nXNB,a,b\n", "line 1: column 'name' stands there twice"),
        ("code,name\nXNB,Newry, Mourne and Down\n", "line 2: more cells than the header"),
    ],
)
def test_a_bad_list_is_named_by_file_and_line(tmp_path: Path, text: str, words: str) -> None:
    path = _file(tmp_path, text)
    with pytest.raises(FoiError) as caught:
        load_authorities(path)
    assert str(caught.value).startswith(str(path)) and words in str(caught.value) and "\n" not in str(caught.value)


def test_a_list_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(FoiError, match="cannot be read"):
        load_authorities(tmp_path / "none.csv")
    (tmp_path / "latin.csv").write_bytes("code,name\nX,Ynys M\xf4n\n".encode("latin-1"))
    with pytest.raises(FoiError, match="is not UTF-8"):
        load_authorities(tmp_path / "latin.csv")


# ---- by code, and for file names


def test_by_code() -> None:
    assert authority("e07000086 ").population == 135520 and authority("E07000086").population_year == 2020
    assert authority("E07000100").code == "E07000240"
    with pytest.raises(FoiError, match="no authority has the code 'X1'"):
        authority("X1")


@pytest.mark.parametrize(
    ("name", "made"),
    [
        ("Hammersmith & Fulham", "hammersmith-and-fulham"), ("St. Helens Council", "st-helens-council"), ("King's Lynn", "kings-lynn"),
        ("Ynys Môn", "ynys-mon"), ("  a / b  ", "a-b"), ("…", "unnamed"), ("../../etc", "etc"),
    ],
)  # fmt: skip
def test_slug(name: str, made: str) -> None:
    assert slug(name) == made


def test_slugs_of_the_register_are_all_different() -> None:
    assert len({slug(body.name) for body in authorities()}) == len(authorities())
