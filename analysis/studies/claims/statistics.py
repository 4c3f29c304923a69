"""Statistics of sums over runs that claims are read with: each takes sums and combines them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from analysis.compare.estimate import glass, mean_of, spread_of, standardised
from analysis.studies.claims.asked import GAP, SHARE


def finite(values: np.ndarray) -> np.ndarray:
    """The same, NaN where something was divided by nothing."""
    return np.where(np.isfinite(values), values, np.nan)


def share_of_effect(count: np.ndarray, total: np.ndarray, base_count: np.ndarray, base_total: np.ndarray) -> np.ndarray:
    """One mean as a share of another; a share of nothing is none."""
    return finite(mean_of(total, count) / mean_of(base_total, base_count))


def gap(count: np.ndarray, total: np.ndarray, base_count: np.ndarray, base_total: np.ndarray) -> np.ndarray:
    """One mean less another."""
    return mean_of(total, count) - mean_of(base_total, base_count)


def slope_of(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Slope of the straight line through y[len(x), ...] by x, least squares."""
    middle = x - x.mean()
    return np.tensordot(middle, y, axes=(0, 0)) / (middle**2).sum()


def own_standard_change(known: np.ndarray, change: np.ndarray, *people: np.ndarray) -> np.ndarray:
    """Mean change since before coming, over the standard deviation of these people in both worlds."""
    return finite(change / known / spread_of(*people, each_first=True))


def own_standard_effect(people: np.ndarray, difference: np.ndarray, *spread: np.ndarray) -> np.ndarray:
    """As ``analysis.compare.estimate.standardised``, NaN where people do not differ or there is only one."""
    return finite(standardised(people, difference, *spread, each_first=True))


def standard_gap(
    count: np.ndarray, total: np.ndarray, base_count: np.ndarray, base_total: np.ndarray, *yardstick: np.ndarray
) -> np.ndarray:
    """One effect less another, both over the same standard deviation."""
    return glass(count, total, *yardstick) - glass(base_count, base_total, *yardstick)


def said(statistic: Callable[..., np.ndarray]) -> str:
    """A statistic in words, by the first line of what it says of itself if it is no common one."""
    common = {mean_of: "mean over all that is counted", gap: GAP, share_of_effect: SHARE}
    own = (statistic.__doc__ or "of sums over towns").strip().splitlines()[0].rstrip(".")
    return common.get(statistic, own)
