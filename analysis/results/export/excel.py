"""One workbook: the codebook, then a sheet for each table.

Written with XlsxWriter, which keeps one row in memory, takes formats by column and writes text as text whatever it
begins with; it is about three times as fast here as openpyxl.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from analysis.results.export.codebook import HEADINGS, Book, codebook
from analysis.results.export.csv_files import FORMULA
from analysis.results.export.values import INFINITE, MOST_DECIMALS, dates, decimals, exact, is_number, numbers, words
from analysis.results.loading import Column, Results
from analysis.results.record import CARE
from sim.problem import Problem

FILE = "tables.xlsx"
MOST_ROWS = 1_048_575  # a sheet has one more, for the names
LONGEST_TEXT = 32_767
LONGEST_SHEET_NAME = 31
WIDEST, NARROWEST = 60, 8  # letters
ROOM_FOR_FILTER = 3
LOOKED_AT = 1000  # rows, for the width of a column
TOLD_EVERY = 10_000  # rows
CODEBOOK_WIDTHS = (14, 28, 28, 28, 14, 20, 60, 60)


def write(results: Results, folder: Path, book: Book, notes: list[str], tell: Callable[[int, str], None]) -> list[str]:
    """Write the workbook.

    Args:
        results: from ``analysis.load``.
        folder: where to; for a while it also holds what is not packed yet.
        book: the columns of each table to write.
        notes: gets a line for each text that had to be cut.
        tell: called with rows written and the name of the file.

    Returns:
        Names of the files written.

    Raises:
        Problem: if XlsxWriter is not installed.
        OSError: if the disk is full.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("Excel files need XlsxWriter; install it with: pip install -e '.[export]'") from None
    settings = {"constant_memory": True, "tmpdir": str(folder), "use_zip64": True}
    workbook = xlsxwriter.Workbook(str(folder / FILE), settings)
    look: dict[Any, Any] = {
        "bold": workbook.add_format({"bold": True, "bottom": 1}),
        "quoted": workbook.add_format({"quote_prefix": True}),
        "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
        **{k: workbook.add_format({"num_format": f"0.{'0' * k}" if k else "0"}) for k in range(MOST_DECIMALS + 1)},
    }
    _codebook(workbook, look, codebook(book), notes)
    taken = ["codebook"]
    for name, columns in book.items():
        taken.append(_sheet_name(name, taken))
        sheet = workbook.add_worksheet(taken[-1])
        table = results.read(name)
        cells = [_cells(table.column(column.name), column) for column in columns]
        _head(sheet, look, 0, [column.name for column in columns], table.num_rows)
        for k, (column, (values, form)) in enumerate(zip(columns, cells, strict=True)):
            sheet.set_column(k, k, _width(column.name, values, form), look.get(form))
            if any(isinstance(value, str) and len(value) > LONGEST_TEXT for value in values):
                notes.append(f"{name}, {column.name}: text longer than {LONGEST_TEXT:,} letters is cut in {FILE}")
        rows = zip(*(values for values, _ in cells), strict=True)
        for done, row in enumerate(rows, start=1):
            for k, value in enumerate(row):
                _put(sheet, look, done, k, value)
            if done % TOLD_EVERY == 0 or done == table.num_rows:
                tell((done - 1) % TOLD_EVERY + 1, f"{FILE}, {name}")
    try:
        workbook.close()
    except xlsxwriter.exceptions.FileCreateError as error:  # it wraps what the operating system says
        raise error.args[0] from None
    return [FILE]


def _codebook(workbook: Any, look: dict, rows: Sequence[Sequence[str]], notes: Sequence[str]) -> None:
    sheet = workbook.add_worksheet("codebook")
    above = [CARE, *notes, ""]
    for k, width in enumerate(CODEBOOK_WIDTHS):
        sheet.set_column(k, k, width)
    for k, line in enumerate(above):
        _put(sheet, look, k, 0, line)
    _head(sheet, look, len(above), HEADINGS, len(rows))
    for k, row in enumerate(rows, start=len(above) + 1):
        for j, word in enumerate(row):
            _put(sheet, look, k, j, word)


def _head(sheet: Any, look: dict, row: int, names: Sequence[str], rows: int) -> None:
    """Names in bold, which stay in sight and can be filtered by."""
    for k, name in enumerate(names):
        sheet.write_string(row, k, name, look["bold"])
    sheet.freeze_panes(row + 1, 0)
    sheet.autofilter(row, 0, row + rows, len(names) - 1)


def _put(sheet: Any, look: dict, row: int, column: int, value: Any) -> None:
    """One cell; text always as text, marked so where it looks like a formula."""
    if value is None:
        return
    if isinstance(value, str):
        marked = look["quoted"] if value.startswith(tuple(FORMULA)) else None
        sheet.write_string(row, column, value[:LONGEST_TEXT], marked)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    else:
        sheet.write_datetime(row, column, value)


def _cells(column: pa.ChunkedArray, about: Column) -> tuple[list[Any], Any]:
    """Values as a sheet holds them, None where missing, and the key of their format."""
    days = dates(column, about)
    if days is not None:
        return days, "date"
    column = exact(column)
    if pa.types.is_boolean(column.type):
        return column.to_pylist(), None
    if not is_number(column):
        return words(column), None
    values = numbers(column)
    if np.isfinite(values).all():
        return values.tolist(), decimals(values)
    odd = {np.inf: INFINITE, -np.inf: f"-{INFINITE}"}
    return [None if np.isnan(v) else odd.get(v, v) for v in values.tolist()], decimals(values)


def _width(name: str, values: Sequence[Any], form: Any) -> float:
    shown = [f"{v:.{form}f}" if isinstance(v, float) and isinstance(form, int) else str(v) for v in values[:LOOKED_AT]]
    return min(max(NARROWEST, len(name) + ROOM_FOR_FILTER, *(len(text) + 1 for text in shown), 0), WIDEST)


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    """A name that Excel accepts for a sheet, told apart from the others."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", name).strip("'") or "table"
    plain = f"{plain}_" if plain.lower() == "history" else plain
    found, k = plain[:LONGEST_SHEET_NAME], 1
    while found.lower() in {other.lower() for other in taken}:
        k += 1
        found = f"{plain[: LONGEST_SHEET_NAME - 4]}_{k}"
    return found
