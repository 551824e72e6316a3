"""`foi import sheet`: a tracker becomes rows of answers.csv. What people keyed is never written over: new rows are added at its end,
and where the sheet says something else than what is keyed, that is told."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from foi_lib.csv_rows import plain_cell, read_rows, safe_cell
from foi_lib.errors import FoiError
from foi_lib.imports.asking import quoted, request_yaml
from foi_lib.imports.cells import read_cells
from foi_lib.imports.columns import Column, Layout, split_label, understand_sheet
from foi_lib.imports.folder import put, request_folder
from foi_lib.keyed import ANSWER_COLUMNS
from foi_lib.letters.dates import day_in
from foi_lib.letters.model import OUTCOMES
from foi_lib.letters.periods import find_periods
from foi_lib.paths import shown
from foi_lib.period_names import spell
from foi_lib.reference import Authority, authority, find_authority, find_provisions, load_authorities, slug
from foi_lib.request import Request, load_request, plain_label

_NO_BODY = re.compile(r"(?:grand |sub)?-?totals?|averages?|mean|median|sum|count|all(?: councils)?|n\s?=.*", re.IGNORECASE)
# what people write where no answer has come: it is no answer, and "no response" is no nil
_NOTHING = re.compile(
    r"(?:still )?(?:no|not|none|awaiting|waiting|await|chas\w+|pending|outstanding|overdue|late|due|delayed|did not|didn't|hasn't)\b"
    r"(?: (?:a|any|yet|for|the|has|been))*(?: ?(?:response|reply|replied|respond\w*|answer\w*|received|chased|back|them))?"
    r"(?: (?:yet|received|so far|to date))*\W*"
    r"|t\.?b\.?[cd]\.?|n/?r|[-–—?.…]+",
    re.IGNORECASE,
)
_BARE_NO = re.compile(r"(?:no|not|none|no any)\W*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between )?£?(\d{1,3}(?:,\d{3})+|\d+) ?(?:-|–|to|and) ?£?(\d{1,3}(?:,\d{3})+|\d+)", re.IGNORECASE)
_OUTCOMES = {
    "refused": "withheld", "exempt": "withheld", "refused in full": "withheld", "fully refused": "withheld",
    "part refused": "partly_withheld", "partially refused": "partly_withheld", "partial": "partly_withheld",
    "partially disclosed": "partly_withheld", "part disclosed": "partly_withheld",
    "information not held": "not_held", "not held": "not_held", "no information held": "not_held", "ncnd": "neither_confirmed_nor_denied",
    "neither confirm nor deny": "neither_confirmed_nor_denied", "cost": "cost_limit", "over cost limit": "cost_limit",
    "vexatious": "vexatious_or_repeated", "clarification": "clarification_sought", "n/a": "not_applicable",
}  # fmt: skip


@dataclass(slots=True)
class SheetImported:
    """What was understood and done. `problems`: what could not be brought in, and what differs from what is keyed, a line each."""

    folder: Path
    layouts: list[Layout] = field(default_factory=list)
    made: bool = False  # the request is new
    added: int = 0
    same: int = 0
    councils: int = 0
    nothing: list[str] = field(default_factory=list)  # cells that say that no answer has come
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def import_sheet(path: Path, raw: Path, name: str = "", as_of: str = "", dry: bool = False) -> SheetImported:
    """Bring a tracker into raw/<name> (by default named after the file). `as_of`: for a request that is made. `dry`: write nothing."""
    sheets, problems = read_cells(path)
    folder = request_folder(name or slug(path.stem)[:80].strip("-"), raw)
    request = load_request(folder) if (folder / "request.yaml").is_file() else None
    own = request.own_authorities if request else _own(folder)
    done = SheetImported(folder, made=request is None, problems=[f"{path.name}: {problem}" for problem in problems])
    for sheet in sheets:
        layout = understand_sheet(sheet, request.questions if request else (), request is not None, own)
        if layout and not (done.layouts and request is None):
            done.layouts.append(layout)
        elif len(sheets) > 1:
            why = "a second one makes no request" if layout else "no column of councils with answers beside it"
            done.notes.append(f"sheet {sheet.name!r} was not read: {why}")
    if not done.layouts:
        known = "; its questions must be those of request.yaml" if request else ""
        raise FoiError(
            f"{path}: no row of headings was found with a column for the council and one or more for answers (such as Council, Q1, Q2,"
            f" or Council, Question, Answer){known}"
        )
    rows = [row for layout in done.layouts for row in _rows(layout, path.name, request, own, done)]
    if not dry:
        _write(folder, rows, request, own, done)
        if done.made:
            _make_request(path, done, rows, as_of, own)
    return done


def _own(folder: Path) -> tuple[Authority, ...]:
    return load_authorities(folder / "authorities.csv") if (folder / "authorities.csv").is_file() else ()


def _rows(layout: Layout, file: str, request: Request | None, own: tuple[Authority, ...], done: SheetImported) -> Iterator[dict[str, str]]:
    """Rows of answers.csv, in the sheet's order."""
    sheet, whose, code = layout.sheet, layout.of("authority"), layout.of("authority_code")
    assert whose
    if sheet.hidden:
        done.notes.append(f"hidden in the file, and read all the same: {sheet.hidden}")
    councils, empty, last = set[str](), 0, ""
    for number in [row for row in sheet.rows if row > layout.header]:
        cells = sheet.row(number)
        named = cells.get(whose.number, "") or (last if layout.long else "")
        if not named or _NO_BODY.fullmatch(named):
            done.notes.append(f"{sheet.place(number, whose.number)}: {named or 'no council'}: a row of no council, not read")
            continue
        last = named
        body = _body(named, own)
        if isinstance(body, str) and code and (coded := cells.get(code.number)) and isinstance(_body(coded, own), Authority):
            body = _body(coded, own)
        if isinstance(body, str):
            done.problems.append(f"{file}, {sheet.place(number, whose.number)}: {named!r} is not known for certain{body}")
            continue
        councils.add(body.code)
        found = list(_of_row(layout, number, cells, file, request, done))
        empty += not found
        for row in found:
            yield {"authority": body.name, **row}
    done.councils += len(councils)
    if done.nothing:
        some = ", ".join(repr(words) for words in dict.fromkeys(done.nothing[:3]))
        done.notes.append(f"{len(done.nothing)} cell(s) say that no answer has come ({some}): not read as answers")
    if empty:
        done.notes.append(f"{empty} row(s) without any answer")


