"""The paper's interviews: groups that lasted, under rival accounts, and what a study of two of them would report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar

import pyarrow as pa
from pydantic import Field, create_model

from analysis.compare.arms import Arm
from analysis.plausible.spread import Figure
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.interviews.hold import Interviews, hold
from analysis.studies.interviews.reported import reported_figures
from analysis.studies.interviews.statements import ASSUMPTIONS, DATED
from analysis.studies.interviews.tables import Answers, all_tables, find
from sim.parameters import PARAMETERS
from sim.problem import Problem
from sim.scenario import Account

_SIZES: dict[str, Any] = {
    a.name: Annotated[float, Field(ge=a.accepted[0], le=a.accepted[1])] for a in ASSUMPTIONS
}  # fmt: skip
ASSUMED = create_model("Assumed", **_SIZES)
LAST_SEED = PARAMETERS["run.seed"].high


class InterviewsStudy(Study):
    """Kinds of group under accounts, each kind in towns of its own; settings: what is assumed, kinds and seeds."""

    kind: ClassVar[str] = "interviews"
    needs: ClassVar[Mapping[str, Any]] = {
        "assumed": ASSUMED, "kinds": dict[str, str], "seeds": dict[str, tuple[int, int]]
    }  # fmt: skip
    takes_changes: ClassVar[bool] = False
    large: ClassVar[frozenset[str]] = frozenset({"interviewees", "groups"})

    @classmethod
    def of(
        cls, arms: Sequence[Arm], kinds: Sequence[str], runs: int, seed: int, assumed: Mapping[str, float]
    ) -> InterviewsStudy:
        """Interviews in so many towns of each kind of group, the same towns under every account.

        Args:
            arms: a kind of group under an account each.
            kinds: the kind of each arm.
            runs: towns of each kind.
            seed: of the first town of the first kind.
            assumed: a value for each of ``statements.ASSUMPTIONS``.

        Raises:
            Problem: if there are not so many seeds.
        """
        different = list(dict.fromkeys(kinds))
        if seed + len(different) * runs - 1 > LAST_SEED:
            most = LAST_SEED - len(different) * runs + 1
            raise Problem(f"--seed: found {seed}, expected at most {most:.0f} with --runs {runs}")
        seeds = {kind: [seed + k * runs, seed + (k + 1) * runs - 1] for k, kind in enumerate(different)}
        named = {arm.name: kind for arm, kind in zip(arms, kinds, strict=True)}
        told = {"assumed": dict(assumed), "assumptions_dated": DATED, "kinds": named, "seeds": seeds}
        return cls(arms, seed, runs, told)

    @property
    def accounts(self) -> Mapping[str, Account | None]:
        """Where there is one; of several every table says its account, and a line on all would say nothing."""
        accounts = super().accounts
        return accounts if len({account.name for account in accounts.values() if account}) == 1 else {}

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Held:
        """Live all towns and hold the interviews."""
        assumed = self.settings["assumed"]
        kinds = [self.settings["kinds"].get(arm.name, arm.name) for arm in self.arms]
        first = {kind: ends[0] for kind, ends in self.settings["seeds"].items()}
        if missing := [kind for kind in kinds if kind not in first]:
            raise Problem(f"settings: seeds: found none of {missing[0]}, expected the first and last seed of each kind")
        held = hold(self.arms, kinds, first, self.runs, threads=threads, progress=progress)
        finished = len(held[0].towns)
        if self.lean:
            return Held(self, {}, finished, held)
        answers = find(held, assumed)
        return Held(self, all_tables(held, answers, assumed), finished, held, answers)


STUDY = InterviewsStudy


@dataclass
class Held(Findings):
    """Interviews held.

    Attributes:
        held: all towns, by kind of group and account.
        answers: what is read off them.
    """

    study: Study
    tables: dict[str, pa.Table]
    finished: int
    held: list[Interviews]
    found: Answers | None = None

    @property
    def answers(self) -> Answers:
        """What is read off them."""
        if self.found is None:
            self.found = find(self.held, self.study.settings["assumed"])
        return self.found

    def deciding(self) -> list[Figure]:
        """How many of the paper's statements a study would report, and how often it would report all."""
        return reported_figures(self.held, self.study.settings["assumed"])
