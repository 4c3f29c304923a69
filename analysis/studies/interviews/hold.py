"""Holding the interviews: one town after another lived in every world, and only what was said kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from analysis.compare.arms import Arm
from analysis.studies.interviews.gap import gap_sums
from analysis.studies.interviews.lookback import COLUMNS, INTERVIEWED, interview, regulars_of
from analysis.studies.interviews.statements import SETS, STATEMENTS, Telling, heard_in_groups, in_set, voices
from analysis.studies.interviews.worlds import WORLDS, live_in, live_twin
from sim.ensemble import in_order
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.state import MEMBER

NOT_ASKED = -1  # no such group, or a question that cannot be asked
Size = Literal["four or more", "exactly four", "fewer than four"]
SIZES: tuple[Size, ...] = ("four or more", "exactly four", "fewer than four")
Progress = Callable[[int, int], None]


class GroupSeen(NamedTuple):
    """One group in one world, at the age of the interview.

    Attributes:
        open: whether it still meets.
        closed_week: since the opening; -1 if open.
        members, regulars, ever_came: people.
        columns: of those interviewed, float64[k] by name in ``lookback.COLUMNS``; nobody if closed.
    """

    open: bool
    closed_week: int
    members: int
    regulars: int
    ever_came: int
    columns: dict[str, np.ndarray]


class Town(NamedTuple):
    """One town, lived in every world.

    Attributes:
        seed: of the town.
        worlds: the group by name of the world.
        gap: sums for the survivorship gap, see ``gap.gap_sums``.
    """

    seed: int
    worlds: dict[str, GroupSeen]
    gap: np.ndarray


def live_town(arm: Arm, seed: int) -> Town:
    """Live a town with a group in every world, and without one; keep what is asked."""
    twin = live_twin(arm, seed)
    worlds, gap = {}, None
    for world in WORLDS:
        life = live_in(arm, world, seed)
        worlds[world] = see(life, twin)
        if world == "on":
            gap = gap_sums(life, twin)
    assert gap is not None
    return Town(seed, worlds, gap)


def see(life: Life, twin: Life) -> GroupSeen:
    """The group as it is found at the interview."""
    group, people = life.world.group[0], life.world.people
    closed = int(group.closed_week)
    return GroupSeen(
        open=bool(group.open),
        closed_week=closed - life.lead_in if closed >= 0 else -1,
        members=int((people.status == MEMBER).sum()),
        regulars=len(regulars_of(life)),
        ever_came=int((people.first_joined_week >= 0).sum()),
        columns=interview(life, twin),
    )


@dataclass
class Interviews:
    """All towns with one kind of group.

    Attributes:
        arm: the kind; its run is as long as the group was old.
        towns: in the order of their seeds; all there before anything is asked.
        together: everybody's columns by world, put together when first asked for.
    """

    arm: Arm
    towns: list[Town] = field(default_factory=list)
    together: dict[str, tuple[dict[str, np.ndarray], np.ndarray]] = field(default_factory=dict)

    @property
    def years(self) -> float:
        """Age of the groups at the interview."""
        return float(self.arm.values["run.weeks"] / WEEKS_IN_YEAR)

    def seen(self, world: str) -> list[GroupSeen]:
        """The group of every town, in a world ("twins": that of the world with all effects)."""
        return [town.worlds["on" if world == "twins" else world] for town in self.towns]

    def regulars(self, world: str) -> np.ndarray:
        """int64[towns]; 0 where the group has closed."""
        return np.array([seen.regulars for seen in self.seen(world)], np.int64)

    def chosen(self, world: str, size: Size = "four or more") -> np.ndarray:
        """bool[towns]: groups that lasted and have so many regulars to interview."""
        regulars = self.regulars(world)
        return {
            "four or more": regulars >= INTERVIEWED,
            "fewer than four": (regulars > 0) & (regulars < INTERVIEWED),
            "exactly four": regulars == INTERVIEWED,
        }[size]

    def telling(self, world: str, assumed: Mapping[str, float]) -> tuple[Telling, np.ndarray]:
        """All who were interviewed in a world, and the town of each: int64[k]."""
        if world not in self.together:
            seen = self.seen(world)
            columns = {name: np.concatenate([one.columns[name] for one in seen] or [np.empty(0)]) for name in COLUMNS}
            self.together[world] = columns, np.repeat(np.arange(len(seen)), [len(one.columns["id"]) for one in seen])
        columns, town = self.together[world]
        return Telling(columns, assumed, twin=world == "twins"), town

    def answers(
        self, world: str, assumed: Mapping[str, float], size: Size = "four or more", half: bool = False
    ) -> np.ndarray:
        """What was heard where.

        Args:
            world: a key of ``worlds.WORLDS``, or "twins".
            assumed: a value for each of ``statements.ASSUMPTIONS``.
            size: which groups count.
            half: see ``heard_in_groups``.

        Returns:
            int8[towns, statements]: 1 heard, 0 not, NOT_ASKED where no such group lasted, or where twins would be
            asked about life in a group.
        """
        telling, town = self.telling(world, assumed)
        heard = heard_in_groups(voices(telling), town, len(self.towns), half).T.astype(np.int8)
        heard[~self.chosen(world, size)] = NOT_ASKED
        if world == "twins":
            heard[:, [statement.about == "group" for statement in STATEMENTS]] = NOT_ASKED
        return heard

    def voices(self, world: str, assumed: Mapping[str, float], size: Size = "four or more") -> np.ndarray:
        """float64[statements]: share of those interviewed, in groups of that size, who say it; NaN if not asked."""
        telling, town = self.telling(world, assumed)
        said = voices(telling)[:, self.chosen(world, size)[town]]
        shares = said.mean(axis=1) if said.shape[1] else np.full(len(said), np.nan)
        if world == "twins":
            shares[[statement.about == "group" for statement in STATEMENTS]] = np.nan
        return shares


def all_heard(answers: np.ndarray, name: str) -> np.ndarray:
    """Whether all statements of a set of SETS are heard: int8[towns], NOT_ASKED where one cannot be asked."""
    assert name in SETS
    some = answers[:, in_set(name)]
    return np.where((some == NOT_ASKED).any(axis=1), NOT_ASKED, some.min(axis=1)).astype(np.int8)


def hold(
    arms: Sequence[Arm], first_seed: int, runs: int, *, threads: int | None = None, progress: Progress | None = None
) -> list[Interviews]:
    """Live all towns of all kinds of group, and hold the interviews.

    Args:
        arms: the kinds, from ``worlds.group_of_age``.
        first_seed: of the first town of the first kind; no two kinds share a town.
        runs: towns of each kind.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).
    """
    held = [Interviews(arm) for arm in arms]
    items = [(k, first_seed + k * runs + i) for k in range(len(arms)) for i in range(runs)]
    lives = len(WORLDS) + 1
    towns = in_order(lambda item: live_town(arms[item[0]], item[1]), items, threads=threads)
    for done, ((k, _), town) in enumerate(zip(items, towns, strict=True)):
        held[k].towns.append(town)
        if progress is not None:
            progress((done + 1) * lives, len(items) * lives)
    return held
