"""Figures over plausible space: the centre beside the middle 90 % of space, a panel for each unit."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from analysis.figures.palette import AGAINST, BLUE, GREY, INK
from analysis.figures.style import Drawing, new_page
from analysis.words.numbers import number
from analysis.words.prose import capital, plural

if TYPE_CHECKING:
    from analysis.studies.over_space.findings import OverSpace

WIDTH, LEFT, RIGHT, HEAD, FOOT, BETWEEN, ROW = 11.0, 4.3, 0.3, 0.8, 0.55, 0.65, 0.36  # inches
LABEL = 60  # letters in a line
NOTE = (
    "Bars: the middle 90 % of plausible space, luck of the few towns taken away; line across: its median; dots: "
    "each draw. Diamond: the centre, with its 95 % interval.\nAll of this follows from assumptions and from outside "
    "evidence about them. It is no evidence about groups."
)


def draw_spreads(space: OverSpace) -> Drawing:
    """Every figure that decides, over plausible space."""
    units = list(dict.fromkeys(one.figure.unit for one in space.spreads))
    many = len(space.plausible.plans) > 1
    by = {unit: [one for one in space.spreads if one.figure.unit == unit] for unit in units}
    below = (f"{plural(space.plausible.draws, 'draw')} of plausible space, each in the same "
             f"{plural(space.plausible.towns, 'town')}; the centre on {plural(space.runs, 'run')}.")  # fmt: skip
    title = "What decides, all over plausible space"
    height = HEAD + FOOT + sum(ROW * len(some) + BETWEEN for some in by.values())
    page = new_page(title, below, WIDTH, height, NOTE)
    grid, top = [], height - HEAD
    for some in by.values():
        tall = ROW * len(some)
        place = (LEFT / WIDTH, (top - tall) / height, 1 - (LEFT + RIGHT) / WIDTH, tall / height)
        grid.append(page.add_axes(place))
        top -= tall + BETWEEN
    told = []
    for axes, (unit, some) in zip(grid, by.items(), strict=True):
        for y, one in enumerate(some):
            true = one.true[np.isfinite(one.true)]
            low, high = (float(np.clip(end, *_ends(some))) for end in one.ends)
            axes.barh(y, high - low, left=low, height=0.5, color=BLUE, alpha=0.35, linewidth=0)
            axes.plot(true, np.full(len(true), y), "o", color=BLUE, markersize=2.5, alpha=0.45, linewidth=0)
            if np.isfinite(one.median):
                axes.plot([one.median] * 2, [y - 0.27, y + 0.27], color=INK, linewidth=1.3)
            e = one.figure.estimate
            if np.isfinite(e.value):
                axes.plot(e.value, y, "D", color=AGAINST, markersize=5, markeredgecolor="white", markeredgewidth=0.6)
            if e.known:
                axes.plot(np.clip([e.low, e.high], *_ends(some)), [y, y], color=AGAINST, linewidth=1.2)
            told.append(f"{one.figure.label}: centre {number(e.value)}, median {number(one.median)}")
        if any(one.figure.turns is not None for one in some):
            for value in {one.figure.turns for one in some if one.figure.turns is not None}:
                axes.axvline(value, color=GREY, linewidth=0.9)
        labels = [f"{one.figure.account}: {one.figure.label}" if many else one.figure.label for one in some]
        axes.set_yticks(range(len(some)), [textwrap.fill(label, LABEL) for label in labels], fontsize=7.5)
        axes.set_ylim(len(some) - 0.4, -0.6)
        axes.tick_params(axis="y", length=0, labelcolor=INK)
        axes.use_sticky_edges = False  # bars do not touch the axis
        axes.autoscale_view(scaley=False)
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
        axes.set_xlabel(capital(unit))
    return Drawing(page, f"{title}. {'; '.join(told)}.")


def _ends(some: list) -> tuple[float, float]:
    """What of an axis can be shown: all that has an end."""
    every = np.concatenate([[one.figure.estimate.value, *one.seen, *one.true] for one in some])
    known = every[np.isfinite(every)]
    return (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
