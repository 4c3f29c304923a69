"""Read a study file: what it says, checked, or one line that says what is wrong and where."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pydantic

from analysis.compare.arms import DECIDES_PEOPLE, Arm
from analysis.results.record import printable
from analysis.studies.study.measures import MEASURES
from analysis.studies.study.schema import ABOUT, BY, EVERY, HOW, LONGEST_WEEKS, WHO, StudyFile
from analysis.studies.sweep.schema import FIXED
from sim.checks import check_value
from sim.mistakes import first_mistake, shown
from sim.own_rules import RULES, digests_in
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario, ScenarioError, load, load_account
from sim.yaml_lines import Lines, beside, is_ordinary_file, read_yaml

STUDY_KEY = "study"
LONGEST_PLACE = 120  # letters of a key, in a message
NOTHING = "nothing"  # what the others get where they get no group
_CHOICES = {"who": WHO, "how": HOW, "by": BY, "about": ABOUT}
Wrong = tuple[tuple[Any, ...], str]


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


class _Reader:
    """Turns the content of one file into a plan; knows the lines for what is wrong."""

    def __init__(self, path: Path, lines: Lines, account: Scenario | None) -> None:
        self.path, self.lines, self.account = path, lines, account

    def wrong(self, where: tuple[Any, ...], what: str) -> Problem:
        name = printable(": ".join(map(str, where)))[:LONGEST_PLACE]
        return Problem(f"{self.path}:{self.lines.of(*where)}: {name}{': ' if name else ''}{what}")

    def read(self, content: Any, changes: dict[str, Any]) -> Plan:
        said = self._validated(content)
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

    def _validated(self, content: Any) -> StudyFile:
        if not isinstance(content, dict) or STUDY_KEY not in content:
            found = f"keys {', '.join(map(str, content))[:60]}" if isinstance(content, dict) else shown(content)
            raise Problem(f"{self.path}:1: found {found}, expected a study, which begins with `study: NAME`")
        try:
            return StudyFile.model_validate(content)
        except pydantic.ValidationError as error:
            raise self.wrong(*first_mistake(error, content, _known, _expected)) from None

    def _arm(self, where: tuple[str, ...], file: str, said: StudyFile, rules: Any, changes: dict[str, Any]) -> Arm:
        path = beside(self.path, file)
        if not is_ordinary_file(path):
            raise self.wrong(where, f"there is no scenario file {str(path)!r}; name one relative to {self.path.parent}")
        try:
            scenario = load(path)
            account = self.account
            if account is None and said.account:
                account = load_account(said.account, f"{self.path}:{self.lines.of('account')}: account: ")
            scenario = (scenario if account is None else scenario.with_account(account)).with_rules(rules)
            values, origins = dict(scenario.values), dict(scenario.origins)
            for inside, some in ((True, said.set), (False, changes)):
                for name, value in some.items():
                    place = f"{self.path}:{self.lines.of('set', name)}: {name}" if inside else f"--set {name}"
                    if name in FIXED and name != "run.lead_in_weeks":
                        raise Problem(f"{place}: the study says for how long lives are lived; leave it out")
                    values[name] = check_value(name, value, place, digests_in(values))
                    origins[name] = str(self.path) if inside else "--set"
        except ScenarioError as problem:
            raise Problem(str(problem)) from None
        arm = Arm(scenario.name, printable(scenario.title) or scenario.name, values, printable(scenario.question),
                  origins, scenario.account)  # fmt: skip
        return self._long_enough(lived_for(said, arm), said)

    def _long_enough(self, arm: Arm, said: StudyFile) -> Arm:
        """The arm, unless the time before the opening is too short or no multiple of the looks."""
        lead_in = arm.values["run.lead_in_weeks"]
        if lead_in % EVERY:
            raise Problem(f"run.lead_in_weeks: found {lead_in}, expected a multiple of {EVERY}: people are looked at "
                          f"every {EVERY} weeks")  # fmt: skip
        before = weeks_before(said)
        if lead_in < before:
            raise Problem(f"{self.path}: run.lead_in_weeks: found {lead_in}, expected {before} or more: so long before "
                          f"the last group opens are people asked; add `set: {{run.lead_in_weeks: {before}}}`")  # fmt: skip
        return arm


def lived_for(said: StudyFile, arm: Arm) -> Arm:
    """The arm with a run as long as the study needs."""
    return replace(arm, values={**arm.values, "run.weeks": weeks_after(said)})


def weeks_after(said: StudyFile) -> int:
    """Weeks from the opening to the last time that anybody is asked, in whole looks."""
    last = max([*said.follow_ups, said.diary.weeks if said.diary else 0, EVERY])
    if said.allocation.how == "stepped wedge":
        last = said.allocation.steps * said.allocation.step_weeks
    if said.people.who == "groups":
        last = max(WEEKS_IN_YEAR, math.ceil(said.analysis.years * WEEKS_IN_YEAR) - said.people.weeks[-1])
    return -(-(said.people.weeks[-1] + last) // EVERY) * EVERY


def weeks_before(said: StudyFile) -> int:
    """Weeks before the opening at which somebody is first asked, with the time that they look back on."""
    how = said.allocation
    late = how.steps * how.step_weeks if how.how == "stepped wedge" else 0
    if how.how == "waiting list" and how.of_towns:
        late = how.wait_weeks
    counted = [one.recall_weeks for name, one in said.instruments.items() if MEASURES[name].counted]
    return late + max(counted, default=0)


def mistakes(said: StudyFile) -> Iterator[Wrong]:
    """What in a file goes against something else in it, and where."""
    people, how, analysis = said.people, said.allocation, said.analysis
    yield from _of_weeks(said)
    register = people.who == "groups"
    if register and said.instruments:
        yield ("instruments",), "expected none: a register asks nobody anything"
    if not register and analysis.outcome not in said.instruments:
        yield ("analysis", "outcome"), f"found {analysis.outcome!r}, expected one of instruments: " \
            f"{', '.join(said.instruments) or 'none is named'}"  # fmt: skip
    for k, name in enumerate(how.match_on):
        if name not in said.instruments:
            yield ("allocation", "match_on", k), f"found {name!r}, expected one of instruments: " \
                f"{', '.join(said.instruments)}"  # fmt: skip
    for name, one in said.instruments.items():
        if one.floor is not None and one.ceiling is not None and one.floor >= one.ceiling:
            yield ("instruments", name, "floor"), f"found {one.floor}, expected less than the ceiling, {one.ceiling}"
        if one.recall_weeks % EVERY:
            yield ("instruments", name, "recall_weeks"), f"found {one.recall_weeks}, expected a multiple of {EVERY}"
    if register != (analysis.by == "survival"):
        yield ("analysis", "by"), f"found {analysis.by!r}, expected " \
            f"{'survival: a register asks how long groups live' if register else 'another: only registers ask that'}"  # fmt: skip
    if (said.diary is not None) != (analysis.by == "within person"):
        yield ("analysis", "by"), f"found {analysis.by!r}; a diary is analysed `within person`, and nothing else is"
    if (register or said.diary is not None) and how.how != "none":
        yield ("allocation", "how"), f"found {how.how!r}, expected none: nobody is allocated in a register or a diary"
    if how.how == "stepped wedge" and analysis.by != "mixed model":
        yield ("analysis", "by"), f"found {analysis.by!r}, expected mixed model: of a stepped wedge, times and towns " \
            "are in the model"  # fmt: skip
    if analysis.by == "correlation":
        if how.how != "none" or people.who != "residents":
            yield ("analysis", "by"), "found correlation, expected it of residents of whom nobody is allocated"
        if analysis.with_ is not None and analysis.with_ not in said.instruments:
            yield ("analysis", "with"), f"found {analysis.with_!r}, expected one of instruments: " \
                f"{', '.join(said.instruments)}"  # fmt: skip
    elif analysis.with_ is not None:
        yield ("analysis", "with"), f"only `by: correlation` has it, not {analysis.by}"
    if how.how in ("none", "matched comparison") and analysis.by in ("ancova", "mixed model"):
        yield ("analysis", "by"), f"found {analysis.by!r}, expected difference: nobody is drawn by lot"
    towns_drawn = how.how in ("cluster", "stepped wedge") or (how.how == "waiting list" and how.of_towns)
    if towns_drawn and people.who != "residents":
        yield ("people", "who"), f"found {people.who!r}, expected residents: where no group has opened nobody has come"
    if how.how in ("individual", "waiting list") and people.who in ("members", "regulars"):
        yield ("people", "who"), f"found {people.who!r}, expected residents or newcomers: who has come already can no " \
            "longer be allocated"  # fmt: skip
    if how.how != "matched comparison" and how.match_on:
        yield ("allocation", "match_on"), f"only for `how: matched comparison`, not {how.how}"
    if said.telling.remembered and how.how != "none":
        yield ("telling", "remembered"), "expected false: in a comparison everybody is asked at the beginning"
    fewest = 2 * how.steps if how.how == "stepped wedge" else 4 if towns_drawn else 1
    if people.towns < fewest:
        yield ("people", "towns"), f"found {people.towns}, expected {fewest} or more where towns are drawn by lot"


def _of_weeks(said: StudyFile) -> Iterator[Wrong]:
    """Mistakes in when people are asked."""
    people, how = said.people, said.allocation
    several = people.who in ("newcomers", "groups")
    if len(people.weeks) != (2 if several else 1):
        yield ("people", "weeks"), f"found {shown(people.weeks)}, expected {'the first and the last' if several else 'one'}"
    elif several and people.weeks[0] >= people.weeks[1]:
        yield ("people", "weeks"), f"found {shown(people.weeks)}, expected the first before the last"
    elif not several and people.weeks[0] % EVERY:
        yield ("people", "weeks"), f"found {people.weeks[0]}, expected a multiple of {EVERY}"
    for k, week in enumerate(said.follow_ups):
        if week % EVERY:
            yield ("follow_ups", k), f"found {week}, expected a multiple of {EVERY}: people are looked at every " \
                f"{EVERY} weeks"  # fmt: skip
        if k and week <= said.follow_ups[k - 1]:
            yield ("follow_ups", k), f"found {week} after {said.follow_ups[k - 1]}, expected them in order"
    once = said.analysis.by == "correlation" and said.analysis.with_ is not None
    unasked = people.who == "groups" or said.diary is not None or how.how == "stepped wedge"
    if unasked and said.follow_ups:
        yield ("follow_ups",), "expected none: a register, a diary and a stepped wedge have their own times"
    if not unasked and not said.follow_ups and not once:
        yield ("follow_ups",), "found none, expected one or more, such as [24, 52]"
    if said.analysis.week is not None and said.analysis.week not in said.follow_ups:
        yield ("analysis", "week"), f"found {said.analysis.week}, expected one of follow_ups: {said.follow_ups}"
    if how.how == "waiting list" and said.follow_ups and said.follow_ups[-1] > how.wait_weeks and not how.of_towns:
        yield ("follow_ups",), f"found {said.follow_ups[-1]}, and those who wait for {how.wait_weeks} weeks come then; " \
            "ask by then, or draw whole towns with `of_towns: true`"  # fmt: skip
    for key in ("wait_weeks", "step_weeks"):
        if getattr(how, key) % EVERY:
            yield ("allocation", key), f"found {getattr(how, key)}, expected a multiple of {EVERY}"
    if weeks_after(said) > LONGEST_WEEKS:
        yield ("people", "weeks"), f"the study ends {weeks_after(said)} weeks after the opening, expected by " \
            f"{LONGEST_WEEKS}"  # fmt: skip


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
        from analysis.studies.study.schema import Instrument  # noqa: PLC0415

        return list(MEASURES) if len(keys) == 1 else list(Instrument.model_fields)
    return list(model.model_fields)
