"""Whether a calibration can be trusted, and what each outside figure does in it.

Recovery (simulation-based calibration: Talts and others 2018, arXiv 1804.06788): outside figures are made up at known
places of the prior that no emulator was fitted to, with the errors that real ones have; the known value must then rank
anywhere among the draws that are left, as often here as there. Ranks that crowd at the ends mean too narrow, ranks that
crowd in the middle too wide.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.plausible.priors import Priors
from analysis.studies.calibrate.emulate import Emulators
from analysis.studies.calibrate.likelihood import Target, imagined, log_fit
from analysis.studies.calibrate.posterior import LOOKED, Posterior, posterior_of

LEVELS = (0.5, 0.8, 0.9)
DRAWS = 300  # left standing at each known place
SEED = 20261129


@dataclass(frozen=True)
class Recovered:
    """Known places told from made-up outside figures.

    Attributes:
        parameters: dotted names; those that the figures say most about.
        ranks: float64[places, parameters], the share of draws below the known value.
    """

    parameters: tuple[str, ...]
    ranks: np.ndarray

    def covered(self, level: float) -> np.ndarray:
        """float64[parameters]: share of known values in the middle ``level`` of the draws."""
        return np.asarray((np.abs(self.ranks - 0.5) <= level / 2).mean(axis=0))

    def covered_in_all(self, level: float) -> float:
        """The same over all parameters."""
        return float((np.abs(self.ranks - 0.5) <= level / 2).mean())

    def uneven(self) -> np.ndarray:
        """float64[parameters]: P of Kolmogorov and Smirnov's test that ranks lie evenly."""
        from scipy import stats  # noqa: PLC0415 - slow to import

        return np.array([stats.kstest(one, "uniform").pvalue for one in self.ranks.T])


def recover(
    priors: Priors, emulators: Emulators, targets: Sequence[Target], known: np.ndarray, figures: np.ndarray,
    parameters: Sequence[int], progress: Callable[[int], None] | None = None,
) -> Recovered:  # fmt: skip
    """Tell known places from made-up outside figures.

    Args:
        priors: of the parameters.
        emulators: not fitted to the places here.
        targets: the real outside figures.
        known: float64[n, parameters] in (0, 1), drawn from the prior.
        figures: float64[n, targets], lived there in a few towns: their luck is allowed for.
        parameters: whose ranks are taken.
        progress: called with the number of each place that is done.
    """
    extra = np.array([one.residual for one in emulators.parts])  # of the emulator and of few towns together
    ranks = np.empty((len(known), len(parameters)))
    rng = np.random.default_rng([SEED, len(known)])
    for n, (place, found) in enumerate(zip(known, figures, strict=True)):
        seen = [k for k in range(len(targets)) if not np.isnan(found[k])]
        made = imagined([targets[k] for k in seen], found[seen], rng)
        left = posterior_of(priors, emulators.only(seen), made, many=DRAWS, seed=[SEED, n], extra=extra[seen])
        drawn = left.places[:, parameters]
        below = (drawn < place[parameters]).sum(axis=0)
        ranks[n] = (below + rng.random(len(parameters))) / (DRAWS + 1)
        if progress is not None:
            progress(n + 1)
    return Recovered(tuple(priors.names[k] for k in parameters), ranks)


def without_each(posterior: Posterior, targets: Sequence[Target], extra: np.ndarray) -> np.ndarray:
    """float64[targets, draws]: weights of the draws if each figure in turn were not known."""
    fits = log_fit(targets, posterior.means, extra)
    logs = -fits.T
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True))


@dataclass(frozen=True)
class Foretold:
    """An outside figure as the others foretell it.

    Attributes:
        low, middle, high: 5, 50 and 95 % of what the model comes to where only the others are known.
        worth: to how many draws those amount; few mean that this figure alone decides much.
        rank: share of what would be seen (with the figure's own errors) below the outside figure.
    """

    low: float
    middle: float
    high: float
    worth: float
    rank: float


def foretold(posterior: Posterior, targets: Sequence[Target], extra: np.ndarray) -> list[Foretold]:
    """Each figure as the others foretell it: the draws reweighted as if it were not known."""
    from scipy.special import ndtr  # noqa: PLC0415 - slow to import

    found = []
    for k, (target, weights) in enumerate(zip(targets, without_each(posterior, targets, extra), strict=True)):
        order = np.argsort(posterior.means[:, k])
        gone = np.cumsum(weights[order])
        low, middle, high = np.interp((0.05, 0.5, 0.95), gone, posterior.means[order, k])
        sd = np.sqrt(target.sd**2 + extra[k])
        rank = float((weights * ndtr((target.middle - posterior.means[:, k]) / sd)).sum())
        found.append(Foretold(float(low), float(middle), float(high), float(1 / (weights**2).sum()), rank))
    return found


def pulls(priors: Priors, emulators: Emulators, targets: Sequence[Target]) -> np.ndarray:
    """Which figures go together and which pull against each other.

    Returns:
        float64[targets, targets]: the logarithm of how much oftener than by chance both fit at one place of the prior;
        below 0 where what fits one does not fit the other. 0 on the diagonal.
    """
    fits = np.exp(log_fit(targets, emulators.means(priors.draw(LOOKED, SEED, spread=False)), emulators.own))
    mean = fits.mean(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.log((fits.T @ fits / len(fits)) / np.outer(mean, mean))
    np.fill_diagonal(found, 0.0)
    return np.asarray(found)


def told(posterior: Posterior, priors: Priors) -> np.ndarray:
    """float64[parameters]: how much is known of each now, 1 less the spread of its places by that of an even one."""
    spread = posterior.places.std(axis=0) / np.sqrt(1.0 / 12.0)
    return np.asarray(1.0 - spread)
