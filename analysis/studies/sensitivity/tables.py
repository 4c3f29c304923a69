# ruff: noqa: E501 - declarations of columns
"""Tables of a sensitivity analysis, with units and meanings."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from analysis.results.arrow import text
from analysis.results.columns import Column, table_of
from analysis.studies.sensitivity.discovery import Region
from analysis.studies.sensitivity.indices import Indices
from analysis.studies.sensitivity.response import Response, axis_of
from analysis.studies.sensitivity.share import ShareOfSpace

HALF_WIDTH = "half-width of the 95 % interval"


def points(response: Response) -> pa.Table:
    """A row for each point: parameters, the effect with its error, and the three figures."""
    unit = response.reading.unit
    number = np.arange(len(response.values))
    columns = [Column("point", "number", "number of the point in the design", number)]
    for name in response.names:
        values, words = axis_of(response.columns[name])
        shown = values if words is None else text([words[int(v)] for v in values])
        columns.append(Column(name, *response.said[name], shown))
    columns += [
        Column("value", unit, response.reading.words, response.values),
        Column("error", unit, f"{response.reading.words}; standard error over seeds", response.errors),
    ]
    meanings = {"life_change": "mean change since before first coming, with the group",
                "twin_change": "mean change over the same time, without the group",
                "difference": "mean with the group minus without: the effect of the group"}  # fmt: skip
    columns += [Column(name, unit, meanings[name], values) for name, values in response.three.items()]
    return table_of(columns)


def each(found: Indices, unit: str) -> pa.Table:
    """A row for each parameter, the one that matters most first."""
    morris = found.kind == "morris"
    of = unit if morris else "share of variance"
    said = ("variance that the parameter explains alone (first order)",
            "variance that the parameter explains with all it takes part in (total)")  # fmt: skip
    if morris:
        said = ("mean effect of moving the parameter through its range (mu)",
                "mean size of the effects of moving the parameter through its range (mu*)")  # fmt: skip
    columns = [
        Column("parameter", "words", "the parameter that is moved", text([index.name for index in found.each])),
        Column("main", of, said[0], np.array([index.main for index in found.each])),
        Column("main_error", of, f"{said[0]}; {HALF_WIDTH}", np.array([index.main_error for index in found.each])),
        Column("total", of, said[1], np.array([index.total for index in found.each])),
        Column("total_error", of, f"{said[1]}; {HALF_WIDTH}", np.array([index.total_error for index in found.each])),
    ]
    if morris:
        meaning = "standard deviation of the effects of moving the parameter: interaction, or a curve"
        columns.append(Column("sigma", of, meaning, np.array([index.spread for index in found.each])))
    return table_of(columns)


def together(found: Indices) -> pa.Table:
    """A row for each pair of parameters, the strongest first."""
    return table_of([
        Column("one", "words", "the one parameter of a pair", text([pair.one for pair in found.together])),
        Column("other", "words", "the other parameter of a pair", text([pair.other for pair in found.together])),
        Column("share", "share of variance", "variance that two parameters explain together, beyond what each explains alone (second order)",
               np.array([pair.share for pair in found.together])),
        Column("error", "share of variance", f"variance that two parameters explain together; {HALF_WIDTH}",
               np.array([pair.error for pair in found.together])),
    ])  # fmt: skip


def settling(found: Indices) -> pa.Table:
    """The totals from growing parts of the design."""
    rows = [(blocks, index.name, total) for blocks, totals in found.convergence
            for index, total in zip(found.each, totals, strict=True)]  # fmt: skip
    return table_of([
        Column("parts", "number", "trajectories, or base points, of the design that were used", np.array([row[0] for row in rows], np.int64)),
        Column("parameter", "words", "the parameter that is moved", text([row[1] for row in rows])),
        Column("total", "as in the table indices", "total index, or mu*, from so many parts of the design", np.array([row[2] for row in rows])),
    ])  # fmt: skip


def regions(found: list[Region]) -> pa.Table:
    """The regions of scenario discovery."""
    return table_of([
        Column("where", "words", "conditions that bound the region", text([region.where for region in found])),
        Column("points", "number", "points in the region", np.array([region.points for region in found], np.int64)),
        Column("fails", "share", "share of the points in the region in which the claim fails", np.array([region.fails for region in found])),
        Column("of_all", "share", "share of all points in which the claim fails that lie in the region",
               np.array([region.of_all for region in found])),
    ])  # fmt: skip


def share(found: ShareOfSpace, claim: str) -> pa.Table:
    """The share of space in which a claim holds."""
    figures = (
        ("share", "share of points whose mean paired effect passes", found.share),
        ("low", "share of points that pass; lower end of the 95 % interval, by blocks of the design", found.low),
        ("high", "share of points that pass; upper end of the 95 % interval, by blocks of the design", found.high),
        ("surely", "share of points whose own 95 % interval over seeds passes as a whole", found.surely),
        (
            "surely_not",
            "share of points whose own 95 % interval over seeds lies beyond the threshold",
            found.surely_not,
        ),
    )
    return table_of([
        Column("claim", "words", "the claim that is looked at", text([claim])),
        *(Column(name, "share", meaning, np.array([value])) for name, meaning, value in figures),
        Column("points", "number", "points with a value", np.array([found.points], np.int64)),
        Column("blocks", "number", "independent parts of the design: base points of a saltelli design, else points", np.array([found.blocks], np.int64)),
        Column("unknown", "number", "points without a value, for there was nobody to read it off", np.array([found.unknown], np.int64)),
    ])  # fmt: skip
