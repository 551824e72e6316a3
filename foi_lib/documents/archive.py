"""ZIP archives: each member is read by itself. Names lead nowhere, and sizes are looked at before anything is unpacked."""

from __future__ import annotations

import posixpath
import zipfile
import zlib

from foi_lib.documents.build import Builder, one_line, safe_name
from foi_lib.documents.package import open_zip

_NO_LETTERS = ("__MACOSX/",)
_NOTHING = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


def read_zip(data: bytes, out: Builder) -> None:
    """A ZIP archive: its members become attachments, in the archive's order."""
    archive = open_zip(data, out)
    for member in archive.infolist():
        base = posixpath.basename(member.filename.replace("\\", "/"))
        if member.is_dir() or member.filename.startswith(_NO_LETTERS) or base.lower() in _NOTHING:
            continue
        if ".." in member.filename.replace("\\", "/").split("/") or member.filename.startswith(("/", "\\")):
            out.problem(f"{one_line(member.filename, 60)!r} would lead out of the archive; it was read under the name {safe_name(base)!r}")
        if len(out.children) >= out.limits.children:
            out.failed(f"it holds more than {out.limits.children} files; the rest is left out")
            break
        try:
            out.attach(base, archive.read(member))
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            out.problem(f"{one_line(member.filename, 60)!r} could not be unpacked ({one_line(error, 60)})")
    if not out.children and not out.problems:
        out.problem("an empty archive")
