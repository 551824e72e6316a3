"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import re

PLAIN = "text/plain"
UNKNOWN = "application/octet-stream"

_MAGIC = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"PK\x03\x04", "application/zip"), (b"PK\x05\x06", "application/zip"), (b"PK\x07\x08", "application/zip"),
    (b"{\\rtf", "application/rtf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"), (b"MM\0*", "image/tiff"), (b"II+\0", "image/tiff"), (b"MM\0+", "image/tiff"),
    (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
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
        return "application/pdf"
    for magic, media_type in _MAGIC:
        if head.startswith(magic) or (magic == b"{\\rtf" and start.startswith(magic)):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:2] == b"BM" and len(data) > 26 and data[14:18] in (b"\x28\0\0\0", b"\x0c\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"):
        return "image/bmp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"hevc") else "video/mp4"
    return PLAIN if looks_like_text(data) else UNKNOWN


def looks_like_text(data: bytes) -> bool:
    """Few control characters; UTF-16 and UTF-32 are text though they are half NULs."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        return True
    sample = data[:65536]
    if not sample:
        return True
    if b"\0" in sample:
        from foi_lib.documents.text import _unmarked_utf16

        if _unmarked_utf16(data):
            return True
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", sample))
    return controls <= 0.02 * len(sample) + 1
