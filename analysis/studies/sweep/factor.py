"""What is varied: a parameter, and how a position between 0 and 1 becomes one of its values.

Designs place points in the unit cube; a factor says what a place along its side stands for. So every
design works for numbers, whole numbers, yes or no and lists of weekdays alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.parameters import PARAMETERS

STEPS = 5  # of a range in a grid, unless the file says how many


@dataclass(frozen=True)
class Factor:
    """A parameter that is varied.

    Attributes:
        name: dotted.
        values: the values it takes, in order; empty for a range.
        low, high: ends of the range; NaN where there are values.
        steps: how many values of the range a grid takes.
    """

    name: str
    values: tuple[Any, ...] = ()
    low: float = float("nan")
    high: float = float("nan")
    steps: int = STEPS

    @property
    def is_number(self) -> bool:
        """Whether its values can be drawn along an axis."""
        return PARAMETERS[self.name].kind in (int, float)

    def at(self, position: float) -> Any:
        """The value at a position.

        Args:
            position: from 0 to 1. Values share that length equally, and so do the whole numbers of a
                range; of any other range it is the proportion of the way from low to high.
        """
        if self.values:
            return self.values[min(int(position * len(self.values)), len(self.values) - 1)]
        if PARAMETERS[self.name].kind is int:
            numbers = int(self.high) - int(self.low) + 1
            return int(self.low) + min(int(position * numbers), numbers - 1)
        return float(self.low + position * (self.high - self.low))

    def grid(self) -> list[Any]:
        """The values that a grid takes, from the lowest to the highest."""
        if self.values:
            return list(self.values)
        evenly = np.linspace(self.low, self.high, self.steps)
        if PARAMETERS[self.name].kind is int:
            return sorted({round(float(value)) for value in evenly})
        return [float(value) for value in evenly]
