"""What the figures of a comparison share: each arm's look, legends that find room, and a frame for figures alone."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.compare.comparison import Paired
from analysis.figures.palette import ARMS, MARKERS
from analysis.figures.style import Drawing, write_around

LINES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (8, 3)), (0, (2, 3)))
LONGEST = 26  # letters of an arm's name above a panel
LETTER, LINE, WIDEST = 0.062, 0.2, 5.1  # inches: a letter and a line of a legend; what a phone shows of a figure


def arms_with_group(found: Mapping[str, Paired]) -> list[Paired]:
    """The arms in which anything can happen."""
    return [paired for paired in found.values() if paired.arm.has_group]


def colour_of(found: Mapping[str, Paired], name: str) -> tuple[str, str]:
    """Colour and marker of an arm, the same in every figure."""
    place = [paired.arm.name for paired in arms_with_group(found)].index(name)
    return ARMS[place % len(ARMS)], MARKERS[place % len(MARKERS)]


def line_of(found: Mapping[str, Paired], name: str) -> dict[str, Any]:
    """Colour and dashes of an arm's line, the same in every figure."""
    place = [paired.arm.name for paired in arms_with_group(found)].index(name)
    return {"color": ARMS[place % len(ARMS)], "linestyle": LINES[place % len(LINES)], "linewidth": 1.8}


def short(name: str) -> str:
    """An arm's name that has room above a panel."""
    return name if len(name) <= LONGEST else name[: LONGEST - 3].rstrip() + "..."


def legend(figure: Figure, handles: Sequence[Line2D]) -> None:
    """A legend at the top left, in as many lines as it takes; the figure grows for those after the first."""
    widest = max(len(str(handle.get_label())) for handle in handles) * LETTER + 0.5
    columns = max(1, min(len(handles), int(WIDEST / widest)))
    _grow(figure, LINE * (-(-len(handles) // columns) - 1), 0.0)
    figure.legend(handles=handles, loc="upper left", ncols=columns, bbox_to_anchor=(0.0, 1.0), borderaxespad=0.3)


def legend_of_arms(figure: Figure, found: Mapping[str, Paired], lines: bool = False) -> None:
    """A legend of the arms with a group, by markers or by lines."""
    handles = []
    for paired in arms_with_group(found):
        colour, marker = colour_of(found, paired.arm.name)
        spot: dict[str, Any] = {"color": colour, "marker": marker, "linestyle": "none", "markersize": 5}
        look = line_of(found, paired.arm.name) if lines else spot
        handles.append(Line2D([], [], label=paired.arm.name, **look))
    legend(figure, handles)


def _grow(figure: Figure, above: float, below: float) -> None:
    """Make a figure so many inches higher, its panels staying as they are."""
    grid, old = figure.subplotpars, figure.get_figheight()
    new = old + above + below
    figure.set_figheight(new)
    figure.subplots_adjust(bottom=(grid.bottom * old + below) / new, top=(grid.top * old + below) / new)
    for one in figure.legends:
        one.set_bbox_to_anchor((0.0, (old + below) / new), figure.transFigure)


def on_a_page(drawing: Drawing, title: str, below: str, note: str) -> Drawing:
    """A figure with all that is needed to read it alone: title, what was run, and a note at the foot."""
    lines = textwrap.wrap(note, int(drawing.figure.get_figwidth() * 16))
    _grow(drawing.figure, 0.68, 0.18 + 0.155 * len(lines))
    write_around(drawing.figure, title, textwrap.shorten(below, 118, placeholder="..."), "\n".join(lines))
    return drawing
