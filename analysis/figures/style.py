"""How all figures look, and how they are saved."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from analysis.figures.palette import GREY, GRID, INK
from analysis.words.terminal import plain

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


def margins(
    figure: Figure, *, top: float, bottom: float, left: float = 0.75, right: float = 0.25, **gaps: float
) -> None:
    """Set the margins in inches: no automatic layout, which would draw everything twice."""
    width, height = figure.get_size_inches()
    figure.subplots_adjust(left / width, bottom / height, 1 - right / width, 1 - top / height, **gaps)


def rows_down(axes: Axes) -> None:
    """A panel of rows with names at the left: lines from top to bottom only, and no ticks beside the names."""
    axes.grid(visible=True, axis="x")
    axes.grid(visible=False, axis="y")
    axes.tick_params(axis="y", length=0)


def say(axes: Axes, words: str) -> None:
    """Words in an otherwise empty panel."""
    axes.text(0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", color=GREY, fontsize=10)


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
