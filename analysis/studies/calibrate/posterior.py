"""What outside evidence leaves standing: draws of the prior moved step by step to where the evidence is.

Under the prior, parameters are independent normal scores, linked and read off each one's distribution. So draws start
from the prior exactly, and the likelihood under the emulators is let in by degrees (sequential Monte Carlo: Del Moral
and others 2006, JRSS B 68:411), each degree such that half of the draws still count. After each, draws are drawn anew
by their weights and moved by steps that keep the prior (preconditioned Crank-Nicolson: Cotter and others 2013,
Statistical Science 28:424), in blocks of parameters, so that a hundred of them cost little. The mean likelihood over
the prior, by which accounts are compared, comes with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.plausible.priors import Priors
from analysis.studies.calibrate.emulate import Emulators
from analysis.studies.calibrate.likelihood import RULED_OUT, Target, implausibility, log_fit

KEPT_HALF = 0.5
BLOCKS = 4  # of parameters, moved one after the other
MOVES = 8  # after each degree
FEWEST_TAKEN, MOST_TAKEN = 0.2, 0.35  # of proposed moves; steps are made shorter or longer
LONGEST, SHORTEST = 1.0, 0.02
LOOKED = 40_000  # places of the prior at which implausibility is looked at
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Posterior:
    """Draws of what is left standing.

    Attributes:
        places: float64[n, parameters] in (0, 1), each counting alike.
        means: float64[n, targets], what the emulators say there.
        log_evidence: logarithm of the mean likelihood over the prior.
        degrees: by which the evidence was let in, the last is 1.
        taken: share of moves that were taken after the last.
    """

    places: np.ndarray
    means: np.ndarray
    log_evidence: float
    degrees: tuple[float, ...]
    taken: float


def posterior_of(
    priors: Priors, emulators: Emulators, targets: Sequence[Target], *, many: int, seed: int | Sequence[int],
    extra: np.ndarray | None = None, progress: Progress | None = None,
) -> Posterior:  # fmt: skip
    """Draw from what evidence leaves standing.

    Args:
        priors: what is believed before.
        emulators: one for each target.
        targets: the outside figures; of none the prior is left.
        many: draws.
        seed: of the draws.
        extra: float64[targets], variance beside that of the figures; the emulators' own without.
        progress: called with the degree reached.
    """
    rng = np.random.default_rng(seed)
    extra = emulators.own if extra is None else extra
    every = rng.standard_normal((many, len(priors)))
    active = _active(priors, emulators)
    scores, some_priors, here = every[:, active], priors.only(active), emulators.among(active)

    def look(some: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        means = here.means(some_priors.places(some))
        return means, log_fit(targets, means, extra).sum(axis=1)

    means, fits = look(scores)
    degree, degrees, log_evidence, step, taken = 0.0, [], 0.0, LONGEST / 2, 1.0
    while degree < 1.0:
        rise = _next_rise(fits, 1.0 - degree)
        logs = rise * fits
        top = logs.max()
        weights = np.exp(logs - top)
        log_evidence += float(top + np.log(weights.mean()))
        rows = _drawn_anew(weights, rng)
        scores, means, fits = scores[rows], means[rows], fits[rows]
        degree += rise
        degrees.append(degree)
        for _ in range(MOVES if degree < 1.0 else 2 * MOVES):
            taken = 0.0
            for block in _blocks(len(active), rng):
                proposed = scores.copy()
                keep = np.sqrt(1.0 - step * step)
                proposed[:, block] = keep * scores[:, block] + step * rng.standard_normal((many, len(block)))
                new_means, new_fits = look(proposed)
                better = np.log(rng.random(many)) < degree * (new_fits - fits)
                scores[better], means[better], fits[better] = proposed[better], new_means[better], new_fits[better]
                taken += float(better.mean()) / BLOCKS
            step = float(np.clip(step * (1.2 if taken > MOST_TAKEN else 0.8 if taken < FEWEST_TAKEN else 1.0),
                                 SHORTEST, LONGEST))  # fmt: skip
        if progress is not None:
            progress(degree)
    every[:, active] = scores
    return Posterior(priors.places(every), means, log_evidence, tuple(degrees), taken)


def _blocks(parameters: int, rng: np.random.Generator) -> list[np.ndarray]:
    """The parameters in a few blocks, others each time."""
    return [block for block in np.array_split(rng.permutation(parameters), BLOCKS) if len(block)]


def _active(priors: Priors, emulators: Emulators) -> np.ndarray:
    """int64[...]: the parameters that move any figure, and those that are linked to them; the rest keep their prior."""
    linked = np.abs(priors.correlations) > 0
    return np.flatnonzero(linked[emulators.parameters].any(axis=0)) if len(emulators.parameters) else np.arange(0)


def _next_rise(fits: np.ndarray, most: float) -> float:
    """By how much more evidence can be let in so that the draws still amount to half of their number."""
    if _share(most * fits) >= KEPT_HALF:
        return most
    low, high = 0.0, most
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _share(middle * fits) >= KEPT_HALF else (low, middle)
    return max(low, 1e-9)


def _share(logs: np.ndarray) -> float:
    weights = np.exp(logs - logs.max())
    return float(weights.sum() ** 2 / (weights**2).sum() / len(weights))


def _drawn_anew(weights: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """int64[n]: rows by their weights, spread evenly (systematic resampling)."""
    n = len(weights)
    rows = np.searchsorted(np.cumsum(weights / weights.sum()), (rng.random() + np.arange(n)) / n)
    return np.minimum(rows, n - 1)


@dataclass(frozen=True)
class Kept:
    """History matching: how much of the prior no figure rules out.

    Attributes:
        together: share of the prior at which no figure is implausible.
        each: float64[targets], the same of each figure alone.
    """

    together: float
    each: np.ndarray


def kept_of(priors: Priors, emulators: Emulators, targets: Sequence[Target], seed: int | Sequence[int]) -> Kept:
    """Share of the prior not ruled out (implausibility up to RULED_OUT); the emulators' error is allowed for."""
    means = emulators.means(priors.draw(LOOKED, seed, spread=False))
    inside = implausibility(targets, means, emulators.own) <= RULED_OUT
    return Kept(float(inside.all(axis=1).mean()), inside.mean(axis=0))
