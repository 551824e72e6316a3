# ruff: noqa: E501
"""A corpus of files that do harm or are damaged, made here so that none has to be kept. Nothing in it does harm by itself.

Each has a kind, its bytes, a word that its problem must hold ("" where it is read without one), and words that must be read."""

from __future__ import annotations

import gzip
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

from documents.compound import compound, outlook
from documents.letters import LETTERS
from documents.writers import as_docx, as_eml, as_html, as_odt, as_pdf, as_png, as_rtf, as_xlsx, zipped

LETTER = LETTERS["quillford"]
_OOXML = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True)
class Harm:
    kind: str
    data: bytes
    problem: str
    words: str = ""


@cache
def corpus() -> dict[str, Harm]:
    """Every file by its name."""
    found: dict[str, Harm] = {}
    for make in (_empty, _cut_off, _encrypted, _bombs, _nested, _paths, _entities, _links, _macros, _mislabelled, _garbage, _deep, _huge,
                 _mail, _sheets, _unknown, _text):  # fmt: skip
        for name, harm in make().items():
            assert name not in found
            found[name] = harm
    return found


def _empty() -> dict[str, Harm]:
    return {
        "empty.pdf": Harm("empty", b"", "empty"), "empty.docx": Harm("empty", b"", "empty"), "blank.txt": Harm("empty", b" \n \n", "no text"),
        "empty.zip": Harm("empty", zipped({}), "empty archive"),
        "blank.html": Harm("empty", b"<html><body> </body></html>", "no text"),
        "pageless.pdf": Harm("empty", _pdf(b"<< /Type /Pages /Kids [] /Count 0 >>"), ""),
    }  # fmt: skip


