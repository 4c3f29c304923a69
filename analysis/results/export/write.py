"""Write tables in the formats asked for, with a codebook and a line for whatever a format cannot hold."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from analysis.results.export import csv_files, excel, readstat, spss, stata
from analysis.results.export.codebook import HEADINGS, Book, codebook
from analysis.results.loading import Results
from analysis.results.record import CARE
from sim.problem import Problem

CODEBOOK, README = "codebook.csv", "README.txt"
MOST_ROWS = {"excel": excel.MOST_ROWS, "spss": readstat.MOST_ROWS, "stata": readstat.MOST_ROWS}  # CSV: any number
HOLDER = {"excel": "a sheet of Excel", "spss": "a file of SPSS", "stata": "a file of Stata"}
_WRITE = {
    "csv": csv_files.write_plain,
    "excel-csv": csv_files.write_for_excel,
    "excel": excel.write,
    "spss": spss.write,
    "stata": stata.write,
}
FORMATS = tuple(_WRITE)


class Exported(NamedTuple):
    """What was written.

    Attributes:
        files: names of the files.
        notes: a line for each thing that a format could not hold, and where it is instead.
    """

    files: list[str]
    notes: list[str]


def export(
    results: Results,
    folder: Path,
    formats: Sequence[str],
    tables: Sequence[str] = (),
    progress: Callable[[int, int, str], None] | None = None,
) -> Exported:
    """Write tables for other programs.

    A table that is too long for a format is left out of it, with a note, and is written as CSV instead.

    Args:
        results: from ``analysis.load``.
        folder: an empty folder to write into.
        formats: of FORMATS.
        tables: which; all by default.
        progress: called with rows written, rows in all and what is being written.

    Returns:
        Names of the files written, and notes.

    Raises:
        Problem: if there is no such table, or a package is missing.
        OSError: if the disk is full or a file cannot be written.
    """
    chosen = list(dict.fromkeys(tables)) or list(results)
    for name in chosen:
        if name not in results:
            raise Problem(f"{results.folder}: no table {name!r}; there are {', '.join(results)}")
        if name.lower() == Path(CODEBOOK).stem:
            raise Problem(f"{results.folder}: a table called {name!r} has the name of the codebook; rename its file")
    rows = {name: results.rows(name) for name in chosen}
    wanted, notes = _shared_out(formats, rows)
    book: Book = {name: results.columns(name) for name in chosen}
    total, done = sum(rows[name] for names in wanted.values() for name in names), 0

    def tell(more: int, what: str) -> None:
        nonlocal done
        done += more
        if progress is not None:
            progress(done, total, what)

    files: list[str] = []
    for form, names in wanted.items():
        if names:
            files += _WRITE[form](results, folder, {name: book[name] for name in names}, notes, tell)
    with (folder / CODEBOOK).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADINGS, *codebook(book)])
    (folder / README).write_text(_readme(results, files, notes), encoding="utf-8", newline="\n")
    return Exported([*files, CODEBOOK, README], notes)


def _shared_out(formats: Sequence[str], rows: dict[str, int]) -> tuple[dict[str, list[str]], list[str]]:
    """Which tables go into which format, and a note for each that is too long for one."""
    wanted: dict[str, list[str]] = {form: [] for form in formats}
    notes, elsewhere = [], []
    for form, names in wanted.items():
        for name, count in rows.items():
            if count <= MOST_ROWS.get(form, count):
                names.append(name)
                continue
            elsewhere.append(name)
            notes.append(f"{name} has {count:,} rows, and {HOLDER[form]} holds {MOST_ROWS[form]:,}: "
                         f"it is in {name}.csv instead")  # fmt: skip
    if elsewhere and "csv" not in wanted:
        wanted["csv"] = list(dict.fromkeys(elsewhere))
    return wanted, notes


def _readme(results: Results, files: Sequence[str], notes: Sequence[str]) -> str:
    lines = "".join(f"  {name}\n" for name in files)
    said = "".join(f"Note: {note}.\n" for note in notes)
    return (
        f"Written by Sameboat from {results.folder.name}.\n\n{lines}"
        f"  {CODEBOOK}: every column, its unit, its meaning, its codes\n\n{said}{CARE}\n"
        "If this is close to you: in the UK, Samaritans 116 123, NHS 111, 999 in danger, Self Injury Support.\n"
    )
