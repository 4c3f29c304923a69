"""How large a study must be, and what tells accounts apart, all over plausible space: what is read at every draw.

At a draw a study is done fewer times, in fewer towns, than at the centre. What so few of them would say at the centre
itself stands beside, to show how much of what draws differ by may be luck.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from scipy import stats

from analysis.compare.estimate import LEVEL, Estimate
from analysis.compare.share import BlockShare, exact_share
from analysis.plausible.plan import account_of_arm
from analysis.plausible.spread import Figure, Spread
from analysis.studies.over_space.findings import OverSpace
from analysis.studies.study.deciding import REPETITIONS
from analysis.studies.study.plan import SIZES, Planned, Told, size_for, sizes_of

if TYPE_CHECKING:
    from analysis.figures.style import Drawing
    from analysis.studies.study.study import Done, Studied

POWER, SIZE, PEOPLE, HOURS, TOWNS = "power", "size", "people", "hours", "towns"
AS_TOLD, PLAINLY = "as told", "told plainly"
PLANNING, APART = "planning", "apart"
LOW, HIGH = 0.1, 0.9  # of plausible space, between the sizes that are told
CAPTIONS = {
    "plausible-power": "Power by size, and the sizes needed, all over plausible space.",
    "plausible-apart": "What it takes to tell the accounts apart, all over plausible space.",
}
SOURCE = "O'Hagan, Stevens and Campbell 2005, Pharmaceutical Statistics 4:187-201"


def planning_figures(found: Studied) -> list[Figure]:
    """What is read at each draw: the power of each size, the sizes needed, what it takes to tell accounts apart."""
    figures = [figure for one in found.done for figure in _of_power(one)]
    return figures + [figure for one in found.told for figure in _of_told(one)]


def _of_power(done: Done) -> Iterator[Figure]:
    account, study = account_of_arm(done.line.arm), done.line.study
    said, planned = done.line.said, done.planned
    for told, one in () if planned is None else ((AS_TOLD, planned), (PLAINLY, planned.plainly)):
        if one is None:
            continue
        key, place = (study, account, PLANNING, told), done.repeated.primary
        for size, power in zip(sizes_of(said, one.by), power_at(one, place, sizes_of(said, one.by)), strict=True):
            yield _figure((*key, POWER, str(size)), account, float(power), done.repeated.repetitions)
        needed = float(one.needed[place])
        over = math.inf if np.isfinite(one.power[(slice(None), *place)]).any() else math.nan
        for what, value in ((SIZE, needed), (PEOPLE, one.people_of(needed)), (HOURS, one.hours_of(needed))):
            yield _figure((*key, what), account, over if np.isnan(needed) else value, done.repeated.repetitions)


def _of_told(one: Told) -> Iterator[Figure]:
    key = (one.study, one.one, APART, one.measure, str(one.week))
    for what, value in ((TOWNS, one.towns), (PEOPLE, one.people), (HOURS, one.hours)):
        yield _figure((*key, what), one.one, value, 0)


def _figure(key: tuple[str, ...], account: str, value: float, repetitions: int) -> Figure:
    estimate = Estimate(value, math.nan, math.nan, repetitions)
    return Figure(key, account, " ".join(key), "", estimate, adds=False, turns=None)


def power_at(planned: Planned, place: tuple[int, int], sizes: Sequence[int]) -> np.ndarray:
    """float64[sizes]: the power of sizes that were tried; beyond the largest it is held level, as no more was asked."""
    power = planned.power[(slice(None), *place)]
    return np.array([power[min(int(np.searchsorted(planned.sizes, size)), len(power) - 1)] for size in sizes])


class Quantiles(NamedTuple):
    """A size all over plausible space; infinite where no size that was tried is enough.

    Attributes:
        centre: as planned there.
        few: there too, from as few towns and repetitions as at a draw.
        low, median, high: a tenth of plausible space lies below, half, nine tenths.
    """

    centre: float
    few: float
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Needs:
    """How large a study must be all over the plausible space of one account.

    Attributes:
        study, account, told: which; as it is told, or as if nobody told it kindly.
        by: what grows, a key of ``plan.SIZES``.
        wanted: power.
        own: the size that the file plans.
        sizes: that may be tried.
        powers: float64[sizes, draws].
        centre: float64[sizes], at the centre.
        people_at: float64[sizes], who take part, at the centre.
        size, people, hours: that it takes.
        at_draws: float64[draws], the size that each draw takes; infinite where none that was tried is enough.
        repetitions: at a draw.
    """

    study: str
    account: str
    told: str
    by: str
    wanted: float
    own: int
    sizes: list[int]
    powers: np.ndarray
    centre: np.ndarray
    people_at: np.ndarray
    size: Quantiles
    people: Quantiles
    hours: Quantiles
    at_draws: np.ndarray
    repetitions: int

    @property
    def name(self) -> str:
        """In a few words."""
        return f"{self.study}, {self.account}" + (", told plainly" if self.told == PLAINLY else "")

    @property
    def beyond(self) -> float:
        """The share of plausible space in which no size that was tried is enough."""
        return _share_beyond(self.at_draws)

    @property
    def of(self) -> str:
        """What a size is, in words."""
        return SIZES[self.by]

    @property
    def reaches(self) -> BlockShare:
        """The share of plausible space in which it has the power wanted at its own size."""
        return self.reaching(self.sizes.index(self.own))

    def reaching(self, k: int) -> BlockShare:
        """The share in which it has the power wanted at one of the sizes."""
        known = self.powers[k][~np.isnan(self.powers[k])]
        return exact_share(float((known >= self.wanted).mean()) if len(known) else math.nan, float(len(known)))

    def assurance(self, k: int | None = None) -> tuple[float, float, float]:
        """The power averaged over plausible space at one of the sizes, or its own, with a 95 % interval over draws."""
        power = self.powers[self.sizes.index(self.own) if k is None else k]
        power = power[~np.isnan(power)]
        if len(power) < 2:
            return (float(power[0]) if len(power) else math.nan), math.nan, math.nan
        half = stats.t.ppf((1 + LEVEL) / 2, len(power) - 1) * power.std(ddof=1) / math.sqrt(len(power))
        mean = float(power.mean())
        return mean, max(mean - half, 0.0), min(mean + half, 1.0)

    @property
    def assured(self) -> float:
        """The size whose power, averaged over plausible space, is the one wanted; NaN if no size tried has it."""
        mean = np.array([self.assurance(k)[0] for k in range(len(self.sizes))])
        return size_for(self.sizes, mean, self.wanted, max(self.repetitions, 1) * self.powers.shape[1])


@dataclass(frozen=True)
class ToldOverSpace:
    """What it takes for one reading to tell two accounts apart, all over the plausible spaces of both.

    Attributes:
        at_centre: the same at the centre.
        towns, people, hours: infinite where it cannot.
        own: towns that the file plans.
        within: the share of pairs of draws in which no more towns are needed than that.
        never: the share in which it cannot tell them apart.
    """

    at_centre: Told
    towns: Quantiles
    people: Quantiles
    hours: Quantiles
    own: int
    within: BlockShare
    never: float


@dataclass
class StudyOverSpace(OverSpace):
    """A study over plausible space, with its planning.

    Attributes:
        planning: what ``planning_figures`` reads.
        done, told: at the centre.
    """

    planning: Sequence[Spread] = field(default_factory=list)
    done: Sequence[Done] = field(default_factory=list)
    told: Sequence[Told] = field(default_factory=list)

    def _of(self, *key: str) -> Spread | None:
        return next((one for one in self.planning if one.figure.key == key), None)

    @property
    def needs(self) -> list[Needs]:
        """Of every study under every account, as told and told plainly."""
        found = []
        for one in self.done:
            planned = one.planned
            for told, plan in () if planned is None else ((AS_TOLD, planned), (PLAINLY, planned.plainly)):
                if plan is not None and (needs := self._needs(one, told, plan)) is not None:
                    found.append(needs)
        return found

    def _needs(self, done: Done, told: str, plan: Planned) -> Needs | None:
        said, account = done.line.said, account_of_arm(done.line.arm)
        sizes = sizes_of(said, plan.by)
        key = (done.line.study, account, PLANNING, told)
        powers = [self._of(*key, POWER, str(size)) for size in sizes]
        size, people, hours = (self._of(*key, what) for what in (SIZE, PEOPLE, HOURS))
        known = [one for one in powers if one is not None]
        if len(known) < len(sizes) or size is None or people is None or hours is None:
            return None
        own = max(said.people.towns if plan.by == TOWNS else said.people.per_town, sizes[0])
        repetitions = min(done.repeated.repetitions, REPETITIONS)
        return Needs(
            done.line.study, account, told, plan.by, plan.wanted, own, sizes, np.stack([one.seen for one in known]),
            power_at(plan, done.repeated.primary, sizes), np.array([plan.people_of(one) for one in sizes]),
            _quantiles(size), _quantiles(people), _quantiles(hours), size.seen, repetitions,
        )  # fmt: skip

    @property
    def apart(self) -> list[ToldOverSpace]:
        """Of every reading of every study, the least of people's time at the median of space first."""
        towns = {one.line.study: one.line.said.people.towns for one in self.done}
        found = []
        for told in self.told:
            key = (told.study, told.one, APART, told.measure, str(told.week))
            of_towns, people, hours = (self._of(*key, what) for what in (TOWNS, PEOPLE, HOURS))
            if of_towns is None or people is None or hours is None:
                continue
            own, known = towns[told.study], of_towns.seen[~np.isnan(of_towns.seen)]
            within = exact_share(float((known <= own).mean()) if len(known) else math.nan, float(len(known)))
            found.append(
                ToldOverSpace(told, _quantiles(of_towns), _quantiles(people), _quantiles(hours), own, within,
                              _share_beyond(known))
            )  # fmt: skip
        return sorted(found, key=lambda one: (_last(one.hours.median), _last(one.towns.median), -one.within.value))

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name."""
        from analysis.studies.study import planning_tables as made  # noqa: PLC0415 - it looks at what was found

        tables = super().tables()
        if self.needs:
            tables |= {"plausible_needed": made.needed_table(self), "plausible_power": made.power_table(self)}
        if self.apart:
            tables |= {"plausible_apart": made.apart_table(self)}
        return tables

    def summary(self) -> str:
        """In plain words and small tables."""
        from analysis.studies.study.planning_words import planning_summary  # noqa: PLC0415 - as above

        return planning_summary(self)

    def in_short(self) -> list[str]:
        """What it takes comes first."""
        from analysis.studies.study.planning_words import planning_said  # noqa: PLC0415 - as above

        return [*planning_said(self), *super().in_short()]

    def shown_too(self) -> Sequence[tuple[str, Sequence[str], Sequence[Sequence[str]]]]:
        """How large it must be, and what tells accounts apart."""
        from analysis.studies.study.planning_words import planning_shown  # noqa: PLC0415 - as above

        return planning_shown(self)

    def caption_of(self, name: str) -> str:
        """What stands below one of its figures."""
        return CAPTIONS.get(name, self.caption)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Power by size, what tells accounts apart; and what decides."""
        from analysis.studies.study import planning_drawn as drawn  # noqa: PLC0415 - Matplotlib is slow to import

        if self.needs:
            yield "plausible-power", drawn.draw_needs(self)
        if self.apart:
            yield "plausible-apart", drawn.draw_apart_over(self)
        yield from super().figures()


def _last(value: float) -> float:
    return math.inf if math.isnan(value) else value


def _quantiles(one: Spread) -> Quantiles:
    known = one.seen[~np.isnan(one.seen)]
    ends = np.quantile(known, (LOW, 0.5, HIGH), method="inverted_cdf") if len(known) else [math.nan] * 3
    low, median, high = (float(value) for value in ends)
    return Quantiles(one.figure.estimate.value, one.few, low, median, high)


def _share_beyond(sizes: np.ndarray) -> float:
    known = sizes[~np.isnan(sizes)]
    return float(np.isinf(known).mean()) if len(known) else math.nan
