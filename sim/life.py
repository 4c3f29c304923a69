"""One life of one town: begin it, live some weeks, read what happened.

>>> import scenarios
>>> from sim.scenario import load
>>> life = Life(load(scenarios.FOLDER / "groupA.yaml").values)
>>> life.live(52)  # or live() for all its weeks
>>> life.week
52
>>> members = life.weeks["members"][: life.week]  # at the end of each week
"""

from __future__ import annotations

import hashlib
import operator
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np

from sim import checkpoint, draws, week
from sim.changes import changes_in, in_force
from sim.checkpoint import Checkpoint
from sim.checks import check_values
from sim.declare import Field
from sim.order import IN_ORDER
from sim.own_rules import OwnRules
from sim.parameters import packed
from sim.population import make_traits, make_world
from sim.state import EVENTS, GROUP, PEOPLE, WEEKS, World, dtype_of, records


class Life:
    """A world and its record, advanced in weeks.

    Args:
        values: every parameter by dotted name, and changes (``sim.changes``), as ``Scenario.values`` gives it;
            checked here, so that nothing is ever lived that a scenario file could not say. NumPy's numbers are welcome.
        history_every: keep everybody as they were every so many weeks (0: never). The first row of
            the history is taken just before the opening.
        traits: everybody's traits, if they are made already.
        keep_contacts: keep each pair's hours, texts and calls of the last week (24 bytes for each two rows).
        room: a recarray of ``sim.state.PEOPLE`` that the history may be written into, if it is large enough: memory
            that was used before is there at once, while the system clears fresh memory, which takes time.

    Attributes:
        world: the live arrays (``sim.state.World``).
        week: weeks lived since the opening (0 right after construction).
        weeks: recarray[total weeks] of ``sim.state.WEEKS``; rows beyond ``week`` are still zero.
        history: recarray[kept, n] of ``sim.state.PEOPLE``; kept = weeks // history_every + 1, or 0.
        own: rules of one's own, with their states and a history of these (see ``sim.own_rules``).

    Raises:
        ScenarioError: if a parameter is missing, unknown or not accepted.
        OwnRulesError: if a rule of one's own breaks off, here or later.
    """

    def __init__(
        self,
        values: Mapping[str, Any],
        history_every: int = 0,
        traits: np.recarray | None = None,
        keep_contacts: bool = False,
        room: np.recarray | None = None,
    ) -> None:
        values = check_values(values)
        self._prepare(values, operator.index(history_every), traits, keep_contacts, room)
        self.live_lead_in()

    def _prepare(
        self,
        values: dict[str, Any],
        history_every: int,
        traits: np.recarray | None,
        keep_contacts: bool,
        room: np.recarray | None = None,
    ) -> None:
        """Everything as it is before the first week of the lead-in."""
        self.values = values
        self._changes = changes_in(values)
        self.key = draws.key_of_seed(values["run.seed"])
        self.total_weeks: int = values["run.weeks"]
        self.lead_in: int = values["run.lead_in_weeks"]
        self.history_every = max(history_every, 1)
        self.traits = make_traits(values, self.key) if traits is None else traits
        self.world: World = make_world(packed(values), self.traits, self.key, keep_contacts)
        self.weeks = records(WEEKS, self.total_weeks)
        kept = self.total_weeks // history_every + 1 if history_every > 0 else 0
        shape = (kept, len(self.traits))
        if room is not None and room.size >= kept * len(self.traits):
            self.history = room.reshape(-1)[: kept * len(self.traits)].reshape(shape)
        else:
            self.history = np.recarray(shape, dtype=dtype_of(PEOPLE))
        self.own = OwnRules(values, len(self.traits), kept)
        self.week = 0

    def live_lead_in(self) -> None:
        """The weeks before the opening, which a life begins with."""
        kept = len(self.history)
        if self.own.rules:
            for now in range(self.lead_in):
                self._live_a_week(now, _nothing)
        else:
            week.live(self.world, 0, self.lead_in, self.weeks, self.history, self.history_every, True)
        if kept:
            self.own.history[0] = self.own.own.people
        if self.lead_in == 0 and kept:
            self.history[0] = self.world.people

    def live(self, weeks: int | None = None) -> None:
        """Live so many more weeks (all that are left by default), never more than are left.

        Raises:
            TypeError: if it is no whole number.
            ValueError: if it is less than none.
        """
        left = self.total_weeks - self.week
        some = left if weeks is None else min(operator.index(weeks), left)
        if some < 0:
            raise ValueError(f"found {weeks} weeks, expected 0 or more: a life does not go back")
        until = self.week + some
        while self.week < until:
            if self.own.rules:
                self.live_a_week(_nothing)
                continue
            self.take_changes()
            stop = min([until, *(later for later in self._changes if later > self.week)])
            first, last = self.lead_in + self.week, self.lead_in + stop
            week.live(self.world, first, last, self.weeks, self.history, self.history_every, True)
            self.week = stop

    def take_changes(self) -> None:
        """Give the parameters that change in the week to come their new values; rules find them in the world."""
        if self.week in self._changes:
            self.world.params[:] = self.params_in(self.week)

    def params_in(self, week: int) -> np.recarray:
        """Every parameter as it is in a week, as ``World.params`` has them."""
        return packed(in_force(self.values, week))

    def live_a_week(self, and_then: Callable[[], None]) -> None:
        """Live one more week, if one is left, and let something act at its end, before the week is recorded."""
        if self.week >= self.total_weeks:
            return
        self.take_changes()
        now = self.lead_in + self.week
        self.week += 1
        self._live_a_week(now, and_then)
        if len(self.own.history) and self.week % self.history_every == 0:
            self.own.history[self.week // self.history_every] = self.own.own.people

    def _live_a_week(self, now: int, and_then: Callable[[], None]) -> None:
        """One week, counted from the start of the lead-in: the model's rules, those of one's own, then its record."""
        g = self.world.group[0]
        before = int(g.meetings), int(g.attendances), int(g.socials)
        week.live(self.world, now, now + 1, self.weeks, self.history, self.history_every, False)
        if self.own.rules:
            self.own.act(self.world, now)
        and_then()
        week.record(self.world, now, self.weeks, self.history, self.history_every, *before)

    def save(self, path: str | Path) -> None:
        """Keep this life in a file (an .npz), to go on from there with ``Life.resume``.

        Args:
            path: of the file; one that is there is replaced.

        Raises:
            CheckpointError: if it cannot be written.
        """
        checkpoint.save(self, Path(path))

    @classmethod
    def resume(
        cls, path: str | Path | Checkpoint, weeks: int | None = None, later: Mapping[str, Any] | None = None
    ) -> Life:
        """A life as it was when it was saved: it goes on, to the last bit, as if it had not been interrupted.

        Args:
            path: a file that ``save`` has written, or a checkpoint that has been read. Rules of one's own must have
                been read in this process (``sim.own_rules.load_file``); their code is not in it.
            weeks: how many in all, since the opening, instead of as many as were asked for.
            later: changes at a time in weeks still to come, such as ``{"group.phone_line@200": False}``.

        Raises:
            CheckpointError: if the file is damaged or of another version, or something would change what was lived.
            ScenarioError, OwnRulesError: as for a new life.
        """
        saved = path if isinstance(path, Checkpoint) else checkpoint.read(Path(path))
        values = checkpoint.values_from(saved, weeks, later)
        life = cls.__new__(cls)
        traits = checkpoint.traits_for(saved, values, draws.key_of_seed(values["run.seed"]))
        life._prepare(values, saved.history_every, traits, saved.keep_contacts)
        checkpoint.restore(life, saved)
        return life

    @property
    def story(self) -> np.recarray:
        """The group's story so far: recarray of ``sim.state.EVENTS``, oldest first."""
        told = min(int(self.world.group[0].events), len(self.world.events))
        return cast(np.recarray, self.world.events[:told])

    def digest(self) -> str:
        """SHA-256 over the bits of all that changed: people, group, weeks, story, ties, and ways of coping if any.

        States are taken in the order of ``sim.order``. One that is not named there counts only once anything
        has happened to it, so that a new state which nothing writes leaves every published digest as it is.
        """
        seen = hashlib.sha256()
        tables = self._tables()
        for table, (array, _) in tables.items():
            for name in IN_ORDER.get(table, ()):
                seen.update(_bits(array[name]))
        seen.update(self.world.ties.tobytes())
        if self.world.ways.any():
            seen.update(b"ways" + self.world.ways.tobytes())
        for table, (array, fields) in tables.items():
            blank = records(fields, 1)
            for name in _names(array, but=IN_ORDER.get(table, ())):
                if np.any(array[name] != blank[name]):
                    seen.update(f"{table}.{name}".encode() + _bits(array[name]))
        return seen.hexdigest()

    def field_digests(self) -> dict[str, str]:
        """The first 16 digits of the SHA-256 of each state by its name (``people.stigma``), and of ``ties``.

        Held against those of an earlier version they say which states changed, were added or are gone.
        """
        bits = {"ties": self.world.ties.tobytes()}
        if self.world.ways.any():
            bits["ways"] = self.world.ways.tobytes()
        for table, (array, _) in self._tables().items():
            bits |= {f"{table}.{name}": _bits(array[name]) for name in _names(array)}
        return {name: hashlib.sha256(some).hexdigest()[:16] for name, some in bits.items()}

    def _tables(self) -> dict[str, tuple[np.recarray, tuple[Field, ...]]]:
        """All that changes, with its declaration; ties apart."""
        return {
            "people": (self.world.people, PEOPLE),
            "group": (self.world.group, GROUP),
            "weeks": (cast(np.recarray, self.weeks[: self.week]), WEEKS),
            "events": (self.story, EVENTS),
            "own": (self.own.own.people, self.own.fields),
        }


def _nothing() -> None:
    """What acts after the rules where nothing does."""


def _names(array: np.recarray, but: Collection[str] = ()) -> list[str]:
    """The fields of an array, but for some."""
    return [name for name in array.dtype.fields or () if name not in but]


def _bits(values: np.ndarray) -> bytes:
    """The bytes of one field (of a whole record they would hold padding, which may be anything)."""
    return np.ascontiguousarray(values).tobytes()
