"""nbval skips images; it knows PNG and JPEG, and here it learns SVG. Each chart's data stands beside it as a table, which is compared."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_collectstart(collector: Any) -> None:
    skipped = getattr(collector, "skip_compare", None)
    if skipped is not None and "image/svg+xml" not in skipped:
        collector.skip_compare = (*skipped, "image/svg+xml")
