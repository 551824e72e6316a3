"""`<request>.xlsx`: the tables for people who live in spreadsheets.

After the Government Analysis Function's guidance on accessible spreadsheets: a cover and a notes sheet, one table a sheet, one header row,
no merged cells, no bare blank ([c], [x], [z]). Text stays text: nothing a letter says becomes a formula or a link.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from foi_lib.reports import words
from foi_lib.reports.evidence import Case
from foi_lib.reports.page import Site
from foi_lib.reports.words import is_missing, plain
from foi_lib.schema import TABLES, Column

SHEETS = {
    "responses": "Responses",
    "answers": "Answers",
    "provisions": "Provisions",
    "incidents": "Incidents",
    "unread": "Numbers not read",
    "decisions": "Decisions",
    "problems": "Problems",
}
QA_LOG = "QA log"
# columns whose words may name a person
PERSONAL = frozenset(
    """quote description question_text source_note reason problems as_cited text department why decision_why""".split()  # noqa: SIM905
)
CONFIDENTIAL = frozenset(
    {"withheld", "partly_withheld", "neither_confirmed_nor_denied", "suppressed", "vexatious_or_repeated", "cost_limit"}
)
LONGEST = 32_000  # a cell holds 32,767 characters
MOST_LINKS = 60_000  # a sheet holds 65,530
SHORTHAND = (
    ("[c]", "confidential: the figure was withheld, suppressed, or neither confirmed nor denied"),
    ("[x]", "not available: we do not know it"),
    ("[z]", "not applicable: there is nothing to say here"),
)
# where nothing stands because there is nothing to say, not because it is unknown
OPTIONAL = frozenset(
    """breakdown qualifier derived_by provisions as_cited refers_to links keyed_value keyed_outcome review_reasons source_note source_url
    note problems status_on_site request_url files sha256 file page start end pit_found absolute department category by doubt
    checked_on decision decided_by decided_on decision_id decision_why machine_outcome why answer_id now_outcome""".split()  # noqa: SIM905
)


def workbook(case: Case, site: Site) -> bytes:
    """The workbook as bytes; the same data gives the same bytes (its date is the request's `as_of`)."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": False,
        },
    )
    as_of = date.fromisoformat(site.as_of[:10])
    book.set_properties(
        {"title": plain(site.title), "subject": site.request, "author": "", "created": datetime(as_of.year, as_of.month, as_of.day),
         "comments": f"Data {site.data_hash}; foi_lib {site.version}"}
    )  # fmt: skip
    formats = {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "number": book.add_format({"num_format": "#,##0.##########"}),
        "integer": book.add_format({"num_format": "#,##0"}), "whole": book.add_format({"num_format": "0"}),
        "money": book.add_format({"num_format": "[$£-809]#,##0.00"}), "link": book.add_format({"font_color": "#0b4f8a", "underline": 1}),
        "text": book.add_format({"valign": "top"}), "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }  # fmt: skip
    tabs = _tabs(case)
    _cover(book, site, tabs, formats)
    _notes(book, case, tabs, formats)
    for tab in tabs:
        _sheet(book, case, tab, formats)
    book.close()
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _Tab:
    """A sheet: its name, columns and rows. `link`: the column whose cells name the words, in the letter view."""

    name: str
    columns: Sequence[Column]
    rows: list[dict[str, Any]]
    link: str | None = None


def _tabs(case: Case) -> list[_Tab]:
    """The tables, and the log of what was checked by whom."""
    from foi_lib.analysis import checked

    links = {"answers": "answer_id", "incidents": "incident_id"}
    tabs = [_Tab(name, TABLES[table], getattr(case.data, table).to_dict("records"), links.get(table)) for table, name in SHEETS.items()]
    log = checked.log(case.data.answers, case.data.coding)
    return [*tabs, _Tab(QA_LOG, checked.LOG, log.to_dict("records"), "answer_id")]


def _cover(book: Any, site: Site, tabs: Sequence[_Tab], formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet("Cover")
    sheet.set_column(0, 0, 100)
    sheet.write_string(0, 0, _text(site.title), formats["title"])
    lines = ["FICTIONAL EXAMPLE: no council, officer or figure here is real."] if site.fictional else []
    lines += [f"DRAFT: {site.draft}"] if site.draft else []
    lines += [
        f"Request: {site.request}", f"As of {words.day(site.as_of)}", site.n_of_n, f"Data {site.data_hash}",
        f"Made by foi_lib {site.version}",
        "Personal data is shown: the desk's own copy, not for sharing." if site.personal_data
        else "Officers' e-mail addresses, telephone numbers and names are masked where our rules find them.",
        "The Notes sheet explains the signs and every column. Each sheet after it holds one table, with its headings in row 1:",
    ]  # fmt: skip
    lines += [f"{tab.name}: {len(tab.rows):,} rows" for tab in tabs]
    for n, line in enumerate(lines, 1):
        sheet.write_string(n, 0, _text(line), formats["wrap"])


def _notes(book: Any, case: Case, tabs: Sequence[_Tab], formats: Mapping[str, Any]) -> None:
    """One table: every sign and every column, and what it means."""
    sheet = book.add_worksheet("Notes")
    for n, (head, width) in enumerate((("Sheet", 18), ("Sign or column", 22), ("Meaning", 90), ("Unit", 14))):
        sheet.set_column(n, n, width)
        sheet.write_string(0, n, head, formats["head"])
    sheet.freeze_panes(1, 0)
    rows = [("all", sign, meaning, "[z]") for sign, meaning in SHORTHAND]
    rows += [("Cover", "note", _text(note), "[z]") for note in case.data.request.notes]
    rows += [("Cover", "source", _text(source), "[z]") for source in case.data.request.sources]
    for tab in tabs:
        rows += [(tab.name, c.name, c.description, c.unit or "[z]") for c in tab.columns]
        if tab.link:
            rows.append((tab.name, "evidence", "link to the words, in the folder that this workbook came in", "[z]"))
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row):
            sheet.write_string(r, c, _text(value), formats["wrap"])


def _sheet(book: Any, case: Case, tab: _Tab, formats: Mapping[str, Any]) -> None:
    sheet = book.add_worksheet(tab.name)
    columns, rows = tab.columns, tab.rows
    heads = [c.name for c in columns] + (["evidence"] if tab.link else [])
    for n, head in enumerate(heads):
        sheet.write_string(0, n, head, formats["head"])
        sheet.set_column(n, n, _width(head))
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(heads) - 1)
    for r, row in enumerate(rows, 1):
        for n, column in enumerate(columns):
            _write(sheet, r, n, column, row, case, formats)
        if tab.link:
            key = row[tab.link]
            address = f"letters/{row['slug']}.html#{key}"
            if r <= MOST_LINKS:
                sheet.write_url(r, len(columns), _link(address, _text(key)), formats["link"])
            else:
                sheet.write_string(r, len(columns), _text(address))


