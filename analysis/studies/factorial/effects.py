"""From cells to effects: means of cells, contrasts of them, and shares of a difference, with intervals.

Towns are the units. A cell's figure is the sum of its people's paired differences over their number, and every effect
is a contrast of such means. All intervals come from the same towns drawn anew together, in all cells at once: what a
town has in common in all cells cancels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.compare.estimate import FEWEST_RUNS, Estimates, bootstrap_sums, mean_of
from analysis.studies.factorial.design import Effect, Factor, Split, interactions, main_effects, split_of
from analysis.studies.factorial.lives import Lived


@dataclass(frozen=True)
class Effects:
    """All that is worked out; each Estimates has arrays [READINGS].

    Attributes:
        cells: of each cell the mean.
        mains, pairs: with their estimates.
        split: the last cell minus the first, taken apart.
        whole, parts, rest, alone, taken_back: estimates of the split's effects.
        shares: of each factor its part as a share of the whole; NaN where the whole may be zero.
        rest_share: the same of the rest.
    """

    cells: list[Estimates]
    mains: list[tuple[Effect, Estimates]]
    pairs: list[tuple[Effect, Estimates]]
    split: Split
    whole: Estimates
    parts: list[Estimates]
    rest: Estimates
    alone: list[Estimates]
    taken_back: list[Estimates]
    shares: list[Estimates]
    rest_share: Estimates


def effects_of(lived: Lived, factors: Sequence[Factor]) -> Effects:
    """Every effect of a factorial."""
    split = split_of(factors)

    def all_of(effects: Sequence[Effect]) -> list[Estimates]:
        return [contrast(lived, effect.weights) for effect in effects]

    mains, pairs = main_effects(factors), interactions(factors)
    whole = contrast(lived, split.whole.weights)
    return Effects(
        [cell_mean(lived, c) for c in range(lived.count.shape[1])],
        list(zip(mains, all_of(mains), strict=True)), list(zip(pairs, all_of(pairs), strict=True)),
        split, whole, all_of(split.parts), contrast(lived, split.rest.weights),
        all_of(split.alone), all_of(split.taken_back),
        [share_of(lived, part.weights, split.whole.weights, whole) for part in split.parts],
        share_of(lived, split.rest.weights, split.whole.weights, whole),
    )  # fmt: skip


def cell_mean(lived: Lived, cell: int) -> Estimates:
    """A cell's mean of every reading."""
    return bootstrap_sums(mean_of, lived.total[:, cell], lived.count[:, cell])


def contrast(lived: Lived, weights: np.ndarray) -> Estimates:
    """A weighted sum of cells' means of every reading; zero where no cell has any weight."""
    if not weights.any():
        nothing = np.zeros(lived.total.shape[-1])
        return Estimates(nothing, nothing, nothing)
    return _of_means(lived, np.flatnonzero(weights), weights[None])


def share_of(lived: Lived, part: np.ndarray, whole: np.ndarray, difference: Estimates) -> Estimates:
    """One contrast as a share of another; NaN where the other's interval holds zero, or there is none."""
    share = _of_means(lived, np.flatnonzero((part != 0) | (whole != 0)), np.stack([part, whole]))
    sure = surely(difference)
    return Estimates(*(np.where(sure, values, np.nan) for values in (share.value, share.low, share.high)))


def surely(found: Estimates) -> np.ndarray:
    """bool: whether the interval leaves out zero."""
    return (found.low > 0) | (found.high < 0)


def _of_means(lived: Lived, used: np.ndarray, weights: np.ndarray) -> Estimates:
    """One weighted sum of the means of the cells used, or the first over the second of two."""

    def statistic(*sums: np.ndarray) -> np.ndarray:
        total, count = np.stack(sums[: len(used)], axis=-1), np.stack(sums[len(used) :], axis=-1)
        means = total / count
        apart = means - means[..., :1]  # weights sum to zero: where no cell differs, an effect is exactly zero
        found = [apart @ row[used] for row in weights]
        return found[0] if len(found) == 1 else found[0] / found[1]

    found = bootstrap_sums(statistic, *(part[:, cell] for part in (lived.total, lived.count) for cell in used))
    # A cell in which hardly any town has anybody says nothing about how sure it is.
    few = ((lived.count[:, used] > 0).sum(axis=0) < FEWEST_RUNS).any(axis=0)
    return Estimates(found.value, np.where(few, np.nan, found.low), np.where(few, np.nan, found.high))
