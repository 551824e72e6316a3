"""The real reader on real letters: machine and hand-keyed answers agree; and the command on it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from foi_lib.dataset import Dataset, ingest, load

ROOT = Path(__file__).resolve().parents[2]
REAL = {"data-breaches-2018": "2018-data-breaches", "data-breach-claims-2024": "2024-data-breaches"}


@pytest.fixture(params=sorted(REAL))
def real(request: pytest.FixtureRequest, shared: Path, tmp_path: Path) -> Dataset:
    """A copy of a real request's folder with the real letters put in."""
    name = request.param
    folder = tmp_path / "data" / "raw" / name
    shutil.copytree(ROOT / "data" / "raw" / name, folder, ignore=shutil.ignore_patterns("letters"))
    (folder / "letters").mkdir()
    letters = sorted((shared / "letters" / REAL[name]).glob("*.txt"))
    assert letters
    for letter in letters:
        shutil.copy(letter, folder / "letters")
    ingest(folder)
    return load(name, tmp_path / "data", refresh=False)


def labels(shared: Path, name: str) -> list[dict]:
    return [json.loads(path.read_text("utf-8")) for path in sorted((shared / "letters" / REAL[name]).glob("*.labels.json"))]


def test_machine_and_hand_agree(real: Dataset, shared: Path) -> None:
    assert real.problems.to_dict("records") == []
    for label in labels(shared, real.name):
        rows = real.answers_for(label["authority"])
        differ = rows[rows["review_reasons"].fillna("").str.contains("keyed")]
        shown = differ[["question", "outcome", "value", "provisions", "keyed_outcome", "keyed_value", "review_reasons"]]
        assert len(differ) == 0, shown.to_string()
        assert set(rows["source"]) == {"letter"}  # each keyed fact has its row in the letter
        assert len(rows) == len(label["answers"]) and rows["keyed_outcome"].notna().all()
        response = real.council(label["authority"])
        assert response["status"] == "answered"
        for name in ("reference", "received_on", "responded_on"):
            assert (None if pd.isna(response[name]) else response[name]) == label[name]


def test_every_quote_is_the_letter_s_own(real: Dataset) -> None:
    texts = real.texts.set_index("file")["text"]
    rows = real.answers[real.answers["source"] == "letter"]
    assert len(rows)
    for row in rows[rows["start"].notna()].itertuples():
        assert texts[row.file][row.start : row.end] == row.quote
    assert rows["start"].notna().all()


def test_incidents_of_the_letter_are_the_keyed_ones(real: Dataset) -> None:
    if real.name != "data-breaches-2018":
        pytest.skip("only the request of 2018 has a list of incidents")
    ours = real.incidents
    assert ours["source"].eq("letter").all() and len(ours) == 12
    assert ours["kind"].value_counts().to_dict() == {"breach": 6, "incident": 6}


def test_what_ships_is_what_the_labels_say(shared: Path) -> None:
    """The keyed facts, without the letters: nothing lost on the way from labels to answers.csv to tables."""
    for name in REAL:
        data = load(name, ROOT / "data")
        for label in labels(shared, name):
            rows = data.answers_for(label["authority"])
            found = [(r.question, r.outcome, None if pd.isna(r.value) else r.value) for r in rows.itertuples()]
            assert found == [(a["question"], a["outcome"], a["value"]) for a in label["answers"]]


def test_the_example_s_replies_are_what_its_labels_say(tmp_path: Path) -> None:
    """Reference, dates and status of the made-up councils' replies; one folder holds an acknowledgement and a response."""
    ingest(ROOT / "data" / "raw" / "example-round-robin", tmp_path / "data" / "processed" / "example-round-robin")
    data = load("example-round-robin", tmp_path / "data", refresh=False)
    expected: dict[str, dict] = {}
    for path in sorted((ROOT / "tests" / "letters" / "golden" / "example").glob("*.labels.json")):
        label = json.loads(path.read_text("utf-8"))
        expected[label["authority"]] = label  # a response comes after the acknowledgement
    assert len(expected) >= 8
    for name, label in expected.items():
        row = data.council(name)
        assert row["status"] == label.get("status", "answered"), name
        assert {key: None if pd.isna(row[key]) else row[key] for key in ("reference", "responded_on", "regime")} == {
            key: label[key] for key in ("reference", "responded_on", "regime")
        }, name
    silent = data.responses[~data.responses["authority"].isin(list(expected))].set_index("authority")["status"]
    assert silent.to_dict() == {"Netherfold Borough Council": "unreadable", "Quillbrook Borough Council": "no_reply"}


def test_parse_waits_for_no_table_library(folder: Path) -> None:
    """A text letter is read without pandas, which takes longer to import than the letter to read."""
    code = """
import sys
from foi_lib import cli
sys.argv = ["foi", "parse", "--json", "letter.txt"]
try:
    cli.main()
except SystemExit:
    pass
print(*sorted({"pandas", "pyarrow", "pandera", "matplotlib"} & set(sys.modules)), file=sys.stderr)
"""
    (folder / "letter.txt").write_text("Dear Sir,\n\n1. How many breaches?\n\n6\n", encoding="utf-8")
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=True, env=settings)
    assert done.stderr.splitlines()[-1] == ""
