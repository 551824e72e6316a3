"""The worker process: reads the files it is sent, one after another, with everything it does not need taken away from it.

Run by `sandbox`, never by hand. It takes bytes and gives text; it opens no file for writing, no connection and no process.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from types import FrameType
from typing import Any

from foi_lib.documents import wire
from foi_lib.documents.build import Builder, OutOfTime
from foi_lib.documents.limits import Limits
from foi_lib.documents.readers import read_into

_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.spawn", "os.posix_spawn", "os.system", "os.startfile", "os.remove",
              "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill", "shutil.",
              "ftplib.", "http.client", "smtplib.", "urllib.", "webbrowser.", "tempfile.")  # fmt: skip


def confine() -> None:
    """Take away network, processes and writing, for good. An audit hook cannot be removed, and the file size limit of 0
    holds for C code too."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.dont_write_bytecode = True
    writing = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            if (isinstance(flags, int) and flags & writing) or (isinstance(mode, str) and set(mode) & set("wax+")):
                raise PermissionError("a reader may not write a file")
        elif event.startswith(_FORBIDDEN):
            raise PermissionError(f"a reader may not use {event}")

    sys.addaudithook(refuse)


class _Clock:
    """Processor time: so much a page, so much for the whole file. Going over raises `OutOfTime` wherever the reader is."""

    def __init__(self, limits: Limits) -> None:
        self._limits, self._start = limits, time.process_time()
        signal.signal(signal.SIGPROF, self._over)

    def _over(self, _signal: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, 5.0)  # once more, should a library swallow even that
        raise OutOfTime

    def restart(self) -> None:
        """A page is done: its time begins anew."""
        left = self._limits.seconds - (time.process_time() - self._start)
        most = max(min(self._limits.page_seconds, left), 0.001)
        signal.setitimer(signal.ITIMER_PROF, most)
        # A library's own loop never comes back to Python to be stopped: this signal ends the process.
        signal.setitimer(signal.ITIMER_VIRTUAL, 1.2 * most + 1)

    def stop(self) -> None:
        """No limit any more."""
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def read_one(frame: bytes, write: Any) -> None:
    """Read the file in a job's frame and send what it holds, page by page, through `write`."""
    head, data = wire.unpack(frame)
    limits = Limits(**head["limits"])
    _limit_memory(limits.memory_bytes)
    out = Builder(limits, head["name"])
    sender, clock = wire.Sender(out, write), _Clock(limits)

    def progress() -> None:
        clock.stop()  # a frame is never cut in two by the clock
        sender.send()
        clock.restart()

    out.progress = progress
    try:
        clock.restart()
        read_into(data, head["media_type"], out)
        clock.stop()
    except OutOfTime:  # the clock struck while a failure was being noted
        pass
    finally:
        clock.stop()
    sender.send(done=True)


def _limit_memory(most: int) -> None:
    import resource

    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _read_exactly(source: int, count: int) -> bytes:
    pieces, left = [], count
    while left:
        piece = os.read(source, min(left, 1 << 20))
        if not piece:
            return b""
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def main() -> None:
    """Read jobs from standard input until it closes. Libraries may print: standard output and error go nowhere."""
    source, target = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the program, which then closes the pipe
    confine()

    def write(frame: bytes) -> None:
        view = memoryview(frame)
        while view:
            view = view[os.write(target, view) :]

    while True:
        start = _read_exactly(source, wire.HEAD)
        if not start:
            return
        rest = _read_exactly(source, sum(wire.lengths(start)))
        read_one(start + rest, write)


if __name__ == "__main__":
    main()
