"""The example round robin: its councils exist nowhere, and its expected readings agree with its letters."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from foi_lib.documents import Document, read_documents, walk

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "data" / "raw" / "example-round-robin"
GOLDEN = ROOT / "tests" / "letters" / "golden" / "example"
LABELS = sorted(GOLDEN.glob("*.labels.json"))
TEXTS = ROOT / "scripts" / "example"
# what councils send (issue "Every format that councils send"); photos and TIFF are read as the scan is
FORMATS = {"docx", "doc", "rtf", "odt", "pdf", "html", "eml", "msg", "mbox", "zip", "txt", "xlsx", "xls", "ods", "csv"}


@pytest.fixture(scope="module")
def read() -> dict[Path, Document]:
    """Every file of the example, as it is read."""
    paths = sorted(path for path in EXAMPLE.glob("letters/**/*") if path.is_file())
    return dict(zip(paths, read_documents(paths), strict=True))


@pytest.fixture(scope="module")
def asked() -> dict:
    return yaml.safe_load((EXAMPLE / "request.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def councils() -> list[dict[str, str]]:
    with (EXAMPLE / "authorities.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_no_council_of_the_register_is_named(councils: list[dict[str, str]]) -> None:
    from foi_lib.reference import authorities

    real = {name.lower() for body in authorities() for name in (body.name, body.short_name, *body.aliases) if name}
    ours = {name.strip().lower() for row in councils for name in (row["name"], row["short_name"], *row["aliases"].split(";"))}
    assert len(real) > 300
    assert not ours & real


def test_everyone_asked_is_in_the_list_and_says_it_is_made_up(asked: dict, councils: list[dict[str, str]]) -> None:
    assert asked["fictional"] is True
    assert sorted(asked["authorities"]) == sorted(row["name"] for row in councils)
    assert {row["source"] for row in councils} == {"fictional"}
    assert {row["nation"] for row in councils} == {"England", "Wales", "Scotland", "Northern Ireland"}


def test_the_letters_are_what_the_script_makes_of_its_texts(tmp_path: Path) -> None:
    """Byte for byte, in each run and in each folder."""
    for name in ("one", "two"):
        subprocess.run([sys.executable, str(ROOT / "scripts" / "example.py"), str(tmp_path / name)], check=True, cwd=tmp_path)
    made, again, kept = ({p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
                         for folder in (tmp_path / "one", tmp_path / "two", EXAMPLE / "letters"))  # fmt: skip
    assert made == again
    assert {name for name in made | kept if made.get(name) != kept.get(name)} == set()


def test_every_format_is_among_them(read: dict[Path, Document]) -> None:
    """Every format, a letter of several pages, a scan, and an e-mail thread with attachments."""
    parts = [part for document in read.values() for part in walk(document)]
    assert {Path(part.path).suffix[1:] for part in parts} == FORMATS
    pdfs = [part for part in parts if part.media_type == "application/pdf"]
    assert max(len(part.pages) for part in pdfs) >= 3 and any(part.doubtful for part in pdfs) and not all(part.doubtful for part in pdfs)
    (thread,) = (document for document in read.values() if document.attachments and document.media_type == "message/rfc822")
    assert len(thread.attachments) == 4 and "quoted_message" in {piece.kind for piece in thread.furniture}
    assert {part.path.rpartition("/letters/")[2] for part in parts if part.problems} == {"netherfold-borough-council.zip/Our reply.pdf"}


def test_addresses_and_numbers_belong_to_nobody(read: dict[Path, Document]) -> None:
    """E-mail under .example (RFC 2606), telephone numbers that Ofcom keeps free for drama, no postcode area that is in use."""
    for path, text in ((part.path, part.text) for document in read.values() for part in walk(document)):
        assert all(mail.endswith(".example") for mail in re.findall(r"[\w.]+@[\w.]*\w", text)), path
        numbers = set(re.findall(r"\b0\d{2,4} \d{3,4} \d{3,4}\b|\b0\d{4} \d{6}\b", text)) - {"0303 123 1113"}  # the Commissioner's own
        assert all(re.match(r"01632 960|020 7946 0|0141 496 0", number) for number in numbers), (path, numbers)
        codes = set(re.findall(r"\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b", text)) - {"SK9 5AF", "CF10 2HH"}  # the Commissioner's own
        assert all(code.startswith("ZZ") for code in codes), (path, codes)


def test_every_readable_letter_has_an_expected_reading() -> None:
    read = {(GOLDEN / json.loads(path.read_text("utf-8"))["letter"]).resolve() for path in LABELS}
    written = {path.resolve() for path in EXAMPLE.glob("letters/**/*") if path.is_file() and path.suffix != ".zip"}
    assert read == written and len(written) == len(list(TEXTS.glob("*.txt")))


@pytest.mark.parametrize("path", LABELS, ids=lambda path: path.name.removesuffix(".labels.json"))
def test_labels_agree_with_their_letter(path: Path, asked: dict, read: dict[Path, Document]) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = read[(GOLDEN / gold["letter"]).resolve()].text
    questions = {q["label"]: q for q in asked["questions"]}
    assert gold["authority"].lower() in text.lower()
    for answer in gold["answers"]:
        assert answer["value_text"] in text, answer
        assert answer["question"] in questions
        start, end = answer["period_start"], answer["period_end"]
        assert start is None or end is None or date.fromisoformat(start) < date.fromisoformat(end)
        assert (answer["outcome"] == "nil") == (answer["value"] == 0), answer
    if gold.get("status") != "acknowledged":
        attached = set(gold.get("attached", []))  # answered by a file beside the letter
        assert {answer["question"] for answer in gold["answers"]} == set(questions) - attached


def test_the_table_of_kinds_adds_up() -> None:
    """Calderholt's table is held against its own totals, so that a slip in it is not taken for one of the reader's."""
    gold = json.loads((GOLDEN / "calderholt-metropolitan-borough-council.labels.json").read_text("utf-8"))
    cells = [a for a in gold["answers"] if a["question"] == "1"]
    for period in {a["period_start"] + a["period_end"] for a in cells}:
        column = [a for a in cells if a["period_start"] + a["period_end"] == period]
        assert sum(a["value"] for a in column if a.get("breakdown")) == sum(a["value"] for a in column if not a.get("breakdown"))
