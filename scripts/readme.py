"""Writes what the real requests say into README.md, between its markers: `make readme`. A test holds the page against the same tables."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

import foi_lib as foi
from foi_lib.analysis import findings, words
from foi_lib.analysis.comparability import figures
from foi_lib.analysis.grid import grid
from foi_lib.dataset import Dataset

ROOT = Path(__file__).resolve().parent.parent
BEGIN, END = "<!-- results:begin -->\n", "<!-- results:end -->\n"
REQUESTS = ("data-breaches-2018", "data-breach-claims-2024")


def results(folder: Path) -> str:
    """What the real requests say, as Markdown. Their tables are made in `folder`, from a copy of the facts that ship: letters that
    somebody has put beside them stay out, and so do requests of one's own."""
    for name in REQUESTS:
        shutil.copytree(ROOT / "data" / "raw" / name, folder / "raw" / name, ignore=shutil.ignore_patterns("letters"))
    return "\n".join(section(foi.load(name, data_dir=folder)) for name in REQUESTS)


def section(data: Dataset) -> str:
    """One request: what each council did with each question, and the finding on refusals."""
    table = grid(data.responses, data.answers, data.request.questions)
    given = figures(data.answers)
    replied = table[~table["outcome"].isin(("no_reply", "not_recorded", "unreadable"))]
    councils = list(dict.fromkeys(replied["authority"]))
    measures = dict(zip(replied["question"], replied["measure"], strict=True))
    asked = [question.label for question in data.request.questions]
    order = sorted(measures, key=lambda label: asked.index(label) if label in asked else len(asked))
    questions = {label: f"{label}: {words.measure_name(measures[label])}" for label in order}
    cells = [[cell(table, given, data, council, question) for question in questions] for council in councils]
    # the longer side goes down the page
    if len(councils) > len(questions):
        head, rows = ["council", *questions.values()], [[name, *row] for name, row in zip(councils, cells, strict=True)]
    else:
        head = ["question", *councils]
        rows = [[name, *row] for name, row in zip(questions.values(), zip(*cells, strict=True), strict=True)]
    # a publication tells what a council gave, seldom what it refused, so rates are drawn from whole replies only
    partial = set(table.loc[table["outcome"] == "not_recorded", "slug"])
    whole = table[~table["slug"].isin(partial)]
    held = words.of(whole["slug"].nunique(), table["slug"].nunique())
    rest = ", the others with published figures only" if partial else ""
    lines = [
        f"### {data.request.title}",
        "",
        f"`{data.name}`, as of {words.day(data.as_of)}: {held} councils with their whole reply{rest}.",
        "",
        *(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows]),
        "",
        *findings.refusal(whole),
        "",
    ]
    return "\n".join(lines)


def cell(table, given, data: Dataset, authority: str, question: str) -> str:  # type: ignore[no-untyped-def]  # DataFrames
    """What one council did with one question: its figures by period, else the outcome and what it relies on."""
    rows = given[(given["authority"] == authority) & (given["question"] == question)]
    if len(rows):
        several = rows["period"].nunique() > 1
        return "; ".join(
            (f"{row['period']}: " if several else "")
            + row["figure"]
            + (f" ({row['qualifier']})" if isinstance(row["qualifier"], str) and row["qualifier"] else "")
            for _, row in rows.iterrows()
        )
    asked = table[(table["authority"] == authority) & (table["question"] == question)]
    if asked.empty:
        return words.NONE
    answers = data.answers[(data.answers["authority"] == authority) & (data.answers["question"] == question)]
    cited = sorted({part for value in answers["provisions"].dropna() for part in str(value).split("; ") if part})
    return words.outcome(asked["outcome"].iloc[0]) + (f" ({', '.join(cited)})" if cited else "")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        found = results(Path(folder))
    page = ROOT / "README.md"
    old = page.read_text(encoding="utf-8")
    new = re.sub(f"(?s)({BEGIN}).*?({END})", lambda marks: f"{marks[1]}\n{found}\n{marks[2]}", old)
    if BEGIN not in old or END not in old:
        sys.exit(f"README.md: the markers {BEGIN.strip()} and {END.strip()} are missing")
    page.write_text(new, encoding="utf-8")
    print("README.md: " + ("nothing changed" if new == old else "results written afresh"))


if __name__ == "__main__":
    main()
