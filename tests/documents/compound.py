"""Writes the container of old Office files and Outlook messages (MS-CFB, version 3), as no library here does."""

from __future__ import annotations

import struct

SECTOR, MINI, CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams; "storage/stream" stands for a stream in a storage."""
    names = ["Root Entry"]
    kinds = [5]
    parents = [-1]
    contents: list[bytes] = [b""]
    for path, data in streams.items():
        parent = 0
        *folders, last = path.split("/")
        for folder in folders:
            found = next((i for i, name in enumerate(names) if name == folder and parents[i] == parent and kinds[i] == 1), None)
            if found is None:
                names.append(folder)
                kinds.append(1)
                parents.append(parent)
                contents.append(b"")
                found = len(names) - 1
            parent = found
        names.append(last)
        kinds.append(2)
        parents.append(parent)
        contents.append(data)

    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return _END
        first = len(sectors)
        count = -(-len(data) // SECTOR)
        for number in range(count):
            sectors.append(data[number * SECTOR : (number + 1) * SECTOR].ljust(SECTOR, b"\0"))
            fat.append(first + number + 1 if number + 1 < count else _END)
        return first

    mini, mini_fat = b"", []
    starts: list[int] = []
    for kind, data in zip(kinds, contents, strict=True):
        if kind != 2 or not data:
            starts.append(_END if kind != 1 else 0)
        elif len(data) < CUTOFF:
            first, count = len(mini_fat), -(-len(data) // MINI)
            mini_fat += [first + number + 1 if number + 1 < count else _END for number in range(count)]
            mini += data.ljust(count * MINI, b"\0")
            starts.append(first)
        else:
            starts.append(store(data))
    starts[0] = store(mini)
    mini_table = b"".join(struct.pack("<I", value) for value in mini_fat)
    mini_start = store(mini_table.ljust(-(-len(mini_table) // SECTOR) * SECTOR, b"\xff"))

    def below(parent: int) -> list[int]:
        found = [number for number, own in enumerate(parents) if own == parent]
        return sorted(found, key=lambda number: (len(names[number]), names[number].upper()))

    entries = b""
    for number, name in enumerate(names):
        siblings = below(parents[number])
        place = siblings.index(number)
        right = siblings[place + 1] if number and place + 1 < len(siblings) else _FREE
        first_child = next(iter(below(number)), _FREE)
        encoded = (name + "\0").encode("utf-16-le")
        size = len(mini) if number == 0 else len(contents[number])
        entries += encoded.ljust(64, b"\0") + struct.pack("<HBBIII", len(encoded), kinds[number], 1, _FREE, right, first_child)
        entries += bytes(36) + struct.pack("<IQ", starts[number] if kinds[number] != 1 else 0, size)
    entries = entries.ljust(-(-len(entries) // SECTOR) * SECTOR, b"\0")
    directory = store(entries)

    fat_sectors = 1
    while fat_sectors * (SECTOR // 4) < len(fat) + fat_sectors:
        fat_sectors += 1
    fat_start = len(sectors)
    fat += [_FAT] * fat_sectors
    table = b"".join(struct.pack("<I", value) for value in fat).ljust(fat_sectors * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_sectors, directory, 0, CUTOFF, mini_start, -(-len(mini_table) // SECTOR), _END, 0)
    header += b"".join(struct.pack("<I", fat_start + number if number < fat_sectors else _FREE) for number in range(109))
    return header + b"".join(sectors) + table


def outlook(subject: str, sender: str, body: str, attachments: dict[str, bytes], html: str = "") -> bytes:
    """An Outlook message."""
    streams: dict[str, bytes] = {}

    def properties(folder: str, head: bytes, words: dict[str, str], raw: dict[str, bytes], numbers: dict[str, int]) -> None:
        table = head
        for tag, text in words.items():
            data = text.encode("utf-16-le")
            streams[f"{folder}__substg1.0_{tag}001F"] = data
            table += struct.pack("<IIII", int(tag + "001F", 16), 6, len(data) + 2, 0)
        for tag, data in raw.items():
            streams[f"{folder}__substg1.0_{tag}0102"] = data
            table += struct.pack("<IIII", int(tag + "0102", 16), 6, len(data), 0)
        for tag, number in numbers.items():
            table += struct.pack("<IIII", int(tag + "0003", 16), 6, number, 0)
        streams[f"{folder}__properties_version1.0"] = table

    words = {"001A": "IPM.Note", "0037": subject, "0C1A": sender, "0C1F": "foi@northmoor.example", "1000": body}
    raw = {"1013": html.encode("cp1252", "xmlcharrefreplace")} if html else {}
    properties("", struct.pack("<8x4I8x", 0, len(attachments), 0, len(attachments)), words, raw, {"3FDE": 1252})
    for number, (name, data) in enumerate(attachments.items()):
        properties(f"__attach_version1.0_#{number:08X}/", bytes(8), {"3707": name, "3704": name[:12]}, {"3701": data}, {"3705": 1})
    return compound(streams)
