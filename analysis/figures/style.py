"""How all figures look, and how they are saved."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from analysis.figures.palette import GREY, GRID, INK, WITHOUT_GROUP
from analysis.studies.run.frame import Frame, years
from analysis.words.terminal import plain
from sim.relations import WEEKS_IN_YEAR

DOTS_PER_INCH = 150

RC: Any = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "axes.titlesize": 10,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # given, so that matplotlib need not measure all labels to find it
    "axes.labelsize": 9,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "legend.frameon": False,
    "legend.fontsize": 8.5,
    "text.color": INK,
    "text.parse_math": False,  # a dollar sign in a scenario's title is a dollar sign
    "svg.fonttype": "none",  # text stays text: searchable, and can be edited
    "svg.hashsalt": "sameboat",  # the same figure gives the same file
}


class Drawing(NamedTuple):
    """A figure and what it shows, in words, for those who cannot see it."""

    figure: Figure
    description: str


def new_figure(frame: Frame, title: str, width: float, height: float, note: str) -> Figure:
    """An empty figure with its title, what was run, and a note at the foot."""
    what = f"{_shortened(frame.run.heading)}   |   seed {frame.run.seed}"
    return new_page(title, what, width, height, note)


def new_page(title: str, below: str, width: float, height: float, note: str) -> Figure:
    """An empty figure of so many inches with a title, a line below it, and a note at the foot."""
    page = Figure(figsize=(width, height))
    write_around(page, title, below, note)
    return page


def write_around(page: Figure, title: str, below: str, note: str) -> None:
    """A title at the head, a line below it, and a note at the foot, for which there must be room."""
    height = page.get_figheight()
    page.text(0.012, 1 - 0.12 / height, title, fontsize=13, weight="bold", va="top")
    page.text(0.012, 1 - 0.40 / height, below, fontsize=9, color=GREY, va="top")
    page.text(0.012, 0.10 / height, note, fontsize=8, color=GREY, va="bottom", linespacing=1.35)


def _shortened(text: str, most: int = 95) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 3] + "..."


def margins(
    figure: Figure, *, top: float, bottom: float, left: float = 0.75, right: float = 0.25, **gaps: float
) -> None:
    """Set the margins in inches: no automatic layout, which would draw everything twice."""
    width, height = figure.get_size_inches()
    figure.subplots_adjust(left / width, bottom / height, 1 - right / width, 1 - top / height, **gaps)


def say(axes: Axes, words: str) -> None:
    """Words in an otherwise empty panel."""
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color=GREY, fontsize=10)


def empty_drawing(frame: Frame, title: str) -> Drawing:
    """A small figure that says why there is nothing to draw."""
    words = "no group" if not frame.had_group else "nobody was a member"
    figure = new_figure(frame, title, 10, 1.9, "")
    figure.text(0.5, 0.32, words, ha="center", va="center", color=GREY, fontsize=11)
    return Drawing(figure, f"{title}: {words}, so there is nothing to draw.")


def mark_group(axes: Axes, frame: Frame, *, named: bool = False) -> None:
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


def year_axis(axes: Axes, frame: Frame, end_week: float | None = None) -> None:
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


@contextmanager
def style() -> Iterator[None]:
    """Within it figures look as ours do, and the same figure gives the same bytes every time."""
    with mpl.rc_context(RC), warnings.catch_warnings():
        # A missing glyph in somebody's title is no reason to interrupt.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


def save(drawing: Drawing, path: Path) -> None:
    """Write PATH.png and PATH.svg, the same bytes for the same figure."""
    figure, description = drawing
    title = figure.texts[0].get_text() if figure.texts else path.name
    FigureCanvasAgg(figure)
    figure.savefig(
        path.with_name(f"{path.name}.png"), dpi=DOTS_PER_INCH,
        metadata={"Description": plain(description), "Software": None},
        pil_kwargs={"compress_level": 1},
    )  # fmt: skip
    FigureCanvasSVG(figure)
    figure.savefig(
        path.with_name(f"{path.name}.svg"), metadata={"Title": title, "Description": description, "Date": None}
    )
