"""How long a build of all reports takes, beside plain papermill and nbconvert, ploomber-engine, and the cells' own compute.

    python -m benchmarks.reports                         400 councils; peers on a sample of 12, before and after ours
    python -m benchmarks.reports --councils 20 --sample 20
    FOI_PEERS=/some/folder python -m benchmarks.reports  with ploomber-engine, installed there by: pip install --target /some/folder …

The request is the letter factory's. Ours is the whole build (letter views, index and workbook too). Peers run the comparing notebooks and
a sample of the councils', and their time for all is worked out from it: a council's notebook costs the same whichever it is. "The cells"
are the same notebooks run one after another in one process that has imported all and holds the data: what no engine can go below.
Wall time suffers from whatever else the machine does, processor time less so: both are told, and the ratio of each.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = ROOT / "notebooks"
sys.path.insert(0, str(ROOT / "tests"))
sys.path += filter(None, [os.environ.get("FOI_PEERS")])  # a folder with peers that the project itself does not install


def jobs(data_dir: Path, request: str, sample: int) -> tuple[list[Any], int]:
    """The comparing notebooks and a sample of the councils', as (notebook, parameters); and how many councils there are."""
    from foi_lib.dataset import load

    names = [str(name) for name in load(request, data_dir).authority_rows["authority"]]
    places = {"request": request, "data_dir": str(data_dir), "as_of": ""}
    found: list[Any] = [[str(path), places] for path in sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))]
    step = max(1, len(names) // sample)
    return found + [[str(NOTEBOOKS / "council.ipynb"), {"council": name, **places}] for name in names[::step][:sample]], len(names)


def plain(notebook: str, parameters: dict[str, Any], engine: str | None = None) -> None:
    """A report as most people make one: papermill, then nbconvert."""
    import papermill
    from nbconvert import HTMLExporter

    options: dict[str, Any] = {"engine_name": engine} if engine else {}
    with tempfile.TemporaryDirectory() as folder:
        done = papermill.execute_notebook(notebook, f"{folder}/out.ipynb", parameters, kernel_name="python3", progress_bar=False, **options)
        html, _ = HTMLExporter().from_notebook_node(done)
        Path(folder, "out.html").write_text(html, encoding="utf-8")


def work(how: str, listed: list[Any]) -> list[tuple[float, float]]:
    """Run the jobs in this process in the way named; gives wall and processor seconds of each."""
    if how == "cells":
        import foi_lib.dataset as dataset
        from foi_lib.reports import nursery, shell

        nursery._warm(Path("/nonexistent"))
        dataset.hold(dataset.load(listed[0][1]["request"], listed[0][1]["data_dir"]))
        shell.run_notebook(Path(listed[-1][0]), listed[-1][1])  # what only the first run of a process costs
    out = []
    for notebook, parameters in listed:
        wall, own = time.perf_counter(), cpu()
        if how == "cells":
            shell.run_notebook(Path(notebook), parameters)
        else:
            plain(notebook, parameters, "embedded" if how == "ploomber" else None)
        out.append((time.perf_counter() - wall, cpu() - own))
    return out


def cpu() -> float:
    """Processor seconds of this process and its children."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def apart(how: str, listed: list[Any], processes: int = 1) -> tuple[float, list[tuple[float, float]]]:
    """`work` in fresh processes, the jobs dealt out among them; gives the wall time of all, starting included, and each job's times."""
    began = time.perf_counter()
    parts = [listed[n::processes] for n in range(processes)]
    started = [
        subprocess.Popen([sys.executable, "-m", "benchmarks.reports", "--work", how], cwd=ROOT, text=True,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for _ in parts
    ]  # fmt: skip
    for process, part in zip(started, parts, strict=True):
        assert process.stdin
        process.stdin.write(json.dumps(part))
        process.stdin.close()
    found: list[Any] = [None] * len(listed)
    for n, process in enumerate(started):
        assert process.stdout
        found[n::processes] = json.loads(process.stdout.read())
        process.wait()
    return time.perf_counter() - began, found


def ours(data_dir: Path, request: str) -> tuple[float, float]:
    """A whole build into an empty folder, by the command; wall and processor seconds."""
    wall, before = time.perf_counter(), cpu()
    with tempfile.TemporaryDirectory() as reports:
        subprocess.run([sys.executable, "-m", "foi_lib.cli", "report", request, "--data-dir", str(data_dir), "--reports-dir", reports],
                       cwd=ROOT, check=True, capture_output=True)  # fmt: skip
    return time.perf_counter() - wall, cpu() - before


def whole(times: list[tuple[float, float]], comparing: int, councils: int, which: int) -> float:
    """Seconds for all notebooks, from the comparing ones and a sample of the councils'."""
    return sum(t[which] for t in times[:comparing]) + councils * median(t[which] for t in times[comparing:])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=400)
    parser.add_argument("--sample", type=int, default=12, help="councils whose notebooks the peers run")
    parser.add_argument("--turns", type=int, default=2, help="how often each peer runs; ours runs between them")
    parser.add_argument("--work", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        listed = json.load(sys.stdin)
        told, out = sys.stdout, os.dup(1)
        os.dup2(2, 1)
        result = work(given.work, listed)
        os.write(out, json.dumps(result).encode())
        told.flush()
        return
    from factory import make_request

    with tempfile.TemporaryDirectory(prefix="foi-bench-") as folder:
        data_dir, request = Path(folder) / "data", f"made-{given.councils}"
        make_request(data_dir / "raw" / request, given.councils)
        command = [sys.executable, "-m", "foi_lib.cli", "ingest", "--data-dir", str(data_dir)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        listed, councils = jobs(data_dir, request, given.sample)
        comparing = len(listed) - min(given.sample, councils)
        peers = ["cells", "plain"] + (["ploomber"] if find_spec("ploomber_engine") else [])
        seen: dict[str, list[tuple[float, float]]] = {name: [] for name in ("ours", "two", *peers)}
        for turn in range(given.turns):
            for name in peers:
                _, times = apart(name, listed)
                seen[name].append((whole(times, comparing, councils, 0), whole(times, comparing, councils, 1)))
            _, times = apart("plain", listed, 2)
            seen["two"].append((whole(times, comparing, councils, 0) / 2, whole(times, comparing, councils, 1)))
            if turn == 0 or given.councils <= 50:
                seen["ours"].append(ours(data_dir, request))
        print(json.dumps({"councils": councils, "comparing": comparing, "seconds": seen}))
    table({name: (median(t[0] for t in times), median(t[1] for t in times)) for name, times in seen.items()}, councils, comparing)


def table(seen: dict[str, tuple[float, float]], councils: int, comparing: int) -> None:
    """The results, as Markdown."""
    named = {
        "ours": "`foi report`, 2 processes: everything", "plain": "papermill + nbconvert, one by one", "two": "the same, two at a time",
        "ploomber": "papermill with ploomber-engine + nbconvert, one by one", "cells": "the cells alone, one warm process",
    }  # fmt: skip
    print(f"\n{councils} councils, {comparing} comparing notebooks, {os.cpu_count()} cores\n")
    print("| | wall, s | processor, s | wall, × ours | processor, × ours |\n|---|---:|---:|---:|---:|")
    for name, (wall, own) in seen.items():
        print(f"| {named[name]} | {wall:,.0f} | {own:,.0f} | {wall / seen['ours'][0]:.1f} | {own / seen['ours'][1]:.1f} |")
    wall, own = seen["ours"]
    alone, own_alone = seen["cells"]
    print(f"\nOurs is {wall / (alone / 2):.2f} × the cells' wall time / 2, and {own / own_alone:.2f} × their processor time.")


if __name__ == "__main__":
    main()
