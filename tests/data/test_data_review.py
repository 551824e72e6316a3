"""`foi review` in the shell: what is checked before a decision is written, and what each decision does."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from foi_lib.cli import app
from foi_lib.corrections import read_corrections
from foi_lib.dataset import load
from foi_lib.errors import FoiError
from foi_lib.request import load_request

Put = Callable[[str, str | bytes], Path]
pytestmark = pytest.mark.usefixtures("reader")
LETTER = "From: Wexcombe Council\nDate: 2024-02-01\nQ1: 6\nQ1.10: s31\nQ2 2021: 0\nQ2 2022: 500\nWe had 7 more.\n"


@pytest.fixture
def foi(folder: Path, put: Put) -> Callable[..., str]:
    """foi("confirm", answer, …) runs `foi review confirm breaches …` on a request with one letter, as AB on 1 March 2024."""
    put("letters/wexcombe-council.txt", LETTER)

    def run(command: str, *words: str, who: str | None = "AB") -> str:
        more = [] if command in ("list", "export") else [*(["--who", who] if who else []), "--when", "2024-03-01"]
        told = CliRunner().invoke(app, ["review", command, "breaches", *words, *more, "--data-dir", str(folder.parent.parent)])
        if isinstance(told.exception, FoiError):
            raise told.exception
        assert told.exit_code == 0, told.output
        return told.output

    return run


def answers(folder: Path) -> pd.DataFrame:
    return load("breaches", folder.parent.parent).answers


def name_of(folder: Path, question: str) -> str:
    rows = answers(folder)
    return str(rows.loc[rows["question"] == question, "answer_id"].iloc[0])


@pytest.mark.slow
def test_each_command_does_what_it_says(foi: Callable[..., str], folder: Path) -> None:
    six, refused = name_of(folder, "1"), name_of(folder, "1.10")
    assert six in foi("list")
    assert foi("correct", six, "--value", "£8", "--why", "a sum").endswith("question 1, 2023-01-01 to 2023-12-31: disclosed 8\n")
    foi("confirm", refused)
    foi("exclude", six, "--why", "schools too")
    foi("add", "Wexcombe", "Q1", "--value", "7", "--breakdown", "other", "--quote", "7 more")
    foi("add", "Aldermere", "1", "--outcome", "suppressed", "--low", "1", "--high", "4", "--why", "telephone")
    rows = answers(folder)
    decided = rows[rows["decision"].notna()].fillna({"value": -1})
    assert decided[["slug", "question", "outcome", "value", "decision", "decided_on"]].values.tolist() == [
        ["aldermere-borough-council", "1", "suppressed", -1, "add", "2024-03-01"],
        ["wexcombe-council", "1", "disclosed", 8, "exclude", "2024-03-01"],
        ["wexcombe-council", "1.10", "withheld", -1, "confirm", "2024-03-01"],
        ["wexcombe-council", "1", "disclosed", 7, "add", "2024-03-01"],
    ]
    added = rows[rows["decision"] == "add"].set_index("slug")
    assert added.loc["wexcombe-council", ["quote", "breakdown"]].tolist() == ["7 more", "other"]
    assert added.loc["aldermere-borough-council", "source_note"] == "decided in review by AB, 2024-03-01: telephone"
    foi("reject", six, "--why", "a page")
    assert answers(folder).set_index("answer_id").loc[six, "outcome"] == "unanswered"


REFUSED = [
    (["confirm", "a000"], "no answer 'a000' in request 'breaches'"),
    (["confirm", "a"], "answers' names begin so"),
    (["correct", "1", "--value", "six"], "--value 'six' is not a number"),
    (["correct", "1", "--value", "6"], "it says disclosed 6 already: confirm it"),
    (["correct", "1"], "outcome is empty"),
    (["correct", "1", "--outcome", "witheld"], "did you mean 'withheld'"),
    (["correct", "1", "--outcome", "withheld", "--value", "6"], "has a figure beside it"),
    (["correct", "1.10", "--value", "6"], "asks for no figure"),
    (["correct", "1", "--low", "5", "--high", "4", "--outcome", "suppressed"], "they should rise"),
    (["reject", "1", "--why", " "], "a rejection needs its reason"),
    (["exclude", "1", "--why", ""], "an exclusion needs its reason"),
    (["add", "Wexcombe", "1", "--value", "7"], "answers this already (disclosed 6)"),
    (["add", "Wexcombe", "9", "--value", "7"], "question '9' is not in request.yaml (labels: 1, 1.10, 2)"),
    (["add", "Wexcome", "1", "--value", "7"], "no council 'Wexcome'"),
    (["add", "Aldermere", "1", "--value", "7"], "--why has to say where the figure is from"),
    (["add", "Aldermere", "1", "--value", "7", "--quote", "7 more"], "stand not once in the files of aldermere-borough-council"),
    (["add", "Aldermere", "1", "--value", "7", "--measure", "breach"], "measure 'breach' is not known"),
    (["add", "Aldermere", "1", "--value", "7", "--period", "soon"], "is not a period"),
]


@pytest.mark.parametrize(("words", "message"), REFUSED, ids=[m for _, m in REFUSED])
def test_what_is_not_right_is_one_line_and_nothing_is_written(
    foi: Callable[..., str], folder: Path, words: list[str], message: str
) -> None:
    command, first, *rest = words
    named = name_of(folder, first) if command != "add" and first in ("1", "1.10") else first
    with pytest.raises(FoiError) as error:
        foi(command, named, *rest)
    assert message in str(error.value) and "\n" not in str(error.value)
    assert not (folder / "corrections.csv").exists()


@pytest.mark.parametrize(("who", "when"), [(" ", "2024-03-01"), ("AB", "1 March"), ("AB", "01/03/2024")])
def test_who_and_when_are_asked_for(folder: Path, put: Put, who: str, when: str) -> None:
    put("letters/wexcombe-council.txt", LETTER)
    words = ["review", "confirm", "breaches", name_of(folder, "1"), "--who", who, "--when", when, "--data-dir", str(folder.parent.parent)]
    told = CliRunner().invoke(app, words)
    assert isinstance(told.exception, FoiError) and not (folder / "corrections.csv").exists()


def test_the_same_decision_is_not_made_twice(foi: Callable[..., str], folder: Path) -> None:
    six = name_of(folder, "1")
    foi("confirm", six)
    with pytest.raises(FoiError, match="decided already"):
        foi("confirm", six)
    foi("confirm", six, who="CD")  # a second pair of eyes is another decision
    assert [one.who for one in read_corrections(load_request(folder)).decisions] == ["AB", "CD"]


def test_of_several_confirmations_all_or_none_are_written(foi: Callable[..., str], folder: Path) -> None:
    with pytest.raises(FoiError):
        foi("confirm", name_of(folder, "1"), "a000")
    assert not (folder / "corrections.csv").exists()


def test_the_list_tells_of_decisions_that_do_not_hold(foi: Callable[..., str], folder: Path, put: Put) -> None:
    foi("correct", name_of(folder, "1"), "--value", "8")
    put("letters/wexcombe-council.txt", LETTER.replace("Q1: 6", "Q1: 9"))
    told = foi("list")
    assert "in conflict (its words have changed): correct Wexcombe Council, question 1 (line 2)" in told
    assert "in doubt: correction conflict" in told
    with (folder / "corrections.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len(list(csv.reader(file))) == 2
