"""``breakeven`` as a figure: the curves over relief or another parameter, with what is published beside them."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.compare.arms import Arm
from analysis.figures.palette import ARMS, INK, MARKERS
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.breakeven import search
from analysis.studies.breakeven.published import CONVERSION, PUBLISHED
from analysis.studies.breakeven.search import HIGHEST, KAPPA, READINGS, ROOT, Curves, Point
from analysis.studies.breakeven.words import kappa_words, meant
from analysis.words.numbers import fixed, span
from analysis.words.prose import capital
from sim.parameters import PARAMETERS

if TYPE_CHECKING:
    from analysis.studies.breakeven.study import Breakeven

ASIDE = 0.012  # of the axis, between one arm and the next
ACROSS = 4  # arms in a line of the legend
MARKS = (*(mark for mark in MARKERS if mark not in "^v"), "X", "h")  # triangles say that there is no break-even
ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."


def draw_all(found: Breakeven) -> Iterator[tuple[str, Drawing]]:
    """The one figure with its name."""
    yield "breakeven", draw_curves(found.study.arms, found.curves, found.finished)


def draw_curves(arms: Sequence[Arm], curves: Curves, runs: int) -> Drawing:
    """The curves over a parameter, with what is published beside them."""
    years, over = span(arms[0].values["run.weeks"]), curves.over
    shown = textwrap.shorten(", ".join(arm.name for arm in arms), 110, placeholder=" ...")
    said = {arm.account.name if arm.account else None for arm in arms}
    under = f", under the account {said.pop()}" if said != {None} and len(said) == 1 else ""  # several are in the names
    below = f"{shown}: {runs} runs, after {years}, all who ever came{under}"
    note = (
        "Below a curve the group lessens episodes, above it adds to them. Lines: 95 % intervals; arms stand a little "
        f"apart. \u25b2: no break-even up to {HIGHEST:g}; \u25bc: more episodes at any influence.\nLarge marks: "
        "a scenario's own value; cross: its own kappa; shaded: plausible kappa (assumption); dotted: published, none "
        f"of which measured kappa itself.\nConverted roughly, as {CONVERSION}. {ABOUT}"
    )
    lines = -(-len(arms) // ACROSS)
    height = 6.6 + 0.2 * (lines - 1)
    page = new_page("How strong must social influence on urges be to undo what a group does?", below, 11, height, note)
    grid = page.subplots(1, 3, gridspec_kw={"width_ratios": [4, 4, 1.5]}, sharey=True)
    margins(page, top=1.3 + 0.2 * (lines - 1), bottom=1.4, left=0.7, wspace=0.06)
    words = []
    top = _top(curves)
    across = [p.at for p in curves.points]
    step = ASIDE * (max(across) - min(across) or 1.0)
    for axes, (reading, meaning) in zip(grid, READINGS.items(), strict=False):
        axes.axhspan(*(PARAMETERS[KAPPA].plausible or (0, 0)), color="#F3F3F3", zorder=0, linewidth=0)
        for k, arm in enumerate(arms):
            mine = [p for p in curves.points if p.arm == arm.name and p.reading == reading]
            aside = (k - (len(arms) - 1) / 2) * step
            _curve(axes, mine, arm, *_look(k), top, aside, over)
            words.append(f"{arm.name}, {meaning}: " + ", ".join(f"{p.at:g} {_in_words(p)}" for p in mine))
        axes.set_xlabel("\n".join(textwrap.wrap(meant(over), 62)))
        axes.set_title("\n".join(textwrap.wrap(capital(meaning), 46)), fontsize=9)
        axes.set_ylim(0, top)
        for p in PUBLISHED:
            axes.axhline(p.kappa, color=INK, linewidth=0.8, linestyle=(0, (1, 3)), zorder=1)
    grid[0].set_ylabel("break-even kappa: relative rise of the rate after hearing")
    looks = [_look(k) for k in range(len(arms))]
    handles = [
        Line2D([], [], color=colour, marker=marker, markersize=4, linewidth=1.6, label=_label(arm, curves))
        for arm, (colour, marker) in zip(arms, looks, strict=True)
    ]
    page.legend(
        handles=handles, loc="upper left", ncols=ACROSS, bbox_to_anchor=(0.012, 1 - 0.58 / height), borderaxespad=0
    )
    _published(grid[2], top)
    return Drawing(page, f"Break-even of social influence over {over}. {'; '.join(words)}.")


def _look(k: int) -> tuple[str, str]:
    """Colour and marker of an arm; the same colour comes again with another marker."""
    return ARMS[k % len(ARMS)], MARKS[(k + k // len(ARMS)) % len(MARKS)]


def _label(arm: Arm, curves: Curves) -> str:
    """An arm's name, and if nothing can be drawn of it, why."""
    words = {p.word for p in curves.points if p.arm == arm.name}
    return f"{arm.name} ({'; '.join(sorted(words))})" if words <= {search.NEITHER, search.NOBODY} else arm.name


def _in_words(point: Point) -> str:
    return kappa_words(point.kappa) if point.word == ROOT else point.word


def _top(curves: Curves) -> float:
    """The highest thing to be seen, and some room above it; all that is accepted, if a curve leaves it."""
    ends = [p.kappa_ends[1] for p in PUBLISHED if p.kappa_ends]
    seen = [value for p in curves.points for value in (p.kappa, p.high) if not math.isnan(value)]
    highest = max([*ends, *seen])
    return HIGHEST * 1.04 if math.isinf(highest) or highest > HIGHEST else highest * 1.08


def _curve(
    axes: Axes, points: list[Point], arm: Arm, colour: str, marker: str, top: float, aside: float, over: str
) -> None:
    x = np.array([p.at for p in points]) + aside
    low, high, kappa = (np.array([getattr(p, name) for p in points]) for name in ("low", "high", "kappa"))
    axes.vlines(x, low, np.minimum(high, top), color=colour, linewidth=1.2)
    root = np.array([p.word == ROOT for p in points])
    axes.plot(x, np.where(root, kappa, np.nan), color=colour, marker=marker, markersize=4, linewidth=1.6)
    for p, at in zip(points, x, strict=True):
        if p.word == search.NEVER:
            axes.plot(at, top * 0.985, "^", color=colour, markersize=7, clip_on=False)
        if p.word == search.WORSE:
            axes.plot(at, 0.0, "v", color=colour, markersize=7, clip_on=False)
        if p.at == arm.values[over]:
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
