"""HTML as blocks: paragraphs, list numbers, tables, the addresses of links. Nothing is run and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from foi_lib.documents.blocks import Block, Grid, Paragraph, raised, with_address, write_blocks
from foi_lib.documents.build import Builder
from foi_lib.documents.docx_numbers import number_as
from foi_lib.documents.text import decode

_LEFT_OUT = frozenset(("script", "style", "head", "title", "noscript", "template", "iframe", "object", "embed", "svg", "select", "textarea",
                       "button", "audio", "video", "canvas", "map", "-comment"))  # fmt: skip
_BLOCKS = frozenset(("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "header", "footer", "main", "nav",
                     "aside", "address", "center", "form", "fieldset", "dl", "dt", "dd", "figure", "figcaption", "hr", "pre", "body",
                     "html", "details", "summary", "legend", "caption"))  # fmt: skip
_GAPS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "dl", "pre", "hr", "figure"))
_LISTS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_DEEPEST = 150


def read_html(data: bytes, out: Builder) -> None:
    """A web page, or a letter saved as one, into `out`."""
    text, problems = _decoded(data)
    for line in problems:
        out.problem(line)
    active = r"<(script|iframe|object|embed)\b|<meta[^>]{1,200}http-equiv=.?refresh"
    if re.search(rf"(?i){active}|<(img|link)\b[^>]{{1,500}}(src|href)\s{{0,9}}=[\s\"']{{0,9}}(https?:)?//", text):
        out.problem("it has scripts or parts that lie elsewhere, which were neither run nor fetched")
    out.begin_page()
    write_blocks(html_blocks(text), out)
    out.end_page()


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """By its own declaration, where it has one that can be followed and no byte order mark says otherwise."""
    declared = re.search(rb"(?i)<meta[^>]+charset\s*=\s*[\"']?([a-z0-9_-]+)", data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            name = declared[1].decode().lower()
            return data.decode("cp1252" if name in ("iso-8859-1", "latin1", "us-ascii") else name), []
        except (LookupError, UnicodeDecodeError):
            pass
    text, _, problems = decode(data)
    return text, problems


def html_blocks(text: str) -> list[Block]:
    """The blocks of a page."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(text.replace("\0", "")).body
    return list(_Blocks().of(body, 0)) if body is not None else []


