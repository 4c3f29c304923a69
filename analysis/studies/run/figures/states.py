"""The four slow states over the years: members beside everybody who lives in the area."""

from __future__ import annotations

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from analysis.figures.palette import MEMBERS, RESIDENTS
from analysis.figures.style import Drawing, margins
from analysis.studies.run.arrays import Arrays, quantiles_by_week, years
from analysis.studies.run.figures.axes import mark_group, new_figure, year_axis
from analysis.words.numbers import span

STATES = (
    ("isolation", "Isolation: feeling alone with it"),
    ("stigma", "Stigma: internalised shame"),
    ("understanding", "Understanding of own triggers and reasons"),
    ("coping", "Coping: other ways through distress"),
)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
NOTE = (
    "Members come and go: a line that moves shows who is there as well as how people change. Whoever joins tends to "
    "join when things are bad.\nOne run is one story: nothing here is an effect of the group."
)
NOTE_WITHOUT = "The same people and lives as in the run with a group and this seed. One run is one story."


def draw(frame: Arrays) -> Drawing:
    """Members' median, middle half and range each week; median of all residents as a thin line."""
    title = "Isolation, stigma, understanding and coping over the years"
    members = frame.is_member
    some = bool(members.any())
    figure = new_figure(frame, title, 10, 7.2, NOTE if some else NOTE_WITHOUT)
    panels = figure.subplots(2, 2, sharex=True, sharey=True)
    when = years(np.arange(frame.weeks) + 1)
    for axes, (name, words) in zip(panels.flat, STATES, strict=True):
        values = frame.of_people(name)
        everybody, _ = quantiles_by_week(frame.week, values, frame.weeks, SHARES)
        if some:
            theirs, _ = quantiles_by_week(frame.week[members], values[members], frame.weeks, SHARES)
            axes.fill_between(when, theirs[0], theirs[4], color=MEMBERS, alpha=0.13, linewidth=0)
            axes.fill_between(when, theirs[1], theirs[3], color=MEMBERS, alpha=0.28, linewidth=0)
            axes.plot(when, theirs[2], color=MEMBERS, linewidth=1.7)
        else:
            axes.fill_between(when, everybody[1], everybody[3], color=RESIDENTS, alpha=0.2, linewidth=0)
        axes.plot(when, everybody[2], color=RESIDENTS, linewidth=1.1)
        axes.set_title(words)
        axes.set_ylim(0, 1)
        mark_group(axes, frame, named=axes is panels[0, 0])
    for axes in panels[1]:
        year_axis(axes, frame)
    for axes in panels[:, 0]:
        axes.set_ylabel("state (proportion, 0 to 1)")
    figure.legend(
        handles=_legend(some), loc="upper left", ncols=4, bbox_to_anchor=(0.012, 1 - 0.62 / 7.2), borderaxespad=0
    )
    margins(figure, top=1.25, bottom=1.0 if some else 0.85, wspace=0.07, hspace=0.22)
    whom = "members' median with middle half and range, and the median of all residents" if some else "all residents"
    return Drawing(figure, f"{title}: {whom}, week by week over {span(frame.weeks)}.")


def _legend(some: bool) -> list[Line2D | Patch]:
    everybody = Line2D([], [], color=RESIDENTS, linewidth=1.1, label="all residents: median")
    if not some:
        return [everybody, Patch(color=RESIDENTS, alpha=0.2, linewidth=0, label="all residents: middle half"),
                Line2D([], [], linewidth=0, label="(nobody was a member)")]  # fmt: skip
    return [
        Line2D([], [], color=MEMBERS, linewidth=1.7, label="members: median"),
        Patch(color=MEMBERS, alpha=0.38, linewidth=0, label="middle half of members"),
        Patch(color=MEMBERS, alpha=0.13, linewidth=0, label="lowest to highest member"),
        everybody,
    ]
