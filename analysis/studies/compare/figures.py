"""Figures of a comparison: what is drawn, with title and note, and figures that compare means: three, and a forest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.compare.comparison import Paired
from analysis.compare.estimate import spread_before
from analysis.compare.outcomes import OUTCOME, OUTCOMES, POPULATIONS
from analysis.figures.palette import BLUE, GREY, INK, PALE, TWIN
from analysis.figures.style import Drawing, rows_down
from analysis.studies.compare import curves
from analysis.studies.compare.arms_drawn import arms_with_group, colour_of, legend, legend_of_arms, on_a_page, short
from analysis.studies.compare.words import MAIN, chosen_week
from analysis.words.numbers import count, signed, span
from analysis.words.prose import listed, plural

if TYPE_CHECKING:
    from analysis.studies.compare.study import Comparison

LEFT = 1.75  # inches for the names of outcomes

Rows = list[dict[str, Any]]


class Picture(NamedTuple):
    """A figure to be drawn, with what stands above and below it.

    Attributes:
        name: of its files.
        draw: draws it, without title and note.
        title, note: for a file that must stand alone; a report shows the note as the caption.
    """

    name: str
    draw: Callable[[], Drawing]
    title: str
    note: str


def all_pictures(found: Mapping[str, Paired], tables: Mapping[str, pa.Table]) -> list[Picture]:
    """Every figure; none where nobody ever came to a group."""
    effects, week = tables["effects"].to_pylist(), chosen_week(next(iter(found.values())).horizon_weeks)
    arms = arms_with_group(found)
    if not any(pick(effects, paired.arm.name, "joined", week)[OUTCOME["isolation"].label]["people"] for paired in arms):
        return []
    course, when = tables["course"].to_pylist(), f"{span(week)} after the opening"
    return [
        Picture("three", partial(three, found, effects, week), f"Three figures side by side, {when}",
                "All three are of the same people: those seen before they first came, as many of all who came as the "
                "row says at the right. In standard deviations of those eligible before joining; bars are 95 % "
                "intervals. Left of zero is less. Fewer episodes say little by themselves: read them beside the "
                "other rows. Of all who ever came, the next figure shows the difference."),
        Picture("forest", partial(forest, found, effects, week), f"With the group minus without, {when}",
                "Paired differences in standard deviations of everyone eligible before joining, with 95 % intervals. "
                "Trials of peer support in groups found about 0.2 (Lyons 2021; Rüsch and Kösters 2021), after "
                "months, not years."),
        *(Picture(f"courses-{paired.arm.name}", partial(curves.courses, found, course, paired.arm.name),
                  f"Before and after first coming: {short(paired.arm.name)}",
                  f"{paired.arm.title}. Only people seen for at least 24 weeks before they first came, so not the "
                  "founders. Filled: 95 % interval with the group; between dashes: without. Each panel has a scale "
                  "of its own, which need not begin at zero.")
          for paired in arms),
        Picture("individuals", partial(curves.individuals, found, week), f"Person by person, {when}",
                "All who ever came: for each value, the share of people whose difference is at or below it. Left of "
                "zero: lower than the twin; right: higher; a step at zero: people for whom nothing changed. Each panel "
                "has a scale of its own and shows the middle 96 % of people."),
        Picture("survival", partial(curves.survival, found), "How long groups stay open",
                "Share of groups still open (Kaplan and Meier); upright bars, a little apart: 95 % intervals by year."),
    ]  # fmt: skip


def draw_all(found: Comparison) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name, each with all that is needed to read it alone."""
    arms, runs = listed(map(short, found.runs)), plural(found.finished, "run")
    below = f"{arms}   |   {runs}; each person against the twin without a group"
    for picture in all_pictures(found.runs, found.tables):
        yield picture.name, on_a_page(picture.draw(), picture.title, below, picture.note)


def pick(effects: Rows, arm: str, population: str, week: int) -> dict[str, dict[str, Any]]:
    """Rows of the table of effects by outcome's label."""
    words = POPULATIONS[population]
    return {r["outcome"]: r for r in effects if (r["arm"], r["population"], r["weeks"]) == (arm, words, week)}


# Of each kind: column of the table of effects, look and words.
_KINDS: dict[str, tuple[dict[str, Any], str]] = {
    "change": ({"marker": "o", "color": INK, "markerfacecolor": "white"}, "change since before coming"),
    "twin_change": ({"marker": "o", "color": TWIN}, "change of the twin, no group"),
    "difference_with_before": ({"marker": "D", "color": BLUE}, "with the group minus without"),
}
STEP = 0.24  # of a row, from one kind to the next


