"""A file of Stata (.dta, version 118: Stata 14 and later) for each table, with labels, value labels and formats."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from analysis.results.export.codebook import STATA, Book, cut, label
from analysis.results.export.readstat import Variable, Variables, write_tables
from analysis.results.export.values import INFINITE, decimals, digits
from analysis.results.loading import Results

STATA_14 = 14  # it writes version 118; 119 is for more variables than any table here has, and fewer Statas read it
LONGEST_LABEL = 80  # letters; bytes here, so that accents count
LONGEST_VALUE_LABEL = 32_000
WIDEST_NUMBER, WIDEST_TEXT = 24, 60
ENDLESS = {"a": (np.inf, INFINITE), "b": (-np.inf, f"-{INFINITE}")}  # Stata has no infinite numbers


def write(results: Results, folder: Path, book: Book, notes: list[str], tell: Callable[[int, str], None]) -> list[str]:
    """Write the files; see ``readstat.write_tables``.

    Infinite numbers become the missing values .a (and .b if negative), labelled. Missing text is empty.
    """
    return write_tables(results, folder, book, "dta", STATA, _save, notes, tell)


def _save(library: Any, frame: Any, path: Path, title: str, variables: Variables, notes: list[str]) -> None:
    data: dict[str, Any] = {}
    labels: dict[str, dict[Any, str]] = {}
    missing: dict[str, list[str]] = {}
    for name, one in variables.items():
        data[name] = one.values
        labels[name] = {code: cut(word, LONGEST_VALUE_LABEL) for code, word in one.labels.items()}
        if isinstance(one.values, np.ndarray) and np.isinf(one.values).any():
            data[name] = one.values.astype(object)
            for letter, (end, word) in ENDLESS.items():
                if (one.values == end).any():
                    data[name][one.values == end] = letter
                    labels[name][letter] = word
                    missing.setdefault(name, []).append(letter)
    library.write_dta(
        frame(data),
        path,
        file_label=cut(title, LONGEST_LABEL),
        column_labels={name: label(one.about, LONGEST_LABEL) for name, one in variables.items()},
        version=STATA_14,
        variable_value_labels={name: some for name, some in labels.items() if some},
        missing_user_values=missing,
        variable_format={name: _form(one) for name, one in variables.items()},
    )


def _form(one: Variable) -> str:
    """Display format, wide enough for every value and with the decimals that show it."""
    if not isinstance(one.values, np.ndarray):
        return f"%-{min(max(one.longest, 9), WIDEST_TEXT)}s" if one.longest or one.about.kind != "date" else "%td"
    few, whole = decimals(one.values), digits(one.values)
    width = max(whole + few + 1, 8)
    return f"%{width}.{few}f" if width <= WIDEST_NUMBER else "%14.6g"
