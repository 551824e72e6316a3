"""The letter view: every used passage marked at its place, and the whole text there."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from foi_lib.errors import FoiError
from foi_lib.reports.evidence import Case
from foi_lib.reports.letters import letter_page
from foi_lib.reports.marks import Mark, PageBreak, text_html
from foi_lib.reports.masks import Mask
from foi_lib.reports.page import site_of

from .made import AMBLEFORD, small

SHOWN = frozenset({"a0000000001"})  # rows that the council's own report shows


def page(slug: str = "ambleford-council", personal: bool = False) -> str:
    data = small()
    return letter_page(Case(data, personal), slug, site_of(data, "0", personal), SHOWN)


def marked(html: str, anchor: str) -> str:
    """The words of the mark that holds the anchor."""
    return LexborHTMLParser(html).css_first(f"#{anchor}").parent.text()


def letter_text(html: str) -> str:
    """The letter's words as the page shows them, without our notes and without spaces."""
    tree = LexborHTMLParser(html)
    for node in tree.css(".note"):
        node.decompose()
    return "".join(tree.css_first(".letter").text().split())


@pytest.mark.parametrize(
    ("answer", "words"),
    [("a0000000001", "6"), ("a0000000002", "4"), ("a0000000003", "<5"), ("unread-1", "17")],
)
def test_each_anchor_is_in_a_mark_of_its_words(answer: str, words: str) -> None:
    assert marked(page(), answer) == words


def test_every_row_has_one_anchor() -> None:
    data = small()
    for slug in ("ambleford-council", "bexcombe-borough-council"):
        html = page(slug)
        for row in data.answers[data.answers["slug"] == slug].to_dict("records"):
            assert html.count(f'id="{row["answer_id"]}"') == 1


def test_the_note_says_what_was_read() -> None:
    notes = [" ".join(n.text().split()) for n in LexborHTMLParser(page()).css(".note")]
    assert notes[0].startswith("Question 1, data breaches, 2017: ● answered 6")
    assert "1 to 4" in notes[2]
    assert "To be looked at: small number." in notes[2]
    assert "relies on s31(3) (as written: section 31(3))" in notes[3]
    assert notes[4].startswith("Not read: a number that no answer claims.")


def test_previous_and_next_make_one_chain() -> None:
    tree = LexborHTMLParser(page())
    order = [node.attributes["id"] for node in tree.css(".step, .fact")]
    assert [a.attributes["href"] for a in tree.css("a[rel=next]")] == [f"#{anchor}" for anchor in order[1:]]
    assert [a.attributes["href"] for a in tree.css("a[rel=prev]")] == [f"#{anchor}" for anchor in order[:-1]]


def test_the_chain_follows_the_letter_whatever_the_rows_order() -> None:
    data = small()
    data.answers = data.answers.iloc[::-1].reset_index(drop=True)
    assert letter_page(Case(data), "ambleford-council", site_of(data, "0", False), SHOWN) == page()


def test_the_way_back() -> None:
    links = {a.attributes["href"] for a in LexborHTMLParser(page()).css(".note a")}
    assert {"../index.html#f-a0000000001", "../councils/ambleford-council.html#f-a0000000001"} <= links
    assert "../index.html#f-a0000000002" in links
    assert "../councils/ambleford-council.html" in links
    assert "../councils/ambleford-council.html#f-a0000000002" not in links, "the report does not show it"


def test_masked_unless_asked() -> None:
    shared, own = page(), page(personal=True)
    for secret in ("Robin Example", "01632 960 123", "robin.example@ambleford.example"):
        assert secret not in shared
        assert secret in own
    assert "Nothing is masked" in own
    assert "are masked (4 here)" in shared


def test_the_whole_letter_is_there() -> None:
    assert letter_text(page(personal=True)) == "".join(AMBLEFORD.split())


def test_keyed_facts_say_where_they_were_found() -> None:
    html = page("bexcombe-borough-council")
    fact = LexborHTMLParser(html).css_first("#a0000000005")
    said = " ".join(fact.text().split())
    assert "1,234" in said
    assert "Keyed by hand from a published survey, table 2." in said
    assert fact.css_first(".where a").attributes["href"] == "https://example.org/survey?a=1&b=2"


def test_no_reply_says_so() -> None:
    assert "this council had not replied by 31 March 2018" in page("crowmere-district-council")
    assert "dunholt.pdf: no text of it is held here" in page("dunholt-city-council")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"start": 3}, "is not what stands in ambleford-council.txt"),
        ({"quote": None}, "no quote"),
        ({"file": "other.txt"}, "the text of other.txt is not among"),
        ({"source": "keyed", "quote": None}, "neither source_note, source_url nor quote"),
    ],
)
def test_a_figure_without_evidence_stops(change: dict[str, object], message: str) -> None:
    data = small()
    for column, value in change.items():
        data.answers.loc[0, column] = value
    with pytest.raises(FoiError, match=r"answers, row a0000000001 \(Ambleford Council, question 1, 2017, disclosed 6\)") as error:
        Case(data).check()
    assert message in str(error.value)


def test_an_unanswered_question_needs_no_words() -> None:
    data = small()
    for column in ("quote", "start", "end", "value", "low", "high"):
        data.answers.loc[0, column] = None
    data.answers.loc[0, "outcome"] = "unanswered"
    Case(data).check()


TEXT = st.text(st.sampled_from("ab6 \t\n<&"), max_size=60)


@given(TEXT, st.data())
def test_any_marks_keep_the_text(text: str, draw: st.DataObject) -> None:
    """Whatever overlaps: all text is there once, in order, and each anchor once."""
    spans = draw.draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=6))
    marks = [
        Mark(min(a, b), max(a, b), draw.draw(st.sampled_from(["read", "unread", "listed"])), f"m{n}") for n, (a, b) in enumerate(spans)
    ]
    html = text_html(text, marks)
    tree = LexborHTMLParser(html)
    said = "".join(node.text() for node in tree.css(".ln, td"))
    assert "".join(said.split()) == "".join(text.split())
    for mark in marks:
        assert html.count(f'id="{mark.anchor}"') == 1
        if mark.end > mark.start and text[mark.start : mark.end].strip():
            assert any("mark" in (n.tag, n.parent.tag) for n in tree.css(f"#{mark.anchor}"))


@given(TEXT, st.data())
def test_a_mask_leaves_nothing_of_what_it_covers(text: str, draw: st.DataObject) -> None:
    a, b = sorted(draw.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    secret = text[:a].replace("6", "x") + "6" * (b - a) + text[b:].replace("6", "x")
    html = text_html(secret, [Mark(0, len(text), "read", "m")], [Mask(a, b, "name")] if b > a else [])
    assert "6" not in html


def test_pages_are_told() -> None:
    html = text_html("one\ntwo\nthree", [], breaks=[PageBreak(0, "Page 1"), PageBreak(4, "Page 2")])
    assert unescape(html).index("Page 1") < html.index("one") < html.index("Page 2") < html.index("two")
