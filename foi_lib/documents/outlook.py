"""Outlook's MSG files, by python-oxmsg."""

from __future__ import annotations

from foi_lib.documents.build import Builder, one_line
from foi_lib.documents.mail import write_message


def read_msg(data: bytes, out: Builder) -> None:
    """An MSG file into `out`, as a message is."""
    from oxmsg import Message

    message = Message.load(data)
    sent = message.sent_date
    carried = message.message_headers
    headers = {
        "From": one_line(message.sender or ""),
        "To": one_line(carried.get("To") or ""),
        "Cc": one_line(carried.get("Cc") or ""),
        "Date": one_line(carried.get("Date") or (sent.isoformat(" ", "minutes") if sent else "")),
        "Subject": one_line(message.subject),
    }
    try:
        web = message.html_body or ""
    except (LookupError, UnicodeDecodeError):
        web = ""
        out.problem("its HTML text is in an unknown character set; the plain text was read")
    write_message(headers, sent.date().isoformat() if sent else None, message.body or "", web, out)
    if not web and not message.body:
        out.problem("it holds no plain text and no HTML; save it from Outlook as EML or PDF")
    for number, attachment in enumerate(message.attachments, 1):
        name = one_line(attachment.file_name or "") or f"attachment {number}"
        content = attachment.file_bytes
        if content is None:
            out.problem(f"{name}: a message within the message, which was not read; save it from Outlook by itself")
        else:
            out.attach(name, content)
