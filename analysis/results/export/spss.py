"""A file of SPSS (.sav) for each table: labels, value labels, print formats and levels of measurement."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from analysis.results.export.codebook import SPSS, Book, cut, label
from analysis.results.export.readstat import Variable, Variables, write_tables
from analysis.results.export.values import INFINITE, decimals, digits
from analysis.results.loading import Results
from analysis.results.record import CARE

LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TITLE = 255, 120, 64  # bytes
LONGEST_TEXT = 32_767  # bytes
LONGEST_LINE_OF_NOTES = 79
WIDEST_NUMBER, WIDEST_COLUMN, NARROWEST_COLUMN = 24, 40, 6
ENDLESS = {1e300: INFINITE, -1e300: f"-{INFINITE}"}  # SPSS has no infinite numbers


def write(results: Results, folder: Path, book: Book, notes: list[str], tell: Callable[[int, str], None]) -> list[str]:
    """Write the files; see ``readstat.write_tables``.

    Infinite numbers become 1e300, labelled and declared missing, so that no mean counts them.
    """
    return write_tables(results, folder, book, "sav", SPSS, _save, notes, tell)


def _save(library: Any, frame: Any, path: Path, title: str, variables: Variables, notes: list[str]) -> None:
    data: dict[str, Any] = {}
    labels: dict[str, dict[float, str]] = {}
    missing: dict[str, list[float]] = {}
    for name, one in variables.items():
        data[name] = one.values
        labels[name] = {code: cut(word, LONGEST_VALUE_LABEL) for code, word in one.labels.items()}
        if isinstance(one.values, np.ndarray):
            missing[name] = [end for end in ENDLESS if (one.values == np.copysign(np.inf, end)).any()]
            labels[name] |= {end: ENDLESS[end] for end in missing[name]}
            data[name] = np.where(np.isinf(one.values), np.copysign(1e300, one.values), one.values)
        elif one.longest > LONGEST_TEXT:
            data[name] = [cut(word, LONGEST_TEXT) for word in one.values if isinstance(word, str)]
            notes.append(f"{path.name}, {name}: text longer than {LONGEST_TEXT:,} bytes is cut, SPSS holds no more")
    forms = {name: _form(one) for name, one in variables.items()}
    library.write_sav(
        frame(data),
        path,
        file_label=cut(title, LONGEST_TITLE),
        column_labels={name: label(one.about, LONGEST_LABEL) for name, one in variables.items()},
        variable_value_labels={name: some for name, some in labels.items() if some},
        missing_ranges={name: some for name, some in missing.items() if some},
        variable_format={name: form for name, form in forms.items() if form},
        variable_display_width={name: _width(name, one, forms[name]) for name, one in variables.items()},
        variable_measure={
            name: "scale" if isinstance(one.values, np.ndarray) and not one.labels else "nominal"
            for name, one in variables.items()
        },
        note=textwrap.wrap(CARE, LONGEST_LINE_OF_NOTES),
    )


def _form(one: Variable) -> str:
    """Print format, wide enough for every value and with the decimals that show it; empty for text."""
    if not isinstance(one.values, np.ndarray):
        return "" if one.about.kind != "date" or one.longest else "SDATE10"
    few, whole = decimals(one.values), digits(one.values)
    width = max(whole + few + 1, 3)
    return f"F{width}.{few}" if width <= WIDEST_NUMBER else "E14.6"


def _width(name: str, one: Variable, form: str) -> int:
    """Of the column in the data view, in letters."""
    shown = int(form[1:].partition(".")[0]) if form[:1] in ("F", "E") else max(one.longest, 10)
    return max(NARROWEST_COLUMN, min(max(shown, len(name)), WIDEST_COLUMN))
