# ruff: noqa: E501
"""`foi new` and `foi import`: what they print, their exit codes, one line for what the user can mend."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foi_lib import cli
from imports.batches import first, put_batch

Foi = Callable[..., tuple[int, str, str]]


@pytest.fixture
def foi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Foi:
    """foi("new", …), run in an empty folder, gives the exit code, standard output and standard error."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["foi", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out = capsys.readouterr()
        return int(ended.value.code or 0), out.out, out.err

    return run


def test_new_then_ingest(foi: Foi) -> None:
    code, out, err = foi("new", "data-breaches-2024", "--title", "Data breaches", "--as-of", "2025-03-31")
    assert (code, err) == (0, "") and out.startswith("data/raw/data-breaches-2024: made.") and len(out.splitlines()) == 1
    code, out, err = foi("ingest")
    assert (code, err) == (0, "") and "made (0 responses, 0 answers)" in out


def test_an_import_tells_what_it_did(foi: Foi, tmp_path: Path) -> None:
    code, out, err = foi("import", "whatdotheyknow", put_batch(tmp_path / "b.zip", first()))
    assert (code, err) == (0, "") and "data/raw/data-breaches: made (4 requests, 2 with messages back, 8 new file(s))" in out
    assert "1    How many personal data breaches" in out and "[breach_count]" in out and "next: foi report data-breaches" in out
    code, out, err = foi("import", "whatdotheyknow", tmp_path / "b.zip")
    assert (code, err) == (0, "") and "added to (4 requests, 2 with messages back, 0 new file(s), 8 there already)" in out


def test_what_could_not_be_brought_in_is_told_and_exits_1(foi: Foi, tmp_path: Path) -> None:
    code, out, err = foi("import", "whatdotheyknow", put_batch(tmp_path / "b.zip", first() | {"stray.txt": b"x"}))
    assert code == 1 and "8 new file(s)" in out and len(err.splitlines()) == 1 and "'stray.txt'" in err


def test_a_sheet_shows_how_it_was_understood(foi: Foi, tmp_path: Path) -> None:
    (tmp_path / "my tracker.csv").write_text("Council,Region,Q1 Data breaches 2021/22\nEastleigh Borough Council,SE,4\nRutlan,EM,5\n", "utf-8")
    code, out, err = foi("import", "sheet", tmp_path / "my tracker.csv", "--as-of", "2025-03-31", "--dry-run")
    assert code == 1 and not (tmp_path / "data").exists()
    lines = out.splitlines()
    assert lines[0] == "my tracker.csv: one row a council, a column a question; headings in row 1"
    assert [line.split() for line in lines[1:5:3]] == [["column", "heading", "read", "as"], ["C", "Q1", "Data", "breaches", "2021/22", "answers", "to", "question", "1,", "for", "2021/22"]]
    assert "not read: not understood" in lines[3] and "[breach_count]" in lines[5]
    assert len(err.splitlines()) == 1 and "'Rutlan' is not known for certain" in err
    code, out, err = foi("import", "sheet", tmp_path / "my tracker.csv", "--as-of", "2025-03-31")
    assert code == 1 and "data/raw/my-tracker/answers.csv: 1 row(s) added" in out and "next: foi report my-tracker" in out
    code, out, err = foi("import", "sheet", tmp_path / "my tracker.csv")
    assert "0 row(s) added, 1 there already" in out
    assert foi("ingest")[1].startswith("data/processed/my-tracker: made (1 responses, 1 answers)")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "sheet", "nowhere.xlsx"], "no such file"),
        (["new", "Data Breaches"], "such as data-breaches"),
        (["new", "a", "--as-of", "tomorrow"], "not a date"),
        (["import", "whatdotheyknow", "nowhere.zip"], "no such file"),
        (["import", "whatdotheyknow"], "Missing argument"),
        (["import", "facebook", "x"], "No such command"),
    ],
)
def test_what_the_user_can_mend_is_exit_2(foi: Foi, words: list[str], told: str) -> None:
    code, out, err = foi(*words)
    assert code == 2 and out == "" and told in err and "Traceback" not in err
    if err.startswith("foi: "):
        assert len(err.splitlines()) == 1


@pytest.mark.parametrize("words", [["new", "--help"], ["import", "--help"], ["import", "whatdotheyknow", "--help"], ["import", "sheet", "--help"]])
def test_help_reads_well(foi: Foi, words: list[str]) -> None:
    code, out, _ = foi(*words)
    assert code == 0 and "foi " in out and "\b" not in out and max(map(len, out.splitlines())) <= 120
