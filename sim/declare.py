"""How a parameter, a state or a purpose is declared: in the file of the rule that owns it.

A rule's file may hold, beside its functions, these and nothing else:

    SUMMARY = "somebody outside is told"                 the rule in one line, for the plan of the week
    TELL = purpose(50, "tell")                           what a draw is for, with its number for ever
    PARAMETERS = (effect("outside.accepted", ...), ...)  sections are those of ``sim.parameters``
    PEOPLE = (total("told_outside", ...), ...)           what is remembered of each person
    GROUP = (last_week("closed_week", ...), ...)         what is remembered of the group

What several rules share stands in ``sim.parameters``, ``sim.state`` and ``sim.purposes``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple, cast

import numpy as np

ASSUMPTION = "assumption"
ONLY_RATIOS = "; only ratios are meant, their common size is meeting.strength"


# Parameters.


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter, declared once.

    ``low`` and ``high`` bound what is accepted; ``plausible`` bounds what is believed and is the
    prior of sensitivity analyses (uniform unless ``prior`` says otherwise). ``source`` is a
    citation, a fact of the paper, or begins with the word "assumption".
    """

    section: str
    name: str
    default: Any
    low: float
    high: float
    unit: str
    meaning: str
    source: str
    plausible: tuple[float, float] | None = None
    prior: str = "uniform"

    @property
    def dotted(self) -> str:
        """The name used in scenario files and with ``--set``: ``section.name``."""
        return f"{self.section}.{self.name}"

    @property
    def kind(self) -> type:
        """bool, int, float or list (of weekdays)."""
        return type(self.default)


class Section:
    """The parameters of one section of a scenario file, in order."""

    def __init__(self, name: str, meaning: str, *parameters: Parameter) -> None:
        self.name = name
        self.meaning = meaning
        self.parameters = parameters


def number(dotted: str, default: Any, low: float, high: float, unit: str, meaning: str,
           source: str = ASSUMPTION, *, plausible: tuple[float, float] | None = None) -> Parameter:  # fmt: skip
    """A number (whole if the default is) in [low, high]. ``dotted``: section.name."""
    section, _, name = dotted.partition(".")
    return Parameter(section, name, default, low, high, unit, meaning, source, plausible)


def proportion(dotted: str, default: float, meaning: str, source: str = ASSUMPTION, *,
               plausible: tuple[float, float] | None = None, unit: str = "proportion") -> Parameter:  # fmt: skip
    """A proportion, probability or fraction in [0, 1]."""
    return number(dotted, float(default), 0.0, 1.0, unit, meaning, source, plausible=plausible)


def effect(dotted: str, default: float, meaning: str, source: str = ASSUMPTION, *,
           plausible: tuple[float, float] | None = None) -> Parameter:  # fmt: skip
    """The effect of one event: the fraction of the remaining way to its goal that it moves a state."""
    return proportion(dotted, default, meaning, source, plausible=plausible, unit="fraction per event")


def switch(dotted: str, default: bool, meaning: str, source: str = ASSUMPTION) -> Parameter:
    """A yes or no."""
    return number(dotted, default, 0, 1, "yes/no", meaning, source)


def weekdays(dotted: str, default: list[int], meaning: str, source: str = ASSUMPTION) -> Parameter:
    """Days of the week, 0 for Monday to 6 for Sunday."""
    return number(dotted, default, 0, 6, "weekday (0 = Monday)", meaning, source)


# States.


class Field(NamedTuple):
    """One remembered quantity."""

    name: str
    dtype: str
    unit: str
    low: float | None
    high: float | None
    meaning: str


def level(name: str, meaning: str) -> Field:
    """A state in [0, 1], zero to begin with unless ``sim.population`` says otherwise."""
    return Field(name, "f8", "proportion", 0.0, 1.0, meaning)


def flag(name: str, meaning: str) -> Field:
    """A yes or no; no to begin with."""
    return Field(name, "?", "yes/no", 0.0, 1.0, meaning)


def total(name: str, meaning: str, since: str = "arriving (residents: since the opening)") -> Field:
    """A count that only rises, from ``since`` on."""
    return Field(name, "i8", f"count since {since}", 0.0, None, meaning)


def last_week(name: str, meaning: str) -> Field:
    """The week in which something happened last; -1 to begin with."""
    return Field(name, "i8", "week (-1: never)", -1.0, None, meaning)


def last_day(name: str, meaning: str) -> Field:
    """The day on which something happened last; -1 to begin with."""
    return Field(name, "i8", "day (-1: never)", -1.0, None, meaning)


# Purposes of draws.

PURPOSES: dict[str, int] = {}


def purpose(number: int, words: str) -> int:
    """What a draw is for: its number, which is part of the draw's address (see ``sim.draws``) and never changes.

    Args:
        number: not used by any other purpose, now or ever; see tests/purposes.json.
        words: the constant's name in small letters, as in the told week of a person.

    Raises:
        ValueError: if the number or the name is taken.
    """
    name = words.upper().replace(" ", "_")
    if name in PURPOSES or number in PURPOSES.values():
        raise ValueError(f"purpose {number} ({words}): its number or its name is taken")
    PURPOSES[name] = number
    # Of a plain int Numba makes a type of its own, and compiles each draw again for each purpose: cold, a third slower.
    return cast(int, np.int64(number))
