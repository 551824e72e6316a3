"""A quick engine: one process imports what notebooks need, then forks for each report: starting and importing are paid once.

Each report runs in its own fresh fork: nothing of one (globals, random state, working folder, environment) reaches the next. The nursery
is a process of its own, without threads, as a fork of a process with threads may hang. Without fork, `run` uses ordinary kernels.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from foi_lib.reports import Failure
from foi_lib.reports.quick import import_jsonschema
from foi_lib.reports.run import Job, Ran

SECONDS = 600  # a report that takes longer is stopped


def available() -> bool:
    """Whether this system forks safely; macOS has fork, but its frameworks do not survive it."""
    return hasattr(os, "fork") and sys.platform.startswith("linux")


def warm_forks(jobs: Sequence[Job], processes: int, seconds: float = SECONDS) -> Iterator[Ran]:
    """The engine: each job in a fork of a warm process, `processes` at a time; results come as they are done."""
    with tempfile.TemporaryDirectory(prefix="foi-warm-") as folder:
        told = {
            "folder": folder,
            "processes": processes,
            "seconds": seconds,
            "jobs": [{"target": j.target, "notebook": str(j.notebook.resolve()), "parameters": dict(j.parameters)} for j in jobs],
        }
        environment = os.environ | {"PYTHONHASHSEED": "0", "IPYTHONDIR": folder, "MPLBACKEND": "agg", "OMP_NUM_THREADS": "1"}
        nursery = subprocess.Popen(
            [sys.executable, "-m", "foi_lib.reports.warm"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True, start_new_session=True,
        )  # fmt: skip
        left = dict(enumerate(jobs))
        try:
            assert nursery.stdin and nursery.stdout
            nursery.stdin.write(json.dumps(told))
            nursery.stdin.close()
            for line in nursery.stdout:
                n, _, how = line.strip().partition(" ")
                yield _result(left.pop(int(n)), Path(folder) / f"{n}.json", how)
            nursery.wait()
        finally:
            if nursery.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(nursery.pid, signal.SIGKILL)
                nursery.wait()
        for job in left.values():
            yield Ran(job, failure=Failure(job.target, "", f"the process that runs notebooks stopped (exit code {nursery.returncode})"))


def _result(job: Job, path: Path, how: str) -> Ran:
    if not path.is_file():
        return Ran(job, failure=Failure(job.target, "", f"the report's process {how}"))
    said = json.loads(path.read_text(encoding="utf-8"))
    if "failure" in said:
        return Ran(job, failure=Failure(job.target, *said["failure"]))
    import_jsonschema()
    import nbformat

    return Ran(job, nbformat.from_dict(said["notebook"]))


def nursery() -> None:
    """The warm process: reads what to do from standard input, forks, and tells on standard output who is done."""
    out = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed must not be taken for news
    told = json.load(sys.stdin)
    _warm()
    gc.collect()
    gc.freeze()
    waiting = list(enumerate(told["jobs"]))
    running: dict[int, tuple[int, float]] = {}  # process → (job, when it must be done)
    over: set[int] = set()
    while waiting or running:
        while waiting and len(running) < told["processes"]:
            n, job = waiting.pop(0)
            pid = os.fork()
            if pid == 0:
                _child(job, Path(told["folder"]) / f"{n}.json")
            running[pid] = (n, time.monotonic() + told["seconds"])
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            n, _ = running.pop(pid)
            code = os.waitstatus_to_exitcode(status)
            how = (
                f"ran over {told['seconds']:g} seconds"
                if pid in over
                else f"ended with signal {-code}"
                if code < 0
                else f"ended with code {code}"
            )
            out.write(f"{n} {how}\n")
            continue
        for late, (_, limit) in running.items():
            if time.monotonic() > limit and late not in over:
                over.add(late)
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(late, signal.SIGKILL)
        time.sleep(0.005)
    out.close()


def _warm() -> None:
    """Import what notebooks import; read nothing and draw with no thread."""
    import_jsonschema()
    import matplotlib
    import pandas as pd
    import pyarrow
    import seaborn

    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    import foi_lib.charts
    import foi_lib.dataset
    import foi_lib.notebook
    import foi_lib.reports.shell
    import foi_lib.reports.tables  # noqa: F401

    pd.set_option("display.max_columns", 20)  # what a kernel has: pandas takes a process without IPython for a terminal
    matplotlib.rcParams  # noqa: B018
    seaborn.set_theme  # noqa: B018
    _draw_once()


def _draw_once() -> None:
    """Fonts are found and read once, before the forks."""
    import io

    from matplotlib.figure import Figure

    figure = Figure(figsize=(2, 2))
    figure.add_subplot().set_title("0")
    figure.savefig(io.BytesIO(), format="svg")


def _child(job: dict[str, Any], path: Path) -> None:
    """In the fork: run one notebook, write what came of it, and end without ceremony."""
    code = 1
    try:
        os.setpgid(0, 0)
        from foi_lib.reports.run import one_line
        from foi_lib.reports.shell import run_notebook

        try:
            said = run_notebook(Path(job["notebook"]), job["parameters"])
        except Exception as error:
            said = {"failure": ["", one_line(type(error).__name__, str(error))]}
        scratch = path.with_suffix(".part")
        scratch.write_text(json.dumps(said), encoding="utf-8")
        scratch.replace(path)
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    nursery()
