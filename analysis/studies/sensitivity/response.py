"""One number for each point of a sweep: the effect of the group on one outcome, over all seeds.

As everywhere, an effect is a ratio of sums over runs: people weigh alike, whatever run they lived in.
Seeds are the independent units. The two other figures that belong beside a paired difference, the
change with the group and the change of the twin, are worked out with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow.compute as pc

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME
from analysis.results.arrow import to_numpy
from analysis.results.loading import Results
from analysis.studies.sweep.status import named_runs
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR

THREE = ("life_change", "twin_change", "difference")  # always shown together
HEADING = ("point", "seed", "arm", "week")  # of every table
OVER = {"life_change": "with_before", "twin_change": "with_before", "difference": "people"}


@dataclass(frozen=True)
class PointReading:
    """What is read off every run.

    Attributes:
        arm: which arm.
        outcome: of a person (then the paired difference is read), or a measure of the group.
        population: whose outcome; empty for a measure of the group.
        week: when, since the opening.
        meaning, measured_in: of an outcome of one's own, from the sweep; else empty.
    """

    arm: str
    outcome: str
    population: str
    week: int
    meaning: str = ""
    measured_in: str = ""

    @property
    def of_group(self) -> bool:
        """Whether this is a number of the run as a whole: a measure of the group, or an outcome of one's own."""
        return self.outcome in GROUP_MEASURES or bool(self.meaning)

    @property
    def unit(self) -> str:
        """What it is measured in."""
        if self.meaning:
            return self.measured_in
        return GROUP_MEASURES[self.outcome][1] if self.of_group else OUTCOME[self.outcome].unit

    @property
    def words(self) -> str:
        """In words."""
        when = f"after {self.week / WEEKS_IN_YEAR:.3g} years, {self.arm}"
        if self.meaning:
            return f"{self.meaning}, {when}"
        if self.of_group:
            return f"{GROUP_MEASURES[self.outcome][0]}, {when}"
        whom = {"eligible": "all eligible", "joined": "all who ever came", "regulars": "regulars"}[self.population]
        return f"effect on {OUTCOME[self.outcome].label}, {whom}, {when}"


@dataclass(frozen=True)
class Response:
    """A number for each point.

    Attributes:
        reading: what it is.
        names: what was varied, dotted names.
        columns: [points] for each name: the values; numbers where they are numbers, else text.
        said: for each name its unit and its meaning, as the sweep has them.
        values: float64[points]: the effect; NaN where there is nobody.
        errors: float64[points]: its standard error over seeds; NaN with fewer than two seeds.
        three: float64[points] for each of THREE; empty for a measure of the group.
        counts, totals: float64[points, seeds]: people, and the sum of what is read, for pooling.
        seeds: how many seeds had a row.
        broken_off: runs left out because they broke off.
        named: the first of these, in words.
    """

    reading: PointReading
    names: list[str]
    columns: dict[str, np.ndarray]
    said: dict[str, tuple[str, str]]
    values: np.ndarray
    errors: np.ndarray
    three: dict[str, np.ndarray]
    counts: dict[str, np.ndarray]
    totals: dict[str, np.ndarray]
    seeds: int
    broken_off: int
    named: tuple[str, ...] = ()

    @property
    def known(self) -> np.ndarray:
        """bool[points]: where there is a value."""
        return ~np.isnan(self.values)

    @property
    def share_of_luck(self) -> float:
        """How much of the variance between points is luck that more seeds would take away; NaN if unknown."""
        known = self.known & ~np.isnan(self.errors)
        points, seeds = int(known.sum()), self.counts["difference"].shape[1]
        between = float(self.values[known].var(ddof=1)) if points > 1 else 0.0
        if not between > 0:
            return float("nan")
        counts, totals = self.counts["difference"][known], self.totals["difference"][known]
        influence = (totals - self.values[known, None] * counts) / counts.mean(axis=1, keepdims=True)
        # Seeds are the same at every point: what they move everywhere alike tells no point from another.
        own = influence - influence.mean(axis=0)
        luck = (own**2).sum() / (seeds * (seeds - 1) * (points - 1))
        return min(float(luck) / between, 1.0)


