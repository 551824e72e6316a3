"""How long each stage of a run takes, for whoever asks (`foi report --verbose`). Times are shown and never written anywhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

listeners: list[Callable[[str, float], None]] = []


@contextmanager
def stage(name: str) -> Iterator[None]:
    """A named part of the work; those who listen are told of its seconds."""
    began = time.perf_counter()
    try:
        yield
    finally:
        for listener in listeners:
            listener(name, time.perf_counter() - began)
