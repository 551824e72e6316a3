"""The review notebook in JupyterLab, in a real browser: a figure is corrected from the keyboard, and stands in the council's report."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
EXAMPLE = "example-round-robin"
LETTER = "wexcombe-council.txt"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"]
WAIT = 60_000  # ms: a kernel starts, and JupyterLab loads, on a busy machine


@pytest.fixture
def project(root: Path, tmp_path: Path) -> Path:
    """A copy of the example with one letter, and of the review notebook."""
    raw = tmp_path / "data" / "raw" / EXAMPLE
    (raw / "letters").mkdir(parents=True)
    for name in ("request.yaml", "authorities.csv", f"letters/{LETTER}"):
        shutil.copy(root / "data" / "raw" / EXAMPLE / name, raw / name)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(root / "notebooks" / "review.ipynb", tmp_path / "notebooks")
    return tmp_path


@pytest.fixture
def lab(project: Path, root: Path) -> Iterator[str]:
    """The address of a JupyterLab of our own on that copy."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")
    own = {name: str(project / "jupyter" / name.lower()) for name in names}  # nothing of the user's own is read or altered
    quiet = project / "jupyter" / "jupyterlab_settings_dir" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text('{"fetchNews": "false"}', encoding="utf-8")  # it asks, and covers the desk
    options = [f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--ServerApp.ip=127.0.0.1", "--IdentityProvider.token="]
    command = [sys.executable, "-m", "jupyterlab", "notebooks", "--no-browser", "--allow-root", *options]
    log = (project / "lab.log").open("wb")
    running = subprocess.Popen(command, cwd=project, stdout=log, stderr=log, env={**os.environ, **own, "PYTHONPATH": str(root)})
    try:
        address = f"http://127.0.0.1:{port}"
        until = time.monotonic() + WAIT / 1000
        while True:
            try:
                json.load(urllib.request.urlopen(f"{address}/api/status", timeout=2))
                break
            except OSError:
                assert running.poll() is None and time.monotonic() < until, (project / "lab.log").read_text(encoding="utf-8")
                time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        running.wait(20)
        log.close()


@pytest.fixture
def page(driver: Any, chromium: str, lab: str) -> Iterator[Any]:
    browser = driver.chromium.launch(executable_path=chromium, args=ARGUMENTS)
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.set_default_timeout(WAIT)
    page.goto(f"{lab}/lab/tree/review.ipynb?reset")
    yield page
    browser.close()


def run_all(page: Any) -> Any:
    """Run the notebook from its menu; gives the desk once its keys work."""
    page.get_by_text("| Idle").wait_for()  # in the bar below
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    desk = page.locator(".foi-desk[data-foi-ready]")
    desk.wait_for()
    return desk


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_figure_corrected_on_the_desk_stands_in_the_councils_report(page: Any, project: Path, root: Path) -> None:
    """By keyboard alone, from the run on: who, next, previous, correct, accept, reject."""
    desk = run_all(page)
    cells = page.locator(".jp-Notebook .jp-Cell").count()
    where, status, reading = (desk.locator(f".foi-desk-{part}") for part in ("top", "status", "reading"))
    assert "Answer 1 of 20; 19 of 19 wait to be looked at" in where.inner_text()
    assert desk.locator(".foi-desk-letter mark.here").inner_text() == "8"  # that of which the most hangs
    assert desk.locator(".foi-desk-letter mark.here").is_visible()

    press(page, "a")  # nobody has said who decides: nothing is kept, and one line says why
    status.get_by_text("say first who decides").wait_for()
    press(page, "Tab")
    page.keyboard.type("Ada L.")
    press(page, "Enter", "n")
    where.get_by_text("Answer 2 of 20").wait_for()
    press(page, "p")
    where.get_by_text("Answer 1 of 20").wait_for()
    assert "highest figure for data breaches" in reading.inner_text()

    if os.environ.get("FOI_PICTURES") == "1":  # the README's picture
        desk.screenshot(path=root / "docs" / "images" / "review-desk.png")
    press(page, "c")
    page.wait_for_function("document.activeElement.closest('.foi-figure') !== null")  # the field is filled in, and waits
    page.keyboard.type("many")
    press(page, "Enter")
    status.get_by_text("is not a number").wait_for()
    press(page, "Control+A")
    page.keyboard.type("9")
    press(page, "Tab")
    page.keyboard.type("the table has nine rows")
    press(page, "Enter")
    status.get_by_text("question 1: corrected by Ada L.").wait_for()
    page.wait_for_function("document.activeElement.matches('.foi-desk')")
    press(page, "a")
    where.get_by_text("17 of 19 wait to be looked at").wait_for()
    press(page, "r")
    page.wait_for_function("document.activeElement.closest('.foi-why') !== null")
    press(page, "Escape")
    page.wait_for_function("document.activeElement.matches('.foi-desk')")
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells  # JupyterLab's own a, c and r were not meant

    kept = (project / "data" / "raw" / EXAMPLE / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in kept] == ["decision", "correct", "confirm"]

    made = subprocess.run([sys.executable, "-m", "foi_lib.cli", "report", EXAMPLE, "--council", "Wexcombe Council"], cwd=project,
                          env={**os.environ, "PYTHONPATH": str(root)}, capture_output=True, text=True)  # fmt: skip
    assert made.returncode == 0, made.stderr
    page.goto((project / "reports" / EXAMPLE / "councils" / "wexcombe-council.html").as_uri())
    told = page.locator("tr").filter(has_text="data breaches").filter(has_text="2024/25").first.inner_text()
    assert "9 (program: 8)" in told and "Corrected by Ada L." in told and "The program reads 8." in told  # both stand side by side