def reading_of(
    results: Results, arm: str | None, outcome: str | None, population: str | None, years: float | None
) -> PointReading:
    """What to read, from what was asked for and what the sweep holds; the first, and the last time, by default.

    Raises:
        Problem: if the sweep does not hold it, naming what it holds.
    """
    words = {column.name: column.values for column in results.columns("effects")}
    groups = results.read("groups", columns=["week"])
    weeks = sorted(set(to_numpy(groups.column("week")).tolist()))
    if not weeks:
        raise Problem(f"{results.folder}: every run broke off; see the column `error` of the table runs")
    own = {
        column.name: column for column in results.columns("groups") if column.name not in (*HEADING, *GROUP_MEASURES)
    }
    outcomes = [*words["outcome"], *GROUP_MEASURES, *own]
    chosen = {
        "--arm": (arm, list(words["arm"])),
        "--outcome": (outcome, outcomes),
        "--population": (population, list(words["population"])),
    }
    for option, (wanted, there) in chosen.items():
        if wanted is not None and wanted not in there:
            raise Problem(f"{option}: found {wanted!r}; this sweep holds {', '.join(there)}")
    week = weeks[-1]
    if years is not None:
        week = min(weeks, key=lambda w: abs(w - years * WEEKS_IN_YEAR))
        if abs(week - years * WEEKS_IN_YEAR) > 4:
            held = ", ".join(f"{w / WEEKS_IN_YEAR:.3g}" for w in weeks)
            raise Problem(f"--year: found {years:g}; this sweep looked after {held} years")
    name = outcome or outcomes[0]
    arm = arm or words["arm"][0]
    if name in own:
        return PointReading(arm, name, "", week, own[name].meaning, own[name].unit)
    return PointReading(arm, name, "" if name in GROUP_MEASURES else population or words["population"][0], week)


def respond(results: Results, reading: PointReading) -> Response:
    """Reduce a sweep to a number for each point.

    Args:
        results: of a sweep.
        reading: what to read.
    """
    points = results["points"]
    count = points.num_rows
    at = (pc.field("arm") == reading.arm) & (pc.field("week") == reading.week)
    if reading.of_group:
        table = results.read("groups", ["point", "seed", reading.outcome], at)
        sums = {"difference": to_numpy(table.column(reading.outcome)).astype(float)}
        people = {"people": (~np.isnan(sums["difference"])).astype(float)}
        figures: Sequence[str] = ("difference",)
    else:
        at = at & (pc.field("population") == reading.population) & (pc.field("outcome") == reading.outcome)
        table = results.read("effects", ["point", "seed", "people", "with_before", *THREE], at)
        people = {name: to_numpy(table.column(name)).astype(float) for name in ("people", "with_before")}
        sums = {name: to_numpy(table.column(name)) * people[OVER[name]] for name in THREE}
        figures = THREE
    point = to_numpy(table.column("point"))
    seeds, which = np.unique(to_numpy(table.column("seed")), return_inverse=True)
    place = (point, which)

    def spread_out(column: np.ndarray) -> np.ndarray:
        grid = np.zeros((count, len(seeds)))
        grid[place] = np.nan_to_num(column)
        return grid

    counts = {name: spread_out(people[OVER[name]]) for name in figures}
    totals = {name: spread_out(sums[name]) for name in figures}
    found = {name: pooled(counts[name], totals[name]) for name in figures}
    values, errors = found["difference"]
    broken = results.read("runs", None, (pc.field("arm") == reading.arm) & pc.field("error").is_valid())
    itself = [field.name for field in points.schema if b"moves_with" not in (field.metadata or {})]
    names = [name for name in itself if name != "point" and not name.endswith("(position)")]
    said = {one.name: (one.unit, one.meaning) for one in results.columns("points") if one.name in names}
    return Response(
        reading, names, {name: to_numpy(points.column(name)) for name in names}, said, values, errors,
        {} if reading.of_group else {name: found[name][0] for name in THREE}, counts, totals, len(seeds),
        broken.num_rows, tuple(named_runs(broken)),
    )  # fmt: skip


def pooled(counts: np.ndarray, totals: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Mean over people and its standard error, seeds being the units.

    Args:
        counts: float64[..., seeds], people.
        totals: float64[..., seeds], sums over them.

    Returns:
        float64[...] each; NaN where there is nobody, and for the error with fewer than two seeds.
    """
    people, total = counts.sum(axis=-1), totals.sum(axis=-1)
    mean = np.divide(total, people, out=np.full(people.shape, np.nan), where=people > 0)
    n = counts.shape[-1]
    if n < 2:
        return mean, np.full(people.shape, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        influence = (totals - mean[..., None] * counts) / (people[..., None] / n)
        return mean, np.sqrt(influence.var(axis=-1, ddof=1) / n)


def positions_of(results: Results, names: Sequence[str]) -> np.ndarray | None:
    """float64[points, parameters] in the unit cube, as the design placed them; None if it did not."""
    points = results["points"]
    wanted = [f"{name} (position)" for name in names]
    if not all(name in points.column_names for name in wanted):
        return None
    return np.stack([to_numpy(points.column(name)) for name in wanted], axis=1)


def axis_of(column: np.ndarray) -> tuple[np.ndarray, list[str] | None]:
    """A parameter along an axis: numbers, and what to write at them where they are no numbers.

    Args:
        column: [points], its values.
    """
    if column.dtype.kind in "iuf":
        return column.astype(float), None
    words = list(dict.fromkeys(column.tolist()))
    return np.array([words.index(value) for value in column.tolist()], float), [_shown(word) for word in words]


def _shown(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool | np.bool_) else str(value)
