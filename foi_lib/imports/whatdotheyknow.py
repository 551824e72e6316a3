"""`foi import whatdotheyknow`: a batch download becomes a request folder, or brings what is new to one.

Messages go to letters/<body>/<when sent>/ as they lie in the download; `correspondence.csv` says whose each folder is and what the site
says of it; `request.yaml` is made once, from the message that was sent. What is there already is never written again.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from foi_lib.correspondence import COLUMNS, FILE, Correspondent, read_correspondence
from foi_lib.csv_rows import safe_cell
from foi_lib.documents.text import decode
from foi_lib.errors import FoiError
from foi_lib.imports.asking import Asked, find_questions, request_yaml
from foi_lib.imports.batch import Batch, BatchRequest, read_batch
from foi_lib.imports.folder import put, put_new, request_folder
from foi_lib.paths import shown
from foi_lib.reference import Authority, authority, find_authority, load_authorities, slug


@dataclass(slots=True)
class Imported:
    """What an import did, for the person who called it. `notes`: what they should know; `problems`: what could not be brought in."""

    folder: Path
    made: bool = False  # the request is new
    requests: int = 0
    replied: int = 0  # those that something came back from
    new: int = 0  # files
    same: int = 0
    questions: list[Asked] = field(default_factory=list)  # of a request.yaml that was made now
    notes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def import_batch(path: Path, raw: Path, name: str = "", progress: Callable[[str, int, int], None] | None = None) -> Imported:
    """Bring a batch into raw/<name> (by default named after the batch). Errors: no batch, or a name that cannot be a folder."""
    batch = read_batch(path)
    folder = request_folder(name or _name(batch, path), raw)
    done = Imported(folder, not (folder / "request.yaml").is_file(), len(batch.requests), problems=list(batch.problems))
    known, problems = read_correspondence(folder)
    if problems:
        raise FoiError(f"{shown(folder / FILE)}: {problems[0]}; mend it before you bring in more")
    rows = _Rows(folder, known, batch)
    for n, request in enumerate(batch.requests):
        if progress:
            progress(request.name, n, len(batch.requests))
        one = rows.of(request)
        done.replied += any(file.name.startswith("incoming_") for files in request.messages.values() for file in files)
        _bring(request, folder / "letters" / one.folder, done)
    rows.write(done)
    if done.made:
        _make_request(batch, rows, done)
    else:
        done.notes.append(f"request.yaml was left as it is; its as_of is yours to move (the download is of {batch.seen_on})")
    return done


def _name(batch: Batch, path: Path) -> str:
    """The request's folder, by the batch's title. A folder that is named after the download's own file would differ each time."""
    if not batch.title:
        raise FoiError(f"{path}: it does not say what the batch is called: give --request NAME")
    return slug(batch.title)[:80].strip("-")


def _bring(request: BatchRequest, folder: Path, done: Imported) -> None:
    """The request's messages that are not there yet."""
    for stamp, files in sorted(request.messages.items()):
        for file in files:
            place = folder / stamp / file.name
            try:
                became = put_new(place, file.read())
            except FoiError as error:
                done.problems.append(str(error))
                continue
            done.new += became == "new"
            done.same += became == "same"
            if became == "differs":
                done.problems.append(f"{shown(place)}: not the same as in the download; yours was kept")


