"""Write the folder of a sweep: what is in it is finished and whole, whatever happens while it is written.

What lies where is said in ``analysis.results.chunks``. A chunk is written beside its place, flushed to the disk, and
renamed. Its name holds a digest of code, design and slice, so what belongs under that name is always the same bytes,
whoever writes it. That is also how a damaged chunk is mended: it is lived again, and each file put in its place.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.results.chunks import (
    SUMS,
    damage,
    damage_in_words,
    damages,
    foreign_in,
    foreign_in_words,
    points_damage,
    sums_of,
)
from analysis.results.folder import BESIDE, LEASES, LOG, PARTIAL, POINTS, SWEEP, check_folder, names_in, reason
from analysis.results.record import CHUNKS, RECORD_FILE, Record, new_record
from analysis.results.swept import read_swept
from analysis.studies.frame import arm_record
from analysis.studies.sweep.leases import Leases
from analysis.studies.sweep.plan import Chunk, Sweep
from analysis.studies.sweep.rows import points_table, to_bytes
from sim.problem import Problem


class Store:
    """The folder of one sweep.

    Args:
        folder: where it is.
        sweep: which sweep.

    Attributes:
        leases: who is at work on which chunk.
    """

    def __init__(self, folder: Path, sweep: Sweep) -> None:
        self.folder, self.sweep = folder, sweep
        self.leases = Leases(folder / LEASES)
        self._names = {chunk.name for chunk in sweep.chunks}
        self._whole: set[str] = set()  # chunks that were looked through, or written here

    def begin(self) -> list[str]:
        """Make the folder, or make sure that it is of this very sweep.

        Returns:
            What is to be said of what was there: chunks that are not whole, files of somebody else.

        Raises:
            Problem: if it holds something else, or cannot be written.
        """
        points = to_bytes(points_table(self.sweep))
        record = record_of(self.sweep, points)
        self._check(record)
        with in_words(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            if not (self.folder / RECORD_FILE).exists():
                self._put(RECORD_FILE, record.as_json().encode())
            (self.folder / CHUNKS).mkdir(exist_ok=True)
            there, why = self._there(), points_damage(self.folder, record.settings["points_sha256"])
            if why:
                self._put(POINTS, points)
        damaged = {POINTS: why} if why and there else {}
        damaged |= damages(self.folder, sorted(there - self.finished()), self.sweep.tables)
        self._check_in_the_way(damaged)
        foreign = foreign_in(self.folder, self._names)
        return [*([damage_in_words(damaged)] if damaged else []), *([foreign_in_words(foreign)] if foreign else [])]

    def _check(self, record: Record) -> None:
        """Refuse a folder that holds anything else; results of two sweeps are never mixed."""
        linked = self.folder.is_symlink()  # a sweep may lie on another disk: its folder is never replaced
        check_folder(self.folder.resolve() if linked else self.folder, record, overwrite=True)
        if (self.folder / RECORD_FILE).exists():
            check_same(self.folder, record)
            return
        others = [name for name in names_in(self.folder / CHUNKS) if name not in self._names]
        if others:
            raise Problem(f"{self.folder}: holds chunks of another sweep or version ({others[0]}) and no "
                          f"{RECORD_FILE}; name another folder with --out")  # fmt: skip

    def _check_in_the_way(self, damaged: dict[str, str]) -> None:
        """Refuse, before anything is lived, what no chunk can be put in place of."""
        for name in set(damaged) - {POINTS}:
            place = self.folder / CHUNKS / name
            wanted = [place / file for file in (SUMS, *(f"{table}.parquet" for table in self.sweep.tables))]
            stray = [path for path in wanted if path.is_dir()] if place.is_dir() else [place]
            if stray:
                what = "folder" if stray[0].is_dir() else "file"
                raise Problem(f"{stray[0]}: a {what} stands where the sweep writes; move it away")

    def _put(self, name: str, content: bytes) -> None:
        """Write a file beside its place, then rename."""
        beside = self.folder / f"{BESIDE}{name}-{os.getpid()}"
        try:
            write_through(beside, content)
            beside.replace(self.folder / name)
        finally:
            beside.unlink(missing_ok=True)
        flush_folder(self.folder)

    def _there(self) -> set[str]:
        return {path.name for path in (self.folder / CHUNKS).iterdir()} & self._names

    def finished(self) -> set[str]:
        """Names of the chunks that are there and whole; each is looked through once."""
        there = self._there()
        new = there - self._whole
        self._whole = there - set(damages(self.folder, new, self.sweep.tables))
        return set(self._whole)

    def unfinished(self) -> list[Chunk]:
        """The chunks that are not there yet, or not whole, in order."""
        done = self.finished()
        return [chunk for chunk in self.sweep.chunks if chunk.name not in done]

    def has(self, chunk: Chunk) -> bool:
        """Whether a chunk is there and whole."""
        place = self.folder / CHUNKS / chunk.name
        return place.is_dir() and (chunk.name in self._whole or not damage(place, self.sweep.tables))

    def take(self, chunk: Chunk) -> bool:
        """Whether this process may now live a chunk; see ``Leases.take``.

        Raises:
            Problem: if the lease cannot be written down.
        """
        with in_words(self.folder):
            return self.leases.take(chunk)

    def write(self, chunk: Chunk, files: dict[str, bytes], seconds: float) -> None:
        """Write a chunk, whole or not at all.

        Args:
            chunk: which.
            files: content of each Parquet file, by name of the table.
            seconds: for how long this process has been at it, for the log.

        Raises:
            Problem: if it cannot be written; what was there before stays.
        """
        partial = self.folder / PARTIAL / f"{chunk.name}-{self.leases.token}"
        with in_words(self.folder):
            try:
                partial.mkdir(parents=True, exist_ok=True)
                named = {f"{name}.parquet": content for name, content in files.items()}
                for name, content in (named | {SUMS: sums_of(chunk.name, named)}).items():
                    write_through(partial / name, content)
                flush_folder(partial)
                self._place(partial, chunk)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
            self._log({"chunk": chunk.number, "runs": (chunk.stop - chunk.start) * len(self.sweep.arms),
                       "finished": datetime.now(UTC).isoformat(timespec="milliseconds"),
                       "seconds": round(seconds, 3)})  # fmt: skip

    def _place(self, partial: Path, chunk: Chunk) -> None:
        place = self.folder / CHUNKS / chunk.name
        try:
            partial.rename(place)
        except OSError:
            if not place.is_dir():
                raise
            if damage(place, self.sweep.tables):  # else somebody was quicker, with the same bytes
                for path in partial.iterdir():
                    path.replace(place / path.name)  # whatever else is there stays
                flush_folder(place)
        flush_folder(place.parent)
        self._whole.add(chunk.name)

    def _log(self, entry: dict[str, Any]) -> None:
        line = (json.dumps(entry) + "\n").encode()
        log = os.open(self.folder / LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        try:
            os.write(log, line)  # one call, so that two processes do not mix their lines
        finally:
            os.close(log)

    def end(self) -> None:
        """Take away what is only of use while somebody is at work."""
        self.leases.release_all()
        if not self.unfinished():
            shutil.rmtree(self.folder / PARTIAL, ignore_errors=True)
            shutil.rmtree(self.folder / LEASES, ignore_errors=True)
            for left in self.folder.glob(f"{BESIDE}*"):  # by a process that was killed while it began
                left.unlink(missing_ok=True)


def record_of(sweep: Sweep, points: bytes) -> Record:
    """The record of a sweep, written when it begins: nothing in it depends on how far it is.

    Args:
        sweep: which.
        points: content of points.parquet.
    """
    settings = {
        "name": sweep.name,
        "title": sweep.title,
        "question": sweep.question,
        "design": sweep.design(),
        "tables": sweep.tables,
        "points_sha256": hashlib.sha256(points).hexdigest(),
        "chunks": [chunk.name for chunk in sweep.chunks],
        **({"outcomes_file": sweep.own.path.name} if sweep.own else {}),
    }
    return new_record(
        SWEEP, settings, datetime.now(UTC), arms={arm.name: arm_record(arm) for arm in sweep.arms},
        first_seed=sweep.seeds[0], runs=len(sweep.seeds), digest=sweep.digest,
        seeds=None if isinstance(sweep.seeds, range) else list(sweep.seeds),
    )  # fmt: skip


def check_same(folder: Path, record: Record) -> None:
    """Refuse to add to another sweep's results.

    Raises:
        Problem: naming what differs.
    """
    there = read_swept(folder).record
    if there.digest != record.digest:
        raise Problem(f"{folder}: holds another sweep ({_difference(there, record)}); results are never mixed: name "
                      "another folder with --out, or add --new for a folder of its own")  # fmt: skip


def _difference(there: Record, here: Record) -> str:
    """In a few words, how a sweep that is there differs from one that is asked for."""
    if list(there.arms) != list(here.arms):
        return f"its arms are {', '.join(there.arms)}"
    for name, arm in here.arms.items():
        values = there.arms[name].values
        other = [p for p, value in arm.values.items() if values.get(p) != value]
        if other:
            return f"in arm {name}, {other[0]} is {values.get(other[0])} there and {arm.values[other[0]]} here"
    then, now = ({"seeds": (r.first_seed, r.runs, r.seeds), **r.settings["design"]} for r in (there, here))
    differ = [key.replace("_", " ") for key in {**now, **then} if then.get(key) != now.get(key)]
    if differ:
        return f"another design: {', '.join(differ)}"
    return "made with another version of the model or of NumPy, Numba or PyArrow"


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks cannot
            raise
    finally:
        os.close(handle)


@contextmanager
def in_words(folder: Path) -> Iterator[None]:
    """Say in one line what is wrong with the disk.

    Raises:
        Problem: instead of any OSError.
    """
    try:
        yield
    except OSError as error:
        raise Problem(
            f"{folder}: cannot be written: {reason(error)}; every finished chunk is kept. Mend that and give the same "
            "command again: it goes on where it was"
        ) from None
