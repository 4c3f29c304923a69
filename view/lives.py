"""Two lives of one town, with its group and without, stepped together: the Mesa model of the page.

Both lives have the same people, the same events and the same luck, and until somebody comes to the group they
are the same to the last bit. Whatever differs later is caused by the group. Every week that has been lived
is remembered, so going back shows what was, and lives nothing again.

What is shown is drawn from ``snapshot``, never from the lives themselves: Play lives on in a thread of its own.
"""

from __future__ import annotations

import threading

import mesa
import numpy as np

from sim.life import Life
from sim.scenario import Scenario
from sim.state import MEMBER
from view.choices import Choices
from view.memory import PAIR_WEEK, PERSON_WEEK, pairs_of, remember_people
from view.places import Places
from view.snapshot import MEASURES, WITH, WITHOUT, Snapshot


class TwinLives(mesa.Model):
    """The town with its group, and the same town without.

    One ``step`` is one week for both; after going back, it is one week forward through what was seen.

    Args:
        choices: what the reader of the page has chosen; its scenario is lived.

    Attributes:
        config: the scenario lived.
        group, twin: ``sim.life.Life`` with the group as the scenario has it, and without any.
        snapshot: both lives up to the week shown. Each step puts a new one in its place once the week is complete.
    """

    def __init__(self, choices: Choices | None = None) -> None:
        self.config: Scenario = (choices or Choices()).scenario
        values = self.config.values
        super().__init__(rng=values["run.seed"] % 2**32)  # Mesa's own generators: never drawn from here
        self.group = Life(values, keep_contacts=True)
        self.twin = Life({**values, "group.exists": False}, traits=self.group.traits)
        self._lock = threading.Lock()
        n, weeks = len(self.group.traits), self.group.total_weeks
        # Rows of weeks still to come are filled in later; those of weeks lived are never written again.
        self._people = np.zeros((2, weeks + 1, n), dtype=PERSON_WEEK)
        self._sums = np.zeros((2, weeks + 1, len(MEASURES)))
        self._members = np.zeros(weeks + 1, dtype=np.int64)
        self._told = np.zeros(weeks + 1, dtype=np.int64)  # entries of the story so far
        self._pairs = [np.zeros(0, dtype=PAIR_WEEK)]
        self._places = Places(self.group.traits.position, int(values["group.places"]))
        self._remember()
        self._show(0)

    @property
    def shown(self) -> int:
        """Which state the page shows: after so many weeks."""
        return self.snapshot.shown

    @property
    def lived(self) -> int:
        """Weeks lived so far."""
        return self.group.week

    @property
    def total_weeks(self) -> int:
        """Weeks in all."""
        return self.group.total_weeks

    def step(self) -> None:
        """A week: a new one for both lives, or one that was already seen."""
        with self._lock:
            if self.lived == self.shown < self.total_weeks:
                self.group.live(1)
                self.twin.live(1)
                self._pairs.append(pairs_of(self.group))
                self._remember()
            self._show(self.shown + 1)

    def go_to(self, week: int) -> None:
        """Show the state after so many weeks, if it has been lived; nothing is lived again."""
        with self._lock:
            self._show(week)

    def _remember(self) -> None:
        """Everybody as they are after the last week lived."""
        k = self.lived
        remember_people(self.group, self._people[WITH, k])
        remember_people(self.twin, self._people[WITHOUT, k])
        member = self._people[WITH, k]["status"] == MEMBER
        self._members[k] = int(member.sum())
        for m, name in enumerate(MEASURES):
            for life in (WITH, WITHOUT):
                self._sums[life, k, m] = self._people[life, k][name][member].sum()
        self._told[k] = len(self.group.story)
        self._places.settle(self._people[WITH, k])

    def at(self, week: int) -> Snapshot:
        """Both lives after so many weeks, or after the nearest that has been lived; what is shown stays."""
        with self._lock:
            return self._at(week)

    def _show(self, week: int) -> None:
        """Show the state after so many weeks."""
        self.snapshot = self._at(week)
        self.running = self.snapshot.shown < self.total_weeks

    def _at(self, week: int) -> Snapshot:
        k = min(max(int(week), 0), self.lived)
        ring, place = self._places.at(k)
        return Snapshot(
            config=self.config,
            shown=k,
            lived=self.lived,
            traits=self.group.traits.view(),
            people=self._people[:, : k + 1],
            pairs=self._pairs[k][:],
            weeks=self.group.weeks[:k].view(np.recarray),
            story=self.group.story[: int(self._told[k])].view(np.recarray),
            sums=self._sums[:, : k + 1],
            members=self._members[: k + 1],
            ring=ring,
            place=place,
        )
