"""PDF pages read in a second, beside the bare text library's own and beside markitdown where it is installed.

    python -m benchmarks.documents            paged letters of the factory, three readers in turns
    python -m benchmarks.documents --turns 9

Three measures of ours: `read_pdf` in this process (what the reader itself costs), and `read_documents` (the same in the sandbox, as the
program reads, with one worker and with all). Bare pypdfium2 is `get_text_range()` of each page: letters in the order of the file, columns
and cells interleaved. Each turn runs all of them one after another; ratios are of processor time within a turn, so that they travel.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import pypdfium2  # noqa: E402
from documents.letters import Block  # noqa: E402
from documents.pages import paged  # noqa: E402
from factory.letter import make_letter  # noqa: E402

from foi_lib.documents import read_documents  # noqa: E402
from foi_lib.documents.build import Builder  # noqa: E402
from foi_lib.documents.pdf import read_pdf  # noqa: E402
from foi_lib.documents.sandbox import Pool  # noqa: E402

LETTERS = 60
TABLE = [["Year", "Breaches", "Reported"], *([str(year), str(3 * year % 97), str(year % 7)] for year in range(2012, 2025))]


def make(folder: Path, count: int = LETTERS) -> list[Path]:
    """Letters of the factory as PDFs of three pages or so: four letters each, with a table."""
    paths = []
    for number in range(count):
        blocks: list[Block] = []
        for seed in range(4 * number, 4 * number + 4):
            text = make_letter(seed)[0].encode("cp1252", "ignore").decode("cp1252")
            blocks += [("p", line) for line in text.splitlines() if line.strip()]
            blocks.append(("t", TABLE))
        paths.append(folder / f"{number}.pdf")
        paths[-1].write_bytes(paged(blocks, "Benchmark letter"))
    return paths


def bare(paths: list[Path]) -> None:
    for path in paths:
        document = pypdfium2.PdfDocument(path)
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        document.close()


def ours(paths: list[Path]) -> None:
    for path in paths:
        out = Builder()
        read_pdf(path.read_bytes(), out)
        out.text()


def sandboxed(pool: Pool) -> Callable[[list[Path]], None]:
    def read(paths: list[Path]) -> None:
        for document in read_documents(paths, pool=pool):
            _ = document.text

    return read


def markitdown() -> Callable[[list[Path]], None] | None:
    """The peer, where it is installed."""
    try:
        from markitdown import MarkItDown  # type: ignore[import-not-found]
    except ImportError:
        return None
    reader = MarkItDown(enable_plugins=False)

    def read(paths: list[Path]) -> None:
        for path in paths:
            _ = reader.convert(str(path)).text_content

    return read


def _spent() -> float:
    """Processor seconds of this process and of workers that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how many PDF pages are read in a second.")
    parser.add_argument("--turns", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        paths = make(Path(name))
        pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
        one, every = Pool(1), Pool()
        readers: dict[str, Callable[[list[Path]], None] | None] = {
            "bare pypdfium2": bare, "foi_lib, the reader": ours, "foi_lib, sandboxed, one worker": sandboxed(one),
            f"foi_lib, sandboxed, {every.size} workers": sandboxed(every), "markitdown": markitdown(),
        }  # fmt: skip
        walls: dict[str, list[float]] = {}
        spent: dict[str, list[float]] = {}
        for turn in range(given.turns + 1):
            for what, read in readers.items():
                if read is None:
                    continue
                # a twentieth for the slowest, ten pages or so: what is compared is pages a second
                some = paths[: max(1, len(paths) // 20)] if what == "markitdown" else paths
                share = sum(len(pypdfium2.PdfDocument(path)) for path in some) / pages
                began, before = time.perf_counter(), _spent()
                read(some)
                if turn:  # the first warms
                    walls.setdefault(what, []).append((time.perf_counter() - began) / share)
                    spent.setdefault(what, []).append((_spent() - before) / share)
        one.close()
        every.close()
    print(f"{pages} pages in {len(paths)} files, {given.turns} turns, {platform.python_implementation()} {platform.python_version()}, "
          f"{os.cpu_count()} cores")  # fmt: skip
    print("\n| reader | pages a second, median (best) | wall, × bare | processor, × bare |\n|---|---:|---:|---:|")
    base = walls["bare pypdfium2"]
    for what in walls:
        wall = statistics.median(a / b for a, b in zip(walls[what], base, strict=True))
        busy = statistics.median(a / b for a, b in zip(spent[what], spent["bare pypdfium2"], strict=True))
        speed = pages / statistics.median(walls[what])
        own = f"{busy:.1f}" if "sandboxed" not in what else "–"  # its workers' time is theirs
        print(f"| {what} | {speed:,.0f} ({pages / min(walls[what]):,.0f}) | {wall:.1f} | {own} |")
    if readers["markitdown"] is None:
        print("\nmarkitdown is not installed here and was not measured")


if __name__ == "__main__":
    main()
