"""Rows (dicts) to DataFrames with the columns and dtypes of `schema`: str, Int64, boolean, float64; missing is NA."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from foi_lib.schema import TABLES, TEXTS, Column

DTYPES = {"string": "str", "date": "str", "integer": "Int64", "number": "float64", "boolean": "boolean"}


def columns_of(table: str) -> tuple[Column, ...]:
    """The columns of a table, or of the letters' texts."""
    return TEXTS if table == "texts" else TABLES[table]


def make_frame(table: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """The table of these rows, in their order; a key that is no column is a mistake of ours and raises KeyError."""
    columns = columns_of(table)
    listed = list(rows)
    known = {column.name for column in columns}
    for row in listed:
        if unknown := set(row) - known:
            raise KeyError(f"{table}: no column {sorted(unknown)}")
    return pd.DataFrame({c.name: _series([row.get(c.name) for row in listed], c) for c in columns})


def _series(values: Sequence[Any], column: Column) -> pd.Series:
    """Empty text is missing: a table has one way to say that there is nothing."""
    return pd.Series([None if v == "" else v for v in values], dtype=DTYPES[column.type], name=column.name)


def plain_rows(frame: pd.DataFrame, columns: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """The table's rows as dicts of plain values, None where nothing is; only these columns of it, where any are named."""
    if not len(frame):
        return []
    known = list(frame.columns)
    names = known if columns is None else [name for name in columns if name in known]
    return [dict(zip(names, row, strict=True)) for row in zip(*(_plain(frame[name]) for name in names), strict=True)]


def _plain(column: pd.Series) -> list[Any]:
    told = getattr(column.array, "__arrow_array__", None)
    if told is not None:  # the quickest way, and the missing are None
        return list(told().to_pylist())
    if column.dtype == "float64":
        return [None if cell != cell else cell for cell in column.tolist()]
    return list(column.to_numpy(dtype=object, na_value=None).tolist())


def empty_frame(table: str) -> pd.DataFrame:
    """The table with no rows."""
    return make_frame(table, [])
