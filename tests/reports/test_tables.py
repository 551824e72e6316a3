"""What notebooks show: headings, figures, words for what is missing, the way to the evidence."""

from __future__ import annotations

import pandas as pd
import pytest
from selectolax.lexbor import LexborHTMLParser

from foi_lib.errors import FoiError
from foi_lib.reports import words
from foi_lib.reports.clean import Evidence, Links, clean
from foi_lib.reports.evidence import Case
from foi_lib.reports.tables import table_html

from .made import small


def cells(html: str, row: int = 0) -> list[str]:
    return [" ".join(c.text().split()) for c in LexborHTMLParser(html).css("tbody tr")[row].css("th, td")]


def test_headings_caption_and_scope() -> None:
    tree = LexborHTMLParser(table_html(pd.DataFrame({"authority": ["A"], "working_days": [12345]}), "Days <taken>"))
    assert tree.css_first("caption").text() == "Days <taken>"
    assert [(h.text(), h.attributes["scope"]) for h in tree.css("thead th")] == [("Council", "col"), ("Working days", "col")]
    assert tree.css_first("tbody th").attributes["scope"] == "row"
    assert tree.css_first("td").attributes["class"] == "foi-num"
    assert tree.css_first("td").text() == "12,345"


@pytest.mark.parametrize(
    ("row", "wanted", "why"),
    [
        ({"value": 6.0, "low": 6.0, "high": 6.0, "unit": "count"}, "6", "a plain count"),
        ({"value": 81200.5, "low": None, "high": None, "unit": "GBP"}, "£81,200.50", "money with pence"),
        ({"value": 300.0, "low": 300.0, "high": 300.0, "unit": "GBP"}, "£300", "whole pounds"),
        ({"value": None, "low": 1.0, "high": 4.0, "unit": "count"}, "1 to 4", "an interval"),
        ({"value": None, "low": 5.0, "high": None, "unit": "count"}, "at least 5", "open above"),
        ({"value": 2.0, "low": 2.0, "high": 2.0, "unit": "count", "qualifier": "known"}, "2 (known)", "the hedge is kept"),
        ({"value": None, "low": None, "high": None, "unit": None, "outcome": "withheld"}, "withheld", "no figure: its outcome in words"),
        ({"value": None, "low": None, "high": None, "unit": None, "status": "no_reply"}, "no reply", "nobody answered"),
    ],
)
def test_figures(row: dict[str, object], wanted: str, why: str) -> None:
    frame = pd.DataFrame([{"authority": "A", **row}])
    assert cells(table_html(frame, columns=["authority", "value"]))[1] == wanted, why


def test_what_is_missing_is_said() -> None:
    frame = pd.DataFrame({"authority": ["A"], "responded_on": [None], "provisions": [None], "note": [None], "outcome": [None]})
    assert cells(table_html(frame)) == ["A", "not known", "none", "–", "not asked"]
    assert cells(table_html(frame, missing={"note": "nothing"}))[3] == "nothing"


def test_outcome_has_a_shape_and_a_word() -> None:
    html = table_html(pd.DataFrame({"authority": ["A"], "outcome": ["withheld"]}))
    assert '<span class="foi-shape" aria-hidden="true">■ </span>withheld' in html


def test_every_outcome_has_its_own_shape() -> None:
    from foi_lib.letters.model import OUTCOMES

    assert set(OUTCOMES) <= set(words.SHAPES)
    assert len(set(words.SHAPES.values())) == len(words.SHAPES)


def test_figures_name_their_evidence() -> None:
    html = table_html(small().answers[["authority", "slug", "outcome", "value", "low", "high", "unit", "answer_id"]])
    tree = LexborHTMLParser(html)
    assert {n.attributes["data-answer"] for n in tree.css("[data-answer]")} == {f"a000000000{n}" for n in range(1, 6)}
    assert {n.attributes["data-council"] for n in tree.css("[data-council]")} == {"ambleford-council", "bexcombe-borough-council"}


def test_a_sum_names_all_its_rows() -> None:
    html = table_html(pd.DataFrame({"tier": ["county"], "total": [12], "answer_ids": ["a1; a2"]}))
    assert 'data-answers="a1 a2"' in html


def test_a_figure_without_evidence_is_refused() -> None:
    frame = pd.DataFrame({"authority": ["A", "B"], "question": ["1", "2"], "value": [1.0, 2.0], "answer_id": ["a1", None]})
    with pytest.raises(FoiError, match=r"a figure with no evidence in Breaches: B, 2, value = 2\.0"):
        table_html(frame, "Breaches")


