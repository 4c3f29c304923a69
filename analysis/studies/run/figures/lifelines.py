"""Everyone who ever came, one line a person: when a member, how often there, why gone."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from analysis.figures.palette import GREEN, GREY, INK, MEMBERS, ORANGE, SHADES, VERMILLION
from analysis.figures.style import Drawing, margins
from analysis.studies.run.arrays import Arrays, array, rolling_ratio, years
from analysis.studies.run.figures.axes import empty_drawing, mark_group, new_figure, year_axis
from analysis.studies.run.tables import CAME_AGAIN
from sim.state import (
    CLINICIAN_LEFT,
    EVENT_NAMES,
    FIRST_VISIT,
    GROUP_CLOSED,
    HANDED_OVER,
    LEFT,
    LEFT_NAMES,
    MOVED_AWAY,
    ONE_VISIT_ONLY,
)

# From light to dark: share of recent meetings attended.
LEVELS = (0.2, 0.4, 0.6, 0.8)
NAMED = ("up to 20 %", "20-40 %", "40-60 %", "60-80 %", "over 80 %")
HALF_BAR = 0.36
WINDOW_WEEKS = 13
NOTE = (
    "A member's bar is darker, the more of the recent meetings she or he came to. At a meeting: mean of 13 weeks.\n"
    "One run is one story; other seeds give quite other lives to the same group."
)


def draw(frame: Arrays) -> Drawing:
    """Members and attendance above; below, a row for each person who ever came."""
    title = "Who came, how often, and for how long"
    people = frame.came
    if not len(people):
        return empty_drawing(frame, title)
    rows = max(len(people), 4)
    per_row = min(0.21, 8.5 / rows)
    below = max(rows * per_row, 1.2)
    height = 1.45 + 1.6 + 0.75 + below + 0.95
    figure = new_figure(frame, title, 10, height, NOTE)
    above_axes, axes = figure.subplots(2, 1, sharex=True, height_ratios=(1.6, below))
    gap = 2 * 0.45 / (1.6 + below)
    margins(figure, top=1.5, bottom=0.95, left=1.0, hspace=gap)
    end = _end_week(frame)
    _members(above_axes, frame)
    _bars(axes, frame, people)
    _marks(axes, frame, people)
    for one in (above_axes, axes):
        mark_group(one, frame, named=one is above_axes)
        _handover(one, frame, named=one is above_axes)
    axes.set_ylim(len(people) - 0.4, -0.6)
    step = max(1, int(np.ceil(0.13 / per_row)))
    axes.set_yticks(range(0, len(people), step), [str(frame.ids[person]) for person in people[::step]], fontsize=7.5)
    axes.set_ylabel("person (number)")
    axes.set_title("Each person who ever came, in the order of first coming")
    axes.grid(False)
    year_axis(axes, frame, end)
    _legends(figure, height)
    return Drawing(figure, f"{title}: {len(people)} people ever came; bars while each was a member.")


def _end_week(frame: Arrays) -> float:
    """A group that closed early gets room for its own life, not for the years after it."""
    closed = frame.closed_week
    return frame.weeks if closed is None else min(frame.weeks, max(closed * 1.08, closed + 6))


def _members(axes: Axes, frame: Arrays) -> None:
    when = years(np.arange(frame.weeks))
    meetings, is_open = frame.of_weeks("meetings").astype(float), frame.of_weeks("open").astype(bool)
    attendance = rolling_ratio(frame.of_weeks("attendances"), meetings, WINDOW_WEEKS, is_open)
    ends = years(np.arange(frame.weeks + 1))  # a step for each week, the last one too
    axes.step(ends, _with_last(frame.of_weeks("members")), where="post", color=MEMBERS, linewidth=2.6)
    axes.step(ends, _with_last(frame.of_weeks("regulars")), where="post", color=GREEN, linewidth=1.2)
    axes.plot(when, attendance, color=INK, linewidth=1.0)
    axes.set_ylim(0, 1.18 * max(frame.of_weeks("members").max(), 2))
    axes.yaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_ylabel("people")
    axes.set_title("Members and attendance")


def _with_last(values: np.ndarray) -> np.ndarray:
    return np.append(values, values[-1])


def _bars(axes: Axes, frame: Arrays, people: np.ndarray) -> None:
    """One rectangle for each spell of the same shade."""
    place = np.full(len(frame.ids), -1)
    place[people] = np.arange(len(people))
    here = frame.is_member
    row, week = place[frame.person[here]], frame.week[here]
    shade = np.digitize(frame.of_people("regularity")[here], LEVELS)
    row, first, last, shade = _spells(row, week, shade)
    corners = _rectangles(years(first), years(last + 1), row - HALF_BAR, row + HALF_BAR)
    axes.add_collection(
        PolyCollection(list(corners), facecolors=[SHADES[s] for s in shade], linewidths=0, antialiaseds=False)
    )
    organising = here & frame.of_people("organiser").astype(bool)
    row, first, last, _ = _spells(
        place[frame.person[organising]], frame.week[organising], np.zeros(organising.sum(), int)
    )
    lines = np.stack([np.column_stack([years(first), row]), np.column_stack([years(last + 1), row])], axis=1)
    axes.add_collection(LineCollection(list(lines), colors=ORANGE, linewidths=2.4, capstyle="butt"))


def _spells(row: np.ndarray, week: np.ndarray, kind: np.ndarray) -> tuple[np.ndarray, ...]:
    """Runs of weeks without a gap and of one kind, for each row: row, first week, last week, kind."""
    order = np.lexsort((week, row))
    row, week, kind = row[order], week[order], kind[order]
    new = np.ones(len(row), bool)
    new[1:] = (np.diff(row) != 0) | (np.diff(week) != 1) | (np.diff(kind) != 0)
    starts = np.flatnonzero(new)
    ends = np.append(starts[1:], len(row)) - 1
    return (row[starts], week[starts], week[ends], kind[starts]) if len(row) else (row, week, week, kind)


def _rectangles(left: np.ndarray, right: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Corners: float64[k, 4, 2]."""
    return np.stack(
        [np.column_stack(corner) for corner in ((left, low), (left, high), (right, high), (right, low))], axis=1
    )


