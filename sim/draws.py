"""Common random draws: the same person meets the same luck in every world.

Each draw has an address (seed, person, partner, day, purpose), never a place in a stream. The
address is the counter of Philox4x32-10 (Salmon et al. 2011, doi 10.1145/2063384.2063405) and the
seed its key, so any draw can be made at any time, in any order, on any thread, and comes out the
same. A world with a group and one without therefore share every draw that both of them make.

One uniform serves one decision (two that are always made together share an address). Events and
counts come from the inverse of their distribution function, so a higher probability or rate can
only add events, never swap them.

Independence is a claim about Philox: tests/verification checks it on the addresses we use.
"""

from __future__ import annotations

import math

import numpy as np

from sim.compiler import compiled, compiled_in_place
from sim.functions import exp, log
from sim.maths import NEARLY_ZERO

# The constants of Philox4x32 (two multipliers, two key increments), as published.
_MULTIPLIER_0 = np.uint64(0xD2511F53)
_MULTIPLIER_1 = np.uint64(0xCD9E8D57)
_INCREMENT_0 = np.uint64(0x9E3779B9)
_INCREMENT_1 = np.uint64(0xBB67AE85)
_LOW_32 = np.uint64(0xFFFFFFFF)
_32 = np.uint64(32)
_20 = np.uint64(20)
_12 = np.uint64(12)
_ROUNDS = 10
_LARGE_MEAN = 500.0
_CENTRAL = 0.425  # how far from a half a uniform is central to the normal quantile
_TWO_PI = 2.0 * math.pi
_TWO_TO_MINUS_52 = 1.0 / 4503599627370496.0

NOBODY = np.int64(-1)  # the partner of a decision that concerns one person alone
THE_GROUP = np.int64(0xFFFFFFFE)  # the "person" of a decision that concerns the group as a whole
FIRST_DAY = np.int64(0)  # the day of draws made once for a life


@compiled_in_place
def philox4x32(c0, c1, c2, c3, k0, k1):
    """Philox4x32 with 10 rounds: four 32-bit counter words and two key words in, four words out.

    Every word is a ``uint64`` that holds 32 bits, so no product overflows and plain Python and
    compiled code do the same integer arithmetic.
    """
    for _ in range(_ROUNDS):
        product_0 = _MULTIPLIER_0 * c0
        product_1 = _MULTIPLIER_1 * c2
        c0, c1, c2, c3 = (
            (product_1 >> _32) ^ c1 ^ k0,
            product_1 & _LOW_32,
            (product_0 >> _32) ^ c3 ^ k1,
            product_0 & _LOW_32,
        )
        k0 = (k0 + _INCREMENT_0) & _LOW_32
        k1 = (k1 + _INCREMENT_1) & _LOW_32
    return c0, c1, c2, c3


@compiled
def uniform(key, person, partner, day, purpose):
    """The uniform number in (0, 1) that lives at this address.

    ``key``: uint64[2], from :func:`key_of_seed`. ``person`` and ``partner`` are person ids (not
    rows), ``partner`` may be NOBODY; ``day`` counts from the first simulated day; ``purpose`` is a
    number of ``sim.purposes``.
    """
    high, low, _, _ = philox4x32(
        np.uint64(person), np.uint64(partner + 1), np.uint64(day), np.uint64(purpose), key[0], key[1]
    )
    return _inside_unit_interval(high, low)


@compiled_in_place
def uniform_pair(key, person, partner, day, purpose):
    """Two independent uniform numbers from one address, for two decisions always made together."""
    high, low, other_high, other_low = philox4x32(
        np.uint64(person), np.uint64(partner + 1), np.uint64(day), np.uint64(purpose), key[0], key[1]
    )
    return _inside_unit_interval(high, low), _inside_unit_interval(other_high, other_low)


@compiled_in_place
def _inside_unit_interval(high, low):
    """The middle of one of 2**52 equal parts of (0, 1), so never 0 or 1, from two 32-bit words."""
    bits = (high << _20) | (low >> _12)
    return (np.float64(bits) + 0.5) * _TWO_TO_MINUS_52


@compiled
def uniform_pairs(key, persons, partner, day, purpose, first, second):
    """``uniform_pair`` for each of many persons: one short loop, which a processor runs several at a time.

    ``persons``: int64[m], ids. Writes ``first`` and ``second``: float64[m].
    """
    for k in range(len(persons)):
        first[k], second[k] = uniform_pair(key, persons[k], partner, day, purpose)


@compiled
def happens(key, person, partner, day, purpose, prob):
    """Whether an event of this probability happens (Bernoulli, by inversion)."""
    return uniform(key, person, partner, day, purpose) < prob


