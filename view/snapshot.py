"""Both lives as they had been lived up to one week: what every picture and figure of the page is drawn from.

A snapshot never changes. While a panel draws it, another thread may live on: what is drawn is one week all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.population import FIRST_NEWCOMER_ID
from sim.scenario import Scenario

# The measures of the curves: the mean of members, and of the same people in the life without a group.
STATES = ("isolation", "stigma", "understanding", "coping")
COUNTS = ("distress_this_week", "hard_days_this_week", "hard_days_through_this_week", "episodes_this_week")
MEASURES = (*STATES, *COUNTS)
WITH, WITHOUT = 0, 1


def known_as(person: int) -> str:
    """The number somebody goes by on the page: "3", or "n2" for who moved here later."""
    return str(person) if person < FIRST_NEWCOMER_ID else f"n{person - FIRST_NEWCOMER_ID}"


@dataclass(frozen=True, eq=False)  # one snapshot is another only if it is the same object
class Snapshot:
    """What had been lived up to the week shown; every array can only be read.

    Attributes:
        config: the scenario lived.
        shown: weeks lived up to here; 0 is just before the opening.
        lived: weeks lived so far, of which the page has gone back to ``shown``.
        traits: recarray[n] of ``sim.state.TRAITS``.
        people: ``view.memory.PERSON_WEEK`` [2, shown + 1, n]: everybody after k weeks, in both lives.
        pairs: ``view.memory.PAIR_WEEK`` [pairs]: ties and contacts of the last week, in the life with the group.
        weeks: recarray[shown] of ``sim.state.WEEKS``, in the life with the group.
        story: recarray of ``sim.state.EVENTS``, oldest first, in the life with the group.
        sums: float64[2, shown + 1, measures]: MEASURES summed over members (rows of members in both lives).
        members: int64[shown + 1], how many members.
        ring: int8[n], on which ring of the network each person stands.
        place: float64[n, 2], where in the network, within the unit circle.
    """

    config: Scenario
    shown: int
    lived: int
    traits: np.recarray
    people: np.ndarray
    pairs: np.ndarray
    weeks: np.recarray
    story: np.recarray
    sums: np.ndarray
    members: np.ndarray
    ring: np.ndarray
    place: np.ndarray

    def __post_init__(self) -> None:
        """Nobody writes to what was."""
        for array in (self.traits, self.people, self.pairs, self.weeks, self.story, self.sums, self.members, self.ring,
                      self.place):  # fmt: skip
            array.flags.writeable = False

    @property
    def total_weeks(self) -> int:
        """Weeks in all."""
        return int(self.config.values["run.weeks"])

    @property
    def lead_in(self) -> int:
        """Weeks lived before the opening: what is dated from the lead-in's start is so much later."""
        return int(self.config.values["run.lead_in_weeks"])

    @property
    def had_group(self) -> bool:
        """Whether the scenario has a group at all."""
        return bool(self.config.values["group.exists"])

    def now(self, life: int = WITH) -> np.ndarray:
        """Everybody in the week shown: ``view.memory.PERSON_WEEK`` [n]."""
        return self.people[life, self.shown]

    def path(self, life: int, name: str, row: int) -> np.ndarray:
        """One person's values after 0, 1, ... weeks."""
        found: np.ndarray = self.people[life, :, row][name]
        return found

    def means(self, life: int, measure: str) -> np.ndarray:
        """Means of the members of each week; NaN without any.

        Args:
            life: WITH for them in the life with the group, WITHOUT for the same people in the other.
            measure: one of MEASURES.

        Returns:
            float64[shown + 1].
        """
        found = np.full(len(self.members), np.nan)
        np.divide(self.sums[life, :, MEASURES.index(measure)], self.members, out=found, where=self.members > 0)
        return found

    def row_of(self, person: Any) -> int | None:
        """The row of the person with this id; None if there is no such person."""
        rows = np.flatnonzero(self.traits.id == person)
        return int(rows[0]) if len(rows) else None
