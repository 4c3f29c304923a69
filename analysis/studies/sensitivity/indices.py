"""Which parameters matter: Morris's elementary effects and Sobol's indices, by SALib, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from analysis.compare.estimate import LEVEL
from analysis.studies.sweep.design import MORRIS_LEVELS, problem_of
from sim.problem import Problem

RESAMPLES = 200
SEED = 20260101  # of the resampling, so that a table comes out the same twice
FEWEST_BLOCKS = 4
NEGLIGIBLE = 0.02  # of the largest total


class Index(NamedTuple):
    """How much one parameter matters.

    Attributes:
        name: dotted.
        main, main_error: Sobol: share of variance that it explains alone; Morris: mean effect of moving it.
        total, total_error: Sobol: with everything it takes part in; Morris: mean size of its effects (mu*).
        spread: Morris: standard deviation of its effects: interaction, or a curve; NaN for Sobol.

    Errors are half-widths of 95 % intervals.
    """

    name: str
    main: float
    main_error: float
    total: float
    total_error: float
    spread: float


class Together(NamedTuple):
    """What two parameters do together, beyond what each does alone (Sobol, second order)."""

    one: str
    other: str
    share: float
    error: float


class Indices(NamedTuple):
    """All indices of one response.

    Attributes:
        kind: "morris" or "saltelli".
        each: an index for each parameter, the largest total first.
        together: for each pair, the largest first; empty for Morris.
        convergence: (blocks used, totals in the order of ``each``) for growing parts of the design.
        blocks, left_out: blocks of the design, and those left out because a value is missing.
    """

    kind: str
    each: list[Index]
    together: list[Together]
    convergence: list[tuple[int, list[float]]]
    blocks: int
    left_out: int


def indices(kind: str, names: Sequence[str], positions: np.ndarray, values: np.ndarray) -> Indices:
    """Indices of a response.

    Args:
        kind: of design: "morris" or "saltelli".
        names: parameters.
        positions: float64[points, parameters], in the order of the design.
        values: float64[points], NaN where missing.

    Raises:
        Problem: if too little is known, or SALib is not installed.
    """
    d = len(names)
    size = d + 1 if kind == "morris" else 2 * d + 2
    blocks = values.reshape(-1, size)
    good = ~np.isnan(blocks).any(axis=1)
    if good.sum() < FEWEST_BLOCKS:
        raise Problem(f"only {good.sum()} of {len(good)} parts of the design are complete; expected at least "
                      f"{FEWEST_BLOCKS}: take a larger population, more seeds or another outcome")  # fmt: skip
    whole = np.repeat(good, size)
    known, where = values[whole], positions[whole]
    if np.ptp(known) == 0:
        nothing = [Index(name, 0.0, 0.0, 0.0, 0.0, 0.0) for name in names]
        return Indices(kind, nothing, [], [], len(good), int((~good).sum()))
    each, together = _analyse(kind, names, where, known)
    order = sorted(range(d), key=lambda k: -each[k].total)
    convergence = []
    steps = sorted({max(FEWEST_BLOCKS, round(int(good.sum()) * share)) for share in (0.125, 0.25, 0.5, 0.75, 1.0)})
    for some in steps:
        # SALib wants any number of blocks; a first part of a Sobol sequence is one itself.
        part, _ = _analyse(kind, names, where[: some * size], known[: some * size])
        convergence.append((some, [part[k].total for k in order]))
    return Indices(kind, [each[k] for k in order], together, convergence, len(good), int((~good).sum()))


def settled(index: Index, found: Indices) -> bool:
    """Whether an index can take a place in a ranking.

    Not if what it explains alone is more than the total, which cannot be, or if its interval is as wide as itself. What
    is surely next to nothing beside the largest has settled too.

    Args:
        index: one of them.
        found: all of them.
    """
    negligible = NEGLIGIBLE * max(found.each[0].total, 0.0)
    if index.total + index.total_error <= negligible:
        return True
    above = found.kind != "morris" and index.main > index.total + negligible
    return not above and 2 * index.total_error < index.total


def _analyse(kind: str, names: Sequence[str], x: np.ndarray, y: np.ndarray) -> tuple[list[Index], list[Together]]:
    try:
        from SALib.analyze import morris, sobol  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("sensitivity indices need SALib; install it with: pip install -e '.[sensitivity]'") from None
    problem = problem_of(names)
    with np.errstate(invalid="ignore", divide="ignore"):
        if kind == "morris":
            found = morris.analyze(
                problem, x, y, num_levels=MORRIS_LEVELS, num_resamples=RESAMPLES, conf_level=LEVEL, seed=SEED
            )
            return [_of_morris(name, found, k) for k, name in enumerate(names)], []
        centred = (y - y.mean()) / y.std()  # indices do not change, and the estimator has less noise
        found = sobol.analyze(
            problem, centred, calc_second_order=True, num_resamples=RESAMPLES, conf_level=LEVEL, seed=SEED
        )
    keys = ("S1", "S1_conf", "ST", "ST_conf")
    each = [
        Index(name, s1, s1_error, st, st_error, float("nan"))
        for name, s1, s1_error, st, st_error in zip(names, *(map(float, found[key]) for key in keys), strict=True)
    ]
    pairs = [
        Together(names[i], names[j], float(found["S2"][i, j]), float(found["S2_conf"][i, j]))
        for i in range(len(names))
        for j in range(i + 1, len(names))
    ]
    return each, sorted(pairs, key=lambda pair: -pair.share)


def _of_morris(name: str, found: dict[str, Any], k: int) -> Index:
    # The mean effect has no interval of SALib's; its half-width is that of mu* at least, and is not shown.
    return Index(name, float(found["mu"][k]), float("nan"), float(found["mu_star"][k]),
                 float(found["mu_star_conf"][k]), float(found["sigma"][k]))  # fmt: skip
