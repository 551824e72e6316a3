"""The tables of this package, read once as text. They are CSV files so that anyone can read, check and mend them."""

from __future__ import annotations

import csv
import json
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Rows of `data/<name>.csv`, in the file's order, every cell as written (an empty cell is "")."""
    source = files("foi_lib.reference") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def cells(value: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values, which "; " separates."""
    return tuple(part.strip() for part in value.split(";") if part.strip())


@cache
def datapackage() -> dict[str, Any]:
    """The data dictionary (Frictionless): every table's columns with type, unit, description and allowed values."""
    package: dict[str, Any] = json.loads((files("foi_lib.reference") / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return package
