"""``overturn`` from beginning to end: what is lived, and what is read off it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa

from analysis.compare.arms import Arm, arms_of
from analysis.results.study import Study
from analysis.studies.interviews.worlds import group_of_age
from analysis.studies.overturn import reporting, tables, words
from analysis.studies.overturn.ablation import Ablation, Parts, live_all, parts_of
from analysis.studies.overturn.mechanisms import MECHANISMS, WORLDS, arm_with, mechanisms_on
from analysis.studies.overturn.rivals import Rival, Three, live_rivals, read_rivals, rivals_of
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario

Progress = Callable[[int, int], None] | None


def arm_at(scenario: Scenario, file: str, years: float) -> Arm:
    """The scenario's arm, ending after so many years.

    Raises:
        Problem: if it has no group, or cannot be looked at every four weeks.
    """
    if not scenario.values["group.exists"]:
        raise Problem(
            f"{file}: group.exists is false; without a group there is nothing to take apart: name a scenario with one, "
            "such as scenarios/groupA.yaml"
        )
    (arm,) = arms_of([scenario])
    return group_of_age(arm.name, arm.title, arm.values, years)


@dataclass
class Overturned:
    """All that ``overturn`` found."""

    study: Study
    lived: Ablation
    parts: Parts
    rivals: list[Rival]
    three: list[Three]
    asked: dict[str, reporting.Asked]
    needed: list[tuple[str, dict[str, float], reporting.Needed]]

    @property
    def weeks(self) -> int:
        """After which was looked."""
        return int(self.lived.arm.values["run.weeks"])

    @property
    def needed_by_default(self) -> list[reporting.Needed]:
        """The optimism needed with the default assumptions about what is told."""
        return [one for name, _, one in self.needed if name == "default"]

    def tables(self) -> dict[str, pa.Table]:
        """All tables by name."""
        return {
            "mechanisms": tables.mechanisms_table(self.lived.arm.values),
            "shares": tables.shares_table(self.lived, self.parts),
            "pairs": tables.pairs_table(self.parts),
            "worlds": tables.worlds_table(self.lived),
            "rivals": tables.rivals_table(self.rivals, self.three),
            "reporting": tables.reporting_table(self.needed),
            "reporting_curve": tables.curve_table(self.needed_by_default),
        }

    def summary(self) -> str:
        """What was found, in words."""
        return words.overturn_summary(self)


@dataclass
class Overturn:
    """What ``overturn`` is about to do."""

    study: Study
    arm: Arm
    rivals: list[Rival]

    def live(self, threads: int | None, progress: Progress) -> Overturned:
        """Live everything and read it off."""
        runs = self.study.runs
        seeds = range(self.study.first_seed, self.study.first_seed + runs)
        tell = _one_after_the_other(progress, (self._mechanism_lives(), self._rival_lives(), 3 * runs))
        lived = live_all(self.arm, seeds, threads=threads, progress=tell(0))
        found = live_rivals(self.rivals, seeds, self.arm.values["run.weeks"], threads=threads, progress=tell(1))
        asked = reporting.ask(self.arm, seeds, threads=threads, progress=tell(2))
        self.study.finished = runs
        return Overturned(
            self.study, lived, parts_of(lived), self.rivals, read_rivals(self.rivals, found), asked,
            list(_needed(asked, runs)),
        )  # fmt: skip

    def _mechanism_lives(self) -> int:
        worlds = [arm_with(self.arm, mechanisms_on(world)) for world in range(WORLDS)]
        return (len({one.life_digest for one in worlds}) + 1) * self.study.runs

    def _rival_lives(self) -> int:
        arms = [one for rival in self.rivals for one in rival.arms.values()]
        return len({world.life_digest for one in arms for world in (one, one.twin)}) * self.study.runs


def _needed(asked: dict[str, reporting.Asked], runs: int) -> Iterator[tuple[str, dict[str, float], reporting.Needed]]:
    """With the default of what is told, and at both ends of its plausible range."""
    told = {name: a for name, a in reporting.ASSUMED.items() if name != "optimism"}
    for label, of in (("default", None), ("lowest plausible", 0), ("highest plausible", 1)):
        sizes = {name: a.default if of is None else a.plausible[of] for name, a in told.items()}
        for one in reporting.needed_for_most(asked, runs, sizes):
            yield label, sizes, one


def _one_after_the_other(progress: Progress, parts: Sequence[int]) -> Callable[[int], Progress]:
    """One bar for several jobs: the progress of part k counts from the end of part k - 1."""

    def of(k: int) -> Progress:
        if progress is None:
            return None
        before, total = sum(parts[:k]), sum(parts)
        return lambda done, _: progress(before + done, total)

    return of


def overturn_study(scenario: Scenario, file: str, years: float, first_seed: int, runs: int) -> Overturn:
    """What ``overturn`` will do with a scenario.

    Args:
        scenario: with a group.
        file: its name, for messages.
        years: after which to look.
        first_seed: of the runs, then one by one.
        runs: how many.

    Raises:
        Problem: if the scenario has no group.
    """
    arm = arm_at(scenario, file, years)
    settings = {
        "years": arm.values["run.weeks"] / WEEKS_IN_YEAR,
        "mechanisms": {m.name: {name: value for name, value in m.off.items()} for m in MECHANISMS},
        "assumptions": {name: a.default for name, a in reporting.ASSUMED.items()},
    }
    return Overturn(Study("overturn", [arm], first_seed, runs, settings), arm, rivals_of(arm))
