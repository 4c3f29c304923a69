"""The paper's interviews: groups that lasted, in worlds with and without effects, and what their regulars would say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field, create_model

from analysis.compare.arms import Arm
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.interviews.hold import Interviews, hold
from analysis.studies.interviews.statements import ASSUMPTIONS, DATED
from analysis.studies.interviews.tables import Answers, all_tables, find
from analysis.studies.interviews.words import interviews_summary
from analysis.studies.interviews.worlds import WORLDS
from sim.parameters import PARAMETERS
from sim.problem import Problem

if TYPE_CHECKING:
    from analysis.figures.style import Drawing

_SIZES: dict[str, Any] = {
    a.name: Annotated[float, Field(ge=a.accepted[0], le=a.accepted[1])] for a in ASSUMPTIONS
}  # fmt: skip
ASSUMED = create_model("Assumed", **_SIZES)
LAST_SEED = PARAMETERS["run.seed"].high


class InterviewsStudy(Study):
    """Kinds of group, each in towns of its own; settings: what is assumed of telling."""

    kind: ClassVar[str] = "interviews"
    needs: ClassVar[Mapping[str, Any]] = {"assumed": ASSUMED}
    takes_changes: ClassVar[bool] = False
    large: ClassVar[frozenset[str]] = frozenset({"interviewees"})

    @classmethod
    def of(cls, arms: Sequence[Arm], runs: int, seed: int, assumed: Mapping[str, float]) -> InterviewsStudy:
        """Interviews in so many towns of each kind of group.

        Raises:
            Problem: if there are not so many seeds.
        """
        if seed + len(arms) * runs - 1 > LAST_SEED:
            most = LAST_SEED - len(arms) * runs + 1
            raise Problem(f"--seed: found {seed}, expected at most {most:.0f} with --runs {runs}")
        worlds = {world: {name: value for name, (value, _) in off.items()} for world, off in WORLDS.items()}
        seeds = {arm.name: [seed + k * runs, seed + (k + 1) * runs - 1] for k, arm in enumerate(arms)}
        told = {"assumed": dict(assumed), "assumptions_dated": DATED, "changed_in_world": worlds, "seeds": seeds}
        return cls(arms, seed, runs, told)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Held:
        """Live all towns and hold the interviews."""
        assumed = self.settings["assumed"]
        held = hold(self.arms, self.first_seed, self.runs, threads=threads, progress=progress)
        answers = find(held, assumed)
        return Held(self, all_tables(held, answers, assumed), self.runs, held, answers)


STUDY = InterviewsStudy


@dataclass
class Held(Findings):
    """Interviews held.

    Attributes:
        held: all towns, by kind of group.
        answers: what is read off them.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    held: list[Interviews]
    answers: Answers

    def summary(self) -> str:
        """In plain words and small tables."""
        return interviews_summary(self.held, self.answers, self.study.settings["assumed"])

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """What is heard, whom one could ask, and what the ratio hangs on."""
        from analysis.studies.interviews.figures import draw_all  # noqa: PLC0415 - Matplotlib is slow to import

        yield from draw_all(self.held, self.answers)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.interviews.report import interviews_report  # noqa: PLC0415 - Matplotlib is slow to import

        return interviews_report(self)
