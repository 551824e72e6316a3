"""The file that people's decisions are appended to: whatever is killed or done at once, no acknowledged row is lost."""

from __future__ import annotations

import csv
import io
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from foi_lib import ledger
from foi_lib.errors import FoiError

COLUMNS = ("decision", "quote", "when")
WRITER = """
import sys
from pathlib import Path
from foi_lib.ledger import append_row
path, name, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
for n in range(count):
    quote = f"£ {name}-{n}, " + "x" * (n * 37 % 5000)
    append_row(path, ("decision", "quote", "when"), {"decision": "confirm", "quote": quote, "when": "2024-01-02"})
    print(f"{name}-{n}", flush=True)
"""


def rows(path: Path) -> list[list[str]]:
    text, _ = ledger.decode(path.read_bytes())
    return list(csv.reader(io.StringIO(text, newline="")))


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    started = subprocess.Popen([sys.executable, "-c", WRITER, str(path), name, str(count)], stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None and started.stdout.readline() == "ready\n"
    return started


def test_people_who_append_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    people = [writer(path, name, 100) for name in ("ada", "bob", "cy")]
    for one in people:
        assert one.wait(60) == 0
    found = rows(path)
    assert found[0] == list(COLUMNS) and all(len(row) == 3 for row in found)
    assert sorted(row[1].split(",")[0] for row in found[1:]) == sorted(f"£ {name}-{n}" for name in ("ada", "bob", "cy") for n in range(100))


@pytest.mark.slow
def test_a_kill_loses_no_acknowledged_row(tmp_path: Path) -> None:
    path, acknowledged, draw = tmp_path / "corrections.csv", set(), random.Random(8)
    for n in range(20):
        one = writer(path, f"run{n}", 10_000)
        time.sleep(draw.uniform(0.0, 0.08))
        one.send_signal(signal.SIGKILL)
        told, _ = one.communicate()
        acknowledged |= set(told.splitlines())
        ledger.append_row(path, COLUMNS, {"decision": "confirm", "quote": f"after{n}", "when": "2024-01-02"})
        acknowledged.add(f"after{n}")
        held = {row[1].removeprefix("£ ").split(",")[0] for row in rows(path) if len(row) == 3}
        assert acknowledged <= held, f"kill {n}"
    assert len(acknowledged) > 100  # they were killed at work, not before it


def test_cut_off_anywhere_it_is_closed_and_the_rest_is_whole(tmp_path: Path) -> None:
    """What a kill or a full disk can leave of a row, at every byte: the rows before it and after it are whole."""
    path = tmp_path / "corrections.csv"
    first, second, third = ({"decision": "confirm", "quote": quote, "when": "2024-01-02"} for quote in ("one", 'a "£5", b', "three"))
    ledger.append_row(path, COLUMNS, first)
    before = len(path.read_bytes())
    ledger.append_row(path, COLUMNS, second)
    whole = path.read_bytes()
    for cut in range(len(whole) + 1):
        path.write_bytes(whole[:cut])
        ledger.append_row(path, COLUMNS, third)
        text, encoding = ledger.decode(path.read_bytes())
        assert encoding == "utf-8"
        found = list(csv.reader(io.StringIO(text, newline="")))
        assert found[0] == list(COLUMNS) and found[-1] == list(third.values()), cut
        assert (list(first.values()) in found) == (cut >= before - 1), cut
        assert len(found) <= 4


@pytest.mark.parametrize(
    ("there", "line"),
    [
        ("decision;when;quote;;\r\nconfirm;24/01/2018;a;;\r\n", "correct;2024-01-02;£6;;\r\n"),  # as a spreadsheet left it
        ("decision,quote,when\nconfirm,a,2018-01-24", "\ncorrect,£6,2024-01-02\n"),  # an editor that ends no last line
        ("decision,quote,when", "\ncorrect,£6,2024-01-02\n"),
        ('decision,quote,when\nconfirm,"a', '"\ncorrect,£6,2024-01-02\n'),
        ("decision,quote,when\n", "correct,£6,2024-01-02\n"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_row_follows_the_file_that_is_there(tmp_path: Path, there: str, line: str, encoding: str) -> None:
    path = tmp_path / "corrections.csv"
    if encoding == "cp1252":
        there = there.replace("a", "£")  # else it is UTF-8 as well
    path.write_bytes(there.encode(encoding))
    ledger.append_row(path, COLUMNS, {"decision": "correct", "quote": "£6", "when": "2024-01-02"})
    read = path.read_bytes()
    assert read.startswith(there.encode(encoding)), "what stood there was altered"
    known = "cp1252" if encoding == "cp1252" and "£" in there else ledger.decode(there.encode(encoding))[1]
    assert ledger.decode(read) == (there + line, known)


def test_what_cannot_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "corrections.csv"
    with pytest.raises(FoiError, match="cannot be opened for writing"):
        ledger.append_row(tmp_path / "nowhere" / "corrections.csv", COLUMNS, {})
    path.write_bytes("decision,quote,when\nconfirm,£,2024-01-02\n".encode("cp1252"))
    with pytest.raises(FoiError, match="CSV UTF-8"):
        ledger.append_row(path, COLUMNS, {"decision": "confirm", "quote": "→", "when": "2024-01-02"})
    path.write_text("decision,when\n", encoding="utf-8")
    with pytest.raises(FoiError, match="line 1: no column 'quote'"):
        ledger.append_row(path, COLUMNS, {"decision": "confirm", "quote": "6", "when": "2024-01-02"}, needed=("quote",))
    assert path.read_text(encoding="utf-8") == "decision,when\n"


def test_who_waits_too_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledger, "WAIT", 0.05)
    path = tmp_path / "corrections.csv"
    with ledger._locked(path), pytest.raises(FoiError, match="locked"):
        ledger.append_row(path, COLUMNS, {})
    assert path.read_bytes() == b""


@pytest.mark.skipif(os.name != "posix", reason="files are replaced under their readers on POSIX only")
def test_a_file_that_was_replaced_meanwhile_is_the_one_that_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "corrections.csv"
    path.write_text("decision,quote,when\n", encoding="utf-8")
    lock, times = ledger._lock, []

    def replaced_first(handle: int) -> bool:
        if not times:  # an editor saves by putting another file in its place
            times.append(1)
            other = tmp_path / "other"
            other.write_text("decision,quote,when\nreject,b,2024-01-01\n", encoding="utf-8")
            other.replace(path)
        return lock(handle)

    monkeypatch.setattr(ledger, "_lock", replaced_first)
    ledger.append_row(path, COLUMNS, {"decision": "confirm", "quote": "6", "when": "2024-01-02"})
    assert [row[0] for row in rows(path)] == ["decision", "reject", "confirm"]
