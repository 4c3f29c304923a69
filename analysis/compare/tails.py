"""P values that go with an interval: from the same draws, with the same corrections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import scipy  # its parts are slow to import: they come when they are used


def wider(level: float, units: int) -> float:
    """The level that an interval from draws needs to cover as often as it should with few units.

    Draws of n units spread by sqrt((n - 1) / n) too little, and leave out that the spread itself is uncertain; so the
    level is that of Student's t (Hesterberg 2015, The American Statistician 69:371-386, "expanded percentile").
    """
    z = np.sqrt(units / (units - 1)) * scipy.special.stdtrit(units - 1, (1 + level) / 2)
    return float(1 - 2 * scipy.special.ndtr(-z))


def narrower(z: float, units: int) -> float:
    """The other way round: the one-sided probability that goes with so many standard deviations of the draws."""
    return float(scipy.special.stdtr(units - 1, z / np.sqrt(units / (units - 1))))


class Tails(Protocol):
    """One-sided P values that go with an interval: below 0.025 just where the interval leaves the bound out."""

    def p_below(self, bound: float) -> float:
        """Of a value so high, if the truth lay on the bound or below."""

    def p_above(self, bound: float) -> float:
        """Of a value so low, if the truth lay on the bound or above."""


@dataclass(frozen=True)
class Draws:
    """What drawing runs anew gave, and the corrections of the interval that was made from it.

    P values are those of the same interval, inverted: the level at which one of its ends would lie on the bound
    (Efron and Tibshirani 1993, chapter 14). With so many draws none is below 1 / (draws + 1).

    Attributes:
        values: float64[draws], without NaN.
        bias, acceleration: of the bias-corrected and accelerated interval (z0 and a); 0 for percentiles.
        units: how many runs it is of, for the width that few of them ask for (``wider``).
    """

    values: np.ndarray
    bias: float = 0.0
    acceleration: float = 0.0
    units: int = 1_000_000

    def p_below(self, bound: float) -> float:
        """See ``Tails``."""
        least = 1.0 / (len(self.values) + 1)
        share = float(((self.values < bound).mean() + (self.values <= bound).mean()) / 2)
        if share in (0.0, 1.0):  # beyond all that was drawn
            return least if share == 0.0 else 1.0 - least
        beyond = float(scipy.special.ndtri(share)) - self.bias
        stretch = 1.0 + self.acceleration * beyond
        if stretch <= 0.0:  # no level so small or so large has its end there
            return least if beyond < 0.0 else 1.0 - least
        return float(np.clip(narrower(beyond / stretch - self.bias, self.units), least, 1.0 - least))

    def p_above(self, bound: float) -> float:
        """See ``Tails``."""
        return 1.0 - self.p_below(bound)


@dataclass(frozen=True)
class NoneSeen:
    """Of what differed from ``value`` in none of so many units: exact, of a binomial.

    Attributes:
        value: what all had.
        units: how many they were.
        each: by how much the value would differ if all differed.
    """

    value: float
    units: float
    each: float = 1.0

    def p_below(self, bound: float) -> float:
        """See ``Tails``."""
        return self._unseen(self.value - bound)

    def p_above(self, bound: float) -> float:
        """See ``Tails``."""
        return self._unseen(bound - self.value)

    def _unseen(self, share: float) -> float:
        return 1.0 if share <= 0.0 else float((1.0 - min(share / self.each, 1.0)) ** self.units)
