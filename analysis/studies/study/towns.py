"""One town lived with its group and without, and what a study could see of it.

The world without a group is counted from the beginning of the lead-in, so that people can be asked before the opening
as well: until then both worlds are the same world.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import live_each
from analysis.studies.interviews.worlds import live_twin
from analysis.studies.study.measures import MEASURES, TOTALS
from sim.life import Life
from sim.state import MEMBER

NEVER = -(10**6)
GROUP, NOTHING, INSTEAD = "group", "nothing", "instead"
CONTACTS = ("calls_answered", "line_answered", "texts", "meetings")  # of a diary: any of these in a week
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class World:
    """One world of a town.

    Attributes:
        seen: float32[looks, n] by name: states, and totals since the beginning of everybody's life.
        came: int64[n], week of first coming since the opening; NEVER for who never came.
        member, regular: bool[looks, n].
    """

    seen: Mapping[str, np.ndarray]
    came: np.ndarray
    member: np.ndarray
    regular: np.ndarray


@dataclass(frozen=True)
class Town:
    """One town.

    Attributes:
        seed: of it.
        every: weeks between two looks; first: week of the first look, since the opening.
        eligible: bool[n], whom the group would take.
        there: bool[looks, n], who lives in the area.
        worlds: by name: GROUP, NOTHING, and INSTEAD if others get something else.
    """

    seed: int
    every: int
    first: int
    eligible: np.ndarray
    there: np.ndarray
    worlds: Mapping[str, World]

    def look(self, week: np.ndarray | int) -> np.ndarray:
        """The look at a week, the last one by then."""
        found = (np.asarray(week, np.int64) - self.first) // self.every
        return np.clip(found, 0, len(self.there) - 1)

    def value(self, measure: str, world: str, week: np.ndarray, who: np.ndarray, recall: int) -> np.ndarray:
        """True values of some people.

        Args:
            measure: a key of MEASURES.
            world: in which.
            week: int64[k], when, since the opening.
            who: int64[k], rows.
            recall: weeks over which is counted, of what is counted.

        Returns:
            float64[k]; what is counted over no time at all is NaN.
        """
        asked, seen = MEASURES[measure], self.worlds[world].seen
        now = self.look(week)
        if not asked.counted:
            return seen[asked.state][now, who].astype(float)
        since = self.look(np.asarray(week) - recall)
        grown = seen[asked.top][now, who].astype(float) - seen[asked.top][since, who]
        days = seen["days_lived"][now, who].astype(float) - seen["days_lived"][since, who]
        return np.divide(grown * asked.per, days, out=np.full(len(grown), np.nan), where=days > 0)


def live_town(arm: Arm, instead: Arm | None, seed: int, every: int, measures: Sequence[str]) -> Town:
    """Live one town in every world that a study looks at.

    Args:
        arm: with the group.
        instead: with what the others get; None where that is nothing.
        seed: of the town.
        every: weeks between two looks.
        measures: keys of MEASURES.
    """
    lead_in, weeks = arm.values["run.lead_in_weeks"], arm.values["run.weeks"]
    names = [*dict.fromkeys(["days_lived", *(MEASURES[name].state or MEASURES[name].top for name in measures)])]
    if every == 1:
        names += [name for name in CONTACTS if name not in names]
    twin = live_twin(arm, seed, every)
    without = {name: twin.history[name].astype(np.float64) for name in names}
    n, looks = len(twin.traits), (lead_in + weeks) // every + 1
    worlds = {}
    for name, one in ((GROUP, arm), (INSTEAD, instead)):
        if one is None:
            continue
        life = Life({**one.values, "run.seed": seed}, history_every=every)
        life.live()
        worlds[name] = _world(life, without, every)
        traits = life.traits
    nobody = np.zeros((looks, n), bool)
    worlds[NOTHING] = World({name: one.astype(np.float32) for name, one in without.items()},
                            np.full(n, NEVER), nobody, nobody)  # fmt: skip
    last = np.arange(looks) * every - 1  # the week that was lived last, from the start of the lead-in
    there = (traits.arrives_week <= np.maximum(last, lead_in)[:, None]) & (last[:, None] < traits.departs_week)
    values = arm.values
    eligible = (traits.woman | (not values["group.women_only"])) & (
        traits.service_user | (not values["group.service_users_only"])
    )
    return Town(seed, every, -lead_in, np.asarray(eligible), np.asarray(there), worlds)


def _world(life: Life, without: Mapping[str, np.ndarray], every: int) -> World:
    """A world with a group: before the opening as without, from then on as it was lived."""
    before = life.lead_in // every
    history, looks = life.history, next(iter(without.values())).shape[0]
    # Counting began anew at the opening, or on arriving: from the look after that on it goes on from the twin's count.
    arrived = life.traits.arrives_week - life.lead_in
    start = np.where(arrived <= 0, 0, arrived // every + 1)  # a look is taken when the week before it has been lived
    start = np.minimum(start, len(history) - 1)
    who = np.arange(len(start))
    after = np.arange(len(history))[:, None] > start
    seen = {}
    for name, twin in without.items():
        mine = history[name].astype(np.float64)
        if name in TOTALS or name in CONTACTS:
            at_start = np.where(start == 0, 0.0, mine[start, who])
            mine = np.where(after, twin[before + start, who] + mine - at_start, twin[before:])
        seen[name] = np.concatenate([twin[:before], mine]).astype(np.float32)
    people = life.world.people
    came = np.where(people.first_joined_week >= 0, people.first_joined_week - life.lead_in, NEVER)
    nobody = np.zeros((looks, len(start)), bool)
    member, regular = nobody.copy(), nobody.copy()
    member[before:] = history["status"] == MEMBER
    regular[before:] = member[before:] & (history["regularity"] >= life.values["meeting.regular_share"])
    return World(seen, came.astype(np.int64), member, regular)


def live_towns(
    arm: Arm, instead: Arm | None, seeds: Iterable[int], every: int, measures: Sequence[str], *,
    threads: int | None = None, progress: Callable[[], None] | None = None,
) -> list[Town]:  # fmt: skip
    """Live many towns.

    Args:
        arm: as for ``live_town``, like ``instead``, ``every`` and ``measures``.
        instead: the same.
        seeds: one for each town.
        every: the same.
        measures: the same.
        threads: as for ``sim.ensemble.in_order``.
        progress: called after each town.

    Returns:
        The towns. Stopped with Ctrl-C, or when a life breaks off (with a warning that says which), those that were
        finished, if there are any.

    Raises:
        BrokeOff: if a life of the first town breaks off.
    """
    return live_each(
        arm, seeds, lambda seed: live_town(arm, instead, seed, every, measures), threads=threads, progress=progress
    )