def _body(name: str, own: tuple[Authority, ...]) -> Authority | str:
    """The body of that name, or what to do about it."""
    match = find_authority(name, extra=own)
    codes = {body.code: body for body in own}
    if name in codes:
        return codes[name]
    if match and match.code and match.certainty == "certain":
        return codes.get(match.code) or authority(match.code)
    some = " or ".join((codes.get(code) or authority(code)).name for code in (match.candidates if match else ())[:3])
    return f" ({some}?): write the full name in the sheet" if some else ": write the full name in the sheet, or add it to authorities.csv"


def _of_row(
    layout: Layout, number: int, cells: dict[int, str], file: str, request: Request | None, done: SheetImported
) -> Iterator[dict[str, str]]:
    """The answers of one row of the sheet."""
    shared: dict[str, str] = {}
    for column in layout.columns:
        words = cells.get(column.number, "")
        if words and column.role not in ("", "answers", "authority", "authority_code", "question"):
            regime = request.regime if request else "FOIA"
            shared |= _cell(column, words, f"{file}, {layout.sheet.place(number, column.number)}", regime, done)
    if not layout.long:
        for column in layout.columns:
            words = cells.get(column.number, "")
            if column.role == "answers" and words and _is_nothing(words):
                done.nothing.append(words)
            elif column.role == "answers" and words:
                where = f"{file}, {layout.sheet.place(number, column.number)}"
                period = column.period or shared.get("period", "")
                yield {**shared, "question": column.question, "period": period, **_answer(words), "source_note": where}
                shared.pop("note", None)  # it is the council's, and stands once
        return
    question = layout.of("question")
    assert question
    put_to = cells.get(question.number, "")
    label = _label(put_to, layout, request)
    where = f"{file}, {layout.sheet.place(number, question.number)}"
    if _is_nothing(shared.get("answer", "")):
        done.nothing.append(shared.pop("answer"))
    if not any(shared.get(name) for name in ("answer", "value", "low", "outcome")):
        if put_to and not done.nothing:
            done.notes.append(f"{where}: no answer beside the question; not read")
        return
    if not label:
        done.problems.append(f"{where}: {put_to!r} is no question of request.yaml: write its label" if put_to else f"{where}: no question")
        return
    noted = [shared.pop("source_note", ""), where]
    yield {"question": label, **shared, "source_note": "; ".join(one for one in noted if one)}


