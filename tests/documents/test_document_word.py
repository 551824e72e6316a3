# ruff: noqa: E501
"""Word processors' files: what is not plainly in their text."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from documents.legacy_word import as_doc
from documents.writers import zipped
from foi_lib.documents import Document, read_document

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def docx(tmp_path: Path, body: str, numbering: str = "", styles: str = "", relations: str = "", parts: dict[str, str] | None = None) -> Document:
    """A DOCX of these parts, read."""
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    own = f'<Relationship Id="n" Type="{OFFICE}/numbering" Target="numbering.xml"/><Relationship Id="s" Type="{OFFICE}/styles" Target="styles.xml"/>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": rels.format(f'<Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'),
        "word/document.xml": f"<w:document {W} {R} {MC}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": rels.format(own + relations),
        "word/numbering.xml": f"<w:numbering {W}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {W}>{styles}</w:styles>",
        **(parts or {}),
    }
    file = tmp_path / "letter.docx"
    file.write_bytes(zipped({name: text.encode() for name, text in members.items()}))
    return read_document(file)


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def p(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{words}</w:t></w:r></w:p>"


def level(number: int, form: str, words: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{words}"/></w:lvl>'


def item(words: str, level: int = 0, number: int = 1) -> str:
    return p(words, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}{level(2, "lowerRoman", "%1.%2.%3")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="8">{level(0, "bullet", "&#xF0B7;")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    '<w:num w:numId="4"><w:abstractNumId w:val="8"/></w:num>'
)


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (item("a") + item("b") + p("between") + item("c"), ["1. a", "2. b", "between", "3. c"]),  # goes on after an answer
        (item("a") + item("x", 1) + item("y", 1) + item("b") + item("z", 1), ["1. a", "(a) x", "(b) y", "2. b", "(a) z"]),
        (item("a") + item("x", 1) + item("deep", 2), ["1. a", "(a) x", "1.a.i deep"]),  # a label of several levels
        (item("a") + item("b", number=2), ["1. a", "2. b"]),  # two lists of one definition count together
        (item("a") + item("b", number=3) + item("c", number=3), ["1. a", "5. b", "6. c"]),  # a list that starts elsewhere
        (item("dot", number=4), ["• dot"]),
        (item("a") + p("taken away", '<w:numPr><w:numId w:val="0"/></w:numPr>') + item("b"), ["1. a", "taken away", "2. b"]),
        (p("styled", '<w:pStyle w:val="Q"/>') + p("again", '<w:pStyle w:val="Q"/>'), ["1. styled", "2. again"]),  # number by style
    ],
)
def test_list_numbers(tmp_path: Path, body: str, wanted: list[str]) -> None:
    styles = '<w:style w:styleId="Q"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    assert lines(docx(tmp_path, body, LISTS, styles)) == wanted


def test_tracked_changes_are_accepted(tmp_path: Path) -> None:
    change = (
        "<w:p><w:r><w:t>There were </w:t></w:r><w:del><w:r><w:delText>14</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>12</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> gone</w:t></w:r></w:moveFrom><w:r><w:t> breaches</w:t></w:r></w:p>"
    )
    row = "<w:tr>{}<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
    table = f"<w:tbl>{row.format('<w:trPr><w:del/></w:trPr>', 'deleted')}{row.format('', 'kept')}</w:tbl>"
    assert lines(docx(tmp_path, change + table)) == ["There were 12 breaches", "kept\t"]


def test_text_boxes_are_read_once(tmp_path: Path) -> None:
    """Word writes a box twice, for new and for old readers."""
    box = f"<w:txbxContent>{p('in the box')}</w:txbxContent>"
    drawing = f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    assert lines(docx(tmp_path, f"<w:p><w:r><w:t>beside</w:t></w:r><w:r>{drawing}</w:r></w:p>")) == ["beside", "in the box"]


def test_merged_cells_keep_their_columns(tmp_path: Path) -> None:
    def cell(words: str, properties: str = "") -> str:
        return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    rows = [
        cell("Year") + cell("Breaches", '<w:gridSpan w:val="2"/>'),
        cell("2019", '<w:vMerge w:val="restart"/>') + cell("4") + cell("5"),
        cell("", "<w:vMerge/>") + cell("6") + cell("7"),
    ]
    document = docx(tmp_path, "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>")
    assert lines(document) == ["Year\tBreaches\t", "2019\t4\t5", "\t6\t7"]


def test_notes_links_headers_and_hidden_text(tmp_path: Path) -> None:
    rels = "<Relationship Id='{}' Type='" + OFFICE + "/{}' Target='{}' {}/>"
    relations = "".join([
        rels.format("f", "footnotes", "footnotes.xml", ""), rels.format("h", "header", "header1.xml", ""),
        rels.format("l", "hyperlink", "https://northmoor.example/log", "TargetMode='External'"),
    ])  # fmt: skip
    body = (
        "<w:p><w:r><w:t>Twelve</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
        "<w:hyperlink r:id='l'><w:r><w:t> our log</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>unseen</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>12</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>1</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>31</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>st</w:t></w:r></w:p>"
    )
    parts = {
        "word/footnotes.xml": f"<w:footnotes {W}><w:footnote w:id='0' w:type='separator'>{p('---')}</w:footnote><w:footnote w:id='2'>{p('A note.')}</w:footnote></w:footnotes>",
        "word/header1.xml": f"<w:hdr {W}>{p('Northmoor Council')}</w:hdr>",
    }
    document = docx(tmp_path, body, relations=relations, parts=parts)
    assert lines(document) == [
        "Northmoor Council", "Twelve [note 2] our log <https://northmoor.example/log>", "12 [note 1]", "31st", "[note 2] A note.",
    ]  # fmt: skip
    assert [(document.text[f.start : f.end], f.kind) for f in document.furniture] == [("Northmoor Council", "header")]
    assert document.problems == ("6 character(s) of hidden text left out",)


def test_gaps_and_pages(tmp_path: Path) -> None:
    """A blank line where the page shows a gap, by the paragraph's own spacing or its style's; none within a list."""
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:spacing w:after="160"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="L"><w:basedOn w:val="N"/><w:pPr><w:contextualSpacing/></w:pPr></w:style>'
    )
    body = (
        p("one") + p("two", '<w:spacing w:after="0"/>') + p("three") + p("a", '<w:pStyle w:val="L"/>') + p("b", '<w:pStyle w:val="L"/>')
        + "<w:p><w:r><w:br w:type='page'/></w:r></w:p>" + p("next page")
    )  # fmt: skip
    document = docx(tmp_path, body, styles=styles)
    assert document.text.split("next")[0].startswith("one\n\ntwo\nthree\n\na\nb\n")
    assert document.page_at(document.text.index("three")) == 1 and document.page_at(document.text.index("next page")) == 2


def test_embedded_files_are_attachments(tmp_path: Path) -> None:
    import xlsxwriter

    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    book.add_worksheet().write_row(0, 0, ["Year", "Breaches"])
    book.close()
    from docx import Document as Word

    word = Word()
    word.add_paragraph("See the embedded sheet.")
    saved = io.BytesIO()
    word.save(saved)
    import zipfile

    members: dict[str, Any] = {name: zipfile.ZipFile(saved).read(name) for name in zipfile.ZipFile(saved).namelist()}
    path = tmp_path / "letter.docx"
    path.write_bytes(zipped(members | {"word/embeddings/Sheet1.xlsx": file.getvalue()}))
    (attachment,) = read_document(path).attachments
    assert attachment.text == "Year\tBreaches\n" and attachment.path.endswith("letter.docx/Sheet1.xlsx")


@pytest.mark.parametrize(
    ("rtf", "wanted"),
    [
        (r"{\rtf1\ansi one\par two\line three}", ["one", "two", "three"]),
        (r"{\rtf1\ansi\uc1 \u163?4 and \u8364? and {\uc2 \u8211??x}}", ["£4 and € and –x"]),  # Unicode with what old readers show
        (r"{\rtf1\ansi\ansicpg1252 \'a34\'96\'93x\'94}", ["£4–“x”"]),
        (r"{\rtf1{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}\f1 \'cf\f0 \'a3}", ["П£"]),  # a font's own character set
        (r"{\rtf1 a{\*\unknown skipped}b{\pict 89504e470d}c{\bin3 \{}xd}", ["abcxd"]),
        (r"{\rtf1 seen{\v hidden}\v0 again{\deleted gone}}", ["seenagain"]),
        (r"{\rtf1{\footer foot\par}{\header head\par}body\par}", ["head", "body", "foot"]),
        (r"{\rtf1 {\listtext 2.\tab}question\par {\pntext (a)\tab}part\par}", ["2. question", "(a) part"]),
        (r"{\rtf1 12{\super 1} and 31{\super st}{\footnote note}\par}", ["12 [note 1] and 31st [note 1]", "[note 1] note"]),
        (r"{\rtf1\trowd\cellx1\cellx2\pard\intbl a\par b\cell\cell\row\pard after}", ["a b\t", "after"]),  # two paragraphs in a cell
        (r'{\rtf1 {\field{\*\fldinst{HYPERLINK "https://x.example/log"}}{\fldrslt here}}}', ["here <https://x.example/log>"]),
    ],
)
def test_rtf(tmp_path: Path, rtf: str, wanted: list[str]) -> None:
    file = tmp_path / "letter.rtf"
    file.write_bytes(rtf.encode("latin-1"))
    assert lines(read_document(file)) == wanted


def test_legacy_word_keeps_what_stands_beside_the_body(tmp_path: Path) -> None:
    """Headers are furniture; text boxes, footnotes and endnotes are part of the letter; remarks in the margin are not."""
    file = tmp_path / "letter.doc"
    stories = {1: "\x02 Of whom two twice.\r", 2: "Northmoor Council\r\rNorthmoor Council\rPage 1\r", 4: "a remark\r", 5: "An endnote.\r", 6: "A box: 12 in all.\r"}
    file.write_bytes(as_doc([("p", "There were 12 breaches.")], stories))
    document = read_document(file)
    assert not document.problems
    assert lines(document) == ["Northmoor Council", "Page 1", "There were 12 breaches.", "A box: 12 in all.", "Of whom two twice.", "An endnote."]
    assert [(document.text[f.start : f.end], f.kind) for f in document.furniture] == [("Northmoor Council", "header"), ("Page 1", "header")]


def test_legacy_word_numbers_lists_by_their_style(tmp_path: Path) -> None:
    """As letters made from a template are: without its number a question has lost its label."""
    file = tmp_path / "letter.doc"
    file.write_bytes(as_doc([("n", "How many?"), ("p", "Twelve."), ("n", "How much?"), ("p", "Nothing.")], by_style=True))
    document = read_document(file)
    assert not document.problems and lines(document) == ["1. How many?", "Twelve.", "2. How much?", "Nothing."]
