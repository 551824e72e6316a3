"""Who reads: this process, several processes of this machine, or others (`foi_lib.cluster`). All give the same readings.

A reading travels as bytes. A process that dies over a letter costs that letter, as a problem; its other letters are read again.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import pickle
import selectors
import struct
import subprocess
import sys
import threading
import zlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, BinaryIO

from foi_lib.letter_place import letters_of
from foi_lib.replies import Part, Problem, Reply, by_code, read_reply
from foi_lib.request import Request

Read = tuple[str, str | None, bytes]  # the place, its authority's code ("" not known, None nothing came yet), the reading
Hands = Callable[[Request, Iterable[Sequence[str]], int], Iterator[list[Read]]]
_FORGET = 32  # batches after which a worker lets go of the lines that it met: its memory is to stay what it was
_FEW = 24  # places that are read before two processes have started
_HEAD = struct.Struct(">Q")
_COMMAND = (sys.executable, "-c", "from foi_lib.reading_hands import work; work()")
_ONE_AT_A_TIME = threading.Lock()  # the pool that reads documents serves one thread


@dataclass
class _Kept:
    parts: list[Part]
    problems: list[Problem]
    asked_on: str | None


def read_places(request: Request, names: Sequence[str]) -> list[Read]:
    """Read some places of a request's letters, here and now."""
    lying = letters_of(request)
    out = []
    with _ONE_AT_A_TIME:
        for name in names:
            with lying.open(name) as path:
                out.append(packed(read_reply(request, path)))
    return out


def packed(reply: Reply) -> Read:
    """A reply as it travels; attachments are parts already."""
    parts = [replace(part, document=replace(part.document, attachments=())) for part in reply.parts]
    plain = _adapter().dump_python(_Kept(parts, reply.problems, reply.asked_on))
    nobody = "" if reply.parts or reply.problems else None
    return reply.place, reply.authority.code if reply.authority else nobody, zlib.compress(json.dumps(plain).encode(), 1)


def unpacked(read: Read, request: Request) -> Reply:
    """The reply again."""
    place, code, body = read
    kept = _adapter().validate_python(json.loads(zlib.decompress(body)))
    return Reply(place, kept.parts, kept.problems, by_code(request, code), kept.asked_on)


@cache
def _adapter() -> Any:
    from pydantic import TypeAdapter

    return TypeAdapter(_Kept)


def lost(name: str, why: str) -> Read:
    """What stands for a place that nobody could read."""
    reply = Reply(name)
    reply.tell(name, "reader_failed", f"the process that read it {why}, twice: a person should read it")
    return packed(reply)


def here(request: Request, batches: Iterable[Sequence[str]], count: int) -> Iterator[list[Read]]:
    """Read in this process, one place after another."""
    for batch in batches:
        for name in batch:
            yield read_places(request, [name])


def several(processes: int | None = None) -> Hands:
    """Hands of this machine: as many processes as processors, unless told; for a few places this process alone."""
    number = processes or os.cpu_count() or 1

    def hands(request: Request, batches: Iterable[Sequence[str]], count: int) -> Iterator[list[Read]]:
        if number < 2 or count < _FEW:
            yield from here(request, batches, count)
            return
        yield from _with_workers(request, iter(batches), number)

    return hands


class _Worker:
    """A process that reads, and the batch that it is at."""

    def __init__(self, request: Request) -> None:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
        self.process = subprocess.Popen(_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        assert self.process.stdin and self.process.stdout
        self.target, self.source = self.process.stdin, self.process.stdout
        self.batch: Sequence[str] = ()
        self._give(request)

    def start(self, batch: Sequence[str]) -> None:
        """Ask for the readings of these places."""
        self.batch = batch
        self._give(list(batch))

    def _give(self, thing: Any) -> None:
        with contextlib.suppress(BrokenPipeError):  # that it is gone is seen where its answer is read
            _send(self.target, thing)

    def stop(self, is_gone: bool = False) -> int:
        """End it, where it has not ended by itself; gives its exit code."""
        if not is_gone:
            self.process.kill()
        code = self.process.wait()
        with contextlib.suppress(BrokenPipeError):
            self.target.close()
        self.source.close()
        return code


def _with_workers(request: Request, batches: Iterator[Sequence[str]], number: int) -> Iterator[list[Read]]:
    again: deque[Sequence[str]] = deque()
    died: set[str] = set()
    selector = selectors.DefaultSelector()
    workers: list[_Worker] = []

    def next_batch() -> Sequence[str] | None:
        return again.popleft() if again else next(batches, None)

    def hire() -> None:
        if batch := next_batch():
            worker = _Worker(request)
            workers.append(worker)
            selector.register(worker.source, selectors.EVENT_READ, worker)
            worker.start(batch)

    try:
        for _ in range(number):
            hire()
        while workers:
            for key, _ in selector.select():
                worker: _Worker = key.data
                found, asked = _receive(worker.source), worker.batch
                if found is not None and (batch := next_batch()):
                    worker.start(batch)
                else:
                    selector.unregister(worker.source)
                    workers.remove(worker)
                    code = worker.stop(found is None)
                if found is None:
                    if len(asked) == 1 and asked[0] in died:
                        found = [lost(asked[0], f"ended with signal {-code}" if code < 0 else f"ended with code {code}")]
                    else:
                        died |= set(asked)
                        again.extend([name] for name in asked)
                    hire()
                yield found or []
    finally:
        for worker in workers:
            worker.stop()
        selector.close()


def _send(pipe: BinaryIO | Any, thing: Any) -> None:
    data = pickle.dumps(thing, protocol=5)
    pipe.write(_HEAD.pack(len(data)) + data)
    pipe.flush()


def _receive(pipe: BinaryIO | Any) -> Any:
    """The next thing that our own process sent; None where it is there no more."""
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        return None
    size = _HEAD.unpack(head)[0]
    data = pipe.read(size)
    return pickle.loads(data) if len(data) == size else None  # from a process that this program started, by a pipe of its own


def work() -> None:
    """A worker: takes a request, then names of places, and gives their readings, until nobody asks any more."""
    import signal

    from foi_lib.documents import sandbox
    from foi_lib.letters.memory import forget_lines

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started it stops it
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed is no reading
    sandbox._shared[:] = [sandbox.Pool(1)]  # there are several of us
    atexit.register(sandbox._shared[0].close)
    request = _receive(sys.stdin.buffer)
    batches = 0
    while (names := _receive(sys.stdin.buffer)) is not None:
        _send(out, read_places(request, names))
        batches += 1
        if batches % _FORGET == 0:
            forget_lines()