def _label(words: str, layout: Layout, request: Request | None) -> str:
    """Which question a cell names: by its label, or by its words."""
    label, text = split_label(words)
    if request is None:
        return next((one.label for one in layout.found if (one.label == label if label else one.text == text)), "")
    found = request.question(words) or (request.question(label) if label else None)
    same = [one.label for one in request.questions if one.text.casefold().split() == text.casefold().split()]
    return found.label if found else same[0] if len(same) == 1 else ""


def _cell(column: Column, words: str, where: str, regime: str, done: SheetImported) -> dict[str, str]:
    """A cell as answers.csv takes it; what cannot be taken becomes a note, so that it is not lost."""
    if column.role in ("received_on", "responded_on"):
        day = day_in(words)
        if not day:
            done.notes.append(f"{where}: {words!r} is no date; not read")
        return {column.role: day} if day else {}
    if column.role == "outcome":
        plain = " ".join(words.lower().replace("_", " ").split())
        outcome = _OUTCOMES.get(plain) or plain.replace(" ", "_")
        if outcome in ("disclosed", "nil", "suppressed"):  # the figure says so itself
            return {}
        return {"outcome": outcome} if outcome in OUTCOMES else {"note": f"{column.heading}: {words}"}
    if column.role == "provisions":
        cited = dict.fromkeys(str(one) for one in find_provisions(words, regime) if one.exists and not one.supporting)
        return {"provisions": "; ".join(cited)} if cited else {"note": f"{column.heading}: {words}"}
    if column.role == "period":
        found = [period for period in find_periods(words) if period.start and period.end]
        if len(found) != 1:
            done.problems.append(f"{where}: {words!r} is not one period; write 2021/22, 2021 or a first and last day")
        return {"period": spell(found[0].start, found[0].end).name} if len(found) == 1 else {"note": f"{column.heading}: {words}"}
    if column.role == "source_url" and not re.match(r"https?://\S+$", words):
        return {"note": f"{column.heading}: {words}"}
    if column.role == "answer":
        return _answer(words)
    if column.role == "value" and not re.fullmatch(r"£?[\d,]+(?:\.\d+)?", words):
        return _answer(words)
    return {column.role: words}


def _is_nothing(words: str) -> bool:
    return _NOTHING.fullmatch(words) is not None and _BARE_NO.fullmatch(words) is None


def _answer(words: str) -> dict[str, str]:
    """An answer's words; "10 to 15" as the two bounds that it gives."""
    found = _BETWEEN.fullmatch(words)
    if found and not re.fullmatch(r"(?:19|20)\d\d\D.*", words) and int(found[1].replace(",", "")) < int(found[2].replace(",", "")):
        return {"outcome": "disclosed", "low": found[1], "high": found[2], "quote": words}
    return {"answer": words}


def _key(row: dict[str, str], own: tuple[Authority, ...]) -> tuple[str, ...]:
    body = _body(row.get("authority", "") or row.get("authority_code", ""), own)
    whose = body.code if isinstance(body, Authority) else row.get("authority", "")
    return (whose, plain_label(row.get("question", "")), *(row.get(name, "").casefold() for name in ("measure", "period", "breakdown")))


def _says(row: dict[str, str]) -> str:
    """What a row says, for comparing and for telling: its figure, else its words, else its outcome."""
    between = "-".join(row[name] for name in ("low", "high") if row.get(name))
    words = (row.get("value") or row.get("answer") or between or row.get("outcome") or "").strip()
    return words.replace(",", "").removeprefix("£").casefold() if re.fullmatch(r"£?[\d,]+(?:\.\d+)?", words) else words.casefold()


