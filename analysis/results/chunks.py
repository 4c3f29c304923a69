"""The folder of a sweep as it lies on the disk: its files, and which of its chunks are whole.

    record.json           what is lived, and the names of all chunks; written once, when the sweep begins
    points.parquet        the points, a row each
    chunks/NAME/          runs, groups, effects (and weeks, people) of some units as Parquet, and SHA256SUMS
    log.jsonl             when each chunk was written and how long it took; the only file that knows of time
    leases/, partial/     while somebody is at work; gone when the sweep is finished

Each chunk brings the checksums of its own files, in the form that ``sha256sum --check`` reads, under a line with the
chunk's name. They are written before the chunk gets its place, so there is no moment at which a chunk is there and its
checksums are not; and a file of another chunk, or a whole other chunk, does not pass for this one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.results.folder import POINTS, is_of_sweep, names_in
from analysis.results.record import CHUNKS, EARLIER_SWEEP, Record, printable
from analysis.results.swept import Settings, read_swept

SUMS = "SHA256SUMS"
CHANGED = "is not what was written"
LARGEST_SUMS = 10_000  # bytes
AGAIN = "the same sweep command makes it again"
NAMED = 3  # in a message
# What was found of a chunk, by its folder, and the size and time of each of its files then: in a session that reads a
# sweep many times, each file is looked through once.
_found: dict[Path, tuple[tuple[Any, ...], str]] = {}


@dataclass(frozen=True)
class Look:
    """What is in the folder of a sweep.

    Attributes:
        folder: which.
        record, settings: what it is of.
        whole: folders of the chunks that are whole, in order.
        damaged: what is wrong with the others that are there, and with the table of points, by name.
        foreign: what is there and not of this sweep.
    """

    folder: Path
    record: Record
    settings: Settings
    whole: list[Path]
    damaged: dict[str, str]
    foreign: list[str]

    @property
    def chunks(self) -> int:
        """How many chunks there are in all."""
        names = self.settings.chunks
        return names if isinstance(names, int) else len(names)

    @property
    def runs(self) -> int:
        """How many lives with the group in question there are in all, each paired with its twin."""
        return self.settings.design.point_count * self.record.runs * len(self.record.arms)

    @property
    def files(self) -> dict[str, list[Path]]:
        """The Parquet files of each table, of what is whole."""
        made = {table: [chunk / f"{table}.parquet" for chunk in self.whole] for table in self.settings.tables}
        return made if POINTS in self.damaged else {"points": [self.folder / POINTS], **made}

    @property
    def missing(self) -> str:
        """In words, what is not there or not whole; empty if nothing is."""
        if len(self.whole) == self.chunks and not self.damaged:
            return ""
        said = f"{self.folder}: this sweep is not finished: {len(self.whole)} of {self.chunks} chunks are there"
        return said + (f"; {damage_in_words(self.damaged)}" if self.damaged else "")


def damage_in_words(damaged: Mapping[str, str]) -> str:
    """Which chunks are not whole, and why."""
    return f"not whole: {_some([f'{name} ({why})' for name, why in damaged.items()])}; {AGAIN}"


def foreign_in_words(foreign: Sequence[str]) -> str:
    """What lies in a sweep's folder and is not of it."""
    return f"not of this sweep, and left alone: {_some(foreign)}"


def _some(names: Sequence[str]) -> str:
    return printable(", ".join(names[:NAMED])) + (f" and {len(names) - NAMED} more" if len(names) > NAMED else "")


