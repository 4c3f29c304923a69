"""Tables of results: columns that carry their unit and meaning."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.results.arrow import coded, text, to_arrow, to_numpy

LOWER, UPPER = "{}; lower end of the 95 % interval", "{}; upper end of the 95 % interval"


class Column(NamedTuple):
    """One column of a table.

    Attributes:
        name: unique in its table.
        unit: what it is measured in.
        meaning: in a few words.
        values: a list of words (None: missing), an array of numbers (NaN: missing) or yes/no, or an Arrow array,
            which is taken as it is. Words that come again and again are stored as codes.
    """

    name: str
    unit: str
    meaning: str
    values: Any


def table_of(columns: Iterable[Column]) -> pa.Table:
    """An Arrow table in which each column carries its unit and meaning as metadata."""
    fields, arrays = [], []
    for name, unit, meaning, values in columns:
        array = values if isinstance(values, pa.Array) else _array(values)
        fields.append(pa.field(name, array.type, metadata={"unit": unit, "meaning": meaning}))
        arrays.append(array)
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def write_table(table: pa.Table, to: Path | BinaryIO) -> None:
    """Write one table as Parquet; doubles that hardly repeat are split into bytes, which packs better."""
    doubles = [field.name for field in table.schema if field.type == pa.float64()]
    others = [name for name in table.column_names if name not in doubles]
    pq.write_table(table, to, compression="zstd", use_dictionary=others, use_byte_stream_split=doubles)


def with_interval(
    name: str, unit: str, meaning: str, found: Any, lower: str = LOWER, upper: str = UPPER
) -> list[Column]:
    """Three columns: NAME, NAME_low and NAME_high.

    Args:
        name: of the first.
        unit: of all three.
        meaning: of the first.
        found: has ``value``, ``low`` and ``high``, arrays of any one shape.
        lower: meaning of the second, with {} where the meaning of the first goes.
        upper: meaning of the third, likewise.
    """
    return [
        Column(name, unit, meaning, found.value.ravel()),
        Column(f"{name}_low", unit, lower.format(meaning), found.low.ravel()),
        Column(f"{name}_high", unit, upper.format(meaning), found.high.ravel()),
    ]


def numbers(values: np.ndarray) -> pa.Array:
    """Whole numbers or floating-point numbers as an Arrow array; NaN becomes null."""
    if values.dtype.kind != "f":
        return to_arrow(values.astype(np.int64))
    values = values.astype(np.float64)
    known = ~np.isnan(values)
    return to_arrow(values, None if known.all() else known)


def _array(values: Any) -> pa.Array:
    if isinstance(values, list) and all(value is None or isinstance(value, str) for value in values):
        names = list(dict.fromkeys(value for value in values if value is not None))
        if len(names) < len(values) / 4 and None not in values and len(names) < 100:
            return coded(np.array([names.index(value) for value in values]), names)
        return text(values)
    array = np.asarray(values)
    return to_arrow(array) if array.dtype == bool else numbers(array)


def differing_columns(one: pa.Table, other: pa.Table) -> list[str]:
    """Names of the columns in which two tables are not the same, bit for bit.

    Args:
        one: a table.
        other: a table; a column that is missing in either counts as different.

    Returns:
        Names in the order of ``one``, then those only in ``other``; empty if identical.
    """
    names = [*one.column_names, *(name for name in other.column_names if name not in one.column_names)]
    return [name for name in names if not _same_bits(one, other, name)]


def differences(name: str, kept: pa.Table | None, again: pa.Table | None) -> list[str]:
    """What differs between two tables of one name, in one line; nothing if they are identical."""
    if kept is None or again is None:
        return [f"{name}: {'new' if kept is None else 'no longer made'}"]
    if kept.num_rows != again.num_rows:
        return [f"{name}: {kept.num_rows} rows, now {again.num_rows}"]
    columns = differing_columns(kept, again)
    return [f"{name}: {', '.join(columns)}"] if columns else []


def _same_bits(one: pa.Table, other: pa.Table, name: str) -> bool:
    if name not in one.column_names or name not in other.column_names or one.num_rows != other.num_rows:
        return False
    a, b = (_plain(table.column(name)) for table in (one, other))
    if a.type != b.type:
        return False
    if a.type != pa.float64():
        return bool(a.equals(b))
    # Arrow finds 0.0 and -0.0 equal and no NaN equal to another; here the bits decide.
    mine, theirs = (to_numpy(column.fill_null(0.0)).view(np.uint64) for column in (a, b))
    return bool(a.is_null().equals(b.is_null())) and bool(np.array_equal(mine, theirs))


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that was stored as codes, as text again."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
