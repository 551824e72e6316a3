"""From executed notebooks to what is shared: rendered reports, the letter view, the index and the workbook.

Importing this folder imports nothing heavy; each function brings what it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BuildResult", "Failure", "build", "show", "show_evidence"]


@dataclass(frozen=True, slots=True)
class Failure:
    """A report that could not be made: which, in what cell (its first line), and the error in one line."""

    target: str
    cell: str
    error: str


@dataclass(slots=True)
class BuildResult:
    """What a build did: files below `reports/<request>/`, as written, left alone because nothing changed, and failed."""

    written: list[str] = field(default_factory=list)
    up_to_date: list[str] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    planned: list[tuple[str, str]] = field(default_factory=list)  # of a dry run: the notebook's page, and why it would be made
    draft: str = ""  # why the reports are a draft still, where they are

    @property
    def exit_code(self) -> int:
        """1 where any report failed, else 0."""
        return 1 if self.failed else 0


def show(df: pd.DataFrame, caption: str | None = None, **options: Any) -> None:
    """Display a table in a notebook, each figure with a way to its words. See `foi_lib.reports.tables.table_html` for the options."""
    from foi_lib.reports.tables import show as display_table

    display_table(df, caption, **options)


def show_evidence(data: Any, answer: str | Mapping[str, Any], around: int = 300, show_personal_data: bool = False) -> Any:
    """The words behind one answer, marked in their context, for JupyterLab. See `foi_lib.reports.place.evidence`."""
    from foi_lib.reports.place import evidence

    return evidence(data, answer, around, show_personal_data)


def build(
    request: str,
    data_dir: str | Path = "data",
    reports_dir: str | Path = "reports",
    councils: Sequence[str] | None = None,
    force: bool = False,
    show_personal_data: bool = False,
    progress: Callable[[str, int, int], None] | None = None,
    **options: Any,
) -> BuildResult:
    """Render everything of a request into `reports_dir/<request>/`; see `foi_lib.reports.pipeline.build`."""
    from foi_lib.reports.pipeline import build as build_request

    return build_request(request, data_dir, reports_dir, councils, force, show_personal_data, progress, **options)
