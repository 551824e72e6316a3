# ruff: noqa: E501
"""Messages: the newest reply told from what it quotes, attachments, and HTML."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.compound import outlook
from documents.letters import LETTERS, lines_of
from documents.writers import as_docx, as_pdf
from foi_lib.documents import read_document
from foi_lib.documents.build import Builder, safe_name
from foi_lib.documents.html import read_html
from foi_lib.documents.mail import read_message
from foi_lib.documents.quoted import Sender, quoted_messages

REPLY = "Dear Ms Example,\n\nThe council recorded 12 breaches in 2017.\n"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (REPLY, None),
        (REPLY + "\n-----Original Message-----\nFrom: A\nHow many?\n", "-----Original"),
        (REPLY + "\nOn 4 Jan 2018 at 10:00, A Example <a@b.example> wrote:\n> How many?\n", "On 4 Jan"),
        (REPLY + "\nOn Thu, 4 Jan 2018 at 10:00, A Example\n<a@b.example> wrote:\n> How many?\n", "On Thu"),  # wrapped
        (REPLY + "\nFrom: A Example\nSent: 4 January 2018\nTo: FOI\nSubject: Request\n\nHow many?\n", "From: A"),
        (REPLY + "\nFrom: A Example\n\nSent: 4 January 2018\n\nTo: FOI\n\nSubject: Request\n\nHow many?\n", "From: A"),
        (REPLY + "\n> How many breaches?\n> Thank you\n", "> How"),
        ("From: A\nSent: 4 January\nTo: B\nSubject: x\n\nThe council recorded 12.\n", None),  # forwarded without a word: that is the reply
        (REPLY + "\n> How many breaches in 2018?\nThere were 4.\n> And in 2019?\nNone.\n", None),  # questions between answers
        ("On 4 January I wrote: nothing of note happened, and the council replied.\n", None),  # prose
        ("Please find our answers below in red.\n\nFrom: A\nSent: x\nTo: y\nSubject: z\n\n1. How many?\n12\n", None),
    ],
)
def test_quoted_messages(text: str, quoted: str | None) -> None:
    furniture, problem = quoted_messages(text)
    assert (text[furniture[0].start :].startswith(quoted) and furniture[0].end == len(text.rstrip())) if quoted else not furniture
    assert bool(problem) == ("in red" in text)


HEAD = "From: FOI Team <foi@northmoor.example>\nSent: {sent}\nTo: A Example\nSubject: Your request\n\n"


@pytest.mark.parametrize(
    ("above", "sent", "quoted"),
    [
        ("", "24 January 2018 10:00", False),  # nothing above it
        ("CAUTION: this e-mail came from outside the organisation. Do not click on its links.\n\n", "24 January 2018 10:00", False),
        ("CAUTION: this e-mail came from outside the organisation. Do not click on its links.\n\n", "4 June 2017", False),  # a banner is no reply
        ("OFFICIAL\n\nThis message was classified as official by its sender.\n\n-----Original Message-----\n", "24/01/18", False),
        ("Northmoor Borough Council\nTown Hall, High Street, Northmoor\n\n", "Wednesday, January 24, 2018 10:00 AM", False),  # a letterhead
        ("Northmoor Borough Council\nTown Hall, High Street, Northmoor\n\n", "2018-01-24", False),
        ("Our answer of last month still stands, as you see.\n\n", "4 January 2018 10:00", True),  # the same sender, an earlier day
        ("Our answer of last month still stands, as you see.\n\n", "24 January 2017", True),
        ("Our answer of last month still stands, as you see.\n\n", "yesterday", True),
    ],
)
def test_the_message_s_own_head_within_its_text_is_no_quoted_message(above: str, sent: str, quoted: bool) -> None:
    """Some programs, and copies of copies, write From and Sent into the text too: what follows is the reply, and must not be lost."""
    text = above + HEAD.format(sent=sent) + REPLY
    for name in ("FOI Team <FOI@northmoor.example>", "FOI Team"):
        furniture, _ = quoted_messages(text, 0, Sender(name, "2018-01-24"))
        assert bool(furniture) == quoted, (name, furniture)
    if not any(word in above for word in ("CAUTION", "OFFICIAL")) and above:
        assert quoted_messages(text, 0, Sender("B Example <b@journalist.example>", "2018-01-24"))[0], "somebody else's message is quoted"


def test_what_the_own_head_s_message_quotes_is_still_marked(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Date"] = "FOI Team <foi@northmoor.example>", "Wed, 24 Jan 2018 10:00:00 +0000"
    earlier = "From: A Example\nSent: 4 January 2018\nTo: FOI\nSubject: Request\n\nHow many?\n"
    message.set_content("Northmoor Council, Town Hall, Northmoor\n\n" + HEAD.format(sent="24 January 2018") + REPLY + "\n" + earlier)
    file = tmp_path / "message.eml"
    file.write_bytes(message.as_bytes())
    document = read_document(file)
    (quoted,) = [piece for piece in document.furniture if piece.kind == "quoted_message"]
    assert document.text[quoted.start :].startswith("From: A Example") and "12 breaches" in document.text[: quoted.start]


def test_a_covering_message_and_its_attachments(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "FOI Team <foi@northmoor.example>", "Your request"
    message["Date"] = "Wed, 24 Jan 2018 10:00:00 +0000"
    message.set_content("Please see attached.\n\nOn 4 Jan 2018, A wrote:\n> How many?\n")
    for name, data in (("reply.docx", as_docx(LETTERS["eastvale"])), ("reply.docx", as_pdf(LETTERS["quillford"]))):
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    file = tmp_path / "message.eml"
    file.write_bytes(message.as_bytes())
    document = read_document(file)
    assert document.properties == {"from": "FOI Team <foi@northmoor.example>", "subject": "Your request", "sent_on": "2018-01-24"}
    assert [f.kind for f in document.furniture] == ["header", "quoted_message"]
    first, second = document.attachments
    assert [line for line in first.text.split("\n") if line] == lines_of(LETTERS["eastvale"])
    assert [line for line in second.text.split("\n") if line] == lines_of(LETTERS["quillford"])
    assert first.path == f"{file}/reply.docx" and second.path == f"{file}/reply (2).docx"


def test_outlook(tmp_path: Path) -> None:
    file = tmp_path / "message.msg"
    html = "<html><body><p class=MsoNormal>Figures:</p><table><tr><td>2019<td>&lt;5</table></body></html>"
    file.write_bytes(outlook("Your request", "FOI Team", "Figures:\r\n2019 <5\r\n", {"reply.docx": as_docx(LETTERS["eastvale"])}, html))
    document = read_document(file)
    assert document.media_type == "application/vnd.ms-outlook"
    assert document.text.count("Figures:") == 1  # one of the two, not both
    assert "2019\t<5" in document.text  # the table of the HTML, which the plain text has lost
    assert document.properties["subject"] == "Your request"
    assert lines_of(LETTERS["eastvale"]) == [line for line in document.attachments[0].text.split("\n") if line]


def test_mailbox(tmp_path: Path) -> None:
    one = b"From a@b.example Wed Jan 24 10:00:00 2018\nFrom: a@b.example\nSubject: %s\nDate: Wed, 24 Jan 2018 10:00:00 +0000\n\n%s\n"
    file = tmp_path / "thread.mbox"
    file.write_bytes(one % (b"first", b"We acknowledge it.") + one % (b"second", b"Our answer.\n>From the record: 12."))
    document = read_document(file)
    assert [part.properties["subject"] for part in document.attachments] == ["first", "second"]
    assert document.attachments[1].text.endswith("Our answer.\nFrom the record: 12.\n")
    file.write_bytes(one % (b"alone", b"Our answer."))
    assert read_document(file).properties["subject"] == "alone"


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<div>one</div><div>two<br>three</div>", ["one", "two", "three"]),
        ("<p>a  b\n c&nbsp;d</p>", ["a b c d"]),
        ("<ol start=3><li>x<li>y<ul><li>z</ul></ol>", ["3. x", "4. y", "• z"]),
        ("<ol type=a><li>x<li value=4>y</ol>", ["a. x", "d. y"]),
        ("<table><tr><th rowspan=2>Y<th colspan=2>N<tr><td>1<td>2</table>", ["Y\tN\t", "\t1\t2"]),  # merged cells keep columns
        ("<table><tr><td><p>a<p>b<td>&lt;5</table>", ["a b\t<5"]),
        ("<table><tr><td><p>a letter in a frame<p>two</table>", ["a letter in a frame", "two"]),  # one cell is no table
        ("<p>see <a href='https://x.example/log'>our log</a></p>", ["see our log <https://x.example/log>"]),
        ("<p><a href='https://x.example/log'>x.example/log</a> <a href='mailto:a@b'>mail</a>", ["x.example/log mail"]),
        ("<p>12<sup>1</sup> and 31<sup>st</sup> and 4 m<sup>2</sup>", ["12 [note 1] and 31st and 4 m2"]),
        ("<p>seen<span style='display: none'>hidden</span><script>alert(1)</script><style>p{}</style>", ["seen"]),
        ("<pre>a  b\n c</pre>", ["a  b", " c"]),
        ("<p><input type=checkbox checked>yes <input type=checkbox>no", ["☒ yes ☐ no"]),
    ],
)
def test_html(page: str, wanted: list[str]) -> None:
    out = Builder()
    read_html(page.encode(), out)
    assert [line for line in out.text().split("\n") if line] == wanted


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("<meta charset=iso-8859-1><p>£4 – x".encode("cp1252"), "£4 – x"),  # what calls itself Latin-1 is CP1252
        ("<meta charset=utf-8><p>£4".encode("cp1252"), "£4"),  # declared wrongly
        ("<p>£4 – x".encode("utf-16"), "£4 – x"),
        ("<meta charset=koi8-r><p>П".encode("koi8-r"), "П"),
    ],
)
def test_html_encodings(data: bytes, wanted: str) -> None:
    out = Builder()
    read_html(data, out)
    assert out.text().strip() == wanted


@given(st.binary(max_size=400))
def test_no_html_or_message_raises_or_breaks_places(data: bytes) -> None:
    for reader, prefix in ((read_html, b"<html><p>"), (read_message, b"Subject: x\nMIME-Version: 1.0\n")):
        out = Builder()
        reader(prefix + data, out)
        out.end_page()
        text = out.text()
        text.encode("utf-8")
        assert all(0 <= f.start <= f.end <= len(text) for f in out.furniture)


@given(st.text())
def test_names_lead_nowhere(name: str) -> None:
    safe = safe_name(name)
    assert safe and "/" not in safe and "\\" not in safe and "\0" not in safe and not safe.startswith(".") and len(safe) <= 120
    assert Path("/a/b") / safe == Path("/a/b").joinpath(safe) and (Path("/a/b") / safe).parent == Path("/a/b")


@pytest.mark.parametrize("name", ["../../x", "..\\..\\x", "/etc/passwd", "C:\\x", "a\0b", "..", ".", "", "CON", "nul.txt", ".bashrc", "a/../b"])
def test_bad_names(name: str) -> None:
    assert safe_name(name) in {"x", "passwd", "ab", "unnamed", "_CON", "_nul.txt", "bashrc", "b"}
