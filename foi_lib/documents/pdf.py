"""PDF: text by position, tables with drawn borders, pages without text by OCR, running heads and page numbers told apart."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from foi_lib.documents.blocks import Grid, Paragraph, write_blocks
from foi_lib.documents.build import Builder, Unreadable, one_line
from foi_lib.documents.layout import Placed, page_blocks
from foi_lib.documents.lines import Word
from foi_lib.documents.model import Furniture, Table
from foi_lib.documents.pdf_letters import Box
from foi_lib.documents.pdf_links import add_addresses, page_links
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
        self._open_form()
        for number in range(min(count, out.limits.pages)):
            out.begin_page()
            try:
                page = self.pdf[number]
                links = page_links(self.pdf, page)
                if _write_on(page):
                    page.close()
                    page = self.pdf[number]
            except pypdfium2.PdfiumError:
                out.failed(f"page {number + 1} is damaged and was not read")
                out.partial = True
                continue
            self._page(number, page, links)
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

    def _open_form(self) -> None:
        """So that what was typed into a form's fields is drawn, in those too that hold no drawing of it."""
        kind = self.pdf.get_formtype()
        if kind == pdfium.FORMTYPE_XFA_FULL:
            self.out.problem("an XFA form, which only Acrobat shows whole; print it to PDF there")
        if kind != pdfium.FORMTYPE_NONE:
            try:
                self.pdf.init_forms()
            except pypdfium2.PdfiumError:
                self.out.problem("its form is damaged: what was typed into its fields may be missing")

    def _page(self, number: int, page: Any, links: Sequence[tuple[Box, str]]) -> None:
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
            words = add_addresses(links, words, found.place)
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


def _write_on(page: Any) -> bool:
    """Make what was typed over a page part of it: in a form's fields, and in notes that show their words. True where there was any; the
    page is to be opened again then. Marks upon words (a highlighter's) go, as some draw these words once more."""
    kinds: list[int] = []
    for number in range(pdfium.FPDFPage_GetAnnotCount(page)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kinds.append(pdfium.FPDFAnnot_GetSubtype(annotation) if annotation else pdfium.FPDF_ANNOT_UNKNOWN)
        if annotation:
            pdfium.FPDFPage_CloseAnnot(annotation)
    if not {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT} & set(kinds):
        return False
    marks = (pdfium.FPDF_ANNOT_HIGHLIGHT, pdfium.FPDF_ANNOT_UNDERLINE, pdfium.FPDF_ANNOT_SQUIGGLY, pdfium.FPDF_ANNOT_STRIKEOUT)
    for number in reversed(range(len(kinds))):
        if kinds[number] in marks:
            pdfium.FPDFPage_RemoveAnnot(page, number)
    return bool(pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY) == pdfium.FLATTEN_SUCCESS)


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
