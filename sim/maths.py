"""The few formulas that every rule shares.

Plain scalar arithmetic with the functions of ``sim.functions`` only, never those of ``math`` or NumPy:
they differ in the last bit from one system to the next, and results must not.
"""

from __future__ import annotations

from sim.compiler import compiled
from sim.functions import LN2, exp, expm1, log

NEARLY_ZERO = 1e-12


@compiled
def toward(value: float, goal: float, fraction: float) -> float:
    """Move ``value`` a ``fraction`` of the way to ``goal``: the one form of every event.

    Stays in [0, 1] whenever the three arguments do, without clipping.
    """
    return value + fraction * (goal - value)


@compiled
def remaining(half_life: float) -> float:
    """Share of a deviation that is left after one unit of time: 2 ** (-1 / half_life)."""
    return exp(-LN2 / half_life)


@compiled
def logistic(log_odds_value: float) -> float:
    """The proportion that has these log odds."""
    return 1.0 / (1.0 + exp(-log_odds_value))


@compiled
def log_odds(proportion: float) -> float:
    """Log odds of a proportion; proportions within 1e-12 of 0 or 1 count as that far away."""
    inside = min(max(proportion, NEARLY_ZERO), 1.0 - NEARLY_ZERO)
    return log(inside / (1.0 - inside))


@compiled
def logistic_of_each(values):
    """``logistic`` of each number, in its place: one short loop, which a processor runs several at a time."""
    for k in range(len(values)):
        values[k] = logistic(values[k])


@compiled
def pushed(level: float, push: float) -> float:
    """A level moved on the scale of log odds, so that it stays between 0 and 1."""
    return logistic(log_odds(level) + push)


@compiled
def push_each(levels, size, shocks):
    """``pushed`` of each level by ``size`` times its shock, in its place: short loops, several at a time."""
    for k in range(len(levels)):
        levels[k] = log_odds(levels[k]) + size * shocks[k]
    logistic_of_each(levels)


@compiled
def prob_from_rate(rate: float) -> float:
    """Probability of at least one event when events come at ``rate`` (expected number)."""
    return -expm1(-rate)


@compiled
def eased(distress: float, relief: float) -> float:
    """Distress after something that eases it, or (relief below 0) makes it worse; stays in [0, 1]."""
    return toward(distress, 0.0, relief) if relief >= 0.0 else toward(distress, 1.0, -relief)
