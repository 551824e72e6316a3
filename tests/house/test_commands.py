"""`make` and what stands behind it: each command listed, setup that installs once and speaks plainly, what git ignores."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    # MAKEFLAGS of the make that runs this test would change what an inner make does
    keep = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHON", "VIRTUAL_ENV")}
    return subprocess.run(command, cwd=cwd, env={**keep, **environment}, capture_output=True, text=True)


def targets() -> list[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z][a-z-]*):", text, re.M)


def test_make_alone_lists_every_command() -> None:
    shown = run("make").stdout
    assert targets(), "no target found in the Makefile"
    assert [name for name in targets() if not re.search(rf"^  make {name} +\S", shown, re.M)] == []


def test_every_target_is_phony() -> None:
    """None of them makes a file of its own name, so a folder called `reports` must not stop `make reports`."""
    phony = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    assert phony and set(phony[1].split()) == set(targets())


def test_the_readme_names_no_command_that_is_not_there() -> None:
    named = set(re.findall(r"`make ([a-z-]+)", (ROOT / "README.md").read_text(encoding="utf-8")))
    assert named <= set(targets())


# builds the small project without setuptools, which a bare environment may lack and which nothing here may fetch
BACKEND = """
import os, zipfile
def build_editable(folder, config_settings=None, metadata_directory=None):
    name, info = "small-0-py3-none-any.whl", "small-0.dist-info/"
    with zipfile.ZipFile(os.path.join(folder, name), "w") as wheel:
        wheel.writestr("small.pth", os.getcwd())
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: small\\nVersion: 0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""


@pytest.fixture
def small_project(tmp_path: Path) -> Path:
    """A project with the same setup script, whose locks are empty so that nothing is fetched, in a folder with a space in its name."""
    folder = tmp_path / "a project"
    (folder / "scripts").mkdir(parents=True)
    (folder / "foi_lib").mkdir()
    (folder / "foi_lib" / "__init__.py").write_text("", encoding="utf-8")
    shutil.copy(ROOT / "scripts" / "setup", folder / "scripts" / "setup")
    (folder / "requirements-setup.lock").write_text("# no uv: pip does all\n", encoding="utf-8")
    (folder / "requirements.lock").write_text("# nothing\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "small"\nversion = "0"\n',
        encoding="utf-8",
    )
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    return folder


def test_setup_without_python_says_so_in_one_line(small_project: Path) -> None:
    result = run("sh", "scripts/setup", cwd=small_project, PYTHON="/nowhere/python3")
    assert (result.returncode, result.stdout) == (1, "")
    assert re.fullmatch(r"setup: Python 3\.11 or later is needed and was not found; .*\n", result.stderr)


@pytest.mark.slow
def test_setup_installs_once_and_again_only_when_the_lock_changes(small_project: Path) -> None:
    def setup(folder: Path = small_project) -> str:
        result = run("sh", "scripts/setup", cwd=folder, PYTHON=getattr(sys, "_base_executable", sys.executable))
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    nothing = "setup: .venv is up to date, nothing to install\n"
    assert "pip installs the same lock" in setup()
    where = "import foi_lib; print(foi_lib.__file__)"
    imported = run(str(small_project / ".venv/bin/python"), "-c", where, cwd=small_project.parent, PYTHONPATH="")
    assert "a project" in imported.stdout
    assert setup() == nothing

    (small_project / "requirements.lock").write_text("# changed\n", encoding="utf-8")
    changed = setup()
    assert "installing" in changed and "making" not in changed  # the environment in place is kept
    assert setup() == nothing

    moved = small_project.rename(small_project.with_name("moved"))
    assert "making .venv" in setup(moved)  # the scripts in the old one name the old folder
    assert setup(moved) == nothing


def ignored(*paths: str) -> set[str]:
    if not (ROOT / ".git").exists():
        pytest.skip("NO GIT FOLDER: what git ignores is not tested")
    return set(run("git", "check-ignore", *paths).stdout.split())


def test_git_takes_no_real_letter_and_nothing_the_pipeline_makes() -> None:
    kept_out = {
        "data/raw/data-breaches-2018/letters/rutland.txt",
        "data/raw/some-new-request/letters/council/reply.pdf",
        "data/processed/data-breaches-2018/answers.csv",
        "reports/data-breaches-2018/index.html",
        ".venv/bin/python",
    }
    taken = {
        "data/raw/example-round-robin/letters/council.txt",
        "data/raw/some-new-request/answers.csv",
        "data/raw/some-new-request/request.yaml",
        "data/processed/README.md",
        "reports/README.md",
        "notebooks/council.ipynb",
    }
    assert ignored(*kept_out, *taken) == kept_out


def test_git_holds_no_letter_but_the_fictional_ones() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("NO GIT FOLDER: what git holds is not tested")
    held = run("git", "ls-files", "data/raw").stdout.splitlines()
    assert [path for path in held if "/letters/" in path and not path.startswith("data/raw/example-round-robin/")] == []


def test_nothing_that_git_holds_names_a_folder_of_this_machine() -> None:
    """Outputs of notebooks and golden files are made on somebody's machine; its folders must not be in them."""
    if not (ROOT / ".git").exists():
        pytest.skip("NO GIT FOLDER: what git holds is not tested")
    folders = {str(ROOT), f"{Path.home()}/"} - {"/", "//"}
    named = {f"{path}: {folder}" for folder in folders for path in run("git", "grep", "-lIF", folder).stdout.splitlines()}
    assert named == set()
