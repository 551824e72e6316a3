"""Reports made by the workers of a dask cluster: each has a warm process of its own, and sends pages back. The data travels to them."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import pickle
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

from foi_lib.cluster import connected, spread
from foi_lib.reports.files import sha, write
from foi_lib.reports.press import Press
from foi_lib.reports.run import Job, Ran
from foi_lib.reports.shop import Here, Made, Told
from foi_lib.reports.warm import Nursery, available, ran

_BATCH = 6  # reports that travel together
_lock = threading.Lock()
_nurseries: dict[str, tuple[Nursery, tempfile.TemporaryDirectory[str]]] = {}  # of a worker: by what was sent


class ClusterShop:
    """Notebooks on the cluster, pages without one here."""

    def __init__(self, press: Press, address: str) -> None:
        self.press, self.address = press, address
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> ClusterShop:
        self.client = self._stack.enter_context(connected(self.address))
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stack.close()

    def notebooks(self, jobs: Sequence[Job]) -> Iterator[Ran]:
        """As `Shop.notebooks`; a batch whose worker was lost is done by another, and each page is taken once."""
        texts = {str(job.notebook): job.notebook.read_text(encoding="utf-8") for job in jobs}
        sent = pickle.dumps((self.press, texts), protocol=5)
        batches = (list(jobs[n : n + _BATCH]) for n in range(0, len(jobs), _BATCH))
        for batch, found in spread(self.client, make_pages, sent, batches):
            for job in batch:
                if isinstance(found, BaseException):
                    told = f"on the cluster: {type(found).__name__}: {' '.join(str(found).split())[:200]}"
                    yield ran(job, {"failure": ["", told]})
                    continue
                said = found[job.target]
                if "html" in said:
                    write(self.press.folder / job.target, said["html"], wait=False)
                    said["sha256"] = sha(said["html"])
                yield ran(job, said)

    def pages(self, alone: Sequence[str], names: Sequence[str], told: Told) -> Made:
        """As `Shop.pages`."""
        return Here(self.press).pages(alone, names, told)


def make_pages(sent: bytes, jobs: Sequence[Job]) -> dict[str, dict[str, Any]]:
    """On a worker: run these notebooks and make their pages; gives for each its `html` and `figures`, or a `failure`."""
    with _lock:
        nursery, scratch = _ready(sent)
        folder = Path(scratch.name)
        for job in jobs:
            notebook = folder / "notebooks" / job.notebook.name
            nursery.ask(target=job.target, notebook=str(notebook), parameters=dict(job.parameters))
        found = {}
        for task, said in nursery.results():
            page = folder / "pages" / task["target"]
            if "sha256" in said:
                said = {"html": page.read_text(encoding="utf-8"), "figures": said["figures"]}
                page.unlink()
            found[task["target"]] = said
        return found


def _ready(sent: bytes) -> tuple[Nursery, tempfile.TemporaryDirectory[str]]:
    """The worker's warm process for what was sent; one for another build is ended."""
    if not available():
        raise RuntimeError("this worker's system does not fork safely: run workers on Linux")
    name = hashlib.sha256(sent).hexdigest()
    if name not in _nurseries or _nurseries[name][0].process.poll() is not None:
        for nursery, _ in _nurseries.values():
            nursery.close()
        _nurseries.clear()
        press, texts = pickle.loads(sent)  # from the scheduler that this worker serves, as all that it runs
        scratch = tempfile.TemporaryDirectory(prefix="foi-worker-")
        folder = Path(scratch.name)
        (folder / "notebooks").mkdir()
        for path, text in texts.items():
            (folder / "notebooks" / Path(path).name).write_text(text, encoding="utf-8")
        nursery = Nursery(1, replace(press, folder=folder / "pages"))
        atexit.register(nursery.close)
        _nurseries[name] = nursery, scratch
    return _nurseries[name]