BARE = [
    ("a table that names no evidence", pd.DataFrame({"tier": ["county"], "total": [12]}), "county, 12"),
    ("figures in words", pd.DataFrame({"tier": ["county"], "median": ["1 to 4"]}), "county, 1 to 4"),
    ("by its answer", pd.DataFrame({"tier": ["county"], "total": [12], "answer_ids": ["a0000000001; a0000000002"]}), None),
    ("by its councils", pd.DataFrame({"reply": ["in time"], "councils": [1], "councils_slugs": ["ambleford-council"]}), None),
    ("by its council's letter", pd.DataFrame({"authority": ["A"], "slug": ["ambleford-council"], "working_days": [7]}), None),
    ("by its source", pd.DataFrame({"authority": ["A"], "value": [7], "source_url": ["https://example.org/1"]}), None),
    ("nothing lies behind a count of none", pd.DataFrame({"tier": ["county"], "total": [0], "answer_ids": [""]}), None),
    ("no figure", pd.DataFrame({"file": ["a.pdf"], "reason": ["no text"]}), None),
]


@pytest.mark.parametrize(("why", "frame", "row"), BARE, ids=[b[0] for b in BARE])
def test_a_report_with_a_row_that_leads_nowhere_is_not_made(why: str, frame: pd.DataFrame, row: str | None) -> None:
    columns = ["authority", "value", "source_url"] if "source_url" in frame else None
    html = table_html(frame, "Breaches", columns=columns)  # JupyterLab shows it
    links = Links(Case(small()).evidence, names=Case(small()).names)
    if row is None:
        assert "<table>" in clean(html, links)
    else:
        with pytest.raises(FoiError, match=f"a figure with no evidence in Breaches: {row}"):
            clean(html, links)


def test_councils_that_are_counted_lead_to_their_letters() -> None:
    case = Case(small())
    links = Links(case.evidence, "../", names=case.names)
    frame = pd.DataFrame({"reply": ["in time"], "councils": [2], "councils_slugs": ["ambleford-council; crowmere-district-council"]})
    tree = LexborHTMLParser(clean(table_html(frame), links))
    assert [a.attributes["href"] for a in tree.css("td details a")] == [
        "../letters/ambleford-council.html",
        "../letters/crowmere-district-council.html",
    ]
    with pytest.raises(FoiError, match="'nowhere' names no council"):
        clean(table_html(frame.assign(councils_slugs="nowhere")), links)


def test_a_figure_of_very_many_answers_lists_the_first_and_leads_to_the_rest() -> None:
    links = Links({f"a{n}": Evidence("x", f"answer {n}", "") for n in range(200)}, "../")
    html = links.many([f"a{n}" for n in range(200)], "200")
    assert html.count("<li>") == 61
    assert '<a href="../index.html">and 140 more, among all councils</a>' in html
    with pytest.raises(FoiError, match="'a900' names no row"):
        links.many([*(f"a{n}" for n in range(200)), "a900"], "201")


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(FoiError, match="no column 'figur' in the table"):
        table_html(pd.DataFrame({"figure": [1]}), columns=["figur"])


def test_words_are_folded_below_and_masked() -> None:
    frame = small().answers.assign(quote="Mrs Jane Doe, jane.doe@x.example, said 6")
    html = table_html(
        frame[["authority", "value", "outcome", "quote", "answer_id", "file", "page"]].drop(columns="quote").assign(quote=frame["quote"]),
        columns=["authority", "value"],
    )
    assert "The words behind these figures (5)" in html
    assert "Doe" not in html
    assert "[name]" in html


def test_an_empty_table_says_so() -> None:
    assert "Breaches: nothing to list." in table_html(pd.DataFrame({"a": []}), "Breaches")


def test_same_table_same_bytes() -> None:
    assert table_html(small().answers, "x") == table_html(small().answers, "x")


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ({"period_start": "2017-01-01", "period_end": "2017-12-31"}, "2017"),
        ({"period_start": "2021-04-01", "period_end": "2022-03-31", "partial_period": False}, "2021/22"),
        ({"period_start": "2023-04-01", "period_end": "2024-03-05", "partial_period": True}, "1 April 2023 to 5 March 2024 (part)"),
        ({"period_start": "2023-04-01", "period_end": None}, "from 1 April 2023"),
        ({"period_start": "2024-03-01", "period_end": "2024-03-31", "period_kind": "month"}, "March 2024"),
        ({"period_start": "2021-09-01", "period_end": "2022-08-31", "period_kind": "academic_year"}, "2021/22 (academic)"),
        ({"period_start": None, "period_end": None}, ""),
    ],
)
def test_periods(row: dict[str, object], wanted: str) -> None:
    assert words.period(row) == wanted


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("HTTP://example.org", True),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("https://exa mple.org", False),
        ('https://x"onload=1', False),
        ("data:text/html,x", False),
        ("ftp://example.org", False),
        (None, False),
        ("https://example.org/\u202egnp", False),
    ],
)
def test_only_web_addresses_become_links(url: str | None, link: bool) -> None:
    assert (words.web_link(url) is not None) is link
