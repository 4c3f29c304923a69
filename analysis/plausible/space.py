"""The plausible space of an account: which values of its parameters outside evidence leaves standing, by weight.

A space is a file: a row for each point that stands, a column for each parameter that was varied, by its dotted name,
and a column of weights. The record of what made it travels in the same file. Nothing here knows how a space is made, or
what is read off it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

import scenarios
from sim.checks import expectation
from sim.mistakes import shown
from sim.parameters import PARAMETERS
from sim.problem import Problem

FOLDER = scenarios.FOLDER / "plausible"
ENDING = ".parquet"
RECORD = b"sameboat"  # where the record stands in the metadata of the file
WEIGHT = "weight"
ACCOUNT, CENTRE = "account", "centre"
FIRST = "first"  # the account that holds where none is named
DECIDED = ("run", "mechanisms")  # sections that say what is lived, or which account it is: no matter of belief
MOST_ROWS = 1_000_000


@dataclass(frozen=True)
class Space:
    """The plausible space of an account.

    Attributes:
        account: its name.
        names: parameters that vary, dotted.
        values: float64[rows, names]; whole numbers where the parameter is one.
        weights: float64[rows]; they sum to 1.
        record: how it came about: at least ``account`` and ``centre``, the value of each parameter at the centre.
        path: the file it was read from.
        sha256: of that file.
    """

    account: str
    names: tuple[str, ...]
    values: np.ndarray
    weights: np.ndarray
    record: Mapping[str, Any] = field(default_factory=dict)
    path: Path | None = None
    sha256: str = ""

    @classmethod
    def of(
        cls, account: str, columns: Mapping[str, Any], weights: Any, record: Mapping[str, Any] | None = None
    ) -> Space:
        """A space from its columns, checked.

        Args:
            account: its name.
            columns: [rows] for each parameter, by dotted name.
            weights: [rows], of any sum above 0.
            record: how it came about; ``account`` is added, and ``centre`` (weighted medians) where it does not say.

        Raises:
            Problem: if a parameter is not of this version, a value is not accepted, or weights are none.
        """
        return cls._checked(account, columns, weights, dict(record or {}), f"the plausible space of {account}")

    @classmethod
    def _checked(
        cls, account: str, columns: Mapping[str, Any], weights: Any, record: dict[str, Any], where: str
    ) -> Space:
        names = tuple(columns)
        if not names:
            raise Problem(f"{where}: found no parameter, expected a column for each that varies")
        w = np.asarray(weights, float)
        if w.ndim != 1 or not 1 <= len(w) <= MOST_ROWS:
            raise Problem(f"{where}: found {w.size} rows, expected 1 to {MOST_ROWS}")
        if not np.isfinite(w).all() or (w < 0).any() or not w.sum() > 0:
            raise Problem(f"{where}: {WEIGHT}: expected finite numbers of at least 0, one of them above 0")
        values = np.stack([_column(name, columns[name], len(w), where) for name in names], axis=1)
        w = w / w.sum()
        told: dict[str, Any] = {**record, ACCOUNT: account}
        middle = {name: _median(name, values[:, k], w) for k, name in enumerate(names)}
        told[CENTRE] = {**middle, **{k: v for k, v in dict(told.get(CENTRE) or {}).items() if k in middle}}
        return cls(account, names, values, w, told)

    @property
    def rows(self) -> int:
        """How many points it holds."""
        return len(self.weights)

    @property
    def centre(self) -> dict[str, Any]:
        """The value of each parameter at the centre."""
        return dict(self.record[CENTRE])

    def point(self, row: int) -> dict[str, Any]:
        """One row, by dotted name, whole numbers as such."""
        return {name: PARAMETERS[name].kind(value) for name, value in zip(self.names, self.values[row], strict=True)}

    def draws(self, many: int, seed: int) -> list[dict[str, Any]]:
        """So many equally weighted draws, as parameters by dotted name; see ``rows_drawn``."""
        return [self.point(row) for row in self.rows_drawn(many, seed)]

    def rows_drawn(self, many: int, seed: int) -> list[int]:
        """Rows of so many equally weighted draws, each as often as its weight asks for, in an order left to chance.

        Systematic resampling: rows are put in line along the direction in which they differ most, and taken at even
        distances from a start left to chance, so that few draws already spread well. A row that has twice the weight
        is taken twice as often; the first of the draws alone are a fair sample too.

        Raises:
            Problem: if none are asked for.
        """
        if many < 1:
            raise Problem(f"--plausible: found {many}, expected 1 draw or more")
        chance = np.random.default_rng(seed)
        line = np.argsort(self._along(), kind="stable")
        reached = np.cumsum(self.weights[line])
        at = (chance.random() + np.arange(many)) / many * reached[-1]
        rows = line[np.minimum(np.searchsorted(reached, at, side="right"), len(line) - 1)]
        return [int(row) for row in chance.permutation(rows)]

    def _along(self) -> np.ndarray:
        """float64[rows]: the place of each along the direction in which they differ most, each in its own spread."""
        middle = self.weights @ self.values
        spread = np.sqrt(self.weights @ (self.values - middle) ** 2)
        z = (self.values - middle) / np.where(spread > 0, spread, 1.0)
        _, directions = np.linalg.eigh((z * self.weights[:, None]).T @ z)
        first = directions[:, -1]
        first = first * np.sign(first[np.argmax(np.abs(first))])
        return np.round(z @ first, 9)

    def write(self, path: Path | None = None) -> Path:
        """Write it, whole or not at all.

        Args:
            path: where to; the file of the account among those that come with Sameboat if not given.
        """
        path = FOLDER / f"{self.account}{ENDING}" if path is None else Path(path)
        columns: dict[str, np.ndarray] = {
            name: self.values[:, k].astype(_dtype(name)) for k, name in enumerate(self.names)
        }
        table = pa.table({**columns, WEIGHT: self.weights})
        said = json.dumps(dict(self.record), ensure_ascii=False, sort_keys=True)
        table = table.replace_schema_metadata({RECORD: said.encode()})
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        try:
            pq.write_table(table, beside, compression="zstd")
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        return path


def spaces_shipped() -> list[str]:
    """Accounts whose plausible space comes with Sameboat, by name."""
    return sorted(path.stem for path in FOLDER.glob(f"*{ENDING}"))


def load_space(account: str | Path) -> Space:
    """The plausible space of an account that comes with Sameboat, or one in a file.

    Args:
        account: its name, such as ``full``, or a path.

    Raises:
        Problem: if there is none, or the file is not one that this version can use.
    """
    shipped = FOLDER / f"{account}{ENDING}"
    path = shipped if str(account) in spaces_shipped() else Path(account)
    if not path.is_file():
        there = spaces_shipped()
        have = f"there is one of {', '.join(there)}" if there else "none comes with this version"
        raise Problem(f"found no plausible space of {shown(str(account))}; {have}; or name a file with "
                      "--plausible-file")  # fmt: skip
    try:
        content = path.read_bytes()
        table = pq.read_table(pa.BufferReader(content))
    except (OSError, pa.ArrowException) as error:
        raise Problem(f"{path}: cannot be read as a plausible space ({str(error).splitlines()[0][:120]})") from None
    record = _record(path, table.schema.metadata or {})
    if WEIGHT not in table.column_names:
        raise Problem(f"{path}: found no column {WEIGHT!r}, expected the weight of each row")
    columns: dict[str, np.ndarray] = {}
    for name in table.column_names:
        column = table.column(name)
        if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)) or column.null_count:
            raise Problem(f"{path}: {name[:80]}: expected a number in every row")
        columns[name] = column.to_numpy()
    weights = columns.pop(WEIGHT)
    found = Space._checked(str(record[ACCOUNT]), columns, weights, record, str(path))
    digest = hashlib.sha256(content).hexdigest()
    return Space(found.account, found.names, found.values, found.weights, found.record, path, digest)


def _record(path: Path, metadata: Mapping[bytes, bytes]) -> dict[str, Any]:
    """What made the space, as its file says."""
    try:
        record = json.loads(metadata[RECORD])
    except KeyError:
        raise Problem(f"{path}: found no record of what made it, expected a plausible space as `calibrate` writes "
                      "it") from None  # fmt: skip
    except ValueError:
        raise Problem(f"{path}: its record is not JSON; make it again with `calibrate`") from None
    if not isinstance(record, dict) or not isinstance(record.get(ACCOUNT), str):
        raise Problem(f"{path}: its record does not say of which account it is; make it again with `calibrate`")
    if not isinstance(record.get(CENTRE, {}), dict):
        raise Problem(f"{path}: its record: {CENTRE}: expected a value for each parameter")
    return record


def _dtype(name: str) -> type:
    return np.int64 if PARAMETERS[name].kind is int else np.float64


def _column(name: str, values: Any, rows: int, where: str) -> np.ndarray:
    """One column, checked against its parameter."""
    if name not in PARAMETERS:
        raise Problem(f"{where}: {shown(name)} is no parameter of this version; the space was made by another: "
                      "make it again with `calibrate`, or use that version")  # fmt: skip
    parameter = PARAMETERS[name]
    if parameter.section in DECIDED or parameter.kind not in (int, float):
        raise Problem(f"{where}: {name} says what is lived and cannot vary over a plausible space; leave it out")
    column = np.asarray(values, float)
    if column.shape != (rows,):
        raise Problem(f"{where}: {name}: found {column.size} values, expected one for each of {rows} weights")
    bad = ~((column >= parameter.low) & (column <= parameter.high))
    if parameter.kind is int:
        bad |= column != np.round(column)
    if bad.any():
        row = int(np.argmax(bad))
        raise Problem(f"{where}: {name}, row {row + 1}: found {column[row]:g}, expected {expectation(parameter)}")
    return column


def _median(name: str, column: np.ndarray, weights: np.ndarray) -> Any:
    """The middle of a column by weight: a value that stands in it."""
    line = np.argsort(column, kind="stable")
    reached = np.cumsum(weights[line])
    return PARAMETERS[name].kind(column[line][np.searchsorted(reached, reached[-1] / 2)])


def columns_of(points: Iterable[Mapping[str, Any]]) -> dict[str, np.ndarray]:
    """Points as columns, by dotted name."""
    points = list(points)
    return {name: np.array([point[name] for point in points]) for name in (points[0] if points else {})}
