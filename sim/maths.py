"""The few formulas that every rule shares.

Plain scalar arithmetic with Python's ``math`` only: NumPy's own exponentials differ from the
system's in the last bit, and compiled and plain runs must agree to the last bit.
"""

from __future__ import annotations

import math

from sim.compiler import compiled

LN2 = math.log(2.0)
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
    return math.exp(-LN2 / half_life)


@compiled
def logistic(log_odds_value: float) -> float:
    """The proportion that has these log odds (above -700, where the exponential overflows)."""
    return 1.0 / (1.0 + math.exp(-log_odds_value))


@compiled
def log_odds(proportion: float) -> float:
    """Log odds of a proportion; proportions within 1e-12 of 0 or 1 count as that far away."""
    inside = min(max(proportion, NEARLY_ZERO), 1.0 - NEARLY_ZERO)
    return math.log(inside / (1.0 - inside))


@compiled
def prob_from_rate(rate: float) -> float:
    """Probability of at least one event when events come at ``rate`` (expected number)."""
    return -math.expm1(-rate)


@compiled
def eased(distress: float, relief: float) -> float:
    """Distress after something that eases it, or (relief below 0) makes it worse; stays in [0, 1]."""
    return toward(distress, 0.0, relief) if relief >= 0.0 else toward(distress, 1.0, -relief)
