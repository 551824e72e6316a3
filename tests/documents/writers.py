"""Writes a letter's blocks in every format, for the test that all formats give the same lines."""

from __future__ import annotations

import html
import io
from collections.abc import Callable
from email.message import EmailMessage

from PIL import Image

from documents import rows
from documents.compound import outlook
from documents.legacy_word import as_doc
from documents.letters import Block, lines_of
from documents.packed import ODF, zipped


def as_text(blocks: list[Block]) -> bytes:
    return "\n\n".join(lines_of(blocks)).encode("utf-8")


def as_docx(blocks: list[Block]) -> bytes:
    from docx import Document

    document = Document()
    for kind, content in blocks:
        if kind == "t":
            table = document.add_table(len(content), len(content[0]))
            for row, cells in zip(table.rows, content, strict=True):
                for cell, words in zip(row.cells, cells, strict=True):
                    cell.text = words
        else:
            document.add_paragraph(str(content), style="List Number" if kind == "n" else None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def as_html(blocks: list[Block]) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>Reply</title><style>p{color:red}</style></head><body>"]
    number = 0
    for kind, content in blocks:
        if kind == "t":
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(words)}</td>" for words in row) + "</tr>" for row in content)
            parts.append(f"<table>{rows}</table>")
        elif kind == "n":
            number += 1
            parts.append(f"<ol start='{number}'><li>{html.escape(str(content))}</li></ol>")
        else:
            parts.append(f"<p>{html.escape(str(content))}</p>")
    return "\n".join([*parts, "</body></html>"]).encode("utf-8")


def as_rtf(blocks: list[Block]) -> bytes:
    def escaped(words: str) -> str:
        return "".join(letter if letter.isascii() else f"\\'{letter.encode('cp1252').hex()}" for letter in words)

    parts = [r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}{\info{\author Somebody}}"]
    number = 0
    for kind, content in blocks:
        if kind == "t":
            for row in content:
                edges = "".join(rf"\cellx{2000 * (place + 1)}" for place in range(len(row)))
                parts.append(rf"\trowd{edges}\pard\intbl " + "".join(f"{escaped(words)}\\cell " for words in row) + r"\row")
        elif kind == "n":
            number += 1
            parts.append(rf"\pard\sa200{{\listtext\f0 {number}.\tab}}{escaped(str(content))}\par")
        else:
            parts.append(rf"\pard\sa200 {escaped(str(content))}\par")
    return ("\n".join(parts) + "}").encode("latin-1")


def as_odt(blocks: list[Block]) -> bytes:
    parts = []
    for kind, content in blocks:
        if kind == "t":
            cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
            filled = ["".join(cell.format(html.escape(words)) for words in row) for row in content]
            rows = "".join(f"<table:table-row>{cells}</table:table-row>" for cells in filled)
            parts.append(f"<table:table>{rows}</table:table>")
        elif kind == "n":
            item = f"<text:list-item><text:p>{html.escape(str(content))}</text:p></text:list-item>"
            parts.append(f'<text:list text:style-name="L1" text:continue-numbering="true">{item}</text:list>')
        else:
            parts.append(f"<text:p>{html.escape(str(content))}</text:p>")
    level = '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    styles = f'<office:automatic-styles><text:list-style style:name="L1">{level}</text:list-style></office:automatic-styles>'
    body = f"<office:body><office:text>{''.join(parts)}</office:text></office:body>"
    content = f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF}>{styles}{body}</office:document-content>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def as_eml(blocks: list[Block]) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "FOI Team <foi@northmoor.example>", "a@journalist.example", "Your request"
    message["Date"] = "Wed, 24 Jan 2018 10:00:00 +0000"
    message.set_content("\n\n".join(lines_of(blocks)))
    message.add_alternative(as_html(blocks).decode(), subtype="html")
    return message.as_bytes()


def as_msg(blocks: list[Block]) -> bytes:
    return outlook("Your request", "FOI Team", "\r\n\r\n".join(lines_of(blocks)), {})


def _grid(blocks: list[Block]) -> list[list[str]]:
    """A letter's lines as rows, an empty row before and after a table."""
    found: list[list[str]] = [[]]
    tabled = False
    for line in lines_of(blocks):
        found += [[]] if tabled != ("\t" in line) else []
        tabled = "\t" in line
        found.append(line.split("\t"))
    return found


def as_xlsx(blocks: list[Block]) -> bytes:
    return rows.xlsx(_grid(blocks))


def as_ods(blocks: list[Block]) -> bytes:
    return rows.ods(_grid(blocks))


def as_xls(blocks: list[Block]) -> bytes:
    return rows.xls(_grid(blocks))


