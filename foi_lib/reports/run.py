"""Notebooks are executed here: by papermill with an ordinary kernel, or with any other engine that keeps to `Job` and `Ran`."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foi_lib.reports import Failure
from foi_lib.reports.quick import import_jsonschema

SECONDS, MEMORY = 600, 4096  # of a report: it is stopped when it takes longer, or more megabytes


@dataclass(frozen=True, slots=True)
class Job:
    """One report to run: the page it becomes, its notebook, its parameters."""

    target: str
    notebook: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Ran:
    """The executed notebook of a job (nbformat), or why there is none."""

    job: Job
    notebook: Any = None
    failure: Failure | None = None
    page: tuple[str, frozenset[str]] | None = None  # where the engine made the page too: its SHA-256, and the figures on it


Engine = Callable[[Sequence[Job], int], Iterator[Ran]]


def run(jobs: Sequence[Job], processes: int | None = None, engine: Engine | None = None) -> Iterator[Ran]:
    """Execute each job, `processes` at a time (see `how_many`); results come as they are done. One that fails does not stop the others."""
    return (engine or default_engine())(jobs, how_many(len(jobs), processes)) if jobs else iter(())


def how_many(jobs: int, processes: int | None = None) -> int:
    """How many processes do so many jobs: as many as there are processors, two at least, unless told; not more than jobs."""
    return max(1, min(jobs, processes or max(2, os.cpu_count() or 1)))


def default_engine() -> Engine:
    """Forks of a warm process where the system has them, else ordinary kernels; FOI_ENGINE=kernels asks for these."""
    from foi_lib.reports.warm import available, warm_forks

    return warm_forks if available() and os.environ.get("FOI_ENGINE", "warm") == "warm" else ordinary_kernels


def ordinary_kernels(jobs: Sequence[Job], processes: int) -> Iterator[Ran]:
    """The engine that works everywhere: papermill, a fresh kernel for each notebook, in threads that only wait."""
    from concurrent.futures import ThreadPoolExecutor, as_completed

    with (
        tempfile.TemporaryDirectory(prefix="foi-ipython-") as profile,
        _environ(IPYTHONDIR=profile, PYTHONHASHSEED="0"),
        ThreadPoolExecutor(processes) as pool,
    ):
        for done in as_completed([pool.submit(execute, job) for job in jobs]):
            yield done.result()


def execute(job: Job) -> Ran:
    """One job by papermill; papermill's own progress and logging stay silent."""
    import logging

    import_jsonschema()
    import papermill as pm
    from papermill.exceptions import PapermillException, PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="foi-kernel-") as sockets:
        try:
            done = pm.execute_notebook(
                str(job.notebook), None, dict(job.parameters), kernel_name="python3", progress_bar=False, log_output=False,
                autosave_cell_every=0, config=_kernel_config(sockets), execution_timeout=SECONDS,
            )  # fmt: skip
        except PapermillExecutionError as error:
            return Ran(job, failure=Failure(job.target, first_line(error.source), one_line(error.ename, error.evalue)))
        except (PapermillException, OSError, RuntimeError, ValueError, TimeoutError) as error:
            return Ran(job, failure=Failure(job.target, "", one_line(type(error).__name__, str(error))))
    return Ran(job, done)


def _kernel_config(folder: str) -> Any:
    """Talk to the kernel over sockets in `folder`, where the system has such: no port is opened that another kernel could take."""
    from traitlets.config import Config

    return Config({"KernelManager": {"transport": "ipc", "ip": str(Path(folder) / "k")}}) if os.name == "posix" else Config()


def first_line(source: str) -> str:
    """A cell's first line of code, to name it by."""
    lines = [line.strip() for line in str(source).splitlines() if line.strip() and not line.strip().startswith("#")]
    return lines[0][:100] if lines else ""


def one_line(kind: str, message: str) -> str:
    """An error in one line; of our own errors the message alone, as it says all."""
    said = re.sub(r"\s+", " ", re.sub(r"\x1b\[[0-9;]*m", "", str(message))).strip()
    return said if kind == "FoiError" and said else f"{kind}: {said}" if said else str(kind)


class _environ:
    """Environment variables for the time of a block."""

    def __init__(self, **values: str) -> None:
        self.values, self.before = values, {k: os.environ.get(k) for k in values}

    def __enter__(self) -> None:
        os.environ.update(self.values)

    def __exit__(self, *_: object) -> None:
        for key, value in self.before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value