def _cut_off() -> dict[str, Harm]:
    whole: dict[str, Callable[..., bytes]] = {"pdf": as_pdf, "docx": as_docx, "odt": as_odt, "xlsx": as_xlsx, "png": as_png}
    found = {f"half.{ending}": Harm("truncated", write(LETTER)[: len(write(LETTER)) // 2], "") for ending, write in whole.items()}
    found["half.docx"] = Harm("truncated", as_docx(LETTER)[:-900], "cut off", "Quillford Town Council")
    found["half.odt"] = Harm("truncated", as_odt(LETTER)[:-60], "cut off", "Quillford Town Council")
    found["half.xlsx"] = Harm("truncated", as_xlsx(LETTER)[:-700], "cut off", "Quillford Town Council")
    rtf = as_rtf(LETTER)
    found["half.rtf"] = Harm("truncated", rtf[: len(rtf) * 2 // 3], "cut off", "Quillford Town Council")
    found["half.msg"] = Harm("truncated", outlook("s", "f", "words " * 900, {})[:3000], "read as")
    html = as_html(LETTER)
    found["half.html"] = Harm("truncated", html[: len(html) // 2], "", "Quillford Town Council")
    eml = _with_attachment("reply.docx", as_docx(LETTER))
    found["half.eml"] = Harm("truncated", eml[: len(eml) // 2], "cut off", "See attached")
    members = _members(as_docx(LETTER))
    members["word/document.xml"] = members["word/document.xml"][: len(members["word/document.xml"]) * 2 // 3]
    found["half inside.docx"] = Harm("truncated", zipped(members), "damaged", "Quillford Town Council")
    return found


def _encrypted() -> dict[str, Harm]:
    locked = bytearray(zipped({"a.txt": b"secret"}))
    locked[6] |= 1
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    secret = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"\x01\x02",
              "META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}  # fmt: skip
    package = compound({"EncryptionInfo": b"\x04\0\x04\0" + bytes(5000), "EncryptedPackage": bytes(6000)})
    extra = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> /ID [<00> <00>]"
    return {
        "locked.zip": Harm("encrypted", bytes(locked), "password"), "locked.odt": Harm("encrypted", zipped(secret), "password"),
        "locked.docx": Harm("encrypted", package, "password"), "locked.xlsx": Harm("encrypted", package + b"\0", "password"),
        "locked.pdf": Harm("encrypted", _pdf(extra=extra), "password"),
    }  # fmt: skip


def _bombs() -> dict[str, Harm]:
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}.txt", bytes(1_000_000))
    members = _members(as_docx(LETTER))
    members["word/media/image1.png"] = bytes(30_000_000)
    lying = bytearray(zipped({"a.txt": b"x" * 25_000_000}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):  # says that it unpacks to 10 bytes
        at = lying.rindex(mark) + offset
        lying[at : at + 4] = struct.pack("<I", 10)
    sheet = _members(as_xlsx(LETTER))
    sheet["xl/worksheets/sheet1.xml"] = sheet["xl/worksheets/sheet1.xml"].replace(b"<sheetData>", b"<sheetData>" + b" " * 30_000_000)
    stream = zlib.compress(bytes(100_000_000), 9)
    bomb = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(stream) + stream + b"\nendstream"
    return {
        "bomb.zip": Harm("zip bomb", many.getvalue(), "zip bomb"), "bomb.docx": Harm("zip bomb", zipped(members), "zip bomb"),
        "lying.zip": Harm("zip bomb", bytes(lying), "unpacked"), "bomb.xlsx": Harm("zip bomb", zipped(sheet), "zip bomb"),
        "bomb.pdf": Harm("zip bomb", _pdf(content=bomb), ""), "bomb.gz": Harm("zip bomb", gzip.compress(bytes(3_000_000)), "gzip"),
    }  # fmt: skip


def _nested() -> dict[str, Harm]:
    archive = as_html(LETTER)
    for level in range(50):
        archive = zipped({f"level {level}.{'zip' if level else 'html'}": archive})
    message = EmailMessage()
    message.set_content("the innermost")
    for level in range(50):
        outer = EmailMessage()
        outer["Subject"] = f"level {level}"
        outer.set_content("outer words")
        outer.add_attachment(message)
        message = outer
    hydra = zipped({"a.txt": b"leaf"})
    for _ in range(6):
        hydra = zipped({f"{head}.zip": hydra for head in range(8)})
    return {
        "fifty.zip": Harm("nested", archive, "nested more than"), "fifty.eml": Harm("nested", message.as_bytes(), "nested more than", "outer words"),
        "hydra.zip": Harm("nested", hydra, "more than the limit"),
        "attached.eml": Harm("nested", _with_attachment("a.zip", zipped({"b.eml": as_eml(LETTER)})), "", "Quillford Town Council"),
    }  # fmt: skip


def _paths() -> dict[str, Harm]:
    return {
        "slip.zip": Harm("path", zipped({"../../x.html": as_html(LETTER)}), "lead out", "Quillford Town Council"),
        "absolute.zip": Harm("path", zipped({"/etc/passwd.html": as_html(LETTER)}), "lead out", "Quillford Town Council"),
        "backslash.zip": Harm("path", zipped({"..\\..\\x.html": as_html(LETTER)}), "lead out", "Quillford Town Council"),
        "name.eml": Harm("path", _with_attachment("../../../etc/x\r\n.docx", as_docx(LETTER)), "", "Quillford Town Council"),
        "device.zip": Harm("path", zipped({"CON.html": as_html(LETTER)}), "", "Quillford Town Council"),
    }


def _entities() -> dict[str, Harm]:
    lol = "<!DOCTYPE lolz [<!ENTITY l0 'lol'>" + "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
    outside = "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>"
    found = {}
    for kind, declared, entity in (("laughs", lol, "&l9;"), ("external", outside, "&e;")):
        for ending, write, part in (("docx", as_docx, "word/document.xml"), ("odt", as_odt, "content.xml"), ("xlsx", as_xlsx, "xl/sharedStrings.xml")):
            members = _members(write(LETTER))
            text = members[part].decode()
            start = text.index("?>") + 2
            members[part] = (text[:start] + declared + text[start:].replace("Quillford", f"Quillford{entity}")).encode()
            found[f"{kind}.{ending}"] = Harm("billion laughs" if kind == "laughs" else "external entity", zipped(members), "entities")
    members = _members(as_docx(LETTER))
    hidden = members["word/document.xml"].decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').replace("encoding='UTF-8'", "encoding='UTF-16'")
    start = hidden.index("?>") + 2
    members["word/document.xml"] = (hidden[:start] + lol + hidden[start:]).encode("utf-16")
    found["laughs in UTF-16.docx"] = Harm("billion laughs", zipped(members), "entities")
    return found


def _links() -> dict[str, Harm]:
    members = _members(as_docx(LETTER))
    relation = (b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
                b'Target="http://127.0.0.1:9/pixel.png" TargetMode="External"/></Relationships>')  # fmt: skip
    members["word/_rels/document.xml.rels"] = members["word/_rels/document.xml.rels"].replace(b"</Relationships>", relation)
    page = b"<html><head><script src='http://127.0.0.1:9/x.js'></script></head><body><p>Words</p><iframe src='file:///etc/passwd'></iframe>"
    return {
        "link.docx": Harm("remote link", zipped(members), "fetched", "Quillford Town Council"),
        "link.html": Harm("remote link", page, "fetched", "Words"),
        "refresh.html": Harm("remote link", b"<html><head><meta http-equiv='refresh' content='0;url=http://127.0.0.1:9'></head><body><p>Words", "fetched"),
        "pixel.html": Harm("remote link", b"<html><body><p>Words</p><img src='//127.0.0.1:9/p.png'>", "fetched", "Words"),
    }  # fmt: skip


def _macros() -> dict[str, Harm]:
    found = {}
    for ending, write in (("docx", as_docx), ("xlsx", as_xlsx)):
        members = _members(write(LETTER))
        members[f"{'word' if ending == 'docx' else 'xl'}/vbaProject.bin"] = compound({"VBA/dir": b"x"})
        found[f"macro.{ending}"] = Harm("macro", zipped(members), "macros", "Quillford Town Council")
    members = _members(as_odt(LETTER))
    members["Basic/Standard/Module1.xml"] = b"<x/>"
    found["macro.odt"] = Harm("macro", zipped(members), "macros", "Quillford Town Council")
    return found


def _mislabelled() -> dict[str, Harm]:
    words = "Quillford Town Council"
    return {
        "really a pdf.docx": Harm("mislabelled", as_pdf(LETTER), "", words), "really a docx.pdf": Harm("mislabelled", as_docx(LETTER), "", words),
        "really html.doc": Harm("mislabelled", as_html(LETTER), "", words), "really rtf.doc": Harm("mislabelled", as_rtf(LETTER), "", words),
        "really text.xlsx": Harm("mislabelled", b"Quillford Town Council\nwe hold nothing", "", words),
        "really a message.txt": Harm("mislabelled", as_eml(LETTER), "", words), "really a program.pdf": Harm("mislabelled", b"MZ" + bytes(900), "never run"),
        "really a zip.docx": Harm("mislabelled", zipped({"letter.html": as_html(LETTER)}), "", words),
        "really xlsx.csv": Harm("mislabelled", as_xlsx(LETTER), "", words),
    }  # fmt: skip


def _garbage() -> dict[str, Harm]:
    noise = bytes((number * 7919 + number * number * 31) % 256 for number in range(20_000))
    found = {}
    for ending, head in (("pdf", b"%PDF-1.7\n"), ("docx", b"PK\x03\x04"), ("doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), ("png", b"\x89PNG\r\n\x1a\n"),
                         ("jpg", b"\xff\xd8\xff\xe0"), ("tif", b"II*\0")):  # fmt: skip
        found[f"noise.{ending}"] = Harm("garbage", head + noise, "read as")
    found["noise.rtf"] = Harm("garbage", b"{\\rtf1 " + noise, "")
    found["noise.bin"] = Harm("garbage", noise, "no reader")
    for ending, write in (("docx", as_docx), ("xlsx", as_xlsx), ("odt", as_odt)):
        members = {name: data if name in ("[Content_Types].xml", "mimetype") else noise for name, data in _members(write(LETTER)).items()}
        found[f"noise inside.{ending}"] = Harm("garbage", zipped(members), "read as")
    return found


def _deep() -> dict[str, Harm]:
    members = _members(as_docx(LETTER))
    text = members["word/document.xml"].decode()
    body = text.index("<w:body>") + len("<w:body>")
    members["word/document.xml"] = (text[:body] + "<w:sdt><w:sdtContent>" * 3000 + text[body:]).encode()
    tables = "<table><tr><td>" * 3000
    return {
        "deep.docx": Harm("nested markup", zipped(members), ""), "deep.html": Harm("nested markup", b"<html><body>" + b"<div>" * 30_000 + b"Words", ""),
        "tables.html": Harm("nested markup", f"<html><body><p>Words{tables}cell".encode(), "", "Words"),
        "deep.rtf": Harm("nested markup", b"{\\rtf1 Words\\par " + b"{" * 100_000, "nested", ""),
        "deep.pdf": Harm("nested markup", _pdf(b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"), ""),
    }  # fmt: skip


def _huge() -> dict[str, Harm]:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
    picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    return {
        "huge.png": Harm("huge", picture, "pixels"),
        "huge page.pdf": Harm("huge", _pdf(box=b"[0 0 20000000 20000000]"), ""),
        "many pages.pdf": Harm("huge", _pdf(b"<< /Type /Pages /Kids [" + b"4 0 R " * 300 + b"] /Count 300 >>"), "pages"),
        "one line.html": Harm("huge", b"<html><body><p>" + b"word " * 500_000, "characters"),
    }


def _mail() -> dict[str, Harm]:
    head = b"From: a@northmoor.example\r\nSubject: reply\r\nMIME-Version: 1.0\r\n"
    boundary = head + b'Content-Type: multipart/mixed; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nWords of the reply\r\n'
    return {
        "unknown charset.eml": Harm("mail", head + b"Content-Type: text/plain; charset=klingon\r\n\r\nWords \xa3 4\r\n", "", "Words £ 4"),
        "bad base64.eml": Harm("mail", boundary + b"--x\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!", "", "Words"),
        "no end.eml": Harm("mail", boundary, "cut off", "Words of the reply"),
        "bad headers.eml": Harm("mail", b"Received: x\r\nDate: nonsense\r\nFrom: =?utf-9?q?=ff?= <\r\nSubject: =?x?=\r\n\r\nWords", "", "Words"),
        "tnef.eml": Harm("mail", _with_attachment("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(range(256))), "Outlook"),
    }  # fmt: skip


def _sheets() -> dict[str, Harm]:
    members = _members(as_xlsx(LETTER))
    part = "xl/worksheets/sheet1.xml"
    text = members[part].decode()
    start, end = text.index("<sheetData>"), text.index("</sheetData>")
    wide = text[:start] + '<sheetData><row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>far away</t></is></c></row>' + text[end:]
    beyond = text[:start] + '<sheetData><row r="1"><c r="ZZZZZ99999999" t="n"><v>1</v></c></row>' + text[end:]
    odd = text[:start] + '<sheetData><row r="1"><c r="A1" t="s"><v>99999</v></c></row>' + text[end:]
    many = text[:start] + "<sheetData>" + "".join(f'<row r="{r}">' + '<c t="n"><v>1</v></c>' * 100 + "</row>" for r in range(1, 1001)) + text[end:]
    grid = '<table:table table:name="x"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384">'
    content = _members(as_odt(LETTER))["content.xml"].decode()
    cut, stop = content.index("<office:text>"), content.index("</office:text>") + len("</office:text>")
    sheet = f"{grid}<text:p>1</text:p></table:table-cell></table:table-row></table:table>"
    ods = f"{content[:cut]}<office:spreadsheet>{sheet}</office:spreadsheet>{content[stop:]}"
    return {
        "wide.xlsx": Harm("million columns", zipped(members | {part: wide.encode()}), "", "far away"),
        "beyond.xlsx": Harm("million columns", zipped(members | {part: beyond.encode()}), "read as"),
        "odd.xlsx": Harm("million columns", zipped(members | {part: odd.encode()}), "read as"),
        "many.xlsx": Harm("million columns", zipped(members | {part: many.encode()}), "cells"),
        "wide.ods": Harm("million columns", zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": ods.encode()}), "cells"),
        "wide.csv": Harm("million columns", (b"a," * 6_000 + b"a\n") * 10, "cells"),
    }  # fmt: skip


def _unknown() -> dict[str, Harm]:
    slides = zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"})
    return {
        "slides.pptx": Harm("unknown", slides, "presentation"), "photo.heic": Harm("unknown", b"\0\0\0\x18ftypheic" + bytes(50), "HEIC"),
        "archive.7z": Harm("unknown", b"7z\xbc\xaf\x27\x1c" + bytes(50), "7-Zip"), "archive.rar": Harm("unknown", b"Rar!\x1a\x07\x01\0" + bytes(50), "RAR"),
        "old.ole": Harm("unknown", compound({"Something": b"else"}), "old Office"),
    }  # fmt: skip


def _text() -> dict[str, Harm]:
    return {
        "nuls.txt": Harm("damaged text", b"Words\0 and figures 1\0, 2" + b" more" * 50, "NUL", "Words and figures 1, 2"),
        "cut character.txt": Harm("damaged text", "Words – £".encode()[:-1], "undecodable", "Words"),
        "controls.txt": Harm("damaged text", b"Words\x1b[2J\x07 here and then more of the letter" + b" more" * 50, "", "Words"),
    }


def _members(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with_attachment(name: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "foi@northmoor.example", "reply"
    message.set_content("See attached, our reply to your request.")
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("\r\n", " "))
    return message.as_bytes()


def _pdf(pages: bytes = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>", extra: bytes = b"", box: bytes = b"[0 0 595 842]", content: bytes = b"") -> bytes:
    """A small PDF, object by object: 1 catalogue, 2 pages, 3 font, 4 page, 5 its content."""
    words = b"BT /F1 12 Tf 72 700 Td (Words on the page of a small letter) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", pages, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox " + box + b" /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>",
        content or b"<< /Length %d >>\nstream\n" % len(words) + words + b"\nendstream",
    ]  # fmt: skip
    body, places = b"%PDF-1.7\n", []
    for number, content_of in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + content_of + b"\nendobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer << /Size 6 /Root 1 0 R " + extra + b" >>\nstartxref\n%d\n%%%%EOF\n" % len(body)
