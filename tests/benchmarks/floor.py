"""The least that a person-week can cost: its draws and functions, counted, and each priced alone."""

from __future__ import annotations

import math
import sys
import time
from collections import Counter

import numba
import numpy as np

from sim import draws, functions, trace
from sim.life import Life

FUNCTIONS = ("exp", "expm1", "log", "power")


def count_operations(values: dict, weeks: tuple[int, ...] = (60, 200, 400)) -> dict[str, float]:
    """Draws, normal quantiles and functions a person-week, from weeks lived in plain Python."""
    seen: Counter[str] = Counter()
    lived = 0
    for week in weeks:
        life = Life(values)
        life.live(week)
        with _counting(seen):
            trace.watch_week(life, int(life.traits.id[0]))
        lived += int(life.world.people.living.sum())
    return {name: seen[name] / lived for name in ("block of Philox", "normal quantile", *FUNCTIONS)}


class _counting:  # noqa: N801
    """Count calls for the length of a ``with``: our functions and the draws, in all of sim."""

    def __init__(self, seen: Counter[str]) -> None:
        self.seen = seen

    def __enter__(self) -> None:
        def counted(name, function):
            def call(*args):
                self.seen[name] += 1
                return function(*args)

            return call

        self.replaced = []
        for module in [m for n, m in sys.modules.items() if n.startswith("sim.") and m is not functions]:
            for name in FUNCTIONS:
                if getattr(module, name, None) is getattr(functions, name):
                    self.replaced.append((module, name))
                    setattr(module, name, counted(name, getattr(functions, name)))
        self.originals = (draws.philox4x32, draws.central_quantile)
        draws.philox4x32 = counted("block of Philox", draws.philox4x32)
        draws.central_quantile = counted("normal quantile", draws.central_quantile)  # once for each quantile

    def __exit__(self, *_: object) -> None:
        for module, name in self.replaced:
            setattr(module, name, getattr(functions, name))
        draws.philox4x32, draws.central_quantile = self.originals


def price_operations(many: int = 2_000_000) -> dict[str, float]:
    """Nanoseconds of one of each, compiled, in a loop that does nothing else.

    The functions inside a normal quantile are counted with the functions, not with it.
    """
    njit = numba.njit(nogil=True, error_model="numpy")
    key = draws.key_of_seed(1)
    inputs = np.random.default_rng(1).random(1024)

    @njit
    def blocks(n, x):
        total = 0.0
        for i in range(n):
            one, other = draws.uniform_pair(key, i, draws.NOBODY, 5, 3)
            total += one + other
        return total

    @njit
    def quantiles(n, x):
        total = 0.0
        for i in range(n):
            total += draws.normal_quantile(0.08 + 0.84 * x[i & 1023])  # the centre: no logarithm or root
        return total

    def loop_of(function):
        @njit
        def loop(n, x):
            total = 0.0
            for i in range(n):
                total += function(x[i & 1023])
            return total

        return loop

    power = functions.power

    @njit
    def powers(n, x):
        total = 0.0
        for i in range(n):
            total += power(x[i & 1023], 1.5)
        return total

    loops = {"block of Philox": blocks, "normal quantile": quantiles, "power": powers}
    for name in FUNCTIONS:
        loops.setdefault(name, loop_of(getattr(functions, name)))
    prices = {}
    for name, loop in loops.items():
        loop(10, inputs)
        best = math.inf
        for _ in range(3):
            start = time.perf_counter()
            loop(many, inputs)
            best = min(best, time.perf_counter() - start)
        prices[name] = best / many * 1e9
    return prices
