"""A worker whose readers do what a broken library or a hostile file could make them do. Run by the tests of the sandbox."""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import subprocess
import time
from pathlib import Path

from foi_lib.documents import readers, worker
from foi_lib.documents.build import Builder


def page(out: Builder) -> None:
    out.begin_page()
    out.line("page one was read")
    out.end_page()


def crash(data: bytes, out: Builder) -> None:
    page(out)
    ctypes.string_at(0)


def leave(data: bytes, out: Builder) -> None:
    page(out)
    os._exit(3)


def hang(data: bytes, out: Builder) -> None:
    page(out)
    time.sleep(600)


def spin(data: bytes, out: Builder) -> None:
    page(out)
    while True:
        with contextlib.suppress(Exception):
            sum(range(10_000))


def hoard(data: bytes, out: Builder) -> None:
    page(out)
    kept = []
    while True:
        kept.append(bytearray(50_000_000))


def flood(data: bytes, out: Builder) -> None:
    out.begin_page()
    while True:
        out.line("more " * 1000)


def pages(data: bytes, out: Builder) -> None:
    while True:
        page(out)


def babble(data: bytes, out: Builder) -> None:
    page(out)
    for number in range(3, 30):  # whatever descriptor it finds, it writes to
        try:
            os.write(number, b"\0" * 15 + b"\x05" + b"\0" * 15 + b"\x05" + b"hello")
        except OSError:
            continue


def printing(data: bytes, out: Builder) -> None:
    os.write(1, b"a library prints")
    print("and again")
    page(out)


def deep(data: bytes, out: Builder) -> None:
    page(out)
    nested: list[object] = []
    for _ in range(100_000):
        nested = [nested]
    repr(nested)


def connect(data: bytes, out: Builder) -> None:
    socket.create_connection(("127.0.0.1", 9))


def look_up(data: bytes, out: Builder) -> None:
    socket.getaddrinfo("northmoor.example", 80)


def write(data: bytes, out: Builder) -> None:
    Path(data.decode()).write_text("x")


def write_below_python(data: bytes, out: Builder) -> None:
    library = ctypes.CDLL(None)
    number = library.open(data, os.O_WRONLY | os.O_CREAT, 0o600)
    if library.write(number, b"x", 1) != 1:
        raise PermissionError("not written")


def delete(data: bytes, out: Builder) -> None:
    Path(data.decode()).unlink()


def run(data: bytes, out: Builder) -> None:
    subprocess.run(["true"], check=True)


def fine(data: bytes, out: Builder) -> None:
    page(out)


FAULTS = ("crash", "leave", "hang", "spin", "hoard", "flood", "pages", "babble", "printing", "deep", "connect", "look_up", "write",
          "write_below_python", "delete", "run", "fine")  # fmt: skip

if __name__ == "__main__":
    for name in FAULTS:
        readers.READERS[f"test/{name}"] = (name, "__main__", name)
    worker.main()
