"""``overturn`` from beginning to end: what is lived, and what is read off it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, ClassVar

import pyarrow as pa
from pydantic import TypeAdapter

from analysis.compare.arms import Arm, arms_of
from analysis.compare.comparison import worlds_of
from analysis.plausible.spread import Figure
from analysis.studies.frame import Findings, Progress, Study, in_turn
from analysis.studies.interviews.statements import Assumption
from analysis.studies.interviews.worlds import group_of_age
from analysis.studies.overturn import reporting, tables
from analysis.studies.overturn.ablation import MAIN, Ablation, Parts, live_all, parts_of
from analysis.studies.overturn.left import effect_and_left
from analysis.studies.overturn.mechanisms import OFF, WORLDS, Off, arm_with, mechanisms_on
from analysis.studies.overturn.rivals import Rival, Three, Tried, live_rivals, read_rivals, rivals_of
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario


def arm_at(scenario: Scenario, file: str, years: float) -> Arm:
    """The scenario's arm, ending after so many years.

    Raises:
        Problem: if it has no group, or cannot be looked at every four weeks.
    """
    if not scenario.values["group.exists"]:
        raise Problem(f"{file}: group.exists is false; without a group there is nothing to take apart: name a scenario "
                      "with one, such as scenarios/groupA.yaml")  # fmt: skip
    (arm,) = arms_of([scenario])
    return group_of_age(arm.name, arm.title, arm.values, years, arm.account)


class OverturnStudy(Study):
    """One arm with a group, looked at when its run ends; settings say what is taken away and assumed."""

    kind: ClassVar[str] = "overturn"
    most_arms: ClassVar[int] = 1
    takes_changes: ClassVar[bool] = False
    large: ClassVar[frozenset[str]] = frozenset({"worlds"})
    needs: ClassVar[Mapping[str, Any]] = {
        "mechanisms": dict[str, dict[str, Any]], "assumptions": dict[str, float],
        "plausible_assumptions": dict[str, tuple[float, float]] | None, "rivals": Tried | None,
    }  # fmt: skip

    @classmethod
    def of(cls, scenario: Scenario, file: str, years: float, seed: int, runs: int) -> OverturnStudy:
        """What ``overturn`` will do with a scenario.

        Args:
            scenario: with a group.
            file: its name, for messages.
            years: after which to look.
            seed: of the first run.
            runs: how many.

        Raises:
            Problem: if the scenario has no group.
        """
        arm = arm_at(scenario, file, years)
        settings = {
            "years": arm.values["run.weeks"] / WEEKS_IN_YEAR,
            "mechanisms": {name: dict(parameters) for name, parameters in OFF.items()},
            "assumptions": {name: a.default for name, a in reporting.ASSUMED.items()},
            "plausible_assumptions": {name: list(a.plausible) for name, a in reporting.ASSUMED.items()},
            "rivals": {name: list(said) if isinstance(said, tuple) else said for name, said in asdict(Tried()).items()},
        }
        return cls([arm], seed, runs, settings)

    @property
    def off(self) -> Off:
        """The parameters that take each mechanism away.

        Raises:
            Problem: if what a record says is another split than this version's.
        """
        off: Off = self.settings["mechanisms"]
        if list(off) != list(OFF):
            raise Problem(f"settings: mechanisms: found {', '.join(off) or 'none'}, expected {', '.join(OFF)}; re-run "
                          "it with the version that made it")  # fmt: skip
        return off

    @property
    def assumed(self) -> dict[str, Assumption]:
        """What is assumed of what people tell."""
        said, ranges = self.settings["assumptions"], self.settings.get("plausible_assumptions") or {}
        return {
            name: replace(a, default=said.get(name, a.default), plausible=tuple(ranges.get(name, a.plausible)))
            for name, a in reporting.ASSUMED.items()
        }

    @property
    def tried(self) -> Tried:
        """What rivals are tried with."""
        return TypeAdapter(Tried).validate_python(self.settings.get("rivals") or {})

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Overturned:
        """Live everything and read it off."""
        if self.lean:
            lived = live_all(self.arms[0], self.seeds, off=self.off, threads=threads, progress=progress)
            return Overturned(self, {}, self.runs, lived)
        (arm,), runs, rivals, off = self.arms, self.runs, rivals_of(self.arms[0], self.tried), self.off
        tell = in_turn(progress, (_mechanism_lives(arm, off) * runs, _rival_lives(rivals) * runs, 3 * runs))
        lived = live_all(arm, self.seeds, off=off, threads=threads, progress=tell[0])
        found = live_rivals(rivals, self.seeds, arm.values["run.weeks"], threads=threads, progress=tell[1])
        asked = reporting.ask(arm, self.seeds, off=off, threads=threads, progress=tell[2])
        parts, three, needed = parts_of(lived), read_rivals(rivals, found), list(_needed(asked, runs, self.assumed))
        made = tables.all_tables(lived, parts, rivals, three, needed, off, self.assumed)
        return Overturned(self, made, runs, lived, rivals, three, asked, needed, parts)


STUDY = OverturnStudy


@dataclass
class Overturned(Findings):
    """All that ``overturn`` found."""

    study: OverturnStudy
    tables: dict[str, pa.Table]
    finished: int
    lived: Ablation
    rivals: list[Rival] = field(default_factory=list)
    three: list[Three] = field(default_factory=list)
    asked: dict[str, reporting.Asked] = field(default_factory=dict)
    needed: list[tuple[str, dict[str, float], reporting.Needed]] = field(default_factory=list)
    made: Parts | None = None

    @property
    def parts(self) -> Parts:
        """Each mechanism's part in the effects."""
        if self.made is None:
            self.made = parts_of(self.lived)
        return self.made

    def deciding(self) -> list[Figure]:
        """The effects on all who ever came, and what is left of each without the mechanism it hangs on most."""
        return [figure for outcome in MAIN for figure in effect_and_left(self.lived, outcome, every=self.study.lean)]

    @property
    def weeks(self) -> int:
        """After which was looked."""
        return int(self.lived.arm.values["run.weeks"])

    @property
    def needed_by_default(self) -> list[reporting.Needed]:
        """The optimism needed with the default assumptions about what is told."""
        return reporting.by_default(self.needed)


def _mechanism_lives(arm: Arm, off: Off) -> int:
    """Lives of one run that all combinations of mechanisms take, with the twin."""
    worlds = [arm_with(arm, mechanisms_on(world), off) for world in range(WORLDS)]
    return len({one.life_digest for one in worlds}) + 1


def _rival_lives(rivals: Sequence[Rival]) -> int:
    """Lives of one run that all arms of all rivals take, with their twins."""
    return len(worlds_of([one for rival in rivals for one in rival.arms.values()]))


def _needed(
    asked: dict[str, reporting.Asked], runs: int, assumed: Mapping[str, Assumption]
) -> Iterator[tuple[str, dict[str, float], reporting.Needed]]:
    """With the default of what is told, and at both ends of its plausible range."""
    told = {name: a for name, a in assumed.items() if name != "optimism"}
    for label, of in (("default", None), ("lowest plausible", 0), ("highest plausible", 1)):
        sizes = {name: a.default if of is None else a.plausible[of] for name, a in told.items()}
        for one in reporting.needed_for_most(asked, runs, sizes):
            yield label, sizes, one
