"""What SPSS and Stata files have in common: both are written by pyreadstat, from variables with labels and codes."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from analysis.results.export.codebook import Book, Rules, codes, names_for
from analysis.results.export.values import dates, exact, is_number, numbers, words
from analysis.results.loading import Column, Results
from sim.problem import Problem

MOST_ROWS = 20_000_000  # a table goes through memory


class Variable(NamedTuple):
    """A column as SPSS and Stata know it.

    Attributes:
        about: what it is.
        values: float64[n], NaN where missing and infinite where infinite; or text, "" where missing; or dates.
        labels: what codes mean.
    """

    about: Column
    values: np.ndarray | list[str] | list[datetime.date | None]
    labels: dict[float, str]

    @property
    def longest(self) -> int:
        """Bytes of the longest text; 0 if it is not text."""
        return max((len(word.encode()) for word in self.values if isinstance(word, str)), default=0)


Variables = Mapping[str, Variable]
Save = Callable[[Any, Any, Path, str, Variables, list[str]], None]


def write_tables(
    results: Results, folder: Path, book: Book, ending: str, rules: Rules, save: Save, notes: list[str],
    tell: Callable[[int, str], None],
) -> list[str]:  # fmt: skip
    """Write a file for each table.

    Args:
        results: from ``analysis.load``.
        folder: where to.
        book: the columns of each table to write.
        ending: of the files' names.
        rules: for the variables' names.
        save: called with pyreadstat, a data frame, a path, a title, the variables and ``notes``.
        notes: gets a line for whatever had to be cut.
        tell: called with rows written and the name of the file.

    Returns:
        Names of the files written.

    Raises:
        Problem: if pyreadstat or pandas is not installed.
        OSError: if the disk is full.
    """
    try:
        import pandas as pd  # noqa: PLC0415  (an extra)
        import pyreadstat  # noqa: PLC0415  (an extra)
    except ImportError:
        raise Problem(
            "SPSS and Stata files need pyreadstat and pandas; install them with: pip install -e '.[export]'"
        ) from None
    for name, columns in book.items():
        table = results.read(name)
        names = names_for(rules, [column.name for column in columns])
        variables = {
            short: _variable(table.column(column.name), column) for short, column in zip(names, columns, strict=True)
        }
        path = folder / f"{name}.{ending}"
        try:
            save(pyreadstat, pd.DataFrame, path, f"Sameboat: {results.folder.name}, {name}", variables, notes)
        except pyreadstat.ReadstatError as error:
            _why_not_written(path)
            raise Problem(f"{path.name}: cannot be written ({error})") from None
        tell(table.num_rows, path.name)
    return [f"{name}.{ending}" for name in book]


def _why_not_written(path: Path) -> None:
    """Pyreadstat says only that it cannot write; to write a little more makes the operating system say why.

    Raises:
        OSError: the reason.
    """
    with path.open("ab") as file:
        file.write(bytes(2**20))


def _variable(column: pa.ChunkedArray, about: Column) -> Variable:
    known = codes(about)
    if about.kind == "yes/no":
        return Variable(about, numbers(column), {float(code): word for code, word in known.items()})
    if known:
        number = {word: float(code) for code, word in known.items()}
        found = np.array([np.nan if word is None else number[word] for word in words(column)], float)
        return Variable(about, found, {code: word for word, code in number.items()})
    days = dates(column, about)
    if days is not None:
        return Variable(about, days, {})
    column = exact(column)
    if is_number(column):
        return Variable(about, numbers(column), {})
    return Variable(about, [word or "" for word in words(column)], {})
