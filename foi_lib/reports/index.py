"""The index of a request: every council asked, what became of each question, dates and days, and the ways on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from foi_lib.analysis import checked
from foi_lib.analysis.decided import to_look_at
from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.page import Site, render_page
from foi_lib.reports.words import is_missing

# statuses without an answer to any question
MOST_PARTS = 6  # rows of parts that a cell shows where no whole is given
SILENT = ("no_reply", "acknowledged", "unreadable")


@dataclass(slots=True)
class Asked:
    """A question: a column of the grid."""

    label: str
    text: str
    measure: str


@dataclass(slots=True)
class Cell:
    """What a council answered to one question: rows shown, and rows of parts that are folded where there is a whole."""

    shown: list[dict[str, Any]]
    folded: list[dict[str, Any]]

    @property
    def several(self) -> bool:
        """Whether a row needs its period to be told from the others."""
        return len(self.shown) > 1


@dataclass(slots=True)
class Council:
    """A council: a row of the grid, with the answers to each question in the order of `questions`."""

    slug: str
    name: str
    response: dict[str, Any]
    cells: list[Cell]
    silence: str | None
    doubts: int
    has_report: bool
    unread: int = 0


@dataclass(slots=True)
class Totals:
    """What the grid holds, counted: statuses, outcomes of rows, answers to be looked at, numbers not read, answers (of how many)
    that a person has checked."""

    statuses: list[tuple[str, int]] = field(default_factory=list)
    outcomes: list[tuple[str, int]] = field(default_factory=list)
    doubts: int = 0
    unread: int = 0
    checked: int = 0
    to_check: int = 0


def index_page(
    case: Case, site: Site, reports: frozenset[str], failed: Sequence[tuple[str, str]] = (), changes: Sequence[Mapping[str, Any]] = ()
) -> str:
    """The page `index.html`, as HTML text.

    In: `reports` the councils that have a report; `failed` the reports that could not be made, each with its error; `changes` rows of
    changes.csv.
    """
    questions = _questions(case)
    councils = [_council(case, row, questions, reports) for row in case.rows("responses")]
    councils.sort(key=lambda c: (is_missing(c.response["authority"]), c.name, c.slug))
    problems = [
        {"file": r["file"], "authority": r["authority"], "what": str(r["what"]).replace("_", " "), "reason": case.mask(r["reason"])}
        for r in case.data.problems.to_dict("records")
    ]
    decisions = [{**row, "note": case.mask(row["note"])} for row in to_look_at(case.data.decisions).to_dict("records")]
    asked = case.data.request
    return render_page(
        "index.html.j2", site, site.title, script="index.js", here="index", questions=questions, councils=councils, totals=_totals(case),
        problems=problems, failed=failed, place=case.place, beside=case.beside, decisions=decisions, decided=len(case.data.decisions),
        description=asked.description or "", changes=changes, notes=list(asked.notes), sources=list(asked.sources),
    )  # fmt: skip


def _questions(case: Case) -> list[Asked]:
    """The questions as asked, then any other that an answer has, in order of their labels."""
    found = {q.label: Asked(q.label, q.text, q.measure) for q in case.data.request.questions}
    for row in sorted(case.rows("answers"), key=lambda r: str(r["question"])):
        label = str(row["question"])
        if label not in found:
            found[label] = Asked(label, "" if is_missing(row["question_text"]) else str(row["question_text"]), str(row["measure"]))
    return list(found.values())


def _council(case: Case, row: dict[str, Any], questions: Sequence[Asked], reports: frozenset[str]) -> Council:
    slug = str(row["slug"])
    by_question: dict[str, list[dict[str, Any]]] = {}
    for answer in case.rows("answers", slug):
        by_question.setdefault(str(answer["question"]), []).append(answer)
    name = str(row["authority"]) if not is_missing(row["authority"]) else f"Sender not known ({slug})"
    status = str(row["status"])
    doubts = sum(bool(a["needs_review"]) for answers in by_question.values() for a in answers)
    cells = [_cell(by_question.get(q.label, [])) for q in questions]
    silence = status if status in SILENT else None
    return Council(slug, name, row, cells, silence, doubts, slug in reports, len(case.rows("unread", slug)))


def _cell(rows: list[dict[str, Any]]) -> Cell:
    """Parts (breakdowns, months and quarters) are folded where the whole is given too, or where there are many."""
    whole = [r for r in rows if is_missing(r["breakdown"]) and r["period_kind"] not in ("month", "quarter")] or rows
    shown = whole[:MOST_PARTS]
    return Cell(shown, [r for r in rows if not any(r is one for one in shown)])


def _totals(case: Case) -> Totals:
    statuses = Counter(str(r["status"]) for r in case.rows("responses"))
    outcomes = Counter(str(r["outcome"]) for r in case.rows("answers"))
    order = {name: n for n, name in enumerate(words.SHAPES)}
    log = checked.log(case.data.answers, case.data.coding)
    return Totals(
        sorted(statuses.items(), key=lambda item: (-item[1], item[0])), sorted(outcomes.items(), key=lambda item: order.get(item[0], 99)),
        sum(bool(r["needs_review"]) for r in case.rows("answers")), len(case.rows("unread")), int(checked.is_checked(log).sum()), len(log),
    )  # fmt: skip


def top_page(requests: Sequence[dict[str, Any]]) -> str:
    """The page `reports/index.html`: a list of the requests that have been rendered."""
    from markupsafe import Markup

    from foi_lib.reports.page import asset, environment, policy

    html = environment().get_template("top.html.j2").render(requests=requests, style=Markup(asset("style.css")), policy=policy(None))
    return str(html).strip() + "\n"
