"""Curves of a comparison: courses around first coming, differences person by person, how long groups stay open."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from scipy import stats

from analysis.compare.comparison import Paired
from analysis.compare.outcomes import OUTCOME
from analysis.figures.palette import GREY, INK, TWIN
from analysis.figures.style import Drawing
from analysis.studies.compare.arms_drawn import arms_with_group, colour_of, legend, legend_of_arms, line_of, short
from analysis.words.numbers import percent, span
from sim.relations import WEEKS_IN_YEAR

SHOWN_COURSES = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
INDIVIDUALS = ("isolation", "coping", "distress", "episodes")
YEARS_BEFORE, YEARS_AFTER = 1, 4


def courses(found: Mapping[str, Paired], rows: list[dict[str, Any]], arm: str) -> Drawing:
    """How people and their twins go on, from a year before first coming to four years after."""
    colour, _ = colour_of(found, arm)
    figure = Figure(figsize=(9.2, 5.1))
    panels = figure.subplots(2, 3, sharex=True)
    figure.subplots_adjust(0.065, 0.105, 0.99, 0.86, wspace=0.24, hspace=0.3)
    for axes, name in zip(panels.flat, SHOWN_COURSES, strict=True):
        draw_course(axes, [r for r in rows if r["arm"] == arm and r["outcome"] == name], colour)
    for axes in panels[-1]:
        axes.set_xlabel("years since first coming")
    legend(figure, [Line2D([], [], color=colour, linewidth=2, label=f"people who came, {short(arm)}"),
                    Line2D([], [], color=TWIN, linewidth=2, label="the same people without a group")])  # fmt: skip
    return Drawing(
        figure, f"{arm}: means of six outcomes over time from first coming, with the group and of the twins without."
    )


def draw_course(axes: Axes, rows: list[dict[str, Any]], colour: str) -> None:
    """One outcome of one arm around first coming: filled the interval with the group, between dashes without.

    Args:
        axes: where.
        rows: of the table of courses.
        colour: of the line with the group.
    """
    mine = [r for r in rows if r["with"] is not None]
    when = np.array([r["since_coming"] for r in mine]) / WEEKS_IN_YEAR
    for side, shade in (("without", TWIN), ("with", colour)):
        value, low, high = (np.array([r[side + end] for r in mine], float) for end in ("", "_low", "_high"))
        if side == "with":
            axes.fill_between(when, low, high, color=shade, alpha=0.2, linewidth=0)
        else:  # two filled bands cannot be told apart where they overlap
            axes.plot(when, np.array([low, high]).T, color=shade, linewidth=0.8, linestyle=(0, (3, 2)))
        axes.plot(when, value, color=shade, linewidth=1.8)
    axes.axvline(0, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
    name = rows[0]["outcome"]
    axes.set_title(OUTCOME[name].label + (" a week" if name == "episodes" else ""))
    axes.set_xlim(-YEARS_BEFORE, YEARS_AFTER)
    axes.yaxis.set_major_locator(MaxNLocator(5))


def individuals(found: Mapping[str, Paired], week: int) -> Drawing:
    """How individual people differ from their twins: the share with a difference below each value."""
    figure = Figure(figsize=(9.2, 2.9))
    panels = figure.subplots(1, len(INDIVIDUALS), sharey=True)
    figure.subplots_adjust(0.065, 0.19, 0.985, 0.76, wspace=0.14)
    told = []
    for axes, name in zip(panels, INDIVIDUALS, strict=True):
        spread = []
        for paired in arms_with_group(found):
            people = paired.people
            here = people["horizon"] == paired.horizon_weeks.index(week)
            difference = (people[f"{name}_life"] - people[f"{name}_twin"])[here]
            difference = np.sort(difference[~np.isnan(difference)])
            if len(difference) == 0:
                continue
            share = np.arange(1, len(difference) + 1) / len(difference)
            axes.step(difference, share, where="post", **line_of(found, paired.arm.name))
            spread.append(np.quantile(difference, [0.02, 0.98]))
            sides = f"{percent((difference < 0).mean())} lower than the twin, {percent((difference > 0).mean())} higher"
            told.append(f"{paired.arm.name}, {OUTCOME[name].label}: {sides}")
        if spread:
            edges = np.array(spread)
            room = 0.08 * max(edges.max() - edges.min(), 1e-9)
            axes.set_xlim(min(edges.min() - room, -room), max(edges.max() + room, room))
        axes.axvline(0, color=INK, linewidth=0.8, zorder=1)
        axes.set_ylim(0, 1)
        axes.xaxis.set_major_locator(MaxNLocator(3))
        axes.set_xlabel("with the group minus without", fontsize=8)
        axes.set_title(OUTCOME[name].label + (" a year" if name == "episodes" else ""))
    panels[0].set_ylabel("share of people")
    legend_of_arms(figure, found, lines=True)
    return Drawing(figure, f"Distribution of individual paired differences after {span(week)}. {'; '.join(told)}.")


def survival(found: Mapping[str, Paired]) -> Drawing:
    """Share of groups still open (Kaplan and Meier), with 95 % intervals at each year."""
    arms = arms_with_group(found)
    figure = Figure(figsize=(9.2, 3.0))
    axes = figure.subplots()
    figure.subplots_adjust(0.065, 0.17, 0.985, 0.86)
    end = max(paired.arm.values["run.weeks"] for paired in arms) / WEEKS_IN_YEAR
    told = []
    for k, paired in enumerate(arms):
        total = paired.arm.values["run.weeks"]
        closed = paired.closed_week
        ended = closed[closed >= 0].astype(float)
        sample = stats.CensoredData(uncensored=ended, right=np.full(int((closed < 0).sum()), float(total)))
        curve: Any = stats.ecdf(sample).sf
        when = np.concatenate([[0.0], curve.quantiles, [total]]) / WEEKS_IN_YEAR
        share = np.concatenate([[1.0], curve.probabilities, curve.probabilities[-1:]])
        look = line_of(found, paired.arm.name)
        axes.step(when, share, where="post", **look)
        with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of times before the first group closed, where there is no interval
            band = curve.confidence_interval(0.95, method="log-log")
        low, high = (
            np.concatenate([[np.nan], side.probabilities, side.probabilities[-1:]]) for side in (band.low, band.high)
        )
        # Bars beside each other: bands of several arms lie on top of each other, and cannot be told apart.
        years = np.arange(1, int(total / WEEKS_IN_YEAR) + 1)
        at = np.searchsorted(when, years, side="right") - 1
        apart = (k - (len(arms) - 1) / 2) * 0.008 * end
        axes.vlines(years + apart, low[at], high[at], color=look["color"], linewidth=1.4)
        told.append(f"{paired.arm.name}: {percent(share[-1])} at the end")
    axes.set_ylim(0, 1.02)
    axes.set_xlim(0, end * 1.015)
    axes.set_xlabel("years since the opening")
    axes.set_ylabel("share still open")
    axes.spines["bottom"].set_color(GREY)
    legend_of_arms(figure, found, lines=True)
    return Drawing(figure, "Share of groups still open over time. " + "; ".join(told) + ".")
