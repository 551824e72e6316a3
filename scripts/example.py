"""Make the letters of data/raw/example-round-robin out of the texts beside this script, in every format that councils send.

The councils exist nowhere. The same texts give the same bytes: no date, no name of this machine, nothing packed by a library that may
pack otherwise next time. `scripts/example.py FOLDER` writes them there instead.
"""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests")]  # the writers of formats are the tests' own

from documents import pages, rows, writers  # noqa: E402
from documents.compound import outlook  # noqa: E402

TEXTS = Path(__file__).with_name("example")
LETTERS = ROOT / "data" / "raw" / "example-round-robin" / "letters"
Block = tuple[str, Any]

# Ravenhithe's list, a quarter a file, in each form of spreadsheet
QUARTERS: list[list[list[str]]] = [
    [["22/04/2024", "E-mail to the wrong school", "Education"], ["03/06/2024", "Payslips put in the wrong envelopes", "Payroll"]],
    [["15/07/2024", "Case file left on a tram", "Children's Services"], ["02/09/2024", "Tenant's letter sent to a neighbour", "Housing"]],
    [["11/11/2024", "Spreadsheet with names put on the website", "Licensing"]],
    [["08/01/2025", "Stolen tablet", "Highways"], ["25/03/2025", "Addresses of donors shown in an e-mail", "Museums"]],
]  # fmt: skip
HEADINGS = ["Date", "What happened", "Department"]


def blocks(text: str) -> list[Block]:
    """A text's lines as blocks that every writer can write: paragraphs, and tables where cells stand side by side."""
    found: list[Block] = []
    for line in text.splitlines():
        cells = line.split("\t") if "\t" in line else [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if re.fullmatch(r"[|\s-]+", line) and "-" in line:
            continue  # the rule under a table's head
        if cells and found and found[-1][0] == "t" and len(found[-1][1][0]) == len(cells):
            found[-1][1].append(cells)
        elif cells:
            found.append(("t", [cells]))
        elif line.strip():
            found.append(("p", line.strip()))
    return found


def message(text: str, sender: str, subject: str, date: str, attached: dict[str, bytes] | None = None) -> bytes:
    """An e-mail; its boundary is its own, and not drawn."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"], mail["Date"] = sender, "requester@newsroom.example", subject, date
    mail.set_content(text, cte="8bit")
    for name, data in (attached or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    if attached:
        mail.set_boundary(f"===={subject.replace(' ', '-')}====")
    return mail.as_bytes()


def settled(data: bytes) -> bytes:
    """An office file's container again, with one date for all."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2025-06-01T00:00:00Z", old.read(name))
            new.writestr(zipfile.ZipInfo(name, (2025, 6, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def sheet(quarter: int) -> list[list[str]]:
    """One quarter of Ravenhithe's list."""
    return [[f"Breaches recorded in 2024/25 and reported to the ICO: quarter {quarter}"], HEADINGS, *QUARTERS[quarter - 1]]


def thread() -> dict[str, bytes]:
    """Ravenhithe: an acknowledgement, and a late answer above the request that it quotes, with four spreadsheets."""
    sender = "Customer Feedback <feedback@ravenhithe.example>"
    first = (TEXTS / "ravenhithe-1-acknowledgement.txt").read_text("utf-8")
    second = (TEXTS / "ravenhithe-2-response.txt").read_text("utf-8")
    quoted = "\n-----Original Message-----\nFrom: A Penhallow\nSent: 12 May 2025 09:14\nTo: FOI\nSubject: Request for information\n\n"
    quoted += "Dear Council,\n\nPlease answer nine questions about data breaches. I have read of 1,300 in 2023/24.\n"
    lists = {
        "Q1 list.xlsx": settled(rows.xlsx(sheet(1))), "Q2 list.ods": settled(rows.ods(sheet(2))),
        "Q3 list.csv": rows.comma_separated(sheet(3)), "Q4 list.xls": rows.xls(sheet(4)),
    }  # fmt: skip
    return {
        "1-acknowledgement.eml": message(first, sender, "Your request RMBC-FOI-4402", "Tue, 13 May 2025 09:30:00 +0100"),
        "2-response.eml": message(second + quoted, sender, "RE Your request RMBC-FOI-4402", "Wed, 02 Jul 2025 16:05:00 +0100", lists),
    }


def _mbox(text: str) -> bytes:
    mail = message(text, "information@kilbrannochisles.example", "Acknowledgement", "Wed, 14 May 2025 11:00:00 +0100")
    return b"From information@kilbrannochisles.example Wed May 14 11:00:00 2025\n" + mail


def _eml(text: str) -> bytes:
    text = re.sub(r"(?m)^(?:From|Sent|Subject): .*\n", "", text)  # the message has a head of its own
    return message(text, "Freedom of Information <foi@saltmere.example>", "FOI 905-25", "Thu, 29 May 2025 10:00:00 +0100")


FORMATS: dict[str, tuple[str, Callable[[str], bytes]]] = {
    "aldermere-borough-council": ("docx", lambda text: settled(writers.as_docx(blocks(text)))),
    "ballymorran-and-derrycairn-district-council": ("rtf", lambda text: writers.as_rtf(blocks(text))),
    "calderholt-metropolitan-borough-council": ("pdf", lambda text: pages.paged(blocks(text), "Calderholt MBC: 2025/1862")),
    "eskerby-city-council": ("odt", lambda text: settled(writers.as_odt(blocks(text)))),
    "glenarrow-council": ("doc", lambda text: writers.as_doc(blocks(text))),
    "kilbrannoch-and-isles-council": ("mbox", _mbox),
    "london-borough-of-hollenbury": ("msg", lambda text: outlook("Your request", "FOI", text.replace("\n", "\r\n"), {})),
    "marlowick-county-council": ("pdf", lambda text: pages.paged(blocks(text))),
    "penmorfa-county-council": ("html", lambda text: writers.as_html(blocks(text))),
    "saltmere-district-council": ("eml", _eml),
    "thornwick-vale-district-council": ("pdf", lambda text: pages.scanned(pages.paged(blocks(text), font="Helvetica"))),
    "wexcombe-council": ("txt", lambda text: text.encode()),
}


def letters() -> dict[str, bytes]:
    """Every file of the example's letters/, by its path there."""
    made: dict[str, bytes] = {}
    for name, (ending, write) in FORMATS.items():
        made[f"{name}.{ending}"] = write((TEXTS / f"{name}.txt").read_text("utf-8"))
    made |= {f"ravenhithe-metropolitan-borough-council/{name}": data for name, data in thread().items()}
    made["netherfold-borough-council.zip"] = settled(writers.zipped({"Our reply.pdf": b""}))  # sent by mistake: there is nothing in it
    return made


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    if folder == LETTERS:
        shutil.rmtree(folder, ignore_errors=True)
    for name, data in letters().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    print(f"{len(letters())} files in {folder.name}/")


if __name__ == "__main__":
    main()
