"""From files to the editor's page: a PDF of several pages, a scan and an e-mail's attachment go through a whole build."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from foi_lib.reports import build

pytestmark = pytest.mark.slow
COUNCILS = ["Calderholt Metropolitan Borough Council", "Thornwick Vale District Council", "Ravenhithe Metropolitan Borough Council"]


@pytest.fixture(scope="module")
def reports(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of three councils of the example."""
    folder = tmp_path_factory.mktemp("reports")
    result = build("example-round-robin", root / "data", folder, councils=COUNCILS)
    assert result.failed == []
    return folder / "example-round-robin"


def test_a_figure_leads_to_its_page(reports: Path) -> None:
    council = (reports / "councils" / "calderholt-metropolitan-borough-council.html").read_text("utf-8")
    assert re.search(r'title="[^"]*£?12,450[^"]*, page 2,', council)
    letter = (reports / "letters" / "calderholt-metropolitan-borough-council.html").read_text("utf-8")
    assert [page in letter for page in ("Page 1", "Page 2", "Page 3", "Page 4")] == [True, True, True, False]
    assert letter.index("Page 2") < letter.index("12,450.00") < letter.index("Page 3")


def test_what_was_recognised_from_a_scan_is_for_review_and_says_so(reports: Path) -> None:
    council = (reports / "councils" / "thornwick-vale-district-council.html").read_text("utf-8")
    letter = (reports / "letters" / "thornwick-vale-district-council.html").read_text("utf-8")
    assert "low_confidence_text" in council and "To be looked at: low confidence text" in letter and "section 12" in letter


def test_what_is_attached_stands_on_the_letters_page(reports: Path) -> None:
    letter = (reports / "letters" / "ravenhithe-metropolitan-borough-council.html").read_text("utf-8")
    for words in ("Q1 list.xlsx", "Q2 list.ods", "Q3 list.csv", "Q4 list.xls", "Payslips put in the wrong envelopes", "Stolen tablet"):
        assert words in letter
