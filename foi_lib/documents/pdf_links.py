"""Addresses behind the words of a PDF page: kept beside them, as in every other format, since an answer may be "published here"."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from foi_lib.documents.blocks import with_address
from foi_lib.documents.build import one_line
from foi_lib.documents.lines import Word
from foi_lib.documents.pdf_letters import Box
from foi_lib.documents.pdf_words import Placer

_MOST = 2_000  # on one page
_LONGEST = 2_000  # characters of an address


def add_addresses(links: Sequence[tuple[Box, str]], words: list[Word], place: Placer) -> list[Word]:
    """The words, and after the last one of each link its address. Links without words add nothing."""
    if not links:
        return words
    links = [(place(*box), address) for box, address in links]
    behind: dict[int, str] = {}
    for number, word in enumerate(words):
        across, down = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        for (x0, top, x1, bottom), address in links:
            if x0 <= across <= x1 and top <= down <= bottom:
                behind[number] = address
                break
    found: list[Word] = []
    for address, run in itertools.groupby(range(len(words)), key=lambda number: behind.get(number, "")):
        linked = [words[number] for number in run]
        found += linked
        if address and not _is_named(linked, address):
            last = linked[-1]
            found.append(Word(f"<{address}>", last.x1, last.top, last.x1, last.bottom, last.confidence))
    return found


def _is_named(words: Sequence[Word], address: str) -> bool:
    """The words are the address, on one line or on several; or it is no web page."""
    texts = [word.text for word in words]
    return any(with_address(joined, address) == joined for joined in (" ".join(texts), "".join(texts)))


def page_links(pdf: Any, page: Any) -> list[tuple[Box, str]]:
    """Where the page's links to the web stand (left, top, right, bottom as pdfium counts), and where they lead."""
    found: list[tuple[Box, str]] = []
    at, link = ctypes.c_int(0), pdfium.FPDF_LINK()
    for _ in range(_MOST):
        if not pdfium.FPDFLink_Enumerate(page, at, link):
            break
        address = _address(pdf, link)
        rect = pdfium.FS_RECTF()
        if not address or not pdfium.FPDFLink_GetAnnotRect(link, rect):
            continue
        left, right = sorted((rect.left, rect.right))
        low, high = sorted((rect.bottom, rect.top))
        found.append(((left, high, right, low), address))
    return found


def _address(pdf: Any, link: Any) -> str:
    action = pdfium.FPDFLink_GetAction(link)
    if not action or pdfium.FPDFAction_GetType(action) != pdfium.PDFACTION_URI:
        return ""
    size = pdfium.FPDFAction_GetURIPath(pdf, action, None, 0)
    if not 1 < size <= _LONGEST:
        return ""
    held = ctypes.create_string_buffer(size)
    pdfium.FPDFAction_GetURIPath(pdf, action, held, size)
    return one_line(held.value.decode("utf-8", "replace"), _LONGEST).replace(" ", "%20")
