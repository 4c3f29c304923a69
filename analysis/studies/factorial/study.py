"""``factorial`` from beginning to end: what is lived, and what is read off it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field

from analysis.compare.arms import Arm
from analysis.studies.factorial import tables
from analysis.studies.factorial.design import Factor, arm_of, cells_of
from analysis.studies.factorial.effects import Effects, effects_of
from analysis.studies.factorial.factorialfile import Factorial
from analysis.studies.factorial.lives import Lived, live_cells
from analysis.studies.factorial.schema import Factors
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.interviews.worlds import group_of_age
from sim.relations import WEEKS_IN_YEAR


class FactorialStudy(Study):
    """Two arms, the first cell and the last, looked at when their run ends; settings have the factors between them."""

    kind: ClassVar[str] = "factorial"
    most_arms: ClassVar[int] = 2
    takes_changes: ClassVar[bool] = False
    needs: ClassVar[Mapping[str, Any]] = {
        "title": str, "question": str, "years": Annotated[float, Field(gt=0)], "factors": Factors,
    }  # fmt: skip

    @classmethod
    def of(cls, factorial: Factorial, years: float, seed: int, runs: int) -> FactorialStudy:
        """What ``factorial`` will do with a file.

        Args:
            factorial: from the file.
            years: after which to look.
            seed: of the first run.
            runs: how many.

        Raises:
            Problem: if the base cannot be looked at every four weeks, or changes at a time.
        """
        base = factorial.base
        aged = group_of_age(base.name, base.title, base.values, years)
        base, cells = replace(base, values=aged.values), cells_of(factorial.factors)
        arms = []
        for name, cell in ((factorial.first, cells[0]), (factorial.last, cells[-1])):
            arm = arm_of(base, factorial.factors, cell)
            arms.append(replace(arm, name=name, question=factorial.question))
        settings = {
            "title": factorial.title, "question": factorial.question,
            "years": base.values["run.weeks"] / WEEKS_IN_YEAR,
            "factors": {f.name: {"question": f.question, "levels": f.levels} for f in factorial.factors},
        }  # fmt: skip
        return cls(arms, seed, runs, settings)

    @property
    def factors(self) -> list[Factor]:
        """What differs between the cells."""
        return [Factor(name, said["question"], said["levels"]) for name, said in self.settings["factors"].items()]

    @property
    def cells(self) -> list[Arm]:
        """Every combination of levels, as arms."""
        factors = self.factors
        return [arm_of(self.arms[0], factors, cell) for cell in cells_of(factors)]

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Factored:
        """Live every cell; stopped with Ctrl-C, it rests on the towns that were finished, if there are any."""
        cells, factors = self.cells, self.factors
        lived = live_cells(cells, self.seeds, threads=threads, progress=progress)
        found = effects_of(lived, factors)
        return Factored(self, tables.all_tables(lived, found, factors), lived.runs, lived, found)


STUDY = FactorialStudy


@dataclass
class Factored(Findings):
    """All that ``factorial`` found."""

    study: FactorialStudy
    tables: dict[str, pa.Table]
    finished: int
    lived: Lived
    effects: Effects

    @property
    def weeks(self) -> int:
        """After which was looked."""
        return int(self.study.arms[0].values["run.weeks"])
