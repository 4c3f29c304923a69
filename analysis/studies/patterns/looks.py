"""What is kept of one town: residents without a group at some looks, and the group's own life."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analysis.compare.arms import Arm
from analysis.studies.interviews.worlds import live_twin
from sim.codes import AS_FOUNDER, FIRST_VISIT, JOINED, LEFT, MEMBER, ONE_VISIT_ONLY
from sim.declare import Field
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.state import PEOPLE, TRAITS

HALF_YEAR = WEEKS_IN_YEAR // 2
LAGS = (HALF_YEAR, WEEKS_IN_YEAR, 2 * WEEKS_IN_YEAR)
DRIFT_YEARS = (1, 2, 5, 10)
TIES = {"casual friends": 0.33, "friends": 0.51, "close friends": 0.80}  # 50, 90, 200 hours (Hall 2019)
NOT_SLOW = {
    "distress": "today's; its mean over a year is taken instead",
    "distress_felt": "today's, before any event",
    "luck": "a draw and no state",
    "decline": "falls for everybody alike, by declaration",
}


def _is_level(field: Field) -> bool:
    return field.dtype == "f8" and field.low == 0.0 and field.high == 1.0


def slow_states(fields: Iterable[Field] = PEOPLE) -> tuple[str, ...]:
    """Names of all levels among what is remembered of a person, but for NOT_SLOW; new ones appear by themselves."""
    return tuple(field.name for field in fields if _is_level(field) and field.name not in NOT_SLOW)


def traits_asked(fields: Iterable[Field] = TRAITS) -> tuple[str, ...]:
    """Names of all traits that are a level or a yes or no."""
    return tuple(field.name for field in fields if _is_level(field) or field.dtype == "?")


def looks_of(values: Mapping[str, Any]) -> tuple[int, ...]:
    """When residents are looked at: weeks from the opening; the first is the beginning of their lives."""
    wanted = {0, *LAGS, 3 * WEEKS_IN_YEAR, *(years * WEEKS_IN_YEAR for years in DRIFT_YEARS)}
    return -values["run.lead_in_weeks"], *sorted(week for week in wanted - {-values["run.lead_in_weeks"]}
                                                 if week <= values["run.weeks"])  # fmt: skip


@dataclass(frozen=True)
class Residents:
    """Those who live in one town when the group would open, without it.

    Attributes:
        looks: weeks from the opening, in order.
        stays: float64[n], weeks from the opening until they move away.
        traits: float64[n] each.
        states: float64[looks, n] each.
        days, distress, episodes: float64[looks, n], totals since the beginning of their lives.
    """

    looks: tuple[int, ...]
    stays: np.ndarray
    traits: dict[str, np.ndarray]
    states: dict[str, np.ndarray]
    days: np.ndarray
    distress: np.ndarray
    episodes: np.ndarray

    def at(self, week: int) -> int:
        """The place of a look."""
        return self.looks.index(week)

    def counted(self, since: int, until: int) -> np.ndarray:
        """float64[n]: episodes between two looks."""
        return np.asarray(self.episodes[self.at(until)] - self.episodes[self.at(since)])

    def mean_distress(self, since: int, until: int) -> np.ndarray:
        """float64[n]: mean distress between two looks."""
        first, last = self.at(since), self.at(until)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((self.distress[last] - self.distress[first]) / (self.days[last] - self.days[first]))


def live_residents(arm: Arm, seed: int) -> Residents:
    """Live one town without a group, from the first week of everybody's life."""
    lead_in, looks = arm.values["run.lead_in_weeks"], looks_of(arm.values)
    every = math.gcd(lead_in, HALF_YEAR)
    life = live_twin(arm, seed, every)
    n = arm.values["people.residents"]
    seen = life.history[[(lead_in + week) // every for week in looks], :n]
    return Residents(
        looks,
        (life.traits.departs_week[:n] - lead_in).astype(float),
        {name: life.traits[name][:n].astype(float) for name in traits_asked()},
        {name: np.array(seen[name], float) for name in slow_states()},
        *(np.array(seen[name], float) for name in ("days_lived", "distress_total", "episodes")),
    )


YEARLY = ("meetings", "attendances", "open_weeks", "members", "regulars", "came", "decided", "one_visit")


@dataclass(frozen=True)
class GroupLife:
    """The life of one group.

    Attributes:
        weeks: lived, up to its end or to the end of the run.
        reason: why it ended, of ``sim.codes.CLOSED_NAMES``; 0 if it has not.
        yearly: float64[years] for each of YEARLY: meetings held, people at them, weeks open; members and regulars
            summed over these weeks; people who came for the very first time, of these those who decided whether to
            come back, and those who did not.
        ties: float64[years, 1 + ties], at each year's end: pairs of regulars, and those with a tie of at least TIES.
    """

    weeks: int
    reason: int
    yearly: dict[str, np.ndarray]
    ties: np.ndarray

    @property
    def ended(self) -> bool:
        """Whether it has ended."""
        return self.reason != 0


def live_group(arm: Arm, seed: int) -> GroupLife:
    """Live one town with its group. Only whole years are looked at year by year."""
    life = Life({**arm.values, "run.seed": seed})
    years = life.total_weeks // WEEKS_IN_YEAR
    ties = np.zeros((years, 1 + len(TIES)))
    for year in range(years):
        life.live(WEEKS_IN_YEAR)
        ties[year] = _ties_of_regulars(life)
    life.live()
    group = life.world.group[0]
    closed = int(group.closed_week)
    lived = closed - life.lead_in + 1 if closed >= 0 else life.total_weeks
    return GroupLife(lived, int(group.closed_reason), _yearly(life, years), ties)


def _ties_of_regulars(life: Life) -> list[int]:
    people = life.world.people
    regular = (people.status == MEMBER) & (people.regularity >= life.values["meeting.regular_share"])
    who = np.flatnonzero(regular)
    pairs = life.world.ties[np.ix_(who, who)][np.tril_indices(len(who), -1)]
    return [len(pairs), *(int((pairs >= least).sum()) for least in TIES.values())]


def _yearly(life: Life, years: int) -> dict[str, np.ndarray]:
    """Sums of each year; see GroupLife."""
    weeks = life.weeks[: years * WEEKS_IN_YEAR]
    is_open = weeks["open"]

    def summed(values: np.ndarray) -> np.ndarray:
        return np.asarray(values.reshape(years, WEEKS_IN_YEAR).sum(axis=1), float)

    came = first_visits(life)
    counts = {
        name: np.bincount(some // WEEKS_IN_YEAR, minlength=years + 1)[:years].astype(float)
        for name, some in (
            ("came", came.week), ("decided", came.week[came.decided]), ("one_visit", came.week[came.one_visit]),
        )
    }  # fmt: skip
    return {
        **{name: summed(weeks[name]) for name in ("meetings", "attendances")},
        **{name: summed(weeks[name] * is_open) for name in ("members", "regulars")},
        "open_weeks": summed(is_open),
        **counts,
    }


@dataclass(frozen=True)
class FirstVisits:
    """Everybody who came for the very first time, founders left out.

    Attributes:
        week: int64[k], since the opening.
        decided: bool[k], whether they stayed or not is known.
        one_visit: bool[k], they did not come back.
    """

    week: np.ndarray
    decided: np.ndarray
    one_visit: np.ndarray


def first_visits(life: Life) -> FirstVisits:
    """First visits as the group's story tells them."""
    people, story = life.world.people, life.story
    seen: set[int] = set(np.flatnonzero(people.heard_of == AS_FOUNDER).tolist())
    waiting: dict[int, int] = {}
    week: list[int] = []
    decided: list[bool] = []
    one_visit: list[bool] = []
    for entry in story:
        kind, row = int(entry.kind), int(entry.row)
        if kind == FIRST_VISIT and row not in seen:
            seen.add(row)
            waiting[row] = len(week)
            week.append(int(entry.week) - life.lead_in)
            decided.append(False)
            one_visit.append(False)
        elif kind in (JOINED, LEFT) and row in waiting:
            k = waiting.pop(row)
            one_visit[k] = kind == LEFT and int(entry.reason) == ONE_VISIT_ONLY
            decided[k] = kind == JOINED or one_visit[k]
    return FirstVisits(np.array(week, np.int64), np.array(decided, bool), np.array(one_visit, bool))
