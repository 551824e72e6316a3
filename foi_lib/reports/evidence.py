"""The evidence behind every row: that it is there, where it is, and what to say of it. A figure without it stops the build."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reports import words
from foi_lib.reports.clean import Evidence
from foi_lib.reports.marks import PageBreak
from foi_lib.reports.masks import masked, people
from foi_lib.reports.words import is_missing

# outcomes that say that there are no words: the question was put, and no answer was found
WORDLESS = frozenset({"unanswered"})
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class File:
    """One file of a response: its text, and where its pages begin."""

    name: str
    slug: str
    sha256: str
    text: str
    pages: tuple[PageBreak, ...] = ()


@dataclass
class Case:
    """A dataset with what the pages need beside it: files by name, rows by council, the people and places named in it."""

    data: Any
    personal_data: bool = False
    files: dict[str, File] = field(default_factory=dict)

    def __post_init__(self) -> None:
        texts = getattr(self.data, "texts", None)
        if not self.files and texts is not None:
            for row in texts.to_dict("records"):
                pages = () if is_missing(row.get("pages")) else _pages(str(row["pages"]))
                text = "" if is_missing(row["text"]) else str(row["text"])
                self.files[str(row["file"])] = File(str(row["file"]), str(row["slug"]), str(row.get("sha256")), text, pages)

    def rows(self, table: str, slug: str | None = None) -> list[dict[str, Any]]:
        """A table's rows as dicts, of one council or of all, in the table's order."""
        return self._tables[table].get(slug, []) if slug is not None else [r for rows in self._tables[table].values() for r in rows]

    @cached_property
    def _tables(self) -> dict[str, dict[Any, list[dict[str, Any]]]]:
        out: dict[str, dict[Any, list[dict[str, Any]]]] = {}
        for table in ("responses", "answers", "provisions", "incidents", "unread"):
            by_slug = out.setdefault(table, {})
            for row in getattr(self.data, table).to_dict("records"):
                by_slug.setdefault(str(row["slug"]), []).append(row)
        return out

    @cached_property
    def places(self) -> frozenset[str]:
        """Lower-case words of the bodies' names: a "name" made of these alone is a place."""
        names = " ".join(str(r["authority"]) for r in self.rows("responses") if not is_missing(r["authority"]))
        return frozenset(re.findall(r"[a-zà-ÿ'’-]+", names.lower()))

    @cached_property
    def people(self) -> frozenset[str]:
        """Full names that the rules find anywhere in this request's letters."""
        return frozenset(name for file in self.files.values() for name in people(file.text, self.places))

    def people_named(self) -> dict[str, set[str]]:
        """For each council, those of `people` who are named anywhere in its letters and rows."""
        by_first: dict[str, list[str]] = {}
        for name in self.people:
            by_first.setdefault(re.split(r"[^\w'’-]", name, maxsplit=1)[0], []).append(name)
        said: dict[str, list[str]] = {}
        for file in self.files.values():
            said.setdefault(file.slug, []).append(file.text)
        for table in self._tables.values():
            for slug, rows in table.items():
                said.setdefault(slug, []).extend(cell for row in rows for cell in row.values() if isinstance(cell, str))
        found = {}
        for slug, pieces in said.items():
            text = "\n".join(pieces)
            words = set(re.findall(r"[\w'’-]+", text)) & by_first.keys()
            found[slug] = {name for word in words for name in by_first[word] if name in text}
        return found

    def mask(self, text: Any) -> str:
        """`text` as the pages may show it: masked, unless this is the desk's own copy."""
        said = "" if is_missing(text) else str(text)
        if self.personal_data:
            return said
        if said not in self._masked:  # the same words stand on several pages
            self._masked[said] = masked(said, self.places, self.people)
        return self._masked[said]

    @cached_property
    def _masked(self) -> dict[str, str]:
        return {}

    def check(self) -> None:
        """Raise `FoiError` for the first row with a figure or an outcome and without the words, or the source, that it came from."""
        for row in self.rows("answers"):
            if reason := self._fault(row):
                raise FoiError(f"answers, row {row['answer_id']} ({_who(row)}): a figure with no evidence: {reason}")

    def _fault(self, row: Row) -> str | None:
        name = row.get("file")
        if row["source"] == "keyed" or (row["source"] == "correction" and is_missing(row.get("start"))):
            if not all(is_missing(row.get(c)) for c in ("source_note", "source_url", "quote")):
                return None
            return f"source is {row['source']}, and neither source_note, source_url nor quote says where it was found"
        if row["outcome"] in WORDLESS and is_missing(row.get("value")):
            return None
        if missing := [c for c in ("file", "start", "end", "quote") if is_missing(row.get(c))]:
            return f"no {', '.join(missing)}"
        start, end = int(row["start"]), int(row["end"])
        file = self.files.get(str(name))
        if file is None:
            return f"the text of {name} is not among the data's texts"
        if file.text[start:end] != row["quote"]:
            return f"the quote {_short(row['quote'], 40)!r} is not what stands in {name} at {start} to {end}"
        return None

    @cached_property
    def names(self) -> dict[str, str]:
        """What each council is called, by slug; a sender that is not known by its slug."""
        return {str(r["slug"]): str(r["slug"] if is_missing(r["authority"]) else r["authority"]) for r in self.rows("responses")}

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """Evidence by row name: answers, and incidents."""
        return _Evidence(self)

    @cached_property
    def conflicts(self) -> dict[str, dict[str, Any]]:
        """The decision in conflict about each answer that has one."""
        from foi_lib.analysis.decided import conflicts

        return conflicts(self.data.decisions)

    def beside(self, row: Row) -> str:
        """The other reading, where a person's and the program's differ: "program: 6"."""
        from foi_lib.analysis.decided import beside

        return self.mask(beside(row, self.conflicts.get(str(row["answer_id"]))))

    def both(self, row: Row) -> tuple[str, bool]:
        """The other reading, and whether it is of the same kind as the one that is shown."""
        from foi_lib.analysis.decided import same_outcome

        return self.beside(row), same_outcome(row, self.conflicts.get(str(row["answer_id"])))

    def decided(self, row: Row) -> str:
        """What a person decided about an answer, in a sentence."""
        from foi_lib.analysis.decided import told

        return self.mask(told(row, self.conflicts.get(str(row["answer_id"]))))

    def label(self, row: Row) -> str:
        """ "Rutland County Council, question 1, 2017: 6"."""
        when = words.period(row)
        said = words.figure(row) or words.outcome_words(row["outcome"])
        return f"{row['authority']}, question {row['question']}{', ' + when if when else ''}: {said}"

    def place(self, row: Row) -> str:
        """ "“6” – rutland.txt, page 1, 24 January 2018", for a link's title."""
        quote = row.get("quote") if "quote" in row else row.get("description")
        said = f"“{_short(self.mask(quote), 160)}”" if not is_missing(quote) else ""
        where = [] if is_missing(row.get("file")) else [str(row["file"])]
        where += [] if is_missing(row.get("page")) else [f"page {int(row['page'])}"]
        where += [self.mask(row["source_note"])] if not is_missing(row.get("source_note")) else []
        replied = next((r.get("responded_on") for r in self.rows("responses", str(row["slug"]))), None)
        where += [words.day(replied)] if where and not is_missing(replied) else []
        return " – ".join(part for part in (said, ", ".join(where)) if part) or "no words found: see the whole letter"


