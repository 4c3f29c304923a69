"""The results folder of a study of many runs: its record, its tables, written whole or not at all.

A single run has a folder of its own kind (``analysis.results.folder``). A study is what compares, tries or
varies many: its record says which arms, which seeds, which version; its tables are Parquet, and CSV beside.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from analysis.compare.arms import Arm
from analysis.results import provenance
from analysis.results.folder import LEFT_BY_DESKTOPS, plain_text, whole_folder, write_table
from analysis.results.record import LARGEST_RECORD_BYTES, RECORD_FILE
from analysis.words.care import CARE
from sim.compiler import source_digest
from sim.parameters import PARAMETERS
from sim.problem import Problem

FORMAT_VERSION = 1


@dataclass
class Study:
    """What a study was made of; becomes record.json.

    Attributes:
        kind: one word, such as "comparison".
        arms: what was lived.
        first_seed, runs: seeds first_seed, first_seed + 1, ...; runs asked for.
        settings: what else decides the results, by name.
        finished: runs finished, fewer than ``runs`` if it was stopped.
    """

    kind: str
    arms: list[Arm]
    first_seed: int
    runs: int
    settings: dict[str, Any] = field(default_factory=dict)
    finished: int = 0
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))
    clock: float = field(default_factory=time.perf_counter)

    @property
    def format(self) -> str:
        """What record.json calls itself."""
        return f"sameboat {self.kind}"

    def identity(self) -> dict[str, Any]:
        """What makes it this study and no other: two with the same identity have the same results."""
        return {
            "first_seed": self.first_seed,
            "runs": self.runs,
            "settings": self.settings,
            "arms": {
                arm.name: {name: arm.values[name] for name in PARAMETERS if name != "run.seed"} for arm in self.arms
            },
            "source_digest": source_digest(),
        }

    def as_json(self) -> str:
        """The text of record.json."""
        commit, dirty = provenance.git_state()
        content = {
            "format": self.format,
            "format_version": FORMAT_VERSION,
            "care": CARE,
            "finished_runs": self.finished,
            "titles": {arm.name: arm.title for arm in self.arms},
            **self.identity(),
            "started": self.started,
            "seconds": round(time.perf_counter() - self.clock, 1),
            "versions": provenance.versions(),
            "platform": provenance.machine(),
            "git": {"commit": commit, "dirty": dirty},
        }
        return json.dumps(content, indent=1, ensure_ascii=True, allow_nan=False) + "\n"


def read_study(folder: Path, kind: str) -> dict[str, Any]:
    """The record of a study's folder.

    Args:
        folder: written by ``study_folder``.
        kind: what it should be.

    Raises:
        Problem: if there is none, or it is another's, or broken.
    """
    path = folder / RECORD_FILE
    try:
        if path.stat().st_size > LARGEST_RECORD_BYTES:
            raise Problem(f"{path}: too large for a record of ours; is it another program's file?")
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise Problem(f"{folder}: not a results folder of a {kind} (it holds no {RECORD_FILE})") from None
    except (OSError, ValueError, RecursionError):
        raise Problem(f"{path}: cannot be read as JSON; make the {kind} again") from None
    if not isinstance(content, dict) or content.get("format") != f"sameboat {kind}":
        raise Problem(f"{path}: not the record of a {kind}; name another folder")
    return content


def check_study_target(folder: Path, study: Study, files: Iterable[str], overwrite: bool = False) -> None:
    """Whether a study may be written to ``folder``; call it before living anything, and again before writing.

    Args:
        folder: where to.
        study: what is to be written.
        files: names of all files that a study of this kind may write.
        overwrite: replace the results of another study of this kind, but never what is not one.

    Raises:
        Problem: if the folder holds anything else.
    """
    above = next(parent for parent in folder.absolute().parents if os.path.lexists(parent))
    if not above.is_dir():
        raise Problem(f"{folder}: {above} is not a folder; name another with --out")
    if not os.access(above, os.W_OK | os.X_OK):  # better known before an hour of runs than after
        raise Problem(f"{folder}: no permission to write in {above}; name another with --out")
    if not os.path.lexists(folder):
        return
    if not folder.is_dir() or folder.is_symlink():
        raise Problem(f"{folder}: is not a folder; name another with --out")
    ours = {*files, RECORD_FILE} | LEFT_BY_DESKTOPS
    foreign = sorted(path.name for path in folder.iterdir() if path.name not in ours or not path.is_file())
    if foreign:
        what = ", ".join(foreign[:3])
        raise Problem(f"{folder}: holds files that are not results of a {study.kind} ({what}); name another with --out")
    if not any(folder.iterdir()):
        return
    there = read_study(folder, study.kind)
    mine = json.loads(json.dumps(study.identity()))
    if not overwrite and any(there.get(name) != value for name, value in mine.items()):
        differs = next(name for name, value in mine.items() if there.get(name) != value)
        raise Problem(
            f"{folder}: holds the results of another {study.kind} (its {differs.replace('_', ' ')} differs); "
            "name another folder with --out, or replace them with --overwrite"
        )
    kept = there.get("finished_runs")
    if not overwrite and isinstance(kept, int) and 0 < study.finished < kept:
        raise Problem(
            f"{folder}: holds {kept} finished runs of this {study.kind}, now only {study.finished} were finished; "
            "those there were kept. Name another folder with --out, or replace them with --overwrite"
        )


@contextmanager
def study_folder(folder: Path, study: Study, files: Iterable[str], overwrite: bool = False) -> Iterator[Path]:
    """A new folder beside ``folder`` to write into; takes its place when all went well.

    The record is written last, from ``study``. On any error the new folder is removed and what was there stays.

    Raises:
        Problem: if ``folder`` must not be replaced, or cannot be written.
    """
    names = list(files)
    with whole_folder(folder, lambda: check_study_target(folder, study, names, overwrite)) as partial:
        yield partial
        (partial / RECORD_FILE).write_text(study.as_json(), encoding="utf-8", newline="\n")


def write_tables(folder: Path, tables: Mapping[str, pa.Table], csv: Iterable[str] = ()) -> None:
    """Each table as Parquet, and those named as CSV too."""
    wanted = set(csv)
    for name, table in tables.items():
        write_table(table, folder / f"{name}.parquet")
        if name in wanted:
            pa_csv.write_csv(plain_text(table), folder / f"{name}.csv")
