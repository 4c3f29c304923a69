"""Figures of ``overturn``: the split, each mechanism on and off alone, rivals, and optimistic reporting."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from analysis.compare.accounts import arm_titled
from analysis.compare.estimate import Estimates
from analysis.compare.outcomes import OUTCOME, POPULATIONS
from analysis.figures.palette import BLUE, GREY, INK, ORANGE, VERMILLION
from analysis.figures.style import Drawing, margins, new_page, rows_down
from analysis.studies.overturn.ablation import MAIN
from analysis.studies.overturn.mechanisms import MECHANISMS
from analysis.studies.overturn.reporting import CURVE
from analysis.studies.overturn.rivals import unit_of
from analysis.words.numbers import fixed, signed, span
from analysis.words.prose import capital

if TYPE_CHECKING:
    from analysis.studies.overturn.study import Overturned

ABOUT = "All of this follows from assumptions about what groups do. It is no evidence about groups."
LABELS = [m.label for m in MECHANISMS]
PLACES = np.arange(len(MECHANISMS))[::-1]
WORLD_LOOKS: dict[str, dict[str, Any]] = {
    "everything": {"color": BLUE, "linewidth": 2, "linestyle": "-"},
    "nothing": {"color": ORANGE, "linewidth": 2, "linestyle": (0, (5, 2))},
}
NARROWEST = 0.1  # standard deviations


def draw_all(found: Overturned) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "shares", draw_shares(found)
    yield "alone", draw_alone(found)
    yield "rivals", draw_rivals(found)
    yield "reporting", draw_reporting(found)


def _what(found: Overturned) -> str:
    words = f"{arm_titled(found.lived.arm)}   |   {found.finished} runs, after {span(found.weeks)}"
    return textwrap.shorten(words, 130)


def _better(name: str) -> str:
    if name.startswith("episodes"):
        return ""  # fewer is no gain by itself
    return "better  \u2192" if OUTCOME[name].better > 0 else "\u2190  better"


def _panels(page: Figure, names: tuple[str, ...]) -> list[Axes]:
    grid = page.subplots(2, 3, sharey=True, sharex=True)  # one scale: what is next to nothing looks like it
    margins(page, top=1.05, bottom=1.25, left=1.95, hspace=0.36, wspace=0.12)
    axes: list[Axes] = list(grid.flat)
    for one, name in zip(axes, names, strict=True):
        one.set_title(capital(OUTCOME[name].label))
        one.set_title(_better(name), loc="right", fontsize=8, color=GREY, fontweight="normal")
        one.axvline(0, color=INK, linewidth=0.8)
        one.set_yticks(PLACES, LABELS)
        rows_down(one)
        one.locator_params(axis="x", nbins=5)
    for one in axes[3:]:
        one.set_xlabel("standard deviations")
    return axes


def _not_too_close(axes: Axes) -> None:
    """Not narrower than NARROWEST, where there is next to nothing in all panels."""
    low, high = axes.get_xlim()
    if high - low < NARROWEST:
        middle = (low + high) / 2
        axes.set_xlim(middle - NARROWEST / 2, middle + NARROWEST / 2)


def _bars(axes: Axes, places: np.ndarray, found: Estimates, p: int, o: int, colour: str, marker: str) -> None:
    value, low, high = found.value[p, o], found.low[p, o], found.high[p, o]
    axes.hlines(places, low, high, color=colour, linewidth=1.3)
    axes.plot(value, places, marker, color=colour, markersize=5, linestyle="none")


def draw_shares(found: Overturned) -> Drawing:
    """Each mechanism's Shapley part in each effect."""
    note = (
        "Bars: what each mechanism adds to the paired effect, averaged over all orders in which they can come in "
        "(Shapley); the parts sum to\nthe whole, printed in each panel. Filled: all who ever came; diamonds: regulars. "
        f"Lines: 95 % intervals (bootstrap over runs).\n{ABOUT}"
    )
    page = new_page("What the group's effect is made of", _what(found), 11, 6.6, note)
    split, total = found.parts.readings["shapley"], found.parts.total
    joined, regulars = (list(POPULATIONS).index(name) for name in ("joined", "regulars"))
    words = []
    for o, (axes, name) in enumerate(zip(_panels(page, MAIN), MAIN, strict=True)):
        value = split.value[joined, o]
        axes.barh(PLACES + 0.12, value, height=0.42, color=BLUE, alpha=0.45, linewidth=0)
        axes.hlines(PLACES + 0.12, split.low[joined, o], split.high[joined, o], color=BLUE, linewidth=1.4)
        _bars(axes, PLACES - 0.24, split, regulars, o, VERMILLION, "D")
        whole = f"Whole effect: {signed(total.value[joined, o], 3)} (regulars {signed(total.value[regulars, o], 3)})"
        axes.text(0.0, 1.0, whole, transform=axes.transAxes, fontsize=8, va="top", color=INK,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
        axes.set_ylim(-0.7, len(MECHANISMS) + 0.1)
        largest = int(np.nanargmax(np.abs(value))) if not np.isnan(value).all() else 0
        most = f"most by {LABELS[largest]} ({signed(value[largest], 3)})"
        words.append(f"{OUTCOME[name].label}: {signed(total.value[joined, o], 3)}, {most}")
    _not_too_close(axes)
    return Drawing(page, f"Shapley parts of seven mechanisms in six effects. {'; '.join(words)}.")


def draw_alone(found: Overturned) -> Drawing:
    """Each mechanism alone, and everything without it."""
    note = (
        "Circles: the paired effect with only this mechanism at work. Diamonds: with everything but this. Thick line: "
        "everything at work. A mechanism matters\nif its circle lies away from zero or its diamond away from the thick "
        f"line. All who ever came with everything at work; 95 % intervals.\n{ABOUT}"
    )
    page = new_page("Each mechanism on alone, and off alone", _what(found), 11, 6.6, note)
    p = list(POPULATIONS).index("joined")
    r, total = found.parts.readings, found.parts.total
    for o, axes in enumerate(_panels(page, MAIN)):
        axes.axvline(total.value[p, o], color=ORANGE, linewidth=3, alpha=0.6, zorder=0)
        _bars(axes, PLACES + 0.15, r["on_alone"], p, o, BLUE, "o")
        _bars(axes, PLACES - 0.15, r["off_alone"], p, o, VERMILLION, "D")
        axes.set_ylim(-0.7, len(MECHANISMS) - 0.3)
    _not_too_close(axes)
    handles = [
        Line2D([], [], color=BLUE, marker="o", label="on alone"),
        Line2D([], [], color=VERMILLION, marker="D", label="off alone"),
        Line2D([], [], color=ORANGE, linewidth=3, alpha=0.6, label="everything at work"),
    ]
    page.legend(handles=handles, loc="upper right", ncols=3, bbox_to_anchor=(0.985, 0.995))
    words = "; ".join(
        f"{OUTCOME[name].label}, without {LABELS[m]} {signed(r['off_alone'].value[p, o, m], 3)} of "
        f"{signed(total.value[p, o], 3)} is left"
        for o, name in enumerate(MAIN)
        for m in [int(np.nanargmax(np.abs(np.nan_to_num(r["lost_without"].value[p, o]))))]
    )
    return Drawing(page, f"Effects with one mechanism alone, and with all but one. {words}.")


RIVAL_OUTCOMES = ("isolation", "coping", "distress", "episodes")
LOOKS = (
    ("change", INK, "o", "before-after"),
    ("twin_change", GREY, "s", "the twin's"),
    ("difference", BLUE, "D", "paired difference"),
)


def draw_rivals(found: Overturned) -> Drawing:
    """Three figures side by side for every arm of every rival."""
    note = (
        "All three of the same people: those who came in each arm and were seen before they came (distress, "
        "episodes: for 24 weeks or more, so no founders). Lines: 95 % intervals.\nEach outcome has an axis of its own. "
        f"What a rival explains shows in the first two figures; what the group did shows in the third alone.\n{ABOUT}"
    )
    title = "Rival explanations: before-after, the twin's change, the paired difference"
    page = new_page(title, _what(found), 12.5, 6.9, note)
    grid = page.subplots(len(found.rivals), len(RIVAL_OUTCOMES), sharex="col", sharey="row",
                         gridspec_kw={"height_ratios": [len(rival.arms) for rival in found.rivals]})  # fmt: skip
    margins(page, top=1.15, bottom=1.1, left=2.3, hspace=0.3, wspace=0.14)
    words = []
    for r, rival in enumerate(found.rivals):
        arms = list(rival.arms)
        for c, name in enumerate(RIVAL_OUTCOMES):
            axes: Axes = grid[r, c]
            rows = {one.arm: one for one in found.three if one.rival == rival.name and one.outcome == name}
            for k, arm in enumerate(arms):
                for (field, colour, marker, _), shift in zip(LOOKS, (0.24, 0.0, -0.24), strict=True):
                    value, low, high = getattr(rows[arm], field)
                    place = len(arms) - 1 - k + shift
                    axes.hlines(place, low, high, color=colour, linewidth=1.3)
                    axes.plot(value, place, marker, color=colour, markersize=4.5)
            axes.axvline(0, color=INK, linewidth=0.8)
            axes.set_ylim(-0.6, len(arms) - 0.4)
            rows_down(axes)
            axes.locator_params(axis="x", nbins=4)
            if r == 0:
                axes.set_title(f"{capital(OUTCOME[name].label)}, {unit_of(name)}")
                axes.set_title(_better(name), loc="right", fontsize=8, color=GREY, fontweight="normal")
        short = [arm.replace("joining grows with need to the power", "power of need") for arm in arms]
        grid[r, 0].set_yticks(np.arange(len(arms))[::-1], short)
        top = grid[r, 0].get_position().y1
        page.text(0.012, top + 0.012, rival.title, fontsize=8.5, weight="bold", va="bottom")
        first = [one for one in found.three if one.rival == rival.name and one.outcome == "isolation"]
        figures = (
            f"{one.arm} {signed(one.change[0], 3)}, twin {signed(one.twin_change[0], 3)}, "
            f"difference {signed(one.difference[0], 3)}"
            for one in first
        )
        words.append(f"{rival.title} isolation: {', '.join(figures)}")
    handles = [Line2D([], [], color=colour, marker=marker, label=label) for _, colour, marker, label in LOOKS]
    page.legend(handles=handles, loc="upper right", ncols=3, bbox_to_anchor=(0.985, 0.985))
    return Drawing(page, f"Three figures for the arms of each rival. {'; '.join(words)}.")


def draw_reporting(found: Overturned) -> Drawing:
    """Who would report improvement, by how warmly people speak of the group."""
    note = (
        "Reported improvement = true improvement + optimism x mean tie to the other regulars. Shaded: "
        "plausible optimism (assumption). Dotted: more than half.\n"
        f"With every effect off, whatever is truly better is selection and the course of life. {ABOUT}"
    )
    page = new_page("How warmly would people have to speak of a group that does nothing?", _what(found), 11, 6.3, note)
    grid = page.subplots(2, 3, sharex=True, sharey=True)
    margins(page, top=1.1, bottom=1.0, left=0.75, hspace=0.32, wspace=0.1)
    statements = list(dict.fromkeys(one.statement for one in found.needed_by_default))
    low, high = found.study.assumed["optimism"].plausible
    words = []
    for axes, statement in zip(grid.flat, statements, strict=True):
        axes.axvspan(low, high, color="#F1F1F1", zorder=0, linewidth=0)
        axes.axhline(0.5, color=GREY, linewidth=0.9, linestyle=":")
        for one in (one for one in found.needed_by_default if one.statement == statement):
            axes.plot(CURVE, one.shares, **WORLD_LOOKS[one.world])
            if one.world == "nothing":
                words.append(f"{statement.words} {fixed(one.needed[0])}")
        axes.set_title(capital(statement.words))
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.yaxis.set_major_formatter(mpl.ticker.PercentFormatter(1.0, decimals=0, symbol=" %"))
        axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1], ["0", "0.2", "0.4", "0.6", "0.8", "1"])
    for axes in grid[1]:
        axes.set_xlabel("optimism (added to a change, per full tie)")
    for axes in grid[:, 0]:
        axes.set_ylabel("regulars who would report it")
    names = {"everything": "everything at work", "nothing": "every effect off"}
    handles = [Line2D([], [], label=names[world], **look) for world, look in WORLD_LOOKS.items()]
    page.legend(handles=handles, loc="upper right", ncols=2, bbox_to_anchor=(0.985, 0.985))
    told = f"Optimism needed with every effect off: {', '.join(words)}."
    return Drawing(page, f"Share of regulars who would report improvement by optimism. {told}")
