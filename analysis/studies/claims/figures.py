"""Figures of a trial: how many regulars groups have that are found at a random time, by what a regular is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from analysis.compare.comparison import Paired
from analysis.compare.estimate import bootstrap_sums
from analysis.figures.palette import BLUE, GREY, ORANGE, PURPLE
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.claims.meanings import DECIDING_SHARES, SIZES, definition
from analysis.studies.claims.read import finite
from analysis.studies.claims.register import FOUR
from analysis.words.numbers import percent

if TYPE_CHECKING:
    from analysis.studies.claims.study import Trial

KINDS = ("groupA", "groupB")
REGISTER = "regulars"  # name of the figure
ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."
COLOURS = dict(zip(DECIDING_SHARES, (BLUE, ORANGE, PURPLE), strict=True))
MARKS = dict(zip(DECIDING_SHARES, ("o", "s", "D"), strict=True))


def kinds_found(runs: Mapping[str, Paired]) -> list[str]:
    """Kinds of groups that were lived long enough, and of which any could be found."""
    return [name for name in KINDS if name in runs and runs[name].totals and runs[name].total("found").any()]


def draw_all(trial: Trial) -> Iterator[tuple[str, Drawing]]:
    """The one figure with its name, where groups were lived for long enough."""
    if kinds_found(trial.runs):
        yield REGISTER, regulars_drawing(trial.runs)


def regulars_drawing(runs: Mapping[str, Paired]) -> Drawing:
    """Of groups found at a random time, the share with exactly so many regulars, for several definitions of one."""
    kinds = kinds_found(runs)
    note = (
        "Every four weeks of twelve years in which a group is open and led by members count once, so that a group "
        "that lives twice as long is found twice as often.\nBars: 95 % intervals; shaded: four, as in both groups of "
        f"the paper; dotted: one in ten.\n{ABOUT}"
    )
    below = f"{runs[kinds[0]].runs} runs; a regular is a member who comes to this share of meetings or more"
    page = new_page("How many regulars has a group that is found at a random time?", below, 10, 5.0, note)
    grid = np.atleast_1d(page.subplots(1, len(kinds), sharey=True))
    margins(page, top=1.0, bottom=1.25, left=0.75, wspace=0.06)
    said = []
    for axes, kind in zip(grid, kinds, strict=True):
        found = runs[kind].total("found")
        axes.axvspan(FOUR - 0.5, FOUR + 0.5, color=GREY, alpha=0.15, linewidth=0)
        axes.axhline(0.1, color=GREY, linewidth=0.8, linestyle=(0, (1, 3)))
        for k, share in enumerate(DECIDING_SHARES):
            having = np.stack([runs[kind].total(f"found_{size}_at_{definition(share)}") for size in SIZES], axis=1)
            e = bootstrap_sums(lambda some, of: finite(some / of), having, np.repeat(found[:, None], len(SIZES), 1))
            at = np.array(SIZES) + (k - 1) * 0.14
            axes.vlines(at, e.low, e.high, color=COLOURS[share], linewidth=1.2)
            axes.plot(
                at, e.value, color=COLOURS[share], marker=MARKS[share], markersize=4, linewidth=1.0,
                label=f"{100 * share:.0f} % of meetings",
            )  # fmt: skip
            said.append(f"{kind}, by {100 * share:.0f} %: four in {percent(e.value[SIZES.index(FOUR)])}")
        axes.set_title(kind, fontsize=9)
        axes.set_xticks(SIZES)
        axes.set_xlabel("number of regulars")
    grid[0].set_ylabel("share of groups found")
    grid[0].set_ylim(bottom=0)
    handles, names = grid[0].get_legend_handles_labels()
    page.legend(handles, names, loc="upper right", ncols=3, bbox_to_anchor=(0.985, 0.925))
    return Drawing(page, f"Share of groups found at a random time with so many regulars. {'; '.join(said)}.")
