"""Figures of a comparison: three figures side by side, a forest, courses, who gains, survival."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from scipy import stats

from analysis.compare.comparison import Paired
from analysis.compare.estimate import spread_of
from analysis.compare.outcomes import OUTCOME, OUTCOMES, POPULATIONS
from analysis.figures.palette import ARMS, BLUE, GREY, INK, MARKERS, PALE, TWIN
from analysis.figures.style import Drawing
from analysis.studies.compare.words import MAIN, chosen_week
from analysis.words.numbers import percent, signed, span
from sim.relations import WEEKS_IN_YEAR

LEFT = 1.75  # inches for the names of outcomes
SHOWN_COURSES = ("isolation", "stigma", "understanding", "coping", "distress", "episodes")
GAINS = ("isolation", "coping", "distress", "episodes")
YEARS_BEFORE, YEARS_AFTER = 1, 4

Rows = list[dict[str, Any]]


def arms_with_group(found: Mapping[str, Paired]) -> list[Paired]:
    """The arms in which anything can happen."""
    return [paired for paired in found.values() if paired.arm.has_group]


def colour_of(found: Mapping[str, Paired], name: str) -> tuple[str, str]:
    """Colour and marker of an arm, the same in every figure."""
    place = [paired.arm.name for paired in arms_with_group(found)].index(name)
    return ARMS[place % len(ARMS)], MARKERS[place % len(MARKERS)]


def pick(effects: Rows, arm: str, population: str, week: int) -> dict[str, dict[str, Any]]:
    """Rows of the table of effects by outcome's label."""
    words = POPULATIONS[population]
    return {r["outcome"]: r for r in effects if (r["arm"], r["population"], r["weeks"]) == (arm, words, week)}


def draw_all(found: Mapping[str, Paired], tables: Mapping[str, pa.Table]) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name; none where nobody ever came to a group."""
    effects, week = tables["effects"].to_pylist(), chosen_week(next(iter(found.values())).horizon_weeks)
    arms = arms_with_group(found)
    if not any(pick(effects, paired.arm.name, "joined", week)[OUTCOME["isolation"].label]["people"] for paired in arms):
        return
    yield "three", three(found, effects, week)
    yield "forest", forest(found, effects, week)
    course = tables["course"].to_pylist()
    for paired in arms:
        yield f"courses-{paired.arm.name}", courses(found, course, paired.arm.name)
    yield "gains", gains(found, week)
    yield "survival", survival(found)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def three(found: Mapping[str, Paired], effects: Rows, week: int, population: str = "joined") -> Drawing:
    """Before-after, the twin's before-after, and the paired difference, in standard deviations of people."""
    arms = arms_with_group(found)
    names = [name for name in MAIN if name != "told_outside"]
    columns = min(len(arms), 3)
    lines = -(-len(arms) // columns)
    height = 0.75 + lines * (0.85 + 0.34 * len(names))
    figure = Figure(figsize=(9.2, height))
    panels = figure.subplots(lines, columns, squeeze=False, sharex=True, sharey=True)
    figure.subplots_adjust(
        LEFT / figure.get_figwidth(), 0.62 / height, 0.985, 1 - 0.72 / height, wspace=0.06, hspace=0.3
    )
    for axes in list(panels.flat)[len(arms) :]:
        axes.set_axis_off()
    told = []
    for axes, paired in zip(panels.flat, arms, strict=False):
        rows = pick(effects, paired.arm.name, population, week)
        spread = _between_people(paired, population, week)
        axes.axvline(0, color=INK, linewidth=0.8)
        for place, name in enumerate(names):
            row = rows[OUTCOME[name].label]
            scale = spread[OUTCOMES.index(OUTCOME[name])]
            for kind, shift, style in (
                ("change", -0.24, "life"),
                ("twin_change", 0.0, "twin"),
                ("smd", 0.24, "difference"),
            ):
                per = 1.0 if kind == "smd" else scale
                value, low, high = (_number(row[kind + end]) / per for end in ("", "_low", "_high"))
                _dot(axes, value, low, high, place + shift, style)
            told.append(f"{paired.arm.name}, {OUTCOME[name].label}: difference {signed(row['smd'])}")
        axes.set_title(paired.arm.name)
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
        axes.set_ylim(len(names) - 0.45, -0.55)
        axes.set_yticks(range(len(names)), [OUTCOME[name].label for name in names])
        axes.tick_params(axis="y", length=0)
        for edge in range(len(names) - 1):
            axes.axhline(edge + 0.5, color=PALE, linewidth=0.6)
    for axes in panels[-1]:
        axes.set_xlabel("standard deviations of people")
    words = {
        "life": "change since before coming",
        "twin": "change of the twin, no group",
        "difference": "paired difference: the group's doing",
    }
    handles = [_handle(style, label) for style, label in words.items()]
    figure.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3)
    return Drawing(figure, f"Three figures side by side after {span(week)}. " + "; ".join(told) + ".")


