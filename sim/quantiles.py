"""Distribution functions and quantiles of the traits, from the basic operations alone (see ``sim.functions``).

Beta and gamma quantiles are found on a scale on which the distributions are log-concave: the log odds, and the
logarithm. There Newton's method on the logarithm of the tail comes to the quantile from one side, wherever it begins.
"""

from __future__ import annotations

import numpy as np

from sim.compiler import compiled, entry_point
from sim.draws import normal_quantile
from sim.functions import exp, log, log1p

HALF_LOG_TWO_PI = 0.9189385332046727
_STIRLING_FROM = 15.0
_NEAR_ENOUGH = 1e-9  # a step of Newton's below this leaves an error of its square
_STEPS = 100
_LONGEST_UP, _LONGEST_DOWN = 1.0, -50.0  # a step too far would lose the tail altogether
_TERMS = 100_000
_NEGLIGIBLE = 1e-17
_TINIEST = 1e-300
_ROOT_HALF = 0.7071067811865476


@compiled
def log_gamma(x: float) -> float:
    """Logarithm of the gamma function of x > 0 (Stirling's series, from 15 on): error below 1e-13 + 2 ulp."""
    product = 1.0
    while x < _STIRLING_FROM:
        product *= x
        x += 1.0
    z = 1.0 / (x * x)
    series = (1.0 / 12.0 - z * (1.0 / 360.0 - z * (1.0 / 1260.0 - z * (1.0 / 1680.0 - z / 1188.0)))) / x
    return (x - 0.5) * log(x) - x + HALF_LOG_TWO_PI + series - log(product)


@compiled
def normal_below(z: float) -> float:
    """The standard normal distribution function: relative error below 1e-13 for z from -30."""
    x = 0.5 * z * z
    if x == 0.0:
        return 0.5
    root = abs(z) * _ROOT_HALF
    density = exp(-x) * root / 1.772453850905516  # x ** (1/2) * exp(-x) / gamma(1/2)
    below, above = _gamma_tails(0.5, x, density)
    if z < 0.0:
        return 0.5 * above
    return 0.5 + 0.5 * below


@compiled
def _gamma_tails(a, x, density):
    """The gamma distribution function and its complement; ``density`` is x ** a * exp(-x) / gamma(a)."""
    if x < a + 1.0:
        below = density * _gamma_series(a, x)
        return below, 1.0 - below
    above = density * _gamma_fraction(a, x)
    return 1.0 - above, above


@compiled
def _gamma_series(a, x):
    """The sum of x ** n / (a * (a + 1) * ... * (a + n))."""
    term = 1.0 / a
    total = term
    for n in range(1, _TERMS):
        term *= x / (a + n)
        total += term
        if term < _NEGLIGIBLE * total:
            break
    return total


@compiled
def _gamma_fraction(a, x):
    """Legendre's continued fraction, by the method of Lentz."""
    b = x + 1.0 - a
    c = 1.0 / _TINIEST
    d = 1.0 / b
    h = d
    for n in range(1, _TERMS):
        numerator = n * (a - n)
        b += 2.0
        d = numerator * d + b
        d = 1.0 / (d if d != 0.0 else _TINIEST)
        c = b + numerator / c
        c = c if c != 0.0 else _TINIEST
        change = c * d
        h *= change
        if abs(change - 1.0) < 1e-15:
            break
    return h


@compiled
def gamma_quantile(a: float, log_gamma_of_a: float, u: float) -> float:
    """Inverse of the gamma distribution function of shape a (mean a): relative error below 1e-12."""
    upper = u > 0.5
    wanted = log(1.0 - u) if upper else log(u)
    t = log(a)
    for _ in range(_STEPS):
        x = exp(t)
        density = exp(a * t - x - log_gamma_of_a)
        below, above = _gamma_tails(a, x, density)
        if upper:
            step = min((log(above) - wanted) * above / density, _LONGEST_UP)
        else:
            step = max((wanted - log(below)) * below / density, _LONGEST_DOWN / a)
        t += step
        if abs(step) < _NEAR_ENOUGH:
            break
    return exp(t)