def _link(address: str, text: str) -> Any:
    """A link to a file beside the workbook, with /: XlsxWriter writes backslashes, which only Excel on Windows follows."""
    from xlsxwriter.url import Url

    url = Url(f"external:{address}")
    url.text = text
    url._link = url._relationship_link = url._link.replace("\\", "/")
    return url


def _write(sheet: Any, r: int, n: int, column: Column, row: Mapping[str, Any], case: Case, formats: Mapping[str, Any]) -> None:
    value = row[column.name]
    if is_missing(value):
        sheet.write_string(r, n, _shorthand(column.name, row))
    elif column.type == "boolean":
        sheet.write_boolean(r, n, bool(value))
    elif column.type in ("integer", "number"):
        money = row.get("unit") == "GBP" and column.name.endswith(("value", "low", "high"))
        form = "money" if money else "whole" if column.name.endswith("year") else column.type
        sheet.write_number(r, n, float(value), formats[form])
    elif column.type == "date":
        sheet.write_datetime(r, n, datetime.fromisoformat(str(value)), formats["date"])
    else:
        said = case.mask(value) if column.name in PERSONAL else str(value)
        sheet.write_string(r, n, _text(said), formats["text"])


def _shorthand(column: str, row: Mapping[str, Any]) -> str:
    """What stands in a cell that holds nothing."""
    outcome = row.get("outcome")
    if column.startswith(("machine_", "now_")):
        return "[z]"
    if column in ("value", "low", "high", "unit"):
        if outcome in CONFIDENTIAL:
            return "[c]"
        return "[x]" if outcome in ("unanswered", "unclear") else "[z]"
    if column.startswith(("period_", "partial_")) or column in (*OPTIONAL, "keyed by"):
        return "[z]"
    return "[x]"


def _text(value: Any) -> str:
    """Text for a cell: control characters made visible, and cut, with a sign, where a cell cannot hold it."""
    said = plain(value).replace("\r", "")
    return said if len(said) <= LONGEST else said[:LONGEST] + " [cut here: see the letter view]"


def _width(head: str) -> int:
    wide = {
        "authority": 34,
        "question_text": 50,
        "quote": 50,
        "description": 50,
        "reason": 60,
        "source_note": 30,
        "slug": 26,
        "file": 30,
        "problems": 30,
    }
    return wide.get(head, max(12, len(head) + 3))
