"""A figure over plausible space: what differs between draws, parted from the luck of the few towns each was lived in.

Every draw is lived in the same few towns, with the same luck, so what it shifts a figure by is told against the centre
in those towns, and added to the figure of the whole trial. What is left of luck in the shifts makes draws look more
different from each other than they are. Its size is known from drawing towns anew, for all draws at once (Tukey 1949,
Biometrics 5:232-242, parts from it what stretches all draws alike); the draws are moved together by as much as takes it
away again (constrained empirical Bayes: Louis 1984, Journal of the American Statistical Association 79:393-398). So
their spread is that of the truth, not of truth and luck.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from analysis.compare.estimate import LEVEL, SEED, Estimate, ends_of
from analysis.compare.share import BlockShare, exact_share
from analysis.compare.tails import wider

AGAIN = 999  # times that towns and draws are drawn anew
MIDDLE = 0.9  # of plausible space, between the ends that are told
NORMAL = 1.959963984540054


class Figure(NamedTuple):
    """A figure that decides something in a study, at one point of parameter space.

    Attributes:
        key: by which it is found again at another point.
        account: that it is read under.
        label: what it is, in words.
        unit: what it is measured in.
        estimate: value with its interval over towns.
        adds: whether a shift seen in a few towns may be added to the figure of many; not of what may be infinite.
        turns: the value at which it changes its meaning, such as 0 of an effect; None: there is none.
    """

    key: tuple[str, ...]
    account: str
    label: str
    unit: str
    estimate: Estimate
    adds: bool = True
    turns: float | None = 0.0


@dataclass(frozen=True)
class Spread:
    """A figure all over plausible space.

    Attributes:
        figure: at the centre, from the whole study.
        seen: float64[draws], at each draw, luck of its towns included; NaN where it cannot be read.
        low, high: float64[draws], ends of each one's own 95 % interval.
        true: float64[draws], the same with the luck that tells draws apart taken away.
        again: float64[times, draws], the same with towns drawn anew.
        luck: share of the variance between draws that was luck.
        few: at the centre, from the few towns alone.
    """

    figure: Figure
    seen: np.ndarray
    low: np.ndarray
    high: np.ndarray
    true: np.ndarray
    again: np.ndarray
    luck: float
    few: float = float("nan")

    @property
    def known(self) -> np.ndarray:
        """bool[draws]: where it can be read."""
        return ~np.isnan(self.true)

    def quantile(self, share: float) -> float:
        """The value below which this share of plausible space lies; NaN of nothing."""
        known = self.true[self.known]
        return float(np.quantile(known, share, method="inverted_cdf")) if len(known) else float("nan")

    @property
    def median(self) -> float:
        """Half of plausible space lies on either side."""
        return self.quantile(0.5)

    @property
    def ends(self) -> tuple[float, float]:
        """Between them lie 90 % of plausible space."""
        return self.quantile((1 - MIDDLE) / 2), self.quantile((1 + MIDDLE) / 2)

    def above(self, value: float, whole: bool) -> BlockShare:
        """In which share of plausible space it lies above a value."""
        known = self.known
        return share_over(self.true[known] > value, self.again[:, known] > value, whole)


def spread_of(centre: Figure, few: Figure, at: Sequence[Figure], towns: int) -> Spread:
    """A figure over the draws of a plausible space.

    Args:
        centre: at the centre, from the whole study.
        few: the same from the few towns alone.
        at: at each draw, from the same few towns.
        towns: how many these are.
    """
    base = _drawn_anew(few.estimate, towns, 0)
    each = np.stack([_drawn_anew(one.estimate, towns, k + 1) for k, one in enumerate(at)], axis=1)
    value = np.array([one.estimate.value for one in at])
    if centre.adds:
        whole = _drawn_anew(centre.estimate, 0, -1)
        shift, shifts = value - few.estimate.value, each - base[:, None]
        seen, again = centre.estimate.value + shift, whole[:, None] + shifts
        low, high = _own_ends(shift, shifts, towns)
        down, up = centre.estimate.value - centre.estimate.low, centre.estimate.high - centre.estimate.value
        low, high = seen - np.hypot(down, shift - low), seen + np.hypot(up, high - shift)
    else:
        seen, again = value, each
        low, high = (np.array([getattr(one.estimate, end) for one in at]) for end in ("low", "high"))
    sure = np.array([one.estimate.known for one in at]) & (centre.estimate.known or not centre.adds)
    low, high = np.where(sure, low, np.nan), np.where(sure, high, np.nan)
    true, truly, luck = _without_luck(seen, again)
    return Spread(centre, seen, low, high, true, truly, luck, few.estimate.value)


def _drawn_anew(estimate: Estimate, towns: int, k: int) -> np.ndarray:
    """float64[AGAIN]: the figure with towns drawn anew, spread by as much as so few towns ask for."""
    if len(estimate.draws) >= AGAIN:
        drawn = estimate.draws[:AGAIN]
        few = np.sqrt(towns / (towns - 1)) if towns > 1 else 1.0
        finite = np.isfinite(drawn) & np.isfinite(estimate.value)  # a root may have no end
        apart = np.where(finite, drawn, 0.0) - (estimate.value if np.isfinite(estimate.value) else 0.0)
        return np.where(finite, estimate.value + few * apart, drawn)
    if not estimate.known or not np.isfinite([estimate.value, estimate.low, estimate.high]).all():
        return np.full(AGAIN, estimate.value)
    width = (estimate.high - estimate.low) / (2 * NORMAL)  # known by its interval alone
    return estimate.value + width * np.random.default_rng((SEED, k + 1)).standard_normal(AGAIN)


def _own_ends(shift: np.ndarray, shifts: np.ndarray, towns: int) -> tuple[np.ndarray, np.ndarray]:
    """Ends of the 95 % interval of each shift, as wide as Student's t asks for with so few towns."""
    level = wider(LEVEL, towns) if towns > 1 else LEVEL
    few = np.sqrt(towns / (towns - 1)) if towns > 1 else 1.0
    plain = shift + (shifts - shift) / few  # ``wider`` allows for that itself
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of draws at which nothing is known
        low, high = np.nanquantile(plain, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def _without_luck(seen: np.ndarray, again: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Draws moved together until they differ by as much as the truth does; and the same with towns drawn anew."""
    known = np.isfinite(seen)
    true, truly = seen.copy(), again.copy()
    if known.sum() < 2:
        return true, truly, 0.0
    x, y = seen[known], again[:, known]
    y = np.where(np.isfinite(y), y, x)  # towns in which nobody can be asked, or a root has no end
    apart, apart_again = x - x.mean(), y - y.mean(axis=1, keepdims=True)
    between = float((apart**2).mean())
    if not between > 0:
        return true, truly, 0.0
    # Towns in which everything works more, or less, than elsewhere: that stretches all draws alike, and is no luck
    # between them (Tukey's one degree of freedom); it stays, and makes intervals wide.
    stretch = (apart_again @ apart / (apart @ apart))[:, None]
    luck = float(((apart_again - stretch * apart) ** 2).mean())
    true[known] = x.mean() + np.sqrt(max(between - luck, 0.0) / between) * apart
    # Drawn anew, they hold the luck of the towns twice.
    varied = (apart_again**2).mean(axis=1, keepdims=True)
    held = np.maximum(varied - (1 + stretch**2) * luck, 0.0)
    left = np.sqrt(np.divide(held, varied, out=np.zeros_like(varied), where=varied > 0))
    truly[:, known] = y.mean(axis=1, keepdims=True) + left * apart_again
    return true, truly, min(luck / between, 1.0)


def share_over(passed: np.ndarray, again: np.ndarray, whole: bool) -> BlockShare:
    """A share of plausible space, with an interval that knows the draws and the towns.

    Args:
        passed: bool[draws].
        again: bool[times, draws], the same with towns drawn anew.
        whole: whether the draws are all that the space holds; else they are drawn anew too, and the interval is never
            narrower than that of so many draws alone (Clopper and Pearson), which says something of none and of all.
    """
    draws = passed.shape[0]
    if not draws:
        return exact_share(float("nan"), 0.0)
    value = float(passed.mean())
    if whole:
        low, high = ends_of(again.mean(axis=1))
    else:
        which = np.random.default_rng(SEED).integers(draws, size=again.shape)
        low, high = ends_of(np.take_along_axis(again, which, axis=1).mean(axis=1))
        exact = exact_share(value, draws)
        low, high = min(low, exact.low), max(high, exact.high)
    return BlockShare(value, min(low, value), max(high, value), float(draws))
