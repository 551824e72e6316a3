"""Where things lie. Every path of the project is made here, so that the tree can be moved in one place."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from itertools import chain, islice
from pathlib import Path

from foi_lib.errors import FoiError

MANY = 5_000  # names of one folder that are sorted in memory
IGNORED_NAMES = frozenset({"Thumbs.db", "desktop.ini", "README.md"})


def find_data_dir(data_dir: str | Path = "data") -> Path:
    """The data folder: `data_dir` itself, or, where it is relative, the nearest one in this folder or above it.

    A notebook opened in JupyterLab runs in `notebooks/`, and papermill runs it where it was called: both mean the same folder.
    """
    given = Path(data_dir).expanduser()
    if given.is_absolute():
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if any((folder / given / part).is_dir() for part in ("raw", "processed")):
            return folder / given
    return here / given


def raw_dir(data_dir: str | Path = "data") -> Path:
    """The folder of the request folders; never written by the program, except corrections.csv by appending."""
    return find_data_dir(data_dir) / "raw"


def processed_dir(request: str, data_dir: str | Path = "data") -> Path:
    """The folder of one request's tables."""
    return find_data_dir(data_dir) / "processed" / request


def reports_dir(data_dir: str | Path = "data", reports: str | Path | None = None) -> Path:
    """The folder of all reports: beside the data folder, unless another is given."""
    return Path(reports).expanduser() if reports is not None else find_data_dir(data_dir).parent / "reports"


def request_names(data_dir: str | Path = "data") -> list[str]:
    """Names of the requests there are: raw folders with a request.yaml, and processed ones, sorted."""
    root = find_data_dir(data_dir)
    raw = {path.parent.name for path in (root / "raw").glob("*/request.yaml")}
    processed = {path.parent.name for path in (root / "processed").glob("*/datapackage.json")}
    return sorted(name for name in raw | processed if not name.startswith("."))


def request_dir(request: str | Path, data_dir: str | Path = "data") -> Path:
    """The raw folder of a request, by its name or by its path; `FoiError` names the nearest known ones."""
    as_path = Path(request).expanduser()
    if (as_path / "request.yaml").is_file():
        return as_path.resolve()
    name = str(request)
    folder = raw_dir(data_dir) / name
    if name and name == Path(name).name and (folder / "request.yaml").is_file():
        return folder
    known = request_names(data_dir)
    if folder.is_dir() and name not in known:
        raise FoiError(f"request {name!r}: {folder} has no request.yaml (see data/raw/README.md)")
    raise FoiError(f"no request {name!r} in {raw_dir(data_dir)}{nearest(name, known)}")


def nearest(word: str, known: list[str] | tuple[str, ...], label: str = "known", limit: int = 3) -> str:
    """The tail of an error line: the known words most like `word`, or all of them where there are few."""
    if not known:
        return f" ({label}: none)"
    from rapidfuzz import process
    from rapidfuzz.fuzz import WRatio, ratio
    from rapidfuzz.utils import default_process

    alike = process.extract(word, list(known), scorer=WRatio, processor=default_process, limit=limit, score_cutoff=60)
    alike.sort(key=lambda one: (-round(one[1]), -ratio(default_process(word), default_process(str(one[0])))))
    found = [str(one) for one, _, _ in alike]
    if found:
        return f"; did you mean {' or '.join(repr(k) for k in found)}?"
    shown = ", ".join(known[:12]) + (f" and {len(known) - 12} more" if len(known) > 12 else "")
    return f" ({label}: {shown})"


def shown(path: Path) -> str:
    """A path as a person would type it here: relative where it lies below this folder."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except ValueError:
        return str(path)


def is_input(path: Path) -> bool:
    """Whether a file is somebody's material, not what an editor or a file manager leaves behind."""
    return path.is_file() and is_input_name(path.name)


def is_input_name(name: str) -> bool:
    """Whether a file of that name can be somebody's material."""
    return not name.startswith((".", "~$")) and name not in IGNORED_NAMES


def inputs(folder: Path) -> list[Path]:
    """Every file of somebody's material in a folder and below it, sorted; hidden folders are passed over."""
    return sorted(each_input(folder))


def each_input(folder: Path) -> Iterator[Path]:
    """The files of `inputs`, one by one in an order of their own: a folder may hold a hundred thousand."""
    if not folder.is_dir():
        return
    for name in names_in(folder):
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            if not (name.startswith(".") or name == "__MACOSX"):
                yield from each_input(path)
        elif is_input(path):
            yield path


def names_in(folder: Path) -> Iterator[str]:
    """The names of all that lies in a folder, sorted; where they are many, on disk, so that memory does not grow with them."""
    with os.scandir(folder) as found:
        names = (entry.name for entry in found)
        first = sorted(islice(names, MANY))
        if len(first) == MANY:
            yield from _sorted_on_disk(chain(first, names))
            return
    yield from first


def _sorted_on_disk(names: Iterator[str]) -> Iterator[str]:
    import sqlite3

    code = "utf-8", "surrogatepass"  # in whose order Python sorts, too; a name need not be text
    with closing(sqlite3.connect("")) as base:  # a file without a name, gone when it is closed
        base.execute("CREATE TABLE one (name BLOB PRIMARY KEY) WITHOUT ROWID")
        base.executemany("INSERT INTO one VALUES (?)", ((name.encode(*code),) for name in names))
        for (name,) in base.execute("SELECT name FROM one ORDER BY name"):
            yield name.decode(*code)
