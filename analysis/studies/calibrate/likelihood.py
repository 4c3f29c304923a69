"""How well a figure of the model fits an outside figure, given how far each may be off.

Four things stand between the two: the outside figure's own uncertainty; the discrepancy, by how much the model may be
wrong about it (Kennedy and O'Hagan 2001); the emulator's error; and, where a figure was measured in a few towns instead
of emulated, the luck of those. All are taken as normal and independent, so their variances add. A figure that is only
known to lie in a range, or above or below something, fits anywhere there (Tobin 1958).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RULED_OUT = 3.0  # implausibility, in standard deviations (Pukelsheim 1994: at least 95 % of any unimodal distribution)


@dataclass(frozen=True)
class Target:
    """An outside figure, as the calibration sees it.

    Attributes:
        name: of the figure.
        low, high: the same for a single figure, infinite where open.
        sd: of the outside figure and the discrepancy together.
    """

    name: str
    low: float
    high: float
    sd: float

    @property
    def single(self) -> bool:
        """Whether it is one number and not a range."""
        return self.low == self.high

    @property
    def middle(self) -> float:
        """The number, the middle of a range, or the one end that it has."""
        ends = [end for end in (self.low, self.high) if math.isfinite(end)]
        return sum(ends) / len(ends)


def log_fit(targets: Sequence[Target], found: np.ndarray, extra: np.ndarray) -> np.ndarray:
    """The logarithm of the likelihood of each outside figure, at most about 0.

    Args:
        targets: the outside figures.
        found: float64[n, targets], of the model.
        extra: float64[targets], variance to be added: of the emulator, or of few towns.

    Returns:
        float64[n, targets]; of a single figure relative to a perfect fit without the extra variance.
    """
    from scipy.special import log_ndtr, ndtr  # noqa: PLC0415 - slow to import

    fits = np.empty_like(found)
    for k, target in enumerate(targets):
        sd = math.sqrt(target.sd**2 + extra[k])
        if target.single:
            fits[:, k] = math.log(target.sd / sd) - 0.5 * ((target.low - found[:, k]) / sd) ** 2
            continue
        below, above = (target.low - found[:, k]) / sd, (target.high - found[:, k]) / sd
        if math.isinf(target.low):
            fits[:, k] = log_ndtr(above)
        elif math.isinf(target.high):
            fits[:, k] = log_ndtr(-below)
        else:
            far = np.where(
                found[:, k] < target.low, -below, above
            )  # the nearer end decides where the range is far away
            with np.errstate(divide="ignore"):
                inside = np.log(ndtr(above) - ndtr(below))
            fits[:, k] = np.where(np.isfinite(inside), inside, log_ndtr(far))
    return np.where(np.isnan(found), 0.0, fits)


def implausibility(targets: Sequence[Target], found: np.ndarray, extra: np.ndarray) -> np.ndarray:
    """float64[n, targets]: how many standard deviations the model lies outside each figure; 0 inside its range."""
    sd = np.sqrt(np.array([target.sd**2 for target in targets]) + extra)
    low, high = (np.array([getattr(target, end) for target in targets]) for end in ("low", "high"))
    away = np.maximum(np.maximum(low - found, found - high), 0.0)
    return np.asarray(np.nan_to_num(away / sd))


def imagined(targets: Sequence[Target], found: np.ndarray, rng: np.random.Generator) -> list[Target]:
    """Outside figures as they would be if the model were true at one place.

    Args:
        targets: the real ones, for their uncertainty and how wide they are.
        found: float64[targets], of the model there.
        rng: to draw their errors with.

    Returns:
        For a single figure what would have been found; for a range one as wide that its truth is as likely to lie in as
        the likelihood says, and for an open end the same end.
    """
    made = []
    for target, value in zip(targets, found, strict=True):
        seen = value + target.sd * rng.standard_normal()
        if target.single:
            low = high = seen
        elif math.isinf(target.high):
            low, high = (target.low, math.inf) if seen >= target.low else (-math.inf, target.low)
        elif math.isinf(target.low):
            low, high = (-math.inf, target.high) if seen <= target.high else (target.high, math.inf)
        else:  # the ranges that lie side by side over the whole line; one of them is seen
            width = target.high - target.low
            low = target.low + math.floor((seen - target.low) / width) * width
            high = low + width
        made.append(Target(target.name, low, high, target.sd))
    return made
