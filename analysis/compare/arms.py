"""Arms of a comparison: scenarios on the same people with the same lives, and each one's twin.

The twin of an arm is the same town with ``group.exists: false``: same seed, same people, same luck.
Whatever differs between an arm and its twin was caused by the group.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from analysis.results.record import printable
from sim.changes import AT
from sim.checks import check_value
from sim.own_rules import RULES, digests_in
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import Scenario

# Where there is no group, no other section makes any difference to anybody (a test lives them to see), but for the
# trust that one would begin with, which nobody has occasion to show and no outcome reads.
MATTERS_WITHOUT_GROUP = ("people", "outside", "life", "episodes", "ties", "run")
# Who somebody is depends on these alone; a person is the same one in two arms if they agree.
MAKES_PEOPLE = ("people",)
LENGTHS = ("run.weeks", "run.lead_in_weeks")


@dataclass(frozen=True)
class Arm:
    """One condition of a comparison.

    Attributes:
        name: short, unique within the comparison.
        title: one line for tables and figures.
        values: every parameter by dotted name, and any rules of one's own; the seed is replaced by that of each run.
        question: what the scenario is for, in its own words.
        origins: for each parameter that is not the default, where it came from.
    """

    name: str
    title: str
    values: dict[str, Any]
    question: str = ""
    origins: dict[str, str] = field(default_factory=dict, compare=False)

    @property
    def has_group(self) -> bool:
        """Whether there is a group in this arm."""
        return bool(self.values["group.exists"])

    @property
    def twin(self) -> Arm:
        """The same people with the same lives, without the group."""
        return Arm(f"{self.name} without a group", "No group", {**self.values, "group.exists": False})

    @property
    def life_digest(self) -> str:
        """Equal for two arms whose lives are the same whenever no group exists (seed left out).

        Rules of one's own may read any parameter, so with them every one matters.
        """
        everything = self.has_group or bool(digests_in(self.values))
        sections = tuple({p.section for p in PARAMETERS.values()}) if everything else MATTERS_WITHOUT_GROUP
        return digest_of(self.values, sections)

    def with_values(self, name: str, title: str, changes: dict[str, Any]) -> Arm:
        """Another arm that differs from this one in some parameters.

        Raises:
            ScenarioError: if a parameter is unknown or a value not accepted.
        """
        rules = digests_in(self.values)
        changed = {
            key: check_value(key, value, f"{name}: {key}", rules) for key, value in changes.items() if key != RULES
        }
        origins = {**self.origins, **dict.fromkeys(changed, f"arm {name}")}
        return Arm(name, title, {**self.values, **changed}, self.question, origins)


def digest_of(values: dict[str, Any], sections: Sequence[str]) -> str:
    """A short name for the values of some sections and of rules of one's own, the seed left out."""
    some = {name: values[name] for name, p in PARAMETERS.items() if p.section in sections and name != "run.seed"}
    some |= {name: values[name] for name in values if AT in name and name.partition(".")[0] in sections}
    some |= {name: value for name, value in values.items() if name not in PARAMETERS and AT not in name}
    return hashlib.sha256(json.dumps(some, sort_keys=True).encode()).hexdigest()[:16]


def arms_of(scenarios: Sequence[Scenario]) -> list[Arm]:
    """The arms of a comparison, checked to be about the same people for the same time.

    Args:
        scenarios: as read; a name that comes twice is numbered.

    Raises:
        Problem: if the arms are not about the same people.
    """
    arms: list[Arm] = []
    for scenario in scenarios:
        taken = sum(arm.name == scenario.name or arm.name.startswith(f"{scenario.name} (") for arm in arms)
        name = f"{scenario.name} ({taken + 1})" if taken else scenario.name
        title, question = printable(scenario.title) or scenario.name, printable(scenario.question)
        arms.append(Arm(name, title, scenario.values, question, scenario.origins))
    check_same_people(arms)
    return arms


def check_same_people(arms: Sequence[Arm]) -> None:
    """Whether all arms are about the same people for the same time.

    Raises:
        Problem: naming the parameter that differs.
    """
    first = arms[0]
    for other in arms[1:]:
        for name, p in PARAMETERS.items():
            if (p.section in MAKES_PEOPLE or name in LENGTHS) and other.values[name] != first.values[name]:
                raise Problem(
                    f"{other.name}: {name} is {other.values[name]}, but {first.values[name]} in {first.name}; a "
                    f"comparison needs the same people for the same time: give both the same, as with --set {name}=..."
                )


def seeds_of(first: int, runs: int) -> Iterator[int]:
    """The seeds of a number of runs: one after the other, the same for every arm."""
    return iter(range(first, first + runs))
