"""Live one point with one seed: every arm, each with its twin, and what is kept of it.

A life that breaks off with an error becomes a row that says so; the others go on. Only memory is
different: whether there is enough depends on the machine, so lack of it stops the sweep.
"""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future
from dataclasses import replace
from threading import Lock
from typing import NamedTuple

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.paired import group_at
from analysis.compare.panel import ROWS_PER_YEAR, Panel, live_panel
from analysis.studies.sweep.own import OwnOutcomeError
from analysis.studies.sweep.plan import Sweep, Unit
from analysis.studies.sweep.reading import Room, live_looked, look_at, people_of, sums_of

REMEMBERED_BYTES = 128_000_000  # of worlds without a group that several points share
BYTES_BESIDE_ARRAYS = 15_000  # of a world: three hundred parameters by name, and some forty arrays
LONGEST_ERROR = 300
SMALL_TOWN = 30  # residents
OF_TWIN = ("residents_isolation", "residents_stigma", "residents_distress", "residents_episodes")


class Lived(NamedTuple):
    """What is kept of one arm with its twin, at one point with one seed.

    Attributes:
        error: why there is nothing; empty if all went well.
        sums: float64[populations, times, outcomes, SUMS], of what the sweep asked for.
        group: float64[times] for each measure of the group, and each outcome of one's own.
        closed_week, closed_reason: of the group; -1 and 0 if it went on.
        weeks: float64[weeks] by name, if asked for; with ``twin_`` before the name, of the twin.
        people: as ``reading.people_of`` gives them, if asked for.
    """

    error: str
    sums: np.ndarray
    group: dict[str, np.ndarray]
    closed_week: int = -1
    closed_reason: int = 0
    weeks: dict[str, np.ndarray] | None = None
    people: dict[str, np.ndarray] | None = None


class Lives:
    """Lives the units of a sweep, on any number of threads; a twin that several points share is lived once.

    Args:
        sweep: what is lived.
    """

    def __init__(self, sweep: Sweep) -> None:
        self.sweep = sweep
        self._tie_years = [row // ROWS_PER_YEAR for row in sweep.rows if row % ROWS_PER_YEAR == 0 and row]
        self._twins: OrderedDict[tuple[str, int], Future[Panel]] = OrderedDict()
        self._remembered = 0  # bytes of the twins that are done
        self._lock = Lock()
        self._room = Room()

    def unit(self, unit: Unit) -> list[Lived]:
        """Live a unit.

        Returns:
            For each arm what is kept.

        Raises:
            MemoryError: if the machine has too little for a life.
            OwnOutcomeError: if an outcome of one's own cannot be read off a run.
        """
        lived: dict[str, Panel] = {}
        kept = []
        for arm in self.sweep.arms:
            here = self.sweep.arm_at(arm, unit.point)
            try:
                kept.append(self._paired(here, unit, lived))
            except (MemoryError, OwnOutcomeError):
                raise
            except Exception as error:  # whatever it is, it belongs into the row of this run
                kept.append(self._nothing(error))
        return kept

    def _paired(self, arm: Arm, unit: Unit, lived: dict[str, Panel]) -> Lived:
        seed, rows, outcomes = unit.seed, self.sweep.rows, self.sweep.outcomes
        twin = self._twin(arm.twin, seed)
        life = twin
        if arm.has_group:
            world = arm.life_digest if len(self.sweep.arms) > 1 else ""
            if world not in lived:
                lived[world] = self._live(arm, seed, twin.traits)
            life = lived[world]
        looks = look_at(life, twin, rows, outcomes)
        weeks = None
        if "weeks" in self.sweep.keep:
            weeks = {**life.weeks, **{f"twin_{name}": twin.weeks[name] for name in OF_TWIN}}
        return Lived(
            "",
            sums_of(looks, outcomes, self.sweep.populations),
            {**group_at(life, rows), **self._own(life, twin, f"point {unit.point}, seed {seed}, arm {arm.name}")},
            life.closed_week,
            life.closed_reason,
            weeks,
            people_of(looks, life, outcomes) if "people" in self.sweep.keep else None,
        )

    def _own(self, life: Panel, twin: Panel, run: str) -> dict[str, np.ndarray]:
        """Outcomes of one's own, if there are any: float64[times] by name."""
        return self.sweep.own.read(life, twin, self.sweep.rows, run) if self.sweep.own else {}

    def _live(self, arm: Arm, seed: int, traits: np.recarray | None = None) -> Panel:
        """One life, as far as it is read; outcomes of one's own may read all of it.

        Args:
            arm: with a group or without.
            seed: of the life.
            traits: of the twin, who is the same people; None if they are not made yet.
        """
        values = {**arm.values, "run.seed": seed}
        if not self.sweep.own:
            return live_looked(values, self._tie_years, self.sweep.outcomes, self._room, traits)
        panel = live_panel(values, self._tie_years)
        # Several runs share a world: nothing that reads it may change it.
        for array in (*panel.people.values(), *panel.weeks.values(), panel.traits, panel.tie_sum, panel.friends):
            array.flags.writeable = False
        return panel

    def _twin(self, twin: Arm, seed: int) -> Panel:
        """A world without a group, lived by whoever needs it first."""
        key = (twin.life_digest, seed)
        with self._lock:
            mine = key not in self._twins
            kept = self._twins.setdefault(key, Future())
            self._twins.move_to_end(key)
        if mine:
            try:
                panel = self._live(twin, seed)
            except BaseException as error:
                kept.set_exception(error)
                with self._lock:
                    del self._twins[key]  # with the error would stay all that was at hand when it came about
            else:
                with self._lock:
                    kept.set_result(panel)
                    self._remembered += _size(panel)
                self._forget()
        return kept.result()

    def _forget(self) -> None:
        """Let the worlds go that have not been asked for longest, if there are too many to remember."""
        with self._lock:
            for key, kept in list(self._twins.items()) if self._remembered > REMEMBERED_BYTES else ():
                if self._remembered <= REMEMBERED_BYTES:
                    break
                if kept.done():
                    del self._twins[key]
                    self._remembered -= _size(kept.result())

    def _nothing(self, error: Exception) -> Lived:
        words = " ".join(f"{type(error).__name__}: {error}".split())[:LONGEST_ERROR]
        return Lived(words, np.zeros((0,)), {})


def try_own_outcomes(sweep: Sweep) -> None:
    """Read outcomes of one's own off a small town, so that a mistake shows before hours are spent.

    Raises:
        OwnOutcomeError: if one breaks off, or gives no number.
    """
    if sweep.own is None:
        return
    name = "people.residents"
    small = tuple(replace(arm, values={**arm.values, name: min(arm.values[name], SMALL_TOWN)}) for arm in sweep.arms)
    try:
        Lives(replace(sweep, arms=small)).unit(Unit(0, sweep.seeds[0]))
    except OwnOutcomeError as problem:
        raise OwnOutcomeError(f"{problem} (tried on a small town; nothing was written)") from problem


def _size(panel: Panel) -> int:
    """Bytes that a world takes in memory, its parameters and what Python needs to hold it included."""
    arrays = (*panel.people.values(), *panel.weeks.values(), panel.traits, panel.tie_sum, panel.friends, panel.nearest)
    return sum(array.nbytes for array in arrays) + BYTES_BESIDE_ARRAYS
