"""A results folder: written whole or not at all, never over somebody else's files."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analysis.results.record import RECORD_FILE, read_record
from analysis.run.live import Run
from analysis.run.tables import TABLES, differing_columns
from sim.compiler import source_digest
from sim.problem import Problem

SUMMARY_FILE = "summary.txt"
FIGURES = ("states", "lifelines", "network", "episodes")
OUR_FILES = (
    {RECORD_FILE, SUMMARY_FILE}
    | {f"{name}.{ending}" for name in TABLES for ending in ("parquet", "csv")}
    | {f"{name}.{ending}" for name in FIGURES for ending in ("png", "svg")}
)
LEFT_BY_DESKTOPS = {".DS_Store", "Thumbs.db", "desktop.ini"}


def check_target(folder: Path, values: dict[str, Any], overwrite: bool = False) -> None:
    """Whether results may be written to ``folder``; call it before a run and again before writing.

    Args:
        folder: where to.
        values: every parameter of the run, by dotted name.
        overwrite: replace the results of another run, but never what is not a results folder.

    Raises:
        Problem: if the folder holds another run, or anything that we did not write.
    """
    if not os.path.lexists(folder):
        _check_parent(folder)
        return
    if not folder.is_dir() or folder.is_symlink():
        raise Problem(f"{folder}: is not a folder; name another with --out")
    foreign = sorted(p.name for p in folder.iterdir() if p.name not in OUR_FILES | LEFT_BY_DESKTOPS or not p.is_file())
    if foreign:
        raise Problem(f"{folder}: holds files that are not results of a run ({', '.join(foreign[:3])}); "
                      "move them, or name another folder with --out")  # fmt: skip
    if not (folder / RECORD_FILE).exists():
        if any(p.name in OUR_FILES for p in folder.iterdir()):
            raise Problem(f"{folder}: not a results folder (it holds no {RECORD_FILE}); name another with --out")
        return
    if overwrite:
        return
    there = read_record(folder)
    if there.values != values or there.source_digest != source_digest():
        what = "other parameters" if there.values != values else "another version of the model"
        raise Problem(
            f"{folder}: holds the results of another run ({there.name}, seed {there.seed}, {what}); "
            "name another folder with --out, or replace them with --overwrite"
        )


def _check_parent(folder: Path) -> None:
    for parent in folder.absolute().parents:
        if os.path.lexists(parent):
            if not parent.is_dir():
                raise Problem(f"{folder}: {parent} is not a folder; name another with --out")
            return


@contextmanager
def results_folder(folder: Path, values: dict[str, Any], overwrite: bool = False) -> Iterator[Path]:
    """A new folder for the results of a run; takes the place of ``folder`` when all went well.

    Args:
        folder: where the results are to be in the end.
        values: every parameter of the run being written.
        overwrite: see ``check_target``.

    Yields:
        The folder to write into.

    Raises:
        Problem: if ``folder`` must not be replaced, or cannot be written.
    """
    with whole_folder(folder, lambda: check_target(folder, values, overwrite)) as partial:
        yield partial


@contextmanager
def whole_folder(folder: Path, check: Callable[[], None]) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into; takes its place when all went well.

    Args:
        folder: where the results are to be in the end.
        check: raises ``Problem`` if what is at ``folder`` by then must not be replaced.

    Yields:
        The folder to write into. On any error, or on being stopped, it is removed again and what
        was there before stays.

    Raises:
        Problem: if ``check`` says so, or the folder cannot be written.
    """
    partial = folder.parent / f".{folder.name}.partial-{os.getpid()}"
    made = []
    try:
        for parent in (*reversed(folder.absolute().parents), partial):
            if not parent.exists():
                parent.mkdir()
                made.append(parent)
        yield partial
        check()
        _put_in_place(partial, folder)
    except BaseException as error:
        shutil.rmtree(partial, ignore_errors=True)
        for parent in reversed(made[:-1] if partial in made else made):
            _remove_if_empty(parent)
        if isinstance(error, OSError):
            raise Problem(in_words(folder, error)) from None
        raise


