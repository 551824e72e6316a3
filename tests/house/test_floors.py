"""Data goes one way, floor by floor: a file imports from its own floor or from below."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "foi_lib"

# the house: a module's floor is that of its longest prefix here
FLOORS = {
    "foi_lib.errors": 0,
    "foi_lib.paths": 0,
    "foi_lib.stages": 0,
    "foi_lib.csv_rows": 0,
    "foi_lib.marked_yaml": 0,
    "foi_lib.correspondence": 0,
    "foi_lib.period_names": 0,
    "foi_lib.quick": 0, "foi_lib.pattern_words": 0,
    "foi_lib.wording": 0,
    "foi_lib.showing": 0,
    "foi_lib.jupyter": 7,
    "foi_lib.reference": 1,
    "foi_lib.documents": 2,
    "foi_lib.letters": 3,
    "foi_lib.request": 4,
    "foi_lib.schema": 4,
    "foi_lib.frames": 4,
    "foi_lib.storage": 4,
    "foi_lib.table_files": 4,
    "foi_lib.readings": 4,
    "foi_lib.reading_hands": 4,
    "foi_lib.letter_place": 4,
    "foi_lib.cluster": 4,
    "foi_lib.keyed": 4,
    "foi_lib.replies": 4,
    "foi_lib.one_file": 4,
    "foi_lib.together": 4,
    "foi_lib.merge": 4,
    "foi_lib.coding": 4,
    "foi_lib.workbook_rows": 4,
    "foi_lib.rows": 4,
    "foi_lib.ingest": 4,
    "foi_lib.gather": 4,
    "foi_lib.typed_cells": 0,
    "foi_lib.said": 4,
    "foi_lib.decision": 4,
    "foi_lib.ledger": 4,
    "foi_lib.corrections": 4,
    "foi_lib.grounds": 4,
    "foi_lib.settle": 4,
    "foi_lib.dataset": 4,
    "foi_lib.imports": 4,
    "foi_lib.checks": 4,
    "foi_lib.checks_across": 4,
    "foi_lib.joint_letters": 4,
    "foi_lib.analysis": 5,
    "foi_lib.charts": 6,
    "foi_lib.chart_style": 6,
    "foi_lib.notebook": 6,
    "foi_lib.review": 6,
    "foi_lib.review_sheet": 6,
    "foi_lib.reports": 6,
    "foi_lib.desk": 6,
    "foi_lib.terminal": 7,
    "foi_lib.watching": 7,
    "foi_lib.cli_work": 7,
    "foi_lib.cli": 7,
    "foi_lib.cli_review": 7,
    "foi_lib.cli_coding": 7,
    "foi_lib.cli_import": 7,
    "foi_lib": 7,  # the package's own door: it only looks names up, and does so late
}
MOST_LINES = 450


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def floor(module: str) -> int | None:
    """A module's floor, or None where the table gives it none (the bare package's floor is for it alone)."""
    while module != "foi_lib":
        if module in FLOORS:
            return FLOORS[module]
        module = module.rpartition(".")[0]
    return None


def target(name: str) -> str | None:
    """The module of ours that importing `name` reaches: itself, or the module that holds the name."""
    while name.startswith("foi_lib"):
        if name in MODULES:
            return name
        name = name.rpartition(".")[0]
    return None


def imports(module: str, tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Modules of ours that the tree imports, and the line of each."""
    package = module if MODULES[module].name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                above = package.split(".")[: len(package.split(".")) - node.level + 1]
                base = ".".join([*above, base] if base else above)
            names = [f"{base}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant) and "import" in ast.unparse(node.func):
            names = [str(node.args[0].value)]
        for name in names:
            if name == "foi_lib.__version__":  # a word, not a room
                continue
            if (reached := target(name)) and reached != module:
                yield reached, node.lineno


def at_module_level(tree: ast.Module) -> ast.Module:
    """The tree without what runs only later, or only for the type checker."""

    class Prune(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST | None:
            return None if "TYPE_CHECKING" in ast.unparse(node.test) else node

    return Prune().visit(tree)


def parse(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@pytest.mark.parametrize("module", MODULES)
def test_nothing_is_imported_from_a_floor_above(module: str) -> None:
    if module == "foi_lib":
        return
    own = floor(module)
    assert own is not None, f"{module} has no floor: give it one in FLOORS"
    above = [
        f"line {line}: {reached} (floor {FLOORS['foi_lib'] if reached == 'foi_lib' else floor(reached)})"
        for reached, line in imports(module, parse(module))
        if (FLOORS["foi_lib"] if reached == "foi_lib" else floor(reached) or 0) > own
    ]
    assert above == [], f"{module} is on floor {own}"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module: {reached for reached, _ in imports(module, at_module_level(parse(module)))} for module in MODULES}
    done: set[str] = set()

    def walk(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path[path.index(module) :], module])
        if module in done:
            return
        for reached in sorted(graph[module]):
            walk(reached, (*path, module))
        done.add(module)

    for module in graph:
        walk(module, ())


@pytest.mark.parametrize("module", MODULES)
def test_rooms_are_small(module: str) -> None:
    lines = len(MODULES[module].read_text(encoding="utf-8").splitlines())
    assert lines <= MOST_LINES, "is it one room?"


def test_the_walker_sees_each_kind_of_import() -> None:
    source = """
import foi_lib.errors
from foi_lib.letters import model
from foi_lib.letters.model import Answer
from . import errors
def late():
    from foi_lib import schema
    importlib.import_module("foi_lib.paths")
if TYPE_CHECKING:
    from foi_lib.documents import model
"""
    tree = ast.parse(source)
    assert {name for name, _ in imports("foi_lib", tree)} == {
        "foi_lib.errors", "foi_lib.letters.model", "foi_lib.schema", "foi_lib.paths", "foi_lib.documents.model",
    }  # fmt: skip
    assert {name for name, _ in imports("foi_lib", at_module_level(tree))} == {"foi_lib.errors", "foi_lib.letters.model"}


@pytest.mark.parametrize("module", ["foi_lib", "foi_lib.cli"])
def test_import_is_light(module: str) -> None:
    """`import foi_lib` and `foi --help` wait for no library that only some commands need."""
    if module not in MODULES:
        pytest.fail(f"{module} is not there")
    heavy = ("pandas", "numpy", "matplotlib", "pyarrow", "pandera", "IPython", "nbconvert", "papermill", "pypdfium2", "holidays")
    code = f"import sys, {module}; print(*sorted(set(sys.modules) & set({heavy!r})))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert loaded == []
