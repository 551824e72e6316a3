# ruff: noqa: E501
"""PDF beside its drawn text: what was typed into a form's fields or over the page, and the addresses behind its links."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from documents.pages import HEIGHT, Item, pdf
from foi_lib.documents import Document, read_document

QUESTIONS: list[Item] = [(72, 100, "1. How many breaches?"), (72, 140, "2. Which team?"), (72, 180, "3. Were any reported?")]
FORM = "/AcroForm << /Fields [FIELDS] /DR << /Font << /F1 3 0 R >> >> /DA (/F1 10 Tf 0 g) >>"
DRAWING = "<< /Type /XObject /Subtype /Form /BBox [0 0 150 16] /Resources << /Font << /F1 3 0 R >> >> /Length {length} >>\nstream\n{drawn}\nendstream"


def read(tmp_path: Path, annotations: Sequence[str], catalog: str = FORM, items: Sequence[Item] = QUESTIONS) -> Document:
    file = tmp_path / "form.pdf"
    file.write_bytes(pdf([items], annotations=annotations, catalog=catalog))
    return read_document(file)


def place(x0: float, y: float, x1: float) -> str:
    return f"/Rect [{x0} {HEIGHT - y - 4} {x1} {HEIGHT - y + 12}]"


def field(y: float, value: str, more: str = "/FT /Tx /F 4") -> str:
    """A form's field to the right of a question, without a drawing of its value."""
    return f"<< /Type /Annot /Subtype /Widget /T (field{y}) /V {value} {place(300, y, 450)} /DA (/F1 10 Tf 0 g) {more} >>"


def drawing(words: str) -> str:
    drawn = f"BT /F1 10 Tf 2 4 Td ({words}) Tj ET"
    return DRAWING.format(length=len(drawn), drawn=drawn)


def link(x0: float, y: float, x1: float, target: str) -> str:
    return f"<< /Type /Annot /Subtype /Link {place(x0, y, x1)} /A << /S /URI /URI {target} >> >>"


def test_what_was_typed_into_a_form_stands_beside_its_question(tmp_path: Path) -> None:
    choice = "/FT /Ch /Ff 131072 /Opt [(Yes) (No)] /F 4"
    document = read(tmp_path, [field(100, "(12)"), field(140, "(Highways, and parks)"), field(180, "(No)", choice)])
    assert [line for line in document.text.split("\n") if line] == ["1. How many breaches?\t12", "2. Which team?\tHighways, and parks", "3. Were any reported?\tNo"]
    assert document.problems == ()


def test_the_field_s_own_drawing_is_what_counts(tmp_path: Path) -> None:
    """As a reader shows it: "12,000" drawn for the value 12000."""
    drawn = "/FT /Tx /F 4 /AP << /N 7 0 R >>"  # the page is object 4, its text 5, the annotations follow
    assert "1. How many breaches?\t12,000\n" in read(tmp_path, [field(100, "(12000)", drawn), drawing("12,000")]).text


def test_hidden_fields_are_not_read(tmp_path: Path) -> None:
    assert "12" not in read(tmp_path, [field(100, "(12)", "/FT /Tx /F 2")]).text


def test_words_typed_over_a_page_that_is_no_form(tmp_path: Path) -> None:
    note = f"<< /Type /Annot /Subtype /FreeText /Contents (Twelve) {place(300, 100, 450)} /DA (/F1 10 Tf) /AP << /N 7 0 R >> >>"
    assert "1. How many breaches?\tTwelve\n" in read(tmp_path, [note, drawing("Twelve")], "").text


@pytest.mark.parametrize(
    ("annotations", "catalog", "problem"),
    [
        ([field(100, "99 0 R"), "<< /Broken"], FORM, None),  # a value that is not there, and half an object
        ([field(100, "(12)", "/FT /Nonsense /F 4")], FORM, None),  # a field of no kind
        ([], "/AcroForm << /Fields 77 0 R >>", None),  # no list of fields
        ([], "/NeedsRendering true /AcroForm << /Fields [] /XFA (x) >>", "XFA"),  # a form that only one program shows
    ],
)
def test_a_damaged_form_costs_nothing_else(tmp_path: Path, annotations: Sequence[str], catalog: str, problem: str | None) -> None:
    document = read(tmp_path, annotations, catalog)
    assert [line for line in document.text.split("\n") if line] == [words for _, _, words in QUESTIONS]  # type: ignore[misc]
    assert bool(document.problems) == bool(problem) and (not problem or problem in document.problems[0])


ADDRESS = "https://www.northmoor.example/breaches-2024.csv"
PUBLISHED: list[Item] = [(72, 100, "The figures are published here and in our log."), (72, 112, "See https://www.northmoor.example/foi too.")]


@pytest.mark.parametrize(
    ("links", "shown"),
    [
        ([link(224, 100, 250, f"({ADDRESS})")], f"published here <{ADDRESS}> and"),  # the answer is behind one word
        ([link(164, 100, 250, f"({ADDRESS})")], f"are published here <{ADDRESS}> and"),  # behind several: once, after the last
        ([link(224, 100, 250, f"({ADDRESS}?q=a b)")], f"here <{ADDRESS}?q=a%20b> and"),  # a blank in it ends no address
        ([link(96, 112, 300, "(https://www.northmoor.example/foi)")], "See https://www.northmoor.example/foi too."),  # its words name it already
        ([link(224, 100, 250, "(mailto:foi@northmoor.example)")], "published here and"),  # no web page
        ([link(224, 100, 250, "(javascript:alert)")], "published here and"),
        ([link(400, 500, 450, f"({ADDRESS})")], "published here and"),  # behind no words
        ([link(224, 100, 250, "<FFFE00C1>")], "published here and"),  # bytes that are no address
        ([link(224, 100, 250, "99 0 R")], "published here and"),  # an address that is not there
        (["<< /Type /Annot /Subtype /Link /Rect [1 2] /A 99 0 R >>", "<< /Broken"], "published here and"),
    ],
)
def test_the_address_behind_a_link_stays_with_its_words(tmp_path: Path, links: Sequence[str], shown: str) -> None:
    document = read(tmp_path, links, "", PUBLISHED)
    assert shown in document.text and document.problems == ()
    assert document.text.count("<") == shown.count("<")


def test_a_link_over_two_lines_has_its_address_once(tmp_path: Path) -> None:
    items: list[Item] = [(72, 100, "The council publishes its figures in the register of"), (72, 112, "breaches every year.")]
    found = read(tmp_path, [link(290, 100, 400, f"({ADDRESS})"), link(72, 112, 120, f"({ADDRESS})")], "", items)
    assert found.text.count(ADDRESS) == 1 and f"breaches <{ADDRESS}> every" in found.text


def test_links_in_a_form_are_kept_too(tmp_path: Path) -> None:
    document = read(tmp_path, [field(140, "(12)"), link(224, 100, 250, f"({ADDRESS})")], FORM, [PUBLISHED[0], (72, 140, "Breaches")])
    assert f"here <{ADDRESS}>" in document.text and "Breaches\t12" in document.text
