"""Live a sweep on a Dask cluster: workers make whole chunks and send their bytes, this process writes them.

Workers need no disk of ours, only the same version of the code; a chunk of a worker that is gone is lived
again by another. The folder is the same as on one machine, byte for byte.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
import time
from collections.abc import Callable, Sequence
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
# After which it is said that there are no workers, or that the scheduler is silent; then again as often as the last.
SAY_SECONDS, SILENT_SECONDS = (2, 10, 30), (10, 30)
CLOSE_SECONDS = 5
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
        ending = threading.Thread(target=client.close, args=(2,), daemon=True)
        ending.start()
        ending.join(CLOSE_SECONDS)


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
    wrong = Problem(f"{scheduler}: something is there and does not answer as a Dask scheduler does, of the same "
                    "version as here; restart it with `dask scheduler`")  # fmt: skip

    def give_up(seconds: float) -> None:
        if seconds > CONNECT_SECONDS + REACH_SECONDS:
            raise wrong

    try:
        return _answer(lambda: distributed.Client(scheduler, timeout=CONNECT_SECONDS), give_up)
    except (OSError, ValueError, TimeoutError):
        raise wrong from None


def _answer(call: Callable[[], Any], silent: Callable[[float], None]) -> Any:
    """What a scheduler answers. Dask waits for ever for one that is frozen; so a thread waits, and this one does not.

    Args:
        call: asks.
        silent: called now and then with the seconds that have gone by without an answer.
    """
    made: queue.Queue[tuple[Any, BaseException | None]] = queue.Queue()

    def ask() -> None:
        try:
            made.put((call(), None))
        except BaseException as error:
            made.put((None, error))

    threading.Thread(target=ask, daemon=True).start()
    began = time.monotonic()
    while True:
        try:
            answer, error = made.get(timeout=WAIT_SECONDS)
        except queue.Empty:
            silent(time.monotonic() - began)
            continue
        if error is not None:
            raise error
        return answer


def _patience(store: Store, say: Callable[[str], None], line: str, after: Sequence[float]) -> Callable[[float], None]:
    """What to do while there is nothing to do: keep the leases, and say a line now and then.

    Args:
        store: where the leases are.
        say: called with the line.
        line: with {} for the seconds waited.
        after: seconds after which it is said; then as often as the last.
    """
    times = [*map(float, after)]

    def wait(waited: float) -> None:
        if waited >= times[0]:
            say(f"{line.format(f'{waited:.0f}')}; this goes on by itself. Ctrl-C ends it; nothing is lost")
            times[:] = times[1:] or [waited + after[-1]]
        store.leases.beat()

    return wait


def _work_through(store: Store, client: Any, distributed: Any, tell: Tell, say: Callable[[str], None]) -> None:
    sweep, per_unit = store.sweep, len(store.sweep.arms)
    plan = None

    def ask(call: Callable[[], Any]) -> Any:
        line = "the scheduler has been silent for {} s; is it frozen, or the network down"
        return _answer(call, _patience(store, say, line, SILENT_SECONDS))

    waiting = {chunk.name: chunk for chunk in store.unfinished()}
    under_way: dict[Any, Chunk] = {}

    while waiting:
        began = time.monotonic()
        no_workers = "the scheduler has no workers, for {} s now; start some with `dask worker ADDRESS`"
        wait = _patience(store, say, no_workers, SAY_SECONDS)
        while not (threads := sum(ask(client.nthreads).values())):
            wait(time.monotonic() - began)
            time.sleep(WAIT_SECONDS)
        if plan is None:
            plan = ask(lambda: client.scatter(sweep, broadcast=True, hash=False))
        room = PER_THREAD * threads - len(under_way)
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
                made = ask(future.result)
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
