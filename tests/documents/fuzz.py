"""A fuzz target for the readers of documents, by atheris where it is installed (no part of the suite's environment).

    python tests/documents/fuzz.py --seconds 60                 the tests' letters in every format, damaged by dice, read in the sandbox
    python tests/documents/fuzz.py --atheris --reader rtf       readers written in Python, in this process, led by what they have seen

By dice, a library written in C may crash or run wild: the sandbox must make one line of it. Under atheris the readers have no sandbox: an
exception that is not a line under `problems`, a place outside the text or ten seconds over one file stop it. Either way the input is kept
in fuzz-findings/, and the time is bounded.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from documents.letters import LETTERS  # noqa: E402
from documents.writers import WRITERS  # noqa: E402
from foi_lib.documents import Document, Limits, read_documents, walk  # noqa: E402
from foi_lib.documents.build import Builder, OutOfTime  # noqa: E402
from foi_lib.documents.kinds import sniff  # noqa: E402
from foi_lib.documents.readers import read_into  # noqa: E402

LIMITS = Limits(
    page_seconds=3, seconds=6, memory_bytes=900 * 1024**2, text_characters=1_000_000, pages=50, cells=50_000,
    unpacked_bytes=20 * 1024**2, ocr_pages=0,
)  # fmt: skip
PYTHON = ("txt", "csv", "doc", "docx", "eml", "html", "mbox", "odt", "ods", "rtf", "xlsx")
BATCH = 24
SLOW = 10.0
FINDINGS = Path("fuzz-findings")


def sound(document: Document) -> None:
    """What must hold of whatever comes out."""
    for part in walk(document):
        part.text.encode("utf-8")
        places = (*part.pages, *part.tables, *part.furniture, *part.doubtful)
        assert all(0 <= place.start <= place.end <= len(part.text) for place in places), "a place outside the text"
        assert all(line and "\n" not in line for line in part.problems), "a problem of several lines"


def one(data: bytes) -> None:
    """Read bytes as whatever they look like, in this process."""
    out = Builder(LIMITS, "fuzz")
    began = time.monotonic()
    try:
        read_into(data, sniff(data), out)
    except OutOfTime:
        return
    sound(out.document("fuzz", "", ""))
    assert time.monotonic() - began < SLOW, "slow"


def seeds(endings: tuple[str, ...]) -> list[bytes]:
    """Letters of the tests in these formats."""
    return [WRITERS[ending](blocks) for ending in endings for blocks in LETTERS.values()]


def kept(data: bytes, error: BaseException) -> None:
    """Keep what was found."""
    FINDINGS.mkdir(exist_ok=True)
    path = FINDINGS / f"{type(error).__name__}-{len(list(FINDINGS.iterdir()))}"
    path.write_bytes(data)
    print(f"{path}: {type(error).__name__}: {error}", file=sys.stderr)


def damage(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, stretches lost, doubled or moved, numbers pushed to their limits."""
    changed = bytearray(data)
    for _ in range(dice.choice((1, 2, 8, 64))):
        at, size = dice.randrange(len(changed) + 1), dice.randrange(1, 64)
        deed = dice.randrange(5)
        if deed == 0 and at < len(changed):
            changed[at] = dice.randrange(256)
        elif deed == 1:
            del changed[at : at + size]
        elif deed == 2:
            changed[at:at] = changed[at : at + size]
        elif deed == 3:
            changed[at : at + 4] = dice.choice((b"\xff\xff\xff\xff", b"\x00\x00\x00\x00", b"\xff\xff\xff\x7f", b"99999999999"))
        else:
            other = dice.randrange(len(changed) + 1)
            changed[at:at] = changed[other : other + size]
    return bytes(changed)


def by_dice(start: list[bytes], seconds: float, seed: int = 0) -> int:
    """Damage seeds for so long, and read them in the sandbox; how many were tried."""
    dice, tried, end = random.Random(seed), 0, time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / f"{number}" for number in range(BATCH)]
        while time.monotonic() < end:
            for path in paths:
                path.write_bytes(damage(dice.choice(start), dice))
            for path, document in zip(paths, read_documents(paths, LIMITS), strict=True):
                try:
                    sound(document)
                except Exception as error:
                    kept(path.read_bytes(), error)
                    raise
                tried += 1
    return tried


def main() -> None:
    parser = argparse.ArgumentParser(description="Fuzz the readers of documents.")
    parser.add_argument("--reader", choices=[*WRITERS], help="one format [default: all]")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0, help="of the dice")
    parser.add_argument("--atheris", action="store_true", help="by atheris, in this process")
    given = parser.parse_args()
    endings = (given.reader,) if given.reader else PYTHON if given.atheris else tuple(WRITERS)
    if not given.atheris:
        print(f"{by_dice(seeds(endings), given.seconds, given.seed):,} damaged files read, and each was a document or a line")
        return
    try:
        import atheris  # type: ignore[import-not-found]
    except ImportError:
        raise SystemExit("atheris is not installed (pip install atheris); without --atheris the files are damaged by dice") from None
    corpus = FINDINGS / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds(endings)):
        (corpus / f"seed-{number}").write_bytes(data)
    atheris.instrument_all()
    atheris.Setup([sys.argv[0], str(corpus), f"-max_total_time={given.seconds:g}", "-max_len=200000", f"-timeout={SLOW:g}"], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
