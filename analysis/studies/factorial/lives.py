"""Every cell of a factorial lived on the same people with the same luck, and what is kept of each town.

Who ever came, and who is a regular, depends on the cell: two cells may differ because other people come, not because
the same people fare differently. So there is also a stratum that no cell can change: people whom every cell would take,
who lived there as the group opened and still do (moving has nothing to do with the group), whether they came or not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from analysis.compare.arms import Arm
from analysis.compare.broken import keeping
from analysis.compare.comparison import life_of, live_panels
from analysis.compare.outcomes import OUTCOME, POPULATIONS, SHORTEST_AFTER, WINDOW, before_row, first_look, members_of
from analysis.compare.panel import EVERY, Panel

MAIN = ("isolation", "stigma", "understanding", "coping", "distress", "episodes", "told_outside")
JOINED, REGULARS, SAME, GROUP = "joined", "regulars", "same", "group"
STRATA = {
    JOINED: POPULATIONS[JOINED],
    REGULARS: POPULATIONS[REGULARS],
    SAME: "whom every cell would take, there since the opening",
    GROUP: "the group itself",
}
ONE_STRATUM = "the same people in every cell, whether they came or not"
DEPENDS = "depends on the cell: other people may come"
Progress = Callable[[int, int], None]


class Reading(NamedTuple):
    """One thing that is read off every cell.

    Attributes:
        stratum: a key of STRATA.
        name, label, unit: of the outcome, or of a measure of the group.
    """

    stratum: str
    name: str
    label: str
    unit: str


GROUP_READINGS = (
    Reading(GROUP, "open", "groups still open", "share"),
    Reading(GROUP, "attendance", "people at a meeting", "people"),
)
READINGS = (
    *(Reading(s, name, OUTCOME[name].label, OUTCOME[name].unit) for s in (JOINED, REGULARS, SAME) for name in MAIN),
    *GROUP_READINGS,
)


def place_of(stratum: str, name: str) -> int:
    """The place of a reading in READINGS."""
    return next(k for k, one in enumerate(READINGS) if (one.stratum, one.name) == (stratum, name))


@dataclass(frozen=True)
class Lived:
    """All towns.

    Attributes:
        count: float64[runs, cells, READINGS], people (or groups: 0 or 1) with a value.
        total: float64[runs, cells, READINGS], sum over them of the difference, with the group minus without; of the
            group itself, of the measure.
    """

    count: np.ndarray
    total: np.ndarray

    @property
    def runs(self) -> int:
        """How many towns."""
        return len(self.count)


def live_cells(
    cells: Sequence[Arm], seeds: Iterable[int], *, threads: int | None = None, progress: Progress | None = None
) -> Lived:
    """Live every cell, and the twin without a group once for all of them, on the same seeds.

    Args:
        cells: of one factorial, all with a group; looked at when their run ends.
        seeds: one for each town.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with (lives lived, lives in all).

    Returns:
        All towns. Stopped with Ctrl-C, or when a life breaks off (with a warning that says which), those that were
        finished, if there are any.

    Raises:
        BrokeOff: if a life of the first town breaks off.
    """
    parts: list[tuple[np.ndarray, ...]] = []
    lived = live_panels(cells, seeds, tie_years=(), threads=threads, progress=progress)
    with keeping(lambda: len(parts)), closing(lived):
        for _, panels in lived:
            twins = [life_of(cell.twin, panels) for cell in cells]
            same = same_people(cells, twins[0])
            read = [read_off(life_of(cell, panels), twin, same) for cell, twin in zip(cells, twins, strict=True)]
            parts.append(tuple(np.stack(column) for column in zip(*read, strict=True)))
    return Lived(*(np.stack(column) for column in zip(*parts, strict=True)))


def same_people(cells: Sequence[Arm], twin: Panel) -> np.ndarray:
    """bool[n]: whom every cell would take, there as the group opens and at the last look."""
    taken = [replace(twin, values=cell.values).eligible for cell in cells]
    there = (first_look(twin) == 0) & twin.people["resident"][-1]
    return there & np.all(taken, axis=0)


def read_off(life: Panel, twin: Panel, same: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Counts and totals of one cell of one town, a number for each of READINGS."""
    row = life.rows - 1
    since_coming = np.maximum(before_row(life, row), row - WINDOW)
    own = _differences(life, twin, row, since_coming)
    # Over the same time for everybody, whenever and whether they came: the cell decides nothing about whom or when.
    alike = _differences(life, twin, row, None)
    strata = ((own, members_of(JOINED, life, row)), (own, members_of(REGULARS, life, row)), (alike, same))
    values = [difference[o, mask] for difference, mask in strata for o in range(len(MAIN))]
    values += [np.array([_is_open(life, row)]), _people_at_a_meeting(life, row)]
    count = np.array([(~np.isnan(some)).sum() for some in values], float)
    return count, np.array([np.nansum(some) for some in values])


def _differences(life: Panel, twin: Panel, row: int, since: np.ndarray | None) -> np.ndarray:
    """float64[MAIN, n]: everybody's paired differences; NaN where there is none."""
    return np.stack(
        [OUTCOME[name].at(life, row, since, SHORTEST_AFTER) - OUTCOME[name].at(twin, row, since, SHORTEST_AFTER)
         for name in MAIN]
    )  # fmt: skip


def _is_open(life: Panel, row: int) -> float:
    return float(life.weeks["open"][row * EVERY - 1])


def _people_at_a_meeting(life: Panel, row: int) -> np.ndarray:
    """The mean over all meetings so far, also of a group that has closed since; empty if it never met."""
    meetings, there = (life.weeks[name][: row * EVERY].sum() for name in ("meetings", "attendances"))
    return np.array([there / meetings] if meetings else [])
