"""The tables of a chunk: runs, groups, effects, and weeks and people if they are kept.

Every table begins with point, seed and arm, in the order in which the sweep lives them. The same
lives give the same bytes: nothing of the time or the machine goes into a table.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.compare.outcomes import GROUP_MEASURES, OUTCOME, UPWARDS
from analysis.compare.paired import SUMS
from analysis.compare.panel import EVERY, FROM_WEEKS
from analysis.results.arrow import coded, text, to_arrow
from analysis.results.columns import Column, table_of, write_table
from analysis.studies.sweep.lives import OF_TWIN, Lived
from analysis.studies.sweep.plan import Sweep, Unit
from sim.state import CLOSED_NAMES
from sim.state import WEEKS as WEEK_FIELDS

MOVES_WITH = b"moves_with"  # in the metadata of a column of points: the parameter at whose place this one always is
WORLDS = {"before": "before first coming", "life": "with the group", "twin": "without the group"}
_S = {name: k for k, name in enumerate(SUMS)}


class Row(NamedTuple):
    """One arm at one point with one seed."""

    unit: Unit
    arm: int
    lived: Lived


def tables(sweep: Sweep, units: Sequence[Unit], kept: Iterable[Sequence[Lived]]) -> dict[str, pa.Table]:
    """The tables of some units.

    Args:
        sweep: which sweep.
        units: in order.
        kept: for each unit what ``Lives.unit`` gave.

    Returns:
        Tables by name.
    """
    rows = [Row(unit, a, arm) for unit, arms in zip(units, kept, strict=True) for a, arm in enumerate(arms)]
    lived = [row for row in rows if not row.lived.error]
    made = {"runs": _runs(sweep, rows), "groups": _groups(sweep, lived), "effects": _effects(sweep, lived)}
    if "weeks" in sweep.keep:
        made["weeks"] = _weeks(sweep, lived)
    if "people" in sweep.keep:
        made["people"] = _people(sweep, lived)
    return {name: table_of(columns) for name, columns in made.items()}


def points_table(sweep: Sweep) -> pa.Table:
    """The points of a sweep: the values of what is varied, and where each stands in the design."""
    columns = [Column("point", "number", "number of the point in the design", np.arange(len(sweep.points)))]
    columns += [_parameter(sweep, k, [point[k] for point in sweep.points]) for k in range(len(sweep.names))]
    if sweep.positions is not None:
        for k, name in enumerate(sweep.leads):
            meaning = f"where the design placed {name}, between its lowest and highest value"
            columns.append(Column(f"{name} (position)", "0-1", meaning, sweep.positions[:, k]))
    table = table_of(columns)
    for factor in sweep.factors:
        if factor.moves_with:
            k = table.column_names.index(factor.name)
            field = table.field(k)
            said = field.with_metadata({**field.metadata, MOVES_WITH: factor.moves_with})
            table = table.set_column(k, said, table.column(k))
    return table


def to_bytes(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    buffer = io.BytesIO()
    write_table(table, buffer)
    return buffer.getvalue()


def files_of(sweep: Sweep, units: Sequence[Unit], kept: Iterable[Sequence[Lived]]) -> dict[str, bytes]:
    """The files of a chunk by name of the table; arguments as for ``tables``."""
    return {name: to_bytes(table) for name, table in tables(sweep, units, kept).items()}


def _runs(sweep: Sweep, rows: Sequence[Row]) -> list[Column]:
    closed = np.array([row.lived.closed_week for row in rows], np.int64)
    return [
        *_heading(sweep, rows),
        *(_parameter(sweep, k, [sweep.points[row.unit.point][k] for row in rows]) for k in range(len(sweep.names))),
        Column("error", "words", "why nothing is known of this run; missing if all went well",
               text([row.lived.error or None for row in rows])),
        Column("closed_week", "week", "week in which the group closed; missing if it went on",
               to_arrow(closed, None if (closed >= 0).all() else closed >= 0)),
        Column("closed_reason", "words", "why the group closed",
               coded(np.array([row.lived.closed_reason for row in rows]), CLOSED_NAMES)),
    ]  # fmt: skip


def _groups(sweep: Sweep, rows: Sequence[Row]) -> list[Column]:
    times = len(sweep.rows)
    found = [*_heading(sweep, rows, times), _weeks_looked(sweep, len(rows), 1)]
    for name, (meaning, unit) in GROUP_MEASURES.items():
        words = "1 while the group is open, 0 after it closed" if name == "open" else meaning
        found.append(Column(name, unit, words, _joined([row.lived.group[name] for row in rows])))
    for own in sweep.own.outcomes if sweep.own else ():
        values = _joined([row.lived.group[own.name] for row in rows])
        found.append(Column(own.name, own.unit, own.meaning, values))
    return found


def _effects(sweep: Sweep, rows: Sequence[Row]) -> list[Column]:
    populations, times, outcomes = len(sweep.populations), len(sweep.rows), len(sweep.outcomes)
    each = populations * times * outcomes
    # From [rows, populations, times, outcomes] to a row for each, ordered by time first.
    sums = (
        np.stack([row.lived.sums for row in rows]) if rows else np.zeros((0, populations, times, outcomes, len(SUMS)))
    )
    sums = sums.transpose(0, 2, 1, 3, 4).reshape(-1, len(SUMS))
    population = np.tile(np.repeat(np.arange(populations), outcomes), len(rows) * times)
    outcome = np.tile(np.arange(outcomes), len(rows) * times * populations)

    def mean(of: str, over: str) -> np.ndarray:
        people = sums[:, _S[over]]
        return np.divide(sums[:, _S[of]], people, out=np.full(len(sums), np.nan), where=people > 0)

    def deviation(of: str) -> np.ndarray:
        return np.sqrt(np.maximum(mean(f"{of}_squared", "people") - mean(of, "people") ** 2, 0.0))

    unit = "unit of the outcome"
    figures = (
        ("life", unit, "mean with the group", mean("life", "people")),
        ("twin", unit, "mean of the same people without the group", mean("twin", "people")),
        ("difference", unit, "mean with the group minus without: the effect of the group",
         mean("difference", "people")),
        ("life_sd", unit, "standard deviation over people, with the group", deviation("life")),
        ("twin_sd", unit, "standard deviation over people, without the group", deviation("twin")),
        ("difference_sd", unit, "standard deviation over people of this difference", deviation("difference")),
        ("before", unit, "mean before first coming", mean("before", "with_before")),
        ("life_change", unit, "mean change since before first coming, with the group",
         mean("life_change", "with_before")),
        ("twin_change", unit, "mean change over the same time, without the group", mean("twin_change", "with_before")),
        ("gained", "share", f"of people, lower than their twin; {UPWARDS}: higher", mean("gained", "people")),
        ("lost", "share", f"of people, higher than their twin; {UPWARDS}: lower", mean("lost", "people")),
    )  # fmt: skip
    outcomes_in_words = "; ".join(f"{name}: {OUTCOME[name].label} ({OUTCOME[name].unit})" for name in sweep.outcomes)
    return [
        *_heading(sweep, rows, each),
        _weeks_looked(sweep, len(rows), populations * outcomes),
        Column("population", "words", "whose outcome", coded(population, sweep.populations)),
        Column("outcome", "words", f"what is compared: {outcomes_in_words}", coded(outcome, sweep.outcomes)),
        Column("people", "people", "how many people have a value in both worlds", _whole(sums[:, _S["people"]])),
        Column("with_before", "people", "how many people have a value in both worlds and one before first coming",
               _whole(sums[:, _S["with_before"]])),
        *(Column(*figure) for figure in figures),
    ]  # fmt: skip


def _weeks(sweep: Sweep, rows: Sequence[Row]) -> list[Column]:
    total = sweep.arms[0].values["run.weeks"]
    fields = {field.name: field for field in WEEK_FIELDS}
    week = np.tile(np.arange(total), len(rows))
    found = [*_heading(sweep, rows, total), Column("week", "week", "week, counted from the opening of the group", week)]
    for name in (*FROM_WEEKS, *(f"twin_{name}" for name in OF_TWIN)):
        field = fields[name.removeprefix("twin_")]
        meaning = f"{field.meaning}, without the group" if name.startswith("twin_") else field.meaning
        values = _joined([(row.lived.weeks or {})[name].astype(float) for row in rows])
        found.append(Column(name, field.unit, meaning, values))
    return found


def _people(sweep: Sweep, rows: Sequence[Row]) -> list[Column]:
    kept = [row.lived.people or {} for row in rows]
    counts = [len(people["id"]) for people in kept]

    def column(name: str) -> np.ndarray:
        return _joined([people[name] for people in kept])

    looked = np.array(sweep.weeks_looked, np.int64)[column("horizon").astype(int)]
    since = column("since_weeks").astype(float)
    found = [
        *_heading(sweep, rows, np.array(counts, np.int64)),
        Column("week", "week", "when was looked, since the opening of the group", looked),
        Column("id", "number", "the person, the same in every arm of a seed", _whole(column("id"))),
        Column("regular", "yes/no", "whether she or he was a regular then", column("regular").astype(bool)),
        Column("since_weeks", "weeks", "weeks since first coming to the group", since),
    ]
    for name in sweep.outcomes:
        outcome = OUTCOME[name]
        for world, words in WORLDS.items():
            meaning = f"{outcome.label}, {words}"
            found.append(Column(f"{name}_{world}", outcome.unit, meaning, column(f"{name}_{world}")))
    return found


def _heading(sweep: Sweep, rows: Sequence[Row], each: int | np.ndarray = 1) -> list[Column]:
    """Point, seed and arm, each as often as a row has lines."""

    def repeated(values: list[int]) -> np.ndarray:
        return np.repeat(np.array(values, np.int64), each)

    return [
        Column("point", "number", "number of the point in the design", repeated([row.unit.point for row in rows])),
        Column("seed", "number", "seed: the same people, lives and luck at every point and in every arm",
               repeated([row.unit.seed for row in rows])),
        Column("arm", "words", "arm of the sweep",
               coded(repeated([row.arm for row in rows]), [arm.name for arm in sweep.arms])),
    ]  # fmt: skip


def _weeks_looked(sweep: Sweep, rows: int, each: int) -> Column:
    weeks = np.tile(np.repeat(np.array(sweep.weeks_looked, np.int64), each), rows)
    return Column("week", "week", f"when was looked, since the opening of the group (to {EVERY} weeks)", weeks)


def _parameter(sweep: Sweep, k: int, values: Sequence[Any]) -> Column:
    """A parameter that is varied, as a column; weekdays as text."""
    p = sweep.factors[k].parameter
    meaning = " ".join(p.meaning.split())
    if p.kind is list:
        return Column(p.dotted, p.unit, meaning, text([",".join(map(str, value)) for value in values]))
    kind = {bool: bool, int: np.int64, float: np.float64}[p.kind]
    return Column(p.dotted, p.unit, meaning, np.array(values, kind))


def _whole(values: np.ndarray) -> np.ndarray:
    return values.astype(np.int64)


def _joined(parts: Sequence[np.ndarray]) -> np.ndarray:
    """The values of all rows one after the other; of no rows, none."""
    return np.concatenate(parts) if parts else np.zeros(0)
