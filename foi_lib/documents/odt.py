"""ODT by its XML: list numbers, tables, text boxes, notes, headers; deletions that were tracked are left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

from foi_lib.documents.blocks import Block, Grid, Paragraph, raised, tidy, with_address, write_blocks
from foi_lib.documents.build import Builder, Unreadable
from foi_lib.documents.docx_numbers import number_as
from foi_lib.documents.ods import check_not_encrypted
from foi_lib.documents.package import Package

_NAMES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0", "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0", "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", "xlink": "http://www.w3.org/1999/xlink",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
}  # fmt: skip
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none"}
_GAP = 4.0  # points
_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "pc": 12.0}


def _tag(name: str) -> str:
    prefix, _, rest = name.partition(":")
    return f"{{{_NAMES[prefix]}}}{rest}"


_LEFT_OUT = frozenset(map(_tag, ("text:tracked-changes", "text:sequence-decls", "text:variable-decls", "text:user-field-decls")))
_LEFT_OUT |= {f"{{{_NAMES['office']}}}{name}" for name in ("annotation", "annotation-end", "forms", "binary-data")}


def read_odt(data: bytes, out: Builder) -> None:
    """A LibreOffice text into `out`."""
    package = Package(data, out)
    check_not_encrypted(package)
    root = package.xml("content.xml")
    body = root.find(f"{_tag('office:body')}/{_tag('office:text')}") if root is not None else None
    if root is None or body is None:
        raise Unreadable("damaged: it has no text")
    styles = package.xml("styles.xml")
    reader = _Odt([tree for tree in (styles, root) if tree is not None])
    out.begin_page()
    edges = {kind: list(_edge(reader, styles, kind)) for kind in ("header", "footer")}
    write_blocks(edges["header"], out)
    if edges["header"]:
        out.blank()
    write_blocks(list(reader.blocks(body)), out)
    write_blocks(reader.notes, out)
    if edges["footer"]:
        out.blank()
    write_blocks(edges["footer"], out)
    out.end_page()
    package.warn_of_contents()
    scanned = len(out.text().strip()) < 300
    for name in sorted(package.names):
        if scanned and re.match(r"Pictures/.*\.(png|jpe?g|tiff?|bmp|gif)$", name, re.I):
            out.attach(posixpath.basename(name), package.read(name) or b"")


def _edge(reader: _Odt, styles: Any, kind: str) -> Iterator[Block]:
    seen = set()
    for edge in styles.iter(_tag(f"style:{kind}")) if styles is not None else ():
        for block in reader.blocks(edge):
            parts = [block] if isinstance(block, Paragraph) else [part for row in block.rows for cell in row for part in cell]
            for part in parts:
                words = tidy(part.words) if isinstance(part, Paragraph) else ""
                if words and words not in seen:
                    seen.add(words)
                    yield Paragraph(words, kind=kind)


class _Odt:
    def __init__(self, trees: list[Any]) -> None:
        self.styles: dict[str, Any] = {}
        self.raised: set[str] = set()
        self.lists: dict[str, dict[int, Any]] = {}
        self.notes: list[Block] = []
        self.boxes: list[Any] = []
        self.counts: dict[str, dict[int, int]] = {}
        self.last_list = ""
        for tree in trees:
            for style in tree.iter(_tag("style:style")):
                properties = style.find(_tag("style:text-properties"))
                if properties is not None and properties.get(_tag("style:text-position"), "").startswith("super"):
                    self.raised.add(style.get(_tag("style:name"), ""))
                if style.get(_tag("style:family")) == "paragraph":
                    self.styles[style.get(_tag("style:name"), "")] = style
            for style in tree.iter(_tag("text:list-style")):
                self.lists[style.get(_tag("style:name"), "")] = {int(level.get(_tag("text:level"), "1")): level for level in style}

    def blocks(self, parent: Any) -> Iterator[Block]:
        for element in parent:
            if element.tag in (_tag("text:p"), _tag("text:h")):
                yield from self._paragraph(element)
            elif element.tag == _tag("text:list"):
                yield from self._list(element, 1, "")
            elif element.tag == _tag("table:table"):
                yield Grid([self._row(row) for row in _through(element, _tag("table:table-row"))])
            elif element.tag not in _LEFT_OUT:
                yield from self.blocks(element)

    def _paragraph(self, element: Any, label: str = "") -> Iterator[Block]:
        words = self._words(element)
        boxes, self.boxes = self.boxes, []
        before, after, broken, close = self._layout(element.get(_tag("text:style-name"), ""))
        for number, piece in enumerate(words.split("\f")):
            yield Paragraph(label + piece if not number else piece, before and not number, after, broken or number > 0, close)
            broken = False
        for box in boxes:
            yield from self.blocks(box)

    def _list(self, element: Any, level: int, style: str) -> Iterator[Block]:
        style = element.get(_tag("text:style-name")) or style
        if level == 1:
            goes_on = element.get(_tag("text:continue-numbering")) == "true" or element.get(_tag("text:continue-list")) is not None
            if not goes_on:
                self.counts.pop(style, None)
        counts = self.counts.setdefault(style, {})
        for item in element:
            header = item.tag == _tag("text:list-header")
            if not header and item.tag != _tag("text:list-item"):
                continue
            label = ""
            first = next(iter(item), None)
            if not header and first is not None and first.tag != _tag("text:list"):
                label = self._label(style, level, counts, item.get(_tag("text:start-value")))
            for child in item:
                if child.tag == _tag("text:list"):
                    yield from self._list(child, level + 1, style)
                elif child.tag in (_tag("text:p"), _tag("text:h")):
                    yield from self._paragraph(child, label)
                    label = ""
                else:
                    yield from self.blocks([child])

    def _label(self, style: str, level: int, counts: dict[int, int], start: str | None) -> str:
        form = self.lists.get(style, {}).get(level)
        for lower in [other for other in counts if other > level]:
            del counts[lower]
        if form is None or form.tag.endswith("-bullet"):
            return "• "
        first = int(start or form.get(_tag("text:start-value"), "1"))
        counts[level] = first if start or level not in counts else counts[level] + 1
        shown = int(form.get(_tag("text:display-levels"), "1"))
        numbers = []
        for other in range(max(1, level - shown + 1), level + 1):
            own = self.lists[style].get(other)
            sign = own.get(_tag("style:num-format"), "") if own is not None else "1"
            numbers.append(number_as(counts.get(other, 1), _FORMS.get(sign, "decimal")))
        words = ".".join(number for number in numbers if number)
        label = f"{form.get(_tag('style:num-prefix'), '')}{words}{form.get(_tag('style:num-suffix'), '')}".strip()
        return f"{label} " if words else ""

    def _row(self, row: Any) -> list[list[Block]]:
        cells: list[list[Block]] = []
        for cell in _through(row, _tag("table:table-cell"), _tag("table:covered-table-cell")):
            count = min(int(cell.get(_tag("table:number-columns-repeated"), "1")), 64)
            cells += [list(self.blocks(cell)) for _ in range(count)]
        return cells

    def _words(self, parent: Any) -> str:
        words = [_space(parent.text)]
        for element in parent:
            tag = element.tag
            if tag == _tag("text:s"):
                words.append(" " * min(int(element.get(_tag("text:c"), "1")), 1000))
            elif tag == _tag("text:tab"):
                words.append("\t")
            elif tag == _tag("text:line-break"):
                words.append("\n")
            elif tag == _tag("text:soft-page-break"):
                pass  # where the program last broke the page: too uncertain to be a page's end
            elif tag == _tag("text:a"):
                words.append(with_address(self._words(element), element.get(_tag("xlink:href"), "")))
            elif tag == _tag("text:note"):
                words.append(self._note(element))
            elif tag == _tag("draw:text-box"):
                self.boxes.append(element)
            elif tag not in _LEFT_OUT and isinstance(tag, str):
                inner = self._words(element)
                words.append(raised(inner, words[-1]) if element.get(_tag("text:style-name")) in self.raised else inner)
            words.append(_space(element.tail))
        return "".join(words)

    def _note(self, element: Any) -> str:
        sign = "".join(element.find(_tag("text:note-citation")).itertext()) if element.find(_tag("text:note-citation")) is not None else "*"
        body = element.find(_tag("text:note-body"))
        outer, self.boxes = self.boxes, []
        blocks = list(self.blocks(body)) if body is not None else []
        self.boxes = outer
        if blocks and isinstance(blocks[0], Paragraph):
            blocks[0].words, blocks[0].gap_before = f"[note {sign}] {blocks[0].words}", True
        self.notes += blocks
        return f" [note {sign}]"

    def _layout(self, name: str) -> tuple[bool, bool, bool, str]:
        """Gap before, gap after, page break before, and the style to whose paragraphs it stands close."""
        found: dict[str, str] = {}
        style, seen = self.styles.get(name), set[str]()
        named = name
        while style is not None and name not in seen:
            seen.add(name)
            properties = style.find(_tag("style:paragraph-properties"))
            for key, value in properties.attrib.items() if properties is not None else ():
                found.setdefault(key, value)
            name = style.get(_tag("style:parent-style-name"), "")
            style = self.styles.get(name)
        close = named if found.get(_tag("style:contextual-spacing")) == "true" else ""
        before, after = (_points(found.get(_tag(f"fo:margin-{side}"))) >= _GAP for side in ("top", "bottom"))
        return before, after, found.get(_tag("fo:break-before")) == "page", close


def _space(text: str | None) -> str:
    """White space in the XML is one space; what the page shows beyond that is written as elements."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")


def _points(size: str | None) -> float:
    match = re.fullmatch(r"(-?[\d.]+)(pt|cm|mm|in|pc)", size or "")
    return float(match[1]) * _POINTS[match[2]] if match else 0.0


def _through(parent: Any, *tags: str) -> Iterator[Any]:
    """Children of these kinds, also those in header rows and row groups."""
    for element in parent:
        if element.tag in tags:
            yield element
        elif element.tag in (_tag("table:table-header-rows"), _tag("table:table-rows"), _tag("table:table-row-group")):
            yield from _through(element, *tags)
