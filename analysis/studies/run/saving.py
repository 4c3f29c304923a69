"""A run that is saved in mid-life, and one that goes on from there with the very same tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from analysis.compare.arms import Arm
from sim.checkpoint import Checkpoint, CheckpointError, read, values_from
from sim.life import Life
from sim.problem import Problem
from sim.scenario import Account, Scenario
from sim.scenario_text import parse_setting

CHECKPOINT_FILE = "checkpoint.npz"
RUN, TIES, CONTACTS = "run", "ties_", "contacts_"
Ties = list[tuple[int, np.ndarray]]  # (weeks lived, float64[n, n])


@dataclass(frozen=True)
class Saving:
    """When a run is to be saved, and where.

    Attributes:
        week: after so many weeks.
        path: of the file; None: with the results.
    """

    week: int
    path: Path | None = None


@dataclass(frozen=True)
class Begun:
    """What a run goes on from.

    Attributes:
        saved: the checkpoint.
        scenario: with the values of the run that goes on.
        later: changes made on going on.
    """

    saved: Checkpoint
    scenario: Scenario
    later: dict[str, Any]

    @property
    def named(self) -> dict[str, Any]:
        """How a record names it."""
        return {"file": self.saved.path.name, "week": self.saved.week, "sha256": self.saved.sha256}

    @property
    def has_contacts(self) -> bool:
        """Whether the run that was saved made a table of contacts."""
        return bool(self.saved.notes[RUN]["contacts"])

    def life(self) -> Life:
        """The life as it was, with its new values."""
        return Life.resume(self.saved, self.scenario.values["run.weeks"], self.later)

    def ties(self) -> Ties:
        """Ties as they were kept before."""
        named = {name: ties for name, ties in self.saved.beside.items() if name.startswith(TIES)}
        return [(int(name.removeprefix(TIES)), ties) for name, ties in named.items()]

    def contacts(self) -> list[np.ndarray]:
        """The columns of the table of contacts so far."""
        return [array for name, array in self.saved.beside.items() if name.startswith(CONTACTS)]


def begun(path: Path, weeks: int | None, settings: Sequence[str]) -> Begun:
    """What a file says of the run that goes on from it.

    Args:
        path: the file.
        weeks: how many in all, instead of as many as were asked for.
        settings: changes at a time, each ``section.name@week=value``.

    Raises:
        Problem: if it cannot be gone on with, or something would change what has been lived.
    """
    saved = read(path)
    if RUN not in saved.notes:
        raise Problem(f"{path}: was saved by Life.save and not by a run, whose tables need more; go on with it in "
                      "Python (Life.resume), or save one with `run FILE --save-at WEEK`")  # fmt: skip
    later = dict(parse_setting(text) for text in settings)
    values_from(saved, weeks, later)
    said = saved.notes[RUN]
    account = Account(**_tuples(said["account"])) if said["account"] else None
    scenario = Scenario(said["name"], said["title"], said["question"], saved.values, said["origins"], account=account)
    if later:
        scenario = scenario.with_values(later)
    if weeks is not None:
        scenario = scenario.with_values({"run.weeks": weeks}, origin="--weeks")
    return Begun(saved, scenario, later)


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    """What JSON has as lists."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}


def kept_with(arm: Arm, ties: Ties, contacts: Sequence[np.ndarray] | None) -> dict[str, Any]:
    """What is kept beside a life so that the tables of its run can go on: arguments of ``sim.checkpoint.save``."""
    said = {
        "name": arm.name, "title": arm.title, "question": arm.question, "origins": arm.origins,
        "account": asdict(arm.account) if arm.account else None, "contacts": contacts is not None,
    }  # fmt: skip
    beside = {f"{TIES}{lived}": array for lived, array in ties}
    beside |= {f"{CONTACTS}{k}": column for k, column in enumerate(contacts or ())}
    return {"notes": {RUN: said}, "beside": beside}


def check_place(saving: Saving, weeks: int, since: int, overwrite: bool) -> None:
    """Whether a run can be saved so, before anything is lived.

    Args:
        saving: what is asked.
        weeks: of the run, in all.
        since: week in which it begins.
        overwrite: replace a file that is there.

    Raises:
        Problem: if not.
    """
    if not since <= saving.week <= weeks:
        raise Problem(f"--save-at: found week {saving.week}, expected {since} to {weeks}, the weeks that are lived")
    path = saving.path
    if path is None:
        return
    if not path.parent.is_dir():
        raise Problem(f"--checkpoint {path}: there is no folder {path.parent}; make it, or name another")
    if path.is_dir():
        raise Problem(f"--checkpoint {path}: is a folder; name a file, such as {path / CHECKPOINT_FILE}")
    if path.exists():
        try:
            read(path)
        except CheckpointError:
            raise Problem(f"--checkpoint {path}: another file is there; name one that is not") from None
        if not overwrite:
            raise Problem(f"--checkpoint {path}: holds a checkpoint; name another, or replace it with --overwrite")
