"""`foi new`: an empty request folder whose request.yaml loads at once and says, line by line, what to write."""

from __future__ import annotations

from pathlib import Path

from foi_lib.errors import FoiError
from foi_lib.imports.asking import Asked, request_yaml
from foi_lib.imports.folder import put, request_folder
from foi_lib.paths import shown

_AUTHORITIES = """\
# Everyone you asked, by official name or GSS code, so that who did not reply is counted. Bodies that are in no register
# (police, health, …) go into authorities.csv beside this file, with the columns code and name.
authorities: []
#   - Eastleigh Borough Council
#   - Rutland County Council
"""
_EXAMPLES = (
    Asked("1", "How many personal data breaches did you record in 2024?", "breach_count", "count", ["2024"]),
    Asked("2", "How much compensation did you pay for data breaches in each of 2022/23 and 2023/24?", "compensation_paid_gbp", "money",
          ["2022/23", "2023/24"]),
)  # fmt: skip


def new_request(name: str, raw: Path, as_of: str, title: str = "") -> Path:
    """Make raw/<name> with a request.yaml and an empty letters/. FoiError where there is such a folder already, or the name will not do."""
    folder = request_folder(name, raw)
    if folder.exists():
        raise FoiError(f"{shown(folder)}: there is such a request already; choose another name, or change its request.yaml")
    text = request_yaml(
        name, "What was asked, of whom, and when. The two questions are examples: put yours in their place.",
        title or name.replace("-", " ").capitalize(), as_of, _EXAMPLES, authorities=_AUTHORITIES,
    )  # fmt: skip
    (folder / "letters").mkdir(parents=True)
    put(folder / "request.yaml", text.encode())
    return folder
