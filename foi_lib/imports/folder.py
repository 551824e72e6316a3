"""Request folders as the imports make them: names that are safe, files that appear whole or not at all, nothing overwritten."""

from __future__ import annotations

import re
from pathlib import Path

from foi_lib.errors import FoiError
from foi_lib.paths import shown
from foi_lib.reference import slug


def request_folder(name: str, raw: Path) -> Path:
    """The folder of a request to be made or added to. A name that is not safe everywhere is an error that says a better one."""
    if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?", name):
        better = slug(name)[:80].strip("-")
        hint = f", such as {better}" if re.search(r"[A-Za-z0-9]", name) else ""
        raise FoiError(f"{name!r} cannot be a request's name: write small letters, digits and hyphens{hint}")
    folder = raw / name
    if folder.exists() and not folder.is_dir():
        raise FoiError(f"{shown(folder)}: a file of this name is in the way of the request's folder")
    return folder


def put(path: Path, data: bytes) -> None:
    """Write a new file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise FoiError(f"{shown(path)}: could not be written ({error.strerror})") from None


def put_new(path: Path, data: bytes) -> str:
    """Write a file that is not there yet: "new"; else leave it alone: "same", or "differs" where its content is another."""
    if path.exists() or path.is_symlink():
        return "same" if path.is_file() and path.read_bytes() == data else "differs"
    put(path, data)
    return "new"
