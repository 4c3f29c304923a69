"""Figures of a study's planning over plausible space: power by size, and what it takes to tell accounts apart."""

from __future__ import annotations

import textwrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import FixedLocator, FuncFormatter, NullFormatter, NullLocator

from analysis.figures.palette import AGAINST, BLUE, GREY, INK, ORANGE, PALE
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.study.planning import AS_TOLD, Needs, Quantiles, StudyOverSpace
from analysis.studies.study.planning_words import whole
from analysis.studies.study.tables import label_of
from analysis.words.numbers import count, percent
from analysis.words.prose import plural

ABOUT = "All of this follows from assumptions and from outside evidence about them. It is no evidence about groups."
WIDTH, ROW, HEAD, FOOT, LINE = 12.5, 4.1, 1.15, 1.0, 175
MOST_ROWS, MOST_TOLD, LABEL = 6, 14, 34


def _note(text: str) -> str:
    return "\n".join(textwrap.wrap(f"{text} {ABOUT}", LINE))


def draw_needs(space: StudyOverSpace) -> Drawing:
    """Power by size over plausible space: a row for each account, as told and told plainly side by side."""
    rows = [one for one in space.needs if one.told == AS_TOLD][:MOST_ROWS]
    beside = {(one.study, one.account): one for one in space.needs if one.told != AS_TOLD}
    across = 2 if beside else 1
    height = HEAD + FOOT + ROW * len(rows)
    title = "How large must it be, all over plausible space?"
    below = (f"{plural(space.plausible.draws, 'draw')} of plausible space, each in the same "
             f"{plural(space.plausible.towns, 'town')}.")  # fmt: skip
    page = new_page(title, below, WIDTH, height, _note(
        f"Each thin line: a draw of plausible space, its power held level beyond the largest size tried. At the foot: "
        f"the size that each draw needs for {percent(rows[0].wanted)}; at its right end, draws for which none that was "
        "tried is enough. Power counts what is reported, bias and all; told plainly it counts what is there."
    ))  # fmt: skip
    axes = page.subplots(len(rows), across, squeeze=False)
    margins(page, top=HEAD + 0.15, bottom=FOOT + 0.35, left=0.75, right=0.35, wspace=0.12, hspace=0.34)
    said = []
    for k, one in enumerate(rows):
        some = [one, beside.get((one.study, one.account))]
        for j, each in enumerate(some[:across]):
            if each is None:
                axes[k, j].set_axis_off()
                continue
            said.append(_draw_need(axes[k, j], each))
        axes[k, 0].set_ylabel("power")
    handles = [
        Line2D([], [], color=AGAINST, marker="D", markersize=4.5, linewidth=1.4, label="at the centre"),
        Line2D([], [], color=INK, linewidth=1.8, label="median of plausible space"),
        Line2D([], [], color=ORANGE, linewidth=2.0, linestyle=(0, (4, 2)), label="averaged over it (assurance)"),
        Patch(facecolor=BLUE, alpha=0.2, label="80 % of it"),
        Line2D([], [], color=BLUE, marker="o", linestyle="", markersize=3.5, alpha=0.6, label="what each draw needs"),
    ]
    page.legend(handles=handles, loc="upper left", ncols=5, bbox_to_anchor=(0.008, 1 - 0.58 / height))
    return Drawing(page, f"{title} {'; '.join(said)}.")


def _draw_need(axes: Axes, one: Needs) -> str:
    sizes, powers = np.array(one.sizes, float), one.powers[:, ~np.isnan(one.powers).all(axis=0)]
    low, median, high = np.nanquantile(powers, (0.1, 0.5, 0.9), axis=1)
    axes.plot(sizes, powers, color=PALE, linewidth=0.6, zorder=1)
    axes.fill_between(sizes, low, high, color=BLUE, alpha=0.2, linewidth=0, zorder=2)
    axes.plot(sizes, median, color=INK, linewidth=1.8, zorder=4)
    axes.plot(sizes, [one.assurance(k)[0] for k in range(len(sizes))], color=ORANGE, linewidth=2.0,
              linestyle=(0, (4, 2)), zorder=4)  # fmt: skip
    axes.plot(sizes, one.centre, color=AGAINST, marker="D", markersize=4.5, linewidth=1.4, zorder=3)
    axes.axhline(one.wanted, color=GREY, linewidth=1.0, linestyle="--")
    axes.axvline(one.own, color=GREY, linewidth=0.8, linestyle=":")
    axes.annotate("as planned", (one.own, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -3), fontsize=7.5,
                  textcoords="offset points", va="top", color=GREY)  # fmt: skip
    _needed_by(axes, one)
    axes.set_xscale("log")
    axes.xaxis.set_major_locator(FixedLocator(list(sizes)))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set_xticklabels([count(size) for size in sizes])
    axes.set_xlim(sizes[0] / 1.3, sizes[-1] * 1.9)
    axes.set_ylim(-0.16, 1.04)
    axes.set_yticks(np.arange(0, 1.01, 0.2))
    axes.set_xlabel("towns" if one.of == "towns" else "people of each town, at most")
    axes.set_title(one.name, fontsize=10, loc="left")
    return (f"{one.name}: median {whole(one.size.median)} {one.of}, a tenth to nine tenths {whole(one.size.low)} to "
            f"{whole(one.size.high)}; assurance as planned {percent(one.assurance()[0])}")  # fmt: skip


