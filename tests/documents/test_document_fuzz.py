# ruff: noqa: E501
"""Damage at random places, always the same: whatever comes in, a `Document` comes out, in bounded time and with true places."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.letters import LETTERS
from documents.test_document_formats import check_places
from documents.writers import SCANNERS, WRITERS
from foi_lib.documents import Limits, read_documents, walk
from foi_lib.documents.blocks import write_blocks
from foi_lib.documents.build import Builder, Unreadable
from foi_lib.documents.layout import page_blocks
from foi_lib.documents.lines import Word
from foi_lib.documents.quoted import quoted_messages
from foi_lib.documents.rtf import read_rtf

LIMITS = Limits(page_seconds=5, seconds=10, unpacked_bytes=20 * 1024**2, ocr_pages=2)
DAMAGES = 8


def damaged(data: bytes, seed: int) -> bytes:
    """The file with some bytes changed, a stretch lost or doubled, or its end cut off."""
    dice = random.Random(seed)
    changed = bytearray(data)
    for _ in range(dice.choice((1, 5, 50))):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    at, size = dice.randrange(len(changed)), dice.randrange(1, 400)
    if seed % 4 == 1:
        del changed[at : at + size]
    elif seed % 4 == 2:
        changed[at:at] = changed[at : at + size]
    elif seed % 4 == 3:
        del changed[at:]
    return bytes(changed)


@pytest.mark.slow
def test_damaged_files(tmp_path: Path) -> None:
    paths = []
    for ending, write in (WRITERS | {"png": SCANNERS["png"]}).items():
        whole = write(LETTERS["northmoor"])
        for seed in range(DAMAGES if ending != "png" else 2):
            paths.append(tmp_path / f"{seed}.{ending}")
            paths[-1].write_bytes(damaged(whole, seed))
    documents = list(read_documents(paths, LIMITS))
    assert [document.path for document in documents] == [str(path) for path in paths]
    for document in documents:
        for part in walk(document):
            check_places(part)
            assert all(line and "\n" not in line for line in part.problems)
            assert part.text or part.problems or part.attachments, part.path
    read = sum("Northmoor" in document.text for document in documents)
    assert read > 0.4 * len(documents)  # most damage spares most of the letter


@given(st.text(alphabet="\\{}'abpru0189- \n*~", max_size=120), st.sampled_from(["", "\\trowd ", "{\\footnote ", "{\\field{\\*\\fldinst "]))
@example("\\bin99999 x", "")
@example("\\u99999999 ?\\u-10179?\\u-8704?", "")
def test_no_rtf_raises(words: str, prefix: str) -> None:
    out = Builder()
    try:
        read_rtf(("{\\rtf1 " + prefix + words).encode("latin-1"), out)
    except (Unreadable, RecursionError):
        return
    out.text().encode("utf-8")


@given(st.lists(st.sampled_from(["On 4 Jan 2018, A wrote:", "From: A", "Sent: x", "To: b", "Subject: c", "> quoted", "answer of some words here", "", "-----Original Message-----"])))
def test_quoted_messages_never_take_what_stands_before_them(pieces: list[str]) -> None:
    text = "\n".join(pieces)
    furniture, _ = quoted_messages(text)
    assert len(furniture) <= 1
    for piece in furniture:
        assert 0 <= piece.start < piece.end == len(text.rstrip())
        assert len(text[: piece.start].split()) >= 4  # a reply has words of its own


@given(st.lists(st.tuples(st.text("ab1£", min_size=1, max_size=6), st.integers(0, 500), st.integers(0, 60), st.integers(6, 14)), max_size=60))
def test_layout_loses_no_word(words: list[tuple[str, int, int, int]]) -> None:
    """Wherever words stand, each comes out once."""
    placed = [Word(text, x, 14.0 * row, x + 5 * len(text), 14.0 * row + size) for text, x, row, size in words]
    out = Builder()
    out.begin_page()
    write_blocks([piece.block for piece in page_blocks(placed, 595)], out)
    assert sorted("".join(out.text().split())) == sorted("".join(text for text, *_ in words))


@pytest.mark.slow
def test_the_fuzz_target_runs_for_its_time_and_finds_nothing() -> None:
    """`python tests/documents/fuzz.py` for longer; here a few seconds, over every format."""
    from documents.fuzz import by_dice, seeds

    assert by_dice(seeds(tuple(WRITERS)), 6, seed=7) >= 24
