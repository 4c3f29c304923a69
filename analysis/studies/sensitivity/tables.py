# ruff: noqa: E501 - declarations of columns
"""Tables of a sensitivity analysis, with units and meanings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analysis.results.arrow import text, to_arrow
from analysis.studies.sensitivity.discovery import Region
from analysis.studies.sensitivity.indices import Indices
from analysis.studies.sensitivity.response import Response, axis_of
from analysis.studies.sensitivity.share import Share
from sim.parameters import PARAMETERS

Column = tuple[str, str, str, list | np.ndarray]


def points(response: Response) -> pa.Table:
    """A row for each point: parameters, the effect with its error, and the three figures."""
    unit = response.reading.unit
    columns: list[Column] = [("point", "number", "number of the point in the design", np.arange(len(response.values)))]
    for name in response.names:
        values, words = axis_of(name, response.columns[name])
        shown = values if words is None else [words[int(v)] for v in values]
        columns.append((name, PARAMETERS[name].unit, " ".join(PARAMETERS[name].meaning.split()), shown))
    columns += [
        ("value", unit, response.reading.words, response.values),
        ("error", unit, f"{response.reading.words}; standard error over seeds", response.errors),
    ]
    meanings = {"life_change": "mean change since before first coming, with the group",
                "twin_change": "mean change over the same time, without the group",
                "difference": "mean of life less twin: the effect of the group"}  # fmt: skip
    columns += [(name, unit, meanings[name], values) for name, values in response.three.items()]
    return _table(columns)


def each(found: Indices, unit: str) -> pa.Table:
    """A row for each parameter, the one that matters most first."""
    morris = found.kind == "morris"
    of = unit if morris else "share of variance"
    said = (
        ("mean effect of moving it through its range (mu)", "mean size of these effects (mu*)")
        if morris
        else ("variance explained alone (first order)", "variance explained with all it takes part in (total)")
    )
    columns: list[Column] = [
        ("parameter", "words", "parameter, by its dotted name", [index.name for index in found.each]),
        ("main", of, said[0], np.array([index.main for index in found.each])),
        (
            "main_error",
            of,
            f"{said[0]}; half-width of the 95 % interval",
            np.array([index.main_error for index in found.each]),
        ),
        ("total", of, said[1], np.array([index.total for index in found.each])),
        (
            "total_error",
            of,
            f"{said[1]}; half-width of the 95 % interval",
            np.array([index.total_error for index in found.each]),
        ),
    ]
    if morris:
        sigma = np.array([index.spread for index in found.each])
        columns.append(("sigma", of, "standard deviation of these effects: interaction, or a curve", sigma))
    return _table(columns)


def together(found: Indices) -> pa.Table:
    """A row for each pair of parameters, the strongest first."""
    return _table([
        ("one", "words", "one parameter of the pair", [pair.one for pair in found.together]),
        ("other", "words", "the other parameter of the pair", [pair.other for pair in found.together]),
        ("share", "share of variance", "variance explained together, beyond what each explains alone (second order)",
         np.array([pair.share for pair in found.together])),
        ("error", "share of variance", "variance explained together; half-width of the 95 % interval", 
         np.array([pair.error for pair in found.together])),
    ])  # fmt: skip


def settling(found: Indices) -> pa.Table:
    """The totals from growing parts of the design."""
    rows = [(blocks, index.name, total) for blocks, totals in found.convergence
            for index, total in zip(found.each, totals, strict=True)]  # fmt: skip
    return _table([
        ("parts", "number", "trajectories, or base points, that were used", np.array([row[0] for row in rows], np.int64)),
        ("parameter", "words", "parameter, by its dotted name", [row[1] for row in rows]),
        ("total", "as in the table indices", "total index, or mu*", np.array([row[2] for row in rows])),
    ])  # fmt: skip


def regions(found: list[Region]) -> pa.Table:
    """The regions of scenario discovery."""
    return _table([
        ("where", "words", "conditions that bound the region", [region.where for region in found]),
        ("points", "number", "points in the region", np.array([region.points for region in found], np.int64)),
        ("fails", "share", "share of the points in the region at which the claim does not hold", np.array([region.fails for region in found])),
        ("of_all", "share", "share of all points at which the claim does not hold that lie in the region", 
         np.array([region.of_all for region in found])),
    ])  # fmt: skip


def share(found: Share, claim: str) -> pa.Table:
    """The share of space in which a claim holds."""
    figures = (
        ("share", "share of points whose mean paired effect passes", found.share),
        ("low", "share of points that pass; lower end of the 95 % interval (Wilson)", found.low),
        ("high", "share of points that pass; upper end of the 95 % interval (Wilson)", found.high),
        ("surely", "share of points whose own 95 % interval over seeds passes as a whole", found.surely),
        (
            "surely_not",
            "share of points whose own 95 % interval over seeds lies beyond the threshold",
            found.surely_not,
        ),
    )
    return _table([
        ("claim", "words", "claim that was asked about", [claim]),
        *((name, "share", meaning, np.array([value])) for name, meaning, value in figures),
        ("points", "number", "points with a value", np.array([found.points], np.int64)),
        ("unknown", "number", "points without a value", np.array([found.unknown], np.int64)),
    ])  # fmt: skip


def _table(columns: list[Column]) -> pa.Table:
    fields, arrays = [], []
    for name, unit, meaning, values in columns:
        if isinstance(values, list):
            array = text(values)
        elif values.dtype.kind == "f":
            known = ~np.isnan(values)
            array = to_arrow(np.where(known, values, 0.0), None if known.all() else known)
        else:
            array = to_arrow(values.astype(np.int64))
        arrays.append(array)
        fields.append(pa.field(name, array.type, metadata={"unit": unit, "meaning": meaning}))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))
