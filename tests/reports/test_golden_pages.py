"""One council's pages, whole: its report, its letter, its right of reply; byte for byte the same in two builds, and as they were read last.

A missing page is written, and the test fails until somebody has looked at it. A change that is meant is accepted by FOI_GOLDEN=accept:
the pages are written anew, and the difference is read before it is committed.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from analysis import synthetic as t
from notebooks.on_disk import with_texts, write

from foi_lib.reports import build

GOLDEN = Path(__file__).parent / "golden"
COUNCIL = "council-003-of-example"
PAGES = ("councils", "letters", "right-of-reply")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two builds, from two folders."""
    out = []
    for n in (1, 2):
        folder = tmp_path_factory.mktemp(f"build{n}")
        write(folder / "data", "golden", with_texts(t.many(8)))
        result = build("golden", folder / "data", folder / "reports", councils=[COUNCIL])
        assert result.failed == []
        out.append(folder / "reports" / "golden")
    return out


def settled(page: str) -> str:
    """The page without its style sheet, the drawings in its pictures and the data's hash: they have tests of their own, or no meaning."""
    page = re.sub(r"<style>.*?</style>", "<style></style>", page, flags=re.DOTALL)
    page = re.sub(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+", "data:image/svg+xml;base64,", page)
    return re.sub(r"\b[0-9a-f]{64}\b|(?<=Data <code>)[0-9a-f]{12}", "HASH", page)


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_two_builds_give_the_same_bytes(kind: str, built: list[Path]) -> None:
    one, two = ((folder / kind / f"{COUNCIL}.html").read_bytes() for folder in built)
    assert one == two


@pytest.mark.slow
@pytest.mark.parametrize("kind", PAGES)
def test_the_page_is_as_it_was_read_last(kind: str, built: list[Path]) -> None:
    page = settled((built[0] / kind / f"{COUNCIL}.html").read_text(encoding="utf-8"))
    golden = GOLDEN / f"{kind}.html"
    if os.environ.get("FOI_GOLDEN") == "accept" or not golden.is_file():
        GOLDEN.mkdir(exist_ok=True)
        golden.write_text(page, encoding="utf-8")
        if os.environ.get("FOI_GOLDEN") != "accept":
            pytest.fail(f"{golden.name} was missing and has been written: look at it, then run this again")
    assert page.splitlines() == golden.read_text(encoding="utf-8").splitlines()
