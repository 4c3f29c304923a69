"""Exponentials, logarithms, powers and the quantiles of traits (appendix A), in plain Python numbers."""

from __future__ import annotations

from math import frexp, inf, ldexp, nan, sqrt

LN2 = 0.6931471805599453
ONE_OVER_LN2 = 1.4426950408889634
LN2_TOP = 0.6931471803691238
LN2_REST = 1.9082149292705877e-10
HIGHEST, LOWEST = 709.782712893384, -745.1332191019412
ROOT_OF_HALF = sqrt(0.5)
OF_EXP = (
    0.16666666666666602, -0.0027777777777015593, 6.613756321437934e-05, -1.6533902205465252e-06, 4.1381367970572385e-08,
)  # fmt: skip
OF_LOG = (
    0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805,
    0.15313837699209373, 0.14798198605116586,
)  # fmt: skip


def _reduce(x: float) -> tuple[int, float]:
    k = round(x * ONE_OVER_LN2)
    top, rest = x - k * LN2_TOP, k * LN2_REST
    r = top - rest
    polynomial = 0.0
    for coefficient in reversed(OF_EXP):
        polynomial = coefficient + r * r * polynomial
    c = r - r * r * polynomial
    return k, top - (rest - r * c / (2 - c))


def exp(x: float) -> float:
    """e to the power of x."""
    if x > HIGHEST:
        return inf
    if x < LOWEST:
        return 0.0
    k, e = _reduce(x)
    return ldexp(ldexp(1 + e, k // 2), k - k // 2)


def expm1(x: float) -> float:
    """Less 1."""
    if abs(x) < 2.0**-54:
        return x
    if x > 40:
        return exp(x)
    if x < -40:
        return -1.0
    k, e = _reduce(x)
    return e if k == 0 else ldexp(e, k) + (ldexp(1.0, k) - 1)


def _part(x: float) -> tuple[int, float]:
    m, k = frexp(x)
    if m < ROOT_OF_HALF:
        m, k = 2 * m, k - 1
    return k, m - 1


def _rest_of_log(s: float) -> float:
    z = s * s
    w = z * z
    l1, l2, l3, l4, l5, l6, l7 = OF_LOG
    return z * (l1 + w * (l3 + w * (l5 + w * l7))) + w * (l2 + w * (l4 + w * l6))


def log(x: float) -> float:
    """Natural logarithm."""
    if x <= 0:
        return -inf if x == 0 else nan
    if x == inf:
        return x
    k, f = _part(x)
    s = f / (2 + f)
    h = 0.5 * f * f
    return k * LN2_TOP - ((h - (s * (h + _rest_of_log(s)) + k * LN2_REST)) - f)


def log1p(x: float) -> float:
    """Natural logarithm of 1 + x."""
    if abs(x) < 2.0**-54:
        return x
    w = 1 + x
    c = x - (w - 1) if x < 1 else 1 - (w - x)
    return log(w) + c / w


def _top_half(x: float) -> float:
    c = 134217729.0 * x
    return c - (c - x)


def power(x: float, y: float) -> float:
    """x to the power of y."""
    if y == 0:
        return 1.0
    if y == 1:
        return x
    if x == 0:
        return 0.0 if y > 0 else inf
    k, f = _part(x)
    s = f / (2 + f)
    h = 0.5 * f * f
    g = _top_half(f)
    square, square_rest = 0.5 * g * g, 0.5 * (f + g) * (f - g)
    part = f - square
    rest = s * (h + _rest_of_log(s)) - square_rest + k * LN2_REST
    rest = rest + ((f - part) - square)
    whole = k * LN2_TOP
    first = whole + part
    rest = rest + ((whole - first) + part if abs(whole) > abs(part) else (part - first) + whole)
    top = first + rest
    low = rest - (top - first)
    product = y * top
    if not LOWEST <= product <= HIGHEST:
        return exp(product)
    yt, tt = _top_half(y), _top_half(top)
    yr, tr = y - yt, top - tt
    missing = yt * tt - product + yt * tr + yr * tt + yr * tr
    e = exp(product)
    return e + e * (missing + y * low)


def log_gamma(x: float) -> float:
    """Stirling's series, from 15 on."""
    product = 1.0
    while x < 15:
        product *= x
        x += 1
    z = 1 / (x * x)
    series = (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z / 1188)))) / x
    return (x - 0.5) * log(x) - x + 0.9189385332046727 + series - log(product)


def _gamma_tails(a: float, x: float, density: float) -> tuple[float, float]:
    """Below x, above x."""
    if x < a + 1:
        term = total = 1 / a
        n = 0
        while True:
            n += 1
            term *= x / (a + n)
            total += term
            if term < 1e-17 * total:
                break
        return density * total, 1 - density * total
    b = x + 1 - a
    c = 1 / 1e-300
    d = 1 / b
    fraction = d
    n = 0
    while True:
        n += 1
        numerator = n * (a - n)
        b += 2
        d = numerator * d + b
        d = 1 / (d or 1e-300)
        c = (b + numerator / c) or 1e-300
        fraction *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return 1 - density * fraction, density * fraction


def normal_below(z: float) -> float:
    """The standard normal distribution function."""
    x = 0.5 * z * z
    if x == 0:
        return 0.5
    density = exp(-x) * (abs(z) * 0.7071067811865476) / 1.772453850905516
    below, above = _gamma_tails(0.5, x, density)
    return 0.5 * above if z < 0 else 0.5 + 0.5 * below


def gamma_quantile(a: float, u: float) -> float:
    """Of the gamma distribution of shape a."""
    t = log(a)
    log_gamma_a = log_gamma(a)
    for _ in range(100):
        x = exp(t)
        density = exp(a * t - x - log_gamma_a)
        below, above = _gamma_tails(a, x, density)
        if u > 0.5:
            step = min((log(above) - log(1 - u)) * above / density, 1.0)
        else:
            step = max((log(u) - log(below)) * below / density, -50 / a)
        t += step
        if abs(step) < 1e-9:
            break
    return exp(t)


def beta_quantile(a: float, b: float, u: float) -> float:
    """Of the beta distribution."""
    log_beta = log_gamma(a) + log_gamma(b) - log_gamma(a + b)
    if u > 0.5:
        return 1 / (1 + exp(_beta_log_odds(b, a, log_beta, 1 - u)))
    return 1 / (1 + exp(-_beta_log_odds(a, b, log_beta, u)))


def _beta_log_odds(a: float, b: float, log_beta: float, u: float) -> float:
    t = log(a / b)
    for _ in range(100):
        e = exp(-abs(t))
        far = -log1p(e)
        if t > 0:
            log_x, log_y, x, y = far, far - t, 1 / (1 + e), e / (1 + e)
        else:
            log_x, log_y, x, y = t + far, far, e / (1 + e), 1 / (1 + e)
        density = exp(a * log_x + b * log_y - log_beta)
        in_lower_part = x < (a + 1) / (a + b + 2)
        below = density * _beta_series(a, b, x) if in_lower_part else 1 - density * _beta_series(b, a, y)
        step = max((log(u) - log(below)) * below / density, -50 / a)
        t += step
        if abs(step) < 1e-9:
            break
    return t


def _beta_series(a: float, b: float, x: float) -> float:
    term = total = 1 / a
    n = 0
    while True:
        n += 1
        term *= x * ((a + b + n - 1) / (a + n))
        total += term
        if term < 1e-17 * total:
            return total