def _between_people(paired: Paired, population: str, week: int) -> np.ndarray:
    """float64[outcomes]: standard deviation between people, over all runs; NaN where there is none."""
    sums = [paired.of(o.name, population, week) for o in OUTCOMES]
    names = ("people", "life", "life_squared", "twin", "twin_squared")
    columns = [np.array([one[name].sum() for one in sums]) for name in names]
    with np.errstate(divide="ignore", invalid="ignore"):
        found = spread_of(*columns)
    return np.where(found > 0, found, np.nan)


_STYLES: dict[str, dict[str, Any]] = {
    "life": {"marker": "o", "color": INK, "markerfacecolor": "white"},
    "twin": {"marker": "o", "color": TWIN, "markerfacecolor": TWIN},
    "difference": {"marker": "D", "color": BLUE, "markerfacecolor": BLUE},
}


def _dot(axes: Any, value: float, low: float, high: float, place: float, style: str) -> None:
    look = _STYLES[style]
    axes.plot([low, high], [place, place], color=look["color"], linewidth=1.4, solid_capstyle="butt")
    axes.plot([value], [place], linestyle="none", markersize=5, markeredgewidth=1.2, **look)


def _handle(style: str, label: str) -> Line2D:
    return Line2D([], [], linestyle="none", markersize=5, markeredgewidth=1.2, label=label, **_STYLES[style])


def forest(found: Mapping[str, Paired], effects: Rows, week: int) -> Drawing:
    """Standardised paired effects of all outcomes, all arms, for all who ever came and for regulars."""
    arms = arms_with_group(found)
    outcomes = [o for o in OUTCOMES if o.name not in {"ties", "contacts"}]
    height = 1.15 + len(outcomes) * max(0.30, 0.17 * len(arms) + 0.1)
    figure = Figure(figsize=(9.2, height))
    panels = figure.subplots(1, 2, sharey=True, sharex=True)
    figure.subplots_adjust(LEFT / 9.2, 0.55 / height, 0.985, 1 - 0.62 / height, wspace=0.05)
    for axes, population in zip(panels, ("joined", "regulars"), strict=True):
        axes.axvline(0, color=INK, linewidth=0.8)
        for k, paired in enumerate(arms):
            colour, marker = colour_of(found, paired.arm.name)
            rows = pick(effects, paired.arm.name, population, week)
            for place, outcome in enumerate(outcomes):
                row = rows[outcome.label]
                y = place + (k - (len(arms) - 1) / 2) * 0.72 / max(len(arms), 2)
                value, low, high = (_number(row["smd" + end]) for end in ("", "_low", "_high"))
                axes.plot([low, high], [y, y], color=colour, linewidth=1.5, solid_capstyle="butt")
                axes.plot([value], [y], marker=marker, color=colour, markersize=4.5, linestyle="none")
        axes.set_title(POPULATIONS[population])
        axes.grid(True, axis="x")
        axes.grid(False, axis="y")
        axes.set_xlabel("standardised paired difference")
        axes.set_ylim(len(outcomes) - 0.45, -0.55)
        axes.set_yticks(range(len(outcomes)), [o.label for o in outcomes])
        axes.tick_params(axis="y", length=0)
        for edge in range(len(outcomes) - 1):
            axes.axhline(edge + 0.5, color=PALE, linewidth=0.6)
    _legend_of_arms(figure, found, arms)
    return Drawing(
        figure,
        f"Standardised paired differences after {span(week)}, with 95 % intervals; the table has all numbers.",
    )


def _legend_of_arms(figure: Figure, found: Mapping[str, Paired], arms: Sequence[Paired], lines: bool = False) -> None:
    handles = []
    for paired in arms:
        colour, marker = colour_of(found, paired.arm.name)
        look: dict[str, Any] = {"linewidth": 2} if lines else {"marker": marker, "linestyle": "none", "markersize": 5}
        handles.append(Line2D([], [], color=colour, label=paired.arm.name, **look))
    figure.legend(handles=handles, loc="upper left", ncols=6, bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3)


