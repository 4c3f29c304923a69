"""Between NumPy and Arrow, without pandas.

pyarrow's own conversions import pandas where it is installed, which takes longer than a whole run.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

_TYPES = {"float64": pa.float64(), "int64": pa.int64(), "int32": pa.int32(), "int8": pa.int8()}


def to_arrow(values: np.ndarray, valid: np.ndarray | None = None) -> pa.Array:
    """Numbers or yes/no as an Arrow array.

    Args:
        values: [n] of float64, int64, int32, int8 or bool.
        valid: bool[n], False where the value is missing; None if none is.

    Returns:
        An Arrow array of n values, of the same type.
    """
    missing = [None if valid is None else _bits(valid)]
    if values.dtype == bool:
        return pa.Array.from_buffers(pa.bool_(), len(values), [*missing, _bits(values)])
    buffer = pa.py_buffer(np.ascontiguousarray(values))
    return pa.Array.from_buffers(_TYPES[values.dtype.name], len(values), [*missing, buffer])


def text(words: Sequence[str | None]) -> pa.Array:
    """Words as an Arrow array of text; None where missing."""
    encoded = [(word or "").encode() for word in words]
    ends = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    valid = _bits(np.array([word is not None for word in words], bool)) if None in words else None
    return pa.StringArray.from_buffers(len(encoded), pa.py_buffer(ends), pa.py_buffer(b"".join(encoded)), valid)


def coded(codes: np.ndarray, names: Sequence[str]) -> pa.Array:
    """Codes 0, 1, ... as text that is stored as codes."""
    return pa.DictionaryArray.from_arrays(to_arrow(codes.astype(np.int8)), text(names))


def to_numpy(column: pa.ChunkedArray) -> np.ndarray:
    """A column as NumPy has it: text as objects, missing numbers as NaN, missing text as None."""
    whole = column.combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # older versions of pyarrow
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.nulls(0, column.type)
    if pa.types.is_dictionary(whole.type):
        names = np.array([*whole.dictionary.to_pylist(), None], dtype=object)
        codes = _numbers(whole.indices)
        return names[np.where(np.isnan(codes), len(names) - 1, codes).astype(int)]
    if pa.types.is_boolean(whole.type) or pa.types.is_integer(whole.type) or pa.types.is_floating(whole.type):
        return _numbers(whole)
    return np.array([*whole.to_pylist(), None], dtype=object)[:-1]


def _numbers(whole: pa.Array) -> np.ndarray:
    """Numbers or yes/no as a NumPy array; as float64 if any is missing."""
    start, stop = whole.offset, whole.offset + len(whole)
    missing, buffer = whole.buffers()
    if pa.types.is_boolean(whole.type):
        values = _unpacked(buffer, stop)[start:]
    else:
        values = np.frombuffer(buffer or b"", dtype=whole.type.to_pandas_dtype())[start:stop]
    if whole.null_count:
        values = np.where(_unpacked(missing, stop)[start:], values, np.nan)
    return values


def _bits(flags: np.ndarray) -> pa.Buffer:
    return pa.py_buffer(np.packbits(flags, bitorder="little"))


def _unpacked(buffer: pa.Buffer, count: int) -> np.ndarray:
    return np.unpackbits(np.frombuffer(buffer or b"", np.uint8), count=count, bitorder="little").astype(bool)
