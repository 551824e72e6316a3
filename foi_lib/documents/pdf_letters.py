"""A PDF page's letters by number, and what pdfium says of them.

pdfium's functions are called without the checks of types that pypdfium2's own have, which take as long again as the call itself."""

from __future__ import annotations

import ctypes
import math
import struct
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class _Calls:
    unicode: Callable[..., int]
    box: Callable[..., int]
    piece: Callable[..., int | None]
    angle: Callable[..., float]


@cache
def _calls() -> _Calls:
    def bound(function: Any, gives: Any, *takes: Any) -> Any:
        address = ctypes.cast(function, ctypes.c_void_p).value or 0
        return ctypes.PYFUNCTYPE(gives, ctypes.c_void_p, ctypes.c_int, *takes)(address)

    return _Calls(
        bound(pdfium.FPDFText_GetUnicode, ctypes.c_uint), bound(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, ctypes.c_void_p),
        bound(pdfium.FPDFText_GetTextObject, ctypes.c_void_p), bound(pdfium.FPDFText_GetCharAngle, ctypes.c_float),
    )  # fmt: skip


class Letters:
    """The letters of a page, in the order in which the page draws them, with the spaces that pdfium infers."""

    def __init__(self, text_page: Any) -> None:
        self._page = text_page  # must live as long as its address
        self._at = ctypes.cast(text_page.raw, ctypes.c_void_p).value
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
        codes = map(_calls().unicode, [self._at] * self.count, range(self.count))
        return "".join(chr(code) if code < 0x110000 else "\ufffd" for code in codes)

    def boxes(self, numbers: Sequence[int]) -> list[Box]:
        """Left, top, right and bottom of letters, from the page's bottom left corner."""
        count, size = len(numbers), ctypes.sizeof(pdfium.FS_RECTF)
        room = (pdfium.FS_RECTF * count)()
        start = ctypes.addressof(room)
        list(map(_calls().box, [self._at] * count, numbers, range(start, start + size * count, size)))
        return list(struct.iter_unpack("4f", room))

    def pieces(self, numbers: Sequence[int]) -> list[int | None]:
        """Which drawing command of the page put each letter down; None for one that pdfium inferred."""
        return list(map(_calls().piece, [self._at] * len(numbers), numbers))

    def turn(self, number: int) -> int:
        """How a letter is turned, in quarters of a circle."""
        return round(_calls().angle(self._at, number) / (math.pi / 2)) % 4
