"""Figures of a sensitivity analysis: ranked bars, interaction map, convergence, curves, heat maps."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, TwoSlopeNorm
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from analysis.figures.palette import ARMS, BLUE, GREEN, GREY, INK, ORANGE, PALE, SKY
from analysis.figures.style import RC, Drawing, margins, new_page
from analysis.studies.sensitivity.bins import Bins, pooled_in, pooled_in_two
from analysis.studies.sensitivity.indices import Indices, settled
from analysis.studies.sensitivity.response import Response
from analysis.words.numbers import figures, fixed, setting
from analysis.words.prose import capital, wrapped

if TYPE_CHECKING:
    from analysis.studies.sensitivity.study import Sensitivity

TITLES = {
    "life_change": "Change since before coming",
    "twin_change": "Change of the twin without a group",
    "difference": "Paired difference: what the group does",
}
OWN_AXIS = "\nThe two changes share an axis; the paired difference has one of its own."
COLOURS = (*ARMS, INK, GREY)
MOST_PAIRS = 14  # parameters in an interaction map
LINES: dict[str, Any] = {"fmt": "none", "ecolor": INK, "elinewidth": 1}  # of an interval
Z = 1.96
ROW = 0.26  # inches, of a bar
PER_INCH = 13  # letters of a heading
NARROWEST = 8.5
MOST_WRITTEN, MOST_TICKS = 8, 8  # columns of a map whose cells are written in; labels along an axis


class Heading(NamedTuple):
    """What stands over every figure: which sweep, and what was read off it."""

    sweep: str
    reading: str


def draw_all(done: Sensitivity) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name: indices, curves and maps that were asked for."""
    heading = Heading(done.title, done.response.reading.words)
    if done.found is not None:
        yield "indices", ranked_bars(done.found, heading)
        if done.found.convergence:
            yield "convergence", convergence(done.found, heading)
        if done.found.together:
            yield "together", interaction_map(done.found, heading)
    for name in done.curves:
        yield f"curve-{name}", curve(done.response, name, done.samples, heading)
    for one, other in done.maps:
        yield f"map-{one}-{other}", heat_map(done.response, one, other, done.samples, heading)


