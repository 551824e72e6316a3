"""RTF by a reader of our own: list numbers, table cells, headers, footnotes and text boxes keep their places, which the usual
strippers lose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from foi_lib.documents.blocks import Block, Grid, Paragraph, raised, with_address, write_blocks
from foi_lib.documents.build import Builder

_SIGNS = {"par": "\n", "line": "\v", "tab": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
          "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " "}  # fmt: skip
# Groups that hold no words of the letter.
_SKIPPED = frozenset((
    "fonttbl", "colortbl", "stylesheet", "info", "pict", "objdata", "listtable", "listoverridetable", "generator", "xmlnstbl", "rsidtbl",
    "themedata", "colorschememapping", "datastore", "latentstyles", "template", "filetbl", "revtbl", "annotation", "atnid", "atnauthor",
    "atndate", "atnref", "atrfstart", "atrfend", "bkmkstart", "bkmkend", "fldinst", "sp", "nonshppict", "pnseclvl", "pgdsctbl", "userprops",
    "mmathPr", "wgrffmtfilter", "formfield", "pn", "xe", "tc", "private", "falt", "panose", "shprslt", "listname",
))  # fmt: skip
_FURNITURE = {"header": "header", "headerl": "header", "headerr": "header", "headerf": "header",
              "footer": "footer", "footerl": "footer", "footerr": "footer", "footerf": "footer"}  # fmt: skip
_CHARSETS = {0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
             177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip
_GAP = 80  # twentieths of a point
_DEEPEST = 2_000


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+", re.S)


@dataclass(slots=True)
class _State:
    """What a group inherits and gives back when it ends."""

    skipped: bool = False
    story: str = "body"  # body, header, footer, note, label
    after_uni: int = 1  # characters that stand for a Unicode one in old readers
    codec: str = "cp1252"
    hidden: bool = False
    raised: bool = False
    starred: bool = False  # "\*": skipped unless the next word is known
    fresh: bool = True  # no word yet in the group
    field_at: int | None = None


@dataclass(slots=True)
class _Story:
    """One flow of text: the body, a header, a note. Cells and rows of a table gather until the table ends."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    label: str = ""
    cell: list[Block] = field(default_factory=list)
    row: list[list[Block]] = field(default_factory=list)
    rows: list[list[list[Block]]] = field(default_factory=list)
    in_table: bool = False
    gap_before: bool = False
    gap_after: bool = False

    def end_paragraph(self, page_break: bool = False) -> None:
        words = (self.label + "".join(self.words)).replace("\v", "\n")
        self.words, self.label = [], ""
        if self.in_table:
            self.cell.append(Paragraph(words))
            return
        self.end_table()
        self.blocks.append(Paragraph(words, self.gap_before, self.gap_after, page_break))

    def end_cell(self) -> None:
        self.in_table = True
        if self.words or self.label or not self.cell:
            self.end_paragraph()
        self.row.append(self.cell)
        self.cell = []

    def end_row(self) -> None:
        if self.row:
            self.rows.append(self.row)
        self.row = []

    def end_table(self) -> None:
        self.end_row()
        if self.rows:
            self.blocks.append(Grid(self.rows))
            self.rows = []

    def finish(self) -> list[Block]:
        if "".join(self.words).strip():
            self.end_paragraph()
        if self.cell:
            self.end_cell()
        self.end_table()
        return self.blocks


def read_rtf(data: bytes, out: Builder) -> None:
    """An RTF file into `out`."""
    reader = _Rtf(data.decode("latin-1"))
    reader.run()
    out.begin_page()
    head = list(_furniture(reader.stories["header"].finish(), "header"))
    write_blocks(head, out)
    if head:
        out.blank()
    write_blocks(reader.stories["body"].finish(), out)
    write_blocks(reader.stories["note"].finish(), out)
    foot = list(_furniture(reader.stories["footer"].finish(), "footer"))
    if foot:
        out.blank()
    write_blocks(foot, out)
    out.end_page()
    if reader.hidden:
        out.problem(f"{reader.hidden} character(s) of hidden text left out")
    if reader.open_groups > 0:
        out.problem("cut off: groups are still open at its end")
        out.partial = True


def _furniture(blocks: list[Block], kind: str) -> Iterator[Block]:
    seen = set()
    for block in blocks:
        parts = [block] if isinstance(block, Paragraph) else [part for row in block.rows for cell in row for part in cell]
        for part in parts:
            if isinstance(part, Paragraph) and part.words.strip() and part.words.strip() not in seen:
                seen.add(part.words.strip())
                yield Paragraph(part.words, kind=kind)


