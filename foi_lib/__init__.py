"""Read public bodies' replies to Freedom of Information requests; make tables and reports whose every figure leads back to its words.

`import foi_lib as foi` costs next to nothing: each name below is imported when it is first used (PEP 562).
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# name → where it lives
_EXPORTS = {
    "FoiError": "foi_lib.errors",
    "load": "foi_lib.dataset",
    "ingest": "foi_lib.dataset",
    "Dataset": "foi_lib.dataset",
    "load_request": "foi_lib.request",
    "Request": "foi_lib.request",
    "read_document": "foi_lib.documents",
    "read_letter": "foi_lib.jupyter",
    "find_authority": "foi_lib.reference",
    "find_provisions": "foi_lib.reference",
    "working_days": "foi_lib.reference",
    "due_date": "foi_lib.reference",
    "show": "foi_lib.reports",
    "evidence": "foi_lib.jupyter",
    "load_counts": "foi_lib.analysis.published",
    "show_evidence": "foi_lib.reports",
}
_ROOMS = (
    "analysis", "charts", "checks", "corrections", "dataset", "documents", "letters", "notebook", "paths", "reference", "reports",
    "request", "schema",
)  # fmt: skip

__all__ = ["__version__", *sorted(_EXPORTS)]


def __getattr__(name: str) -> Any:
    if name in _EXPORTS:
        value = getattr(import_module(_EXPORTS[name]), name)
        globals()[name] = value
        return value
    if name in _ROOMS:
        return import_module(f"foi_lib.{name}")
    raise AttributeError(f"module 'foi_lib' has no attribute {name!r}")


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext foi_lib`: the tables show themselves, in a notebook that had imported foi_lib before IPython was there."""
    import_module("foi_lib.reports.formatter").register(shell)


def __dir__() -> list[str]:
    return sorted({*globals(), *_EXPORTS, *_ROOMS})


if "IPython" in sys.modules:  # in a notebook; anywhere else nothing is done here
    load_ipython_extension(None)
