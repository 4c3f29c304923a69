"""What decides the interviews, as figures: how many statements a study would report, and how often all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from analysis.compare.estimate import RESAMPLES, Estimate, drawn_runs, ends_of
from analysis.plausible.spread import Figure
from analysis.studies.interviews.hold import SIZE_WORDS, Interviews
from analysis.studies.interviews.statements import STATEMENT_IDS
from analysis.studies.interviews.telling import chances_of_hearing, over_pairs
from analysis.studies.interviews.verdict import Asking, asked

FEWEST = 2  # groups of a kind, for an interval


def reported_figures(held: Sequence[Interviews], assumed: Mapping[str, float]) -> list[Figure]:
    """Under each account, for each way of choosing groups."""
    found = []
    for one in asked(held, assumed, whole_only=True):
        of = SIZE_WORDS[one.size]
        label = f"statements of {len(STATEMENT_IDS)} that a study would report ({of})"
        key = (one.account, one.size)
        number = over_studies(one, assumed, np.sum)
        found.append(Figure((*key, "number"), one.account, label, "statements", number, adds=False, turns=None))
        label, everything = f"chance that a study would report all of them ({of})", over_studies(one, assumed, np.prod)
        found.append(Figure((*key, "all"), one.account, label, "share", everything, adds=False, turns=None))
    return found


def over_studies(one: Asking, assumed: Mapping[str, float], of: Callable[..., np.ndarray]) -> Estimate:
    """What comes of the chances of all statements, mean over studies, groups of each kind drawn anew for the interval.

    Args:
        one: kinds of group that a study takes one each of.
        assumed: a value for each of ``statements.ASSUMPTIONS``.
        of: sum or product over statements: how many a study reports, or how often it reports all.

    Returns:
        The mean; unknown where there is nobody to ask.
    """
    chances = chances_of_hearing(one.people, assumed)
    parts = [of(chance, axis=-1) for chance in over_pairs(one.counts, chances)]
    groups = [len(count) for count in one.counts]
    if not parts or min(groups) < 1:
        return Estimate(np.nan, np.nan, np.nan, 0)
    number = np.concatenate(parts).reshape(groups[0], -1)  # [one kind, the other]
    value = float(number.mean())
    if min(groups) < FEWEST:
        return Estimate(value, np.nan, np.nan, min(groups))
    rows, columns = (drawn_runs(size, RESAMPLES) / size for size in number.shape)
    drawn = np.einsum("bi,ij,bj->b", rows, number, columns)
    return Estimate(value, *ends_of(drawn), min(groups), draws=drawn)
