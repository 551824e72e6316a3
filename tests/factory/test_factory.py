"""The factory's own tests: its labels agree with its letters, a seed gives the same bytes, and everything it can write gets written."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foi_lib.letters.model import OUTCOMES

from . import make_letter, make_request
from .arrange import ARRANGEMENTS
from .cite import STYLES
from .figures import WORDS
from .header import DAYS, KINDS
from .letter import stems
from .numbering import TOPS, UNNUMBERED
from .refusals import BY_REGIME
from .request import QUESTIONS, asked
from .series import JOINERS, LAYOUTS
from .tables import GRIDS, SHAPES

SEEDS = 2_000
MEASURES = {
    "breach_count",
    "incident_count",
    "cyber_incident_count",
    "cyber_attack_count",
    "ico_reported_count",
    "people_affected",
    "compensation_paid_gbp",
    "compensation_claim_count",
    "breach_details",
    "incident_details",
    "cyber_incident_details",
    "claims_count",
    "cost_gbp",
    "other",
}


@pytest.fixture(scope="module")
def made() -> list[tuple[str, dict[str, Any]]]:
    return [make_letter(seed) for seed in range(SEEDS)]


def flat(text: str) -> str:
    """Without line breaks, which the letter may have put in a sentence."""
    return re.sub(r"\s+", " ", text).lower()


def number_in(words: str) -> float | None:
    """The first number of some words, by a way that shares nothing with the factory's writing."""
    if found := re.search(r"\d[\d,]*(?:\.\d+)?", words):
        return float(found[0].replace(",", ""))
    spelled = {word: n for n, word in enumerate(WORDS)}
    return next((float(spelled[word]) for word in re.findall(r"[a-z-]+", words.lower()) if word in spelled), None)


def test_same_seed_same_bytes() -> None:
    for seed in range(60):
        assert make_letter(seed) == make_letter(seed)
    assert len({make_letter(seed)[0] for seed in range(60)}) == 60


def test_every_figure_stands_in_the_letter_as_labelled(made: list[tuple[str, dict[str, Any]]]) -> None:
    for text, gold in made:
        words = flat(text)
        for answer in gold["answers"]:
            where = (gold["seed"], answer)
            assert flat(answer["value_text"]) in words, where
            if answer["how"] == "run_together":
                assert str(answer["value"]) in answer["value_text"], where
            elif answer["value"]:
                assert number_in(answer["value_text"]) == answer["value"], where
            elif answer["value"] == 0:
                assert not re.search(r"[1-9]", answer["value_text"]), where


def test_labels_are_of_the_contract(made: list[tuple[str, dict[str, Any]]]) -> None:
    for text, gold in made:
        for field in ("received_on", "responded_on"):
            assert gold[field] is None or date.fromisoformat(gold[field])
        assert (gold["authority"] or "").lower() in text.lower()
        assert (gold["reference"] or "") in text
        if gold["received_on"] and gold["responded_on"]:
            assert gold["received_on"] < gold["responded_on"]
        for answer in gold["answers"]:
            where = (gold["seed"], answer)
            assert answer["outcome"] in (*OUTCOMES, "see_other_answer"), where
            assert answer["measure"] in MEASURES, where
            assert (answer["value"] == 0) == (answer["outcome"] == "nil" and answer["how"] != "yes_no"), where
            start, end = answer["period_start"], answer["period_end"]
            assert end is None or date.fromisoformat(start) < date.fromisoformat(end), where
            for provision in answer["provisions"]:
                assert re.fullmatch(r"[sr]\d+[A-C]?(\(\w+\))*", provision), where


def test_dates_of_the_header_can_be_read_back(made: list[tuple[str, dict[str, Any]]]) -> None:
    """The day of the reply stands in the text in one of the styles."""
    from .header import day

    for text, gold in made:
        for field in ("received_on", "responded_on"):
            if gold[field]:
                written = {flat(day(date.fromisoformat(gold[field]), style)) for style in DAYS}
                assert any(one in flat(text) for one in written), (gold["seed"], field)


