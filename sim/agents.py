"""Members and groups as Mesa agents: views on the model's arrays, with nothing of their own.

An agent keeps its row and reads and writes the arrays, so the rules, the visualiser and a plain
loop over agents all see one truth. Values come out as plain Python numbers, so that Mesa's
DataCollector stores those.
"""

from __future__ import annotations

import math
import numbers
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from sim.mistakes import nearest, shown
from sim.state import CLOSED_NAMES, GROUP, HEARD_NAMES, LEFT_NAMES, MEMBER, PEOPLE, STATUS_NAMES, TRAITS, Field

if TYPE_CHECKING:
    from sim.model import PeerSupportModel

_PLAIN = {"f8": float, "i8": int, "?": bool}
_MESAS_OWN = {"model", "unique_id", "pos", "row"}


def _view(array_name: str, field: Field, writable: bool) -> property:
    """A property that reads (and writes) one field of the agent's own row."""
    plain = _PLAIN[field.dtype]

    def read(agent: Any) -> Any:
        return plain(getattr(agent.model.world, array_name)[field.name][agent.row])

    def write(agent: Any, value: Any) -> None:
        getattr(agent.model.world, array_name)[field.name][agent.row] = _checked(field, value)

    return property(read, write if writable else None, doc=f"{field.meaning} [{field.unit}]")


def _checked(field: Field, value: Any) -> Any:
    """A value that this field may take.

    Raises:
        ValueError: if it is of another kind or out of range.
    """
    kinds = {"f8": numbers.Real, "i8": numbers.Integral, "?": bool | np.bool_}
    right = isinstance(value, kinds[field.dtype]) and (field.dtype == "?" or not isinstance(value, bool))
    low = -math.inf if field.low is None else field.low
    high = math.inf if field.high is None else field.high
    if right and math.isfinite(value) and low <= value <= high:
        return value
    what = {"f8": "a number", "i8": "a whole number", "?": "True or False"}[field.dtype]
    span = "" if field.dtype == "?" else f" from {low:g} to {high:g}"
    raise ValueError(f"{field.name}: found {shown(value)}, expected {what}{span} ({field.unit})")


class _Viewed(mesa.Agent):
    """An agent that has nothing of its own: what is written to it must be a state that the rules read."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _MESAS_OWN and not name.startswith("_") and not hasattr(type(self), name):
            states = [known for known, made in vars(type(self)).items() if isinstance(made, property)]
            raise AttributeError(
                f"a {type(self).__name__} has no {name!r}{nearest(name, states)}; notes of your own begin with '_'"
            )
        super().__setattr__(name, value)

    def remove(self) -> None:
        """Refused: whoever is taken out of Mesa's list would live on in the model's arrays.

        Raises:
            RuntimeError: always, with what to do instead.
        """
        raise RuntimeError(
            "agents are views of model.world and cannot be removed; to let a person move away next week, write "
            "model.world.traits.departs_week[agent.row] = model.life.lead_in + model.weeks_lived"
        )


class Member(_Viewed):
    """A person who lives, or will live, or has lived in the area, member of the group or not.

    Has a property for every field of ``sim.state.TRAITS`` (read only) and ``sim.state.PEOPLE``; what is written must be
    in the field's range. Other attributes are refused, unless their names begin with an underscore.
    """

    model: PeerSupportModel

    def __init__(self, model: PeerSupportModel, row: int) -> None:
        super().__init__(model)
        self.row = int(row)

    @property
    def is_member(self) -> bool:
        """Whether this person is a member of the group now."""
        return int(self.model.world.people.status[self.row]) == MEMBER

    @property
    def standing(self) -> str:
        """Where this person stands with the group, in words."""
        return STATUS_NAMES[int(self.model.world.people.status[self.row])]

    @property
    def heard_how(self) -> str:
        """How this person came to hear of the group, in words."""
        return HEARD_NAMES[int(self.model.world.people.heard_of[self.row])]

    @property
    def why_left(self) -> str:
        """Why this person is no longer a member, in words."""
        return LEFT_NAMES[int(self.model.world.people.left_reason[self.row])]

    @property
    def openness(self) -> float:
        """1 - stigma."""
        return 1.0 - float(self.model.world.people.stigma[self.row])

    def tie_to(self, other: Member) -> float:
        """The tie between two people, in [0, 1]."""
        return float(self.model.world.ties[self.row, other.row])


class Group(_Viewed):
    """The peer-support group. Has a property for every field of ``sim.state.GROUP``."""

    model: PeerSupportModel
    row = 0

    @property
    def members(self) -> mesa.agent.AgentSet:
        """Its members now."""
        return self.model.people.select(lambda person: person.is_member)

    @property
    def why_closed(self) -> str:
        """Why it ended, in words."""
        return CLOSED_NAMES[int(self.model.world.group.closed_reason[0])]


for _field in TRAITS:
    setattr(Member, _field.name, _view("traits", _field, writable=False))
for _field in PEOPLE:
    setattr(Member, _field.name, _view("people", _field, writable=True))
for _field in GROUP:
    setattr(Group, _field.name, _view("group", _field, writable=True))
