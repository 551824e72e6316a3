"""The command: what it prints where, and its exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foi_lib import cli

ROOT = Path(__file__).resolve().parents[2]
Put = Callable[[str, str | bytes], Path]
LETTER = "From: Wexcombe Council\nDate: 2024-02-01\nQ1: 6\nQ1.10: s31\nQ2 2021: 0\n£ stray 17\n"


@pytest.fixture
def foi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """foi("parse", …) gives the exit code, standard output and standard error."""

    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["foi", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out = capsys.readouterr()
        return int(ended.value.code or 0), out.out, out.err

    return run


def shell(*words: str, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **env}
    return subprocess.run([sys.executable, "-m", "foi_lib.cli", *words], cwd=cwd, capture_output=True, text=True, env=settings)


CONTRACT = {"file", "authority", "authority_code", "regime", "reference", "received_on", "responded_on", "text", "problems", "answers",
            "incidents", "unread"}  # fmt: skip
ANSWER = {"question", "question_text", "measure", "breakdown", "period_kind", "period_start", "period_end", "partial_period", "outcome",
          "value", "low", "high", "unit", "qualifier", "derived_by", "provisions", "as_cited", "refers_to", "quote", "page", "start", "end",
          "needs_review", "review_reasons"}  # fmt: skip


@pytest.mark.usefixtures("reader")
def test_parse_by_the_contract(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    one, empty = put("letters/w.txt", LETTER), put("letters/e.txt", b"")
    two = put("letters/g.txt", "From: Glenarrow Council\nQ1: 3\n")
    code, out, err = foi("parse", "--json", "--request", folder, one, empty, folder / "letters" / "not there.txt", two)
    assert code == 1  # some could not be read
    read = [json.loads(line) for line in out.splitlines()]
    assert [Path(letter["file"]).name for letter in read] == ["w.txt", "e.txt", "not there.txt", "g.txt"]  # in order, one each
    assert [letter["authority_code"] for letter in read] == ["X2", None, None, "X3"]
    for letter in read:
        assert set(letter) >= CONTRACT
        for answer in letter["answers"]:
            assert set(answer) >= ANSWER
            assert letter["text"][answer["start"] : answer["end"]] == answer["quote"] or answer["outcome"] == "unanswered"
    assert [bool(letter["problems"]) for letter in read] == [False, True, True, False] and not read[1]["answers"]
    assert len(err.splitlines()) == 2 and "e.txt: empty" in err and "no such file" in err


@pytest.mark.usefixtures("reader")
def test_parse_exits_0_where_all_was_read(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    code, out, err = foi("parse", "--json", "--request", folder, put("letters/w.txt", LETTER))
    assert (code, err) == (0, "") and "£" in json.loads(out)["text"]


@pytest.mark.usefixtures("reader")
def test_a_fault_of_ours_costs_one_file(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    code, out, err = foi("parse", "--json", "--request", folder, put("letters/c.txt", "CRASH"), put("letters/w.txt", LETTER))
    bad, good = map(json.loads, out.splitlines())
    assert code == 1 and "ZeroDivisionError" in bad["problems"][0] and good["answers"] and "Traceback" not in err


@pytest.mark.usefixtures("reader")
def test_parse_for_people(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    code, out, _ = foi("parse", "--request", folder, put("letters/w.txt", LETTER))
    assert code == 0 and "Wexcombe Council" in out and "replied 2024-02-01" in out and 'disclosed 6   "6"' in out
    assert "withheld (s31)" in out and "not read: 17" in out


@pytest.mark.usefixtures("reader")
def test_ingest(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    data = folder.parent.parent
    put("letters/w.txt", LETTER)
    put("letters/e.txt", b"")
    code, out, err = foi("ingest", "--data-dir", data)
    assert (code, err) == (0, "") and "breaches: made (3 responses, 3 answers, 2 problems: see " in out
    code, out, _ = foi("ingest", "breaches", "--data-dir", data)
    assert code == 0 and "up to date" in out
    code, out, _ = foi("ingest", "breaches", "--data-dir", data, "--force", "--strict")
    assert code == 1 and "made" in out


@pytest.mark.usefixtures("reader")
def test_one_bad_request_does_not_stop_the_others(foi: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    raw = folder.parent
    (raw / "another").mkdir()
    (raw / "another" / "request.yaml").write_text("title: A\n", encoding="utf-8")
    (raw / "notes").mkdir()
    code, out, err = foi("ingest", "--data-dir", raw.parent)
    assert code == 2 and "breaches: made" in out
    notes, bad = err.splitlines()
    assert "notes: passed over, as it has no request.yaml" in notes and "another/request.yaml:1: key 'as_of' is missing" in bad


def test_verbose_tells_the_stages(foi: Callable[..., tuple[int, str, str]], folder: Path) -> None:
    """With it, on standard error; without, nothing there: standard error is for what went wrong."""
    data = folder.parent.parent
    _, _, err = foi("ingest", "breaches", "--data-dir", data, "--verbose")
    assert [line.rpartition(":")[0] for line in err.splitlines()] == ["foi: breaches: letters read", "foi: breaches: tables written"]
    assert all(re.fullmatch(r".*: \d+\.\d s", line) for line in err.splitlines())
    assert foi("ingest", "breaches", "--data-dir", data, "--force")[2] == ""


def test_a_dry_run_says_what_and_why_and_makes_nothing(foi: Callable[..., tuple[int, str, str]], folder: Path, put: Put) -> None:
    """Also where the tables themselves are not up to date."""
    data = folder.parent.parent
    put("letters/wexcombe-council.txt", "Wexcombe Council\n\n1. How many data breaches were there in 2023?\n\nThere were 6 breaches.\n")
    code, out, err = foi("report", "breaches", "--data-dir", data, "--dry-run")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].endswith("processed/breaches: would be made: a file of the request, or foi_lib, changed")
    assert any(line.endswith("councils/wexcombe-council.html: it is not there yet") for line in lines)
    assert lines[-1].endswith("7 of 7 would be made")  # five that compare, and the two councils asked
    assert not (data / "processed" / "breaches").exists() and not (data.parent / "reports").exists()


def test_the_bar_is_for_terminals_alone(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from foi_lib.terminal import progress

    for is_terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda answer=is_terminal: answer, raising=False)
        monkeypatch.setenv("FORCE_COLOR" if is_terminal else "NO_COLOR", "1")
        with progress("Reading breaches") as step:
            step("wexcombe.txt", 3, 8)
        told = capsys.readouterr()
        assert told.out == ""
        assert ("Reading breaches" in told.err and "3/8" in told.err) == is_terminal


@pytest.mark.usefixtures("reader")
def test_report_calls_the_renderer(foi: Callable[..., tuple[int, str, str]], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from foi_lib import reports

    called = []

    def build(*given: object, **named: object) -> reports.BuildResult:
        called.append((given, named))
        result = reports.BuildResult(written=["index.html"])
        if named["force"]:
            result.failed.append(reports.Failure("02_breaches.html", "x = 1 / 0", "ZeroDivisionError: division by zero"))
        return result

    monkeypatch.setattr(reports, "build", build)
    data = folder.parent.parent
    code, out, err = foi("report", "breaches", "--data-dir", data, "--council", "Wexcombe")
    assert (code, err) == (0, "") and "1 written" in out
    ((name, data_dir, reports_dir), named) = called[0]
    assert (name, data_dir, reports_dir, named["councils"]) == ("breaches", data, data.parent / "reports", ["Wexcombe"])
    assert named["show_personal_data"] is False
    code, out, err = foi("report", "--data-dir", data, "--reports-dir", data / "out", "--force", "--show-personal-data")
    assert code == 1 and "1 failed" in out and "02_breaches.html: ZeroDivisionError" in err
    assert called[1][0][2] == data / "out" and called[1][1]["show_personal_data"] is True and called[1][1]["councils"] is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ingest", "data-breches-2018"], "foi: no request 'data-breches-2018' in"),
        (["report", "data-breches-2018"], "did you mean 'data-breaches-2018'"),
        (["parse", "--json", "--request", "nowhere", "a.txt"], "foi: nowhere/request.yaml: no such file"),
        (["ingest", "--data-dir", "nowhere"], "no such folder"),
        (["parse"], "Missing argument"),
        (["ingest", "--forse"], "No such option"),
        (["digest"], "No such command"),
    ],
)
def test_what_the_user_can_mend_is_exit_2(foi: Callable[..., tuple[int, str, str]], words: list[str], told: str) -> None:
    code, out, err = foi(*words)
    assert code == 2 and out == "" and told in err and "Traceback" not in err
    if err.startswith("foi: "):
        assert len(err.splitlines()) == 1


@pytest.mark.parametrize("words", [["--help"], ["parse", "--help"], ["ingest", "--help"], ["report", "-h"]])
def test_help_reads_well(foi: Callable[..., tuple[int, str, str]], words: list[str]) -> None:
    code, out, _ = foi(*words)
    assert code == 0 and "foi " in out and "\b" not in out
    assert max(map(len, out.splitlines())) <= 120


def test_help_tells_the_exit_codes() -> None:
    done = shell("--help")
    assert done.returncode == 0 and "Exit codes: 0 all done; 1 something could not be read" in done.stdout


def test_version() -> None:
    assert shell("--version").stdout.startswith("foi 0.")


@pytest.mark.parametrize("words", [["--help"], ["parse", "--help"], ["report", "--help"], ["--version"]], ids=" ".join)
def test_help_brings_nothing_heavy(words: list[str]) -> None:
    """What makes a command slow to begin is what it imports; the time itself is measured in benchmarks."""
    asked = "import sys\nfrom foi_lib import cli\ntry:\n    cli.main()\nfinally:\n    print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", asked, *words], cwd=ROOT, capture_output=True, text=True)
    heavy = {"pandas", "numpy", "pyarrow", "matplotlib", "nbconvert", "papermill", "pandera", "IPython", "PIL", "foi_lib.letters"}
    assert done.stdout
    assert not heavy & set(done.stderr.split())


def test_output_to_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(f"'{sys.executable}' -m foi_lib.cli --help | head -c 5", shell=True, cwd=ROOT, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
