"""What the figures of a run share: a heading that says what was run, the years, the end of the group."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.figures.palette import GREY, INK, WITHOUT_GROUP
from analysis.figures.style import Drawing, new_page
from analysis.studies.run.arrays import Arrays, years
from sim.relations import WEEKS_IN_YEAR


def new_figure(frame: Arrays, title: str, width: float, height: float, note: str) -> Figure:
    """An empty figure with its title, what was run, and a note at the foot."""
    what = f"{_shortened(frame.run.heading)}   |   seed {frame.run.seed}"
    return new_page(title, what, width, height, note)


def _shortened(text: str, most: int = 95) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 3] + "..."


def empty_drawing(frame: Arrays, title: str) -> Drawing:
    """A small figure that says why there is nothing to draw."""
    words = "no group" if not frame.had_group else "nobody was a member"
    figure = new_figure(frame, title, 10, 1.9, "")
    figure.text(0.5, 0.32, words, ha="center", va="center", color=GREY, fontsize=11)
    return Drawing(figure, f"{title}: {words}, so there is nothing to draw.")


def mark_group(axes: Axes, frame: Arrays, *, named: bool = False) -> None:
    """Shade the time without the group, and say why if ``named``."""
    closed = frame.closed_week
    if closed is None or closed >= frame.weeks:
        return
    start, end = float(years(closed)), float(years(frame.weeks))
    axes.axvspan(start, end, color=WITHOUT_GROUP, zorder=0, linewidth=0)
    axes.axvline(start, color=INK, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
    if named:
        late = start > 0.6 * end
        axes.text(start, 0.985, "group closed " if late else " group closed", transform=axes.get_xaxis_transform(),
                  ha="right" if late else "left", va="top", fontsize=8, color=INK)  # fmt: skip


def year_axis(axes: Axes, frame: Arrays, end_week: float | None = None) -> None:
    """Years since the opening along the bottom; weeks, if there is no more than a year."""
    end = float(years(end_week or frame.weeks))
    axes.set_xlim(0, end)
    since = "opening of the group" if frame.had_group else "the week in which a group might have opened"
    if end <= 1:
        last = round(end * WEEKS_IN_YEAR)
        ticks = np.arange(0, last + 1, max(1, int(np.ceil(last / 12))))
        axes.set_xticks(years(ticks), [str(week) for week in ticks])
        axes.set_xlabel(f"weeks since {since}")
        return
    if end >= 3:
        step = 1 if end <= 14 else 5 if end <= 60 else 10
        axes.set_xticks(range(0, int(end) + 1, step))
    axes.set_xlabel(f"years since {since}")