def three(found: Mapping[str, Paired], effects: Rows, week: int) -> Drawing:
    """Change, the twin's change and their difference, all of the same people."""
    arms = arms_with_group(found)
    outcomes = [OUTCOME[name] for name in MAIN if name != "told_outside"]
    columns = min(len(arms), 3)
    lines = -(-len(arms) // columns)
    height = 0.75 + lines * (0.85 + 0.42 * len(outcomes))
    figure = Figure(figsize=(9.2, height))
    panels = figure.subplots(lines, columns, squeeze=False, sharex=True, sharey=True)
    figure.subplots_adjust(LEFT / 9.2, 0.62 / height, 0.985, 1 - 0.72 / height, wspace=0.06, hspace=0.3)
    for axes in list(panels.flat)[len(arms) :]:
        axes.set_axis_off()
    told = []
    for axes, paired in zip(panels.flat, arms, strict=False):
        rows = pick(effects, paired.arm.name, "joined", week)
        spread = _before_joining(paired)
        _lay_out(axes, [o.label for o in outcomes], short(paired.arm.name), "standard deviations of those eligible")
        for place, outcome in enumerate(outcomes):
            row, per = rows[outcome.label], spread[OUTCOMES.index(outcome)]
            for k, (kind, (look, _)) in enumerate(_KINDS.items()):
                _dot(axes, row, kind, place + (k - 1) * STEP, per, look)
            seen = row["difference_with_before"]
            told.append(
                f"{paired.arm.name}, {outcome.label}: difference {signed(None if seen is None else seen / per)}"
            )
    low, high = panels[0, 0].get_xlim()
    panels[0, 0].set_xlim(low, high + 0.3 * (high - low))  # room for how many people
    for axes, paired in zip(panels.flat, arms, strict=False):
        rows = pick(effects, paired.arm.name, "joined", week)
        for place, outcome in enumerate(outcomes):
            seen, people = (count(rows[outcome.label][name]) for name in ("people_with_before", "people"))
            axes.text(0.985, place, seen if seen == people else f"{seen}\nof {people}", fontsize=7, color=GREY,
                      transform=axes.get_yaxis_transform(), ha="right", va="center", linespacing=1.1)  # fmt: skip
    looks = [{"linestyle": "none", "markersize": 5, "label": words, **look} for look, words in _KINDS.values()]
    legend(figure, [Line2D([], [], **look) for look in looks])
    said = f"Three figures side by side after {span(week)}, of those seen before they came. "
    return Drawing(figure, said + "; ".join(told) + ".")


def _before_joining(paired: Paired) -> np.ndarray:
    """float64[outcomes]: standard deviation of everybody eligible, before joining; NaN where there is none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        found = spread_before(*np.moveaxis(paired.yardstick.sum(axis=0), -1, 0))
    return np.where(found > 0, found, np.nan)


def _dot(axes: Axes, row: dict[str, Any], name: str, place: float, per: float, look: dict[str, Any]) -> None:
    """A figure of the table of effects with its interval."""
    value, low, high = (np.nan if row[name + end] is None else row[name + end] / per for end in ("", "_low", "_high"))
    axes.plot([low, high], [place, place], color=look["color"], linewidth=1.4, solid_capstyle="butt")
    axes.plot([value], [place], linestyle="none", markersize=4.5, markeredgewidth=1.2, **look)


def _lay_out(axes: Axes, labels: list[str], title: str, below: str) -> None:
    """Rows from top to bottom, and a line at zero."""
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.set_title(title)
    axes.set_xlabel(below)
    axes.label_outer()
    axes.set_ylim(len(labels) - 0.45, -0.55)
    axes.set_yticks(range(len(labels)), labels)
    rows_down(axes)
    for edge in range(len(labels) - 1):
        axes.axhline(edge + 0.5, color=PALE, linewidth=0.6)


def forest(found: Mapping[str, Paired], effects: Rows, week: int) -> Drawing:
    """Standardised paired effects of all outcomes, all arms, for all who ever came and for regulars."""
    arms = arms_with_group(found)
    outcomes = [o for o in OUTCOMES if o.name not in {"ties", "contacts"}]
    height = 1.15 + len(outcomes) * max(0.30, 0.13 * len(arms) + 0.1)
    figure = Figure(figsize=(9.2, height))
    panels = figure.subplots(1, 2, sharey=True, sharex=True)
    figure.subplots_adjust(LEFT / 9.2, 0.55 / height, 0.985, 1 - 0.62 / height, wspace=0.05)
    for axes, population in zip(panels, ("joined", "regulars"), strict=True):
        _lay_out(axes, [o.label for o in outcomes], POPULATIONS[population], "standardised paired difference")
        for k, paired in enumerate(arms):
            colour, marker = colour_of(found, paired.arm.name)
            rows = pick(effects, paired.arm.name, population, week)
            for place, outcome in enumerate(outcomes):
                y = place + (k - (len(arms) - 1) / 2) * 0.72 / max(len(arms), 2)
                _dot(axes, rows[outcome.label], "smd", y, 1.0, {"color": colour, "marker": marker})
    legend_of_arms(figure, found)
    return Drawing(
        figure, f"Standardised paired differences after {span(week)}, with 95 % intervals; the table has all numbers."
    )
