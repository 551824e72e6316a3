"""What reading a letter gives: `Letter`, its `Answer`s, `Incident`s and the numbers nobody claimed."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from foi_lib.showing import Shown

OUTCOMES = (
    "disclosed", "nil", "suppressed", "partly_withheld", "withheld", "neither_confirmed_nor_denied", "not_held",
    "already_accessible", "cost_limit", "vexatious_or_repeated", "clarification_sought", "not_applicable",
    "unanswered", "unclear",
)  # fmt: skip
PERIOD_KINDS = ("calendar_year", "financial_year", "academic_year", "month", "quarter", "day", "range", "open", "unstated")
QUESTION_KINDS = ("count", "money", "yes_no", "text", "details", "percentage", "date")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it was put: from `request.yaml`, or found in the letter."""

    label: str
    text: str
    measure: str = "other"
    kind: str = "text"
    period_kind: str = "unstated"
    period_start: str | None = None
    period_end: str | None = None
    start: int | None = None  # its place in the letter, where the letter repeats it
    end: int | None = None


@dataclass(slots=True)
class Citation:
    """A provision relied on: what it resolves to, what was written, and where."""

    provision: str  # "s31(1)(a)", "r12(4)(b)"
    as_cited: str
    start: int
    end: int
    regime: str | None = None
    malformed: bool = False
    ncnd: bool = False  # the neither-confirm-nor-deny limb
    pit_found: bool | None = None  # None where no public interest test is owed
    pit_start: int | None = None
    pit_end: int | None = None


@dataclass(slots=True)
class Answer(Shown):
    """One figure, or one question answered without a figure. `letter.text[start:end] == quote`, always."""

    question: str
    question_text: str = ""
    measure: str = "other"
    breakdown: str | None = None
    period_kind: str = "unstated"
    period_start: str | None = None  # ISO dates
    period_end: str | None = None
    partial_period: bool = False
    outcome: str = "unclear"
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None  # "count", "GBP", "percent", …
    qualifier: str | None = None  # "known", "approximately", …
    derived_by: str | None = None
    provisions: list[str] = field(default_factory=list)
    as_cited: list[str] = field(default_factory=list)
    refers_to: str | None = None
    quote: str = ""
    page: int | None = None
    start: int | None = None
    end: int | None = None
    needs_review: bool = False
    review_reasons: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    kind: str = "text"  # the question's kind
    citations: list[Citation] = field(default_factory=list)

    def doubt(self, reason: str) -> None:
        """Ask for a person's look, for a reason out of `letters.verify.REASONS`."""
        if reason not in self.review_reasons:
            self.review_reasons.append(reason)
        self.needs_review = True


@dataclass(slots=True)
class Incident:
    """One incident of a list or table."""

    kind: str | None  # "breach", "incident", "cyber_incident"
    date: str | None  # "2017-08-01", "2017-08" or "2017", as precise as the letter is
    date_precision: str | None  # "day", "month", "year"
    description: str
    department: str | None = None
    category: str | None = None  # the ICO's incident category, out of `reference`
    question: str | None = None
    quote: str = ""
    page: int | None = None
    start: int | None = None
    end: int | None = None


@dataclass(slots=True)
class Unread:
    """A number or sum of money in an answer's text that no answer claims."""

    text: str
    kind: str  # "number" or "money"
    question: str | None
    page: int | None
    start: int
    end: int


@dataclass(slots=True)
class Letter(Shown):
    """A letter, read. Offsets point into `text`."""

    file: str
    text: str
    authority: str | None = None
    authority_code: str | None = None
    authority_how: str | None = None  # the kind of evidence: letterhead, signature, address, e-mail domain, file name
    regime: str | None = None
    reference: str | None = None
    received_on: str | None = None
    received_how: str | None = None  # "received"; "dated", where the reply names only the day of the applicant's own letter or message
    responded_on: str | None = None
    problems: list[str] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    incidents: list[Incident] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    review_reasons: list[str] = field(default_factory=list)  # doubts about the letter as a whole

    def to_dict(self) -> dict[str, Any]:
        """The letter by the contract of `foi parse --json`: plain lists, dicts, strings, numbers and None."""
        return asdict(self)
