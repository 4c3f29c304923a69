"""Figures of one run.

To add a figure of a run: a module with ``draw(frame) -> Drawing``, and a line in DRAWERS.
"""

from __future__ import annotations

from collections.abc import Callable

from analysis.figures.style import Drawing
from analysis.studies.run.arrays import Arrays
from analysis.studies.run.figures import episodes, lifelines, network, states

DRAWERS: dict[str, Callable[[Arrays], Drawing]] = {
    "states": states.draw,
    "episodes": episodes.draw,
    "lifelines": lifelines.draw,
    "network": network.draw,
}