def test_totals_are_the_sum_of_their_parts(made: list[tuple[str, dict[str, Any]]]) -> None:
    checked = 0
    for _, gold in made:
        groups: dict[tuple, list[dict]] = {}
        for answer in gold["answers"]:
            if answer["question"] and answer["how"].startswith(("categories", "kinds")):
                groups.setdefault((answer["question"], answer["period_start"], answer["period_end"]), []).append(answer)
        for group in groups.values():
            total = [a["value"] for a in group if "breakdown" not in a]
            if total:
                assert total == [sum(a["value"] for a in group if "breakdown" in a)], gold["seed"]
                checked += 1
    assert checked > 50


def test_everything_gets_written(made: list[tuple[str, dict[str, Any]]]) -> None:
    """Over two thousand seeds every arrangement, joiner, table, outcome, citation and header occurs, and not just once."""
    traits = Counter(trait for _, gold in made for trait in gold["traits"])
    wanted = {
        "arrangement": ARRANGEMENTS,
        "joiner": (*JOINERS, "figure_first", "figure_brackets"),
        "layout": (*LAYOUTS, "pairs", "pairs_money", "kinds"),
        "table": (*SHAPES, "run_together"),
        "grid": (*GRIDS, "total_row"),
        "header": (*KINDS, "published"),
        "date": DAYS,
        "numbering": (*TOPS, *UNNUMBERED, "renumbered", "answers_differ"),
        "citation": (*STYLES, "malformed"),
        "regime": ("FOIA", "FOISA", "EIR"),
        "refusal": ("block", "single", "annex"),
        "mixed": ("s12_with_help", "not_held_with_figure", "part_withheld"),
        "details": ("prose", "list", "table_tabbed", "table_piped"),
        "decoy": ("context", "requester"),
        "damage": ("wrapped",),
        "glued": ("glued",),
        "gap": ("unanswered",),
        "nil": ("every_year", "Nil", "sentence", "None known"),
        "suppressed": ("star", "in_series", "single"),
        "single": ("hedge", "nested", "{0} known"),
        "reason": ("public_interest",),
        "elsewhere": ("link", "attached"),
        "period": ("to_date",),
    }
    missing = [f"{kind}:{name}" for kind, names in wanted.items() for name in names if traits[f"{kind}:{name}"] < 3]
    assert not missing
    outcomes = Counter(answer["outcome"] for _, gold in made for answer in gold["answers"])
    assert all(outcomes[outcome] >= 3 for outcome in {*OUTCOMES, "see_other_answer"} - {"unclear"})


def test_no_made_up_council_is_a_real_one() -> None:
    from foi_lib.reference import authorities

    real = " ".join(name.lower() for body in authorities() for name in (body.name, body.short_name, *body.aliases))
    assert len(real) > 5_000
    assert not [stem for stem in stems() if stem.lower() in real]


def test_provisions_belong_to_their_regime() -> None:
    for regime, refusals in BY_REGIME.items():
        for _, provisions, words, _ in refusals:
            assert all(p.startswith("r" if regime == "EIR" else "s") for p in provisions)
            assert len(set(re.findall(r"\{c\d\}", words))) == len(provisions)


def test_a_request_folder_is_whole(tmp_path: Path) -> None:
    from foi_lib.reference import load_authorities

    folder = make_request(tmp_path / "one", councils=40, seed=3, labels=tmp_path / "one" / "expected")
    bodies = load_authorities(folder / "authorities.csv")
    letters = {path.stem for path in (folder / "letters").iterdir()}
    assert len(bodies) == len({body.name for body in bodies}) == 40
    assert 30 <= len(letters) <= 40
    for path in sorted((folder / "expected").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        assert (path.parent / gold["letter"]).read_text("utf-8")
        assert {answer["question"] for answer in gold["answers"]} <= {label for label, *_ in QUESTIONS}
    again = make_request(tmp_path / "two", councils=40, seed=3)
    for path in sorted(again.rglob("*.*")):
        assert path.read_bytes() == (folder / path.relative_to(again)).read_bytes()


def test_a_request_asks_in_the_words_of_its_questions() -> None:
    assert [question.label for question in asked()] == [label for label, *_ in QUESTIONS]
    assert all("{" not in question.text for question in asked())