@compiled
def beta_quantile(a: float, b: float, log_beta_ab: float, u: float) -> float:
    """Inverse of the beta distribution function; ``log_beta_ab`` is log_beta(a, b). Relative error below 1e-12."""
    if u > 0.5:
        return 1.0 / (1.0 + exp(_beta_log_odds(b, a, log_beta_ab, 1.0 - u)))
    return 1.0 / (1.0 + exp(-_beta_log_odds(a, b, log_beta_ab, u)))


@compiled
def log_beta(a: float, b: float) -> float:
    """Logarithm of the beta function."""
    return log_gamma(a) + log_gamma(b) - log_gamma(a + b)


@compiled
def _beta_log_odds(a, b, log_beta_ab, u):
    """The log odds of the beta quantile at u, which is at most a half."""
    wanted = log(u)
    t = log(a / b)
    for _ in range(_STEPS):
        small = exp(-abs(t))
        far = -log1p(small)
        log_x, log_y = (far, far - t) if t > 0.0 else (t + far, far)
        x = 1.0 / (1.0 + small) if t > 0.0 else small / (1.0 + small)
        y = small / (1.0 + small) if t > 0.0 else 1.0 / (1.0 + small)
        density = exp(a * log_x + b * log_y - log_beta_ab)
        if x < (a + 1.0) / (a + b + 2.0):
            below = density * _beta_series(a, b, x)
        else:
            below = 1.0 - density * _beta_series(b, a, y)
        step = max((wanted - log(below)) * below / density, _LONGEST_DOWN / a)
        t += step
        if abs(step) < _NEAR_ENOUGH:
            break
    return t


@compiled
def _beta_series(a, b, x):
    """The sum of ((a + b) ... (a + b + n - 1)) / (a (a + 1) ... (a + n)) * x ** n."""
    term = 1.0 / a
    total = term
    for n in range(1, _TERMS):
        term *= x * ((a + b + n - 1.0) / (a + n))
        total += term
        if term < _NEGLIGIBLE * total:
            break
    return total


@entry_point
def _fill_beta(a, b, uniforms, out):
    log_beta_ab = log_beta(a, b)
    for i in range(len(out)):
        out[i] = beta_quantile(a, b, log_beta_ab, uniforms[i])


def beta_quantiles(a: float, b: float, uniforms: np.ndarray) -> np.ndarray:
    """``beta_quantile`` of many uniforms: float64[n]."""
    out = np.empty(len(uniforms))
    _fill_beta(float(a), float(b), uniforms, out)
    return out


@entry_point
def _fill_gamma(a, uniforms, out):
    log_gamma_of_a = log_gamma(a)
    for i in range(len(out)):
        out[i] = gamma_quantile(a, log_gamma_of_a, uniforms[i])


def gamma_quantiles(a: float, uniforms: np.ndarray) -> np.ndarray:
    """``gamma_quantile`` of many uniforms: float64[n]."""
    out = np.empty(len(uniforms))
    _fill_gamma(float(a), uniforms, out)
    return out


@entry_point
def _fill_exponentials(uniforms, out):
    for i in range(len(out)):
        out[i] = -log(uniforms[i])


def exponentials(uniforms: np.ndarray) -> np.ndarray:
    """-log(u) of many uniforms, times with a mean of 1: float64[n]."""
    out = np.empty(len(uniforms))
    _fill_exponentials(uniforms, out)
    return out


@entry_point
def _fill_normals(uniforms, out):
    for i in range(len(out)):
        out[i] = normal_quantile(uniforms[i])


def standard_normals(uniforms: np.ndarray) -> np.ndarray:
    """``normal_quantile`` of many uniforms: float64[n]."""
    out = np.empty(len(uniforms))
    _fill_normals(uniforms, out)
    return out
