"""Values as other programs can hold them: exact whole numbers, dates, text, and how many decimals show them."""

from __future__ import annotations

import datetime
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from analysis.results.arrow import to_numpy
from analysis.results.loading import Column

EXACT = 2**53  # whole numbers beyond it are no longer exact in these programs
FIGURES = 3  # shown of the smallest number, if decimals allow
MOST_DECIMALS = 10
INFINITE = "infinite"


def exact(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers that are too large to be exact, as text."""
    if pa.types.is_integer(column.type):
        ends = pc.min_max(column).as_py()
        if any(abs(end) > EXACT for end in ends.values() if end is not None):
            return column.cast(pa.string())
    return column


def is_number(column: pa.ChunkedArray) -> bool:
    """Whether it holds numbers."""
    return bool(pa.types.is_integer(column.type) or pa.types.is_floating(column.type))


def numbers(column: pa.ChunkedArray) -> np.ndarray:
    """Numbers, or yes/no as 1 and 0: float64[n], NaN where missing."""
    return to_numpy(column).astype(float)


def words(column: pa.ChunkedArray) -> list[str | None]:
    """Anything as text; None where missing."""
    return [None if value is None else str(value) for value in column.to_pylist()]


def dates(column: pa.ChunkedArray, about: Column) -> list[datetime.date | None] | None:
    """A column of dates, None where missing; None altogether if it is not one."""
    if about.kind != "date":
        return None
    try:
        return [datetime.date.fromisoformat(word[:10]) if word else None for word in words(column)]
    except ValueError:
        return None


def decimals(values: np.ndarray) -> int:
    """How many decimals show what is in these numbers: none for whole ones, more the smaller they are."""
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    if not len(sizes):
        return 0
    for few in range(FIGURES):
        if (np.abs(sizes - np.round(sizes, few)) < 1e-9 * sizes).all():
            return few
    return min(max(FIGURES - 1 - math.floor(math.log10(sizes.min())), FIGURES), MOST_DECIMALS)


def digits(values: np.ndarray) -> int:
    """Places before the point that these numbers need, the sign among them."""
    sizes = np.abs(values[np.isfinite(values)])
    most: Any = sizes.max() if len(sizes) else 0.0
    return 2 + (math.floor(math.log10(most)) if most >= 1 else 0)
