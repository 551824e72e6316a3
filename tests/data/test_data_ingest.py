"""From a request folder to its tables: who answered, who did not, what could not be read, machine and hand side by side."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from foi_lib import letters
from foi_lib.dataset import Dataset, ingest, load
from foi_lib.errors import FoiError
from foi_lib.letters.model import Answer, Letter

Put = Callable[[str, str | bytes], Path]
pytestmark = pytest.mark.usefixtures("reader")
LETTER = "From: Wexcombe Council\nDate: 2024-02-01\nQ1: 6\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\n"


def made(folder: Path) -> Dataset:
    ingest(folder)
    return load("breaches", folder.parent.parent, refresh=False)


def answer(data: Dataset, council: str, question: str) -> pd.Series:
    rows = data.answers_for(council)
    (n,) = rows.index[rows["question"] == question]
    return rows.loc[n]


def test_a_letter_becomes_rows(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER + "stray 17\nIncident: 2023-05-01 breach Revenues\n")
    data = made(folder)
    response = data.council("Wexcombe")
    expected = {"status": "answered", "received_on": "2024-01-15", "responded_on": "2024-02-01", "working_days": 13, "due_on": "2024-02-12",
                "on_time": True, "regime": "FOIA", "files": "wexcombe-council.txt", "nation": "England"}  # fmt: skip
    assert {name: response[name] for name in expected} == expected
    assert answer(data, "X2", "1")[["outcome", "value", "quote", "source"]].tolist() == ["disclosed", 6.0, "6", "letter"]
    money = data.answers_for("X2").query("question == '2'")
    assert money[["period_start", "value", "outcome"]].values.tolist() == [["2021-04-01", 0.0, "nil"], ["2022-04-01", 500.0, "disclosed"]]
    refused = answer(data, "X2", "1.10")["answer_id"]
    assert data.provisions[["section", "answer_id", "kind"]].values.tolist() == [["s31", refused, "exemption"]]
    assert data.unread["text"].tolist() == ["17"] and data.incidents["department"].tolist() == ["Revenues"]
    text = data.texts_for("X2")["text"].iloc[0]
    for row in data.answers_for("X2").itertuples():
        assert text[row.start : row.end] == row.quote


@pytest.mark.parametrize(
    ("said", "received", "doubted", "why"),
    [
        ("Dated: 2024-01-03", "2024-01-03", True, "late by the request's own date alone"),
        ("Received: 2024-01-03", "2024-01-03", False, "late by the receipt that it states"),
        ("Dated: 2024-01-04", "2024-01-04", False, "in time even by the request's own date"),
    ],
)
def test_lateness_by_the_requests_own_date_is_doubted(folder: Path, put: Put, said: str, received: str, doubted: bool, why: str) -> None:
    put("letters/wexcombe-council.txt", LETTER + said + "\n")
    response = made(folder).council("Wexcombe")
    assert response["received_on"] == received
    assert ("counted from the request's own date" in str(response["problems"])) == doubted


def test_who_was_asked_and_did_not_reply(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    data = made(folder)
    expected = {"Aldermere Borough Council": "no_reply", "Wexcombe Council": "answered"}
    assert data.responses.set_index("authority")["status"].to_dict() == expected
    assert pd.isna(data.council("Aldermere")["on_time"]) and len(data.answers_for("Aldermere")) == 0


def test_a_name_that_is_asked_but_not_known(folder: Path) -> None:
    path = folder / "request.yaml"
    path.write_text(path.read_text().replace("Wexcombe Council]", "Nowhere Council]"), encoding="utf-8")
    data = made(folder)
    assert data.problems[["file", "what"]].values.tolist() == [["request.yaml", "unknown_authority"]]
    assert "'Nowhere Council'" in data.problems["reason"].iloc[0]


BAD = [
    ("letters/wexcombe-council.txt", b"", "empty", "Wexcombe Council", "unreadable"),
    ("letters/wexcombe-council.txt", b" \n\n\t ", "empty", "Wexcombe Council", "unreadable"),
    ("letters/wexcombe-council.txt", b"\x00\x01\x02\xff\xfe\x00" * 50, "unreadable", "Wexcombe Council", "unreadable"),
    ("letters/wexcombe-council.txt", b"CRASH", "reader_failed", "Wexcombe Council", "unreadable"),
    ("letters/wexcombe-council.txt", b"Dear all, thank you.", "no_question_found", "Wexcombe Council", "unreadable"),
    ("letters/mystery.txt", b"Q1: 6\n", "unknown_authority", None, "answered"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "what", "authority", "status"), BAD, ids=[f"{b[2]} {b[4]} {n}" for n, b in enumerate(BAD)])
def test_a_bad_letter_is_listed_and_the_rest_goes_on(
    folder: Path, put: Put, name: str, content: bytes, what: str, authority: str | None, status: str
) -> None:
    put(name, content)
    put("letters/glenarrow-council.txt", "From: Glenarrow Council\nQ1: 3\n")
    data = made(folder)
    assert answer(data, "Glenarrow", "1")["value"] == 3
    problems = data.problems[data.problems["file"] == Path(name).name]
    assert what in problems["what"].tolist()
    assert not problems["reason"].str.contains("\n").any() and problems["reason"].str.len().min() > 5
    (row,) = data.responses[data.responses["files"] == Path(name).name].to_dict("records")
    assert row["status"] == status and (row["authority"] == authority or (authority is None and pd.isna(row["authority"])))
    assert what in row["problems"]


@pytest.mark.parametrize(
    "text", ["We acknowledge your request.", "It is being dealt with.", "You will receive our\nreply in June.", "We aim to respond soon."]
)
def test_an_acknowledgement_is_no_reply(folder: Path, put: Put, text: str) -> None:
    put("letters/wexcombe-council.txt", f"From: Wexcombe Council\nDate: 2024-01-16\n{text}")
    data = made(folder)
    row = data.council("X2")
    assert row["status"] == "acknowledged" and pd.isna(row["responded_on"]) and pd.isna(row["on_time"])
    assert len(data.answers) == 0 and len(data.problems) == 0


def test_an_answer_that_promises_more_is_an_answer(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER + "We acknowledge that you will receive the rest later.\n")
    assert made(folder).council("X2")["status"] == "answered"


def test_an_unknown_sender_keeps_its_figures_and_asks_for_a_look(folder: Path, put: Put) -> None:
    put("letters/mystery.txt", "Q1: 6\n")
    put("letters/mystery txt", "Q1: 7\n")
    data = made(folder)
    assert answer(data, "unknown-mystery-txt--2", "1")["value"] == 6
    row = answer(data, "unknown-mystery-txt", "1")
    assert row["value"] == 7
    assert (row["authority"], row["value"], row["needs_review"]) == ("Unknown authority (mystery txt)", 7, True)
    assert "unknown_authority" in row["review_reasons"]
    assert "unknown-mystery-txt" not in data.authority_rows["slug"].tolist()


def test_what_programs_leave_behind_is_no_letter(folder: Path, put: Put) -> None:
    for name in (".DS_Store", "~$wexcombe.docx", "Thumbs.db", ".hidden/x.txt", "__MACOSX/x.txt"):
        put(f"letters/{name}", "x")
    data = made(folder)
    assert len(data.problems) == 0 and set(data.responses["status"]) == {"no_reply"}
    put("letters/wexcombe council/reply.txt", LETTER)
    put("letters/wexcombe council/.trash/reply.txt", LETTER)
    assert made(folder).council("X2")["files"] == "wexcombe council/reply.txt"


def test_an_empty_folder_is_told(folder: Path) -> None:
    (folder / "letters" / "wexcombe-council").mkdir()
    assert made(folder).problems["what"].tolist() == ["empty_folder"]


def test_a_folder_is_one_response(folder: Path, put: Put) -> None:
    put("letters/Wexcombe Council/1 acknowledgement.txt", "We acknowledge your request.\nDate: 2024-01-16\n")
    put("letters/Wexcombe Council/2/reply.txt", LETTER)
    data = made(folder)
    row = data.council("X2")
    assert row["files"] == "Wexcombe Council/1 acknowledgement.txt; Wexcombe Council/2/reply.txt"
    assert (row["status"], row["responded_on"]) == ("answered", "2024-02-01")  # not the acknowledgement's date
    assert "unanswered" not in data.answers["outcome"].tolist()  # the second file answers what the first does not
    assert len(row["sha256"].split("; ")) == 2


def test_the_folder_says_whose_a_text_is_that_does_not(folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch, reader: Any) -> None:
    told = []
    monkeypatch.setattr(letters, "read_letter", lambda *given, **named: told.append(named["authority"]) or reader(*given, **named))
    put("letters/wexcombe_council/scan.txt", "Q1: 6\n")
    assert answer(made(folder), "X2", "1")["value"] == 6
    assert [body and body.code for body in told] == [None, "X2"]  # the text first; then the reader is told, as the law hangs on it


def test_a_misspelt_file_name_is_no_evidence(folder: Path, put: Put) -> None:
    put("letters/Wexcomb Council.txt", "Q1: 6\n")  # Wexcombe, or a council that the register does not know?
    data = made(folder)
    assert data.problems["what"].tolist() == ["unknown_authority"] and "Wexcombe Council?" in data.problems["reason"].iloc[0]
    assert answer(data, "unknown-wexcomb-council-txt", "1")["needs_review"]


def test_text_and_file_name_disagree(folder: Path, put: Put) -> None:
    put("letters/glenarrow-council.txt", LETTER)
    data = made(folder)
    assert answer(data, "Wexcombe", "1")["value"] == 6  # the text is followed
    assert "authority_differs" in data.problems["what"].tolist()
    assert "its name says Glenarrow Council, its text says Wexcombe Council" in data.problems["reason"].iloc[0]


def test_scottish_bodies_are_under_scottish_law(folder: Path, put: Put) -> None:
    put("letters/glenarrow-council.txt", "From: Glenarrow Council\nDate: 2024-02-01\nQ1: 3\n")
    assert made(folder).council("Glenarrow")["regime"] == "FOISA"


def test_a_reply_before_the_request(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER.replace("2024-02-01", "2023-02-01"))
    row = made(folder).council("X2")
    assert pd.isna(row["working_days"]) and pd.isna(row["on_time"]) and "one of them is wrong" in row["problems"]


def test_what_the_tables_do_not_know_asks_for_a_look(folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the reader of letters must neither stop the run nor reach the tables as if it were right."""
    odd = Answer("1", measure="breach_count", outcome="granted", period_kind="fortnight", period_start="soon", quote="six", start=0, end=3)
    letter = Letter("x", "Dear all", authority="Wexcombe Council", authority_code="X2", answers=[odd])
    monkeypatch.setattr(letters, "read_letter", lambda *given, **named: letter)
    put("letters/wexcombe-council.txt", "Dear all")
    row = answer(made(folder), "X2", "1")
    assert row["outcome"] == "unclear" and pd.isna(row["period_kind"]) and pd.isna(row["period_start"])
    expected = {"outcome_not_known", "period_kind_not_known", "period_start_not_a_date", "quote_not_in_text"}
    assert set(row["review_reasons"].split("; ")) == expected and row["needs_review"]


