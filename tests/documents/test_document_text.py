"""Plain text: encodings, line breaks, pages, and files that are not what they seem."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.documents import read_document
from foi_lib.documents.build import Builder
from foi_lib.documents.text import decode, read_text
from foi_lib.errors import FoiError

WORDS = "Question 1 – how many breaches?\nNone known, £4,350 was paid.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (WORDS.encode("utf-8"), "utf-8"),
        (WORDS.encode("utf-8-sig"), "utf-8"),
        (WORDS.encode("utf-16"), "utf-16-le"),
        (b"\xfe\xff" + WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.encode("utf-32"), "utf-32-le"),
        (WORDS.encode("cp1252"), "cp1252"),  # what Windows programs save as "text"
        (WORDS.encode("utf-16-le"), "utf-16-le"),  # without its mark
        (WORDS.encode("utf-16-be"), "utf-16-be"),
        (WORDS.replace("\n", "\r\n").encode("utf-8"), "utf-8"),
        (WORDS.replace("\n", "\r").encode("utf-8"), "utf-8"),  # old Macintosh
    ],
)
def test_same_words_in_every_encoding(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(data)
    document = read_document(file)
    assert document.text == WORDS
    assert document.properties["encoding"] == encoding
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.media_type == "text/plain"
    assert not document.problems and not document.partial


def test_form_feeds_end_pages(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(b"one\n\ftwo\n\fthree")
    document = read_document(file)
    assert [document.text[page.start : page.end] for page in document.pages] == ["one\n\n", "two\n\n", "three"]
    assert document.page_at(document.text.index("two")) == 2
    assert "\f" not in document.text


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty file"),
        (b" \r\n\t", "no text"),
        (b"a\0b figures", "NUL"),
        ("Ten – eleven £".encode()[:-1], "undecodable"),  # cut off within a character
        (b"price \x81 and \x9d", "undecodable"),  # bytes that CP1252 does not know
        (bytes(range(256)) * 20, "no reader"),  # not text at all
    ],
)
def test_damage_is_a_problem_and_never_an_exception(tmp_path: Path, data: bytes, word: str) -> None:
    file = tmp_path / "letter.txt"
    file.write_bytes(data)
    document = read_document(file)
    assert any(word in line for line in document.problems), document.problems
    assert all("\n" not in line for line in document.problems)
    assert ("\ufffd" in document.text) == (word == "undecodable")  # shown where it stood, not dropped


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FoiError, match="no such file"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(FoiError, match="not a file"):
        read_document(tmp_path)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_utf8_is_read_back(text: str) -> None:
    """Everything but control characters and line breaks' kinds comes back."""
    out = Builder()
    read_text(text.encode("utf-8-sig"), out)
    wanted = "\n".join(text.replace("\f", "\n").splitlines()) if text else ""
    kept = [c for c in wanted if c == "\t" or c == "\n" or c.isprintable() or not c.isascii()]
    assert [c for c in out.text() if c.isalnum()] == [c for c in kept if c.isalnum()]


@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    out = Builder()
    read_text(data, out)
    text = out.text()
    text.encode("utf-8")  # no lone surrogates: the text can be written
    assert "\r" not in text and "\0" not in text and "\f" not in text
    assert [page.start for page in out.pages[1:]] == [page.end for page in out.pages[:-1]]
    assert "".join(text[page.start : page.end] for page in out.pages) == text
    assert decode(data)[1] in ("utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
