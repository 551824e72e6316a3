"""Notebooks are run: each in a process of its own, with the same bytes from both engines; who fails is told with cell and error."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from foi_lib.reports.run import Engine, Job, ordinary_kernels, run
from foi_lib.reports.warm import available, warm_forks

pytestmark = pytest.mark.slow
PARAMETERS = nbformat.v4.new_code_cell("n = 0\nname = ''", metadata={"tags": ["parameters"]})
EVERYTHING = """import os, random, sys
from IPython.display import Markdown, display
import pandas as pd
print("n is", n); print("again")
print("a warning", file=sys.stderr)
display(Markdown(f"**{name}**"))
display(pd.DataFrame({"a": [1, 2]}))
pd.get_option("display.max_columns"), random.Random(n).random()"""
warm_only = pytest.mark.skipif(not available(), reason="this system does not fork safely")
ENGINES = [pytest.param(ordinary_kernels, id="kernels"), pytest.param(warm_forks, id="warm", marks=warm_only)]


def notebook(folder: Path, *cells: str, name: str = "n") -> Path:
    path = folder / f"{name}.ipynb"
    book = nbformat.v4.new_notebook(cells=[PARAMETERS, *(nbformat.v4.new_code_cell(c) for c in cells)])
    book.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, path)
    return path


def outputs(book: nbformat.NotebookNode) -> list[object]:
    """What the cells put out, streams that follow on each other in one."""
    out: list[dict[str, object]] = []
    for cell in book.cells:
        for o in cell.get("outputs", ()):
            if out and o.output_type == "stream" and out[-1].get("name") == o.name:
                out[-1]["text"] = str(out[-1]["text"]) + o.text
            else:
                out.append({k: v for k, v in o.items() if k != "execution_count"})
    return out  # type: ignore[return-value]


@warm_only
def test_both_engines_give_the_same(tmp_path: Path) -> None:
    job = Job("x", notebook(tmp_path, EVERYTHING, "n + 1;", "[name] * 2"), {"n": 3, "name": "Ambleford £"})
    one, other = next(ordinary_kernels([job], 1)), next(warm_forks([job], 1))
    assert (one.failure, other.failure) == (None, None)
    assert outputs(one.notebook) == outputs(other.notebook)
    assert len(outputs(one.notebook)) >= 6
    assert [c.source for c in one.notebook.cells] == [c.source for c in other.notebook.cells]


@pytest.mark.parametrize("engine", ENGINES)
def test_failures_are_told_and_others_go_on(tmp_path: Path, engine: Engine) -> None:
    bad = notebook(tmp_path, "# a comment\nvalue = 1 / n\nvalue", name="bad")
    ours = notebook(tmp_path, "from foi_lib.errors import FoiError\nraise FoiError('no council: did you mean another?')", name="ours")
    good = notebook(tmp_path, "1 + 1", name="good")
    jobs = [Job("bad.html", bad, {"n": 0}), Job("ours.html", ours), Job("good.html", good), Job("gone.html", tmp_path / "gone.ipynb")]
    ran = {r.job.target: r for r in run(jobs, 2, engine)}
    assert ran["good.html"].failure is None
    assert (ran["bad.html"].failure.cell, ran["bad.html"].failure.error) == ("value = 1 / n", "ZeroDivisionError: division by zero")
    assert ran["ours.html"].failure.error == "no council: did you mean another?"
    assert "gone.ipynb" in ran["gone.html"].failure.error


@warm_only
def test_nothing_leaks_from_one_report_to_the_next(tmp_path: Path) -> None:
    path = notebook(tmp_path, """import builtins, os, sys
import matplotlib, pandas as pd
seen = (hasattr(builtins, "leak"), os.environ.get("LEAK"), "leak" in globals(), os.path.basename(os.getcwd()),
        pd.get_option("display.precision"),
        matplotlib.rcParams["font.size"] == 99, "leaky" in sys.modules)
builtins.leak = leak = True
os.environ["LEAK"] = "1"
os.chdir("/")
pd.set_option("display.precision", 2)
matplotlib.rcParams["font.size"] = 99
sys.modules["leaky"] = sys
print(seen)""")  # fmt: skip
    said = {outputs(r.notebook)[0]["text"] for r in warm_forks([Job(str(n), path) for n in range(3)], 1)}
    assert said == {f"{(False, None, False, Path.cwd().name, 6, False, False)}\n"}


@warm_only
def test_a_report_that_hangs_or_dies_is_stopped(tmp_path: Path) -> None:
    jobs = [
        Job("hangs", notebook(tmp_path, "import time\ntime.sleep(60)", name="hangs")),
        Job("dies", notebook(tmp_path, "import os\nos.kill(os.getpid(), 9)", name="dies")),
        Job("works", notebook(tmp_path, "1", name="works")),
    ]
    errors = {r.job.target: r.failure and r.failure.error for r in warm_forks(jobs, 2, seconds=3)}
    assert errors == {"hangs": "the report's process ran over 3 seconds", "dies": "the report's process ended with signal 9", "works": None}


@warm_only
def test_the_same_page_from_both_engines(tmp_path: Path, root: Path) -> None:
    """One council's report of the example, whole: golden by its own other way of being made."""
    from foi_lib.reports import build

    pages = []
    for n, engine in enumerate((ordinary_kernels, warm_forks)):
        result = build("example-round-robin", root / "data", tmp_path / str(n), councils=["Eskerby City Council"], engine=engine)
        assert result.failed == []
        pages.append((tmp_path / str(n) / "example-round-robin" / "councils" / "eskerby-city-council.html").read_bytes())
    assert pages[0] == pages[1]
