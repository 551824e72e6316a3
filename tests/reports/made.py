"""A small request in memory, with letters of made-up councils: what the pages are tested on without reading any file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from foi_lib.frames import make_frame
from foi_lib.letters.model import Question

AMBLEFORD = """Ambleford Council
Contact: Robin Example
Telephone: 01632 960 123

Dear Sir/Madam

1. How many data breaches were there in 2017?
Answer: 6

2. Please list them by year and kind.
Year\tReported\tCost
2016/17\t4\t£1,250
2017/18\t<5\t

3. How many cyber incidents were there?
We neither confirm nor deny, under section 31(3). In all 17 matters came to us.

Yours faithfully

Robin Example, Information Officer
robin.example@ambleford.example
"""
QUESTIONS = (
    Question("1", "How many data breaches were there in 2017?", "breach_count", "count"),
    Question("2", "Please list them by year and kind.", "ico_reported_count", "count"),
    Question("3", "How many cyber incidents were there?", "cyber_incident_count", "count"),
)


@dataclass
class Asked:
    """As much of a request as the pages read."""

    name: str = "made-up"
    title: str = "Data breaches in made-up councils"
    description: str = ""
    fictional: bool = True
    questions: tuple[Question, ...] = QUESTIONS
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass
class Data:
    """As much of a dataset as the pages read."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame
    request: Asked = field(default_factory=Asked)
    provisions: pd.DataFrame = field(default_factory=lambda: make_frame("provisions", []))
    incidents: pd.DataFrame = field(default_factory=lambda: make_frame("incidents", []))
    unread: pd.DataFrame = field(default_factory=lambda: make_frame("unread", []))
    decisions: pd.DataFrame = field(default_factory=lambda: make_frame("decisions", []))
    coding: pd.DataFrame = field(default_factory=lambda: make_frame("coding", []))
    problems: pd.DataFrame = field(default_factory=lambda: make_frame("problems", []))
    hash: str = "0123456789abcdef" * 4
    as_of: date = date(2018, 3, 31)

    @property
    def fictional(self) -> bool:
        return self.request.fictional

    @property
    def authority_rows(self) -> pd.DataFrame:
        return self.responses

    def council(self, name: str) -> pd.Series:
        return self.responses[self.responses["slug"] == name].iloc[0]


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def response(authority: str, status: str = "answered", **cells: Any) -> dict[str, Any]:
    return {"request": "made-up", "authority": authority, "slug": slug(authority), "status": status, "regime": "FOIA", **cells}


def said(authority: str, text: str, quote: str, answer_id: str, question: str, nth: int = 0, **cells: Any) -> dict[str, Any]:
    """A row of answers whose quote stands in `text`: the `nth` time, counted from 0."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    row = {
        "answer_id": answer_id,
        "request": "made-up",
        "authority": authority,
        "slug": slug(authority),
        "question": question,
        "kind": "count",
        "measure": "breach_count",
        "outcome": "disclosed",
        "quote": quote,
        "sha256": "0" * 64,
        "file": f"{slug(authority)}.txt",
        "page": 1,
        "start": start,
        "end": start + len(quote),
        "source": "letter",
        "needs_review": False,
        "period_kind": "unstated",
    }
    return row | cells


def keyed(authority: str, answer_id: str, question: str = "1", **cells: Any) -> dict[str, Any]:
    row = {
        "answer_id": answer_id,
        "request": "made-up",
        "authority": authority,
        "slug": slug(authority),
        "question": question,
        "kind": "count",
        "measure": "breach_count",
        "outcome": "disclosed",
        "source": "keyed",
        "needs_review": False,
        "period_kind": "unstated",
        "source_note": "a published survey, table 2",
        "source_url": "https://example.org/survey?a=1&b=2",
    }
    return row | cells


def text_row(authority: str, text: str, pages: list[list[Any]] | None = None) -> dict[str, Any]:
    file = f"{slug(authority)}.txt"
    return {
        "file": file,
        "sha256": "0" * 64,
        "slug": slug(authority),
        "authority": authority,
        "media_type": "text/plain",
        "text": text,
        "pages": json.dumps(pages or [[1, 0, len(text), None]]),
    }


YEAR = {"period_kind": "calendar_year", "period_start": "2017-01-01", "period_end": "2017-12-31"}


def small(letter: str = AMBLEFORD, name: str = "Ambleford Council") -> Data:
    """Four councils: one whose letter we hold, one keyed, one silent, one whose reply could not be read."""
    start = letter.index("17 matters")
    rows = [
        said(
            name,
            letter,
            "6",
            "a0000000001",
            "1",
            nth=letter[: letter.index("Answer: 6") + 9].count("6") - 1,
            value=6,
            low=6,
            high=6,
            unit="count",
            **YEAR,
        ),
        said(
            name,
            letter,
            "4",
            "a0000000002",
            "2",
            value=4,
            low=4,
            high=4,
            unit="count",
            measure="ico_reported_count",
            period_kind="financial_year",
            period_start="2016-04-01",
            period_end="2017-03-31",
        ),
        said(
            name,
            letter,
            "<5",
            "a0000000003",
            "2",
            outcome="suppressed",
            low=1,
            high=4,
            unit="count",
            measure="ico_reported_count",
            period_kind="financial_year",
            period_start="2017-04-01",
            period_end="2018-03-31",
            needs_review=True,
            review_reasons="small_number",
        ),
        said(
            name,
            letter,
            "We neither confirm nor deny, under section 31(3).",
            "a0000000004",
            "3",
            outcome="neither_confirmed_nor_denied",
            measure="cyber_incident_count",
            provisions="s31(3)",
            as_cited="section 31(3)",
        ),
        keyed("Bexcombe Borough Council", "a0000000005", value=1234, low=1234, high=1234, unit="count", **YEAR),
    ]
    cited = letter.index("section 31(3)")
    return Data(
        make_frame(
            "responses",
            [
                response(
                    name,
                    files=f"{slug(name)}.txt",
                    sha256="0" * 64,
                    received_on="2018-01-02",
                    responded_on="2018-01-24",
                    working_days=16,
                    on_time=True,
                ),
                response("Bexcombe Borough Council", "keyed"),
                response("Crowmere District Council", "no_reply", received_on="2018-01-02"),
                response(
                    "Dunholt City Council", "unreadable", files="dunholt.pdf", problems="dunholt.pdf: no text and no picture on any page"
                ),
            ],
        ),
        make_frame("answers", rows),
        make_frame("texts", [text_row(name, letter)]),
        provisions=make_frame(
            "provisions",
            [
                {
                    "answer_id": "a0000000004",
                    "request": "made-up",
                    "authority": name,
                    "slug": slug(name),
                    "question": "3",
                    "regime": "FOIA",
                    "section": "s31(3)",
                    "as_cited": "section 31(3)",
                    "start": cited,
                    "end": cited + 13,
                }
            ],
        ),
        unread=make_frame(
            "unread",
            [
                {
                    "request": "made-up",
                    "authority": name,
                    "slug": slug(name),
                    "question": "3",
                    "text": "17",
                    "kind": "number",
                    "file": f"{slug(name)}.txt",
                    "page": 1,
                    "start": start,
                    "end": start + 2,
                }
            ],
        ),
        problems=make_frame(
            "problems",
            [
                {
                    "request": "made-up",
                    "file": "dunholt.pdf",
                    "authority": "Dunholt City Council",
                    "what": "no_text",
                    "reason": "no text and no picture on any page",
                }
            ],
        ),
    )
