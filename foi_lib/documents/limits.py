"""How much one file may cost. Letters come from outside, so every reader works under these limits."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for one file; an attachment, or a file in an archive, has the first block to itself and shares the second."""

    file_bytes: int = 200 * MEGABYTE  # larger files are not opened
    page_seconds: float = 30.0  # processor time for one page or step; six times that by the clock
    seconds: float = 300.0  # the same for the whole file
    memory_bytes: int = 2048 * MEGABYTE  # the worker's address space
    text_characters: int = 20_000_000
    pages: int = 2_000  # also sheets
    ocr_pages: int = 100  # about a second each
    cells: int = 2_000_000
    unpacked_bytes: int = 200 * MEGABYTE  # what one file's own compressed parts may come to

    children: int = 500  # attachments and archive members, all levels together
    children_bytes: int = 400 * MEGABYTE
    depth: int = 5  # a file in an archive in a message …
