"""The tables of a run as NumPy arrays, shaped for drawing."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple, SupportsIndex

import numpy as np
import pyarrow as pa

from analysis.results.arrow import to_numpy
from analysis.studies.run.study import Run
from analysis.studies.run.tables import tie_weeks
from sim.relations import WEEKS_IN_YEAR
from sim.state import EVENT_NAMES, FORMER, MEMBER, STATUS_NAMES


def array(table: pa.Table, name: str) -> np.ndarray:
    """One column; numbers that are missing become NaN."""
    return to_numpy(table.column(name))


class Snapshot(NamedTuple):
    """Ties above zero after so many weeks lived: of persons to others, each int64[k], float64[k]."""

    lived: int
    persons: np.ndarray
    others: np.ndarray
    ties: np.ndarray


class Arrays:
    """What figures and summary need to know about a run.

    Attributes:
        run: the run.
        weeks: weeks in all, counted from the opening.
        week, person, status: for each row of the people table without the baseline: int64[rows]
            (``person`` is a row of ``ids``, ``status`` a code of ``sim.state``).
        ids: int64[n], everybody's id.
    """

    def __init__(self, run: Run) -> None:
        """Look at a run; nothing is copied that need not be."""
        self.run = run
        self.weeks = run.weeks
        people = run.people
        week = array(people, "week")
        self._people = people.slice(int((week < 0).sum()))  # the table is in the order of weeks
        self.week = array(self._people, "week")
        self.ids = array(run.tables["traits"], "id")
        order = np.argsort(self.ids)
        self.person = order[np.searchsorted(self.ids, array(self._people, "id"), sorter=order)]
        words = self._people.column("status").combine_chunks()
        code_of = np.array([STATUS_NAMES.index(name) for name in words.dictionary.to_pylist()])
        self.status = code_of[to_numpy(pa.chunked_array([words.indices]))]

    def of_people(self, name: str) -> np.ndarray:
        """A column of the people table, without the baseline."""
        return array(self._people, name)

    def of_weeks(self, name: str) -> np.ndarray:
        """A column of the table of weeks: [weeks]."""
        return array(self.run.tables["weeks"], name)

    @cached_property
    def is_member(self) -> np.ndarray:
        """For each row of people: whether a member at the end of the week."""
        return self.status == MEMBER

    @cached_property
    def has_come(self) -> np.ndarray:
        """For each row of people: whether a member or a former member."""
        return self.is_member | (self.status == FORMER)

    @cached_property
    def came(self) -> np.ndarray:
        """Rows of ``ids`` of all who ever came, in the order of first coming: int64[m]."""
        who, first = np.unique(self.person[self.has_come], return_index=True)
        return who[np.argsort(self.week[self.has_come][first], kind="stable")]

    @property
    def had_group(self) -> bool:
        """Whether there was a group at all."""
        return bool(self.run.values["group.exists"])

    def happened(self, kind: SupportsIndex) -> np.ndarray:
        """Weeks of the group's story in which this happened."""
        story = self.run.tables["story"]
        weeks: np.ndarray = array(story, "week")[array(story, "event") == EVENT_NAMES[kind.__index__()]]
        return weeks

    @cached_property
    def closed_week(self) -> int | None:
        """Week of the closing; None if the group went on, or never was."""
        is_open = self.of_weeks("open").astype(bool)
        if not self.had_group or is_open[-1]:
            return None
        return int(np.flatnonzero(is_open)[-1]) + 1 if is_open.any() else 0

    @cached_property
    def snapshots(self) -> list[Snapshot]:
        """Ties at chosen times; persons are rows of ``ids``."""
        table = self.run.tables["ties"]
        order = np.argsort(self.ids)
        one, other = (
            order[np.searchsorted(self.ids, array(table, name), sorter=order)] for name in ("person", "other")
        )
        week, tie = array(table, "week"), array(table, "tie")
        found = []
        for lived in tie_weeks(self.weeks):
            here = week == lived - 1
            found.append(Snapshot(lived, one[here], other[here], tie[here]))
        return found


def years(week: np.ndarray | float) -> np.ndarray:
    """Weeks as years."""
    return np.asarray(week) / WEEKS_IN_YEAR


def quantiles_by_week(
    week: np.ndarray, values: np.ndarray, weeks: int, shares: tuple[float, ...]
) -> tuple[np.ndarray, np.ndarray]:
    """Quantiles over people for each week, all weeks at once.

    Args:
        week: int64[rows], the week of each value.
        values: float64[rows].
        weeks: number of weeks.
        shares: which quantiles, such as 0.5 for the median.

    Returns:
        float64[shares, weeks] (NaN in weeks without any value) and int64[weeks], how many values.
    """
    count = np.bincount(week, minlength=weeks)
    start = np.concatenate([[0], np.cumsum(count)[:-1]])
    in_order = np.concatenate([values[np.lexsort((values, week))], [np.nan]])
    found = np.full((len(shares), weeks), np.nan)
    some = count > 0
    for row, share in enumerate(shares):
        place = share * (count[some] - 1)
        low = np.floor(place).astype(np.int64)
        high = np.minimum(low + 1, count[some] - 1)
        below, above = in_order[start[some] + low], in_order[start[some] + high]
        found[row, some] = below + (place - low) * (above - below)
    return found, count


def rolling_ratio(top: np.ndarray, bottom: np.ndarray, window: int, shown: np.ndarray) -> np.ndarray:
    """Sum of ``top`` over sum of ``bottom`` in the last weeks.

    Args:
        top: float64[weeks]; NaN counts as nothing.
        bottom: float64[weeks].
        window: how many weeks back; the first full window is the first value, unless the run is
            hardly longer than that.
        shown: bool[weeks], where a value is wanted, so that a line ends with the group.

    Returns:
        float64[weeks], NaN where there is none.
    """
    weeks = len(top)
    first = np.maximum(np.arange(1, weeks + 1) - window, 0)

    def summed(values: np.ndarray) -> np.ndarray:
        total = np.concatenate([[0.0], np.cumsum(np.nan_to_num(values))])
        result: np.ndarray = total[1:] - total[first]
        return result

    below = summed(bottom)
    full = (np.arange(weeks) >= window - 1) | (weeks < 2 * window)
    result = np.full(weeks, np.nan)
    np.divide(summed(top), below, out=result, where=(below > 0.5) & shown & full)
    return result
