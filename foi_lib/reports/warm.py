"""A quick engine: one process imports what notebooks need, then forks for each report: starting and importing are paid once.

Each report runs in its own fresh fork: nothing of one (globals, matplotlib's state, random state, working folder, environment) reaches
the next. Each has a time and a memory limit, and is ended with all that it started. Without fork, `run` uses ordinary kernels.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.reports import Failure
from foi_lib.reports.quick import import_jsonschema
from foi_lib.reports.run import MEMORY, SECONDS, Job, Ran

if TYPE_CHECKING:
    from foi_lib.reports.press import Press


def available() -> bool:
    """Whether this system forks safely; macOS has fork, but its frameworks do not survive it."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open") and sys.platform.startswith("linux")


class Nursery:
    """The warm process, from outside. `press`: what makes pages of notebooks, in the forks. Not for several threads at once."""

    def __init__(self, processes: int, press: Press | None = None, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.press, self.limits = press, {"seconds": seconds, "memory": memory}
        self._scratch = tempfile.TemporaryDirectory(prefix="foi-warm-")
        self.folder = Path(self._scratch.name)
        if press is not None:
            (self.folder / "press.pickle").write_bytes(pickle.dumps(press, protocol=5))
        environment = os.environ | {
            "PYTHONHASHSEED": "0", "IPYTHONDIR": str(self.folder), "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "foi_lib.reports.nursery", str(self.folder), str(processes)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, start_new_session=True,
        )  # fmt: skip
        self._next = 0
        self._under_way: dict[int, Mapping[str, Any]] = {}

    def __enter__(self) -> Nursery:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def ask(self, **task: Any) -> int:
        """Give it a task; its number comes back with the result."""
        assert self.process.stdin
        n, self._next = self._next, self._next + 1
        self._under_way[n] = task
        with contextlib.suppress(BrokenPipeError):  # that it is gone is seen where its news are read
            self.process.stdin.write(json.dumps({**self.limits, **task, "n": n}) + "\n")
            self.process.stdin.flush()
        return n

    def results(self) -> Iterator[tuple[Mapping[str, Any], dict[str, Any]]]:
        """Each task that was asked, with what came of it, as they are done; `{"failure": [cell, error]}` where nothing did."""
        assert self.process.stdout
        while self._under_way:
            line = self.process.stdout.readline()
            if not line:
                break
            n, _, how = line.strip().partition(" ")
            yield self._under_way.pop(int(n)), self._result(int(n), how)
        for task in self._under_way.values():
            code = self.process.wait()
            yield task, {"failure": ["", f"the process that runs notebooks stopped (exit code {code})"]}
        self._under_way.clear()

    def _result(self, n: int, how: str) -> dict[str, Any]:
        path, cell = self.folder / f"{n}.json", self.folder / f"{n}.cell"
        if not path.is_file():
            return {"failure": [cell.read_text(encoding="utf-8") if cell.is_file() else "", f"the report's process {how}"]}
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        path.unlink()
        return said

    def close(self) -> None:
        """End it, and all that it started."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                for pid in _children(self.process.pid):
                    with contextlib.suppress(ProcessLookupError):
                        os.killpg(pid, signal.SIGKILL)
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):
                if pipe:
                    pipe.close()
        self._scratch.cleanup()


def _children(pid: int) -> list[int]:
    """The forks that are under way; each leads a group of its own."""
    with contextlib.suppress(OSError):
        return [int(one) for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


def warm_forks(
    jobs: Sequence[Job], processes: int, seconds: float = SECONDS, memory: int = MEMORY, press: Press | None = None
) -> Iterator[Ran]:
    """The engine: each job in a fork of a warm process, `processes` at a time; results come as they are done.

    `seconds` and `memory` (MB) are each report's limits. With `press` the forks make the pages too, and there is no notebook.
    """
    with Nursery(processes, press, seconds, memory) as nursery:
        for job in jobs:
            nursery.ask(target=job.target, notebook=str(job.notebook.resolve()), parameters=dict(job.parameters))
        by_target = {job.target: job for job in jobs}
        for task, said in nursery.results():
            yield ran(by_target[task["target"]], said)


def ran(job: Job, said: Mapping[str, Any]) -> Ran:
    """What the warm process tells of a job."""
    if "failure" in said:
        return Ran(job, failure=Failure(job.target, *said["failure"]))
    if "sha256" in said:
        return Ran(job, page=(said["sha256"], frozenset(said["figures"])))
    import_jsonschema()
    import nbformat

    return Ran(job, nbformat.from_dict(said["notebook"]))
