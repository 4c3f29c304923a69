"""Tables as CSV: exact for programs that calculate; or for Excel, which runs what looks like a formula.

The plain files have no byte-order mark: R's ``read.csv`` and Python's ``csv`` would take it for a part of the first
column's name. Excel, opening a file by a double click, reads umlauts wrongly without one.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from analysis.results.export.codebook import Book
from analysis.results.export.values import words
from analysis.results.loading import Results

FORMULA = "=+-@\t\r\n"  # text that begins so is run by Excel, or hides what is run
MOST_OF_EXCEL = 10**15  # larger whole numbers are rounded on opening


def write_plain(
    results: Results, folder: Path, book: Book, notes: list[str], tell: Callable[[int, str], None]
) -> list[str]:
    """A file for each table, every value exact."""
    return [_write(results, folder / f"{name}.csv", name, False, tell) for name in book]


def write_for_excel(
    results: Results, folder: Path, book: Book, notes: list[str], tell: Callable[[int, str], None]
) -> list[str]:
    """A file for each table that Excel opens rightly: an apostrophe stands before what it would run or round."""
    return [_write(results, folder / f"{name}-excel.csv", name, True, tell) for name in book]


def _write(results: Results, path: Path, name: str, for_excel: bool, tell: Callable[[int, str], None]) -> str:
    dataset = results.dataset(name)
    headings = words(_harmless(pa.chunked_array([dataset.schema.names]))) if for_excel else dataset.schema.names
    kinds = [_kind(field.type, for_excel) for field in dataset.schema]
    schema = pa.schema([pa.field(*both) for both in zip(headings, kinds, strict=True)])
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8 if for_excel else b"")
        with pa_csv.CSVWriter(file, schema) as writer:
            for batch in dataset.to_batches():  # piece by piece: a sweep may be larger than memory
                if batch.num_rows:
                    table = pa.Table.from_batches([batch])
                    columns = [_column(*both, for_excel) for both in zip(table.columns, kinds, strict=True)]
                    writer.write_table(pa.Table.from_arrays(columns, schema=schema))
                    tell(batch.num_rows, path.name)
    return path.name


def _kind(kind: pa.DataType, for_excel: bool) -> pa.DataType:
    """How a column is written: codes as text, and so what CSV has no form for, such as lists."""
    if pa.types.is_integer(kind) and kind.bit_width == 64 and for_excel:
        return pa.string()
    return kind if pa.types.is_primitive(kind) or pa.types.is_null(kind) else pa.string()


def _column(column: pa.ChunkedArray, kind: pa.DataType, for_excel: bool) -> pa.ChunkedArray:
    if pa.types.is_integer(column.type) and kind == pa.string():
        large = pc.or_(pc.greater(column, MOST_OF_EXCEL), pc.less(column, -MOST_OF_EXCEL))
        return _marked(column.cast(kind), large)
    if kind != pa.string():
        return column
    text = pa.chunked_array([words(column)], kind) if pa.types.is_nested(column.type) else column.cast(kind)
    return _harmless(text) if for_excel else text


def _harmless(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Text that Excel would run, with an apostrophe before it."""
    return _marked(text, pc.match_substring_regex(text, f"^[{re.escape(FORMULA)}]"))


def _marked(text: pa.ChunkedArray, which: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.if_else(which, pc.binary_join_element_wise("'", text, ""), text)
