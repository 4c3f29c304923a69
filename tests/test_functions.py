"""Our own exponentials, logarithms, powers and quantiles: exact, the same compiled or not, and nothing else is used."""

from __future__ import annotations

import ast
import math

import mpmath
import numba
import numpy as np
import pytest
from scipy import special

from sim import functions, quantiles
from sim.draws import normal_quantile
from tests.builders import ROOT
from tests.errors import ARGUMENTS, largest_error

STATED = {"exp": 0.9, "expm1": 1.9, "log": 0.9, "log1p": 2.0, "power": 1.5}  # ulps, as in the docstrings
ALLOWED_OF_MATH = {"sqrt", "floor", "ceil", "inf", "nan", "isfinite", "isnan", "pi"}
REFUSED_MODULES = {"cmath", "scipy", "statistics", "random"}
REFUSED_OF_NUMPY = set(
    [
        "exp",
        "exp2",
        "expm1",
        "log",
        "log2",
        "log10",
        "log1p",
        "power",
        "float_power",
        "sin",
        "cos",
        "tan",
        "tanh",
        "sinh",
        "cosh",
        "arctan",
        "cbrt",
        "hypot",
        "logaddexp",
        "sum",
        "mean",
        "std",
        "var",
        "cumsum",
        "prod",
        "cumprod",
        "dot",
        "matmul",
        "einsum",
        "inner",
        "linalg",
        "random",
        "average",
        "median",
        "quantile",
        "percentile",
        "nansum",
        "nanmean",
        "interp",
        "convolve",
        "fft",
    ]
)


@pytest.mark.parametrize("name", STATED)
def test_errors_are_below_those_stated(name):
    worst, _ = largest_error(name, 400)
    assert worst < STATED[name]
    assert f"error below {STATED[name]}" in getattr(functions, name).__doc__.replace("below 2 ulp", "below 2.0 ulp")


@pytest.mark.parametrize("name", STATED)
def test_compiled_and_plain_give_the_same_bits(name):
    function = getattr(functions, name)
    call = numba.njit(error_model="numpy")(lambda *x: function(*x))  # noqa: PLW0108  (it is plain when Python calls it)
    for arguments in ARGUMENTS[name](200):
        one, other = float(function(*arguments)), float(call(*arguments))
        assert one == other or (math.isnan(one) and math.isnan(other)), arguments


def test_nothing_is_fused():
    power = functions.power

    @numba.njit(error_model="numpy")
    def call(x, y):
        return power(x, y)

    call(0.5, 1.5)
    (assembly,) = call.inspect_asm().values()
    assert "mul" in assembly
    assert not any(word in assembly for word in ("fmadd", "fmsub", "fmla", "fmls"))


def test_edges():
    f = functions
    assert (f.exp(0.0), f.exp(-math.inf), f.exp(-746.0)) == (1.0, 0.0, 0.0)
    assert f.exp(math.inf) == f.exp(710.0) == math.inf
    assert (f.log(1.0), f.log(0.0), f.log(math.inf), f.log1p(0.0)) == (0.0, -math.inf, math.inf, 0.0)
    assert (f.expm1(0.0), f.expm1(-1e9), f.expm1(1e-300)) == (0.0, -1.0, 1e-300)
    assert (f.power(0.0, 2.0), f.power(0.0, 0.0), f.power(0.3, 1.0), f.power(1.0, 1e9)) == (0.0, 1.0, 0.3, 1.0)
    assert f.power(0.0, -1.0) == f.power(2.0, 1e9) == math.inf
    assert all(math.isnan(x) for x in (f.exp(math.nan), f.log(math.nan), f.expm1(math.nan)))
    assert all(math.isnan(x) for x in (f.log(-1.0), f.power(-1.0, 0.5)))


SHAPES = [(0.1, 0.1), (0.1, 100.0), (100.0, 0.1), (100.0, 100.0), (1.0, 1.0), (2.0, 8.0), (3.5, 2.0)]
UNIFORMS = np.array([2.0**-53, 1e-12, 1e-6, 0.01, 0.2, 0.4999, 0.5, 0.5001, 0.9, 0.999, 1 - 1e-9, 1 - 2.0**-53])


@pytest.mark.parametrize(("a", "b"), SHAPES)
def test_beta_quantiles_are_scipys(a, b):
    assert quantiles.beta_quantiles(a, b, UNIFORMS) == pytest.approx(
        special.betaincinv(a, b, UNIFORMS), rel=1e-11, abs=1e-300
    )


@pytest.mark.parametrize("a", [0.05, 0.3, 0.6, 1.0, 3.0, 50.0])
def test_gamma_quantiles_are_scipys(a):
    assert quantiles.gamma_quantiles(a, UNIFORMS) == pytest.approx(
        special.gammaincinv(a, UNIFORMS), rel=1e-11, abs=1e-300
    )


def test_the_normal_distribution_function_beside_mpmath():
    for z in np.linspace(-30.0, 9.0, 400):
        assert quantiles.normal_below(z) == pytest.approx(float(mpmath.ncdf(mpmath.mpf(float(z)))), rel=1e-13)
    for u in (0.01, 0.3, 0.9):
        assert quantiles.normal_below(normal_quantile(u)) == pytest.approx(u, rel=1e-6)


def test_the_log_gamma_function_beside_mpmath():
    for x in (0.05, 0.5, 1.0, 1.5, 2.0, 7.3, 14.99, 15.0, 200.0):
        assert quantiles.log_gamma(x) == pytest.approx(float(mpmath.loggamma(mpmath.mpf(x))), rel=5e-16, abs=1e-13)


def refused(tree):
    """What a source file uses that may differ from one system to the next."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="math"), attr=name) if name not in ALLOWED_OF_MATH:
                yield f"math.{name}"
            case ast.Attribute(value=ast.Name(id="np"), attr=name) if name in REFUSED_OF_NUMPY:
                yield f"np.{name}"
            case ast.ImportFrom(module=str(name)) if name.split(".")[0] in REFUSED_MODULES | {"math", "numpy"}:
                yield f"from {name} import"
            case ast.Import(names=names):
                yield from (one.name for one in names if one.name.split(".")[0] in REFUSED_MODULES)
            case ast.BinOp(op=ast.Pow() | ast.MatMult(), left=left) if not isinstance(left, ast.Constant):
                yield "** or @"
            case ast.Call(func=ast.Name(id="pow")):
                yield "pow()"
            case ast.Call(func=ast.Attribute(attr="sum" | "mean" | "dot" | "std" as name)):
                yield f".{name}()"


@pytest.mark.parametrize("path", sorted((ROOT / "sim").rglob("*.py")), ids=str)
def test_the_model_uses_no_function_of_a_system(path):
    assert list(refused(ast.parse(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    "line", ["math.exp(x)", "np.log(x)", "x ** y", "a @ b", "pow(x, y)", "from scipy import special", "x.sum()"]
)
def test_such_a_function_would_be_found(line):
    assert list(refused(ast.parse(line)))