def _marks(axes: Axes, frame: Arrays, people: np.ndarray) -> None:
    place = {int(frame.ids[person]): row for row, person in enumerate(people)}
    story = frame.run.tables["story"]
    person, when, event, reason = (array(story, name) for name in ("person", "week", "event", "reason"))
    somebody = ~np.isnan(person.astype(float))
    person, when, event, reason = person[somebody], when[somebody], event[somebody], reason[somebody]
    rows = np.array([place[int(who)] for who in person], dtype=float)
    came = np.isin(event, (EVENT_NAMES[FIRST_VISIT], CAME_AGAIN))
    left = event == EVENT_NAMES[LEFT]
    moved = left & (reason == LEFT_NAMES[MOVED_AWAY])
    closed = left & (reason == LEFT_NAMES[GROUP_CLOSED])
    once = left & (reason == LEFT_NAMES[ONE_VISIT_ONLY])
    other = left & ~moved & ~closed & ~once
    # A single visit is one mark, not a coming and a going on top of each other.
    visits = set(zip(when[once], rows[once], strict=True))
    came &= np.array([(week, row) not in visits for week, row in zip(when, rows, strict=True)], dtype=bool)
    axes.scatter(years(when[once]), rows[once], s=15, marker="D", facecolors=VERMILLION, linewidths=0, zorder=4)
    axes.scatter(
        years(when[came]), rows[came], s=17, marker="o", facecolors="white", edgecolors=INK, linewidths=0.9, zorder=4
    )
    axes.scatter(years(when[other]), rows[other], s=20, marker="x", color=VERMILLION, linewidths=1.3, zorder=5)
    axes.scatter(years(when[moved]), rows[moved], s=20, marker=">", color=INK, linewidths=0, zorder=5)


def _handover(axes: Axes, frame: Arrays, *, named: bool) -> None:
    for kind, words in ((HANDED_OVER, " handed over to members"), (CLINICIAN_LEFT, " clinician left")):
        for week in frame.happened(kind):
            axes.axvline(float(years(week)), color=GREY, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=1)
            if named:
                axes.text(
                    float(years(week)),
                    0.985,
                    words,
                    transform=axes.get_xaxis_transform(),
                    va="top",
                    fontsize=8,
                    color=INK,
                )


def _legends(figure: Figure, height: float) -> None:
    lines = [
        Line2D([], [], color=MEMBERS, linewidth=2.6, label="members"),
        Line2D([], [], color=GREEN, linewidth=1.2, label="regulars"),
        Line2D([], [], color=INK, linewidth=1.0, label="at a meeting"),
    ]
    shades: list[Line2D | Patch] = [Line2D([], [], linewidth=0, label="of recent meetings, came to:")]
    shades += [Patch(color=colour, linewidth=0, label=words) for colour, words in zip(SHADES, NAMED, strict=True)]
    marks = [
        Line2D([], [], color=ORANGE, linewidth=2.4, label="organises"),
        Line2D(
            [],
            [],
            linewidth=0,
            marker="o",
            markersize=4.5,
            markerfacecolor="white",
            markeredgecolor=INK,
            label="came (again)",
        ),
        Line2D([], [], linewidth=0, marker="D", markersize=4, color=VERMILLION, label="single visit"),
        Line2D([], [], linewidth=0, marker="x", markersize=5, color=VERMILLION, markeredgewidth=1.3, label="left"),
        Line2D([], [], linewidth=0, marker=">", markersize=4.5, color=INK, label="moved away"),
    ]
    common: dict[str, Any] = {"loc": "upper left", "borderaxespad": 0, "handlelength": 1.6, "columnspacing": 1.3}
    figure.legend(handles=lines + marks, ncols=8, bbox_to_anchor=(0.02, 1 - 0.66 / height), **common)
    figure.legend(handles=shades, ncols=6, bbox_to_anchor=(0.02, 1 - 0.90 / height), **common)