def _needed_by(axes: Axes, one: Needs) -> None:
    """Below the curves, the size that each draw needs; at the end those that none suffices."""
    needed = one.at_draws[~np.isnan(one.at_draws)]
    jitter = np.random.default_rng(1).uniform(-0.02, 0.02, len(needed)) - 0.09
    beyond = np.isinf(needed)
    end = one.sizes[-1] * (one.sizes[-1] / one.sizes[-2]) ** 0.5
    axes.plot(np.where(beyond, end, needed), jitter, "o", color=BLUE, markersize=3.5, alpha=0.6, linewidth=0, zorder=5)
    axes.axhline(-0.03, color=PALE, linewidth=0.7)
    if beyond.any():
        axes.annotate(f"never: {percent(one.beyond)}", (end, -0.06), xytext=(0, 5), textcoords="offset points",
                      ha="right", va="bottom", fontsize=7.5, color=BLUE)  # fmt: skip


def draw_apart_over(space: StudyOverSpace) -> Drawing:
    """Towns that it takes to tell two accounts apart: the centre and the middle 80 % of plausible space."""
    some = [one for one in space.apart if np.isfinite(one.towns.low)][:MOST_TOLD]
    height = 2.6 + 0.42 * max(len(some), 3)
    told = space.apart[0].at_centre
    title = f"What it takes to tell {told.one} and {told.other} apart, all over plausible space"
    page = new_page(title, f"{plural(space.plausible.draws, 'pair')} of draws, one of each space; least of people's "
                    "time at the median first.", WIDTH, height, _note(
        "Bars: the middle 80 % of plausible space; line across: its median; diamond: the centre. An arrow: in a tenth "
        "of space or more it cannot be told at all. Dotted: towns as planned in the file."))  # fmt: skip
    axes = page.subplots()
    margins(page, top=0.85, bottom=1.2, left=4.0, right=3.6)
    known = [value for one in some for value in (*one.towns[:1], *one.towns[2:], one.own) if np.isfinite(value)]
    low, high = (min(known) / 1.5, max(known) * 1.6) if known else (1.0, 10.0)
    for k, one in enumerate(some):
        _draw_told(axes, len(some) - 1 - k, one.towns, one.own, high)
        hours = f"{whole(one.hours.median)} hours, {whole(one.people.median)} people"
        hours = hours if np.isfinite(one.towns.median) else f"not apart in {percent(one.never)}"
        axes.annotate(f"{hours}; as planned in {percent(one.within.value)}", (1.025, len(some) - 1 - k),
                      xycoords=("axes fraction", "data"), fontsize=8.5, va="center")  # fmt: skip
    labels = [f"{one.at_centre.study}: {label_of(one.at_centre.measure)}, week {one.at_centre.week}" for one in some]
    axes.set_yticks(np.arange(len(some))[::-1], ["\n".join(textwrap.wrap(text, LABEL + 12)) for text in labels])
    axes.set_xscale("log")
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: count(value)))
    axes.set_xlim(low, high)
    axes.set_ylim(-0.6, max(len(some), 1) - 0.4)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x")
    axes.grid(axis="y", visible=False)
    axes.set_xlabel("towns that it takes")
    axes.annotate("at the median of space", (1.025, 1.0), xycoords="axes fraction", xytext=(0, 6),
                  textcoords="offset points", fontsize=8.5, color=GREY)  # fmt: skip
    said = "; ".join(f"{label}: {whole(one.towns.median)} towns" for label, one in zip(labels[:3], some, strict=False))
    return Drawing(page, f"{title}. {said or 'No study tells them apart'}.")


def _draw_told(axes: Axes, y: float, towns: Quantiles, own: int, end: float) -> None:
    last = towns.high if np.isfinite(towns.high) else end
    axes.barh(y, last - towns.low, left=towns.low, height=0.45, color=BLUE, alpha=0.35, linewidth=0)
    if not np.isfinite(towns.high):
        axes.plot(end, y, ">", color=BLUE, markersize=7, clip_on=False)
    if np.isfinite(towns.median):
        axes.plot([towns.median] * 2, [y - 0.26, y + 0.26], color=INK, linewidth=1.6)
    axes.plot([own] * 2, [y - 0.18, y + 0.18], color=GREY, linewidth=1.6, linestyle=(0, (1, 1)))
    if np.isfinite(towns.centre):
        axes.plot(towns.centre, y, "D", color=AGAINST, markersize=5.5, markeredgecolor="white", markeredgewidth=0.6)
