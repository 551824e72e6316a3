"""How many letters are read in a second, how that grows with their number, and where the time goes.

    python -m benchmarks.letters              100, 1,000 and 10,000 letters
    python -m benchmarks.letters --profile    the hottest functions over 300 letters

The letters are the factory's (text, read as they are; no file, no dataset). Processor time of one process, so that what else the machine
does counts little; each pass begins at another letter, so that none is read twice in a row. Ratios travel from machine to machine; seconds
do not.
"""

from __future__ import annotations

import argparse
import cProfile
import hashlib
import os
import platform
import pstats
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from factory.letter import make_letter  # noqa: E402

from foi_lib.documents.model import Document, Page  # noqa: E402
from foi_lib.letters import read_letter  # noqa: E402
from foi_lib.reference import Authority  # noqa: E402

SIZES = (100, 1_000, 10_000)
DIFFERENT = 500  # letters drawn; larger sizes read them again and again, since drawing takes longer than reading


def letters(count: int) -> tuple[list[Document], tuple[Authority, ...]]:
    """Letters of the factory as documents, and a list of their councils as a request's own authorities.csv gives it."""
    made = [make_letter(seed) for seed in range(count)]
    names = sorted({gold["authority"] or gold["authority_not_in_text"] for _, gold in made})
    bodies = tuple(Authority(f"X{n:08d}", name) for n, name in enumerate(names, 1))
    papers = [
        Document(f"seed-{n}.txt", hashlib.sha256(text.encode()).hexdigest(), "text/plain", text, (Page(1, 0, len(text)),))
        for n, (text, _) in enumerate(made)
    ]
    return papers, bodies


def seconds(papers: list[Document], bodies: tuple[Authority, ...], count: int, first: int = 0) -> float:
    begin = time.process_time()
    for n in range(first, first + count):
        read_letter(papers[n % len(papers)], extra_authorities=bodies)
    return time.process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how fast letters are read.")
    parser.add_argument("--profile", action="store_true", help="print the hottest functions instead")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of letters")
    given = parser.parse_args()
    papers, bodies = letters(DIFFERENT)
    seconds(papers, bodies, 100, len(papers) - 100)  # tables loaded, patterns compiled
    if given.profile:
        profile = cProfile.Profile()
        profile.runcall(seconds, papers, bodies, 300)
        pstats.Stats(profile).sort_stats("tottime").print_stats(15)
        return
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores, one process")
    print(f"{statistics.mean(len(p.text) for p in papers):,.0f} characters a letter, {DIFFERENT} different letters")
    print("| letters | letters a second | time, × the smallest | letters, × the smallest |\n|---:|---:|---:|---:|")
    first = None
    for size in (s for s in SIZES if s <= given.most):
        took = min(seconds(papers, bodies, size, size * turn) for turn in range(3 if size <= 1_000 else 1))
        first = first or took
        print(f"| {size:,} | {size / took:,.0f} | {took / first:.1f} | {size / SIZES[0]:.0f} |")


if __name__ == "__main__":
    main()
