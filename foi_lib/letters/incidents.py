"""Lists of incidents become rows: date (as precise as the letter is), kind, description, department, ICO category."""

from __future__ import annotations

import re

from foi_lib import quick
from foi_lib.letters.lines import Line, words
from foi_lib.letters.model import Incident
from foi_lib.letters.periods import find_periods
from foi_lib.letters.spans import Period
from foi_lib.letters.tables import Cell, Grid

_DATE_HEAD = re.compile(r"\bdate|\bwhen\b|\bmonth\b", re.I)
_DEPARTMENT_HEAD = re.compile(r"\bdepartment|\bdirectorate|\bservice(?: area)?\b|\bteam\b|\bsection\b|\bdivision\b", re.I)
_KIND_HEAD = re.compile(
    r"\bincident\b.*\bbreach\b|\bbreach\b.*\bincident\b|^type$|^kind$|\bbreach ?/ ?incident|\bI or B\b|^category$|\bclassification\b", re.I
)
_WORDS_HEAD = re.compile(r"\bdetail|\bdescription|\bnature|\bwhat happened|\bsummary|\bcircumstances|\bhow\b|\bincident\b|\bbreach\b", re.I)


def dated(text: str) -> tuple[str | None, str | None]:
    """ "09/01/17" → ("2017-01-09", "day"), "08/2017" → ("2017-08", "month"), "2011" → ("2011", "year")."""
    for period in find_periods(text):
        precise = _precise(period)
        if precise[0]:
            return precise
    return None, None


def _precise(period: Period) -> tuple[str | None, str | None]:
    if period.start is None:
        return None, None
    if period.kind == "day":
        return period.start, "day"
    if period.kind == "month":
        return period.start[:7], "month"
    if period.kind == "calendar_year":
        return period.start[:4], "year"
    return None, None


def _category(description: str) -> str | None:
    from foi_lib.reference import categorise

    found = categorise(description)
    return getattr(found, "name", found) if found else None


def _kind(text: str, fallback: str | None) -> str | None:
    low = text.strip().lower()
    if low in ("i", "incident") or low.startswith("incident"):
        return "incident"
    if low in ("b", "breach") or low.startswith(("breach", "data breach", "personal data breach")):
        return "breach"
    if "cyber" in low:
        return "cyber_incident"
    return fallback


def from_grid(text: str, grid: Grid, measure: str, question: str) -> list[Incident]:
    """Rows of a table of incidents; columns are known by their heads, else by what stands in them."""
    fallback = {"breach_details": "breach", "incident_details": "incident", "cyber_incident_details": "cyber_incident"}.get(measure)
    width = max(len(r) for r in grid.rows)
    heads = [" ".join(h[c].text for h in grid.heads if c < len(h)) for c in range(width)]
    date_column = next((c for c, h in enumerate(heads) if _DATE_HEAD.search(h)), None)
    if date_column is None:
        date_column = next(
            (
                c
                for c in range(width)
                if sum(bool(dated(r[c].text)[0]) and len(r[c].text) < 24 for r in grid.rows if c < len(r)) * 2 > len(grid.rows)
            ),
            None,
        )
    kind_column = next((c for c, h in enumerate(heads) if _KIND_HEAD.search(h) and c != date_column), None)
    department_column = next((c for c, h in enumerate(heads) if _DEPARTMENT_HEAD.search(h) and c not in (date_column, kind_column)), None)
    rest = [c for c in range(width) if c not in (date_column, kind_column, department_column)]
    named = [c for c in rest if _WORDS_HEAD.search(heads[c])]
    words_columns = named or sorted(rest, key=lambda c: -sum(len(r[c].text) for r in grid.rows if c < len(r)))[:1]
    out: list[Incident] = []
    for row in grid.rows:
        cells = [c for c in row if c.text]
        if not cells:
            continue

        def at(column: int | None, row: list[Cell] = row) -> str:
            return row[column].text if column is not None and column < len(row) else ""

        description = "; ".join(at(c) for c in words_columns if at(c))
        when, precision = dated(at(date_column))
        if not when and not description:
            continue
        begin, stop = min(c.begin for c in cells), max(c.stop for c in cells)
        out.append(
            Incident(
                _kind(at(kind_column), fallback),
                when,
                precision,
                description,
                at(department_column) or None,
                _category(description),
                question,
                text[begin:stop],
                None,
                begin,
                stop,
            )
        )
    return out


def from_lines(text: str, lines: list[Line], measure: str, question: str) -> list[Incident]:
    """ "October 2011 – An officer left a daybook there." and dates on a line of their own with the words below."""
    fallback = {"breach_details": "breach", "incident_details": "incident", "cyber_incident_details": "cyber_incident"}.get(measure)
    if fallback is None:
        return []
    out: list[Incident] = []
    for i, line in enumerate(lines):
        periods = find_periods(line.text)
        if not periods or periods[0].begin > 2:
            continue
        when, precision = _precise(periods[0])
        if not when:
            continue
        description = line.text[periods[0].stop :].strip(" -–—:.,")
        stop = line.end
        if (
            len(words(description)) < 2
            and i + 1 < len(lines)
            and not find_periods(lines[i + 1].text[:12])
            and len(words(lines[i + 1].text)) >= 2
            and (not description or description.startswith("("))
        ):
            description, stop = lines[i + 1].text, lines[i + 1].end
        if len(words(description)) < 2 or len(words(description)) > 80 or quick.match(r"[=\d£]", description):
            continue
        out.append(
            Incident(
                fallback,
                when,
                precision,
                description.strip(),
                None,
                _category(description),
                question,
                text[line.start : stop],
                None,
                line.start,
                stop,
            )
        )
    return out if len(out) > 1 else []
