"""A share of things that come in blocks, with an interval that knows the blocks.

Points of a design, or groups in pairs, are not independent of each other: what varies by luck is the block. So the
interval is that of a share of so many independent things as would give the variance found between blocks, by Clopper
and Pearson's exact formula (Korn and Graubard 1998, Survey Methodology 24:193). Unlike a bootstrap it says something
where a thing was seen in no block, or in every one.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import scipy  # its parts are slow to import: they come when they are used

from analysis.compare.estimate import LEVEL

TAIL = (1 - LEVEL) / 2


class BlockShare(NamedTuple):
    """A share with its interval.

    Attributes:
        value: NaN of nothing.
        low, high: 95 % interval; 0 and 1 where nothing is known.
        of: how many independent things it is worth.
    """

    value: float
    low: float
    high: float
    of: float


NO_SHARE = BlockShare(float("nan"), 0.0, 1.0, 0.0)


def exact_share(value: float, of: float) -> BlockShare:
    """Clopper and Pearson's interval of a share of so many things, which need be no whole number."""
    if not of > 0:
        return NO_SHARE
    some = value * of
    low = float(scipy.stats.beta.ppf(TAIL, some, of - some + 1)) if some > 0 else 0.0
    high = float(scipy.stats.beta.ppf(1 - TAIL, some + 1, of - some)) if some < of else 1.0
    return BlockShare(value, low, high, of)


def share_in_blocks(passed: np.ndarray, counted: np.ndarray) -> BlockShare:
    """A share of things in independent blocks.

    Args:
        passed: float64[blocks], how many of each block pass.
        counted: float64[blocks], how many each holds; blocks of nothing are left out.
    """
    known = counted > 0
    passed, counted = passed[known].astype(float), counted[known].astype(float)
    blocks, things = len(counted), float(counted.sum())
    if not blocks:
        return NO_SHARE
    value = float(passed.sum()) / things
    between = passed - value * counted
    if blocks < 2 or not 0 < value < 1 or not (between**2).sum() > 0:
        return exact_share(value, blocks)
    variance = blocks / (blocks - 1) * float((between**2).sum()) / things**2
    # Few blocks tell their own variance badly, which Student's t allows for.
    allowed = (scipy.stats.t.ppf(1 - TAIL, things - 1) / scipy.stats.t.ppf(1 - TAIL, blocks - 1)) ** 2
    return exact_share(value, min(value * (1 - value) / variance * allowed, things))


def share_of_pairs(chance: np.ndarray, least: float = 0.0, most: float = 1.0) -> BlockShare:
    """A mean chance over all pairs of two kinds of things, each kind drawn by itself.

    Args:
        chance: float64[one kind, other kind], of each pair; a single column where there is only one kind.
        least: no chance can be less.
        most: nor more; the interval stays between them.

    Returns:
        The mean; it is worth at most as many independent pairs as there are things, and where every pair is alike, as
        many as could be made without taking any thing twice.
    """
    rows, columns = chance.shape
    if not chance.size:
        return NO_SHARE
    if not most > least:
        return BlockShare(float(chance.mean()), least, most, float(rows))
    if (least, most) != (0.0, 1.0):
        between = share_of_pairs(np.clip((chance - least) / (most - least), 0.0, 1.0))
        value, low, high = (least + (most - least) * end for end in between[:3])
        return BlockShare(value, low, high, between.of)
    value = float(chance.mean())
    variance = sum(
        float(chance.mean(axis=1 - axis).var(ddof=1)) / size for axis, size in ((0, rows), (1, columns)) if size > 1
    )
    apart = rows if columns == 1 else min(rows, columns)
    if not 0 < value < 1 or not variance > 0:
        return exact_share(value, apart)
    return exact_share(value, min(value * (1 - value) / variance, rows if columns == 1 else rows + columns))
