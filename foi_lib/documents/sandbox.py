"""A pool of worker processes that read what comes from outside.

Workers live on from file to file, so that a thousand letters do not start a thousand interpreters. One that crashes, hangs or
grows too large is replaced, and costs its own file only. There is no thread: one loop waits for all workers (`fork` is safe).
POSIX only (Linux, macOS, WSL): it rests on resource limits and on waiting for pipes.
"""

from __future__ import annotations

import atexit
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from foi_lib.documents import wire
from foi_lib.documents.build import Builder, Unreadable
from foi_lib.documents.limits import Limits
from foi_lib.documents.readers import people_name

_FILES_A_WORKER = 200  # then a fresh one: memory of C libraries is never given back whole
_PATIENCE = 6  # times the limit of processor time, by the clock: a busy machine is no reason to lose a letter
_COMMAND = (sys.executable, "-c", "from foi_lib.documents.worker import main; main()")


class _Worker:
    """One process, and the job it is at."""

    def __init__(self, command: Sequence[str]) -> None:
        environment = {key: value for key, value in os.environ.items() if not key.upper().endswith("_PROXY")}
        environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
        environment["OMP_THREAD_LIMIT"] = environment["OPENBLAS_NUM_THREADS"] = "1"  # OCR is six times as fast on two cores
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, bufsize=0, close_fds=True
        )
        assert self.process.stdin is not None and self.process.stdout is not None
        self.target, self.source = self.process.stdin, self.process.stdout
        self.files = 0
        self.buffer = bytearray()
        self.out = Builder()
        self.done: Callable[[Builder], None] | None = None
        self.limits = Limits()
        self.page_deadline = self.deadline = 0.0

    @property
    def busy(self) -> bool:
        return self.done is not None

    def start(self, data: bytes, name: str, media_type: str, limits: Limits, done: Callable[[Builder], None]) -> None:
        self.out, self.limits, self.done = Builder(limits, name), limits, done
        self.buffer.clear()
        self.files += 1
        self.deadline = time.monotonic() + _PATIENCE * limits.seconds
        self.page_deadline = time.monotonic() + _PATIENCE * limits.page_seconds
        self.target.write(wire.job(data, name, media_type, limits))

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        self.target.close()
        self.source.close()


class Pool:
    """Workers, and the loop that waits for them. Not for use from several threads at once."""

    def __init__(self, size: int | None = None, command: Sequence[str] = _COMMAND) -> None:
        self.size = size or max(1, min(os.cpu_count() or 1, 8))
        self._command = command
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self.owner = os.getpid()

    @property
    def free(self) -> bool:
        """A job could start at once."""
        return sum(worker.busy for worker in self._workers) < self.size

    @property
    def busy(self) -> bool:
        """Some job is under way."""
        return any(worker.busy for worker in self._workers)

    def submit(self, data: bytes, name: str, media_type: str, limits: Limits, done: Callable[[Builder], None]) -> None:
        """Start reading `data`; `done` is called with what was read, during some later `wait`."""
        worker = next((worker for worker in self._workers if not worker.busy), None) or self._hire()
        try:
            worker.start(data, name, media_type, limits, done)
        except BrokenPipeError:
            self._lost(worker, "the reader could not be started" if worker.files == 1 else "the reader crashed")

    def wait(self) -> None:
        """Wait until a worker has something to say or runs out of time, and deal with it."""
        busy = [worker for worker in self._workers if worker.busy]
        if not busy:
            return
        deadline = min(min(worker.deadline, worker.page_deadline) for worker in busy)
        for key, _ in self._selector.select(max(0.0, deadline - time.monotonic())):
            self._listen(key.data)
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.busy and now >= min(worker.deadline, worker.page_deadline)]:
            self._lost(worker, "it hung, or takes longer than the limit, and was stopped")

    def close(self) -> None:
        """Stop all workers."""
        for worker in self._workers:
            if os.getpid() == self.owner:
                worker.stop()
        self._workers.clear()
        self._selector.close()

    def _hire(self) -> _Worker:
        worker = _Worker(self._command)
        self._workers.append(worker)
        self._selector.register(worker.source, selectors.EVENT_READ, worker)
        return worker

    def _dismiss(self, worker: _Worker) -> int:
        self._selector.unregister(worker.source)
        self._workers.remove(worker)
        code = worker.process.poll()
        worker.stop()
        return worker.process.returncode if code is None else code

    def _listen(self, worker: _Worker) -> None:
        piece = os.read(worker.source.fileno(), 1 << 20)
        if not piece:
            try:
                worker.process.wait(2)
            except subprocess.TimeoutExpired:
                worker.process.kill()
            code = worker.process.wait()
            if code == -signal.SIGVTALRM:
                self._lost(worker, "it takes longer than the limit, and was stopped")
                return
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            self._lost(worker, f"the reader crashed ({how})")
            return
        worker.buffer += piece
        while worker.busy and len(worker.buffer) >= wire.HEAD:
            size = wire.HEAD + sum(wire.lengths(bytes(worker.buffer[: wire.HEAD])))
            if size > self._most(worker.limits):
                self._lost(worker, "the reader gave more than the limit")
                return
            if len(worker.buffer) < size:
                return
            frame = bytes(worker.buffer[:size])
            del worker.buffer[:size]
            try:
                last = wire.receive(frame, worker.out)
            except (Unreadable, ValueError, KeyError, TypeError) as error:
                self._lost(worker, f"the reader's answer cannot be used ({type(error).__name__})")
                return
            worker.page_deadline = time.monotonic() + _PATIENCE * worker.limits.page_seconds
            if last:
                self._finish(worker)

    @staticmethod
    def _most(limits: Limits) -> int:
        return limits.children_bytes + 200 * limits.cells + 12 * limits.text_characters + (1 << 20)

    def _finish(self, worker: _Worker) -> None:
        done, worker.done = worker.done, None
        troubled = worker.out.partial or any("limit" in line for line in worker.out.problems)
        if troubled or worker.files >= _FILES_A_WORKER:
            self._dismiss(worker)
        if done:
            done(worker.out)

    def _lost(self, worker: _Worker, reason: str) -> None:
        done, worker.done = worker.done, None
        self._dismiss(worker)
        worker.out.failed(f"read as {people_name(worker.out.media_type)}: {reason}")
        if done:
            done(worker.out)


_shared: list[Pool] = []


def shared_pool() -> Pool:
    """The process's own pool, made when first needed. A forked child makes its own."""
    if not _shared or _shared[0].owner != os.getpid():
        _shared[:] = [Pool()]
        atexit.register(_shared[0].close)
    return _shared[0]
