"""The tables' files, written as their rows come: in batches, so that memory stays flat however many letters there are."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from foi_lib.csv_rows import safe_cell
from foi_lib.errors import FoiError
from foi_lib.frames import columns_of, empty_frame, make_frame
from foi_lib.schema import TABLES, Column

if TYPE_CHECKING:
    import pandas as pd

ROWS = 2_000  # of a table that wait in memory; the batches, and so the bytes, depend on nothing but the rows
CHARACTERS = {"texts": 2_000_000, "responses": 500_000}  # of long cells that wait: of letters' texts, of the names of a response's files
_LONG = {"texts": ("text",), "responses": ("files", "sha256", "problems")}


class TableFiles:
    """Every table as Parquet and CSV (letters' texts as Parquet alone) in `folder`; `add` takes rows, `close` gives the files' hashes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.counts: dict[str, int] = {}
        self._waiting: dict[str, list[Mapping[str, Any]]] = {}
        self._characters: Counter[str] = Counter()
        self._parts: Counter[str] = Counter()
        self._open: dict[str, tuple[Any, BinaryIO, BinaryIO | None]] = {}

    def add(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Rows of one table, after those that came before; checked against its schema as they are written."""
        for row in rows:
            self._waiting.setdefault(table, []).append(row)
            self._characters[table] += sum(len(row.get(name) or "") for name in _LONG.get(table, ()))
            if len(self._waiting[table]) >= ROWS or (table in CHARACTERS and self._characters[table] >= CHARACTERS[table]):
                self._write_waiting(table)

    def put(self, table: str, frame: pd.DataFrame) -> None:
        """A part of a table, already checked."""
        import pyarrow as pa

        if table not in self._open:
            self._begin(table)
        parquet, _, comma = self._open[table]
        self.counts[table] += len(frame)
        self._parts[table] += 1
        if len(frame):
            parquet.write_table(pa.Table.from_pandas(frame, parquet.schema, preserve_index=False, nthreads=1))
            if comma:
                comma.write(_csv_text(_lines(table, frame)))

    def close(self) -> dict[str, str]:
        """Write what waits, and do not go on until the disk has it; gives the SHA-256 of each Parquet file, in the tables' order."""
        hashes = {}
        for table in (*TABLES, "texts"):
            self._write_waiting(table)
            if table not in self._open:
                self._begin(table)
            parquet, *files = self._open[table]
            parquet.close()
            for file in files:
                if file:
                    file.flush()
                    os.fsync(file.fileno())
                    file.close()
            self._check_unique(table)
            with (self.folder / f"{table}.parquet").open("rb") as read:
                hashes[table] = hashlib.file_digest(read, "sha256").hexdigest()
        self.counts = {table: self.counts[table] for table in hashes}
        return hashes

    def _check_unique(self, table: str) -> None:
        """Names of rows are unique over all batches, too (`check_frame` sees one batch)."""
        names = [column.name for column in columns_of(table) if column.unique]
        for name in names if self._parts[table] > 1 else ():
            twice = _twice(self.folder / f"{table}.parquet", name)
            if twice:
                raise FoiError(f"table {table}: {name} {twice[0]!r} names {twice[1]} rows; a name must stand once")

    def _begin(self, table: str) -> None:
        import pyarrow.parquet as pq

        target = (self.folder / f"{table}.parquet").open("wb")
        comma = None if table == "texts" else (self.folder / f"{table}.csv").open("wb")
        if comma:
            comma.write(b"\xef\xbb\xbf" + _csv_text([[c.name for c in columns_of(table)]]))
        self._open[table] = pq.ParquetWriter(target, _schema(table), compression="zstd"), target, comma
        self.counts[table] = 0

    def _write_waiting(self, table: str) -> None:
        rows = self._waiting.pop(table, [])
        del self._characters[table]
        if rows:
            frame = make_frame(table, rows)
            check_frame(table, frame)
            self.put(table, frame)


def _twice(path: Path, name: str) -> tuple[str, int] | None:
    """A value that stands in several rows of a column, and in how many. Eight bytes a row are held: numbers made of the values, of which
    equal ones are looked at again."""
    import numpy as np
    import pyarrow.parquet as pq

    def values() -> Iterator[str]:
        with path.open("rb") as read:
            for batch in pq.ParquetFile(read).iter_batches(ROWS, columns=[name], use_threads=False):
                yield from batch.column(0).to_pylist()

    numbers = np.frombuffer(array("q", map(hash, values())), dtype="int64")
    numbers.sort()
    suspects = set(numbers[1:][numbers[1:] == numbers[:-1]].tolist())
    counted = Counter(value for value in values() if hash(value) in suspects) if suspects else Counter()
    return next(((value, count) for value, count in counted.items() if count > 1), None)


@cache
def _schema(table: str) -> Any:
    import pyarrow as pa

    return pa.Schema.from_pandas(empty_frame(table), preserve_index=False)


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
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    writer.writerows(_lines(table, frame))
    return out.getvalue()


def _lines(table: str, frame: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    return zip(*(_cells(frame[column.name], column) for column in columns_of(table)), strict=True)


def _cells(series: pd.Series, column: Column) -> list[str]:
    missing = series.isna()
    if column.type == "number":
        return ["" if gone else f"{value:.15g}" for value, gone in zip(series, missing, strict=True)]
    if column.type == "boolean":
        return ["" if gone else ("true" if value else "false") for value, gone in zip(series, missing, strict=True)]
    if column.type == "integer":
        return ["" if gone else str(int(value)) for value, gone in zip(series, missing, strict=True)]
    return ["" if gone else safe_cell(value) for value, gone in zip(series, missing, strict=True)]


def _csv_text(lines: Any) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(lines)
    return out.getvalue().encode()
