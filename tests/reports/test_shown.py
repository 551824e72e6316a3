"""In JupyterLab letters, answers and tables show themselves: marked, escaped, masked; and `foi.evidence` shows an answer's place."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

import foi_lib as foi
from foi_lib.documents.model import Document, Page
from foi_lib.errors import FoiError
from foi_lib.letters.model import Letter
from foi_lib.reports.run import Engine, Job, ordinary_kernels
from foi_lib.reports.shown import frame_html
from foi_lib.reports.warm import warm_forks

from .harm import HARM, faults
from .made import AMBLEFORD, QUESTIONS, small


def letter(text: str = AMBLEFORD) -> Letter:
    document = Document("ambleford.txt", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),))
    return foi.read_letter(document, QUESTIONS)


def ours(html: str) -> list[str]:
    """What is wrong with it, but for the styles that are ours: a notebook has no sheet of them."""
    return [fault for fault in faults(html) if not fault.startswith("an attribute style on")]


def test_a_letter_shows_its_marks_and_what_was_read() -> None:
    found = letter()
    at = AMBLEFORD.index("17 matters")
    found.unread = [foi.letters.Unread("17", "number", "3", 1, at, at + 2)]
    html = found._repr_html_()
    assert '<mark class="read" title="read"><span class="anchor step" id="answer-0"></span>6</mark>' in html
    assert "Question 1, data breaches, 2017: " in html
    assert '<mark class="unread" title="not read">17</mark>' in html
    assert "Robin Example" not in html and "[name]" in html and "[e-mail address]" in html
    assert ours(html) == []


def test_an_answer_shows_what_was_read_and_from_which_words() -> None:
    answers = letter().answers
    html = answers[0]._repr_html_()
    assert "<mark>6</mark>" in html and "<strong>6</strong>" in html and "How many data breaches were there in 2017?" in html
    refused = next(a for a in answers if a.outcome == "neither_confirmed_nor_denied")._repr_html_()
    assert "s31(3)" in refused and "neither confirmed nor denied" in refused
    assert ours(html + refused) == []


@pytest.mark.parametrize("text", HARM)
def test_nothing_that_a_letter_says_acts(text: str) -> None:
    found = letter(AMBLEFORD.replace("Answer: 6", f"Answer: 6 {text}").replace("Ambleford Council\n", f"Ambleford Council {text}\n"))
    assert ours(found._repr_html_()) == []
    for answer in found.answers:
        answer.quote = answer.question_text = text
        assert ours(answer._repr_html_()) == []


def test_a_table_of_a_request_shows_itself() -> None:
    data = small()
    html = frame_html(data.answers)
    assert html is not None
    assert 'data-answer="a0000000001"' in html and "neither confirmed nor denied" in html and "5 rows and" in html
    assert frame_html(data.responses) is not None and frame_html(data.unread) is not None
    assert frame_html(data.answers[["slug", "value"]]) is None, "pandas shows what is not a table of ours"
    many = data.answers.loc[[0] * 40]
    assert (frame_html(many) or "").count("<tr") == 26
    assert frame_html(data.answers.assign(answer_id=None)) is None, "figures that name no row are pandas' to show"


def test_evidence_finds_an_answer_by_name_row_or_itself(data_dir: Path) -> None:
    data = foi.load("example-round-robin", data_dir)
    row = data.answers[data.answers["quote"].notna()].iloc[0]
    by_name, by_row = foi.evidence(row["answer_id"]), foi.evidence(row)
    assert by_name.html == by_row.html == foi.evidence(row, data).html
    assert f'<mark class="read" title="read">{row["quote"]}</mark>' in by_name._repr_html_()
    found = letter()
    place = foi.evidence(found.answers[0], around=60)
    assert '<mark class="read" title="read">6</mark>' in place.html and "How many data breaches" in place.html
    assert repr(place) == "ambleford.txt: 6"
    assert "Robin Example" not in foi.evidence(found.answers[0], around=9999).html
    assert "Robin Example" in foi.evidence(found.answers[0], around=9999, show_personal_data=True).html


def test_evidence_of_nothing_is_told_in_one_line(data_dir: Path) -> None:
    data = foi.load("example-round-robin", data_dir)
    with pytest.raises(FoiError, match=r"no answer 'a9' in .*example-round-robin.*; give an answer_id"):
        foi.evidence("a9")
    with pytest.raises(FoiError, match=r"give it too, as in foi\.evidence"):
        foi.evidence(foi.letters.Answer("1"))
    assert data.name


@pytest.fixture(scope="module")
def data_dir(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    import shutil

    folder = tmp_path_factory.mktemp("data")
    shutil.copytree(root / "data" / "raw" / "example-round-robin", folder / "raw" / "example-round-robin")
    return folder


CELLS = [
    """import foi_lib as foi
from foi_lib.documents.model import Document, Page
text = "Ambleford Council\\nDear Sir\\n1. How many breaches in 2017?\\nAnswer: 6\\n"
letter = foi.read_letter(Document("a.txt", "0" * 64, "text/plain", text, (Page(1, 0, len(text)),)))
data = foi.load("example-round-robin", data_dir)
letter""",
    "letter.answers[0]",
    "foi.evidence(letter.answers[0])",
    "data.answers.head(3)",
    "foi.evidence(data.answers.iloc[0])",
    "import pandas as pd; pd.DataFrame({'a': [1]})",
]


@pytest.mark.slow
@pytest.mark.parametrize("engine", [ordinary_kernels, warm_forks])
def test_in_a_kernel_they_are_what_is_displayed(engine: Engine, data_dir: Path, tmp_path: Path) -> None:
    path = tmp_path / "n.ipynb"
    first = nbformat.v4.new_code_cell(f"data_dir = {str(data_dir)!r}")
    nbformat.write(nbformat.v4.new_notebook(cells=[first, *(nbformat.v4.new_code_cell(c) for c in CELLS)]), path)
    ran = next(iter(engine([Job("n", path, {})], 1)))
    assert ran.failure is None
    shown = [cell.outputs[0]["data"]["text/html"] for cell in ran.notebook.cells if cell.get("outputs")]
    assert len(shown) == len(CELLS)
    signs = ['class="read"', "<mark>6</mark>", 'class="read"', "data-answer=", 'class="read"', "dataframe"]
    for html, sign in zip(shown, signs, strict=True):
        assert sign in html
