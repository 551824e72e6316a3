# ruff: noqa: E501
"""Several files are one response: a covering message and what is attached to it, read together by the real reader."""

from __future__ import annotations

import io
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
import xlsxwriter
from documents.compound import outlook
from documents.writers import as_docx, as_pdf, zipped

from foi_lib.dataset import Dataset, ingest, load

pytestmark = pytest.mark.slow
Put = Callable[[str, str | bytes], Path]
REQUEST = """\
title: Breaches of made-up councils
as_of: 2025-06-30
sent_on: 2025-01-14
authorities: [Aldermere Borough Council]
questions:
  - {label: "1", text: "How many data breaches were there in 2021/22 and 2022/23?", measure: breach_count, period: [2021/22, 2022/23]}
  - {label: "2", text: "How much was paid in compensation for data breaches in 2022/23?", measure: compensation_paid_gbp, period: 2022/23}
"""
Q1, Q2 = "1. How many data breaches were there in 2021/22 and 2022/23?", "2. How much was paid in compensation for data breaches in 2022/23?"
COVER = "Dear Jo,\n\nPlease find attached our response to your request.\n\nAldermere Borough Council\n"
BOTH = f"Dear Jo,\n\n{Q1}\n\nSee attached.\n\n{Q2}\n\nSee attached.\n\nAldermere Borough Council\n"
FIRST = f"Dear Jo,\n\n{Q1}\n\nPlease see the attached spreadsheet.\n\n{Q2}\n\nWe paid £2,500 in 2022/23.\n\nAldermere Borough Council\n"
YEARS = [["Year", "Data breaches", "Compensation paid (£)"], ["2020/21", 7, 0], ["2021/22", 14, 1000], ["2022/23", 9, 2500]]
ACROSS = [["", "2021/22", "2022/23"], ["Data breaches", 14, 9], ["Reported to the ICO", 2, 0], ["Compensation paid", "£0", "£2,500"]]
BARE = [["Year", "Number"], ["2021/22", 14], ["2022/23", 9]]
NUMBERED = [["Question", "2021/22", "2022/23"], ["1", 14, 9], ["2", 1000, 2500]]
LABELLED = [["Question", "Answer"], [Q1, ""], ["2021/22", 14], ["2022/23", 9], [Q2, 2500]]
INCIDENTS = [["Office", "Telephone"], ["Northgate", "01632 960001"]]
ALL = {("1", "2021"): 14, ("1", "2022"): 9, ("2", "2022"): 2500}


