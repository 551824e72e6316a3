"""How reading a request grows with its letters: time, and peak memory of the process that gathers and of those that read.

    python -m benchmarks.ingest                     1,000 and 10,000 letters of the factory
    python -m benchmarks.ingest --sizes 1000 30000 --short

Letters are the factory's, of 400 councils, each in several versions (a line at the end makes them different files). `--short` takes letters
of one question, which are read in a fifth of the time: what grows, if anything does, is the gathering.
Peaks are VmHWM of /proc (Linux): ru_maxrss of a process is at least the size of the one that started it, which is not its own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
SHORT = "{name}\n\n12 June 2025\n\n1. How many data breaches were there in 2023/24?\n\nThere were {n} data breaches.\n"
MEASURE = """
import contextlib, json, os, pathlib, sys, time
from foi_lib.ingest import ingest
seen = [0]

def peak(process):
    told = pathlib.Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM"))

def look(name, done, places):
    if done % 40 and done < places - 40:
        return
    for child in pathlib.Path(f"/proc/self/task/{os.getpid()}/children").read_text().split():
        with contextlib.suppress(OSError, StopIteration):
            seen.append(peak(child))
    seen[:] = [max(seen)]

began = time.perf_counter()
done = ingest(sys.argv[1], progress=look)
print(json.dumps({"wall": time.perf_counter() - began, "rows": done.rows["answers"], "responses": done.rows["responses"],
                  "own": peak("self") / 1024,
                  "reading": max(seen) / 1024}))
"""


def letters(folder: Path, size: int, short: bool) -> None:
    """A request folder with so many letters."""
    from factory import make_request

    from foi_lib.reference import slug
    from foi_lib.request import load_request

    made = make_request(folder, 400)
    names = {slug(name): name for name in load_request(made).authorities}
    found = sorted((made / "letters").iterdir())
    texts = [(path.stem, path.read_text(encoding="utf-8")) for path in found]
    for path in found:
        path.unlink()
    for n in range(size):
        stem, text = texts[n % len(texts)]
        text = SHORT.format(name=names[stem], n=10 + n % 80) if short else text
        (made / "letters" / f"{stem}-{n // len(texts)}.txt").write_text(f"{text}\nCopy {n}\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--short", action="store_true")
    given = parser.parse_args()
    print("| letters | answers | processor, s | letters, × the smallest | processor, × | peak memory, MB: gathering | × | reading | × |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    first: tuple[float, float, float] | None = None
    for size in given.sizes:
        with tempfile.TemporaryDirectory(prefix="foi-bench-") as scratch:
            folder = Path(scratch) / "data" / "raw" / "made"
            letters(folder, size, given.short)
            before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
            run = subprocess.run([sys.executable, "-c", MEASURE, str(folder)], cwd=ROOT, check=True, capture_output=True, text=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
        told = json.loads(run.stdout)
        busy = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        first = first or (busy, told["own"], told["reading"])
        cells = [f"{size:,}", f"{told['rows']:,}", f"{busy:.0f}", f"{size / given.sizes[0]:.0f}", f"{busy / first[0]:.1f}"]
        cells += [f"{told['own']:.0f}", f"{told['own'] / first[1]:.2f}", f"{told['reading']:.0f}", f"{told['reading'] / first[2]:.2f}"]
        print(f"| {' | '.join(cells)} |", flush=True)
        print(f"{size:,}: wall {time.perf_counter() - began:.0f} s", file=sys.stderr)


if __name__ == "__main__":
    main()
