"""A worker whose PDF reader crashes on one file, as libraries written in C may."""

from __future__ import annotations

import ctypes

from foi_lib.documents import kinds, pdf, readers, worker
from foi_lib.documents.build import Builder


def read_or_crash(data: bytes, out: Builder) -> None:
    if b"CRASH" in data:
        ctypes.string_at(0)
    pdf.read_pdf(data, out)


if __name__ == "__main__":
    readers.READERS[kinds.PDF] = ("PDF", "__main__", "read_or_crash")
    worker.main()
