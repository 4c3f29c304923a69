"""What a parameter's declaration says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

ASSUMPTION = "assumption"


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
    """Collects the parameters of one section of a scenario file, in order."""

    def __init__(self, name: str, meaning: str) -> None:
        self.name = name
        self.meaning = meaning
        self.parameters: list[Parameter] = []

    def share(self, name: str, default: float, meaning: str, source: str = ASSUMPTION, *,
              plausible: tuple[float, float] | None = None, unit: str = "proportion") -> None:  # fmt: skip
        """A proportion, probability or fraction in [0, 1]."""
        self.number(name, float(default), 0.0, 1.0, unit, meaning, source, plausible=plausible)

    def effect(self, name: str, default: float, meaning: str, source: str = ASSUMPTION, *,
               plausible: tuple[float, float] | None = None) -> None:  # fmt: skip
        """The effect of one event: the fraction of the remaining way to its goal that it moves a state."""
        self.share(name, default, meaning, source, plausible=plausible, unit="fraction per event")

    def number(self, name: str, default: float, low: float, high: float, unit: str, meaning: str,
               source: str = ASSUMPTION, *, plausible: tuple[float, float] | None = None) -> None:  # fmt: skip
        """A number (whole if the default is) in [low, high]."""
        self.parameters.append(Parameter(self.name, name, default, low, high, unit, meaning, source, plausible))

    def flag(self, name: str, default: bool, meaning: str, source: str = ASSUMPTION) -> None:
        """A yes or no."""
        self.parameters.append(Parameter(self.name, name, default, 0, 1, "yes/no", meaning, source))

    def weekdays(self, name: str, default: list[int], meaning: str, source: str = ASSUMPTION) -> None:
        """Days of the week, 0 for Monday to 6 for Sunday."""
        self.parameters.append(Parameter(self.name, name, default, 0, 6, "weekday (0 = Monday)", meaning, source))
