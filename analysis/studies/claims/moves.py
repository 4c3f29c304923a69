"""What a verdict may rest on: every mechanism, and every parameter that is believed only within a range.

Each is moved alone: a mechanism is switched off; a parameter goes to nothing, where that can be, and to both ends of
its plausible range.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analysis.compare.arms import Arm
from sim.declare import Parameter
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import MECHANISMS, in_effect

OFF, ZERO, LOW, HIGH = "off", "at nothing", "at the low end", "at the high end"
REFERENCE = "groupA"  # the arm whose value counts as the usual one
HELD = ("run", "people.residents")  # how long and how large a town is, is not what anybody believes or not


@dataclass(frozen=True)
class Move:
    """One thing moved alone.

    Attributes:
        name: of the parameter.
        to: OFF, ZERO, LOW or HIGH.
        value: what it becomes.
        usual: what it is otherwise; arms that have another value keep it, as it is what they are about.
    """

    name: str
    to: str
    value: Any
    usual: Any

    @property
    def switch(self) -> bool:
        """Whether it is a mechanism that is switched off, rather than a parameter."""
        return self.to == OFF

    @property
    def words(self) -> str:
        """Such as "ties.growth_per_hour at the low end (0.004)"."""
        return f"{self.name} {self.to}" + (f" ({self.value:g})" if self.to in (LOW, HIGH) else "")

    def of(self, arm: Arm) -> Arm:
        """An arm with this moved, under the same name; the arm itself if it has a value of its own."""
        if arm.values[self.name] != self.usual:
            return arm
        return replace(arm, values={**arm.values, self.name: self.value})


def moves_of(arms: Sequence[Arm]) -> list[Move]:
    """All that can be moved in some arms and is at work in one of them at least.

    Args:
        arms: lived under one account.

    Returns:
        Mechanisms first, then parameters, each in the order of their declaration.
    """
    usual = next((arm for arm in arms if arm.name == REFERENCE), arms[0]).values
    moves = [
        Move(f"mechanisms.{mechanism.name}", OFF, False, True)
        for mechanism in MECHANISMS
        if usual[f"mechanisms.{mechanism.name}"]
    ]
    at_work = in_effect(usual)
    for name, parameter in PARAMETERS.items():
        if parameter.plausible is None or name.startswith(HELD) or at_work[name] != usual[name]:
            continue
        moves += [Move(name, to, value, usual[name]) for to, value in _values_of(parameter, usual[name])]
    return moves


def _values_of(parameter: Parameter, usual: Any) -> Iterator[tuple[str, Any]]:
    """Where a parameter is moved to, each value once and never to where it is."""
    assert parameter.plausible is not None
    low, high = (parameter.kind(end) for end in parameter.plausible)
    seen = {usual}
    nothing = [(ZERO, parameter.kind(0))] if parameter.low <= 0 <= parameter.high else []
    for to, value in (*nothing, (LOW, low), (HIGH, high)):
        if value not in seen:
            seen.add(value)
            yield to, value
