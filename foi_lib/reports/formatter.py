"""Lets the tables of a request show themselves in a notebook. Imports nothing that is not there already."""

from __future__ import annotations

from typing import Any


def register(shell: Any = None) -> None:
    """Tell IPython's shell (by default the one that runs; nothing where none does) how tables of a request show themselves."""
    from IPython.core.getipython import get_ipython

    shell = shell or get_ipython()
    if shell is not None:
        shell.display_formatter.formatters["text/html"].for_type_by_name("pandas", "DataFrame", _frame)


def _frame(frame: Any) -> str | None:
    from foi_lib.reports.shown import frame_html

    painted: str | None = frame_html(frame)
    return frame._repr_html_() if painted is None else painted
