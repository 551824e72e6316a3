"""What every reader returns: a file's text, with the place of each page and table in it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """A page (or sheet) of the file: `Document.text[start:end]`. Pages are numbered from 1."""

    number: int
    start: int
    end: int
    name: str | None = None  # a sheet's name
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, by row and column from 0; its words are `Document.text[start:end]`."""

    row: int
    column: int
    start: int
    end: int
    address: str | None = None  # "B7" in a spreadsheet
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose cells the file's own format gives. Tables in plain text are found later, by the reader of letters."""

    page: int
    start: int
    end: int
    cells: tuple[Cell, ...]
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A stretch of text that was not read with certainty (OCR): `confidence` from 0 to 1."""

    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Furniture:
    """Text that is kept but is not part of the reading: running heads, page numbers, a quoted earlier message."""

    start: int
    end: int
    kind: str  # "header", "footer", "page_number", "quoted_message"


@dataclass(frozen=True, slots=True)
class Document:
    """One file as read. Every offset anywhere in this project points into `text`, which is never altered afterwards."""

    path: str
    sha256: str
    media_type: str
    text: str
    pages: tuple[Page, ...] = ()
    tables: tuple[Table, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    furniture: tuple[Furniture, ...] = ()
    problems: tuple[str, ...] = ()
    partial: bool = False  # what could be read before a failure
    properties: dict[str, str] = field(default_factory=dict)  # "sent_on", "from", "subject" of a message
    attachments: tuple[Document, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number of the page that holds the character at `offset`; None where the file has no pages."""
        for page in self.pages:
            if page.start <= offset < page.end or (offset == page.end == page.start):
                return page.number
        return self.pages[-1].number if self.pages and offset >= self.pages[-1].end else None
