"""ZIP containers of office files (DOCX, XLSX, ODT, ODS), opened with suspicion: sizes, entities and links are looked at first."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from urllib.parse import unquote

from lxml import etree  # type: ignore[import-untyped]

from foi_lib.documents.build import Builder, Unreadable, one_line

_MOST_MEMBERS = 20_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


class Package:
    """The parts of an office file. Raises `Unreadable` where the container itself cannot be used."""

    def __init__(self, data: bytes, out: Builder) -> None:
        self._data, self._out = data, out
        self._zip = open_zip(data, out)
        self.names = frozenset(self._zip.namelist())

    def read(self, name: str) -> bytes | None:
        """A part's bytes; None where it is not there."""
        if name not in self.names:
            return None
        try:
            return self._zip.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError) as error:
            from foi_lib.documents.salvage import member

            info = self._zip.getinfo(name)
            self._out.problem(f"{one_line(name, 60)} is damaged ({one_line(error, 60)}); what could be unpacked of it is kept")
            self._out.partial = True
            return member(self._data, info.header_offset, info.compress_size, self._out.limits.unpacked_bytes)

    def xml(self, name: str) -> etree._Element | None:
        """A part as XML; None where it is not there. What can be had of damaged XML is had, and said to be damaged."""
        data = self.read(name)
        return None if data is None else parse_xml(data, name, self._out)

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Relations of an OOXML part: id → (kind, target, whether the target is outside the file)."""
        folder, base = posixpath.split(name)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found = {}
        for relation in root.iter(_RELATION) if root is not None else ():
            kind = relation.get("Type", "").rsplit("/", 1)[-1]
            outside = relation.get("TargetMode") == "External"
            target = relation.get("Target", "")
            if not outside:
                target = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, unquote(target)))
            found[relation.get("Id", "")] = (kind, target, outside)
        return found

    def warn_of_contents(self, names: tuple[str, ...] = ()) -> None:
        """Say that macros were not run and that nothing outside was fetched."""
        if any(re.search(r"(?i)vbaProject\.bin$|(^|/)(Basic|Scripts)/", name) for name in self.names):
            self._out.problem("it holds macros, which were not run")
        for name in names:
            for kind, target, outside in self.relations(name).values():
                if outside and kind not in ("hyperlink", "mailMergeSource"):
                    self._out.problem(f"it links to something outside ({kind}: {one_line(target, 80)}), which was not fetched")


def open_zip(data: bytes, out: Builder) -> zipfile.ZipFile:
    """The archive, when it can be opened and does not unpack to more than the limit."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Unreadable(f"damaged or cut off ({one_line(error, 80)})") from None
    if len(members) > _MOST_MEMBERS:
        raise Unreadable(f"it holds {len(members):,} parts; the limit is {_MOST_MEMBERS:,}")
    size = sum(member.file_size for member in members)
    if size > out.limits.unpacked_bytes:
        raise Unreadable(f"it unpacks to {size:,} bytes; the limit is {out.limits.unpacked_bytes:,} (a zip bomb?)")
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("it is encrypted and needs a password; save a copy without one")
    return archive


def parse_xml(data: bytes, name: str, out: Builder) -> etree._Element | None:
    """XML out of a letter: no entities, no network."""
    flat = data.replace(b"\0", b"")  # so that UTF-16 hides nothing
    if b"<!ENTITY" in flat or b"<!DOCTYPE" in flat[:4096]:
        raise Unreadable(f"{one_line(name, 60)} declares XML entities, which no office program writes; it was not opened")
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True, "remove_pis": True}
    try:
        return etree.fromstring(data, etree.XMLParser(**options))
    except etree.XMLSyntaxError as error:
        out.failed(f"{one_line(name, 60)} is damaged ({one_line(error, 80)}); what could be read of it is kept")
        out.partial = True
        return etree.fromstring(data, etree.XMLParser(recover=True, **options)) if data.strip() else None
