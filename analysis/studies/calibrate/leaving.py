"""What each outside figure decides: parameters and accounts again, as if it were not known.

Emulators say what figures come to anywhere, so nothing is lived for it. Where the draws that are left still amount to
enough when a figure's own likelihood is taken out of their weights, these weights are used; where it alone decides too
much for that, draws are made anew from the other figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.plausible.priors import Priors
from analysis.studies.calibrate.checks import without_each
from analysis.studies.calibrate.emulate import Emulators
from analysis.studies.calibrate.likelihood import Target, log_fit
from analysis.studies.calibrate.posterior import Posterior, posterior_of

ENOUGH = 300  # draws that reweighted ones must amount to; so many are drawn anew where they do not


@dataclass(frozen=True)
class Left:
    """One account without one figure.

    Attributes:
        figure: its name.
        shifts: float64[parameters], how far the middle of each moves, in standard deviations of what is left with it.
        wider: float64[parameters], its spread without the figure, by that with it.
        log_evidence: logarithm of the mean likelihood of the others over the prior.
        worth: to how many draws the reweighted ones amount.
        anew: whether draws were made anew.
    """

    figure: str
    shifts: np.ndarray
    wider: np.ndarray
    log_evidence: float
    worth: float
    anew: bool


def leave_each(
    priors: Priors, emulators: Emulators, targets: Sequence[Target], posterior: Posterior, seed: int | Sequence[int]
) -> list[Left]:
    """Each figure in turn left out.

    Args:
        priors: what is believed before.
        emulators: one for each target.
        targets: the outside figures.
        posterior: what all of them leave standing.
        seed: of draws made anew.
    """
    seeds = [seed] if isinstance(seed, int) else list(seed)
    middle, spread = posterior.places.mean(axis=0), posterior.places.std(axis=0)
    fits = log_fit(targets, posterior.means, emulators.own)
    found = []
    for k, (target, weights) in enumerate(zip(targets, without_each(posterior, targets, emulators.own), strict=True)):
        worth = float(1 / (weights**2).sum())
        anew = worth < min(ENOUGH, len(weights) / 2)
        if anew:
            rest = [j for j in range(len(targets)) if j != k]
            others = posterior_of(priors, emulators.only(rest), [targets[j] for j in rest], many=ENOUGH,
                                  seed=[*seeds, k])  # fmt: skip
            mean, wide, log_evidence = others.places.mean(axis=0), others.places.std(axis=0), others.log_evidence
        else:
            mean = weights @ posterior.places
            wide = np.sqrt(weights @ (posterior.places - mean) ** 2)
            log_evidence = posterior.log_evidence + _log_mean(-fits[:, k])
        found.append(Left(target.name, (mean - middle) / spread, wide / spread, float(log_evidence), worth, anew))
    return found


def _log_mean(logs: np.ndarray) -> float:
    top = logs.max()
    return float(top + np.log(np.exp(logs - top).mean()))


def shares_without(logs: np.ndarray) -> np.ndarray:
    """float64[accounts, figures]: probability of each account of all tried, if each was as likely before.

    Args:
        logs: float64[accounts, figures], logarithms of mean likelihoods without each figure.
    """
    shares = np.exp(logs - logs.max(axis=0))
    return np.asarray(shares / shares.sum(axis=0))
