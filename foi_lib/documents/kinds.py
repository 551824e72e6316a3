"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re

PLAIN = "text/plain"
CSV = "text/csv"
HTML = "text/html"
EML = "message/rfc822"
MBOX = "application/mbox"
MSG = "application/vnd.ms-outlook"
PDF = "application/pdf"
RTF = "application/rtf"
DOC = "application/msword"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLS = "application/vnd.ms-excel"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ZIP = "application/zip"
OLE = "application/x-ole-storage"
ENCRYPTED = "application/x-encrypted-office"
UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (b"PK\x03\x04", ZIP), (b"PK\x05\x06", ZIP), (b"PK\x07\x08", ZIP),
    (b"{\\rtf", RTF), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"), (b"II+\0", "image/tiff"), (b"MM\0+", "image/tiff"),
    (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"\x1f\x8b", "application/gzip"), (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"), (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"BZh", "application/x-bzip2"), (b"\xfd7zXZ\0", "application/x-xz"), (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"\x7fELF", "application/x-executable"), (b"MZ", "application/x-msdownload"), (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"ID3", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"\0\0\x01\0", "image/vnd.microsoft.icon"),
)  # fmt: skip


def sniff(data: bytes) -> str:
    """The media type by the first bytes. Archives are looked into later, by the worker that reads them."""
    head = data[:1024]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n\0")
    if b"%PDF-" in head:
        return PDF
    for magic, media_type in _MAGIC:
        if head.startswith(magic) or (magic == b"{\\rtf" and start.startswith(magic)):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and len(data) > 26 and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"hevc") else "video/mp4"
    return text_kind(data) if looks_like_text(data) else UNKNOWN


def looks_like_text(data: bytes) -> bool:
    """Few control characters; UTF-16 and UTF-32 are text though they are half NULs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    sample = data[:65536]
    if not sample:
        return True
    if b"\0" in sample:
        from foi_lib.documents.text import unmarked_utf16

        if unmarked_utf16(data):
            return True
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", sample))
    return controls <= 0.02 * len(sample) + 1


def text_kind(data: bytes) -> str:
    """Text that is something more: HTML, a message, a mailbox, comma-separated values."""
    from foi_lib.documents.delimited import delimiter_of
    from foi_lib.documents.text import decode

    head = decode(data[:8192])[0].lstrip("\ufeff \t\r\n\0")
    if re.match(r"(?i)(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|table|div|p|title)\b", head, re.S):
        return HTML
    if re.match(r"From \S+.*\d{4}\r?\n[A-Za-z-]+:", head):
        return MBOX
    if _is_message(head):
        return EML
    if delimiter_of(decode(data[:65536])[0], whole=len(data) <= 65536):
        return CSV
    return PLAIN


def _is_message(head: str) -> bool:
    """Mail headers up to the first empty line, and some that only mail programs write: a letter too may begin "From: …, To: …"."""
    block = re.split(r"\r?\n\r?\n", head, maxsplit=1)[0]
    names: set[str] = set()
    for line in re.split(r"\r?\n", block):
        if line[:1] in " \t" and names:
            continue
        match = re.match(r"([!-9;-~]+):(\s|$)", line)
        if not match:
            return False
        names.add(match[1].lower())
    technical = {"received", "mime-version", "message-id", "return-path", "delivered-to", "content-type", "dkim-signature"}
    if names >= {"from", "date", "subject"} and re.search(r"(?mi)^date:.*\d{4} \d\d:\d\d:\d\d", block):
        return True
    return bool(names & technical) and bool(names & {"from", "subject", "date", "to", "received"})


def look_inside(data: bytes, media_type: str) -> str:
    """The media type of what a ZIP or OLE container holds. Called in the worker."""
    if media_type == ZIP:
        return _zip_kind(data)
    if media_type == OLE:
        return _ole_kind(data)
    return media_type


def _zip_kind(data: bytes) -> str:
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "[Content_Types].xml" in names:
                for name, media_type in (("xl/workbook.xml", XLSX), ("xl/workbook.bin", XLSB), ("ppt/presentation.xml", PPTX)):
                    if name in names:
                        return media_type
                if any(name.startswith("word/") for name in names):
                    return DOCX
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                declared = archive.read("mimetype").decode("ascii", "replace").strip()
                for media_type in (ODT, ODS):
                    if declared.startswith(media_type):
                        return media_type
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return ZIP  # its reader says what is wrong
    return ZIP


def _ole_kind(data: bytes) -> str:
    import olefile  # type: ignore[import-untyped]

    with olefile.OleFileIO(data) as ole:
        for stream, media_type in (
            ("EncryptedPackage", ENCRYPTED), ("__properties_version1.0", MSG), ("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS),
        ):  # fmt: skip
            if ole.exists(stream):
                return media_type
    return OLE