def as_csv(blocks: list[Block]) -> bytes:
    return rows.comma_separated(_grid(blocks)[1:])


def as_mbox(blocks: list[Block]) -> bytes:
    return b"From foi@northmoor.example Wed Jan 24 10:00:00 2018\n" + as_eml(blocks)


def as_pdf(blocks: list[Block], ruled: bool = False) -> bytes:
    """Set as a word processor would: lines wrapped at the margin, list numbers hanging, tables without or with borders."""
    import matplotlib

    matplotlib.use("pdf")
    from matplotlib import font_manager
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D
    from PIL import ImageFont

    size, leading, left, right = 11, 14, 72, 523
    font = ImageFont.truetype(font_manager.findfont("DejaVu Sans"), 220)
    with matplotlib.rc_context({"pdf.fonttype": 42}):
        figure = Figure(figsize=(595 / 72, 842 / 72))

        def put(x: float, y: float, words: str) -> None:
            figure.text(x / 595, 1 - y / 842, words, fontsize=size, va="baseline", family="DejaVu Sans", parse_math=False)

        def wrapped(words: str, room: float) -> list[str]:
            lines = [""]
            for word in words.split():
                longer = f"{lines[-1]} {word}".strip()
                if font.getlength(longer) * size / 220 > room and lines[-1]:
                    lines.append(word)
                else:
                    lines[-1] = longer
            return lines

        y, number = 90.0, 0
        for kind, content in blocks:
            if kind == "t":
                columns = len(content[0])
                step = min(110.0, (right - left) / columns) if columns < 4 else (right - left) / columns
                edges = [left + step * place for place in range(columns + 1)]
                top = y - leading
                for row in content:
                    for place, words in enumerate(row):
                        put(edges[place] + 4, y, words)
                    y += leading + 4
                if ruled:
                    rules = [top + (leading + 4) * place for place in range(len(content) + 1)]
                    lines = [((edges[0], edges[-1]), (rule, rule)) for rule in rules]
                    lines += [((edge, edge), (rules[0], rules[-1])) for edge in edges]
                    for across, down in lines:
                        figure.add_artist(Line2D([x / 595 for x in across], [1 - v / 842 for v in down], color="black", linewidth=0.6))
            else:
                indent = 22 if kind == "n" else 0
                if kind == "n":
                    number += 1
                    put(left, y, f"{number}.")
                for line in wrapped(str(content), right - left - indent):
                    put(left + indent, y, line)
                    y += leading
            y += leading * 0.8
        file = io.BytesIO()
        with PdfPages(file, metadata={"CreationDate": None}) as pages:
            pages.savefig(figure)
    return file.getvalue()


def as_ruled_pdf(blocks: list[Block]) -> bytes:
    return as_pdf(blocks, ruled=True)


def as_picture(blocks: list[Block]) -> Image.Image:
    import pypdfium2

    document = pypdfium2.PdfDocument(as_pdf(blocks))
    return document[0].render(scale=200 / 72, grayscale=True).to_pil()


def as_png(blocks: list[Block]) -> bytes:
    file = io.BytesIO()
    as_picture(blocks).save(file, "PNG")
    return file.getvalue()


def as_jpeg(blocks: list[Block]) -> bytes:
    file = io.BytesIO()
    as_picture(blocks).save(file, "JPEG", quality=80)
    return file.getvalue()


def as_tiff(blocks: list[Block]) -> bytes:
    file = io.BytesIO()
    as_picture(blocks).convert("1").save(file, "TIFF", compression="group4")
    return file.getvalue()


def as_scan(blocks: list[Block]) -> bytes:
    """A PDF that holds a photo of the page, slightly askew, as scanners give."""
    file = io.BytesIO()
    as_picture(blocks).rotate(0.4, fillcolor=255, resample=Image.Resampling.BICUBIC).save(file, "PDF", resolution=200)
    return file.getvalue()


WRITERS: dict[str, Callable[[list[Block]], bytes]] = {
    "txt": as_text, "doc": as_doc, "docx": as_docx, "html": as_html, "rtf": as_rtf, "odt": as_odt, "eml": as_eml, "msg": as_msg,
    "mbox": as_mbox, "xlsx": as_xlsx, "ods": as_ods, "xls": as_xls, "csv": as_csv, "pdf": as_pdf, "ruled.pdf": as_ruled_pdf,
}  # fmt: skip
SCANNERS: dict[str, Callable[[list[Block]], bytes]] = {"png": as_png, "jpg": as_jpeg, "tiff": as_tiff, "scan.pdf": as_scan}
