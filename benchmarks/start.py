"""What everyone waits for: starting the command, importing the package, finding that there is nothing to install.

    python -m benchmarks.start
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TURNS = 9
COMMANDS = {
    "bare Python": [sys.executable, "-c", ""],
    "import foi_lib": [sys.executable, "-c", "import foi_lib"],
    "foi --help": [sys.executable, "-m", "foi_lib.cli", "--help"],
    "import pandas (a peer)": [sys.executable, "-c", "import pandas"],
    "make setup, nothing to do": ["make", "-s", "setup"],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run, in seconds; a command that fails ends the benchmark."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begin


def main() -> None:
    times: dict[str, list[float]] = {name: [] for name in COMMANDS}
    for _ in range(TURNS):  # in turns, so that a busy moment falls on all alike
        for name, command in COMMANDS.items():
            times[name].append(seconds(command))
    base = statistics.median(times["bare Python"])
    print(f"| command | best, s | median of {TURNS}, s | × bare Python |\n|---|---:|---:|---:|")
    for name, found in times.items():
        print(f"| {name} | {min(found):.2f} | {statistics.median(found):.2f} | {statistics.median(found) / base:.1f} |")


if __name__ == "__main__":
    main()
