"""Write letters and their labels to a folder, for the score script to judge a reader on.

python -m tests.factory --seed 7 --count 5 --out DIR          letters of their own
python -m tests.factory --request --count 400 --out DIR       a request folder (with the labels in DIR/expected)
python -m tests.factory --judge --seed 0 --count 300          read them, and tell what the reader missed, by how it was written
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import make_letter, make_request
from .request import write_labels


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.factory", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1, help="the first letter's seed; the others' follow it")
    parser.add_argument("--count", type=int, default=5, help="how many letters or councils")
    parser.add_argument("--out", type=Path, help="the folder to write to")
    parser.add_argument("--request", action="store_true", help="write one request folder")
    parser.add_argument("--judge", action="store_true", help="read the letters and print the reader's misses")
    given = parser.parse_args()
    if given.judge:
        from .reading import read_seeds, report

        print(report(read_seeds(range(given.seed, given.seed + given.count))))
        return
    if given.out is None:
        parser.error("--out is needed: the folder to write to")
    if given.request:
        make_request(given.out, given.count, given.seed, labels=given.out / "expected")
        return
    given.out.mkdir(parents=True, exist_ok=True)
    for seed in range(given.seed, given.seed + given.count):
        text, gold = make_letter(seed)
        letter = given.out / f"seed-{seed}.txt"
        letter.write_text(text, encoding="utf-8")
        write_labels(given.out / f"seed-{seed}.labels.json", gold, letter)


if __name__ == "__main__":
    main()
