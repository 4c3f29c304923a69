"""Read a study file: what it says, checked, or one line that says what is wrong and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.compare.arms import DECIDES_PEOPLE, Arm
from analysis.results.record import printable
from analysis.studies.files import FileReader
from analysis.studies.study.consistent import mistakes, weeks_after, weeks_before
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.schema import ABOUT, BY, EVERY, HOW, WHO, Instrument, StudyFile
from analysis.studies.sweep.schema import FIXED
from sim.own_rules import RULES
from sim.problem import Problem
from sim.scenario import Scenario
from sim.yaml_lines import Lines, read_yaml

STUDY_KEY = "study"
NOTHING = "nothing"  # what the others get where they get no group
_CHOICES = {"who": WHO, "how": HOW, "by": BY, "about": ABOUT}


@dataclass(frozen=True)
class Plan:
    """What a study file says.

    Attributes:
        said: the file, checked.
        arm: towns with the group; its run is as long as the study needs.
        instead: towns with what the others get; None where they get nothing.
    """

    said: StudyFile
    arm: Arm
    instead: Arm | None

    @property
    def name(self) -> str:
        """Short, also of the results folder."""
        return self.said.study

    @property
    def title(self) -> str:
        """One line."""
        return printable(self.said.title) or self.name


def read_study(path: Path, changes: Mapping[str, Any] | None = None, account: Scenario | None = None) -> Plan:
    """A study file, checked from end to end.

    Args:
        path: the file.
        changes: from the command line: ``rules`` (files that have been read), and parameters by dotted name.
        account: of how a group works, in place of the one that the file or its base names.

    Raises:
        Problem: one line that says what is wrong, where, and how to mend it.
    """
    content, lines = read_yaml(path, "expected a study file such as scenarios/studies/waiting-list.yaml")
    return _Reader(path, lines, account).read(content, dict(changes or {}))


class _Reader(FileReader):
    """Turns the content of one file into a plan; knows the lines for what is wrong."""

    def __init__(self, path: Path, lines: Lines, account: Scenario | None) -> None:
        super().__init__(path, lines)
        self.given = account

    def read(self, content: Any, changes: dict[str, Any]) -> Plan:
        said = self.validated(content, StudyFile, STUDY_KEY, "a study", _known, _expected)
        for where, what in mistakes(said):
            raise self.wrong(where, what)
        rules = changes.pop(RULES, ())
        arm = self._arm(("base",), said.base, said, rules, changes)
        instead = said.allocation.instead
        other = None
        if instead != NOTHING:
            other = self._arm(("allocation", "instead"), instead, said, rules, changes)
            apart = [name for name in DECIDES_PEOPLE if arm.values[name] != other.values[name]]
            if apart:
                raise self.wrong(("allocation", "instead"), f"{apart[0]} is not as in {said.base}; both must be about "
                                                            "the same people")  # fmt: skip
        if not arm.has_group:
            raise self.wrong(("base",), f"{said.base} has no group; name a scenario with one, such as ../groupA.yaml")
        return Plan(said, arm, other)

    def _arm(self, where: tuple[str, ...], file: str, said: StudyFile, rules: Any, changes: dict[str, Any]) -> Arm:
        def refuse(name: str, place: str) -> None:
            if name in FIXED and name != "run.lead_in_weeks":
                raise Problem(f"{place}: the study says for how long lives are lived; leave it out")

        scenario = self.scenario(where, file, rules, self.given or self.account(said.account or None))
        arm = self.arm(scenario, ((("set",), said.set), ((), changes)), refuse)
        return self._long_enough(lived_for(said, arm), said)

    def _long_enough(self, arm: Arm, said: StudyFile) -> Arm:
        """The arm, unless the time before the opening is too short or no multiple of the looks."""
        lead_in = arm.values["run.lead_in_weeks"]
        if lead_in % EVERY:
            raise Problem(f"run.lead_in_weeks: found {lead_in}, expected a multiple of {EVERY}: people are looked at "
                          f"every {EVERY} weeks")  # fmt: skip
        before = weeks_before(said)
        if lead_in < before:
            raise Problem(
                f"{self.path}: run.lead_in_weeks: found {lead_in}, expected {before} or more, as people are asked so "
                f"long before the last group opens; add `set: {{run.lead_in_weeks: {before}}}`"
            )
        return arm


def lived_for(said: StudyFile, arm: Arm) -> Arm:
    """The arm with a run as long as the study needs."""
    return replace(arm, values={**arm.values, "run.weeks": weeks_after(said)})


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What some places accept, in words."""
    if keys and keys[-1] in _CHOICES:
        return f"one of {', '.join(_CHOICES[keys[-1]])}"
    if keys == ("instruments",):
        return "at least one measure with how it is asked, such as `isolation: {reliability: 0.8}`"
    return None


def _known(keys: tuple[Any, ...]) -> list[str]:
    model: Any = StudyFile
    for key in keys:
        if key not in getattr(model, "model_fields", {}):
            break
        of = model.model_fields[key].annotation
        kinds = [one for one in (of, *getattr(of, "__args__", ())) if hasattr(one, "model_fields")]
        model = kinds[0] if kinds else model
    if keys[:1] == ("instruments",):
        return list(MEASURES) if len(keys) == 1 else list(Instrument.model_fields)
    return list(model.model_fields)
