"""A life that breaks off: which one it was is said, and what was finished before it is kept."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from analysis.compare.arms import Arm
from analysis.results.record import printable
from sim.ensemble import in_order
from sim.mistakes import shown
from sim.problem import Problem

LONGEST_ERROR, MOST_SHOWN = 300, 4
Stopped = tuple[type[BaseException], ...]
Result = TypeVar("Result")


class BrokeOff(Problem):
    """A life ended with an error; the message says which life.

    Attributes:
        seed: of that life.
    """

    def __init__(self, message: object, seed: int = -1) -> None:
        super().__init__(message)
        self.seed = seed


@contextmanager
def named_if_it_breaks_off(arm: Arm | str, seed: int, changed: Mapping[str, Any] | None = None) -> Iterator[None]:
    """Say which life it was, if one ends with an error.

    Args:
        arm: whose life it is, its values are in the record; or whose in words.
        seed: of the life, or of the first of several.
        changed: values that it is lived with instead.

    Raises:
        BrokeOff: instead of the error.
    """
    try:
        yield
    except (MemoryError, BrokeOff):
        raise  # lack of memory is not of this life: the machine has too little
    except Exception as error:
        whose, known = (arm, {}) if isinstance(arm, str) else (f"arm {arm.name!r}", arm.values)
        values = [f"{name} {shown(value)}" for name, value in (changed or {}).items() if value != known.get(name)]
        apart = f", {', '.join(values[:MOST_SHOWN])}{', ...' if len(values) > MOST_SHOWN else ''}" if values else ""
        what = printable(f"{type(error).__name__}: {error}")[:LONGEST_ERROR]
        raise BrokeOff(f"the life of {whose} with seed {seed}{apart} broke off ({what})", seed) from error


CTRL_C: Stopped = (KeyboardInterrupt,)
ALL: Stopped = (KeyboardInterrupt, BrokeOff)


@contextmanager
def keeping(finished: Callable[[], int], stopped_by: Stopped = ALL) -> Iterator[None]:
    """Go on with what is finished if it is stopped with Ctrl-C or a life breaks off; then a warning says which.

    Args:
        finished: how many runs are.
        stopped_by: only if it is stopped by one of these.

    Raises:
        KeyboardInterrupt, BrokeOff: if none is finished, or it was not stopped by one of those.
    """
    try:
        yield
    except stopped_by as stopped:
        if not finished():
            raise
        if isinstance(stopped, BrokeOff):
            warnings.warn(str(stopped), stacklevel=3)


def live_each(
    arm: Arm, seeds: Iterable[int], live: Callable[[int], Result], *, threads: int | None = None,
    progress: Callable[[], None] | None = None,
) -> list[Result]:  # fmt: skip
    """What is made of each town of an arm. Stopped with Ctrl-C or as a life breaks off, what was finished, if any is.

    Args:
        arm: whose towns they are.
        seeds: one for each town.
        live: called with a seed, on any thread.
        threads: as for ``sim.ensemble.in_order``.
        progress: called after each town.

    Raises:
        BrokeOff: if a life of the first town breaks off.
    """

    def one(seed: int) -> Result:
        with named_if_it_breaks_off(arm, seed):
            return live(seed)

    lived: list[Result] = []
    with keeping(lambda: len(lived)):
        for made in in_order(one, seeds, threads=threads):
            lived.append(made)
            if progress is not None:
                progress()
    return lived
