"""A sensitivity analysis in plain words."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

import numpy as np

from analysis.studies.sensitivity.indices import Index, settled
from analysis.studies.sensitivity.share import SAMPLES_SPACE
from analysis.words.care import CARE, SUPPORT
from analysis.words.numbers import decimals_for, figures, number, percent, with_minus, with_plus
from analysis.words.prose import listed, plural, wrapped

if TYPE_CHECKING:
    from analysis.studies.sensitivity.study import Sensitivity

SHOWN = 6  # parameters named in the summary
MOST_LUCK = 0.5  # of the variance between points, for parameters to be ranked without indices


def summary_of(done: Sensitivity) -> str:
    """The summary that is printed and kept as summary.txt."""
    said = [line for part in in_short(done) for line in part.splitlines()]
    return "\n".join(wrapped(one) for one in [done.title, *said, f"{CARE} {SUPPORT}"]) + "\n"


def in_short(done: Sensitivity) -> list[str]:
    """What was found, a sentence or two each."""
    response, share = done.response, done.share
    values = response.values[response.known]
    said = [
        f"Read: {response.reading.words} ({response.reading.unit}).",
        f"{len(response.values)} points ({done.kind}), {response.seeds} seeds, the same at every point"
        + (f"; {plural(response.broken_off, 'run')} broke off and are left out" if response.broken_off else "")
        + (f"; at {share.unknown} points there was nobody to read it off" if share.unknown else "")
        + ".",
        *(f"Broke off: {run}" for run in response.named),
    ]
    if response.three:
        mean = {name: float(np.nanmean(column)) for name, column in response.three.items()}
        said.append(
            f"Mean over points: since before coming {_change(mean['life_change'])}; their twins without a group over "
            f"the same time {_change(mean['twin_change'])}; paired difference {_change(mean['difference'])}."
        )
    said.append(
        f"Over the points the value runs from {_change(values.min())} to {_change(values.max())} "
        f"(median {_change(np.median(values))})."
    )
    said.append(where_it_fails(done))
    if not np.isnan(response.share_of_luck):
        said.append(
            f"About {percent(response.share_of_luck)} of the variance between points is luck that more "
            "seeds would take away."
        )
    said.append(_ranking(done))
    return [with_minus(one) for one in said]


def where_it_fails(done: Sensitivity) -> str:
    """In which share of the points the claim holds, and where it does not."""
    share = done.share
    where = f"of {done.space}" if done.kind in SAMPLES_SPACE else "of the points of this design"
    interval = ""
    if done.kind in SAMPLES_SPACE:
        by = f", by its {share.blocks} base points" if share.blocks < share.points else ""
        interval = f" (95 % interval {percent(share.low)} to {percent(share.high)}{by})"
    return with_minus(
        f"It is {done.threshold.words} in {percent(share.share)} {where}{interval}; taking each point with its own "
        f"interval over seeds, surely in {percent(share.surely)}, surely not in {percent(share.surely_not)}, "
        f"undetermined in {percent(1 - share.surely - share.surely_not)}.\n{done.discovery.sentence}"
    )


def _change(value: float) -> str:
    return with_plus(figures(value, 3))


def _ranking(done: Sensitivity) -> str:
    """What matters, in order as far as the indices have settled."""
    found = done.found
    if found is None:
        most = f"Means differ most along {listed(done.ranked[:2])}."
        if done.response.share_of_luck > MOST_LUCK:  # which it is not where it is not known
            most = "Too much of that is luck to say which parameter matters."
        return f"{most} (Indices need a morris or saltelli design.)"
    left = (
        f" {found.left_out} of {found.blocks} parts of the design are left out, for a value is missing."
        if found.left_out
        else ""
    )
    what = "mean size of effect (mu*)" if found.kind == "morris" else "total share of variance"
    parts = "trajectories" if found.kind == "morris" else "base points"
    ranked = list(takewhile(lambda index: settled(index, found), found.each[:SHOWN]))
    rest = sorted(found.each[len(ranked) : SHOWN])
    said = [f"What matters, by {what}: {'; '.join(map(_index, ranked))}."] if ranked else []
    if rest:
        why = "the interval is as wide as the index"
        if found.kind != "morris":
            why = f"first order above total, or {why}"
        open_ = listed(index.name for index in rest if not settled(index, found))
        said.append(
            f"{'Not ranked' if ranked else f'By {what}, not ranked'}, but by name: {'; '.join(map(_index, rest))}. "
            f"With {found.blocks - found.left_out} {parts}, these have not settled: {open_} ({why})."
        )
    return " ".join(said) + left


def _index(index: Index) -> str:
    shown = decimals_for(index.total, index.total_error)
    return f"{index.name} {number(index.total, shown)} (± {number(index.total_error, shown)})"
