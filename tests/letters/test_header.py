"""The header: sender, reference, dates, regime. One row a case, with why it is there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib.letters.dates import day_in
from foi_lib.letters.header import read_header
from foi_lib.letters.lines import split_lines
from foi_lib.reference import Authority

MARSH = Authority("X00000001", "Marshwick Borough Council", aliases=("Marshwick",))
FENTON = Authority("X00000002", "Fenton Magna District Council")
BODIES = (MARSH, FENTON)


def header(text: str, file: str = "letter.txt"):  # type: ignore[no-untyped-def]
    return read_header(text, split_lines(text), file, None, BODIES)


REFERENCES = [
    ("FREEDOM OF INFORMATION REQUEST – 57/18", "57/18", "after a dash"),
    ("Request ID: FOI598417180", "FOI598417180", "request ID"),
    ("Our ref: FOI2025/00764", "FOI2025/00764", "our ref"),
    ("Ref: FOIR-823543015", "FOIR-823543015", "hyphen"),
    ("Reference: 101001713941", "101001713941", "digits"),
    ("Our Ref: CAS-70721-Z7P3Y9", "CAS-70721-Z7P3Y9", "letters at the end"),
    ("Reference: FOI-0325-2425", "FOI-0325-2425", "year in it"),
    ("Reference number: 839/15", "839/15", "slash"),
    ("FOI reference: 4658_14", "4658_14", "underline"),
    ("Our reference: FOI_26-065", "FOI_26-065", "underline and hyphen"),
    ("Reference: DBC-2525-13", "DBC-2525-13", "three parts"),
    ("FOI / 1234 / 2019 - Lost keys", "FOI / 1234 / 2019", "blanks round strokes"),
    ("FOI / 1234 / 2019 / Lost keys", "FOI / 1234 / 2019", "a stroke after it"),
    ("FOI.24.118", "FOI.24.118", "stops"),
    ("Freedom of information request response - 06612", "06612", "a bare number after the title's words"),
    ("- FoI Number\n- 2023-112\n- Subject\n- Keys", "2023-112", "a label and its value, with bullets"),
    ("Reference: \n\n982\n\nRequest detail:", "982", "a label and its value, a line apart"),
    ("Phone thefts (2910A/23)", "2910A/23", "in brackets after the title, a telephone in it"),
    ("Injury Regulations - 1403/20", "1403/20", "after a dash, regulations in the title"),
    ("Lost keys 775/13", "775/13", "at the title's end"),
    ("Ein cyf / Our ref: / 076/10/FOI\nEich cyf / Your ref:", "076/10/FOI", "two languages, strokes"),
    ("Request ID: FOI-0701-1819\n\nOur ref: FOI-0701-1819/GH", "FOI-0701-1819", "an officer's initials after it"),
    ("Our ref: FOI-0701-1819/GH", "FOI-0701-1819/GH", "initials, never without them"),
    ("Reference\nFOI 25-541 - Lost keys", "FOI 25-541", "its letters parted by a blank"),
    ("My Reference:cb/13.05.15/Gray\nYour Reference:247202-3e0526f0", "cb/13.05.15/Gray", "an officer's file"),
    ("Your ref ZZ/99/12   Our ref 1234/20", "1234/20", "the applicant's first"),
    ("F2024-118: Lost keys", "F2024-118", "before the title"),
    ("Re: FOI request 2024-118 – lost keys", "2024-118", "within the title"),
    ("Disclosure Log 0012-24", "0012-24", "of a log"),
    ("ATISN 16301 – Lost keys", "ATISN 16301", "a word of Cardiff's"),
    ("We received your information request (ref 12345) last week.", "12345", "in brackets"),
    ("BFRS Ref:\n\n41\n\nInformation request:", "41", "two figures under a label"),
]


@pytest.mark.parametrize(("line", "reference", "why"), REFERENCES, ids=[why for *_, why in REFERENCES])
def test_reference(line: str, reference: str, why: str) -> None:
    assert header(f"Marshwick Borough Council\n\n{line}\n\nDear Sir\n\nThank you for your request.\n").reference == reference


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Freedom of Information Act 2000", "an Act"),
        ("Tel: 01632 960123", "telephone"),
        ("14/01/2018", "a date"),
        ("2021/22", "a year"),
        ("Marshwick ZZ99 3WZ", "postcode"),
        ("Your ref: ZZ/99/12", "the applicant's own"),
        ("The Keys Regulations SI 2006/932", "a statutory instrument"),
        ("Charity No 1234567", "a charity's"),
        ("Keys lost in room 1234/20", "a room's"),
    ],
)
def test_no_reference(line: str, why: str) -> None:
    assert header(f"Marshwick Borough Council\n\n{line}\n\nDear Sir\n\nThank you for your letter.\n").reference is None


REPLIED = [
    ("24 January 2018", "2018-01-24", "alone"),
    ("05 April 2024", "2024-04-05", "leading nought"),
    ("Tuesday 7 April 2026", "2026-04-07", "weekday"),
    ("Date: 30.06.2019", "2019-06-30", "dots"),
    ("Date of response: 14/01/18", "2018-01-14", "two-digit year"),
    ("Dated: 9 February 2018", "2018-02-09", "dated"),
    ("4th October 2013", "2013-10-04", "ordinal"),
    ("4thOctober 2013", "2013-10-04", "ordinal, glued"),
    ("Response date\n7 May2021", "2021-05-07", "the year glued to its month"),
    ("Reply issued: 09-02-2023", "2023-02-09", "what was issued"),
    ("Dyddiad/Date: 28 Medi/September 2021", "2021-09-28", "Welsh and English"),
    ("28 Medi 2021", "2021-09-28", "Welsh alone"),
    ("Issue date: 15.06.23", "2023-06-15", "issue"),
    ("Date of issue: 15 June 2023", "2023-06-15", "of issue"),
    ("Replied to on 15 June 2023", "2023-06-15", "replied to"),
    ("Reply sent: 15-Jun-2023", "2023-06-15", "a month's name between dashes"),
    ("Your ref:\nDate: / 15 June 2023\nOur ref: / LBF/0403511", "2023-06-15", "a stroke after its label"),
    ("Date15 June 2023", "2023-06-15", "glued to its label"),
    ("The due date is 10 April 2018. Publication date: January 2024", None, "due, and published"),
    ("Sent by email 29 November 2021", "2021-11-29", "how it was sent"),
    ("Tel: 01632 960123 Monday 07 January 2013 Dear Sir Your request is answered.", "2013-01-07", "before the salutation, on one line"),
    ("Date received Date due Date completed Notes\n8 May 20185 June 201819 May 2018How many", "2018-05-19", "columns, run on"),
    ("Date of request | Date of response\n01/02/2018 | 09/02/2018", "2018-02-09", "columns, parted"),
]


@pytest.mark.parametrize(("line", "day", "why"), REPLIED, ids=[why for *_, why in REPLIED])
def test_replied(line: str, day: str | None, why: str) -> None:
    assert header(f"Marshwick Borough Council\n\n{line}\n\nDear Sir\n\nThank you for your request.\n").responded_on == day


@pytest.mark.parametrize(
    "line",
    [
        "Published: 3 May 2020",
        "Publication date: 3 May 2020",
        "Last amended 3 May 2020",
        "Date received: 3 May 2020",
        "Requested: 3 May 2020",
        "Date received Date due Date completed\n8 February 2018 8 March 2018",  # one is empty: nothing shows which
    ],
)
def test_other_dates_are_no_reply(line: str) -> None:
    assert header(f"Marshwick Borough Council\n{line}\n\nRequest\nHow many?\n\nResponse\nSix\n").responded_on is None


RECEIVED = [
    ("We received it on 14/01/18.", "2018-01-14", "received", "digits"),
    ("It was received on 3 May 2022.", "2022-05-03", "received", "words"),
    ("Your request, about the lost keys, reached Marshwick Council (MBC) on 3 May 2022.", "2022-05-03", "received", "a comma, a bracket"),
    ("Your request, as received by e-mail by the Chief Executive on 3 May 2022, is answered.", "2022-05-03", "received", "by whom"),
    ("Your request of 3 May 2022 was received on 5 May 2022.", "2022-05-05", "received", "receipt before the applicant's own day"),
    ("Your request came in on 3^rd May,\n2022.", "2022-05-03", "received", "a raised ordinal, over two lines"),
    ("Date of receipt: 3 May 2022", "2022-05-03", "received", "of receipt"),
    ("Submitted: 3 May 2022", "2022-05-03", "dated", "submitted"),
    ("It answers your request submitted on 3-May-2022.", "2022-05-03", "dated", "a month's name between dashes"),
    ("It answers your request (our reference 12345) dated 3 May 2022.", "2022-05-03", "dated", "a reference between"),
    ("Your request on 3 May 2022 was for keys.", "2022-05-03", "received", "a request on a day"),
    ("We have considered your request of 3 May 2022.", "2022-05-03", "dated", "of"),
    ("Your Freedom of Information request dated 3rd May 2022 has been considered.", "2022-05-03", "dated", "dated"),
    ("Thank you for your e-mail of 3 May 2022.", "2022-05-03", "dated", "e-mail"),
    ("Thank you for your communication dated 3 May 2022.", "2022-05-03", "dated", "communication"),
    ("Thank you for asking us on 3 May 2022 about lost keys.", "2022-05-03", "dated", "asking"),
    ("On 3 May 2022 you wrote to us.", "2022-05-03", "dated", "you wrote"),
    ("Between 1 January 2021 and 3 May 2022 (the date of your request) there were six.", "2022-05-03", "dated", "in brackets"),
    ("This repeats your earlier request of 3 May 2022.", None, None, "another request"),
    ("Your request of last week has been considered.", None, None, "no day"),
]


@pytest.mark.parametrize(("words", "day", "how", "why"), RECEIVED, ids=[why for *_, why in RECEIVED])
def test_received(words: str, day: str | None, how: str | None, why: str) -> None:
    found = header(f"Marshwick Borough Council\n\nDear Sir\n\nThank you for writing.\n\n{words}\n\nSix\n")
    assert (found.received_on, found.received_how, found.responded_on) == (day, how, None)


@pytest.mark.parametrize(
    ("text", "file", "how"),
    [
        ("Marshwick Borough Council\n\nDear Sir\n\nSix.\n", "letter.txt", "letterhead"),
        ("Dear Sir\n\nSix.\n\nYours sincerely\n\nInformation Officer\nMarshwick Borough Council\n", "letter.txt", "signature"),
        ("Dear Sir\n\nI can confirm that Marshwick Borough Council holds the information.\n\nSix.\n", "letter.txt", "wording"),
        ("Dear Sir\n\nSix.\n", "marshwick-borough-council.txt", "file name"),
    ],
)
def test_sender(text: str, file: str, how: str) -> None:
    found = header(text, file)
    assert (found.authority, found.authority_code, found.authority_how) == (MARSH.name, MARSH.code, how)


QUESTION = "1. How many keys were lost?"
TRUST = "Fenlow General NHS Foundation Trust"
# what stands before the question, what after it, the sender, the kind of evidence, why
SENDERS = [
    ("Thank you for writing to the Bureau of Keys (BOK).", "Six.", "Bureau of Keys", "wording", "the letter explains its own initials"),
    ("Dear Sir", "Six.\n\nThe Bureau of Keys (BOK) holds no more.", "Bureau of Keys", "wording", "what it holds"),
    ("This is about the Bureau of Keys (BOK).", "The BOK neither confirms nor denies it.", "Bureau of Keys", "wording", "it speaks"),
    ("Dear Sir", "Fenlow Homes’ response:\n\nSix.", "Fenlow Homes", "heading", "over the answer"),
    ("Dear Sir", "Marshwick Borough Council Response\n\nSix.", MARSH.name, "heading", "over the answer, in the register"),
    ("Dear Fenlow Licensing Board,", "Six.", "Fenlow Licensing Board", "salutation", "whom the applicant wrote to"),
    ("Keys and Locks Commissioner", "Home Office staff do.", "Keys and Locks Commissioner", "letterhead", "another in the answer"),
    ("Dear Sir", f"{TRUST} (the 'Trust') is overseen by NHS Improvement.", TRUST, "wording", "the Trust, and who oversees it"),
    ("Dear Sir", "NHS Scotland captures keys lost.", None, None, "a national body, in an answer"),
    ("Dear Sir", "The rest went to South Marsh Police.", None, None, "another force, in an answer"),
    ("Dear Sir", "Marsh Fire Service keeps no such record.", "Marsh Fire Service", "mention", "a local body that acts in the answer"),
    ("Requests that came to NHS 24 in May.", "Six.", "NHS 24", "wording", "a board whose name has figures"),
    ("Dear Sir", "The Information Commissioner’s Office (ICO) holds some.", None, None, "the regulator"),
    ("University Disclosure Log", "Six.", None, None, "a page's title"),
    ("County Borough Council", "Six.", None, None, "no name's own word"),
]


@pytest.mark.parametrize(("head", "answer", "name", "how", "why"), SENDERS, ids=[why for *_, why in SENDERS])
def test_who_answers(head: str, answer: str, name: str | None, how: str | None, why: str) -> None:
    text = f"{head}\n\n{QUESTION}\n\n{answer}\n"
    asked, end = text.index(QUESTION), text.index(QUESTION) + len(QUESTION)
    found = read_header(text, split_lines(text), "", None, BODIES, [(asked, end)], [(end + 1, len(text))])
    assert (found.authority, found.authority_how) == (name, how)


def test_a_council_only_named_in_an_answer_is_in_doubt() -> None:
    text = f"Dear Sir\n\n{QUESTION}\n\n" "Keys are for Marshwick Borough Council to mind.\n"
    begin = text.index("Keys are")
    found = read_header(text, split_lines(text), "", None, BODIES, [], [(begin, len(text))])
    assert (found.authority, found.doubts) == (MARSH.name, ("authority_uncertain",))


def test_another_council_named_in_passing_is_not_the_sender() -> None:
    found = header(
        "Marshwick Borough Council\n\nDear Sir\n\nYou may wish to contact Fenton Magna District Council, which would hold this.\n"
    )
    assert (found.authority, found.doubts) == (MARSH.name, ())


def test_the_register_is_known() -> None:
    text = "Rutland County Council\n\nDear Sir\n\nSix.\n"
    found = read_header(text, split_lines(text))
    assert (found.authority, found.authority_code) == ("Rutland County Council", "E06000017")


def test_no_sender() -> None:
    assert header("Dear Sir\n\nSix.\n").authority is None


@pytest.mark.parametrize(
    ("text", "regime"),
    [
        ("under the Freedom of Information Act 2000", "FOIA"),
        ("under the Freedom of Information (Scotland) Act 2002", "FOISA"),
        ("handled under the Environmental Information Regulations 2004", "EIR"),
        ("under the Environmental Information (Scotland) Regulations 2004", "EISR"),
        ("the information is exempt under section 40 of the Act", "FOIA"),
        ("Thank you for your letter", None),
        ("as personal data, exempt under section 38(1)(b) of the Act", "FOISA"),
        ("under section 38(1)(b) of the Freedom of Information Act 2000, as no personal data", "FOIA"),
        ("as Environmental Information and so exempt from\nthe Freedom of Information Act 2000, under Section 39", "EIR"),
        ("under the Freedom of Information Act 2000 and the Environmental Information Regulations 2004", "FOIA"),
        ("and by section 17(1) this is notice that it is not held", "FOISA"),
        ("and section 17(1) is why we refuse by notice; it is not held", None),
    ],
)
def test_regime(text: str, regime: str | None) -> None:
    assert header(f"Dear Sir\n\nYour request was considered {text}.\n").regime == regime


@pytest.mark.parametrize(
    ("text", "before", "day"),
    [
        ("24 January 2018", None, "2018-01-24"),
        ("25 November", "2019-12-03", "2019-11-25"),
        ("25 November", "2019-06-03", "2018-11-25"),
        ("25 November", None, None),
        ("", None, None),
    ],
)
def test_a_day_without_a_year_is_the_last_before(text: str, before: str | None, day: str | None) -> None:
    assert day_in(text, before) == day


@given(st.text(max_size=400), st.text(alphabet="abc-_. 12/é", max_size=40))
def test_any_text_has_a_header(text: str, file: str) -> None:
    found = header(text, file)
    assert found == header(text, file)


@pytest.mark.parametrize(
    ("line", "reference", "why"),
    [
        ("Your request: 614220", "614220", "a bare number after the word"),
        ("Your request - COR/25/3308", "COR/25/3308", "letters, then numbers"),
        ("FOI/EIR Request 23/0457", "23/0457", "both Acts named"),
        ("Request for Information: ATISN 20417 – Heights of walls", "ATISN 20417", "a title follows"),
        ("MBC/FOI/2021-0318: lost devices", "MBC/FOI/2021-0318", "the body's letters before FOI"),
        ("Freedom of Information Act 2000", None, "the Act is no reference"),
        ("Request for 2019/20", None, "a year is no reference"),
    ],
)
def test_reference_in_a_heading(line: str, reference: str | None, why: str) -> None:
    assert header(f"Marshwick Borough Council\n{line}\n\nDear Sir\n\nSix.\n").reference == reference


@pytest.mark.parametrize(
    ("line", "responded", "received", "why"),
    [
        ("Request 5120 | Received 13/02/2024 | Issued 07/03/2024", "2024-03-07", "2024-02-13", "one line of facts"),
        ("Our ref: F07142          Date: 21 May 2019", "2019-05-21", None, "the date on the line of the reference"),
        ("Dyddiad / Date: 14 Hydref 2024 / 14 October 2024", "2024-10-14", None, "in two languages"),
        ("Part Disclosed - 27 February 2023", "2023-02-27", None, "the decision with its day"),
        ("14 May 2024\nYou asked for the following on 6thMay 2024.", "2024-05-14", "2024-05-06", "the day of asking, a blank lost"),
    ],
)
def test_dates_in_a_heading(line: str, responded: str | None, received: str | None, why: str) -> None:
    found = header(f"Marshwick Borough Council\n{line}\n\nDear Sir\n\nSix.\n")
    assert (found.responded_on, found.received_on) == (responded, received)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ulverbrook Borough Council\nRef 4471/24\n\nDear Sir\n\nSix.\n", "Ulverbrook Borough Council"),
        ("Cyngor Pellanden / Pellanden County Borough Council\n\nDear Sir\n\nSix.\n", "Pellanden County Borough Council"),
        ("Dear Sir\n\nSix.\n\nYours faithfully\nInformation Officer, Ulverbrook Fire Service\n", "Ulverbrook Fire Service"),
        ("How many Borough Councils replied?\n\nSix.\n", None),
    ],
)
def test_a_body_that_no_register_knows_is_named_without_a_code(text: str, name: str | None) -> None:
    found = header(text)
    assert (found.authority, found.authority_code) == (name, None)
