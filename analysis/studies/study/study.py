"""``study`` from beginning to end: what is lived for each study and account, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

import pyarrow as pa
from pydantic import Field

from analysis.compare.arms import Arm
from analysis.plausible.plan import Plausible
from analysis.plausible.spread import Figure, Spread
from analysis.studies.frame import Findings, Progress, Study
from analysis.studies.study.deciding import REPETITIONS, study_figures
from analysis.studies.study.diary import repeat_diary
from analysis.studies.study.groups import repeat_groups
from analysis.studies.study.keeping import group_of, in_chunks, kept_repetitions, town_of
from analysis.studies.study.plan import MOST_SIZES, TOWNS, Do, Planned, Told, apart, power_of
from analysis.studies.study.planning import APART as APART_OVER
from analysis.studies.study.planning import PLANNING, StudyOverSpace, planning_figures
from analysis.studies.study.pool import pool_of
from analysis.studies.study.register import live_groups, repeat_register
from analysis.studies.study.repeat import Repeated, about_of, repeat
from analysis.studies.study.schema import EVERY, StudyFile
from analysis.studies.study.studyfile import Plan
from analysis.studies.study.towns import Town, live_towns

if TYPE_CHECKING:
    from analysis.figures.style import Drawing
    from analysis.studies.kept import Kept
    from analysis.studies.patterns.looks import GroupLife

PLAINLY = {"kindly": 0.0, "left_out": 0.0}
DO, POWER, APART = "do", "power", "tell"
_Mode = Literal["do", "power", "tell"]
_By = Literal["towns", "people"]
_Part = Annotated[float, Field(gt=0, lt=1)]


@dataclass(frozen=True)
class Line:
    """One study under one account.

    Attributes:
        study, account: names; account is empty where there is none.
        said: the study.
        arm, instead: towns.
    """

    study: str
    account: str
    said: StudyFile
    arm: Arm
    instead: Arm | None

    @property
    def name(self) -> str:
        """Of the line, in words."""
        return f"{self.study}, account {self.account}" if self.account else self.study

    @property
    def lived(self) -> str:
        """A name for what is lived, of the line and all that decides its towns."""
        return " ".join([self.name, *(arm.life_digest for arm in (self.arm, self.instead) if arm is not None)])


@dataclass(frozen=True)
class Done:
    """What was found of a line.

    Attributes:
        line: which.
        lived: towns that were lived.
        repeated: the study done many times.
        planned: the power of other sizes, if that was asked.
    """

    line: Line
    lived: int
    repeated: Repeated
    planned: Planned | None = None


class VirtualStudy(Study):
    """Arms are the towns of each study under each account, with the group and with what others get instead."""

    kind: ClassVar[str] = "study"
    takes_changes: ClassVar[bool] = False
    goes_on: ClassVar[bool] = True
    progress_of: ClassVar[str] = "step"
    large: ClassVar[frozenset[str]] = frozenset({"repetitions"})
    needs: ClassVar[Mapping[str, Any]] = {
        "studies": dict[str, dict[str, Any]], "lines": list[list[str]], "mode": _Mode,
        "repetitions": Annotated[int, Field(ge=2)], "power": _Part, "by": _By,
    }  # fmt: skip

    @classmethod
    def of(
        cls,
        plans: Sequence[Plan],
        mode: str,
        seed: int,
        runs: int,
        repetitions: int,
        power: float = 0.8,
        by: str = TOWNS,
    ) -> VirtualStudy:
        """What ``study`` will do.

        Args:
            plans: each study under each account.
            mode: DO, POWER or APART.
            seed: of the first town.
            runs: how many towns are lived for each.
            repetitions: how often each study is done.
            power: that is looked for.
            by: what grows, a key of ``plan.SIZES``.
        """
        arms: list[Arm] = []
        lines: list[list[str]] = []
        for plan in plans:
            account = plan.arm.account.name if plan.arm.account else ""
            several = sum(other.name == plan.name for other in plans) > 1
            name = f"{plan.name}, {account}" if several else plan.name
            arms.append(replace(plan.arm, name=name))
            if plan.instead is not None:
                arms.append(replace(plan.instead, name=f"{name}: instead"))
            lines.append([plan.name, account, name])
        studies = {plan.name: plan.said.model_dump(by_alias=True) for plan in plans}
        settings = {"studies": studies, "lines": lines, "mode": mode, "repetitions": repetitions, "power": power,
                    "by": by}  # fmt: skip
        return cls(arms, seed, runs, settings)

    @property
    def mode(self) -> str:
        """DO, POWER or APART."""
        return str(self.settings["mode"])

    @property
    def lines(self) -> list[Line]:
        """Each study under each account."""
        arms = {arm.name: arm for arm in self.arms}
        studies = {name: StudyFile.model_validate(said) for name, said in self.settings["studies"].items()}
        return [Line(study, account, studies[study], arms[name], arms.get(f"{name}: instead"))
                for study, account, name in self.settings["lines"]]  # fmt: skip

    def on_towns(self, towns: int) -> VirtualStudy:
        """The same on its first towns, done fewer times."""
        small = super().on_towns(towns)
        few = min(self.settings["repetitions"], REPETITIONS)
        settings = {**small.settings, "repetitions": few}
        return replace(self, runs=towns, settings=settings, lean=True, kept=None)

    def live(self, threads: int | None = None, progress: Progress | None = None) -> Studied:
        """Live the towns of each line and do its study; stopped with Ctrl-C, with the towns that were finished."""
        lines, of_line = self.lines, [self._steps(line.said) for line in self.lines]
        steps, gone = sum(of_line), 0

        def step() -> None:
            nonlocal gone
            gone += 1
            if progress is not None:
                progress(min(gone, steps), steps)

        done: list[Done] = []
        for k, line in enumerate(lines):
            gone = sum(of_line[:k])
            try:
                done.append(self._one(line, threads, step))
            except KeyboardInterrupt:
                if not done:
                    raise
                break
            if done[-1].lived < self.runs:
                break
        finished = min(one.lived for one in done) if len(done) == len(lines) else 0 if not done else done[-1].lived
        finished = min(finished, self.runs - 1) if len(done) < len(lines) else finished
        return Studied.of(self, done, max(finished, 1))

    def _steps(self, said: StudyFile) -> int:
        """Towns and repetitions of a study, as many as there may be; sizes that are not tried are skipped."""
        sizes = 1 if self.mode != POWER else MOST_SIZES * (2 if told_kindly(said) else 1)
        return self.runs + int(self.settings["repetitions"]) * sizes

    def _one(self, line: Line, threads: int | None, step: Callable[[], None]) -> Done:
        doing = do_study(line, self.seeds, threads, step, self.kept)
        repeated = doing.repeat(self.settings["repetitions"], progress=step)
        planned = self._power_of(line.said, doing, repeated, step) if self.mode == POWER else None
        return Done(line, doing.lived, repeated, planned)

    def _power_of(self, said: StudyFile, doing: Doing, repeated: Repeated, step: Callable[[], None]) -> Planned:
        """The power of a study as it is told, and if nobody told it kindly."""
        wanted, by = self.settings["power"], self.settings["by"]
        primary = {"primary_only": True} if self.lean and asks_people(said) else {}
        planned = power_of(said, partial(doing.repeat, progress=step, **primary), repeated, wanted, by=by)
        if not told_kindly(said):
            return planned
        plainly = said.model_copy(update={"telling": said.telling.model_copy(update=PLAINLY)})
        again = partial(doing.again(plainly).repeat, progress=step, **primary)
        return planned._replace(plainly=power_of(plainly, again, None, wanted, self.settings["repetitions"], by))


def asks_people(said: StudyFile) -> bool:
    """Whether it is done by ``repeat.repeat``: not a register, not a diary."""
    return said.people.who != "groups" and said.diary is None


def told_kindly(said: StudyFile) -> bool:
    """Whether people tell it otherwise than it is."""
    return bool(said.telling.kindly or said.telling.left_out)


@dataclass(frozen=True)
class Doing:
    """A study whose towns are lived, ready to be done at any size.

    Attributes:
        lived: how many towns.
        repeat: does it: called with repetitions, a size or None, and what to call after each repetition.
        again: the same towns for another study that asks the same measures of the same people.
    """

    lived: int
    repeat: Do
    again: Callable[[StudyFile], Doing]


def do_study(
    line: Line, seeds: Sequence[int], threads: int | None = None, step: Callable[[], None] | None = None,
    kept: Kept | None = None,
) -> Doing:  # fmt: skip
    """Live the towns of a study, or read those that are kept.

    Args:
        line: the study.
        seeds: one for each town.
        threads: as for ``sim.ensemble.in_order``.
        step: called after each town.
        kept: where towns and repetitions are kept.
    """
    said = line.said
    if said.people.who == "groups":

        def lived_groups(some: Sequence[int]) -> list[GroupLife]:
            return live_groups(line.arm, some, threads=threads, progress=step)

        groups = in_chunks(lived_groups, seeds, group_of, kept, line.lived, step)
        of_groups = repeat_register if said.analysis.by == "survival" else repeat_groups
        return _doing(line, len(groups), lambda one: partial(of_groups, one, groups), kept)
    every = EVERY if said.diary is None else 1

    def lived_towns(some: Sequence[int]) -> list[Town]:
        return live_towns(line.arm, line.instead, some, every, list(said.instruments), threads=threads, progress=step)

    towns = in_chunks(lived_towns, seeds, town_of, kept, line.lived, step)
    if said.diary is not None:
        return _doing(line, len(towns), lambda one: partial(repeat_diary, one, towns), kept)
    pool = pool_of(said, towns)

    def of_people(one: StudyFile) -> Do:
        return partial(repeat, one, towns, pool=pool, about=about_of(one, pool, towns))

    return _doing(line, len(towns), of_people, kept)


def _doing(line: Line, lived: int, of: Callable[[StudyFile], Do], kept: Kept | None) -> Doing:
    def doing(said: StudyFile) -> Doing:
        name = f"{line.lived}, {lived} towns: {said.model_dump_json()}"
        return Doing(lived, kept_repetitions(of(said), kept, name), doing)

    return doing(line.said)


STUDY = VirtualStudy


@dataclass
class Studied(Findings):
    """All that ``study`` found.

    Attributes:
        done: each line.
        told: what tells two accounts apart, if that was asked.
    """

    study: VirtualStudy
    tables: dict[str, pa.Table]
    finished: int
    done: list[Done]
    told: list[Told]

    @classmethod
    def of(cls, study: VirtualStudy, done: list[Done], finished: int) -> Studied:
        """What was found, with its tables."""
        from analysis.studies.study.tables import all_tables  # noqa: PLC0415 - it looks at what was found

        told = apart(done) if study.mode == APART else []
        if study.lean:
            return cls(study, {}, finished, done, told)
        return cls(study, all_tables(study, done, told), finished, done, told)

    def deciding(self) -> list[Figure]:
        """What is published and true of the primary outcome, and how often a difference is reported."""
        return [*study_figures(self.done), *planning_figures(self)]

    def over_space(self, plausible: Plausible, spreads: Sequence[Spread]) -> StudyOverSpace:
        """What is published and true over plausible space, how large it must be, what tells accounts apart."""
        planning = [one for one in spreads if one.figure.key[2] in (PLANNING, APART_OVER)]
        decides = [one for one in spreads if one.figure.key[2] not in (PLANNING, APART_OVER)]
        return StudyOverSpace(plausible, decides, self.finished, planning, self.done, self.told)

    def summary(self) -> str:
        """What was found, in words."""
        from analysis.studies.study.words import study_summary  # noqa: PLC0415 - it looks at what was found

        return study_summary(self)

    def figures(self) -> Iterator[tuple[str, Drawing]]:
        """Published against true, the bias step by step, power, what tells accounts apart."""
        from analysis.studies.study.figures import draw_study  # noqa: PLC0415 - Matplotlib is slow to import

        yield from draw_study(self)

    def report(self) -> str:
        """The report to read in a browser."""
        from analysis.studies.study.report import study_page  # noqa: PLC0415 - Matplotlib is slow to import

        return study_page(self)
