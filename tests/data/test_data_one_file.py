"""`foi parse` of messages and archives: what is attached to them, or lies in them, is read too."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest
from documents.rows import xlsx
from PIL import Image
from typer.testing import CliRunner

from foi_lib.cli import app
from foi_lib.one_file import read_file
from foi_lib.request import load_request

REPLY = "Northmoor Borough Council\n\n12 June 2025\n\n1. How many data breaches were there in 2023/24?\n\nThere were 14 data breaches.\n"
REQUEST = """title: Breaches
as_of: 2025-08-31
sent_on: 2025-05-20
authorities: [Northmoor Borough Council]
questions:
  - {label: "1", text: How many data breaches were there in 2023/24?, measure: breach_count, period: financial 2023/24}
"""

AUTHORITIES = "code,name,tier,nation,source\nX1,Northmoor Borough Council,lower,England,fictional\n"


def message(path: Path, text: str, attached: dict[str, bytes]) -> Path:
    made = EmailMessage()
    made["From"], made["Subject"], made["Date"] = "FOI <foi@northmoor.example>", "Your request", "Thu, 12 Jun 2025 10:00:00 +0000"
    made.set_content(text)
    for name, data in attached.items():
        made.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    path.write_bytes(made.as_bytes())
    return path


def archive(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    return path


def picture() -> bytes:
    held = io.BytesIO()
    Image.new("L", (40, 40), 255).save(held, "PNG")
    return held.getvalue()


def parse(*words: str | Path) -> tuple[int, list[dict[str, object]], str]:
    """Exit code, every letter, and what was said: one object a file, what is attached inside it."""
    done = CliRunner().invoke(app, ["parse", "--json", *map(str, words)])
    objects = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(objects) == len(words)
    return done.exit_code, [letter for one in objects for letter in (one, *one.pop("attachments", []))], done.stderr


def test_what_is_attached_to_a_message_follows_it(tmp_path: Path) -> None:
    code, read, said = parse(message(tmp_path / "m.eml", "Please see attached.\n", {"reply.txt": REPLY.encode(), "logo.png": picture()}))
    assert (code, said) == (0, "")
    assert [letter["file"] for letter in read] == ["m.eml", "m.eml/reply.txt"]  # the logo says nothing
    assert [answer["value"] for answer in read[1]["answers"]] == [14]  # type: ignore[attr-defined]
    code, read, _ = parse(archive(tmp_path / "w.zip", {"a/one.txt": REPLY.encode(), "two.eml": (tmp_path / "m.eml").read_bytes()}))
    assert code == 0 and [letter["file"] for letter in read] == ["w.zip/one.txt", "w.zip/two.eml", "w.zip/two.eml/reply.txt"]


def test_an_attachment_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    code, read, said = parse(message(tmp_path / "m.eml", REPLY, {"reply.pdf": b"%PDF-1.7 broken"}))
    assert code == 1 and [bool(letter["problems"]) for letter in read] == [False, True]
    assert said.count("\n") == 1 and said.startswith("foi: m.eml/reply.pdf: read as PDF: damaged")


@pytest.mark.parametrize(("data", "problem"), [(b"PK\x05\x06" + bytes(18), "an empty archive"), (b"PK\x03\x04 half", "damaged")])
def test_an_archive_with_nothing_in_it_is_told_of(tmp_path: Path, data: bytes, problem: str) -> None:
    (tmp_path / "w.zip").write_bytes(data)
    (letter,) = read_file(tmp_path / "w.zip")
    assert problem in letter.problems[0] and not letter.answers


def test_with_the_request_the_parts_are_read_together(tmp_path: Path) -> None:
    """As ingest does it: "see attached" is no answer, the table is; and a question that one part answers is unanswered in none."""
    (tmp_path / "request.yaml").write_text(REQUEST)
    (tmp_path / "authorities.csv").write_text(AUTHORITIES)
    asked = load_request(tmp_path)
    table = xlsx([["Year", "Data breaches"], ["2023/24", 14]])
    cover = "Northmoor Borough Council\n\n1. How many data breaches were there in 2023/24?\n\nPlease see the attached spreadsheet.\n"
    first, second = read_file(message(tmp_path / "m.eml", cover, {"figures.xlsx": table}), asked)
    assert [answer.value for letter in (first, second) for answer in letter.answers] == [14]
    assert (first.authority_code, second.authority_code) == ("X1", "X1")  # the table does not say whose it is
    (alone,) = read_file(message(tmp_path / "n.eml", "We will write again.\n", {}), asked)
    assert [answer.outcome for answer in alone.answers] == ["unanswered"]
    both = read_file(message(tmp_path / "o.eml", "We will write again.\n", {"ack.txt": b"Thank you for writing to us."}), asked)
    assert [answer.outcome for letter in both for answer in letter.answers] == ["unanswered"]  # once, not once a part
