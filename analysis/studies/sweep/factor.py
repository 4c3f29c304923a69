"""What is varied: a parameter, and how a position between 0 and 1 becomes one of its values.

Designs place points in the unit cube; a factor says what a place along its side stands for. So every
design works for numbers, whole numbers, yes or no and lists of weekdays, evenly, on a logarithmic scale or after a
distribution alike.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

from sim.checks import parameters_with
from sim.parameters import Parameter

STEPS = 5  # of a range in a grid, unless the file says how many
LEAST_INSIDE = 1e-6  # of a distribution, between the ends at which it is cut
Law = Literal["normal", "lognormal", "beta", "triangular"]


class Distribution(NamedTuple):
    """How values spread over a range.

    Attributes:
        law: normal (mean, sd) and lognormal (median, sd of the logarithm) are cut at the ends of the range; beta (a, b)
            and triangular (mode) span it.
        said: the numbers of the law, by name.
    """

    law: Law
    said: dict[str, float]

    def ppf(self, low: float, high: float) -> Callable[[np.ndarray], np.ndarray]:
        """The inverse distribution function over a range.

        Raises:
            ValueError: if hardly any of the distribution lies in the range, or the mode does not.
        """
        from scipy import stats  # noqa: PLC0415  (slow to import)

        if self.law == "beta":
            return stats.beta(self.said["a"], self.said["b"], low, high - low).ppf
        if self.law == "triangular":
            mode = (self.said["mode"] - low) / (high - low)
            if not 0 <= mode <= 1:
                raise ValueError(f"the mode {self.said['mode']:g} lies outside")
            return stats.triang(mode, low, high - low).ppf
        if self.law == "normal":
            whole: Any = stats.norm(self.said["mean"], self.said["sd"])
        else:
            whole = stats.lognorm(self.said["log_sd"], 0, self.said["median"])
        below, inside = whole.cdf(low), whole.cdf(high) - whole.cdf(low)
        if not inside > LEAST_INSIDE:
            raise ValueError("hardly any of the distribution lies inside")
        return lambda x: np.asarray(whole.ppf(below + x * inside))


@dataclass(frozen=True)
class Factor:
    """A parameter that is varied.

    Attributes:
        name: dotted.
        values: the values it takes, in order; empty for a range.
        low, high: ends of the range; NaN where there are values.
        steps: how many values of the range a grid takes.
        log: whether the range is gone through on a logarithmic scale.
        distribution: how values spread over the range; None if evenly.
        moves_with: name of the factor at whose place it always is; empty if it moves by itself.
        rules: SHA-256 of the rules of one's own that may have declared it.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = float("nan")
    high: float = float("nan")
    steps: int = STEPS
    log: bool = False
    distribution: Distribution | None = None
    moves_with: str = ""
    rules: tuple[str, ...] = ()

    @property
    def parameter(self) -> Parameter:
        """What it varies, as it was declared."""
        return parameters_with(self.rules)[self.name]

    @property
    def is_number(self) -> bool:
        """Whether its values can be drawn along an axis."""
        return self.parameter.kind in (int, float)

    def at(self, positions: np.ndarray) -> list[Any]:
        """The values at some positions.

        Args:
            positions: float64[n] from 0 to 1. Values share that length equally, and so do the whole numbers of a
                range; of any other range it is the proportion of the way from low to high, on the scale that was
                asked for, or the proportion of the distribution that lies below.
        """
        if self.values:
            which = np.minimum((positions * len(self.values)).astype(int), len(self.values) - 1)
            return [self.values[k] for k in which.tolist()]
        whole = self.parameter.kind is int
        if self.log or self.distribution:
            found = np.clip(self._spread(positions), self.low, self.high)
            return np.rint(found).astype(np.int64).tolist() if whole else found.tolist()
        if whole:
            numbers = int(self.high) - int(self.low) + 1
            return [int(self.low) + k for k in np.minimum((positions * numbers).astype(int), numbers - 1).tolist()]
        return (self.low + positions * (self.high - self.low)).tolist()

    def _spread(self, positions: np.ndarray) -> np.ndarray:
        if self.distribution:
            return self.distribution.ppf(self.low, self.high)(positions)
        return self.low * (self.high / self.low) ** positions

    def grid(self) -> list[Any]:
        """The values that a grid takes, from the lowest to the highest.

        Evenly on their scale, from end to end; of a distribution the middles of as many equal shares.
        """
        if self.values:
            return list(self.values)
        whole = self.parameter.kind is int
        if self.distribution:
            found = self.at((np.arange(self.steps) + 0.5) / self.steps)
        elif self.log:
            found = self.at(np.linspace(0.0, 1.0, self.steps))
        else:
            evenly = np.linspace(self.low, self.high, self.steps)
            found = [round(float(value)) if whole else float(value) for value in evenly]
        return sorted(set(found)) if whole else found

    def described(self) -> dict[str, Any]:
        """What it is, as plain data."""
        said: dict[str, Any] = {"name": self.name}
        said |= {"values": list(self.values)} if self.values else {"range": [self.low, self.high], "steps": self.steps}
        if self.log:
            said["scale"] = "log"
        if self.distribution:
            said[self.distribution.law] = self.distribution.said
        return said | ({"moves_with": self.moves_with} if self.moves_with else {})
