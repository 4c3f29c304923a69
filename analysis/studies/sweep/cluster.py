"""Live a sweep on a Dask cluster: workers make whole chunks and send their bytes, this process writes them.

Workers need no disk of ours, only the same version of the code; a chunk of a worker that is gone is lived
again by another. The folder is the same as on one machine, byte for byte.
"""

from __future__ import annotations

import time
from typing import Any, NamedTuple

from analysis.studies.sweep.identity import code_digest, versions
from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.local import WAIT_SECONDS, Tell
from analysis.studies.sweep.plan import Chunk, Sweep
from analysis.studies.sweep.rows import tables, to_bytes
from analysis.studies.sweep.store import Store
from sim.problem import Problem

CONNECT_SECONDS = 10
PER_THREAD = 2  # chunks sent ahead for each thread of the cluster
BEAT_SECONDS = 5


class Made(NamedTuple):
    """What a worker sends back.

    Attributes:
        files: content of each Parquet file.
        seconds: that it took.
    """

    files: dict[str, bytes]
    seconds: float


def make_chunk(sweep: Sweep, chunk: Chunk, code: str) -> Made:
    """Live a chunk; called on a worker, one chunk a thread.

    Args:
        sweep: which sweep.
        chunk: which chunk.
        code: digest of the code that is wanted.

    Raises:
        Problem: if this worker has another version of the code.
    """
    if code_digest() != code:
        raise Problem(f"a worker has another version of the code or of its packages ({', '.join(versions())}); "
                      "install the same on every machine, and start the workers again")  # fmt: skip
    began = time.monotonic()
    lives = Lives(sweep)
    units = sweep.units_of(chunk)
    made = tables(sweep, units, [lives.unit(unit) for unit in units])
    return Made({name: to_bytes(table) for name, table in made.items()}, time.monotonic() - began)


def live_on_cluster(store: Store, scheduler: str, tell: Tell | None = None) -> None:
    """Live all chunks that are not there yet on a cluster.

    Args:
        store: where chunks go; it has begun.
        scheduler: address, such as tcp://localhost:8786.
        tell: called with the number of runs that were just lived.

    Raises:
        Problem: if there is no scheduler, it goes away, a worker has other code, or the disk is full.
    """
    try:
        import distributed  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("a cluster needs Dask; install it with: pip install -e '.[distributed]'") from None
    try:
        client = distributed.Client(scheduler, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TimeoutError):
        raise Problem(f"{scheduler}: no Dask scheduler answers there; start one with `dask scheduler`") from None
    try:
        _work_through(store, client, distributed, tell or (lambda runs: None))
    except (
        distributed.client.FuturesCancelledError,
        distributed.CancelledError,
        distributed.comm.core.CommClosedError,
    ):
        raise Problem(f"{scheduler}: the scheduler is gone, or every worker; every finished chunk is kept. "
                      "Start them, and give the same command again: it goes on where it was") from None  # fmt: skip
    except distributed.scheduler.KilledWorker:
        raise Problem(
            f"{scheduler}: several workers ended at the same chunk, perhaps for lack of memory; every finished chunk "
            "is kept. Give them more memory, and give the same command again"
        ) from None
    finally:
        store.end()
        client.close(timeout=2)


def _work_through(store: Store, client: Any, distributed: Any, tell: Tell) -> None:
    sweep, per_unit = store.sweep, len(store.sweep.arms)
    plan = client.scatter(sweep, broadcast=True, hash=False) if client.nthreads() else None
    waiting = {chunk.name: chunk for chunk in store.unfinished()}
    under_way: dict[Any, Chunk] = {}

    while waiting:
        if plan is None:
            client.wait_for_workers(1)
            plan = client.scatter(sweep, broadcast=True, hash=False)
        room = PER_THREAD * max(1, sum(client.nthreads().values())) - len(under_way)
        sent = {chunk.name for chunk in under_way.values()}
        for chunk in [chunk for chunk in waiting.values() if chunk.name not in sent][: max(room, 0)]:
            if not store.has(chunk) and store.take(chunk):
                under_way[
                    client.submit(make_chunk, plan, chunk, code_digest(), key=f"chunk-{chunk.name}", pure=False)
                ] = chunk
        if under_way:
            try:
                done = distributed.wait(list(under_way), timeout=BEAT_SECONDS, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                done = set()
            for future in done:
                chunk = under_way.pop(future)
                made = future.result()
                store.write(chunk, made.files, made.seconds)
                store.leases.release(chunk)
                waiting.pop(chunk.name, None)
                tell((chunk.stop - chunk.start) * per_unit)
        else:
            time.sleep(WAIT_SECONDS)
        store.leases.beat()
        for name in store.finished() & set(waiting):  # by another process
            chunk = waiting.pop(name)
            if chunk not in under_way.values():
                tell((chunk.stop - chunk.start) * per_unit)
