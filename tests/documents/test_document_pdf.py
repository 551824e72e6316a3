# ruff: noqa: E501
"""PDF by position: columns, tables over pages, furniture, forms, rotation, notes, invisible text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from documents.pages import HEIGHT, WIDTH, Item, pdf
from foi_lib.documents import Document, Limits, read_document


def read(tmp_path: Path, data: bytes, limits: Limits | None = None) -> Document:
    file = tmp_path / "letter.pdf"
    file.write_bytes(data)
    return read_document(file, limits)


def column(x: float, y: float, lines: Sequence[str], step: float = 12) -> list[Item]:
    return [(x, y + step * number, words) for number, words in enumerate(lines)]


def row(y: float, *cells: tuple[float, str]) -> list[Item]:
    return [(x, y, words) for x, words in cells]


def test_a_blank_cell_stays_blank(tmp_path: Path) -> None:
    """The value in the wrong column that plain text extraction gives."""
    items = row(100, (72, "Year"), (172, "Found"), (272, "Sent")) + row(114, (72, "2021/22"), (190, "12"), (284, "3"))
    items += row(128, (72, "2022/23"), (272, "1,020")) + row(142, (72, "2023/24"), (190, "<5"), (284, "0"))
    document = read(tmp_path, pdf([items]))
    assert document.text.strip() == "Year\tFound\tSent\n2021/22\t12\t3\n2022/23\t\t1,020\n2023/24\t<5\t0"
    assert {(c.row, c.column): document.text[c.start : c.end] for c in document.tables[0].cells}[2, 1] == ""


def test_headings_at_the_left_and_figures_at_the_right(tmp_path: Path) -> None:
    """A heading and the figures under it are one column, though they do not stand one above the other."""
    items = row(100, (72, "Team"), (160, "N"), (300, "Cost")) + row(114, (72, "Roads"), (220, "1"), (400, "9"))
    items += row(128, (72, "Parks"), (400, "8"))
    assert read(tmp_path, pdf([items])).text.strip() == "Team\tN\tCost\nRoads\t1\t9\nParks\t\t8"


def test_columns_of_prose_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = ["The council takes care of the", "records that it holds and has", "looked into each of the cases", "that were reported to it in", "the years that you ask about",
            "so that it can answer you in", "full and without delay."]  # fmt: skip
    right = ["If you are not content with", "this reply you may ask us to", "look at it again within two", "months of its date and after", "that you may complain to the",
             "Commissioner who looks at it", "once more for you."]  # fmt: skip
    document = read(tmp_path, pdf([[(72, 60, "Dear Ms Example,"), *column(72, 100, left), *column(320, 100, right)]]))
    lines = [line for line in document.text.split("\n") if line]
    assert lines[0] == "Dear Ms Example," and " ".join(lines[1:]) == " ".join(left + right)
    assert not document.tables


def test_a_borderless_table_of_questions_and_answers_is_not_prose_columns(tmp_path: Path) -> None:
    items: list[Item] = []
    for number, y in enumerate((100, 150, 200), 1):
        items += column(72, y, [f"Question {number} asks how many", "breaches there have been"]) + column(300, y, [f"There were {number} of them."])
    text = read(tmp_path, pdf([items])).text
    assert [line for line in text.split("\n") if line] == [
        f"Question {number} asks how many breaches there have been\tThere were {number} of them." for number in (1, 2, 3)
    ]


def test_wrapped_lines_are_one_paragraph_and_short_ones_are_not(tmp_path: Path) -> None:
    full = ["The council has looked at its records for the three years that you ask of", "and has found that there were twelve breaches in the first one."]
    items = column(72, 100, full) + column(72, 150, ["12 High Street", "Northmoor", "NM1 1AA"]) + column(72, 210, ["1. First question", "2. Second question"])
    text = read(tmp_path, pdf([items])).text
    assert text.strip() == " ".join(full) + "\n\n12 High Street\nNorthmoor\nNM1 1AA\n\n1. First question\n2. Second question"


def test_running_heads_and_page_numbers(tmp_path: Path) -> None:
    pages = [
        [(72, 40, "Northmoor Council"), (72, 200, f"Words of page {number} and more of them"), (72, 790, "Information Governance, Town Hall"), (290, 815, f"Page {number} of 3")]
        for number in (1, 2, 3)
    ]
    document = read(tmp_path, pdf(pages))
    kinds = [(document.text[f.start : f.end], f.kind) for f in document.furniture]
    assert kinds == [
        piece for number in (1, 2, 3)
        for piece in (("Northmoor Council", "header"), ("Information Governance, Town Hall", "footer"), (f"Page {number} of 3", "page_number"))
    ]  # fmt: skip
    assert [document.page_at(document.text.index(f"Words of page {number}")) for number in (1, 2, 3)] == [1, 2, 3]


def test_what_stands_once_is_no_furniture(tmp_path: Path) -> None:
    """The letterhead and the date of a letter of one page are part of the reading."""
    document = read(tmp_path, pdf([[(72, 40, "Northmoor Council"), (72, 60, "24 January 2018"), (72, 200, "Twelve."), (72, 810, "Registered office")]]))
    assert document.furniture == ()


def test_a_table_over_two_pages_is_one_table(tmp_path: Path) -> None:
    first = [(72.0, 40.0, "Northmoor Council"), *row(700, (72, "Year"), (200, "N")), *row(714, (72, "2015"), (200, "4"))]
    second = [(72.0, 40.0, "Northmoor Council"), *row(110, (72, "2016"), (200, "5")), *row(124, (72, "2017"), (200, "6")), (72.0, 300.0, "Yours")]
    document = read(tmp_path, pdf([first, second]))
    (table,) = document.tables
    assert [(c.row, document.text[c.start : c.end]) for c in table.cells] == [(0, "Year"), (0, "N"), (1, "2015"), (1, "4"), (2, "2016"), (2, "5"), (3, "2017"), (3, "6")]


@pytest.mark.parametrize("double", [False, True])
def test_drawn_borders(tmp_path: Path, double: bool) -> None:
    """Cells by their borders, a cell of several lines too; borders drawn as two edges make no columns of their own."""
    xs, ys = (70.0, 200.0, 400.0), (90.0, 120.0, 160.0)
    rules = [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]
    if double:
        rules += [(xs[0], y + 4, xs[-1] + 4, y + 4) for y in ys] + [(x + 4, ys[0], x + 4, ys[-1] + 4) for x in xs]
    items = [*row(110, (78, "Year"), (208, "Notes")), (78.0, 137.0, "2019"), *column(208, 137, ["two lines of", "one cell"])]
    document = read(tmp_path, pdf([items], rules))
    assert document.text.strip() == "Year\tNotes\n2019\ttwo lines of one cell"


def test_the_sign_of_a_note_does_not_join_the_figure_before_it(tmp_path: Path) -> None:
    items: list[Item] = [(72, 100, "There were 12"), (72 + 13 * 6, 96, "1", 6.0), (72 + 13 * 6 + 3.6, 100, " breaches."), (72, 130, "On the 31"), (72 + 9 * 6, 126, "st", 6.0)]
    assert read(tmp_path, pdf([items])).text.split("\n")[:3] == ["There were 12 [note 1] breaches.", "", "On the 31st"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_as_it_is_seen(tmp_path: Path, turn: int) -> None:
    """A page marked as turned shows its words turned: what is seen upright is what counts, so these are seen sideways or upside down."""
    document = read(tmp_path, pdf([[(72, 100, "first line of the letter"), (72, 130, "second line of the letter")]], rotate=turn))
    words = document.text.split()
    assert sorted(words) == sorted(["first", "line", "of", "the", "letter", "second", "line", "of", "the", "letter"]) and not document.problems


@pytest.mark.slow
def test_somebody_elses_ocr_is_doubtful(tmp_path: Path) -> None:
    """Invisible text under a picture of the page: what a scanner's own program made."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf([[(72, 100, "There were 12 breaches in the year of the request.")]], mode=3))
    picture = pypdfium2.PdfImage.new(document)
    page = document[0]
    saved = io.BytesIO()
    Image.new("L", (595, 842), 255).save(saved, "JPEG")
    picture.load_jpeg(io.BytesIO(saved.getvalue()))
    picture.set_matrix(pypdfium2.PdfMatrix().scale(WIDTH, HEIGHT))
    page.insert_obj(picture)
    page.gen_content()
    made = io.BytesIO()
    document.save(made)
    found = read(tmp_path, made.getvalue())
    assert found.text.strip() == "There were 12 breaches in the year of the request."
    assert [(d.start, d.end) for d in found.doubtful] == [(0, len(found.text.strip()))]


def test_more_pages_than_the_limit(tmp_path: Path) -> None:
    document = read(tmp_path, pdf([[(72, 100, f"page number {n} has words")] for n in range(5)]), Limits(pages=3))
    assert document.partial and len(document.pages) == 3 and document.problems == ("read as PDF: it has 5 pages; the first 3 were read",)


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    data = pdf([[(72, 100, "Twelve breaches"), *row(130, (72, "a"), (200, "b")), *row(144, (72, "c"), (200, "d"))]])
    assert read(tmp_path, data) == read(tmp_path, data)
