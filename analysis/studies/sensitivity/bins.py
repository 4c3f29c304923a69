"""A response along one parameter, or over two: pooled over all points with a value, or near it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from analysis.studies.sensitivity.response import Response, axis_of, pooled

MOST_VALUES = 15  # different values of a parameter that are shown one by one
BINS_ALONG, BINS_ACROSS = 8, 6


class Bins(NamedTuple):
    """A response along one parameter.

    Attributes:
        at: float64[k]: values of the parameter, or the mean of those in a bin.
        words: what to write there, where the values are no numbers.
        mean, error: float64[k]: of the points there, and its standard error.
    """

    at: np.ndarray
    words: list[str] | None
    mean: np.ndarray
    error: np.ndarray


def bins_of(column: np.ndarray, most: int = BINS_ALONG) -> tuple[np.ndarray, np.ndarray, list[str] | None]:
    """Into which bin each point falls.

    Args:
        column: [points].
        most: how many bins at most, each with as many points, where there are many different values.

    Returns:
        int64[points], where each bin stands on the axis, and words for its ticks if it has no numbers.
    """
    values, words = axis_of(column)
    different = np.unique(values)
    if len(different) <= MOST_VALUES:
        return np.searchsorted(different, values), different, words
    edges = np.unique(np.quantile(values, np.linspace(0, 1, most + 1)))
    which = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    return which, np.array([values[which == k].mean() for k in range(len(edges) - 1)]), words


def pooled_in(response: Response, name: str, figure: str, samples: bool) -> Bins:
    """A response along one parameter.

    Args:
        response: of a sweep.
        name: which parameter.
        figure: one of the three, or "difference" of a measure of the group.
        samples: whether the points are a sample of space (then points are the independent units),
            or chosen (then seeds are).
    """
    which, at, words = bins_of(response.columns[name])
    mean, error = np.full(len(at), np.nan), np.full(len(at), np.nan)
    for k in range(len(at)):
        inside = which == k
        counts, totals = response.counts[figure][inside], response.totals[figure][inside]
        # Transposed, points stand where seeds do: each point's people are lived with the same seeds.
        axis = 1 if samples else 0
        mean[k], error[k] = (float(x) for x in pooled(counts.sum(axis=axis), totals.sum(axis=axis)))
    return Bins(at, words, mean, error)


def pooled_in_two(
    response: Response, one: str, other: str, figure: str, samples: bool
) -> tuple[Bins, Bins, np.ndarray]:
    """A response over two parameters.

    Returns:
        The first axis, the second, and float64[second, first].
    """
    across = BINS_ACROSS if samples else BINS_ALONG
    a, at_a, words_a = bins_of(response.columns[one], across)
    b, at_b, words_b = bins_of(response.columns[other], across)
    grid = np.full((len(at_b), len(at_a)), np.nan)
    for j in range(len(at_b)):
        for i in range(len(at_a)):
            inside = (a == i) & (b == j)
            people = response.counts[figure][inside].sum()
            if people > 0:
                grid[j, i] = response.totals[figure][inside].sum() / people
    nothing = np.zeros(0)
    return Bins(at_a, words_a, nothing, nothing), Bins(at_b, words_b, nothing, nothing), grid
