"""DOCX by its XML: list numbers, tables, text boxes, tracked changes as accepted, headers, footnotes, embedded files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from foi_lib.documents.blocks import Block, Grid, Paragraph, raised, tidy, with_address, write_blocks
from foi_lib.documents.build import Builder, Unreadable
from foi_lib.documents.docx_numbers import Numbers, W, value
from foi_lib.documents.package import Package

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_GAP = 80  # twentieths of a point: from 4 points on, a page shows a gap between paragraphs
_LEFT_OUT = {W + name for name in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "sectPr", "tblPr")}
_LEFT_OUT |= {_MC + "Fallback"}
_WRAPPERS = {W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo", _MC + "AlternateContent", _MC + "Choice"}
_SYMBOLS = {"F0FE": "☒", "F0A8": "☐", "F06F": "☐", "F0FC": "✓", "F0FB": "✗", "F0B7": "•", "F0A7": "•", "F0D8": "•", "F0E0": "→"}
_SIGNS = {W + "tab": "\t", W + "cr": "\n", W + "noBreakHyphen": "\u2011", W + "ptab": "\t"}


def read_docx(data: bytes, out: Builder) -> None:
    """A Word file into `out`."""
    package = Package(data, out)
    main = next((target for kind, target, _ in package.relations("").values() if kind == "officeDocument"), "word/document.xml")
    root = package.xml(main)
    if root is None:
        raise Unreadable("damaged: it has no main part")
    _Docx(package, main, out).write(root)


class _Docx:
    def __init__(self, package: Package, main: str, out: Builder) -> None:
        self.package, self.main, self.out = package, main, out
        self.relations = self.links = package.relations(main)
        self.styles = self._part("styles")
        self.numbers = Numbers(self._part("numbering"), self.styles)
        self.gaps = _Gaps(self.styles)
        self.hidden = 0
        self.boxes: list[Any] = []  # text boxes met in the paragraph being read

    def _part(self, kind: str) -> Any:
        name = self._name(kind)
        return self.package.xml(name) if name else None

    def _name(self, kind: str) -> str | None:
        return next((target for own, target, outside in self.relations.values() if own == kind and not outside), None)

    def write(self, root: Any) -> None:
        body = root.find(W + "body")
        out = self.out
        out.begin_page()
        edges = {kind: list(self._edges(kind)) for kind in ("header", "footer")}
        write_blocks(edges["header"], out)
        if edges["header"]:
            out.blank()
        write_blocks(list(self._blocks(body if body is not None else root)), out)
        for kind in ("footnotes", "endnotes"):
            write_blocks(list(self._notes(kind)), out)
        if edges["footer"]:
            out.blank()
        write_blocks(edges["footer"], out)
        out.end_page()
        if self.hidden:
            out.problem(f"{self.hidden} character(s) of hidden text left out")
        self.package.warn_of_contents((self.main, *([settings] if (settings := self._name("settings")) else [])))
        self._attach()

    def _edges(self, kind: str) -> Iterator[Block]:
        """Headers or footers of all sections, each wording once."""
        seen = set()
        for own, target, outside in self.relations.values():
            root = self.package.xml(target) if own == kind and not outside else None
            if root is None:
                continue
            self.links = self.package.relations(target)
            for block in self._blocks(root):
                for part in [block] if isinstance(block, Paragraph) else [Paragraph(_one(cell)) for row in block.rows for cell in row]:
                    words = tidy(part.words)
                    if words and words not in seen:
                        seen.add(words)
                        yield Paragraph(words, kind=kind)
        self.links = self.relations

    def _notes(self, kind: str) -> Iterator[Block]:
        root = self._part(kind)
        for note in root if root is not None else ():
            if note.get(W + "type") in (None, "normal"):
                blocks = list(self._blocks(note))
                if blocks and isinstance(blocks[0], Paragraph):
                    blocks[0].words = f"[note {note.get(W + 'id')}] {blocks[0].words.strip()}"
                    blocks[0].gap_before = True
                yield from blocks

    def _blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag == W + "p":
                yield from self._paragraph(element)
            elif element.tag == W + "tbl":
                yield Grid([row for row in map(self._row, _through(element, W + "tr")) if row is not None])
            elif element.tag not in _LEFT_OUT:
                yield from self._blocks(element)

    def _paragraph(self, element: Any) -> Iterator[Block]:
        properties = element.find(W + "pPr")
        label = self.numbers.label(properties)
        words = self._words(element)
        boxes, self.boxes = self.boxes, []
        before, after, close = self.gaps.of(properties)
        if label and words.strip():
            words = f"{label} {words.lstrip()}"
        broken = value_is_on(properties, "pageBreakBefore")
        for number, piece in enumerate(words.split("\f")):
            if number or not broken:
                yield Paragraph(piece, before and not number, after, number > 0, close_to=close)
            else:
                yield Paragraph(piece, False, after, True, close_to=close)
        for box in boxes:
            yield from self._blocks(box)

    def _row(self, row: Any) -> list[list[Block]] | None:
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            return None
        before, after = (int(value(properties, name) or 0) for name in ("gridBefore", "gridAfter"))
        cells: list[list[Block]] = [[] for _ in range(min(before, 63))]
        for cell in _through(row, W + "tc"):
            own = cell.find(W + "tcPr")
            merged = own.find(W + "vMerge") if own is not None else None
            continued = merged is not None and merged.get(W + "val", "continue") == "continue"
            cells.append([] if continued else list(self._blocks(cell)))
            cells += [[] for _ in range(min(int(value(own, "gridSpan") or 1), 64) - 1)]
        return cells + [[] for _ in range(min(after, 63))]

    def _words(self, parent: Any) -> str:
        words = []
        for element in parent:
            tag = element.tag
            if tag == W + "t" or tag == _M + "t":
                words.append(element.text or "")
            elif tag in _SIGNS:
                words.append(_SIGNS[tag])
            elif tag == W + "br":
                words.append("\f" if element.get(W + "type") == "page" else "\n")
            elif tag == W + "r":
                run = self._run(element)
                words.append(raised(run, "".join(words[-1:])) if value(element, "rPr", "vertAlign") == "superscript" else run)
            elif tag == W + "hyperlink":
                words.append(self._link(element))
            elif tag == W + "sym":
                words.append(_SYMBOLS.get((element.get(W + "char") or "").upper(), ""))
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                words.append(f" [note {element.get(W + 'id')}]")
            elif tag == W + "fldChar":
                words.append(_tick_box(element))
            elif tag == W + "txbxContent":
                self.boxes.append(element)
            elif tag not in _LEFT_OUT:
                words.append(self._words(element))
        return "".join(words)

    def _run(self, run: Any) -> str:
        words = self._words(run)
        if value_is_on(run.find(W + "rPr"), "vanish"):
            self.hidden += len(words)
            return ""
        return words

    def _link(self, link: Any) -> str:
        """The words of a link, and its address where the words do not say it: an answer may be no more than a link."""
        words = self._words(link)
        kind, target, outside = self.links.get(link.get(_R + "id", ""), ("", "", False))
        return with_address(words, target) if outside and kind == "hyperlink" else words

    def _attach(self) -> None:
        """Embedded files; and pictures, where the file holds no more than pictures of a letter."""
        scanned = len(self.out.text().strip()) < 300
        for name in sorted(self.package.names):
            picture = scanned and re.match(r"word/media/.*\.(png|jpe?g|tiff?|bmp|gif)$", name, re.I)
            if picture or name.startswith("word/embeddings/"):
                self.out.attach(posixpath.basename(name), self.package.read(name) or b"")


class _Gaps:
    """Whether a page shows a gap before and after a paragraph: its own spacing, else its style's, else the document's."""

    def __init__(self, styles: Any) -> None:
        self._styles: dict[str, tuple[Any, str | None]] = {}
        self._default_style: str | None = None
        self._defaults = None
        if styles is not None:
            self._defaults = styles.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr")
            for style in styles.iter(W + "style"):
                name = style.get(W + "styleId", "")
                self._styles[name] = (style.find(W + "pPr"), value(style, "basedOn"))
                if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true"):
                    self._default_style = name

    def of(self, properties: Any) -> tuple[bool, bool, str]:
        """Gap before, gap after, and the style to whose own paragraphs it stands close (lists)."""
        name = value(properties, "pStyle") or self._default_style or ""
        chain, seen = [properties], set[str]()
        style: str | None = name
        while style in self._styles and style not in seen:
            seen.add(style)
            own, based_on = self._styles[style]
            chain.append(own)
            style = based_on
        chain.append(self._defaults)
        close = name if any(value_is_on(level, "contextualSpacing") for level in chain) else ""
        return self._size(chain, "before") >= _GAP, self._size(chain, "after") >= _GAP, close

    @staticmethod
    def _size(chain: list[Any], side: str) -> int:
        for level in chain:
            spacing = level.find(W + "spacing") if level is not None else None
            if spacing is None:
                continue
            if spacing.get(f"{W}{side}Autospacing") in ("1", "true", "on"):
                return 280
            lines = spacing.get(f"{W}{side}Lines")
            size = spacing.get(W + side)
            if lines or size:
                return int(float(lines) * 2.4) if lines else int(float(size))
        return 0


def value_is_on(properties: Any, name: str) -> bool:
    """A switch such as `w:vanish`: there, and not switched off."""
    element = properties.find(W + name) if properties is not None else None
    return element is not None and element.get(W + "val", "1") not in ("0", "false", "off")


def _one(cell: list[Block]) -> str:
    return "\n".join(block.words for block in cell if isinstance(block, Paragraph))


def _through(parent: Any, tag: str) -> Iterator[Any]:
    """Children of this kind, also those wrapped in content controls, custom XML or insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS:
            yield from _through(element, tag)


def _tick_box(element: Any) -> str:
    box = element.find(f"{W}ffData/{W}checkBox")
    if box is None:
        return ""
    ticked = value_is_on(box, "checked") or (box.find(W + "checked") is None and value_is_on(box, "default"))
    return "☒" if ticked else "☐"