def look(folder: Path, verify: bool = True) -> Look:
    """What is in the folder of a sweep, every file looked through.

    Args:
        folder: of a sweep.
        verify: compare checksums; otherwise only see whether the files are there.

    Raises:
        Problem: if it is not the folder of a sweep.
    """
    record, settings = read_swept(folder)
    there = names_in(folder / CHUNKS)
    if isinstance(settings.chunks, int):  # made before chunks had checksums
        whole = [folder / CHUNKS / name for name in there if (folder / CHUNKS / name).is_dir()]
        return Look(folder, record, settings, whole, {}, [])
    names, present = dict.fromkeys(settings.chunks), set(there)
    wanted = [name for name in names if name in present]
    damaged = damages(folder, wanted, settings.tables, verify)
    points = points_damage(folder, settings.points_sha256)
    return Look(
        folder, record, settings, [folder / CHUNKS / name for name in wanted if name not in damaged],
        ({POINTS: points} if points else {}) | damaged, foreign_in(folder, names),
    )  # fmt: skip


def points_damage(folder: Path, sha256: str) -> str:
    """What is wrong with the table of points; empty if it is whole."""
    try:
        content = (folder / POINTS).read_bytes()
    except OSError as error:
        return "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
    return "" if hashlib.sha256(content).hexdigest() == sha256 else CHANGED


def foreign_in(folder: Path, chunks: Container[str]) -> list[str]:
    """What lies in the folder of a sweep and is not of it, but for what desktops leave.

    Args:
        folder: of the sweep.
        chunks: names of its chunks.
    """
    beside = [name for name in names_in(folder) if not is_of_sweep(name) and name != EARLIER_SWEEP]
    return [*beside, *(f"{CHUNKS}/{name}" for name in names_in(folder / CHUNKS) if name not in chunks)]


def sums_of(chunk: str, files: Mapping[str, bytes]) -> bytes:
    """The content of SHA256SUMS.

    Args:
        chunk: name of the chunk.
        files: content of each file, by its name.
    """
    lines = [f"# {chunk}", *(f"{hashlib.sha256(content).hexdigest()}  {name}" for name, content in files.items())]
    return ("\n".join(lines) + "\n").encode()


def damages(folder: Path, names: Iterable[str], tables: Sequence[str], verify: bool = True) -> dict[str, str]:
    """What is wrong with some chunks that are there, by name; those that are whole are left out.

    Args:
        folder: of the sweep.
        names: which chunks.
        tables: that each chunk must hold.
        verify: see ``look``.
    """
    wanted = list(names)
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:  # hashing lets other threads run
        found = pool.map(lambda name: damage(folder / CHUNKS / name, tables, verify), wanted)
        return {name: why for name, why in zip(wanted, found, strict=True) if why}


def damage(chunk: Path, tables: Sequence[str], verify: bool = True) -> str:
    """What is wrong with a chunk, in a few words; empty if it is whole.

    Args:
        chunk: its folder.
        tables: that it must hold.
        verify: see ``look``.
    """
    files = [f"{name}.parquet" for name in tables]
    try:
        stats = [(chunk / name).stat() for name in (SUMS, *files)]
    except OSError:
        return _damage(chunk, files, False)  # something is missing: which?
    signature = (verify, *((s.st_size, s.st_mtime_ns, s.st_ino) for s in stats))
    if _found.get(chunk, ((), ""))[0] != signature:
        _found[chunk] = (signature, _damage(chunk, files, verify))
    return _found[chunk][1]


def _damage(chunk: Path, files: Sequence[str], verify: bool) -> str:
    if not chunk.is_dir():
        return "is a file, not a folder"
    name = SUMS
    try:
        with (chunk / SUMS).open("rb") as file:
            first, *lines = file.read(LARGEST_SUMS).decode("ascii", "replace").splitlines() or [""]
        sums = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
        if first != f"# {chunk.name}" or list(sums) != list(files):
            return f"{SUMS} is not that of this chunk"
        for name in files:
            with (chunk / name).open("rb") as file:
                if verify and hashlib.file_digest(file, "sha256").hexdigest() != sums[name]:
                    return f"{name} {CHANGED}"
    except OSError as error:
        return f"{name} is missing" if isinstance(error, FileNotFoundError) else f"{name}: {error.strerror}"
    return ""
