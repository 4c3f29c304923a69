"""One outside figure under one account: before, left standing, lived again, foretold by the others; does it fit?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.studies.calibrate.account import AGAIN_TOWNS, QUANTILES, Calibrated
from analysis.studies.calibrate.likelihood import Target

FITS, STRAINED, MISSED = "fits", "strained", "missed"
STRAIN, MISS = 2.0, 3.0


@dataclass(frozen=True)
class Fit:
    """A row of the table of evidence against an account; triples are 5, 50 and 95 %."""

    account: str
    target: Target
    before: tuple[float, float, float]
    left: tuple[float, float, float]
    lived: tuple[float, float, float]
    foretold: tuple[float, float, float]
    away: float
    rank: float
    kept: float
    explained: float
    emulator_sd: float
    towns_sd: float

    @property
    def word(self) -> str:
        """Whether what is left standing fits."""
        return MISSED if self.away > MISS else STRAINED if self.away > STRAIN else FITS


def fits_of(found: Calibrated) -> Sequence[Fit]:
    """Every figure under one account."""
    made = []
    for k, target in enumerate(found.targets):
        emulator, told = found.emulators.parts[k], found.foretold[k]
        lived = found.lived[:, k]
        luck = math.sqrt(emulator.noise * found.towns / AGAIN_TOWNS)
        middle = float(np.nanmedian(lived)) if np.isfinite(lived).any() else math.nan
        beyond = max(target.low - middle, middle - target.high, 0.0)
        # The luck of the towns lived again is of each place; in the middle of many places little of it is left.
        sd = math.hypot(target.sd, luck / math.sqrt(max(np.isfinite(lived).sum(), 1)))
        made.append(Fit(
            found.account, target, _three(found.before[:, k]), _three(found.posterior.means[:, k]), _three(lived),
            (told.low, told.middle, told.high), beyond / sd, told.rank, float(found.kept.each[k]), emulator.explained,
            math.sqrt(emulator.own), math.sqrt(emulator.noise),
        ))  # fmt: skip
    return made


def _three(values: np.ndarray) -> tuple[float, float, float]:
    known = values[~np.isnan(values)]
    if not len(known):
        return (math.nan, math.nan, math.nan)
    low, middle, high = np.quantile(known, QUANTILES)
    return float(low), float(middle), float(high)
