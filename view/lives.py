"""Two lives of one town, with its group and without, stepped together: the Mesa model of the page.

Both lives have the same people, the same events and the same luck, and until somebody comes to the group they
are the same to the last bit. Whatever differs later is caused by the group. Every week that has been lived
is kept, so going back shows what was, and lives nothing again.
"""

from __future__ import annotations

import threading
from typing import Any

import mesa
import numpy as np

from sim.life import Life
from sim.scenario import Scenario
from sim.state import MEMBER
from view.choices import Choices
from view.kept import KEPT, TIE, keep_people, keep_ties
from view.places import Places

# The measures of the curves: the mean of members, and of the same people in the life without a group.
STATES = ("isolation", "stigma", "understanding", "coping")
COUNTS = ("distress_this_week", "hard_days_this_week", "hard_days_through_this_week", "episodes_this_week")
MEASURES = (*STATES, *COUNTS)
WITH, WITHOUT = 0, 1


class TwinLives(mesa.Model):
    """The town with its group, and the same town without.

    One ``step`` is one week for both; after going back, it is one week forward through what was seen.

    Args:
        choices: what the reader of the page has chosen; its scenario is lived.

    Attributes:
        config: the scenario lived.
        group, twin: ``sim.life.Life`` with the group as the scenario has it, and without any.
        shown: which state the page shows: after so many weeks.
        people: ``KEPT`` [2, weeks + 1, n]: everybody after k weeks, in both lives.
        ties: for each week lived ``TIE`` [pairs], in the life with the group.
        sums: float64[2, weeks + 1, measures]: MEASURES summed over members (rows of members in both lives).
        members: int64[weeks + 1], how many members.
    """

    def __init__(self, choices: Choices | None = None) -> None:
        self.config: Scenario = (choices or Choices()).scenario
        values = self.config.values
        super().__init__(rng=values["run.seed"] % 2**32)  # Mesa's own generators: never drawn from here
        self.group = Life(values)
        self.twin = Life({**values, "group.exists": False})
        self.lock = threading.Lock()
        self.shown = 0
        n, weeks = len(self.group.traits), self.group.total_weeks
        self.people = np.zeros((2, weeks + 1, n), dtype=KEPT)
        self.ties: list[np.ndarray] = []
        self.sums = np.zeros((2, weeks + 1, len(MEASURES)))
        self.members = np.zeros(weeks + 1, dtype=np.int64)
        self.told = np.zeros(weeks + 1, dtype=np.int64)  # entries of the story so far
        self.places = Places(self.group.traits.position, int(values["group.places"]))
        self._keep()

    @property
    def lived(self) -> int:
        """Weeks lived so far."""
        return self.group.week

    @property
    def total_weeks(self) -> int:
        """Weeks in all."""
        return self.group.total_weeks

    @property
    def had_group(self) -> bool:
        """Whether the scenario has a group at all."""
        return bool(self.config.values["group.exists"])

    def step(self) -> None:
        """A week: a new one for both lives, or one that was already seen."""
        with self.lock:
            if self.shown < self.lived:
                self.shown += 1
            elif self.lived < self.total_weeks:
                before = self.group.world.ties.copy()
                self.group.live(1)
                self.twin.live(1)
                self.ties.append(keep_ties(self.group, before))
                self._keep()
                self.shown = self.lived
            self.running = self.shown < self.total_weeks

    def go_to(self, week: int) -> None:
        """Show the state after so many weeks, if it has been lived; nothing is lived again."""
        with self.lock:
            self.shown = min(max(int(week), 0), self.lived)
            self.running = self.shown < self.total_weeks

    def now(self, life: int = WITH) -> np.ndarray:
        """Everybody in the week shown: ``KEPT`` [n]."""
        return self.people[life, self.shown]

    def path(self, life: int, name: str, row: int) -> np.ndarray:
        """One person's values after 0, 1, ... weeks, up to the week shown."""
        found: np.ndarray = self.people[life, : self.shown + 1, row][name]
        return found

    def pairs(self) -> np.ndarray:
        """Ties in the week shown, as ``TIE`` [pairs]."""
        return self.ties[self.shown - 1] if self.shown > 0 else np.zeros(0, dtype=TIE)

    def means(self, life: int, measure: str) -> np.ndarray:
        """Means of the members of each week, up to the one shown; NaN without any.

        Args:
            life: WITH for them in the life with the group, WITHOUT for the same people in the other.
            measure: one of MEASURES.
        """
        members = self.members[: self.shown + 1]
        sums = self.sums[life, : self.shown + 1, MEASURES.index(measure)]
        found = np.full(len(sums), np.nan)
        np.divide(sums, members, out=found, where=members > 0)
        return found

    def story(self) -> Any:
        """The group's story up to the week shown, oldest first."""
        return self.group.story[: int(self.told[self.shown])]

    def row_of(self, person: int) -> int | None:
        """The row of the person with this id."""
        rows = np.flatnonzero(self.group.traits.id == person)
        return int(rows[0]) if len(rows) else None

    def _keep(self) -> None:
        k = self.lived
        keep_people(self.group, self.people[WITH, k])
        keep_people(self.twin, self.people[WITHOUT, k])
        member = self.people[WITH, k]["status"] == MEMBER
        self.members[k] = int(member.sum())
        for m, name in enumerate(MEASURES):
            for life in (WITH, WITHOUT):
                self.sums[life, k, m] = self.people[life, k][name][member].sum()
        self.told[k] = len(self.group.story)
        self.places.settle(self.people[WITH, k])
