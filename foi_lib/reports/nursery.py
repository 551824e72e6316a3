"""The warm process: it has imported what notebooks need, and forks for each task. Started by `foi_lib.reports.warm`, never by hand.

It is a process of its own, without threads, as a fork of a process with threads may hang. Tasks come on standard input, a JSON line each;
on standard output goes `<number> <how it ended>`; what came of a task lies in `<number>.json` of the folder it was given.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import pickle
import pkgutil
import select
import signal
import sys
import time
from collections import deque
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from foi_lib.reports.quick import import_jsonschema


@dataclass
class _Child:
    """A fork, and the task that it is at."""

    task: dict[str, Any]
    deadline: float
    ending: int  # becomes readable when the process has ended
    is_over: bool = False


def main(folder: str, processes: int) -> None:
    """Serve until standard input ends and all tasks are done."""
    news = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever else is printed must not be taken for news
    asked = os.dup(0)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    press = _warm(Path(folder))
    gc.collect()
    gc.freeze()
    waiting: deque[dict[str, Any]] = deque()
    running: dict[int, _Child] = {}
    more, rest = True, b""
    while more or waiting or running:
        while waiting and len(running) < processes:
            task = waiting.popleft()
            pid = os.fork()
            if pid == 0:
                os.close(asked)
                _child(task, Path(folder), press)
            running[pid] = _Child(task, time.monotonic() + task["seconds"], os.pidfd_open(pid))
        soonest = min((child.deadline for child in running.values() if not child.is_over), default=None)
        patience = None if soonest is None else max(0.0, soonest - time.monotonic())
        ready, _, _ = select.select([*([asked] if more else []), *(child.ending for child in running.values())], [], [], patience)
        if asked in ready:
            piece = os.read(asked, 1 << 16)
            more = bool(piece)
            *lines, rest = (rest + piece).split(b"\n")
            waiting.extend(json.loads(line) for line in lines)
        for pid, child in list(running.items()):
            if child.ending in ready:
                _ended(pid, child, news)
                del running[pid]
            elif not child.is_over and time.monotonic() >= child.deadline:
                child.is_over = True
                _kill(pid)
    news.close()


def _ended(pid: int, child: _Child, news: Any) -> None:
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
    _kill(pid)  # the group outlives its first process: what the notebook started and left behind goes too
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(child.ending)
    how = f"ended with signal {-code}" if code < 0 else f"ended with code {code}"
    if child.is_over:
        how = f"ran over {child.task['seconds']:g} seconds"
    news.write(f"{child.task['n']} {how}\n")


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _warm(folder: Path) -> Any:
    """Import what notebooks import and draw with no thread; gives the press of a build, where there is one."""
    import_jsonschema()
    import matplotlib
    import pandas as pd
    import pyarrow
    import seaborn

    pyarrow.set_cpu_count(1)
    pyarrow.set_io_thread_count(1)
    import foi_lib.analysis
    import foi_lib.checks
    import foi_lib.dataset
    import foi_lib.notebook
    from foi_lib.reports import run, shell

    for module in pkgutil.iter_modules(foi_lib.analysis.__path__, "foi_lib.analysis."):
        import_module(module.name)
    shell.prepare()
    run.first_line("")
    pd.set_option("display.max_columns", 20)  # what a kernel has: pandas takes a process without IPython for a terminal
    matplotlib.rcParams  # noqa: B018
    seaborn.set_theme  # noqa: B018
    _draw_once()
    path = folder / "press.pickle"
    if not path.is_file():
        return None
    with path.open("rb") as file:
        press = pickle.load(file)  # written a moment ago by the process that started this one, in a folder of its own
    press.warm()
    foi_lib.dataset.hold(press.case.data)
    return press


def _draw_once() -> None:
    """Fonts are found and read once, and patterns compiled, before the forks."""
    import pandas as pd

    from foi_lib.charts import bars
    from foi_lib.reports.masks import masked
    from foi_lib.reports.tables import table_html

    masked("x")
    rows = pd.DataFrame({"name": ["a", "b"], "slug": ["a", "b"], "figure": ["1", "2"], "low": [1.0, 2.0], "high": [1.0, 2.0]})
    table_html(rows[["name", "figure"]])
    bars(rows, "name", "0", "0", "0").svg()


def _child(task: dict[str, Any], folder: Path, press: Any) -> None:
    """In the fork: do one task, write what came of it, and end without ceremony."""
    code = 1
    try:
        os.setpgid(0, 0)
        _limit(task["memory"])
        if "cwd" in task:
            os.chdir(task["cwd"])
        said = _notebook(task, folder, press) if "notebook" in task else {"pages": press.pages(task["pages"], task["shown"])}
        scratch = folder / f"{task['n']}.part"
        scratch.write_text(json.dumps(said), encoding="utf-8")
        scratch.replace(folder / f"{task['n']}.json")
        code = 0
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _notebook(task: dict[str, Any], folder: Path, press: Any) -> dict[str, Any]:
    """Run a notebook; with a press, its page is made here too, and only that is told."""
    from foi_lib.reports.run import one_line
    from foi_lib.reports.shell import run_notebook

    def at(cell: str) -> None:
        (folder / f"{task['n']}.cell").write_text(cell, encoding="utf-8")

    try:
        ran = run_notebook(Path(task["notebook"]), task["parameters"], at)
    except Exception as error:
        return {"failure": ["", one_line(type(error).__name__, str(error))]}
    if press is None or "failure" in ran:
        return ran
    return press.page(task["target"], ran["notebook"])


def _limit(megabytes: int) -> None:
    """More memory than this is a MemoryError in the notebook's cell; what it starts is held to the same."""
    import resource

    if megabytes:
        size = megabytes << 20
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
