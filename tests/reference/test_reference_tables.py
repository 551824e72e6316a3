"""The tables themselves: they are what their data dictionary says, every row has a source, and every cross-reference leads somewhere."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from foi_lib.reference import authorities, measures, provisions, section_exists
from foi_lib.reference.statutes import expand
from foi_lib.reference.tables import cells, datapackage, table

DATA = Path(__file__).parents[2] / "foi_lib" / "reference" / "data"
RESOURCES = {resource["name"]: resource for resource in datapackage()["resources"]}


def test_every_file_is_described_and_every_description_has_its_file() -> None:
    assert {path.stem for path in DATA.glob("*.csv")} == set(RESOURCES)
    assert all(resource["path"] == f"{name}.csv" for name, resource in RESOURCES.items())


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_columns_are_described_in_their_order(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        header = next(csv.reader(lines))
    fields = RESOURCES[name]["schema"]["fields"]
    assert header == [field["name"] for field in fields]
    assert all(len(field["description"]) > 10 for field in fields)


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_every_cell_is_what_its_column_says(name: str) -> None:
    for number, row in enumerate(table(name), start=2):
        assert None not in row and None not in row.values(), f"{name}.csv line {number}: too many or too few cells"
        for field in RESOURCES[name]["schema"]["fields"]:
            problem = _problem(row[field["name"]], field)
            assert not problem, f"{name}.csv line {number}, {field['name']}: {row[field['name']]!r} {problem}"


def _problem(value: str, field: dict[str, Any]) -> str | None:
    rules = field.get("constraints", {})
    if value != value.strip() or "\ufffd" in value or "ï¿½" in value:
        return "has stray spaces or damaged letters"
    if not value:
        return "is empty" if rules.get("required") else None
    if "enum" in rules and value not in rules["enum"]:
        return f"is not one of {rules['enum']}"
    if "pattern" in rules and not re.fullmatch(rules["pattern"], value):
        return f"does not match {rules['pattern']}"
    if field["type"] == "boolean" and value not in ("true", "false"):
        return "is not true or false"
    if field["type"] == "date" and date.fromisoformat(value).isoformat() != value:
        return "is not a date"
    if field["type"] == "integer" and not rules.get("minimum", 0) <= int(value) <= rules.get("maximum", 10**9):
        return "is out of range"
    return None


@pytest.mark.parametrize("name", sorted(RESOURCES))
def test_every_row_has_a_source_and_a_key_of_its_own(name: str) -> None:
    rows = table(name)
    assert rows and all(row["source"] for row in rows)
    key = RESOURCES[name]["schema"]["primaryKey"]
    assert not [key for key, count in Counter(tuple(row[part] for part in key) for row in rows).items() if count > 1]
    for field in RESOURCES[name]["schema"]["fields"]:
        if field.get("constraints", {}).get("unique"):
            values = [row[field["name"]] for row in rows]
            assert len(set(values)) == len(values), field["name"]


# ---- authorities


def test_the_register_agrees_with_the_facts_it_was_made_from(shared: Path) -> None:
    with (shared / "reference" / "authorities.csv").open(encoding="utf-8", newline="") as lines:
        facts = list(csv.DictReader(lines))
    ours = {body.name: body for body in authorities()}
    assert len(facts) == len(ours)
    for fact in facts:
        body = ours[" ".join(fact["name"].split())]
        assert fact["gss_code"] in ("", body.code)
        assert body.code.startswith("LOCAL-") or fact["gss_code"]
        assert (body.end.isoformat() if body.end else "") == fact["end_date"]
        assert body.nation == fact["nation"] and body.tier == fact["tier"]
        assert body.population == (int(fact["population_mid2020"]) if fact["population_mid2020"] else None)


def test_every_successor_exists_and_began_when_the_body_ended() -> None:
    bodies = {body.code: body for body in authorities()}
    for body in bodies.values():
        assert (body.end is not None) == bool(body.successors), body.name
        for code in body.successors:
            heir = bodies[code]
            assert body.end is not None and (heir.end is None or heir.end > body.end), f"{body.name} → {heir.name}"
            assert heir.start is None or heir.start.toordinal() == body.end.toordinal() + 1, f"{body.name} → {heir.name}"
            assert heir.nation == body.nation


def test_codes_of_old_and_new_do_not_meet() -> None:
    current = {body.code for body in authorities()}
    former = Counter(code for body in authorities() for code in body.former_codes)
    assert not current & former.keys()
    assert max(former.values()) == 1


def test_there_are_as_many_councils_of_each_kind_as_there_are() -> None:
    # Since 1 April 2023: 317 principal councils in England (21 counties, 164 districts, 62 unitary with Scilly, 36 metropolitan,
    # 32 London boroughs, the City, …), 32 in Scotland, 22 in Wales, 11 in Northern Ireland.
    lasting = Counter(body.nation for body in authorities() if body.end is None and body.tier in ("upper", "lower", "single"))
    assert lasting == {"England": 317, "Scotland": 32, "Wales": 22, "Northern Ireland": 11}


def test_a_county_lies_in_the_region_of_its_districts() -> None:
    # The facts had two counties in the wrong region.
    regions = {body.name: body.region for body in authorities()}
    assert regions["Derbyshire County Council"] == regions["High Peak Borough Council"] == "East Midlands"
    assert regions["Lincolnshire County Council"] == regions["Boston Borough Council"] == "East Midlands"


# ---- provisions


def test_each_equivalence_is_mutual_and_between_different_regimes() -> None:
    rows = {(info.regime, info.section): info for info in provisions()}
    pairs = 0
    for key, info in rows.items():
        for other in info.equivalents:
            assert other in rows, f"{key} → {other} is not in the table"
            assert key in rows[other].equivalents, f"{key} → {other}, but not back"
            assert other[0] != key[0]
            pairs += 1
    assert pairs > 100


# DOMAIN: FOISA 2002 against FOIA
PAIRS = """25 21, 26 44, 27(1) 22, 27(2) 22A, 28 28, 29 35, 30 36, 31(1) 24, 31(4) 26, 32 27, 33(1) 43, 33(2) 29, 34 30, 35 31,
36(1) 42, 36(2) 41, 37 32, 38 40, 39(1) 38, 39(2) 39, 40 33, 41 37"""


@pytest.mark.parametrize("pair", PAIRS.replace("\n", " ").split(", "))
def test_scottish_sections_stand_against_their_english_ones(pair: str) -> None:
    scottish, english = (f"s{number}" for number in pair.split())
    rows = {(info.regime, info.section): info for info in provisions()}
    assert ("FOIA", english) in rows["FOISA", scottish].equivalents


def test_every_provision_and_every_limb_exists_in_its_act() -> None:
    for info in provisions():
        assert section_exists(info.regime, info.section), info.section
        for limb in info.ncnd_limb:
            assert section_exists(info.regime, limb), f"{info.section} → {limb}"


def test_every_ncnd_limb_is_marked_as_one() -> None:
    rows = {(info.regime, info.section): info for info in provisions()}
    named = {(info.regime, limb) for info in rows.values() for limb in info.ncnd_limb}
    marked = {key for key, info in rows.items() if info.is_ncnd_limb}
    assert named - {key for key in named if key in rows and rows[key].is_ncnd_limb} == set()
    # limbs of the law before 25 May 2018 are marked, and nobody points at them any more
    assert marked - named == {("FOIA", "s40(5)"), ("EIR", "r13(5)")}


def test_runs_of_parts_are_written_out() -> None:
    assert expand("1(a-c) 2 3A(a(i-iii) b)") == [
        ("1",), ("1", "a"), ("1", "b"), ("1", "c"), ("2",), ("3A",), ("3A", "a"), ("3A", "a", "i"), ("3A", "a", "ii"), ("3A", "a", "iii"),
        ("3A", "b"),
    ]  # fmt: skip
    assert expand("a b(i-ii) c") == [("a",), ("b",), ("b", "i"), ("b", "ii"), ("c",)]


# ---- measures and categories


def test_measures_are_those_of_the_design() -> None:
    assert {measure.name for measure in measures()} == {
        "breach_count", "incident_count", "cyber_incident_count", "cyber_attack_count", "ico_reported_count", "people_affected",
        "compensation_paid_gbp", "compensation_claim_count", "breach_details", "incident_details", "cyber_incident_details",
        "claims_count", "cost_gbp", "other",
    }  # fmt: skip


def test_patterns_of_categories_compile() -> None:
    for row in table("incident_categories"):
        for pattern in cells(row["patterns"]):
            re.compile(pattern)
