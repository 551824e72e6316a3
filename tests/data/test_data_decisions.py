"""People's decisions in the tables: they hold while their words are the same, and are shown where these changed; none is ever lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from foi_lib import corrections
from foi_lib.corrections import append, decide
from foi_lib.dataset import Dataset, ingest, load

Put = Callable[[str, str | bytes], Path]
pytestmark = pytest.mark.usefixtures("reader")
NAME = "letters/wexcombe-council.txt"
HEAD = "From: Wexcombe Council\nDate: 2024-02-01\n"
LETTER = HEAD + "Q1: 6\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\n"


def made(folder: Path) -> Dataset:
    ingest(folder)
    return load("breaches", folder.parent.parent, refresh=False)


def row(data: Dataset, question: str, start: str | None = None) -> pd.Series:
    rows = data.answers[(data.answers["slug"] == "wexcombe-council") & (data.answers["question"] == question)]
    rows = rows if start is None else rows[rows["period_start"] == start]
    (found,) = [rows.loc[n] for n in rows.index]
    return found


def about(folder: Path, question: str, decision: str, who: str = "AB", when: str = "2024-03-01", **said: Any) -> str:
    """Decide as the commands do: on the row that stands, with its file's text."""
    data = made(folder)
    answer = row(data, question)
    texts = data.texts[data.texts["file"] == answer["file"]]["text"]
    return append(folder, decide(answer, decision, who, when, texts.iloc[0] if len(texts) else None, **said))


def states(data: Dataset) -> list[str]:
    return data.decisions["state"].tolist()


SAID = ["outcome", "value", "source", "machine_outcome", "machine_value", "decision", "decided_by", "needs_review"]


