"""Priors: what is believed of each parameter before any outside evidence, as a distribution.

A parameter's declaration has the ends of what is plausible and its source. What lies between follows three rules, so
that no distribution is chosen by hand for what it would lead to:

    uniform      where the range holds zero, or goes below it: no effect is as easily believed as any other;
                 also whole numbers
    log-uniform  times and rates (of a unit such as weeks or per year) above zero: half as long is as easily
                 believed as twice as long
    pert         the rest: a beta distribution between the ends, with its mode at the default (the best guess)
                 and the weight of four between them and it, as PERT has it (Malcolm and others 1959,
                 Operations Research 7:646)

The two shapes of a beta distribution of people have no range of their own: each lies between its value divided by
SHAPE_FACTOR and times it, evenly on the scale of logarithms, and the two go together, since how people are on average
is better known than how far they differ.

What a scenario asks is a condition and no part of any prior: switches, meeting days, what group A has and group B has
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from sim.declare import Parameter
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import MECHANISMS

SHAPE_FACTOR = 1.6
PERT_WEIGHT = 4.0
TIMES = ("weeks", "days", "years", "hours")
RATES = ("per ",)
# What scenarios differ in, so that it is a condition and not a belief; a test holds this against the scenario files.
CONDITIONS = frozenset({
    "group.acceptance", "group.breach_prob", "group.founders", "group.labelling", "group.meal_hours", "group.mechanics",
    "group.pressure_to_stop", "group.socials_per_year", "group.wider_life", "joining.referral_prob",
    "organising.handover_week", "organising.monitoring_resisted",
    "people.residents",  # the size of a town: what it does is asked by a sweep
    "outside.public_stigma", "clinician.caseload",
    "people.position_a", "people.position_b",  # leaving.average_fit is worked out from them
})  # fmt: skip


@dataclass(frozen=True)
class Linked:
    """Two parameters that are believed to go together.

    Attributes:
        one, other: dotted names.
        correlation: of their places in the prior, as normal scores.
        why: the reason.
    """

    one: str
    other: str
    correlation: float
    why: str


SHAPES = (
    "isolation",
    "stigma",
    "understanding",
    "coping",
    "distress",
    "support",
    "responsiveness",
    "difference",
    "barrier",
    "threshold",
    "age",
)
AS_FOR = "assumption: the one is declared as being like the other, so that who doubts one doubts both"
LINKED = (
    *(Linked(f"people.{name}_a", f"people.{name}_b", 0.9,
             "assumption: a mean of people is better known than how far they differ") for name in SHAPES),
    Linked("life.understanding_half_life_weeks", "life.coping_half_life_weeks", 0.5, AS_FOR),
    Linked("life.stigma_half_life_weeks", "life.difference_half_life_weeks", 0.5, AS_FOR),
    Linked("life.stigma_swing", "life.difference_swing", 0.5, AS_FOR),
    Linked("life.distress_from_isolation", "life.distress_from_stigma", 0.3, AS_FOR),
)  # fmt: skip


@dataclass(frozen=True)
class Prior:
    """The distribution of one parameter.

    Attributes:
        name: dotted.
        law: uniform, whole (uniform over whole numbers), log-uniform or pert.
        low, high: its ends.
        mode: of pert, the best guess; otherwise the value that the account has.
        source: of the range; or "assumption".
    """

    name: str
    law: str
    low: float
    high: float
    mode: float
    source: str

    @property
    def in_words(self) -> str:
        """Such as ``log-uniform from 13 to 52``."""
        peak = f", mode {self.mode:g}" if self.law == "pert" else ""
        return f"{self.law} from {self.low:g} to {self.high:g}{peak}"

    def at(self, places: np.ndarray) -> np.ndarray:
        """float64[n]: the values at some places in (0, 1), the inverse distribution function."""
        width = self.high - self.low
        if self.law == "log-uniform":
            return np.asarray(self.low * np.exp(places * np.log(self.high / self.low)))
        if self.law == "whole":
            return np.asarray(np.minimum(self.low + np.floor(places * (width + 1)), self.high))
        if self.law == "pert":
            from scipy import stats  # noqa: PLC0415 - slow to import

            a = 1 + PERT_WEIGHT * (self.mode - self.low) / width
            return np.asarray(stats.beta(a, 2 + PERT_WEIGHT - a, self.low, width).ppf(places))
        return np.asarray(self.low + places * width)


def prior_of(parameter: Parameter, value: Any) -> Prior | None:
    """The prior of a parameter; None if it is a condition, or follows from others.

    Args:
        parameter: as declared.
        value: that it has under the account, where its shape is taken from there.
    """
    name, source = parameter.dotted, parameter.source
    if name in CONDITIONS or parameter.kind not in (int, float) or source.startswith(("condition", "choice")):
        return None
    if parameter.plausible is None:
        if parameter.unit != "shape":
            return None
        return Prior(name, "log-uniform", value / SHAPE_FACTOR, value * SHAPE_FACTOR, float(value), source)
    low, high = map(float, parameter.plausible)
    mode = float(np.clip(value, low, high))
    return Prior(name, _law(parameter, low), low, high, mode, source)


def _law(parameter: Parameter, low: float) -> str:
    if parameter.kind is int:
        return "whole"
    if low <= 0:
        return "uniform"
    if parameter.unit in TIMES or parameter.unit.startswith(RATES):
        return "log-uniform"
    return "pert"


class Priors:
    """The priors of all parameters under an account, and how they go together.

    Args:
        parts: a prior each.

    Attributes:
        parts: as given.
        names: dotted, in that order.
        linked: those links of which both parameters are among them.
    """

    def __init__(self, parts: Sequence[Prior]) -> None:
        self.parts = list(parts)
        self.names = [one.name for one in self.parts]
        self.linked = [one for one in LINKED if one.one in self.names and one.other in self.names]

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Priors:
        """Those of every parameter that has any effect, given the values of all under an account."""
        off = {size for one in MECHANISMS if not values[f"mechanisms.{one.name}"] for size in one.effects}
        found = (prior_of(p, values[name]) for name, p in PARAMETERS.items() if name not in off)
        return cls([one for one in found if one is not None])

    def only(self, which: Iterable[int]) -> Priors:
        """Those of some parameters."""
        return Priors([self.parts[k] for k in which])

    def __len__(self) -> int:
        """How many parameters."""
        return len(self.parts)

    @property
    def correlations(self) -> np.ndarray:
        """float64[parameters, parameters]: of normal scores."""
        found = np.eye(len(self))
        for one in self.linked:
            i, j = self.names.index(one.one), self.names.index(one.other)
            found[i, j] = found[j, i] = one.correlation
        return found

    def places(self, scores: np.ndarray) -> np.ndarray:
        """float64[n, parameters] in (0, 1): places of independent standard normal scores, as the prior links them."""
        from scipy.special import ndtr  # noqa: PLC0415 - slow to import

        return np.asarray(ndtr(scores @ np.linalg.cholesky(self.correlations).T))

    def draw(self, many: int, seed: int | Sequence[int], spread: bool = True) -> np.ndarray:
        """float64[many, parameters] in (0, 1): places in the prior, drawn at random.

        Args:
            many: how many.
            seed: of the draw.
            spread: as a Latin hypercube, so that few draws fill every parameter's range.
        """
        from scipy.special import ndtri  # noqa: PLC0415 - slow to import
        from scipy.stats import qmc  # noqa: PLC0415 - slow to import

        rng = np.random.default_rng(seed)
        if spread:
            return self.places(ndtri(qmc.LatinHypercube(len(self), rng=rng).random(many).clip(1e-12, 1 - 1e-12)))
        return self.places(rng.standard_normal((many, len(self))))

    def values(self, places: np.ndarray) -> np.ndarray:
        """float64[n, parameters]: the parameters' values at some places."""
        return np.stack([one.at(places[:, k]) for k, one in enumerate(self.parts)], axis=1)

    def settings(self, values: np.ndarray) -> dict[str, Any]:
        """One row of ``values`` by dotted name, whole numbers as such."""
        return {
            one.name: int(value) if one.law == "whole" else float(value)
            for one, value in zip(self.parts, values, strict=True)
        }
