"""A results folder: written whole or not at all, never over somebody else's files. One for every kind of result."""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from analysis.results.columns import write_table
from analysis.results.record import CHUNKS, EARLIER_SWEEP, RECORD_FILE, Record, read_record
from sim.mistakes import shown
from sim.problem import Problem
from sim.scenario import is_for_every_system

SUMMARY_FILE, REPORT_FILE = "summary.txt", "report.html"
LEFT_BY_DESKTOPS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
# What the folder of a sweep holds beside its record; see analysis.results.chunks.
SWEEP, POINTS, PARTIAL, LOG, LEASES = "sweep", "points.parquet", "partial", "log.jsonl", "leases"
FOLDERS_OF_SWEEP, FILES_OF_SWEEP = (CHUNKS, PARTIAL, LEASES), (RECORD_FILE, POINTS, LOG)
BESIDE = ".new-"  # its files while they are written
# What a result whose record does not name its files (made before records did) may consist of.
ENDINGS = (".parquet", ".csv", ".png", ".svg", ".txt", ".html")


def check_folder(folder: Path, record: Record, overwrite: bool = False) -> None:
    """Whether a result may be written to ``folder``; call it before living anything, and again before writing.

    Args:
        folder: where to.
        record: of what is to be written.
        overwrite: replace another result of the same kind, but never what is not one. A sweep is not replaced but
            gone on with, so it asks with ``overwrite`` and sees for itself whether it is the same.

    Raises:
        Problem: if the folder holds anything else, or cannot be written.
    """
    above = next(parent for parent in folder.absolute().parents if os.path.lexists(parent))
    if not above.is_dir():
        raise Problem(f"{folder}: {above} is not a folder; name another with --out")
    if not os.access(above, os.W_OK | os.X_OK):  # better known before an hour of runs than after
        raise Problem(f"{folder}: no permission to write in {above}; name another with --out")
    if not os.path.lexists(folder):
        _check_names(folder, above)
        return
    if not folder.is_dir() or folder.is_symlink():
        what = "is a link to a folder; name the folder itself" if folder.is_dir() else "is not a folder; name another"
        raise Problem(f"{folder}: {what} with --out")
    names = names_in(folder)
    if not names:
        return
    if RECORD_FILE not in names:
        if record.kind == SWEEP and all(_is_ours(folder / name, record) for name in names):
            return  # it was just beginning, or its record was broken and taken away
        if EARLIER_SWEEP in names:
            raise Problem(f"{folder}: holds a sweep of an earlier version; it can be read, not gone on with; name "
                          "another with --out")  # fmt: skip
        raise Problem(f"{folder}: holds other files ({_some(names)}) and no {RECORD_FILE}; name another with --out")
    there = read_record(folder)
    if there.kind != record.kind:
        raise Problem(f"{folder}: holds results of `{there.kind}`, not of `{record.kind}`; name another with --out")
    foreign = [name for name in names if not _is_ours(folder / name, there)]
    if foreign:
        raise Problem(f"{folder}: holds files that are no results of `{there.kind}` ({_some(foreign)}); "
                      "move them, or name another folder with --out")  # fmt: skip
    if not overwrite:
        _check_same(folder, there, record)


def _check_names(folder: Path, above: Path) -> None:
    """Whether folders that are new below ``above`` have names that every system can have."""
    for name in folder.absolute().relative_to(above).parts:
        if not is_for_every_system(name):
            raise Problem(f"{folder}: Windows cannot have a folder called {shown(name)}; name another with --out")


def names_in(folder: Path) -> list[str]:
    """What a folder holds, in order, but for what desktops leave; nothing if it is not there."""
    if not folder.is_dir():
        return []
    names = (path.name for path in folder.iterdir())
    return sorted(name for name in names if name not in LEFT_BY_DESKTOPS and not name.startswith("._"))


def is_of_sweep(name: str) -> bool:
    """Whether a sweep gives this name to something in its folder."""
    return name in FILES_OF_SWEEP or name in FOLDERS_OF_SWEEP or name.startswith(BESIDE)


def _is_ours(path: Path, record: Record) -> bool:
    if record.kind == SWEEP:
        return is_of_sweep(path.name) and path.is_dir() == (path.name in FOLDERS_OF_SWEEP)
    if not path.is_file() or path.is_symlink():
        return False
    if path.name == RECORD_FILE:
        return True
    return path.name in record.files if record.files is not None else path.suffix in ENDINGS


