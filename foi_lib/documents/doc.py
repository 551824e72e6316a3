"""Legacy Word (.doc, Word 97 to 2003) by its piece table, with rows and cells of tables.

Source of the layout: Microsoft's published [MS-DOC]. Numbers of automatic lists are counted as for DOCX, those too that come
with a paragraph's style. Older files still (Word 6 and 95) need the extra `doc` (kreuzberg)."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from foi_lib.documents.blocks import Block, Grid, Paragraph, tidy, with_address, write_blocks
from foi_lib.documents.build import Builder, Unreadable, clean
from foi_lib.documents.doc_lists import doc_lists
from foi_lib.documents.doc_styles import doc_styles
from foi_lib.documents.docx_numbers import Numbers

_FIB_CLX, _FIB_PAPX, _FIB_COUNTS = 0x01A2, 0x0102, 0x004C
_IN_TABLE, _ROW_END, _LIST, _LIST_LEVEL, _SPACE_BEFORE, _SPACE_AFTER = 0x2416, 0x2417, 0x460B, 0x260A, 0xA413, 0xA414
_INNER_TABLE, _DEPTH = 0x244B, 0x6649
_GAP = 80  # twentieths of a point
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # size of a property's value by its kind; 6 says its own


def read_doc(data: bytes, out: Builder) -> None:
    """A legacy Word file into `out`."""
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(data) as ole:
        main = ole.openstream("WordDocument").read()
        if len(main) < 0x200 or struct.unpack_from("<H", main)[0] != 0xA5EC or struct.unpack_from("<H", main, 2)[0] < 0xC1:
            _by_kreuzberg(data, out)
            return
        flags = struct.unpack_from("<H", main, 0x0A)[0]
        if flags & 0x0100:
            raise Unreadable("it is encrypted and needs a password; save a copy without one")
        table = ole.openstream("1Table" if flags & 0x0200 else "0Table").read()
        if ole.exists("Macros"):
            out.problem("it holds macros, which were not run")
    word = _Doc(main, table)
    out.begin_page()
    write_blocks(list(word.blocks()), out)
    out.end_page()
    if word.unnumbered:
        out.problem(f"{word.unnumbered} list paragraph(s) whose numbers could not be rebuilt; save it as DOCX to have them")


class _Doc:
    def __init__(self, main: bytes, table: bytes) -> None:
        self.main, self.table = main, table
        self.unnumbered = 0
        self.numbers = Numbers(None, None)
        self.lists = doc_lists(main, table)
        self.styles = doc_styles(main, table, _values)
        self.text, self.files = self._text()
        self.bounds, self.properties = self._properties()
        # they follow one another: body, footnotes, headers, macros, remarks, endnotes, text boxes, text boxes of headers
        counts = struct.unpack_from("<8i", main, _FIB_COUNTS)
        self.stories: list[tuple[int, int]] = []
        for count in counts:
            start = self.stories[-1][1] if self.stories else 0
            self.stories.append((start, min(start + max(0, count), len(self.text))))

    def _text(self) -> tuple[str, list[tuple[int, int, int]]]:
        """The text, and for each piece: its first character, its place in the file, bytes a character."""
        start, size = struct.unpack_from("<II", self.main, _FIB_CLX)
        clx = self.table[start : start + size]
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at + 5 > len(clx) or clx[at] != 2:
            raise Unreadable("damaged: it has no list of its pieces")
        pieces = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
        count = (len(pieces) - 4) // 12
        places = struct.unpack_from(f"<{count + 1}I", pieces)
        words, files = [], []
        for number in range(count):
            place = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)[0]
            length = places[number + 1] - places[number]
            if length < 0 or length > len(self.main):
                raise Unreadable("damaged: its pieces do not fit the file")
            narrow = bool(place & 0x40000000)
            place = (place & 0x3FFFFFFF) // 2 if narrow else place
            raw = self.main[place : place + length * (1 if narrow else 2)]
            words.append(raw.decode("cp1252" if narrow else "utf-16-le", "replace"))
            files.append((places[number], place, 1 if narrow else 2))
        return "".join(words), files

    def _properties(self) -> tuple[list[int], list[tuple[int, bytes]]]:
        """Ends of paragraphs by place in the file, and the style and properties of each."""
        start, size = struct.unpack_from("<II", self.main, _FIB_PAPX)
        plc = self.table[start : start + size]
        count = max(0, (len(plc) - 4) // 8)
        bounds: list[int] = []
        found: list[tuple[int, bytes]] = []
        for page in struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count else ():
            block = self.main[page * 512 : page * 512 + 512]
            if len(block) < 512:
                continue
            runs = block[511]
            edges = struct.unpack_from(f"<{runs + 1}I", block)
            for run in range(runs):
                offset = 2 * block[4 * (runs + 1) + 13 * run]
                style, properties = 0, b""
                if offset:
                    length = 2 * block[offset] - 1 if block[offset] else 2 * block[offset + 1]
                    first = offset + (1 if block[offset] else 2)
                    style = int.from_bytes(block[first : first + 2], "little")
                    properties = block[first + 2 : first + length]
                bounds.append(edges[run])
                found.append((style, properties))
        order = sorted(range(len(bounds)), key=bounds.__getitem__)
        return [bounds[number] for number in order], [found[number] for number in order]

    def _of(self, character: int) -> dict[int, int]:
        """The properties of the paragraph that ends with this character."""
        piece = self.files[max(0, bisect_right(self.files, (character, 1 << 40, 2)) - 1)]
        place = piece[1] + (character - piece[0]) * piece[2]
        found = bisect_right(self.bounds, place) - 1
        if found < 0:
            return {}
        style, own = self.properties[found]
        return {**self.styles.get(style, {}), **dict(_values(own))}

    def blocks(self) -> Iterator[Block]:
        """Headers and footers, each wording once; the body; text boxes, footnotes and endnotes. What others remarked is no part of it."""
        body, footnotes, headers, _, _, endnotes, boxes, _ = self.stories
        heads = dict.fromkeys(tidy(block.words) for block in self._story(*headers) if isinstance(block, Paragraph))
        yield from (Paragraph(words, kind="header", gap_after=True) for words in heads if words)
        yield from self._story(*body)
        for story in (boxes, footnotes, endnotes):
            for block in self._story(*story):
                if isinstance(block, Grid) or block.words.strip():
                    yield block

    def _story(self, start: int, end: int) -> Iterator[Block]:
        rows: list[list[list[Block]]] = []
        row: list[list[Block]] = []
        cell: list[Block] = []
        at = start
        for match in re.finditer("[\r\x07\x0c]", self.text[start:end]):
            mark = start + match.start()
            words = _words(self.text[at:mark])
            at = mark + 1
            own = self._of(mark)
            if own.get(_ROW_END):
                if row:
                    rows.append(row)
                row, cell = [], []
                continue
            gaps = (own.get(_SPACE_BEFORE, 0) >= _GAP, own.get(_SPACE_AFTER, 0) >= _GAP)
            words = self._label(own) + words if words.strip() else words
            if own.get(_IN_TABLE) or match[0] == "\x07":
                cell.append(Paragraph(words))
                if match[0] == "\x07":
                    row.append(cell)
                    cell = []
                continue
            if rows:
                yield Grid(rows)
                rows = []
            yield Paragraph(words, *gaps)
            if match[0] == "\x0c":
                yield Paragraph("", page_break=True)
        if row:
            rows.append(row)
        if rows:
            yield Grid(rows)
        if self.text[at:end].strip():
            yield Paragraph(_words(self.text[at:end]))

    def _label(self, own: dict[int, int]) -> str:
        number = own.get(_LIST, 0)
        if not number or number > 0x7FF:  # none, or taken away again
            return ""
        used = self.lists.get(number)
        label = self.numbers.count(str(number), used, own.get(_LIST_LEVEL, 0)) if used else ""
        self.unnumbered += not label
        return f"{label} " if label else ""


def _values(properties: bytes) -> Iterator[tuple[int, int]]:
    """Properties and their values, those that hold a whole number."""
    at = 0
    while at + 2 <= len(properties):
        name = struct.unpack_from("<H", properties, at)[0]
        at += 2
        kind = name >> 13
        if kind == 6:
            if at >= len(properties):
                return
            size = int.from_bytes(properties[at : at + 2], "little") + 1 if name == 0xD608 else properties[at] + 1
        else:
            size = _OPERAND[kind]
        raw = properties[at : at + size]
        if kind != 6 and len(raw) == size:
            yield name, int.from_bytes(raw, "little")
        at += size


def _words(text: str) -> str:
    """A paragraph's words: of a field only what it shows, with the address of a link."""
    stack: list[list[str]] = [[]]
    codes: list[str] = []
    for part in re.split("([\x13\x14\x15])", text):
        if part == "\x13":
            stack.append([])
            codes.append("")
        elif part == "\x14" and codes:
            codes[-1] = "".join(stack[-1])
            stack[-1] = []
        elif part == "\x15" and codes:
            shown, code = "".join(stack.pop()), codes.pop()
            link = re.search(r'HYPERLINK\s+"([^"]+)"', code)
            stack[-1].append(with_address(shown, link[1]) if link else shown if code else "")
        else:
            stack[-1].append(part)
    words = "".join("".join(level) for level in stack)
    return clean(words.replace("\x0b", "\n").replace("\x1e", "\u2011").replace("\x1f", ""))


def _by_kreuzberg(data: bytes, out: Builder) -> None:
    """Word 6 and 95, where the extra is installed."""
    try:
        import kreuzberg  # type: ignore[import-not-found]
    except ImportError:
        how = 'install the extra that reads it (pip install "foi-lib[doc]"), or save it as DOCX'
        raise Unreadable(f"a file of Word 6 or 95: {how}") from None
    config: Any = kreuzberg.ExtractionConfig(use_cache=False)
    result = kreuzberg.extract_bytes_sync(data, "application/msword", config)
    out.begin_page()
    out.add(clean(result.content).strip("\n"))
    out.line()
    out.end_page()
