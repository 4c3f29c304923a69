"""Exponentials, logarithms and powers from the basic operations alone: the same bits on every machine.

``+ - * /`` and the square root are exact to rounding by IEEE 754, wherever a program runs; the functions of a
system's mathematics library are not. So these few are written out here, in an order that no compiler may change
(no fused operations, no reordering). The method is that of fdlibm (Sun Microsystems, 1993). Errors are in ulps (units
in the last place): ``tests/test_functions.py`` looks for larger ones with mpmath, docs/why/same-bits.md has a table.
"""

from __future__ import annotations

import math

import numpy as np

from sim.compiler import compiled, compiled_in_place

LN2 = 0.6931471805599453
_INVERSE_LN2 = 1.4426950408889634
_LN2_HIGH = 0.6931471803691238  # its last 32 bits are 0, so a whole number times it is exact
_LN2_LOW = 1.9082149292705877e-10  # LN2 - _LN2_HIGH
_LARGEST, _SMALLEST = 709.782712893384, -745.1332191019412  # beyond, exp is infinite or 0
_FORGETS_ONE = 40.0  # from here, exp(x) - 1 is exp(x), and exp(-x) - 1 is -1
_TINY = 2.0**-54
_ROUNDS = 6755399441055744.0  # 1.5 * 2**52: added and taken away again, it leaves the nearest whole number
_SPLIT = 134217729.0  # 2**27 + 1: cuts a number in two halves whose products are exact
_E1, _E2, _E3, _E4, _E5 = (
    0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-05, -1.6533902205465252e-06, 4.1381367970572385e-08,
)  # fmt: skip
_L1, _L2, _L3, _L4, _L5, _L6, _L7 = (
    0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
    0.15313837699209373, 0.14798198605116586,
)  # fmt: skip
_BITS_OF_ROOT_HALF = np.int64(0x3FE6A09E667F3BCD)
_SMALLEST_NORMAL = 2.2250738585072014e-308
_TWO_TO_54 = 18014398509481984.0
_52 = np.int64(52)


@compiled
def exp(x: float) -> float:
    """E to the power of x: error below 0.9 ulp (1 where the result is subnormal)."""
    if not _SMALLEST <= x <= _LARGEST:
        return _exp_at_the_edge(x)
    k, less_one = _reduced(x)
    half = k >> 1
    return (1.0 + less_one) * _two_to(half) * _two_to(k - half)


@compiled
def _exp_at_the_edge(x):
    if x > _LARGEST:
        return math.inf
    return 0.0 if x < _SMALLEST else x


@compiled
def expm1(x: float) -> float:
    """exp(x) - 1, also where that is small: error below 1.9 ulp."""
    if not abs(x) >= _TINY:
        return x
    if x > _FORGETS_ONE:
        return exp(x)
    if x < -_FORGETS_ONE:
        return -1.0
    k, less_one = _reduced(x)
    if k == 0:
        return less_one
    scale = _two_to(k)
    return scale * less_one + (scale - 1.0)


@compiled_in_place
def _reduced(x):
    """X = k * LN2 + r with r within half of LN2: k, and exp(r) - 1."""
    nearest = (x * _INVERSE_LN2 + _ROUNDS) - _ROUNDS
    high = x - nearest * _LN2_HIGH
    low = nearest * _LN2_LOW
    r = high - low
    rr = r * r
    c = r - rr * (_E1 + rr * (_E2 + rr * (_E3 + rr * (_E4 + rr * _E5))))
    return np.int64(nearest), high - (low - r * c / (2.0 - c))


@compiled_in_place
def _two_to(k):
    """2 to the power of k, a whole number from -1022 to 1023."""
    return np.int64((k + 1023) << 52).view(np.float64)


@compiled
def log(x: float) -> float:
    """Natural logarithm: error below 0.9 ulp; minus infinity at 0, not a number below."""
    if not 0.0 < x < math.inf:
        return _log_at_the_edge(x)
    k, f = _parted(x)
    s = f / (2.0 + f)
    half_square = 0.5 * f * f
    return k * _LN2_HIGH - ((half_square - (s * (half_square + _series(s * s)) + k * _LN2_LOW)) - f)


@compiled
def _log_at_the_edge(x):
    if x == 0.0:
        return -math.inf
    return math.nan if x < 0.0 else x


@compiled
def _parted(x):
    """X = 2**k * (1 + f), with 1 + f from the root of a half to the root of two: k and f."""
    shift = 0
    if x < _SMALLEST_NORMAL:
        x, shift = x * _TWO_TO_54, 54
    bits = np.float64(x).view(np.int64)
    k = (bits - _BITS_OF_ROOT_HALF) >> _52
    return k - shift, np.int64(bits - (k << _52)).view(np.float64) - 1.0


@compiled_in_place
def _series(z):
    """What is left of log((1 + s) / (1 - s)) after 2 s, divided by s; z = s * s."""
    w = z * z
    return z * (_L1 + w * (_L3 + w * (_L5 + w * _L7))) + w * (_L2 + w * (_L4 + w * _L6))


@compiled
def log1p(x: float) -> float:
    """log(1 + x), also where x is small: error below 2 ulp; x above -1."""
    if abs(x) < _TINY:
        return x
    one_more = 1.0 + x
    lost = x - (one_more - 1.0) if x < 1.0 else 1.0 - (one_more - x)
    return log(one_more) + lost / one_more


@compiled
def power(x: float, y: float) -> float:
    """X to the power of y, for x from 0: error below 1.5 ulp.

    The logarithm is kept in two parts, so that the error does not grow with the exponent.
    """
    if y == 0.0:
        return 1.0
    if y == 1.0:
        return x
    if not 0.0 < x < math.inf:
        return _power_at_the_edge(x, y)
    k, f = _parted(x)
    s = f / (2.0 + f)
    half_square = 0.5 * f * f
    upper = _upper_half(f)
    square_high = 0.5 * upper * upper
    square_low = 0.5 * (f + upper) * (f - upper)
    part, rest = f - square_high, s * (half_square + _series(s * s)) - square_low + k * _LN2_LOW
    rest += (f - part) - square_high
    whole = k * _LN2_HIGH
    first = whole + part
    rest += (whole - first) + part if abs(whole) > abs(part) else (part - first) + whole
    high = first + rest
    low = rest - (high - first)
    product = y * high
    if not _SMALLEST <= product <= _LARGEST:
        return exp(product)
    y_upper, high_upper = _upper_half(y), _upper_half(high)
    y_lower, high_lower = y - y_upper, high - high_upper
    missing = y_upper * high_upper - product + y_upper * high_lower + y_lower * high_upper + y_lower * high_lower
    grown = exp(product)
    return grown + grown * (missing + y * low)


@compiled_in_place
def _upper_half(x):
    """The first 26 bits of a number (Veltkamp)."""
    c = _SPLIT * x
    return c - (c - x)


@compiled
def _power_at_the_edge(x, y):
    if x == 0.0:
        return 0.0 if y > 0.0 else math.inf
    if x == math.inf:
        return math.inf if y > 0.0 else 0.0
    return math.nan
