"""Letters are read once, by one process or several, and a process that dies costs its letter only; the tables are the same bytes."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from foi_lib import paths, reading_hands
from foi_lib.ingest import ingest, readings_file
from foi_lib.letters import amounts, labels, lines, periods, upright
from foi_lib.letters.memory import forget_lines
from foi_lib.reading_hands import several
from foi_lib.reference.names import word
from foi_lib.request import load_request

Put = Callable[..., Path]


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.suffix != ".json"}


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places that this process read, in order."""
    names: list[str] = []
    real = reading_hands.read_reply

    def counted(request, place):  # type: ignore[no-untyped-def]
        names.append(place.name)
        return real(request, place)

    monkeypatch.setattr(reading_hands, "read_reply", counted)
    return names


@pytest.fixture
def processed(folder: Path) -> Path:
    return folder.parent.parent / "processed" / "breaches"


def test_only_a_new_letter_is_read(folder: Path, put: Put, read: list[str]) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    put("letters/glenarrow-council.txt", "From: Glenarrow Council\nQ1: 2\n")
    ingest(folder)
    assert read == ["glenarrow-council.txt", "wexcombe-council.txt"]
    put("letters/aldermere-borough-council.txt", "From: Aldermere Borough Council\nQ1: 1\n")
    put("letters/glenarrow-council.txt", "From: Glenarrow Council\nQ1: 3\n")
    assert ingest(folder).fresh
    assert read[2:] == ["aldermere-borough-council.txt", "glenarrow-council.txt"]


@pytest.mark.parametrize("what", ["code", "question", "own authority", "force", "name", "broken file"])
def test_what_makes_a_letter_be_read_again(
    folder: Path, put: Put, read: list[str], processed: Path, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    letter = put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    ingest(folder)
    if what == "code":
        monkeypatch.setattr("foi_lib.ingest.code_hash", lambda: "another")
    elif what == "question":
        path = folder / "request.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("How many data", "How many personal data"), encoding="utf-8")
    elif what == "own authority":
        path = folder / "authorities.csv"
        path.write_text(path.read_text(encoding="utf-8") + "X4,Elsbury Council,Elsbury,unitary,England,London\n", encoding="utf-8")
    elif what == "name":
        letter.rename(letter.with_name("another.txt"))
    elif what == "broken file":
        readings_file(processed).write_bytes(b"no data base" * 100)
        put("letters/note.txt", "From: Glenarrow Council\nQ1: 6\n")
    ingest(folder, force=what == "force")
    assert read[1:] in (["wexcombe-council.txt"], ["another.txt"], ["note.txt", "wexcombe-council.txt"])


def test_a_title_makes_nothing_be_read_again(folder: Path, put: Put, read: list[str]) -> None:
    put("letters/wexcombe-council.txt", "From: Wexcombe Council\nQ1: 6\n")
    ingest(folder)
    path = folder / "request.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Breaches", "title: The breaches"), encoding="utf-8")
    assert ingest(folder).fresh and len(read) == 1


def test_a_run_that_was_stopped_goes_on_where_it_was(folder: Path, put: Put, read: list[str]) -> None:
    for name in ("a", "b", "c"):
        put(f"letters/{name}.txt", f"From: Wexcombe Council\nQ1: {name}\n")

    def stop(name: str, done: int, count: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(folder, progress=stop)
    ingest(folder)
    assert read == ["a.txt", "b.txt", "c.txt"]


def many(put: Put, count: int = 30) -> None:
    for n in range(count):
        said = f"1. How many data breaches were there in 2023?\n\nThere were {n + 10} breaches."
        put(f"letters/reply-{n:02}.txt", f"Wexcombe Council\n\n{said}\n")


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_tables(folder: Path, put: Put, processed: Path, tmp_path: Path) -> None:
    many(put)
    made = []
    for processes in (1, 2, 3):
        ingest(folder, tmp_path / str(processes) / "breaches", hands=several(processes))
        made.append(tables(tmp_path / str(processes) / "breaches"))
    assert made[0] == made[1] == made[2]
    assert len(made[0]["answers.csv"].splitlines()) > 30


@pytest.mark.parametrize("many", [1, 4, 5_000])
def test_names_of_a_folder_are_sorted_in_memory_and_on_disk_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int) -> None:
    monkeypatch.setattr(paths, "MANY", many)
    names = ["b.txt", "a.txt", "B.txt", "é.txt", "£.txt", "😀.txt", "\uff5e.txt", "a"]  # the last but two: UTF-16 has another order
    if sys.platform == "linux":
        names.append(os.fsdecode(b"\xff.txt"))  # no text at all
    for name in names:
        (tmp_path / name).write_text("", encoding="utf-8")
    assert list(paths.names_in(tmp_path)) == sorted(names)


