"""Ties between those who ever came, at chosen years, each person always in the same place."""

from __future__ import annotations

import networkx as nx
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D

from analysis.figures.palette import FORMER_MEMBERS, GREY, MEMBERS
from analysis.figures.style import Drawing, margins, say
from analysis.studies.run.arrays import Arrays, Snapshot
from analysis.studies.run.figures.axes import empty_drawing, new_figure
from analysis.words.numbers import span

COLUMNS = 3
LAYOUT_SEED = 7  # of the drawing only: where a spring layout starts
SHOWN_FROM = 0.02
DISC, OUTSIDE, EDGE = 0.84, 1.06, 1.2
# Areas of circles in square points; FULL ties in sum give the largest.
SMALLEST, FULL = 22.0, 5.0
NOTE = (
    "A larger circle: more ties in sum (to 5). A darker, thicker line: a stronger tie (0.33 casual friend, "
    "0.51 friend, 0.80 close friend: Hall 2019).\nEach person has the same place in every panel; around the edge, "
    "those without a tie at any of these times. One run is one story."
)


def draw(frame: Arrays) -> Drawing:
    """A panel for each chosen time; positions from all ties of all panels together."""
    title = "Ties between those who ever came"
    snapshots = frame.snapshots
    rows = int(np.ceil(len(snapshots) / COLUMNS))
    height = 1.25 + 2.95 * rows + 0.75
    if not len(frame.came):
        return empty_drawing(frame, title)
    figure = new_figure(frame, title, 10, height, NOTE)
    panels = figure.subplots(rows, COLUMNS, squeeze=False)
    margins(figure, top=1.35, bottom=0.75, left=0.15, right=0.15, wspace=0.04, hspace=0.14)
    places = _places(frame)
    for axes in panels.flat:
        axes.set_xticks([])
        axes.set_yticks([])
        axes.spines[:].set_visible(False)
        axes.set_facecolor("#FAFAFA")
    tied = int((~np.isnan(places[:, 0]) & (np.hypot(places[:, 0], places[:, 1]) <= DISC + 1e-6)).sum())
    # Circles at their largest just touch: an inch is 72 points, a panel about three inches wide.
    largest = min(380.0, (0.92 * _spacing(tied) * 2.9 * 72 / (2 * EDGE)) ** 2)
    for axes in list(panels.flat)[len(snapshots) :]:
        axes.set_axis_off()
    for axes, snapshot in zip(panels.flat, snapshots, strict=False):
        _panel(axes, frame, places, snapshot, largest)
    figure.legend(
        handles=_legend(), loc="upper left", ncols=5, bbox_to_anchor=(0.012, 1 - 0.66 / height), borderaxespad=0
    )
    after = ", ".join(span(lived) for lived, *_ in snapshots)
    return Drawing(figure, f"{title} after {after}.")


def _places(frame: Arrays) -> np.ndarray:
    """Positions of all who ever came: float64[n, 2], NaN for everybody else.

    Those with ties fill a disc, pulled together by all ties of all panels and then pushed apart until
    nobody hides anybody; those who never had one stand around it in the order of coming.
    """
    places = np.full((len(frame.ids), 2), np.nan)
    graph = nx.Graph()
    for _, one, other, tie in frame.snapshots:
        for a, b, strength in zip(one.tolist(), other.tolist(), tie.tolist(), strict=True):
            before = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
            graph.add_edge(a, b, weight=before + strength)
    tied = [person for person in frame.came.tolist() if person in graph]
    alone = [person for person in frame.came.tolist() if person not in graph]
    places[alone] = OUTSIDE * _circle(len(alone))
    if tied:
        start = dict(zip(tied, _circle(len(tied)), strict=True))
        found = nx.spring_layout(
            graph.subgraph(tied),
            pos=start,
            k=2.0 / np.sqrt(len(tied)),
            iterations=60,
            weight="weight",
            seed=LAYOUT_SEED,
        )
        places[tied] = _spread(np.array([found[person] for person in tied]), _spacing(len(tied)))
    return places


def _circle(count: int) -> np.ndarray:
    """Points on the unit circle, clockwise from the top: float64[count, 2]."""
    angle = 2 * np.pi * np.arange(count) / max(count, 1)
    return np.column_stack([np.sin(angle), np.cos(angle)])


