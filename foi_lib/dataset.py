"""A request's tables, in memory: `load` for notebooks and reports, `ingest` to make them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from weakref import ref

import pandas as pd

from foi_lib.errors import FoiError
from foi_lib.frames import plain_rows
from foi_lib.ingest import Ingested, ingest, ingest_all, is_older
from foi_lib.paths import find_data_dir, nearest, processed_dir, request_dir, request_names
from foi_lib.request import Request, load_request
from foi_lib.storage import read_tables

__all__ = ["Dataset", "Ingested", "ingest", "ingest_all", "load"]

# which row stands for an authority that has several (there is one a body today)
_STANDING = ("answered", "keyed", "acknowledged", "unreadable", "no_reply")


@dataclass
class Dataset:
    """The tables of one request, in the columns of `foi_lib.schema`, and the request itself.

    Frames: responses, answers, provisions, incidents, unread, decisions, coding, published, problems. The same `hash` is the same data.
    """

    request: Request
    folder: Path
    hash: str
    about: dict[str, Any]
    responses: pd.DataFrame
    answers: pd.DataFrame
    provisions: pd.DataFrame
    incidents: pd.DataFrame
    unread: pd.DataFrame
    coding: pd.DataFrame
    decisions: pd.DataFrame
    published: pd.DataFrame
    problems: pd.DataFrame
    texts: pd.DataFrame = field(repr=False)

    @property
    def name(self) -> str:
        """The request's folder name."""
        return self.request.name

    @property
    def fictional(self) -> bool:
        """Whether the councils and letters are made up."""
        return self.request.fictional

    @property
    def as_of(self) -> date:
        """The date that reports speak of; never the clock."""
        return self.request.as_of

    @property
    def authority_rows(self) -> pd.DataFrame:
        """One row of responses for each authority that is known, in order of name."""
        rows = enumerate(plain_rows(self.responses, ("authority_code", "authority", "status")))
        order = {status: n for n, status in enumerate(_STANDING)}
        known = [(str(row["authority"]), order.get(row["status"], 9), n, row["authority_code"]) for n, row in rows if row["authority_code"]]
        standing: dict[str, int] = {}
        for _, _, n, code in sorted(known):
            standing.setdefault(code, n)
        return self.responses.iloc[list(standing.values())].reset_index(drop=True)

    def council(self, council: str) -> pd.Series:
        """The row of responses of one authority, by name, slug, code or a close alias; `FoiError` names the nearest known ones."""
        rows, wanted = self.responses, str(council).strip()
        told = {name: rows[name].to_numpy(dtype=object, na_value="").tolist() for name in ("authority_code", "slug", "authority")}
        for cells in told.values():
            for n, cell in enumerate(cells):
                if wanted and cell.casefold() == wanted.casefold():
                    return rows.iloc[n]
        if (code := self._code_of(wanted)) in told["authority_code"]:
            return rows.iloc[told["authority_code"].index(code)]
        names = sorted(name if isinstance(name, str) else slug for name, slug in zip(rows["authority"], rows["slug"], strict=True))
        raise FoiError(f"no council {council!r} in request {self.name!r}{nearest(wanted, names)}")

    def _code_of(self, name: str) -> str | None:
        from foi_lib.reference import find_authority

        match = find_authority(name, extra=self.request.own_authorities) if name else None
        return match.code if match is not None and match.certainty == "certain" else None

    def answers_for(self, council: str) -> pd.DataFrame:
        """The answers of one authority, in the order of the questions."""
        return self.answers[self.answers["slug"] == self.council(council)["slug"]].reset_index(drop=True)

    def texts_for(self, council: str) -> pd.DataFrame:
        """The whole texts of one authority's files."""
        return self.texts[self.texts["slug"] == self.council(council)["slug"]].reset_index(drop=True)

    def __repr__(self) -> str:
        rows = ", ".join(f"{len(getattr(self, name))} {name}" for name in ("responses", "answers", "problems"))
        return f"<Dataset {self.name}: {rows}; as of {self.as_of}; data {self.hash[:12]}>"


_held: dict[Path, Dataset] = {}


def hold(data: Dataset) -> None:
    """From now on `load` gives this dataset for its folder, in this process and its forks: a build reads its data once."""
    _held[data.folder.resolve()] = data


def load(request: str | Path, data_dir: str | Path = "data", *, refresh: bool = True) -> Dataset:
    """The tables of a request, by its name in `data_dir`.

    Where there are none yet, or a file of the raw folder or the code has changed since, they are made first (`refresh=False`: never).
    An unknown request is a `FoiError` that names the nearest known ones.
    """
    name = str(request)
    if held := _held.get(processed_dir(name, data_dir).resolve()):
        return held
    if name not in request_names(data_dir):
        name = request_dir(request, data_dir).name
    folder = processed_dir(name, data_dir)
    raw = find_data_dir(data_dir) / "raw" / name
    if refresh and (raw / "request.yaml").is_file() and is_older(folder, raw):
        ingest(raw, folder)
    frames, about = read_tables(folder)
    asked = load_request(folder)
    data = Dataset(request=asked, folder=folder, hash=about["hash"], about=about, **frames)
    _opened.append(ref(data))
    return data


_opened: deque[ref[Dataset]] = deque(maxlen=20)


def opened() -> list[Dataset]:
    """The requests that were opened here and are still in use, the last first: in a notebook, those that an answer may be of."""
    return [data for held in reversed(_opened) if (data := held()) is not None]
