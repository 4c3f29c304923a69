"""A sweep's folder: what is in it is finished and whole, whatever happens while it is written.

    sweep.json            what is lived: arms with every value, design, code; decides what may be added
    points.parquet        the points, a row each
    chunks/NUMBER-ID/     runs, groups, effects (and weeks, people) of some units, as Parquet
    log.jsonl             when each chunk was written and how long it took; the only file that knows of time
    leases/, partial/     while somebody is at work; gone when the sweep is finished

A chunk is written beside its place, flushed to the disk, and renamed. Its name holds a digest of code,
design and slice, so a folder of that name can hold nothing else, whoever wrote it.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from analysis.results.record import CARE
from analysis.studies.sweep.identity import code_digest, versions
from analysis.studies.sweep.leases import LEASES, Leases
from analysis.studies.sweep.plan import Chunk, Sweep
from analysis.studies.sweep.rows import points_table, to_bytes
from sim.problem import Problem

MANIFEST, POINTS, CHUNKS, PARTIAL, LOG = "sweep.json", "points.parquet", "chunks", "partial", "log.jsonl"
OURS = {MANIFEST, POINTS, CHUNKS, PARTIAL, LOG, LEASES}
LEFT_BY_DESKTOPS = {".DS_Store", "Thumbs.db", "desktop.ini"}
BESIDE = ".new-"
FORMAT = "sameboat sweep"
TABLES = ("runs", "groups", "effects", "weeks", "people")


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

    def begin(self) -> None:
        """Make the folder, or make sure that it is of this very sweep.

        Raises:
            Problem: if it holds something else, or cannot be written.
        """
        self._check_foreign()
        with in_words(self.folder):
            (self.folder / CHUNKS).mkdir(parents=True, exist_ok=True)
            if (self.folder / MANIFEST).exists():
                check_same(self.folder, self.sweep)
            else:
                self._put(POINTS, to_bytes(points_table(self.sweep)))
                self._put(MANIFEST, manifest(self.sweep).encode())

    def _check_foreign(self) -> None:
        if not os.path.lexists(self.folder):
            return
        if not self.folder.is_dir():
            raise Problem(f"{self.folder}: is not a folder; name another with --out")
        there = {path.name for path in self.folder.iterdir() if not path.name.startswith(BESIDE)} - LEFT_BY_DESKTOPS
        foreign = sorted(there - OURS)
        if foreign or (there - {CHUNKS, POINTS} and MANIFEST not in there):
            raise Problem(
                f"{self.folder}: holds files that are not of a sweep ({', '.join((foreign or sorted(there))[:3])}); "
                "name another folder with --out"
            )

    def _put(self, name: str, content: bytes) -> None:
        """Write a file beside its place, then rename."""
        beside = self.folder / f"{BESIDE}{name}-{os.getpid()}"
        try:
            write_through(beside, content)
            beside.replace(self.folder / name)
        finally:
            beside.unlink(missing_ok=True)
        flush_folder(self.folder)

    def finished(self) -> set[str]:
        """Names of the chunks that are there."""
        return {path.name for path in (self.folder / CHUNKS).iterdir()}

    def unfinished(self) -> list[Chunk]:
        """The chunks that are not there yet, in order."""
        done = self.finished()
        return [chunk for chunk in self.sweep.chunks if chunk.name not in done]

    def has(self, chunk: Chunk) -> bool:
        """Whether a chunk is there."""
        return (self.folder / CHUNKS / chunk.name).is_dir()

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
                for name, content in files.items():
                    write_through(partial / f"{name}.parquet", content)
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
            return  # somebody else was quicker; theirs are the same bytes
        flush_folder(place.parent)

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


def manifest(sweep: Sweep) -> str:
    """The text of sweep.json."""
    said = {
        "format": FORMAT,
        "format_version": 1,
        "care": CARE,
        "name": sweep.name,
        "title": sweep.title,
        "question": sweep.question,
        "arms": {arm.name: arm.title for arm in sweep.arms},
        "digest": sweep.digest,
        "code": code_digest(),
        "versions": versions(),
        "units": sweep.units,
        "runs": sweep.runs,
        "chunks": len(sweep.chunks),
        "tables": ["runs", "groups", "effects", *sweep.keep],
        "design": sweep.design(),
    }
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sweep's folder.

    Raises:
        Problem: if there is none, or it is not ours.
    """
    path = folder / MANIFEST
    if not path.is_file():
        found = "no such folder" if not folder.exists() else f"it holds no {MANIFEST}"
        raise Problem(f"{folder}: not the folder of a sweep ({found}); expected one written by `sweep`")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise Problem(f"{path}: cannot be read; it may have been cut short or edited") from None
    if not isinstance(said, dict) or said.get("format") != FORMAT or said.get("format_version") != 1:
        raise Problem(f'{path}: found no `"format": "{FORMAT}"` of version 1; was it made by another version?')
    return said


def check_same(folder: Path, sweep: Sweep) -> None:
    """Refuse to add to another sweep's results.

    Raises:
        Problem: naming what differs.
    """
    there = read_manifest(folder)
    if there.get("digest") == sweep.digest:
        return
    raise Problem(
        f"{folder}: holds another sweep ({_difference(there, sweep)}); results are never mixed: name another folder "
        "with --out, or add --new for a folder of its own"
    )


def _difference(there: dict[str, Any], sweep: Sweep) -> str:
    """In a few words, how a sweep that is there differs from one that is asked for."""
    then, now = there.get("design", {}), json.loads(json.dumps(sweep.design()))
    arms, arms_now = then.get("arms", {}), now["arms"]
    if list(arms) != list(arms_now):
        return f"its arms are {', '.join(arms)}"
    for name, arm in arms_now.items():
        values = arms[name].get("values", {})
        other = [p for p, value in arm["values"].items() if values.get(p) != value]
        if other:
            return f"in arm {name}, {other[0]} is {values.get(other[0])} there and {arm['values'][other[0]]} here"
    other = [key.replace("_", " ") for key in now if key != "arms" and then.get(key) != now[key]]
    if other:
        return f"another design: {', '.join(other)}"
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
        reasons = {
            errno.ENOSPC: "the disk is full",
            errno.EDQUOT: "the disk quota is used up",
            errno.EACCES: "no permission to write there",
            errno.EPERM: "no permission to write there",
            errno.EROFS: "the disk is read-only",
            errno.ENOTDIR: "it is below something that is not a folder",
        }
        reason = reasons.get(error.errno or 0, error.strerror or str(error))
        raise Problem(
            f"{folder}: cannot be written: {reason}; every finished chunk is kept. Mend that and give the same command "
            "again: it goes on where it was"
        ) from None
