"""How far a sweep is, seen from outside: from its folder alone."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from analysis.results.chunks import damage_in_words, foreign_in_words, look
from analysis.results.folder import LEASES, LOG
from analysis.results.record import printable
from analysis.studies.sweep.leases import Leases
from analysis.words.numbers import duration, fixed, percent, size
from analysis.words.prose import plural
from sim.mistakes import shown

RECENT = 20  # chunks, for the rate
PAUSE_SECONDS = 600.0  # between two chunks: nobody was at work
NAMED = 3  # runs that broke off


@dataclass(frozen=True)
class Status:
    """How far a sweep is.

    Attributes:
        name: of the sweep.
        chunks, chunks_done: in all, and finished.
        runs, runs_done: an arm with its twin, at one point with one seed.
        broken_off: runs that are a row with an error.
        named: of some of them arm, point, seed and error.
        notes: what is not whole or not of the sweep, in words.
        at_work: different processes that hold a chunk now.
        runs_per_second: lately; NaN if unknown.
        bytes: of the chunks, on the disk.
    """

    name: str
    chunks: int
    chunks_done: int
    runs: int
    runs_done: int
    broken_off: int
    named: list[str]
    notes: list[str]
    at_work: int
    runs_per_second: float
    bytes: int

    @property
    def is_finished(self) -> bool:
        """Whether all is there."""
        return self.chunks_done == self.chunks

    def lines(self) -> list[str]:
        """In words."""
        said = [f"{self.name}: {self.runs_done} of {self.runs} runs ({percent(self.runs_done / max(self.runs, 1))}), "
                f"{self.chunks_done} of {self.chunks} chunks, {size(self.bytes)}"]  # fmt: skip
        if self.broken_off:
            some = plural(self.broken_off, "run")
            said.append(f"{some} broke off; all others are kept, and why is in the column `error` of the table runs:")
            said += [f"  {line}" for line in self.named]
            if self.broken_off > len(self.named):
                said.append(f"  and {self.broken_off - len(self.named)} more")
        said += self.notes
        if self.is_finished:
            said.append("finished")
        elif self.at_work:
            said.append(f"at work: {plural(self.at_work, 'process', 'processes')}")
            if self.runs_per_second > 0:
                left = (self.runs - self.runs_done) / self.runs_per_second
                said.append(f"lately {fixed(self.runs_per_second, 1)} runs a second; about {duration(left)} left")
        else:
            said.append("nobody is at work on it; the same command goes on where it was")
        return said


def status_of(folder: Path) -> Status:
    """How far the sweep in a folder is.

    Raises:
        Problem: if it is not the folder of a sweep.
    """
    there = look(folder)
    runs = [pq.ParquetFile(chunk / "runs.parquet") for chunk in there.whole]
    held = Leases(folder / LEASES).held()
    broken = [(file, _known(file, "error")) for file in runs]
    return Status(
        name=there.settings.name,
        chunks=there.chunks,
        chunks_done=len(there.whole),
        runs=there.runs,
        runs_done=sum(file.metadata.num_rows for file in runs),
        broken_off=sum(count for _, count in broken),
        named=_named([file for file, count in broken if count]),
        notes=[*([damage_in_words(there.damaged)] if there.damaged else []),
               *([foreign_in_words(there.foreign)] if there.foreign else [])],
        at_work=len({(lease.host, lease.token) for lease in held}),
        runs_per_second=_rate(folder / LOG),
        bytes=sum(path.stat().st_size for chunk in there.whole for path in chunk.iterdir()),
    )  # fmt: skip


def _named(files: list[pq.ParquetFile]) -> list[str]:
    """The first runs that broke off, a line each."""
    said: list[str] = []
    for file in files[:NAMED]:
        said += named_runs(file.read())
    return said[:NAMED]


def named_runs(runs: pa.Table) -> list[str]:
    """The first of some runs that broke off, a line each: where, with which values, and why.

    Args:
        runs: rows of the table ``runs`` of a sweep.
    """
    said = []
    for row in runs.filter(pc.is_valid(runs["error"])).slice(0, NAMED).to_pylist():
        values = ", ".join(f"{name} {shown(value)}" for name, value in row.items() if "." in name)
        said.append(printable(f"point {row['point']} ({values}), seed {row['seed']}, arm {row['arm']}: {row['error']}"))
    return said


def _known(file: pq.ParquetFile, column: str) -> int:
    """How many rows have a value, from the foot of the file."""
    place = file.schema.names.index(column)
    groups = (file.metadata.row_group(k) for k in range(file.metadata.num_row_groups))
    return sum(group.num_rows - group.column(place).statistics.null_count for group in groups)


def _rate(log: Path) -> float:
    """Runs a second over the last few chunks, pauses left out."""
    entries = []
    for line in log.read_text(encoding="utf-8").splitlines()[-RECENT:] if log.is_file() else []:
        try:
            said = json.loads(line)
            entries.append((datetime.fromisoformat(said["finished"]), int(said["runs"])))
        except (ValueError, KeyError, TypeError):
            continue  # a line cut short by a full disk
    steps = [((later - earlier).total_seconds(), runs) for (earlier, _), (later, runs) in pairwise(sorted(entries))]
    steps = [(seconds, runs) for seconds, runs in steps if seconds < PAUSE_SECONDS]
    seconds = sum(s for s, _ in steps)
    return sum(runs for _, runs in steps) / seconds if seconds > 0 else float("nan")
