"""Figures of ``factorial``: main effects and two-way interactions, a panel for each outcome."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from analysis.compare.estimate import Estimates
from analysis.figures.palette import BLUE, GREY, INK, ORANGE, VERMILLION
from analysis.figures.style import Drawing, margins, new_page, rows_down
from analysis.studies.factorial.lives import GROUP, JOINED, MAIN, ONE_STRATUM, READINGS, REGULARS, SAME, place_of
from analysis.studies.factorial.words import compared
from analysis.words.numbers import signed, span
from analysis.words.prose import capital, runs_of

if TYPE_CHECKING:
    from analysis.studies.factorial.study import Factored

ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."
LOOKS = {SAME: (BLUE, "o", 0.26), JOINED: (ORANGE, "s", 0.0), REGULARS: (VERMILLION, "D", -0.26)}
LEGEND = {
    SAME: ONE_STRATUM, JOINED: "all who ever came (depends on the cell)", REGULARS: "regulars (depends on the cell)",
}  # fmt: skip
COLUMNS, WIDTH, ROW = 3, 12.5, 0.36  # inches
LONGEST_NAME, LONGEST_LINE = 26, 165  # letters of a label on a line, and of a line of the page
Row = tuple[str, Estimates]


def draw_all(found: Factored) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "effects", draw_effects(found)
    yield "interactions", draw_interactions(found)


def draw_effects(found: Factored) -> Drawing:
    """Each factor's main effect, and the whole difference below them."""
    first, last = (arm.name for arm in found.study.arms)
    effects = found.effects
    two = all(len(factor.levels) == 2 for factor in found.study.factors)
    names = [f.question for f in found.study.factors] if two else [effect.name for effect, _ in effects.mains]
    rows = [*zip(names, (of for _, of in effects.mains), strict=True), (f"{last} minus {first}", effects.whole)]
    note = (
        "Main effect: mean over the cells at the second level minus mean over those at the first, of paired "
        f"differences (with the group minus without). Lowest row: {last} minus {first} as a whole; main effects and "
        f"interactions of three or more sum to it. Lines: 95 % intervals, towns drawn anew. Each panel has an axis of "
        f"its own. {ABOUT}"
    )
    return _draw(found, f"What differs between {first} and {last}, and how much each difference does", rows, note, 1)


def draw_interactions(found: Factored) -> Drawing:
    """Each two-way interaction."""
    rows = [(effect.name, of) for effect, of in found.effects.pairs]
    note = (
        "Two-way interaction: half of how much the effect of the one factor differs between the levels of the other. "
        "Zero: the two do not lean on each other. "
        f"Lines: 95 % intervals, towns drawn anew. Each panel has an axis of its own. {ABOUT}"
    )
    return _draw(found, "Which differences lean on each other", rows, note, 0)


def _draw(found: Factored, title: str, rows: Sequence[Row], note: str, below: int) -> Drawing:
    """A panel for each outcome, a row for each effect, a mark for each stratum.

    Args:
        found: all that was found.
        title: of the page.
        rows: effects by label.
        note: at the foot.
        below: so many rows at the end stand apart.
    """
    panels = [[(s, place_of(s, name)) for s in LOOKS] for name in MAIN]
    panels += [[(GROUP, k)] for k, one in enumerate(READINGS) if one.stratum == GROUP]
    down = math.ceil(len(panels) / COLUMNS)
    height = down * (ROW * len(rows) + 0.85) + 1.85
    account = found.study.arms[0].account
    under = f", under the account {account.name}" if account else ""
    said = f"{runs_of(found.finished, found.study.runs)}, after {span(found.weeks)}{under}. {compared(found)}"
    lines = textwrap.wrap(capital(said), LONGEST_LINE)[:2]
    page = new_page(title, "\n".join(lines), WIDTH, height, "\n".join(textwrap.wrap(note, LONGEST_LINE)))
    grid = page.subplots(down, COLUMNS, sharey=True, squeeze=False)
    margins(page, top=1.45, bottom=1.0, left=2.1, hspace=0.85 / (ROW * len(rows)), wspace=0.1)
    places = np.arange(len(rows))[::-1] + np.where(np.arange(len(rows)) < len(rows) - below, 0.35 * below, 0.0)
    labels = ["\n".join(textwrap.wrap(name, LONGEST_NAME)[:2]) for name, _ in rows]
    words = []
    for axes, marks in zip(grid.flat, panels, strict=False):
        _panel(axes, [of for _, of in rows], marks, places)
        k = marks[0][1]
        axes.set_title(capital(READINGS[k].label))
        axes.set_title(READINGS[k].unit, loc="right", fontsize=8, color=GREY, fontweight="normal")
        axes.set_yticks(places, labels)
        if below:
            axes.axhline(0.5 + (below - 1) + 0.17, color=GREY, linewidth=0.6)
        largest = int(np.nanargmax(np.abs(np.nan_to_num([of.value[k] for _, of in rows[: len(rows) - below]]))))
        words.append(f"{READINGS[k].label}, largest {rows[largest][0]} {signed(rows[largest][1].value[k], 3)}")
    for axes in list(grid.flat)[len(panels) :]:
        axes.set_visible(False)
    handles = [
        Line2D([], [], color=colour, marker=mark, markersize=5, linewidth=1.3, label=LEGEND[stratum])
        for stratum, (colour, mark, _) in LOOKS.items()
    ]
    handles.append(Line2D([], [], color=INK, marker="o", markersize=5, linewidth=1.3, label="the group itself"))
    page.legend(handles=handles, loc="upper left", ncols=4, bbox_to_anchor=(0.008, 1 - 0.72 / height))
    return Drawing(page, f"{title}. {'; '.join(words)}.")


def _panel(axes: Axes, rows: Sequence[Estimates], marks: Sequence[tuple[str, int]], places: np.ndarray) -> None:
    """One outcome: every effect, a mark and a line for each stratum."""
    axes.axvline(0, color=INK, linewidth=0.8)
    for stratum, k in marks:
        colour, mark, shift = LOOKS.get(stratum, (INK, "o", 0.0))
        for place, of in zip(places, rows, strict=True):
            axes.hlines(place + shift, of.low[k], of.high[k], color=colour, linewidth=1.3)
            axes.plot(of.value[k], place + shift, mark, color=colour, markersize=4.2)
    axes.set_ylim(-0.55, places[0] + 0.55)
    rows_down(axes)
    axes.locator_params(axis="x", nbins=5)
