"""The letter view: the whole text of a council's response, each used passage marked and labelled with what was read from it.

Facts keyed by hand, that no letter we hold has the words of, stand as cards with their own words, source and address.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from foi_lib.reports import words
from foi_lib.reports.evidence import Case, File
from foi_lib.reports.marks import Mark, text_html
from foi_lib.reports.masks import Mask, find_personal
from foi_lib.reports.page import Site, environment, render_page
from foi_lib.reports.words import is_missing


@dataclass(slots=True)
class Step:
    """One thing that previous and next go through, in the page's order."""

    anchor: str
    offset: int  # in its file; -1 where it stands outside any
    row: dict[str, Any]
    kind: str  # answer, unread, keyed, unanswered
    previous: str | None = None
    next: str | None = None


@dataclass(slots=True)
class Sheet:
    """One file on the page."""

    name: str
    html: Any
    count: int
    unread: int
    masked: int
    pages: int = 0
    steps: list[Step] = field(default_factory=list)


def letter_page(case: Case, slug: str, site: Site, report: frozenset[str] | None) -> str:
    """The page `letters/<slug>.html`, as HTML text. `report`: the rows that the council's own report shows; None where it has no report."""
    from markupsafe import Markup

    response = next(iter(case.rows("responses", slug)), None)
    answers = case.rows("answers", slug)
    files = _files(case, slug, response, answers)
    placed: dict[str, list[Step]] = {file.name: [] for file in files}
    keyed: list[Step] = []
    silent: list[Step] = []
    for row in ({**one, "_decided": case.decided(one)} for one in answers):
        name, anchor = row.get("file"), str(row["answer_id"])
        if row["source"] != "keyed" and not is_missing(row.get("start")) and name in placed:
            placed[str(name)].append(Step(anchor, int(row["start"]), row, "answer"))
        elif row["source"] == "letter":
            silent.append(Step(anchor, -1, row, "unanswered"))
        else:
            keyed.append(Step(anchor, -1, row, "keyed"))
    for n, row in enumerate(case.rows("unread", slug)):
        if not is_missing(row.get("file")) and row["file"] in placed:
            placed[str(row["file"])].append(Step(f"unread-{n + 1}", int(row["start"]), row, "unread"))
    for steps in placed.values():
        steps.sort(key=lambda s: (s.offset, s.kind, s.anchor))
    _chain([*[s for file in files for s in placed[file.name]], *keyed, *silent])
    sheets = [_sheet(case, slug, file, placed[file.name], report) for file in files]
    note = environment().get_template("note.html.j2").module
    authority = str(response["authority"]) if response and not is_missing(response["authority"]) else f"Sender not known ({slug})"
    return render_page(
        "letter.html.j2", site, f"{authority}: what it said", "../", "letter.js", here=f"letters/{slug}.html", slug=slug,
        response=response or {}, sheets=sheets, keyed=keyed, silent=silent, has_report=report is not None, mask=case.mask,
        steps=lambda step: Markup(note.steps(step, slug, report)), problems=_problems(case, response, files),
    )  # fmt: skip


def _files(case: Case, slug: str, response: dict[str, Any] | None, answers: Sequence[dict[str, Any]]) -> list[File]:
    """The response's files: as the response lists them, then any other that an answer is from, then any other text of this council."""
    names: list[str] = []
    if response and not is_missing(response.get("files")):
        names += [name for name in str(response["files"]).split("; ") if name]
    names += [str(row["file"]) for row in answers if not is_missing(row.get("file"))]
    names += sorted(file.name for file in case.files.values() if file.slug == slug)
    return [case.files[name] for name in dict.fromkeys(names) if name in case.files]


def _chain(steps: Sequence[Step]) -> None:
    for before, after in pairwise(steps):
        before.next, after.previous = after.anchor, before.anchor


def _sheet(case: Case, slug: str, file: File, steps: list[Step], report: frozenset[str] | None) -> Sheet:
    from markupsafe import Markup

    marks: list[Mark] = []
    notes: dict[int, list[str]] = {}
    note = environment().get_template("note.html.j2").module
    for step in steps:
        start, end = step.offset, int(step.row["end"])
        marks.append(Mark(start, end, "read" if step.kind == "answer" else "unread", step.anchor))
        notes.setdefault(max(start, end - 1), []).append(" ".join(str(note.note(step, slug, report)).split()))
    for row in case.rows("incidents", slug):
        if row.get("file") == file.name and not is_missing(row.get("start")):
            marks.append(Mark(int(row["start"]), int(row["end"]), "listed", str(row["incident_id"])))
    home = {str(step.row["answer_id"]) for step in steps if step.kind == "answer"}
    for row in case.rows("provisions", slug):
        if str(row["answer_id"]) in home and not is_missing(row.get("start")):
            marks.append(Mark(int(row["start"]), int(row["end"]), "listed"))
    masks = [] if case.personal_data else _masks(case, file, steps)
    html = Markup(text_html(file.text, marks, masks, notes, file.pages))
    answers = sum(step.kind == "answer" for step in steps)
    return Sheet(file.name, html, answers, len(steps) - answers, len(masks), len(file.pages), steps)


def _masks(case: Case, file: File, steps: Sequence[Step]) -> list[Mask]:
    """Personal data of the text; a figure that was read as an answer is shown even where it looks like a telephone number."""
    figures = [(s.offset, int(s.row["end"])) for s in steps if s.kind == "answer" and not is_missing(s.row.get("value"))]
    found = find_personal(file.text, case.places, case.people)
    return [m for m in found if m.kind != "telephone number" or not any(m.start < end and start < m.end for start, end in figures)]


def _problems(case: Case, response: dict[str, Any] | None, files: Sequence[File]) -> list[str]:
    out = [] if not response or is_missing(response.get("problems")) else str(response["problems"]).split("; ")
    if response and not is_missing(response.get("files")):
        held = {file.name for file in files}
        out += [f"{name}: no text of it is held here" for name in str(response["files"]).split("; ") if name and name not in held]
    return [case.mask(line) for line in out]


def summary(row: dict[str, Any]) -> str:
    """What was read, in words, without the outcome's shape: "6 (known)", "1 to 4", "withheld"."""
    return words.figure(row) or words.outcome_words(row["outcome"])
