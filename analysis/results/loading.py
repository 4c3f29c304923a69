"""Read any results folder as tidy tables, with the unit and the meaning of every column.

    results = analysis.load("results/groupA")
    results.columns("weeks")  # unit and meaning of each
    results.pandas("weeks")

More in docs/how-to/r-and-jupyter.md.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from analysis.results.chunks import AGAIN, look
from analysis.results.folder import POINTS
from analysis.results.record import CHUNKS, printable
from sim.problem import Problem


class Column(NamedTuple):
    """One column of a table.

    Attributes:
        table, name: where it is.
        kind: number, whole number, yes/no, date or words.
        unit, meaning: as the table says; empty if it does not.
        values: the words it may hold, where they are few and stored as codes.
    """

    table: str
    name: str
    kind: str
    unit: str
    meaning: str
    values: tuple[str, ...]


class Results(Mapping[str, pa.Table]):
    """The tables of a results folder, read when asked for: ``results["weeks"]``.

    Args:
        folder: where they are.
        files: the Parquet files of each table, by name.
        missing: in words, what is not there yet or not whole; empty if all is there.

    Attributes:
        folder, missing: as given.
    """

    def __init__(self, folder: Path, files: dict[str, list[Path]], missing: str = "") -> None:
        self.folder, self._files, self.missing = folder, files, missing

    def __getitem__(self, name: str) -> pa.Table:
        """A table, all of it."""
        if name not in self._files:
            raise KeyError(f"{self.folder}: no table {name!r}; there are {', '.join(self._files)}")
        return self.read(name)

    def __iter__(self) -> Iterator[str]:
        """Names of the tables."""
        return iter(self._files)

    def __len__(self) -> int:
        """How many tables."""
        return len(self._files)

    def __repr__(self) -> str:
        """Where they are, and how many rows each has."""
        return f"<results in {self.folder}: {', '.join(f'{name} ({self.size(name)})' for name in self)}>"

    def _repr_html_(self) -> str:
        """The tables with their columns, units and meanings, as notebooks show them."""
        from analysis.results.html import as_html  # noqa: PLC0415  (only notebooks need it)

        return as_html(self)

    def _ipython_key_completions_(self) -> list[str]:
        """What notebooks offer after ``results["``."""
        return list(self)

    def size(self, name: str) -> str:
        """How many rows a table has, in words; also of one that is broken."""
        try:
            rows = self.rows(name)
        except Problem:
            return "cannot be read"
        return f"{rows} row{'' if rows == 1 else 's'}"

    def schema(self, name: str) -> pa.Schema:
        """Names, types, units and meanings of a table's columns, without reading it."""
        with _in_words(self._files[name][0]):
            return pq.read_schema(self._files[name][0])

    def rows(self, name: str) -> int:
        """How many rows a table has, without reading it."""
        total = 0
        for path in self._files[name]:
            with _in_words(path):
                total += pq.read_metadata(path).num_rows
        return total

    def read(
        self, name: str, columns: Sequence[str] | None = None, where: Any = None, parameters: bool = False
    ) -> pa.Table:
        """A table, or the part of it that is wanted: a large sweep does not have to fit into memory.

        Args:
            name: of the table.
            columns: only these.
            where: only these rows, as an expression of Arrow: ``pc.field("outcome") == "isolation"``.
            parameters: of a sweep: also the values of what was varied, as columns.

        Returns:
            An Arrow table; ``.to_pandas()`` gives a data frame.

        Raises:
            Problem: if a file is broken.
        """
        with _in_words(self.folder / name, asked=where is not None or columns is not None):
            found = self.dataset(name).to_table(columns=None if columns is None else list(columns), filter=where)
        found = found.replace_schema_metadata(None)
        return self._with_parameters(found) if parameters else found

    def dataset(self, name: str) -> ds.Dataset:
        """A table as an Arrow dataset, to be read piece by piece."""
        return ds.dataset([str(path) for path in self._files[name]], schema=self.schema(name), format="parquet")

    def _with_parameters(self, table: pa.Table) -> pa.Table:
        if "points" not in self or "point" not in table.column_names:
            raise Problem(f"{self.folder}: no parameters were varied here, or the column `point` was left out")
        points = self["points"]
        for field in points.schema:
            if field.name != "point" and not field.name.endswith("(position)") and field.name not in table.column_names:
                table = table.append_column(field, points.column(field.name).take(table.column("point")))
        return table

    def pandas(self, name: str, **how: Any) -> Any:
        """A table as a pandas data frame; ``.attrs`` holds unit and meaning of each column.

        Args:
            name: of the table.
            **how: as for ``read``.

        Raises:
            Problem: if pandas is not installed.
        """
        _import("pandas")
        table = self.read(name, **how)
        frame = table.to_pandas()
        frame.attrs = {field.name: dict(zip(("unit", "meaning"), said(field), strict=True)) for field in table.schema}
        return frame

    def polars(self, name: str, **how: Any) -> Any:
        """A table as a polars data frame.

        Raises:
            Problem: if polars is not installed.
        """
        return _import("polars").from_arrow(self.read(name, **how))

    def columns(self, name: str) -> list[Column]:
        """What the columns of a table are: kind, unit, meaning, and words they may hold."""
        schema = self.schema(name)
        words: dict[str, dict[str, None]] = {f.name: {} for f in schema if pa.types.is_dictionary(f.type)}
        for path in self._files[name] if words else ():
            with _in_words(path):
                part = pq.read_table(path, columns=list(words))
            for column, found in words.items():
                found.update(dict.fromkeys(_dictionary(part.column(column))))
        return [
            Column(name, field.name, _kind(field), *said(field), tuple(words.get(field.name, ()))) for field in schema
        ]


def load(path: str | Path, verify: bool = True) -> Results:
    """The tables of a results folder.

    Args:
        path: a folder written by any command, or any other that holds Parquet files. Of a sweep, the chunks that are
            finished and whole; a warning says what is missing.
        verify: compare every file of a sweep with its checksum, which takes one to four seconds for each gigabyte.

    Raises:
        Problem: if it holds no tables.
    """
    folder = Path(path)
    if not folder.is_dir():
        raise Problem(f"{folder}: no such folder; expected results, such as results/groupA")
    if (folder / CHUNKS).is_dir():
        return _of_sweep(folder, verify)
    files = {path.stem: [path] for path in sorted(folder.glob("*.parquet"))}
    if not files:
        raise Problem(f"{folder}: holds no tables (*.parquet); expected results, such as results/groupA")
    return Results(folder, files)


def _of_sweep(folder: Path, verify: bool) -> Results:
    there = look(folder, verify)
    if POINTS in there.damaged:
        raise Problem(f"{folder / POINTS}: {there.damaged[POINTS]}; {AGAIN}")
    if not there.whole:
        said = there.missing if there.damaged else f"{folder}: nothing of this sweep is finished yet"
        raise Problem(f"{said}; see `run.py sweep --status {folder}`")
    if there.missing:
        warnings.warn(there.missing, stacklevel=4)
    return Results(folder, there.files, there.missing)


def said(field: pa.Field) -> tuple[str, str]:
    """Unit and meaning of a column, as its metadata says."""
    metadata = field.metadata or {}
    return metadata.get(b"unit", b"").decode(), metadata.get(b"meaning", b"").decode()


def _kind(field: pa.Field) -> str:
    kind = field.type
    if pa.types.is_date(kind) or said(field)[0] == "date":
        return "date"
    if pa.types.is_boolean(kind):
        return "yes/no"
    if pa.types.is_integer(kind):
        return "whole number"
    return "number" if pa.types.is_floating(kind) else "words"


def _dictionary(column: pa.ChunkedArray) -> tuple[str, ...]:
    return tuple(str(word) for chunk in column.chunks for word in chunk.dictionary.to_pylist() if word is not None)


def _import(package: str) -> Any:
    import importlib  # noqa: PLC0415

    try:
        return importlib.import_module(package)
    except ImportError:
        raise Problem(f"{package} is not installed; install it with: pip install {package}") from None


@contextmanager
def _in_words(path: Path, asked: bool = False) -> Iterator[None]:
    """Say in one line which file is broken.

    Args:
        path: which.
        asked: whether rows or columns were asked for, which can be a mistake of its own.

    Raises:
        Problem: instead of what Arrow says.
    """
    try:
        yield
    except FileNotFoundError:
        raise Problem(f"{path}: is missing; run it again") from None
    except pa.ArrowInvalid as error:
        if asked and "parquet" not in str(error).lower():
            raise  # about what was asked, not about the file
        raise Problem(f"{path}: cannot be read as Parquet; run it again") from None
    except OSError as error:
        raise Problem(f"{path}: cannot be read ({printable(str(error))[:120]}); run it again") from None
