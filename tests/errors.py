"""The largest errors of our own functions, found beside mpmath.

``python -m tests.errors`` writes the table of docs/why/same-bits.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import mpmath
import numpy as np

from sim import functions

BITS = 240
THE_TABLE = "<!-- table: errors -->"
EDGES = (
    5e-324, 1e-310, 2.2250738585072014e-308, 1e-17, 2.0**-54, 0.5, 1.0, 1.0 + 2.0**-52, 1.0 - 2.0**-53,
    math.sqrt(0.5), math.sqrt(2.0),
)  # fmt: skip


def _rng() -> np.random.Generator:
    return np.random.default_rng(15)


def _of_exp(many: int) -> list[tuple[float, ...]]:
    xs = [*_rng().uniform(-745.0, 709.7, many), *_rng().uniform(-2.0, 2.0, many), 709.78, -708.4, -745.1, 0.0, *EDGES]
    return [(float(x),) for x in xs]


def _of_expm1(many: int) -> list[tuple[float, ...]]:
    small = 10.0 ** _rng().uniform(-300.0, 0.0, many)
    xs = [*_rng().uniform(-45.0, 700.0, many), *_rng().uniform(-2.0, 2.0, 2 * many), *small, *-small, *EDGES]
    return [(float(x),) for x in xs]


def _of_log(many: int) -> list[tuple[float, ...]]:
    near = 10.0 ** _rng().uniform(-16.0, -1.0, many)
    wide, middle = 10.0 ** _rng().uniform(-323.0, 308.0, many), _rng().uniform(0.4, 2.5, many)
    xs = [*wide, *middle, *1.0 + near, *1.0 - near, *EDGES]
    return [(float(x),) for x in xs]


def _of_log1p(many: int) -> list[tuple[float, ...]]:
    small = 10.0 ** _rng().uniform(-300.0, -0.001, many)
    xs = [*10.0 ** _rng().uniform(-300.0, 300.0, many), *_rng().uniform(-0.999, 2.5, 2 * many), *-small, *EDGES]
    return [(float(x),) for x in xs]


def _of_power(many: int) -> list[tuple[float, ...]]:
    rng = _rng()
    pairs = [*zip(rng.random(many), rng.uniform(0.0, 5.0, many), strict=True)]
    pairs += zip(10.0 ** rng.uniform(-20.0, 20.0, many), rng.uniform(-10.0, 10.0, many), strict=True)
    pairs += zip(rng.uniform(0.99, 1.01, many), rng.uniform(0.0, 5000.0, many), strict=True)
    return [(float(x), float(y)) for x, y in pairs]


ARGUMENTS: dict[str, Callable[[int], list[tuple[float, ...]]]] = {
    "exp": _of_exp, "expm1": _of_expm1, "log": _of_log, "log1p": _of_log1p, "power": _of_power,
}  # fmt: skip
TRUE = {
    "exp": mpmath.exp, "expm1": mpmath.expm1, "log": mpmath.log, "log1p": mpmath.log1p, "power": mpmath.power,
}  # fmt: skip


def largest_error(name: str, many: int) -> tuple[float, tuple[float, ...]]:
    """The largest error in ulps among some thousand arguments, and where it is."""
    function, worst, where = getattr(functions, name), 0.0, ()
    with mpmath.workprec(BITS):
        for arguments in ARGUMENTS[name](many):
            true = TRUE[name](*map(mpmath.mpf, arguments))
            error = float(abs(mpmath.mpf(float(function(*arguments))) - true) / math.ulp(float(true)))
            if error > worst:
                worst, where = error, arguments
    return worst, where


def table(many: int = 4000) -> str:
    """The errors as a table of Markdown."""
    lines = ["| function | largest error found (ulp) | at | arguments tried |", "| --- | --- | --- | --- |"]
    for name, arguments in ARGUMENTS.items():
        worst, where = largest_error(name, many)
        at = ", ".join(f"{x:.6g}" for x in where)
        lines.append(f"| `{name}` | {worst:.2f} | {at} | {len(arguments(many)):,} |")
    return "\n".join(lines)


def main() -> None:
    """Write the table into its page."""
    from tests.builders import ROOT

    page = ROOT / "docs" / "why" / "same-bits.md"
    before, _, after = page.read_text(encoding="utf-8").split(THE_TABLE)
    page.write_text(f"{before}{THE_TABLE}\n\n{table()}\n\n{THE_TABLE}{after}", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
