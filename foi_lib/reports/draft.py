"""Whether a request's reports are a draft still: what `checks:` in request.yaml asks for, held against what people have decided."""

from __future__ import annotations

from typing import Any

from foi_lib.analysis import queue, words


def draft_of(data: Any) -> str:
    """Why the reports of a Dataset are a draft, in a sentence that says how many decisions are left; "" where they are none.

    `checks: {headlines: all}` asks for every answer that a headline figure rests on, `doubtful` for those in doubt and those that a
    headline names, or could come to name (see `foi_lib.analysis.queue`).
    """
    wanted = getattr(data.request, "check_headlines", "")
    if not wanted:
        return ""
    from foi_lib.notebook import Book

    book = Book(data, str(data.as_of))
    found = queue.settling(queue.headlines(book.grid, book.answers, book.responses), book.answers)
    left = found.unchecked if wanted == "all" else found.needed
    if not left:
        return ""
    rule = "all answers" if wanted == "all" else "those in doubt, and those among the highest,"
    are = words.verb(left, "is", "are")
    answers = words.verb(left, "answer", "answers")
    return (
        f"{words.number(left)} {answers} that the headline figures rest on {are} still to be checked by a person "
        f"({rule} must be; {words.of(found.checked, found.resting)} {words.verb(found.checked, 'has', 'have')} been)."
    )
