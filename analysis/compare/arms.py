"""Arms of a comparison: scenarios on the same people with the same lives, and each one's twin.

The twin of an arm is the same town with ``group.exists: false``: same seed, same people, same luck.
Whatever differs between an arm and its twin was caused by the group.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from analysis.results.record import printable
from sim.changes import AT
from sim.checks import check_value
from sim.own_rules import RULES, digests_in
from sim.parameters import PARAMETERS
from sim.parameters.mechanisms import in_effect
from sim.problem import Problem
from sim.scenario import Account, Scenario

# Where there is no group, no other section makes any difference to anybody (a test lives them to see), but for the
# trust that one would begin with, which nobody has occasion to show and no outcome reads.
# A switch can take a size of any section away.
MATTERS_WITHOUT_GROUP = ("people", "outside", "life", "episodes", "ties", "run", "mechanisms")
# Who somebody is depends on these alone; a person is the same one in two arms if they agree.
MAKES_PEOPLE = ("people",)
LENGTHS = ("run.weeks", "run.lead_in_weeks")
DECIDES_PEOPLE = tuple(name for name, p in PARAMETERS.items() if p.section in MAKES_PEOPLE or name in LENGTHS)


@dataclass(frozen=True)
class Arm:
    """One condition of a comparison.

    Attributes:
        name: short, unique within the comparison.
        title: one line for tables and figures.
        values: every parameter by dotted name, and any rules of one's own; the seed is replaced by that of each run.
        question: what the scenario is for, in its own words.
        origins: for each parameter that is not the default, where it came from.
        account: the account of how a group works under which it is lived; None: as the first model was.
    """

    name: str
    title: str
    values: dict[str, Any]
    question: str = ""
    origins: dict[str, str] = field(default_factory=dict, compare=False)
    account: Account | None = field(default=None, compare=False)

    @classmethod
    def of(cls, scenario: Scenario) -> Arm:
        """A scenario as an arm."""
        return cls(
            scenario.name, scenario.title, scenario.values, scenario.question, scenario.origins, scenario.account
        )

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
        return replace(self, name=name, title=title, values={**self.values, **changed}, origins=origins)


def digest_of(values: dict[str, Any], sections: Sequence[str]) -> str:
    """A short name for the values of some sections and of rules of one's own, the seed left out."""
    some = {name: values[name] for name, p in PARAMETERS.items() if p.section in sections and name != "run.seed"}
    some |= {name: values[name] for name in values if AT in name and name.partition(".")[0] in sections}
    some |= {name: value for name, value in values.items() if name not in PARAMETERS and AT not in name}
    return hashlib.sha256(json.dumps(some, sort_keys=True).encode()).hexdigest()[:16]


def arms_of(scenarios: Sequence[Scenario], *, across_accounts: bool = False) -> list[Arm]:
    """The arms of a comparison, checked to be about the same people for the same time.

    Args:
        scenarios: as read; a name that comes twice is numbered.
        across_accounts: as for ``check_same_people``.

    Raises:
        Problem: if the arms are not about the same people.
    """
    arms: list[Arm] = []
    for scenario in scenarios:
        taken = sum(arm.name == scenario.name or arm.name.startswith(f"{scenario.name} (") for arm in arms)
        name = f"{scenario.name} ({taken + 1})" if taken else scenario.name
        title, question = printable(scenario.title) or scenario.name, printable(scenario.question)
        arms.append(replace(Arm.of(scenario), name=name, title=title, question=question))
    check_same_people(arms, across_accounts=across_accounts)
    return arms


def check_same_people(arms: Sequence[Arm], *, across_accounts: bool = False) -> None:
    """Whether all arms are about the same people for the same time.

    Args:
        arms: the arms.
        across_accounts: let people differ between arms under different accounts of how a group works, which may say
            who people are; each is held against its own twin, and ``differing_people`` says what differs.

    Raises:
        Problem: naming the parameter that differs.
    """
    for k, other in enumerate(arms):
        for first in arms[:k]:
            theirs, ours = in_effect(first.values), in_effect(other.values)
            free = across_accounts and _account_named(first) != _account_named(other)
            name = next((n for n in (LENGTHS if free else DECIDES_PEOPLE) if theirs[n] != ours[n]), None)
            if name is not None:
                raise Problem(
                    f"{other.name}: {name} is {ours[name]}, but {theirs[name]} in {first.name}; a "
                    f"comparison needs the same people for the same time: give both the same, as with --set {name}=..."
                )


def differing_people(arms: Sequence[Arm]) -> list[str]:
    """The parameters by which people are not the same ones in all arms; none, unless accounts differ in them."""
    used = [in_effect(arm.values) for arm in arms]
    return [name for name in DECIDES_PEOPLE if any(values[name] != used[0][name] for values in used)]


def _account_named(arm: Arm) -> str | None:
    return arm.account.name if arm.account else None


def seeds_of(first: int, runs: int) -> Iterator[int]:
    """The seeds of a number of runs: one after the other, the same for every arm."""
    return iter(range(first, first + runs))
