"""The survivorship gap: those whom the paper could meet, beside all who came and all who could have come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.compare.estimate import Estimate, bootstrap_sums, spread_before
from analysis.studies.interviews.lookback import INTERVIEWED, look_back, regulars_of
from sim.life import Life

POPULATIONS = {
    "interviewed": "interviewed: four regulars of groups that lasted",
    "regulars": "all regulars of groups that lasted",
    "joined": "all who ever came, to any group",
    "eligible": "everyone whom a group would take",
}
OUTCOMES = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
SUMS = ("people", "before", "before_squared", "now", "twin", "difference")
FIGURES = ("change", "twin_change", "difference")


def gap_sums(life: Life, twin: Life) -> np.ndarray:
    """Sums over the people of one town, at the age of the interview.

    People count if they live in the area then, and are looked back on as in an interview.

    Args:
        life: with the group and all its effects.
        twin: of ``worlds.live_twin``.

    Returns:
        float64[POPULATIONS, OUTCOMES, SUMS].
    """
    v, people = life.values, life.world.people
    taken = (life.traits.woman | (not v["group.women_only"])) & (
        life.traits.service_user | (not v["group.service_users_only"])
    )
    everyone = np.flatnonzero(people.resident & taken)
    seen = look_back(life, twin, everyone)
    regulars = regulars_of(life)
    interviewed = regulars[:INTERVIEWED] if len(regulars) >= INTERVIEWED else regulars[:0]
    member_of = np.array([
        np.isin(everyone, interviewed),
        np.isin(everyone, regulars),
        people.first_joined_week[everyone] >= 0,
        np.ones(len(everyone), bool),
    ])  # fmt: skip
    out = np.zeros((len(POPULATIONS), len(OUTCOMES), len(SUMS)))
    for o, name in enumerate(OUTCOMES):
        before, now, other = seen[f"{name}_before"], seen[f"{name}_now"], seen[f"{name}_twin"]
        known = ~(np.isnan(before) | np.isnan(now) | np.isnan(other))
        columns = np.array([np.ones(len(everyone)), before, before**2, now, other, now - other])
        out[:, o] = (member_of & known).astype(float) @ np.where(known, columns, 0.0).T
    return out


@dataclass(frozen=True)
class Gap:
    """What one population shows of one outcome, in standard deviations of everyone eligible before coming.

    Attributes:
        population, outcome: of POPULATIONS and OUTCOMES.
        people: how many, in all towns.
        spread: the standard deviation that the figures are measured in, in the outcome's own unit.
        change: since before coming, with the group.
        twin_change: of the same people's twins, over the same time.
        difference: the two subtracted: the effect of the group.
    """

    population: str
    outcome: str
    people: int
    spread: float
    change: Estimate
    twin_change: Estimate
    difference: Estimate


def gaps(sums: Sequence[np.ndarray]) -> list[Gap]:
    """The three figures for every population and outcome, with intervals over towns.

    One yardstick for all populations: the standard deviation between everyone eligible before coming (Glass's, as no
    group can have moved it). With each population's own, a group of people who are alike would seem to gain more.

    Args:
        sums: of ``gap_sums``, one for each town.
    """
    blocks = np.stack(list(sums))  # towns, populations, outcomes, sums
    towns, populations = blocks.shape[:2]
    yardstick = np.broadcast_to(blocks[:, -1:], blocks.shape)
    cells = populations * len(OUTCOMES)
    of_own = ("people", "before", "now", "twin", "difference")
    of_all = ("people", "before", "before_squared")
    own = [blocks[..., SUMS.index(name)].reshape(towns, cells) for name in of_own]
    wide = [yardstick[..., SUMS.index(name)].reshape(towns, cells) for name in of_all]

    def over_spread(figure: str):
        def statistic(people, before, now, twin, difference, *everyone):
            total = {"change": now - before, "twin_change": twin - before, "difference": difference}[figure]
            return total / people / spread_before(*everyone)

        return statistic

    found = {figure: bootstrap_sums(over_spread(figure), *own, *wide) for figure in FIGURES}
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = spread_before(*(column.sum(axis=0) for column in wide))
    out = []
    for k in range(cells):
        population, outcome = list(POPULATIONS)[k // len(OUTCOMES)], OUTCOMES[k % len(OUTCOMES)]
        three = [
            Estimate(float(found[f].value[k]), float(found[f].low[k]), float(found[f].high[k]), towns) for f in FIGURES
        ]
        out.append(Gap(population, outcome, int(own[0][:, k].sum()), float(spread[k]), *three))
    return out
