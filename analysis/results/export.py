"""Results for other programs: CSV, Excel, SPSS, each with every unit and meaning, and a codebook."""

from __future__ import annotations

import csv
import re
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from analysis.results.arrow import to_numpy
from analysis.results.loading import Column, Results, said
from analysis.words.care import CARE, SUPPORT
from sim.problem import Problem

FORMATS = ("csv", "excel", "spss")
CODEBOOK, README = "codebook.csv", "README.txt"
MOST_ROWS_OF_EXCEL = 1_048_576
MOST_ROWS_OF_SPSS = 20_000_000  # a table goes through memory
EXACT = 2**53  # whole numbers beyond it are no longer exact in these programs
LONGEST_LABEL = 250
LONGEST_NAME = 64
HEADINGS = ("table", "column", "name in SPSS", "kind", "unit", "meaning", "values")


def export(results: Results, folder: Path, formats: Sequence[str], tables: Sequence[str] = ()) -> list[str]:
    """Write tables for other programs.

    Args:
        results: from ``analysis.load``.
        folder: an empty folder to write into.
        formats: of FORMATS.
        tables: which; all by default.

    Returns:
        Names of the files written.

    Raises:
        Problem: if there is no such table, a table is too long for a format, or a package is missing.
    """
    chosen = list(tables) or list(results)
    for name in chosen:
        if name not in results:
            raise Problem(f"{results.folder}: no table {name!r}; there are {', '.join(results)}")
    book = [column for name in chosen for column in results.columns(name)]
    written = []
    for form in formats:
        written += {"csv": _csv, "excel": _excel, "spss": _spss}[form](results, folder, chosen, book)
    with (folder / CODEBOOK).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *codebook(book)])
    (folder / README).write_text(_readme(results, written), encoding="utf-8", newline="\n")
    return [*written, CODEBOOK, README]


def codebook(columns: Iterable[Column]) -> list[tuple[str, ...]]:
    """A row for each column, as HEADINGS."""
    rows: list[tuple[str, ...]] = []
    names: dict[str, list[str]] = {}
    for column in columns:
        mine = names.setdefault(column.table, [])
        mine.append(spss_name(column.name, mine))
        values = "; ".join(f"{k + 1} = {word}" for k, word in enumerate(column.values))
        if column.kind == "yes/no":
            values = "0 = no; 1 = yes"
        rows.append((column.table, column.name, mine[-1], column.kind, column.unit, column.meaning, values))
    return rows


def spss_name(name: str, taken: Sequence[str] = ()) -> str:
    """A name that SPSS accepts: letters, digits, '_' and '.', beginning with a letter, at most 64, told apart."""
    plain = re.sub(r"[^A-Za-z0-9_.]+", "_", name).strip("._") or "column"
    plain = (plain if plain[0].isalpha() else f"v_{plain}")[:LONGEST_NAME]
    used, found, k = {word.lower() for word in taken}, plain, 1
    while found.lower() in used:
        k += 1
        found = f"{plain[: LONGEST_NAME - 4]}_{k}"
    return found


def _csv(results: Results, folder: Path, tables: Sequence[str], book: Sequence[Column]) -> list[str]:
    for name in tables:
        dataset = results.dataset(name)
        schema = pa.schema(
            [pa.field(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type) for f in dataset.schema]
        )
        with pa_csv.CSVWriter(folder / f"{name}.csv", schema) as writer:
            for batch in dataset.to_batches():  # piece by piece: a sweep may be larger than memory
                if batch.num_rows:
                    writer.write_table(pa.Table.from_batches([batch.replace_schema_metadata(None)]).cast(schema))
    return [f"{name}.csv" for name in tables]


