"""`Builder`: readers write text into it, piece by piece, and it keeps the places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from foi_lib.documents.model import Cell, Document, Doubtful, Furniture, Page, Table


class Unreadable(Exception):
    """A reader's own one-line reason for reading nothing more of a file. What it has written so far is kept."""


class OutputLimit(Unreadable):
    """The file gives more text than the limit allows."""


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile("\r\n|[\r\v\x85\u2028\u2029]")


@cache
def _controls() -> re.Pattern[str]:
    # What no reader of letters can use: C0 and C1 controls (but tab, newline, form feed), halves of surrogate pairs, non-characters.
    return re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Every line break as a newline; control characters and lone surrogates left out. Done before text enters a `Document`."""
    return _controls().sub("", _breaks().sub("\n", text))


def one_line(value: object, most: int = 200) -> str:
    """`value` as one short line, for `problems` and names."""
    line = " ".join(clean(str(value)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


class Builder:
    """Collects a document's text and the places in it. Offsets are those of the finished text."""

    def __init__(self, most_characters: int = 20_000_000) -> None:
        self._parts: list[str] = []
        self._most = most_characters
        self.length = 0
        self.pages: list[Page] = []
        self.tables: list[Table] = []
        self.doubtful: list[Doubtful] = []
        self.furniture: list[Furniture] = []
        self.problems: list[str] = []
        self.properties: dict[str, str] = {}
        self.children: list[tuple[str, bytes]] = []  # attachments and archive members, to be read by themselves
        self.media_type: str | None = None  # where the reader knows better than the first look at the file
        self.partial = False
        self._page_start: int | None = None
        self._page_name: str | None = None
        self._page_hidden = False

    @property
    def ends_line(self) -> bool:
        """Nothing stands on the current line."""
        return not self._parts or self._parts[-1].endswith("\n")

    def add(self, text: str) -> tuple[int, int]:
        """Append text that is clean already; its place."""
        start = self.length
        if text:
            if start + len(text) > self._most:
                self.partial = True
                self._parts.append(text[: self._most - start])
                self.length = self._most
                raise OutputLimit(f"it gives more than {self._most:,} characters of text; the rest is left out")
            self._parts.append(text)
            self.length += len(text)
        return start, self.length

    def line(self, text: str = "") -> tuple[int, int]:
        """Append a line and its newline; the place of the line without the newline."""
        place = self.add(text)
        self.add("\n")
        return place

    def blank(self) -> None:
        """One blank line, unless the text is empty or ends with one."""
        if not self._parts:
            return
        if not self.ends_line:
            self.add("\n")
        tail = "".join(self._parts[-2:])[-2:]
        if tail != "\n\n" and tail != "\n":
            self.add("\n")

    def begin_page(self, name: str | None = None, hidden: bool = False) -> None:
        """Start a page; the one before it ends here."""
        self.end_page()
        self._page_start, self._page_name, self._page_hidden = self.length, name, hidden

    def end_page(self) -> None:
        """End the page, if one is open."""
        if self._page_start is not None:
            self.pages.append(Page(len(self.pages) + 1, self._page_start, self.length, self._page_name, self._page_hidden))
            self._page_start = None

    @property
    def page_number(self) -> int:
        """The number of the open page, or of the last one, from 1."""
        return len(self.pages) + (1 if self._page_start is not None else 0) or 1

    def table(self, rows: Iterable[Sequence[str]], title: str | None = None) -> Table | None:
        """Write rows as lines of tab-separated cells. Cells must be single-line. The table, or None where it has no row."""
        start, cells = self.length, []
        for number, row in enumerate(rows):
            for column, words in enumerate(row):
                if column:
                    self.add("\t")
                cells.append(Cell(number, column, *self.add(words)))
            self.add("\n")
        if not cells:
            return None
        made = Table(self.page_number, start, self.length, tuple(cells), title)
        self.tables.append(made)
        return made

    def problem(self, reason: object) -> None:
        """Note a problem, once."""
        line = one_line(reason)
        if line not in self.problems:
            self.problems.append(line)

    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    def document(self, path: str, sha256: str, media_type: str) -> Document:
        """The document as it stands; safe to call while a page is open."""
        pages = list(self.pages)
        if self._page_start is not None:
            pages.append(Page(len(pages) + 1, self._page_start, self.length, self._page_name, self._page_hidden))
        return Document(
            path, sha256, self.media_type or media_type, self.text(), tuple(pages), tuple(self.tables), tuple(self.doubtful),
            tuple(self.furniture), tuple(self.problems), self.partial, dict(self.properties),
        )  # fmt: skip
