"""A notebook run in this very process, on the shell that Jupyter's kernel has, without a kernel around it.

Only for a process that does nothing else (`warm` forks one for each notebook). The outputs are those that a kernel would send.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.history import HistoryManager
from nbformat.v4 import new_output
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from traitlets import Type

from foi_lib.reports.formatter import register


class _Outputs:
    """The outputs of the cell that is being run."""

    def __init__(self) -> None:
        self.list: list[Any] = []

    def stream(self, name: str, text: str) -> None:
        if self.list and self.list[-1]["output_type"] == "stream" and self.list[-1]["name"] == name:
            self.list[-1]["text"] += text
        elif text:
            self.list.append(new_output("stream", name=name, text=text))


OUTPUTS = _Outputs()


class _Hook(DisplayHook):
    """The value of a cell's last line."""

    data: dict[str, Any]
    metadata: dict[str, Any]

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.data, self.metadata = _plain(format_dict), _plain(md_dict or {})

    def finish_displayhook(self) -> None:
        sys.stdout.flush()
        if getattr(self, "data", None):
            OUTPUTS.list.append(new_output("execute_result", self.data, metadata=self.metadata, execution_count=self.prompt_count))
        self.data = {}


class _Publisher(DisplayPublisher):
    """What a cell displays."""

    def publish(self, data: Any, metadata: Any = None, *, transient: Any = None, update: bool = False, **kwargs: Any) -> None:
        if not update:
            OUTPUTS.list.append(new_output("display_data", _plain(data), metadata=_plain(metadata or {})))

    def clear_output(self, wait: bool = False) -> None:
        OUTPUTS.list.clear()


class _Shell(ZMQInteractiveShell):
    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)

    def init_history(self) -> None:
        self.history_manager = HistoryManager(shell=self, parent=self, enabled=False)

    def _showtraceback(self, etype: Any, evalue: Any, stb: Any) -> None:
        OUTPUTS.list.append(new_output("error", ename=str(etype.__name__), evalue=str(evalue), traceback=list(stb)))


class _Stream:
    """Standard output or error of a cell."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str) -> None:
        self.name = name

    def write(self, text: str) -> int:
        OUTPUTS.stream(self.name, text)
        return len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def prepare() -> None:
    """Make the shell, in which nothing has run: what forks of this process begin with. Figures of pyplot are shown as in a kernel."""
    import matplotlib
    from matplotlib_inline.backend_inline import configure_inline_support

    inline = "module://matplotlib_inline.backend_inline"
    shell = _Shell.instance()
    register(shell)
    matplotlib.use(inline)
    configure_inline_support(shell, inline)


def load(path: Path) -> Any:
    """The notebook without its outputs, as papermill reads it. Reading and checking it costs more than a copy: a process, or one before it
    forks, reads it once."""
    about = path.stat()
    return deepcopy(_read(str(path), about.st_mtime_ns, about.st_size))


@lru_cache(maxsize=16)
def _read(path: str, *_: int) -> Any:
    notebook = load_notebook_node(path)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def run_notebook(path: Path, parameters: Mapping[str, Any], at: Callable[[str], None] | None = None) -> dict[str, Any]:
    """Run the notebook with parameters, as papermill would; gives {"notebook": …}, and {"failure": [cell, error]} with the first error.

    `at(cell)` is told of each cell, by its first line, before it is run.
    """
    from foi_lib.reports.run import first_line, one_line

    notebook = load(path)
    if parameters:
        notebook = parameterize_notebook(notebook, dict(parameters), report_mode=False, kernel_name="python3", language="python")
    shell = _Shell.instance()
    register(shell)
    kept = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Stream("stdout"), _Stream("stderr")
    try:
        for cell in notebook.cells:
            if cell.cell_type != "code":
                continue
            OUTPUTS.list = []
            cell.execution_count = None
            if cell.source.strip():
                if at:
                    at(first_line(cell.source))
                shell.run_cell(cell.source, store_history=True)
                cell.execution_count = shell.execution_count - 1
            cell.outputs = OUTPUTS.list
            if failed := next((o for o in cell.outputs if o["output_type"] == "error"), None):
                return {"notebook": notebook, "failure": [first_line(cell.source), one_line(failed["ename"], failed["evalue"])]}
    finally:
        sys.stdout, sys.stderr = kept
    return {"notebook": notebook}


def _plain(data: Mapping[str, Any]) -> dict[str, Any]:
    """A bundle of outputs as JSON can hold it: pictures as base64 text."""
    from base64 import b64encode

    return {key: b64encode(value).decode() if isinstance(value, bytes) else value for key, value in data.items()}
