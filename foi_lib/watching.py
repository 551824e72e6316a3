"""Request folders, watched: what is dropped into one is read and rendered as soon as it lies there whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foi_lib.paths import is_input_name

QUIET = 800  # milliseconds without a change, before a folder is read: a file that is still being copied changes


def changed_folders(folders: Sequence[Path], stop: Any = None) -> Iterator[list[Path]]:
    """First an empty list, once nothing that happens in the folders is missed any more; then, each time that material has been added,
    changed or taken away, the folders in which it was. Ends when `stop` (an Event) is set, or by Ctrl-C."""
    from watchfiles import watch

    roots = {folder.resolve(): folder for folder in folders}
    watching: Callable[..., Any] = watch
    ready = False
    for changes in watching(*roots, watch_filter=lambda _, path: _is_material(Path(path), roots), debounce=4 * QUIET, step=QUIET,
                            stop_event=stop, rust_timeout=500, yield_on_timeout=True):  # fmt: skip
        if not ready:
            ready = True
            yield []
        if changes:
            touched = {root for _, path in changes for root in roots if Path(path).is_relative_to(root)}
            yield [roots[root] for root in sorted(touched)]


def _is_material(path: Path, roots: Sequence[Path] | dict[Path, Path]) -> bool:
    root = next((root for root in roots if path.is_relative_to(root)), None)
    if root is None:
        return False
    parts = path.relative_to(root).parts
    return bool(parts) and is_input_name(parts[-1]) and not any(part.startswith(".") or part == "__MACOSX" for part in parts)
