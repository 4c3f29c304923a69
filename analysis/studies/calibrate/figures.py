"""Figures of ``calibrate``: evidence against accounts, accounts beside each other, ranks, what is known now."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from scipy import stats

from analysis.figures.palette import AGAINST, BLUE, GREY, GRID, INK, ORANGE, PALE
from analysis.figures.style import Drawing, margins, new_page
from analysis.studies.calibrate.account import Calibrated
from analysis.studies.calibrate.fit import FITS, MISSED, STRAINED, Fit, fits_of
from analysis.studies.calibrate.leaving_figures import draw_leaving
from analysis.studies.calibrate.likelihood import Target
from analysis.words.numbers import fixed, percent
from analysis.words.prose import plural

if TYPE_CHECKING:
    from analysis.studies.calibrate.study import Calibration

FACE = {FITS: ("#D6E6F2", INK), STRAINED: ("#F0D9A8", INK), MISSED: (AGAINST, "white")}
CELL, ROW = 0.88, 0.34  # inches
BINS = 10
ASSUMED = (
    "What fits depends on how far model and evidence may be wrong, which is a judgement; see the table of evidence."
)


def draw_calibration(found: Calibration) -> Iterator[tuple[str, Drawing]]:
    """Every figure with its name."""
    yield "evidence", draw_evidence(found)
    if len(found.compared) > 1:
        yield "accounts", draw_accounts(found)
    yield "ranks", draw_ranks(found.calibrated)
    for one in found.calibrated:
        yield f"known-{one.account}", draw_known(one)
    yield from draw_leaving(found.calibrated)


def outside_said(target: Target) -> str:
    """An outside figure, short."""
    if target.single:
        return fixed(target.low, 2)
    if not np.isfinite(target.high):
        return f"{fixed(target.low, 2)} or more"
    if not np.isfinite(target.low):
        return f"{fixed(target.high, 2)} or less"
    return f"{fixed(target.low, 2)} to {fixed(target.high, 2)}"


def draw_evidence(found: Calibration) -> Drawing:
    """Outside figures down, accounts across: what each comes to, in words and colour whether it fits."""
    columns = [list(fits_of(one)) for one in found.calibrated]
    targets, names = found.calibrated[0].targets, [one.account for one in found.calibrated]
    title = "Outside evidence against each account"
    left = 4.2
    page = new_page(title, "What is left standing of each account, lived again: the middle of its draws.",
                    max(left + CELL * len(names) + 0.3, 9.5), 1.75 + ROW * len(targets),
                    f"Pale: fits; yellow: over 2 standard deviations off; dark: over 3.\n{ASSUMED}")  # fmt: skip
    axes = page.add_subplot()
    margins(page, top=0.95, bottom=0.6, left=left, right=0.25)
    for x, fits in enumerate(columns):
        for y, fit in enumerate(fits):
            face, ink = FACE[fit.word]
            axes.add_patch(Rectangle((x + 0.02, y + 0.05), 0.96, 0.9, facecolor=face, edgecolor="none"))
            axes.text(x + 0.5, y + 0.5, fixed(fit.lived[1], 2), color=ink, ha="center", va="center", fontsize=9)
    axes.set_xlim(0, len(names))
    axes.set_ylim(len(targets), 0)
    axes.set_xticks(np.arange(len(names)) + 0.5, names, fontweight="bold")
    axes.xaxis.tick_top()
    axes.set_yticks(np.arange(len(targets)) + 0.5, [f"{one.name}: outside {outside_said(one)}" for one in targets])
    axes.tick_params(length=0)
    axes.grid(False)
    axes.spines[:].set_visible(False)
    told = [f"{name} misses {_named(fits, MISSED)}" for name, fits in zip(names, columns, strict=True)]
    return Drawing(page, f"{title}. {'; '.join(told)}.")


def _named(fits: Sequence[Fit], word: str) -> str:
    return ", ".join(fit.target.name for fit in fits if fit.word == word) or "none"


def draw_accounts(found: Calibration) -> Drawing:
    """Each account's mean likelihood, with the range over refits of the emulators."""
    rows, title = found.compared, "How well each account foretold the evidence"
    below = "Mean likelihood over the prior; line: range over emulators learned from four fifths of the places."
    page = new_page(title, below,
                    8.5, 1.9 + 0.34 * len(rows),
                    "One more is ten times as likely; up to a half is hardly worth a mention. It leans on "
                    "the priors as much as on the figures.")  # fmt: skip
    axes = page.add_subplot()
    margins(page, top=0.8, bottom=0.95, left=1.3, right=0.4)
    for y, one in enumerate(rows):
        axes.hlines(y, one.low, one.high, color=GREY, linewidth=1.6)
        axes.plot(one.log10, y, "o", color=BLUE)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [one.account for one in rows])
    axes.set_xlabel("logarithm (base 10) of the mean likelihood; 0 is a perfect fit of every figure everywhere")
    axes.grid(axis="x")
    axes.grid(visible=False, axis="y")
    return Drawing(page, f"{title}. " + "; ".join(f"{one.account} {fixed(one.log10, 1)}" for one in rows) + ".")


