"""The tables on disk: Parquet and CSV and the data dictionary, written whole or not at all.

A run writes into a folder beside the tables' own, brings it to the disk, and then changes the two folders' names in one step. A run
that is killed, at whatever moment, leaves the last complete tables in place.
"""

from __future__ import annotations

import csv
import ctypes
import hashlib
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.csv_rows import plain_cell, safe_cell
from foi_lib.errors import FoiError
from foi_lib.frames import columns_of
from foi_lib.schema import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["MANIFEST", "plain_cell", "read_about", "read_tables", "safe_cell", "write_tables"]
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
    folder.parent.mkdir(parents=True, exist_ok=True)
    _clear_remains(folder)
    scratch = folder.parent / f".{folder.name}.new-{os.getpid()}"
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir()
    try:
        hashes: dict[str, str] = {}
        for name, frame in frames.items():
            hashes[name] = _put(scratch / f"{name}.parquet", _parquet(frame))
            if name != "texts":
                _put(scratch / f"{name}.csv", to_csv(name, frame).encode("utf-8-sig"))
        for name, data in (copies or {}).items():
            _put(scratch / name, data)
        data_hash = hashlib.sha256(json.dumps(hashes, sort_keys=True).encode()).hexdigest()
        package = data_package(folder.name, frames, hashes, {**about, "hash": data_hash})
        _put(scratch / MANIFEST, (json.dumps(package, indent=1, ensure_ascii=False, sort_keys=False) + "\n").encode())
        _sync(scratch)
        _swap(scratch, folder)
        _sync(folder.parent)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return data_hash


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


def check_frame(table: str, frame: pd.DataFrame) -> None:
    """Hold a table against its schema; a failure is one line: table, column, row, value."""
    import pandera.errors
    import pandera.pandas as pa

    checks: dict[str, Any] = {}
    for column in columns_of(table):
        rules = []
        if column.enum:
            rules.append(pa.Check.isin(column.enum, ignore_na=True))
        if column.type == "date":
            rules.append(pa.Check.str_matches(r"^\d{4}-\d{2}-\d{2}$", ignore_na=True))
        checks[column.name] = pa.Column(nullable=not column.required, unique=column.unique, checks=rules)
    try:
        pa.DataFrameSchema(checks, strict=True, ordered=True).validate(frame)
    except pandera.errors.SchemaError as error:
        cases = error.failure_cases
        first = "" if not hasattr(cases, "iloc") or not len(cases) else f" (first: {cases.iloc[0].to_dict()})"
        raise FoiError(f"table {table}: {' '.join(str(error).split())[:300]}{first}") from None


def to_csv(table: str, frame: pd.DataFrame) -> str:
    """The table as CSV text: RFC 4180, no cell a formula, whole numbers without a decimal point."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    cells = [_cells(frame[column.name], column) for column in columns_of(table)]
    writer.writerows(zip(*cells, strict=True))
    return out.getvalue()


def _cells(series: pd.Series, column: Column) -> list[str]:
    missing = series.isna()
    if column.type == "number":
        return ["" if gone else f"{value:.15g}" for value, gone in zip(series, missing, strict=True)]
    if column.type == "boolean":
        return ["" if gone else ("true" if value else "false") for value, gone in zip(series, missing, strict=True)]
    if column.type == "integer":
        return ["" if gone else str(int(value)) for value, gone in zip(series, missing, strict=True)]
    return ["" if gone else safe_cell(value) for value, gone in zip(series, missing, strict=True)]


def data_package(name: str, frames: Mapping[str, pd.DataFrame], hashes: Mapping[str, str], about: Mapping[str, Any]) -> dict[str, Any]:
    """The data dictionary (Frictionless Data Package, Table Schema): every column with type, unit, description, allowed values."""
    resources: list[dict[str, Any]] = []
    for table, frame in frames.items():
        fields = [_field(column) for column in columns_of(table)]
        parquet = {"path": f"{table}.parquet", "format": "parquet", "mediatype": "application/vnd.apache.parquet"}
        described: dict[str, Any] = {"rows": len(frame), "sha256": hashes[table]}
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


def _parquet(frame: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    frame.to_parquet(out, engine="pyarrow", compression="zstd", index=False)
    return out.getvalue()


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
