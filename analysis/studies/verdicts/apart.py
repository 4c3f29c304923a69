"""Which observations would tell two accounts apart, and in how many groups one would have to look.

Only what somebody could see: how people who came changed since before; how they stand against other people in towns
without a group, as in a trial; and what a register of groups shows. No twins, whom nobody can see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from analysis.compare.comparison import Paired
from analysis.compare.estimate import FEWEST_RUNS
from analysis.compare.outcomes import GROUP_MEASURES, OUTCOMES
from analysis.studies.claims.declare import Runs
from sim.relations import WEEKS_IN_YEAR

LOOKED_AT = ("groupA", "groupB")
YEARS = 2
WEEKS = YEARS * WEEKS_IN_YEAR
BEFORE_AFTER, TRIAL, REGISTER = "before and after", "trial", "register"
POWER, ERROR = 0.8, 0.05
CLEAR = 3.5  # standard errors: so many observations and pairs are looked at that less would often be chance


@dataclass(frozen=True)
class Seen:
    """One observation under one account.

    Attributes:
        name: of the outcome or measure.
        label, unit: for reading.
        arm: of which group.
        how: BEFORE_AFTER, TRIAL or REGISTER.
        mean: over all towns.
        variance: between towns, of what one town adds to the mean (linearised ratio).
        runs: towns that were looked at here.
    """

    name: str
    label: str
    unit: str
    arm: str
    how: str
    mean: float
    variance: float
    runs: int


@dataclass(frozen=True)
class Apart:
    """Two accounts and one observation.

    Attributes:
        first, second: the accounts.
        one, other: what is seen under each.
        towns: in how many towns one must look, under each, to tell them apart with a power of 80 % at the 5 % level.
    """

    first: str
    second: str
    one: Seen
    other: Seen
    towns: float


def seen_in(runs: Runs) -> list[Seen]:
    """All observations of the arms that are looked at."""
    return [seen for arm in LOOKED_AT for seen in _of(runs[arm])]


def _of(paired: Paired) -> Iterator[Seen]:
    for outcome in OUTCOMES:
        sums = paired.of(outcome.name, "joined", WEEKS)
        told = outcome.name, outcome.label, outcome.unit, paired.arm.name
        yield Seen(*told, BEFORE_AFTER, *_ratio(sums["life_change"], sums["with_before"]), paired.runs)
        life, twin = (_ratio(sums[world], sums["people"]) for world in ("life", "twin"))
        yield Seen(
            *told, TRIAL, life[0] - twin[0], life[1] + twin[1], paired.runs
        )  # other people in each arm: no pairing
    for name, (label, unit) in GROUP_MEASURES.items():
        values = paired.group(name)[:, paired.horizon_weeks.index(WEEKS)]
        known = ~np.isnan(values)
        found = _ratio(np.nan_to_num(values), known.astype(float))
        yield Seen(name, label, unit, paired.arm.name, REGISTER, *found, paired.runs)


def _ratio(total: np.ndarray, count: np.ndarray) -> tuple[float, float]:
    """A mean over people, and the variance of what each town adds to it; NaN where hardly any town has somebody."""
    people = float(count.sum())
    if (count > 0).sum() < FEWEST_RUNS:
        return float("nan"), float("nan")
    mean = float(total.sum()) / people
    adds = (total - mean * count) / (people / len(count))
    return mean, float(adds.var(ddof=1))


def all_apart(seen: Mapping[str, Sequence[Seen]]) -> list[Apart]:
    """For each two accounts every observation that surely differs, that which needs fewest towns first."""
    found = []
    for first, second in combinations(seen, 2):
        pairs = [Apart(first, second, a, b, towns_needed(a, b)) for a, b in zip(seen[first], seen[second], strict=True)]
        found += sorted((pair for pair in pairs if np.isfinite(pair.towns)), key=lambda pair: pair.towns)
    return found


def towns_needed(one: Seen, other: Seen) -> float:
    """Towns to be looked at under each of two accounts (two-sample z test).

    Infinite where what is seen does not differ, or by no more than chance may make it differ in the towns lived here.
    """
    difference = abs(one.mean - other.mean)
    error = np.sqrt(one.variance / one.runs + other.variance / other.runs)
    if np.isnan(difference) or difference == 0.0 or difference < CLEAR * error:
        return float("inf")
    z = float(stats.norm.ppf(1 - ERROR / 2) + stats.norm.ppf(POWER))
    return float(max(np.ceil(z**2 * (one.variance + other.variance) / difference**2), FEWEST_RUNS))
