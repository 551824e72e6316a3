"""The right-of-reply page: it stands alone, and says what was read, from which words, and what was not found."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from foi_lib.reports.evidence import Case
from foi_lib.reports.page import site_of
from foi_lib.reports.reply import reply_page

from .made import small


def page(slug: str) -> LexborHTMLParser:
    data = small()
    return LexborHTMLParser(reply_page(Case(data), slug, site_of(data, "0", False)))


def test_readings_and_words() -> None:
    rows = [[" ".join(c.text().split()) for c in row.css("th, td")] for row in page("ambleford-council").css("tbody tr")]
    assert rows[0] == ["2017", "the whole", "● answered: 6", "6", "ambleford-council.txt, page 1"]
    assert rows[2] == ["2017/18", "the whole", "◒ suppressed: 1 to 4", "<5", "ambleford-council.txt, page 1"]
    assert rows[3][2] == "◆ neither confirmed nor denied, relying on s31(3)"


@pytest.mark.parametrize(
    ("slug", "said"),
    [
        ("ambleford-council", "we found an answer, or a reason for none, to every question"),
        ("bexcombe-borough-council", "We hold only the figures above"),
        ("crowmere-district-council", "If you gave one, please show us where."),
    ],
)
def test_what_we_could_not_find(slug: str, said: str) -> None:
    assert said in " ".join(page(slug).css_first("main").text().split())


def test_it_links_to_no_other_page() -> None:
    links = [a.attributes["href"] for a in page("ambleford-council").css("a[href]")]
    assert [href for href in links if not href.startswith("#")] == []
