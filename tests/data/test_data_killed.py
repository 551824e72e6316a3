"""`ingest` killed at random moments, over letters of several formats: run again, it gives what an undisturbed run gives."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from documents.letters import LETTERS
from documents.writers import as_docx, as_pdf, as_rtf, as_xlsx
from imports.batches import AUTHORITIES

ROOT = Path(__file__).resolve().parents[2]
REQUEST = """\
title: Breaches
as_of: 2025-06-30
authorities: [Aldermere Borough Council, Wexcombe Council, Glenarrow Council]
questions:
  - {label: "1", text: "How many data breaches did the council record in each of the last three calendar years?", measure: breach_count}
  - {label: "2", text: "How much compensation has been paid?", measure: compensation_paid_gbp}
"""
KILLER = """
import os, random, signal, sys, time
from pathlib import Path
sys.path[:0] = [{root!r}]
from foi_lib.ingest import ingest

raw = Path({raw!r})
def tables(out):  # all that people and programs read; the readings that wait for the next run are no table
    return {{path.name: path.read_bytes() for path in sorted(out.iterdir()) if path.is_file() and not path.name.startswith(".")}}

began = time.monotonic()
ingest(raw, raw.parent / "out" / "undisturbed" / "breaches")
undisturbed = tables(raw.parent / "out" / "undisturbed" / "breaches")
began = time.monotonic()
ingest(raw, raw.parent / "out" / "timed" / "breaches")
long = time.monotonic() - began
assert tables(raw.parent / "out" / "timed" / "breaches") == undisturbed, "two runs differ"

chance, killed, partly = random.Random(4), 0, 0
for n in range(20):
    out = raw.parent / "out" / f"run {{n}}" / "breaches"
    process = os.fork()
    if process == 0:
        try:
            ingest(raw, out)
        finally:
            os._exit(0)
    time.sleep(chance.uniform(0, long))
    os.kill(process, signal.SIGKILL)
    _, status = os.waitpid(process, 0)
    killed += os.WIFSIGNALED(status)
    left = tables(out) if out.is_dir() else {{}}
    partly += not left
    assert left in ({{}}, undisturbed), f"run {{n}}: half of the tables"
    ingest(raw, out)
    again = tables(out)
    assert again == undisturbed, (n, sorted(name for name in again | undisturbed if again.get(name) != undisturbed.get(name)))
print("killed", killed, "before the tables", partly, "tables", len(undisturbed))
"""


@pytest.mark.slow
def test_killed_at_twenty_random_moments(tmp_path: Path) -> None:
    raw = tmp_path / "data" / "raw" / "breaches"
    letters = raw / "letters"
    (letters / "Glenarrow Council").mkdir(parents=True)
    (raw / "request.yaml").write_text(REQUEST, encoding="utf-8")
    (raw / "authorities.csv").write_text(AUTHORITIES, encoding="utf-8")
    (letters / "Aldermere Borough Council.pdf").write_bytes(as_pdf(LETTERS["northmoor"]))
    (letters / "Wexcombe Council.docx").write_bytes(as_docx(LETTERS["northmoor"]))
    (letters / "Glenarrow Council" / "1.rtf").write_bytes(as_rtf(LETTERS["quillford"]))
    (letters / "Glenarrow Council" / "2.xlsx").write_bytes(as_xlsx(LETTERS["northmoor"]))
    (letters / "damaged.pdf").write_bytes(as_pdf(LETTERS["northmoor"])[:2000])
    code = KILLER.format(root=str(ROOT), raw=str(raw))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    killed, before = int(done.stdout.split()[1]), int(done.stdout.split()[5])
    assert killed >= 12 and before >= 5, done.stdout  # else the moments came too late to try anything