class _Rtf:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stories = {name: _Story() for name in ("body", "header", "footer", "note", "label")}
        self.state = _State()
        self.stack: list[_State] = []
        self.fonts: dict[int, str] = {}
        self.font = 0
        self.in_fonts = 0  # depth at which the font table began
        self.default_codec = "cp1252"
        self.high = 0  # first half of a surrogate pair
        self.skip = 0  # characters still to be left out after a Unicode one
        self.hidden = 0
        self.notes = 0
        self.fields: list[tuple[int, str]] = []  # address of a link, and the depth of its field
        self.open_groups = 0

    def run(self) -> None:
        at = 0
        tokens = _tokens()
        while at < len(self.text):
            match = tokens.match(self.text, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            word, number, byte, sign, brace, plain = match.groups()
            if word:
                at = self._word(word, int(number) if number else None, at)
            elif byte:
                self._write(bytes([int(byte, 16)]).decode(self.state.codec, "replace"))
            elif sign:
                self._sign(sign)
            elif brace == "{":
                if len(self.stack) > _DEEPEST:
                    raise RecursionError
                self.stack.append(self.state)
                self.state = replace(self.state, fresh=True, starred=False, field_at=None)
            elif brace == "}":
                if not self.stack:
                    break
                self._close()
            elif plain:
                self._write(plain.encode("latin-1").decode(self.state.codec, "replace") if not plain.isascii() else plain)
        self.open_groups = len(self.stack)

    def _close(self) -> None:
        ended = self.state
        self.state, self.skip = self.stack.pop(), 0
        if ended.field_at is not None and self.fields:
            words = self.stories[ended.story].words
            words[ended.field_at :] = [with_address("".join(words[ended.field_at :]), self.fields[-1][1])]
        if ended.story == "label" and self.state.story != "label":
            label = "".join(self.stories["label"].words).strip()
            self.stories["label"] = _Story()
            self._story().label = f"{label} " if label else ""
        if ended.story == "note" and self.state.story != "note":
            self.stories["note"].end_paragraph()
        if self.in_fonts and len(self.stack) < self.in_fonts:
            self.in_fonts = 0
        while self.fields and self.fields[-1][0] > len(self.stack):
            self.fields.pop()

    def _story(self) -> _Story:
        return self.stories[self.state.story]

    def _write(self, text: str) -> None:
        if self.skip:
            cut = min(self.skip, len(text))
            self.skip -= cut
            text = text[cut:]
        if not text or self.state.skipped:
            return
        if self.state.hidden:
            self.hidden += len(text)
            return
        words = self._story().words
        words.append(raised(text, words[-1] if words else "") if self.state.raised else text)

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self.state.starred = True
        elif sign == "~":
            self._write("\xa0")
        elif sign == "_":
            self._write("\u2011")
        elif sign in "\r\n":
            self._paragraph()
        elif sign in "\\{}":
            self._write(sign)

    def _paragraph(self) -> None:
        if not self.state.skipped:
            self._story().end_paragraph()

    def _word(self, word: str, number: int | None, at: int) -> int:
        """One control word; the place to go on from."""
        state, fresh = self.state, self.state.fresh
        state.fresh = False
        if word == "bin":
            return at + max(0, number or 0)
        if word == "u" and number is not None:
            self._unicode(number)
        elif word == "uc":
            state.after_uni = max(0, number or 0)
        elif word in ("f", "fcharset", "ansicpg", "fonttbl"):
            self._font(word, number or 0)
        elif word in ("listtext", "pntext"):
            state.story = "label"
        elif word in _FURNITURE and fresh:
            state.story = _FURNITURE[word]
        elif word == "footnote" and not state.skipped:
            self.notes += 1
            self._write(f" [note {self.notes}]")
            state.story = "note"
            self.stories["note"].words.append(f"[note {self.notes}] ")
            self.stories["note"].gap_before = True
        elif word == "fldinst":
            self._field(at)
            state.skipped = True
        elif word == "fldrslt" and self.fields:
            state.field_at = len(self._story().words)
        elif word == "shptxt" or word == "result":
            state.skipped = False
        elif word == "shpinst":
            pass  # a shape: its text box is read, its properties are groups of their own that are skipped
        elif word in _SKIPPED or (state.starred and fresh):
            state.skipped = True
        elif not state.skipped:
            self._layout(word, number)
        return at

    def _layout(self, word: str, number: int | None) -> None:
        story = self._story()
        if word == "par":
            self._paragraph()
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word == "cell":
            story.end_cell()
        elif word in ("nestcell", "nestrow"):
            story.end_paragraph()
        elif word == "row":
            story.end_row()
        elif word == "intbl":
            story.in_table = True
        elif word == "pard":
            story.in_table, story.gap_before, story.gap_after = False, False, False
        elif word in ("sb", "sa"):
            setattr(story, "gap_before" if word == "sb" else "gap_after", (number or 0) >= _GAP)
        elif word == "page" and self.state.story == "body":
            if story.words:
                story.end_paragraph()
            story.end_table()
            story.blocks.append(Paragraph("", page_break=True))
        elif word in ("super", "nosupersub"):
            self.state.raised = word == "super" and number != 0
        elif word in ("v", "deleted"):
            self.state.hidden = number != 0
        elif word == "plain":
            self.state.hidden = self.state.raised = False

    def _unicode(self, number: int) -> None:
        code = number % 0x10000
        self.skip = 0
        if 0xD800 <= code < 0xDC00:
            self.high = code
        elif self.high and 0xDC00 <= code < 0xE000:
            self._write(chr(0x10000 + ((self.high - 0xD800) << 10) + (code - 0xDC00)))
            self.high = 0
        else:
            self._write({0xF0B7: "•", 0xF0A7: "•", 0xF0FE: "☒", 0xF0A8: "☐"}.get(code, chr(code)))
        self.skip = self.state.after_uni

    def _font(self, word: str, number: int) -> None:
        if word == "ansicpg":
            self.default_codec = self.state.codec = _known(f"cp{number}")
        elif word == "fonttbl":
            self.in_fonts, self.state.skipped = len(self.stack), True
        elif word == "f" and self.in_fonts:
            self.font = number
        elif word == "fcharset":
            self.fonts[self.font] = _CHARSETS.get(number, self.default_codec) if number else self.default_codec
        else:
            self.state.codec = self.fonts.get(number, self.default_codec)

    def _field(self, at: int) -> None:
        found = re.match(r'[^}]{0,40}?HYPERLINK\s+(?:\\\\\w\s+)?"([^"{}]{1,2000})"', self.text[at : at + 2100])
        if found:
            self.fields.append((len(self.stack) - 1, found[1]))


def _known(codec: str) -> str:
    try:
        "".encode(codec)
        return codec
    except LookupError:
        return "cp1252"