def draw_ranks(found: Sequence[Calibrated]) -> Drawing:
    """Ranks of known values among what is left, all parameters of an account together."""
    across = min(3, len(found))
    down = -(-len(found) // across)
    title = "Recovery: where known values rank among what made-up evidence leaves"
    below = "Even if all is right; crowded at the ends where it is too sure, in the middle where it is not sure enough."
    first = found[0].recovered
    page = new_page(title, below,
                    max(3.4 * across + 0.6, 9.5), 1.35 + 1.9 * down,
                    "Band between dashed lines: where 95 % of bars lie if ranks are even and independent. "
                    f"{plural(len(first.ranks), 'known place')} an account, "
                    f"{plural(len(first.parameters), 'parameter')} each.")  # fmt: skip
    panels = page.subplots(down, across, squeeze=False, sharey=True)
    margins(page, top=0.95, bottom=0.75, left=0.7, right=0.25, hspace=0.55, wspace=0.12)
    told = []
    for axes, one in zip(panels.ravel(), found, strict=False):
        ranks = one.recovered.ranks.ravel()
        counts = np.histogram(ranks, BINS, (0, 1))[0] / len(ranks)
        low, high = stats.binom.interval(0.95, len(ranks), 1 / BINS)
        axes.axhspan(low / len(ranks), high / len(ranks), color=GRID)
        axes.bar((np.arange(BINS) + 0.5) / BINS, counts, 0.9 / BINS, color=BLUE)
        for end in (low, high):  # over the bars too
            axes.axhline(end / len(ranks), color=INK, linewidth=0.8, linestyle=(0, (3, 2)))
        covered = one.recovered.covered_in_all(0.9)
        axes.set_title(f"{one.account}: 90 % intervals hold {percent(covered)}", fontsize=9)
        axes.set_xlim(0, 1)
        told.append(f"{one.account} {percent(covered)}")
    for axes in panels.ravel()[len(found) :]:
        axes.set_visible(False)
    for axes in panels[-1]:
        axes.set_xlabel("rank")
    for axes in panels[:, 0]:
        axes.set_ylabel("share")
    return Drawing(page, f"{title}. 90 % intervals hold: {', '.join(told)}.")


def draw_known(one: Calibrated) -> Drawing:
    """The parameters of which most is known now: prior, what is left standing, and the same by the other method."""
    title = f"What the evidence says of parameters, account {one.account}"
    rows = one.agreement
    below = "The parameters told best: 90 % of what is left standing, as places in the prior (0 its lowest end)."
    page = new_page(title, below,
                    9.5, 1.75 + 0.42 * len(rows),
                    "A line from end to end: nothing is known. Of all other parameters less is known.")  # fmt: skip
    axes = page.add_subplot()
    margins(page, top=1.05, bottom=0.75, left=3.5, right=0.3)
    for y, agreed in enumerate(rows):
        axes.hlines(y, 0.05, 0.95, color=PALE, linewidth=7)
        _interval(axes, y - 0.14, agreed.emulated, BLUE)
        _interval(axes, y + 0.14, agreed.forest, ORANGE)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_yticks(range(len(rows)), [agreed.name for agreed in rows])
    axes.set_xlim(0, 1)
    axes.set_xlabel("place in the prior")
    axes.grid(visible=False, axis="y")
    handles = [Line2D([], [], color=PALE, linewidth=7, label="before"),
               Line2D([], [], color=BLUE, marker="o", label="left standing (emulators)"),
               Line2D([], [], color=ORANGE, marker="o", label="by the other method (forests)")]  # fmt: skip
    page.legend(handles=handles, loc="upper left", ncols=3, bbox_to_anchor=(0.005, 1 - 0.55 / page.get_figheight()))
    told = "; ".join(
        f"{agreed.name} {fixed(agreed.emulated[0], 2)} to {fixed(agreed.emulated[2], 2)}" for agreed in rows
    )
    return Drawing(page, f"{title}. {told}.")


def _interval(axes: Axes, y: float, ends: Sequence[float], colour: str) -> None:
    axes.hlines(y, ends[0], ends[2], color=colour, linewidth=2.2)
    axes.plot(ends[1], y, "o", color=colour, markersize=4.5)
