"""Messages: EML and mbox. The head is kept above the text, the quoted request is marked, attachments are read by themselves."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from foi_lib.documents.blocks import write_blocks
from foi_lib.documents.build import Builder, clean, one_line
from foi_lib.documents.kinds import EML
from foi_lib.documents.model import Furniture
from foi_lib.documents.quoted import Sender, quoted_messages
from foi_lib.documents.text import decode

_SHOWN = ("From", "To", "Cc", "Date", "Subject")


def read_message(data: bytes, out: Builder) -> None:
    """An EML file into `out`."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:64]:  # a message that somebody saved as text
        data = decode(data)[0].encode("utf-8")
    message = email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n\t \0"), policy=email.policy.default)
    if message.defects and not message.keys():
        out.problem("damaged: it has no mail headers")
    plain: list[str] = []
    web: list[str] = []
    for part in _parts(message):
        kind, name = part.get_content_type(), _name(part)
        if part.get_content_disposition() == "attachment" or name or kind not in ("text/plain", "text/html"):
            _attach(part, kind, name, out)
        else:
            (plain if kind == "text/plain" else web).append(_text(part))
    if any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for part in _parts(message, inner=True) for defect in part.defects):
        out.problem("cut off: the last part of the message does not end")
    headers = {name: _header(message, name) for name in _SHOWN}
    write_message(headers, _iso(headers["Date"]), "\n\n".join(plain), "\n".join(web), out)


def write_message(headers: dict[str, str], sent_on: str | None, plain: str, web: str, out: Builder) -> None:
    """A message into `out`: its head, then its text, from the HTML where that says as much, since it keeps tables and paragraphs."""
    from foi_lib.documents.html import html_blocks

    for key, value in (("from", headers.get("From")), ("subject", headers.get("Subject")), ("sent_on", sent_on)):
        if value:
            out.properties[key] = value
    out.begin_page()
    for name, value in headers.items():
        if value:
            out.line(f"{name}: {value}")
    if out.length:
        out.furniture.append(Furniture(0, out.length - 1, "header"))
        out.line()
    start = out.length
    if web:
        trial = Builder(out.limits)
        write_blocks(html_blocks(web), trial)
        words = len(re.findall(r"\w+", trial.text()))
        if words >= 0.8 * len(re.findall(r"\w+", plain)):
            plain = ""
            write_blocks(html_blocks(web), out)
    if plain:
        out.add(clean(plain).replace("\f", "\n").strip("\n"))
        out.add("\n")
    marked, problem = quoted_messages(out.text(), start, Sender(headers.get("From", ""), sent_on))
    out.furniture += marked
    if problem:
        out.problem(problem)
    out.end_page()


def read_mbox(data: bytes, out: Builder) -> None:
    """A mailbox: each of its messages is read as an attachment, in its order. One message alone is read as such."""
    pieces = re.split(rb"(?m)^From \S+ [^\r\n]*\d{4}[^\r\n]*\r?\n(?=[A-Za-z-]+:)", data)
    if len(pieces) == 2:
        out.media_type = EML
        read_message(pieces[1], out)
        return
    for number, piece in enumerate(pieces[1:], 1):
        out.attach(f"message {number}.eml", re.sub(rb"(?m)^>(>*From )", rb"\1", piece))


def _parts(message: Message, inner: bool = False) -> list[Message]:
    """The parts that hold something, outermost first (with `inner`, those too that hold parts). A message within a message is one
    part: it is read by itself."""
    found, waiting = [], [message]
    while waiting:
        part = waiting.pop(0)
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            found += [part] if inner else []
            waiting = [piece for piece in part.get_payload() if isinstance(piece, Message)] + waiting
        else:
            found.append(part)
    return found


def _attach(part: Message, kind: str, name: str, out: Builder) -> None:
    if kind == "message/rfc822" or (kind.startswith("message/") and part.is_multipart()):
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        subject = _header(first, "Subject")[:60] if isinstance(first, Message) else ""
        out.attach(name or f"{subject or 'message'}.eml", first.as_bytes() if isinstance(first, Message) else b"")
        return
    if kind in ("multipart/signed", "multipart/encrypted") or kind == "application/pgp-signature":
        return
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        out.problem(f"{one_line(name or kind, 60)}: an attachment that could not be taken out")
        return
    out.attach(name or f"{kind.replace('/', ' ')}", data)


def _name(part: Message) -> str:
    try:
        return one_line(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "attachment"


def _text(part: Message) -> str:
    """The text of a part, by its declared character set, or by its bytes where that is unknown or wrong."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_payload())
    try:
        text = data.decode(part.get_content_charset("utf-8"))
    except (LookupError, UnicodeDecodeError):
        text = decode(data)[0]
    if part.get_param("format") == "flowed":  # RFC 3676: a line that ends with a space goes on
        text = re.sub(r"(?m)^(?!-- $)(.*) \r?\n(?=[^>\r\n])", r"\1" if part.get_param("delsp") == "yes" else r"\1 ", text)
    return text


def _header(message: Message, name: str) -> str:
    try:
        return one_line(message.get(name) or "", 500)
    except (ValueError, LookupError, TypeError, AttributeError, IndexError):  # damaged headers: the library raises any of these
        if not isinstance(message, EmailMessage):
            return ""
        return one_line(next((value for key, value in message.raw_items() if key.lower() == name.lower()), ""), 500)


def _iso(date: str) -> str | None:
    try:
        return parsedate_to_datetime(date).date().isoformat() if date else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
