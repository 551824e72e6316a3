"""The pipeline: a request folder becomes its tables. What cannot be read is listed under `problems`, and the rest goes on."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foi_lib.correspondence import FILE
from foi_lib.errors import FoiError
from foi_lib.gather import write_rows
from foi_lib.letter_place import letters_of
from foi_lib.paths import each_input, inputs
from foi_lib.reading_hands import Hands, several
from foi_lib.readings import Progress, Readings
from foi_lib.request import load_request
from foi_lib.stages import stage
from foi_lib.storage import MANIFEST, finish, read_about, replacing
from foi_lib.table_files import TableFiles

if TYPE_CHECKING:
    pass

# of our own code, what the tables depend on: the floors up to this one
_CODE = ("*.py", "reference/**/*", "documents/**/*", "letters/**/*")
# floors above this one
_NOT_OURS = (
    "charts.py", "chart_style.py", "notebook.py", "cli.py", "cli_import.py", "cli_work.py", "terminal.py", "stages.py",
    "watching.py", "cluster.py", "cli_review.py", "review.py", "review_sheet.py",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run did. `fresh` is False where the tables were up to date and nothing was done."""

    request: str
    folder: Path
    hash: str
    fresh: bool
    rows: dict[str, int] = field(default_factory=dict)
    problems: int = 0


def ingest(
    request_folder: str | Path,
    out_folder: str | Path | None = None,
    *,
    force: bool = False,
    progress: Progress | None = None,
    hands: Hands | None = None,
    readings: Path | None = None,
) -> Ingested:
    """Read a request folder and write its tables, all or none.

    `out_folder`: by default data/processed/<request> beside data/raw. `progress(name, done, all)` is called as letters are read. `hands`
    reads them: several processes of this machine unless told. `readings`: the file that keeps what was read, beside the tables unless told.
    Does nothing where neither the folder's files nor the code that reads them have changed, unless `force`; else it reads what is new.
    """
    request = load_request(request_folder)
    folder = Path(out_folder) if out_folder is not None else request.folder.resolve().parent.parent / "processed" / request.name
    began = time.time_ns()
    content, code = inputs_hash(request.folder), code_hash()
    about = None if force else read_about(folder)
    if about and (about.get("inputs"), about.get("code")) == (content, code):
        _stamp(folder, began)
        rows = {resource["name"]: int(resource["rows"]) for resource in about["resources"]}
        return Ingested(request.name, folder, about["hash"], False, rows, rows.get("problems", 0))
    told = {
        "title": request.title, "description": request.description, "request": request.name, "fictional": request.fictional,
        "as_of": request.as_of.isoformat(), "letters_reuse": request.letters_reuse, "sources": list(request.sources),
        "notes": list(request.notes), "inputs": content, "code": code,
    }  # fmt: skip
    kept = [request.folder / name for name in ("request.yaml", "authorities.csv", FILE)]
    copies = {path.name: path.read_bytes() for path in kept if path.is_file()}
    with replacing(folder) as scratch, Readings(readings or readings_file(folder)) as kept_readings:
        with stage(f"{request.name}: letters read"):
            kept_readings.read(request, code, hands or several(), force, progress)
        with stage(f"{request.name}: tables written"):
            files = TableFiles(scratch)
            write_rows(request, kept_readings, files.add)
            data_hash = finish(scratch, folder.name, files, told, copies)
            kept_readings.forget_others()
    _stamp(folder, began)
    return Ingested(request.name, folder, data_hash, True, files.counts, files.counts["problems"])


def is_up_to_date(request_folder: Path, folder: Path) -> bool:
    """Whether the tables in `folder` are those that `ingest` would make of the request now."""
    about = read_about(folder)
    return about is not None and (about.get("inputs"), about.get("code")) == (inputs_hash(request_folder), code_hash())


def readings_file(folder: Path) -> Path:
    """Where the readings of a request's letters are kept: beside its tables, `folder`."""
    return folder.parent / f".{folder.name}.readings"


def is_older(folder: Path, raw: Path) -> bool:
    """Whether the tables are missing, or something that they are made from has been touched since; `ingest` then compares contents."""
    if read_about(folder) is None:
        return True
    made = (folder / MANIFEST).stat().st_mtime_ns
    touched = (raw, *(path for path in raw.rglob("*") if path.is_dir()), *inputs(raw), *_code_files())
    return any(path.stat().st_mtime_ns >= made for path in touched)


def _stamp(folder: Path, began: int) -> None:
    """Date the tables by the moment at which their inputs began to be read: a letter that came in meanwhile is newer."""
    with contextlib.suppress(OSError):  # somebody else's folder, read-only: then contents are compared each time
        os.utime(folder / MANIFEST, ns=(began, began))


def inputs_hash(folder: Path) -> str:
    """Over every file of the request folder: its name and content; and over letters that lie elsewhere."""
    digest = hashlib.sha256()
    for path in each_input(folder):
        with path.open("rb") as file:
            digest.update(f"{path.relative_to(folder).as_posix()}\0{hashlib.file_digest(file, 'sha256').hexdigest()}\0".encode())
    request = load_request(folder)
    if request.letters:
        lying = letters_of(request)
        for place in lying.places():
            digest.update(json.dumps(lying.files(place)).encode())
    return digest.hexdigest()


def code_hash() -> str:
    """Over the code and reference tables that the tables depend on."""
    root = Path(__file__).parent
    digest = hashlib.sha256()
    for file in _code_files():
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode())
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _code_files() -> list[Path]:
    root = Path(__file__).parent
    found = {p for pattern in _CODE for p in root.glob(pattern) if p.suffix in (".py", ".csv", ".json") and p.is_file()}
    return sorted(p for p in found if p.name not in _NOT_OURS)


def ingest_all(folders: Sequence[Path], *, force: bool = False, progress: Progress | None = None) -> list[tuple[Path, Ingested | FoiError]]:
    """Several requests; one that cannot be read does not stop the others."""
    done: list[tuple[Path, Any]] = []
    for folder in folders:
        try:
            done.append((folder, ingest(folder, force=force, progress=progress)))
        except FoiError as error:
            done.append((folder, error))
    return done
