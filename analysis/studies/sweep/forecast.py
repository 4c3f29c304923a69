"""How long a sweep will take and how much room, from a short trial."""

from __future__ import annotations

import time
from typing import NamedTuple

from analysis.studies.sweep.lives import Lives
from analysis.studies.sweep.plan import Sweep, Unit
from analysis.studies.sweep.rows import files_of
from sim.ensemble import available_cores

POINTS_TRIED = 4


class Forecast(NamedTuple):
    """What to expect of a sweep.

    Attributes:
        lives: different lives in all; a twin that several points share is lived once.
        seconds: on the cores of this machine, if nothing else runs on them.
        bytes: on the disk.
    """

    lives: int
    seconds: float
    bytes: float


def forecast(sweep: Sweep, threads: int | None = None) -> Forecast:
    """Live a few units, spread over the design, and reckon from them.

    Args:
        sweep: which.
        threads: how many will be at work; by default one for each core.
    """
    lives = Lives(sweep)
    last = len(sweep.points) - 1
    tried = sorted({round(k * last / (POINTS_TRIED - 1)) for k in range(POINTS_TRIED)})
    lives.unit(Unit(tried[0], sweep.seeds[0]))  # the first one also loads the compiled rules
    units = [Unit(point, sweep.seeds[0] + 1) for point in tried]
    start = time.perf_counter()
    kept = [lives.unit(unit) for unit in units]
    seconds = time.perf_counter() - start
    bare, full = (sum(map(len, files_of(sweep, *some).values())) for some in (([], []), (units, kept)))
    total = sweep.lives_per_seed * len(sweep.seeds)
    per_unit = max(full - bare, 0) / len(units)
    return Forecast(total, seconds / lives_of(sweep, tried) * total / (threads or available_cores()),
                    per_unit * sweep.units + bare * len(sweep.chunks))  # fmt: skip


def lives_of(sweep: Sweep, points: list[int]) -> int:
    """How many different worlds some points need for one seed."""
    worlds = set()
    for point in points:
        for arm in (sweep.arm_at(arm, point) for arm in sweep.arms):
            worlds |= {arm.life_digest, arm.twin.life_digest}
    return len(worlds)
