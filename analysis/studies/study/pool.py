"""Everybody whom a study might approach, in all towns, with what each would truly answer in every arm at every time.

An arm is a world and a delay: towns that wait, or begin at a later step, are the same towns seen from an earlier week,
so that their group opens later in the study. Nothing is lived for it twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.studies.study.schema import OF_PEOPLE, StudyFile
from analysis.studies.study.towns import GROUP, INSTEAD, NEVER, NOTHING, Town

BASELINE = 0  # the place of the first time


class StudyArm(NamedTuple):
    """What people in one arm of a study get.

    Attributes:
        name: in words.
        world: of towns.
        delay: weeks from the beginning of the study to the opening, beyond the first arm's.
    """

    name: str
    world: str
    delay: int = 0


def arms_of(said: StudyFile) -> list[StudyArm]:
    """The arms of a study; the first has the group first."""
    how, group = said.allocation, StudyArm("the group", GROUP)
    if said.analysis.by in OF_PEOPLE:
        return [StudyArm("no group", NOTHING)]
    if how.how in ("none", "matched comparison"):
        return [group]
    if how.how == "stepped wedge":
        return [StudyArm(f"from week {(k + 1) * how.step_weeks}", GROUP, (k + 1) * how.step_weeks)
                for k in range(how.steps)]  # fmt: skip
    if how.how == "waiting list" and how.of_towns:
        return [group, StudyArm("waiting", GROUP, how.wait_weeks)]
    name = "waiting" if how.how == "waiting list" else "no group" if how.instead == NOTHING else "something else"
    return [group, StudyArm(name, NOTHING if how.instead == NOTHING else INSTEAD)]


def times_of(said: StudyFile) -> tuple[int, ...]:
    """When people are asked: weeks since the beginning of the study."""
    how = said.allocation
    if how.how == "stepped wedge":
        return (0, *(k * how.step_weeks for k in range(1, how.steps + 2)))
    return (0, *said.follow_ups)


@dataclass(frozen=True)
class Pool:
    """N people in towns.

    Attributes:
        arms, times, measures: what the axes below are.
        town: int64[N], the place of the town; people of a town stand together.
        row: int64[N], the person's row in the town.
        value: float64[arms, times, measures, N], true values with what the arm gets; NaN where there is none.
        twin: float64[arms, times, measures, N], true values without any group.
        came, member, there: bool[arms, times, N]: has come to the group by then; is a member; lives there.
        comparison: bool[N], whether only held against the others (matched comparison).
        spread: float64[measures], standard deviation between people at the beginning.
    """

    arms: tuple[StudyArm, ...]
    times: tuple[int, ...]
    measures: tuple[str, ...]
    town: np.ndarray
    row: np.ndarray
    value: np.ndarray
    twin: np.ndarray
    came: np.ndarray
    member: np.ndarray
    there: np.ndarray
    comparison: np.ndarray
    spread: np.ndarray

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.town)

    @property
    def towns(self) -> np.ndarray:
        """The towns in which there is anybody to approach, without those only held against the others."""
        return np.unique(self.town[~self.comparison])


def pool_of(said: StudyFile, towns: Sequence[Town], who: str | None = None) -> Pool:
    """Everybody whom a study might approach.

    Args:
        said: the study.
        towns: lived.
        who: whom, instead of whom the study approaches: a key of ``schema.WHO``, or "came" for everybody who had come
            by the first week named.
    """
    arms, times, measures = tuple(arms_of(said)), times_of(said), tuple(said.instruments)
    parts = [_of_town(said, arms, times, measures, k, town, who or said.people.who) for k, town in enumerate(towns)]
    if said.allocation.how == "matched comparison" and who is None:
        parts += [_of_town(said, arms, times, measures, k, town, "others") for k, town in enumerate(towns)]
        parts = [one for k in range(len(towns)) for one in (parts[k], parts[len(towns) + k])]
    axes = ("town", "row", "value", "twin", "came", "member", "there", "comparison")
    joined = {name: np.concatenate([part[name] for part in parts], axis=-1) for name in axes}
    first = joined["twin"][0, BASELINE]
    with np.errstate(invalid="ignore"):
        spread = np.array([np.nanstd(one[~np.isnan(one)], ddof=1) if (~np.isnan(one)).sum() > 1 else 0.0
                           for one in first])  # fmt: skip
    return Pool(arms, times, measures, spread=spread, **joined)


def _of_town(
    said: StudyFile, arms: Sequence[StudyArm], times: Sequence[int], measures: Sequence[str], place: int, town: Town,
    who: str,
) -> dict[str, np.ndarray]:  # fmt: skip
    """The part of a pool that is of one town."""
    rows, starts = candidates(said, town, who, max(arm.delay for arm in arms))
    shape = (len(arms), len(times), len(measures), len(rows))
    value, twin = np.empty(shape), np.empty(shape)
    came, member, there = (np.zeros((len(arms), len(times), len(rows)), bool) for _ in range(3))
    for a, arm in enumerate(arms):
        world = town.worlds[arm.world]
        for t, after in enumerate(times):
            week = starts - arm.delay + after
            if t == BASELINE and said.telling.remembered:
                week = np.where(world.came[rows] > NEVER, np.minimum(_before(world.came[rows], town.every), week), week)
            look = town.look(week)
            came[a, t] = (world.came[rows] > NEVER) & (world.came[rows] < week)
            member[a, t] = world.member[look, rows]
            there[a, t] = town.there[look, rows]
            for m, name in enumerate(measures):
                recall = said.instruments[name].recall_weeks
                value[a, t, m] = town.value(name, arm.world, week, rows, recall)
                twin[a, t, m] = town.value(name, NOTHING, week, rows, recall)
    return {
        "town": np.full(len(rows), place), "row": rows, "value": value, "twin": twin, "came": came, "member": member,
        "there": there, "comparison": np.full(len(rows), who == "others"),
    }  # fmt: skip


def _before(came: np.ndarray, every: int) -> np.ndarray:
    """The last look before coming."""
    return came // every * every


def candidates(said: StudyFile, town: Town, who: str, longest_delay: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Who might be approached in a town.

    Args:
        said: the study.
        town: lived.
        who: a key of ``schema.WHO``, "came" or "others" (who have not come until the study ends).
        longest_delay: of the arms; people must live there before the group opens in the last of them.

    Returns:
        Rows, and for each the week, since the opening, in which the study begins.
    """
    first, last = said.people.weeks[0], said.people.weeks[-1]
    world = town.worlds[GROUP]
    here = town.eligible & town.there[town.look(first)]
    if longest_delay:
        here &= town.there[town.look(first - longest_delay)]
    if who == "newcomers":
        taken = town.eligible & (world.came >= first) & (world.came <= last)
        rows = np.flatnonzero(taken)
        return rows, _before(world.came[rows], town.every)
    if who == "came" and first != last:
        rows = np.flatnonzero(town.eligible & (world.came > NEVER) & (world.came <= last))
        return rows, _before(world.came[rows], town.every)
    if who in ("members", "regulars"):
        here &= {"members": world.member, "regulars": world.regular}[who][town.look(first)]
    elif who == "came":
        here &= (world.came > NEVER) & (world.came <= first)
    elif who == "others":
        first = last
        here = (
            town.eligible
            & town.there[town.look(first)]
            & ((world.came == NEVER) | (world.came > last + max((0, *said.follow_ups))))
        )
    rows = np.flatnonzero(here)
    return rows, np.full(len(rows), first, np.int64)


def effect_of(pool: Pool) -> np.ndarray:
    """float64[times, measures, N]: what the group did to each person, from her or his own twin.

    In a comparison with something else it is the group against that. Of people who had come before the study began,
    what the group had done by then is taken away: a study sees only what it does from then on. NaN for who has moved
    away, which has nothing to do with the group.
    """
    other = pool.value[1] if len(pool.arms) > 1 and pool.arms[1].world == INSTEAD else pool.twin[0]
    effect = pool.value[0] - other
    effect = effect - np.nan_to_num(effect[BASELINE])
    gone: np.ndarray = np.where(pool.there[0][:, None], effect, np.nan)
    return gone
