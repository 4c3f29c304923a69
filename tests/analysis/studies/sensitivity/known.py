"""Sweeps of a function with known answers: the simulation is replaced, all else is as in any sweep."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest

import analysis
from analysis.compare.outcomes import GROUP_MEASURES
from analysis.compare.paired import SUMS
from analysis.studies.sensitivity.study import SensitivityStudy, analyse
from analysis.studies.sweep import local
from analysis.studies.sweep.lives import Lived
from tests.analysis.studies.sweep.sweeps import live, make_sweep
from tests.builders import SCENARIOS


class Function:
    """Instead of ``Lives``: the paired difference at a point and seed is what a function gives.

    Towns are of different size (2 + seed people), and people weigh alike. Twins change by 0.5 in any case.
    """

    def __init__(self, sweep, function):
        self.sweep, self.function = sweep, function

    def unit(self, unit):
        values = dict(zip(self.sweep.names, self.sweep.points[unit.point], strict=True))
        y = self.function(values, unit.seed)
        times = len(self.sweep.rows)
        if y is None:  # nobody there
            return [Lived("", np.zeros((1, times, 1, len(SUMS))), {name: np.zeros(times) for name in GROUP_MEASURES})]
        if isinstance(y, str):
            return [Lived(y, np.zeros(0), {})]
        people = 2.0 + unit.seed
        sums = dict.fromkeys(SUMS, 0.0) | {"people": people, "with_before": people, "difference": people * y,
                                           "life_change": people * (y + 0.5), "twin_change": people * 0.5}  # fmt: skip
        found = np.tile([sums[name] for name in SUMS], (1, times, 1, 1))
        return [Lived("", found, {name: np.full(times, unit.seed % 2.0) for name in GROUP_MEASURES})]


def swept(folder, function, vary, **changes):
    """The results of a sweep of a function of (values, seed)."""
    sweep = make_sweep(
        folder, **({"arms": {"function": str(SCENARIOS / "groupA.yaml")}, "vary": vary, "years": [0.25, 0.5],
                    "outcomes": ["isolation"], "populations": ["joined"]} | changes)
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(local, "Lives", partial(Function, function=function))
        live(sweep, folder / "results")
    return analysis.load(folder / "results")


def analysed(results, reading, threshold):
    """A sweep analysed."""
    return analyse(SensitivityStudy([], 0, 0, {"curves": [], "maps": []}), results, reading, threshold)
