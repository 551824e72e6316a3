"""answers.csv, incidents.csv and published.csv: each bad row is one line that says what would be right, and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foi_lib.keyed import Keyed, read_keyed
from foi_lib.request import load_request

GOOD = "Wexcombe Council,1,,,disclosed,6,,,\n"
HEADER = "authority,question,measure,period,outcome,value,low,high,provisions\n"


def read(folder: Path, rows: str, header: str = HEADER, file: str = "answers.csv") -> Keyed:
    (folder / file).write_text(header + rows, encoding="utf-8")
    return read_keyed(load_request(folder))


def told(keyed: Keyed) -> str:
    assert len(keyed.problems) == 1, keyed.problems
    file, _, line = keyed.problems[0]
    assert "\n" not in line
    return f"{file} {line}"


def test_a_good_row(folder: Path) -> None:
    keyed = read(folder, GOOD)
    assert keyed.problems == []
    (answer,) = keyed.answers
    assert answer.authority.code == "X2"
    expected = {"question": "1", "measure": "breach_count", "kind": "count", "outcome": "disclosed", "value": 6.0, "low": 6.0, "high": 6.0,
                "period_start": "2023-01-01", "period_end": "2023-12-31", "unit": "count", "source": "keyed"}  # fmt: skip
    assert {name: answer.row[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Wexcombe Council,1,,,,6,,,", ("disclosed", 6.0, 6.0, 6.0)),  # a figure says by itself that it was disclosed
        ("Wexcombe Council,1,,,,0,,,", ("nil", 0.0, 0.0, 0.0)),
        ("Wexcombe Council,1,,,nil,,,,", ("nil", 0.0, 0.0, 0.0)),
        ('Wexcombe Council,1,,,,"1,234",,,', ("disclosed", 1234.0, 1234.0, 1234.0)),
        ('Wexcombe Council,2,,2021/22,,"£1,234.50",,,', ("disclosed", 1234.5, 1234.5, 1234.5)),
        ("Wexcombe Council,1,,,suppressed,,1,4,", ("suppressed", None, 1.0, 4.0)),
        ("Wexcombe Council,1.10,,,nil,,,,", ("nil", None, None, None)),  # "none" to a question that is not a count
        ("Wexcombe Council,1,,,withheld,,,,s31(1)(a)", ("withheld", None, None, None)),
        ("X2,1,,,not_applicable,,,,", ("not_applicable", None, None, None)),  # the code in the place of the name
    ],
)
def test_rows_that_are_right(folder: Path, row: str, expected: tuple[object, ...]) -> None:
    keyed = read(folder, row + "\n")
    assert keyed.problems == []
    assert tuple(keyed.answers[0].row[name] for name in ("outcome", "value", "low", "high")) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("6", ("disclosed", 6.0, None)),
        ("2 known", ("disclosed", 2.0, "known")),
        ("None known", ("nil", 0.0, "known")),
        ("N/a", ("not_applicable", None, None)),
    ],
)
def test_words_are_read_by_the_reader_of_letters(folder: Path, words: str, expected: tuple[object, ...]) -> None:
    keyed = read(folder, f"Wexcombe Council,1,{words}\n", "authority,question,answer\n")
    assert keyed.problems == []
    row = keyed.answers[0].row
    assert (row["outcome"], row["value"], row["qualifier"]) == expected
    assert row["quote"] == words


def test_a_refusal_in_words_brings_its_provision(folder: Path) -> None:
    keyed = read(folder, "Wexcombe Council,1,Refused under section 12 (cost)\n", "authority,question,answer\n")
    assert (keyed.answers[0].row["outcome"], keyed.answers[0].row["provisions"]) == ("cost_limit", ["s12"])


@pytest.mark.parametrize(
    ("words", "part"), [("banana", "was not understood for certain"), ("2017: 4, 2018: 5", "read as 2 answers: give each a row of its own")]
)
def test_words_that_are_not_plain_are_for_the_person(folder: Path, words: str, part: str) -> None:
    assert part in told(read(folder, f'Wexcombe Council,1,"{words}"\n', "authority,question,answer\n"))


@pytest.mark.parametrize(
    ("row", "parts"),
    [
        (",1,,,disclosed,6,,,", ("authority is empty",)),
        ("Wexcomb Councl,1,,,disclosed,6,,,", ("'Wexcomb Councl' is not known", "Wexcombe Council")),
        ("Wexcombe Council,,,,disclosed,6,,,", ("question is empty", "request.yaml")),
        ("Wexcombe Council,7,,,disclosed,6,,,", ("question '7' is not in request.yaml", "1, 1.10, 2")),
        ("Wexcombe Council,11.0,,,disclosed,6,,,", ("'11.0'", "did you mean '1.10'?")),
        ("Wexcombe Council,1,breach_cnt,,disclosed,6,,,", ("'breach_cnt' is not known", "'breach_count'")),
        ("Wexcombe Council,1,,FY23,disclosed,6,,,", ("period: 'FY23' is not a period", "'2021/22'")),
        ("Wexcombe Council,1,,,disclosd,6,,,", ("outcome 'disclosd' is not known", "'disclosed'")),
        ("Wexcombe Council,1,,,,,,,", ("outcome is empty", "withheld")),
        ("Wexcombe Council,1,,,disclosed,,,,", ("'disclosed' without a value",)),
        ("Wexcombe Council,1,,,disclosed,six,,,", ("value 'six' is not a number", "1234")),
        ("Wexcombe Council,1,,,disclosed,1O,,,", ("value '1O' is not a number",)),  # the letter O
        ("Wexcombe Council,1,,,disclosed,\"1,23\",,,", ("'1,23' is not a number",)),  # 123, or 1.23?
        ("Wexcombe Council,1,,,disclosed,-6,,,", ("'-6' is below nought",)),
        ("Wexcombe Council,1,,,nil,6,,,", ("'nil' has the value 6",)),
        ("Wexcombe Council,1,,,withheld,6,,,", ("'withheld' has a figure beside it (6)",)),
        ("Wexcombe Council,1,,,suppressed,,,,", ("'suppressed' without high", "'<5'")),
        ("Wexcombe Council,1,,,suppressed,,4,1,", ("low, value, high are 4, 1", "should rise")),
        ("Wexcombe Council,1,,,withheld,,,,Section 31", ("provision 'Section 31'", "s31(1)(a)")),
        ("Wexcombe Council,1,,,disclosed,6,,,,,surplus", ("11 cells under 9 columns", "quotation marks")),
    ],
)  # fmt: skip
def test_a_bad_row_is_one_line_and_the_rest_goes_on(folder: Path, row: str, parts: tuple[str, ...]) -> None:
    keyed = read(folder, f"{GOOD}\n{row}\n{GOOD}")  # the empty line counts: a spreadsheet's row 4
    line = told(keyed)
    assert line.startswith("answers.csv line 4: ")
    assert all(part in line for part in parts), line
    assert len(keyed.answers) == 2


DATES = "authority,question,outcome,value,received_on,responded_on,source_url\n"


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("Wexcombe Council,1,,6,24/01/2018,,", "received_on '24/01/2018' is not a date; write year-month-day"),  # what Excel makes of it
        ("Wexcombe Council,1,,6,2018-02-30,,", "received_on '2018-02-30' is not a date"),
        ("Wexcombe Council,1,,6,2018-02-03,2018-02-01,", "responded_on (2018-02-01) is before received_on (2018-02-03)"),
        ("Wexcombe Council,1,,6,,,the paper", "source_url 'the paper' is not a web address"),
        ("Wexcombe Council,1,,6,,,javascript:alert(1)", "is not a web address"),
    ],
)
def test_dates_and_addresses(folder: Path, row: str, part: str) -> None:
    assert part in told(read(folder, row + "\n", DATES))


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"authority;question;value\nWexcombe Council;1;6\n", "parted by semicolons"),  # a spreadsheet of another country
        (b"council,question\n", "no column 'authority'"),
        (b"authority,question,question\n", "'question' stands twice"),
        (b"authority,question\nCaf\xe9,1\n", "CSV UTF-8"),
        (b'authority,question,outcome\n"Wexcombe Council,1,nil\n', "not CSV"),
        (b"authority,question,outcom\n", "unknown column 'outcom', which was not read; did you mean 'outcome'?"),
    ],
)
def test_a_bad_file_is_told(folder: Path, content: bytes, part: str) -> None:
    (folder / "answers.csv").write_bytes(content)
    assert part in told(read_keyed(load_request(folder)))


def test_typed_words_for_nothing_are_words(folder: Path) -> None:
    """NA, None and N/A are what somebody typed, and no reader of ours may turn them into an empty cell."""
    for word in ("NA", "None", "N/A", "null", "nan"):
        assert f"value '{word}' is not a number" in told(read(folder, f"Wexcombe Council,1,,,disclosed,{word},,,\n"))


def test_name_and_code_must_agree(folder: Path) -> None:
    header = "authority,authority_code,question,value\n"
    assert "are not the same body" in told(read(folder, "Wexcombe Council,X1,1,6\n", header))
    assert "authority_code" in told(read(folder, "Wexcombe Council,Z9,1,6\n", header))


def test_line_numbers_after_a_cell_of_several_lines(folder: Path) -> None:
    keyed = read(folder, 'Wexcombe Council,1,6,"two\nlines"\nNowhere,1,6,\n', "authority,question,value,note\n")
    assert told(keyed).startswith("answers.csv line 4: ")
    assert keyed.answers[0].row["note"] == "two\nlines"
    keyed = read(folder, 'Nowhere,1,6,"two\nlines"\n', "authority,question,value,note\n")
    assert told(keyed).startswith("answers.csv line 2: ")  # where the row begins


def test_provisions_as_cited(folder: Path) -> None:
    header = "authority,question,outcome,provisions,as_cited,pit_found\n"
    keyed = read(folder, "Wexcombe Council,1.10,withheld,s31(1)(a),Section 31(a),yes\n", header)
    (citation,) = keyed.answers[0].row["citations"]
    assert (citation.provision, citation.as_cited, citation.malformed, citation.pit_found) == ("s31(1)(a)", "Section 31(a)", True, True)
    assert "as_cited has 1" in told(read(folder, "Wexcombe Council,1.10,withheld,s31; s12,Section 31,\n", header))
    assert "pit_found 'perhaps'" in told(read(folder, "Wexcombe Council,1.10,withheld,s31,Section 31,perhaps\n", header))


@pytest.mark.parametrize(
    ("row", "part"),
    [
        ("Wexcombe Council,2023-13-01,breach,Revenues,", "date '2023-13-01' is not a date"),
        ("Wexcombe Council,08/2023,breach,Revenues,", "2017-08"),
        ("Wexcombe Council,2023-08,breech,Revenues,", "kind 'breech' should be one of breach, incident"),
        ("Wexcombe Council,2023-08,breach,Revenues,Fishing", "category 'Fishing' is not one of the ICO's; did you mean 'Phishing'"),
    ],
)
def test_incidents(folder: Path, row: str, part: str) -> None:
    good = "Wexcombe Council,2023-08,breach,Revenues,Phishing\n"
    keyed = read(folder, f"{good}{row}\n", "authority,date,kind,department,category\n", "incidents.csv")
    assert part in told(keyed)
    assert [incident["date_precision"] for _, incident in keyed.incidents] == ["month"]


def test_published_groups_are_no_councils(folder: Path, put: Callable[[str, str], Path]) -> None:
    header = "investigation,authority,period,measure,value,source_url\n"
    rows = "Survey,(22 councils),2013,data_incidents,135,https://news.example/1\nSurvey,Wexcombe Council,2013,data_incidents,45,https://news.example/1\n"
    keyed = read(folder, rows + "Survey,(all),2013,data_incidents,,https://news.example/1\n", header, "published.csv")
    assert [(row["authority"], row["authority_code"], row["value"]) for row in keyed.published] == [
        ("(22 councils)", None, 135.0), ("Wexcombe Council", "X2", 45.0),
    ]  # fmt: skip
    assert "value is empty" in told(keyed)
