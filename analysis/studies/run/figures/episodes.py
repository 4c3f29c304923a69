"""Episodes and hard days got through, always beside coping and distress."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.figures.palette import INK, MEMBERS, RESIDENTS
from analysis.figures.style import Drawing, margins, say
from analysis.studies.run.arrays import Arrays, rolling_ratio, years
from analysis.studies.run.figures.axes import mark_group, new_figure, year_axis
from sim.relations import WEEKS_IN_YEAR

WINDOW_WEEKS = 13
NOTE = (
    "Means of the last 13 weeks. Few or no episodes is not the same as being well, and the group asks nobody to stop: "
    "read the count beside the rest.\nMembers come and go, and tend to join when things are bad. One run is one story: "
    "nothing here is an effect of the group."
)


def draw(frame: Arrays) -> Drawing:
    """Four panels: episodes, hard days and those got through, coping, distress; means of 13 weeks."""
    title = "Episodes and hard days got through, beside coping and distress"
    some = bool(frame.is_member.any())
    figure = new_figure(frame, title, 10, 7.2, NOTE)
    panels = figure.subplots(2, 2, sharex=True)
    when = years(np.arange(frame.weeks) + 1)
    groups = [("residents", RESIDENTS, 1.1)] + ([("members", MEMBERS, 1.7)] if some else [])
    for whom, colour, width in groups:
        people = frame.of_weeks(whom).astype(float)
        mean = {name: _mean(frame, whom, people, name) for name in
                ("episodes", "hard_days", "hard_days_through", "coping", "distress")}  # fmt: skip
        a_year = float(WEEKS_IN_YEAR)
        panels[0, 0].plot(when, a_year * mean["episodes"], color=colour, linewidth=width)
        panels[0, 1].plot(
            when, a_year * mean["hard_days"], color=colour, linewidth=width * 0.75, linestyle=(0, (3, 1.5))
        )
        panels[0, 1].plot(when, a_year * mean["hard_days_through"], color=colour, linewidth=width)
        panels[1, 0].plot(when, mean["coping"], color=colour, linewidth=width)
        panels[1, 1].plot(when, mean["distress"], color=colour, linewidth=width)
    titles = ("Episodes of self-harm", "Hard days, and those got through", "Coping", "Distress")
    units = (
        "per person and year",
        "days per person and year",
        "mean (proportion, 0 to 1)",
        "mean (proportion, 0 to 1)",
    )
    for axes, words, unit in zip(panels.flat, titles, units, strict=True):
        axes.set_title(words)
        axes.set_ylabel(unit)
        mark_group(axes, frame, named=axes is panels[0, 0])
        _from_zero(axes)
    for axes in panels[1]:
        axes.set_ylim(0, 1)
        year_axis(axes, frame)
    if not some:
        note = "no group" if not frame.had_group else "nobody was a member"
        panels[0, 0].annotate(f"({note}: residents only)", (0.98, 0.96), xycoords="axes fraction", ha="right", va="top",
                              fontsize=8.5, color=RESIDENTS)  # fmt: skip
    figure.legend(
        handles=_legend(some), loc="upper left", ncols=4, bbox_to_anchor=(0.012, 1 - 0.62 / 7.2), borderaxespad=0
    )
    margins(figure, top=1.25, bottom=1.0, wspace=0.2, hspace=0.22)
    whom = "members and all residents" if some else "all residents"
    return Drawing(figure, f"{title}: means over {WINDOW_WEEKS} weeks of {whom}.")


def _mean(frame: Arrays, whom: str, people: np.ndarray, name: str) -> np.ndarray:
    """Mean per person and week over the last weeks, each week weighted by how many people it had."""
    return rolling_ratio(frame.of_weeks(f"{whom}_{name}") * people, people, WINDOW_WEEKS, people > 0)


def _from_zero(axes: Axes) -> None:
    top = axes.get_ylim()[1]
    if not axes.lines or all(np.isnan(line.get_ydata()).all() for line in axes.lines):
        say(axes, "nobody")
        return
    axes.set_ylim(0, top if top > 0 else 1)


def _legend(some: bool) -> list[Line2D]:
    shown = [Line2D([], [], color=RESIDENTS, linewidth=1.1, label="all residents")]
    if some:
        shown.insert(0, Line2D([], [], color=MEMBERS, linewidth=1.7, label="members"))
    return [
        *shown,
        Line2D(
            [],
            [],
            color=INK,
            linewidth=1.0,
            linestyle=(0, (3, 1.5)),
            label="dashed: all hard days; solid: got through without an episode",
        ),
    ]
