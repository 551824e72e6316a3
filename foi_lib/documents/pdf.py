"""PDF: text by position, tables with drawn borders, pages without text by OCR, running heads and page numbers told apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from foi_lib.documents.blocks import Grid, Paragraph, write_blocks
from foi_lib.documents.build import Builder, Unreadable, one_line
from foi_lib.documents.layout import Placed, page_blocks
from foi_lib.documents.lines import Word
from foi_lib.documents.model import Furniture, Table
from foi_lib.documents.pdf_objects import drawn_on
from foi_lib.documents.pdf_rules import regions
from foi_lib.documents.pdf_words import page_words

_MARGIN = 0.12  # of the page's height: where heads and feet stand


def read_pdf(data: bytes, out: Builder) -> None:
    """A PDF into `out`."""
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Unreadable("it is encrypted and needs a password; save a copy without one") from None
        raise Unreadable(f"damaged or cut off ({one_line(error, 80)})") from None
    _Pdf(pdf, out).read()


@dataclass
class _Edge:
    """A line at the head or foot of a page: perhaps furniture."""

    page: int
    place: tuple[int, int]
    kind: str
    height: int  # where on the page, in steps of four points
    words: str  # with figures masked


class _Pdf:
    def __init__(self, pdf: Any, out: Builder) -> None:
        self.pdf, self.out = pdf, out
        self.edges: list[_Edge] = []
        self.last_table: tuple[int, tuple[float, ...], bool] | None = None  # page, columns, whether it ended the page's body
        self.recognised = 0
        self.skipped: list[int] = []

    def read(self) -> None:
        out, count = self.out, len(self.pdf)
        if not count:
            raise Unreadable("damaged: it has no pages")
        if self.pdf.get_formtype() != pdfium.FORMTYPE_NONE:
            self.pdf.init_forms()
        for number in range(min(count, out.limits.pages)):
            out.begin_page()
            try:
                page = self.pdf[number]
            except pypdfium2.PdfiumError:
                out.failed(f"page {number + 1} is damaged and was not read")
                out.partial = True
                continue
            self._page(number, page)
            page.close()
        out.end_page()
        self._furniture(min(count, out.limits.pages))
        if self.skipped:
            out.partial = True
            most = out.limits.ocr_pages
            out.problem(f"{len(self.skipped)} scanned page(s), from page {self.skipped[0]}, not recognised: more than {most} in one file")
        self._attachments()
        if count > out.limits.pages:
            raise Unreadable(f"it has {count:,} pages; the first {out.limits.pages:,} were read")

    def _page(self, number: int, page: Any) -> None:
        if self.pdf.formenv:
            page.flatten()  # what was typed into a form's fields becomes part of the page
        text_page = page.get_textpage()
        found = page_words(page, text_page)
        words, width, height = found.words, found.width, found.height
        drawn = drawn_on(page)
        has_picture = pdfium.FPDF_PAGEOBJ_IMAGE in drawn.kinds
        letters = sum(len(word.text) for word in words)
        if letters < 20 or found.unknown > 0.3 * letters:
            if has_picture or found.unknown:  # letters that cannot be told are a picture too
                seen, across = self._recognise(page, number)
                if seen:
                    words, width, found.aside = seen, across, ""
        elif has_picture and _is_seen_through(page, width * height):
            for word in words:
                word.confidence = 0.6
        if words:
            bordered = regions(drawn, found.place) if words is found.words else []
            self._write(number, page_blocks(words, width, bordered), height)
        if found.aside.strip():
            self.out.line(found.aside.strip())

    def _recognise(self, page: Any, number: int) -> tuple[list[Word], float]:
        from foi_lib.documents.ocr import recognise

        if self.recognised >= self.out.limits.ocr_pages:
            self.skipped.append(number + 1)
            return [], 0.0
        self.recognised += 1
        width, height = page.get_size()
        scale = min(300 / 72, 5000 / max(width, height))  # 300 dots an inch, and never a picture that fills the memory
        picture = page.render(scale=scale, grayscale=True).to_pil()
        return recognise(picture, 1 / scale)

    def _write(self, number: int, placed: list[Placed], height: float) -> None:
        out = self.out
        tables = len(out.tables)
        body = [piece for piece in placed if not (piece.bottom < _MARGIN * height or piece.top > (1 - _MARGIN) * height)]
        for piece in placed:
            at = out.length
            write_blocks([piece.block], out)
            if isinstance(piece.block, Paragraph):
                kind = "header" if piece.bottom < _MARGIN * height else "footer" if piece.top > (1 - _MARGIN) * height else ""
                if kind and (words := out.text_from(at).strip()):
                    start = at + out.text_from(at).index(words)
                    self.edges.append(_Edge(number, (start, start + len(words)), kind, round(piece.top / 4), re.sub(r"\d+", "#", words)))
        if body and isinstance(body[0].block, Grid) and self.last_table == (number - 1, body[0].columns, True) and len(out.tables) > tables:
            _merge(out.tables, tables)
        self.last_table = (number, body[-1].columns, True) if body and isinstance(body[-1].block, Grid) else None

    def _furniture(self, pages: int) -> None:
        """Lines at the same place of several pages that differ in figures at most; and page numbers, wherever they stand alone."""
        counts = Counter((edge.kind, edge.words) for edge in self.edges)
        heights: dict[tuple[str, str], set[int]] = defaultdict(set)
        for edge in self.edges:
            heights[edge.kind, edge.words].add(edge.height)
        for edge in self.edges:
            key = (edge.kind, edge.words)
            if _is_page_number(edge.words, pages):
                self.out.furniture.append(Furniture(*edge.place, "page_number"))
            elif counts[key] >= max(2, 0.4 * pages) and max(heights[key]) - min(heights[key]) <= 2:
                self.out.furniture.append(Furniture(*edge.place, edge.kind))

    def _attachments(self) -> None:
        for index in range(min(self.pdf.count_attachments(), self.out.limits.children)):
            try:
                attachment = self.pdf.get_attachment(index)
                self.out.attach(attachment.get_name(), bytes(attachment.get_data()))
            except (pypdfium2.PdfiumError, ValueError) as error:
                self.out.problem(f"attachment {index + 1} could not be taken out ({one_line(error, 60)})")


def _is_page_number(words: str, pages: int) -> bool:
    """ "3", "- 3 -", "Page 3 of 7", "3 | P a g e" (figures masked); on a single page only where it says so."""
    found = re.fullmatch(r"(?i)[-–—|\s]*(page\s*)?#(\s*(of|/|\|)\s*#)?(\s*\|?\s*p\s*a\s*g\s*e)?[-–—|\s]*", words)
    return bool(found) and (pages > 1 or "p" in words.lower())


def _merge(tables: list[Table], at: int) -> None:
    """A table that goes on from the page before becomes one with its first part."""
    from dataclasses import replace

    first, second = tables[at - 1], tables[at]
    rows = max(cell.row for cell in first.cells) + 1
    cells = tuple(replace(cell, row=cell.row + rows) for cell in second.cells)
    tables[at - 1 : at + 1] = [Table(first.page, first.start, second.end, first.cells + cells, first.title)]


def _is_seen_through(page: Any, area: float) -> bool:
    """A scan whose text somebody else's OCR has put behind the picture: invisible letters under a picture of the whole page."""
    covered = False
    for picture in page.get_objects([pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = picture.get_bounds()
        covered = covered or (right - left) * (top - bottom) > 0.7 * area
    if not covered:
        return False
    modes = [pdfium.FPDFTextObj_GetTextRenderMode(text.raw) for text in page.get_objects([pdfium.FPDF_PAGEOBJ_TEXT], max_depth=2)]
    return modes.count(pdfium.FPDF_TEXTRENDERMODE_INVISIBLE) > 0.5 * len(modes)
