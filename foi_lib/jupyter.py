"""`foi.evidence`: in a notebook, the place that an answer is from; and letters that it can find again."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

from foi_lib.errors import FoiError
from foi_lib.letters import read_letter as _read_letter
from foi_lib.letters.model import Answer, Letter, Question

if TYPE_CHECKING:
    from foi_lib.dataset import Dataset
    from foi_lib.documents.model import Document

_LETTERS: deque[Letter] = deque(maxlen=50)  # the last that were read here, so that an answer finds its letter


@wraps(_read_letter)
def read_letter(document: Document, questions: Sequence[Question] | None = None) -> Letter:
    """As `foi_lib.letters.read_letter`; `evidence` finds the letters that were read last."""
    letter = _read_letter(document, questions)
    _LETTERS.append(letter)
    return letter


def evidence(
    answer: str | Mapping[str, Any] | Answer, source: Dataset | Letter | None = None, *, around: int = 300, show_personal_data: bool = False
) -> Any:
    """The words behind an answer, marked, with `around` characters of their letter on each side; shown by a notebook, or printed.

    In: an `answer_id`, a row of `data.answers`, or an `Answer` of a letter; `source` the Dataset or Letter that has it, where it is not
    among those that were opened or read last. Raises FoiError, in one line, for an answer that none of them has.
    """
    from foi_lib.reports.place import Place
    from foi_lib.reports.place import evidence as place
    from foi_lib.reports.shown import place_in

    if isinstance(answer, Answer):
        letters = [source] if isinstance(source, Letter) else list(_LETTERS)
        letter = next((one for one in letters if any(own is answer for own in one.answers)), None)
        if letter is None:
            raise FoiError("the letter of this answer is not known here: give it too, as in foi.evidence(letter.answers[0], letter)")
        return Place(place_in(letter, answer, around, show_personal_data), f"{letter.file}: {answer.quote}")
    if isinstance(source, Letter):
        raise FoiError("an answer of a letter is one of letter.answers: foi.evidence(letter.answers[0], letter)")
    name = answer if isinstance(answer, str) else str(answer["answer_id"])
    data = source if source is not None else _dataset_with(name)
    return place(data, name, around, show_personal_data)


def _dataset_with(name: str) -> Dataset:
    """The request that was opened last, of those that have this answer."""
    from foi_lib.dataset import opened

    found = opened()
    for data in found:
        if (data.answers["answer_id"] == name).any():
            return data
    where = f"in {', '.join(data.name for data in found)}" if found else "as no request is open: open one by foi.load(…)"
    raise FoiError(f"no answer {name!r} {where}; give an answer_id, or a row of data.answers")
