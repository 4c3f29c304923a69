"""In which share of parameter space a claim holds."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from analysis.compare.estimate import LEVEL
from analysis.compare.share import share_in_blocks
from analysis.studies.sweep.design import points_of

SAMPLES_SPACE = ("random", "latin", "sobol", "saltelli")


class Threshold(NamedTuple):
    """What a claim says of an effect: at least so much, or at most.

    Attributes:
        value: the threshold.
        above: True if the claim needs the effect above it, False if below.
    """

    value: float
    above: bool

    @property
    def words(self) -> str:
        """In words."""
        return f"{'above' if self.above else 'below'} {self.value:g}"

    def passed(self, values: np.ndarray) -> np.ndarray:
        """bool[n]: where the effect is on the side that the claim needs."""
        return values > self.value if self.above else values < self.value


class ShareOfSpace(NamedTuple):
    """The share of points in which a claim holds.

    Attributes:
        share, low, high: of points whose mean paired effect passes, with the 95 % interval by blocks.
        surely, surely_not: shares of points whose own 95 % interval over seeds is all on one side; the rest
            is undetermined with so few seeds.
        points, unknown: points with a value, and without.
        blocks: independent parts of the design that hold them: base points of a saltelli design, trajectories of a
            morris one, else every point by itself.
    """

    share: float
    low: float
    high: float
    surely: float
    surely_not: float
    points: int
    unknown: int
    blocks: int


def block_size(kind: str, varied: int) -> int:
    """How many points of a design lie together, most of them differing from a neighbour in one parameter only.

    Args:
        kind: of design.
        varied: how many parameters it varies by themselves.
    """
    return points_of(kind, varied, 1)


def share_of_space(values: np.ndarray, errors: np.ndarray, threshold: Threshold, block: int = 1) -> ShareOfSpace:
    """In which share of the points of a design a claim holds.

    Args:
        values: float64[points], NaN where missing; in the order of the design.
        errors: float64[points], standard errors over seeds.
        threshold: what the claim needs.
        block: points that lie together, see ``block_size``; they are not independent of each other.
    """
    known = ~np.isnan(values)
    n = int(known.sum())
    if n == 0:
        nothing = float("nan")
        return ShareOfSpace(nothing, nothing, nothing, nothing, nothing, 0, len(values), 0)
    passed = threshold.passed(values[known])
    which = np.flatnonzero(known) // block
    counted = np.bincount(which)
    found = share_in_blocks(np.bincount(which, weights=passed), counted)
    reach = stats.norm.ppf((1 + LEVEL) / 2) * errors[known]
    sign = 1.0 if threshold.above else -1.0
    distance = sign * (values[known] - threshold.value)
    return ShareOfSpace(
        float(passed.mean()), found.low, found.high, float((distance > reach).mean()),
        float((distance < -reach).mean()), n, int((~known).sum()), int((counted > 0).sum()),
    )  # fmt: skip
