"""The review desk: in JupyterLab, one answer after another beside its letter; accept, correct or reject it, from the keyboard.

Nothing here is imported before a desk is opened: `open_desk` brings ipywidgets with it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from foi_lib.desk.widgets import Desk
    from foi_lib.notebook import Book

__all__ = ["open_desk"]


def open_desk(book: Book, data_dir: str | Path = "data", who: str = "", show_personal_data: bool = False) -> Desk:
    """A desk for the answers of a request, to be shown as the last line of a cell.

    In: the open request; the data folder, whose raw request keeps corrections.csv; whose decisions they are (asked for on the desk, and
    remembered while the kernel runs); whether officers' names and addresses are shown. Without a raw folder nothing can be kept.
    """
    from foi_lib.desk.sitting import Sitting
    from foi_lib.desk.widgets import Desk
    from foi_lib.errors import FoiError
    from foi_lib.paths import request_dir

    try:
        folder = request_dir(book.data.name, data_dir)
    except FoiError:
        folder = None
    return Desk(Sitting(book, folder, who), show_personal_data)