def _remove_if_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return


def _put_in_place(partial: Path, folder: Path) -> None:
    """Rename; an older folder steps aside first and comes back if that fails."""
    if not folder.exists():
        partial.rename(folder)
        return
    aside = folder.parent / f".{folder.name}.old-{os.getpid()}"
    folder.rename(aside)
    try:
        partial.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def in_words(folder: Path, error: OSError) -> str:
    """Why a folder could not be written, for whoever wanted it."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EFBIG: "a file would be larger than is allowed here",
        errno.EACCES: "no permission to write there",
        errno.EPERM: "no permission to write there",
        errno.EROFS: "the disk is read-only",
    }
    reason = reasons.get(error.errno or 0, error.strerror or str(error))
    return f"{folder}: cannot be written: {reason}; nothing was left there. Name another folder with --out"


def write_run(
    folder: Path,
    run: Run,
    summary: str,
    draw: Callable[[Run, Path], None] | None = None,
    *,
    csv: bool = False,
    overwrite: bool = False,
) -> None:
    """Write a results folder.

    Args:
        folder: where to; see ``check_target`` for what may be replaced.
        run: what to write.
        summary: text of summary.txt.
        draw: called with the run and a folder, to write figures into it.
        csv: also write each table as CSV.
        overwrite: replace the results of another run.

    Raises:
        Problem: if the folder must not be replaced or cannot be written; nothing is left then.
    """
    check_target(folder, run.values, overwrite)
    with results_folder(folder, run.values, overwrite) as partial:
        for name in TABLES:
            write_table(run.tables[name], partial / f"{name}.parquet")
            if csv:
                pa_csv.write_csv(plain_text(run.tables[name]), partial / f"{name}.csv")
        (partial / SUMMARY_FILE).write_text(summary, encoding="utf-8", newline="\n")
        if draw is not None:
            draw(run, partial)
        (partial / RECORD_FILE).write_text(run.record.as_json(), encoding="utf-8", newline="\n")


def write_table(table: pa.Table, path: Path) -> None:
    """Write one table as Parquet; doubles that hardly repeat are split into bytes, which packs better."""
    doubles = [field.name for field in table.schema if field.type == pa.float64()]
    others = [name for name in table.column_names if name not in doubles]
    pq.write_table(table, path, compression="zstd", use_dictionary=others, use_byte_stream_split=doubles)


def plain_text(table: pa.Table) -> pa.Table:
    """CSV knows no codes: text columns as text."""
    for k, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(k, field.name, table.column(k).cast(pa.string()))
    return table


def read_run(folder: Path) -> Run:
    """Read a results folder back.

    Args:
        folder: written by ``write_run``.

    Raises:
        Problem: if it is not a results folder, or a file is missing or broken.
    """
    record = read_record(folder)
    tables = {}
    for name in TABLES:
        path = folder / f"{name}.parquet"
        try:
            tables[name] = pq.read_table(path)
        except FileNotFoundError:
            raise Problem(f"{path}: is missing; run the scenario again") from None
        except (pa.ArrowException, OSError):
            raise Problem(f"{path}: cannot be read as Parquet; run the scenario again") from None
    return Run(record, tables)


def differences(kept: Run, again: Run) -> list[str]:
    """What differs between two runs, bit for bit, one line each; empty if they are identical."""
    found = []
    for name in TABLES:
        one, other = kept.tables[name], again.tables[name]
        if one.num_rows != other.num_rows:
            found.append(f"{name}: {one.num_rows} rows, now {other.num_rows}")
        elif columns := differing_columns(one, other):
            found.append(f"{name}: {', '.join(columns)}")
    if kept.record.digest != again.record.digest:
        found.append(f"digest: {kept.record.digest[:16]}..., now {again.record.digest[:16]}...")
    return found