def _spacing(count: int) -> float:
    """Distance that so many people can keep from each other in the disc."""
    return 1.45 * DISC / float(np.sqrt(max(count, 3)))


def _spread(at: np.ndarray, apart: float, rounds: int = 150) -> np.ndarray:
    """Fill the disc evenly, keeping directions, and push apart who stands too near: float64[k, 2]."""
    at = at - at.mean(axis=0)
    radius = np.hypot(at[:, 0], at[:, 1])
    even = DISC * np.sqrt((np.argsort(np.argsort(radius, kind="stable"), kind="stable") + 0.5) / len(at))
    at = at / np.maximum(radius, 1e-12)[:, None] * even[:, None]
    for _ in range(rounds):
        gap = at[:, None, :] - at[None, :, :]
        distance = np.hypot(gap[..., 0], gap[..., 1])
        np.fill_diagonal(distance, np.inf)
        push = np.maximum(apart - distance, 0.0) / np.maximum(distance, 1e-9)
        at = at + 0.25 * (gap * push[..., None]).sum(axis=1)
        far = np.maximum(np.hypot(at[:, 0], at[:, 1]) / DISC, 1.0)
        at = at / far[:, None]
    return at


def _panel(axes: Axes, frame: Arrays, places: np.ndarray, snapshot: Snapshot, largest: float) -> None:
    lived, one, other, tie = snapshot
    axes.set_title(f"after {span(lived)}", fontsize=10)
    axes.set_xlim(-EDGE, EDGE)
    axes.set_ylim(-EDGE - 0.1, EDGE)
    now = frame.week == lived - 1
    members = frame.person[now & frame.is_member]
    former = frame.person[now & frame.has_come & ~frame.is_member]
    if not len(members) and not len(former):
        say(axes, "nobody who ever came\nlives here any more" if len(frame.came) else "nobody yet")
        return
    here = np.zeros(len(frame.ids), bool)
    here[members] = here[former] = True
    shown = (tie >= SHOWN_FROM) & here[one] & here[other]
    one, other, tie = one[shown], other[shown], tie[shown]
    order = np.argsort(tie)
    one, other, tie = one[order], other[order], tie[order]
    lines = np.stack([places[one], places[other]], axis=1)
    axes.add_collection(
        LineCollection(list(lines), linewidths=0.4 + 3.6 * tie, colors=_inks(tie), capstyle="round", zorder=1)
    )
    strength = np.bincount(one, tie, len(here)) + np.bincount(other, tie, len(here))
    sizes = SMALLEST + (largest - SMALLEST) * np.minimum(strength / FULL, 1.0)
    for people, face, edge in ((former, "white", FORMER_MEMBERS), (members, MEMBERS, "white")):
        x, y = places[people, 0], places[people, 1]
        axes.scatter(x, y, s=sizes[people], facecolors=face, edgecolors=edge, linewidths=1.2, zorder=3)
    closed = frame.closed_week is not None and frame.closed_week <= lived
    words = (
        f"{len(members)} members, {len(former)} former"
        if not closed
        else f"group closed; {len(former)} former members here"
    )
    axes.text(0.5, 0.0, words, transform=axes.transAxes, ha="center", va="bottom", fontsize=8, color=GREY)


def _inks(tie: np.ndarray) -> np.ndarray:
    """Darker for stronger ties: float64[k, 4]."""
    colours = np.zeros((len(tie), 4))
    colours[:, :3] = 0.2
    colours[:, 3] = np.clip(0.12 + 0.6 * tie, 0, 1)
    return colours


def _legend() -> list[Line2D]:
    def circle(face: str, edge: str, label: str) -> Line2D:
        return Line2D(
            [], [], linewidth=0, marker="o", markersize=7, markerfacecolor=face, markeredgecolor=edge, label=label
        )

    ties = [Line2D([], [], color=tuple(_inks(np.array([tie]))[0]), linewidth=0.4 + 3.6 * tie, label=f"tie {tie:g}")
            for tie in (0.1, 0.33, 0.8)]  # fmt: skip
    return [
        circle(MEMBERS, "white", "member"),
        circle("white", FORMER_MEMBERS, "former member, still living here"),
        *ties,
    ]