def ranked_bars(found: Indices, heading: Heading) -> Drawing:
    """How much each parameter matters, the one that matters most first."""
    every = all(settled(index, found) for index in found.each)
    each = found.each if every else sorted(found.each)
    n = len(each)
    names = [index.name for index in each]
    morris = found.kind == "morris"
    note = (
        "Bar: mean size of the change when this parameter moves through its range (mu*), with 95 % interval.\n"
        "Dot: standard deviation of those changes (sigma). Where it is large, what one does depends on others."
        if morris
        else "Share of variance between points. Dark: alone (first order). Light: with all it takes part in (total).\n"
        "Lines: 95 % intervals. Luck that more seeds would take away counts as taking part in everything."
    )
    with rc_context(RC):
        title = f"Which parameters matter{'' if every else ': not settled, so in order of their names'}"
        figure = _figure(title, heading, 9.5, 2.1 + ROW * n, note)
        axes = figure.add_subplot()
        margins(figure, top=0.85, bottom=1.05, left=2.5)
        y = np.arange(n)[::-1]
        total = np.array([index.total for index in each])
        errors = [index.total_error for index in each]
        if morris:
            axes.barh(y, total, 0.72, color=BLUE, label="mu*", alpha=0.9)
            axes.errorbar(total, y, xerr=errors, **LINES)
            axes.plot([index.spread for index in each], y, "o", color=ORANGE, markersize=5, label="sigma")
        else:
            axes.barh(y, total, 0.72, color=SKY, label="total", alpha=0.55)
            axes.errorbar(total, y + 0.27, xerr=errors, **LINES)
            main = [index.main for index in each]
            axes.barh(y, main, 0.36, color=BLUE, label="alone")
            axes.errorbar(main, y, xerr=[index.main_error for index in each], **LINES)
        axes.set_yticks(y, names)
        axes.set_ylim(-0.6, n - 0.4)
        axes.axvline(0, color=GREY, linewidth=0.8)
        axes.grid(axis="x")
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("size of the elementary effect" if morris else "share of variance")
        axes.legend(loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
    said = "; ".join(f"{index.name} {figures(index.total)}" for index in each)
    return Drawing(figure, f"How much parameters matter{'' if every else ', not settled'}: {said}.")


def interaction_map(found: Indices, heading: Heading) -> Drawing:
    """What parameters do in pairs, beyond what each does alone."""
    every = all(settled(index, found) for index in found.each)
    names = [index.name for index in found.each][:MOST_PAIRS]
    n = len(names)
    grid = np.full((n, n), np.nan)
    sure = np.zeros((n, n), bool)
    for pair in found.together:
        if pair.one in names and pair.other in names:
            i, j = sorted((names.index(pair.one), names.index(pair.other)))
            grid[j, i], sure[j, i] = pair.share, pair.share - pair.error > 0
    note = ("Share of variance that two parameters explain together, beyond what each explains alone (second order).\n"
            "Black frame: the 95 % interval is above zero; the others may be nothing.")  # fmt: skip
    with rc_context(RC):
        title = "Which parameters act together" + ("" if every else ": the indices have not settled")
        figure = _figure(title, heading, max(3.4 + 0.5 * n, NARROWEST), 2.9 + 0.42 * n, note)
        axes = figure.add_subplot()
        margins(figure, top=0.85, bottom=2.1, left=2.4, right=0.9)
        top = max(0.02, float(np.nanmax(grid)) if n > 1 else 0.02)
        image = axes.imshow(np.clip(grid, 0, None), cmap="Blues", vmin=0, vmax=top, aspect="auto")
        for j in range(n):
            for i in range(j):
                colour = "white" if grid[j, i] > 0.6 * top else INK
                axes.text(i, j, fixed(max(grid[j, i], 0)), ha="center", va="center", fontsize=7.5, color=colour)
                if sure[j, i]:
                    corner = (i - 0.48, j - 0.48)
                    axes.add_patch(Rectangle(corner, 0.96, 0.96, fill=False, edgecolor=INK, linewidth=1.2))
        axes.set_xticks(range(n), names, rotation=45, ha="right")
        axes.set_yticks(range(n), names)
        axes.set_xlim(-0.5, n - 1.5)
        axes.set_ylim(n - 0.5, 0.5)
        axes.grid(visible=False)
        figure.colorbar(image, ax=axes, fraction=0.05, pad=0.03)
    above = [f"{two.one} with {two.other} ({fixed(two.share)})" for two in found.together if two.share > two.error]
    return Drawing(figure, f"Pairs of parameters; intervals above zero: {', '.join(above) or 'none'}.")


def convergence(found: Indices, heading: Heading) -> Drawing:
    """Whether the indices have settled: the same ones from growing parts of the design."""
    with rc_context(RC):
        note = "Lines that still move on the right would need more points."
        if len(found.each) > len(COLOURS):
            note += f" The {len(COLOURS)} with the largest indices so far, of {len(found.each)}."
        figure = _figure("Have the indices settled?", heading, 8.5, 4.4, note)
        axes = figure.add_subplot()
        margins(figure, top=0.95, bottom=0.95, left=0.8, right=2.6)
        steps = [blocks for blocks, _ in found.convergence]
        for k, index in enumerate(found.each[: len(COLOURS)]):
            course = [totals[k] for _, totals in found.convergence]
            axes.plot(steps, course, "o-", color=COLOURS[k], label=index.name, markersize=4)
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.set_xticks(steps)
        axes.set_xlabel("trajectories used" if found.kind == "morris" else "base points used")
        axes.set_ylabel("mu*" if found.kind == "morris" else "total index")
        axes.legend(loc="upper left", bbox_to_anchor=(1.01, 1.0))
    said = f"Indices of {len(found.each)} parameters from {steps[0]} to {steps[-1]} parts of the design."
    return Drawing(figure, said)


def curve(response: Response, name: str, samples: bool, heading: Heading) -> Drawing:
    """The three figures along one parameter; of a measure of the group, that measure."""
    shown = list(response.three) or ["difference"]
    with rc_context(RC):
        note = _note(response, name, samples) + OWN_AXIS * bool(response.three)
        figure = _figure(f"Along {name}", heading, _width(shown), 4.2, note)
        panels = figure.subplots(1, len(shown), squeeze=False)[0]
        margins(figure, top=1.1, bottom=1.0, left=0.85, right=0.2, wspace=0.28)
        for axes, which in zip(panels, shown, strict=True):
            found = pooled_in(response, name, which, samples)
            colour = {"life_change": BLUE, "twin_change": GREY}.get(which, GREEN)
            half = Z * found.error
            axes.fill_between(found.at, found.mean - half, found.mean + half, color=colour, alpha=0.18, linewidth=0)
            axes.plot(found.at, found.mean, "o-", color=colour, markersize=4)
            _zero(axes, response)
            axes.set_title(_panel_title(response, which), fontsize=9)
            _x_axis(axes, response, name, found)
        panels[0].set_ylabel(response.reading.unit)
        if len(shown) > 1:  # the two changes share an axis: they are to be compared
            low = min(axes.get_ylim()[0] for axes in panels[:2])
            high = max(axes.get_ylim()[1] for axes in panels[:2])
            for axes in panels[:2]:
                axes.set_ylim(low, high)
    return Drawing(figure, f"{response.reading.words} along {name}.")


def heat_map(response: Response, one: str, other: str, samples: bool, heading: Heading) -> Drawing:
    """The three figures over two parameters; of a measure of the group, that measure."""
    shown = list(response.three) or ["difference"]
    maps = {which: pooled_in_two(response, one, other, which, samples) for which in shown}
    note = _note(response, None, samples)
    note += (
        "\nWhite: no change; both colours reach equally far. The paired difference has colours of its own. "
        "Grey: no point there."
        if response.three
        else "\nGrey: no point there."
    )
    with rc_context(RC):
        figure = _figure(f"{one} against {other}", heading, _width(shown) + 0.5, 4.7, note)
        panels = figure.subplots(1, len(shown), squeeze=False)[0]
        margins(figure, top=1.1, bottom=1.35, left=1.05, right=0.75, wspace=0.42)
        _, _, first = maps[shown[0]]
        rows, across = first.shape
        for axes, which in zip(panels, shown, strict=True):
            x, y, grid = maps[which]
            colours, norm = _colours(response, which, maps)
            image = axes.imshow(grid, origin="lower", aspect="auto", cmap=colours, norm=norm)
            axes.set_facecolor(PALE)
            axes.grid(visible=False)
            for (j, i), value in np.ndenumerate(grid):
                if not np.isnan(value) and across <= MOST_WRITTEN:
                    red, green, blue, _ = image.cmap(norm(value))
                    ink = INK if 0.3 * red + 0.59 * green + 0.11 * blue > 0.5 else "white"  # by how bright it is
                    axes.text(i, j, figures(value), ha="center", va="center", fontsize=7, color=ink)
            axes.set_xticks(*_some_ticks(x, across))
            axes.set_yticks(*_some_ticks(y, rows))
            axes.set_xlabel(_axis_label(response, one))
            axes.set_title(_panel_title(response, which), fontsize=9)
            figure.colorbar(image, ax=axes, fraction=0.05, pad=0.03, ticks=MaxNLocator(5))
        panels[0].set_ylabel(_axis_label(response, other))
    return Drawing(figure, f"{response.reading.words} over {one} and {other}.")


def _some_ticks(found: Bins, count: int) -> tuple[Sequence[int], list[str]]:
    """Where to write a value along a map and what, so that no label runs into the next."""
    places = range(0, count, -(-count // MOST_TICKS))
    words = found.words or [setting(float(f"{value:.2g}")) for value in found.at]
    return places, [words[place] for place in places]


def _width(shown: Sequence[str]) -> float:
    return max(3.9 * len(shown) + 0.6, NARROWEST)


def _colours(response: Response, which: str, maps: dict[str, Any]) -> tuple[str, Normalize]:
    """The two changes share their colours, for they are to be compared; a share runs from 0 to 1."""
    if not response.three:
        grid, own = maps[which][2], bool(response.reading.meaning)
        if float(np.nanmin(grid, initial=0.0)) < 0:  # an outcome of one's own, such as a difference
            most = float(np.nanmax(np.abs(grid)))
            return "RdBu_r", TwoSlopeNorm(0.0, -most, most)
        share = response.reading.unit in ("share", "0-1") and not own
        return "Blues", Normalize(0.0, 1.0 if share else float(np.nanmax(grid, initial=1e-12)))
    together = ("life_change", "twin_change") if which != "difference" else ("difference",)
    most = max(float(np.nanmax(np.abs(maps[name][2]), initial=1e-12)) for name in together)
    return "RdBu_r", TwoSlopeNorm(0.0, -most, most)


def _figure(title: str, heading: Heading, width: float, height: float, note: str) -> Figure:
    """An empty figure; no title, heading or note is wider than it."""
    what = textwrap.shorten(f"{capital(heading.reading)}; {heading.sweep}", int(PER_INCH * width), placeholder="...")
    lines = [wrapped(line, int(PER_INCH * 1.1 * width)) for line in note.splitlines()]
    return new_page(wrapped(title, int(PER_INCH * 0.7 * width)), what, width, height, "\n".join(lines))


def _note(response: Response, name: str | None, samples: bool) -> str:
    over = "all points at or near each value" if samples else "all points with that value"
    band = "" if name is None else (
        " Band: 95 % interval of the mean over points." if samples else " Band: 95 % interval over seeds."
    )  # fmt: skip
    seeds = f"{response.seeds} seeds, the same at every point."
    return f"Means over {over}, whatever else is varied.{band} {seeds}"


def _zero(axes: Axes, response: Response) -> None:
    if response.three or float(np.nanmin(response.values, initial=0.0)) < 0:
        axes.axhline(0, color=INK, linewidth=0.8, linestyle=(0, (4, 3)))


def _x_axis(axes: Axes, response: Response, name: str, found: Bins) -> None:
    if found.words:
        axes.set_xticks(found.at, found.words, rotation=30 if max(map(len, found.words)) > 4 else 0)
        axes.set_xlim(-0.5, len(found.words) - 0.5)
    axes.set_xlabel(_axis_label(response, name))


def _axis_label(response: Response, name: str) -> str:
    unit, _ = response.said[name]
    return name if unit in ("yes/no",) else f"{name} ({unit})"


def _panel_title(response: Response, which: str) -> str:
    if response.three:
        return TITLES[which]
    return capital(response.reading.meaning or response.reading.words.split(",")[0])
