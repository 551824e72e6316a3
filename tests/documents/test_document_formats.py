"""The same letter in every format gives the same lines."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from documents.letters import LETTERS, lines_of
from documents.writers import SCANNERS, WRITERS
from foi_lib.documents import Document, read_document, read_documents
from foi_lib.letters import read_letter


def reading(document: Document) -> list[str]:
    """The lines that are part of the reading: without furniture, blank lines and surrounding space."""
    text = list(document.text)
    for piece in document.furniture:
        text[piece.start : piece.end] = [" " if letter != "\n" else letter for letter in text[piece.start : piece.end]]
    return [line.strip(" ") for line in "".join(text).split("\n") if line.strip()]


def check_places(document: Document) -> None:
    """Offsets are within the text, pages cover it in order, and cells hold their words."""
    size = len(document.text)
    for place in (*document.pages, *document.tables, *document.furniture, *document.doubtful):
        assert 0 <= place.start <= place.end <= size
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    assert all(one.end <= two.start for one, two in zip(document.pages, document.pages[1:], strict=False))
    for table in document.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("ending", WRITERS)
def test_same_lines(tmp_path: Path, letter: str, ending: str) -> None:
    file = tmp_path / f"reply.{ending}"
    file.write_bytes(WRITERS[ending](LETTERS[letter]))
    document = read_document(file)
    assert not document.problems
    check_places(document)
    assert reading(document) == lines_of(LETTERS[letter])


def answers(document: Document) -> list[tuple[object, ...]]:
    """What the letter answers, without the places, which differ from format to format."""
    return [
        (a.question, a.measure, a.breakdown, a.period_start, a.period_end, a.outcome, a.value, a.low, a.high, a.qualifier, a.refers_to,
         tuple(a.provisions), " ".join(a.quote.split()), tuple(a.review_reasons))
        for a in read_letter(document).answers
    ]  # fmt: skip


@pytest.mark.parametrize("letter", LETTERS)
def test_same_answers_in_every_format(tmp_path: Path, letter: str) -> None:
    """Five letters with figures, suppressed ones, blanks, sums, refusals, NCND, "see above", tables: each in every format."""
    paths = []
    for ending, write in WRITERS.items():
        paths.append(tmp_path / f"reply.{ending}")
        paths[-1].write_bytes(write(LETTERS[letter]))
    found = {path.suffix: answers(document) for path, document in zip(paths, read_documents(paths), strict=True)}
    wanted = found[".txt"]
    assert len(LETTERS) >= 5 and len(wanted) >= 1 and {kind for kind, given in found.items() if given != wanted} == set()


@pytest.mark.parametrize("ending", [ending for ending in WRITERS if ending not in ("txt", "msg")])
def test_tables_have_cells(tmp_path: Path, ending: str) -> None:
    """Every format that has tables tells where each cell stands, blank cells too."""
    file = tmp_path / f"reply.{ending}"
    file.write_bytes(WRITERS[ending](LETTERS["stonebeck"]))
    document = read_document(file)
    wanted = next(content for kind, content in LETTERS["stonebeck"] if kind == "t")
    cells = {(row, column): words for row, line in enumerate(wanted) for column, words in enumerate(line)}
    found = [{(cell.row, cell.column): document.text[cell.start : cell.end] for cell in table.cells} for table in document.tables]
    assert cells in found


@pytest.mark.slow
@pytest.mark.parametrize("letter", LETTERS)
@pytest.mark.parametrize("ending", SCANNERS)
def test_scans_give_the_same_figures_or_doubt(tmp_path: Path, letter: str, ending: str) -> None:
    """Recognised text: every figure is either the same, or stands in a stretch that is marked doubtful; most lines are the same."""
    file = tmp_path / f"reply.{ending}"
    file.write_bytes(SCANNERS[ending](LETTERS[letter]))
    document = read_document(file)
    check_places(document)
    assert not document.problems
    wanted, found = lines_of(LETTERS[letter]), reading(document)
    assert sum(line in found for line in wanted) >= 0.75 * len(wanted), found
    given = [(a.question, a.value, a.low, a.high, a.outcome) for a in read_letter(Document("", "", "", "\n\n".join(wanted))).answers]
    for answer in read_letter(document).answers:  # the same, or flagged; here: each is flagged, as each was recognised
        same = (answer.question, answer.value, answer.low, answer.high, answer.outcome) in given
        assert answer.needs_review or (same and answer.start is None), answer
    for match in re.finditer(r"\d[\d,./]*", document.text):
        over = [doubt for doubt in document.doubtful if doubt.start <= match.start() and match.end() <= doubt.end]
        assert over and all(0 <= doubt.confidence < 1 for doubt in over), match[0]
