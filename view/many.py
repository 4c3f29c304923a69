"""Many lives behind the one that is shown: the same scenario with other seeds.

Of each life with the group and its twin only the sums over members are kept, as the curves show them, so some hundred
lives take little memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.compare.estimate import Estimates, bootstrap_sums
from sim.life import Life
from sim.state import MEMBER
from view.numbers import ratio
from view.snapshot import MEASURES, WITH, WITHOUT

LIVES = 200
FEWEST = 20  # a band of fewer lives says little
BAND = (0.1, 0.5, 0.9)  # its lower end, the median and its upper end
LOOK_EVERY = 13  # weeks between two intervals of the paired difference


@dataclass(frozen=True, eq=False)
class Many:
    """What the curves of many lives come to.

    Attributes:
        lives: how many.
        bands: by the name of a curve, float64[2, 3, weeks + 1]: with and without; BAND; NaN where fewer than FEWEST
            lives have members.
        gaps: by the name of a curve, the mean over lives of members minus the same people without a group, with its
            95 % interval, each LOOK_EVERY weeks from week 0 on.
    """

    lives: int
    bands: dict[str, np.ndarray]
    gaps: dict[str, Estimates]


def sums_of(values: dict[str, Any], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """One life and its twin.

    Returns:
        float64[2, weeks + 1, measures]: MEASURES summed over members, in both lives; int64[weeks + 1], members.
    """
    values = {**values, "run.seed": seed % 2**63}
    life = Life(values)
    twin = Life({**values, "group.exists": False}, traits=life.traits)
    sums = np.zeros((2, life.total_weeks + 1, len(MEASURES)))
    members = np.zeros(life.total_weeks + 1, dtype=np.int64)
    status = life.world.people["status"]
    columns = [(which, m, np.asarray(one.world.people[name])) for which, one in ((WITH, life), (WITHOUT, twin))
               for m, name in enumerate(MEASURES)]  # fmt: skip
    for week in range(life.total_weeks + 1):
        if week:
            life.live(1)
            twin.live(1)
        member = np.flatnonzero(status == MEMBER)
        members[week] = len(member)
        for which, m, column in columns:
            sums[which, week, m] = column[member].sum()
    return sums, members


def come_to(sums: np.ndarray, members: np.ndarray) -> Many:
    """Bands and paired differences of many lives.

    Args:
        sums: float64[lives, 2, weeks + 1, measures].
        members: int64[lives, weeks + 1].
    """
    bands, gaps = {}, {}
    looks = np.arange(0, members.shape[1], LOOK_EVERY)
    for name in MEASURES:
        curves = np.array([[ratio(one, people, life, name) for life in (WITH, WITHOUT)] for one, people in
                           zip(sums, members, strict=True)])  # fmt: skip
        some = np.isfinite(curves).all(axis=1).sum(axis=0) >= FEWEST
        with np.errstate(all="ignore"):
            band = np.array([[_quantile(curves[:, life], q) for q in BAND] for life in (WITH, WITHOUT)])
        bands[name] = np.where(some, band, np.nan)
        gap = (curves[:, WITH] - curves[:, WITHOUT])[:, looks]
        there = np.isfinite(gap)
        gaps[name] = bootstrap_sums(lambda total, count: total / count, np.where(there, gap, 0.0), there.astype(float))
    return Many(len(sums), bands, gaps)


def _quantile(values: np.ndarray, share: float) -> np.ndarray:
    """Of each week, over the lives that have a value: float64[weeks + 1]."""
    ordered = np.sort(values, axis=0)  # NaN last
    count = np.isfinite(values).sum(axis=0)
    at = np.clip(share * (count - 1), 0, None)
    low = np.floor(at).astype(int)
    high = np.minimum(low + 1, np.maximum(count - 1, 0))
    weeks = np.arange(values.shape[1])
    found: np.ndarray = ordered[low, weeks] + (at - low) * (ordered[high, weeks] - ordered[low, weeks])
    return found
