# ruff: noqa: E501
"""A batch download of WhatDoTheyKnow Pro, of councils that exist nowhere, as the site lays it out."""

from __future__ import annotations

from pathlib import Path

from documents.compound import outlook
from documents.writers import as_docx, zipped

ASKED = """Dear {body},

Under the Freedom of Information Act 2000 I would like to ask:

1. How many personal data breaches did you record in each of the financial years 2021/22 and 2022/23?
2. How much compensation did you pay for data breaches in 2022/23?

Yours faithfully,

Jo Example
"""
ACKNOWLEDGED = """Dear Jo Example,

Thank you for your request, which we received on 14 January 2025. It is being dealt with under reference FOI-{n}, and you should
have our reply within 20 working days.

Information Governance
{body}
"""
COVER = """Dear Jo Example,

Please find our response to your request attached.

Kind regards,
Information Governance
{body}

-----Original Message-----
From: Jo Example
Sent: 14 January 2025 10:30
To: FOI
Subject: Freedom of Information request - Data breaches

Dear {body},

1. How many personal data breaches did you record in each of the financial years 2021/22 and 2022/23?
2. How much compensation did you pay for data breaches in 2022/23? I have heard of 17 cases.
"""
ANSWERED = [
    ("p", "{body}"),
    ("p", "Our reference: FOI-{n}"),
    ("p", "10 February 2025"),
    ("p", "1. How many personal data breaches did you record in each of the financial years 2021/22 and 2022/23?"),
    ("t", [["Year", "Data breaches"], ["2021/22", "14"], ["2022/23", "9"]]),
    ("p", "2. How much compensation did you pay for data breaches in 2022/23?"),
    ("p", "We paid £2,500 in 2022/23."),
]
REFUSED = """Dear Jo Example,

1. How many personal data breaches did you record in each of the financial years 2021/22 and 2022/23?

In 2021/22 we recorded 3 data breaches and in 2022/23 we recorded 5.

2. How much compensation did you pay for data breaches in 2022/23?

This information is withheld under section 43(2) of the Freedom of Information Act 2000, as to disclose it would be likely to prejudice
the council's commercial interests. We have weighed the public interest, and it favours withholding the figure.

Information Governance
{body}
"""
BODIES = {"Aldermere Borough Council": 11, "Wexcombe Council": 12, "Glenarrow Council": 13, "Northmoor Police": 14}
AUTHORITIES = """\
code,name,short_name,tier,nation,region
X1,Aldermere Borough Council,Aldermere,lower,England,South East
X2,Wexcombe Council,Wexcombe,unitary,England,South West
X3,Glenarrow Council,Glenarrow,unitary,Scotland,Scotland
"""


def filled(blocks: list, body: str) -> list:
    return [(kind, words.format(body=body, n=BODIES[body]) if isinstance(words, str) else words) for kind, words in blocks]


def dashboard(seen: str, states: dict[str, tuple[int, str]]) -> dict[str, bytes]:
    """The CSV at the batch's root."""
    lines = ["request_url,authority_name,number_of_replies,request_status"]
    for body, (replies, status) in states.items():
        lines.append(f"https://www.whatdotheyknow.example/alaveteli_pro/info_requests/data_breaches_{BODIES[body]},{body},{replies},{status}")
    return {f"batch-17-data_breaches-dashboard-{seen}.csv": "\n".join([*lines, ""]).encode()}


def first() -> dict[str, bytes]:
    """Everyone asked; one answer, one acknowledgement, nothing from the others."""
    members = dashboard("2025-02-12-090000", {
        "Aldermere Borough Council": (2, "Awaiting classification"), "Wexcombe Council": (1, "Awaiting response"),
        "Glenarrow Council": (0, "Delayed"), "Northmoor Police": (0, "Awaiting response"),
    })  # fmt: skip
    for body, n in BODIES.items():
        members[f"{body} - data_breaches_{n}/2025-01-14-103000/outgoing_{n}0.txt"] = ASKED.format(body=body).encode()
    for body, day in (("Aldermere Borough Council", "15-091500"), ("Wexcombe Council", "16-120000")):
        n = BODIES[body]
        members[f"{body} - data_breaches_{n}/2025-01-{day}/incoming_{n}1.txt"] = ACKNOWLEDGED.format(body=body, n=n).encode()
    place = "Aldermere Borough Council - data_breaches_11/2025-02-11-160000"
    members[f"{place}/incoming_112.txt"] = COVER.format(body="Aldermere Borough Council").encode()
    members[f"{place}/attachments-112/FOI 11 response.docx"] = as_docx(filled(ANSWERED, "Aldermere Borough Council"))
    return members


def second() -> dict[str, bytes]:
    """A newer download: one more has answered, another within an Outlook message."""
    members = first()
    del members["batch-17-data_breaches-dashboard-2025-02-12-090000.csv"]
    members |= dashboard("2025-02-20-090000", {
        "Aldermere Borough Council": (2, "Successful"), "Wexcombe Council": (2, "Partially successful"),
        "Glenarrow Council": (1, "Awaiting response"), "Northmoor Police": (0, "Refused"),
    })  # fmt: skip
    place = "Wexcombe Council - data_breaches_12/2025-02-19-101500"
    members[f"{place}/incoming_122.txt"] = REFUSED.format(body="Wexcombe Council").encode()
    place = "Glenarrow Council - data_breaches_13/2025-02-13-101500"
    members[f"{place}/incoming_131.txt"] = b"Dear Jo Example,\n\nPlease see the attached message.\n\nGlenarrow Council\n"
    reply = REFUSED.format(body="Glenarrow Council").replace("Freedom of Information Act 2000", "Freedom of Information (Scotland) Act 2002")
    members[f"{place}/attachments-131/RE: your request.msg"] = outlook("Your request", "FOI", reply.replace("43(2)", "33(1)(b)"), {})
    return members


def put_batch(path: Path, members: dict[str, bytes]) -> Path:
    path.write_bytes(zipped(members))
    return path
