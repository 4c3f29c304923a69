"""What a sweep lives, in which order, and in which pieces it is kept.

A unit is one point with one seed: every arm and its twin. Units are ordered by seed, then by point, so
that a sweep that is not finished yet has looked at every point, and so that points whose twins are the
same world follow each other. A chunk is a run of units that is written together.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from analysis.compare.arms import MATTERS_WITHOUT_GROUP, Arm
from analysis.compare.panel import EVERY
from analysis.studies.sweep.factor import Factor
from analysis.studies.sweep.identity import code_digest
from analysis.studies.sweep.own import OwnOutcomes
from sim.own_rules import RuleFile, digests_in, files_of

FEWEST_IN_CHUNK, MOST_IN_CHUNK, CHUNKS_WANTED = 10, 400, 500  # lives of an arm with its twin


def shared_rules(arms: Sequence[Arm]) -> tuple[str, ...]:
    """SHA-256 of the rules of one's own that every arm has: only their parameters can be varied."""
    return tuple(one for one in digests_in(arms[0].values) if all(one in digests_in(arm.values) for arm in arms))


def rules_of(arms: Sequence[Arm]) -> tuple[RuleFile, ...]:
    """The files of rules of one's own by which any arm is lived."""
    return files_of(dict.fromkeys(digest for arm in arms for digest in digests_in(arm.values)))


class Unit(NamedTuple):
    """One point with one seed.

    Attributes:
        point: number of the point, from 0.
        seed: of the lives.
    """

    point: int
    seed: int


class Chunk(NamedTuple):
    """Units that are written together.

    Attributes:
        number: from 0.
        start, stop: which units.
        id: digest of code, design and slice; a chunk of that id can hold nothing else.
    """

    number: int
    start: int
    stop: int
    id: str

    @property
    def name(self) -> str:
        """Of its folder."""
        return f"{self.number:06d}-{self.id}"


@dataclass(frozen=True)
class Sweep:
    """A sweep, read and checked.

    Attributes:
        name, title, question: what it is called and what it asks.
        arms: each is lived with its twin, at every point.
        factors: what is varied.
        kind: of design; see ``analysis.studies.sweep.design``.
        points: the values of the factors, a row a point.
        positions: float64[points, factors] in the unit cube, None for a grid or a table.
        seeds: of the lives, the same at every point.
        rows: when is looked, as rows of a panel.
        outcomes, populations: what is compared, of whom.
        keep: what is written beside the endpoints: "weeks", "people".
        notes: what is to be said of it before it is lived.
        own: outcomes of one's own, if the user has named a file of them.
        rules: files of rules of one's own by which any arm is lived; they go with the sweep to another process.
    """

    name: str
    title: str
    question: str
    arms: tuple[Arm, ...]
    factors: tuple[Factor, ...]
    kind: str
    points: list[tuple[Any, ...]]
    positions: np.ndarray | None
    seeds: range | tuple[int, ...]
    rows: tuple[int, ...]
    outcomes: tuple[str, ...]
    populations: tuple[str, ...]
    keep: tuple[str, ...]
    notes: tuple[str, ...] = ()
    own: OwnOutcomes | None = None
    rules: tuple[RuleFile, ...] = ()

    @property
    def names(self) -> list[str]:
        """Dotted names of what is varied."""
        return [factor.name for factor in self.factors]

    @property
    def leads(self) -> list[str]:
        """Dotted names of what moves by itself, in the order of the positions."""
        return [factor.name for factor in self.factors if not factor.moves_with]

    @property
    def tables(self) -> list[str]:
        """Names of the tables of each chunk."""
        return ["runs", "groups", "effects", *self.keep]

    @property
    def weeks_looked(self) -> list[int]:
        """When is looked, in weeks since the opening."""
        return [row * EVERY for row in self.rows]

    @property
    def units(self) -> int:
        """How many units."""
        return len(self.points) * len(self.seeds)

    @property
    def runs(self) -> int:
        """How many lives with the group in question, each paired with its twin."""
        return self.units * len(self.arms)

    def unit(self, k: int) -> Unit:
        """Unit number k."""
        seed, point = divmod(k, len(self.points))
        return Unit(point, self.seeds[seed])

    def units_of(self, chunk: Chunk) -> list[Unit]:
        """The units of a chunk."""
        return [self.unit(k) for k in range(chunk.start, chunk.stop)]

    def arm_at(self, arm: Arm, point: int) -> Arm:
        """An arm with the values of a point."""
        return Arm(arm.name, arm.title, {**arm.values, **dict(zip(self.names, self.points[point], strict=True))})

    @cached_property
    def lives_per_seed(self) -> int:
        """Different worlds to be lived for each seed; a twin that several points share counts once."""
        own = any(digests_in(arm.values) for arm in self.arms)  # rules that may read any parameter
        sections = [factor.parameter.section for factor in self.factors]
        matters = [k for k, section in enumerate(sections) if own or section in MATTERS_WITHOUT_GROUP]
        twins = {arm.twin.life_digest for arm in self.arms}
        distinct = len({tuple(str(point[k]) for k in matters) for point in self.points})
        if "group.exists" in self.names:
            return len(self.points) * len(self.arms) + distinct * len(twins)  # at most
        groups = {arm.life_digest for arm in self.arms if arm.has_group}
        return len(self.points) * len(groups) + distinct * len(twins)

    def design(self) -> dict[str, Any]:
        """Everything that decides what comes out but arms and seeds, as plain data."""
        return {
            "kind": self.kind,
            "factors": [factor.described() for factor in self.factors],
            "points": self._points_digest(),
            "point_count": len(self.points),
            "weeks_looked": self.weeks_looked,
            "outcomes": list(self.outcomes),
            "populations": list(self.populations),
            "keep": list(self.keep),
            **({"own_outcomes": self.own.sha256} if self.own else {}),
        }

    def _points_digest(self) -> str:
        digest = hashlib.sha256()
        for factor, column in zip(self.factors, zip(*self.points, strict=True), strict=True):
            kind = {int: np.int64, float: np.float64}.get(factor.parameter.kind)
            digest.update(np.array(column, kind).tobytes() if kind else json.dumps(column).encode())
        return digest.hexdigest()

    @cached_property
    def digest(self) -> str:
        """Of the design and the code: equal if and only if the same comes out."""
        said = {"code": code_digest(), "arms": {arm.name: arm.values for arm in self.arms},
                "seeds": str(self.seeds), "design": self.design()}  # fmt: skip
        return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()

    @cached_property
    def chunks(self) -> list[Chunk]:
        """The pieces in which results are kept; the same for the same sweep, whoever lives it."""
        per_unit = len(self.arms)
        lives = min(max(FEWEST_IN_CHUNK, math.ceil(self.runs / CHUNKS_WANTED)), MOST_IN_CHUNK)
        size = max(1, lives // per_unit)
        found = []
        for number, start in enumerate(range(0, self.units, size)):
            stop = min(start + size, self.units)
            words = f"{self.digest} {number} {start} {stop}"
            found.append(Chunk(number, start, stop, hashlib.sha256(words.encode()).hexdigest()[:16]))
        return found
