"""What lies behind a table's or a chart's rows: the answers, incidents or councils that each names. A figure that names none is bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foi_lib.wording import is_missing

NAMES = re.compile(r"(?:^|.*_)(?:answer_ids?|incident_ids?|slugs?)")


@dataclass(frozen=True, slots=True)
class Behind:
    """Names of answers and incidents, slugs of councils, and, of rows with a figure that name nothing, what to call them."""

    ids: tuple[str, ...]
    slugs: tuple[str, ...]
    bare: tuple[str, ...]


def names(cell: Any) -> list[str]:
    """The names in a cell: "a1; a2" → a1, a2."""
    return [part for part in re.split(r"[;,\s]+", "" if is_missing(cell) else str(cell)) if part]


def row_name(row: Mapping[Any, Any]) -> str:
    """What to call a row in an error: its authority, question and period, else its first cells."""
    told = [str(row[c]) for c in ("authority", "slug", "question", "period") if not is_missing(row.get(c))]
    return ", ".join(told or [str(value) for value in list(row.values())[:3] if not is_missing(value)]) or "row without a name"


def behind(records: Iterable[Mapping[Any, Any]]) -> Behind:
    """What the rows of a chart's data name. A cell that is empty text, unlike a missing one, says that by nature nothing lies behind it."""
    ids: dict[str, None] = {}
    slugs: dict[str, None] = {}
    bare = []
    for row in records:
        columns = [c for c in row if isinstance(c, str) and NAMES.fullmatch(c)]
        for column in columns:
            (slugs if "slug" in column else ids).update(dict.fromkeys(names(row[column])))
        if not any(row[c] == "" or not is_missing(row[c]) for c in columns):
            bare.append(row_name(row))
    return Behind(tuple(ids), tuple(slugs), tuple(bare))
