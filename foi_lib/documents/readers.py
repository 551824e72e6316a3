"""Which reader reads what. Readers are imported when first used, so that a worker that only sees PDFs never loads the rest."""

from __future__ import annotations

import importlib
import re

from foi_lib.documents import kinds
from foi_lib.documents.build import Builder, OutOfTime, Unreadable, one_line

# media type → (name for people, module, function). The function takes the file's bytes and a Builder.
READERS: dict[str, tuple[str, str, str]] = {
    kinds.PLAIN: ("plain text", "foi_lib.documents.text", "read_text"),
    kinds.CSV: ("CSV", "foi_lib.documents.delimited", "read_csv"),
    kinds.HTML: ("HTML", "foi_lib.documents.html", "read_html"),
    kinds.EML: ("an e-mail message", "foi_lib.documents.mail", "read_message"),
    kinds.MBOX: ("a mailbox", "foi_lib.documents.mail", "read_mbox"),
    kinds.MSG: ("an Outlook message", "foi_lib.documents.outlook", "read_msg"),
    kinds.PDF: ("PDF", "foi_lib.documents.pdf", "read_pdf"),
    kinds.RTF: ("RTF", "foi_lib.documents.rtf", "read_rtf"),
    kinds.DOCX: ("DOCX", "foi_lib.documents.docx", "read_docx"),
    kinds.DOC: ("legacy Word", "foi_lib.documents.doc", "read_doc"),
    kinds.ODT: ("ODT", "foi_lib.documents.odt", "read_odt"),
    kinds.XLSX: ("XLSX", "foi_lib.documents.sheets", "read_workbook"),
    kinds.XLSB: ("XLSB", "foi_lib.documents.sheets", "read_workbook"),
    kinds.XLS: ("XLS", "foi_lib.documents.sheets", "read_workbook"),
    kinds.ODS: ("ODS", "foi_lib.documents.ods", "read_ods"),
    kinds.ZIP: ("a ZIP archive", "foi_lib.documents.archive", "read_zip"),
    "image/png": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
    "image/jpeg": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
    "image/tiff": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
    "image/gif": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
    "image/bmp": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
    "image/webp": ("a picture, by OCR", "foi_lib.documents.ocr", "read_picture"),
}

# What is known and cannot be read: the one line says what would help.
REFUSED: dict[str, str] = {
    kinds.PPTX: "a presentation; save it as PDF",
    kinds.ENCRYPTED: "it is encrypted and needs a password; save a copy without one",
    kinds.OLE: "an old Office file of an unknown kind; save it as PDF",
    "image/heic": "a photo in HEIC form; save it as JPEG",
    "application/gzip": "a gzip archive; unpack it first",
    "application/x-7z-compressed": "a 7-Zip archive; unpack it first",
    "application/vnd.rar": "a RAR archive; unpack it first",
    "application/x-bzip2": "a bzip2 archive; unpack it first",
    "application/x-xz": "an xz archive; unpack it first",
    "application/zstd": "a zstd archive; unpack it first",
    "application/ms-tnef": "Outlook's own winmail.dat; ask for the file itself, or save the message from Outlook",
    "application/x-executable": "a program; letters are never run",
    "application/x-msdownload": "a program; letters are never run",
}


def people_name(media_type: str | None) -> str:
    """What to call a file of this type in a problem."""
    if media_type == kinds.OLE:
        return "an old Office file"
    return READERS[media_type][0] if media_type in READERS else media_type or "what its first bytes say"


def read_into(data: bytes, media_type: str, out: Builder) -> None:
    """Read `data` into `out`. Never raises: any failure is one line in `out.problems`, and what was read before it stays."""
    name = people_name(media_type)
    try:
        if media_type == kinds.ZIP:
            data = _sound(data, out)
        media_type = kinds.look_inside(data, media_type)
        out.media_type = media_type
        out.progress()  # so that a crash is told of the right reader
        if media_type not in READERS:
            out.problem(f"not read: {REFUSED.get(media_type, f'no reader for {media_type}')}")
            return
        name, module, function = READERS[media_type]
        getattr(importlib.import_module(module), function)(data, out)
        out.end_page()
        if not out.text().strip() and not out.children and not out.problems and "picture" not in out.properties:
            out.problem("no text in it")
    except Unreadable as reason:
        out.failed(f"read as {name}: {reason}")
    except OutOfTime:
        limits = out.limits
        out.failed(f"read as {name}: it takes longer than the limit of {limits.page_seconds:g} s a page, {limits.seconds:g} s in all")
    except MemoryError:
        out.failed(f"read as {name}: it needs more memory than the limit of {out.limits.memory_bytes // 1024**2:,} MB")
    except ImportError as error:
        out.failed(f"read as {name}: a library is missing ({one_line(error, 120)})")
    except RecursionError:
        out.failed(f"read as {name}: it is nested too deep")
    except Exception as error:
        # Addresses of objects would make two runs differ.
        words = re.sub(r"<[^<>]*\bat 0x[0-9a-fA-F]+>", "it", str(error))
        out.failed(f"read as {name}: damaged, or not what it seems ({type(error).__name__}: {one_line(words, 120)})")


def _sound(data: bytes, out: Builder) -> bytes:
    """The archive, or what can be saved of one that was cut off."""
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            places = [max(0, member.header_offset) for member in archive.infolist()[:10_000]]
            if any(data[place : place + 4] != b"PK\x03\x04" for place in places):
                raise zipfile.BadZipFile("its parts do not stand where its list says")
        return data
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        from foi_lib.documents.salvage import saved

        repaired, count = saved(data, out.limits)
        if not count:
            raise Unreadable(f"damaged or cut off ({one_line(error, 80)})") from None
        out.problem(f"damaged or cut off ({one_line(error, 80)}): {count} of its parts could be saved")
        out.partial = True
        return repaired
