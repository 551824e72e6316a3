"""The warm process as an engine of papermill: `papermill --engine foi in.ipynb out.ipynb -p council …`.

Registered by entry point (pyproject.toml). The first notebook of a process starts the warm one; each notebook runs in its own fork of it,
with limits `report_seconds` and `report_memory` (MB). Where there is no fork, or the notebook is not in Python, papermill's own runs it.
"""

from __future__ import annotations

import atexit
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from papermill.engines import NBClientEngine

if TYPE_CHECKING:
    from foi_lib.reports.warm import Nursery

_idle: list[Nursery] = []
_lock = threading.Lock()


class CellFailed(Exception):
    """What papermill is told of a cell that raised."""


class FoiEngine(NBClientEngine):
    """Papermill's engine `foi`."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, log_output: bool = False, **options: Any) -> None:
        """Run the cells of `nb_man.nb`, and put their outputs into it."""
        from foi_lib.reports.run import MEMORY, SECONDS
        from foi_lib.reports.warm import available

        language = nb_man.nb.metadata.get("kernelspec", {}).get("language", "python")
        if not available() or language != "python":
            for ours in ("report_seconds", "report_memory"):
                options.pop(ours, None)
            super().execute_managed_notebook(nb_man, kernel_name, log_output=log_output, **options)
            return
        seconds = options.get("report_seconds") or options.get("execution_timeout") or SECONDS
        ran = _run(nb_man.nb, float(seconds), int(options.get("report_memory") or MEMORY))
        files = {"stdout": options.get("stdout_file"), "stderr": options.get("stderr_file")}
        for index, (cell, done) in enumerate(zip(nb_man.nb.cells, ran["notebook"]["cells"], strict=True)):
            nb_man.cell_start(cell, index)
            failed = None
            if cell.cell_type == "code":
                import nbformat

                cell.outputs = nbformat.from_dict(done["outputs"])
                cell.execution_count = done["execution_count"]
                _log(cell.outputs, files, log_output)
                failed = next((o for o in cell.outputs if o.output_type == "error"), None)
            if failed is not None:
                nb_man.cell_exception(cell, cell_index=index, exception=CellFailed(f"{failed.ename}: {failed.evalue}"))
            nb_man.cell_complete(cell, cell_index=index)
            if failed is not None:
                break


def _run(notebook: Any, seconds: float, memory: int) -> Any:
    """The notebook, run in a fork; RuntimeError where the fork was stopped."""
    import nbformat

    from foi_lib.reports.warm import Nursery

    with _lock:
        nursery = _idle.pop() if _idle else None
    if nursery is None or nursery.process.poll() is not None:
        nursery = Nursery(1)
        atexit.register(nursery.close)
    with tempfile.TemporaryDirectory(prefix="foi-papermill-") as folder:
        path = Path(folder) / "notebook.ipynb"
        nbformat.write(notebook, path)
        nursery.ask(notebook=str(path), parameters={}, cwd=str(Path.cwd()), seconds=seconds, memory=memory)
        ((_, said),) = nursery.results()
    with _lock:
        _idle.append(nursery)
    if "notebook" not in said:
        cell, error = said["failure"]
        raise RuntimeError(f"{error}, in the cell: {cell}" if cell else error)
    return said


def _log(outputs: Any, files: dict[str, Any], log_output: bool) -> None:
    """Cells' streams to where papermill was told to write them."""
    from papermill.log import logger

    for output in outputs:
        if output.output_type == "stream":
            if file := files.get(output.name):
                file.write(output.text)
                file.flush()
            if log_output:
                logger.info(output.text)
        elif log_output and "text/plain" in output.get("data", {}):
            logger.info(output.data["text/plain"])
