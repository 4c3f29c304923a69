"""Live a sweep on this machine: units on threads, chunks written as they are complete."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import closing
from typing import cast

from analysis.studies.sweep.lives import Lived, Lives
from analysis.studies.sweep.plan import Chunk, Unit
from analysis.studies.sweep.rows import files_of
from analysis.studies.sweep.store import Store
from sim.ensemble import in_order

WAIT_SECONDS = 0.5
Tell = Callable[[int], None]


def live_here(store: Store, threads: int | None = None, tell: Tell | None = None) -> None:
    """Live all chunks that are not there yet; wait for those that another process is at work on.

    Args:
        store: where chunks go; it has begun.
        threads: as for ``sim.ensemble.in_order``.
        tell: called with the number of runs that were just lived, by whomever.

    Raises:
        Problem: if the disk is full, or cannot be written for another reason.
    """
    lives = Lives(store.sweep)
    per_unit = len(store.sweep.arms)
    say = tell or (lambda runs: None)
    waiting = {chunk.name: chunk for chunk in store.unfinished()}
    try:
        while waiting:
            lived_any = False
            with closing(_live_untaken(store, lives, list(waiting.values()), threads)) as lived:
                for chunk, is_whole in lived:
                    lived_any = True
                    say(per_unit)
                    if is_whole:
                        del waiting[chunk.name]
            for name in store.finished() & set(waiting):  # by another process
                chunk = waiting.pop(name)
                say((chunk.stop - chunk.start) * per_unit)
            if waiting and not lived_any:
                time.sleep(WAIT_SECONDS)
    finally:
        store.end()


def _live_untaken(
    store: Store, lives: Lives, chunks: list[Chunk], threads: int | None
) -> Generator[tuple[Chunk, bool], None, None]:
    """Live the chunks that nobody else is at work on; after each unit gives its chunk, and whether that is written.

    Chunks are taken only when their first unit is about to be lived, a few units ahead of what is done.
    """
    taken: deque[Chunk] = deque()

    def units() -> Generator[Unit, None, None]:
        for chunk in chunks:
            if store.has(chunk) or not store.take(chunk):
                continue
            if store.has(chunk):  # finished between the two questions
                store.leases.release(chunk)
                continue
            taken.append(chunk)
            yield from store.sweep.units_of(chunk)

    gathered: list[list[Lived]] = []
    began = time.monotonic()
    with closing(cast(Generator[list[Lived], None, None], in_order(lives.unit, units(), threads=threads))) as results:
        for one in results:
            gathered.append(one)
            chunk = taken[0]
            store.leases.beat()
            whole = len(gathered) == chunk.stop - chunk.start
            if whole:
                made = files_of(store.sweep, store.sweep.units_of(chunk), gathered)
                store.write(chunk, made, time.monotonic() - began)
                store.leases.release(chunk)
                taken.popleft()
                gathered, began = [], time.monotonic()
            yield chunk, whole
