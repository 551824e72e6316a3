"""Run the notebooks by papermill on their default parameters and write them back with their outputs: what git holds and nbval compares.

Two runs give the same bytes: times, machine and versions are dropped. With names, only those: `scripts/notebooks.py council 02_breaches`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}


def steady(notebook: Any) -> Any:
    """Without what a run leaves of its time and place."""
    notebook.metadata = nbformat.from_dict({**KERNEL, "title": notebook.metadata["title"]})
    for n, cell in enumerate(notebook.cells, start=1):
        tags = cell.metadata.get("tags", [])
        if "nbval-ignore-output" in tags:  # widgets: a desk for whoever runs it, with names that differ from run to run
            cell["outputs"] = []
        cell["id"] = f"cell-{n}"
        cell["metadata"] = nbformat.from_dict({"tags": tags} if tags else {})
    return notebook


def run(path: Path) -> bytes:
    """The notebook's file after a run on its defaults."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / path.name
        papermill.execute_notebook(path, out, cwd=NOTEBOOKS, progress_bar=False, kernel_name="python3", log_output=False)
        notebook = steady(nbformat.read(out, as_version=4))
    return (nbformat.writes(notebook, indent=1, ensure_ascii=False) + "\n").encode()


def main(names: list[str]) -> int:
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    known = [path.stem for path in paths]
    for name in names:
        if name not in known:
            print(f"no notebook {name!r}; there are {', '.join(known)}", file=sys.stderr)
            return 2
    for path in paths:
        if names and path.stem not in names:
            continue
        try:
            made = run(path)
        except PapermillExecutionError as error:
            print(f"{path.name}: {error.ename}: {error.evalue}", file=sys.stderr)
            return 1
        changed = made != path.read_bytes()
        if changed:
            path.write_bytes(made)
        print(f"{path.name}: {'written' if changed else 'unchanged'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
