"""Whatever is done to letters, reader and decisions, in whatever order: every decision has one state, and none is lost."""

from __future__ import annotations

import copy
import hashlib
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from foi_lib.corrections import COLUMNS, Corrections, Decision, append, decide, read_corrections
from foi_lib.decision import context, same_reading
from foi_lib.grounds import stands
from foi_lib.request import load_request
from foi_lib.schema import STATES
from foi_lib.settle import CONFLICT, apply

SLUGS = ("ada-council", "bode-council")
WHOSE = [{"request": "r", "authority": slug.replace("-", " ").title(), "authority_code": slug[:1].upper(), "slug": slug} for slug in SLUGS]
YEARS = ("2021", "2022")
QUESTIONS = ("1", "2")


def asked(label: str, measure: str) -> dict[str, Any]:
    return {"question_text": f"question {label}", "measure": measure or "breach_count", "kind": "count", "unit": "count"}


class World:
    """Letters in files, a reader that can be exchanged, and the decisions of people who saw what stood at the time."""

    def __init__(self) -> None:
        self.files: dict[str, tuple[str, str]] = {f"{slug}.txt": (slug, self.letter(slug)) for slug in SLUGS}
        self.reader = 0
        self.made: list[Decision] = []

    @staticmethod
    def letter(slug: str) -> str:
        lines = [f"Q{q} {year}: {len(slug) + int(q) * 10 + n}" for q in QUESTIONS for n, year in enumerate(YEARS)]
        return "\n".join([f"From {slug}", *lines, "Yours"])

    def read(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """Rows and texts. Readers: 0 plain; 1 takes the whole line as the quote; 2 misses 2022; 3 gives no period; 4 reads one too many;
        5 calls the measure another."""
        rows: list[dict[str, Any]] = []
        texts = [
            {"file": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "slug": slug, "text": text, "pages": "[]"}
            for name, (slug, text) in sorted(self.files.items())
        ]
        for body in WHOSE:
            for one in texts:
                if one["slug"] == body["slug"]:
                    rows += self.letter_rows(body, one)
        return rows, texts

    def letter_rows(self, body: dict[str, Any], one: dict[str, Any]) -> list[dict[str, Any]]:
        rows = []
        for q in QUESTIONS:
            hits = list(re.finditer(rf"^Q{q} (\d{{4}}): (\S+)$", one["text"], re.M))
            hits = [hit for hit in hits if not (self.reader == 2 and hit[1] == "2022")]
            for hit in hits:
                value = float(hit[2]) + (self.reader == 4) if hit[2].isdigit() else None
                part = 0 if self.reader == 1 else 2
                dated = self.reader != 3
                rows.append(self.row(body, q, one) | {
                    "measure": "incident_count" if self.reader == 5 else "breach_count", "quote": hit[part], "start": hit.start(part),
                    "end": hit.end(part), "period_start": f"{hit[1]}-01-01" if dated else None, "value": value, "low": value, "high": value,
                    "period_end": f"{hit[1]}-12-31" if dated else None, "outcome": "withheld" if value is None else "disclosed",
                    "unit": None if value is None else "count",
                })  # fmt: skip
            if not hits:
                rows.append(self.row(body, q, one) | {"outcome": "unanswered", "quote": ""})
        return rows

    @staticmethod
    def row(body: dict[str, Any], question: str, one: dict[str, Any]) -> dict[str, Any]:
        names = "breakdown period_start period_end value low high unit qualifier start end page"
        empty = dict.fromkeys(names.split())
        return {**body, **empty, "question": question, "kind": "count", "measure": "breach_count", "file": one["file"],
                "sha256": one["sha256"], "source": "letter", "provisions": [], "needs_review": False, "review_reasons": []}  # fmt: skip

    def settled(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rows, texts = self.read()
        return apply(rows, Corrections([replace(one, line=n + 2) for n, one in enumerate(self.made)]), texts, WHOSE, asked)


DECIDING = st.tuples(st.sampled_from(["confirm", "correct", "reject", "exclude"]), st.integers(0, 11), st.sampled_from([6.0, 12.0, 99.0]))
OPERATIONS = st.one_of(
    DECIDING,
    DECIDING,
    st.tuples(st.just("reader"), st.integers(0, 5)),
    st.tuples(st.just("rename"), st.integers(0, 3), st.integers(0, 3)),
    st.tuples(st.just("delete"), st.integers(0, 3)),
    st.tuples(st.just("figure"), st.integers(0, 3), st.integers(0, 3), st.sampled_from(["6", "17", "s31", "12"])),
    st.tuples(st.just("drop line"), st.integers(0, 3), st.integers(0, 5)),
    st.tuples(st.just("head"), st.integers(0, 3)),
    st.tuples(st.just("new letter"), st.sampled_from(SLUGS), st.integers(0, 3)),
    st.tuples(st.just("add"), st.sampled_from(SLUGS), st.sampled_from(QUESTIONS), st.sampled_from(["2021", "2023"]), st.booleans()),
    st.tuples(st.just("again"), st.integers(0, 5)),
    st.tuples(st.just("stranger"), st.just(0)),
)


def do(world: World, operation: tuple[Any, ...], day: int) -> None:
    what, *how = operation
    names = sorted(world.files)
    name = names[how[0] % len(names)] if names and isinstance(how[0], int) else None
    when = f"2024-{1 + day // 28:02d}-{1 + day % 28:02d}"
    if what == "reader":
        world.reader = how[0]
    elif what in ("rename", "delete", "figure", "drop line", "head") and name:
        slug, text = world.files.pop(name)
        if what == "rename":
            name = f"{how[1]}-{name}"
        elif what == "figure":
            lines = [n for n, line in enumerate(text.split("\n")) if line.startswith("Q")]
            text = "\n".join(
                re.sub(r": .*", f": {how[2]}", line) if lines and n == lines[how[1] % len(lines)] else line
                for n, line in enumerate(text.split("\n"))
            )
        elif what == "drop line":
            text = "\n".join(line for n, line in enumerate(text.split("\n")) if n != how[1])
        elif what == "head":
            text = f"Our reference: {day}\n{text}"
        if what != "delete":
            world.files[name] = (slug, text)
    elif what == "new letter":
        world.files[f"{how[0]}-{how[1]}.txt"] = (how[0], World.letter(how[0] + "x" * how[1]))
    elif what == "add":
        slug, question, year, quoted = how
        mine = [text for owner, text in world.files.values() if owner == slug]
        text = mine[0] if mine and quoted else None
        sha = hashlib.sha256(text.encode()).hexdigest() if text else ""
        mark = context(text, 0, 4) if text else ""
        name, quote = slug.replace("-", " ").title(), "From" if text else ""
        world.made.append(Decision(
            "add", name, question, "breach_count", f"{year}-01-01 to {year}-12-31", "", sha, quote, mark, None, None, None, None,
            "disclosed", 50.0, 50.0, 50.0, None, "a note", "AB", when,
        ))  # fmt: skip
    elif what == "again" and world.made:
        world.made.append(world.made[how[0] % len(world.made)])  # a line copied by mistake
    elif what == "stranger":
        world.made.append(Decision("confirm", "Nowhere Council", "1", who="AB", when=when))
    elif what in ("confirm", "correct", "reject", "exclude"):
        rows, texts = world.settled()[0], {one["file"]: one["text"] for one in world.read()[1]}
        if rows:
            row = rows[how[0] % len(rows)]
            said = {"outcome": "disclosed", "value": how[1]} if what == "correct" else {}
            world.made.append(decide(row, what, "AB", when, texts.get(str(row.get("file"))), why="because", **said))


@settings(max_examples=120)
@given(st.lists(DECIDING, max_size=2).flatmap(lambda first: st.lists(OPERATIONS, max_size=12).map(lambda rest: first + rest)))
@example([("correct", 6, 99.0), ("confirm", 0, 6.0), ("reader", 5), ("exclude", 3, 12.0), ("reject", 4, 12.0), ("reader", 0)])
def test_every_decision_has_one_state_and_none_is_lost(operations: list[tuple[Any, ...]]) -> None:
    world = World()
    for day, operation in enumerate(operations):
        do(world, operation, day)
        check(world)


def check(world: World) -> None:
    read, texts = world.read()
    before = copy.deepcopy(read)
    answers, table = world.settled()
    assert read == before, "what was passed in was altered"
    assert world.settled() == (answers, table), "twice is not the same"
    assert [told["line"] for told in table] == [n + 2 for n in range(len(world.made))], "a decision is lost, or told twice"
    assert len({told["decision_id"] for told in table}) == len(table)
    assert len({row["answer_id"] for row in answers}) == len(answers)
    rows = {row["answer_id"]: row for row in answers}
    hashes = {one["sha256"] for one in texts}
    lines = {context(one["text"], at.start(), at.end()) for one in texts for at in re.finditer(r".+", one["text"])}
    for told, made in zip(table, world.made, strict=True):
        assert told["state"] in STATES and told["state"] != "unusable"
        row = rows.get(told.get("answer_id"))
        if told["state"] in ("applied", "conflict"):
            assert row is not None
        if told["state"] == "conflict":
            assert row["needs_review"] and CONFLICT in row["review_reasons"]
        if told["state"] == "applied":
            unchanged = made.sha256 in hashes or made.context in lines or (made.decision == "add" and not made.sha256)
            assert unchanged, "applied, though its words are no longer there"
            assert row["decision"] == made.decision and row["decision_id"] == told["decision_id"]
            if made.decision in ("correct", "add", "confirm"):
                assert same_reading(stands(row), made.person)
            if made.decision == "reject":
                assert row["outcome"] == "unanswered" and row["value"] is None
    # what the program read is all there, silence aside, with its own reading beside whatever a person made of it
    kept = {(row["file"], row["start"]): row for row in answers if row.get("machine_outcome") and row.get("start") is not None}
    for row in read:
        if row["outcome"] != "unanswered":
            same = kept[row["file"], row["start"]]
            assert (same["machine_outcome"], same["machine_value"]) == (row["outcome"], row["value"])
    for row in answers:
        assert ("decision_id" in row) == bool(row.get("decision")), "a decision that stands names itself"
        if row["source"] == "letter" and not row.get("decision"):
            assert stands(row) == (row["machine_outcome"], row["machine_value"], row["machine_low"], row["machine_high"])


def one(text: str, quote: str, year: str | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """A row read from `quote` in `text`, and the text's own row."""
    file = {"file": "a.txt", "sha256": hashlib.sha256(text.encode()).hexdigest(), "slug": SLUGS[0], "text": text, "pages": "[]"}
    start = text.index(quote)
    figure = {"outcome": "disclosed", "value": float(quote), "low": float(quote), "high": float(quote), "unit": "count"}
    days = {"period_start": f"{year}-01-01", "period_end": f"{year}-12-31"} if year else {}
    place = {"quote": quote, "start": start, "end": start + len(quote)}
    return World.row(WHOSE[0], "1", file) | figure | days | place, file


# a correction (6, corrected to 8) was made on the first; what it becomes where the second is there instead
EVIDENCE = [
    ("All: 6", None, "All: 6\n\nYours", None, "applied", "another file, the same line"),
    ("All: 6", None, "Schools: 6", None, "conflict", "the same figure in another line"),
    ("All: 6", None, "All: 6\nYours", "2021", "applied", "a better reader, or letter, gives it a year"),
    ("All: 6", None, "Schools: 6", "2021", "without_object", "the same figure, of another line and year"),
    ("All: 6", "2021", "All: 6\nYours", "2022", "conflict", "the same words, read for another year"),
    ("All: 6", "2021", "All: 6\nYours", None, "conflict", "the same words, and no year any more"),
]  # fmt: skip


@pytest.mark.parametrize(("then", "year", "now", "later", "state"), [e[:5] for e in EVIDENCE], ids=[e[5] for e in EVIDENCE])
def test_which_words_are_the_same(then: str, year: str | None, now: str, later: str | None, state: str) -> None:
    row, file = one(then, "6", year)
    made = decide(row, "correct", "AB", "2024-03-01", file["text"], outcome="disclosed", value=8.0)
    row, file = one(now, "6", later)
    answers, (told,) = apply([row], Corrections([made]), [file], WHOSE, asked)
    assert told["state"] == state
    assert [answer["value"] for answer in answers] == ([8.0] if state == "applied" else [6.0])


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40).map(lambda t: " ".join(t.split()))
FIGURE = st.none() | st.floats(0, 1e9, allow_nan=False).map(lambda x: round(x, 2))


@given(
    st.sampled_from(["confirm", "correct", "add", "reject", "exclude"]), TEXT, TEXT.filter(bool), TEXT.filter(bool), FIGURE,
    st.sampled_from(["", "unstated", "2021-04-01 to 2022-03-31", "2024-01-01 to", "to 2024-01-01"]),
)  # fmt: skip
@settings(max_examples=150)
def test_what_is_appended_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, what: str, quote: str, why: str, who: str, value: float | None, period: str
) -> None:
    folder = tmp_path_factory.mktemp("r")
    (folder / "request.yaml").write_text(
        "title: t\nas_of: 2024-06-30\nquestions: [{label: '1.10', text: x, measure: breach_count}]\n", encoding="utf-8"
    )
    said = (None, None, None, None)
    if what in ("correct", "add") or (what == "confirm" and value is not None):
        said = ("disclosed", value, value, value) if value else ("suppressed", None, 1.0, 4.0)
    period = period or ("unstated" if what == "add" else "")
    made = Decision(
        what, "Rutland County Council", "1.10", "breach_count", period, quote, "a" * 64, quote, "w12", "suppressed",
        None, 2.0, None, *said, None, why, who, "2024-03-01T10:20",
    )  # fmt: skip
    name = append(folder, made)
    found = read_corrections(load_request(folder))
    assert found.problems == [] and [one.decision_id for one in found.decisions] == [name]
    assert found.decisions == [made]
    assert set(made.cells()) == set(COLUMNS)


def test_the_file_lies_where_the_program_may_write(tmp_path: Path) -> None:
    assert append(tmp_path, Decision("confirm", "A", "1", who="AB", when="2024-03-01")).startswith("d")
    assert [path.name for path in tmp_path.iterdir()] == ["corrections.csv"]  # no lock or scratch file left in data/raw