def _excel(results: Results, folder: Path, tables: Sequence[str], book: Sequence[Column]) -> list[str]:
    try:
        import openpyxl  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("Excel files need openpyxl; install it with: pip install -e '.[export]'") from None
    for name in tables:
        rows = results.rows(name)
        if rows >= MOST_ROWS_OF_EXCEL:
            raise Problem(f"table {name} has {rows} rows, and a sheet of Excel holds {MOST_ROWS_OF_EXCEL}; "
                          "use --as csv, or choose other tables with --table")  # fmt: skip
    workbook = openpyxl.Workbook(write_only=True)
    notes = workbook.create_sheet("codebook")
    for row in ((CARE,), (), HEADINGS, *codebook(book)):
        notes.append(row)
    for name in tables:
        sheet = workbook.create_sheet(name[:31])
        table = results.read(name)
        sheet.append(table.column_names)
        columns = [_exact(column).to_pylist() for column in table.columns]
        for row in zip(*columns, strict=True):
            sheet.append(row)
    workbook.save(folder / "tables.xlsx")
    return ["tables.xlsx"]


def _exact(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whole numbers that are too large to be exact, as text."""
    if pa.types.is_integer(column.type):
        ends = pc.min_max(column).as_py()
        if any(abs(end) > EXACT for end in ends.values() if end is not None):
            return column.cast(pa.string())
    return column


def _spss(results: Results, folder: Path, tables: Sequence[str], book: Sequence[Column]) -> list[str]:
    try:
        import pandas as pd  # noqa: PLC0415  (an extra)
        import pyreadstat  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem("SPSS files need pyreadstat and pandas; install them with: pip install -e '.[export]'") from None
    for name in tables:
        if results.rows(name) > MOST_ROWS_OF_SPSS:
            raise Problem(f"table {name} has {results.rows(name)} rows, which is too long for one file of SPSS; "
                          "use --as csv, or choose other tables with --table")  # fmt: skip
        table = results.read(name)
        mine = [column for column in book if column.table == name]
        names = [row[2] for row in codebook(mine)]
        data, labels, measures = {}, {}, {}
        for column, short in zip(mine, names, strict=True):
            data[short], labels[short] = _for_spss(table.column(column.name), column)
            measures[short] = "scale" if column.kind in ("number", "whole number") else "nominal"
        pyreadstat.write_sav(
            pd.DataFrame(data),
            folder / f"{name}.sav",
            file_label=f"Sameboat: {results.folder.name}, {name}"[:60],
            column_labels={short: _label(table.schema.field(c.name)) for c, short in zip(mine, names, strict=True)},
            variable_value_labels={short: some for short, some in labels.items() if some},
            variable_measure=measures,
            note=textwrap.wrap(CARE, 79),
        )
    return [f"{name}.sav" for name in tables]


def _for_spss(column: pa.ChunkedArray, about: Column) -> tuple[Any, dict[int | float, str]]:
    """Values as SPSS has them, and what its codes mean."""
    if about.kind == "yes/no":
        return to_numpy(column).astype(float), {0.0: "no", 1.0: "yes"}
    if about.values:
        number = {word: float(k + 1) for k, word in enumerate(about.values)}
        codes = [number.get(word, float("nan")) for word in to_numpy(column)]
        return np.array(codes, float), {code: word[:120] for word, code in number.items()}
    column = _exact(column)
    if about.kind == "words" or pa.types.is_string(column.type):
        return [word or "" for word in column.to_pylist()], {}
    return to_numpy(column), {}


def _label(field: pa.Field) -> str:
    unit, meaning = said(field)
    words = f"{meaning} [{unit}]" if unit and meaning else meaning or unit or field.name
    return words if len(words) <= LONGEST_LABEL else words[: LONGEST_LABEL - 3] + "..."


def _readme(results: Results, written: Sequence[str]) -> str:
    files = "\n".join(f"  {name}" for name in written)
    return (
        f"Written by Sameboat from {results.folder.name}.\n\n{files}\n"
        f"  {CODEBOOK}: every column, its unit, its meaning, its codes\n\n{CARE}\n{SUPPORT}\n"
    )
