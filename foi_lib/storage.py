"""The tables on disk: Parquet and CSV and the data dictionary, written whole or not at all.

A run writes into a folder beside the tables' own, brings it to the disk, and then changes the two folders' names in one step. A run
that is killed, at whatever moment, leaves the last complete tables in place.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.csv_rows import plain_cell, safe_cell
from foi_lib.errors import FoiError
from foi_lib.frames import columns_of
from foi_lib.schema import TABLES, Column
from foi_lib.table_files import TableFiles, check_frame, to_csv

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MANIFEST", "TableFiles", "check_frame", "plain_cell", "read_about", "read_tables", "safe_cell", "to_csv", "write_tables"]

MANIFEST = "datapackage.json"
_CSV_NOTE = (
    "CSV is UTF-8 with a byte order mark, so that spreadsheets show £ rightly. A text cell that begins with = + - @ or a control "
    "character (spaces aside) has an apostrophe before it, so that no spreadsheet takes it for a formula: take one apostrophe away to "
    "have the text. Cells of numeric columns are written as they are, negative ones too. The Parquet files hold every text unaltered. "
    "An empty cell is missing."
)


def write_tables(
    folder: Path, frames: Mapping[str, pd.DataFrame], about: Mapping[str, Any], copies: Mapping[str, bytes] | None = None
) -> str:
    """Check and write all tables as `folder`, in one step; gives the hash of their data.

    `frames`: every table of `schema.TABLES`, and "texts". `about`: what the data dictionary says of the request (title, inputs' hash …).
    `copies`: files to put beside the tables as they are, so that the folder can be read without the raw one.
    """
    for name, frame in frames.items():
        check_frame(name, frame)
    with replacing(folder) as scratch:
        files = TableFiles(scratch)
        for name, frame in frames.items():
            files.put(name, frame)
        return finish(scratch, folder.name, files, about, copies)


def finish(scratch: Path, name: str, files: TableFiles, about: Mapping[str, Any], copies: Mapping[str, bytes] | None = None) -> str:
    """Close the tables' files, and put the data dictionary and `copies` beside them; gives the hash of the data."""
    hashes = files.close()
    for copied, data in (copies or {}).items():
        _put(scratch / copied, data)
    data_hash = hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()
    package = data_package(name, files.counts, hashes, {**about, "hash": data_hash})
    _put(scratch / MANIFEST, (json.dumps(package, indent=1, ensure_ascii=False, sort_keys=False) + "\n").encode())
    return data_hash


@contextlib.contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `folder` in one step when the block ends well, and is taken away when not."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_remains(folder)
    scratch = folder.parent / f".{folder.name}.new-{os.getpid()}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        yield scratch
        _sync(scratch)
        _swap(scratch, folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], dict[str, Any]]:
    """The tables as written, and the data dictionary."""
    import pandas as pd

    about = read_about(folder)
    if about is None:
        raise FoiError(f"{folder}: no tables there; make them with: foi ingest {folder.name}")
    return {name: pd.read_parquet(folder / f"{name}.parquet") for name in (*TABLES, "texts")}, about


def read_about(folder: Path) -> dict[str, Any] | None:
    """The data dictionary of the tables in `folder`; None where there is none, or none that can be read."""
    restore(folder)
    try:
        about = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return about if isinstance(about, dict) and "hash" in about else None


def data_package(name: str, counts: Mapping[str, int], hashes: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """The data dictionary (Frictionless Data Package, Table Schema): every column with type, unit, description, allowed values."""
    resources: list[dict[str, Any]] = []
    for table, rows in counts.items():
        fields = [_field(column) for column in columns_of(table)]
        parquet = {"path": f"{table}.parquet", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        described: dict[str, Any] = {"rows": rows, "sha256": hashes[table]}
        if table == "texts":
            resources.append({"name": table, **parquet, **described, "schema": {"fields": fields}})
            continue
        comma = {"path": f"{table}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8-sig"}
        described |= {"parquet": parquet["path"], "schema": {"fields": fields, "missingValues": [""]}}
        resources.append({"name": table, "profile": "tabular-data-resource", **comma, **described})
    slug = re.sub(r"[^a-z0-9._-]+", "-", name.lower())
    return {"name": slug, "profile": "data-package", **about, "csv_note": _CSV_NOTE, "resources": resources}


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {}
    if column.required:
        limits["required"] = True
    if column.unique:
        limits["unique"] = True
    if column.enum:
        limits["enum"] = list(column.enum)
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    return {**field, **({"constraints": limits} if limits else {})}


def _put(path: Path, data: bytes) -> str:
    """Write, and do not go on until the disk has it; gives the SHA-256."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return hashlib.sha256(data).hexdigest()


def _sync(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _swap(new: Path, folder: Path) -> None:
    """Put `new` in the place of `folder`; what was there goes to `new`'s place, and is taken away by the caller."""
    if not folder.exists():
        new.rename(folder)
        return
    if _exchange(new, folder):
        return
    # no exchange in one step here: two, and whoever reads between them finds the old tables by `restore`
    old = folder.parent / f".{folder.name}.old"
    shutil.rmtree(old, ignore_errors=True)
    folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step (Linux renameat2, macOS renamex_np); False where the system cannot."""
    names = os.fsencode(one), os.fsencode(other)
    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return libc.renameat2(-100, names[0], -100, names[1], 2) == 0  # AT_FDCWD, RENAME_EXCHANGE
        if sys.platform == "darwin":
            return libc.renamex_np(names[0], names[1], 2) == 0  # RENAME_SWAP
    except (AttributeError, OSError, TypeError):
        pass
    return False


def restore(folder: Path) -> None:
    """Where a run was killed between the two steps of `_swap`, put the last complete tables back."""
    old = folder.parent / f".{folder.name}.old"
    if old.is_dir() and not folder.exists():
        old.rename(folder)


def _clear_remains(folder: Path) -> None:
    """Take away what killed runs left, but not what a living one is writing."""
    restore(folder)
    for left in folder.parent.glob(f".{folder.name}.new-*"):
        process = left.name.rpartition("-")[2]
        if not process.isdigit() or not _alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
