"""Runs a notebook's cells in one process, top to bottom, as a kernel would, and gives what they displayed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from traitlets.config import Config

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))


@dataclass
class Run:
    """What a notebook displayed, in order: bundles of MIME type → content; and the error that stopped it."""

    bundles: list[dict[str, Any]] = field(default_factory=list)
    error: BaseException | None = None

    def text(self, kind: str = "text/html") -> str:
        return "\n".join(str(bundle[kind]) for bundle in self.bundles if kind in bundle)


def cells(name: str) -> list[dict[str, Any]]:
    return json.loads((NOTEBOOKS / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]


def run(name: str, **parameters: str) -> Run:
    """Run the notebook with these parameters put in after its parameters cell, as papermill does."""
    shown = Run()

    class Publisher(DisplayPublisher):
        def publish(self, data: dict[str, Any], metadata: Any = None, **more: Any) -> None:
            shown.bundles.append(data)

    class Hook(DisplayHook):
        def write_format_data(self, format_dict: dict[str, Any], md_dict: Any = None) -> None:
            shown.bundles.append(format_dict)

    InteractiveShell.clear_instance()
    quiet = Config({"HistoryManager": {"enabled": False}})  # nothing goes into the user's own history
    shell = InteractiveShell.instance(config=quiet, display_pub_class=Publisher, displayhook_class=Hook)
    try:
        for cell in cells(name):
            if cell["cell_type"] != "code":
                continue
            with capture_output(display=False):
                result = shell.run_cell("".join(cell["source"]), store_history=True)
                if result.success and "parameters" in cell["metadata"].get("tags", []) and parameters:
                    lines = [f"{key} = {value!r}" for key, value in parameters.items()]
                    result = shell.run_cell("\n".join(["# Parameters", *lines]) + "\n", store_history=True)
            if not result.success:
                shown.error = result.error_in_exec or result.error_before_exec
                return shown
    finally:
        shell.reset()
        InteractiveShell.clear_instance()
    return shown
