"""Tables on disk: whole or not at all, the same from run to run, no cell a formula, every column described."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foi_lib import storage, table_files
from foi_lib.errors import FoiError
from foi_lib.frames import columns_of, empty_frame, make_frame
from foi_lib.schema import TABLES

ROOT = Path(__file__).resolve().parents[2]
WHOSE = {"request": "r", "authority": "Wexcombe Council", "authority_code": "X2", "slug": "wexcombe-council"}
ANSWER = {"answer_id": "a1", **WHOSE, "question": "1", "outcome": "disclosed", "value": 6.0, "source": "letter", "needs_review": False}


def frames(**rows: list[dict[str, object]]) -> dict[str, pd.DataFrame]:
    return {name: make_frame(name, rows.get(name, [])) for name in (*TABLES, "texts")}


def digest(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    answer = {**ANSWER, "quote": "£6,000 – “six”", "page": 2, "period_start": "2023-01-01", "partial_period": True, "low": None}
    written = frames(answers=[answer], texts=[{"file": "a.txt", "sha256": "0", "slug": "wexcombe-council", "text": "Dear\r\n"}])
    hashed = storage.write_tables(tmp_path / "r", written, {"title": "T"})
    read, about = storage.read_tables(tmp_path / "r")
    assert set(read) == {*TABLES, "texts"} and about["hash"] == hashed and about["title"] == "T"
    for name, frame in written.items():
        pd.testing.assert_frame_equal(read[name], frame)


def test_two_runs_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        storage.write_tables(tmp_path / name / "r", frames(answers=[ANSWER]), {"title": "T"})
    assert digest(tmp_path / "one" / "r") == digest(tmp_path / "two" / "r")


def test_the_hash_is_of_the_data(tmp_path: Path) -> None:
    one = storage.write_tables(tmp_path / "one", frames(answers=[ANSWER]), {"title": "T"})
    other = storage.write_tables(tmp_path / "two", frames(answers=[ANSWER]), {"title": "another title"})
    assert one == other != storage.write_tables(tmp_path / "three", frames(answers=[{**ANSWER, "value": 7.0}]), {"title": "T"})


def test_the_data_dictionary_describes_every_column(tmp_path: Path) -> None:
    storage.write_tables(tmp_path / "r", frames(answers=[ANSWER]), {"title": "T"})
    package = json.loads((tmp_path / "r" / "datapackage.json").read_text(encoding="utf-8"))
    resources = {resource["name"]: resource for resource in package["resources"]}
    assert set(resources) == {*TABLES, "texts"}
    for name, resource in resources.items():
        path = tmp_path / "r" / resource["path"]
        if path.suffix == ".csv":
            header = next(csv.reader(io.StringIO(path.read_text(encoding=resource["encoding"]))))
            assert header == [field["name"] for field in resource["schema"]["fields"]]
        for field, column in zip(resource["schema"]["fields"], columns_of(name), strict=True):
            assert field["name"] == column.name and field["description"]
            assert field["type"] in ("string", "integer", "number", "boolean", "date")
            assert field.get("constraints", {}).get("enum") == (list(column.enum) if column.enum else None)
    assert "apostrophe" in package["csv_note"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"outcome": "granted"}, "outcome"),  # no such outcome
        ({"outcome": None}, "outcome"),  # required
        ({"period_start": "1/1/2023"}, "period_start"),
        ({"source": "guess"}, "source"),
    ],
)
def test_a_table_that_breaks_its_schema_is_not_written(tmp_path: Path, wrong: dict[str, object], told: str) -> None:
    storage.write_tables(tmp_path / "r", frames(answers=[ANSWER]), {"title": "T"})
    before = digest(tmp_path / "r")
    with pytest.raises(FoiError, match=told) as caught:
        storage.write_tables(tmp_path / "r", frames(answers=[{**ANSWER, **wrong}]), {"title": "T"})
    assert "\n" not in str(caught.value)
    assert digest(tmp_path / "r") == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_names_of_rows_are_unique(tmp_path: Path) -> None:
    with pytest.raises(FoiError, match="answer_id"):
        storage.write_tables(tmp_path / "r", frames(answers=[ANSWER, ANSWER]), {})


def test_names_of_rows_are_unique_over_all_batches(tmp_path: Path) -> None:
    files = storage.TableFiles(tmp_path)
    files.add("answers", [{**ANSWER, "answer_id": f"a{n}"} for n in range(2_001)])
    files.add("answers", [{**ANSWER, "answer_id": "a7"}])
    with pytest.raises(FoiError, match="answer_id 'a7' names 2 rows"):
        files.close()


def test_names_of_files_are_unique_over_batches_that_their_texts_fill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(table_files.CHARACTERS, "texts", 10)
    files = storage.TableFiles(tmp_path)
    for name in ("a.txt", "b.txt", "a.txt"):
        files.add("texts", [{"file": name, "sha256": "0", "slug": "wexcombe-council", "text": "Dear Sir or Madam"}])
    with pytest.raises(FoiError, match=r"file 'a.txt' names 2 rows"):
        files.close()


@pytest.mark.parametrize(("files_named", "batches"), [("a.txt", 1), ("a.txt; b.txt; c.txt; d.txt", 3)])
def test_responses_of_many_files_do_not_wait_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files_named: str, batches: int
) -> None:
    monkeypatch.setitem(table_files.CHARACTERS, "responses", 20)
    files = storage.TableFiles(tmp_path)
    files.add("responses", [{**WHOSE, "status": "answered", "files": files_named}] * 3)
    files.close()
    assert pq.ParquetFile(tmp_path / "responses.parquet").num_row_groups == batches
    assert pd.read_parquet(tmp_path / "responses.parquet")["files"].tolist() == [files_named] * 3


def test_a_key_that_is_no_column_is_our_mistake() -> None:
    with pytest.raises(KeyError, match="answer"):
        make_frame("answers", [{**ANSWER, "answer": 1}])


def test_empty_text_is_missing() -> None:
    assert make_frame("answers", [{**ANSWER, "quote": ""}])["quote"].isna().all()
    assert list(empty_frame("answers").dtypes) == list(make_frame("answers", [ANSWER]).dtypes)


def csv_rows(frame: pd.DataFrame, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(storage.to_csv(table, frame))))


def test_no_text_cell_is_a_formula_and_no_number_is_touched() -> None:
    answer = {**ANSWER, "quote": "=HYPERLINK(1)", "breakdown": "- social care", "qualifier": "@known", "value": -6.5, "high": 1e15}
    (row,) = csv_rows(make_frame("answers", [{**answer, "low": -0.0}]), "answers")
    assert (row["quote"], row["breakdown"], row["qualifier"]) == ("'=HYPERLINK(1)", "'- social care", "'@known")
    assert (float(row["value"]), float(row["low"]), row["high"]) == (-6.5, 0.0, "1e+15")
    assert (row["page"], row["needs_review"], row["outcome"]) == ("", "false", "disclosed")


def test_whole_figures_have_no_decimal_point() -> None:
    (row,) = csv_rows(make_frame("answers", [{**ANSWER, "value": 33645.0, "low": 51099.25}]), "answers")
    assert (row["value"], row["low"]) == ("33645", "51099.25")


def test_spreadsheets_see_pounds(tmp_path: Path) -> None:
    storage.write_tables(tmp_path / "r", frames(answers=[{**ANSWER, "quote": "£5"}]), {})
    data = (tmp_path / "r" / "answers.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfanswer_id,") and "£5".encode() in data


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("=+-@'\t\r\n ＝"), max_size=6))
def test_a_safe_cell_is_no_formula_and_gives_its_text_back(text: str) -> None:
    cell = storage.safe_cell(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
    assert storage.plain_cell(cell) == text


def test_tables_of_nobody(tmp_path: Path) -> None:
    with pytest.raises(FoiError, match="foi ingest r"):
        storage.read_tables(tmp_path / "r")


def test_where_names_cannot_be_exchanged_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_exchange", lambda one, other: False)
    for value in (1.0, 2.0):
        storage.write_tables(tmp_path / "r", frames(answers=[{**ANSWER, "value": value}]), {})
    assert storage.read_tables(tmp_path / "r")[0]["answers"]["value"].tolist() == [2.0]
    assert [path.name for path in tmp_path.iterdir()] == ["r"]
    # killed between the two steps: the old tables are there under another name, and come back
    (tmp_path / "r").rename(tmp_path / ".r.old")
    assert storage.read_tables(tmp_path / "r")[0]["answers"]["value"].tolist() == [2.0]


def test_remains_of_killed_runs_are_taken_away(tmp_path: Path) -> None:
    killed = subprocess.Popen([sys.executable, "-c", ""])
    killed.wait()
    (tmp_path / f".r.new-{killed.pid}").mkdir()
    living = tmp_path / ".r.new-1"  # process 1 is always there
    living.mkdir()
    storage.write_tables(tmp_path / "r", frames(), {})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".r.new-1", "r"]


KILLER = """
import hashlib, json, os, pathlib, random, signal, sys, time
sys.path.insert(0, {root!r})
from foi_lib import storage
from foi_lib.frames import make_frame
from foi_lib.schema import TABLES