def test_a_worker_lets_go_of_lines_and_reads_on_as_before(folder: Path, put: Put) -> None:
    put("letters/reply.txt", "Wexcombe Council\n\n1. How many data breaches were there in 2023?\n\nThere were 12 breaches.\n")
    request = load_request(folder)
    before = reading_hands.read_places(request, ["reply.txt"])
    remembered = (amounts._of_line, labels._of_line, periods._of_line, upright._cell, lines._words_of, word)
    assert sum(one.cache_info().currsize for one in remembered) > 10
    forget_lines()
    assert sum(one.cache_info().currsize for one in remembered) == 0
    assert reading_hands.read_places(request, ["reply.txt"]) == before


@pytest.mark.slow
def test_a_letter_that_kills_its_reader_costs_itself_only(folder: Path, put: Put, processed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    many(put)
    put("letters/reply-12.txt", "KILL\n")
    killer = (
        "import os, signal; from foi_lib import reading_hands as h; real = h.read_reply;\n"
        "def read(request, place):\n"
        f"    os.kill(os.getpid(), {signal.SIGKILL:d}) if 'KILL' in place.read_text() else None\n"
        "    return real(request, place)\n"
        "h.read_reply = read; h.work()"
    )
    monkeypatch.setattr(reading_hands, "_COMMAND", (reading_hands._COMMAND[0], "-c", killer))
    done = ingest(folder, hands=several(2))
    import pandas as pd

    problems = pd.read_parquet(done.folder / "problems.parquet")
    told = problems[problems["file"] == "reply-12.txt"]
    assert "ended with signal 9" in told.loc[told["what"] == "reader_failed", "reason"].iloc[0]
    texts = pd.read_parquet(done.folder / "texts.parquet")
    assert sorted(texts["file"]) == [f"reply-{n:02}.txt" for n in range(30) if n != 12]


def test_letters_in_another_folder_and_behind_a_url(folder: Path, put: Put, tmp_path: Path) -> None:
    fsspec = pytest.importorskip("fsspec")
    letter = "From: Wexcombe Council\nQ1: 6\n"
    put("letters/wexcombe/reply.txt", letter)
    ingest(folder, tmp_path / "one" / "breaches")
    (folder / "letters").rename(tmp_path / "shared")
    plain = (folder / "request.yaml").read_text(encoding="utf-8")
    store = fsspec.filesystem("memory")
    store.pipe_file("/foi/letters/wexcombe/reply.txt", letter.encode())
    store.pipe_file("/foi/letters/wexcombe/.hidden", b"x")
    for name, where in (("two", str(tmp_path / "shared")), ("three", "memory://foi/letters")):
        (folder / "request.yaml").write_text(f"{plain}letters: {where}\n", encoding="utf-8")
        ingest(folder, tmp_path / name / "breaches")
    one, two, three = (tables(tmp_path / name / "breaches") for name in ("one", "two", "three"))
    assert len(one["answers.csv"].splitlines()) > 1
    for other in (two, three):
        other["request.yaml"] = one["request.yaml"]
        assert one == other
    first = ingest(folder, tmp_path / "three" / "breaches")
    store.pipe_file("/foi/letters/wexcombe/reply.txt", letter.replace("6", "61").encode())
    assert not first.fresh and ingest(folder, tmp_path / "three" / "breaches").fresh


@pytest.mark.parametrize(("url", "said"), [("memory://foi/nothing-there", "cannot be listed"), ("nosuch://x/y", "Protocol not known")])
def test_a_url_that_cannot_be_opened_is_one_line(folder: Path, url: str, said: str) -> None:
    pytest.importorskip("fsspec")
    from foi_lib.errors import FoiError

    path = folder / "request.yaml"
    path.write_text(path.read_text(encoding="utf-8") + f"letters: {url}\n", encoding="utf-8")
    with pytest.raises(FoiError, match=said) as error:
        ingest(folder)
    assert "\n" not in str(error.value) and os.linesep not in str(error.value)