def book(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    made = xlsxwriter.Workbook(file)
    sheet = made.add_worksheet("Data")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    made.close()
    return file.getvalue()


def mail(body: str, **attached: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"], message["Date"] = "FOI <foi@aldermere.example>", "Your request FOI 7", "Mon, 10 Feb 2025 10:00:00 +0000"
    message.set_content(body)
    for name, data in attached.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name.replace("_", "."))
    return message.as_bytes()


@pytest.fixture
def made(tmp_path: Path) -> Callable[[dict[str, bytes]], Dataset]:
    """Tables of these files of letters/."""
    folder = tmp_path / "data" / "raw" / "breaches"
    folder.mkdir(parents=True)
    (folder / "request.yaml").write_text(REQUEST, encoding="utf-8")
    (folder / "authorities.csv").write_text("code,name,short_name\nX1,Aldermere Borough Council,Aldermere\n", encoding="utf-8")

    def make(files: dict[str, bytes]) -> Dataset:
        for name, data in files.items():
            path = folder / "letters" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        ingest(folder)
        return load("breaches", folder.parent.parent, refresh=False)

    return make


def figures(data: Dataset) -> dict[tuple[str, str], float]:
    texts = {row.file: row.text for row in data.texts.itertuples()}
    for row in data.answers.itertuples():
        assert row.start != row.start or texts[row.file][int(row.start) : int(row.end)] == row.quote
    given = data.answers[data.answers["value"].notna()]
    return {(row.question, row.period_start[:4]): row.value for row in given.itertuples()}


TOGETHER = [
    ("a cover and a labelled sheet", mail(COVER, data_xlsx=book(LABELLED)), ALL, set()),
    ("a cover and a table of both, more years than asked", mail(COVER, data_xlsx=book(YEARS)), ALL, {"read_from_attachment"}),
    ("years across, other measures between", mail(COVER, data_xlsx=book(ACROSS)), ALL, {"read_from_attachment"}),
    ("rows named by the questions' labels", mail(BOTH, data_xlsx=book(NUMBERED)), ALL, {"read_from_attachment"}),
    ("both point at a labelled sheet", mail(BOTH, data_xlsx=book(LABELLED)), ALL, set()),
    ("one points, the other is answered", mail(FIRST, data_xlsx=book(BARE)), ALL, {"read_from_attachment"}),
    ("CSV", mail(FIRST, data_csv=b"Year,Number\n2021/22,14\n2022/23,9\n"), ALL, {"read_from_attachment"}),
    ("a Word letter attached", mail(COVER, r_docx=as_docx([("p", Q1), ("t", [["2021/22", "14"], ["2022/23", "9"]]), ("p", Q2), ("p", "£2,500")])), ALL, set()),
    ("a PDF table attached", mail(FIRST, r_pdf=as_pdf([("t", [["Year", "Number"], ["2021/22", "14"], ["2022/23", "9"]])])), ALL, {"read_from_attachment"}),
    ("a sheet within a zip", mail(COVER, r_zip=zipped({"data.xlsx": book(YEARS)})), ALL, {"read_from_attachment"}),
    ("no cover, only the sheet", book([["Aldermere Borough Council"], *YEARS]), ALL, {"read_from_attachment"}),
    ("Outlook", outlook("Your request", "FOI", COVER, {"data.xlsx": book(YEARS)}), ALL, {"read_from_attachment"}),
    ("two questions and a table that names neither", mail(BOTH, data_xlsx=book(BARE)), {}, {"attachment_not_read"}),
    ("a table of something else", mail(FIRST, data_xlsx=book(INCIDENTS)), {("2", "2022"): 2500}, {"attachment_not_read"}),
    ("nothing is attached", mail(FIRST), {("2", "2022"): 2500}, {"attachment_not_read"}),
    ("what is attached cannot be read", mail(FIRST, data_xlsx=b"\x00\x01\x02\xfe"), {("2", "2022"): 2500}, {"attachment_not_read"}),
]  # fmt: skip


@pytest.mark.parametrize(("data", "wanted", "reasons"), [case[1:] for case in TOGETHER], ids=[case[0] for case in TOGETHER])
def test_read_together(made: Callable[..., Dataset], data: bytes, wanted: dict[tuple[str, str], float], reasons: set[str]) -> None:
    found = made({"aldermere-borough-council.eml": data})
    assert figures(found) == wanted
    told = found.answers["review_reasons"].dropna()
    assert {reason for reasons in told for reason in reasons.split("; ")} == reasons
    assert "already_accessible" not in found.answers["outcome"].tolist()  # what is attached is not "available elsewhere"
    assert (found.answers["outcome"] == "unclear").sum() == (2 if not wanted else "attachment_not_read" in reasons)
    assert found.council("X1")["status"] == "answered"


def test_the_date_is_the_message_s_where_the_letter_has_none(made: Callable[..., Dataset]) -> None:
    sheet = mail("Dear Jo, our answers are in the file.", data_xlsx=book([["Aldermere Borough Council"], *LABELLED]))
    assert made({"aldermere-borough-council.eml": sheet}).council("X1")["responded_on"] == "2025-02-10"


@pytest.mark.parametrize("where", ["at https://aldermere.example/breaches", "among our open data"])
def test_a_published_answer_is_not_looked_for_in_what_is_attached(made: Callable[..., Dataset], where: str) -> None:
    body = FIRST.replace("Please see the attached spreadsheet.", f"This is published on our website {where}, as the attached leaflet says.")
    data = made({"aldermere-borough-council.eml": mail(body, data_xlsx=book(BARE))})
    assert data.answers.query("question == '1'")["outcome"].tolist() == ["already_accessible"]
    assert "4 cell(s) with figures, and none was taken for an answer" in data.problems["reason"].iloc[0]  # said, not lost


def test_one_message_does_not_answer_for_another(made: Callable[..., Dataset]) -> None:
    """Each message of a thread with what came with it."""
    data = made({
        "aldermere/2025-02-10-100000/incoming_1.txt": FIRST.encode(),
        "aldermere/2025-02-12-100000/incoming_2.txt": b"Dear Jo,\n\nOur telephone list, which you asked for on Monday, is attached.\n",
        "aldermere/2025-02-12-100000/attachments-2/list.xlsx": book(BARE),
    })  # fmt: skip
    assert figures(data) == {("2", "2022"): 2500}
    assert "attachment_not_read" in " ".join(data.answers["review_reasons"].dropna())


def test_a_thread_in_a_mailbox(made: Callable[..., Dataset]) -> None:
    """An acknowledgement, then the answer above the request that it quotes: the newest reply counts, and nothing that it quotes."""
    head = "From foi@aldermere.example Wed Jan 15 10:00:00 2025\nFrom: FOI <foi@aldermere.example>\nSubject: Your request\nDate: {}\n\n{}\n"
    answer = f"Dear Jo,\n\n{Q1}\n2021/22: 14\n2022/23: 9\n\n{Q2}\n£2,500\n\nAldermere Borough Council\n\n-----Original Message-----\nFrom: Jo\nSent: 14 January 2025\nTo: FOI\nSubject: request\n\n{Q1} I believe there were 99 in 2021/22.\n"
    thread = head.format("Wed, 15 Jan 2025 10:00:00 +0000", "We acknowledge your request, and will reply by 11 February 2025.\nAldermere Borough Council")
    data = made({"aldermere-borough-council.mbox": (thread + "\n" + head.format("Mon, 10 Feb 2025 10:00:00 +0000", answer)).encode()})
    assert figures(data) == ALL and data.council("X1")["responded_on"] == "2025-02-10"
    assert not data.answers["needs_review"].any() and len(data.unread) == 0


def test_a_list_attached_is_read_as_incidents(made: Callable[..., Dataset]) -> None:
    """A list that goes on from file to file: a row of answers each, and every incident with its place."""
    q3 = "3. Please list the data breaches of 2022/23, with date, what happened and department."
    asked = f'  - {{label: "3", text: "{q3[3:]}", measure: breach_details, kind: details, period: 2022/23}}\n'
    head = [["Breaches of 2022/23: those of half a year"], ["Date", "What happened", "Department"]]
    lists = [book([*head, ["03/05/2022", "Letter sent to a neighbour", "Housing"]]), book([*head, ["05/11/2022", "Laptop stolen", "Roads"], ["06/01/2023", "Wrong e-mail", "Tax"]])]
    answers = f"Dear Jo,\n\n{Q1}\n\n2021/22: 14\n2022/23: 9\n\n{Q2}\n\n£2,500\n\n{q3}\n\nPlease see the attached.\n\nAldermere Borough Council\n"
    made({})
    data = made({"../request.yaml": (REQUEST + asked).encode(), "aldermere-borough-council.eml": mail(answers, a_xlsx=lists[0], b_xlsx=lists[1])})
    given = data.answers.query("question == '3'")
    assert given[["outcome", "review_reasons"]].drop_duplicates().values.tolist() == [["disclosed", "read_from_attachment"]] and len(given) == 2
    assert data.incidents["date"].tolist() == ["2022-05-03", "2022-11-05", "2023-01-06"] and set(data.incidents["page"]) == {1}
    assert set(data.incidents["question"]) == {"3"} and figures(data) == ALL and len(data.problems) == 0


def test_what_a_file_hides_is_read_and_said_to_be_hidden(made: Callable[..., Dataset]) -> None:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    shown, hidden = book.add_worksheet("Reply"), book.add_worksheet("Working")
    for number, row in enumerate([["Aldermere Borough Council"], *LABELLED]):
        shown.write_row(number, 0, row)
    shown.set_row(3, None, None, {"hidden": True})
    hidden.write_row(0, 0, ["kept back", 99])
    hidden.hide()
    book.close()
    data = made({"aldermere-borough-council.xlsx": file.getvalue()})
    hidden = data.answers["review_reasons"].fillna("").str.contains("hidden_in_file")
    assert dict(zip(data.answers["value"], hidden, strict=True)) == {14: True, 9: False, 2500: False, 99: True}
    (told,) = data.problems[data.problems["what"] == "hidden_in_file"]["reason"]
    assert "1 row(s) of 'Reply' from row 4" in told and "sheet 'Working'" in told
