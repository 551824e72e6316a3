"""PDF pages read in a second, beside the bare text library's own and beside markitdown where it is installed.

    python -m benchmarks.documents            paged letters of the factory, all readers in turns
    python -m benchmarks.documents --turns 9
    python -m benchmarks.documents --files 10

Two kinds of PDF: letters set in a typewriter's font that every reader has, as small as PDF can be, which is the hardest company for a
ratio; and, where a chromium is installed, the same letters printed by it, with fonts of their own, as word processors print them.

Three measures of ours: `read_pdf` in this process (what the reader itself costs), and `read_documents` (the same in the sandbox, as
`foi ingest` reads, with one worker and with two). Bare pypdfium2 is `get_text_range()` of each page: letters in the order of the file,
columns and cells interleaved. Each turn runs all of them one after another; ratios are taken within a turn, so that they travel, and those
of processor time tell what a quiet machine would do: two workers on two cores read 2 / ratio of what bare pypdfium2 reads on one.
"""

from __future__ import annotations

import argparse
import html
import os
import platform
import resource
import shutil
import statistics
import subprocess
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


def _blocks(number: int) -> list[Block]:
    """Four letters, each with a table: three pages or so."""
    blocks: list[Block] = []
    for seed in range(4 * number, 4 * number + 4):
        text = make_letter(seed)[0].encode("cp1252", "ignore").decode("cp1252")
        blocks += [("p", line) for line in text.splitlines() if line.strip()]
        blocks.append(("t", TABLE))
    return blocks


def make(folder: Path, count: int = LETTERS) -> list[Path]:
    """Letters of the factory as PDFs."""
    paths = [folder / f"{number}.pdf" for number in range(count)]
    for number, path in enumerate(paths):
        path.write_bytes(paged(_blocks(number), "Benchmark letter"))
    return paths


def printed(folder: Path, count: int = LETTERS) -> list[Path]:
    """The same, printed by a browser; none where there is no chromium."""
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    paths = []
    for number in range(count if browser else 0):
        parts = []
        for kind, content in _blocks(number):
            if kind == "t":
                rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in content)  # type: ignore[attr-defined]
                parts.append(f"<table style='width:60%'{' border=1' if number % 2 else ''}>{rows}</table>")
            else:
                parts.append(f"<p>{html.escape(str(content))}</p>")
        page = folder / f"printed-{number}.html"
        page.write_text(f"<meta charset=utf-8><body style='font: 11pt Arial, sans-serif'>{''.join(parts)}", encoding="utf-8")
        paths.append(page.with_suffix(".pdf"))
        command = [str(browser), "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={paths[-1]}", str(page)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
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


def _spent(pools: list[Pool]) -> float:
    """Processor seconds of this process, of those that it started and that have ended, and of workers that live (on Linux)."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    ticks = 0
    for worker in (worker for pool in pools for worker in pool._workers):
        told = Path(f"/proc/{worker.process.pid}/stat")
        if told.exists():
            ticks += sum(map(int, told.read_text().rpartition(")")[2].split()[11:13]))
    return sum(one.ru_utime + one.ru_stime for one in used) + ticks / os.sysconf("SC_CLK_TCK")


def measure(paths: list[Path], turns: int) -> None:
    """All readers in turns on these files, as a table."""
    pages = sum(len(pypdfium2.PdfDocument(path)) for path in paths)
    one, two = Pool(1), Pool(2)
    readers: dict[str, Callable[[list[Path]], None] | None] = {
        "bare pypdfium2": bare, "foi_lib, the reader": ours, "foi_lib, sandboxed, one worker": sandboxed(one),
        "foi_lib, sandboxed, 2 workers": sandboxed(two), "markitdown": markitdown(),
    }  # fmt: skip
    walls: dict[str, list[float]] = {}
    spent: dict[str, list[float]] = {}
    for turn in range(turns + 1):
        for what, read in readers.items():
            if read is None:
                continue
            # a twentieth for the slowest, ten pages or so: what is compared is pages a second
            some = paths[: max(1, len(paths) // 20)] if what == "markitdown" else paths
            share = sum(len(pypdfium2.PdfDocument(path)) for path in some) / pages
            began, before = time.perf_counter(), _spent([one, two])
            read(some)
            if turn:  # the first warms
                walls.setdefault(what, []).append((time.perf_counter() - began) / share)
                spent.setdefault(what, []).append((_spent([one, two]) - before) / share)
    one.close()
    two.close()
    print(f"{pages} pages in {len(paths)} files, {turns} turns, {platform.python_implementation()} {platform.python_version()}, "
          f"{os.cpu_count()} cores")  # fmt: skip
    print("\n| reader | pages a second, median (best) | wall, × bare | processor, ms a page | × bare |\n|---|---:|---:|---:|---:|")
    for what in walls:
        wall = statistics.median(a / b for a, b in zip(walls[what], walls["bare pypdfium2"], strict=True))
        busy = statistics.median(a / b for a, b in zip(spent[what], spent["bare pypdfium2"], strict=True))
        speed, cost = pages / statistics.median(walls[what]), 1000 * statistics.median(spent[what]) / pages
        print(f"| {what} | {speed:,.0f} ({pages / min(walls[what]):,.0f}) | {wall:.1f} | {cost:.2f} | {busy:.1f} |")
    if readers["markitdown"] is None:
        print("\nmarkitdown is not installed here and was not measured")


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how many PDF pages are read in a second.")
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--files", type=int, default=LETTERS)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure(make(Path(name), given.files), given.turns)
        paths = printed(Path(name), max(1, given.files // 3))
        if paths:
            print("\nThe same letters printed by a browser:\n")
            measure(paths, given.turns)
        else:
            print("\nno chromium is installed here: letters printed by a browser were not measured")


if __name__ == "__main__":
    main()
