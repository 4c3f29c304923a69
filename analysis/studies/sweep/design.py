"""Designs: which points of parameter space are lived.

grid: every combination. random: independently at random. latin: a Latin hypercube. sobol: a
low-discrepancy sequence, filling space more evenly than luck does. morris, saltelli: for sensitivity
indices (SALib). table: rows of a CSV file.
"""

from __future__ import annotations

import csv
import itertools
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
from scipy.stats import qmc

from analysis.studies.sweep.factor import Factor
from sim.parameters import Parameter
from sim.problem import Problem
from sim.yaml_lines import YamlError, is_ordinary_file, read_value

Kind = Literal["grid", "random", "latin", "sobol", "morris", "saltelli", "table"]
KINDS: tuple[str, ...] = get_args(Kind)
MORRIS_LEVELS = 4
MOST_POINTS, MOST_VALUES = 1_000_000, 10_000_000  # values: points times parameters


class Points(NamedTuple):
    """The points of a design.

    Attributes:
        values: one row a point, the values of the factors in order.
        positions: float64[points, factors] in the unit cube; None for a grid or a table.
    """

    values: list[tuple[Any, ...]]
    positions: np.ndarray | None


def make_points(kind: Kind, factors: Sequence[Factor], count: int, seed: int) -> Points:
    """The points of a design other than a table; the same arguments give the same points.

    Args:
        kind: which design.
        factors: what is varied.
        count: points; for morris trajectories, for saltelli base points (a power of two).
        seed: of the design, not of the lives.

    Raises:
        Problem: if SALib is needed and not installed, the count does not fit the design, or is too large to hold.
    """
    leads = [factor for factor in factors if not factor.moves_with]
    check_count(kind, factors, count)
    if kind == "grid":
        return Points(_grid(factors, leads), None)
    d = len(leads)
    if kind == "random":
        positions = np.random.default_rng(seed).random((count, d))
    elif kind == "latin":
        positions = qmc.LatinHypercube(d, rng=np.random.default_rng(seed)).random(count)
    elif kind == "sobol":
        positions = qmc.Sobol(d, rng=np.random.default_rng(seed)).random(_power_of_two(count, kind))
    else:
        positions = _of_salib(kind, d, count, seed)
    place = {lead.name: column for lead, column in zip(leads, positions.T, strict=True)}
    columns = [factor.at(place[factor.moves_with or factor.name]) for factor in factors]
    values = list(zip(*columns, strict=True))
    if kind == "saltelli":
        _check_moves(factors, values, count)
    return Points(values, positions)


def _grid(factors: Sequence[Factor], leads: Sequence[Factor]) -> list[tuple[Any, ...]]:
    steps = {factor.name: factor.grid() for factor in factors}
    order = [lead.name for lead in leads]
    places = itertools.product(*(range(len(steps[name])) for name in order))
    at = [(steps[factor.name], order.index(factor.moves_with or factor.name)) for factor in factors]
    return [tuple(values[place[k]] for values, k in at) for place in places]


def points_of(kind: str, factors: int, count: int) -> int:
    """How many points a design other than a grid makes of ``count``."""
    return count * {"morris": factors + 1, "saltelli": 2 * factors + 2}.get(kind, 1)


