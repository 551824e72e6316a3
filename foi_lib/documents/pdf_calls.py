"""pdfium's functions by their addresses, without the checks of types that pypdfium2's own have: those take as long again as the call."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

PLACE = ctypes.c_void_p
NUMBER = ctypes.c_int


@cache
def bound(name: str, gives: Any, *takes: Any) -> Callable[..., Any]:
    """pdfium's function of that name. Its first argument is a handle, as the number that `address` gives; `takes` are the others."""
    return ctypes.PYFUNCTYPE(gives, PLACE, *takes)(address(getattr(pdfium, name)))


def address(handle: Any) -> int:
    """Where a handle, or a function, of pdfium's is. The thing itself must be kept as long as its address is used."""
    return ctypes.cast(handle, PLACE).value or 0