def _check_same(folder: Path, there: Record, mine: Record) -> None:
    """Whether what is there is the same result, and no less of it would remain."""
    one, other = there.request(), mine.request()
    differs = next((name for name in other if one[name] != other[name]), None)
    mend = "name another folder with --out, or replace them with --overwrite"
    if differs is not None:
        what = {"source_digest": "another version of the model"}.get(differs, f"other {differs.replace('_', ' ')}")
        raise Problem(f"{folder}: holds other results of `{there.kind}` ({', '.join(there.arms)}: {what}); {mend}")
    if 0 < mine.finished_runs < there.finished_runs:
        raise Problem(
            f"{folder}: holds {there.finished_runs} finished runs of this, now only {mine.finished_runs} were "
            f"finished; those there were kept; {mend}"
        )
    draws, were = mine.finished_draws, there.finished_draws
    if mine.finished_runs and draws is not None and (were is None or draws < were):
        there_now = "all" if were is None else str(were)
        raise Problem(f"{folder}: holds this at {there_now} draws of plausible space, now only {draws} were finished; "
                      f"those there were kept; {mend}")  # fmt: skip


def _some(names: Iterable[str]) -> str:
    first = sorted(names)
    return ", ".join(first[:3]) + (", ..." if len(first) > 3 else "")


@contextmanager
def results_folder(folder: Path, record: Record, overwrite: bool = False) -> Iterator[Path]:
    """A new folder for a result, which takes the place of ``folder`` when all went well.

    The record is written last, and names the files of the result.

    Args:
        folder: where the result is to be in the end.
        record: of the result.
        overwrite: see ``check_folder``.

    Yields:
        The folder to write into. On any error, or on being stopped, it is removed again and what was there stays.

    Raises:
        Problem: if ``folder`` must not be replaced, or cannot be written.
    """
    with whole_folder(folder, lambda: check_folder(folder, record, overwrite)) as partial:
        yield partial
        named = record.model_copy(update={"files": sorted(path.name for path in partial.iterdir())})
        (partial / RECORD_FILE).write_text(named.as_json(), encoding="utf-8", newline="\n")


@contextmanager
def whole_folder(folder: Path, check: Callable[[], None]) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into; takes its place when all went well and ``check`` agrees.

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
    aside = folder.parent / f".{folder.name}.old-{os.getpid()}-{time.time_ns()}"
    folder.rename(aside)
    try:
        partial.rename(folder)
    except BaseException:
        aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def in_words(folder: Path, error: OSError) -> str:
    """Why a folder could not be written, for whoever wanted it."""
    return f"{folder}: cannot be written: {reason(error)}; nothing was left there. Name another folder with --out"


def reason(error: OSError) -> str:
    """What is wrong with a disk, in a few words."""
    reasons = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.EFBIG: "a file would be larger than is allowed here",
        errno.EACCES: "no permission to write there",
        errno.EPERM: "no permission to write there",
        errno.EROFS: "the disk is read-only",
        errno.ENOTDIR: "it is below something that is not a folder",
    }
    return reasons.get(error.errno or 0, error.strerror or str(error))


def write_tables(folder: Path, tables: Mapping[str, pa.Table], csv: Iterable[str] = ()) -> None:
    """Each table as Parquet, and those named as CSV too."""
    wanted = set(csv)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet")
        if name in wanted:
            pa_csv.write_csv(plain_text(table), folder / f"{name}.csv")


def plain_text(table: pa.Table) -> pa.Table:
    """CSV knows no codes: text columns as text."""
    for k, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            table = table.set_column(k, field.name, table.column(k).cast(pa.string()))
    return table


def read_tables(folder: Path) -> dict[str, pa.Table]:
    """All tables of a results folder by name.

    Raises:
        Problem: if one that the record names is missing, or one is broken.
    """
    named = read_record(folder).files
    names = sorted(folder.glob("*.parquet")) if named is None else [folder / n for n in named if n.endswith(".parquet")]
    tables = {}
    for path in names:
        try:
            tables[path.stem] = pq.read_table(path)
        except FileNotFoundError:
            raise Problem(f"{path}: is missing; make the result again") from None
        except (pa.ArrowException, OSError):
            raise Problem(f"{path}: cannot be read as Parquet; make the result again") from None
    return tables
