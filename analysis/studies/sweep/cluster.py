"""Live a sweep on a Dask cluster: workers make whole chunks and send their bytes, this process writes them.

Workers need no disk of ours, only the same version of the code; a chunk of a worker that is gone is lived
again by another. The folder is the same as on one machine, byte for byte.
"""

from __future__ import annotations

import contextlib
import logging
import queue
import socket
import threading
import time
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from analysis.results.record import printable
from analysis.studies.sweep.identity import code_digest, versions
from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.local import WAIT_SECONDS, Tell
from analysis.studies.sweep.plan import Chunk, Sweep
from analysis.studies.sweep.rows import files_of
from analysis.studies.sweep.store import Store
from sim.problem import Problem

REACH_SECONDS, CONNECT_SECONDS = 3, 10
SAY_SECONDS = (2, 10, 30)  # after which it is said that there are no workers; then again as often as the last
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
    return Made(files_of(sweep, units, [lives.unit(unit) for unit in units]), time.monotonic() - began)


def live_on_cluster(
    store: Store, scheduler: str, tell: Tell | None = None, say: Callable[[str], None] | None = None
) -> None:
    """Live all chunks that are not there yet on a cluster.

    Args:
        store: where chunks go; it has begun.
        scheduler: address, such as tcp://localhost:8786.
        tell: called with the number of runs that were just lived.
        say: called with a line while nothing can be done but wait.

    Raises:
        Problem: if there is no scheduler, it goes away, a worker has other code, or the disk is full.
    """
    try:
        import distributed  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("a cluster needs Dask; install it with: pip install -e '.[distributed]'") from None
    say = say or (lambda line: None)
    client = _connected(scheduler, distributed, say)
    try:
        _work_through(store, client, distributed, tell or (lambda runs: None), say)
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


def _connected(scheduler: str, distributed: Any, say: Callable[[str], None]) -> Any:
    """A client of the scheduler.

    Raises:
        Problem: if nobody answers there, within seconds, or somebody who is no scheduler of Dask.
    """
    try:
        place = urlsplit(scheduler if "://" in scheduler else f"tcp://{scheduler}")
        where = (place.hostname, place.port)
    except ValueError:
        where = (None, None)
    if None in where:
        raise Problem(f"--scheduler: found {printable(scheduler)[:100]!r}, expected an address such as "
                      "tcp://localhost:8786")  # fmt: skip
    try:
        socket.create_connection(where, REACH_SECONDS).close()
    except OSError as error:
        why = error.strerror or str(error)
        raise Problem(f"{scheduler}: no Dask scheduler answers there ({why.lower()}); "
                      "start one with `dask scheduler`") from None  # fmt: skip
    say(f"asking the scheduler at {scheduler}, for at most {CONNECT_SECONDS:g} s")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what is wrong is said here, in a line
    made: queue.Queue[Any] = queue.Queue()

    def connect() -> None:
        try:
            made.put(distributed.Client(scheduler, timeout=CONNECT_SECONDS))
        except (OSError, ValueError, TimeoutError):
            made.put(None)

    # Dask waits for ever for a program that takes the call and says nothing; so a thread waits, and this one does not.
    threading.Thread(target=connect, daemon=True).start()
    with contextlib.suppress(queue.Empty):
        client = made.get(timeout=CONNECT_SECONDS + REACH_SECONDS)
        if client is not None:
            return client
    raise Problem(f"{scheduler}: something is there and does not answer as a Dask scheduler does, of the same version "
                  "as here; restart it with `dask scheduler`")  # fmt: skip


def _wait_for_workers(client: Any, store: Store, say: Callable[[str], None]) -> None:
    began, times = time.monotonic(), [*map(float, SAY_SECONDS)]
    while not client.nthreads():
        waited = time.monotonic() - began
        if waited >= times[0]:
            say(f"the scheduler has no workers, for {waited:.0f} s now; start some with `dask worker ADDRESS`; this "
                "goes on by itself. Ctrl-C ends it; nothing is lost")  # fmt: skip
            times = times[1:] or [waited + SAY_SECONDS[-1]]
        store.leases.beat()
        time.sleep(WAIT_SECONDS)


def _work_through(store: Store, client: Any, distributed: Any, tell: Tell, say: Callable[[str], None]) -> None:
    sweep, per_unit = store.sweep, len(store.sweep.arms)
    plan = None
    waiting = {chunk.name: chunk for chunk in store.unfinished()}
    under_way: dict[Any, Chunk] = {}

    while waiting:
        _wait_for_workers(client, store, say)
        if plan is None:
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
