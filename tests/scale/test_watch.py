"""`foi watch`: a letter that is dropped into a request's folder is read and rendered."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from foi_lib.watching import changed_folders

pytestmark = pytest.mark.slow
ASKED = "{label: '1', text: How many data breaches were there in 2023?, measure: breach_count}"
REQUEST = f"title: Made up\nas_of: 2024-06-30\nquestions: [{ASKED}]\n"


def test_only_material_is_seen(tmp_path: Path) -> None:
    """A file that is hidden, or that an editor left behind, is no reason to build."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        (folder / "letters" / ".hidden").mkdir(parents=True)
    stop, ready = threading.Event(), threading.Event()
    seen: list[list[Path]] = []

    def look() -> None:
        for changed in changed_folders(folders, stop):
            seen.append(changed)
            ready.set()

    watcher = threading.Thread(target=look)
    watcher.start()
    assert ready.wait(30)
    try:
        for name in ("letters/.hidden/x.txt", "letters/~$x.docx", "letters/.x.swp", "Thumbs.db"):
            (folders[0] / name).write_text("x", encoding="utf-8")
        time.sleep(3)
        assert seen == [[]]
        (folders[1] / "letters" / "x.txt").write_text("x", encoding="utf-8")
        until = time.monotonic() + 20
        while len(seen) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert seen == [[], [folders[1]]]
    finally:
        stop.set()
        watcher.join()


def test_a_dropped_letter_is_in_the_report(tmp_path: Path, root: Path) -> None:
    raw = tmp_path / "data" / "raw" / "made"
    (raw / "letters").mkdir(parents=True)
    (raw / "request.yaml").write_text(REQUEST, encoding="utf-8")
    command = [sys.executable, "-m", "foi_lib.cli", "watch", "made"]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONUNBUFFERED": "1"}
    watcher = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    assert watcher.stdout
    try:
        _until(watcher, "watching data/raw/made")
        (raw / "letters" / "camden.txt").write_text(
            "London Borough of Camden\n\n1. How many data breaches were there in 2023?\n\nThere were 6 data breaches.\n", encoding="utf-8"
        )
        assert "made (1 responses, 1 answers)" in _until(watcher, "data/processed/made")
        _until(watcher, "reports/made/index.html")
        assert list((tmp_path / "reports" / "made" / "councils").glob("*camden*.html"))
    finally:
        watcher.send_signal(signal.SIGINT)
        code = watcher.wait(30)
    assert code == 0


def _until(process: subprocess.Popen[str], begins: str, seconds: float = 180) -> str:
    """The next line that begins so; the process is ended where none comes in time."""
    assert process.stdout
    alarm = threading.Timer(seconds, process.kill)
    alarm.start()
    try:
        return next(line for line in process.stdout if line.startswith(begins))
    finally:
        alarm.cancel()
