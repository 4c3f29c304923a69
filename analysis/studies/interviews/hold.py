"""Holding the interviews: one town after another lived under every account, and only what was said kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import keeping, named_if_it_breaks_off
from analysis.studies.interviews.gap import gap_sums
from analysis.studies.interviews.lookback import COLUMNS, INTERVIEWED, interview, regulars_of
from analysis.studies.interviews.statements import Telling, voices
from analysis.studies.interviews.worlds import live_group, live_twin
from sim.ensemble import in_order
from sim.life import Life
from sim.relations import WEEKS_IN_YEAR
from sim.state import MEMBER

Size = Literal["exactly four", "four or more"]
# The paper interviewed all regulars of groups that had four; the second takes the four most regular of larger ones too.
SIZES: tuple[Size, ...] = ("exactly four", "four or more")
SIZE_WORDS = {
    "exactly four": "all regulars of groups with exactly four, as in the paper",
    "four or more": "the four most regular of groups with four or more",
}
Progress = Callable[[int, int], None]


class Town(NamedTuple):
    """One town, lived with one kind of group under one account: the group at the age of the interview.

    Attributes:
        seed: of the town.
        open: whether the group still meets.
        closed_week: since the opening; -1 if open.
        members, regulars, ever_came: people.
        columns: of those interviewed, float64[k] by name in ``lookback.COLUMNS``; nobody if closed.
        gap: sums for the survivorship gap, see ``gap.gap_sums``.
    """

    seed: int
    open: bool
    closed_week: int
    members: int
    regulars: int
    ever_came: int
    columns: dict[str, np.ndarray]
    gap: np.ndarray


def live_town(arm: Arm, seed: int) -> Town:
    """Live a town with a group, and without one; keep what is asked."""
    return see(seed, live_group(arm, seed), live_twin(arm, seed))


def see(seed: int, life: Life, twin: Life) -> Town:
    """The group as it is found at the interview."""
    group, people = life.world.group[0], life.world.people
    closed = int(group.closed_week)
    return Town(
        seed=seed,
        open=bool(group.open),
        closed_week=closed - life.lead_in if closed >= 0 else -1,
        members=int((people.status == MEMBER).sum()),
        regulars=len(regulars_of(life)),
        ever_came=int((people.first_joined_week >= 0).sum()),
        columns=interview(life, twin),
        gap=gap_sums(life, twin),
    )


@dataclass
class Interviews:
    """All towns with one kind of group under one account.

    Attributes:
        arm: the kind of group under the account; its run is as long as the group was old.
        kind: which kind, such as "group A".
        account: name of the account.
        towns: in the order of their seeds; all there before anything is asked.
        together: everybody's columns and the town of each, put together when first asked for.
    """

    arm: Arm
    kind: str
    account: str
    towns: list[Town] = field(default_factory=list)
    together: tuple[dict[str, np.ndarray], np.ndarray] | None = None

    @property
    def years(self) -> float:
        """Age of the groups at the interview."""
        return float(self.arm.values["run.weeks"] / WEEKS_IN_YEAR)

    @property
    def regulars(self) -> np.ndarray:
        """int64[towns]; 0 where the group has closed."""
        return np.array([town.regulars for town in self.towns], np.int64)

    def chosen(self, size: Size) -> np.ndarray:
        """bool[towns]: groups that lasted and have so many regulars."""
        return self.regulars == INTERVIEWED if size == "exactly four" else self.regulars >= INTERVIEWED

    def telling(self, assumed: Mapping[str, float]) -> tuple[Telling, np.ndarray]:
        """All who were interviewed, and the town of each: int64[k]."""
        if self.together is None:
            every = [town.columns for town in self.towns]
            columns = {name: np.concatenate([one[name] for one in every] or [np.empty(0)]) for name in COLUMNS}
            self.together = columns, np.repeat(np.arange(len(every)), [len(one["id"]) for one in every])
        columns, town = self.together
        return Telling(columns, assumed), town

    def true_of(self, assumed: Mapping[str, float], size: Size) -> np.ndarray:
        """Of how many of the four each statement is true, by group interviewed: int64[groups, statements]."""
        telling, town = self.telling(assumed)
        said = voices(telling)
        counts = np.stack([np.bincount(town, weights=row, minlength=len(self.towns)) for row in said], axis=1)
        return counts[self.chosen(size)].astype(np.int64)


def hold(
    arms: Sequence[Arm], kinds: Sequence[str], first_seeds: Mapping[str, int], runs: int, *,
    threads: int | None = None, progress: Progress | None = None,
) -> list[Interviews]:  # fmt: skip
    """Live all towns of all kinds of group under all accounts, and hold the interviews.

    Args:
        arms: from ``worlds.group_of_age``.
        kinds: the kind of each.
        first_seeds: of the first town, by kind; the same towns under every account.
        runs: towns of each kind.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).

    Returns:
        Stopped with Ctrl-C, or when a life breaks off, the towns that every kind has by then under every account.
    """
    held = [
        Interviews(arm, kind, arm.account.name if arm.account else "none")
        for arm, kind in zip(arms, kinds, strict=True)
    ]
    items = [(k, first_seeds[kinds[k]] + i) for i in range(runs) for k in range(len(arms))]

    def one(item: tuple[int, int]) -> Town:
        arm, seed = arms[item[0]], item[1]
        with named_if_it_breaks_off(arm, seed):
            return live_town(arm, seed)

    def complete() -> int:
        return min(len(kept.towns) for kept in held)

    with keeping(complete):
        for done, ((k, _), town) in enumerate(zip(items, in_order(one, items, threads=threads), strict=True)):
            held[k].towns.append(town)
            if progress is not None:
                progress(2 * (done + 1), 2 * len(items))
    for kept in held:  # stopped between two kinds or accounts: leave out what not every one has
        del kept.towns[complete() :]
    return held
