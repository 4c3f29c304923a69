"""Emulators: what each figure of evidence comes to at any place of the prior, learned from the places that were lived.

A figure measured in a few towns is mostly noise, and more than a hundred parameters move it a little or not at all. So
its mean is taken as a polynomial: the parameters that matter are picked by the lasso from all linear and squared terms
(Tibshirani 1996), those that matter most get all their products too (so that a product of two that do nothing alone is
missed), and the coefficients are shrunk together (ridge, its strength by leave-one-out). How far it misses is measured
on places it was not fitted to (five folds), and what of that is only the noise of a few towns is known from places that
were lived twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

MOST_PRODUCTS = 12  # parameters whose products are taken
MOST_TERMS = 60  # linear and squared terms that the lasso may keep
FOLDS = 5
FEWEST = 60  # places, for an emulator
TAIL = 0.01
SEED = 20261129
STRENGTHS = tuple(np.logspace(-1, 4, 11))


@dataclass(frozen=True)
class Emulator:
    """The mean of one figure over the prior.

    Attributes:
        single: int64[terms, 2], parameter and power of each single term.
        pairs: int64[pairs, 2], parameters of each product.
        weights: float64[terms + pairs].
        level: the mean where every term is 0.
        residual: variance of what it misses, on places not fitted to.
        noise: variance of a figure at one place, since other lives are lived; the rest of ``residual`` is the
            emulator's own.
        spread: variance of the figure over the places it was learned from.
        places: how many.
    """

    single: np.ndarray
    pairs: np.ndarray
    weights: np.ndarray
    level: float
    residual: float
    noise: float
    spread: float
    places: int

    def mean(self, places: np.ndarray) -> np.ndarray:
        """float64[n]: the figure's mean at some places, float64[n, parameters] in (0, 1)."""
        return self.level + terms(2.0 * places - 1.0, self.single, self.pairs) @ self.weights

    @property
    def own(self) -> float:
        """Variance of its own error: what it misses beyond the noise of few towns."""
        return max(self.residual - self.noise, 0.0)

    @property
    def explained(self) -> float:
        """Share that it explains of what parameters, and not luck, do to the figure; in [0, 1]."""
        real = self.spread - self.noise
        return float(np.clip(1.0 - self.own / real, 0.0, 1.0)) if real > 0 else 0.0


class Emulators:
    """The emulators of several figures, looked up together.

    Args:
        parts: one a figure.

    Attributes:
        own: float64[figures], variance of each one's own error.
        parameters: int64[...], the parameters that any of them reads.
    """

    def __init__(self, parts: Sequence[Emulator]) -> None:
        self.parts = list(parts)
        self.own = np.array([one.own for one in parts])
        singles = sorted({(int(k), int(power)) for one in parts for k, power in one.single})
        pairs = sorted({(int(a), int(b)) for one in parts for a, b in one.pairs})
        self._single = np.array(singles, np.int64).reshape(-1, 2)
        self._pairs = np.array(pairs, np.int64).reshape(-1, 2)
        at = {
            term: row
            for row, term in enumerate([("single", *one) for one in singles] + [("pair", *one) for one in pairs])
        }
        self._weights = np.zeros((len(at), len(parts)))
        for k, one in enumerate(parts):
            rows = [at["single", int(a), int(b)] for a, b in one.single] + [
                at["pair", int(a), int(b)] for a, b in one.pairs
            ]
            self._weights[rows, k] = one.weights
        self._levels = np.array([one.level for one in parts])
        self.parameters = np.unique(np.concatenate([self._single[:, 0], self._pairs.ravel()])).astype(np.int64)

    def means(self, places: np.ndarray) -> np.ndarray:
        """float64[n, figures]: every figure's mean at some places, float64[n, parameters] in (0, 1)."""
        return np.asarray(self._levels + terms(2.0 * places - 1.0, self._single, self._pairs) @ self._weights)

    def among(self, parameters: np.ndarray) -> Emulators:
        """The same where places have only some parameters, int64[...], which hold all that any emulator reads."""
        at = np.full(int(parameters.max(initial=0)) + 1, -1)
        at[parameters] = np.arange(len(parameters))
        return Emulators([
            replace(one, single=np.stack([at[one.single[:, 0]], one.single[:, 1]], axis=1), pairs=at[one.pairs])
            for one in self.parts
        ])  # fmt: skip

    def only(self, figures: Sequence[int]) -> Emulators:
        """Those of some figures."""
        return Emulators([self.parts[k] for k in figures])


