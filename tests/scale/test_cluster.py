"""Work on a cluster of real worker processes, one of which is killed in mid-run: no file is lost, none stands twice, the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from factory import make_request

from foi_lib.errors import FoiError
from foi_lib.ingest import ingest

pytest.importorskip("distributed")
pytestmark = pytest.mark.slow
COUNCILS = 30


class Cluster:
    """A scheduler and workers of this machine, as `dask scheduler` and `dask worker` start them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.file = folder, folder / "scheduler.json"
        self.scheduler = self.start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.workers = [self.worker(), self.worker()]

    def start(self, module: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", "--scheduler-file", str(self.file), *options]
        return subprocess.Popen(command, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("dask_worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")

    @property
    def address(self) -> str:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.file.is_file() and (text := self.file.read_text(encoding="utf-8")):
                return str(json.loads(text)["address"])
            time.sleep(0.1)
        raise TimeoutError("no scheduler")

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def request_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("scale") / "data" / "raw" / "made"
    return make_request(folder, COUNCILS)


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_letters_read_on_a_cluster_that_loses_a_worker(cluster: Cluster, request_folder: Path, tmp_path: Path) -> None:
    from foi_lib.cluster import reading

    told: list[str] = []

    def kill_one(name: str, done: int, count: int) -> None:
        told.append(name)
        if done >= 8 and cluster.workers[0].poll() is None:
            cluster.workers[0].kill()
            cluster.workers[0].wait()

    away = ingest(request_folder, tmp_path / "away" / "made", hands=reading(cluster.address), progress=kill_one)
    assert cluster.workers[0].poll() is not None  # it was killed
    cluster.workers[0] = cluster.worker()
    ingest(request_folder, tmp_path / "here" / "made")
    assert files(tmp_path / "away" / "made") == files(tmp_path / "here" / "made")
    letters = sorted(path.name for path in (request_folder / "letters").iterdir())
    assert sorted(name for name in told if name) == letters  # each once
    assert away.rows["responses"] == COUNCILS


def test_reports_made_on_a_cluster_that_loses_a_worker(cluster: Cluster, request_folder: Path, tmp_path: Path) -> None:
    from foi_lib.reports import build

    data_dir = request_folder.parent.parent
    ingest(request_folder)
    some = [path.stem for path in sorted((request_folder / "letters").iterdir())][:9]

    def kill_one(name: str, done: int, count: int) -> None:
        if done >= 3 and cluster.workers[1].poll() is None:
            cluster.workers[1].kill()
            cluster.workers[1].wait()

    away = build("made", data_dir, tmp_path / "away", councils=some, cluster=cluster.address, progress=kill_one)
    assert cluster.workers[1].poll() is not None
    here = build("made", data_dir, tmp_path / "here", councils=some)
    assert (away.failed, here.failed) == ([], [])
    assert files(tmp_path / "away") == files(tmp_path / "here")
    assert sum(name.startswith("made/councils/") for name in files(tmp_path / "here")) == len(some)


def test_no_scheduler_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    from foi_lib import cluster

    with pytest.raises(FoiError, match="--cluster nowhere: no scheduler answers there") as told, cluster.connected("nowhere"):
        pass
    assert "\n" not in str(told.value)
