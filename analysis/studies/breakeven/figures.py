"""``breakeven`` as a figure: the curves over the group's strength, with what is published beside them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from analysis.compare.arms import Arm
from analysis.figures.palette import ARMS, INK, MARKERS
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import HIGHEST, KAPPA, NEVER, READINGS, ROOT, STRENGTH, WORSE, Curves, Point
from analysis.studies.breakeven.words import kappa_words
from analysis.words.numbers import fixed, span
from analysis.words.prose import capital

ASIDE = 0.0015  # of the axis of strengths, between one arm and the next
ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."


def drawing(arms: Sequence[Arm], curves: Curves, runs: int) -> Drawing:
    """The curves over the group's strength, with what is published beside them."""
    years = span(arms[0].values["run.weeks"])
    below = f"{', '.join(arm.name for arm in arms)}: {runs} runs, after {years}, all who ever came"
    note = (
        "Below a curve the group lessens episodes, above it adds to them. Lines: 95 % intervals; arms stand a little "
        "apart, to be told from each other.\nLarge marks: a scenario's own strength; cross: its own kappa; dotted: "
        f"published, converted roughly, as {CONVERSION}; none measured kappa itself.\n{ABOUT}"
    )
    page = new_page("How strong must social influence on urges be to undo what a group does?", below, 11, 6.6, note)
    grid = page.subplots(1, 3, gridspec_kw={"width_ratios": [4, 4, 1.5]}, sharey=True)
    margins(page, top=1.05, bottom=1.35, left=0.7, wspace=0.06)
    words = []
    top = _top(curves)
    for axes, (reading, meaning) in zip(grid, READINGS.items(), strict=False):
        for k, arm in enumerate(arms):
            mine = [p for p in curves.points if p.arm == arm.name and p.reading == reading]
            aside = (k - (len(arms) - 1) / 2) * ASIDE
            _curve(axes, mine, arm, ARMS[k % len(ARMS)], MARKERS[k % len(MARKERS)], top, aside)
            words.append(f"{arm.name}, {meaning}: " + ", ".join(f"{p.strength:g} {kappa_words(p.kappa)}" for p in mine))
        axes.set_xlabel("strength of the group (meeting.strength)")
        axes.set_title("\n".join(textwrap.wrap(capital(meaning), 46)), fontsize=9)
        axes.set_ylim(0, top)
        for p in PUBLISHED:
            axes.axhline(p.kappa, color=INK, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
    grid[0].set_ylabel("break-even kappa: relative rise of the rate after hearing")
    handles, names = grid[0].get_legend_handles_labels()
    page.legend(handles, names, loc="upper right", ncols=3, bbox_to_anchor=(0.985, 0.955))
    _published(grid[2], top)
    return Drawing(page, f"Break-even of social influence by strength of the group. {'; '.join(words)}.")


def _top(curves: Curves) -> float:
    """The highest thing to be seen, and some room above it; all that is accepted, if a curve leaves it."""
    ends = [p.kappa_ends[1] for p in PUBLISHED if p.kappa_ends]
    seen = [value for p in curves.points for value in (p.kappa, p.high) if not math.isnan(value)]
    highest = max([*ends, *seen])
    return HIGHEST * 1.04 if math.isinf(highest) or highest > HIGHEST else highest * 1.08


def _curve(axes: Axes, points: list[Point], arm: Arm, colour: str, marker: str, top: float, aside: float) -> None:
    x = np.array([p.strength for p in points]) + aside
    low, high, kappa = (np.array([getattr(p, name) for p in points]) for name in ("low", "high", "kappa"))
    axes.vlines(x, low, np.minimum(high, top), color=colour, linewidth=1.2)
    root = np.array([p.word == ROOT for p in points])
    axes.plot(
        x, np.where(root, kappa, np.nan), color=colour, marker=marker, markersize=4, linewidth=1.6, label=arm.name
    )
    for p, at in zip(points, x, strict=True):
        if p.word == NEVER:
            axes.plot(at, top * 0.98, "^", color=colour, markersize=7)
            axes.annotate("none up to 5", (at, top * 0.94), ha="center", va="top", fontsize=7, color=colour)
        if p.word == WORSE:
            axes.plot(at, 0.0, "v", color=colour, markersize=7, clip_on=False)
            axes.annotate("worse at any", (at, top * 0.03), ha="center", fontsize=7, color=colour)
        if p.strength == arm.values[STRENGTH]:
            if p.word == ROOT:
                axes.plot(at, p.kappa, marker, color=colour, markersize=9, markeredgecolor=INK)
            axes.plot(at, arm.values[KAPPA], "x", color=INK, markersize=7, markeredgewidth=1.6)


def _published(axes: Axes, top: float) -> None:
    for k, p in enumerate(PUBLISHED):
        if p.kappa_ends:
            axes.vlines(k, *p.kappa_ends, color=INK, linewidth=1.6)
        axes.plot(k, p.kappa, "o", color=INK, markersize=6, clip_on=False, zorder=5)
        axes.annotate(f"{fixed(p.kappa)}", (k, p.kappa), xytext=(6, 4), textcoords="offset points", fontsize=8)
    axes.set_xticks(range(len(PUBLISHED)), [p.name.replace(" ", "\n") for p in PUBLISHED], fontsize=7.5)
    axes.set_xlim(-0.5, len(PUBLISHED) - 0.2)
    axes.set_title("Published,\nroughly converted", fontsize=9)
    axes.set_ylim(0, top)
