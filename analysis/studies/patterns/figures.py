"""Figures of ``patterns``: correlations between people, drift, and how groups end."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator, MultipleLocator, PercentFormatter

from analysis.compare.accounts import arm_titled
from analysis.figures.palette import BLUE, GREY, INK, ORANGE, VERMILLION
from analysis.figures.style import Drawing, margins, new_page, say
from analysis.studies.patterns.outside import MOST_IN_A_YEAR, OUTSIDE
from analysis.studies.patterns.words import when
from analysis.words.numbers import fixed, percent, span
from analysis.words.prose import capital, plural
from sim.relations import WEEKS_IN_YEAR

if TYPE_CHECKING:
    from analysis.studies.patterns.study import Patterns

ABOUT = "It checks the model and is no evidence about groups."
NARROWEST, STEP = 0.12, 0.02  # of an axis of means
BAND = "#FBE7C3"  # behind an outside range
SIGNS = LinearSegmentedColormap.from_list("signs", [VERMILLION, "#FFFFFF", BLUE])


def draw_all(found: Patterns) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "correlations", draw_correlations(found)
    yield "drift", draw_drift(found)
    yield "ending", draw_ending(found)


def _what(found: Patterns) -> str:
    arm = found.study.arms[0]
    return textwrap.shorten(f"{arm_titled(arm)}   |   {plural(found.finished, 'town')}", 120)


def draw_correlations(found: Patterns) -> Drawing:
    """Correlations between people as a triangle of numbers."""
    lines = {line.keys: line for line in found.seen.correlations}
    names = list(dict.fromkeys(name for pair in lines for name in pair))
    size = max(len(names), 4)
    cell = 0.5
    width, height = 2.4 + cell * size, 2.5 + cell * size
    note = (
        "Residents at the opening, without a group; Pearson's r; episodes as log(1 + episodes of a year), distress as "
        "its mean over that year.\nIn brackets: outside figure. Frames: all of our interval lies away from it. "
        f"Intervals: correlations.csv. {ABOUT}"
    )
    page = new_page("What goes together, between people", _what(found), max(width, 9.2), height, note)
    axes = page.subplots()
    margins(page, top=0.75, bottom=1.75, left=1.9, right=max(0.3, 9.2 - width + 0.3))
    if not names:
        axes.set_axis_off()
        say(axes, "nothing differs between people")
        return Drawing(page, "Correlations between people: nothing differs between them.")
    values = np.full((size, size), np.nan)
    said = []
    for (one, other), line in lines.items():
        row, column = names.index(other), names.index(one)
        values[row, column] = r = line.found.value
        strong = "white" if abs(r) > 0.6 else INK
        beside = f"\n({line.outside.says})" if line.outside else ""
        axes.text(column, row, f"{fixed(r)}{beside}", ha="center", va="center", fontsize=7, color=strong)
        if line.outside:
            said.append(f"{one} with {other} {fixed(r)}, outside {line.outside.says}")
            if line.word != "inside":
                axes.add_patch(_frame(column, row))
    axes.imshow(values, cmap=SIGNS, vmin=-1, vmax=1, aspect="auto")
    labels = [name.replace("_", " ") for name in names]
    axes.set_xticks(range(len(names) - 1), labels[:-1], rotation=45, ha="right", rotation_mode="anchor")
    axes.set_yticks(range(1, len(names)), labels[1:])
    axes.set_xlim(-0.5, len(names) - 1.5)
    axes.set_ylim(len(names) - 0.5, 0.5)
    axes.grid(visible=False)
    axes.tick_params(length=0)
    for spine in axes.spines.values():
        spine.set_visible(False)
    largest = sorted(lines.values(), key=lambda line: -abs(np.nan_to_num(line.found.value)))[:3]
    strongest = ", ".join(f"{' with '.join(line.keys)} {fixed(line.found.value)}" for line in largest)
    return Drawing(page, f"Correlations between people. {'; '.join(said)}. Strongest: {strongest}.")


def _frame(column: int, row: int) -> Rectangle:
    return Rectangle((column - 0.47, row - 0.47), 0.94, 0.94, fill=False, edgecolor=ORANGE, linewidth=2)


def draw_drift(found: Patterns) -> Drawing:
    """Means of every slow state over the years."""
    drift = found.seen.drift
    states = list(dict.fromkeys(one.state for one in drift))
    columns = min(max(len(states), 1), 3)
    rows = max(math.ceil(len(states) / columns), 1)
    note = (
        "Means of the same people, who live there until the last look; lines: 95 % intervals. Dotted: the opening. "
        f"Orange: the mean has\nmoved by more than {MOST_IN_A_YEAR:g} in a year since the look before. All panels span "
        f"the same range. {ABOUT}"
    )
    page = new_page("Do lives drift without a group?", _what(found), 3.6 * columns + 0.6, 2.3 * rows + 1.75, note)
    grid = np.atleast_1d(page.subplots(rows, columns, squeeze=False)).ravel()
    margins(page, top=0.95, bottom=1.1, left=0.7, hspace=0.5, wspace=0.26)
    tallest = max([NARROWEST, *(1.15 * _reach(found, state) for state in states)])
    words = []
    for axes, state in zip(grid, states, strict=False):
        mine = [one for one in drift if one.state == state]
        years = np.array([one.week / WEEKS_IN_YEAR for one in mine])
        mean, low, high = (np.array([getattr(one.mean, end) for one in mine]) for end in ("value", "low", "high"))
        axes.axvline(0, color=GREY, linewidth=0.8, linestyle=":")
        for k in range(1, len(mine)):
            axes.plot(
                years[k - 1 : k + 1], mean[k - 1 : k + 1], color=VERMILLION if mine[k].moves else BLUE, linewidth=1.8
            )
        axes.vlines(years, low, high, color=INK, linewidth=1.2)
        axes.plot(years, mean, "o", color=INK, markersize=3.5)
        middle = (np.nanmin(low) + np.nanmax(high)) / 2 if not np.isnan(low).all() else (mean.min() + mean.max()) / 2
        axes.set_ylim(middle - tallest / 2, middle + tallest / 2)
        axes.set_title(capital(state.replace("_", " ")))
        axes.yaxis.set_major_locator(MultipleLocator(STEP) if tallest < 10 * STEP else MaxNLocator(6))
        axes.set_xlabel("years from the opening")
        moved = [when(one.week) for one in mine if one.moves]
        flagged = f", moves up to the look at {' and '.join(moved)}" if moved else ""
        words.append(f"{state} {' to '.join(fixed(value, 3) for value in (mean[0], mean[-1]))}{flagged}")
    for axes in grid[len(states) :]:
        axes.set_axis_off()
    if not states:
        say(grid[0], "no slow state differs")
    return Drawing(page, f"Means of slow states without a group, from first to last look. {'; '.join(words)}.")


def _reach(found: Patterns, state: str) -> float:
    """From the lowest to the highest end of the intervals of a state."""
    ends = [
        end for one in found.seen.drift if one.state == state for end in (one.mean.low, one.mean.high, one.mean.value)
    ]
    return float(np.nanmax(ends) - np.nanmin(ends))


def draw_ending(found: Patterns) -> Drawing:
    """Hazard by year of age, and the survival curve."""
    note = (
        "Left: of groups open when the year begins, those that end in it; lines: Wilson's 95 % intervals; shaded: "
        "outside range (assumption).\nRight: Kaplan and Meier, log-log interval; triangles: men's mutual-help groups "
        f"(Mankowski and others, abstract); no one curve goes\nthrough both. {ABOUT}"
    )
    page = new_page("How groups end", _what(found), 11, 5.2, note)
    left, right = page.subplots(1, 2)
    margins(page, top=1.0, bottom=1.35, left=0.8, wspace=0.2)
    words = _hazard(left, found), _survival(right, found)
    return Drawing(page, f"Groups that end. {' '.join(words)}")


def _hazard(axes: Axes, found: Patterns) -> str:
    lines = found.seen.ending
    years = np.array([line.keys[0] for line in lines])
    for line in lines:
        assert line.outside is not None
        axes.fill_between(
            [line.keys[0] - 0.5, line.keys[0] + 0.5], *line.outside.ends, color=BAND, linewidth=0, zorder=0
        )
        axes.annotate(f"{line.of:.0f}", (line.keys[0], 0), xytext=(0, -26), textcoords="offset points", ha="center",
                      fontsize=7.5, color=GREY, annotation_clip=False)  # fmt: skip
    value, low, high = (np.array([getattr(line.found, end) for line in lines]) for end in ("value", "low", "high"))
    axes.vlines(years, low, high, color=BLUE, linewidth=1.6)
    axes.plot(years, value, "o", color=BLUE, markersize=5, clip_on=False, zorder=5)
    axes.set_xticks(years)
    axes.set_xlim(0.5, max(len(years), 2) + 0.5)
    axes.set_ylim(0, max(0.25, np.nanmax(high, initial=0.0) * 1.05))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    axes.set_xlabel("year of age; below it, groups open when it begins", labelpad=14)
    axes.set_title("End within the year")
    return f"Hazard by year of age: {', '.join(percent(v) for v in value)}."


def _survival(axes: Axes, found: Patterns) -> str:
    curve = found.seen.survival
    total = found.study.arms[0].values["run.weeks"] / WEEKS_IN_YEAR
    at = np.r_[0.0, curve.years, total]
    steps = {}
    for name in ("share", "low", "high"):
        each = getattr(curve, name)
        steps[name] = np.r_[1.0, each, each[-1] if len(each) else 1.0]
    axes.fill_between(at, steps["low"], steps["high"], step="post", color=BLUE, alpha=0.18, linewidth=0)
    axes.step(at, steps["share"], where="post", color=BLUE, linewidth=1.8)
    median, soon = OUTSIDE["median survival"], OUTSIDE["ended within 3 years"]
    for years, share, marker, says in (
        (median.low, 0.5, ">", "median 4.5 years"), (3.0, 1 - (soon.low or 0.0), "v", "over 60 % ended within 3 years"),
    ):  # fmt: skip
        if years is not None and years <= total:
            axes.plot(years, share, marker, color=ORANGE, markeredgecolor=INK, markersize=8, zorder=5)
            axes.annotate(
                says, (years, share), xytext=(9, -3 if marker == ">" else -12), textcoords="offset points", fontsize=8,
                path_effects=[withStroke(linewidth=3, foreground="white")], zorder=6,
            )  # fmt: skip
    axes.set_xlim(0, total)
    axes.set_ylim(0, 1.02)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0, symbol=" %"))
    axes.set_xlabel("years since the opening")
    axes.set_title("Still open")
    left = steps["share"][-1]
    value = curve.median.value
    said = "not reached" if math.isinf(value) else f"{fixed(value, 1)} years"
    return f"Median survival {said}; {percent(left)} still open after {span(total * WEEKS_IN_YEAR)}."
