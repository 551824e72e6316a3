"""Hold our reading of labelled letters against the figures last committed, letter by letter.

    make score                                        what was gained and lost since tests/score.json
    python tests/letters/score_letters.py --misses    every miss too
    python tests/letters/score_letters.py --update    write tests/score.json afresh

The judge is the shared score script, run on each group of letters with this environment's `foi`; where the shared folder is
missing, only what needs it is left out, and said. `tests/score.json` holds letters' file names and counts, never their text.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
JUDGE = SHARED / "tools" / "score.py"
COMMITTED = ROOT / "tests" / "score.json"
GOLDEN = ROOT / "tests" / "letters" / "golden"
EXAMPLE = ROOT / "data" / "raw" / "example-round-robin"
SMALLER_IS_BETTER = ("silent errors", "review rate")
SIZES = ("letters", "labelled answers", "labelled figures")
FOI = f"'{sys.executable}' -m foi_lib.cli parse --json"

Score = dict[str, Any]


def groups() -> dict[str, tuple[list[Path], str]]:
    """The labels of each group of letters, with the command that reads them."""
    real = sorted(p for p in (SHARED / "letters").glob("*/*.labels.json") if p.parent.name != "dev")
    found = {
        "real": (real, FOI),
        "dev": (sorted((SHARED / "letters" / "dev").glob("*.labels.json")), FOI),
        "manners": (sorted((GOLDEN / "manners").glob("*.labels.json")), FOI),
        "example": (sorted((GOLDEN / "example").glob("*.labels.json")), f"{FOI} --request '{EXAMPLE}'"),
    }
    return {name: (labels, command) for name, (labels, command) in found.items() if labels}


def score(labels: list[Path], command: str) -> Score:
    """The judge's shares over some letters, the counts of each letter's misses, and the misses in words."""
    run = subprocess.run(
        [sys.executable, str(JUDGE), *map(str, labels), "--parser", command, "--misses", "--json"],
        capture_output=True, text=True, cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT)),
    )  # fmt: skip
    if run.returncode:
        raise SystemExit(f"the score script stopped: {run.stderr.strip() or run.stdout.strip()}")
    *misses, shares = run.stdout.splitlines()
    letters = {Path(gold["letter"]).name: _size(gold) for gold in (json.loads(path.read_text("utf-8")) for path in labels)}
    if len(letters) != len(labels):
        raise SystemExit("two letters of one group have the same file name")
    for miss in misses:
        name, _, what = miss.partition(": ")
        if name in letters:  # a quoted passage may run over several lines
            _count(letters[name], what)
    return {"figures": json.loads(shares), "letters": {name: dict(counts) for name, counts in sorted(letters.items())}, "misses": misses}


def _size(gold: dict[str, Any]) -> Counter[str]:
    values = [answer.get("value") for answer in gold["answers"]]
    return Counter({"figures": len(values) - values.count(None), "answers": len(values)})


def _count(counts: Counter[str], miss: str) -> None:
    """Add one line of the judge's misses to its letter's counts."""
    kind = re.match(r"lost figure|false figure|outcome|measure|provisions", miss)
    counts[{"lost figure": "lost", "false figure": "false"}.get(kind.group(), kind.group()) if kind else "header"] += 1
    if ", SILENT" in miss:
        counts["silent"] += 1


def changes(name: str, before: Score, now: Score) -> list[str]:
    """What a group gained and lost: its shares, then each letter whose counts moved."""
    out = []
    for share, value in now["figures"].items():
        old = before["figures"].get(share)
        if old != value and share not in SIZES:
            out.append(f"{name}: {share} {old} -> {value}{'' if dropped(share, old, value) is False else '   WORSE'}")
    for letter in sorted(before["letters"].keys() | now["letters"].keys()):
        was, has = before["letters"].get(letter), now["letters"].get(letter)
        if was is None or has is None:
            out.append(f"{name}: {letter} is {'new' if was is None else 'gone'}")
            continue
        for what in sorted(was.keys() | has.keys()):
            if (moved := has.get(what, 0) - was.get(what, 0)) != 0:
                word = "labels changed" if what in ("figures", "answers") else "LOSS" if moved > 0 else "gain"
                out.append(f"{name}: {letter}: {what} {was.get(what, 0)} -> {has.get(what, 0)} ({word})")
    return out


def dropped(share: str, old: float | None, new: float | None) -> bool:
    """Whether a share is worse than it was. A share that can no longer be made (None) is worse than any."""
    if old is None or share in SIZES or share == "review rate":  # review is a cost, and sometimes the honest thing
        return False
    return new is None or (new > old if share in SMALLER_IS_BETTER else new < old)


def drops(before: Score, now: Score) -> list[str]:
    """The shares of a group that fell below the committed ones."""
    old, new = before["figures"], now["figures"]
    return [f"{share}: {old[share]} -> {new.get(share)}" for share in old if dropped(share, old[share], new.get(share))]


def main() -> None:
    parser = argparse.ArgumentParser(description="Hold our reading of labelled letters against tests/score.json.")
    parser.add_argument("--update", action="store_true", help="write tests/score.json afresh")
    parser.add_argument("--misses", action="store_true", help="print every miss")
    given = parser.parse_args()
    if not JUDGE.is_file():
        raise SystemExit(f"SHARED FOLDER MISSING: no ../{SHARED.name}/tools/score.py beside the project, so there is no judge")
    committed = json.loads(COMMITTED.read_text("utf-8")) if COMMITTED.is_file() else {}
    now = {name: score(*group) for name, group in groups().items()}
    print(f"{'':40}" + "".join(f"{name:>10}" for name in now))
    for share in next(iter(now.values()))["figures"]:
        print(f"{share:40}" + "".join(f"{found['figures'][share]!s:>10}" for found in now.values()))
    if given.misses:
        print("", *(f"{name}: {miss}" for name, found in now.items() for miss in found["misses"]), sep="\n")
    moved = [line for name, found in now.items() if name in committed for line in changes(name, committed[name], found)]
    print("", *(moved or ["nothing changed since tests/score.json"]), sep="\n")
    if given.update:
        kept = {name: {"figures": found["figures"], "letters": found["letters"]} for name, found in now.items()}
        COMMITTED.write_text(json.dumps({**committed, **kept}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"wrote {COMMITTED.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