KEYED = "authority,question,measure,period,outcome,value,provisions,source_note\n"


def test_letter_and_keyed_are_one_row(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    rows = "Wexcombe Council,1,,,disclosed,6,,p. 1\nWexcombe Council,1.10,,,withheld,,s31,\nWexcombe Council,2,,2022/23,,500,,\n"
    put("answers.csv", KEYED + rows)
    data = made(folder)
    rows = data.answers_for("X2")
    assert rows["source"].unique().tolist() == ["letter"] and len(rows) == 4
    assert answer(data, "X2", "1")[["keyed_value", "keyed_outcome", "source_note"]].tolist() == [6.0, "disclosed", "p. 1"]
    assert answer(data, "X2", "1.10")["keyed_outcome"] == "withheld"
    assert not rows["needs_review"].any()


@pytest.mark.parametrize(
    "row",
    [
        "Wexcombe Council,1,,,disclosed,7,,",  # another figure
        "Wexcombe Council,1,,,nil,,,",  # another outcome
        "Wexcombe Council,1.10,,,not_held,,,",  # another outcome, and no figure in either
        "Wexcombe Council,1.10,,,withheld,,s12,",  # another provision
        "Wexcombe Council,2,,2022/23,,50,,",
    ],
)
def test_a_disagreement_stands_beside_the_letter_and_asks(folder: Path, put: Put, row: str) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put("answers.csv", KEYED + row + "\n")
    rows = made(folder).answers_for("X2")
    (differs,) = rows[rows["review_reasons"].fillna("").str.contains("differs_from_keyed")].to_dict("records")
    assert differs["needs_review"] and differs["source"] == "letter" and len(rows) == 4
    assert differs["keyed_outcome"] == (row.split(",")[4] or "disclosed")


def test_what_the_letter_does_not_give_stays_keyed(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    put("answers.csv", KEYED + "Wexcombe Council,2,,2022/23,,500,,\nWexcombe Council,2,,2021/22,,0,,\nAldermere Borough Council,1,,,,9,,\n")
    data = made(folder)
    keyed = data.answers_for("X2").query("question == '2'")
    assert keyed["value"].tolist() == [500, 0] and set(keyed["source"]) == {"keyed"}  # "no answer found" does not stand beside them
    assert set(keyed["review_reasons"]) == {"keyed_not_in_letter"}
    other = answer(data, "Aldermere", "1")
    assert (other["source"], other["needs_review"]) == ("keyed", False)  # no letter, so nothing was missed
    assert data.council("Aldermere")["status"] == "keyed"


def test_a_keyed_refusal_speaks_for_every_year_of_the_letter(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ2 2021: s12\nQ2 2022: s12\n")
    put("answers.csv", KEYED + "Wexcombe Council,2,,,withheld,,s12,\n")
    rows = made(folder).answers_for("X2").query("question == '2'")
    assert rows["keyed_outcome"].tolist() == ["withheld", "withheld"] and not rows["needs_review"].any()


def test_keyed_dates_fill_what_the_letter_leaves_out(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    put("answers.csv", "authority,question,value,reference,responded_on\nWexcombe Council,1,6,57/18,2024-02-01\n")
    data = made(folder)
    assert data.council("X2")[["reference", "responded_on"]].tolist() == ["57/18", "2024-02-01"]
    put("letters/wexcombe-council.txt", LETTER.replace("2024-02-01", "2024-02-02"))
    told = made(folder).problems
    assert told["reason"].tolist() == ["responded_on: the letter has 2024-02-02, keyed is 2024-02-01"]


def test_keyed_incidents_are_held_against_the_letter(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER + "Incident: 2023-05-01 breach Revenues\n")
    rows = "authority,question,date,kind\nWexcombe Council,1.10,2023-05-01,breach\n"
    put("incidents.csv", rows)
    data = made(folder)
    assert len(data.problems) == 0 and data.incidents["source"].tolist() == ["letter"]
    put("incidents.csv", rows + "Wexcombe Council,1.10,2023-06,breach\n")
    data = made(folder)
    assert data.problems["reason"].tolist() == ["keyed 2, read in the letter 1; only keyed: 2023-06 breach"]


def test_bad_keyed_rows_are_problems(folder: Path, put: Put) -> None:
    put("answers.csv", KEYED + "Wexcombe Council,1,,,,six,,\nWexcombe Council,1,,,,6,,\n")
    data = made(folder)
    assert data.problems[["file", "what"]].values.tolist() == [["answers.csv", "keyed_row"]]
    assert "line 2" in data.problems["reason"].iloc[0] and len(data.answers) == 1


def test_corrections_are_not_passed_over_in_silence(folder: Path, put: Put) -> None:
    rows = "confirm,Wexcombe Council,1,AB,2024-03-01\nconfrm,Wexcombe Council,1,AB,2024-03-01\n"
    put("corrections.csv", "decision,authority,question,who,when\n" + rows)
    data = made(folder)
    assert data.problems["what"].tolist() == ["correction_unusable"] and "did you mean 'confirm'" in data.problems["reason"].iloc[0]
    assert data.decisions[["line", "state"]].values.tolist() == [[2, "without_object"], [3, "unusable"]]


def test_names_of_rows_outlive_a_reading(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    before = made(folder).answers["answer_id"].tolist()
    (folder / "letters" / "wexcombe-council.txt").rename(folder / "letters" / "renamed wexcombe.txt")
    put("letters/glenarrow-council.txt", "From: Glenarrow Council\nQ1: 3\n")
    after = made(folder)
    assert after.answers_for("X2")["answer_id"].tolist() == before
    assert after.answers["answer_id"].is_unique


def test_one_authority_in_two_places_is_one_response(folder: Path, put: Put) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    put("letters/wexcombe.txt", "From: Wexcombe Council\nQ1: 7\n")
    data = made(folder)
    assert len(data.responses.query("authority_code == 'X2'")) == 1
    rows = data.answers_for("X2").query("question == '1'")
    assert rows["value"].tolist() == [6, 7] and rows["answer_id"].nunique() == 2


def test_up_to_date(folder: Path, put: Put) -> None:
    letter = put("letters/wexcombe-council.txt", LETTER)
    first = ingest(folder)
    assert first.fresh and first.rows["answers"] == 4
    again = ingest(folder)
    assert (again.fresh, again.hash, again.rows) == (False, first.hash, first.rows)
    assert ingest(folder, force=True).fresh
    letter.write_text(LETTER.replace("Q1: 6", "Q1: 8"), encoding="utf-8")
    changed = ingest(folder)
    assert changed.fresh and changed.hash != first.hash
    letter.unlink()
    assert ingest(folder).fresh
    (folder.parent.parent / "processed" / "breaches" / "datapackage.json").write_text("{", encoding="utf-8")
    assert ingest(folder).fresh  # what somebody broke is made again


def test_a_change_of_our_code_makes_the_tables_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ingest(folder).fresh and not ingest(folder).fresh
    monkeypatch.setattr("foi_lib.ingest.code_hash", lambda: "another")
    assert ingest(folder).fresh


def test_load_makes_what_is_missing_and_sees_a_new_letter(folder: Path, put: Put) -> None:
    data_dir = folder.parent.parent
    data = load("breaches", data_dir)
    assert set(data.responses["status"]) == {"no_reply"}
    time.sleep(0.01)
    put("letters/wexcombe-council.txt", LETTER)
    assert len(load("breaches", data_dir, refresh=False).answers) == 0
    newer = load("breaches", data_dir)
    assert len(newer.answers) == 4 and newer.hash != data.hash
    package = data_dir / "processed" / "breaches" / "datapackage.json"
    stamp = package.stat().st_mtime_ns
    os.utime(folder / "letters" / "wexcombe-council.txt")
    assert load("breaches", data_dir).hash == newer.hash
    assert package.stat().st_mtime_ns > stamp  # compared by content, and not again the next time


def test_load_without_the_raw_folder(folder: Path, put: Put, tmp_path: Path) -> None:
    """Tables that somebody was sent can be read alone."""
    put("letters/wexcombe-council.txt", LETTER)
    ingest(folder)
    (folder.parent.parent / "processed").rename(tmp_path / "processed")
    data = load("breaches", tmp_path)
    assert data.request.title == "Breaches of made-up councils" and str(data.as_of) == "2024-06-30"
    assert data.council("Wexcombe")["authority_code"] == "X2"


def test_unknown_names_are_told_with_the_nearest(folder: Path, put: Put, tmp_path: Path) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    data_dir = folder.parent.parent
    with pytest.raises(FoiError, match=r"no request 'breeches'.*did you mean 'breaches'"):
        load("breeches", data_dir)
    with pytest.raises(FoiError, match="known: none"):
        load("breaches", tmp_path / "nothing")
    data = load("breaches", data_dir)
    for name in ("Wexcombe Council", "wexcombe-council", "X2", "x2", "WEXCOMBE", "Wexcombe"):
        assert data.council(name)["authority_code"] == "X2"
    for name in ("Wexcomb Council", "Wxcombe"):  # a slip of the pen may be another council: ask
        with pytest.raises(FoiError, match=f"no council '{name}' in request 'breaches'.*did you mean 'Wexcombe Council'"):
            data.answers_for(name)
    with pytest.raises(FoiError, match="no council ''"):
        data.council("")
    with pytest.raises(FoiError, match="no council 'Glenarrow Council'"):
        data.council("Glenarrow Council")  # known, but not of this request


def test_the_data_folder_is_found_from_within_the_project(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """JupyterLab runs a notebook in notebooks/, papermill where it was called."""
    (tmp_path / "notebooks" / "data").mkdir(parents=True)  # a folder of that name, but not ours
    monkeypatch.chdir(tmp_path / "notebooks")
    assert load("breaches").folder == tmp_path / "data" / "processed" / "breaches"
    monkeypatch.chdir(tmp_path)
    assert load("breaches", "data").name == "breaches"
    assert load(folder, "data").name == "breaches"  # by its path


def test_two_runs_give_the_same_bytes(folder: Path, put: Put, tmp_path: Path) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    put("letters/mystery.txt", "Q1: 6\n")
    for name in ("one", "two"):
        ingest(folder, tmp_path / name / "breaches")
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name / "breaches").iterdir()} for name in ("one", "two"))
    assert one == two