class _Evidence(Mapping[str, Evidence]):
    """Each made when it is first asked for: of thousands of rows a council's page leads to a few dozen."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._made: dict[str, Evidence] = {}
        self._rows = {str(row["answer_id"]): row for row in case.rows("answers")}
        self._rows |= {str(row["incident_id"]): row for row in case.rows("incidents")}

    def __getitem__(self, name: str) -> Evidence:
        if name not in self._made:
            case, row = self._case, self._rows[name]
            if "answer_id" in row:
                label, more = case.label(row), case.both(row)
            else:
                label, more = f"{row['authority']}: incident {words.day(row.get('date'))}", ("", False)
            self._made[name] = Evidence(str(row["slug"]), label, case.place(row), *more)
        return self._made[name]

    def __contains__(self, name: object) -> bool:
        return name in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def _who(row: Row) -> str:
    parts = [str(row["authority"]), f"question {row['question']}", words.period(row), f"{row['outcome']} {words.figure(row)}".strip()]
    return ", ".join(p for p in parts if p)


def _short(text: Any, most: int) -> str:
    said = re.sub(r"\s+", " ", str(text)).strip()
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def _pages(cell: str) -> tuple[PageBreak, ...]:
    """[[number, start, end, name], …] as JSON; one page alone is no page."""
    pages: Sequence[Sequence[Any]] = json.loads(cell)
    if len(pages) < 2:
        return ()
    return tuple(PageBreak(int(p[1]), str(p[3]) if len(p) > 3 and p[3] else f"Page {p[0]}") for p in pages)
