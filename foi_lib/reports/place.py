"""`evidence(data, answer)`: in JupyterLab, the place in the letter that an answer is from, or the source that it was keyed from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.marks import Mark, text_html
from foi_lib.reports.masks import find_personal
from foi_lib.reports.shown import unstyled
from foi_lib.reports.words import esc, is_missing


class Place:
    """The place, to be shown by a notebook (`_repr_html_`) or printed."""

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        return self.text


def evidence(data: Any, answer: str | Mapping[str, Any], around: int = 300, show_personal_data: bool = False) -> Place:
    """The words behind one answer, marked, with `around` characters on each side.

    In: the Dataset; an answer's `answer_id`, or its row of `data.answers`. Raises `FoiError` for a name that no row has.
    """
    name = answer if isinstance(answer, str) else str(answer["answer_id"])
    rows = data.answers[data.answers["answer_id"] == name].to_dict("records")
    if not rows:
        raise FoiError(f"no answer {name!r} in request {data.request.name!r}: give an answer_id of data.answers")
    case, row = Case(data, show_personal_data), rows[0]
    head = case.label(row)
    file = case.files.get(str(row["file"])) if not is_missing(row.get("file")) and not is_missing(row.get("start")) else None
    if file is None:
        said = case.place(row)
        url = words.web_link(row.get("source_url"))
        link = f' <a href="{esc(url)}">{esc(url)}</a>' if url else ""
        return Place(f"<p><strong>{esc(head)}</strong><br>{esc(said)}{link}</p>", f"{head}\n{said}")
    start, end = int(row["start"]), int(row["end"])
    begin, stop = max(0, start - around), min(len(file.text), end + around)
    masks = (
        [] if show_personal_data else [m for m in find_personal(file.text, case.places, case.people) if begin <= m.start and m.end <= stop]
    )
    shifted = [type(m)(m.start - begin, m.end - begin, m.kind) for m in masks]
    body = unstyled(text_html(file.text[begin:stop], [Mark(start - begin, end - begin, "read")], shifted))
    where = case.place(row)
    html = f'<div><p><strong>{esc(head)}</strong><br>{esc(where)}</p><blockquote style="white-space:pre-wrap">{body}</blockquote></div>'
    return Place(html, f"{head}\n{where}")