class _Blocks:
    """Walks the page. Words gather until a block begins or ends."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.label = ""  # of the list item whose first words are still to come
        self.gap = False  # asked for by what has just ended or begun
        self.as_typed = False  # within <pre>

    def of(self, node: Any, depth: int) -> Iterator[Block]:
        """Blocks of the node's children."""
        yield from self._children(node, depth)
        yield from self._flush()

    def _children(self, node: Any, depth: int) -> Iterator[Block]:
        if depth > _DEEPEST:
            self._add(node.text(deep=True))
            return
        child = node.child
        while child is not None:
            yield from self._node(child, depth + 1)
            child = child.next

    def _node(self, node: Any, depth: int) -> Iterator[Block]:
        tag = node.tag
        if tag == "-text":
            self._add(node.text(deep=False))
        elif tag == "br":
            self.words.append("\n")
        elif tag in _LEFT_OUT or _is_hidden(node):
            return
        elif tag == "table":
            yield from self._flush()
            yield Grid([[list(_Blocks().of(cell, depth)) if cell is not None else [] for cell in row] for row in _rows(node)])
            self.gap = True
        elif tag in ("ul", "ol", "menu"):
            yield from self._list(node, depth)
        elif tag in _BLOCKS:
            yield from self._block(node, depth)
        elif tag == "a":
            yield from self._link(node, depth)
        elif tag == "sup":
            start = len(self.words)
            yield from self._children(node, depth)
            self.words[start:] = [raised("".join(self.words[start:]), "".join(self.words[max(0, start - 1) : start]))]
        elif tag == "input":
            if node.attributes.get("type") in ("checkbox", "radio"):
                self.words.append("☒ " if "checked" in node.attributes else "☐ ")
        else:
            yield from self._children(node, depth)

    def _block(self, node: Any, depth: int) -> Iterator[Block]:
        yield from self._flush()
        gaps = node.tag in _GAPS and not _is_tight(node)
        self.gap = self.gap or gaps
        before, self.as_typed = self.as_typed, self.as_typed or node.tag == "pre"
        yield from self._children(node, depth)
        if node.tag == "pre":
            yield from self._flush()
        self.as_typed = before
        if node.tag == "p" and not "".join(self.words).strip():
            self.words, self.gap = [], False
            yield Paragraph("", gap_before=gaps, gap_after=gaps)  # an empty paragraph, which the page shows as a blank line
        yield from self._flush()
        self.gap = self.gap or gaps

    def _list(self, node: Any, depth: int) -> Iterator[Block]:
        yield from self._flush()
        outer = node.parent is not None and node.parent.tag != "li"
        self.gap = self.gap or outer
        form, at = _LISTS.get(node.attributes.get("type") or "1", "decimal"), _integer(node.attributes.get("start"), 1)
        child = node.child
        while child is not None:
            if child.tag == "li":
                at = _integer(child.attributes.get("value"), at)
                self.label = f"{number_as(at, form)}. " if node.tag == "ol" else "• "
                at += 1
                yield from self._children(child, depth + 1)
                yield from self._flush()
                self.label = ""
            elif child.tag != "-text":
                yield from self._node(child, depth + 1)
            child = child.next
        self.gap = self.gap or outer

    def _link(self, node: Any, depth: int) -> Iterator[Block]:
        start = len(self.words)
        blocks = list(self._children(node, depth))
        yield from blocks
        if not blocks:
            words = "".join(self.words[start:])
            self.words[start:] = [with_address(words, (node.attributes.get("href") or "").strip())]

    def _add(self, text: str | None) -> None:
        if text:
            self.words.append(text if self.as_typed else re.sub(r"[ \t\r\n\f\xa0]+", " ", text))

    def _flush(self) -> Iterator[Block]:
        words = re.sub(r" *\n *", "\n", "".join(self.words)) if not self.as_typed else "".join(self.words)
        words = words.strip("\n") if self.as_typed else re.sub(r"  +", " ", words).strip()
        self.words = []
        if words:
            yield Paragraph(self.label + words, gap_before=self.gap)
            self.label, self.gap = "", False


def _rows(table: Any) -> Iterator[list[Any]]:
    """The rows of a table, with None for the places that a merged cell covers."""
    covered: dict[int, int] = {}  # column → rows still covered from above
    for row in _table_rows(table):
        cells: list[Any] = []
        child = row.child
        while child is not None:
            if child.tag in ("td", "th"):
                while covered.get(len(cells), 0) > 0:
                    covered[len(cells)] -= 1
                    cells.append(None)
                across = min(_integer(child.attributes.get("colspan"), 1), 64)
                down = min(_integer(child.attributes.get("rowspan"), 1), 1000)
                for column in range(max(1, across)):
                    if down > 1:
                        covered[len(cells)] = down - 1
                    cells.append(child if column == 0 else None)
            child = child.next
        while covered.get(len(cells), 0) > 0:
            covered[len(cells)] -= 1
            cells.append(None)
        if cells:
            yield cells


def _table_rows(node: Any) -> Iterator[Any]:
    child = node.child
    while child is not None:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from _table_rows(child)
        child = child.next


def _is_hidden(node: Any) -> bool:
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or "hidden" in node.attributes


def _is_tight(node: Any) -> bool:
    """Outlook's paragraphs have no space between them; blank lines are paragraphs of their own."""
    style = (node.attributes.get("style") or "").replace(" ", "").lower()
    return "MsoNormal" in (node.attributes.get("class") or "") or bool(re.search(r"margin(-bottom)?:0(cm|in|px|pt|;|$)", style))


def _integer(value: str | None, otherwise: int) -> int:
    return int(value) if value and re.fullmatch(r"\d{1,6}", value.strip()) else otherwise
