"""What people and groups of the model look like beside outside evidence: what is lived, and what is read off it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import ClassVar

import pyarrow as pa

from analysis.compare.arms import arms_of
from analysis.compare.broken import live_each
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.patterns.looks import GroupLife, Residents, live_group, live_residents
from analysis.studies.patterns.tables import Seen, all_tables, read_off
from sim.problem import Problem
from sim.relations import WEEKS_IN_YEAR
from sim.scenario import Scenario


class PatternsStudy(Study):
    """One scenario with a group, and the same towns without it."""

    kind: ClassVar[str] = "patterns"
    most_arms: ClassVar[int] = 1
    takes_changes: ClassVar[bool] = False  # towns without a group are counted from the start of the lead-in
    progress_of: ClassVar[str] = "town"

    @classmethod
    def of(cls, scenario: Scenario, file: str, seed: int, runs: int) -> PatternsStudy:
        """What ``patterns`` will do with a scenario.

        Args:
            scenario: with a group.
            file: its name, for messages.
            seed: of the first town.
            runs: how many towns.

        Raises:
            Problem: if the scenario has no group, or is shorter than a year.
        """
        if not scenario.values["group.exists"]:
            raise Problem(f"{file}: group.exists is false; groups are looked at too: name a scenario with one, such as "
                          "scenarios/groupA.yaml")  # fmt: skip
        weeks = scenario.values["run.weeks"]
        if weeks < WEEKS_IN_YEAR:
            raise Problem(f"{file}: run.weeks: found {weeks}, expected {WEEKS_IN_YEAR} or more: people and groups are "
                          "looked at a year after the opening")  # fmt: skip
        return cls(arms_of([scenario]), seed, runs)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Patterns:
        """Live every town with its group and without, and read everything off; stopped, those that were finished."""
        (arm,), done = self.arms, count(1)

        def tell() -> None:
            if progress is not None:
                progress(next(done), self.runs)

        def both(seed: int) -> tuple[Residents, GroupLife]:
            return live_residents(arm, seed), live_group(arm, seed)

        lived = live_each(arm, self.seeds, both, threads=threads, progress=tell)
        towns, lives = map(list, zip(*lived, strict=True))
        seen = read_off(towns, lives)
        return Patterns(self, all_tables(seen), len(lived), seen)


STUDY = PatternsStudy


@dataclass
class Patterns(Findings):
    """What was found.

    Attributes:
        seen: every line.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    seen: Seen
