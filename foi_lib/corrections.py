"""What people decided about answers: `corrections.csv`, one row a decision, appended only.

So far the file is read and checked; decisions are not applied yet, and the table of problems says so for each.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from foi_lib.csv_rows import Row, read_rows
from foi_lib.paths import nearest
from foi_lib.request import Request

DECISIONS = ("confirm", "correct", "add", "reject", "exclude")
COLUMNS = (
    "decision", "authority", "question", "measure", "period", "breakdown", "sha256", "quote", "machine_outcome", "machine_value",
    "outcome", "value", "why", "who", "when",
)  # fmt: skip


@dataclass(slots=True)
class Corrections:
    """The decisions in the order they were made. `problems`: (what, one line)."""

    rows: list[Row] = field(default_factory=list)
    problems: list[tuple[str, str]] = field(default_factory=list)


def read_corrections(request: Request) -> Corrections:
    """Read corrections.csv, where there is one; a row that cannot be used is a problem, and stays in the file."""
    sheet = read_rows(request.folder / "corrections.csv", COLUMNS, ("decision", "authority", "question", "who", "when"))
    found = Corrections(problems=[("correction", problem) for problem in sheet.problems])
    for row in sheet.rows:
        decision = row.get("decision")
        if decision not in DECISIONS:
            found.problems.append(("correction", f"line {row.line}: decision {decision!r} is not known{nearest(decision, DECISIONS)}"))
            continue
        found.rows.append(row)
        found.problems.append(("correction_not_applied", f"line {row.line}: decisions are not applied to the tables yet"))
    return found
