"""The work of many machines: batches sent to a dask.distributed cluster, each result taken once, whatever workers are lost meanwhile.

The extra `cluster` brings dask.distributed and fsspec. Workers need the same version of this package; letters they reach by a shared path
or by a URL (`letters:` in request.yaml). Workers with one thread each suit best: the work is Python's.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from foi_lib.errors import FoiError
from foi_lib.reading_hands import Hands, Read, lost, read_places
from foi_lib.request import Request

_AHEAD = 3  # batches for each thread of the cluster that are under way: more would only wait in the scheduler's memory


@contextlib.contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the scheduler at `address` ("tcp://host:8786"); `FoiError` where there is none, or a worker has another program."""
    try:
        from distributed import Client
    except ImportError:
        raise FoiError("--cluster needs dask.distributed; install it with: pip install 'foi_lib[cluster]'") from None
    try:
        client = Client(address, timeout="20s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise FoiError(f"--cluster {address}: no scheduler answers there ({' '.join(str(error).split())[:200]})") from None
    try:
        try:
            client.wait_for_workers(1, timeout=60)
        except TimeoutError:
            remedy = f"start one with: dask worker {address} --nthreads 1"
            raise FoiError(f"--cluster {address}: the scheduler has no worker; {remedy}") from None
        _same_program(client, address)
        yield client
    finally:
        client.close()


def _same_program(client: Any, address: str) -> None:
    from foi_lib.ingest import code_hash

    own = code_hash()
    others = sorted(worker for worker, theirs in client.run(_their_program, on_error="return").items() if theirs != own)
    if others:
        raise FoiError(f"--cluster {address}: {', '.join(others)} has another version of foi_lib, or none; all must have the same")


def _their_program() -> str:
    from foi_lib.ingest import code_hash

    return code_hash()


def spread(client: Any, do: Callable[..., Any], shared: Any, batches: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """`do(shared, batch)` for each batch, on the cluster: pairs of batch and result, as they are done; an exception is a result too.

    dask gives the batches of a worker that is lost to others; one that several workers died of comes back as `KilledWorker`.
    """
    from distributed import as_completed

    coming, under_way = iter(batches), {}
    given = client.submit(_itself, shared, pure=False)  # not `scatter`: what a task made is made again when its worker is lost
    done = as_completed(loop=client.loop)

    def more() -> None:
        if (batch := next(coming, None)) is not None:
            future = client.submit(do, given, batch, pure=False, retries=0)
            under_way[future.key] = batch
            done.add(future)

    for _ in range(_AHEAD * max(1, sum(client.nthreads().values()))):
        more()
    for future in done:
        batch = under_way.pop(future.key)
        error = future.exception()
        yield batch, error if error is not None else future.result()
        future.release()
        more()


def _itself(shared: Any) -> Any:
    return shared


def reading(address: str) -> Hands:
    """Hands that read letters on the cluster."""

    def hands(request: Request, batches: Iterable[Sequence[str]], count: int) -> Iterator[list[Read]]:
        with connected(address) as client:
            alone: list[str] = []
            for batch, found in spread(client, read_places, request, batches):
                if isinstance(found, BaseException):
                    _not_lost(found)
                    alone += batch  # one of these is the culprit
                    continue
                yield found
            for (name,), found in spread(client, read_places, request, ([name] for name in alone)):
                if isinstance(found, BaseException):
                    _not_lost(found)
                    yield [lost(name, "on the cluster was lost")]
                else:
                    yield found

    return hands


def _not_lost(error: BaseException) -> None:
    """A worker's death is dealt with; any other error is told."""
    from distributed.scheduler import KilledWorker

    if isinstance(error, KilledWorker):
        return
    if isinstance(error, FoiError):
        raise error
    raise FoiError(f"a worker of the cluster failed: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
