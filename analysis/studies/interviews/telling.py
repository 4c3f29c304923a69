"""From what is true of somebody to what a study would report: telling, coding, and how many must say it.

What is true of somebody need not be told, what is not true may be told out of kindness to the group, and whoever codes
the interview may find what was not said or miss what was. All three are chances, the same for everybody and every
statement, each statement by itself; so what a study would report is worked out exactly, and nothing is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from scipy import stats

from analysis.studies.interviews.statements import STATEMENTS, voices_needed

MOST_AT_ONCE = 4_000_000  # pairs of groups times statements held in memory


def chances_of_a_code(assumed: Mapping[str, float]) -> tuple[float, float]:
    """Chance that a statement is coded in somebody's interview where it is true, and where it is not.

    A coder of reliability kappa sees what was said with chance sqrt(kappa), and tosses a coin otherwise: two such
    coders agree, of what half of people say, with that much of Cohen's kappa.
    """
    sees = float(np.sqrt(assumed["coding"]))
    return tuple(sees * told + (1 - sees) / 2 for told in (1 - assumed["silence"], assumed["kindness"]))  # type: ignore[return-value]


def chances_of_hearing(people: int, assumed: Mapping[str, float], half: bool = False) -> np.ndarray:
    """Chance that a study of so many people reports a statement, by of how many of them it is true.

    Args:
        people: interviewed.
        assumed: a value for each of ``statements.ASSUMPTIONS``.
        half: ask for half of them for every statement, instead of what the paper's wording asks for.

    Returns:
        float64[statements, people + 1].
    """
    if_true, if_not = chances_of_a_code(assumed)
    found = np.empty((len(STATEMENTS), people + 1))
    for true in range(people + 1):
        codes = np.convolve(
            stats.binom.pmf(np.arange(true + 1), true, if_true),
            stats.binom.pmf(np.arange(people - true + 1), people - true, if_not),
        )
        at_least = np.append(codes[::-1].cumsum()[::-1], 0.0)
        for k, statement in enumerate(STATEMENTS):
            needed = int(voices_needed("many" if half else statement.wording, np.array([people]))[0])
            found[k, true] = min(at_least[needed], 1.0)
    return found


def over_pairs(counts: Sequence[np.ndarray], chances: np.ndarray) -> Iterator[np.ndarray]:
    """The chance of each statement, in every study that could have been made of one group of each kind.

    Args:
        counts: int64[groups, statements] for each kind (one or two), of how many each statement is true.
        chances: of ``chances_of_hearing``.

    Yields:
        float64[some of the first kind, all of the second, statements], in order; of one kind alone the second is 1.
    """
    first = counts[0]
    second = counts[1] if len(counts) > 1 else np.zeros((1, first.shape[1]), np.int64)
    each = np.arange(first.shape[1])
    step = max(1, MOST_AT_ONCE // max(second.size, 1))
    for start in range(0, len(first), step):
        yield chances[each, first[start : start + step, None, :] + second[None, :, :]]


def how_many(chance: np.ndarray) -> np.ndarray:
    """Chance of hearing exactly so many statements: float64[..., statements + 1], from float64[..., statements]."""
    found = np.zeros((*chance.shape[:-1], chance.shape[-1] + 1))
    found[..., 0] = 1.0
    for k in range(chance.shape[-1]):
        heard = chance[..., k, None]
        found[..., 1:] = found[..., 1:] * (1 - heard) + found[..., :-1] * heard
        found[..., 0] *= 1 - heard[..., 0]
    return found
