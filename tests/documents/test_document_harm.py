"""Files that do harm: each costs lines under `problems` and nothing else, and every other file is read."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from documents.harmful import LETTER, Harm, corpus
from documents.letters import lines_of
from documents.test_document_formats import check_places
from documents.writers import as_docx
from foi_lib.documents import Document, Limits, read_documents, walk

pytestmark = pytest.mark.slow
LIMITS = Limits(
    page_seconds=5, seconds=10, memory_bytes=900 * 1024**2, text_characters=1_000_000, pages=100, cells=50_000, children=300,
    unpacked_bytes=20 * 1024**2,
)  # fmt: skip


@pytest.fixture(scope="module")
def harms() -> dict[str, Harm]:
    return corpus()


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory, harms: dict[str, Harm]) -> dict[str, Document]:
    """Every file of the corpus, a good letter before, between and after."""
    folder = tmp_path_factory.mktemp("harm")
    paths = []
    for name, harm in harms.items():
        (folder / name).write_bytes(harm.data)
        paths.append(folder / name)
    (folder / "good.docx").write_bytes(as_docx(LETTER))
    before = sorted(folder.rglob("*"))
    good = folder / "good.docx"
    started = time.monotonic()
    documents = list(read_documents([item for path in paths for item in (path, good)], LIMITS))
    assert time.monotonic() - started < 120
    assert sorted(folder.rglob("*")) == before, "something was written"
    assert all([line for line in document.text.split("\n") if line] == lines_of(LETTER) for document in documents[1::2])
    return {path.name: document for path, document in zip(paths, documents[0::2], strict=True)}


def test_the_corpus_is_as_large_as_it_should_be(harms: dict[str, Harm]) -> None:
    assert len(harms) >= 60
    assert len(Counter(harm.kind for harm in harms.values())) >= 12


@pytest.mark.parametrize("name", sorted(corpus()))
def test_harm(read: dict[str, Document], harms: dict[str, Harm], name: str) -> None:
    document, harm = read[name], harms[name]
    problems = [line for part in walk(document) for line in part.problems]
    text = "\n".join(part.text for part in walk(document))
    if harm.problem:
        assert any(harm.problem in line for line in problems), problems
    assert harm.words in text
    assert "secret" not in text and "root:" not in text and "lollol" not in text
    for part in walk(document):
        check_places(part)
        assert len(part.problems) <= 4 and all(0 < len(line) <= 300 and "\n" not in line for line in part.problems), part.problems
        assert not part.partial or part.text or part.attachments
        name_of = part.path.removeprefix(document.path)
        assert ".." not in name_of.split("/") and "\\" not in name_of
        assert part.text or part.problems or part.attachments
