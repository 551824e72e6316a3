"""The right-of-reply page of a council: its figures, our reading, its own words, what we could not find; to be sent for comment."""

from __future__ import annotations

from typing import Any

from foi_lib.reports.evidence import Case
from foi_lib.reports.page import Site, render_page
from foi_lib.reports.words import is_missing


def reply_page(case: Case, slug: str, site: Site) -> str:
    """The page `right-of-reply/<slug>.html`, as HTML text. It stands alone: it links to no other page, as it is sent by itself."""
    response: dict[str, Any] = next(iter(case.rows("responses", slug)), {})
    answers = case.rows("answers", slug)
    by_question: dict[str, list[dict[str, Any]]] = {}
    for row in answers:
        by_question.setdefault(str(row["question"]), []).append(row)
    asked = {q.label: q.text for q in case.data.request.questions}
    for label, rows in by_question.items():
        asked.setdefault(label, "" if is_missing(rows[0]["question_text"]) else str(rows[0]["question_text"]))
    found = {label for label, rows in by_question.items() if any(r["outcome"] != "unanswered" for r in rows)}
    authority = str(response["authority"]) if response and not is_missing(response["authority"]) else slug
    return render_page(
        "reply.html.j2", site, f"{authority}: for your comment", "../", here="", authority=authority, response=response,
        questions=[(label, text, by_question.get(label, [])) for label, text in asked.items() if label in found],
        missing=[(label, text) for label, text in asked.items() if label not in found],
        keyed=bool(answers) and response.get("status") == "keyed", mask=case.mask, decided=case.decided,
    )  # fmt: skip
