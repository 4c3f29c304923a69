"""A second method on the same evidence: approximate Bayesian computation with random forests.

No emulator, no likelihood: every place that was lived is given the errors that the outside figures have, and a forest
learns to tell a parameter from the figures (Raynal and others 2019, Bioinformatics 35:1720). Dropped down it, the real
figures share leaves with some of the lives; these, weighted by how often, are its posterior. It knows each place only
through a few towns, so that it tends to leave more standing than emulators do; where the two disagree on a middle by
much, neither is to be trusted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.studies.calibrate.likelihood import Target

TREES = 400
LEAST_IN_LEAF = 5
SEED = 20261129


@dataclass(frozen=True)
class Agreement:
    """One parameter by both methods, as places in its prior.

    Attributes:
        name: dotted.
        emulated, forest: 5, 50 and 95 % of what each leaves standing.
    """

    name: str
    emulated: tuple[float, float, float]
    forest: tuple[float, float, float]

    @property
    def apart(self) -> float:
        """How far the middles lie apart, in widths of the prior."""
        return abs(self.emulated[1] - self.forest[1])


def forest_quantiles(
    places: np.ndarray,
    figures: np.ndarray,
    targets: Sequence[Target],
    parameters: Sequence[int],
    threads: int | None = None,
) -> np.ndarray:
    """What the forest leaves standing of some parameters.

    Args:
        places: float64[n, parameters] of the prior, that were lived.
        figures: float64[n, targets], measured in few towns; NaN where one could not be.
        targets: the outside figures; of a range the forest is asked about its middle, since it has no likelihood.
        parameters: which to tell.
        threads: how many trees at once.

    Returns:
        float64[len(parameters), 3]: 5, 50 and 95 %.
    """
    from sklearn.ensemble import ExtraTreesRegressor  # noqa: PLC0415 - slow to import

    rng = np.random.default_rng(SEED)
    with_errors = figures + rng.standard_normal(figures.shape) * [target.sd for target in targets]
    seen = np.array([[target.middle for target in targets]])
    for k, target in enumerate(targets):  # of what is only known to lie in a range, nothing but where it lies is used
        if not target.single:
            with_errors[:, k] = _side(with_errors[:, k], target)
            seen[0, k] = 0.0
    middle = np.nanmedian(with_errors, axis=0)
    with_errors = np.where(np.isnan(with_errors), middle, with_errors)
    found = np.empty((len(parameters), 3))
    for row, k in enumerate(parameters):
        forest = ExtraTreesRegressor(TREES, min_samples_leaf=LEAST_IN_LEAF, max_features=1.0, bootstrap=True,
                                     random_state=SEED, n_jobs=threads)  # fmt: skip
        forest.fit(with_errors, places[:, k])
        leaves, mine = forest.apply(with_errors), forest.apply(seen)[0]
        together = leaves == mine
        weights = (together / np.maximum(together.sum(axis=0), 1)).sum(axis=1)
        order = np.argsort(places[:, k])
        gone = np.cumsum(weights[order]) / weights.sum()
        found[row] = np.interp((0.05, 0.5, 0.95), gone, places[order, k])
    return found


def _side(values: np.ndarray, target: Target) -> np.ndarray:
    """-1 below a range, 0 inside, 1 above; NaN stays."""
    side = np.where(values < target.low, -1.0, np.where(values > target.high, 1.0, 0.0))
    return np.where(np.isnan(values), np.nan, side)
