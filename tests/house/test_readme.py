"""README.md and CREDITS.md claim nothing that is not so: results are computed again, and each source named in a table is credited."""

from __future__ import annotations

import csv
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from foi_lib.request import load_request

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
def test_the_results_are_what_the_program_finds(tmp_path: Path) -> None:
    readme = script("readme")
    shown = README.split(readme.BEGIN)[1].split(readme.END)[0]
    found = readme.results(tmp_path)
    assert found.count("|") > 20, "no table was made"
    assert shown.strip() == found.strip(), "run make readme"


def test_the_request_that_the_readme_shows_is_a_good_one(tmp_path: Path) -> None:
    blocks = {language: re.sub(r"(?m)^   ", "", text) for language, text in re.findall(r"   ```(\w+)\n(.*?)   ```", README, re.S)}
    (tmp_path / "request.yaml").write_text(blocks["yaml"], encoding="utf-8")
    request = load_request(tmp_path)
    assert [question.measure for question in request.questions] == ["breach_count", "compensation_paid_gbp"]

    from foi_lib.keyed import read_keyed

    (tmp_path / "answers.csv").write_text(blocks["csv"], encoding="utf-8")
    keyed = read_keyed(request)
    assert keyed.problems == []
    assert [answer.row["outcome"] for answer in keyed.answers] == ["disclosed", "withheld"]


def test_what_the_readme_names_is_there() -> None:
    """Every file or folder of the project that stands in code marks or in a picture's place."""
    named = set(re.findall(r"`((?:data|foi_lib|notebooks|reports|tests|docs|benchmarks|scripts)/[^`\s<>]*)`", README))
    named |= set(re.findall(r"`([A-Za-z.-]+\.(?:md|yml|toml))`", README)) | set(re.findall(r"!\[[^]]*\]\(([^)]+)\)", README))
    made = ("reports/", "data/processed/")
    assert named, "nothing found"
    assert [name for name in sorted(named) if not name.startswith(made) and not (ROOT / name).exists()] == []


def sources() -> set[str]:
    """Hosts of every address in a source column of the tables that ship."""
    hosts = set()
    for path in [*(ROOT / "foi_lib/reference/data").glob("*.csv"), *(ROOT / "data/raw").glob("data-breach*/*.csv")]:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                cells = " ".join(value for name, value in row.items() if name and "source" in name and isinstance(value, str))
                hosts |= set(re.findall(r"https?://([^/\s;]+)", cells))
    return hosts


def test_every_source_is_credited() -> None:
    credits = (ROOT / "CREDITS.md").read_text(encoding="utf-8")
    assert "www.legislation.gov.uk" in sources()
    assert sorted(host for host in sources() if host not in credits) == []


def test_the_readers_shares_are_the_committed_ones() -> None:
    dev = json.loads((ROOT / "tests" / "score.json").read_text("utf-8"))["dev"]["figures"]
    said = " ".join(README.split())
    for name, words in (
        ("figure recall", "of the figures are found"),
        ("figure precision", "of what is given is right"),
        ("outcome", "of the outcomes are"),
        ("silent errors", "of the answers are wrong without a flag"),
    ):
        assert f"{100 * dev[name]:.1f}% {words}" in said, name
    assert f"of {dev['letters']} letters" in said and f"({100 * dev['review rate']:.0f}% are flagged" in said
