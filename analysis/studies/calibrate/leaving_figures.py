"""Figures of what each outside figure decides: parameters and accounts, as if it were not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from analysis.figures.palette import BLUE, INK
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.calibrate.account import Calibrated
from analysis.studies.calibrate.leaving import shares_without
from analysis.words.numbers import fixed, percent

LEFT, CELL, ROW, DARK = 3.4, 0.88, 0.34, 0.8  # inches; the share of the darkest from which letters are white
MOST_SHIFT = 1.5  # standard deviations; darker than that it does not get


def draw_leaving(found: Sequence[Calibrated]) -> Iterator[tuple[str, Drawing]]:
    """Both figures, the second where there are accounts to compare."""
    if not all(one.leaving for one in found):
        return
    yield "leaving", _draw_shifts(found)
    if len(found) > 1:
        yield "leaving-accounts", _draw_shares(found)


def _draw_shifts(found: Sequence[Calibrated]) -> Drawing:
    figures = [left.figure for left in found[0].leaving]
    shifts = np.array([[np.abs(one.leaving[j].shifts[one.most]).max() for one in found] for j in range(len(figures))])
    title = "What each figure decides: parameters without it"
    below = ("The largest shift, of the parameters told best, of the middle of what is left standing, in its standard "
             "deviations.")  # fmt: skip
    page = _grid(title, below, figures, [one.account for one in found], shifts / MOST_SHIFT,
                 lambda y, x: fixed(float(shifts[y, x]), 1),
                 "0: without the figure nothing would be known otherwise. Which parameter moves, and which way: the "
                 "table.")  # fmt: skip
    told = [f"{name} {fixed(float(shifts[y].max()), 1)}" for y, name in enumerate(figures)]
    return Drawing(page, f"{title}. The largest under any account: {'; '.join(told)}.")


def _draw_shares(found: Sequence[Calibrated]) -> Drawing:
    figures = ["all figures", *(left.figure for left in found[0].leaving)]
    logs = np.array([[one.log_evidence[0], *(left.log_evidence for left in one.leaving)] for one in found])
    shares = shares_without(logs).T
    title = "What each figure decides: accounts without it"
    below = "Probability of each account of all tried, if each was as likely before, without the figure at the left."
    page = _grid(title, below, figures, [one.account for one in found], shares / max(float(shares.max()), 1e-9),
                 lambda y, x: percent(float(shares[y, x])),
                 "Differences of a few hundredths are no more than emulators that are learned anew part by.",
                 first="with ", others="without ")  # fmt: skip
    names = [one.account for one in found]
    told = [f"{name} {names[int(shares[y].argmax())]} {percent(float(shares[y].max()))}"
            for y, name in enumerate(figures)]  # fmt: skip
    return Drawing(page, f"{title}. The likeliest: {'; '.join(told)}.")


def _grid(
    title: str, below: str, rows: Sequence[str], columns: Sequence[str], depth: np.ndarray,
    said: Callable[[int, int], str], note: str, first: str = "without ", others: str = "without ",
) -> Figure:  # fmt: skip
    """A page with a cell for each row and column, the deeper the darker."""
    colours = LinearSegmentedColormap.from_list("depth", ["#F4F7FA", BLUE])
    page = new_page(title, below, max(LEFT + CELL * len(columns) + 0.3, 9.5), 1.75 + ROW * len(rows), note)
    axes = page.add_subplot()
    margins(page, top=0.95, bottom=0.5, left=LEFT, right=0.25)
    for y in range(len(rows)):
        for x in range(len(columns)):
            deep = float(np.clip(depth[y, x], 0, 1))
            axes.add_patch(Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, facecolor=colours(deep), edgecolor="none"))
            axes.text(x + 0.5, y + 0.5, said(y, x), color="white" if deep > DARK else INK, ha="center", va="center",
                      fontsize=9)  # fmt: skip
    axes.set_xlim(0, len(columns))
    axes.set_ylim(len(rows), 0)
    axes.set_xticks(np.arange(len(columns)) + 0.5, columns, fontweight="bold")
    axes.xaxis.tick_top()
    labels = [f"{others if k else first}{name}" for k, name in enumerate(rows)]
    axes.set_yticks(np.arange(len(rows)) + 0.5, labels)
    axes.tick_params(length=0)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    return page
