"""Where in plausible space something changes, in words: a small tree of questions, and what it moves with."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import stats

from analysis.compare.estimate import holm
from analysis.studies.sensitivity.discovery import FEWEST, discover
from analysis.words.numbers import signed
from analysis.words.prose import listed
from sim.problem import Problem

SURE = 0.05  # P value, corrected for how many parameters are looked at
MOST_NAMED = 3


class Moves(NamedTuple):
    """A parameter that something goes up or down with over plausible space.

    Attributes:
        name: dotted.
        rank: correlation of ranks (Spearman).
        p: that so much would come by chance, corrected for the parameters looked at (Holm).
    """

    name: str
    rank: float
    p: float


def moves_with(columns: dict[str, np.ndarray], values: np.ndarray) -> list[Moves]:
    """The parameters that a figure goes with over the draws, the strongest first; only those that chance does not make.

    Args:
        columns: [draws] of each parameter.
        values: float64[draws], NaN where it cannot be read.
    """
    known = np.isfinite(values)
    varied = {name: column[known].astype(float) for name, column in columns.items()}
    varied = {name: column for name, column in varied.items() if len(np.unique(column)) > 1}
    if known.sum() < FEWEST or len(np.unique(values[known])) < 2 or not varied:
        return []
    found = [stats.spearmanr(column, values[known]) for column in varied.values()]
    corrected = holm(np.array([one.pvalue for one in found]))
    moves = [Moves(name, float(one.statistic), float(p)) for name, one, p in zip(varied, found, corrected, strict=True)]
    return sorted((one for one in moves if one.p < SURE), key=lambda one: -abs(one.rank))


def moves_said(columns: dict[str, np.ndarray], values: np.ndarray) -> str:
    """The same in words; empty if nothing stands out."""
    some = moves_with(columns, values)[:MOST_NAMED]
    if not some:
        return ""
    named = listed(f"{one.name} ({signed(one.rank)})" for one in some)
    return f"Over plausible space the figure moves with {named} (correlations of ranks)."


def flips_said(columns: dict[str, np.ndarray], fails: np.ndarray, words: tuple[str, str] = ("fails", "holds")) -> str:
    """Where it fails, in words; empty where it fails everywhere or nowhere, or in too few draws to tell where.

    Args:
        columns: [draws] of each parameter.
        fails: bool[draws].
        words: what it does there, and elsewhere.
    """
    if min(fails.sum(), (~fails).sum()) < FEWEST:
        return ""
    varied = {name: column for name, column in columns.items() if len(np.unique(column)) > 1}
    try:
        return discover(list(varied), varied, fails, words, "draws").sentence if varied else ""
    except Problem as problem:  # the extra that it needs is not installed; all else can be said
        return f"Where: {problem}."
