"""`Builder`: readers write text into it, piece by piece, and it keeps the places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from foi_lib.documents.limits import Limits
from foi_lib.documents.model import Cell, Document, Doubtful, Furniture, Page, Table


class Unreadable(Exception):
    """A reader's own one-line reason for reading nothing more of a file. What it has written so far is kept."""


class OutOfTime(BaseException):
    """The worker's clock has struck. No `Exception`, so that no library swallows it."""


@cache
def _breaks() -> re.Pattern[str]:
    return re.compile("\r\n|[\r\v\x85\u2028\u2029]")


@cache
def _controls() -> re.Pattern[str]:
    # What no reader of letters can use: C0 and C1 controls (but tab, newline, form feed), halves of surrogate pairs, non-characters.
    return re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Every line break as a newline; control characters and lone surrogates left out. Done before text enters a `Document`."""
    if text.isprintable():  # most lines are: nothing to do
        return text
    return _controls().sub("", _breaks().sub("\n", text))


def one_line(value: object, most: int = 200) -> str:
    """`value` as one short line, for `problems` and names."""
    line = " ".join(clean(str(value)).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def safe_name(name: object) -> str:
    """A file name out of a message or an archive, as one that can lead nowhere: no folder, no drive, no hidden or reserved name."""
    last = re.split(r"[/\\\\]", one_line(name, 1000))[-1]
    last = re.sub(r'[<>:"|?*]', "_", last).strip(" .")
    if len(last) > 120:
        stem, dot, ending = last.rpartition(".")
        last = f"{stem[:100]}.{ending}" if dot and len(ending) <= 10 else last[:120]
    if re.fullmatch(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?", last):
        last = f"_{last}"
    return last or "unnamed"


class Builder:
    """Collects a document's text and the places in it. Offsets are those of the finished text."""

    def __init__(self, limits: Limits | None = None, name: str = "") -> None:
        self.limits = limits or Limits()
        self.name = name  # the file's name, for readers that must tell one part from another
        self.progress: Callable[[], None] = lambda: None  # called at the end of each page; a worker sends what is new
        self.parts: list[str] = []
        self.length = 0
        self._cells = 0
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
        return not self.parts or self.parts[-1].endswith("\n")

    def add(self, text: str) -> tuple[int, int]:
        """Append text that is clean already; its place."""
        start = self.length
        if text:
            most = self.limits.text_characters
            if start + len(text) > most:
                self.parts.append(text[: most - start])
                self.length = most
                raise Unreadable(f"it gives more than {most:,} characters of text; the rest is left out")
            self.parts.append(text)
            self.length += len(text)
        return start, self.length

    def line(self, text: str = "") -> tuple[int, int]:
        """Append a line and its newline; the place of the line without the newline."""
        place = self.add(text)
        self.add("\n")
        return place

    def blank(self) -> None:
        """One blank line, unless the text is empty or ends with one."""
        if not self.parts:
            return
        if not self.ends_line:
            self.add("\n")
        tail = "".join(self.parts[-2:])[-2:]
        if tail != "\n\n" and tail != "\n":
            self.add("\n")

    def begin_page(self, name: str | None = None, hidden: bool = False) -> None:
        """Start a page; the one before it ends here."""
        self.end_page()
        if len(self.pages) >= self.limits.pages:
            raise Unreadable(f"it has more than {self.limits.pages:,} pages or sheets; the rest is left out")
        self._page_start, self._page_name, self._page_hidden = self.length, name, hidden

    def end_page(self) -> None:
        """End the page, if one is open."""
        if self._page_start is not None:
            self.pages.append(Page(len(self.pages) + 1, self._page_start, self.length, self._page_name, self._page_hidden))
            self._page_start = None
            self.progress()

    @property
    def page_number(self) -> int:
        """The number of the open page, or of the last one, from 1."""
        return len(self.pages) + (1 if self._page_start is not None else 0) or 1

    def table(self, rows: Iterable[Sequence[str]], title: str | None = None) -> Table | None:
        """Write rows as lines of tab-separated cells. Cells must be single-line. The table, or None where it has no row."""
        start, cells = self.length, []
        for number, row in enumerate(rows):
            self.count_cells(len(row))
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

    def attach(self, name: str, data: bytes) -> None:
        """Hand over an attachment or archive member. Its name is made safe, and one of its own."""
        name = safe_name(name)
        taken = {taken for taken, _ in self.children}
        stem, dot, ending = name.rpartition(".")
        number, own = 2, name
        while own in taken:
            own = f"{stem} ({number}).{ending}" if dot and stem else f"{name} ({number})"
            number += 1
        self.children.append((own, data))

    def count_cells(self, more: int) -> None:
        """Count cells against the limit."""
        self._cells += more
        if self._cells > self.limits.cells:
            raise Unreadable(f"it has more than {self.limits.cells:,} cells; the rest is left out")

    def failed(self, reason: object) -> None:
        """Note why reading stopped. What was written before stays, and is marked partial."""
        self.problem(reason)
        self.partial = self.length > 0

    def problem(self, reason: object) -> None:
        """Note a problem, once."""
        line = one_line(reason)
        if line not in self.problems:
            self.problems.append(line)

    def text_from(self, start: int) -> str:
        """The text from offset `start` on, which lies in the last few pieces."""
        at, pieces = self.length, []
        for piece in reversed(self.parts):
            if at <= start:
                break
            pieces.append(piece)
            at -= len(piece)
        return "".join(reversed(pieces))[start - at :]

    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    def document(self, path: str, sha256: str, media_type: str) -> Document:
        """The document as it stands; safe to call while a page is open."""
        pages = list(self.pages)
        if self._page_start is not None or (pages and pages[-1].end < self.length):  # cut off within a page
            start = pages[-1].end if self._page_start is None else self._page_start
            pages.append(Page(len(pages) + 1, start, self.length, self._page_name, self._page_hidden))
        furniture = tuple(sorted(self.furniture, key=lambda piece: (piece.start, piece.end)))
        return Document(
            path, sha256, self.media_type or media_type, self.text(), tuple(pages), tuple(self.tables), tuple(self.doubtful),
            furniture, tuple(self.problems), self.partial and bool(self.length or self.children), dict(self.properties),
        )  # fmt: skip
