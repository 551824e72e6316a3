"""How long a request takes to load and analyse: 400 councils and 21 questions, in processes that have just started.

    python -m benchmarks.analyse
    python -m benchmarks.analyse --councils 100

The tables are the factory's, with its seven questions put three times over. *Load* is `foi_lib.load`; *analyse* is what the notebooks
reckon with: grid, league table, shares of refusals by question and council, provisions, timeliness, compensation, series, checks, queue.
Imports (pandas, above all) come before, and are told apart. Processor time, as wall time suffers from whatever else the machine does.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
TIMES = 3  # how often the questions are put
STEPS = ("imports", "load", "grid", "league", "refusals", "timeliness", "money and series", "checks", "queue")


def tables(data_dir: Path, councils: int) -> str:
    """Tables of a request in `data_dir`; gives the request's name."""
    import pandas as pd
    import yaml
    from factory import make_request

    from foi_lib.dataset import ingest, load
    from foi_lib.storage import write_tables

    ingest(make_request(data_dir / "raw" / "made", councils))
    data = load("made", data_dir)
    asked = yaml.safe_load((data.folder / "request.yaml").read_text(encoding="utf-8"))
    asked["questions"] = [{**question, "label": f"{n}.{question['label']}"} for n in range(1, TIMES + 1) for question in asked["questions"]]
    frames = {name: getattr(data, name) for name in ("responses", "coding", "decisions", "published", "problems", "texts")}
    for name, key in (("answers", "answer_id"), ("provisions", None), ("incidents", "incident_id"), ("unread", None)):
        frame = getattr(data, name)
        copies = [frame.assign(question=[f"{n}.{label}" for label in frame["question"]]) for n in range(1, TIMES + 1)]
        for column in {key, "answer_id"} & set(frame.columns):
            copies = [copy.assign(**{column: copy[column] + (str(n) if n else "")}) for n, copy in enumerate(copies)]
        frames[name] = pd.concat(copies, ignore_index=True)
    about = {name: data.about[name] for name in ("title", "hash") if name in data.about}
    write_tables(data.folder.parent / "asked-more", frames, about, {"request.yaml": yaml.safe_dump(asked).encode()})
    return "asked-more"


def work(data_dir: str, request: str) -> None:
    """Load and analyse in this process; prints the processor seconds of each step."""
    from time import process_time

    told: dict[str, float] = {}
    last = process_time()

    def done(step: str) -> None:
        nonlocal last
        told[step], last = process_time() - last, process_time()

    from foi_lib import checks, notebook
    from foi_lib.analysis import compensation, counts, findings, queue, refusals, timeliness

    done("imports")
    book = notebook.start(request=request, data_dir=data_dir)
    done("load")
    grid, answers = book.grid, book.answers
    done("grid")
    board = counts.league(grid, answers, book.responses, counts.main_measure(grid, answers))
    findings.league(board, "data breaches")
    done("league")
    refusals.table(refusals.variants(grid))
    for column in ("question", "authority", "tier", "region"):
        refusals.by(grid, column)
    refusals.provisions_used(book.provisions, answers)
    refusals.refused_but_given_elsewhere(grid)
    done("refusals")
    timeliness.states(timeliness.table(book.responses, book.as_of))
    done("timeliness")
    compensation.payments(answers, book.asked)
    counts.series(answers, "breach_count", book.asked)
    done("money and series")
    checks.run_checks(answers, book.data.incidents, book.data.published, book.data.texts, book.responses)
    done("checks")
    queue.queue(grid, answers, book.responses)
    done("queue")
    print(json.dumps({"seconds": told, "answers": len(answers), "questions": int(grid["question"].nunique())}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--councils", type=int, default=400)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--work", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(*given.work)
        return
    with tempfile.TemporaryDirectory(prefix="foi-bench-") as scratch:
        data_dir = Path(scratch) / "data"
        command = [sys.executable, "-m", "benchmarks.analyse", "--work", str(data_dir), tables(data_dir, given.councils)]
        turns: list[dict[str, Any]] = [
            json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout) for _ in range(given.turns)
        ]
    print(f"{given.councils} councils, {turns[0]['questions']} questions, {turns[0]['answers']:,} answers; {given.turns} turns\n")
    print("| step | median, s | best, s |\n|---|---:|---:|")
    for step in STEPS:
        took = [turn["seconds"][step] for turn in turns]
        print(f"| {step} | {median(took):.2f} | {min(took):.2f} |")
    whole = [sum(turn["seconds"][step] for step in STEPS[1:]) for turn in turns]
    print(f"| load and analyse, together | {median(whole):.2f} | {min(whole):.2f} |")


if __name__ == "__main__":
    main()
