"""One life of one town: begin it, live some weeks, read what happened.

>>> from sim.scenario import load
>>> life = Life(load("scenarios/groupA.yaml"))
>>> life.live()                                    # all its weeks
>>> life.weeks["members"][-1]                      # doctest: +SKIP
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from typing import Any, cast

import numpy as np

from sim import draws, week
from sim.declare import Field
from sim.order import IN_ORDER
from sim.parameters import packed
from sim.population import make_traits, make_world
from sim.state import EVENTS, GROUP, PEOPLE, WEEKS, World, dtype_of, records


class Life:
    """A world and its record, advanced in weeks.

    Args:
        values: every parameter by dotted name, as ``Scenario.values`` gives it.
        history_every: keep everybody as they were every so many weeks (0: never). The first row of
            the history is taken just before the opening.

    Attributes:
        world: the live arrays (``sim.state.World``).
        week: weeks lived since the opening (0 right after construction).
        weeks: recarray[total weeks] of ``sim.state.WEEKS``; rows beyond ``week`` are still zero.
        history: recarray[kept, n] of ``sim.state.PEOPLE``; kept = weeks // history_every + 1, or 0.
    """

    def __init__(self, values: dict[str, Any], history_every: int = 0, traits: np.recarray | None = None) -> None:
        self.values = values
        self.key = draws.key_of_seed(values["run.seed"])
        self.total_weeks: int = values["run.weeks"]
        self.lead_in: int = values["run.lead_in_weeks"]
        self.history_every = max(history_every, 1)
        self.traits = make_traits(values, self.key) if traits is None else traits
        self.world: World = make_world(packed(values), self.traits, self.key)
        self.weeks = records(WEEKS, self.total_weeks)
        kept = self.total_weeks // history_every + 1 if history_every > 0 else 0
        self.history = np.recarray((kept, len(self.traits)), dtype=dtype_of(PEOPLE))
        self.week = 0
        week.live(self.world, 0, self.lead_in, self.weeks, self.history, self.history_every)
        if self.lead_in == 0 and kept:
            self.history[0] = self.world.people

    def live(self, weeks: int | None = None) -> None:
        """Live so many more weeks (all that are left by default), never more than are left."""
        left = self.total_weeks - self.week
        some = left if weeks is None else min(weeks, left)
        first = self.lead_in + self.week
        week.live(self.world, first, first + some, self.weeks, self.history, self.history_every)
        self.week += some

    @property
    def story(self) -> np.recarray:
        """The group's story so far: recarray of ``sim.state.EVENTS``, oldest first."""
        told = min(int(self.world.group[0].events), len(self.world.events))
        return cast(np.recarray, self.world.events[:told])

    def digest(self) -> str:
        """SHA-256 over the bits of all that changed: people, group, weeks, story, ties.

        States are taken in the order of ``sim.order``. One that is not named there counts only once anything
        has happened to it, so that a new state which nothing writes leaves every published digest as it is.
        """
        seen = hashlib.sha256()
        tables = self._tables()
        for table, (array, _) in tables.items():
            for name in IN_ORDER[table]:
                seen.update(_bits(array[name]))
        seen.update(self.world.ties.tobytes())
        for table, (array, fields) in tables.items():
            blank = records(fields, 1)
            for name in _names(array, but=IN_ORDER[table]):
                if np.any(array[name] != blank[name]):
                    seen.update(f"{table}.{name}".encode() + _bits(array[name]))
        return seen.hexdigest()

    def field_digests(self) -> dict[str, str]:
        """The first 16 digits of the SHA-256 of each state by its name (``people.stigma``), and of ``ties``.

        Held against those of an earlier version they say which states changed, were added or are gone.
        """
        bits = {"ties": self.world.ties.tobytes()}
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
        }


def _names(array: np.recarray, but: Collection[str] = ()) -> list[str]:
    """The fields of an array, but for some."""
    return [name for name in array.dtype.fields or () if name not in but]


def _bits(values: np.ndarray) -> bytes:
    """The bytes of one field (of a whole record they would hold padding, which may be anything)."""
    return np.ascontiguousarray(values).tobytes()
