"""Figures of one run, as PNG and SVG.

To add a figure: a module with ``draw(frame) -> Drawing``, and a line in DRAWERS (and its name in
``analysis.results.folder.FIGURES``).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import matplotlib as mpl

from analysis.figures import episodes, lifelines, network, states
from analysis.figures.halves import do_all
from analysis.figures.style import RC, Drawing, save
from analysis.run.frame import Frame
from analysis.run.live import Run

DRAWERS: dict[str, Callable[[Frame], Drawing]] = {
    "states": states.draw,
    "episodes": episodes.draw,
    "lifelines": lifelines.draw,
    "network": network.draw,
}


def draw_all(run: Run, folder: Path) -> None:
    """Draw every figure of a run.

    Args:
        run: a finished run.
        folder: where the files go: NAME.png and NAME.svg for each name in DRAWERS.

    Raises:
        OSError: if a file cannot be written.
    """
    frame = Frame(run)
    with mpl.rc_context(RC), warnings.catch_warnings():
        # A missing glyph in somebody's title is no reason to interrupt.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        do_all(list(DRAWERS), lambda name: save(DRAWERS[name](frame), folder / name))
