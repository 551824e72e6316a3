"""Where a request's letters lie: in its own letters/, in another folder, or behind a URL that fsspec opens (an object store)."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from foi_lib import paths
from foi_lib.errors import FoiError
from foi_lib.request import Request

Files = list[tuple[str, str]]  # name below letters/, what its content is known by


class Here:
    """Letters in a folder of this machine, or of a shared disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def places(self) -> Iterator[str]:
        """What lies in letters/: files and folders, sorted by name; what programs leave behind is passed over."""
        if not self.folder.is_dir():
            return
        for name in paths.names_in(self.folder):
            path = self.folder / name
            if paths.is_input(path) or (path.is_dir() and _is_reply(name)):
                yield name

    def files(self, place: str) -> Files:
        """The files of one place, each with its content's hash."""
        lying = self.folder / place
        found = [lying] if lying.is_file() else paths.inputs(lying)
        return [(file.relative_to(self.folder).as_posix(), _sha(file)) for file in found]

    @contextmanager
    def open(self, place: str) -> Iterator[Path]:
        """The place as a path."""
        yield self.folder / place


class There:
    """Letters behind a URL; each place is brought here while it is read."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise FoiError(f"letters at {url}: needs fsspec; install it with: pip install 'foi_lib[cluster]'") from None
        try:
            self.system, self.root = url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise FoiError(f"letters at {url}: {' '.join(str(error).split())}") from None

    def places(self) -> Iterator[str]:
        """As `Here.places`."""
        try:
            found = self.system.ls(self.root, detail=True, refresh=True)
        except (OSError, ValueError) as error:
            raise FoiError(f"letters at {self.url}: cannot be listed: {' '.join(str(error).split()) or type(error).__name__}") from None
        named = {PurePosixPath(one["name"]).name: one["type"] for one in found}
        yield from sorted(name for name, kind in named.items() if (_is_reply if kind == "directory" else paths.is_input_name)(name))

    def files(self, place: str) -> Files:
        """The files of one place, each with what the store knows its content by (size, time, tag)."""
        return [(self._below(one["name"]), _known_by(one)) for one in self._lying(place)]

    @contextmanager
    def open(self, place: str) -> Iterator[Path]:
        """The place as a path, of a copy that lasts as long as the block."""
        with tempfile.TemporaryDirectory(prefix="foi-letters-") as folder:
            for one in self._lying(place):
                copy = Path(folder, *PurePosixPath(self._below(one["name"])).parts)
                copy.parent.mkdir(parents=True, exist_ok=True)
                self.system.get_file(one["name"], str(copy))
            target = Path(folder) / place
            if not target.exists():
                target.mkdir()
            yield target

    def _lying(self, place: str) -> list[dict[str, Any]]:
        root = f"{self.root}/{place}"
        if self.system.isfile(root):
            return [self.system.info(root)]
        found = self.system.find(root, detail=True)
        return [found[name] for name in sorted(found) if self._is_material(name, root)]

    def _is_material(self, name: str, root: str) -> bool:
        parts = PurePosixPath(name).relative_to(PurePosixPath(root)).parts
        return paths.is_input_name(parts[-1]) and all(_is_reply(part) for part in parts[:-1])

    def _below(self, name: str) -> str:
        path = PurePosixPath(name).relative_to(PurePosixPath(self.root))
        if ".." in path.parts:
            raise FoiError(f"letters at {self.url}: {name!r} leads out of it")
        return path.as_posix()


def letters_of(request: Request) -> Here | There:
    """Where the letters of a request lie: what its request.yaml says under `letters`, else its folder letters/."""
    said = request.letters
    if said and "://" in said:
        return There(said)
    return Here(request.folder / (said or "letters"))


def _is_reply(name: str) -> bool:
    return not name.startswith(".") and name != "__MACOSX"


def _known_by(one: dict[str, Any]) -> str:
    """A store's own words for a file's content."""
    told = {key: str(one[key]) for key in ("ETag", "etag", "md5Hash", "mtime", "created", "LastModified", "size", "sha256") if key in one}
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _sha(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
