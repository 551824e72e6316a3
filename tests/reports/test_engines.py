"""Notebooks are run: each in a process of its own, with the same bytes from both engines; who fails is told with cell and error."""

from __future__ import annotations

import time
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


# what one report leaves behind: how the next would see it, and how it is done
LEAKS = {
    "globals": ("'leak' in globals()", "leak = 1"),
    "builtins": ("hasattr(__import__('builtins'), 'leak')", "import builtins; builtins.leak = 1"),
    "modules": ("'leaky' in __import__('sys').modules", "import sys; sys.modules['leaky'] = sys"),
    "environment": ("'LEAK' in __import__('os').environ", "import os; os.environ['LEAK'] = '1'"),
    "working folder": ("__import__('os').getcwd() == '/'", "import os; os.chdir('/')"),
    "matplotlib settings": ("__import__('matplotlib').rcParams['font.size'] == 99", "import matplotlib as m; m.rcParams['font.size'] = 99"),
    "matplotlib figures": ("__import__('matplotlib.pyplot').pyplot.get_fignums() != []", "import matplotlib.pyplot as p; p.figure()"),
    "pandas options": ("__import__('pandas').get_option('display.precision') == 2", "import pandas as p; p.options.display.precision = 2"),
    "random state": (
        "__import__('random').getstate()[1][:3] == (1, 2, 3)",
        "import random; random.setstate((3, (1, 2, 3, *range(621), 624), None))",
    ),
    "numpy's random state": (
        "int(__import__('numpy').random.get_state()[1][0]) == 77",
        "import numpy; numpy.random.seed(77); numpy.random.get_state()",
    ),
    "a patched function": ("__import__('foi_lib.errors').errors.FoiError is int", "import foi_lib.errors; foi_lib.errors.FoiError = int"),
    "a signal handler": ("__import__('signal').getsignal(12) == 1", "import signal; signal.signal(12, signal.SIG_IGN)"),
    "warnings": (
        "any(f[2] is Warning and f[0] == 'error' for f in __import__('warnings').filters)",
        "import warnings; warnings.filterwarnings('error', 'a leak')",
    ),
}  # fmt: skip


@warm_only
def test_nothing_leaks_from_one_report_to_the_next(tmp_path: Path) -> None:
    """Each is seen within the report that does it (else the test would see nothing), and not by the next."""
    jobs = []
    for n, (look, do) in enumerate(LEAKS.values()):
        path = notebook(tmp_path, f"before = bool({look})\n{do}\nprint(before, bool({look}))", name=str(n))
        jobs += [Job(f"{n} first", path), Job(f"{n} second", path)]
    said = {r.job.target: r.failure or outputs(r.notebook)[0]["text"] for r in warm_forks(jobs, 1)}
    for which in ("first", "second"):
        assert {name: said[f"{n} {which}"] for n, name in enumerate(LEAKS)} == dict.fromkeys(LEAKS, "False True\n")


@warm_only
def test_a_report_that_hangs_or_dies_is_stopped(tmp_path: Path) -> None:
    jobs = [
        Job("hangs", notebook(tmp_path, "1 + 1", "# wait\nimport time; time.sleep(60)", name="hangs")),
        Job("dies", notebook(tmp_path, "import os\nos.kill(os.getpid(), 9)", name="dies")),
        Job("works", notebook(tmp_path, "1", name="works")),
    ]
    told = {r.job.target: r.failure and (r.failure.cell, r.failure.error) for r in warm_forks(jobs, 2, seconds=5)}
    assert told == {
        "hangs": ("import time; time.sleep(60)", "the report's process ran over 5 seconds"),
        "dies": ("import os", "the report's process ended with signal 9"),
        "works": None,
    }


@warm_only
def test_a_report_that_takes_too_much_memory_is_told_by_its_cell(tmp_path: Path) -> None:
    jobs = [
        Job("large", notebook(tmp_path, "n = 1", "held = bytearray(3 << 30)", name="large")),
        Job("small", notebook(tmp_path, "held = bytearray(3 << 20)", name="small")),
    ]
    told = {r.job.target: r.failure for r in warm_forks(jobs, 2, memory=2048)}
    assert told["small"] is None
    assert (told["large"].cell, told["large"].error) == ("held = bytearray(3 << 30)", "MemoryError")


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@warm_only
@pytest.mark.parametrize("ending", ["1", "import time; time.sleep(60)"], ids=["ended", "hung"])
def test_what_a_report_started_goes_with_it(tmp_path: Path, ending: str) -> None:
    """Both where the report ends and where it is stopped."""
    note = tmp_path / "pid"
    start = f"import subprocess\nchild = subprocess.Popen(['sleep', '60'])\nopen({str(note)!r}, 'w').write(str(child.pid))"
    list(warm_forks([Job("x", notebook(tmp_path, start, ending))], 1, seconds=5))
    until = time.monotonic() + 5
    while alive(int(note.read_text())) and time.monotonic() < until:
        time.sleep(0.05)
    assert not alive(int(note.read_text()))


@warm_only
def test_as_an_engine_of_papermill(tmp_path: Path) -> None:
    """By its name: charts of pyplot are shown as in a kernel, and the working folder is the caller's."""
    import papermill

    drawn = "import os, matplotlib.pyplot as plt\nplt.plot([1, n])\nplt.show()\nprint(os.path.basename(os.getcwd()))"
    path = notebook(tmp_path, EVERYTHING, drawn)
    made = []
    for engine in ("foi", "nbclient"):
        out = tmp_path / f"{engine}.ipynb"
        (tmp_path / "here").mkdir(exist_ok=True)
        done = papermill.execute_notebook(
            str(path), str(out), {"n": 3, "name": "Ambleford £"}, engine_name=engine, cwd=str(tmp_path / "here"), progress_bar=False,
            kernel_name="python3",
        )  # fmt: skip
        assert out.is_file()
        made.append(outputs(done))
    assert made[0] == made[1]
    assert {"image/png"} <= {kind for o in made[0] for kind in o.get("data", {})}


@warm_only
def test_papermill_is_told_of_a_cell_that_fails(tmp_path: Path) -> None:
    import papermill

    path, out = notebook(tmp_path, "1 + 1", "value = 1 / n", "print('never')"), tmp_path / "out.ipynb"
    with pytest.raises(papermill.PapermillExecutionError, match="ZeroDivisionError"):
        papermill.execute_notebook(str(path), str(out), {"n": 0}, engine_name="foi", progress_bar=False, kernel_name="python3")
    assert "An Exception was encountered" in out.read_text()  # papermill's own mark, in the notebook that it kept
    hung = notebook(tmp_path, "import time; time.sleep(60)", name="hung")
    with pytest.raises(RuntimeError, match="ran over 2 seconds, in the cell: import time"):
        papermill.execute_notebook(str(hung), None, engine_name="foi", progress_bar=False, kernel_name="python3", execution_timeout=2)


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
