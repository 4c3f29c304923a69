"""Figures of ``verdicts``: the grid of claims by accounts, and how many towns would tell each two accounts apart."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle

from analysis.figures.palette import BLUE, GREY, GRID, INK
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.claims.declare import HOLDS, NOT_TESTABLE
from analysis.studies.claims.study import READ_TOGETHER
from analysis.studies.claims.words import LOOKS
from analysis.studies.verdicts.apart import Apart
from analysis.studies.verdicts.words import soonest
from analysis.words.numbers import count
from analysis.words.prose import runs_of

if TYPE_CHECKING:
    from analysis.studies.verdicts.study import Grid

WIDTH, ROW, CELL = 13.0, 0.27, 0.95  # inches
LONGEST = 62  # letters of a claim's statement
MANY = 1000.0
NOTE = (
    "A verdict is about the model, not about any group. What all accounts share is credible; where they part, the "
    "model says what would have to be seen."
)


def draw_all(grid: Grid) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "grid", draw_grid(grid)
    if len(grid.accounts) > 1:
        yield "apart", draw_apart(grid)


def draw_grid(grid: Grid) -> Drawing:
    """Claims down, accounts across, the verdict in words and colour."""
    rows = list(grid.rows)
    title = "The paper's claims, by account of how such a group could work"
    below = f"{runs_of(grid.finished, grid.study.runs)} of each arm under each account, against twins without a group."
    left = 0.4 + 0.076 * LONGEST
    width = max(WIDTH, left + CELL * len(grid.accounts) + 0.3)
    page = new_page(title, below, width, ROW * len(rows) + 1.75, NOTE)
    axes = page.add_subplot()
    margins(page, top=1.0, bottom=0.45, left=left, right=0.25)
    for y, (_, verdicts) in enumerate(rows):
        for x, verdict in enumerate(verdicts):
            look = LOOKS[verdict.word]
            axes.add_patch(Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, facecolor=look.face, edgecolor="none"))
            axes.text(x + 0.5, y + 0.5, look.short, color=look.ink, ha="center", va="center", fontsize=8)
    axes.set_xlim(0, len(grid.accounts))
    axes.set_ylim(len(rows), 0)
    axes.set_xticks(np.arange(len(grid.accounts)) + 0.5, grid.accounts, fontweight="bold")
    axes.xaxis.tick_top()
    labels = [f"{claim.id}  {textwrap.shorten(claim.statement, LONGEST, placeholder=' ...')}" for claim, _ in rows]
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels, ha="left")
    axes.tick_params(length=0)
    axes.tick_params(axis="y", pad=72 * (left - 0.2))
    _bare(axes)
    tested = [(claim.id, verdicts) for claim, verdicts in rows if claim.kind in READ_TOGETHER]
    held = [
        f"{name} holds under {sum(v.word == HOLDS for v in verdicts)} of "
        f"{sum(v.word != NOT_TESTABLE for v in verdicts)} that can be asked"
        for name, verdicts in tested
    ]
    return Drawing(page, f"{title}. {'; '.join(held)}.")


def draw_apart(grid: Grid) -> Drawing:
    """For each two accounts, what tells them apart soonest, and in how many towns one would have to look."""
    names = grid.accounts
    title = "What would tell two accounts apart, and in how many towns"
    below = "What needs fewest towns under each account (power 80 %, 5 % level), two years after the opening."
    note = (
        "Only what can be seen without twins: people who came, before and after; a trial against other people in towns "
        "without a group; a register of groups.\nNo error of measurement. Dark: hard to tell apart."
    )
    side = 1.25
    page = new_page(title, below, max(2.6 + side * len(names), 9.0), 1.85 + 0.72 * len(names), note)
    axes = page.add_subplot()
    margins(page, top=0.8, bottom=0.95, left=1.15, right=0.25)
    place = {name: k for k, name in enumerate(names)}
    told = []
    found = {(one.first, one.second): one for one in soonest(grid)}
    for first, second in combinations(names, 2):
        one, x, y = found.get((first, second)), place[first], place[second]
        towns, words, face, ink = _cell(one)
        axes.add_patch(Rectangle((x + 0.02, y + 0.02), 0.96, 0.96, facecolor=face, edgecolor="none"))
        axes.text(x + 0.5, y + 0.2, towns, color=ink, ha="center", va="center", fontsize=9, fontweight="bold")
        axes.text(x + 0.5, y + 0.62, words, color=ink, ha="center", va="center", fontsize=6.6, linespacing=1.1)
        told.append(f"{first} and {second}: {f'{towns} towns by {one.one.label}' if one else 'not told apart'}")
    axes.set_xlim(0, len(names) - 1)
    axes.set_ylim(len(names), 1)
    axes.set_xticks(np.arange(len(names) - 1) + 0.5, names[:-1])
    axes.set_yticks(np.arange(1, len(names)) + 0.5, names[1:])
    axes.tick_params(length=0)
    _bare(axes)
    return Drawing(page, f"{title}. {'; '.join(told)}.")


def _cell(one: Apart | None) -> tuple[str, str, Any, str]:
    """Number of towns, what is seen in them, background and colour of the words."""
    if one is None:
        return "", "by nothing\nlooked at", GRID, GREY
    shade = float(np.clip(np.log10(one.towns) / np.log10(MANY), 0, 1))
    face = tuple(1 - shade * (1 - channel) for channel in to_rgb(BLUE))
    words = "\n".join(textwrap.wrap(f"{one.one.label}, {one.one.how}", 19)[:3])
    towns = f"> {count(MANY)}" if one.towns > MANY else count(one.towns)
    return towns, words, face, "white" if shade > 0.55 else INK


def _bare(axes: Axes) -> None:
    axes.grid(False)
    axes.spines[:].set_visible(False)
