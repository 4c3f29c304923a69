"""Planning: how large a study must be to see an effect, and which study tells two accounts apart soonest.

Lives are lived once and used for every size. Where the power of a size is wanted, the study of that size is done many
times; between sizes it is read off a curve through what was found, on the scale of the normal distribution.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import optimize, stats
from scipy.interpolate import PchipInterpolator

from analysis.studies.study.burden import burden_of
from analysis.studies.study.repeat import Repeated
from analysis.studies.study.schema import MOST_EACH, MOST_TOWNS, StudyFile

if TYPE_CHECKING:
    from analysis.studies.study.study import Done

GROWS = 2.0  # from one size to the next
MOST_SIZES = 9
SURE = 0.97  # power beyond which no larger size is tried
ALPHA, TOLD = 0.05, 0.8  # to tell accounts apart: two-sided 5 %, power 80 %
SURELY = 2.0  # standard errors from repeating by which two means must differ, to count as different at all
TOWNS, PEOPLE = "towns", "people"
SIZES = {TOWNS: "towns", PEOPLE: "of each town"}  # what grows: towns, or how many people of each are asked at most
GROWN = 1.02  # if so little more people take part, all who can are asked
Do = Callable[..., Repeated]  # of repetitions; size=(towns, people of each), progress=


class Planned(NamedTuple):
    """The power of a study at several sizes.

    Attributes:
        wanted: power.
        by: what grows, a key of SIZES.
        sizes: that were tried, in order.
        people: mean number of people who take part, for each size.
        hours: that they give.
        power: float64[sizes, T, M].
        needed: float64[T, M], size for the power wanted; NaN where no size tried has it.
        plainly: the same if nobody told it kindly; None where nobody does.
    """

    wanted: float
    by: str
    sizes: list[int]
    people: list[float]
    hours: list[float]
    power: np.ndarray
    needed: np.ndarray
    plainly: Planned | None = None

    def people_of(self, size: float) -> float:
        """How many people take part in a study of a size that was tried, or between two of these."""
        return float(np.interp(size, self.sizes, self.people))

    def hours_of(self, size: float) -> float:
        """The hours that they give together."""
        return float(np.interp(size, self.sizes, self.hours))


def power_of(
    said: StudyFile, do: Do, at_plan: Repeated | None, wanted: float, repetitions: int = 0, by: str = TOWNS
) -> Planned:
    """The power of a study of other sizes, and the size that has the power wanted.

    Args:
        said: the study.
        do: does it at a size.
        at_plan: as planned in the file, if that has been done.
        wanted: power.
        repetitions: how often it is done, if it has not been.
        by: what grows, a key of SIZES.
    """
    towns, each = said.people.towns, said.people.per_town
    tries = sizes_of(said, by)
    planned = towns if by == TOWNS else each
    repetitions = repetitions if at_plan is None else at_plan.repetitions
    found: dict[int, Repeated] = {} if at_plan is None else {planned: at_plan}

    def at(size: int) -> Repeated:
        if size not in found:
            found[size] = do(repetitions, size=(size, each) if by == TOWNS else (towns, size))
        return found[size]

    first = tries.index(max(planned, tries[0]))
    for size in tries[: first + 1]:
        at(size)
    for before, size in itertools.pairwise(tries[first:]):
        if _primary(at(before)) >= SURE or at(size).people.mean() < GROWN * at(before).people.mean():
            break
    sizes = sorted(found)
    power = np.stack([found[size].power() for size in sizes])
    burdens = [burden_of(said, found[size]) for size in sizes]
    needed = np.full(power.shape[1:], np.nan)
    for place in np.ndindex(*needed.shape):
        needed[place] = size_for(sizes, power[(slice(None), *place)], wanted, repetitions)
    return Planned(wanted, by, sizes, [one.people for one in burdens], [one.hours for one in burdens], power, needed)


def sizes_of(said: StudyFile, by: str) -> list[int]:
    """The sizes that may be tried, in order: from a quarter of the one planned, as long as it helps.

    Args:
        said: the study.
        by: what grows, a key of SIZES.
    """
    planned, most, least = (
        (said.people.towns, MOST_TOWNS, fewest(said)) if by == TOWNS else (said.people.per_town, MOST_EACH, 1)
    )
    sizes = list(dict.fromkeys(max(least, round(planned * GROWS**smaller)) for smaller in (-2, -1, 0)))
    while len(sizes) < MOST_SIZES and sizes[-1] * GROWS <= most:
        sizes.append(round(sizes[-1] * GROWS))
    return sizes


def _primary(repeated: Repeated) -> float:
    return float(repeated.power()[repeated.primary])


def fewest(said: StudyFile) -> int:
    """The fewest towns that a study can have."""
    how = said.allocation
    if how.how == "stepped wedge":
        return how.steps
    return 4 if how.how == "cluster" or how.of_towns else 1


def size_for(sizes: Sequence[int], power: np.ndarray, wanted: float, repetitions: int) -> float:
    """The size with a power, by a root search on a curve through the powers found; NaN if none of them has it.

    On the scale of the normal distribution power grows about as the root of the size, so that the curve is smooth; a
    power of 0 or 1 counts as half a repetition away from it. Where luck lets it fall with size, it is held level.
    """
    inside = np.clip(power, 0.5 / repetitions, 1 - 0.5 / repetitions)
    z = np.maximum.accumulate(stats.norm.ppf(inside)) - stats.norm.ppf(wanted)
    if np.isnan(z).any() or z[-1] < 0:
        return float("nan")
    if z[0] >= 0:
        return float(sizes[0])
    curve = PchipInterpolator(np.log(sizes), z)
    first = int(np.argmax(z >= 0))
    low, high = np.log(sizes[first - 1]), np.log(sizes[first])
    return (
        float(math.exp(optimize.brentq(lambda size: float(curve(size)), low, high)))
        if z[first] > 0
        else float(sizes[first])
    )


class Told(NamedTuple):
    """How well one outcome of one study tells two accounts apart.

    Attributes:
        study, one, other: names of the study and the accounts.
        measure, week: which reading.
        means, deviations: of the estimates under each account, over the repetitions.
        distance: difference of the means, in pooled standard deviations of an estimate.
        towns, people, hours: that it takes to tell the accounts apart; NaN or infinite where it cannot.
        weeks: how long the study takes.
    """

    study: str
    one: str
    other: str
    measure: str
    week: int
    means: tuple[float, float]
    deviations: tuple[float, float]
    distance: float
    towns: float
    people: float
    hours: float
    weeks: int


def apart(done: Sequence[Done]) -> list[Told]:
    """What tells two accounts apart: every reading of every study, in the order of the hours it takes.

    An estimate is told apart if it would be found under the one account and not under the other: means so far apart,
    against how much estimates differ by luck, that a two-sided test at 5 % finds it four times in five. How much they
    differ by luck falls with the root of the number of towns.
    """
    found: list[Told] = []
    by_study: dict[str, list[Done]] = {}
    for one in done:
        by_study.setdefault(one.line.study, []).append(one)
    factor = float(stats.norm.ppf(1 - ALPHA / 2) + stats.norm.ppf(TOLD)) ** 2
    for name, pair in by_study.items():
        if len(pair) < 2:
            continue
        one, other = pair[:2]
        said = one.line.said
        burdens = [burden_of(said, each.repeated) for each in (one, other)]
        people, hours = (float(np.mean([getattr(b, what) for b in burdens])) for what in ("people", "hours"))
        for t, week in enumerate(one.repeated.times):
            for m, measure in enumerate(one.repeated.measures):
                estimates = [each.repeated.published[:, t, m, 0] for each in (one, other)]
                (mean, spread), (mean_other, spread_other) = (_of(some) for some in estimates)
                pooled = math.sqrt((spread**2 + spread_other**2) / 2)
                distance = abs(mean - mean_other) / pooled if pooled > 0 else math.nan
                surely = distance > SURELY * math.sqrt(2 / one.repeated.repetitions)
                times = max(factor / distance**2, fewest(said) / said.people.towns) if surely else math.inf
                share = (week / max(one.repeated.times)) if one.repeated.times else 1.0
                weeks = round(burdens[0].weeks * share)
                found.append(Told(name, one.line.account, other.line.account, measure, week,
                                  (mean, mean_other), (spread, spread_other), distance,
                                  times * said.people.towns, times * people, times * hours, weeks))  # fmt: skip
    return sorted(found, key=lambda each: (math.isnan(each.distance), -each.distance if not each.hours else 0,
                                           each.hours))  # fmt: skip


def _of(estimates: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation of what there is."""
    known = estimates[~np.isnan(estimates)]
    return (float(known.mean()), float(known.std())) if len(known) else (math.nan, math.nan)