def courses(found: Mapping[str, Paired], rows: Rows, arm: str) -> Drawing:
    """How members and their twins go on, from a year before first coming to four years after."""
    colour, _ = colour_of(found, arm)
    figure = Figure(figsize=(9.2, 5.1))
    panels = figure.subplots(2, 3, sharex=True)
    figure.subplots_adjust(0.065, 0.105, 0.99, 0.86, wspace=0.24, hspace=0.3)
    for axes, name in zip(panels.flat, SHOWN_COURSES, strict=True):
        mine = [r for r in rows if r["arm"] == arm and r["outcome"] == name and r["with"] is not None]
        when = np.array([r["since_coming"] for r in mine]) / WEEKS_IN_YEAR
        for side, shade in (("without", TWIN), ("with", colour)):
            value, low, high = (np.array([_number(r[side + end]) for r in mine]) for end in ("", "_low", "_high"))
            axes.fill_between(when, low, high, color=shade, alpha=0.18, linewidth=0)
            axes.plot(when, value, color=shade, linewidth=1.8)
        axes.axvline(0, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))
        axes.set_title(OUTCOME[name].label + (" a week" if name == "episodes" else ""))
        axes.set_xlim(-YEARS_BEFORE, YEARS_AFTER)
        axes.yaxis.set_major_locator(MaxNLocator(5))
    for axes in panels[-1]:
        axes.set_xlabel("years since first coming")
    figure.legend(handles=[Line2D([], [], color=colour, linewidth=2, label=f"all who ever came, {arm}"),
                           Line2D([], [], color=TWIN, linewidth=2, label="the same people without a group")],
                  loc="upper left", ncols=2, bbox_to_anchor=(0.0, 1.0), borderaxespad=0.4)  # fmt: skip
    return Drawing(
        figure, f"{arm}: means of six outcomes over time from first coming, with the group and of the twins without."
    )


def gains(found: Mapping[str, Paired], week: int) -> Drawing:
    """How individual people differ from their twins: the share with a difference below each value."""
    arms = arms_with_group(found)
    figure = Figure(figsize=(9.2, 2.9))
    panels = figure.subplots(1, len(GAINS), sharey=True)
    figure.subplots_adjust(0.065, 0.19, 0.99, 0.76, wspace=0.1)
    told = []
    for axes, name in zip(panels, GAINS, strict=True):
        spread = []
        for paired in arms:
            people = paired.people
            here = people["horizon"] == paired.rows.index(week // 4)
            difference = (people[f"{name}_life"] - people[f"{name}_twin"])[here]
            difference = np.sort(difference[~np.isnan(difference)])
            if len(difference) == 0:
                continue
            colour, _ = colour_of(found, paired.arm.name)
            share = np.arange(1, len(difference) + 1) / len(difference)
            axes.step(difference, share, where="post", color=colour, linewidth=1.8)
            spread.append(np.quantile(difference, [0.02, 0.98]))
            better = OUTCOME[name].better * difference > 0
            side = "lower" if OUTCOME[name].better < 0 else "higher"
            told.append(f"{paired.arm.name}, {OUTCOME[name].label}: {percent(better.mean())} {side} than the twin")
        if spread:
            edges = np.array(spread)
            room = 0.08 * max(edges.max() - edges.min(), 1e-9)
            axes.set_xlim(min(edges.min() - room, -room), max(edges.max() + room, room))
        axes.axvline(0, color=INK, linewidth=0.8)
        axes.set_ylim(0, 1)
        axes.xaxis.set_major_locator(MaxNLocator(4))
        axes.set_title(OUTCOME[name].label + (" a year" if name == "episodes" else ""))
        axes.set_xlabel("less with the group | more", fontsize=8)
    panels[0].set_ylabel("share of people")
    _legend_of_arms(figure, found, arms, lines=True)
    return Drawing(figure, f"Distribution of individual paired differences after {span(week)}. {'; '.join(told)}.")


def survival(found: Mapping[str, Paired]) -> Drawing:
    """Share of groups still open (Kaplan and Meier, with 95 % intervals)."""
    arms = arms_with_group(found)
    figure = Figure(figsize=(9.2, 3.0))
    axes = figure.subplots()
    figure.subplots_adjust(0.065, 0.17, 0.99, 0.86)
    told = []
    for paired in arms:
        total = paired.arm.values["run.weeks"]
        closed = paired.closed_week
        ended = closed[closed >= 0].astype(float)
        sample = stats.CensoredData(uncensored=ended, right=np.full(int((closed < 0).sum()), float(total)))
        colour, _ = colour_of(found, paired.arm.name)
        curve: Any = stats.ecdf(sample).sf
        when = np.concatenate([[0.0], curve.quantiles, [total]]) / WEEKS_IN_YEAR
        share = np.concatenate([[1.0], curve.probabilities, curve.probabilities[-1:]])
        axes.step(when, share, where="post", color=colour, linewidth=1.8)
        with np.errstate(divide="ignore", invalid="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of times before the first group closed, where there is no interval
            band = curve.confidence_interval(0.95, method="log-log")
        low, high = (
            np.concatenate([[1.0], side.probabilities, side.probabilities[-1:]]) for side in (band.low, band.high)
        )
        axes.fill_between(when, low, high, step="post", color=colour, alpha=0.15, linewidth=0)
        told.append(f"{paired.arm.name}: {percent(share[-1])} at the end")
    axes.set_ylim(0, 1.02)
    axes.set_xlim(0, max(paired.arm.values["run.weeks"] for paired in arms) / WEEKS_IN_YEAR)
    axes.set_xlabel("years since the opening")
    axes.set_ylabel("share still open")
    axes.spines["bottom"].set_color(GREY)
    _legend_of_arms(figure, found, arms, lines=True)
    return Drawing(figure, "Share of groups still open over time. " + "; ".join(told) + ".")
