"""What every test may use: the project's root, the shared folder beside it, the browser on this machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# the same examples on each run, and no time limit that a busy machine would break; HYPOTHESIS_PROFILE=explore draws new ones
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def required() -> bool:
    """Continuous integration: what is missing is an error, not a skip."""
    return os.environ.get("FOI_CI") == "1" or os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled letters and tools beside the project; the test is skipped, loudly, where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(f"SHARED FOLDER MISSING: no ../{SHARED.name} beside the project, so real letters are not tested")
    return SHARED


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the machine's chromium; skipped where there is none, an error in continuous integration."""
    given = os.environ.get("FOI_CHROMIUM")
    path = given or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path:
        return path
    reason = "NO CHROMIUM: reports are not tested in a browser (make browser)"
    if required():
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def driver() -> Iterator[Any]:
    """What drives the browser, one at a time: it keeps an event loop running, beside which no second one can start."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


def pytest_report_header() -> list[str]:
    return [] if SHARED.is_dir() else [f"SHARED FOLDER MISSING: no ../{SHARED.name}; the tests on real letters are skipped"]
