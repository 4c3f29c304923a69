"""The runs that a trial rests on: each arm against its twin, with a few more sums that claims look at."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from analysis.compare.comparison import Paired


@dataclass
class PairedWithLooks(Paired):
    """All runs of one arm against its twin, with looks.

    Attributes:
        looks: for each run, numbers by name, each a sum over people of that run (see ``looks`` in this folder).
    """

    looks: list[dict[str, float]] = field(default_factory=list)

    @property
    def sums(self) -> np.ndarray:
        """float64[runs, populations, horizons, outcomes, SUMS], kept once: the parts are views of it from then on."""
        if "_sums" not in self.__dict__:
            stacked = np.stack([part.sums for part in self.parts])
            self.parts = [part._replace(sums=block) for part, block in zip(self.parts, stacked, strict=True)]
            self.__dict__["_sums"] = stacked
        kept: np.ndarray = self.__dict__["_sums"]
        return kept

    def cut(self, complete: int) -> None:
        """Leave out all but the first so many runs."""
        super().cut(complete)
        del self.looks[complete:]

    def look(self, name: str) -> np.ndarray:
        """float64[runs] of one look."""
        return np.array([one[name] for one in self.looks], float)
