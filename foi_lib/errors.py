"""What a user can put right is raised as `FoiError`: one line that says what, where, and what would be right."""

from __future__ import annotations


class FoiError(Exception):
    """A problem that the user can mend. `str()` is the one line to show; no traceback is owed."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook: the one line."""
        return [f"{type(self).__name__}: {self}"]
