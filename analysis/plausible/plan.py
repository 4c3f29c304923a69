"""Which draws of a plausible space are lived, and in how many towns: all that a record needs to live them again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis.compare.arms import Arm
from analysis.plausible.space import FIRST, Space, columns_of
from sim.checks import check_size, check_value
from sim.parameters import PARAMETERS
from sim.problem import Problem

PLAUSIBLE = "plausible"  # the setting's name
DRAWS, TOWNS = 40, 5  # by default: so many draws, each lived in so many of the towns
Number = Annotated[int | float, Field(union_mode="smart")]


class Plan(BaseModel):
    """Draws of the plausible space of one account, as a record keeps them.

    Attributes:
        account: whose space.
        file, sha256: what it was read from.
        made: what its own record says, in short.
        seed: of the drawing.
        names: parameters that vary.
        usual: the value of each in the account itself; an arm that has another keeps it, as it is what it is about.
        centre: the value of each at the centre of the space, as its record says.
        points: the rows that were drawn, each once.
        which: for each draw, its place among the points.
        whole: whether the points are all that the space holds, so that drawing leaves nothing to chance.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    account: str
    file: str = ""
    sha256: str = ""
    made: dict[str, Any] = {}
    seed: int = Field(ge=0)
    names: list[str] = Field(min_length=1)
    usual: dict[str, Number]
    centre: dict[str, Number] = {}
    points: list[list[Number]] = Field(min_length=1)
    which: list[Annotated[int, Field(ge=0)]] = Field(min_length=1)
    whole: bool = False

    @model_validator(mode="after")
    def _fits(self) -> Plan:
        if any(len(point) != len(self.names) for point in self.points) or set(self.usual) != set(self.names):
            raise ValueError("points and usual values are not of the parameters named")
        if unknown := [name for name in self.names if name not in PARAMETERS]:
            raise ValueError(f"{unknown[0]} is no parameter of this version")
        if max(self.which) >= len(self.points):
            raise ValueError("a draw names a point that is not there")
        return self

    @classmethod
    def of(cls, space: Space, usual: Mapping[str, Any], draws: int, seed: int, keep: Sequence[str] = ()) -> Plan:
        """Draw from a space.

        Args:
            space: of the account.
            usual: every parameter's value under the account.
            draws: how many.
            seed: of the drawing.
            keep: parameters that stay as they are, such as those of ``--set``.

        Raises:
            Problem: if no draw is asked for, or all that varies is to stay as it is.
        """
        rows = space.rows_drawn(draws, seed)
        kept = list(dict.fromkeys(rows))
        names = [name for name in space.names if name not in keep]
        if not names:
            raise Problem(f"--set: gives a value to all that varies in the plausible space of {space.account} "
                          f"({', '.join(space.names)}); leave --plausible out")  # fmt: skip
        points = [[space.point(row)[name] for name in names] for row in kept]
        made = {k: v for k, v in space.record.items() if isinstance(v, str | int | float) and k != "account"}
        return cls(
            account=space.account, file=str(space.path or ""), sha256=space.sha256, made=made, seed=seed, names=names,
            usual={name: usual[name] for name in names}, centre={name: space.centre[name] for name in names},
            points=points, which=[kept.index(row) for row in rows],
            whole=len(kept) == int((space.weights > 0).sum()),
        )  # fmt: skip

    @property
    def draws(self) -> int:
        """How many."""
        return len(self.which)

    @property
    def off_centre(self) -> list[str]:
        """Parameters that the account itself does not have at the centre of its space."""
        return [name for name, value in self.centre.items() if value != self.usual[name]]

    def overrides(self, draw: int) -> dict[str, Any]:
        """The parameters of a draw, by dotted name."""
        return dict(zip(self.names, self.points[self.which[draw]], strict=True))

    def columns(self, draws: int | None = None) -> dict[str, np.ndarray]:
        """[draws] of each parameter; of the first so many only, if it is said."""
        return columns_of(self.overrides(k) for k in range(self.draws if draws is None else draws))

    def at(self, arm: Arm, draw: int) -> Arm:
        """An arm at a draw, under the same name.

        Raises:
            ScenarioError: if a value is not accepted.
        """
        moved = {
            name: check_value(name, value, f"draw {draw + 1} of the plausible space of {self.account}: {name}")
            for name, value in self.overrides(draw).items()
            if arm.values[name] == self.usual[name]
        }
        values = {**arm.values, **moved}
        check_size(values, f"draw {draw + 1} of the plausible space of {self.account}")
        return replace(arm, values=values)


@dataclass(frozen=True)
class Plausible:
    """What is lived all over plausible space: a plan for each account, and in how many towns each draw is lived.

    Attributes:
        plans: by account.
        towns: the first so many of the study's towns, the same for every draw.
        finished: how many draws were lived; None: all of them.
    """

    plans: dict[str, Plan]
    towns: int
    finished: int | None = None

    @property
    def draws(self) -> int:
        """How many draws are to be lived."""
        asked = min(plan.draws for plan in self.plans.values())
        return asked if self.finished is None else min(self.finished, asked)

    def point(self, draw: int) -> tuple[int, ...]:
        """Equal for two draws that are the same in every account."""
        return tuple(plan.which[draw] for plan in self.plans.values())

    def at(self, arm: Arm, draw: int) -> Arm:
        """An arm at a draw of the space of its own account."""
        return self.plans[account_of_arm(arm)].at(arm, draw)

    def told(self) -> dict[str, Any]:
        """As a record keeps it."""
        plans = {name: plan.model_dump() for name, plan in self.plans.items()}
        return {"plans": plans, "towns": self.towns, "finished": self.finished}


class PlausibleRecord(BaseModel):
    """What ``Plausible.told`` gives, checked when it is read from a record."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    plans: dict[str, Plan] = Field(min_length=1)
    towns: int = Field(ge=1)
    finished: int | None = Field(None, ge=0)

    @property
    def plausible(self) -> Plausible:
        """The same, as it is used."""
        return Plausible(dict(self.plans), self.towns, self.finished)


def account_of_arm(arm: Arm) -> str:
    """The account that an arm is lived under; the first model where none is named."""
    return arm.account.name if arm.account else FIRST
