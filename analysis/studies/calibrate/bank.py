"""The bank: every place of the prior that was lived, with its figures, kept on the disk as soon as it is there.

A stage is a list of places, each lived with seeds of its own. It is lived in chunks, which are kept as
``analysis.studies.kept`` says; code, evidence, account, places and seeds decide each.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa

from analysis.compare.broken import named_if_it_breaks_off
from analysis.plausible.priors import Priors
from analysis.studies.kept import Kept, say_damaged
from analysis.studies.sweep.identity import code_digest
from sim.ensemble import available_cores

CHUNK = 10  # places
CHUNKS = "bank"
Progress = Callable[[int], None]


class Lab(Protocol):
    """What lives a place and measures its figures.

    Attributes:
        account: name.
        figures: names, in order.
        identity: a digest of all that decides the figures, beside the settings and the seeds.
    """

    @property
    def account(self) -> str: ...  # noqa: D102 - said above

    @property
    def figures(self) -> Sequence[str]: ...  # noqa: D102

    @property
    def identity(self) -> str: ...  # noqa: D102

    def measure(self, settings: Mapping[str, Any], seeds: Sequence[int]) -> np.ndarray:
        """float64[figures]: every figure of towns with these settings, NaN where one cannot be said."""


@dataclass(frozen=True)
class Stage:
    """Places that are lived.

    Attributes:
        name: short, of letters.
        places: float64[n, parameters] in (0, 1).
        towns: lived at each place.
        seed: of the first town of the first place; every town has another.
    """

    name: str
    places: np.ndarray
    towns: int
    seed: int

    def seeds(self, row: int) -> list[int]:
        """The seeds of one place's towns."""
        return [self.seed + row * self.towns + k for k in range(self.towns)]


class Bank:
    """A folder with chunks.

    Args:
        folder: of the calibration.
        priors: what places stand for.
        lab: that lives them.
    """

    def __init__(self, folder: Path, priors: Priors, lab: Lab) -> None:
        self.kept, self.priors, self.lab = Kept(folder / CHUNKS / lab.account, code_digest()), priors, lab

    def lived(self, stage: Stage, threads: int | None = None, progress: Progress | None = None) -> np.ndarray:
        """float64[n, figures]: every place of a stage, lived now or before.

        Args:
            stage: the places.
            threads: how many chunks at once, each in a process of its own, since studies are done in Python; by
                default one for each core this process may use.
            progress: called with the number of places of each chunk that is there.

        Raises:
            Problem: if the folder cannot be written.
        """
        figures = np.full((len(stage.places), len(self.lab.figures)), np.nan)
        missing = []
        for start in range(0, len(stage.places), CHUNK):
            rows = range(start, min(start + CHUNK, len(stage.places)))
            there = self._read(self._path(stage, rows), len(rows))
            if there is None:
                missing.append(rows)
                continue
            figures[rows.start : rows.stop] = there
            if progress is not None:
                progress(len(rows))
        self.kept.make()
        lived = _everywhere(self._live, stage, missing, threads or available_cores())
        for rows, made in zip(missing, lived, strict=True):
            figures[rows.start : rows.stop] = made
            if progress is not None:
                progress(len(rows))
        return figures

    def _live(self, stage: Stage, rows: range) -> np.ndarray:
        values = self.priors.values(stage.places[rows.start : rows.stop])
        made = np.stack([self._at(stage, row, self.priors.settings(values[k])) for k, row in enumerate(rows)])
        self._write(self._path(stage, rows), made)
        return made

    def _at(self, stage: Stage, row: int, settings: Mapping[str, Any]) -> np.ndarray:
        """One place of a stage, named if a life breaks off there; what is in the bank is kept."""
        with named_if_it_breaks_off(f"account {self.lab.account!r}", stage.seeds(row)[0], settings):
            return self.lab.measure(settings, stage.seeds(row))

    def _path(self, stage: Stage, rows: range) -> Path:
        believed = [[one.name, one.in_words] for one in self.priors.parts]
        said = [self.lab.identity, list(self.lab.figures), believed, stage.towns, stage.seeds(rows.start)]
        return self.kept.path(stage.name, rows.start, said, stage.places[rows.start : rows.stop])

    def _read(self, path: Path, rows: int) -> np.ndarray | None:
        """What a chunk holds; None if it is not there, or not whole."""
        table = self.kept.read(path)
        if table is None:
            return None
        if table.column_names != list(self.lab.figures) or table.num_rows != rows:
            say_damaged(path)
            return None
        return np.stack([table[name].to_numpy() for name in table.column_names], axis=1)

    def _write(self, path: Path, figures: np.ndarray) -> None:
        self.kept.write(path, pa.table({name: figures[:, k] for k, name in enumerate(self.lab.figures)}))


def _everywhere(
    live: Callable[[Stage, range], np.ndarray], stage: Stage, missing: Sequence[range], processes: int
) -> Iterator[np.ndarray]:
    """What each chunk comes to, in order."""
    if processes == 1 or len(missing) <= 1:
        yield from (live(stage, rows) for rows in missing)
        return
    # Spawned and not forked: Numba and Arrow have threads by now.
    with ProcessPoolExecutor(min(processes, len(missing)), get_context("spawn"), _leave_to_the_first) as pool:
        try:
            yield from pool.map(live, [stage] * len(missing), missing)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _leave_to_the_first() -> None:
    """Ctrl-C reaches every process; the first one alone answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
