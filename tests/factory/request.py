"""A whole request folder: many made-up councils that answer the same questions."""

from __future__ import annotations

import csv
import json
import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

import yaml

from .asked_words import ASKED
from .letter import council, make_letter, stems
from .model import Asked
from .periods import Period
from .words import REGIONS

SENT = date(2025, 5, 12)
YEARS = tuple(Period("financial", year) for year in (2022, 2023, 2024))
WHEN = "in each of the financial years 2022/23, 2023/24 and 2024/25"
# label, measure, way of asking
QUESTIONS = (
    ("1", "breach_count", 0),
    ("1.1", "ico_reported_count", 1),
    ("1.2", "breach_details", 0),
    ("2", "cyber_incident_count", 0),
    ("2.1", "cyber_incident_details", 0),
    ("3", "compensation_claim_count", 0),
    ("3.1", "compensation_paid_gbp", 0),
)
NATIONS = ("England",) * 8 + ("Scotland", "Wales", "Northern Ireland")
NO_REPLY, ACKNOWLEDGED = 0.05, 0.02


def asked() -> list[Asked]:
    """The request's questions, with their years in their own words."""
    found = []
    for label, measure, way in QUESTIONS:
        kind, ways, gist, noun = ASKED[measure]
        parent = label.split(".")[0] if "." in label else None
        found.append(Asked(label, ways[way].format(when=WHEN), measure, kind, gist, noun, YEARS, True, parent))
    return found


def slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def make_request(folder: str | Path, councils: int = 400, seed: int = 1, labels: str | Path | None = None) -> Path:
    """Write request.yaml, authorities.csv and letters/*.txt of so many councils; a few do not reply, a few only acknowledge.

    The expected readings go to the folder `labels` where it is given. At most as many councils as there are names. The same
    arguments give the same bytes.
    """
    folder, expected = Path(folder), Path(labels) if labels else None
    if councils > len(stems()):
        raise ValueError(f"{councils} councils asked for; there are names for {len(stems())}")
    (folder / "letters").mkdir(parents=True, exist_ok=True)
    rng, questions, rows = Random(seed), asked(), []
    for n in range(councils):
        nation = rng.choice(NATIONS)
        name, tier = council(rng, nation, n)
        rows.append(
            {
                "code": f"X{n + 1:08d}",
                "name": name,
                "tier": tier,
                "nation": nation,
                "region": rng.choice(REGIONS) if nation == "England" else nation,
                "population": int(10 ** rng.uniform(4.6, 5.8)),
                "population_year": 2024,
                "source": "fictional",
            }
        )
        drawn = rng.random()
        if drawn < NO_REPLY:
            continue
        sent = SENT + timedelta(days=rng.choice((14, 21, 23, 25, 28, 29, 30, 38, 52)))
        path = folder / "letters" / f"{slug(name)}.txt"
        if drawn < NO_REPLY + ACKNOWLEDGED:
            path.write_text(
                f"{name}\n\n{SENT + timedelta(days=2):%d %B %Y}\n\nThank you for your request, which is receiving attention. You will have "
                "a reply within 20 working days.\n",
                encoding="utf-8",
            )
            continue
        header = rng.choice(("letterhead", "letterhead", "date_first", "email", "web"))
        text, gold = make_letter(
            seed * 1_000_003 + n,
            authority=name,
            asked=questions,
            sent=sent,
            received=SENT,
            header_kind=header,
            regime="FOISA" if nation == "Scotland" else "FOIA",
        )
        path.write_text(text, encoding="utf-8")
        if expected:
            expected.mkdir(parents=True, exist_ok=True)
            write_labels(expected / f"{path.stem}.labels.json", gold, path)
    _write_yaml(folder / "request.yaml", questions, [row["name"] for row in rows])
    with (folder / "authorities.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return folder


def write_labels(path: Path, gold: dict, letter: Path) -> None:
    """The labels beside a letter, its path relative to theirs."""
    gold = (
        gold | {"letter": str(Path(*[".."] * len(path.parent.resolve().parts), *letter.resolve().parts[1:]))}
        if letter.parent != path.parent
        else gold | {"letter": letter.name}
    )
    path.write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write_yaml(path: Path, questions: list[Asked], names: list[str]) -> None:
    years = ["2022/23", "2023/24", "2024/25"]
    data = {
        "title": "Data breaches and claims (made up by the letter factory)",
        "fictional": True,
        "sent_on": SENT,
        "as_of": SENT + timedelta(days=80),
        "regime": "FOIA",
        "authorities": names,
        "questions": [{"label": q.label, "text": q.text, "measure": q.measure, "kind": q.kind, "period": years} for q in questions],
    }
    path.write_text(yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=140), encoding="utf-8")
