"""A PDF page's letters by number, and what pdfium says of them."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from foi_lib.documents.pdf_calls import NUMBER, PLACE, address, bound

Box = tuple[float, float, float, float]


class Letters:
    """The letters of a page, in the order in which the page draws them, with the spaces that pdfium infers."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page  # must live as long as its address
        self._at = address(text_page.raw)
        self._box = bound("FPDFText_GetLooseCharBox", NUMBER, NUMBER, PLACE)
        self._piece = bound("FPDFText_GetTextObject", PLACE, NUMBER)
        self._angle = bound("FPDFText_GetCharAngle", ctypes.c_float, NUMBER)
        self.count = max(0, pdfium.FPDFText_CountChars(text_page))
        self.text = self._text()

    def _text(self) -> str:
        """One character for each letter."""
        units = (ctypes.c_ushort * (self.count + 1))()
        written = pdfium.FPDFText_GetText(self._page, 0, self.count, units) - 1
        text = bytes(units)[: 2 * max(0, written)].decode("utf-16-le", "replace")
        if len(text) == written == self.count:
            return text.replace("\ufffe", "-").replace("\x02", "-")  # at the end of a line
        # Some letter has no character, or is written as two: each is asked for.
        codes = map(bound("FPDFText_GetUnicode", ctypes.c_uint, NUMBER), [self._at] * self.count, range(self.count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def boxes(self, numbers: Sequence[int]) -> list[Box]:
        """Left, top, right and bottom of letters, from the page's bottom left corner."""
        count, size = len(numbers), ctypes.sizeof(pdfium.FS_RECTF)
        room = (pdfium.FS_RECTF * count)()
        start = ctypes.addressof(room)
        list(map(self._box, [self._at] * count, numbers, range(start, start + size * count, size)))
        return list(struct.iter_unpack("4f", room))

    def pieces(self, numbers: Sequence[int]) -> list[int | None]:
        """Which drawing command of the page put each letter down; None for one that pdfium inferred."""
        return list(map(self._piece, [self._at] * len(numbers), numbers))

    def turn(self, number: int) -> int:
        """How a letter is turned, in quarters of a circle."""
        return round(self._angle(self._at, number) / (math.pi / 2)) % 4
