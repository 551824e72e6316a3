"""What a reader may not do, and what its failures cost: one line in `problems`, and nothing else."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from documents.letters import LETTERS, lines_of
from documents.writers import as_html, as_pdf, zipped
from foi_lib.documents import Limits, read_document, read_documents
from foi_lib.documents.build import Builder
from foi_lib.documents.sandbox import Pool, shared_pool

TIGHT = Limits(page_seconds=1, seconds=3, memory_bytes=600 * 1024**2, text_characters=100_000, pages=20)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(2, (sys.executable, str(Path(__file__).parent / "faulty_worker.py")))
    yield made
    made.close()


def read(pool: Pool, fault: str, data: bytes = b"x", limits: Limits = TIGHT) -> Builder:
    found: list[Builder] = []
    pool.submit(data, "letter", f"test/{fault}", limits, found.append)
    while not found:
        pool.wait()
    return found[0]


@pytest.mark.parametrize(
    ("fault", "word"),
    [
        ("crash", "SIGSEGV"),
        ("leave", "exit code 3"),
        ("hang", "hung"),  # by the clock on the wall
        ("spin", "longer than the limit of"),  # by the processor's, though the reader swallows exceptions
        ("hoard", "memory"),
        ("flood", "characters of text"),
        ("pages", "more than 20 pages"),
        ("babble", "cannot be used"),
        ("deep", "nested too deep"),
    ],
)
def test_a_failure_is_one_line_and_keeps_what_was_read(pool: Pool, fault: str, word: str) -> None:
    started = time.monotonic()
    out = read(pool, fault)
    assert time.monotonic() - started < 40
    assert len(out.problems) == 1 and word in out.problems[0], out.problems
    assert out.partial
    assert out.text().startswith("more more" if fault == "flood" else "page one was read\n")
    assert read(pool, "fine").problems == []  # the pool lives on


@pytest.mark.parametrize("fault", ["connect", "look_up", "run", "delete", "write", "write_below_python"])
def test_forbidden(pool: Pool, tmp_path: Path, fault: str) -> None:
    target = tmp_path / "target.txt"
    if fault == "delete":
        target.write_text("kept")
    out = read(pool, fault, str(target).encode())
    assert len(out.problems) == 1 and "PermissionError" in out.problems[0], out.problems
    assert (target.read_text() if target.exists() else "") == ("kept" if fault == "delete" else "")


def test_what_a_library_prints_goes_nowhere(pool: Pool, capfd: pytest.CaptureFixture[str]) -> None:
    out = read(pool, "printing")
    assert out.problems == [] and out.text() == "page one was read\n"
    assert capfd.readouterr() == ("", "")


def test_workers_are_kept(tmp_path: Path) -> None:
    """Many files, one process a worker."""
    paths = []
    for number in range(30):
        paths.append(tmp_path / f"{number}.html")
        paths[-1].write_bytes(as_html([("p", f"letter {number}")]))
    pool = Pool(2)
    documents = list(read_documents(paths, pool=pool))
    assert [document.text.strip() for document in documents] == [f"letter {number}" for number in range(30)]
    assert len(pool._workers) <= 2 and sum(worker.files for worker in pool._workers) == 30
    pool.close()


def test_every_other_file_is_read(tmp_path: Path) -> None:
    """A reader that crashes on one member of an archive costs that member only."""
    crashing = Path(__file__).parent / "crashing_worker.py"
    members = {"a.pdf": as_pdf(LETTERS["quillford"]), "b.pdf": b"%PDF-1.4 CRASH", "c.html": as_html(LETTERS["eastvale"])}
    file = tmp_path / "replies.zip"
    file.write_bytes(zipped(members))
    pool = Pool(1, (sys.executable, str(crashing)))
    (document,) = read_documents([file], pool=pool)
    first, second, third = document.attachments
    assert lines_of(LETTERS["quillford"]) == [line for line in first.text.split("\n") if line]
    assert second.text == "" and len(second.problems) == 1 and "crashed" in second.problems[0] and "PDF" in second.problems[0]
    assert lines_of(LETTERS["eastvale"]) == [line for line in third.text.split("\n") if line]
    pool.close()


def test_a_forked_child_has_workers_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "letter.html"
    file.write_bytes(as_html([("p", "hello")]))
    assert read_document(file).text.strip() == "hello"
    child = os.fork()
    if child == 0:
        os._exit(0 if read_document(file).text.strip() == "hello" and shared_pool().owner == os.getpid() else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert read_document(file).text.strip() == "hello"


def test_an_abandoned_reading_harms_nobody(tmp_path: Path) -> None:
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.html")
        paths[-1].write_bytes(as_html([("p", f"letter {number}")]))
    assert next(read_documents(paths)).text.strip() == "letter 0"
    assert [document.text.strip() for document in read_documents(paths)] == [f"letter {number}" for number in range(6)]