class _Rows:
    """correspondence.csv: the rows there are, and those that this download adds."""

    def __init__(self, folder: Path, known: tuple[Correspondent, ...], batch: Batch) -> None:
        self.folder, self.batch = folder, batch
        self.known = {one.key: one for one in known}
        self.own = load_authorities(folder / "authorities.csv") if (folder / "authorities.csv").is_file() else ()
        self.unknown: list[str] = []  # bodies of no register
        self.doubtful: list[str] = []
        self.new: list[Correspondent] = []

    def of(self, request: BatchRequest) -> Correspondent:
        """The request's row as it is now: whose it is stays as it was first found, or as a person has put it since."""
        key = request.url or f"{self._folder_for(request)}|{request.name}"
        before = self.known.get(key)
        if before and (request.status, request.replies) == (before.status, before.replies):
            return before
        if before and self.batch.seen_on < before.seen_on:
            return before  # an older download than the one that was brought in last
        if before:
            words = (before.folder, before.authority, before.authority_code, before.name_on_site)
        else:
            body = self._whose(request)
            words = (self._folder_for(request), body.name if body else "", body.code if body else "", request.name)
        row = Correspondent(*words, request.url, request.status, request.replies, self.batch.seen_on)
        self.new.append(row)
        self.known[row.key] = row
        return row

    def _folder_for(self, request: BatchRequest) -> str:
        body = self._whose(request)
        return slug(body.name if body else request.name)[:100]

    def _whose(self, request: BatchRequest) -> Authority | None:
        """The body that the site's name means beyond doubt, as things stood when the request was sent."""
        sent = next((stamp[:10] for stamp, _ in request.outgoing()), None)
        match = find_authority(request.name, on=sent, extra=self.own)
        if match and match.code and match.certainty == "certain":
            return self._body(match.code)
        if match is None and request.name not in self.unknown:
            self.unknown.append(request.name)
        elif match is not None:
            names = " or ".join(self._body(code).name for code in match.candidates[:3])
            line = f"{request.name!r} is not certain ({names}?): write the name under authority in {FILE}"
            if line not in self.doubtful:
                self.doubtful.append(line)
        return Authority(f"LOCAL-{slug(request.name)}", request.name) if match is None else None

    def _body(self, code: str) -> Authority:
        return next((body for body in self.own if body.code == code), None) or authority(code)

    def write(self, done: Imported) -> None:
        """Append the new rows, and the bodies that are in no register to authorities.csv, so that their replies have an owner."""
        if self.unknown:
            have = {body.code for body in self.own}
            rows = [[f"LOCAL-{slug(name)}", name] for name in self.unknown if f"LOCAL-{slug(name)}" not in have]
            _append(self.folder / "authorities.csv", ("code", "name"), rows)
            some = ", ".join(self.unknown[:5]) + (" …" if len(self.unknown) > 5 else "")
            done.notes.append(f"{len(self.unknown)} in no register, added to authorities.csv (see whether that is right): {some}")
        done.notes += self.doubtful
        _append(self.folder / FILE, COLUMNS, [[getattr(row, column) for column in COLUMNS] for row in self.new])


def _append(path: Path, columns: tuple[str, ...], rows: list[list[str]]) -> None:
    """Rows at the end of a CSV, in the columns that it has. What stands in it stays, byte for byte."""
    if not rows:
        return
    old = path.read_bytes() if path.is_file() else b""
    header = next(csv.reader(io.StringIO(old.decode("utf-8-sig"), newline="")), None) if old.strip() else None
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n" if b"\r\n" in old else "\n")
    if header is None:
        writer.writerow(columns)
        old = b""
    order = [name.strip().lower() for name in header or columns]
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        writer.writerow([safe_cell(cells.get(name, "")) for name in order])
    gap = b"" if not old or old.endswith(b"\n") else b"\n"
    put(path, old + gap + out.getvalue().encode())


def _make_request(batch: Batch, rows: _Rows, done: Imported) -> None:
    """request.yaml, from the first message of most requests."""
    first = [next(request.outgoing(), None) for request in batch.requests]
    texts: list[tuple[str, str]] = []
    for one in first:
        if one:
            try:
                texts.append((one[0][:10], decode(one[1].read())[0]))
            except FoiError:
                continue  # told already
    asked = [(tuple((q.label, q.text) for q in found), found) for found in (find_questions(text) for _, text in texts) if found]
    most = Counter(words for words, _ in asked).most_common(1)
    questions = next((found for words, found in asked if most and words == most[0][0]), [])
    if not questions:
        done.notes.append("no question was found in the messages sent: write them into request.yaml in place of the one that stands there")
    others = sum(words != most[0][0] for words, _ in asked) if most else 0
    if others:
        done.notes.append(f"{others} of the {len(asked)} requests were worded otherwise; request.yaml has the questions of the others")
    done.questions = questions
    days = sorted({day for day, _ in texts})
    title = " ".join(batch.title.replace("_", " ").replace("-", " ").split()).capitalize() or done.folder.name
    text = request_yaml(
        done.folder.name, f"Made from a batch of WhatDoTheyKnow Pro of {batch.seen_on}. Change what you like: it is never written again.",
        title, max([batch.seen_on, *days]), questions or [Asked("1", "What did you ask?")], sent_on=days[0] if days else "",
        authorities=f"# authorities: not needed here. Everyone in {FILE} was asked; list further bodies under this key.",
    )  # fmt: skip
    put(done.folder / "request.yaml", text.encode())