folder = pathlib.Path({folder!r})

def version(n):
    problems = [dict(request="r", file=str(n), what="x", reason="y")] * 50
    rows = dict(problems=problems, texts=[dict(file="f", sha256=str(n), slug="w", text="x" * 20000)])
    return {{name: make_frame(name, rows.get(name, [])) for name in (*TABLES, "texts")}}

both = version(1), version(2)
storage.check_frame = lambda *_: None
write = lambda n: storage.write_tables(folder, both[n - 1], dict(n=n))

def found():
    # which version is there, whole; anything else stops the test
    storage.restore(folder)
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    for resource in about["resources"]:
        data = (folder / resource.get("parquet", resource["path"])).read_bytes()
        assert hashlib.sha256(data).hexdigest() == resource["sha256"], resource["name"]
    lines = (folder / "problems.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert len(lines) == 50 and all(line.startswith("r," + str(about["n"])) for line in lines)
    return about["n"]

def child(work):
    process = os.fork()
    if process == 0:
        try:
            work()
        finally:
            os._exit(0)
    return process

def die_at(step):
    # at the step-th time that Python touches a file
    left = [step]
    def hook(event, _):
        if event == "open" or event.startswith(("os.", "shutil.", "ctypes.")):
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

write(1)
steps, seen = 0, set()
while True:
    steps += 1
    other = 3 - found()
    def work():
        die_at(steps)
        write(other)
    if os.waitstatus_to_exitcode(os.waitpid(child(work), 0)[1]) == 0:
        break
    seen.add(found())
print("steps", steps, "seen", *sorted(seen), flush=True)

chance = random.Random(2018)
def forever():
    n = found()
    while True:
        n = 3 - n
        write(n)
for _ in range(40):
    process = child(forever)
    time.sleep(chance.uniform(0, 0.05))
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    found()
write(1)
print("left", *sorted(path.name for path in folder.parent.iterdir()))
"""


@pytest.mark.slow
@pytest.mark.parametrize("exchange", [True, False], ids=["one step", "two steps"])
def test_a_killed_run_leaves_the_last_complete_tables(tmp_path: Path, exchange: bool) -> None:
    """A writer is killed at every touch of a file in turn, and then at random moments; each time the tables are one version, whole."""
    code = KILLER.format(root=str(ROOT), folder=str(tmp_path / "r"))
    if not exchange:
        code = code.replace("both = ", "storage._exchange = lambda one, other: False\nboth = ", 1)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    steps, left = done.stdout.splitlines()
    assert int(steps.split()[1]) > 40  # else the hook saw nothing
    assert steps.endswith("seen 1 2")  # killed before and after the change of names
    assert left == "left r"
