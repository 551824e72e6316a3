"""What the page adds to a letter (its head, its foot, its number, the message quoted below) is no part of an answer."""

from __future__ import annotations

import hashlib

from foi_lib.documents.model import Document, Furniture, Page
from foi_lib.letters import read_letter

from .said import evidence_holds, of


def paged(text: str, *furniture: tuple[str, str]) -> Document:
    """A document in which each of the pieces, named with its kind, stands once."""
    pieces = tuple(Furniture(text.index(piece), text.index(piece) + len(piece), kind) for piece, kind in furniture)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document("letter.pdf", sha256, "application/pdf", text, (Page(1, 0, len(text)),), furniture=pieces)


def test_a_foot_in_the_midst_of_an_answer_is_no_figure() -> None:
    text = "1. How many data breaches were there in 2021?\nThere were 14\n88 High Street 3\ndata breaches in 2021.\n"
    letter = read_letter(paged(text, ("88 High Street 3", "footer")))
    assert [(a.value, a.measure) for a in of(letter, "1")] == [(14, "breach_count")]
    assert evidence_holds(letter) and letter.text == text
    assert not letter.unread


def test_the_quoted_request_is_not_the_reply() -> None:
    text = (
        "1. How many data breaches were there in 2021?\nSix.\n\n"
        "From: A Requester\nSent: 3 May 2022\nThere were 400 data breaches in 2020, so I read.\n"
    )
    quoted = text[text.index("From:") :].rstrip("\n")
    letter = read_letter(paged(text, (quoted, "quoted_message")))
    assert [(a.value, a.quote) for a in letter.answers] == [(6, "Six")]


def test_the_head_of_the_page_names_the_sender() -> None:
    text = "Rutland County Council\nOur ref: 57/18\n1. How many data breaches were there in 2021?\nSix.\n"
    letter = read_letter(paged(text, ("Rutland County Council\nOur ref: 57/18", "header")))
    assert (letter.authority, letter.authority_code, letter.reference) == ("Rutland County Council", "E06000017", "57/18")
