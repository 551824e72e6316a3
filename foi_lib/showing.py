"""How things show themselves in JupyterLab, by name: a room below need not know the room that paints.

A class mixes in `Shown`; who paints it is written in `PAINTERS` as text, and is imported when something is first shown.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

PAINTERS = {"Letter": ("foi_lib.reports.shown", "letter_html"), "Answer": ("foi_lib.reports.shown", "answer_html")}


class Shown:
    """Something that a notebook shows as HTML."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        room, name = PAINTERS[type(self).__name__]
        paint: Any = getattr(import_module(room), name)
        return str(paint(self))
