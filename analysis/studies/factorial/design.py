"""The cells of a factorial, and the contrasts of cells that are its effects.

An effect is a weighted sum over cells. Factors are coded -1 and +1, so that a main effect is the mean over the cells at
a level minus the mean over those at the first; and a two-way interaction is half of how much the one's effect differs
between the levels of the other (Box, Hunter and Hunter 2005, Statistics for Experimenters, chapter 5).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any, NamedTuple

import numpy as np

from analysis.compare.arms import Arm

MOST_CELLS = 64
Cell = tuple[int, ...]  # the place of the level of each factor, from 0


@dataclass(frozen=True)
class Factor:
    """One way in which two groups differ.

    Attributes:
        name: short.
        question: in plain words.
        levels: by label, the first one first: the parameters that it sets.
    """

    name: str
    question: str
    levels: Mapping[str, Mapping[str, Any]]

    @property
    def labels(self) -> list[str]:
        """Labels of the levels."""
        return list(self.levels)


class Effect(NamedTuple):
    """A contrast of cells.

    Attributes:
        name: such as "origin", or "origin x rhythm".
        words: what is held against what.
        weights: float64[cells].
    """

    name: str
    words: str
    weights: np.ndarray


def cells_of(factors: Sequence[Factor]) -> list[Cell]:
    """Every combination of levels; the first has all first levels, the last all last ones."""
    return list(product(*(range(len(factor.levels)) for factor in factors)))


def code_of(cell: Cell) -> str:
    """A cell's name, such as "1-2-1": the first level of one factor, the second of the next ..."""
    return "-".join(str(level + 1) for level in cell)


def arm_of(base: Arm, factors: Sequence[Factor], cell: Cell) -> Arm:
    """The base scenario with the parameters of a cell.

    Raises:
        ScenarioError: if a parameter is unknown or a value not accepted.
    """
    labels = [factor.labels[level] for factor, level in zip(factors, cell, strict=True)]
    changes = {
        name: value
        for factor, label in zip(factors, labels, strict=True)
        for name, value in factor.levels[label].items()
    }
    return base.with_values(code_of(cell), ", ".join(labels), changes)


def main_effects(factors: Sequence[Factor]) -> list[Effect]:
    """Of each factor each level against its first, over all levels of the others."""
    cells = np.array(cells_of(factors))
    return [
        Effect(_name(factor, level), f"{factor.labels[level]} instead of {factor.labels[0]}",
               _mean_where(cells[:, f] == level) - _mean_where(cells[:, f] == 0))
        for f, factor in enumerate(factors) for level in range(1, len(factor.levels))
    ]  # fmt: skip


def interactions(factors: Sequence[Factor]) -> list[Effect]:
    """Of each two factors: half of how much the effect of the one differs between levels of the other."""
    cells = np.array(cells_of(factors))
    found = []
    for (f, one), (g, other) in combinations(enumerate(factors), 2):
        for i, j in product(range(1, len(one.levels)), range(1, len(other.levels))):

            def at(level: int, other_level: int, f: int = f, g: int = g) -> np.ndarray:
                return _mean_where((cells[:, f] == level) & (cells[:, g] == other_level))

            words = f"{one.labels[i]} together with {other.labels[j]}, beyond what each does by itself"
            weights = ((at(i, j) - at(0, j)) - (at(i, 0) - at(0, 0))) / 2
            found.append(Effect(f"{_name(one, i)} x {_name(other, j)}", words, weights))
    return found


class Split(NamedTuple):
    """The last cell minus the first, taken apart.

    Attributes:
        whole: the difference itself.
        parts: of each factor its main effect, last level against first.
        rest: what the main effects leave: interactions. With two levels each it is all of three factors and more, as
            two-way interactions are the same in both cells and cancel.
        alone: of each factor, what it does alone, the others as in the first cell.
        taken_back: of each factor, what is missing without it, the others as in the last cell.
    """

    whole: Effect
    parts: list[Effect]
    rest: Effect
    alone: list[Effect]
    taken_back: list[Effect]


def split_of(factors: Sequence[Factor]) -> Split:
    """How the last cell differs from the first, by factor."""
    cells = cells_of(factors)
    place = {cell: k for k, cell in enumerate(cells)}
    first, last = cells[0], cells[-1]
    only = np.eye(len(cells))

    def with_level(cell: Cell, f: int, of: Cell) -> np.ndarray:
        return only[place[(*cell[:f], of[f], *cell[f + 1 :])]]

    mains = {effect.name: effect for effect in main_effects(factors)}
    parts = [mains[_name(factor, len(factor.levels) - 1)] for factor in factors]
    whole = only[place[last]] - only[place[first]]
    rest = whole - sum(part.weights for part in parts)
    alone = [only_f - only[place[first]] for only_f in (with_level(first, f, last) for f in range(len(factors)))]
    back = [only[place[last]] - without for without in (with_level(last, f, first) for f in range(len(factors)))]
    return Split(
        Effect("whole", "all last levels instead of all first levels", whole), parts,
        Effect("interactions", "what the main effects leave", rest),
        [part._replace(weights=weights) for part, weights in zip(parts, alone, strict=True)],
        [part._replace(weights=weights) for part, weights in zip(parts, back, strict=True)],
    )  # fmt: skip


def _name(factor: Factor, level: int) -> str:
    """A factor's name; with more than two levels also which."""
    return factor.name if len(factor.levels) == 2 else f"{factor.name}: {factor.labels[level]}"


def _mean_where(these: np.ndarray) -> np.ndarray:
    return these / these.sum()
