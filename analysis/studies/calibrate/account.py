"""Calibrate one account: live the prior, learn what figures come to, keep what evidence leaves, live that, check.

First wave: places all over the prior. Second: places that the first leaves standing, where emulators must be good, so
that they are learned again from both. Some places are lived twice, with other luck, to know how much a figure of a few
towns goes up and down; some are kept back, to be told from made-up evidence. At last some of the draws that are left
are lived in many towns: what the account really comes to there, without any emulator.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.plausible.priors import Priors
from analysis.studies.calibrate.bank import Bank, Lab, Stage
from analysis.studies.calibrate.checks import Foretold, Recovered, foretold, pulls, recover, told
from analysis.studies.calibrate.emulate import Emulators, learn, noise_of
from analysis.studies.calibrate.forest import Agreement, forest_quantiles
from analysis.studies.calibrate.leaving import Left, leave_each
from analysis.studies.calibrate.likelihood import Target
from analysis.studies.calibrate.posterior import Kept, Posterior, kept_of, posterior_of

SECOND_COUNTS = 3.0  # times as much as a place of the first wave, when emulators are learned again
MOST_TOLD = 8  # parameters that ranks are taken of, and that the forest is asked about
AGAIN_TOWNS = 12  # at each place of what is left that is lived
REFITS = 3  # of the emulators, for how sure the mean likelihood is
QUANTILES = (0.05, 0.5, 0.95)
# Seeds of towns, far apart, so that no two stages share luck.
SEEDS = {"first": 10_000_000, "twice": 20_000_000, "known": 30_000_000, "second": 40_000_000, "left": 50_000_000}
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Effort:
    """How much is spent on one account.

    Attributes:
        places: of the prior that are lived.
        second: places that are left standing by these, lived too.
        towns: at each.
        twice: places that are lived twice.
        known: places kept back, to be told from made-up evidence.
        left: draws that are left at the end and lived in many towns.
        draws: that are left standing, and kept.
    """

    places: int = 600
    second: int = 300
    towns: int = 4
    twice: int = 80
    known: int = 30
    left: int = 30
    draws: int = 2000

    @property
    def lived(self) -> int:
        """How many places are lived in all."""
        return self.places + self.twice + self.known + self.second + self.left


@dataclass(frozen=True)
class Calibrated:
    """What was found of one account.

    Attributes:
        account: name.
        priors: what was believed before.
        targets: the outside figures.
        towns: lived at each place of the two waves.
        before: float64[places, targets], figures all over the prior, each of a few towns.
        emulators: learned from both waves.
        posterior: what is left standing.
        kept: the share of the prior that nothing rules out.
        log_evidence: of each refit of the emulators, and of the fit itself first.
        lived: float64[left, targets], figures of what is left, each of many towns.
        foretold: each figure by the others.
        pulls: see ``checks.pulls``.
        told: see ``checks.told``.
        recovered: known places told from made-up evidence.
        agreement: the parameters told best, by both methods.
        leaving: the same without each figure in turn.
    """

    account: str
    priors: Priors
    targets: Sequence[Target]
    towns: int
    before: np.ndarray
    emulators: Emulators
    posterior: Posterior
    kept: Kept
    log_evidence: np.ndarray
    lived: np.ndarray
    foretold: Sequence[Foretold]
    pulls: np.ndarray
    told: np.ndarray
    recovered: Recovered
    agreement: Sequence[Agreement]
    leaving: Sequence[Left] = ()

    @property
    def most(self) -> list[int]:
        """The parameters that the evidence says most about, the best known first."""
        return [int(k) for k in np.argsort(-self.told)[:MOST_TOLD]]

    def quantiles(self, name: str) -> tuple[float, float, float]:
        """5, 50 and 95 % of one parameter in what is left standing, as values."""
        k = self.priors.names.index(name)
        low, middle, high = self.priors.parts[k].at(np.quantile(self.posterior.places[:, k], QUANTILES))
        return float(low), float(middle), float(high)


def calibrate(
    priors: Priors, bank: Bank, lab: Lab, targets: Sequence[Target], effort: Effort, seed: int,
    threads: int | None = None, progress: Progress | None = None,
) -> Calibrated:  # fmt: skip
    """Calibrate one account; what is in the bank already is not lived again.

    Args:
        priors: of its parameters.
        bank: where lives are kept.
        lab: that measures; its figures are those of the targets.
        targets: the outside figures.
        effort: how much to spend.
        seed: of the places.
        threads: as for ``sim.ensemble.in_order``.
        progress: called with how many more places are lived.
    """

    def lived(name: str, places: np.ndarray, towns: int = effort.towns) -> np.ndarray:
        return bank.lived(Stage(name, places, towns, SEEDS[name] + seed), threads, progress)

    first = priors.draw(effort.places, [seed, 1])
    before = lived("first", first)
    noise = noise_of(before[: effort.twice], lived("twice", first[: effort.twice]))
    wave = learned(first, before, noise)
    known = priors.draw(effort.known, [seed, 2], spread=False)
    known_figures = lived("known", known)

    second = posterior_of(priors, wave, targets, many=effort.second, seed=[seed, 3]).places
    places = np.concatenate([first, second])
    figures = np.concatenate([before, lived("second", second)])
    counts = np.repeat([1.0, SECOND_COUNTS], [len(first), len(second)])
    emulators = learned(places, figures, noise, counts)
    posterior = posterior_of(priors, emulators, targets, many=effort.draws, seed=[seed, 4])
    left = posterior.places[:: max(len(posterior.places) // effort.left, 1)][: effort.left]

    known_best = told(posterior, priors)
    most = [int(k) for k in np.argsort(-known_best)[:MOST_TOLD]]
    emulated = np.quantile(posterior.places[:, most], QUANTILES, axis=0).T
    forest = forest_quantiles(first, before, targets, most, threads)
    return Calibrated(
        lab.account, priors, targets, effort.towns, before, emulators, posterior,
        kept_of(priors, emulators, targets, [seed, 5]),
        _evidence(priors, places, figures, noise, counts, targets, posterior.log_evidence, seed),
        lived("left", left, AGAIN_TOWNS),
        foretold(posterior, targets, emulators.own), pulls(priors, emulators, targets), known_best,
        recover(priors, wave, targets, known, known_figures, most),
        [Agreement(priors.names[k], tuple(one), tuple(other))
         for k, one, other in zip(most, emulated, forest, strict=True)],
        leave_each(priors, emulators, targets, posterior, [seed, 8]),
    )  # fmt: skip


def learned(places: np.ndarray, figures: np.ndarray, noise: np.ndarray, counts: np.ndarray | None = None) -> Emulators:
    """An emulator of every figure."""
    return Emulators([learn(places, figures[:, k], float(noise[k]), counts) for k in range(figures.shape[1])])


def _evidence(
    priors: Priors, places: np.ndarray, figures: np.ndarray, noise: np.ndarray, counts: np.ndarray,
    targets: Sequence[Target], fitted: float, seed: int,
) -> np.ndarray:  # fmt: skip
    """float64[1 + REFITS]: log mean likelihoods, of the emulators, and of others learned from four fifths."""
    found, rng = [fitted], np.random.default_rng([seed, 6])
    for refit in range(REFITS):
        rows = rng.permutation(len(places))[: len(places) * 4 // 5]
        again = learned(places[rows], figures[rows], noise, counts[rows])
        found.append(posterior_of(priors, again, targets, many=400, seed=[seed, 7, refit]).log_evidence)
    return np.array(found)
