"""Tables in the columns of `foi_lib.schema`, made in a test: only what a case is about is written, the rest is filled in."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd

from foi_lib.frames import make_frame
from foi_lib.letters.model import Question

YEAR = ("calendar_year", "2017-01-01", "2017-12-31")
QUESTIONS = (
    Question("1", "How many data breaches in 2017?", "breach_count", "count", *YEAR),
    Question("1.1", "Please list them.", "breach_details", "details", *YEAR),
    Question("2", "How many cyber incidents in 2017?", "cyber_incident_count", "count", *YEAR),
    Question("3", "How much compensation was paid?", "compensation_paid_gbp", "money"),
    Question("4", "How many claims were made?", "compensation_claim_count", "count"),
)
KINDS = {q.measure: q.kind for q in QUESTIONS}


def slug(name: str) -> str:
    return name.lower().replace(" ", "-")


def response(authority: str, status: str = "answered", **cells: Any) -> dict[str, Any]:
    return {
        "request": "test",
        "authority": authority,
        "authority_code": f"X-{slug(authority)}",
        "slug": slug(authority),
        "status": status,
        **cells,
    }


def answer(authority: str, value: float | None = None, measure: str = "breach_count", **cells: Any) -> dict[str, Any]:
    """A figure of 2017 unless told otherwise; `low=`, `high=` alone make an interval; `fy=2021` the financial year 2021/22."""
    row: dict[str, Any] = {
        "request": "test",
        "authority": authority,
        "slug": slug(authority),
        "measure": measure,
        "kind": KINDS.get(measure, "count"),
        "question": next((q.label for q in QUESTIONS if q.measure == measure), "9"),
        "source": "letter",
        "needs_review": False,
        "unit": "GBP" if measure.endswith("_gbp") else "count",
        "value": value,
        "low": value,
        "high": value,
        "outcome": "nil" if value == 0 else "disclosed",
        "quote": "no words" if value is None else f"{value:g}",
        "file": f"{slug(authority)}.txt",
        "start": 10,
        "end": 20,
        "period_kind": YEAR[0],
        "period_start": YEAR[1],
        "period_end": YEAR[2],
    }
    if fy := cells.pop("fy", None):
        row |= {"period_kind": "financial_year", "period_start": f"{fy}-04-01", "period_end": f"{fy + 1}-03-31"}
    return row | cells


def refusal(authority: str, measure: str = "breach_count", outcome: str = "withheld", **cells: Any) -> dict[str, Any]:
    return answer(authority, None, measure, outcome=outcome, **cells)


def answers(*rows: dict[str, Any]) -> pd.DataFrame:
    return make_frame("answers", [{"answer_id": f"a{i:010x}", **row} for i, row in enumerate(rows)])


def responses(*rows: dict[str, Any]) -> pd.DataFrame:
    return make_frame("responses", rows)


def provisions(*rows: dict[str, Any]) -> pd.DataFrame:
    return make_frame("provisions", [{"request": "test", "question": "1", "regime": "FOIA", **row} for row in rows])


def many(n: int, seed: int = 7) -> dict[str, pd.DataFrame]:
    """The tables of a request to n fictional councils, of every status and outcome; the same seed gives the same tables."""
    dice = random.Random(seed)
    people, rows, cited, listed = [], [], [], []
    for i in range(n):
        name = f"Council {i:03d} of Example"
        status = dice.choices(["answered", "no_reply", "acknowledged", "unreadable"], [90, 6, 3, 1])[0]
        dates = {"received_on": "2018-01-02", "due_on": "2018-01-30", "regime": "FOIA"}
        if status == "answered":
            days = dice.randint(3, 40)
            dates |= {"responded_on": "2018-01-24", "working_days": days, "on_time": days <= 20}
        people.append(
            response(
                name,
                status,
                tier=dice.choice(["unitary", "county", "lower"]),
                nation="England",
                region=dice.choice(["North", "South"]),
                population=dice.randint(30_000, 900_000),
                population_year=2017,
                **dates,
            )
        )
        if status != "answered":
            continue
        for question in QUESTIONS:
            kind = dice.choices(["figure", "nil", "few", "refused", "none"], [50, 15, 5, 20, 10])[0]
            if kind == "none":
                continue
            if question.kind == "details":
                outcome = "withheld" if kind == "refused" else "disclosed"
                rows.append(answer(name, None, question.measure, outcome=outcome, unit=None))
                if outcome == "disclosed":
                    listed.append(
                        {
                            "request": "test",
                            "authority": name,
                            "slug": slug(name),
                            "question": "1.1",
                            "kind": "breach",
                            "date": "2017-08",
                            "date_precision": "month",
                            "category": dice.choice(["Data emailed to incorrect recipient", None]),
                            "department": dice.choice(["Housing", "Revenues"]),
                            "source": "letter",
                            "incident_id": f"i{i:09x}",
                        }
                    )
            elif kind == "refused":
                outcome = dice.choice(["withheld", "neither_confirmed_nor_denied", "cost_limit", "already_accessible", "not_held"])
                rows.append(refusal(name, question.measure, outcome))
                if outcome in ("withheld", "neither_confirmed_nor_denied"):
                    cited.append(
                        (
                            len(rows) - 1,
                            {
                                "authority": name,
                                "slug": slug(name),
                                "question": question.label,
                                "section": "s31(1)(a)",
                                "as_cited": "section 31(1)(a)",
                                "name": "law enforcement",
                                "kind": "exemption",
                                "absolute": False,
                                "pit_found": dice.random() < 0.7,
                                "ncnd": outcome == "neither_confirmed_nor_denied",
                                "malformed": False,
                            },
                        )
                    )
            elif question.kind == "money":
                rows += [
                    answer(name, 0 if kind == "nil" else dice.randint(1, 90_000), question.measure, fy=year) for year in (2021, 2022, 2023)
                ]
            elif kind == "few":
                rows.append(answer(name, None, question.measure, outcome="suppressed", low=1, high=4))
            else:
                rows.append(answer(name, 0 if kind == "nil" else dice.randint(1, 300), question.measure))
    table = answers(*rows)
    return {
        "responses": responses(*people),
        "answers": table,
        "incidents": make_frame("incidents", listed),
        "provisions": provisions(*({"answer_id": table["answer_id"].iloc[at], **row} for at, row in cited)),
        "unread": make_frame("unread", []),
        "problems": make_frame("problems", []),
    }