def test_without_decisions_the_program_s_reading_stands(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    answer = row(made(folder), "1")
    assert answer[SAID[:5]].tolist() == ["disclosed", 6.0, "letter", "disclosed", 6.0]
    assert answer[["decision", "decided_by", "decided_on", "decision_id"]].isna().all()


def test_a_correction_stands_in_the_row_beside_the_program_s_reading(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    name = about(folder, "1", "correct", value=8.0, outcome="disclosed", why="the table's total")
    data = made(folder)
    answer = row(data, "1")
    assert answer[SAID].tolist() == ["disclosed", 8.0, "correction", "disclosed", 6.0, "correct", "AB", False]
    assert answer[["low", "high", "machine_low", "machine_high", "decision_id", "decided_on", "decision_why", "quote"]].tolist() == [
        8.0, 8.0, 6.0, 6.0, name, "2024-03-01", "the table's total", "6"]  # fmt: skip
    (told,) = data.decisions.to_dict("records")
    assert (told["state"], told["decision_id"], told["now_value"], told["line"]) == ("applied", name, 6, 2)
    assert told["answer_id"] == answer["answer_id"]


def test_a_confirmation_settles_the_doubt_and_changes_no_figure(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    put("answers.csv", "authority,question,value,source_note\nWexcombe Council,1,7,a note\n")
    assert row(made(folder), "1")["needs_review"]
    about(folder, "1", "confirm")
    data = made(folder)
    assert row(data, "1")[SAID].tolist() == ["disclosed", 6.0, "letter", "disclosed", 6.0, "confirm", "AB", False]
    assert row(data, "1")["review_reasons"] == "differs_from_keyed"  # what the program doubted stays known
    assert states(data) == ["applied"]


def test_a_rejected_figure_leaves_the_figures_and_stays_to_be_seen(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    about(folder, "1", "reject", why="a page number")
    data = made(folder)
    answer = row(data, "1")
    assert answer[["outcome", "source", "machine_value", "decision", "quote"]].tolist() == ["unanswered", "correction", 6.0, "reject", "6"]
    assert answer[["value", "low", "high"]].isna().all() and states(data) == ["applied"]
    from foi_lib.analysis.comparability import figures

    assert not len(figures(data.answers, "breach_count"))


def test_an_excluded_figure_stays_and_is_not_compared(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    about(folder, "1", "exclude", why="counts schools too")
    data = made(folder)
    assert row(data, "1")[["value", "source", "decision"]].tolist() == [6.0, "letter", "exclude"]
    from foi_lib.analysis.comparability import compare

    found = compare(data.answers, "breach_count", 2)
    assert not len(found.rows) and found.left_out["reason"].tolist() == ["left out by AB: counts schools too"]
    assert len(found.to_explain) == 1


def test_an_exclusion_keeps_the_person_s_figure_and_a_later_decision_ends_it(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    about(folder, "1", "correct", value=8.0, outcome="disclosed")
    about(folder, "1", "exclude", when="2024-03-02", why="counts schools too")
    data = made(folder)
    assert row(data, "1")[["value", "machine_value", "decision"]].tolist() == [8.0, 6.0, "exclude"]
    assert states(data) == ["superseded", "applied"]
    about(folder, "1", "confirm", when="2024-03-03", who="CD")
    data = made(folder)
    assert row(data, "1")[["value", "decision", "decided_by"]].tolist() == [8.0, "confirm", "CD"]
    assert states(data) == ["superseded", "superseded", "applied"]
    assert data.decisions["note"].iloc[0] == "by confirm of 2024-03-03 (CD)"


@pytest.mark.parametrize("said", ["5", "none at all"])
def test_an_added_figure_has_its_place_or_the_person_as_its_source(folder: Path, put: Put, said: str) -> None:
    put(NAME, HEAD + "We had 5 breaches.\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\n")
    data = made(folder)
    assert row(data, "1")["outcome"] == "unanswered"
    quote = said if said == "5" else ""
    line = f"add,Wexcombe,Q1,,2023,,,{quote},5,AB,2024-03-01,telephone\n"
    put("corrections.csv", "decision,authority,question,measure,period,breakdown,sha256,quote,value,who,when,why\n" + line)
    data = made(folder)
    answer = row(data, "1")  # the program's silence gave way
    assert answer[SAID[:4]].tolist() == ["disclosed", 5.0, "correction", "unanswered"] and states(data) == ["applied"]
    asked = ["breach_count", "count", "calendar_year", "2023-01-01"]
    assert answer[["measure", "unit", "period_kind", "period_start"]].tolist() == asked
    text = data.texts_for("X2")["text"].iloc[0]
    if quote:
        assert text[answer["start"] : answer["end"]] == "5" and answer["file"] == "wexcombe-council.txt"
    else:
        assert answer["source_note"] == "decided in review by AB, 2024-03-01: telephone" and pd.isna(answer["file"])
    put(NAME, HEAD + "Q1: 5\nWe had 5 breaches.\n")  # a better letter, or a better reader
    data = made(folder)
    if not quote:
        assert states(data) == ["agrees"] and row(data, "1")["source"] == "letter"


# what may become of the file that a correction (6, corrected to 8) was made on
FATES = [
    ("another name", "letters/wexcombe.txt", LETTER, "applied", 8.0),
    ("another folder", "letters/wexcombe-council/1.txt", LETTER, "applied", 8.0),
    ("another head, the same line", NAME, LETTER.replace("Date: 2024-02-01", "Date: 2024-02-02"), "applied", 8.0),
    ("another figure", NAME, LETTER.replace("Q1: 6", "Q1: 7"), "conflict", 7.0),
    ("the person's figure", NAME, LETTER.replace("Q1: 6", "Q1: 8"), "agrees", 8.0),
    ("a refusal", NAME, LETTER.replace("Q1: 6", "Q1: s12"), "conflict", None),
    ("silence", NAME, LETTER.replace("Q1: 6\n", ""), "conflict", None),
    ("gone", None, "", "without_object", None),
]  # fmt: skip


@pytest.mark.parametrize(("place", "text", "state", "value"), [f[1:] for f in FATES], ids=[f[0] for f in FATES])
def test_a_correction_holds_while_its_words_are_the_same(
    folder: Path, put: Put, place: str | None, text: str, state: str, value: float | None
) -> None:
    old = put(NAME, LETTER)
    about(folder, "1", "correct", value=8.0, outcome="disclosed")
    old.unlink()
    if place:
        put(place, text)
    data = made(folder)
    assert states(data) == [state]
    if not place:
        return
    answer = row(data, "1")
    assert answer["value"] == value or (pd.isna(answer["value"]) and value is None)
    assert bool(answer["needs_review"]) == (state == "conflict" or answer["outcome"] == "unclear")
    assert ("correction_conflict" in str(answer["review_reasons"])) == (state == "conflict")
    assert (answer["decision"] == "correct") == (state == "applied")
    (told,) = data.decisions.to_dict("records")
    assert told["value"] == 8.0 and told["answer_id"] == answer["answer_id"]
    assert told["now_outcome"] == answer["machine_outcome"]


def test_a_conflict_is_settled_by_a_new_decision(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    about(folder, "1", "correct", value=8.0, outcome="disclosed")
    put(NAME, LETTER.replace("Q1: 6", "Q1: 7"))
    assert states(made(folder)) == ["conflict"]
    about(folder, "1", "confirm", when="2024-03-05")
    data = made(folder)
    assert states(data) == ["superseded", "applied"] and not row(data, "1")["needs_review"]
    put(NAME, LETTER)  # the first letter comes back: its own decision holds, and the later one is shown against it
    data = made(folder)
    assert states(data) == ["applied", "conflict"] and row(data, "1")[["value", "needs_review"]].tolist() == [8.0, True]


def test_a_new_reply_beside_the_old_one_takes_nothing_away(folder: Path, put: Put) -> None:
    old = put(NAME, LETTER)
    about(folder, "1", "correct", value=8.0, outcome="disclosed")
    old.rename(put("letters/wexcombe-council/2.txt", HEAD + "Q1: 9\n").with_name("1.txt"))
    data = made(folder)
    assert states(data) == ["applied"]
    both = data.answers[(data.answers["question"] == "1") & (data.answers["slug"] == "wexcombe-council")]
    assert sorted(both["value"]) == [8.0, 9.0] and both.set_index("value")["source"].to_dict() == {8.0: "correction", 9.0: "letter"}


# what a better (or worse) reader may make of the same file
THEN = "the program read disclosed 6 then, and reads {} now"
READERS = [
    ("confirm", {}, "7", "applied", 6.0, THEN.format("disclosed 7")),
    ("correct", {"outcome": "disclosed", "value": 8.0}, "7", "applied", 8.0, THEN.format("disclosed 7")),
    ("correct", {"outcome": "disclosed", "value": 8.0}, "8", "agrees", 8.0, THEN.format("disclosed 8")),
    ("correct", {"outcome": "disclosed", "value": 8.0}, None, "applied", 8.0, THEN.format("unanswered")),
    ("reject", {"why": "a page"}, "8", "agrees", 8.0, "the program does not give this figure"),
    ("reject", {"why": "a page"}, "6", "applied", None, None),
    ("exclude", {"why": "schools"}, "8", "conflict", 8.0, "the program now reads another figure there"),
    ("exclude", {"why": "schools"}, "6", "applied", 6.0, None),
]  # fmt: skip


@pytest.mark.parametrize(("decision", "said", "reads", "state", "value", "note"), READERS)
def test_a_decision_outlives_another_reading_of_the_same_file(
    folder: Path, put: Put, monkeypatch: pytest.MonkeyPatch, decision: str, said: dict[str, Any], reads: str | None, state: str,
    value: float | None, note: str | None,
) -> None:  # fmt: skip
    import foi_lib.letters

    put(NAME, LETTER + "(6, 7 or 8)\n")
    about(folder, "1", decision, **said)
    simple = foi_lib.letters.read_letter

    def better(*args: Any, **more: Any) -> Any:
        letter = simple(*args, **more)
        for answer in letter.answers:
            if answer.question == "1":
                if reads is None:
                    answer.outcome, answer.quote, answer.start, answer.end = "unanswered", "", None, None
                    answer.value = answer.low = answer.high = None
                elif reads != "6":
                    answer.start = letter.text.index(f"{reads} or" if reads == "7" else f"{reads})")
                    answer.end, answer.quote = answer.start + 1, reads
                    answer.value = answer.low = answer.high = float(reads)
        return letter

    monkeypatch.setattr(foi_lib.letters, "read_letter", better)
    ingest(folder, force=True)
    data = made(folder)
    answer = row(data, "1")
    assert states(data) == [state] and (answer["value"] == value or (value is None and pd.isna(answer["value"])))
    told = data.decisions["note"].iloc[0]
    assert told == note or (note is None and pd.isna(told))
    if state in ("applied", "agrees") and answer["source"] == "correction" and answer["start"] is not pd.NA:
        text = data.texts_for("X2")["text"].iloc[0]
        assert text[answer["start"] : answer["end"]] == answer["quote"]


def test_of_several_figures_under_one_heading_the_one_with_the_words_is_meant(folder: Path, put: Put) -> None:
    put(NAME, HEAD + "Q1: 6\nQ1: 9\n")
    data = made(folder)
    nine = data.answers[data.answers["value"] == 9].iloc[0]
    append(folder, decide(nine, "reject", "AB", "2024-03-01", data.texts["text"].iloc[0], why="last year's"))
    data = made(folder)
    found = data.answers[data.answers["question"] == "1"]
    assert found["machine_value"].tolist() == [6, 9] and found["decision"].fillna("").tolist() == ["", "reject"]


def test_a_keyed_figure_is_decided_on_what_was_keyed(folder: Path, put: Put) -> None:
    put("answers.csv", "authority,question,value,source_note\nWexcombe Council,1,7,a note\n")
    about(folder, "1", "correct", outcome="disclosed", value=8.0)
    data = made(folder)
    assert row(data, "1")[["value", "source", "decision"]].tolist() == [8.0, "correction", "correct"] and states(data) == ["applied"]
    assert pd.isna(row(data, "1")["machine_value"]) and row(data, "1")["keyed_value"] == 7.0  # no program read it
    put("answers.csv", "authority,question,value,source_note\nWexcombe Council,1,9,another note\n")
    assert states(made(folder)) == ["conflict"]


def test_the_file_s_order_and_the_machine_s_clock_decide_nothing(folder: Path, put: Put) -> None:
    """A spreadsheet may have sorted the rows: what was decided last stands."""
    put(NAME, LETTER)
    about(folder, "1", "correct", when="2024-03-02", outcome="disclosed", value=9.0)
    about(folder, "1", "correct", when="2024-03-01", outcome="disclosed", value=8.0)
    data = made(folder)
    assert row(data, "1")["value"] == 9.0 and states(data) == ["applied", "superseded"]


def test_decisions_of_unknown_senders_are_found_by_their_folder(folder: Path, put: Put) -> None:
    put("letters/mystery.txt", "Q1: 6\n")
    data = made(folder)
    answer = data.answers[data.answers["question"] == "1"].iloc[0]
    append(folder, decide(answer, "confirm", "AB", "2024-03-01", data.texts["text"].iloc[0]))
    assert states(made(folder)) == ["applied"]


def test_tables_are_made_anew_when_somebody_decides(folder: Path, put: Put) -> None:
    put(NAME, LETTER)
    first = made(folder).hash
    about(folder, "1", "correct", value=8.0, outcome="disclosed")
    assert ingest(folder).fresh and made(folder).hash != first
    assert not ingest(folder).fresh


def test_the_file_and_the_tables_know_the_same_columns() -> None:
    from foi_lib.schema import TABLES

    columns = {column.name for column in TABLES["decisions"]} | {"period", "context"}
    assert set(corrections.COLUMNS) <= columns
