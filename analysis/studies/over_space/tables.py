# ruff: noqa: E501 - declarations of columns
"""Tables of what a study says over plausible space."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.compare.estimate import together
from analysis.compare.share import NO_SHARE
from analysis.results.columns import Column, table_of, with_interval
from sim.parameters import PARAMETERS

if TYPE_CHECKING:
    from analysis.studies.over_space.findings import OverSpace

WORDS = "words"


def figures_table(space: OverSpace) -> pa.Table:
    """A row a figure: at the centre, and how it spreads over plausible space."""
    spreads = space.spreads
    figures = [one.figure for one in spreads]
    above = [
        NO_SHARE if one.figure.turns is None else one.above(one.figure.turns, space.whole(one.figure.account))
        for one in spreads
    ]
    ends = np.array([one.ends for one in spreads]).reshape(-1, 2)
    return table_of([
        Column("account", "name", "account of how a group works", [f.account for f in figures]),
        Column("figure", WORDS, "figure that decides", [f.label for f in figures]),
        Column("unit", WORDS, "unit of the figure", [f.unit for f in figures]),
        *with_interval("centre", "unit", "the figure at the centre of plausible space", together([f.estimate for f in figures])),
        Column("median", "unit", "half of plausible space lies above it, half below", np.array([one.median for one in spreads])),
        Column("from", "unit", "one twentieth of plausible space lies below it", ends[:, 0]),
        Column("to", "unit", "one twentieth of plausible space lies above it", ends[:, 1]),
        Column("turns", "unit", "value at which the figure changes its meaning; missing: none", np.array([np.nan if f.turns is None else f.turns for f in figures], float)),
        Column("above", "share", "share of plausible space in which the figure lies above that value", np.array([a.value for a in above], float)),
        Column("above_low", "share", "share above; lower end of the 95 % interval, over draws and towns", np.array([np.nan if a is NO_SHARE else a.low for a in above], float)),
        Column("above_high", "share", "share above; upper end of the 95 % interval, over draws and towns", np.array([np.nan if a is NO_SHARE else a.high for a in above], float)),
        Column("luck", "share", "share of the variance between draws that was luck of the few towns, and is taken away", np.array([one.luck for one in spreads])),
        Column("draws", "draws", "draws of plausible space at which the figure can be read", np.array([int(one.known.sum()) for one in spreads], int)),
    ])  # fmt: skip


def draws_table(space: OverSpace) -> pa.Table:
    """A row a draw and figure."""
    rows = [(one, k) for one in space.spreads for k in range(len(one.true))]
    return table_of([
        Column("account", "name", "account of how a group works", [one.figure.account for one, _ in rows]),
        Column("draw", "number", "draw of plausible space", np.array([k + 1 for _, k in rows], int)),
        Column("figure", WORDS, "figure that decides", [one.figure.label for one, _ in rows]),
        Column("unit", WORDS, "unit of the figure", [one.figure.unit for one, _ in rows]),
        Column("value", "unit", "the figure at this draw", np.array([one.seen[k] for one, k in rows], float)),
        Column("value_low", "unit", "the figure at this draw; lower end of its own 95 % interval", np.array([one.low[k] for one, k in rows], float)),
        Column("value_high", "unit", "the figure at this draw; upper end of its own 95 % interval", np.array([one.high[k] for one, k in rows], float)),
        Column("without_luck", "unit", "the figure with draws moved together by as much as luck told them apart", np.array([one.true[k] for one, k in rows], float)),
    ])  # fmt: skip


def points_table(space: OverSpace) -> pa.Table:
    """A row an account and draw: the value of each parameter that varies in any account."""
    plans, draws = space.plausible.plans, space.plausible.draws
    names = list(dict.fromkeys(name for plan in plans.values() for name in plan.names))
    columns = {account: plan.columns(draws) for account, plan in plans.items()}
    nothing = np.full(draws, np.nan)
    return table_of([
        Column("account", "name", "account of how a group works", [account for account in plans for _ in range(draws)]),
        Column("draw", "number", "draw of plausible space", np.array([k + 1 for _ in plans for k in range(draws)], int)),
        *(Column(name, PARAMETERS[name].unit, " ".join(PARAMETERS[name].meaning.split()),
                 np.concatenate([columns[account].get(name, nothing).astype(float) for account in plans]))
          for name in names),
    ])  # fmt: skip
