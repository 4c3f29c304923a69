"""Arithmetic and draws (appendix A), in plain Python numbers."""

from __future__ import annotations

import math
from math import sqrt

from tests.reference.functions import LN2, exp, expm1, log

THE_GROUP = 0xFFFFFFFE
NOBODY = -1

LOW_32_BITS = 0xFFFFFFFF
FACTOR_0, FACTOR_1 = 0xD2511F53, 0xCD9E8D57
STEP_0, STEP_1 = 0x9E3779B9, 0xBB67AE85
ROUNDS = 10
SMALLEST_SHARE = 1e-12
UNIT = 2.0**-52


def toward(x: float, goal: float, fraction: float) -> float:
    """x, moved a fraction of the way to a goal."""
    return x + fraction * (goal - x)


def remaining(half_life: float) -> float:
    """What one step of time leaves of a deviation."""
    return exp(-LN2 / half_life)


def logistic(x: float) -> float:
    """The proportion with these log odds."""
    return 1.0 / (1.0 + exp(-x))


def log_odds(p: float) -> float:
    """The log odds of a proportion, kept away from 0 and 1."""
    q = min(max(p, SMALLEST_SHARE), 1.0 - SMALLEST_SHARE)
    return log(q / (1.0 - q))


def prob_from_rate(rate: float) -> float:
    """The probability of at least one event."""
    return -expm1(-rate)


def normal_quantile(u: float) -> float:
    """AS 241, PPND7 (Wichura 1988)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
            / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
        )
    r = sqrt(-log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        z = (((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777) / (
            (0.12021132975 * r + 0.73700164250) * r + 1.0
        )
    else:
        r -= 5.0
        z = (((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150) / (
            (0.012258202635 * r + 0.24197894225) * r + 1.0
        )
    return -z if q < 0.0 else z


def poisson_quantile(u: float, mean: float) -> int:
    """The smallest count whose distribution function reaches u."""
    if u <= 1.0 - mean:
        return 0
    n = 0
    term = exp(-mean)
    if mean > 500:
        n = math.floor(mean - 10 * sqrt(mean))
        term = exp(n * log(mean) - mean - _log_factorial(float(n)))
    total = term
    while u > total and (n < mean or term > SMALLEST_SHARE * SMALLEST_SHARE * total):
        n += 1
        term *= mean / n
        total += term
    return n


def _log_factorial(n: float) -> float:
    """Stirling's series."""
    return n * log(n) - n + 0.5 * log(2 * math.pi * n) + 1 / (12 * n) - 1 / (360 * n * n * n)


class Draws:
    """Every draw under one seed, by its address: (person, partner, day, purpose).

    A purpose is a NumPy integer, which would overflow where Python's do not.
    """

    def __init__(self, seed: int) -> None:
        k0, k1 = seed & LOW_32_BITS, (seed >> 32) & LOW_32_BITS
        self.keys = tuple(((k0 + i * STEP_0) & LOW_32_BITS, (k1 + i * STEP_1) & LOW_32_BITS) for i in range(ROUNDS))

    def words(self, c0: int, c1: int, c2: int, c3: int) -> tuple[int, int, int, int]:
        """Philox4x32-10: four words for a counter of four words."""
        for k0, k1 in self.keys:
            p0 = FACTOR_0 * c0
            p1 = FACTOR_1 * c2
            c0 = (p1 >> 32) ^ c1 ^ k0
            c1 = p1 & LOW_32_BITS
            c2 = (p0 >> 32) ^ c3 ^ k1
            c3 = p0 & LOW_32_BITS
        return c0, c1, c2, c3

    def uniform(self, person: int, day: int, purpose: int, partner: int = NOBODY) -> float:
        """A number between 0 and 1, never either."""
        w0, w1, _, _ = self.words(person, partner + 1, day, int(purpose))
        return ((w0 << 20) + (w1 >> 12) + 0.5) * UNIT

    def pair(self, person: int, day: int, purpose: int) -> tuple[float, float]:
        """Two independent uniforms at one address."""
        w0, w1, w2, w3 = self.words(person, 0, day, int(purpose))
        return ((w0 << 20) + (w1 >> 12) + 0.5) * UNIT, ((w2 << 20) + (w3 >> 12) + 0.5) * UNIT

    def normal(self, person: int, day: int, purpose: int) -> float:
        """A standard normal number."""
        return normal_quantile(self.uniform(person, day, purpose))

    def happens(self, person: int, day: int, purpose: int, prob: float, partner: int = NOBODY) -> bool:
        """Whether an event of this probability happens; nothing need be drawn for an impossible one."""
        return prob > 0.0 and self.uniform(person, day, purpose, partner) < prob