def check_count(kind: str, factors: Sequence[Factor], count: int) -> None:
    """Refuse a design that is too large to hold, before it is built.

    Raises:
        Problem: with the number of points, and how many would fit.
    """
    leads = [factor for factor in factors if not factor.moves_with]
    most = min(MOST_POINTS, MOST_VALUES // len(factors))
    if kind == "grid":
        sizes = [len(lead.grid()) for lead in leads]
        made, how = math.prod(sizes), " x ".join(map(str, sizes))
        mend = "fewer values, or another design, such as latin"
    else:
        each = points_of(kind, len(leads), 1)
        made, what = count * each, {"morris": "trajectories", "saltelli": "base points"}.get(kind, "points")
        fit = most // each
        if kind in ("saltelli", "sobol"):
            fit = 1 << (fit.bit_length() - 1)
        how, mend = f"{count} {what} of {len(leads)} parameters", f"{fit} {what} or fewer"
    if made > most:
        raise Problem(f"{how} make {made} points, and at most {most} can be held; take {mend}")


def problem_of(names: Sequence[str]) -> dict[str, Any]:
    """SALib's description of the unit cube."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def _of_salib(kind: str, d: int, count: int, seed: int) -> np.ndarray:
    try:
        from SALib.sample import morris, sobol  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem(f"design {kind}: needs SALib; install it with: pip install -e '.[sensitivity]'") from None
    problem = problem_of([str(k) for k in range(d)])
    if kind == "morris":
        made = morris.sample(problem, count, num_levels=MORRIS_LEVELS, seed=seed)
    else:
        made = sobol.sample(problem, _power_of_two(count, kind), calc_second_order=True, scramble=True, seed=seed)
    return np.asarray(made, float)


def _check_moves(factors: Sequence[Factor], values: Sequence[tuple[Any, ...]], count: int) -> None:
    """Refuse a design in which a parameter of few values hardly moves: its index would be nought whatever it does.

    With few base points, the two halves of the sequence may give such a parameter the same value again and again.

    Raises:
        Problem: naming the parameter.
    """
    block = points_of("saltelli", sum(not factor.moves_with for factor in factors), 1)
    for k, factor in enumerate(factors):
        pairs = [(values[b * block][k], values[(b + 1) * block - 1][k]) for b in range(count)]
        moved = sum(one != other for one, other in pairs) / count
        different = len({repr(value) for pair in pairs for value in pair})
        if different < 2 or moved < (1 - 1 / different) / 2:
            raise Problem(f"points: {count} base points are too few for {factor.name}, which takes few values and "
                          f"moves in only {moved:.0%} of them; take {2 * count} or more")  # fmt: skip


def _power_of_two(count: int, kind: str) -> int:
    """The count, which must be a power of two for these sequences to fill space evenly.

    Raises:
        Problem: if it is not, naming the nearest.
    """
    if count & (count - 1):
        below = 1 << (count.bit_length() - 1)
        raise Problem(
            f"points: found {count}, expected a power of two for design {kind}, such as {below} or {2 * below}"
        )
    return count


def read_points(path: Path, parameters: Mapping[str, Parameter]) -> tuple[list[str], list[tuple[int, tuple[Any, ...]]]]:
    """A table of points: a heading of dotted names, then one row a point, values as in YAML.

    Args:
        path: the file.
        parameters: all that there are, by dotted name.

    Returns:
        Names, and (line, values) of each point, not yet checked to be accepted.

    Raises:
        Problem: if the file cannot be read as such a table.
    """
    if not is_ordinary_file(path):
        raise Problem(f"{path}: no such file; expected a table of points in CSV")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            names = [name.strip() for name in next(reader, [])]
            rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Problem(f"{path}: cannot be read as CSV ({error})") from None
    if not names or not rows:
        raise Problem(f"{path}:1: found no points; expected a heading such as group.acceptance, then a row a point")
    twice = [name for k, name in enumerate(names) if name in names[:k]]
    if twice:
        raise Problem(f"{path}:1: the column {twice[0]!r} stands twice; keep one")
    points = []
    for line, row in rows:
        if len(row) != len(names):
            raise Problem(f"{path}:{line}: found {len(row)} values, expected {len(names)}, one for each column")
        try:
            values = [read_value(cell) for cell in row]
        except YamlError:
            raise Problem(f"{path}:{line}: a value is not YAML; expected numbers, true or false, or [2]") from None
        # A spreadsheet may write 3 as 3.0, and a number 1 for a proportion as 1.
        points.append((line, tuple(map(_whole, map(parameters.get, names), values))))
    return names, points


def _whole(parameter: Parameter | None, value: Any) -> Any:
    whole = parameter is not None and parameter.kind is int
    return int(value) if whole and isinstance(value, float) and value.is_integer() else value
