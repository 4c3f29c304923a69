"""The folder of a sweep as it lies on the disk: its files, and which of its chunks are whole.

    sweep.json            what is lived, and the names of all chunks; decides what may be added
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
import json
import os
from collections.abc import Container, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.results.folder import LEFT_BY_DESKTOPS
from analysis.results.record import printable
from sim.problem import Problem

MANIFEST, POINTS, CHUNKS, PARTIAL, LOG, LEASES = (
    "sweep.json", "points.parquet", "chunks", "partial", "log.jsonl", "leases",
)  # fmt: skip
OURS = {MANIFEST, POINTS, CHUNKS, PARTIAL, LOG, LEASES}
FORMAT, VERSION, WITHOUT_SUMS = "sameboat sweep", 2, 1
SUMS = "SHA256SUMS"
BESIDE = ".new-"  # files that are being written
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
        manifest: the content of sweep.json.
        whole: folders of the chunks that are whole, in order.
        damaged: what is wrong with the others that are there, and with the table of points, by name.
        foreign: what is there and not of this sweep.
    """

    folder: Path
    manifest: dict[str, Any]
    whole: list[Path]
    damaged: dict[str, str]
    foreign: list[str]

    @property
    def chunks(self) -> int:
        """How many chunks there are in all."""
        names = self.manifest["chunks"]
        return names if isinstance(names, int) else len(names)

    @property
    def files(self) -> dict[str, list[Path]]:
        """The Parquet files of each table, of what is whole."""
        made = {table: [chunk / f"{table}.parquet" for chunk in self.whole] for table in self.manifest["tables"]}
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
    if not isinstance(said, dict) or said.get("format") != FORMAT or said.get("format_version") not in (1, VERSION):
        raise Problem(f'{path}: found no `"format": "{FORMAT}"` of version {VERSION}; was it made by another version?')
    names = int if said["format_version"] == WITHOUT_SUMS else list
    if not isinstance(said.get("tables"), list) or not isinstance(said.get("chunks"), names):
        raise Problem(f"{path}: cannot be read; it may have been cut short or edited")
    return said


def look(folder: Path, verify: bool = True) -> Look:
    """What is in the folder of a sweep, every file looked through.

    Args:
        folder: of a sweep.
        verify: compare checksums; otherwise only see whether the files are there.

    Raises:
        Problem: if it is not the folder of a sweep.
    """
    manifest = read_manifest(folder)
    there = names_in(folder / CHUNKS)
    if manifest["format_version"] == WITHOUT_SUMS:  # made by an earlier version
        whole = [folder / CHUNKS / name for name in there if (folder / CHUNKS / name).is_dir()]
        return Look(folder, manifest, whole, {}, [])
    names, present = dict.fromkeys(manifest["chunks"]), set(there)
    wanted = [name for name in names if name in present]
    damaged = damages(folder, wanted, manifest["tables"], verify)
    points = points_damage(folder, manifest)
    return Look(
        folder, manifest, [folder / CHUNKS / name for name in wanted if name not in damaged],
        ({POINTS: points} if points else {}) | damaged, foreign_in(folder, names),
    )  # fmt: skip


def points_damage(folder: Path, manifest: Mapping[str, Any]) -> str:
    """What is wrong with the table of points; empty if it is whole."""
    try:
        content = (folder / POINTS).read_bytes()
    except OSError as error:
        return "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read: {error.strerror}"
    return "" if hashlib.sha256(content).hexdigest() == manifest.get("points_sha256") else CHANGED


def foreign_in(folder: Path, chunks: Container[str]) -> list[str]:
    """What lies in the folder of a sweep and is not of it, but for what desktops leave.

    Args:
        folder: of the sweep.
        chunks: names of its chunks.
    """
    beside = [name for name in names_in(folder) if name not in OURS and not name.startswith(BESIDE)]
    return [*beside, *(f"{CHUNKS}/{name}" for name in names_in(folder / CHUNKS) if name not in chunks)]


def names_in(folder: Path) -> list[str]:
    """What a folder holds, in order, but for what desktops leave; nothing if it is not there."""
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if not is_litter(path.name))


def is_litter(name: str) -> bool:
    """Whether a desktop left this file without being asked."""
    return name in LEFT_BY_DESKTOPS or name.startswith("._")


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
