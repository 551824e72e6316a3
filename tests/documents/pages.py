# ruff: noqa: E501
"""PDF written by hand: words where they are put, letters of several pages, and scans of these."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Sequence

from documents.letters import Block

Item = tuple[float, float, str] | tuple[float, float, str, float]  # x and y from the top left in points, words, size
WIDTH, HEIGHT = 595, 842
_ROOM, _LINES = 78, 52  # letters of 6 points between the margins, lines of 13 points a page


def pdf(pages: Sequence[Sequence[Item]], rules: Sequence[tuple[float, float, float, float]] = (), mode: int = 0, rotate: int = 0, font: str = "Courier",
        annotations: Sequence[str] = (), catalog: str = "") -> bytes:  # fmt: skip
    """A PDF in Courier (0.6 em a letter), each item where it is put; lines drawn, and `annotations` laid, on every page; more for the
    document's own entry in `catalog`, where "FIELDS" stands for the annotations. The font is object 3."""
    objects: list[bytes] = [b"", b"", f"<< /Type /Font /Subtype /Type1 /BaseFont /{font} /Encoding /WinAnsiEncoding >>".encode()]
    kids, laid = [], ""
    for items in pages:
        drawn = [f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S" for x0, y0, x1, y1 in rules]
        for x, y, words, *size in items:
            escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"BT {mode} Tr /F1 {size[0] if size else 10} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET")
        content = "\n".join(drawn).encode("cp1252")
        kids.append(len(objects) + 1)
        laid = " ".join(f"{kids[-1] + 2 + number} 0 R" for number in range(len(annotations)))
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Rotate {rotate} /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {len(objects) + 2} 0 R /Annots [{laid}] >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n" % len(content) + content + b"\nendstream")
        objects += [one.encode("latin-1") for one in annotations]
    objects[0] = f"<< /Type /Catalog /Pages 2 0 R {catalog.replace('FIELDS', laid)} >>".encode()
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    body, places = b"%PDF-1.7\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + data + b"\nendobj\n"
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))


def paged(blocks: list[Block], head: str = "", font: str = "Courier") -> bytes:
    """A letter in PDF, on as many pages as it takes, with a running head and page numbers where it has more than one."""
    pages: list[list[Item]] = [[]]
    row = 0

    def put(cells: Sequence[tuple[float, str]], after: int = 1) -> None:
        nonlocal row
        if row >= _LINES:
            pages.append([])
            row = 0
        pages[-1] += [(x, 96 + 13 * row, words) for x, words in cells if words]
        row += after

    number = 0
    for kind, content in blocks:
        if kind == "t":
            widths = [max(len(line[n]) for line in content) + 3 for n in range(len(content[0]))]  # type: ignore[index]
            for line in content:  # type: ignore[attr-defined]
                put([(66 + 6 * sum(widths[:n]), words) for n, words in enumerate(line)])
        else:
            number += kind == "n"
            words = f"{number}. {content}" if kind == "n" else str(content)
            for line in textwrap.wrap(words, _ROOM, break_long_words=False, break_on_hyphens=False) or [""]:
                put([(66, line)])
        row += 1
    if len(pages) > 1:
        for n, page in enumerate(pages, 1):
            page += [(66.0, 50.0, head), (480.0, 810.0, f"Page {n} of {len(pages)}")] if head else [(480.0, 810.0, f"Page {n} of {len(pages)}")]
    return pdf(pages, font=font)


def scanned(data: bytes, dots: int = 200) -> bytes:
    """A PDF as a scanner gives it: a black and white picture of each page, and no text."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=dots / 72, grayscale=True).to_pil().point(lambda grey: 255 * (grey > 160)).convert("1", dither=0) for page in document]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", resolution=dots, save_all=True, append_images=pictures[1:], creationDate=None, modDate=None)
    return file.getvalue()
