"""Many lives at once, on threads, with the same bits on any number of them.

Compiled lives run off the interpreter lock. Each life has arrays of its own and draws by address,
so neither the order of the lives nor the number of threads can change any of them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

from sim.life import Life
from sim.mistakes import shown
from sim.scenario import ScenarioError

Result = TypeVar("Result")
Item = TypeVar("Item")
IN_FLIGHT_PER_THREAD = 4


def run_many(
    lives: Iterable[Mapping[str, Any]],
    keep: Callable[[Life], Result],
    *,
    history_every: int = 0,
    threads: int | None = None,
    instead: Callable[[Mapping[str, Any], Exception], Result] | None = None,
) -> Iterator[Result]:
    """Live many lives and keep of each what ``keep`` returns, in the order given.

    Args:
        lives: parameter values of each life (``Scenario.values``, with ``run.seed`` and overrides).
        keep: called with each finished life; it should copy what it wants and let the rest go.
        history_every: as for ``Life``.
        threads: how many at once; by default one for each core this process may use.
        instead: called with the values and the error of a life that cannot be lived; what it returns stands in that
            life's place, and the others go on.

    Yields:
        The results, in the order of ``lives``; at most a few unfinished lives are in memory.

    Raises:
        ScenarioError: if a life's values are not accepted; all lives before it have been given by then. This and any
            other error says which life it was: its place, its seed, and where it differs from the first.
    """
    first: Mapping[str, Any] | None = None

    def numbered() -> Iterator[tuple[int, Mapping[str, Any]]]:
        nonlocal first
        for k, values in enumerate(lives):
            first = values if k == 0 else first
            yield k, values

    def one(numbered_life: tuple[int, Mapping[str, Any]]) -> Result:
        k, values = numbered_life
        try:
            life = Life(values, history_every)
            life.live()
            return keep(life)
        except Exception as error:
            if instead is not None:
                return instead(values, error)
            which = f"life {k + 1}{_apart(values, first)}"
            if isinstance(error, ScenarioError):
                raise ScenarioError(f"{which}: {error}") from None
            error.add_note(f"in {which}")
            raise

    yield from in_order(one, numbered(), threads=threads)


def _apart(values: Any, first: Any) -> str:
    """A life's seed, and what else is not as in the first life."""
    if not isinstance(values, Mapping):
        return ""
    other = first if isinstance(first, Mapping) else {}
    differ = [name for name in values if name != "run.seed" and repr(values[name]) != repr(other.get(name))]
    said = [f"{name} {shown(values[name])}" for name in ("run.seed", *differ[:4]) if name in values]
    return f" ({', '.join(said)}{', ...' if len(differ) > 4 else ''})"


def in_order(
    function: Callable[[Item], Result], items: Iterable[Item], *, threads: int | None = None
) -> Iterator[Result]:
    """What ``function`` makes of each item, worked out on threads and given in the order of the items.

    Args:
        function: called with one item, on any thread.
        items: read as they are needed, a few ahead.
        threads: how many at once; by default one for each core this process may use.

    Yields:
        The results; at most a few that nobody has fetched yet are in memory.
    """
    count = threads or available_cores()
    if count == 1:
        yield from map(function, items)
        return
    with ThreadPoolExecutor(count) as pool:
        pending: dict[int, Future[Result]] = {}
        submitted = yielded = 0
        source = iter(items)
        exhausted = False
        try:
            while not exhausted or pending:
                while not exhausted and len(pending) < count * IN_FLIGHT_PER_THREAD:
                    try:
                        pending[submitted] = pool.submit(function, next(source))
                        submitted += 1
                    except StopIteration:
                        exhausted = True
                if yielded in pending:
                    if not pending[yielded].done():
                        wait([pending[yielded]], return_when=FIRST_COMPLETED)
                    yield pending.pop(yielded).result()
                    yielded += 1
        finally:
            for future in pending.values():
                future.cancel()


def available_cores() -> int:
    """Cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