def _write(folder: Path, rows: list[dict[str, str]], request: Request | None, own: tuple[Authority, ...], done: SheetImported) -> None:
    """Add the rows that are new to answers.csv."""
    path = folder / "answers.csv"
    sheet = read_rows(path, ANSWER_COLUMNS, ("authority", "question"))
    if sheet.problems:
        raise FoiError(f"{shown(path)}: {sheet.problems[0]}; mend it before you bring in more")
    keyed = {_key(row.cells, own): _says({name: plain_cell(words) for name, words in row.cells.items()}) for row in sheet.rows}
    new: list[dict[str, str]] = []
    for row in rows:
        key, says = _key(row, own), _says(row)
        if key not in keyed:
            keyed[key] = says
            new.append(row)
        elif keyed[key] == says:
            done.same += 1
        else:
            period = f", {row['period']}" if row.get("period") else ""
            done.problems.append(
                f"{row['source_note']}: {row['authority']}, question {row['question']}{period}: the sheet has {says!r}, keyed is"
                f" {keyed[key]!r}; what is keyed was kept"
            )
    done.added = len(new)
    if new:
        put(path, _with_rows(path.read_bytes() if path.is_file() else b"", new))


def _with_rows(old: bytes, new: list[dict[str, str]]) -> bytes:
    """The file with the rows at its end. Columns that it has not got yet are added at its right; every cell stays what it was."""
    text = old.decode("utf-8-sig")
    there = list(csv.reader(io.StringIO(text, newline="")))
    header = [name.strip().lower() for name in there[0]] if there else []
    used = [name for name in ANSWER_COLUMNS if any(row.get(name) for row in new)]
    more = [name for name in used if name not in header]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if b"\r\n" in old else "\n")
    if there and more:
        writer.writerow([*there[0], *more])
        writer.writerows([*row, *[""] * (len(there[0]) - len(row) + len(more))] if any(row) else row for row in there[1:])
    elif there:
        out.write(text if text.endswith("\n") else f"{text}\n")
    else:
        writer.writerow(more)
    for row in new:
        writer.writerow([safe_cell(row.get(name, "")) for name in [*header, *more]])
    return (b"\xef\xbb\xbf" if old.startswith(b"\xef\xbb\xbf") else b"") + out.getvalue().encode()


def _make_request(path: Path, done: SheetImported, rows: list[dict[str, str]], as_of: str, own: tuple[Authority, ...]) -> None:
    """request.yaml for a tracker that belongs to no request yet."""
    layout = done.layouts[0]
    days = sorted({day for row in rows for name in ("received_on", "responded_on") if (day := row.get(name, ""))})
    sent = sorted({row["received_on"] for row in rows if row.get("received_on")})
    latest = max([as_of, *days]) if as_of or days else date.min.isoformat()
    for one in layout.found:
        periods = dict.fromkeys(row.get("period", "") for row in rows if row["question"] == one.label)
        one.periods = one.periods or [period for period in periods if period]
    asked_of = _asked_of(layout, own)
    authorities = "authorities:\n" + "".join(f"  - {quoted(name)}\n" for name in asked_of) if asked_of else "authorities: []\n"
    text = request_yaml(
        done.folder.name, f"Made from {path.name}. Change what you like: it is never written again.",
        " ".join(path.stem.replace("_", " ").replace("-", " ").split()).capitalize(), latest, layout.found,
        sent_on=sent[0] if len(sent) == 1 else "", authorities=authorities,
    )  # fmt: skip
    put(done.folder / "request.yaml", text.encode())


def _asked_of(layout: Layout, own: tuple[Authority, ...]) -> list[str]:
    """Every council of the sheet, those without an answer too."""
    whose = layout.of("authority")
    assert whose
    bodies = [_body(name, own) for name in layout.sheet.column(whose.number, layout.header) if not _NO_BODY.fullmatch(name)]
    return list(dict.fromkeys(body.name for body in bodies if isinstance(body, Authority)))
