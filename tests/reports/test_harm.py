"""No text of a letter, a table or a request acts in any page or sheet, whatever it says."""

from __future__ import annotations

import dataclasses
import io

import nbformat
import openpyxl
import pandas as pd
import pytest

from foi_lib.letters.model import Question
from foi_lib.reports.clean import Evidence, Links, clean
from foi_lib.reports.evidence import Case
from foi_lib.reports.index import index_page
from foi_lib.reports.letters import letter_page
from foi_lib.reports.page import site_of
from foi_lib.reports.render import About, render_notebook
from foi_lib.reports.reply import reply_page
from foi_lib.reports.tables import table_html
from foi_lib.reports.workbook import workbook

from .harm import HARM, faults, poison
from .made import AMBLEFORD, Asked, Data, small

# what the tables' own checks hold to a pattern: dates, lists of words, the names in links
CHECKED = frozenset(
    """answer_id incident_id slug outcome source status kind file period_start period_end period_kind received_on responded_on due_on
    regime sha256 decision machine_outcome decided_on""".split()  # noqa: SIM905
)


SHOWN = frozenset({"a0000000001"})


def poisoned(personal: bool = False) -> tuple[Case, Data]:
    data = small()
    for name in ("responses", "answers", "provisions", "unread", "problems"):
        setattr(data, name, poison(getattr(data, name), CHECKED))
    start = AMBLEFORD.index("1. How")
    text = AMBLEFORD[:start] + "\n".join(HARM) + "\n" + AMBLEFORD[start:]
    shift = len(text) - len(AMBLEFORD)
    for frame in (data.answers, data.provisions, data.unread):
        frame["start"] += shift
        frame["end"] += shift
    data.texts["text"] = pd.Series([text], dtype="str")
    data.answers["quote"] = pd.Series(
        [text[int(a) : int(b)] if pd.notna(a) else None for a, b in zip(data.answers["start"], data.answers["end"], strict=True)],
        dtype="str",
    )
    data.request = Asked(
        title=HARM[1],
        description=HARM[0],
        notes=HARM,
        sources=HARM,
        questions=(Question("1", HARM[0], HARM[1]), Question(HARM[4], HARM[3])),
    )
    return Case(data, personal), data


@pytest.mark.parametrize("personal", [False, True])
def test_letter_view(personal: bool) -> None:
    case, data = poisoned(personal)
    for slug in data.responses["slug"]:
        page = letter_page(case, slug, site_of(data, "0", personal), SHOWN)
        assert faults(page) == []
    assert "&lt;script&gt;window.harmed=1&lt;/script&gt;" in letter_page(case, "ambleford-council", site_of(data, "0", personal), SHOWN)


def test_right_of_reply() -> None:
    case, data = poisoned()
    for slug in data.responses["slug"]:
        assert faults(reply_page(case, slug, site_of(data, "0", False))) == []


def test_index() -> None:
    case, data = poisoned()
    page = index_page(case, site_of(data, "0", False), frozenset({"ambleford-council"}), [(HARM[0], HARM[1])])
    assert faults(page) == []
    assert "&lt;script&gt;" in page


def test_notebook_page() -> None:
    """A notebook's tables, Markdown, plain text and pictures, all made of harm."""
    case, data = poisoned()
    table = table_html(
        data.answers[["authority", "slug", "value", "low", "high", "unit", "qualifier", "quote", "note", "answer_id"]], HARM[0]
    )
    outputs = [nbformat.v4.new_output("display_data", {"text/html": table})]
    outputs += [
        nbformat.v4.new_output("display_data", {kind: text}) for text in HARM for kind in ("text/html", "text/markdown", "text/plain")
    ]
    told = {"image/svg+xml": {"alt": HARM[1], "foi_behind": {"ids": [], "slugs": [], "bare": [], "title": HARM[0]}}}
    outputs += [
        nbformat.v4.new_output("display_data", {"image/svg+xml": f"<svg>{text}</svg>", "text/plain": text}, metadata=told) for text in HARM
    ]
    outputs += [nbformat.v4.new_output("stream", name=name, text=text) for text in HARM for name in ("stdout", "stderr")]
    cells = [nbformat.v4.new_markdown_cell(text) for text in HARM] + [nbformat.v4.new_code_cell("x = 1", outputs=outputs)]
    page = render_notebook(
        nbformat.v4.new_notebook(cells=cells),
        site_of(data, "0", False),
        Links(case.evidence, "", frozenset({"ambleford-council"})),
        About("02_breaches.ipynb", "02_breaches.html", HARM[1], {"request": HARM[0]}),
    )
    assert faults(page) == []


def test_workbook_holds_text_as_text() -> None:
    case, data = poisoned()
    book = openpyxl.load_workbook(io.BytesIO(workbook(case, site_of(data, "0", False))))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == HARM[9] for cell in cells), "the test should have put a formula's text in"
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    assert all(cell.hyperlink is None or cell.hyperlink.target.startswith("letters/") for cell in cells)


@pytest.mark.parametrize("text", HARM)
def test_clean_lets_nothing_by(text: str) -> None:
    assert faults(clean(f"<p>{text}</p>")) == []


@pytest.mark.parametrize(
    ("html", "wanted", "why"),
    [
        ("<p>a<b>c</b></p>", "<p>a<b>c</b></p>", "plain HTML stays"),
        ('<p style="x" onclick="y" class="z">a</p>', '<p class="z">a</p>', "no style, no handler"),
        ("<x-y>a <i>b</i></x-y>", "a <i>b</i>", "an unknown element goes, its text stays"),
        ("<math><mtext><p>a</p></mtext></math>b", "b", "math and svg go whole: their parsing differs between browsers"),
        ("<a href='//example.org/x'>a</a>", "<a>a</a>", "an address without a scheme could lead anywhere"),
        ("<a href='../letters/x.html#a1'>a</a>", '<a href="../letters/x.html#a1">a</a>', "a way within the reports"),
        ("a &amp;lt; b", "a &amp;lt; b", "what was escaped stays escaped"),
        ("<img src='https://example.org/x.png'>", "", "no picture is fetched"),
    ],
)
def test_clean(html: str, wanted: str, why: str) -> None:
    assert clean(html) == wanted, why


def test_clean_goes_as_deep_as_a_letter_does() -> None:
    assert clean("<div>" * 5000 + "x" + "</div>" * 5000).count("x") == 1


def test_faults_sees_them() -> None:
    """The look itself: a page that does not escape is full of faults."""
    found = faults("<html><body>" + "".join(f"<p>{text}</p>" for text in HARM) + "</body></html>")
    for sign in (
        "a script",
        "an attribute onerror on img",
        "an attribute onload on svg",
        "an element iframe",
        "bidirectional",
        "javascript:",
    ):
        assert any(sign in fault for fault in found), sign


def test_links_say_what_they_lead_to() -> None:
    links = Links({"a1": Evidence("x", HARM[0], HARM[1])}, "../")
    assert faults(links.one("a1", "6") + links.many(["a1", "a1"], "12")) == []
    assert dataclasses.is_dataclass(links)
