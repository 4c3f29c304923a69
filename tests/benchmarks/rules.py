"""What each rule costs: ``python tests/benchmarks/rules.py [SCENARIO] [ACCOUNT]`` prints, and never fails.

A life is stopped at a few weeks, and each rule is called many times from there, alone: the states stay about as they
are. So figures are near those in a whole week, not the same; the whole week stands beside their sum.
"""

from __future__ import annotations

import math
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import numba  # noqa: E402

from sim import week as rules  # noqa: E402
from sim.life import Life  # noqa: E402
from sim.plan import DAILY, PLAN  # noqa: E402
from sim.relations import DAYS_IN_WEEK  # noqa: E402
from sim.scenario import load, load_account  # noqa: E402

WEEKS = (100, 200, 400)
CALLS = 400


def caller_of(rule):
    """A loop of calls of a rule, each for a later step."""

    @numba.njit(error_model="numpy")
    def call(world, first, many):
        for step in range(first, first + many):
            rule(world, step)

    return call


def seconds_of(call, world, first: int, many: int) -> float:
    """The fastest of three."""
    best = math.inf
    for _ in range(3):
        start = time.perf_counter()
        call(world, first, many)
        best = min(best, time.perf_counter() - start)
    return best


def main(scenario: str = "groupA", account: str = "") -> None:
    """Print the nanoseconds a person-week of every rule, dearest first."""
    told = load(ROOT / "scenarios" / f"{scenario}.yaml")
    if account:
        told = told.with_account(load_account(account))
    cost = {step.rule: 0.0 for step in PLAN}
    whole = 0.0
    for step in PLAN:
        call = caller_of(getattr(rules, step.rule))
        for week in WEEKS:
            life = Life(told.values)
            life.live(week)
            living, now = int(life.world.people.living.sum()), life.lead_in + week
            daily = step.when == DAILY
            call(life.world, now * (DAYS_IN_WEEK if daily else 1), 1)
            seconds = seconds_of(call, life.world, now * (DAYS_IN_WEEK if daily else 1), CALLS)
            cost[step.rule] += seconds / CALLS / living * 1e9 * (DAYS_IN_WEEK if daily else 1) / len(WEEKS)
    for week in WEEKS:
        life = Life(told.values)
        life.live(week)
        living, start = int(life.world.people.living.sum()), time.perf_counter()
        life.live(52)
        whole += (time.perf_counter() - start) / 52 / living * 1e9 / len(WEEKS)
    total = sum(cost.values())
    print(f"{told.title}{f', {account}' if account else ''}: nanoseconds a person-week, each rule called alone")
    for name, nanoseconds in sorted(cost.items(), key=lambda item: -item[1]):
        print(f"  {name:14s} {nanoseconds:7.1f}  {nanoseconds / total:6.1%}")
    print(f"  {'sum':14s} {total:7.1f}; a whole week, record included: {whole:.1f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