def terms(x: np.ndarray, single: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """float64[n, terms + pairs]: terms of places in (-1, 1); squares have their mean under evenness taken off."""
    ones = x[:, single[:, 0]]
    ones = np.where(single[:, 1] == 2, ones * ones - 1.0 / 3.0, ones)
    return np.concatenate([ones, x[:, pairs[:, 0]] * x[:, pairs[:, 1]]], axis=1)


def learn(places: np.ndarray, figure: np.ndarray, noise: float, weights: np.ndarray | None = None) -> Emulator:
    """An emulator of one figure.

    Args:
        places: float64[n, parameters] in (0, 1).
        figure: float64[n], NaN where it could not be measured.
        noise: variance of the figure at one place.
        weights: float64[n], how much each place counts; evenly without.
    """
    from sklearn.linear_model import LassoCV, RidgeCV  # noqa: PLC0415 - slow to import
    from sklearn.model_selection import KFold, cross_val_predict  # noqa: PLC0415

    known = ~np.isnan(figure)
    x, y = 2.0 * places[known] - 1.0, within(figure[known])
    w = np.ones(len(y)) if weights is None else weights[known]
    nothing = np.zeros((0, 2), np.int64)
    spread = float(np.average((y - np.average(y, weights=w)) ** 2, weights=w)) if len(y) else np.nan
    if len(y) < FEWEST or spread < 1e-12:
        level = float(np.mean(y)) if len(y) else np.nan
        return Emulator(nothing, nothing, np.zeros(0), level, spread, min(noise, spread), spread, len(y))
    p = x.shape[1]
    every = np.array([(k, power) for power in (1, 2) for k in range(p)])
    folds = KFold(FOLDS, shuffle=True, random_state=SEED)
    columns = terms(x, every, nothing)
    lasso = LassoCV(cv=folds, eps=0.02, max_iter=3000).fit(columns, y, sample_weight=w)
    strength = np.abs(lasso.coef_) * columns.std(axis=0)
    kept = np.argsort(-strength)[:MOST_TERMS]
    kept = np.sort(kept[strength[kept] > 0])
    most = _most_active(every[kept], strength[kept])
    pairs = np.array([(a, b) for i, a in enumerate(most) for b in most[i + 1 :]], np.int64).reshape(-1, 2)
    # Both powers of each parameter in a product, so that a ridge and not a product takes up a curve.
    single = np.unique(np.concatenate([every[kept], [(k, 1) for k in most], [(k, 2) for k in most]]), axis=0) \
        if len(most) else every[kept]  # fmt: skip
    single = single.astype(np.int64).reshape(-1, 2)
    columns = terms(x, single, pairs)
    if not columns.shape[1]:
        return Emulator(nothing, nothing, np.zeros(0), float(np.average(y, weights=w)), spread, min(noise, spread),
                        spread, len(y))  # fmt: skip
    ridge = RidgeCV(alphas=STRENGTHS).fit(columns, y, sample_weight=w)
    missed = y - cross_val_predict(ridge, columns, y, cv=folds, params={"sample_weight": w})
    residual = float(np.average(missed**2, weights=w))
    return Emulator(single, pairs, np.asarray(ridge.coef_, float), float(ridge.intercept_), residual,
                    min(noise, residual), spread, len(y))  # fmt: skip


def _most_active(kept: np.ndarray, strength: np.ndarray) -> list[int]:
    """The parameters that matter most, by the sum of what their terms do."""
    each: dict[int, float] = {}
    for (k, _), size in zip(kept, strength, strict=True):
        each[int(k)] = each.get(int(k), 0.0) + float(size)
    return sorted(sorted(each, key=lambda k: -each[k])[:MOST_PRODUCTS])


def within(figure: np.ndarray) -> np.ndarray:
    """A figure with its outermost values at most as far out as the hundredth at either end.

    A trial of few people can find anything; one such place must not bend the polynomial for all.
    """
    if len(figure) < FEWEST:
        return figure
    return np.clip(figure, *np.quantile(figure, (TAIL, 1 - TAIL)))


def noise_of(first: np.ndarray, again: np.ndarray) -> np.ndarray:
    """float64[figures]: variance of each figure at one place, from places lived twice, float64[n, figures] each."""
    with np.errstate(invalid="ignore"):
        halves = (first - again) ** 2 / 2.0
    known = ~np.isnan(halves)
    return np.where(known, halves, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