@compiled
def normal(key, person, partner, day, purpose):
    """A standard normal number (by inversion)."""
    return normal_quantile(uniform(key, person, partner, day, purpose))


@compiled
def count(key, person, partner, day, purpose, mean):
    """How many events happen when ``mean`` are expected (Poisson, by inversion)."""
    return poisson_quantile(uniform(key, person, partner, day, purpose), mean)


@compiled
def poisson_quantile(u, mean):
    """Smallest n whose Poisson distribution function reaches ``u``; never falls as ``mean`` grows (up to u = 1 - 1e-9).

    Sums the probabilities from 0 upwards; where exp(-mean) would vanish, from ten standard
    deviations below the mean (all that lies below is less likely than any ``u``).
    """
    if u <= 1.0 - mean:  # exp(-mean) >= 1 - mean, so the answer is 0 without an exponential
        return 0
    n = 0
    term = exp(-mean)
    if mean > _LARGE_MEAN:
        n = int(mean - 10.0 * math.sqrt(mean))
        term = exp(n * log(mean) - mean - _log_factorial(n))
    total = term
    while u > total and (n < mean or term > NEARLY_ZERO * NEARLY_ZERO * total):
        n += 1
        term *= mean / n
        total += term
    return n


@compiled
def _log_factorial(n):
    """Logarithm of n! for large n (Stirling's series; error below 1e-12 from n = 100)."""
    return n * log(float(n)) - n + 0.5 * log(_TWO_PI * n) + 1.0 / (12.0 * n) - 1.0 / (360.0 * n * n * n)


@compiled_in_place
def normal_quantile(u):
    """Inverse of the standard normal distribution function, relative accuracy about 1e-7.

    Algorithm AS 241 (PPND7), Wichura 1988, Applied Statistics 37:477: an error that would take
    about 1e14 draws to notice, at a third of the cost of full accuracy.
    """
    return central_quantile(u) if abs(u - 0.5) <= _CENTRAL else tail_quantile(u)


@compiled
def normal_quantiles(uniforms, places, out):
    """``normal_quantile`` of many uniforms: the same numbers, several at a time.

    All are first taken to be central, in a short loop without branches; then the tails are put right, together.
    ``uniforms``: float64[m], used up. Writes ``out``: float64[m], and ``places``: int64[m], where the tails are.
    """
    for k in range(len(uniforms)):
        out[k] = central_quantile(uniforms[k])
    tails = 0
    for k in range(len(uniforms)):
        places[tails] = k
        tails += abs(uniforms[k] - 0.5) > _CENTRAL
    for t in range(tails):
        uniforms[t] = _nearer_end(uniforms[places[t]])
    for t in range(tails):
        uniforms[t] = -log(uniforms[t])
    for t in range(tails):
        uniforms[t] = _far_out(math.sqrt(uniforms[t]))
    for t in range(tails):
        k = places[t]
        out[k] = -uniforms[t] if out[k] < 0.0 else uniforms[t]  # the sign was right already


@compiled_in_place
def central_quantile(u):
    """The quantile where u lies within 0.425 of a half."""
    q = u - 0.5
    r = 0.180625 - q * q
    return (
        q
        * (((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179)
        / (((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1.0)
    )


@compiled
def tail_quantile(u):
    """The quantile anywhere else."""
    z = _far_out(math.sqrt(-log(_nearer_end(u))))
    return -z if u < 0.5 else z


@compiled_in_place
def _nearer_end(u):
    """How far u lies from 0 or from 1."""
    return u if u < 0.5 else 1.0 - u


@compiled_in_place
def _far_out(r):
    """The size of a quantile in a tail, where r is the root of minus the tail's logarithm."""
    s = r - 1.6
    near = (((0.17023821103 * s + 1.3067284816) * s + 2.7568153900) * s + 1.4234372777) / (
        (0.12021132975 * s + 0.73700164250) * s + 1.0
    )
    s = r - 5.0
    far = (((0.017337203997 * s + 0.42868294337) * s + 3.0812263860) * s + 6.6579051150) / (
        (0.012258202635 * s + 0.24197894225) * s + 1.0
    )
    return near if r <= 5.0 else far


def key_of_seed(seed: int) -> np.ndarray:
    """The Philox key of a seed: its low and high 32 bits, as uint64[2].

    Raises:
        ValueError: if the seed is not in 0 ... 2**64 - 1.
    """
    if not 0 <= seed < 2**64:
        raise ValueError(f"a seed must be a whole number from 0 to 2**64 - 1, not {seed}")
    return np.array([seed & 0xFFFFFFFF, seed >> 32], dtype=np.uint64)
