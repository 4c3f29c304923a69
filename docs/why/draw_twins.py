"""The figure of docs/why/twins.md, drawn by make_twins.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

YEAR, BEFORE = 52, 20
WITH, WITHOUT, INK, QUIET = "#0072B2", "#D55E00", "#222222", "#777777"  # Okabe and Ito
STATES = {  # colour of the line, of its name (darker, to be read), style
    "isolation": ("#0072B2", "#0072B2", "-"),
    "stigma": ("#CC79A7", "#9A4C78", "--"),
    "understanding": ("#009E73", "#00785A", "-."),
    "coping": ("#E69F00", "#8F6200", ":"),
}


def draw(twins: Any, broken: Any, path: Path, seed: int) -> None:
    """Draw ``make_twins.Twins`` and ``make_twins.Broken``."""
    figure = Figure(figsize=(11, 7.6))
    figure.subplots_adjust(left=0.068, right=0.988, top=0.84, bottom=0.095, wspace=0.15, hspace=0.42)
    figure.text(0.012, 0.98, "One life, lived twice", fontsize=15, weight="bold", color=INK, va="top")
    words = (
        "Left: somebody who came and stayed. Right: somebody whom the group cannot reach, with luck drawn in two ways."
    )
    figure.text(0.012, 0.938, f"Group A, seed {seed}. {words}", fontsize=10, color=QUIET, va="top")
    (lived, outsider), (difference, stream) = figure.subplots(2, 2)
    start, end = max(0, twins.came - BEFORE), twins.came + YEAR
    a, b = twins.group.history[:, twins.row], twins.absent.history[:, twins.row]
    weeks, span = np.arange(start, end), slice(start + 1, end + 1)
    lines = _two_lines(lived, weeks, a.distress_this_week[span], b.distress_this_week[span])
    figure.legend(handles=lines, loc="upper right", bbox_to_anchor=(0.992, 0.992), frameon=False, fontsize=10, ncols=2)
    top = float(max(a.distress_this_week[span].max(), b.distress_this_week[span].max()))
    lived.set_ylim(0, 1.15 * top)
    _heading(lived, f"Person {twins.id}: the same luck every day, a small difference", "distress, mean of the week")
    for name, (colour, _, style) in STATES.items():
        difference.plot(weeks, (a[name] - b[name])[span], color=colour, linestyle=style, linewidth=2)
    difference.axhline(0, color=QUIET, linewidth=0.8)
    _name_ends(difference, float(weeks[-1]), {name: float((a[name] - b[name])[end]) for name in STATES})
    _heading(difference, f"Person {twins.id}: with the group minus without", "paired difference")
    for axes in (lived, difference):
        axes.set_xlim(start - 2, end + 0.42 * (end - start))
        axes.set_xticks(range(10 * -(-start // 10), end + 1, 10))
        axes.axvline(twins.came, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
    lived.text(twins.came, 0.98, " first visit", transform=lived.get_xaxis_transform(), fontsize=9, color=INK, va="top")
    person = int(twins.group.traits.id[broken.row])
    for axes, (one, other), title in (
        (outsider, broken.addressed, "draws with addresses, the same life"),
        (stream, broken.streamed, "one stream of numbers, another life"),
    ):
        _two_lines(axes, np.arange(len(one) - 1), one["distress"][1:, broken.row], other["distress"][1:, broken.row])
        axes.set_ylim(0, 1)
        _heading(axes, f"Person {person}: {title}", "distress on Sundays")
    care = "Simulated people; none stands for anybody. Made by docs/why/make_twins.py"
    figure.text(0.012, 0.012, care, fontsize=8, color=QUIET)
    FigureCanvasAgg(figure)
    figure.savefig(path, dpi=130, metadata={"Software": None})


def _two_lines(axes: Axes, weeks: np.ndarray, with_group: np.ndarray, without: np.ndarray) -> list[Any]:
    """Without: a broad line below; with: a narrow one above it, so that both show where they are the same."""
    broad = axes.plot(
        weeks, without, color=WITHOUT, linewidth=5, alpha=0.45, solid_capstyle="butt", label="without a group"
    )
    return broad + axes.plot(weeks, with_group, color=WITH, linewidth=1.6, label="with the group")


def _name_ends(axes: Axes, at: float, ends: dict[str, float]) -> None:
    """Names at the ends of lines, moved apart where they would touch."""
    low, high = axes.get_ylim()
    placed = -np.inf
    for name, value in sorted(ends.items(), key=lambda item: item[1]):
        placed = max(value, placed + 0.075 * (high - low))
        axes.text(at + 1.5, placed, f"{name} {value:+.3f}", fontsize=9, color=STATES[name][1], va="center")


def _heading(axes: Axes, title: str, label: str) -> None:
    axes.set_title(title, loc="left", fontsize=10.5, weight="bold", color=INK)
    axes.set_ylabel(label, fontsize=9, color=INK)
    axes.set_xlabel("weeks since the opening", fontsize=9, color=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.tick_params(labelsize=8.5, colors=QUIET)
    axes.grid(axis="y", color="#ECECEC")
    axes.set_axisbelow(True)
